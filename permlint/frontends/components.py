"""Components in one file, of Vue, Svelte and Astro: their scripts, and the markup whose attributes hold JavaScript."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from permlint import program as p
from permlint.frontends import javascript
from permlint.frontends.component_forms import as_class, as_function
from permlint.frontends.html import SYNTAX, Entry, Page
from permlint.frontends.strings import Pieces
from permlint.frontends.syntax import BLANK, Island, Lowering, Source, decode, walk

if TYPE_CHECKING:
    from tree_sitter import Node

LANGUAGE = "javascript"

_RAW = re.compile(r"<(script|style)\b[^>]*>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE)
_FRONT = re.compile(r"\s*---[ \t]*\r?\n(.*?)(?:^---[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"""'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/|[{}`]|\\.""", re.DOTALL)
_QUASI = re.compile(r"\\.|\$\{|`", re.DOTALL)
_LONGEST = 20_000
_EXPORTED = re.compile(r"\bexport\s+let\s+(\w+)")
_MAX_UNCLOSED = 20
"""After so many braces that nothing closes the rest is taken for text."""
_BOUND = re.compile(r"(?:v-bind:|v-model:|:|\.)([\w-]+)")
_VALUE_OF = {"v-bind": "", "v-html": "v-html", "v-model": "modelValue"}
_BLOCK = re.compile(r"\s*@(?:html|render|const|attach)\b|\s*[#:/@]")


def lower(path: str, data: bytes) -> p.Program:
    """The program in a component. Raises Unreadable for binary files."""
    source = Source(decode(data))
    low = Lowering(source, SYNTAX)
    kind = _Vue if path.endswith(".vue") else _Astro if path.endswith(".astro") else _Svelte
    return low.program(path, LANGUAGE, kind(source, low).statements())


class _Component(Page):
    """A page whose markup belongs to a program: its elements are called after its scripts have run.

    whole: the file as it stands, where `source` has marks in place of what is no markup. inside: the statements that run for
    each component, where `scripts` are the module's. readers: as `as_function` wants them.
    """

    readers: ClassVar[Mapping[str, str]] = {}

    lower_case = False

    def __init__(self, source: Source, low: Lowering) -> None:
        super().__init__(source, low)
        self.whole = source
        self.inside: list[p.Statement] = []

    def mark(self, islands: Iterable[Island]) -> None:
        """Puts marks in place of what is no markup."""
        self.source = self.whole.with_islands(islands)
        self.low = replace(self.low, source=self.source)

    def statements(self, stretches: Iterable[tuple[int, int]] = ()) -> tuple[p.Statement, ...]:
        """The statements of the component: of its scripts, then of its markup."""
        self._read(stretches)
        return as_function(self.scripts, self.inside, self.elements, self.readers)

    def is_inside(self, script: str) -> bool:
        """Whether a script runs for each component; given its tag."""
        raise NotImplementedError

    def script(self, span: tuple[int, int], *, typed: bool = False) -> None:
        """Adds the statements of a script."""
        tag = self.whole.text[max(0, self.whole.text.rfind("<script", 0, span[0])) : span[0]]
        lowered = javascript.lower_stretches(self.source, [span], self.low, typed=typed)
        (self.inside if self.is_inside(tag) else self.scripts).extend(lowered)

    def order(self, root: Node) -> Iterable[Node]:
        """First the scripts, whose imports say which tags are components."""
        nodes = list(walk(root))
        yield from [node for node in nodes if node.type == "raw_text"]
        self.bracketed = self.whole.with_islands(self.brackets(nodes))
        yield from [node for node in nodes if node.type != "raw_text"]

    def brackets(self, nodes: list[Node]) -> list[tuple[int, int, str]]:
        """A parenthesis in place of each character before and behind an expression in the markup."""
        raise NotImplementedError

    def value(self, start: int, end: int) -> p.Expression:
        """The expression between two characters."""
        return javascript.lower_value(self.bracketed, (start - 1, end + 1), self.low)

    def callee(self, tag: str, start: int, end: int) -> p.Expression:
        """A component that the scripts import is called itself."""
        first, *parts = tag.split(".")
        pascal = "".join([word[:1].upper() + word[1:] for word in first.split("-")])
        names = [name for name in (pascal, pascal[:1].lower() + pascal[1:]) if name in self._imported]
        is_component = tag != tag.lower() or "-" in tag or parts
        if not is_component or not names:
            return super().callee(tag, start, end)
        made: p.Expression = p.Name(start, end, names[0])
        for part in parts:
            made = p.Attribute(start, end, made, part)
        return made

    @functools.cached_property
    def _imported(self) -> frozenset[str]:
        imports = [statement for statement in (*self.scripts, *self.inside) if isinstance(statement, p.Import)]
        return frozenset([name for one in imports for name in [*[bound for _, bound in one.names], one.bound]])


