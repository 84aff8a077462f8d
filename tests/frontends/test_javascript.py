"""The front end of JavaScript and TypeScript: places, escapes, forms, and whatever a file may hold."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permlint import program as p
from permlint.frontends import Unreadable, lower
from permlint.frontends.strings import backslash


def inside(program):
    for statement in program.body:
        yield from p.inside(statement)


def pieces(program):
    return [node for node in inside(program) if isinstance(node, p.Text) and node.value]


def spots(piece):
    return piece.spots or tuple(range(piece.start, piece.start + len(piece.value) + 1))


def form(source, path="a.ts"):
    """The statements of a file in a short form: names of kinds, texts and names."""
    return [short(node) for node in lower(path, source.encode()).body]


def short(node):
    if isinstance(node, (tuple, list)):
        return [short(one) for one in node]
    if isinstance(node, p.Name):
        return node.id
    if isinstance(node, p.String):
        return "".join(part.value if isinstance(part, p.Text) else "{}" for part in node.parts).join("''")
    if isinstance(node, p.Literal):
        return node.value
    if isinstance(node, p.Attribute):
        return f"{short(node.value)}.{node.name}"
    if isinstance(node, p.Call):
        return f"{short(node.function)}({', '.join(str(short(value)) for _, value in node.arguments)})"
    if isinstance(node, p.Assign):
        return f"{', '.join(str(short(one)) for one in node.targets)} = {short(node.value)}"
    if isinstance(node, p.Mapping):
        return {str(short(key)) if key is not None else "...": short(value) for key, value in node.entries}
    if isinstance(node, p.Sequence):
        return [short(item) for item in node.items]
    if isinstance(node, p.Index):
        return f"{short(node.value)}[{short(node.key)}]"
    if isinstance(node, p.Import):
        return f"import {node.module}:{node.level} {list(node.names) or node.bound}"
    if isinstance(node, p.Function):
        return f"{node.name}({', '.join(one.name for one in node.parameters)})"
    if isinstance(node, (p.Do, p.Return, p.Spread)):
        return f"{type(node).__name__} {short(node.value)}"
    if isinstance(node, p.Logic):
        return f"{short(node.left)} {node.operator} {short(node.right)}"
    return type(node).__name__


# Places --------------------------------------------------------------------------------------------------------------------

WRITTEN = """\
const a = "email", b = 'user_likes';\tconst c = `x${a}😀y`;
/* é 🎉 */ call({ scope: ["a😀b", 'ü\\t'], 'key': `multi
line ${ `inner ${b} text` } end` });
const d = <Button title="Ünï" permissions={["email"]}>text 😀</Button>;
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_each_character_stands_where_the_program_says(ending, encoding):
    text = WRITTEN.replace("\n", ending)
    program = lower("a.jsx", text.encode(encoding))
    seen = "".join(piece.value for piece in pieces(program))
    for word in ("email", "user_likes", "a😀b", "line ", " text", "Ünï"):
        assert word in seen
    for piece in pieces(program):
        for char, start, end in zip(piece.value, spots(piece), spots(piece)[1:], strict=False):
            assert text[start:end] == char or text[start] == "\\"


def test_latin_1_is_read_with_its_places():
    text = "const a = 'é'; const b = 'email';"
    program = lower("a.js", text.encode("latin-1"))
    (first, second) = pieces(program)
    assert (first.value, second.value) == ("é", "email")
    assert text[second.start : second.end] == "email"


def test_a_line_and_column_count_code_points():
    program = lower("a.js", "let x = 1;\r\n\tcall('😀', 'email');\r\n".encode())
    (email,) = [piece for piece in pieces(program) if piece.value == "email"]
    place = program.place(email.start, email.end)
    assert (place.line, place.column, place.end_column) == (2, 13, 18)


@pytest.mark.parametrize(
    ("escape", "value"),
    [("\\n", "\n"), ("\\t", "\t"), ("\\'", "'"), ("\\\\", "\\"), ("\\x65", "e"), ("\\u0065", "e"), ("\\u{65}", "e"),
     ("\\u{1F600}", "😀"), ("\\0", "\0"), ("\\q", "q"), ("\\\n", "")],
)  # fmt: skip
@pytest.mark.parametrize("quotes", ["''", '""', "``"])
def test_escapes_stand_for_their_characters(escape, value, quotes):
    text = f"f({quotes[0]}a{escape}b{quotes[1]})"
    (piece,) = pieces(lower("a.js", text.encode()))
    assert piece.value == f"a{value}b"
    found = spots(piece)
    assert text[found[0]] == "a"
    assert text[found[len(piece.value) - 1]] == "b"


