"""HTML, and the templates that make it: its elements with their attributes, and the scripts in it."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends import directives, islands, javascript
from permlint.frontends.strings import Pieces
from permlint.frontends.syntax import BLANK, MARK, PADDING, Island, Lowering, Source, Syntax, decode, walk

if TYPE_CHECKING:
    from tree_sitter import Language, Node

LANGUAGE = "javascript"

SYNTAX = Syntax(expressions={}, statements={})

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_NOT_LITERAL = re.compile(rf"({_ENTITY.pattern})|[$#]\{{[^{{}}]*\}}")
"""Entities, and what the engines of Java's pages put in."""
_ENTITIES = re.compile(rf"(?:{_ENTITY.pattern})+")
_TAGS = frozenset(("start_tag", "self_closing_tag", "end_tag"))
"""Within them nothing is a comment, though the grammar takes it for one."""
_SCRIPTS = frozenset(("", "module", "text/babel", "text/jsx", "text/tsx", "text/typescript", "js", "jsx", "ts", "tsx"))
_TYPED = frozenset(("application/typescript", "text/typescript", "ts"))
_PAGES = frozenset(("text/html", "text/template", "text/x-template", "text/ng-template", "text/x-handlebars",
                    "text/x-handlebars-template", "text/mustache", "text/x-mustache"))  # fmt: skip
_JSX = re.compile(r"<script\b[^>]*\btext/(?:babel|jsx)\b.*?(?:</script|\Z)", re.DOTALL | re.IGNORECASE)
_REFRESH = re.compile(r"[\d.;,\s]*url\s*=\s*['\"]?", re.IGNORECASE)
_SENT = frozenset(("", "hidden", "text"))
_COMMENT = re.compile("<!--")
_TAG = re.compile(
    r"<(/?)(?!(?:area|base|br|col|dd|dt|embed|hr|img|input|li|link|meta|p|param|source|t[dhr]|track|wbr)\b)[a-z][^<>]*>?",
    re.IGNORECASE,
)
"""Beginnings and ends of elements that others can stand in. The parser ends some by itself."""
_NAME = re.compile(r"[\w:.-]+")
"""A tag's name; the parser takes the end of one with a dot for an attribute."""
_MAX_DEPTH = 1_000
_NO_NAME = str.maketrans("", "", MARK + BLANK + PADDING)

Entry = tuple["p.Expression | None", p.Expression]


def lower(path: str, data: bytes) -> p.Program:
    """The program in a page or template. Raises Unreadable for binary files."""
    text = decode(data)
    tags = list(_tags(path, text))
    source = Source(text, islands.shown(tags))
    low = Lowering(source, SYNTAX)
    first: list[p.Statement] = []
    for tag in tags:
        if tag.silent:
            low.note_comment(tag.start, tag.end)
        else:
            first += [p.Do(tag.start, tag.end, call) for call in islands.calls(source, tag)]
    return low.program(path, LANGUAGE, (*first, *Page(source, low).statements()))


def _tags(path: str, text: str) -> Iterable[islands.Tag]:
    if path.endswith(".blade.php"):
        return directives.blade(text)
    if path.endswith(".cshtml"):
        return directives.razor(text)
    return islands.tags(text, _own_braces(text))


def lower_stretches(source: Source, stretches: Iterable[tuple[int, int]], low: Lowering) -> tuple[p.Statement, ...]:
    """The statements of pieces of a page between which another language's code stands, which counts as a template's tags.

    Extents, comments and gaps are noted in `low`.
    """
    page = source.with_islands(islands.between(source.text, stretches))
    inner = Lowering(page, SYNTAX, low.extents, low.comments, low.gaps)
    return Page(page, inner).statements()


@functools.cache
def grammar() -> Language:
    """HTML's grammar."""
    import tree_sitter_html
    from tree_sitter import Language

    return Language(tree_sitter_html.language())


def _own_braces(text: str) -> list[tuple[int, int]]:
    """The scripts with JSX, where `style={{...}}` is no template's tag."""
    return [match.span() for match in _JSX.finditer(text)] if "text/babel" in text or "text/jsx" in text else []


@dataclass
class _Form:
    """A form whose end has not been met. entries: of its attributes; fields: what it sends."""

    node: Node
    entries: list[Entry]
    fields: list[Entry] = field(default_factory=list)


