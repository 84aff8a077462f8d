"""The Python front end: places of literals, escapes, encodings, and whatever a file may hold."""

from __future__ import annotations

import ast
import subprocess
import sys
import sysconfig
from pathlib import Path

import libcst as cst
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from libcst.metadata import MetadataWrapper, PositionProvider

from permlint import program as p
from permlint.frontends import MAX_BYTES, Unreadable, lower, python

STDLIB = Path(sysconfig.get_path("stdlib"))
FILES = (
    "abc ast argparse base64 bdb calendar cgi codecs configparser contextlib csv dataclasses decimal difflib dis email/message "
    "enum fractions functools gettext hashlib heapq html/parser http/client imaplib inspect ipaddress json/decoder keyword "
    "locale logging/handlers mailbox mimetypes netrc nntplib numbers opcode operator optparse pathlib pickletools pprint "
    "quopri random re/_parser secrets shlex smtplib socket sre_parse ssl statistics string stringprep tarfile textwrap "
    "tokenize traceback turtle types typing urllib/parse urllib/request uuid warnings wave xml/dom/minidom zipfile zoneinfo/_common"
).split()


def every(value):
    """All nodes of a program, without recursion."""
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, p.Node):
            yield one
            stack.extend(getattr(one, name) for name in one.fields)
        elif isinstance(one, (tuple, list)):
            stack.extend(one)


def literals(source):
    """(line, column, text as written) of each plain string and each literal part of an f-string, as libcst places them."""
    module = cst.parse_module(source)
    positions = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    out = set()
    # Types, patterns and what an exception is caught by are passed over.
    skipped = (cst.Annotation, cst.TypeParameters, cst.MatchPattern)
    stack = [module]
    while stack:
        node = stack.pop()
        if isinstance(node, skipped):
            continue
        if isinstance(node, (cst.ExceptHandler, cst.ExceptStarHandler)):
            stack.append(node.body)
            continue
        if isinstance(node, cst.Raise):
            stack += [node.exc] if node.exc is not None else []
            continue
        if isinstance(node, cst.FormattedStringExpression):
            stack.append(node.expression)  # What stands in a format is looked at for what it does only.
            continue
        if isinstance(node, cst.SimpleString):
            place = positions[node].start
            start = len(node.prefix) + len(node.quote)
            inner = node.value[start : len(node.value) - len(node.quote)]
            out.add((place.line, place.column + 1 + start, inner))
        elif isinstance(node, cst.FormattedStringText):
            place = positions[node].start
            out.add((place.line, place.column + 1, node.value))
        stack.extend(node.children)
    return out


def placed(source, program):
    """(line, column, text as written) of each literal text in a program."""
    out = set()
    for node in every(program.body):
        if isinstance(node, p.Text):
            place = program.place(node.start, node.end)
            out.add((place.line, place.column, source[node.start : node.end]))
    return out


def assert_placed(source):
    program = python.lower_text("a.py", source)
    wanted = literals(source)
    got = placed(source, program)
    assert not {found for found in wanted if found not in got}
    for node in every(program.body):
        if isinstance(node, p.Name) and node.end > node.start:
            assert source[node.start : node.end] == node.id
    for start, end in program.extents:
        assert source[start:end].strip(), source[start - 10 : end + 10]


@pytest.mark.parametrize("name", FILES)
def test_each_literal_of_the_standard_library_is_where_it_stands(name):
    path = STDLIB / f"{name}.py"
    if not path.exists():
        pytest.skip("not in this version")
    source = path.read_text(encoding="utf-8")[:60_000]
    source = source[: source.rfind("\n\n\n") + 1] if len(source) == 60_000 else source
    try:
        ast.parse(source)
    except SyntaxError:
        pytest.skip("cut in the middle")
    assert_placed(source)


