"""PHP's strings: what is put into them, heredocs, and what is joined by dots."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends.strings import Pieces, backslash
from permlint.frontends.syntax import Lowering

if TYPE_CHECKING:
    from tree_sitter import Node


def _unescape(escape: str) -> str:
    body = escape[1:]
    if body[:1].isdigit():
        return chr(int(body, 8) & 0xFF) if body.isdecimal() and not set(body) & {"8", "9"} else escape
    return body if body[:1] in ("a", "b") else backslash(escape)


def content(text: str) -> tuple[int, int]:
    """How many characters stand before and after the content of a quoted string."""
    return min(text.find(mark) for mark in "\"'" if mark in text) + 1, 1


def interpolated(low: Lowering, node: Node) -> p.Expression:
    """A string in double quotes."""
    start, end = low.span(node)
    before, after = content(low.source.seen[start:end])
    made = Pieces(low.source, start + before)
    _fill(low, made, node)
    made.literal(max(start + before, end - after))
    return p.String(start, end, made.parts())


def _fill(low: Lowering, made: Pieces, node: Node, indent: str = "") -> None:
    """Puts in what stands in a string, and leaves out the braces around it."""
    opened = -1
    held: p.Expression | None = None
    for child in node.children:
        start, end = low.span(child)
        if child.type == "{":
            opened = start
            _literal(low, made, start, indent)
        elif child.type == "}" and held is not None:
            made.hole(held, end)
            opened, held = -1, None
        elif child.type == "escape_sequence":
            _literal(low, made, start, indent)
            made.escape(start, end, _unescape(low.source.hidden[start:end]))
        elif not child.is_named or child.type in ("string_content", "nowdoc_string", "comment"):
            continue
        elif opened >= 0:
            held = low.expression(child)
        else:
            _literal(low, made, start, indent)
            made.hole(_plain_hole(low, child), end)
    if held is not None:
        made.hole(held, low.span(node)[1])


def _plain_hole(low: Lowering, node: Node) -> p.Expression:
    """A value without braces around it: in `$a[key]` the key is a text."""
    children = low.children(node)
    if node.type == "subscript_expression" and len(children) == 2 and children[1].type == "name":
        return p.Index(*low.span(node), low.expression(children[0]), low.quoted(children[1]))
    return low.expression(node)


def _literal(low: Lowering, made: Pieces, end: int, indent: str) -> None:
    """The characters up to there, without the indentation of their lines."""
    text = low.source.seen
    while indent:
        at = text.find(f"\n{indent}", made.at, end)
        if at < 0:
            break
        made.literal(at + 1)
        made.escape(at + 1, at + 1 + len(indent), "")
    made.literal(end)


def heredoc(low: Lowering, node: Node) -> p.Expression:
    """A heredoc or nowdoc, without the indentation of its last line."""
    start, end = low.span(node)
    text = low.source.seen
    head, tail = node.child_by_field_name("identifier"), node.child_by_field_name("end_tag")
    if head is None or tail is None:
        return low.opaque(node)
    first = text.find("\n", low.span(head)[1], end) + 1
    last = text.rfind("\n", 0, low.span(tail)[0])
    if not 0 < first <= last:
        return p.String(start, end, (p.Text(end, end, ""),))
    indent = text[last + 1 : low.span(tail)[0]]
    if text[last - 1] == "\r":
        last -= 1
    made = Pieces(low.source, first)
    if indent and text.startswith(indent, first):
        made.escape(first, first + len(indent), "")
    body = node.child_by_field_name("value")
    if body is not None:
        _fill(low, made, body, indent)
    _literal(low, made, last, indent)
    return p.String(start, end, made.parts())


def joined(low: Lowering, node: Node) -> p.String:
    """`a . b . c` as one string with holes."""
    operands: list[Node] = []
    one: Node | None = node
    while one is not None and one.type == "binary_expression" and "." in low.tokens(one):
        right = one.child_by_field_name("right")
        if right is not None:
            operands.append(right)
        one = one.child_by_field_name("left")
    if one is not None:
        operands.append(one)
    return string_of(low.span(node), [low.expression(operand) for operand in reversed(operands)])


def string_of(span: tuple[int, int], values: Iterable[p.Expression]) -> p.String:
    """Values as one string with holes."""
    parts: list[p.Expression] = []
    for value in values:
        if isinstance(value, p.String):
            parts += value.parts
        else:
            parts.append(value)
    return p.String(*span, tuple(parts))
