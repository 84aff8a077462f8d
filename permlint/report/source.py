"""Lines of source, fetched only where shown, and made fit for it: secrets hidden, control characters disarmed."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from permlint.files import read_file
from permlint.frontends import encoding_of
from permlint.secrets import mask

if TYPE_CHECKING:
    from collections.abc import Mapping

_LIMIT = 20_000_000
_CONTEXT = 2_000
_TAB = 4


class Sources:
    """The lines of a project's files, read when first asked for.

    root: the project's folder. overlay: content that stands in for a file's; texts: the same as text, which counts first. Paths
    are relative to the root.
    """

    def __init__(
        self, root: str, overlay: Mapping[str, bytes] | None = None, texts: Mapping[str, str] | None = None
    ) -> None:
        self._root = root
        self._overlay = overlay or {}
        self._texts = texts or {}
        self._lines: dict[tuple[str, int | None], list[str]] = {}

    def line(self, path: str, number: int, cell: int | None = None) -> str | None:
        """Returns a line as it stands in the file, without its end; None if it cannot be read. number counts from 1."""
        key = path, cell
        if key not in self._lines:
            self._lines[key] = self._read(path, cell)
        lines = self._lines[key]
        return lines[number - 1] if 0 < number <= len(lines) else None

    def _read(self, path: str, cell: int | None) -> list[str]:
        if path in self._texts and cell is None:
            return _split(self._texts[path])
        try:
            content = self._overlay[path] if path in self._overlay else read_file(self._root, path, _LIMIT)
        except OSError:
            return []
        if cell is not None:
            return _cell_lines(content, cell)
        return _split(_decode(path, content))


def _decode(path: str, content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return content.decode(encoding_of(path, content), "replace")
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace")


def _split(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _cell_lines(content: bytes, cell: int) -> list[str]:
    """The lines of one cell of a notebook, counted from 1 over all cells."""
    import json  # only for notebooks

    try:
        source = json.loads(content)["cells"][cell - 1]["source"]
        return _split(source if isinstance(source, str) else "".join(source))
    except (ValueError, LookupError, TypeError, RecursionError):
        return []


def width(char: str) -> int:
    """Returns how many columns of a terminal a character takes: 0, 1 or 2."""
    if " " <= char <= "~":
        return 1
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    return 0 if unicodedata.category(char) in ("Mn", "Me", "Cf") else 1


def text_width(text: str) -> int:
    """Returns how many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(width, text))


def disarm(text: str) -> str:
    """Returns the text with what commands a terminal or turns the direction of writing as U+FFFD, one by one."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        "\ufffd"
        if (unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") and char not in "\t\n")
        or "\u202a" <= char <= "\u202e"
        or "\u2066" <= char <= "\u2069"
        or char in "\u200e\u200f\u061c"
        else char
        for char in text
    )


def excerpt(line: str, start: int, end: int, room: int, encoding: str = "utf-8") -> tuple[str, int, int]:
    """Returns a line as it is shown, and where in it, in columns of a terminal, the marked part begins, and its width.

    start, end: the marked part, in characters from 0, the end exclusive. room: how many columns there are; a longer
    line is cut around the marked part. encoding: what the output can show.
    """
    start = min(max(start, 0), len(line))
    end = min(max(end, start), len(line))
    first = max(0, start - _CONTEXT)
    cut = line[first : max(end, start + 1) + _CONTEXT]
    start, end = start - first, end - first
    shown = mask(cut)
    if "*" in shown[start:end] and _is_name(cut[start:end]):
        # The marked part is the name of a permission that a rule talks about, not a secret.
        shown = shown[:start] + cut[start:end] + shown[end:]
    more = "…" if fit("…", encoding) == "…" else "..."
    parts = _columns(disarm(shown), encoding)
    before, marked, after = parts[:start], parts[start:end], parts[end:]
    head = tail = ""
    wide = [sum(w for _, w in part) for part in (before, marked, after)]
    if sum(wide) + (first > 0) * len(more) > room:
        marked_room = min(wide[1], room - 2 * len(more))
        left = max((room - marked_room) // 2, room - marked_room - wide[2])
        if wide[0] > left or first > 0:
            head = more
            before = _last(before, left - len(more))
        right = room - marked_room - sum(w for _, w in before) - len(head)
        if wide[1] > marked_room:
            marked, after, tail = _first(marked, marked_room), [], more
        elif wide[2] > right:
            after, tail = _first(after, right - len(more)), more
    elif first > 0:
        head = more
    text = head + "".join(text for part in (before, marked, after) for text, _ in part) + tail
    return text.rstrip(), len(head) + sum(w for _, w in before), sum(w for _, w in marked)


def _is_name(text: str) -> bool:
    return all(char.islower() or char in "_,. " for char in text)


def fit(text: str, encoding: str) -> str:
    """Returns the text with each character that an encoding does not have replaced by as many `?` as it is wide."""
    if text.isascii():
        return text
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return "".join(char if _encodes(char, encoding) else "?" * width(char) for char in text)
    return text


def _encodes(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _columns(text: str, encoding: str) -> list[tuple[str, int]]:
    """Each character as it is shown, tabs as blanks, with its width."""
    whole = fit(text, encoding) == text
    out = []
    at = 0
    for char in text:
        size = _TAB - at % _TAB if char == "\t" else width(char)
        shown = " " * size if char == "\t" else char
        out.append((shown if whole or _encodes(shown, encoding) else "?" * size, size))
        at += size
    return out


def _first(parts: list[tuple[str, int]], room: int) -> list[tuple[str, int]]:
    used = 0
    for number, (_, size) in enumerate(parts):
        used += size
        if used > room:
            return parts[:number]
    return parts


def _last(parts: list[tuple[str, int]], room: int) -> list[tuple[str, int]]:
    return _first(parts[::-1], room)[::-1]
