"""Java's `.properties` files; keys with dots, and with positions in brackets, nest."""

from __future__ import annotations

import re

from permlint import program as p
from permlint.frontends.documents import Document, Key, Tree
from permlint.frontends.strings import backslash
from permlint.frontends.syntax import comment

_LINE = re.compile(r"[ \t\f]*(?:([#!][^\r\n]*)|((?:[^\r\n\\]|\\(?:\r\n|[^\r]|\r))*))(?:\r\n|\r|\n|$)")
_KEY = re.compile(r"((?:[^\\=:\s]|\\.)+)[ \t\f]*[=:]?[ \t\f]*")
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|(?:\r\n|\r|\n)[ \t\f]*|.)", re.DOTALL)
_PART = re.compile(r"[^.\[\]]+")


def lower(path: str, data: bytes) -> p.Program:
    """The program of a `.properties` file. Raises Unreadable for binary files."""
    document = Document(path, data)
    text = document.text
    top = Tree()
    at = 0
    while at < len(text):
        line = _LINE.match(text, at)
        if line is None or line.end() == at:
            at += 1
            continue
        at = line.end()
        if line[1] is not None:
            if "permlint" in line[1]:
                document.comments.append(comment(text, *line.span(1)))
            continue
        key = _KEY.match(text, line.start(2), line.end(2))
        if key is None:
            continue
        keys = [Key(part[0], key.start(1) + part.start(), key.start(1) + part.end()) for part in _PART.finditer(key[1])]
        if not keys:
            continue
        start, end = key.end(), line.end(2)
        end -= len(text[start:end]) - len(text[start:end].rstrip())
        escapes = [match.span() for match in _ESCAPE.finditer(text, start, end)]
        name = next((part.text for part in reversed(keys) if not part.text.isdigit()), "")
        value = document.escaped(name, start, end, escapes, _meaning)
        top.put(keys, value, document, end)
    return document.program([top.value(document)] if top.entries else [])


def _meaning(escape: str) -> str:
    return "" if escape[1:2] in ("\r", "\n") else backslash(escape)
