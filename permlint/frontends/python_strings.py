"""The characters of Python's literals, each with its place."""

from __future__ import annotations

import re

from permlint import program as p

_ESCAPE = re.compile(
    r"\\(?:\r\n|[\n\r]|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|.)", re.DOTALL
)
_SIMPLE_ESCAPES = {
    "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
}  # fmt: skip


def literal(start: int, source: str, *, raw: bool, braces: bool = False) -> p.Text:
    """A literal piece. raw: no escapes count. braces: doubled braces stand for one."""
    end = start + len(source)
    if raw and not (braces and ("{{" in source or "}}" in source)):
        return p.Text(start, end, source)
    value: list[str] = []
    spots: list[int] = []
    at = 0
    while at < len(source):
        char = source[at]
        width = 1
        if char == "\\" and not raw:
            escape = _ESCAPE.match(source, at)
            if escape:
                width = len(escape[0])
                char = _unescape(escape[0])
        elif braces and source[at : at + 2] in ("{{", "}}"):
            width = 2
        value.append(char)
        spots.extend([start + at] * len(char))
        at += width
    spots.append(end)
    return p.Text(start, end, "".join(value), tuple(spots))


def _unescape(escape: str) -> str:
    body = escape[1:]
    if body in ("\n", "\r\n", "\r"):
        return ""
    if body in _SIMPLE_ESCAPES:
        return _SIMPLE_ESCAPES[body]
    try:
        if body[0] in "01234567":
            return chr(int(body, 8))
        if body[0] in "xuU" and len(body) > 1:
            return chr(int(body[1:], 16))
        if body[0] == "N" and len(body) > 1:
            import unicodedata

            return unicodedata.lookup(body[2:-1])
    except (ValueError, KeyError, OverflowError):
        return escape
    return escape
