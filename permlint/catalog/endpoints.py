"""What Graph API calls need: the endpoints of ``data/endpoints_*.toml``, matched with the calls of a program.

``load_endpoints()`` reads the compiled table when the first call is looked at; ``Endpoints.needs`` says what one call
needs. Trust is three-valued: *certain* is what every source of high or medium confidence that applies asks for,
*used* is what any source asks for, and a call of which no source speaks is not known.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from permlint.catalog.compiled import read_compiled
from permlint.catalog.endpoint_clauses import agreed, both
from permlint.catalog.endpoint_conditions import verb_of
from permlint.catalog.endpoint_matching import Call, Matcher
from permlint.catalog.endpoint_paths import first_level
from permlint.catalog.endpoint_weighing import certain_of, is_rule, weigh
from permlint.catalog.hosts import FAMILIES, SAME

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from permlint.catalog.endpoint_clauses import Clauses
    from permlint.catalog.endpoint_rows import Row

_COMPILED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "endpoints.json")
_DEEPEST = 3


class Needs(NamedTuple):
    """What a call needs.

    ``all_of`` is certainly needed, and one of each group of ``any_of``; ``unless`` names features of App Review with
    which the call works without them. ``used``: what it may use, so that asking for it is not pointless. ``known``
    False: no source speaks of the call, or its node and edge can't be told; then only ``used`` says anything.
    ``features``: what it needs of App Review besides. ``conditions`` are notes for people. ``nodes``
    are the kinds of node considered.
    """

    all_of: frozenset[str]
    any_of: tuple[frozenset[str], ...]
    used: frozenset[str]
    rows: tuple[Row, ...]
    sources: tuple[str, ...]
    known: bool
    conditions: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether it is known to need no permission."""
        return self.known and not self.all_of and not self.any_of and not self.used


class Endpoints:
    """What all calls need; made by ``load_endpoints``. ``rows``: what is said of them. ``nodes``: what their paths begin with."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take the compiled data; if it is damaged, all kinds of errors (``read_endpoints`` wraps them)."""
        self._matcher = Matcher(data)
        self._depends: dict[str, list[str]] = data["depends"]
        self.rows = self._matcher.rows
        self.nodes = self._matcher.nodes

    def needs(
        self,
        *,
        host: str | None,
        method: str | None,
        segments: Sequence[str | None],
        fields: Sequence[str] | None = (),
        parameters: Mapping[str, str | None] | None = None,
        complete: bool = False,
        node: str | Sequence[str] | None = None,
        day: dt.date,
    ) -> Needs:
        """Say what a call needs on a day.

        ``host`` and ``method``: None if unknown. ``segments``: the path without version, None for an unknown segment;
        what is partly unknown holds ``{}`` (``act_{}``). ``fields``: as ``parse_fields`` gives them; None if they
        can't be known, empty if there are none. ``parameters``: what is known of them, of path, query and body alike; a
        value of None is there, but unknown. ``complete``: there are no others. ``node``: a hint at what the
        first segment is, as ``Nodes.kinds`` takes it, or several where it is one of them; ignored if it says nothing.
        """
        name = SAME.get(host.lower(), host.lower()) if host else None
        parts = _parts(segments, parameters or {})
        hints = (node,) if isinstance(node, str) else tuple(node or ())
        nodes, hinted = self.nodes.first(name, parts, hints)
        call = Call(
            host=name,
            method=verb_of(method, parameters or {}),
            segments=parts,
            nodes=nodes,
            hinted=hinted,
            fields=None if fields is None else tuple(fields),
            parameters=parameters,
            complete=complete,
            day=day.isoformat(),
        )
        if call.host is not None and call.host not in FAMILIES:
            return Needs(frozenset(), (), frozenset(), (), (), known=False)
        needs = self._needs(call, _DEEPEST)
        if not needs.rows and hints and not any(map(self.nodes.is_sdk_class, hints)) and call.segments[:1] == (None,):
            # Of the node that the variable's name tells of no source knows this edge: what it may use, but no need.
            needs = self._needs(call._replace(nodes=None, hinted=False), _DEEPEST)
            needs = needs._replace(all_of=frozenset(), any_of=(), known=False)
        return needs

    def endpoints_of(self, permission: str, day: dt.date | None = None) -> tuple[Row, ...]:
        """Give the rows that need a permission (or name it as one of several), those of a day if one is given."""
        wanted = "" if day is None else day.isoformat()
        return tuple(
            row
            for row in self.rows
            if (permission in row.all_of or any(permission in group for group in row.any_of))
            and (not wanted or row.holds(wanted))
        )

    def _needs(self, call: Call, depth: int) -> Needs:
        call = self._matcher.signed(call)
        groups = self._matcher.groups(call)
        kinds = {rows[0][0].node or "" for rows in groups} - {""}
        base, unless = certain_of(groups, self._depends)
        bare = len(call.segments) == 1 and call.nodes is None and not _root(call, groups)
        speaking = [row for rows in groups for row, _ in rows if row.kind not in ("unstated", "inherits")]
        known = bool(speaking) and (not bare or bool(base) or len(kinds) == 1)
        rows = [row for group in groups for row, _ in group]
        if depth and call.method in (None, "GET"):
            more, further, told, lifted = self._of_fields(call, depth)
            base, unless = both(base, more), unless | lifted
            rows += further
            known = known or told
        if not known:
            base = frozenset()
        rows = list(dict.fromkeys(rows))
        singles = frozenset(next(iter(clause)) for clause in base if len(clause) == 1)
        return Needs(
            all_of=singles,
            any_of=tuple(sorted((c for c in base if len(c) > 1), key=sorted)),
            used=frozenset().union(*(row.named for row in rows)) if rows else frozenset(),
            rows=tuple(rows),
            sources=tuple(dict.fromkeys(_sources(rows))),
            known=known,
            conditions=tuple(dict.fromkeys(note for row in rows for note in _notes(row))),
            unless=tuple(sorted(unless)) if base else (),
            features=tuple(sorted({feature for row in rows for feature in row.and_feature})),
            nodes=tuple(sorted(kinds)),
        )

    def _of_fields(self, call: Call, depth: int) -> tuple[Clauses, list[Row], bool, frozenset[str]]:
        """Say what fields need besides: certain clauses, rows, whether any field was told of, features instead."""
        rows: list[Row] = []
        certain: Clauses = frozenset()
        unless: frozenset[str] = frozenset()
        told = False
        own = self._matcher.field_rows(call)
        if call.fields is None:
            return certain, list(own), False, unless
        nodes = self._matcher.nodes_read(call)
        for name, inner in first_level(call.fields).items():
            matching = [row for row in own if name in row.fields]
            near = [row for row in matching if len(row.segments) == len(call.segments)]
            if len(call.segments) == 1 and matching and nodes is not None:
                told = True
            rows += matching
            weighed = [row for row in (near or matching) if nodes is not None or len(call.segments) > 1]
            # Where it may be one of several nodes, all that have the field must agree.
            by_node: dict[str | None, list[tuple[Row, bool]]] = {}
            for row in weighed:
                by_node.setdefault(row.node, []).append((row, True))
            parts = [weigh(group, self._depends) for group in by_node.values()]
            if parts:
                certain = both(certain, agreed([clauses or frozenset() for clauses, _ in parts]))
                unless = unless.union(*(lifted for _, lifted in parts))
            if nodes is None or depth <= 1:
                continue
            edge = self._needs(
                call._replace(
                    method="GET",
                    segments=(None, name),
                    nodes=nodes,
                    hinted=len(nodes) == 1,
                    fields=tuple(inner),
                    parameters={},
                    complete=True,
                ),
                depth - 1,
            )
            if edge.known and not all(map(is_rule, edge.rows)):
                rows += edge.rows
                certain = both(certain, frozenset(frozenset({one}) for one in edge.all_of) | frozenset(edge.any_of))
                unless |= frozenset(edge.unless)
        return certain, rows, told, unless


