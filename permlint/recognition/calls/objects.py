"""What the object was told on which a method is called: by the call that made it, and by its setters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from permlint.evaluation.running import Site
from permlint.evaluation.values import (
    NOTHING,
    Arguments,
    External,
    Item,
    Map,
    Value,
    alternatives,
    force,
    known_text,
    literal,
    settled,
    truth,
)
from permlint.program import Program
from permlint.recognition.arguments import argument
from permlint.recognition.calls.paths import is_version
from permlint.recognition.calls.rows import as_given
from permlint.recognition.tables import Row


def maker(value: External) -> str:
    """The name of the call whose result a value is."""
    return value.paths[0].removesuffix("()").rpartition(".")[2]


def entry(arguments: Arguments, names: Iterable[str]) -> Value | None:
    """A named argument, or an entry of a mapping or of options that are given by position."""
    for name in names:
        if name in arguments.named:
            return arguments.named[name]
        for value in arguments.positional:
            for option in settled(value):
                if isinstance(option, Map) and name in option.entries:
                    return option.entries[name].value
                if isinstance(option, External) and option.arguments is not None and name in option.arguments.named:
                    return option.arguments.named[name]
    return None


def tokens(callee: Value, arguments: Arguments) -> Iterator[Value]:
    """The tokens that a call sends beside its parameters: in its headers, or as its client was told."""
    owner: Value | None = callee.owner if isinstance(callee, External) else None
    given = [arguments]
    while isinstance(owner, External) and len(given) < 4:
        if owner.arguments is not None:
            given.append(owner.arguments)
        owner = owner.owner
    for number, one in enumerate(given):
        for name, key in (("headers", "Authorization"), ("params", "access_token")):
            if not number and name == "params":
                continue
            for option in alternatives(one.named.get(name, NOTHING)):
                if isinstance(option, Map) and key in option.entries:
                    yield option.entries[key].value


def told_version(callee: External, arguments: Arguments, names: Iterable[str]) -> str | None:
    """The version that a call names in one of some arguments, or that its object was told."""
    owner: Value | None = External(callee.paths, callee.owner, arguments)
    while isinstance(owner, External) and names:
        known = known_text(entry(owner.arguments, names)) if owner.arguments is not None else None
        if known is not None and is_version(known if known.startswith("v") else f"v{known}"):
            known = known if known.startswith("v") else f"v{known}"
            return known if "." in known else f"{known}.0"
        owner = owner.owner
    return None


def told_by_setter(row: Row, callee: External, arguments: Arguments, site: Site) -> tuple[Arguments, Arguments] | None:
    """Has a call tell an object what it is to send, as its row says. Gives the object's arguments before and after."""
    place: str | None = row.get("on")
    owner = force(argument(arguments, place) or NOTHING) if place is not None else callee.owner
    while "of" in row and isinstance(owner, External) and not (owner.arguments and maker(owner) in row["of"]):
        owner = owner.owner
    if not isinstance(owner, External) or owner.arguments is None:
        return None
    pairs = _pairs_set(row, arguments)
    before = owner.arguments
    named = dict(before.named)
    if "into" in row:
        old = named.get(row["into"])
        entries = old.entries if isinstance(old, Map) else {}
        named[row["into"]] = Map({**entries, **{name: Item(value) for name, value in pairs}})
        pairs = []
    for name, value in pairs:
        meanings = row["names"].get(name.rpartition(".")[2], ())
        for meaning in [meanings] if isinstance(meanings, str) else meanings:
            meant, _, fixed = meaning.partition("=")
            if (meant.endswith("?") and meant[:-1] in named) or (fixed and truth(value) is False):
                continue
            named[meant.rstrip("?")] = literal(fixed) if fixed else value
            if meant == "url":
                owner.call = (site.program, site.start, site.end)
    owner.arguments = Arguments(before.positional, named, before.missing)
    return before, owner.arguments


def _pairs_set(row: Row, arguments: Arguments) -> list[tuple[str, Value]]:
    """The names and values that a setter is given."""
    if "many" in row:
        mapping = force(argument(arguments, row["many"]) or NOTHING)
        return [(key, item.value) for key, item in mapping.entries.items()] if isinstance(mapping, Map) else []
    key = force(as_given(row["key"], arguments))
    name = key.paths[0] if isinstance(key, External) else known_text(key)
    return [(name, as_given(row["value"], arguments))] if name is not None else []


def gathered(row: Row, callee: External, arguments: Arguments, site: Site) -> tuple[Arguments, Site]:
    """What the object that a call runs was told: by the calls of its path, or by those that made and set it.

    And where it was told the address, which is what a reader of the code looks for.
    """
    named = dict(arguments.named)
    positional = list(arguments.positional)
    owner: Value | None = callee.owner
    if "on" in row:
        owner = force(argument(arguments, row["on"]) or NOTHING)
        if isinstance(owner, External):
            positional = list(owner.arguments.positional) if owner.arguments is not None else []
    for _ in range(20):
        if not isinstance(owner, External):
            break
        if owner.arguments is not None:
            for key, value in owner.arguments.named.items():
                named.setdefault(key, value)
            for element in row["names"].get(maker(owner), ()):
                key, _, source = element.partition("=")
                if source.startswith("#"):
                    given = argument(owner.arguments, source)
                    if given is not None:
                        named.setdefault(key, given)
                else:
                    named.setdefault(key, literal(source))
            if "on" in row and owner.call is not None:
                site = _moved(site, *owner.call)
        owner = owner.owner
    return Arguments(positional, named, arguments.missing), site


def _moved(site: Site, program: Program, start: int, end: int) -> Site:
    """Another place in the same function in place of a call's own."""
    last = site.chain[-1] if site.chain else None
    if last is None or last.program is not program or not last.body[0] <= start < last.body[1]:
        return site
    return Site(program, start, end, site.frame, (*site.chain[:-1], last._replace(start=start, end=end)))
