"""Requests as they are written down for an editor's HTTP client: `GET /me HTTP/1.1`, headers, and a body after a blank line."""

from __future__ import annotations

import re

from permlint import program as p
from permlint.frontends.hidden import hide
from permlint.frontends.syntax import comment, decode
from permlint.places import LineIndex

LANGUAGE = "http"

_REQUEST = re.compile(r"[ \t]*(GET|HEAD|POST|PUT|PATCH|DELETE)[ \t]+(\S+)(?:[ \t]+HTTP/[\d.]+)?[ \t]*\r?$")
_HEADER = re.compile(r"[ \t]*([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*?)[ \t]*\r?$")
_CONTINUED = re.compile(r"[ \t]+([?&]\S+)[ \t]*\r?$")
_HOLE = re.compile(r"\{\{[^{}\n]*\}\}")
_NOTE = re.compile(r"[ \t]*(?:#|//)")


def lower(path: str, data: bytes) -> p.Program:
    """The requests of a file, each a call. Raises Unreadable for binary files."""
    text = decode(data)
    hidden = hide(text)
    lines = LineIndex(text)
    body: list[p.Statement] = []
    extents: list[tuple[int, int]] = []
    comments: list[tuple[int, int, str, bool]] = []
    request: _Request | None = None
    for number, start in enumerate(lines.starts):
        end = lines.starts[number + 1] - 1 if number + 1 < len(lines.starts) else len(text)
        line = hidden[start:end]
        if _NOTE.match(line):
            if "permlint" in line:
                comments.append(comment(text, start + len(line) - len(line.lstrip(" \t")), start + len(line.rstrip())))
            if line.lstrip().startswith("###"):
                request = None
            continue
        found = _REQUEST.match(line)
        if found is not None and (request is None or not request.headed):
            request = _Request(hidden, start, found)
            body.append(request.statement)
            extents.append((request.statement.start, request.statement.end))
        elif request is not None:
            request.add(start, line)
    return p.Program(path, tuple(body), extents, lines, comments, language=LANGUAGE)


class _Request:
    """One request, whose call is completed line by line. headed: its headers go on."""

    def __init__(self, hidden: str, start: int, found: re.Match[str]) -> None:
        self._hidden = hidden
        self.headed = True
        self._method = found[1]
        self._address = _parts(hidden, start + found.start(2), start + found.end(2))
        self._relative = found[2].startswith("/")
        first, last = start + found.start(1), start + found.end(2)
        self._span = (start + found.start(2), last)
        method = p.String(first, first + len(found[1]), (p.Text(first, first + len(found[1]), found[1]),))
        function = p.Attribute(first, first, p.Name(first, first, "http"), "request")
        self._call = p.Call(
            first, last, function, ((None, method), (None, p.String(*self._span, tuple(self._address))))
        )
        self.statement = p.Do(first, last, self._call)

    def add(self, start: int, line: str) -> None:
        """Takes a line after the request's own."""
        if not line.strip():
            self.headed = False
            return
        continued = _CONTINUED.match(line) if self.headed else None
        header = _HEADER.match(line) if self.headed else None
        if continued is not None:
            self._address += _parts(self._hidden, start + continued.start(1), start + continued.end(1))
        elif header is not None:
            value = _parts(self._hidden, start + header.start(2), start + header.end(2))
            if header[1].lower() == "host" and self._relative and value:
                self._relative = False
                at = self._span[0]
                self._address = [p.Text(at, at, "https://", (at,) * 9), *value, *self._address]
        elif not self.headed and "=" in line and not line.lstrip().startswith(("{", "<")):
            sent = p.String(start, start + len(line), tuple(_parts(self._hidden, start, start + len(line.rstrip()))))
            self._call.arguments = (*self._call.arguments, ("body", sent))
            self.headed = False
            return
        else:
            return
        address = p.String(*self._span, tuple(self._address))
        self._call.arguments = (self._call.arguments[0], (None, address), *self._call.arguments[2:])


def _parts(hidden: str, start: int, end: int) -> list[p.Expression]:
    """Characters with holes for variables (`{{token}}`)."""
    out: list[p.Expression] = []
    at = start
    for hole in _HOLE.finditer(hidden, start, end):
        if hole.start() > at:
            out.append(p.Text(at, hole.start(), hidden[at : hole.start()]))
        out.append(p.Name(hole.start() + 2, hole.end() - 2, hidden[hole.start() + 2 : hole.end() - 2].strip(" $")))
        at = hole.end()
    if at < end:
        out.append(p.Text(at, end, hidden[at:end]))
    return out
