"""In which encoding a source file is written."""

from __future__ import annotations

import codecs
import re

_COOKIE = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_EMPTY = re.compile(rb"[ \t\f]*(?:#|\r|\Z)")


def declared(data: bytes) -> str:
    """The encoding that a Python file names in its first two lines, which may be none that there is; else UTF-8.

    As in https://docs.python.org/3/reference/lexical_analysis.html#encoding-declarations; with a byte order mark always UTF-8.
    """
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8"
    for line in data.split(b"\n", 2)[:2]:
        cookie = _COOKIE.match(line)
        if cookie:
            return cookie[1].decode("ascii", "replace")
        if not _EMPTY.match(line):
            break
    return "utf-8"
