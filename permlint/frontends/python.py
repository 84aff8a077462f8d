"""Python, read with libcst and lowered to the small program form.

The lowering dispatches on node types by itself instead of using `CSTVisitor.visit`, which costs twenty times as much and
ends in a RecursionError on deep trees.
"""

from __future__ import annotations

import codecs

from permlint import program as p
from permlint.frontends import Unreadable
from permlint.frontends.encodings import declared
from permlint.frontends.hidden import hide
from permlint.frontends.python_parsing import parse
from permlint.frontends.python_places import Cursor
from permlint.frontends.python_statements import block
from permlint.places import LineIndex

LANGUAGE = "python"


def lower(path: str, data: bytes) -> p.Program:
    """The program in a Python file's bytes. Raises Unreadable for an encoding fault, a syntax error or too deep nesting."""
    return lower_text(path, decode(data))


def decode(data: bytes) -> str:
    """The text of a source file: by its byte order mark or coding cookie, else UTF-8. Raises Unreadable."""
    if b"\0" in data:
        raise Unreadable("it holds NUL bytes, so it is not Python source")
    encoding = declared(data)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        at = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"it is not valid {encoding}", at) from None
    except (LookupError, ValueError):
        raise Unreadable(f"its encoding {encoding!r} is not known") from None


def lower_text(path: str, text: str, cells: list[tuple[int, int]] | None = None) -> p.Program:
    """The program in Python source text. cells: for a notebook, the lines at which its cells start. Raises Unreadable."""
    module = parse(text)
    cursor = Cursor(text)
    body = block(cursor, module.body)
    return p.Program(path, body, sorted(cursor.extents), LineIndex(text), _comments(text), cells, language=LANGUAGE)


def _comments(text: str) -> list[tuple[int, int, str, bool]]:
    """The comments that name permlint: start, end, text without the marker, whether nothing else stands on the line."""
    if "permlint" not in text:
        return []
    import io
    import tokenize

    starts = LineIndex(text).starts
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT and "permlint" in token.string:
                start = starts[token.start[0] - 1] + token.start[1]
                body = token.string.lstrip("#")
                alone = not token.line[: token.start[1]].strip()
                end = start + len(token.string)
                found.append((end - len(body), end, hide(body), alone))
    except (tokenize.TokenError, SyntaxError, IndexError):
        pass
    return found