TRICKY = {
    "a quote in a comment": "# it's \"\nx = 'a'  # 'a' \"b\"\ny = 'a'\n",
    "a hash in a string": "x = 'a # b', '#'  # 'c'\ny = 'c'\n",
    "an f-string": "x = f'a{b}c{d!r:>{w}}e' f\"{'q'}\"\n",
    "an f-string in an f-string": "x = f'a{f\"b{c}d\"}e'\n",
    "an f-string with braces": "x = f'{{a}}{b}}}{{'\n",
    "an f-string over lines": "x = f'''a\n{b}\nc'''\n",
    "an f-string with =": "x = f'{a = }b{c=!r}'\n",
    "a format with a text": "x = f'{a:%Y-%m}b'\n",
    "implicit concatenation": "x = ('a' 'b'\n  # 'c'\n  f'd{e}' r'\\f' 'g')\n",
    "the same twice": "x = 'a', 'a', {'a': 'a'}, a, 'a'\n",
    "decorators": "@a('b')\n@c.d(e='f')\ndef g(h='i', *j, k='l', **m): return 'n'\n",
    "a class": "@a('b')\nclass C(D, e='f'):\n  'g'\n  h: 'i' = 'j'\n",
    "line continuation": "x = 'a' \\\n  + 'b' \\\n  'c'\n",
    "tabs": "if a:\n\tx =\t'b'\n\tif c:\n\t\ty\t= 'd'\n",
    "form feeds": "x = 'a'\n\f\ny = 'b'\n",
    "wide characters": "x = '😀é', '日本', 'a'\n日本 = 'b'  # 😀\n",
    "combining characters": "x = 'e\u0301', 'a'\n",
    "type parameters": "def f[T: ('a', int)](x: T = 'b') -> 'c': return 'd'\nclass C[T]: x = 'e'\n",
    "match": "match a, 'b':\n  case 'c' | 'd' if e == 'f': x = 'g'\n  case {'h': 'i', **r}: y = 'j'\n  case C(k='l'): z = 'm'\n",
    "walrus": "if (a := 'b') and [c := 'd' for e in 'f']: pass\n",
    "lambdas": "x = lambda a='b', *c, d='e', **f: 'g'\n",
    "star expressions": "x = [*'a', *b, {**c, 'd': 'e'}]\nf(*'g', **{'h': 'i'})\n(a, *b) = 'jk'\n",
    "async": "async def f():\n  async with a('b') as c, d: await e('f')\n  async for g in 'h': yield 'i'\n  return [j async for j in 'k' if 'l']\n",
    "global and nonlocal": "def f():\n  global a, b\n  def g():\n    nonlocal_ = 'c'\n  x = 'd'\n",
    "semicolons": "x = 'a'; y = 'b';\nif c: x = 'd'; y = 'e'\n",
    "slices": "x['a':'b', 'c'], y[1:'d':], z['e'] = 'f', 'g', 'h'\n",
    "conditions": "x = 'a' if 'b' else 'c' if not 'd' else 'e'\n",
    "comparisons": "x = 'a' < 'b' <= 'c' not in 'd' is not 'e'\n",
    "dictionaries": "x = {'a': 'b', **{'c': 'd'}, 'e': {'f' for g in 'h'}, 'i': {j: 'k' for j in 'l' if 'm'}}\n",
    "comprehensions": "x = [('a', b) for b in 'c' for d in 'e' if 'f' if 'g']\n",
    "annotations": "x: 'a' = 'b'\ndef f(c: 'd' = 'e') -> 'f': y: 'g'\n",
    "try": "try: 'a'\nexcept E('b') as e: 'c'\nexcept (F, G): 'd'\nelse: 'e'\nfinally: 'f'\n",
    "raise, assert, del, return": "def f():\n  assert 'a', 'b'\n  del x['c']\n  raise E('d') from 'e'\n  return 'f'\n",
    "parentheses": "x = (((('a')) + ('b')))\ny = (\n  # 'c'\n  'd')\nz = ('e',)\n",
    "prefixes": "x = u'a', R'b', b'c', Rb'd', bR'e', f'f', fR'g{h}', rF'i'\n",
    "quotes of three": "x = '''a'b''', \"\"\"c\"d\"\"\", '''e\n  'f'\n'''\ny = 'g'\n",
    "with in parentheses": "with (a('b') as c, d('e')): x = 'f'\n",
    "numbers like names": "x = 0x_ff, 1_000, 1j, 1e5, 0b1, 'a'\n",
    "no newline at the end": "x = 'a'",
    "a name in a string": "f = 'f'\nff(f, 'ff')\nx.f('f').ff = 'f'\n",
    "keywords in names": "informal = 'in'\nnot_in = 'not'\nx = not informal in 'is'\nlambda_ = 'lambda'\n",
    "yield": "def f():\n  x = yield 'a'\n  yield from ('b', 'c')\n  (yield)\n",
    "a return without a value and an ellipsis": "def f(): ...\ndef g(x=...): return\ny = 'a'\n",
    "imports": "from a import (b as c,  # 'd'\n  e)\nimport f.g as h, i\nx = 'j'\nfrom .k import *\ny = 'l'\n",
    "backslashes at the end": "x = 'a\\\nb', 'c\\\\', 'd'\n",
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("source", TRICKY.values(), ids=TRICKY)
def test_literals_in_tricky_places(source, newline):
    source = source.replace("\n", newline)
    assert_placed(source)


def test_a_form_feed_before_a_statement_is_a_character():
    source = "\fx = 'a'\n\fdef f(): return 'b'\n"

    assert placed(source, python.lower_text("a.py", source)) == {(1, 7, "a"), (2, 19, "b")}


def test_lone_carriage_returns():
    source = "x = 'a'\ry = 'b'  # c's\rz = 'd'\n"
    texts = [
        (node.value, node.start) for node in every(python.lower_text("a.py", source).body) if isinstance(node, p.Text)
    ]
    assert sorted(texts) == [(letter, source.index(f"'{letter}'") + 1) for letter in "abd"]


PIECES = st.sampled_from(
    ["'a'", '"é😀"', "f'b{c}d'", "r'\\e'", "'''f\n g'''", "(1,\n # '\n 'h')", "{'i': j['k']}", "l('m', n=\"o\")", "['q' for r in s if 't']",
     "'u' if v else \"w\"", "lambda x='y': f\"{'z'}{{}}\"", "not 'aa' in bb", "'cc' 'dd'", "(ee := 'ff')", "-1", "'#'", "x.y['''it's''']"]
)  # fmt: skip
STATEMENTS = st.sampled_from(
    ["x = {}\n", "if {}: # '\n    y = {}\nelse: z = {}\n", "for a in {}:\n\tb = {}; c = {}\n", "@d({})\ndef e(f={}, *, g={}): return {}\n",
     "x += {} \\\n  + {}\n", "\f\nassert {}, {}\n", "with ({}) as h: i({}, *j, k={})\n", "class L({}): m: n = {}\n", "match {}:\n  case o: {}\n",
     "try: {}\nexcept P: {}\n", "# it's {}\n", "q = [{}, *r, {}]  # \"\n"]
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_literals_of_generated_code(data):
    source = ""
    for statement in data.draw(st.lists(STATEMENTS, min_size=1, max_size=6)):
        for _ in range(statement.count("{}")):
            statement = statement.replace("{}", data.draw(PIECES) if not statement.startswith("#") else "'", 1)
        source += statement
    source = source.replace("\n", data.draw(st.sampled_from(["\n", "\r\n"])))
    try:
        python.lower_text("a.py", source)
    except Unreadable:
        assume(False)
    assert_placed(source)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_mutated_file_is_a_program_or_unreadable(data):
    name = data.draw(st.sampled_from(["textwrap", "shlex", "string", "calendar"]))
    lines = (STDLIB / f"{name}.py").read_text(encoding="utf-8").split("\n")[: data.draw(st.integers(20, 120))]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        kind = data.draw(st.sampled_from(["delete", "double", "swap", "cut", "insert"]))
        if kind == "delete" and len(lines) > 1:
            del lines[at]
        elif kind == "double":
            lines.insert(at, lines[at])
        elif kind == "swap":
            other = data.draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == "cut":
            lines[at] = lines[at][: data.draw(st.integers(0, len(lines[at])))]
        else:
            lines[at] += data.draw(st.sampled_from(["(", "'''", '"', " # ", "\\", "\t", "\f", "}", ":", "é"]))
    source = "\n".join(lines)
    try:
        program = python.lower_text("a.py", source)
    except Unreadable:
        return
    assert not literals(source) - placed(source, program)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80) | st.text("()[]{}'\"\\\n\t\f #:=,f.abif@", max_size=60))
