"""The notebook front end: places within cells, magics, other languages, and files that are no notebooks."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permlint import program as p
from permlint.frontends import Unreadable, lower


def notebook(*cells):
    """A notebook of code cells; one whose source is None is of Markdown."""
    rows = [
        {"cell_type": "markdown", "source": "x = 'no'"} if c is None else {"cell_type": "code", "source": c}
        for c in cells
    ]
    return json.dumps({"cells": rows, "nbformat": 4}).encode()


def texts(program):
    out = []
    stack = [program.body]
    while stack:
        one = stack.pop()
        if isinstance(one, p.Text):
            place = program.place(one.start, one.end)
            out.append((one.value, place.cell, place.line, place.column))
        elif isinstance(one, p.Node):
            stack.extend(getattr(one, name) for name in one.fields)
        elif isinstance(one, tuple):
            stack.extend(one)
    return sorted(out, key=lambda found: found[1:])


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["x = 'a'"], [("a", 1, 1, 6)]),
        (["x = 'a'\n", None, "\ny = 'b'"], [("a", 1, 1, 6), ("b", 3, 2, 6)]),
        ([["x = 'a'\n", "y = 'b'"]], [("a", 1, 1, 6), ("b", 1, 2, 6)]),
        (["x = 'a'\r\ny = 'b'"], [("a", 1, 1, 6), ("b", 1, 2, 6)]),
        (["%matplotlib inline\n!pip install it's\nx = 'a'"], [("a", 1, 3, 6)]),
        (["if x:\n    %time y\n    z = 'a'"], [("a", 1, 3, 10)]),
        (['%%bash\necho "it\'s"', "x = 'a'"], [("a", 2, 1, 6)]),
        (["\n%%html\n<p>'</p>", "x = 'a'"], [("a", 2, 1, 6)]),
        (["?help", "x = 'a'"], [("a", 2, 1, 6)]),
        (["", [], "x = 'a'"], [("a", 3, 1, 6)]),
        (["x = (\n'a')", "y = '''b\nc'''"], [("a", 1, 2, 2), ("b\nc", 2, 1, 8)]),
        (["x = '😀', 'a'"], [("😀", 1, 1, 6), ("a", 1, 1, 11)]),
    ],
)
def test_places_count_within_their_cell(cells, found):
    assert texts(lower("a.ipynb", notebook(*cells))) == found


def test_a_magic_inside_of_a_text_stays_a_text():
    assert texts(lower("a.ipynb", notebook("x = 'a' + \\\n'b'"))) == [("a", 1, 1, 6), ("b", 1, 2, 2)]


def test_a_syntax_error_names_its_cell():
    with pytest.raises(Unreadable) as caught:
        lower("a.ipynb", notebook("x = 1", None, "y = )"))

    assert caught.value.reason.startswith("in cell 3, ")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"cells": {}}',
        b'{"worksheets": []}',
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"cells": 1}',
        b"\0",
    ],
)
def test_what_is_no_notebook(data):
    with pytest.raises(Unreadable, match="not a notebook"):
        lower("a.ipynb", data)


@pytest.mark.parametrize(
    "data",
    [b'{"cells": []}', b'{"cells": [1, null, {}]}', b'{"cells": [{"cell_type": "code"}]}', b'{"cells": [{"cell_type": "code", "source": 1}]}',
     b'{"cells": [{"cell_type": "code", "source": [1, "x = 2"]}]}', b'{"cells": [{"cell_type": "raw", "source": "x ="}]}'],
)  # fmt: skip
def test_odd_cells_are_passed_over(data):
    assert not texts(lower("a.ipynb", data))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=10)
    | st.sampled_from(["code", "x = 'a'", "%%bash", "(", "cells"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["cells", "cell_type", "source", "x"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(JSON, max_size=3) | JSON)
def test_any_json_is_a_program_or_unreadable(value):
    for data in (value, {"cells": value}):
        try:
            lower("a.ipynb", json.dumps(data).encode())
        except Unreadable:
            pass
