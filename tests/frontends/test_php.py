"""PHP: what its forms are in the small program form, and where each string stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permlint import program as p
from permlint.frontends import Unreadable, lower


def body(text):
    return lower("a.php", ("<?php\n" + text).encode()).body


def written(node):
    """A node in few words."""
    if isinstance(node, tuple):
        return ", ".join([written(one) for one in node])
    if isinstance(node, p.String):
        return (
            '"' + "".join([one.value if isinstance(one, p.Text) else f"<{written(one)}>" for one in node.parts]) + '"'
        )
    if isinstance(node, p.Name):
        return node.id
    if isinstance(node, p.Literal):
        return str(node.value)
    if isinstance(node, p.Attribute):
        return f"{written(node.value)}.{node.name}"
    if isinstance(node, p.Index):
        return f"{written(node.value)}[{written(node.key)}]"
    if isinstance(node, p.Call):
        given = ", ".join([f"{name}={written(value)}" if name else written(value) for name, value in node.arguments])
        return f"{written(node.function)}({given})"
    if isinstance(node, p.Sequence):
        return f"[{written(node.items)}]"
    if isinstance(node, p.Mapping):
        return "{" + ", ".join([f"{written(k) if k else '*'}: {written(v)}" for k, v in node.entries]) + "}"
    if isinstance(node, p.Spread):
        return f"*{written(node.value)}"
    if isinstance(node, (p.Logic, p.Binary, p.Compare)):
        return f"({written(node.left)} {node.operator} {written(node.right)})"
    if isinstance(node, p.Choice):
        return f"({written(node.test)} ? {written(node.yes)} : {written(node.no)})"
    if isinstance(node, p.Bind):
        return f"({written(node.target)} := {written(node.value)})"
    if isinstance(node, p.Do):
        return written(node.value)
    if isinstance(node, p.Assign):
        return f"{written(node.targets)} = {written(node.value) if node.value is not None else '-'}"
    if isinstance(node, p.Return):
        return f"return {written(node.value) if node.value is not None else ''}".strip()
    if isinstance(node, p.Leave):
        return node.kind
    if isinstance(node, p.Import):
        return f"import {node.module}"
    if isinstance(node, p.Outer):
        return f"global {', '.join(node.names)}"
    if isinstance(node, p.Function):
        words = "".join([f"@{written(one)} " for one in node.decorators])
        return f"{words}def {node.name}({', '.join([one.name for one in node.parameters])}) {{{written(node.body)}}}"
    if isinstance(node, p.Class):
        return f"class {node.name}({written(node.bases)}) {{{written(node.body)}}}"
    if isinstance(node, p.Branch):
        ways = "; ".join([f"{written(test)}: {written(way)}" for test, way in node.ways])
        return f"if {ways} else {written(node.otherwise)}"
    if isinstance(node, p.Loop):
        target = f"{written(node.target)} in " if node.target is not None else ""
        return f"for {target}{written(node.iterable)} {{{written(node.body)}}}"
    return type(node).__name__


FORMS = {
    "$a = 'b';": '$a = "b"',
    "$a = 'it\\'s \\n $b';": '$a = "it\'s \\n $b"',
    '$a = "x\\x41\\u{1F600}\\101\\$b";': '$a = "xA😀A$b"',
    "$a = \"{$b->c['d']}/$e[f]/$g->h/${i}/{$j}\";": '$a = "<$b.c["d"]>/<$e["f"]>/<$g.h>/<$i>/<$j>"',
    "$a = 'b' . $c . \"d{$e}\" . f();": '$a = "b<$c>d<$e><f()>"',
    "$a .= 'b';": '$a = "<$a>b"',
    "$a = <<<EOT\n  b $c\n    d\n  EOT;": '$a = "b <$c>\n  d"',
    "$a = <<<'EOT'\nb $c\nEOT;": '$a = "b $c"',
    "$a = ['b', $c];": '$a = ["b", $c]',
    "$a = array('b' => 1, 'c', 'd');": '$a = {"b": 1, "0": "c", "1": "d"}',
    "$a = ['b' => 1, ...$c];": '$a = {"b": 1, *: $c}',
    "$a = ['b', ...$c];": '$a = ["b", *$c]',
    "$a = [...$b, ...$c];": "$a = array_merge($b, $c)",
    "$a[] = 'b';": '$a[None] = "b"',
    "$a['b']['c'] = 1;": '$a["b"]["c"] = 1',
    "$a['b'] ??= 1;": '$a["b"] = ($a["b"] ?? 1)',
    "$a = $b + ['c' => 1];": '$a = +($b, {"c": 1})',
    "[$a, 'k' => $b, [$c]] = f();": '<6> = f(), $a = <6>[0], $b = <6>["k"], <22> = <6>[2], $c = <22>[0]',
    "list(, $a) = $b;": "<6> = $b, $a = <6>[1]",
    "$a = $b ?? 'c';": '$a = ($b ?? "c")',
    "$a = $b ?? throw new E();": "$a = $b",
    "$a = $b ?: 'c';": '$a = ($b or "c")',
    "$a = $b ? 1 : 2;": "$a = ($b ? 1 : 2)",
    "$a = match ($b) { 'c', 'd' => 1, 'e' => 2, default => throw new E() };": '$a = ((($b == "c") or ($b == "d")) ? 1 : 2)',
    "$a = match (true) { $b => 1, default => 2 };": "$a = ((True == $b) ? 1 : 2)",
    "$a?->b?->c(1);": "$a.b.c(1)",
    "$a->{$b}();": "->($a, $b)()",
    "$a->$b = 1;": "->($a, $b) = 1",
    "f(a: 1, ...$b);": "f(a=1, *=$b)",
    "$f = strlen(...);": "$f = strlen",
    "new Foo\\Bar(1);": "Foo\\Bar(1)",
    "new class(1) extends Foo {};": "Foo(1)",
    "Foo::bar(); Foo::BAR; Foo::$bar; $a::BAR;": "Foo.bar(), Foo.BAR, Foo.bar, $a.BAR",
    "$a = Foo::class;": "$a = Foo",
    "$a = fn($x) => $x . 'b';": '$a = def ($x) {return "<$x>b"}',
    "$a = function ($x) use ($b, &$c) { return $x; };": "$a = def ($x) {return $x}",
    "define('A', 1); const B = 2;": "A = 1, B = 2",
    "defined('A') || define('A', 'b');": '(defined("A") or (A := "b"))',
    "function f() { global $a; static $b = 1; }": "def f() {global $a, $b = 1}",
    "if ($a): b(); elseif ($c): d(); else: e(); endif;": "if $a: b(); $c: d() else e()",
    "if ($a) b(); else if ($c) d();": "if $a: b() else if $c: d() else ",
    "switch ($a) { case 1: case 2: b(); break; default: c(); }": "if (($a == 1) or ($a == 2)): b() else c()",
    "foreach ($a as $b) { c(); }": "for $b in $a {c()}",
    "foreach ($a as $k => [$b, $c]): d(); endforeach;": "for [$k, <27>] in foreach($a) {$b = <27>[0], $c = <27>[1], d()}",
    "require_once __DIR__ . '/a.php';": "import ./a.php",
    "include dirname(__FILE__) . '/../a.php';": "import ./../a.php",
    "require ABSPATH . 'inc/a.php';": "import /inc/a.php",
    "include 'a.php';": "import /a.php",
    "$a = require 'a.php';": '$a = require("/a.php")',
    "return ['a' => 1];": 'module.exports = {"a": 1}',
    "exit; die('x'); throw new E();": "raise, raise, raise",
    "unset($a['b']);": 'unset($a, "b")',
    "$a = (array) $b; $c = (string) $d; $e = (int) $f;": '$a = (array)($b), $c = "<$d>", $e = $f',
    "$a = compact('b');": '$a = {"b": $b}',
    "$a = TRUE; $b = Null; $c = -1; $d = 1_000;": "$a = True, $b = None, $c = -1, $d = 1000",
    "$a = 'b' . PHP_EOL;": '$a = "b\n"',
    "@f(); clone $a; print 'x'; echo 'y';": 'f(), "x", "y"',
}


@pytest.mark.parametrize("text", FORMS)
def test_what_a_form_is(text):
    assert ", ".join([written(one) for one in body(text)]) == FORMS[text]


def test_names_of_classes_are_qualified():
    text = """namespace App\\Models;
