"""The front ends of Java, Kotlin, Go and C#: places, escapes, comments, broken files and whatever else a file may hold."""

from __future__ import annotations

import pytest

from permlint import program as p
from permlint.evaluation.languages import library_of
from permlint.frontends import family, lower

WRITTEN = {
    "A.java": """\
/* é 🎉 */ class Ä {\tString a = "a😀b", b = "ü\\t\\u0065x";
  @Named("Ünï") String c = f("email") + 'z';
  String d = \"\"\"
      block 🎉
        "more" \\t line
      \"\"\";
}
""",
    "a.kt": """\
/* é 🎉 */ val a = "a😀b";\tval b = "ü\\t\\u0065x"
@Named("Ünï") val c = f("email") + 'z'
val d = \"\"\"block 🎉
  "more" line ${a} $b.x\"\"\"
val e = "x$a😀${f("inner")}y"
""",
    "a.go": """\
package a /* é 🎉 */
var a, b = "a😀b",\t"ü\\t\\u0065x"
var c = f("email", `block 🎉
  \\t "more"`)
type S struct { T string `json:"Ünï"` }
""",
    "A.cs": """\
/* é 🎉 */ class Ä {\tstring a = "a😀b", b = "ü\\t\\u0065x";
  [Named("Ünï")] string c = $"x{a}😀{F("inner")}" + F("email");
  string d = @"block 🎉 ""more"" \\t";
  string e = $@"é{a:N2}\\" + '\\t';
}
""",
}
PATHS = pytest.mark.parametrize("path", WRITTEN)


def pieces(program):
    return [
        node for statement in program.body for node in p.inside(statement) if isinstance(node, p.Text) and node.value
    ]


def spots(piece):
    return piece.spots or tuple(range(piece.start, piece.start + len(piece.value) + 1))


@PATHS
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_each_character_stands_where_the_program_says(path, ending, encoding):
    text = WRITTEN[path].replace("\n", ending)
    found = pieces(lower(path, text.encode(encoding)))
    seen = [piece.value for piece in found]
    for word in ("a😀b", "ü\tex", "email"):
        assert word in seen
    assert any("🎉" in value and "more" in value for value in seen)
    for piece in found:
        for char, start, end in zip(piece.value, spots(piece), spots(piece)[1:], strict=False):
            assert text[start:end] == char or text[start] in '\\"' or char == "\n", (piece, char)


@PATHS
def test_latin_1_is_read_with_its_places(path):
    text = WRITTEN[path].replace("🎉", "").replace("😀", "é")
    found = pieces(lower(path, text.encode("latin-1")))
    (email,) = [piece for piece in found if piece.value == "email"]
    assert text[email.start : email.end] == "email"
    assert "aéb" in [piece.value for piece in found]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("A.java", 'class A {\r\n\tvoid f() { g("😀", "email"); }\r\n}'),
        ("a.kt", 'fun f() {\r\n\tg("😀" /**/, "email")\r\n}'),
        ("a.go", 'package a\r\n\tvar g = h("😀", "email")\r\n'),
        ("A.cs", 'class A {\r\n\tvoid f() { g("😀", "email"); }\r\n}'),
    ],
)
def test_a_line_and_column_count_code_points(path, source):
    program = lower(path, source.encode())
    (email,) = [piece for piece in pieces(program) if piece.value == "email"]
    place = program.place(email.start, email.end)
    line = source.split("\r\n")[1]
    assert (place.line, place.column, place.end_column) == (2, line.index("email") + 1, line.index("email") + 6)


@PATHS
def test_comments_are_kept_where_they_speak_to_permlint(path):
    head = {"a.go": "package a\n"}.get(path, "")
    text = head + "// permlint: ignore[PRM101] why\n/* permlint: ignore[PRM102] */\n// other\n"
    comments = lower(path, text.encode()).comments
    assert [(words.strip(), alone) for _, _, words, alone in comments] == [
        ("permlint: ignore[PRM101] why", True),
        ("permlint: ignore[PRM102]", True),
    ]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("A.java", 'class A {\n  String a = "email";\n  void f( { [ = ;\n}\nclass B { String b = "user_likes"; }\n'),
        ("a.kt", 'val a = "email"\nclass { [ = ;\nval b = "user_likes"\n'),
        ("a.go", 'package a\nvar a = "email"\nfunc ( [ = {\nvar b = "user_likes"\n'),
        ("A.cs", 'class A {\n  string a = "email";\n  void F( { [ = ;\n}\nclass B { string b = "user_likes"; }\n'),
    ],
)
def test_a_broken_file_is_read_as_far_as_it_goes(path, source):
    program = lower(path, source.encode())
    assert {piece.value for piece in pieces(program)} >= {"email", "user_likes"}
    assert program.gaps


@PATHS
def test_a_file_says_what_its_library_is(path):
    assert lower(path, WRITTEN[path].encode()).language == family(path)
    assert library_of(family(path)).declares


def test_kotlin_knows_a_constructor_behind_a_comment():
    source = (
        'class A\n/** Makes one. é */\ninternal constructor(val a: String = "email") {\n  val b = "user_likes"\n}\n'
    )
    program = lower("a.kt", source.encode())
    assert not program.gaps
    (email,) = [piece for piece in pieces(program) if piece.value == "email"]
    (likes,) = [piece for piece in pieces(program) if piece.value == "user_likes"]
    assert source[email.start : email.end] == "email"
    assert source[likes.start : likes.end] == "user_likes"


def test_kotlin_goes_on_behind_what_its_grammar_gives_up():
    program = lower("a.kt", b'enum class E { A("x"); fun f() {} }\n@ [ =\nval b = "email"\n')
    assert "email" in [piece.value for piece in pieces(program)]


def test_java_leaves_out_what_the_lines_of_a_block_begin_with():
    source = 'class A { String a = """\n    one \\\n      two\n    """; }'
    (piece,) = [piece for piece in pieces(lower("A.java", source.encode())) if "one" in piece.value]
    assert piece.value == "one   two\n"
    assert source[spots(piece)[0]] == "o"
    assert source[spots(piece)[piece.value.index("t")]] == "t"
