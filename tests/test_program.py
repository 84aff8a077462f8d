"""The small program form: written to plain data and read back, and where statements stand."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permlint import program as p
from permlint.frontends import lower
from permlint.places import LineIndex

SOURCE = '''\
"""A module."""
import a.b as c  # permlint: ignore[PRM101]
from . import d


@decorated(1)
class A(B, metaclass=M):
    x: int = 1
    y: str

    def f(self, a, /, b=None, *c, d: str = "x", **e):
        global G
        for i in range(3):
            if i in (1, 2.5, True, None) and not x or y:
                continue
            break
        else:
            pass
        while a:
            b += 1
            yield from b
        with open(a) as f, g:
            z = [*a, {**b, "k": (yield 1)}]
        try:
            a[1:2], b.c = {1}, lambda q: q
        except E:
            raise
        finally:
            del a[0]
        return f"{a!r} {b} " "\\x41é" if (n := 1) else [w for w in v if w for u in w] + {k: v for k, v in b}
'''


def node_at(depth):
    offsets = st.integers(0, 1000)
    leaf = st.one_of(
        st.builds(p.Text, offsets, offsets, st.text(max_size=8), st.none() | st.tuples(offsets, offsets)),
        st.builds(p.Name, offsets, offsets, st.text(max_size=8)),
        st.builds(p.Literal, offsets, offsets, st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False)),
    )
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.builds(p.String, offsets, offsets, st.lists(inner, max_size=3).map(tuple)),
            st.builds(
                p.Sequence, offsets, offsets, st.sampled_from(["list", "set"]), st.lists(inner, max_size=3).map(tuple)
            ),
            st.builds(
                p.Mapping, offsets, offsets, st.lists(st.tuples(st.none() | inner, inner), max_size=3).map(tuple)
            ),
            st.builds(
                p.Call,
                offsets,
                offsets,
                inner,
                st.lists(st.tuples(st.none() | st.text(max_size=3), inner), max_size=2).map(tuple),
            ),
            st.builds(p.Binary, offsets, offsets, st.text(max_size=2), inner, inner),
            st.builds(p.Slice, offsets, offsets, st.none() | inner, st.none() | inner, st.none()),
            st.builds(p.Yield, offsets, offsets, inner, st.booleans()),
        ),
        max_leaves=depth,
    )


@settings(max_examples=80, deadline=None)
@given(st.lists(node_at(12), max_size=4), st.text(max_size=60))
def test_a_program_survives_plain_data(nodes, text):
    program = p.Program(
        "a.py",
        tuple(p.Do(0, 1, node) for node in nodes),
        [(0, 5), (6, 9)],
        LineIndex(text),
        [(1, 2, "permlint", True)],
        [(1, 1), (4, 3)],
        language="python",
        gaps=((2, 4, "a = ="),),
    )

    again = p.decode(json.loads(json.dumps(p.encode(program))))

    assert repr(again.body) == repr(program.body)
    assert p.encode(again) == p.encode(program)
    assert (again.path, again.extents, again.comments, again.cells) == (
        program.path, program.extents, program.comments, program.cells)  # fmt: skip
    assert again.place(0, len(text)) == program.place(0, len(text))


def test_every_kind_of_node_survives_plain_data():
    shown = ""
    for path, source in (("a.py", SOURCE), ("a.php", "<p onclick='f()'></p>\n<?php g();")):
        program = lower(path, source.encode())
        again = p.decode(json.loads(json.dumps(p.encode(program))))
        assert repr(again.body) == repr(program.body)
        shown += repr(program.body)
    for kind in p._KINDS:
        assert f"{kind.__name__}(" in shown, f"{kind.__name__} is not in the source of this test"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_data_is_refused_in_three_ways_only(data):
    whole = json.dumps(p.encode(lower("a.py", SOURCE.encode())))
    at = data.draw(st.integers(0, len(whole) - 1))
    size = data.draw(st.integers(0, 40))
    damaged = whole[:at] + data.draw(st.text('[]{}",:0123456789ntul ', max_size=6)) + whole[at + size :]
    try:
        decoded = json.loads(damaged)
    except ValueError:
        return
    try:
        p.decode(decoded)
    except (TypeError, ValueError, LookupError):
        pass


@pytest.mark.parametrize(
    "value", [None, [], {}, 1, "x", [1, 2, 3, 4, 5, 6], ["a", [{"": [99, 0, 0]}], [], [], [], None]]
)
def test_what_is_no_program_is_refused(value):
    with pytest.raises((TypeError, ValueError, LookupError)):
        p.decode(value)


def test_too_deep_a_program_cannot_be_written():
    node = p.Name(0, 1, "x")
    for _ in range(20_000):
        node = p.Not(0, 1, node)
    with pytest.raises(RecursionError):
        p.encode(p.Program("a.py", (p.Do(0, 1, node),), [], LineIndex(""), [], language="python"))


EXTENTS = """\
x = [
    "email",
]
if (a and
        b):
    y = 1; z = "two"
for i in (1,
          2): call("three")


@decorated
def f(a="four",
      b=1):
    return (
        "five")
"""


@pytest.mark.parametrize(
    ("text", "extent"),
    [("email", (1, 1, 3, 2)), ("b):", (4, 1, 5, 11)), ("two", (6, 12, 6, 21)), ("three", (8, 15, 8, 28)),
     ("four", (11, 1, 13, 11)), ("five", (14, 5, 15, 16))],
)  # fmt: skip
def test_the_statement_around_a_place(text, extent):
    program = lower("a.py", EXTENTS.encode())
    at = EXTENTS.index(text)

    place = program.statement(at, at + 1)

    assert (place.line, place.column, place.end_line, place.end_column) == extent


def test_a_place_outside_of_all_statements_is_its_own_statement():
    program = lower("a.py", b"x = 1\n# here\n")

    assert program.statement(8, 10) == program.place(8, 10)