class Page:
    """Lowers one page: each element is a call of a part of `html` that is given its attributes; scripts run one after another.

    lower_case: names of attributes mean the same in upper case.
    """

    lower_case = True

    def __init__(self, source: Source, low: Lowering) -> None:
        self.source = source
        self.low = low
        self.elements: list[p.Statement] = []
        self.scripts: list[p.Statement] = []
        self.handlers: list[tuple[int, int]] = []
        self._form: _Form | None = None

    def statements(self, stretches: Iterable[tuple[int, int]] = ()) -> tuple[p.Statement, ...]:
        """The statements of the whole text, or of stretches of it: of its elements first, then of its scripts."""
        self._read(stretches)
        # The elements come first: a script may bind `html`.
        return (*self.elements, *self.scripts)

    def _read(self, stretches: Iterable[tuple[int, int]]) -> None:
        inner: list[tuple[int, int]] = []
        for node in self.order(_bounded(self.source).parse(grammar(), stretches).root_node):
            if node.type in ("start_tag", "self_closing_tag"):
                self._element(node)
            elif node.type == "end_tag" and self._form is not None and self._tag(node) == "form":
                self._close_form()
            elif node.type == "raw_text" and node.parent is not None and node.parent.type == "script_element":
                kind = self._kind(node.parent)
                if kind in _SCRIPTS or "javascript" in kind or "ecmascript" in kind:
                    self.script(self.low.span(node), typed=kind in _TYPED)
                elif kind in _PAGES:
                    inner.append(self.low.span(node))
            elif node.type == "comment" and (node.parent is None or node.parent.type not in _TAGS):
                self.low.note_comment(*self.low.span(node))
        if self._form is not None:
            self._close_form()
        for stretch in inner:
            self._read([stretch])

    def order(self, root: Node) -> Iterable[Node]:
        """The nodes of a page in the order in which they are lowered."""
        return walk(root)

    # Elements -----------------------------------------------------------------------------------------------------

    def _tag(self, node: Node) -> str:
        name = next((child for child in node.named_children if child.type == "tag_name"), None)
        return self.low.text(name).lower()

    def _element(self, node: Node) -> None:
        name = next((child for child in node.named_children if child.type == "tag_name"), None)
        if name is None:
            return
        start, end = self.low.span(name)
        whole = _NAME.match(self.source.seen, start)
        end = end if whole is None else max(end, whole.end())
        attributes = [child for child in node.named_children if child.type == "attribute"]
        entries = [entry for child in attributes if self.low.span(child)[0] >= end and (entry := self.attribute(child))]
        if not entries:
            return
        tag = self.source.seen[start:end]
        if self.lower_case:
            tag = tag.lower()
        if tag == "form":
            if self._form is not None:
                self._close_form()
            self._form = _Form(node, entries)
            return
        if tag == "input" and self._form is not None:
            self._form.fields += _field(entries)
        if tag == "meta" and _text(entries, "http-equiv").lower() == "refresh":
            entries = [(key, self._target(value)) for key, value in entries]
        self.call(node, tag, entries)

    def _close_form(self) -> None:
        form, self._form = self._form, None
        assert form is not None
        at = self.low.span(form.node)[1]
        sent = p.Mapping(at, at, tuple(form.fields))
        key = p.String(at, at, (p.Text(at, at, "fields"),))
        self.call(form.node, "form", [*form.entries, (key, sent)] if form.fields else form.entries)

    def call(self, node: Node, tag: str, entries: list[Entry]) -> None:
        """Adds an element's call."""
        start, end = self.low.span(node)
        self.low.extents.append((start, end))
        callee = self.callee(tag, start, end)
        mapping = p.Mapping(start, end, tuple(entries))
        self.elements.append(p.Do(start, end, p.Call(start, end, callee, ((None, mapping),))))

    def callee(self, tag: str, start: int, end: int) -> p.Expression:
        """What an element calls."""
        return p.Attribute(start, end, p.Name(start, start, "html"), tag)

    def attribute(self, node: Node) -> Entry | None:
        """An attribute as an entry of its element's mapping."""
        name = self._named(node.named_children[0])
        if name is None:
            return None
        span = self.value_span(node)
        if span is None:
            return name, p.Literal(*self.low.span(node), value=True)
        if _text([(None, name)], None)[:2].lower() == "on":
            return name, self.handler(*span)
        return name, self.text(*span)

    def _named(self, node: Node) -> p.String | None:
        start, end = self.low.span(node)
        seen = self.source.seen[start:end]
        # A tag before the name (`{% if x %}selected{% endif %}`) is no part of it.
        bare = seen.translate(_NO_NAME)
        if not bare:
            return None
        start += seen.index(bare[0])
        if self.lower_case and bare.isascii():
            bare = bare.lower()
        return p.String(start, start + len(bare), (p.Text(start, start + len(bare), bare),))

    def value_span(self, node: Node) -> tuple[int, int] | None:
        """Where the value of an attribute stands, without its quotes; None for one without."""
        for child in node.named_children[1:]:
            start, end = self.low.span(child)
            if child.type == "quoted_attribute_value":
                return start + 1, max(start + 1, end - 1)
            if child.type == "attribute_value":
                return start, end
        return None

    def text(self, start: int, end: int) -> p.String:
        """A stretch as a string: entities stand for their characters, tags are put in at run time."""
        pieces = Pieces(self.source, start)
        for match in _NOT_LITERAL.finditer(self.source.hidden, start, end):
            pieces.literal(match.start())
            if match[1]:
                pieces.escape(*match.span(), html.unescape(match[1]))
            else:
                pieces.hole(p.Opaque(*match.span(), "a template puts it in"), match.end())
        pieces.literal(end)
        return p.String(start, end, pieces.parts())

    def _target(self, value: p.Expression) -> p.Expression:
        """The address in the `content` of an element that leads to another page."""
        match = _REFRESH.match(self.source.text, value.start, value.end)
        return value if match is None else self.text(match.end(), value.end)

    def _kind(self, script: Node) -> str:
        """What a script's element says about the language in it."""
        for child in script.named_children[0].named_children:
            if child.type == "attribute" and self.low.text(child.named_children[0]).lower() in ("type", "lang"):
                span = self.value_span(child)
                if span is not None:
                    return self.source.seen[slice(*span)].strip().lower().partition(";")[0]
        return ""

    # Scripts ------------------------------------------------------------------------------------------------------

    def script(self, span: tuple[int, int], *, typed: bool = False) -> None:
        """Adds the statements of a script."""
        self.scripts += javascript.lower_stretches(self.source, [span], self.low, typed=typed)

    def handler(self, start: int, end: int) -> p.Expression:
        """The function that an attribute such as `onclick` holds."""
        source = self._unescaped if _ENTITY.search(self.source.seen, start, end) else self.source
        body = javascript.lower_stretches(source, [(start, end)], self.low)
        return p.Function(start, end, "", (p.Parameter(start, start, "event", "plain", None, None),), body)

    @functools.cached_property
    def _unescaped(self) -> Source:
        """The page with each entity's character in its place."""
        seen = self.source.seen
        found: list[Island] = []
        for match in _ENTITIES.finditer(seen):
            meant = html.unescape(match[0])
            if len(meant) <= len(match[0]):
                found.append((*match.span(), meant.ljust(len(match[0]), PADDING)))
        return self.source.with_islands(found)