_loaded: list[Endpoints] = []


def load_endpoints() -> Endpoints:
    """Give the endpoints that come with permlint, read once per process.

    Raises CatalogError if the file is missing or damaged.
    """
    if not _loaded:
        _loaded.append(read_endpoints(_COMPILED))
    return _loaded[0]


def read_endpoints(path: str) -> Endpoints:
    """Read compiled endpoints from a file. Raises CatalogError, naming the file, if that fails."""
    return read_compiled(path, "the table of endpoints", Endpoints)


def _root(call: Call, groups: list[list[tuple[Row, bool]]]) -> bool:
    """Tell whether the path is a word of its own, such as /search, and no node."""
    return any(rows[0][0].node is None for rows in groups) or not call.segments


def _parts(segments: Sequence[str | None], parameters: Mapping[str, str | None]) -> tuple[str | None, ...]:
    """Give the segments, holes as None; a path of none that has ``ids`` or ``id`` reads nodes."""
    read = (None if part is None or _is_hole(part) else part.strip("/") for part in segments)
    parts = tuple(part for part in read if part is None or part)
    if parts:
        return parts
    if "ids" in parameters:
        return (None,)
    value = parameters.get("id")
    if value is not None and not any(sign in value for sign in ".:/{"):
        return (value,)
    return ()


def _is_hole(part: str) -> bool:
    """Tell whether a segment is unknown as a whole; what begins with act_ shows that it is an ad account."""
    return "{}" in part and not part.startswith("act_")


def _sources(rows: Iterable[Row]) -> Iterable[str]:
    for row in rows:
        if row.source.startswith("http"):
            yield row.source


def _notes(row: Row) -> Iterable[str]:
    names = " and ".join(row.all_of) or "no permission"
    if row.any_of:
        groups = " and ".join(" or ".join(sorted(group)) for group in row.any_of)
        names = f"{names} and one of {groups}" if row.all_of else groups
    if row.circumstance and row.kind in ("need", "none", "role"):
        yield f"{row.circumstance}: {names}"
    if row.bm_role:
        yield f"{' or '.join(row.bm_role)}, if the person's role came through the Business Manager"
    if row.note:
        yield row.note
