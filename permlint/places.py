"""Where something stands in a file: the one form of a place that every layer shares."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of a file.

    Lines and columns count from 1, columns in Unicode code points, the end is exclusive. `path` is relative to the
    project's root with forward slashes. `cell` is the number of a notebook's cell, counted from 1 over all cells; lines then
    count within the cell. Elsewhere it is None.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    cell: int | None = None

    def touches_line(self, line: int, cell: int | None = None) -> bool:
        """Whether any part of this place stands on that line (of that cell)."""
        return cell == self.cell and self.line <= line <= self.end_line


class LineIndex:
    """Turns offsets of a text (in code points) into lines and columns.

    Line ends are \\n, \\r\\n and a lone \\r, as Python and editors count them.
    """

    __slots__ = ("starts",)

    def __init__(self, text: str) -> None:
        if "\r" in text:
            text = text.replace("\r\n", " \n").replace("\r", "\n")
        starts = [0]
        find = text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        self.starts = starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of an offset (0 up to and including the text's length)."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1
