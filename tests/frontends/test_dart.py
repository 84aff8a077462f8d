"""Dart: the form of its nodes and the places of its strings."""

from __future__ import annotations

from permlint import program as p
from permlint.frontends import lower


def lowered(text):
    return lower("app.dart", text.encode())


def test_strings_keep_their_places(texts):
    text = "/* 🎉\té */ const a = 'é' \"m\\u{1F389}$b\" r'\\n' + '''x${c.d}y''';\r\nconst b = \"\"\"z\r\n\"\"\";\n"
    assert list(texts(lowered(text), text)) == [
        ("ém🎉", "é' \"m\\u{1F389}"),
        ("\\n", "\\n"),
        ("x", "x"),
        ("y", "y"),
        ("z\r\n", "z\r\n"),
    ]


def test_a_cascade_acts_on_its_value_and_gives_it():
    program = lowered("final list = <String>[]..add('email')..addAll(more);")
    (statement,) = program.body
    assert isinstance(statement.value, p.Index)
    first, add, more = statement.value.value.items
    assert isinstance(first, p.Bind)
    assert (add.function.name, more.function.name) == ("add", "addAll")


def test_what_cannot_be_parsed_is_noted_and_the_rest_is_read():
    program = lowered("const a = 'x';\nclass {{{ ] broken\nconst b = 'y';\n")
    assert program.gaps
    assert any(isinstance(node, p.Text) and node.value == "x" for s in program.body for node in p.inside(s))


def test_a_named_constructor_makes_the_object_and_hands_it_out():
    (cls,) = lowered("class A { final String b; A.of(this.b) : c = 1 { d(); } factory A.e() => A.of('x'); }").body
    made = next(one for one in cls.body if isinstance(one, p.Function) and one.name == "of")
    assert [decorator.id for decorator in made.decorators] == [p.OF_CLASS]
    assert isinstance(made.body[-1], p.Return)


def test_comments_that_name_permlint_are_kept():
    program = lowered("// permlint: ignore[PRM101]\nconst a = 'x'; /// permlint: ignore\n")
    assert [(text.strip(), alone) for _, _, text, alone in program.comments] == [
        ("permlint: ignore[PRM101]", True),
        ("permlint: ignore", False),
    ]
