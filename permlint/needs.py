"""What an app's calls need: each call held against the catalog's endpoints, with what stays unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from permlint.facts import GraphCall

if TYPE_CHECKING:
    from permlint.catalog import CatalogView
    from permlint.catalog.endpoint_rows import Row
    from permlint.catalog.endpoints import Needs as FoundNeeds


class CallNeeds(NamedTuple):
    """What one call needs.

    all_of: permissions that it certainly needs. any_of: groups, of each of which it certainly needs one. used: permissions that
    it may use, which excuses asking for them. known: whether the catalog says anything of its endpoint. group: the family of
    logins whose tokens its host takes, "" where the host is not known. outside: the call's token comes from the environment or
    the configuration and not from a login of the app.
    """

    call: GraphCall
    all_of: frozenset[str] = frozenset()
    any_of: tuple[frozenset[str], ...] = ()
    used: frozenset[str] = frozenset()
    known: bool = False
    group: str = ""
    outside: bool = False
    sources: tuple[str, ...] = ()

    @property
    def resolved(self) -> bool:
        """Whether both the endpoint and what it needs are known."""
        return self.call.complete and self.known


@dataclass(frozen=True)
class Needs:
    """What all calls of an app need."""

    calls: tuple[CallNeeds, ...] = ()

    @cached_property
    def used(self) -> Mapping[str, tuple[GraphCall, ...]]:
        """Each permission that some call may use, with these calls."""
        out: dict[str, tuple[GraphCall, ...]] = {}
        for one in self.calls:
            for name in sorted((one.used | one.all_of).union(*one.any_of)):
                out[name] = (*out.get(name, ()), one.call)
        return out

    def unresolved(self, group: str) -> tuple[CallNeeds, ...]:
        """The calls that might need any permission of a family of logins."""
        return tuple(one for one in self.calls if not one.resolved and one.group in ("", group))

    def resolved(self, group: str) -> tuple[CallNeeds, ...]:
        """The calls of a family of logins whose needs are known."""
        return tuple(one for one in self.calls if one.resolved and one.group == group)


def _partly_documented(call: GraphCall, found: FoundNeeds, every: Iterable[Row]) -> bool:
    """Whether the edge stands on another kind of node that it may be, of which no row speaks of this method."""
    if len(call.segments) != 2 or call.segments[0] != "{}" or "{" in call.segments[1]:
        return False
    here = {row.node for row in found.rows}
    others = {
        row.node
        for row in every
        if len(row.segments) == 2 and row.segments[1] == call.segments[1] and call.host in row.hosts
    }
    if found.nodes:
        others &= set(found.nodes)
    return bool(here) and bool(others - here - {None})


def needs_of(calls: Iterable[GraphCall], view: CatalogView) -> Needs:
    """What these calls need as of the view's day."""
    calls = tuple(calls)
    if not calls:
        return Needs()
    from permlint.catalog.endpoints import load_endpoints
    from permlint.catalog.hosts import FAMILIES, SAME

    endpoints = load_endpoints()
    groups = {host: login.group for login in view.catalog.logins() for host in login.hosts}
    seen: dict[tuple[object, ...], tuple[FoundNeeds, bool]] = {}
    out = []
    for call in calls:
        host = SAME.get(call.host or "", call.host or "")
        node = call.names[0] if call.names and call.names[0] else None
        alike = (call.host, call.method, call.segments, call.fields, call.parameters, call.closed, node)
        if alike not in seen:
            found = endpoints.needs(
                host=call.host,
                method=call.method,
                segments=[None if part == "{}" else part for part in call.segments],
                fields=call.fields,
                parameters=dict(call.parameters) if call.parameters or call.closed else None,
                complete=call.closed,
                node=node,
                day=view.day,
            )
            seen[alike] = found, not found.unless and not _partly_documented(call, found, endpoints.rows)
        found, certain = seen[alike]
        known = call.complete and found.known and certain
        out.append(
            CallNeeds(
                call=call,
                all_of=frozenset(found.all_of) if known else frozenset(),
                any_of=tuple(found.any_of) if known else (),
                used=frozenset(found.used),
                known=found.known,
                group=groups.get(host, FAMILIES.get(host, "")),
                outside=call.outside,
                sources=tuple(found.sources),
            )
        )
    return Needs(tuple(out))