@example("f'{a")
@example("\x0c\\")
@example("x = '\ud800'")
def test_any_text_is_a_program_or_unreadable(text):
    try:
        python.lower_text("a.py", text)
    except Unreadable as error:
        assert error.line >= 1
        assert error.column >= 1


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=80))
@example(b"# coding: utf-16\nx = 1")
@example(b"# coding: rot13\nk = 1")
@example(b"# coding: undefined\nk = 1")
@example(b"# coding: idna\n\xff")
@example(b"# coding: base64\nxx")
@example(b"\xef\xbb\xbf# coding: latin-1\nx = 1")
@example(b"\xff\xfex\x00")
def test_any_bytes_are_a_program_or_unreadable(data):
    for path in ("a.py", "a.ipynb", ".env"):
        try:
            lower(path, data)
        except Unreadable:
            pass


ESCAPES = [
    r"a\nb", r"\x41b", r"\u00e9\U0001F600!", r"\N{LATIN SMALL LETTER A}b", r"\101\0\18", r"\'\"\\", r"\q\.", "a\\\nb", "\\\r\nb", r"\a\b\f\n\r\t\v|",
]  # fmt: skip


@pytest.mark.parametrize("inner", ESCAPES)
@pytest.mark.parametrize("quote", ["'", '"""'])
@pytest.mark.filterwarnings("ignore")
def test_escapes(inner, quote):
    source = f"x = {quote}{inner}{quote}\n"
    (text,) = [node for node in every(python.lower_text("a.py", source).body) if isinstance(node, p.Text)]

    assert text.value == ast.literal_eval(source[4:-1].replace("\r\n", "\n"))
    assert len(text.spots) == len(text.value) + 1
    assert list(text.spots) == sorted(text.spots)
    for index, char in enumerate(text.value):
        written = source[text.spots[index] : text.spots[index + 1]]
        assert written in (char, "") or "\\" in written


