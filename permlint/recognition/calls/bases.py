"""Base addresses: with what the addresses begin that a client is given."""

from __future__ import annotations

from collections.abc import Iterator

from permlint.evaluation.values import (
    Arguments,
    Class,
    External,
    Instance,
    Map,
    Piece,
    Text,
    Value,
    alternatives,
    known_text,
    settled,
)
from permlint.recognition.arguments import argument
from permlint.recognition.calls.objects import entry, maker
from permlint.recognition.calls.paths import begins_on
from permlint.recognition.calls.tables import CallTables


class Bases:
    """Told of what clients are made and set with, it knows the base address of each. hosts: those of the API."""

    def __init__(self, tables: CallTables, hosts: frozenset[str]) -> None:
        self._tables = tables
        self._hosts = hosts
        self._registered: dict[str, Text] = {}
        self._set: dict[int, tuple[Value, Text]] = {}

    def register(self, arguments: Arguments) -> None:
        """A client gets a name and a base address: `oauth.register("facebook", api_base_url=...)`."""
        name = known_text(arguments.get(0, "name"))
        base = arguments.get(None, *self._tables.bases)
        if name is not None and base is not None:
            for text in self._of_api(base):
                self._registered[name] = text

    def assigned(self, owner: Value, name: str, value: Value) -> None:
        """`client.base_url = ...` of a client that the project did not make."""
        if name in self._tables.bases:
            for text in self._of_api(value):
                self._set[id(owner)] = (owner, text)

    def made(self, owner: Value, arguments: Arguments) -> None:
        """A constructor outside the project is called on an object: what it is given counts as if it were set."""
        for name in self._tables.bases:
            if name in arguments.named:
                self.assigned(owner, name, arguments.named[name])

    def of(self, callee: Value) -> Text | None:
        """The base address of the client that a method is called on; None where it has none, or one of another API."""
        known = self._set_on(callee)
        if known is not None or not isinstance(callee, External):
            return known
        for path in callee.paths:
            head = path.rpartition(".")[0]
            for row in self._tables.sessions:
                if head in row["on"]:
                    return Text((Piece(row["base"]),)) if "base" in row else self._of_session(callee, row["told"])
            parts = head.split(".")[1:]
            if any(part.endswith("()") and part[:-2] in self._tables.verbs for part in parts):
                return None  # An answer is no client.
            for part in parts:
                if part in self._registered:
                    return self._registered[part]
        own = self._of_class(callee.owner)
        return own if own is not None else self._of_makers(callee.owner)

    def _set_on(self, callee: Value) -> Text | None:
        """The base address that was set on a client."""
        whole = getattr(callee, "whole", None) or getattr(callee, "owner", None)
        for _ in range(4):
            known = self._set.get(id(whole))
            if known is not None:
                return known[1]
            whole = getattr(whole, "whole", None) or getattr(whole, "owner", None)
        return None

    def _of_session(self, callee: External, key: str) -> Text | None:
        """The base address that an argument of the call holds which made a client."""
        owner = callee.owner
        value = argument(owner.arguments, key) if isinstance(owner, External) and owner.arguments is not None else None
        return next(self._of_api(value), None) if value is not None else None

    def _of_class(self, owner: Value | None) -> Text | None:
        """The base address that a class of the project says of itself, where it takes its calls from a library."""
        while isinstance(owner, External):
            owner = owner.owner
        cls = owner.cls if isinstance(owner, Instance) else owner
        for name, value in cls.names.items() if isinstance(cls, Class) else ():
            held = [value] if name in self._tables.bases else []
            held += [one.entries[key].value for one in settled(value) if isinstance(one, Map)
                     for key in self._tables.bases if key in one.entries]  # fmt: skip
            for option in (option for one in held for option in settled(one)):
                if isinstance(option, Text) and begins_on(option, self._hosts):
                    return option
        return None

    def _of_makers(self, owner: Value | None) -> Text | None:
        """The base address with which one of the calls was given that made a client."""
        if isinstance(owner, External) and not owner.paths[0].endswith("()"):
            return None  # Such as `client.headers.get(name)`.
        for _ in range(5):
            if not isinstance(owner, External):
                return None
            if owner.arguments is not None:
                made = maker(owner)
                if made in self._tables.verbs:
                    return None  # An answer is no client.
                if made == "create_client":
                    named = known_text(owner.arguments.get(0, "name"))
                    if named in self._registered:
                        return self._registered[named]
                base = self._given(made, owner.arguments)
                if base is not None:
                    return base
            owner = owner.owner
        return None

    def _given(self, made: str, arguments: Arguments) -> Text | None:
        """The base address among the arguments of a call by its name that made a client."""
        value = entry(arguments, self._tables.bases)
        if value is None and made in self._tables.base_methods:
            value = arguments.get(0)
        if value is None and made[:1].isupper() and len(arguments.positional) == 1:
            value = arguments.positional[0]
        for option in alternatives(value) if value is not None else ():
            if isinstance(option, Text) and begins_on(option, self._hosts):
                return option
            if isinstance(option, Text) and option.known() in self._hosts:
                return Text((Piece("https://"), *option.pieces))
        return None

    def _of_api(self, value: Value) -> Iterator[Text]:
        """What of a value is an address of the API."""
        for option in alternatives(value):
            if isinstance(option, Text) and begins_on(option, self._hosts):
                yield option
