"""Languages read with tree-sitter: a table says for each kind of node what it is in the small program form.

A front end is such a table, made of the functions below where a node is what its name says, and of its own functions where the
language is special. What the table does not name is kept as `Opaque` with its parts, so that nothing in it is lost.
"""

from __future__ import annotations

import functools
import math
import re
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends import Unreadable
from permlint.frontends.hidden import hide
from permlint.places import LineIndex

if TYPE_CHECKING:
    from tree_sitter import Language, Node, Range, Tree

MARK = "\u1160"
"""Stands for each character that a template puts in at run time. Grammars take it for a letter, and no source holds it."""
BLANK = "\u1680"
"""Stands for each character of what a template does without putting in anything. Grammars take it for a blank."""
PADDING = "\u205f"
"""Fills up what stands for fewer characters than it is long. Grammars take it for a blank; in a string it is nothing."""
_MAX_DEPTH = 90
"""Expressions and statements nested more deeply than this are passed over."""
_MAX_GAP = 4_000
_MAX_SECONDS = 8.0
_CHUNK = 1 << 12
_SHORT = 1 << 13

Expression = Callable[["Lowering", "Node"], p.Expression]
Statement = Callable[["Lowering", "Node", "list[p.Statement]"], None]
Argument = tuple["str | None", p.Expression]
Island = tuple[int, int] | tuple[int, int, str]


@dataclass(frozen=True)
class Syntax:
    """One language's table.

    expressions, statements: what makes the form of a kind of node. comments: the kinds of comments. hoisted: kinds of
    statements whose names are bound before anything else in their block runs. transparent: kinds that only hold other statements.
    """

    expressions: Mapping[str, Expression]
    statements: Mapping[str, Statement]
    comments: frozenset[str] = frozenset(("comment",))
    hoisted: frozenset[str] = frozenset()
    transparent: frozenset[str] = frozenset(("program", "ERROR"))