def _bounded(source: Source) -> Source:
    """The page without what would take the parser long: comments that nothing ends, and elements in too many others."""
    seen = source.seen
    blanks: list[Island] = []
    after = seen.rfind("-->") + 1
    if seen.find("<!--", after) >= 0:
        blanks += [(*match.span(), " ") for match in _COMMENT.finditer(seen, after)]
    if seen.count("<") > _MAX_DEPTH:
        depth = 0
        for match in _TAG.finditer(seen):
            if match[1]:
                depth -= depth > 0
            elif depth < _MAX_DEPTH:
                depth += not match[0].endswith("/>")
            else:
                blanks.append((match.start(), match.start() + 1, " "))
    return source.with_islands(sorted(blanks)) if blanks else source


def _text(entries: Iterable[tuple[p.Expression | None, p.Expression]], key: str | None) -> str:
    """The literal characters of the value under a key; of the first value for no key."""
    for name, value in entries:
        if key is None or (name is not None and _text([(None, name)], None).lower() == key):
            parts = value.parts if isinstance(value, p.String) else ()
            return "".join([part.value for part in parts if isinstance(part, p.Text)])
    return ""


def _field(entries: list[Entry]) -> list[Entry]:
    """What a form sends of an input: its value under its name."""
    if _text(entries, "type").lower() not in _SENT:
        return []
    found = {_text([(None, key)], None).lower(): value for key, value in entries if key is not None}
    if "name" not in found or "value" not in found:
        return []
    return [(found["name"], found["value"])]