@given(st.text(alphabet="01234567890abcdefxu{}nt\\'\"\n😀", max_size=8))
def test_any_escape_has_a_meaning(body):
    assert isinstance(backslash("\\" + body), str)


# Forms ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import a, { b as c, default as d } from './x'", ["import ./x:1 [('module.exports', 'a'), ('b', 'c'), ('module.exports', 'd')]"]),
        ("import * as all from 'x/y'; import 'side'", ["import x/y:0 all"]),
        ("import type { T } from 'x'", ["import x:0 [('T', 'T')]"]),
        ("export { a as b, c } from './x'; export * from './y'; export * as n from './z'",
         ["import ./x:1 [('a', 'b'), ('c', 'c')]", "import ./y:1 [('*', '*')]", "import ./z:1 n"]),
        ("export default ['a']", ["module.exports = [\"'a'\"]"]),
        ("const x = 1; export { x as y }", ["x = 1", "y = x"]),
        ("module.exports = { a }", ["module.exports = {\"'a'\": 'a'}"]),
        ("exports.a = 1; module.exports.b = 2", ["a = 1", "b = 2"]),
        ("module.exports = f; module.exports.b = 2", ["module.exports = f", "module.exports.b = 2"]),
        ("use(); import a from 'a'; function use() {}", ["import a:0 [('module.exports', 'a')]", "use()", "Do use()"]),
        ("const { a, b: { c = 1 }, ...rest } = f()", ["<6> = f()", "a = <6>.a", "<14> = <6>.b", "c = <14>.c ?? 1", "rest = <6>"]),
        ("const [x, y] = f()", ["['x', 'y'] = f()"]),
        ("const [x, , y] = f()", ["<6> = f()", "x = <6>[0]", "y = <6>[2]"]),
        ("a?.b?.['c']?.(1)", ["Do a.b['c'](1)"]),
        ("new A.B(1, ...c); new D", ["Do A.B(1, c)", "Do D()"]),
        ("x = y as string; z = <T>w; u = v!", ["x = y", "z = w", "u = v"]),
        ("a ||= b; c ??= d", ["a = a or b", "c = c ?? d"]),
        ("tag`a${b}`", ["Do tag('a{}')"]),
        ("enum E { A = 'a', B = 'b' }", ["E = {\"'A'\": \"'a'\", \"'B'\": \"'b'\"}"]),
        ("type T = string; interface I { a: 'email' } declare const z: number", []),
        ("const f = async (a, { b }, [c] = [], ...d) => await a", ["f = f(a, <20>, <27>, d)"]),
        ("label: for (;;) { break label }", ["Loop"]),
        ("#!/usr/bin/env node\n'use strict'; debugger;;", ["Do 'use strict'"]),
    ],
)  # fmt: skip
def test_what_a_statement_becomes(source, expected):
    assert form(source) == expected


def test_a_class_has_its_fields_methods_and_constructor():
    (cls,) = lower(
        "a.ts",
        b"""export abstract class A<T> extends B implements C {
  static s = 1; #p = 2; late = this.s; readonly q?: string;
  constructor(private readonly token: string, other = 3) { super(other) }
  get part(): string { return '' } static make() {} async run(this: A, x: number) {} abstract no(): void
}""",
    ).body
    assert isinstance(cls, p.Class)
    assert [short(base) for base in cls.bases] == ["B"]
    assert [short(node) for node in cls.body] == [
        "s = 1",
        "#p = 2",
        "__init__(this, token, other)",
        "part(this)",
        "make(this)",
        "run(this, x)",
    ]
    constructor = cls.body[2]
    assert [short(node) for node in constructor.body][:2] == ["this.late = this.s", "this.token = token"]
    assert [short(one) for one in cls.body[3].decorators] == [p.PROPERTY]
    assert [short(one) for one in cls.body[4].decorators] == [p.OF_CLASS]


def test_a_component_is_called_with_its_attributes():
    (one,) = lower("a.tsx", b"""x = <A.B scope="email" on {...rest} list={['a']}><br />{more}text</A.B>""").body
    call = one.value
    assert short(call.function) == "A.B"
    ((_, mapping),) = call.arguments
    assert short(mapping) == {
        "'scope'": "'email'",
        "'on'": True,
        "...": "rest",
        "'list'": ["'a'"],
        "'children'": ["html.br({})", "more"],
    }


