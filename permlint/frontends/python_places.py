"""Places in Python's source: a cursor that goes past the leaves of libcst's tree in the order in which they stand.

It looks for each from where the last one ended, where only white space, comments, operators and keywords can stand between.
libcst's PositionProvider would cost more than parsing.
"""

from __future__ import annotations

import re
from typing import Any

from permlint.frontends.hidden import hide

_BEFORE_STATEMENT = re.compile(r"(?:[\s;:]|\\\r?\n|#[^\r\n]*)*")
_CLOSE_BRACE = object()
_VERBATIM = frozenset(("SimpleString", "Integer", "Float", "Imaginary"))
_WHITESPACE = frozenset(
    ("SimpleWhitespace", "ParenthesizedWhitespace", "TrailingWhitespace", "EmptyLine", "Newline", "Comment")
)


class Cursor:
    """Where in a module's text the lowering is.

    hidden: the text without secrets. at: the offset up to which tokens have been found. depth: how many expressions are around
    the one at hand. extents: of the statements and of the heads of compound ones.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.hidden = hide(text)
        self.at = 0
        self.depth = 0
        self.extents: list[tuple[int, int]] = []

    def find(self, token: str, *, word: bool = False) -> int:
        """Goes past the next occurrence of a token outside comments; returns where it starts."""
        text = self.text
        at = self.at
        while True:
            start = text.find(token, at)
            if start < 0:
                return self.at
            comment = text.find("#", at, start)
            if comment >= 0:
                end = _line_end(text, comment)
                at = end
                continue
            end = start + len(token)
            if word and (
                (start and (text[start - 1].isalnum() or text[start - 1] == "_"))
                or (end < len(text) and (text[end].isalnum() or text[end] == "_"))
            ):
                at = end
                continue
            self.at = end
            return start

    def skip(self, node: Any) -> None:
        """Goes past all leaves of a node, without recursion."""
        stack = [node]
        while stack:
            node = stack.pop()
            kind = type(node).__name__
            if kind in _WHITESPACE:
                continue
            if kind == "Name":
                self.find(node.value, word=True)
            elif kind in _VERBATIM:
                self.find(node.value)
            elif kind == "FormattedString" or kind == "TemplatedString":
                self.find(node.start)
                stack.extend(reversed(node.parts))
            elif kind == "FormattedStringText" or kind == "TemplatedStringText":
                self.at += len(node.value)
            elif kind == "FormattedStringExpression" or kind == "TemplatedStringExpression":
                self.at += 1
                stack.append(_CLOSE_BRACE)
                stack.extend(reversed(node.format_spec or ()))
                stack.append(node.expression)
            elif node is _CLOSE_BRACE:
                self.find("}")
            else:
                stack.extend(reversed(node.children))

    def skip_inside(self, node: Any) -> None:
        """As `skip`, for a node whose parentheses are already behind."""
        for child in node.children:
            if type(child).__name__ not in ("LeftParen", "RightParen"):
                self.skip(child)

    def begin(self) -> int:
        """Goes to where the next statement starts."""
        match = _BEFORE_STATEMENT.match(self.text, self.at)
        if match:
            self.at = match.end()
        return self.at

    def head(self, start: int) -> None:
        """The head of a compound statement ends here; its own lines count as a statement for suppressions."""
        self.extents.append((start, self.at))


def _line_end(text: str, at: int) -> int:
    ends = [end for end in (text.find("\n", at), text.find("\r", at)) if end >= 0]
    return min(ends) if ends else len(text)
