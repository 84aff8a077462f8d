"""What makes a finding the same one in two runs: its rule, permission, file and surroundings, and never its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from permlint.secrets import mask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from permlint.diagnostics import Diagnostic

NAME = "permlint/v1"
"""The name of the fingerprints, with the version of how they are made."""

_HEAD = re.compile(r"[^=(\[{<:,;#\"'`]*")
_LONGEST = 160


Line: TypeAlias = "Callable[[str, int, int | None], str | None]"
"""Gives a line of the source by path, number (from 1) and cell; None where it cannot be read."""


class Key(NamedTuple):
    """What a finding is known by. path: relative to the project's root. permission: empty where there is none.

    context: how its statement begins, up to what it assigns, calls or lists, and the text that it is about where that
    is not the permission. So other lines, and other elements of the same list, may come, go and change.
    """

    path: str
    code: str
    permission: str
    context: str


def identity(diagnostic: Diagnostic) -> tuple[object, ...]:
    """Returns what tells a finding from all others of its run, whatever is added to it on its way."""
    return diagnostic.app, diagnostic.code, diagnostic.place, diagnostic.permission


def key_of(diagnostic: Diagnostic, line: Line) -> Key:
    """Returns the key of a finding, without secrets."""
    place = diagnostic.place
    statement = diagnostic.statement
    same_file = statement is not None and (statement.path, statement.cell) == (place.path, place.cell)
    first = statement.line if statement is not None and same_file else place.line
    head = _HEAD.match((line(place.path, first, place.cell) or "").strip())
    own = line(place.path, place.line, place.cell) or ""
    marked = own[place.column - 1 : place.end_column - 1 if place.end_line == place.line else None]
    if not marked.strip():
        marked = own
    permission = mask(diagnostic.permission or "")
    parts = [head[0] if head else "", "" if marked == diagnostic.permission else mask(marked)]
    return Key(place.path, diagnostic.code, permission, " ".join(" ".join(parts).split())[:_LONGEST].strip())


def keys_of(diagnostics: Iterable[Diagnostic], line: Line) -> list[tuple[Key, int]]:
    """Returns the key of each finding and which of those with this key it is, counted from 1 in the order given."""
    seen: dict[Key, int] = {}
    keys = []
    for each in diagnostics:
        key = key_of(each, line)
        seen[key] = seen.get(key, 0) + 1
        keys.append((key, seen[key]))
    return keys


def fingerprint(key: Key, number: int) -> str:
    """Returns a key, and which of its findings is meant, as 32 hexadecimal digits."""
    import hashlib  # only where fingerprints are shown

    return hashlib.sha256("\0".join((*key, str(number))).encode("utf-8", "surrogatepass")).hexdigest()[:32]