@pytest.mark.parametrize("path", ["a.js", "a.jsx", "a.mjs", "a.cjs", "a.ts", "a.tsx", "a.mts", "a.cts"])
def test_each_ending_is_read(path):
    assert form("const a = ['email'];", path) == ["a = [\"'email'\"]"]


def test_comments_are_kept_where_they_speak_to_permlint():
    text = "a(); // permlint: ignore[PRM101] why\n/* permlint: ignore[PRM102] */\nb(<p>{/* permlint: ignore[PRM103] */}</p>); // other\n"
    comments = lower("a.jsx", text.encode()).comments
    assert [(words.strip(), alone) for _, _, words, alone in comments] == [
        ("permlint: ignore[PRM101] why", False),
        ("permlint: ignore[PRM102]", True),
        ("permlint: ignore[PRM103]", False),
    ]


def test_a_broken_file_is_read_as_far_as_it_goes():
    program = lower("a.ts", b"const a = 'email';\nclass { [ = ;\nconst b = 'user_likes';\n")
    assert {piece.value for piece in pieces(program)} >= {"email", "user_likes"}
    assert program.gaps


# Wild input ----------------------------------------------------------------------------------------------------------------

SOURCE = """
import a, { b as c } from './x'; export * from 'y'; const { d, e: [f = 1] } = require('z');
@Dec({ g: [h] }) export default class I extends J<K> implements L { static #m = 1; constructor(private n: O) { super(n) } get o() { return this.#m } }
async function* p({ q = `r${s}t`, ...u }: V = {}): Promise<W> { for await (const x of y) { yield* z?.[0]!.a ?? b } }
const jsx = <A.B c="d" {...e}>{f ? <g /> : /* h */ null} text</A.B>; label: while (i) { if (j) continue label; else break }
switch (k) { case 'l': case "m": n(); break; default: throw new O(`p`) } try { q() } catch { } finally { r() }
enum S { T = 'u' } type V2 = 'w'; declare module 'x' { } export = y; module.exports = { z, [a]: b, get c() { return 1 }, ...d };
"""
TOKENS = st.sampled_from(
    list("(){}[]<>.,;:=+-*/\\\"'`$#@!?%&|^~ \n\té🎉a1_")
    + [
        "${",
        "=>",
        "</",
        "/>",
        "<a>",
        "//",
        "/*",
        "*/",
        "?.",
        "??=",
        "...",
        "class ",
        "import ",
        "export ",
        "async ",
        "await ",
        "\0",
    ]
)


@pytest.mark.parametrize("path", ["a.ts", "a.tsx"])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_garbage_and_cut_off_source_raise_nothing_else(path, data):
    start = data.draw(st.integers(0, len(SOURCE)))
    end = data.draw(st.integers(start, len(SOURCE)))
    middle = "".join(data.draw(st.lists(TOKENS, max_size=12)))
    for text in (SOURCE[:start] + middle + SOURCE[end:], middle, SOURCE[start:end]):
        try:
            program = lower(path, text.encode())
        except Unreadable:
            continue
        for piece in pieces(program):
            assert 0 <= piece.start <= piece.end <= len(text)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data):
    try:
        lower("a.js", data)
    except Unreadable:
        pass


@pytest.mark.parametrize(
    "opening",
    [
        "(",
        "[",
        "{",
        "a(",
        "if (",
        "a + ",
        "a.b",
        "!",
        "`${",
        "<a>",
        "() => ",
        "[...",
        "({a:",
        "class A{b=",
        "new ",
        "a?.b",
    ],
)
def test_deep_nesting_ends_quickly(opening):
    began = time.process_time()
    try:
        lower("a.tsx", (opening * 100_000)[:900_000].encode())
    except Unreadable:
        pass
    assert time.process_time() - began < 60


def test_an_ampersand_in_the_text_of_jsx():
    text = """
const a = <p>Terms & Conditions</p>;
const b = <b><I /> Tom & Jerry & {spike & 1} & Co &amp; x</b>;
FB.login(done, { scope: 'email' });
"""

    program = lower("a.jsx", text.encode())

    assert program.gaps == ()
    assert isinstance(program.body[-1], p.Do)


def test_an_ampersand_that_is_an_error():
    assert lower("a.jsx", b"const a = & & b; f(").gaps