def decode(data: bytes) -> str:
    """The text of a source file: by its byte order mark, else UTF-8, else Latin-1. Raises Unreadable for binary files."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if "\0" in text:
        raise Unreadable("it holds NUL characters, so it is not source code")
    return text


class Source:
    """A text and its bytes as tree-sitter sees them: turns offsets in bytes into offsets in code points and back.

    islands: stretches that a template engine replaces, sorted and apart: (start, end) in code points, where tree-sitter sees
    `MARK`s, or (start, end, shown) with what it sees: one character for each of the stretch's, or a text as long as the stretch.
    plain: the text without its secrets; hidden: so is what is seen. has_comments: whether one may name permlint.
    """

    def __init__(self, text: str, islands: Iterable[Island] = (), *, of: Source | None = None) -> None:
        islands = list(islands)
        self.text = text
        self.has_comments = "permlint" in text
        self.seen: str = _marked(text if of is None else of.seen, islands)
        self._islands = islands
        self._of = of
        self.data = self.seen.encode("utf-8", "replace")
        self.size = len(self.data)
        ascii_only = self.size == len(text)
        self._inner = [] if ascii_only else [at for at, byte in enumerate(self.data) if byte & 0xC0 == 0x80]
        self._lines: list[int] | None = None

    def with_islands(self, islands: Iterable[Island]) -> Source:
        """The same text with more islands."""
        return Source(self.text, islands, of=self)

    @functools.cached_property
    def hidden(self) -> str:
        """What tree-sitter sees, without the secrets in it."""
        return _marked(self.plain if self._of is None else self._of.hidden, self._islands)

    @functools.cached_property
    def plain(self) -> str:
        """The text without the secrets in it."""
        return hide(self.text) if self._of is None else self._of.plain

    def offset(self, byte: int) -> int:
        """The offset in code points of an offset in bytes; some scanners go past the end of a broken file."""
        byte = min(byte, self.size)
        return byte - bisect_left(self._inner, byte) if self._inner else byte

    def byte(self, offset: int) -> int:
        """The offset in bytes of an offset in code points."""
        # Before the byte at `_inner[i]` that continues a code point, i bytes continue others.
        low, high = 0, len(self._inner)
        while low < high:
            middle = (low + high) // 2
            if self._inner[middle] - middle <= offset:
                low = middle + 1
            else:
                high = middle
        return offset + low

    def parse(
        self, language: Language, stretches: Iterable[tuple[int, int]] = (), *, seconds: float = math.inf
    ) -> Tree:
        """The tree of the text, or of stretches of it (start, end in code points) as if nothing stood between them.

        Raises Unreadable where that takes too long: some grammars need time by the square of what is nested or chained.
        seconds: of the processor, if less than for other languages.
        """
        from tree_sitter import Parser

        ranges = [self._range(start, end) for start, end in stretches]
        parser = Parser(language, included_ranges=ranges) if ranges else Parser(language)
        data = self.data
        if len(data) < _SHORT:
            return parser.parse(data)
        last = time.process_time() + min(_MAX_SECONDS, seconds)
        try:
            return parser.parse(
                lambda at, _: data[at : at + _CHUNK],
                progress_callback=lambda *_: time.process_time() > last,
            )
        except ValueError:
            raise Unreadable("it takes too long to parse") from None

    def _range(self, start: int, end: int) -> Range:
        from tree_sitter import Range

        low, high = self.byte(start), self.byte(end)
        return Range(self._point(low), self._point(high), low, high)

    def _point(self, byte: int) -> tuple[int, int]:
        if self._lines is None:
            self._lines = [0, *[match.end() for match in re.finditer(b"\n", self.data)]]
        line = bisect_right(self._lines, byte) - 1
        return line, byte - self._lines[line]


def _marked(text: str, islands: Iterable[Island]) -> str:
    out: list[str] = []
    at = 0
    for start, end, *given in islands:
        shown = str(given[0]) if given else MARK
        if len(shown) == 1:
            # Line ends stay, so that lines keep their numbers.
            shown = "".join([char if char in "\r\n" else shown for char in text[start:end]])
        out += [text[at:start], shown]
        at = end
    return "".join([*out, text[at:]]) if out else text


@dataclass
class Lowering:
    """Lowers the nodes of one tree, or of several that stand in one text.

    extents, comments and gaps gather what `program.Program` wants to know. breaks: for each loop or choice of cases around the
    node at hand, whether `break` leaves a loop.
    """

    source: Source
    syntax: Syntax
    extents: list[tuple[int, int]] = field(default_factory=list)
    comments: list[tuple[int, int, str, bool]] = field(default_factory=list)
    gaps: list[tuple[int, int, str]] = field(default_factory=list)
    breaks: list[bool] = field(default_factory=list)
    depth: int = 0

    def program(self, path: str, language: str, body: tuple[p.Statement, ...]) -> p.Program:
        """The finished program."""
        lines = LineIndex(self.source.text)
        return p.Program(
            path, body, sorted(self.extents), lines, sorted(self.comments), language=language, gaps=tuple(self.gaps)
        )

    def root(self, tree: Tree) -> tuple[p.Statement, ...]:
        """The statements of a whole tree; its comments and what could not be parsed are noted."""
        self.notes(tree)
        return self.block(tree.root_node.named_children)

    def notes(self, tree: Tree) -> None:
        """Notes a tree's comments and what could not be parsed."""
        node = tree.root_node
        if self.source.has_comments:
            self._note_comments(node)
        if node.has_error:
            self._note_gaps(node)

    def _note_comments(self, root: Node) -> None:
        for node in walk(root):
            if node.type in self.syntax.comments:
                self.note_comment(*self.span(node))

    def note_comment(self, start: int, end: int) -> None:
        """Notes a comment that names permlint. start, end: where it stands with its marker."""
        if "permlint" in self.source.text[start:end]:
            self.comments.append(comment(self.source.text, start, end))

    def _note_gaps(self, root: Node) -> None:
        for node in walk(root):
            if node.type == "ERROR":
                start, end = self.span(node)
                text = self.source.hidden[start:end]
                # What holds a template's tags may be whole when they are filled in.
                if MARK not in text and BLANK not in text:
                    self.gaps.append((start, end, text[:_MAX_GAP]))

    # Places and parts ---------------------------------------------------------------------------------------------

    def span(self, node: Node) -> tuple[int, int]:
        """Where a node stands, in code points."""
        return self.source.offset(node.start_byte), self.source.offset(node.end_byte)

    def text(self, node: Node | None) -> str:
        """The characters of a node, the empty text for none."""
        if node is None:
            return ""
        start, end = self.span(node)
        return self.source.seen[start:end]

    def children(self, node: Node) -> list[Node]:
        """The named children of a node without comments."""
        comments = self.syntax.comments
        return [child for child in node.named_children if child.type not in comments]

    def tokens(self, node: Node) -> list[str]:
        """The keywords and signs that stand directly in a node."""
        return [child.type for child in node.children if not child.is_named]

    def name(self, node: Node) -> p.Name:
        """A node's characters as a variable."""
        start, end = self.span(node)
        return p.Name(start, end, self.source.seen[start:end])

    def nothing(self, node: Node) -> p.Literal:
        """Nothing, at the end of a node."""
        end = self.source.offset(node.end_byte)
        return p.Literal(end, end, None)

    def quoted(self, node: Node, value: str | None = None) -> p.String:
        """A node's characters (or the value given for them) as a string, such as a key without quotes."""
        start, end = self.span(node)
        return p.String(start, end, (p.Text(start, end, self.source.hidden[start:end] if value is None else value),))

    # Lowering -----------------------------------------------------------------------------------------------------

    def expression(self, node: Node | None) -> p.Expression:
        """What a node is as an expression."""
        if node is None:
            return p.Opaque(0, 0, "it is left out")
        start, end = self.span(node)
        if self.depth > _MAX_DEPTH:
            return p.Opaque(start, end, "it is nested too deeply")
        self.depth += 1
        try:
            made = self.syntax.expressions.get(node.type)
            return made(self, node) if made is not None else self.opaque(node)
        finally:
            self.depth -= 1

    def opaque(self, node: Node, because: str = "permlint does not follow this form") -> p.Expression:
        """A node that the form has no word for; its parts are kept for what they do."""
        start, end = self.span(node)
        parts = tuple([self.expression(child) for child in self.children(node)]) if node.named_child_count < 200 else ()
        return p.Opaque(start, end, because, parts)

    def block(self, nodes: Iterable[Node]) -> tuple[p.Statement, ...]:
        """The statements of some nodes; what is hoisted comes first."""
        first: list[p.Statement] = []
        rest: list[p.Statement] = []
        for node in nodes:
            if node.type not in self.syntax.comments:
                self.statement(node, first if node.type in self.syntax.hoisted else rest)
        return (*first, *rest)

    def body(self, node: Node | None) -> tuple[p.Statement, ...]:
        """The statements of a block, or of the one statement that stands in place of a block."""
        if node is None:
            return ()
        return self.block([node])

    def statement(self, node: Node, out: list[p.Statement]) -> None:
        """Adds what a node is as statements; one that is no statement is evaluated."""
        if self.depth > _MAX_DEPTH:
            return
        self.depth += 1
        try:
            if node.type in self.syntax.transparent:
                out.extend(self.block(node.named_children))
                return
            made = self.syntax.statements.get(node.type)
            if made is not None:
                made(self, node, out)
            else:
                self.do(node, node, out)
        finally:
            self.depth -= 1

    def do(self, whole: Node, node: Node, out: list[p.Statement]) -> None:
        """Adds the evaluation of an expression; one that assigns becomes an assignment."""
        start, end = self.span(whole)
        self.extents.append((start, end))
        value = self.expression(node)
        if isinstance(value, p.Bind):
            out.append(p.Assign(start, end, (value.target,), value.value))
        elif not isinstance(value, p.Name):
            out.append(p.Do(start, end, value))

    def head(self, node: Node, body: Node | None) -> None:
        """Notes that the head of a compound statement counts as a statement of its own."""
        start = self.source.offset(node.start_byte)
        end = self.source.offset(body.start_byte if body is not None else node.end_byte)
        if end > start:
            self.extents.append((start, end))

    def loop(self, body: Node | None) -> tuple[p.Statement, ...]:
        """The body of a loop."""
        self.breaks.append(True)
        try:
            return self.body(body)
        finally:
            self.breaks.pop()

    def case(self, nodes: Iterable[Node]) -> tuple[p.Statement, ...]:
        """The body of one case of a choice, where `break` only ends the case."""
        self.breaks.append(False)
        try:
            return self.block(nodes)
        finally:
            self.breaks.pop()

    def unpack(self, node: Node, value: p.Expression, out: list[p.Statement], *, at: int | None = None) -> p.Name:
        """Adds an assignment of a value to a name that no source has, and returns that name."""
        start, end = self.span(node)
        name = p.Name(start, start, f"<{start if at is None else at}>")
        out.append(p.Assign(start, end, (name,), value))
        return name


def walk(root: Node) -> Iterator[Node]:
    """The node and all nodes in it, in the order of the text, without recursion."""
    cursor = root.walk()
    while True:
        if cursor.node is not None:
            yield cursor.node
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


_MARKERS = ("<!--", "{{!--", "{{--", "{{!", "{{/*", "{#", "<%#", "<%--", "{/*", "/*", "//", "--", "#", ";", "!")
_ENDS = ("-->", "--}}", "*/}}", "}}", "#}", "--%>", "%>", "*/}", "*/")


def comment(text: str, start: int, end: int) -> tuple[int, int, str, bool]:
    """A comment as `program.Program` keeps it. start, end: where it stands with its marker."""
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    before = text[line:start].strip()
    for last in _ENDS:
        if text[start:end].endswith(last):
            end -= len(last)
            break
    for marker in _MARKERS:
        if text.startswith(marker, start):
            start += len(marker)
            break
    while start < end and text[start] in "/*#!":
        start += 1
    return start, end, hide(text[start:end]), before in ("", "{")
