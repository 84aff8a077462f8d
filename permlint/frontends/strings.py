"""String nodes of tree-sitter's trees: literal characters, escapes and holes, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends.syntax import BLANK, MARK, PADDING, Expression, Lowering, Source

if TYPE_CHECKING:
    from tree_sitter import Node

Unescape = Callable[[str], str]


def string(
    delimiters: int | Callable[[str], tuple[int, int]] = 1,
    *,
    escapes: Iterable[str] = ("escape_sequence",),
    holes: Mapping[str, Expression] | None = None,
    plain: Iterable[str] = (),
    unescape: Unescape | None = None,
) -> Expression:
    """Makes a string's node: literal characters, escapes and holes.

    delimiters: how many characters stand before and after the content, or what tells it from the node's characters.
    escapes: kinds of nodes that stand for other characters, by `unescape` (a backslash's usual meanings without it).
    holes: kinds of nodes that are put in at run time. plain: kinds whose characters are literal.
    """
    escaped = frozenset(escapes)
    literal = frozenset(plain)
    meaning = unescape or backslash

    def made(low: Lowering, node: Node) -> p.Expression:
        start, end = low.span(node)
        before, after = (
            (delimiters, delimiters) if isinstance(delimiters, int) else delimiters(low.source.seen[start:end])
        )
        inner = (start + before, max(start + before, end - after))
        return low_string(low, node, (start, end), inner, escaped, holes or {}, literal, meaning)

    return made


def low_string(
    low: Lowering,
    node: Node,
    span: tuple[int, int],
    inner: tuple[int, int],
    escapes: frozenset[str],
    holes: Mapping[str, Expression],
    plain: frozenset[str],
    unescape: Unescape,
) -> p.String:
    """A string from the children of its node. span, inner: where it stands with and without its delimiters."""
    made = Pieces(low.source, inner[0])
    stack = list(reversed(node.named_children))
    while stack:
        child = stack.pop()
        start, end = low.span(child)
        if start < inner[0] or end > inner[1]:
            continue
        if child.type in escapes:
            made.literal(start)
            made.escape(start, end, unescape(low.source.hidden[start:end]))
        elif child.type in holes:
            made.literal(start)
            made.hole(holes[child.type](low, child), end)
        elif child.type not in plain:
            stack.extend(reversed(child.named_children))
    made.literal(inner[1])
    return p.String(*span, made.parts())


def text_block(plain: Expression, marks: int = 3, *, escapes_end: bool = False) -> Expression:
    """Makes a string that may stand over several lines between three quotes: then what all its lines begin with is left out.

    plain: what makes one on a single line. escapes_end: a backslash at the end of a line takes the line's end away.
    """

    def made(low: Lowering, node: Node) -> p.Expression:
        start, end = low.span(node)
        text = low.source.hidden
        if end - start < 2 * marks or text[start : start + marks] != text[start] * marks or "\n" not in text[start:end]:
            return plain(low, node)
        inner = (start + marks, end - marks)
        first = text.find("\n", *inner) + 1
        lines = _lines(text, first, inner[1])
        margin = min(
            (_margin(text, *line) for line in lines if text[slice(*line)].strip() or line is lines[-1]), default=0
        )
        pieces = Pieces(low.source, inner[0])
        pieces.escape(inner[0], first, "")
        escapes = [low.span(child) for child in node.named_children if child.type == "escape_sequence"]
        for low_end, high_end in lines:
            pieces.escape(low_end, min(low_end + margin, high_end), "")
            for at, after in escapes:
                if low_end <= at < high_end:
                    pieces.literal(at)
                    pieces.escape(at, after, backslash(text[at:after]))
            if escapes_end and text[low_end:high_end].rstrip("\r\n").endswith("\\"):
                joint = high_end - len(text[low_end:high_end]) + len(text[low_end:high_end].rstrip("\r\n")) - 1
                pieces.literal(joint)
                pieces.escape(joint, high_end, "")
            pieces.literal(high_end)
        return p.String(start, end, pieces.parts())

    return made


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the lines of a stretch stand, with their ends."""
    out = []
    while start <= end:
        after = text.find("\n", start, end)
        stop = end if after < 0 else after + 1
        out.append((start, stop))
        start = stop if after >= 0 else end + 1
    return out


def _margin(text: str, start: int, end: int) -> int:
    return len(text[start:end]) - len(text[start:end].lstrip(" \t"))


_SHOWN = re.compile(f"{PADDING}|[{MARK}{BLANK}](?:[{MARK}{BLANK}\n\r]*[{MARK}{BLANK}])?")


class Pieces:
    """Puts the parts of a string together. at: up to where the text has been read."""

    def __init__(self, source: Source, at: int) -> None:
        self._source = source
        self._at = at
        self._start = at
        self._chars: list[str] = []
        self._spots: list[int] = []
        self._plain = True
        self._parts: list[p.Expression] = []

    @property
    def at(self) -> int:
        """Up to where the text has been read."""
        return self._at

    def literal(self, end: int) -> None:
        """The characters up to there stand for themselves; those of a template's islands are put in at run time."""
        text = self._source.hidden
        while self._at < end:
            mark = _SHOWN.search(text, self._at, end)
            stop = end if mark is None else mark.start()
            self._chars.extend(text[self._at : stop])
            self._spots.extend(range(self._at, stop))
            self._at = stop
            if mark is not None and mark[0] == PADDING:
                self.escape(stop, stop + 1, "")
            elif mark is not None:
                self.hole(p.Opaque(stop, mark.end(), "a template puts it in"), mark.end())

    def escape(self, start: int, end: int, value: str) -> None:
        """The characters from start to end stand for others."""
        self._chars.extend(value)
        self._spots.extend([start] * len(value))
        self._plain = False
        self._at = end

    def skip(self, end: int) -> None:
        """The characters up to there stand for nothing, and for no end of what stands before them."""
        self._flush()
        self._at = self._start = end

    def hole(self, value: p.Expression, end: int) -> None:
        """An expression's text is put in."""
        self._flush()
        self._parts.append(value)
        self._at = self._start = end

    def _flush(self) -> None:
        if self._chars:
            spots = None if self._plain else (*self._spots, self._at)
            start = self._spots[0]
            self._parts.append(p.Text(start, self._at, "".join(self._chars), spots))
        self._chars, self._spots, self._plain = [], [], True

    def parts(self) -> tuple[p.Expression, ...]:
        """The parts; one empty piece of text where there are none."""
        self._flush()
        return tuple(self._parts) or (p.Text(self._at, self._at, ""),)


_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "a": "\a", "e": "\x1b"}


def backslash(escape: str) -> str:
    """What a backslash and the characters after it stand for in most languages."""
    body = escape[1:]
    if body[:1] in ("\n", "\r"):
        return ""
    digits = body[1:].strip("{}")
    if body[:1] in ("x", "u", "U") and digits:
        try:
            return chr(int(digits, 16))
        except (ValueError, OverflowError):
            return escape
    return _SIMPLE.get(body, body)