def test_a_scope_behind_an_escape_is_where_it_stands():
    source = "x = 'a\\tb\\x2cemail'\n"
    (text,) = [node for node in every(python.lower_text("a.py", source).body) if isinstance(node, p.Text)]
    at = text.value.index("email")

    assert source[text.spots[at] : text.spots[at + 5]] == "email"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("x = 'é'".encode(), "é"),
        ("\ufeffx = 'é'".encode(), "é"),
        ("# -*- coding: latin-1 -*-\nx = 'é'".encode("latin-1"), "é"),
        ("#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '€'".encode("cp1252"), "€"),
        ("# coding=utf8\nx = 'é'".encode(), "é"),
    ],
)
def test_encodings(data, text):
    program = lower("a.py", data)
    (found,) = [node for node in every(program.body) if isinstance(node, p.Text)]

    assert found.value == text
    assert program.place(found.start, found.end).column == 6


@pytest.mark.parametrize(
    ("data", "reason", "line"),
    [
        (b"x = 1\ny = '\xff'\n", "not valid utf-8", 2),
        (b"# coding: no-such-thing\n", "encoding 'no-such-thing' is not known", 1),
        (b"x = 1\0", "NUL", 1),
        (b"x = 1\nprint 'a'\n", "Python 2", 2),
        (b"x = 1\ntry:\n  pass\nexcept A, b:\n  print 'x'\n", "Python 2", 5),
        (b"def f(:\n", "syntax error", 1),
        (b"x = (\n", "syntax error", 1),
        (b"x = 1\n" * (MAX_BYTES // 6 + 1), "larger than", 1),
    ],
)
def test_what_is_unreadable_says_why_and_where(data, reason, line):
    with pytest.raises(Unreadable) as caught:
        lower("a.py", data)

    assert reason in caught.value.reason
    assert abs(caught.value.line - line) <= 1


HOSTILE = {
    "brackets": "'[' * n + ']' * n",
    "unclosed brackets": "'(' * n",
    "calls": "'f(' * n + ')' * n",
    "call chains": "'f' + '()' * n",
    "attributes": "'a' + '.b' * n",
    "subscripts": "'a' + '[0]' * n",
    "nested subscripts": "'a[' * n + '0' + ']' * n",
    "plus": "'a' + '+a' * n",
    "power": "'a' + '**a' * n",
    "and": "'a' + ' and a' * n",
    "comparisons": "'a' + '<a' * n",
    "not": "'not ' * n + 'a'",
    "invert": "'~' * n + 'a'",
    "minus": "'-' * n + 'a'",
    "await": "'async def f(): ' + 'await ' * n + 'a'",
    "lambda": "'lambda: ' * n + 'a'",
    "conditional expressions": "'a if b else ' * n + 'c'",
    "implicit strings": "'x = ' + '\"a\" ' * n",
    "f-strings": "'x = ' + 'f\"{a}\" ' * n",
    "elif": "'if a: pass\\n' + 'elif a: pass\\n' * n",
    "nested blocks": "''.join(' ' * i + 'if a:\\n' for i in range(min(n, 90))) + ' ' * 90 + 'pass'",
    "decorators": "'@a\\n' * n + 'def f(): pass'",
    "dictionaries": "'{1: ' * n + '1' + '}' * n",
    "walrus": "'(a := ' * n + '1' + ')' * n",
    "dotted imports": "'import a' + '.b' * n",
    "chained targets": "'a = ' * n + '1'",
    "starred": "'f(*' * n + 'a' + ')' * n",
    "comprehensions": "'[x for x in ' * n + 'y' + ']' * n",
    "f-strings in f-strings": "'f\"{' * n + '1' + '}\"' * n",
    "semicolons": "'a;' * n",
    "backslashes": "'a = 1 + ' + '\\\\\\n' * n + '1'",
    "commas": "'a,' * n",
    "patterns": "'match a:\\n case ' + '[' * n + 'b' + ']' * n + ': pass'",
    "mappings in patterns": "'match a:\\n case ' + '{1: ' * n + 'b' + '}' * n + ': pass'",
    "calls in patterns": "'match a:\\n case ' + 'C(\\n' * n + 'b' + ')' * n + ': pass'",
    "alternatives": "'match a:\\n case ' + '1 | ' * n + '1: pass'",
    "annotations": "'x: ' + 'a[' * n + 'b' + ']' * n + ' = 1'",
    "quotes": "'\"' * n",
}
PROBE = """
import sys
from permlint.frontends import Unreadable, lower
from permlint.program import encode
for n in (20, 60, 400, 1100, 9000):
    for source in %s:
        try:
            encode(lower("a.py", eval(source).encode()))
        except (Unreadable, RecursionError):
            pass
print("done")
"""


@pytest.mark.parametrize("part", range(3))
def test_hostile_shapes_end_in_a_program_or_unreadable(part):
    shapes = list(HOSTILE.values())[part::3]
    done = subprocess.run(
        [sys.executable, "-c", PROBE % shapes], capture_output=True, text=True, timeout=180, check=False
    )

    assert done.stdout == "done\n", done.stderr[-2000:]


def test_comments_that_name_permlint():
    source = "x = 'permlint'  # permlint: ignore[PRM101] why\n# about permlint\ny = '''\n# permlint: no\n'''\n"
    program = python.lower_text("a.py", source)

    assert [(text.strip(), alone) for _, _, text, alone in program.comments] == [
        ("permlint: ignore[PRM101] why", False),
        ("about permlint", True),
    ]
    for start, end, text, _ in program.comments:
        assert source[start:end] == text


def test_secrets_do_not_get_into_a_program():
    token = "EAAG" + "m0PX4ZCpsBA" * 4
    source = f"APP_SECRET = 'hunter2-and-more'\nx = {{'token': f'{token}', 'scope': 'email'}}  # permlint: {token}\n"
    program = python.lower_text("a.py", source)
    shown = repr(p.encode(program))

    assert token not in shown
    assert "hunter2" not in shown
    assert "'email'" in shown
