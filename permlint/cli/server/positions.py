"""Places as editors count them: lines from 0, columns from 0 in the units that were agreed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from permlint.places import Place
    from permlint.report.source import Sources


def units(text: str, encoding: str) -> int:
    """How long a text is. encoding: `utf-8`, `utf-16` or `utf-32`."""
    return len(text) if text.isascii() else sum(_unit(char, encoding) for char in text)


def column_of(line: str, character: int, encoding: str) -> int:
    """The column of a line, from 1 in code points, of a position; its end for one beyond."""
    if line.isascii():
        return min(character, len(line)) + 1
    for column, char in enumerate(line, 1):
        if character <= 0:
            return column
        character -= _unit(char, encoding)
    return len(line) + 1


def _unit(char: str, encoding: str) -> int:
    if encoding == "utf-16":
        return 1 + (char > "\uffff")
    return 1 if encoding == "utf-32" else 1 + (char > "\x7f") + (char > "\u07ff") + (char > "\uffff")


def range_of(place: Place, sources: Sources, encoding: str) -> types.Range:
    """A place as a range; its lines are looked up, since columns count what stands in them."""
    return types.Range(
        _position(place.path, place.line, place.column, sources, encoding),
        _position(place.path, place.end_line, place.end_column, sources, encoding),
    )


def _position(path: str, line: int, column: int, sources: Sources, encoding: str) -> types.Position:
    text = sources.line(path, line) or ""
    return types.Position(line - 1, units(text[: column - 1], encoding))
