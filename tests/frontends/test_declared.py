"""The front ends of Java, Kotlin, Go and C#: places, escapes, comments, broken files and whatever else a file may hold."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permlint import program as p
from permlint.evaluation.languages import library_of
from permlint.frontends import Unreadable, family, lower

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


# Wild input ---------------------------------------------------------------------------------------------------------------------

SOURCES = {
    "A.java": """
package a.b; import static c.D.*; import e.F; @G({"h", I.J}) public abstract class K<L> extends M<N> implements O, P {
static { q(); } final int[] r = {1, 2}; K(S s) { this(s, 1); } K(S s, int t) { super(s); } enum U { V("w") { void x() {} }, Y; U(String z) {} }
<A> B c(final D d, E... f) throws G { for (H h : i) { if (j) continue; else break; } switch (k) { case 1: l(); default: m(); } return n ? o : p; }
String q = switch (r) { case "s", "t" -> "u"; default -> { yield v; } }; record W(int x) {} Object y = new Z<>() { void a() { b(); } }; }
interface C { String D = "e"; default void f() { try (G g = h()) { i(J::k); } catch (L | M n) { throw n; } finally { o(p -> q); } } }
""",
    "a.kt": """
@file:A("b") package c.d; import e.F as G
data class H(val i: String = "j", vararg k: L) : M(i), N by o { companion object { const val P = "q" } init { r() } constructor(s: T) : this(s) { u() }
 val v: W get() = x; val y by lazy { z } ; override fun a(b: C?) = when (b) { is D -> "e"; in f -> g; null, 1 -> { h() } else -> i!! } }
enum class J(val k: String) { L("m"), N("o") { override fun p() {} } ; fun q() = r }
object S : T(u), V { fun w() { x?.y?.let { z -> a(z) } ?: return; for ((b, c) in d) { if (e) continue else break }; try { f } catch (g: H) { throw g } finally { } } }
fun <I> J.k(l: (M) -> N = { it }, o: P): Q = l("a$b ${c.d} \\u0041").apply { e = f; g += h; i[j] = k }
val l = object : M<N>() { override fun o() {} }; val p = if (q) "r" else { s }; fun interface T { fun u() }
""",
    "a.go": """
package a
import ( b "c/d"; . "e"; "f/v2" )
const ( G = "h"; I )
var j, k = []string{"l"}, map[string]M{"n": {O: 1}}
type P struct { Q; *r.S; T, U string `v` }
type W interface { X(y Z) (a, b error) }
type C []D
func (e *P) F(g, h I, j ...K) (l M, err error) { for _, n := range o { if p, ok := q[r]; !ok { continue } else if s != nil { return nil, err } }
 switch t := u.(type) { case V: w(); default: x() }; select { case y := <-z: a(y) }; go b(func() { c() }); defer d()
 e.f = append(e.f, g...); h, err := i(j); k := &L{M: n, O: []P{{Q: "r"}}}; return S[T](u), nil }
""",
    "A.cs": """
using A.B; using C = D.E; [assembly: F("g")] namespace H.I { [J(K = "l")] public partial class M<N> : O<P>, Q where N : class { const string R = "s"; static M() { t(); }
 public M(U u) : base(u, v: 1) { this.w = w ?? x; } public string Y { get; set; } = "z"; public int A => b?.C?[0] ?? 1; public D E { get { return f; } }
 async Task<G> H(string i = "j", params K[] l) { foreach (var (m, n) in o) { if (p is Q r && !s) continue; else break; } switch (t) { case "u": v(); break; default: w(); break; }
 var x = y switch { 1 => "z", _ => $"a{b:c}{{d}}" }; using var e = f(); await foreach (var g in h) yield return g; try { } catch (I j) when (k) { throw; } finally { l(); }
 return new M<N>(n) { O = { "p" }, ["q"] = r, S = new() { T = 1 } }; int U(V w) => x(out var y, ref z); } event A B; delegate C D(E f); enum G { H = 1, I } record J(string K); } }
#if X
class L { string m = @"n""o"; string p = \"\"\"q\"\"\"; }
#endif
""",
}
TOKENS = st.sampled_from(
    [*"(){}[]<>.,;:=+-*/\\\"'`$#@!?%&|^~ \n\té🎉a1_", "${", "=>", "->", "//", "/*", "*/", "?.", "??=", "...", '"""', '$"', '@"',
     ":=", "class ", "import ", "using ", "func ", "fun ", "new ", "object ", "enum ", "case ", "\0"]
)  # fmt: skip


@PATHS
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_garbage_and_cut_off_source_raise_nothing_else(path, data):
    source = SOURCES[path]
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    middle = "".join(data.draw(st.lists(TOKENS, max_size=12)))
    for text in (source[:start] + middle + source[end:], middle, source[start:end]):
        try:
            program = lower(path, text.encode())
        except Unreadable:
            continue
        for piece in pieces(program):
            assert 0 <= piece.start <= piece.end <= len(text)


@PATHS
@settings(max_examples=80, deadline=None)
@given(data=st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(path, data):
    try:
        lower(path, data)
    except Unreadable:
        pass


@PATHS
@pytest.mark.parametrize("opening", ["(", "{", "f(", "a + ", "if (a) ", "new A() {"])
def test_deep_nesting_ends_quickly(path, opening):
    head = {"a.go": "package a\nvar x = ", "a.kt": "val x = "}.get(path, "class A { int x = ")
    began = time.process_time()
    try:
        lower(path, (head + opening * 100_000)[:900_000].encode())
    except Unreadable:
        pass
    assert time.process_time() - began < 20
