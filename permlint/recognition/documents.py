"""Documents of configuration: where in them a row's path leads."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from permlint import program as p
from permlint.evaluation.values import Item, List, Map, Piece, Text, Value, alternatives, force

Spot = tuple[p.Program, int, int]
_Step = tuple[Value, "list[str]", str, "Spot | None"]

_MAX_FOUND = 2_000
_DOCUMENTS = "tuple"
"""The kind of sequence that holds the documents of a file."""


class Found(NamedTuple):
    """A value in a document. name: the last key on the way to it. spot: where that key stands."""

    value: Value
    name: str
    spot: Spot | None


def is_named(path: str, patterns: list[str]) -> bool:
    """Whether a file's path fits a pattern: of its name, or with a slash of the end of its path; no patterns fit all."""
    name = path[path.rfind("/") + 1 :]
    return not patterns or any(
        fnmatchcase(path, pattern) or fnmatchcase(path, f"*/{pattern}")
        if "/" in pattern
        else fnmatchcase(name, pattern)
        for pattern in patterns
    )


def follow(document: Value, path: list[str]) -> Iterator[Found]:
    """What stands under a row's path in a document, or in each of several.

    path: keys, `*` for any, `**` for any number, `[]` for each item of a sequence. A key with dots counts as keys that stand
    in each other.
    """
    stack: list[_Step] = []
    stack += [(one, path, "", None) for one in reversed(_documents(document))]
    seen: set[tuple[int, tuple[str, ...]]] = set()
    alive: list[Value] = []  # What is known by its identity has to stay.
    count = 0
    while stack and count < _MAX_FOUND:
        value, rest, name, spot = stack.pop()
        value = force(value)
        if not rest or rest == ["**"]:
            count += 1
            yield Found(value, name, spot)
        mark = (id(value), tuple(rest))
        if not rest or mark in seen:
            continue
        seen.add(mark)
        alive.append(value)
        steps: list[_Step] = []
        for option in alternatives(value):
            if isinstance(option, Map):
                for key, item in _entries(option):
                    steps += [(item.value, after, key, item.key) for after in _after(rest, key)]
                if rest[0] == "[]":  # In place of a list of one.
                    steps.append((option, rest[1:], name, spot))
            elif isinstance(option, List):
                inner = [rest[1:]] if rest[0] == "[]" else [rest] if rest[0] == "**" else []
                if rest[:2] == ["**", "[]"]:
                    inner.append(rest[2:])
                steps += [(item.value, after, name, None) for item in option.items for after in inner]
        stack += reversed(steps)


def _entries(mapping: Map) -> list[tuple[str, Item]]:
    """The entries of a mapping; keys with dots also as keys that stand in each other."""
    entries = list(mapping.entries.items())
    dotted = [(key, item) for key, item in entries if "." in key.strip(".")]
    if not dotted:
        return entries
    inner: dict[str, dict[str, Item]] = {}
    spots: dict[str, Spot | None] = {}
    for key, item in dotted:
        first, _, rest = key.partition(".")
        inner.setdefault(first, {})[rest] = item
        spots.setdefault(first, item.key)
    nested = []
    for first, held in inner.items():
        same = mapping.entries.get(first)
        for option in alternatives(same.value) if same is not None else ():
            if isinstance(option, Map):
                held = {**option.entries, **held}
        nested.append((first, Item(Map(held), key=spots[first])))
    return [entry for entry in entries if entry[0] not in inner] + nested


def _documents(value: Value) -> list[Value]:
    out: list[Value] = []
    for option in alternatives(value):
        if isinstance(option, List) and option.kind == _DOCUMENTS:
            out += [item.value for item in option.items]
        else:
            out.append(option)
    return out


def _after(path: list[str], key: str) -> list[list[str]]:
    """What is left of a path after a key, one for each way in which its beginning fits."""
    head = path[0]
    if head == "**":
        return [path, *(_after(path[1:], key) if len(path) > 1 else ())]
    return [path[1:]] if head == "*" or head.lower() == key.lower() else []


def variables(value: Value) -> Iterator[tuple[str, Text]]:
    """The variables that a block of a document sets: a mapping of them, a list of `NAME=value`, or of mappings with a name."""
    for option in alternatives(value):
        if isinstance(option, Map):
            for key, item in option.entries.items():
                yield from ((key, text) for text in _texts(item.value))
        elif isinstance(option, List):
            for item in option.items:
                for one in alternatives(item.value):
                    if isinstance(one, Map):
                        names = [found for key in ("name", "key", "variable") for found in _texts_of(one, key)]
                        for name in names[:1]:
                            yield from ((name.known() or "", text) for text in _texts_of(one, "value"))
                    elif isinstance(one, Text):
                        yield from _assigned(one)


def _texts(value: Value) -> Iterator[Text]:
    """The texts that a variable is set to; also as `{value: ...}`."""
    for option in alternatives(value):
        if isinstance(option, Text) and option.known() != "":
            yield option
        elif isinstance(option, Map):
            yield from _texts_of(option, "value")


def _texts_of(value: Map, key: str) -> Iterator[Text]:
    if key in value.entries:
        for option in alternatives(value.entries[key].value):
            if isinstance(option, Text) and option.known() != "":
                yield option


def _assigned(text: Text) -> Iterator[tuple[str, Text]]:
    """The name and the value of a `NAME=value`."""
    first = text.pieces[0] if text.pieces else None
    if isinstance(first, Piece):
        name, equals, rest = first.text.partition("=")
        if equals and (rest or len(text.pieces) > 1):
            yield name, Text((first.cut(len(name) + 1, len(first.text)), *text.pieces[1:]))
