"""What the methods of Meta's business SDK call, by their names in Python; other languages write the same names otherwise.

Read only where code imports the SDK: ``data/sdk_methods.toml`` compiled to ``sdk.json``.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from permlint.catalog.compiled import read_compiled

if TYPE_CHECKING:
    from collections.abc import Mapping

_CAPITAL = re.compile(r"(?<!^)[A-Z]")
COMPILED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "sdk.json")


class SdkCall(NamedTuple):
    """What one method calls.

    ``owners``: the classes that have the method, to be given to ``Endpoints.needs`` as ``node``; empty for a method
    that every class has. ``segments``: the path, None for the id of the object (or of its parent:
    ``of_parent``). ``returns``: the class of what comes back (one, or each item), None if unknown. ``until``: the last
    release seen with the method, None for today's.
    """

    owners: tuple[str, ...]
    http_method: str
    segments: tuple[str | None, ...]
    returns: str | None = None
    of_parent: bool = False
    until: str | None = None


class Sdk:
    """The classes of the SDK and their methods; made by ``load_sdk``."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take the compiled data; if it is damaged, all kinds of errors (``read_sdk`` wraps them)."""
        self.version: str = data["version"]
        self.source: str = data["source"]
        self.date: str = data["date"]
        self._base: dict[str, list[list[str]]] = data["base"]
        self._asynchronous: dict[str, str] = data["asynchronous"]
        self._fields: dict[str, str] = data["fields"]
        self._endpoints: dict[str, str] = data["endpoints"]
        self._classes: dict[str, dict[str, list[list[str]]]] = data["classes"]
        self._owners: dict[str, list[str]] = {}
        for name, methods in self._classes.items():
            for method in methods:
                self._owners.setdefault(method, []).append(name)

    def has_class(self, name: str) -> bool:
        """Tell whether the SDK has, or had, a class of this name whose objects are on the Graph."""
        return name in self._classes

    def method(self, cls: str | None, method: str, *, asynchronous: bool = False) -> tuple[SdkCall, ...]:
        """Give what a method calls; several calls where it is not known of which class it is, nothing if none has it.

        ``cls`` None: any class; calls that differ only in the class that has the method are given once, and methods of
        older releases only if no class of today has one. A method that every class has (``api_get``) is then one
        call, of an object of any kind.
        ``asynchronous``: it is told not to wait, for which some methods call another one in their place.
        ``getAdSets`` is the method ``get_ad_sets`` in another language.
        """
        method = _CAPITAL.sub(r"_\g<0>", method).lower()
        if asynchronous and (instead := self.method(cls, self._asynchronous.get(method, ""))):
            return instead
        if cls is not None:
            if cls not in self._classes:
                return ()
            own = self._classes[cls].get(method)
            calls = own if own is not None else self._base.get(method, ())
            return tuple(call for line in calls if (call := self._call(cls, line, base=own is None)) is not None)
        if method in self._base:
            lines = self._base[method]
            return tuple(call for line in lines if (call := self._call("", line, base=True)) is not None)
        every = [
            call
            for owner in self._owners.get(method, ())
            for line in self._classes[owner][method]
            if (call := self._call(owner, line, base=False)) is not None
        ]
        found: dict[tuple[object, ...], SdkCall] = {}
        for call in [call for call in every if call.until is None] or every:
            key = (call.http_method, call.segments, call.of_parent)
            known = found.get(key, call)
            owners = tuple(dict.fromkeys((*known.owners, *call.owners)))
            same = known.returns if known.returns == call.returns else None
            found[key] = known._replace(owners=owners, returns=same)
        return tuple(found.values())

    def field(self, constant: str) -> str:
        """Give the field that a constant of ``Class.Field`` names."""
        return self._fields.get(constant, constant)

    def endpoint(self, cls: str) -> str | None:
        """Give the edge of its parent under which an object of a class is made, None if there is none."""
        return self._endpoints.get(cls)

    def _call(self, owner: str, line: list[str], *, base: bool) -> SdkCall | None:
        verb, path = line[0], line[1]
        returns = line[2] if len(line) > 2 and line[2] else None
        until = line[3] if len(line) > 3 else None
        if base and verb != "DELETE":
            returns = owner or None
        owners = (owner,) if owner else ()
        parts: tuple[str | None, ...] = tuple(path.split("/")[1:])
        if path == ".":
            return SdkCall(owners, verb, (None,), returns, until=until)
        if path.startswith("^"):
            if parts == ("*",):
                edge = self._endpoints.get(owner)
                if edge is None and owner:
                    return None
                parts = (edge,)
            return SdkCall(owners, verb, (None, *parts), returns or owner or None, of_parent=True, until=until)
        if path.startswith("me/"):
            return SdkCall(owners, verb, ("me", *parts), returns, until=until)
        if path.startswith("/"):
            return SdkCall(owners, verb, parts, returns, until=until)
        return SdkCall(owners, verb, (None, *parts), returns, until=until)


_loaded: list[Sdk] = []


def load_sdk() -> Sdk:
    """Give the table of the SDK's methods, read once per process. Raises CatalogError if missing or damaged."""
    if not _loaded:
        _loaded.append(read_sdk(COMPILED))
    return _loaded[0]


def read_sdk(path: str) -> Sdk:
    """Read the compiled table from a file. Raises CatalogError, naming the file, if that fails."""
    return read_compiled(path, "the table of SDK methods", Sdk)
