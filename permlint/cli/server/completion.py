"""Names of permissions where scopes are asked for.

Whether a place is one is not guessed: a name that nobody has is put there, and the app is looked at. What the
analysis takes for a scope is one, in any language and however it gets to the login.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from permlint.frontends import family
from permlint.verdicts import needed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from permlint.app import App
    from permlint.catalog.model import Permission
    from permlint.facts import Request

_PROBE = "permlint_completes_this_name"
_BEFORE = re.compile(r"[A-Za-z0-9_]*\Z")
_AFTER = re.compile(r"[A-Za-z0-9_]*")
_LINES = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")
_QUOTES = "\"'`"

_QUOTING = ("python", "javascript", "php")
"""Languages that are typed all day, in which a scope is in quotes."""


class Offer(NamedTuple):
    """A permission that fits. why: what speaks for it in this app, for a person; empty for no special reason."""

    permission: Permission
    status: str
    why: str
    dying: bool


def word_before(path: str, line: str, column: int) -> tuple[int, int] | None:
    """The bounds of the word in which a column is; None where no scope can be, judging from the line alone.

    Columns from 1 in code points, the end exclusive. It only has to be right where it says None.
    """
    start = column - 1 - len(_BEFORE.search(line[: column - 1])[0])  # type: ignore[index]
    end = column - 1 + len(_AFTER.match(line, column - 1)[0])  # type: ignore[index]
    before = line[:start]
    if family(path) in _QUOTING and before.strip() and not any(quote in before for quote in _QUOTES):
        return None
    return start + 1, end + 1


def line_of(text: str, line: int) -> str:
    """A line of a text, from 1, without its end; empty beyond the last."""
    lines = _LINES.split(text)
    return lines[line - 1].rstrip("\r\n") if line <= len(lines) else ""


def probes(text: str, line: int, start: int, end: int) -> Iterator[str]:
    """The text with a name that nobody has in place of a word: as it is, then as it will be once it is typed to its end.

    What is being typed often has no closing quote yet, or no comma before the next string. line, start, end: from 1, the
    end exclusive.
    """
    lines = _LINES.split(text)
    before, after = lines[line - 1][: start - 1], lines[line - 1][end - 1 :]
    first, rest = "".join(lines[: line - 1]) + before + _PROBE, "".join(lines[line:])
    yield first + after + rest
    quote = _open_quote(before)
    if quote:
        inside, closing, outside = after.partition(quote)
        if not closing or _open_quote(outside):
            inside, outside = "", after
        comma = "," if (outside + rest).lstrip().startswith(tuple(_QUOTES)) else ""
        typed = inside + quote + comma + outside
        if typed != after:
            yield first + typed + rest


def _open_quote(text: str) -> str:
    """The quote in which a piece of a line ends, empty outside of quotes."""
    quote, characters = "", iter(text)
    for one in characters:
        if one == "\\":
            next(characters, None)
        elif one in _QUOTES and quote in ("", one):
            quote = "" if quote else one
    return quote


def offers(apps: Sequence[App], path: str) -> list[Offer]:
    """What fits where the name stands in a file; the likeliest first. None of it is asked for there already."""
    for app in apps:
        for request in app.requests:
            if any(scope.text == _PROBE and scope.place.path == path for scope in request.scopes):
                return list(_fitting(app, request))
    return []


def _fitting(app: App, request: Request) -> Iterator[Offer]:
    view = app.catalog
    asked = {view.catalog.canonical(scope.text) or scope.text for scope in request.scopes}
    wanted: dict[str, str] = {}
    for one in needed(app):
        if one.calls:
            wanted[one.permission] = f"needed by {one.calls[0].method or 'a call of'} {one.calls[0].endpoint}"
        elif one.dependency_of:
            wanted[one.permission] = f"{one.dependency_of[0]} depends on it"
    for name in sorted(asked):
        if view.catalog.permission(name) is not None:
            for dependency in view.dependencies(name):
                wanted.setdefault(dependency, f"{name} depends on it")
    found = []
    for permission in view.catalog.permissions():
        kind = view.status(permission.name).kind
        fits = request.login == "unknown" or not permission.logins or request.login in permission.logins
        if fits and kind in ("active", "deprecated") and permission.name not in asked:
            found.append(Offer(permission, kind, wanted.get(permission.name, ""), kind == "deprecated"))
    yield from sorted(found, key=lambda each: (not each.why, each.dying, each.permission.name))
