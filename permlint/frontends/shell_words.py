"""Words of shell scripts: quotes, what is put in between them, variables and arrays.

A variable keeps its `$`, so that it is not taken for a command.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends.strings import Pieces, backslash
from permlint.frontends.syntax import Argument, Lowering

if TYPE_CHECKING:
    from tree_sitter import Node

ALL = "$*"
"""The variable that holds the arguments of a function or script."""
LATER = "it is decided at run time"
PUT_IN = frozenset(
    ("simple_expansion", "expansion", "command_substitution", "arithmetic_expansion", "process_substitution")
)
WORDS = frozenset((
    "word", "string", "raw_string", "ansi_c_string", "translated_string", "concatenation", "number", "brace_expression",
    "extglob_pattern", "regex", "variable_name", *PUT_IN,
))  # fmt: skip
_IN_QUOTES = re.compile(r"\\(?:[$`\"\\]|\r?\n)")
BARE = re.compile(r"\\(?:\r?\n|.)", re.DOTALL)
IN_DOCUMENT = re.compile(r"\\(?:[$`\\]|\r?\n)")
_ANSI = re.compile(r"\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|.)", re.DOTALL)
PLAIN = re.compile(r"(?!)")
GLOB = re.compile(r"[*?\[]")
VARIABLE = re.compile(r"[A-Za-z_]\w*")


@dataclass
class ShellFile(Lowering):
    """What is known of the place at hand.

    captured: whether someone captures what commands print. loops, functions: how many are around it. given: whether the script
    itself uses the arguments that it is given.
    """

    captured: bool = False
    loops: int = 0
    functions: int = 0
    given: bool = False


def call(start: int, end: int, name: str, *arguments: p.Expression) -> p.Call:
    """A call of one of the words that the form has for what the shell does by signs."""
    return p.Call(start, end, p.Name(start, start, name), tuple([(None, one) for one in arguments]))


def word(low: Lowering, node: Node) -> p.Expression:
    """A word as a text; one that is nothing but something put in is that itself."""
    only = _only(node)
    if only is not None:
        return low.expression(only)
    start, end = low.span(node)
    quotes = 1 if node.type in ("string", "raw_string") else 0
    pieces = Pieces(low.source, start + quotes)
    _fill(low, node, pieces)
    return p.String(start, end, pieces.parts())


def _only(node: Node) -> Node | None:
    """What is put in where a word is nothing else."""
    if node.type in PUT_IN:
        return node
    inner = node.named_children
    if node.type == "string" and len(inner) == 1 and inner[0].type in PUT_IN:
        one = inner[0]
        return one if one.start_byte == node.start_byte + 1 and one.end_byte == node.end_byte - 1 else None
    return None


def _fill(low: Lowering, node: Node, pieces: Pieces) -> None:
    start, end = low.span(node)
    kind = node.type
    if kind in PUT_IN:
        pieces.literal(start)
        pieces.hole(low.expression(node), end)
    elif kind == "concatenation":
        for child in node.named_children:
            _stretch(low, pieces, low.span(child)[0], BARE)
            _fill(low, child, pieces)
        _stretch(low, pieces, end, BARE)
    elif kind == "translated_string":
        pieces.skip(start + 1)
        for child in node.named_children:
            _fill(low, child, pieces)
    elif kind in ("string", "raw_string", "ansi_c_string"):
        opening = 2 if kind == "ansi_c_string" else 1
        if pieces.at < start + opening:
            pieces.skip(start + opening)
        escapes = {"string": _IN_QUOTES, "raw_string": PLAIN}.get(kind, _ANSI)
        between(low, node, pieces, max(end - 1, start + opening), escapes)
        if pieces.at < end:
            pieces.skip(end)
    else:
        between(low, node, pieces, end, BARE)


def between(low: Lowering, node: Node, pieces: Pieces, end: int, escapes: re.Pattern[str]) -> None:
    """The characters of a node up to an end, with what is put in among them."""
    for child in node.named_children:
        if child.type in PUT_IN:
            start, after = low.span(child)
            if pieces.at <= start and after <= end:
                _stretch(low, pieces, start, escapes)
                pieces.hole(low.expression(child), after)
    _stretch(low, pieces, end, escapes)


def _stretch(low: Lowering, pieces: Pieces, end: int, escapes: re.Pattern[str]) -> None:
    """Characters up to an end; a backslash before one of some stands for that character itself."""
    text = low.source.hidden
    for match in escapes.finditer(text, pieces.at, end):
        pieces.literal(match.start())
        if match[0][1:].strip("\r") == "\n":
            pieces.skip(match.end())
        else:
            meant = match[0][1:]
            if escapes is _ANSI:
                meant = chr(int(meant, 8) % 256) if meant.isdigit() else backslash(match[0])
            pieces.escape(match.start(), match.end(), meant)
    pieces.literal(end)


def plain_text(low: Lowering, node: Node | None) -> str | None:
    """The characters of a word in which nothing is put in."""
    made = low.expression(node) if node is not None and node.type in WORDS else None
    parts = made.parts if isinstance(made, p.String) else ()
    texts = [part.value for part in parts if isinstance(part, p.Text)]
    return "".join(texts) if parts and len(texts) == len(parts) else None


def argument(low: Lowering, node: Node) -> Argument:
    """A word as an argument: what stands for several words is spread."""
    only = _only(node)
    if only is not None and _is_all(low, only):
        return "*", low.expression(only)
    value = low.expression(node)
    if only is node and node.type in ("simple_expansion", "expansion", "command_substitution"):
        # Without quotes it is split at blanks.
        return "*", call(*low.span(node), "<words>", value)
    return None, value


def _is_all(low: Lowering, node: Node) -> bool:
    """Whether what is put in stands for all items of an array: `$@`, `${items[@]}`."""
    text = low.text(node).strip("${}")
    return node.type in ("simple_expansion", "expansion") and bool(re.fullmatch(r"@(?::.*)?|!?\w+\[@\](?::.*)?", text))


def listed(low: Lowering, nodes: Iterable[Node]) -> tuple[p.Expression, ...]:
    """Words as items of a list."""
    out: list[p.Expression] = []
    for node in nodes:
        kind, value = argument(low, node)
        out.append(p.Spread(value.start, value.end, value) if kind == "*" else value)
    return tuple(out)


def variable(low: Lowering, node: Node) -> p.Expression:
    """A variable, an item of an array, or one of the arguments."""
    start, end = low.span(node)
    if node.type == "subscript":
        owner = low.expression(node.child_by_field_name("name"))
        index = node.child_by_field_name("index")
        key = low.text(index)
        if key == "@":
            return owner
        if key == "*":
            return call(start, end, "<joined>", owner, p.Name(start, start, "$IFS"))
        return p.Index(start, end, owner, _key(low, index, start))
    name = low.text(node)
    if isinstance(low, ShellFile) and not low.functions and name[:1] in "@*123456789":
        low.given = True
    if name.isdigit() and name != "0":
        return p.Index(start, end, p.Name(start, end, ALL), p.Literal(start, end, int(name) - 1))
    if name == "*":
        return call(start, end, "<joined>", p.Name(start, end, ALL), p.Name(start, start, "$IFS"))
    if name == "@":
        return p.Name(start, end, ALL)
    if not VARIABLE.fullmatch(name):
        return p.Opaque(start, end, "only the shell knows it")
    return p.Name(start, end, f"${name}")


def _key(low: Lowering, node: Node | None, at: int) -> p.Expression:
    text = low.text(node)
    if node is None or text.lstrip("-").isdigit():
        return p.Literal(at, at, int(text or 0))
    return low.expression(node)


def simple(low: Lowering, node: Node) -> p.Expression:
    """`$name`."""
    inner = low.children(node)
    return variable(low, inner[0]) if inner else low.opaque(node)


def expansion(low: Lowering, node: Node) -> p.Expression:
    """`${...}`: a variable, and what is done with its value."""
    start, end = low.span(node)
    names = [one for one in node.named_children if one.type in ("variable_name", "special_variable_name", "subscript")]
    signs = [low.text(one) for one in node.children if not one.is_named][1:-1]
    if not names:
        return low.opaque(node, "only the shell knows it")
    value = variable(low, names[0])
    before = node.named_children[0].start_byte < names[0].start_byte or (
        bool(signs) and node.children[1].start_byte < names[0].start_byte
    )
    if before:
        if signs[:1] == ["!"] and names[0].type == "subscript":
            return call(start, end, "<keys>", value)
        return p.Opaque(start, end, LATER, (value,))
    rest = [one for one in node.named_children if one.start_byte >= names[0].end_byte]
    if not signs:
        return value
    return _changed(low, node, signs[0], value, rest)


def _changed(low: Lowering, node: Node, sign: str, value: p.Expression, rest: list[Node]) -> p.Expression:
    start, end = low.span(node)
    given = joined(low, rest, node)
    if sign in (":-", "-"):
        return p.Logic(start, end, "or", value, given)
    if sign in (":=", "="):
        return p.Bind(start, end, value, p.Logic(start, end, "or", value, given))
    if sign in (":?", "?", "@"):
        return value
    if sign in (":+", "+"):
        return p.Choice(start, end, value, given, p.String(end, end, (p.Text(end, end, ""),)))
    if sign in ("^^", ",,"):
        return call(start, end, "<upper>" if sign == "^^" else "<lower>", value)
    pattern = plain_text(low, rest[0]) if rest else None
    if pattern is not None and not GLOB.search(pattern):
        if sign in ("%", "%%", "#", "##"):
            return call(start, end, "<without end>" if "%" in sign else "<without start>", value, given)
        if sign == "//":
            new = low.expression(rest[1]) if len(rest) > 1 else p.String(end, end, (p.Text(end, end, ""),))
            return call(start, end, "<replaced>", value, low.expression(rest[0]), new)
    if sign == ":" and rest:
        return _part(low, node, value, rest)
    return p.Opaque(start, end, LATER, (value,))


def _part(low: Lowering, node: Node, value: p.Expression, rest: list[Node]) -> p.Expression:
    """`${text:from:length}`, `${@:2}`."""
    numbers = [low.text(one) for one in rest[:2]]
    if not all(one.isdigit() for one in numbers):
        return p.Opaque(*low.span(node), LATER, (value,))
    start, end = low.span(node)
    first = int(numbers[0]) - (isinstance(value, p.Name) and value.id == ALL)
    last = p.Literal(end, end, first + int(numbers[1])) if len(numbers) > 1 else None
    return p.Index(start, end, value, p.Slice(start, end, p.Literal(start, start, max(first, 0)), last, None))


def joined(low: Lowering, nodes: list[Node], node: Node) -> p.Expression:
    """Words that stand beside each other as one."""
    if len(nodes) == 1 and nodes[0].type in WORDS:
        return low.expression(nodes[0])
    end = low.span(node)[1] - 1
    if not nodes:
        return p.String(end, end, (p.Text(end, end, ""),))
    start = low.span(nodes[0])[0]
    pieces = Pieces(low.source, start)
    for child in nodes:
        _fill(low, child, pieces)
    _stretch(low, pieces, end, BARE)
    return p.String(start, end, pieces.parts())


def array(low: Lowering, node: Node) -> p.Expression:
    """`(a b)`, or `([name]=value ...)`."""
    start, end = low.span(node)
    children = low.children(node)
    keyed = [_entry(low, child) for child in children]
    entries = [entry for entry in keyed if entry is not None]
    if entries and len(entries) == len(children):
        return p.Mapping(start, end, tuple(entries))
    return p.Sequence(start, end, "list", listed(low, children))


def _entry(low: Lowering, node: Node) -> tuple[p.Expression, p.Expression] | None:
    start, end = low.span(node)
    match = re.match(r"\[([^\]]*)\]=", low.source.seen[start:end])
    if node.type != "concatenation" or match is None:
        return None
    first = start + match.start(1) + (match[1][:1] in ("'", '"'))
    key = match[1].strip("'\"")
    pieces = Pieces(low.source, start + match.end())
    for child in node.named_children:
        low_end = low.span(child)[1]
        if low_end > start + match.end():
            if low.span(child)[0] >= start + match.end():
                _fill(low, child, pieces)
            else:
                _stretch(low, pieces, low_end, BARE)
    value = p.String(start + match.end(), end, pieces.parts())
    return p.String(first, first + len(key), (p.Text(first, first + len(key), key),)), value
