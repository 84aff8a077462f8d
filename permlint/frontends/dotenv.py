"""The `.env` family: a mapping of the variables that are set to what may be scopes; nothing else is kept."""

from __future__ import annotations

import re

from permlint import program as p
from permlint.frontends.documents import Document, Key, Tree
from permlint.frontends.hidden import hide, may_be_scopes

_LINE = re.compile(r"^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.]*)[ \t]*=[ \t]*(.*?)[ \t\r]*$", re.MULTILINE)


def lower(path: str, data: bytes) -> p.Program:
    """The variables of a `.env` file as a mapping. Raises Unreadable for binary files."""
    document = Document(path, data)
    text = document.text
    top = Tree()
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
        if may_be_scopes(match[1], text[start:end]):
            key = Key(match[1], match.start(1), match.end(1))
            top.put([key], document.scalar(match[1], start, end), document, match.end())
    for match in re.finditer(r"^([^#\n]*)#(.*permlint.*)$", text, re.MULTILINE):
        document.comments.append((match.start(2), match.end(2), hide(match[2]), not match[1].strip()))
    return document.program([top.value(document)] if top.entries else [])
