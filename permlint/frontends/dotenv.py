"""The `.env` family: one string assignment for each line that sets a variable to what may be scopes; nothing else is kept."""

from __future__ import annotations

import re

from permlint import program as p
from permlint.frontends import Unreadable
from permlint.frontends.hidden import hide, may_be_scopes
from permlint.places import LineIndex

_LINE = re.compile(r"^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.]*)[ \t]*=[ \t]*(.*?)[ \t\r]*$", re.MULTILINE)


def lower(path: str, data: bytes) -> p.Program:
    """The variables of a `.env` file as assignments. Raises Unreadable for text that is not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("it is not valid UTF-8") from None
    body: list[p.Statement] = []
    extents: list[tuple[int, int]] = []
    comments: list[tuple[int, int, str, bool]] = []
    for match in _LINE.finditer(text):
        start, end = match.start(2), match.end(2)
        value = match[2]
        if value[:1] in ("'", '"'):
            close = value.find(value[0], 1)
            if close > 0:
                start, end = start + 1, start + close
        else:
            comment = re.search(r"(?:^|[ \t])#", value)
            if comment:
                end = start + comment.start()
        if not may_be_scopes(match[1], text[start:end]):
            continue
        name = p.Name(match.start(1), match.end(1), match[1])
        piece = p.Text(start, end, text[start:end])
        body.append(p.Assign(match.start(1), end, (name,), p.String(start, end, (piece,))))
        extents.append((match.start(1), match.end()))
    for match in re.finditer(r"^([^#\n]*)#(.*permlint.*)$", text, re.MULTILINE):
        comments.append((match.start(2), match.end(2), hide(match[2]), not match[1].strip()))
    return p.Program(path, tuple(body), extents, LineIndex(text), comments, language="settings")
