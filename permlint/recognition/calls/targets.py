"""Targets: the addresses that a call of a client may reach, among its arguments and by its base address."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from permlint.evaluation import operations as ops
from permlint.evaluation.running import UnknownPart
from permlint.evaluation.values import (
    NOTHING,
    Arguments,
    Constant,
    Either,
    External,
    Hole,
    Lazy,
    Piece,
    Text,
    Value,
    alternatives,
    either,
    force,
    known_text,
    literal,
    settled,
)
from permlint.recognition.calls.methods import METHODS
from permlint.recognition.calls.objects import maker
from permlint.recognition.calls.paths import begins_on
from permlint.recognition.calls.tables import CallTables

_GAP = re.compile(r"(?<!:)//|/$")


def targets(
    arguments: Arguments, base: Text | None, tables: CallTables, hosts: frozenset[str], *, keyed: bool
) -> list[Text]:
    """The addresses of the API that a call of a client may reach, whole.

    base: the client's. keyed: of `get(text, address)` the address may be a mapping's default.
    """
    found = list(_targets(arguments, base, tables, hosts, keyed=keyed))
    if len(found) < 2:
        return found
    # Those that lack no part: `${id ?? ""}` stands for an id, not for nothing.
    return [text for text in found if not _GAP.search(text.shown().partition("?")[0])] or found


def _targets(
    arguments: Arguments, base: Text | None, tables: CallTables, hosts: frozenset[str], *, keyed: bool
) -> Iterator[Text]:
    for value in _given(arguments, tables, keyed=keyed):
        found = [
            text
            for option in alternatives(value)
            for text in expanded(address_text(option, tables.verbs), hosts if base is None else None)
        ]
        here = [text for text in found if begins_on(text, hosts)]
        # A part that may be empty is not: no one calls an address with two slashes in a row.
        here = [text for text in here if "//" not in text.shown()[len("https://") :]] or here
        if here:
            yield from here
            return
        if base is not None and found:
            for text in found:
                known = text.known()
                if known is not None and known.upper() in METHODS:
                    break
                if isinstance(text.pieces[0] if text.pieces else None, Piece) and "://" in text.shown():
                    return
                joined = ops.concat([ops.strip(base, "/", "right"), literal("/"), ops.strip(text, "/", "left")])
                if isinstance(joined, Text):
                    yield joined
            else:
                return


def _given(arguments: Arguments, tables: CallTables, *, keyed: bool) -> list[Value]:
    """The arguments that may be an address, the likeliest first."""
    given = [arguments.named[name] for name in tables.url_arguments if name in arguments.named]
    host = next((arguments.named[name] for name in tables.host_arguments if name in arguments.named), None)
    if host is not None and given:
        scheme = literal("" if "://" in (known_text(host) or "") else "https://")
        given = [ops.concat([scheme, host, path]) for path in given]
    first = known_text(arguments.positional[0]) if keyed and arguments.positional else None
    return given + arguments.positional[: 3 if first is None or "/" in first or first.upper() in METHODS else 1]


def address_text(value: Value, noted: Container[str] = ()) -> Text | None:
    """The address that a value is or carries. noted: names of calls that are noted where they stand."""
    if isinstance(value, Text):
        return value
    if isinstance(value, External) and value.arguments is not None:
        if maker(value) in noted:
            return None
        # `URL(address)` and other carriers of an address.
        for inner in value.arguments.all():
            if isinstance(inner, Text):
                return inner
    return None


def expanded(text: Text | None, hosts: frozenset[str] | None = None) -> list[Text]:
    """A text with what was not looked at yet looked at, if it may be an address.

    hosts: on one of which it has to begin; None where it may be a path.
    """
    if text is None:
        return []
    holes = [piece for piece in text.pieces if isinstance(piece, Hole)]
    if not any(isinstance(hole.value, (Lazy, Either)) for hole in holes):
        return [text]
    first = text.pieces[0]
    if hosts is not None:
        if isinstance(first, Piece) and not begins_on(text, hosts):
            return [text]
        if isinstance(first, Hole) and not isinstance(first.value, (Lazy, Either)):
            return [text]
    parts: list[Value] = []
    for piece in text.pieces:
        if isinstance(piece, Hole) and isinstance(piece.value, (Lazy, Either)):
            options = alternatives(piece.value)
            known = [one for one in options if isinstance(one, (Text, Constant)) and one is not NOTHING]
            parts.append(either(known) if known else Text((piece,)))
        else:
            parts.append(Text((piece,)))
    return [one for one in alternatives(ops.concat(parts)) if isinstance(one, Text)]


def unknown_beginnings(arguments: Arguments) -> Iterator[tuple[str, int]]:
    """The classes whose users or subclasses know the beginning of an address (`$this->host . "/me"`)."""
    for value in arguments.positional[:2]:
        for text in settled(value):
            pieces = text.pieces if isinstance(text, Text) else ()
            first = force(pieces[0].value) if len(pieces) > 1 and isinstance(pieces[0], Hole) else None
            if isinstance(first, UnknownPart) and first.owner is not None:
                if isinstance(pieces[1], Piece) and pieces[1].text.startswith("/"):
                    yield first.owner