def _mustaches(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between double braces."""
    at = 0
    while (start := text.find("{{", at)) >= 0 and (end := text.find("}}", start)) >= 0:
        at = end + 2
        yield start, at


def _outside(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those of some stretches, in order, that stand in no script, style or comment."""
    raw = [match.span() for match in _RAW.finditer(text)]
    at = 0
    for start, end in spans:
        while at < len(raw) and raw[at][1] <= start:
            at += 1
        if at == len(raw) or start < raw[at][0]:
            yield start, end


def _camel(key: p.Expression | None) -> p.Expression | None:
    """A name with dashes in the way of JavaScript."""
    if not isinstance(key, p.String) or not isinstance(key.parts[0], p.Text) or "-" not in key.parts[0].value:
        return key
    first, *words = key.parts[0].value.split("-")
    name = first + "".join([word[:1].upper() + word[1:] for word in words])
    return p.String(key.start, key.end, (p.Text(key.start, key.start, name),))


class _Vue(_Component):
    """Attributes such as `:scope` and `@click` hold JavaScript; the options of the default export are a class."""

    readers: ClassVar[Mapping[str, str]] = {"defineProps": "function"}

    def __init__(self, source: Source, low: Lowering) -> None:
        super().__init__(source, low)
        self.mark(_outside(source.text, _mustaches(source.text)))

    def statements(self, stretches: Iterable[tuple[int, int]] = ()) -> tuple[p.Statement, ...]:
        """The statements of the component: of its scripts, then of its template."""
        self._read(stretches)
        if self.inside:
            return as_function(self.scripts, self.inside, self.elements, self.readers)
        return as_class(self.scripts, self.elements)

    def is_inside(self, script: str) -> bool:
        """Whether a script runs for each component."""
        return re.search(r"\bsetup\b", script) is not None

    def call(self, node: Node, tag: str, entries: list[Entry]) -> None:
        """Adds an element's call; a component knows its properties by names without dashes."""
        if isinstance(self.callee(tag, 0, 0), p.Name):
            entries = [(_camel(key), value) for key, value in entries]
        super().call(node, tag, entries)

    def brackets(self, nodes: list[Node]) -> list[tuple[int, int, str]]:
        """The quotes around expressions."""
        out: list[tuple[int, int, str]] = []
        for node in nodes:
            if node.type == "attribute" and self._key(node) is not None:
                span = self.value_span(node)
                if span is not None and self.whole.text[span[1] : span[1] + 1] in ("'", '"'):
                    out += [(span[0] - 1, span[0], "("), (span[1], span[1] + 1, ")")]
        return out

    def _key(self, node: Node) -> str | None:
        """The name of an attribute whose value is an expression; None for another."""
        name = self.low.text(node.named_children[0])
        match = _BOUND.match(name)
        return match[1] if match is not None else _VALUE_OF.get(name)

    def attribute(self, node: Node) -> Entry | None:
        """An attribute as an entry of its element's mapping."""
        head = node.named_children[0]
        name, span, key = self.low.text(head), self.value_span(node), self._key(node)
        if key is not None and span is not None:
            if self.whole.text[span[1] : span[1] + 1] not in ("'", '"'):
                return None
            value = self.value(*span)
            return (self.low.quoted(head, key), value) if key else (None, value)
        if name.startswith(("@", "v-on:")) and span is not None:
            return self.low.quoted(head), self.handler(*span)
        return None if name.startswith(("v-", "#", ":", "@")) else super().attribute(node)


class _Svelte(_Component):
    """JavaScript stands in braces, as (a part of) an attribute's value, in place of an attribute, and in the text."""

    readers: ClassVar[Mapping[str, str]] = {"$props": "function"}

    def __init__(self, source: Source, low: Lowering) -> None:
        super().__init__(source, low)
        self._front(source.text)
        self._order = list(_braces(source.text, self._start))
        self._braces = dict(self._order)
        islands: list[Island] = [(0, self._start, BLANK)] if self._start else []
        self.mark([*islands, *self._order])
        self._taken: set[int] = set()

    def _front(self, text: str) -> None:
        """Where the markup starts; and the program in front of it."""
        self._start = 0

    def is_inside(self, script: str) -> bool:
        """Whether a script runs for each component."""
        return re.search(r"\bmodule\b", script) is None

    def script(self, span: tuple[int, int], *, typed: bool = False) -> None:
        """Adds the statements of a script; what it exports are properties with their defaults."""
        super().script(span, typed=typed)
        exported = set(_EXPORTED.findall(self.whole.text, *span))
        for statement in self.inside:
            if (
                isinstance(statement, p.Assign)
                and isinstance(statement.targets[0], p.Name)
                and statement.value is not None
            ):
                at, name = statement.value.start, statement.targets[0].id
                if name in exported:
                    given = p.Attribute(at, at, p.Call(at, at, p.Name(at, at, "$props"), ()), name)
                    statement.value = p.Logic(at, statement.value.end, "??", given, statement.value)

    def brackets(self, nodes: list[Node]) -> list[tuple[int, int, str]]:
        """The braces."""
        return [
            bracket for start, end in self._braces.items() for bracket in ((start, start + 1, "("), (end - 1, end, ")"))
        ]

    def order(self, root: Node) -> Iterable[Node]:
        """The scripts, then the markup, then the expressions in the text."""
        yield from super().order(root)
        for start, end in self._braces.items():
            if start not in self._taken:
                self._shown(start, end)

    def _shown(self, start: int, end: int) -> None:
        """An expression in the text."""
        block = _BLOCK.match(self.whole.text, start + 1, end)
        if block is None or block[0].strip() in ("@html", "@render"):
            value = self.value(start + 1, end - 1) if block is None else self._behind(block.end(), end)
            self.low.extents.append((start, end))
            self.elements.append(p.Do(start, end, value))

    def _behind(self, start: int, end: int) -> p.Expression:
        bracketed = self.bracketed.with_islands([(start, start + 1, "(")])
        return javascript.lower_value(bracketed, (start, end), self.low)

    def attribute(self, node: Node) -> Entry | None:
        """An attribute as an entry of its element's mapping."""
        start, _ = self.low.span(node)
        stop = self._braces.get(start)
        if stop is not None:
            self._taken.add(start)
            inside = self.whole.text[start + 1 : stop - 1]
            if inside.lstrip().startswith("..."):
                return None, self._behind(start + 1 + inside.index("...") + 2, stop)
            value = self.value(start + 1, stop - 1)
            return p.String(start, stop, (p.Text(start, stop, inside.strip()),)), value
        span = self.value_span(node)
        if span is None:
            return super().attribute(node)
        held = self._order[bisect_left(self._order, span) : bisect_left(self._order, (span[1], 0))]
        if not held:
            return super().attribute(node)
        self._taken.update([first for first, _ in held])
        head = self.low.quoted(node.named_children[0])
        if held == [span]:
            return head, self.value(span[0] + 1, span[1] - 1)
        pieces = Pieces(self.whole, span[0])
        for first, last in held:
            pieces.literal(first)
            pieces.hole(self.value(first + 1, last - 1), last)
        pieces.literal(span[1])
        return head, p.String(*span, pieces.parts())


class _Astro(_Svelte):
    """As Svelte's, with a program in front of the markup, and elements in the expressions; its scripts run in the browser."""

    readers: ClassVar[Mapping[str, str]] = {"Astro": "props"}

    def _front(self, text: str) -> None:
        match = _FRONT.match(text)
        self._start = 0 if match is None else match.end()
        if match is not None:
            self.inside += javascript.lower_stretches(self.whole, [match.span(1)], self.low)

    def is_inside(self, script: str) -> bool:
        """Whether a script runs for each component."""
        return False


def _braces(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where braces with an expression stand in markup."""
    raw = [match.span() for match in _RAW.finditer(text, start)]
    at = start
    number = unclosed = 0
    while unclosed < _MAX_UNCLOSED and (opened := text.find("{", at)) >= 0:
        while number < len(raw) and raw[number][1] <= opened:
            number += 1
        if number < len(raw) and raw[number][0] < opened:
            at = raw[number][1]
            continue
        closed = _closing(text, opened)
        if closed is None:
            unclosed += 1
            at = opened + 1
        else:
            yield opened, closed
            at = closed


def _closing(text: str, opened: int) -> int | None:
    """The end of an expression in braces that starts there; None where nothing closes it."""
    stack = ["{"]
    at = opened + 1
    limit = opened + _LONGEST
    while stack:
        match = (_QUASI if stack[-1] == "`" else _CODE).search(text, at, limit)
        if match is None:
            return None
        at = match.end()
        sign = match[0]
        if stack[-1] == "`":
            if sign == "`":
                stack.pop()
            elif sign == "${":
                stack.append("{")
        elif sign in ("{", "`"):
            stack.append(sign)
        elif sign == "}":
            stack.pop()
    return at
