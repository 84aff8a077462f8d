"""Files that hold data and no code: what they share is the making of one program that stands for its document.

`module.exports`, the name under which a program binds what it stands for itself, is bound to the document: mappings,
sequences, texts and truth values with their places. Of the texts only what may be needed is kept (`hidden.may_be_needed`);
all other values are there, but not what they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from permlint import program as p
from permlint.frontends import DATA
from permlint.frontends.hidden import hide, may_be_needed
from permlint.frontends.syntax import Source, decode
from permlint.places import LineIndex

LANGUAGE = DATA
VARIABLE = "variable"
"""The function that a placeholder in a value calls: with the name of a variable, and what stands in for one that is not set."""

MAX_DEPTH = 60
"""Collections nested more deeply than this are passed over."""

_MAX_KEY = 200
_NOT_KEPT = "permlint keeps no such value of a configuration file"
_PUT_IN = re.compile(
    r"\$\{(?:env[.:])?(?P<name>[A-Za-z_][\w.-]*)(?::?[-=]|:|,\s*)(?P<default>[^{}]*)\}"  # ${NAME:-default}, ${NAME:default}
    r"|\$\{(?:env[.:])?(?P<bare>[A-Za-z_][\w.-]*)(?::?\?[^{}]*)?\}"
    r"|\$\{[^{}]*\}|\{\{.*?\}\}|<%.*?%>|%env\([^()]*\)%",
    re.DOTALL,
)

Span = tuple[int, int]


class Key(NamedTuple):
    """A key with its place."""

    text: str
    start: int
    end: int


class Document:
    """Makes the program of one file of data."""

    def __init__(self, path: str, data: bytes) -> None:
        """Raises Unreadable for a binary file."""
        self.path = path
        self.source = Source(decode(data))
        self.text = self.source.text
        self.comments: list[tuple[int, int, str, bool]] = []
        self.gaps: list[tuple[int, int, str]] = []
        self._extents: set[Span] = set()

    # Values ---------------------------------------------------------------------------------------------------------

    def scalar(
        self, key: str, start: int, end: int, value: str | None = None, spots: tuple[int, ...] | None = None
    ) -> p.Expression:
        """A text that stands under a key. value, spots: as in `program.Text`; the text from start to end without them."""
        if value is None:
            value, spots = self.text[start:end], None
        if not value:
            return p.String(start, end, (p.Text(start, end, ""),))
        if not may_be_needed(key, value):
            return p.Opaque(start, end, _NOT_KEPT)
        pieces = _Pieces(start, value, spots)
        parts: list[p.Expression] = []
        done = 0
        for match in _PUT_IN.finditer(value):
            if match.start() > done:
                parts.append(pieces.text(done, match.start()))
            parts.append(_put_in(match, pieces))
            done = match.end()
        if done < len(value):
            parts.append(pieces.text(done, len(value)))
        return p.String(start, end, tuple(parts))

    def escaped(
        self, key: str, start: int, end: int, escapes: Iterable[Span], meaning: Callable[[str], str]
    ) -> p.Expression:
        """A text in which stretches stand for other characters."""
        chars: list[str] = []
        spots: list[int] = []
        at = start
        for first, last in escapes:
            chars.extend(self.text[at:first])
            spots.extend(range(at, first))
            meant = meaning(self.text[first:last])
            chars.extend(meant)
            spots.extend([first] * len(meant))
            at = last
        if at == start:
            return self.scalar(key, start, end)
        chars.extend(self.text[at:end])
        spots.extend(range(at, end))
        return self.scalar(key, start, end, "".join(chars), (*spots, end))

    def hidden(self, start: int, end: int) -> p.Opaque:
        """A value that is not kept."""
        return p.Opaque(start, end, _NOT_KEPT)

    def rest(self, start: int) -> p.Opaque:
        """What a collection holds besides, of which nothing is kept."""
        return p.Opaque(start, start, "permlint keeps only some entries of so long a list")

    def entry(self, key: Key, value: p.Expression) -> tuple[p.Expression, p.Expression]:
        """An entry of a mapping."""
        return p.String(key.start, key.end, (p.Text(key.start, key.end, hide(key.text[:_MAX_KEY])),)), value

    def statement(
        self, key: Key, value: p.Expression, end: int | None = None, *, of: tuple[int, int] | None = None
    ) -> None:
        """Notes that an entry counts as a statement, unless it holds others. end: where it ends; of: what it is part of."""
        if is_leaf(value):
            self._extents.add(of or (key.start, max(value.end, end or 0, key.end)))

    # The program ----------------------------------------------------------------------------------------------------

    def program(self, values: Iterable[p.Expression]) -> p.Program:
        """The program that binds the document, a tuple of documents where there are several."""
        found = list(values)
        body: tuple[p.Statement, ...] = ()
        if found:
            start, end = found[0].start, found[-1].end
            whole = found[0] if len(found) == 1 else p.Sequence(start, end, "tuple", tuple(found))
            body = (p.Assign(start, end, (p.Name(start, start, p.DEFAULT),), whole),)
        extents = _without_overlaps(sorted(self._extents))
        return p.Program(
            self.path,
            body,
            extents,
            LineIndex(self.text),
            sorted(self.comments),
            language=LANGUAGE,
            gaps=tuple(self.gaps),
        )


def named(key: str, siblings: Mapping[str, str], parent: str) -> str:
    """What a text is called: by its key, or for `value` by the name beside it or by the key of their mapping.

    siblings: the texts of the mapping, as far as they are known, by key.
    """
    if key.lower() != "value":
        return key
    return next((siblings[name] for name in ("name", "key", "variable") if name in siblings), parent)


class _Pieces(NamedTuple):
    """The characters of a value and where they stand."""

    start: int
    value: str
    spots: tuple[int, ...] | None

    def spot(self, index: int) -> int:
        return self.start + index if self.spots is None else self.spots[index]

    def text(self, first: int, last: int) -> p.Text:
        spots = None if self.spots is None else self.spots[first : last + 1]
        return p.Text(self.spot(first), self.spot(last), self.value[first:last], spots)


def _put_in(match: re.Match[str], pieces: _Pieces) -> p.Expression:
    """What a placeholder stands for."""
    start, end = pieces.spot(match.start()), pieces.spot(match.end())
    name = match["name"] or match["bare"]
    if name is None:
        return p.Opaque(start, end, "it is put in when the file is read")
    arguments = [p.String(start, start, (p.Text(start, start, name),))]
    if match["default"]:
        text = pieces.text(*match.span("default"))
        arguments.append(p.String(text.start, text.end, (text,)))
    return p.Call(start, end, p.Name(start, start, VARIABLE), tuple([(None, one) for one in arguments]))


class Tree:
    """A mapping that is put together entry by entry, some of them deep in it."""

    def __init__(self, start: int | None = None) -> None:
        """start: where it begins; without one where its first entry does."""
        self.start = start
        self.entries: dict[str, tuple[Key, p.Expression | Tree | list[Tree]]] = {}

    def put(self, keys: list[Key], value: p.Expression, document: Document, end: int | None = None) -> None:
        """Puts a value in under keys, one in the other; what stood there gives way."""
        inner = self.inner(keys[:-1])
        document.statement(keys[-1], value, end)
        inner.entries[keys[-1].text] = keys[-1], value

    def inner(self, keys: list[Key]) -> Tree:
        """The mapping under keys, made where it is not there; of a list of them the last."""
        tree = self
        for key in keys[:MAX_DEPTH]:
            found = tree.entries.get(key.text)
            inner = found[1] if found is not None else None
            if isinstance(inner, list):
                inner = inner[-1]
            if not isinstance(inner, Tree):
                inner = Tree(key.start)
                tree.entries[key.text] = key, inner
            tree = inner
        return tree

    def texts(self) -> dict[str, str]:
        """The texts put in so far, by their keys."""
        out: dict[str, str] = {}
        for key, (_, value) in self.entries.items():
            if isinstance(value, p.String) and isinstance(value.parts[0], p.Text):
                out[key] = value.parts[0].value
        return out

    def append(self, keys: list[Key]) -> Tree:
        """A new mapping at the end of the list of them under keys."""
        outer = self.inner(keys[:-1])
        found = outer.entries.get(keys[-1].text)
        made = Tree(keys[-1].start)
        if found is not None and isinstance(found[1], list):
            found[1].append(made)
        else:
            outer.entries[keys[-1].text] = keys[-1], [made]
        return made

    def value(self, document: Document) -> p.Expression:
        """The mapping; the list, where its keys are those of a list's items (`0`, `1`, ...)."""
        start = self.start
        if start is None:
            start = min([key.start for key, _ in self.entries.values()], default=0)
        end = start
        entries: list[tuple[p.Expression | None, p.Expression]] = []
        for key, held in self.entries.values():
            if isinstance(held, list):
                items = tuple([tree.value(document) for tree in held])
                value: p.Expression = p.Sequence(items[0].start, items[-1].end, "list", items)
            else:
                value = held.value(document) if isinstance(held, Tree) else held
            end = max(end, value.end)
            entries.append(document.entry(key, value))
        if self.entries and all(name.isdigit() for name in self.entries):
            return p.Sequence(start, end, "list", tuple([value for _, value in entries]))
        return p.Mapping(start, end, tuple(entries))


def is_leaf(value: p.Expression) -> bool:
    """Whether a value holds no mapping."""
    if isinstance(value, p.Sequence):
        return all(is_leaf(item) for item in value.items)
    return not isinstance(value, (p.Mapping, p.Spread))


def _without_overlaps(extents: list[Span]) -> list[Span]:
    out: list[Span] = []
    for extent in extents:
        if not out or extent[0] >= out[-1][1]:
            out.append(extent)
    return out
