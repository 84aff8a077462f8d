"""Columns of editors: there and back in each encoding, as the bytes of the encoding count them."""

from hypothesis import given
from hypothesis import strategies as st

from permlint.cli.server.positions import column_of, units

ENCODINGS = st.sampled_from([("utf-8", "utf-8", 1), ("utf-16", "utf-16-le", 2), ("utf-32", "utf-32-le", 4)])
LINES = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("a😀é€ \t")), max_size=30)


@given(LINES, ENCODINGS)
def test_units_are_those_of_the_encoding(line, encoding):
    name, codec, size = encoding
    assert units(line, name) == len(line.encode(codec)) // size


@given(LINES, ENCODINGS, st.data())
def test_a_column_comes_back(line, encoding, data):
    column = data.draw(st.integers(1, len(line) + 1))
    assert column_of(line, units(line[: column - 1], encoding[0]), encoding[0]) == column


@given(LINES, ENCODINGS, st.integers(0, 200))
def test_no_position_is_beyond_the_line(line, encoding, character):
    assert 1 <= column_of(line, character, encoding[0]) <= len(line) + 1