use Foo\\Bar as Baz, Foo\\Qux;
use Foo\\{A, B as C, function f};
new Thing(); new Baz(); new Qux\\Inner(); new A(); new C(); new \\B(); new namespace\\D();
f(); \\g(); Foo\\h(); E; new F();
"""
    names = "App\\Models\\Thing() Foo\\Bar() Foo\\Qux\\Inner() Foo\\A() Foo\\B() B() App\\Models\\D() f() g() h() App\\Models\\F()"
    assert " ".join([written(one) for one in body(text)]) == names


def test_a_namespace_with_braces_ends_with_them():
    assert written(body("namespace A { new B(); } namespace { new B(); }")) == "A\\B(), B()"


def test_classes():
    (cls,) = body("""
abstract class A extends \\B implements C
{
    use T, \\U;
    const X = 'x';
    const Y = self::X . 'y';
    private static $s = [];
    protected ?string $p = 'p', $q;
    public D $d;
    public function __construct(private string $token, array &$list = [], ...$rest) { parent::__construct($token); }
    public static function make(): static { return new static(self::X, static::$s); }
    public function m() { return [$this->p, self::n(), static::class, self::Y]; }
    abstract function n();
}
""")
    assert written(cls) == (
        'class A(T, U, B) {X = "x", Y = "<X>y", s = [], p = "p", d = -, '
        "def __init__($this, $token, $list, $rest) {$this.token = $token, super().__init__($token)}, "
        "@classmethod def make(static) {return static(A.X, static.s)}, "
        "def m($this) {return [$this.p, $this.n(), $this.__class__, A.Y]}, def n($this) {}}"
    )
    (constructor,) = [one for one in cls.body if isinstance(one, p.Function) and one.name == p.CONSTRUCTOR]
    assert [one.kind for one in constructor.parameters] == ["plain", "plain", "shared", "rest"]


def test_a_property_called_like_a_method_is_set_when_an_object_is_made():
    (cls,) = body("class A extends B { protected $scopes = ['x']; public function scopes() {} }")
    assert 'super().__init__(*=<rest>), $this.scopes = ["x"]' in written(cls)


def test_a_trait_speaks_of_the_class_that_uses_it():
    (cls,) = body("trait T { function m() { return self::X . static::y(); } }")
    assert written(cls) == 'class T() {def m($this) {return "<$this.__class__.X><$this.y()>"}}'


def test_enumerations():
    (cls,) = body(
        "enum Scope: string { case Email = 'email'; case Pages = 'pages_show_list'; const DEFAULT = self::Email; }"
    )
    assert written(cls) == (
        'class Scope() {Email = "email", Pages = "pages_show_list", DEFAULT = Email, '
        "@staticmethod def cases() {return [Scope.Email, Scope.Pages]}}"
    )


def test_constants_come_first_then_what_is_hoisted():
    found = body("$a = new B(); class B { const C = D; } function f() {} define('D', 'x'); define('E', g());")
    assert [type(one).__name__ for one in found] == ["Assign", "Class", "Function", "Assign", "Assign"]
    assert [written(one) for one in found if isinstance(one, p.Assign)] == ['D = "x"', "$a = B()", "E = g()"]


def test_types_of_parameters_are_classes():
    (function,) = body("use Foo\\Bar; function f(Bar $a, ?Bar $b, string $c, Bar|null $d, array $e) {}")
    assert [written(one.annotation) if one.annotation else "" for one in function.parameters] == [
        "Foo\\Bar",
        "Foo\\Bar",
        "",
        "",
        "",
    ]


def test_a_page_around_the_code_is_of_another_language():
    text = "<p>\n<script>FB.login(f, {scope: '<?= $scope ?>email'});</script>\n<?php f(); ?>\n<a href='x'>y</a>\n"
    program = lower("a.php", text.encode())
    *own, page = program.body
    assert [written(one) for one in own] == ["f()"]
    assert isinstance(page, p.Embedded)
    assert page.language == "javascript"
    texts = [one for one in p.inside(page) if isinstance(one, p.Text)]
    assert [text[one.start : one.end] for one in texts if one.value in ("email", "x")] == ["email", "x"]


def test_pure_code_imports_no_reader_of_pages():
    import subprocess
    import sys

    code = (
        "import sys; from permlint.frontends import lower; lower('a.php', b'<?php f();');"
        "sys.exit(any(name.endswith(('html', 'javascript', 'tree_sitter_typescript')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_each_piece_of_text_stands_where_it_says():
    text = (
        "<?php\r\n\t$é = '😀\\'x' . \"a{$b}\\u{1F600}c\\\\\" . <<<X\r\n\t\té\r\n\t\t  $b\r\n\tX;\r\n"
        "$l = ['email', 'x' => <<<'Y'\nz\nY];\n"
    )
    program = lower("a.php", text.encode())
    seen = 0
    for node in program.body:
        for inner in p.inside(node):
            if isinstance(inner, p.Text) and inner.end > inner.start:
                spots = inner.spots or tuple(range(inner.start, inner.start + len(inner.value) + 1))
                for char, start, end in zip(inner.value, spots, spots[1:], strict=False):
                    assert text[start:end].startswith((char, "\\"))
                    seen += 1
    assert seen > 20


def test_comments_that_name_permlint_are_kept():
    text = (
        "<?php\n// permlint: ignore-file[PRM201] a\n$a = 1; # permlint: ignore[PRM101] b\n/* permlint: ignore[x] c */\n"
    )
    program = lower("a.php", text.encode())
    assert [(one[2].strip(), one[3]) for one in program.comments] == [
        ("permlint: ignore-file[PRM201] a", True),
        ("permlint: ignore[PRM101] b", False),
        ("permlint: ignore[x] c", True),
    ]


def test_latin_1_is_read():
    program = lower("a.php", "<?php $a = 'é' . 'email';".encode("latin-1"))
    assert written(program.body) == '$a = "éemail"'


def test_a_broken_file_is_read_as_far_as_it_goes():
    program = lower("a.php", b"<?php\n$a = 'email';\nclass A { function f() { g('x'); }\n$b = ]];\n")
    assert '$a = "email"' in written(program.body)
    assert program.gaps


def test_deep_nesting_ends_quickly():
    start = time.perf_counter()
    for left, right in (
        ("[", "]"),
        ("f(", ")"),
        ("(", ")"),
        ("{", "}"),
        ("require (", ")"),
        ("$x = fn() => [", "]"),
        ("@$a->b(", ")"),
        ("if (a) {", "}"),
        ("'a' . (", ")"),
    ):
        lower("a.php", ("<?php $x = " + left * 20_000 + "1" + right * 20_000 + ";").encode())
    lower("a.php", ("<?php $x = " + "'a' . " * 50_000 + "'b';").encode())
    lower("a.php", ("<?php $x" + "->a()" * 20_000 + ";").encode())
    assert time.perf_counter() - start < 120


SOURCE = (
    "\n".join(FORMS)
    + "\nclass A { use B; const C = 1; function d(?E $f = null) { return self::C; } }\n?>\n<p><?= $a ?></p>"
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_wild_input_raises_nothing_but_unreadable(data):
    text = data.draw(
        st.one_of(
            st.text(max_size=60),
            st.lists(
                st.sampled_from([*FORMS, "<?php", "?>", "<<<X", "{", "}", "[", "'", '"', "class A", "match", "\\"])
            ).map(" ".join),
        )
    )
    for source in (text, f"<?php {text}"):
        try:
            lower("a.php", source.encode("utf-8", "replace"))
        except Unreadable:
            continue


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(SOURCE)), st.integers(0, 40))
def test_a_file_with_a_piece_missing_is_read(at, length):
    text = "<?php\n" + SOURCE
    lower("a.php", (text[:at] + text[at + length :]).encode())
    lower("a.php", text[:at].encode())
