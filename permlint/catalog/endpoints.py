"""What Graph API calls need: the endpoints of ``data/endpoints_*.toml``, matched with the calls of a program.

``load_endpoints()`` reads the compiled table when the first call is looked at; ``Endpoints.needs`` says what one call
needs. Trust is three-valued: *certain* is what every source of high or medium confidence that applies asks for,
*used* is what any source asks for, and a call of which no source speaks is not known.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from permlint.catalog.compiled import read_compiled
from permlint.catalog.endpoint_clauses import agreed, alternatives, both, clauses_of, leading
from permlint.catalog.endpoint_paths import first_level, normalise_path, parse_fields
from permlint.catalog.hosts import FAMILIES, ME, SAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from permlint.catalog.endpoint_clauses import Clauses
    from permlint.catalog.view import CatalogView

__all__ = [
    "Against",
    "Condition",
    "Endpoints",
    "Needs",
    "Row",
    "describe_endpoint",
    "describe_row",
    "endpoints_of",
    "load_endpoints",
    "normalise_path",
    "parse_fields",
    "read_endpoints",
]

HERE = os.path.dirname(os.path.abspath(__file__))
COMPILED = os.path.join(HERE, "data", "endpoints.json")
DEEPEST = 3

ANY_ME = frozenset[str]().union(*ME.values())
# What names of variables have around the word that counts.
BEFORE = frozenset({"config", "current", "default", "env", "my", "self", "settings", "target", "test", "the", "your"})
BEHIND = frozenset({"id", "ids", "key", "node", "number", "pk", "str", "uid", "value"})


class Condition(NamedTuple):
    """A condition on one parameter: it is there or not, has one of some values, holds a text, or is an address.

    ``default``: also true where the parameter is absent. ``inside``: the parameter that may hold it.
    """

    param: str
    present: bool | None = None
    values: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    url: bool = False
    default: bool = False
    inside: str | None = None

    @property
    def is_guard(self) -> bool:
        """Whether it only says that something else is absent, so that its row is no special case."""
        return self.present is False

    def __str__(self) -> str:
        """Say it for a person."""
        if self.present is not None:
            return f"{'with' if self.present else 'without'} {self.param}"
        if self.url:
            return f"{self.param} is an address"
        if self.values:
            return f"{self.param} is {' or '.join(self.values)}"
        return f"{self.param} holds {' or '.join(self.contains)}"


class Against(NamedTuple):
    """What another source says that was not followed; it counts as a possible use."""

    all_of: tuple[str, ...]
    note: str
    source: str
    date: str


class Row(NamedTuple):
    """What one source says of one call; ``endpoints_nodes.toml`` explains each key.

    ``when`` holds groups of conditions: one of each group holds. ``sure`` None: all of it is. ``date`` is a day as
    written, as are those of ``also`` (source, date).
    """

    hosts: tuple[str, ...]
    method: str
    path: str
    kind: str
    all_of: tuple[str, ...]
    any_of: tuple[frozenset[str], ...]
    sure: tuple[str, ...] | None
    fields: tuple[str, ...]
    when: tuple[tuple[Condition, ...], ...]
    circumstance: str | None
    token: tuple[str, ...]
    tasks: tuple[str, ...]
    or_feature: tuple[str, ...]
    and_feature: tuple[str, ...]
    bm_role: tuple[str, ...]
    confidence: str
    since: str | None
    until: str | None
    note: str | None
    source: str
    date: str
    also: tuple[tuple[str, str], ...]
    against: tuple[Against, ...]
    segments: tuple[str, ...]
    node: str | None

    @property
    def trusted(self) -> bool:
        """Whether its confidence suffices to call a permission missing."""
        return self.confidence != "low"

    @property
    def named(self) -> frozenset[str]:
        """Every permission that it names, those not followed included."""
        groups = (self.all_of, self.bm_role, *self.any_of, *(other.all_of for other in self.against))
        return frozenset(name for group in groups for name in group)

    @property
    def endpoint(self) -> str:
        """The call as people write it, such as ``GET /{page-id}/feed``."""
        return f"{self.method} {self.path}"

    def holds(self, day: str) -> bool:
        """Tell whether it held on a day (as written, YYYY-MM-DD)."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


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


class _Call(NamedTuple):
    """A call in the form that rows are matched with; ``nodes`` None: the first segment can be any node."""

    host: str | None
    method: str | None
    segments: tuple[str | None, ...]
    nodes: frozenset[str] | None
    hinted: bool
    fields: tuple[str, ...] | None
    parameters: Mapping[str, str | None] | None
    complete: bool
    day: str


class Endpoints:
    """All rows, indexed by the last fixed word of their paths; made by ``load_endpoints``."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take the compiled data; if it is damaged, all kinds of errors (``read_endpoints`` wraps them)."""
        sources: list[str] = data["sources"]
        self.rows: tuple[Row, ...] = tuple(_row(row, sources) for row in data["rows"])
        self._index: dict[str, list[Row]] = {
            word: [self.rows[at] for at in places] for word, places in data["index"].items()
        }
        self._titles: dict[str, str] = {name: node["title"] for name, node in data["nodes"].items()}
        self._gives: dict[str, str] = data["gives"]
        self._depends: dict[str, list[str]] = data["depends"]
        self._signs: list[tuple[str, frozenset[str], frozenset[str]]] = [
            (sign.get("edge", ""), frozenset(sign["fields"]), frozenset(sign["nodes"])) for sign in data["signs"]
        ]
        self._above = {name: _above(name, data["nodes"]) for name in data["nodes"]}
        self._user_fields = frozenset(data["nodes"]["user"]["fields"])
        self._words: dict[str, list[str]] = {}
        self._elsewhere: dict[str, list[str]] = {}
        self._classes: dict[str, str] = {}
        for name, node in data["nodes"].items():
            for word in node.get("words", ()):
                self._words.setdefault(word, []).append(name)
            for word in node.get("elsewhere", ()):
                self._elsewhere.setdefault(word, []).append(name)
            self._classes |= dict.fromkeys(node.get("classes", ()), name)
        self._hosts: dict[str | None, set[str]] = {}
        for row in self.rows:
            self._hosts.setdefault(row.node, set()).update(row.hosts)

    # Names of nodes

    def node_kinds(self, name: str, host: str | None = None) -> frozenset[str]:
        """Say what kinds of node a name may stand for at a host; nothing if it says nothing, as ``id`` does.

        The name can be a kind (``ig-user``), a class of the SDK, a variable (``fb_page_id``, ``igUserId``,
        ``settings.PAGE_ID``) or a placeholder (``{page-id}``).
        """
        if name in self._classes:
            return frozenset({self._classes[name]})
        if name in self._titles:
            return frozenset({name})
        if _is_class(name):
            return frozenset()
        for word in _words_of(name):
            found = frozenset(self._words.get(word, ()))
            if host not in (None, "graph.facebook.com"):
                found |= frozenset(self._elsewhere.get(word, ()))
            if host is not None:
                found = frozenset(node for node in found if host in self._hosts.get(node, ()))
            if found:
                return found
        return frozenset()

    def title(self, node: str) -> str:
        """Say for people what a kind of node is, such as "an ad account"."""
        return self._titles.get(node, node)

    # What a call needs

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
        first segment is, as ``node_kinds`` takes it, or several where it is one of them; ignored if it says nothing.
        """
        name = SAME.get(host.lower(), host.lower()) if host else None
        parts = _parts(segments, parameters or {})
        hints = (node,) if isinstance(node, str) else tuple(node or ())
        nodes, hinted = self._first(name, parts, hints)
        call = _Call(
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
        needs = self._needs(call, DEEPEST)
        if not needs.rows and hints and self._classes.keys().isdisjoint(hints) and call.segments[:1] == (None,):
            # Of the node that the variable's name tells of no source knows this edge: what it may use, but no need.
            needs = self._needs(call._replace(nodes=None, hinted=False), DEEPEST)
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

    # Reading the call

    def _first(
        self, host: str | None, parts: tuple[str | None, ...], hints: tuple[str, ...]
    ) -> tuple[frozenset[str] | None, bool]:
        """Say what the first segment can be, and whether that is one thing for sure."""
        hint = frozenset[str]().union(*(self.node_kinds(name, host) for name in hints))
        first = parts[0] if parts else None
        if first == "me":
            possible = ME[FAMILIES[host]] if host in FAMILIES else ANY_ME
            possible = hint & possible or possible
            return possible, len(possible) == 1
        if first is not None and first.startswith("act_"):
            return frozenset({"ad-account"}), True
        if hint:
            return hint, len(hint) == 1
        if first is None or first.isdigit() or "{}" in first or first in self._index:
            return None, False
        if first.replace("_", "").isdigit():
            return frozenset({"post"}), True
        said = self.node_kinds(first, host)
        if said:
            return said, len(said) == 1
        # A name where an id stands: a placeholder, or a Page's own name, which nothing else has.
        plain = first.isascii() and first.replace(".", "").isalnum() and not first.isupper()
        return (frozenset({"page"}), True) if plain and host in (None, "graph.facebook.com") else (None, False)

    # Matching

    def _needs(self, call: _Call, depth: int) -> Needs:
        call = self._signed(call)
        groups = self._groups(call)
        kinds = {rows[0][0].node or "" for rows in groups} - {""}
        base, unless = self._certain(groups)
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

    def _signed(self, call: _Call) -> _Call:
        """Narrow what the node can be by fields that only some nodes have."""
        if call.hinted or call.fields is None or call.method not in (None, "GET") or not call.segments:
            return call
        if call.segments[0] is not None and call.segments[0] in self._index and call.nodes is None:
            return call
        edge = (call.segments[1] or "") if len(call.segments) > 1 else ""
        if len(call.segments) > 2:
            return call
        asked = {field.partition(".")[0] for field in call.fields}
        possible = call.nodes
        for at, names, nodes in self._signs:
            if at == edge and not asked.isdisjoint(names):
                left = nodes if possible is None else possible & nodes
                possible = left or possible
        if call.segments == ("me",) and possible is not None and "user" in possible and call.host is not None:
            # A Page's token can stand behind me as well, but then it is not only a person's fields that are read.
            possible = frozenset({"user"}) if asked <= self._user_fields else possible
        if possible == call.nodes:
            return call
        return call._replace(nodes=possible, hinted=possible is not None and len(possible) == 1)

    def _groups(self, call: _Call) -> list[list[tuple[Row, bool]]]:
        """Give the rows that apply, by path and host; beside each whether it certainly applies, not only perhaps."""
        if not call.segments:
            words = [""]
        elif len(call.segments) == 1:
            words = ["", call.segments[0] or ""]
        else:
            words = [part for part in call.segments if part]
            words += ["*"] if call.nodes is not None else []
        groups: dict[tuple[str, str], list[tuple[Row, bool]]] = {}
        for word in dict.fromkeys(words):
            for row in self._index.get(word, ()):
                applies = self._applies(row, call)
                if applies is not None:
                    groups.setdefault((row.hosts[0], row.path), []).append((row, applies))
        self._narrow(groups, call)
        return list(groups.values())

    def _applies(self, row: Row, call: _Call) -> bool | None:
        """Tell whether a row applies: True, perhaps (False), or not at all (None)."""
        if row.kind == "dead" or row.fields or not row.holds(call.day):
            return None
        if call.method not in (None, row.method) or call.host not in (None, *row.hosts):
            return None
        if not self._fits(row, call):
            return None
        sure = True
        for group in row.when:
            states = [_state(condition, call.parameters, complete=call.complete) for condition in group]
            if all(state is False for state in states):
                return None
            sure = sure and any(states)
        return sure

    def _fits(self, row: Row, call: _Call) -> bool:
        wanted, given = row.segments, call.segments
        if wanted and wanted[-1] == "*":
            return len(given) > 1 and call.nodes is not None and self._is_node(row.node, call) and given[-1] is not None
        if len(wanted) != len(given):
            return False
        for at, (want, have) in enumerate(zip(wanted, given, strict=True)):
            if "{" not in want:
                if want != have:
                    return False
            elif at == 0 and not self._is_node(row.node, call):
                return False
        return not (wanted and "{" in wanted[0] and given[0] in self._index and len(given) == 1 and given[0] != "")

    def _is_node(self, node: str | None, call: _Call) -> bool:
        if call.nodes is None or node is None:
            return True
        return any(
            node == kind or node in self._above.get(kind, ()) or kind in self._above.get(node, ())
            for kind in call.nodes
        )

    def _narrow(self, groups: dict[tuple[str, str], list[tuple[Row, bool]]], call: _Call) -> None:
        """Drop what something closer stands in for: rules of a whole node, kinds of kinds, and app tokens."""
        close = [key for key, rows in groups.items() if "*" not in key[1] and _speaks(rows)]
        if close:
            for key in [key for key in groups if "*" in key[1]]:
                del groups[key]
        elif any("*" not in key[1] for key in groups):
            # Only weak rows: the general rule says what is certain, they say what may be used.
            for key in [key for key in groups if "*" not in key[1]]:
                if any(row.kind == "unstated" for row, _ in groups[key]):
                    for other in [other for other in groups if "*" in other[1]]:
                        del groups[other]
                    break
        if call.nodes is not None and call.hinted:
            nodes = {rows[0][0].node for rows in groups.values()}
            exact = nodes & call.nodes
            if exact:
                for key in [key for key, rows in groups.items() if rows[0][0].node not in exact and "*" not in key[1]]:
                    del groups[key]
        if len(groups) > 1 and not call.hinted:
            apps = [key for key, rows in groups.items() if all(row.token == ("app",) for row, _ in rows)]
            if len(apps) < len(groups):
                for key in apps:
                    del groups[key]

    # Weighing

    def _certain(self, groups: list[list[tuple[Row, bool]]]) -> tuple[Clauses, frozenset[str]]:
        """Say what is certain: what all nodes that it may be agree on; and the features that do instead."""
        weighed: list[Clauses] = []
        guarded: list[Clauses] = []
        unless: set[str] = set()
        ruled = any(_is_rule(rows) for rows in groups)
        for rows in groups:
            clauses, lifted = _weigh(rows, self._depends)
            if clauses is not None:
                weighed.append(clauses)
                unless |= lifted
                continue
            doubtful, _ = _weigh([(row._replace(confidence="medium"), sure) for row, sure in rows], self._depends)
            if not ruled:
                guarded.append(doubtful or frozenset())
        if not weighed:
            return frozenset(), frozenset()
        certain = agreed(weighed)
        certain = frozenset(one for one in certain if all(any(own <= one for own in part) for part in guarded))
        return certain, frozenset(unless if certain else ())

    # Fields

    def _of_fields(self, call: _Call, depth: int) -> tuple[Clauses, list[Row], bool, frozenset[str]]:
        """Say what fields need besides: certain clauses, rows, whether any field was told of, features instead."""
        rows: list[Row] = []
        certain: Clauses = frozenset()
        unless: frozenset[str] = frozenset()
        told = False
        own = self._field_rows(call)
        if call.fields is None:
            return certain, list(own), False, unless
        nodes = self._nodes_read(call)
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
            parts = [_weigh(group, self._depends) for group in by_node.values()]
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
            if edge.known and not _ruled_rows(edge.rows):
                rows += edge.rows
                certain = both(certain, frozenset(frozenset({one}) for one in edge.all_of) | frozenset(edge.any_of))
                unless |= frozenset(edge.unless)
        return certain, rows, told, unless

    def _nodes_read(self, call: _Call) -> frozenset[str] | None:
        """Say what the fields are of: the node itself, or what the edge gives."""
        if call.nodes is None or len(call.segments) == 1:
            return call.nodes
        if len(call.segments) != 2:
            return None
        gives = {self._gives.get(f"{node}/{call.segments[1]}") for node in call.nodes}
        gives.discard(None)
        return frozenset(node for node in gives if node) if len(gives) == 1 else None

    def _field_rows(self, call: _Call) -> list[Row]:
        """Give the rows about single fields of what the call reads."""
        found = []
        words = [part for part in call.segments[1:] if part] if len(call.segments) > 1 else [""]
        for word in words:
            near = self._index.get(word, ())
            found += [row for row in near if self._is_field_row(row, call) and self._fits(row, call)]
        nodes = self._nodes_read(call) if len(call.segments) == 2 else None
        if nodes:
            inner = call._replace(segments=(None,), nodes=nodes, hinted=True)
            found += [row for row in self._index[""] if self._is_field_row(row, inner) and self._fits(row, inner)]
        return found

    @staticmethod
    def _is_field_row(row: Row, call: _Call) -> bool:
        return bool(
            row.fields
            and row.kind != "dead"
            and row.method in ("GET", call.method)
            and call.host in (None, *row.hosts)
            and row.holds(call.day)
        )


_loaded: list[Endpoints] = []


def load_endpoints() -> Endpoints:
    """Give the endpoints that come with permlint, read once per process.

    Raises CatalogError if the file is missing or damaged.
    """
    if not _loaded:
        _loaded.append(read_endpoints(COMPILED))
    return _loaded[0]


def read_endpoints(path: str) -> Endpoints:
    """Read compiled endpoints from a file. Raises CatalogError, naming the file, if that fails."""
    return read_compiled(path, "the table of endpoints", Endpoints)


def describe_endpoint(view: CatalogView, text: str) -> dict[str, Any]:
    """Describe a call written as ``GET /me/accounts?fields=name`` as of the view's day: JSON-ready data.

    Without a method it is GET; without a host all hosts are looked at. What is written stands for the whole call:
    parameters that it lacks are absent.
    """
    method, _, rest = text.strip().partition(" ")
    if not rest:
        method, rest = "GET", method
    path = normalise_path(rest)
    parameters = {key: value for key, value in path.parameters.items() if key != "fields"}
    wanted = path.parameters.get("fields", "")
    needs = load_endpoints().needs(
        host=path.host,
        method=method,
        segments=tuple(_as_segment(part) for part in path.segments),
        fields=None if wanted is None else parse_fields(wanted),
        parameters=parameters,
        complete=True,
        node=path.segments[0] if path.segments else None,
        day=view.day,
    )
    return {
        "asked": text,
        "method": method.upper(),
        "host": path.host,
        "path": "/" + "/".join("{}" if part is None else part for part in path.segments),
        "as_of": view.day.isoformat(),
        "known": needs.known,
        "needs": {"all_of": sorted(needs.all_of), "any_of": [sorted(group) for group in needs.any_of]}
        if needs.known
        else None,
        "may_use": sorted(needs.used - needs.all_of),
        "unless": list(needs.unless),
        "features": list(needs.features),
        "conditions": list(needs.conditions),
        "rows": [describe_row(row) for row in needs.rows],
    }


def describe_row(row: Row) -> dict[str, Any]:
    """Describe a row: JSON-ready data."""
    return {
        "hosts": list(row.hosts),
        "method": row.method,
        "path": row.path,
        "kind": row.kind,
        "all_of": list(row.all_of),
        "any_of": [sorted(group) for group in row.any_of],
        "fields": list(row.fields),
        "when": [" or ".join(map(str, group)) for group in row.when],
        "circumstance": row.circumstance,
        "features_instead": list(row.or_feature),
        "features_besides": list(row.and_feature),
        "tasks": list(row.tasks),
        "token": list(row.token),
        "confidence": row.confidence,
        "note": row.note,
        "sources": [{"url": row.source, "date": row.date}, *({"url": url, "date": day} for url, day in row.also)],
        "against": [
            {"all_of": list(other.all_of), "note": other.note, "url": other.source, "date": other.date}
            for other in row.against
        ],
    }


def endpoints_of(permission: str, day: dt.date | None = None) -> tuple[Row, ...]:
    """Give the rows that need a permission: see ``Endpoints.endpoints_of``."""
    return load_endpoints().endpoints_of(permission, day)


# Inner


def _weigh(
    rows: Iterable[tuple[Row, bool]], depends: Mapping[str, Sequence[str]]
) -> tuple[Clauses | None, frozenset[str]]:
    """Weigh the rows of one path: the certain clauses (None: no row that could say), and the features instead.

    Rows whose conditions hold stand in for those without any; rows that may apply are further alternatives.
    """
    plain: list[Row] = []
    special: dict[str, list[Row]] = {}
    perhaps: list[Row] = []
    for row, sure in rows:
        if not row.trusted:
            continue
        marks = [str(condition) for group in row.when for condition in group if not condition.is_guard]
        if not sure:
            perhaps.append(row)
        elif marks:
            special.setdefault(" ".join(marks), []).append(row)
        else:
            plain.append(row)
    sets = list(special.values()) if special else [plain + perhaps]
    certain: Clauses = frozenset()
    unless: set[str] = set()
    said = False
    for part in sets:
        clauses, lifted = _settle(part, depends)
        if clauses is not None:
            said = True
            certain = both(certain, clauses)
            unless |= lifted
    return (certain if said else None), frozenset(unless)


def _settle(rows: list[Row], depends: Mapping[str, Sequence[str]]) -> tuple[Clauses | None, frozenset[str]]:
    """Settle the alternatives of one path under one set of conditions."""
    said = [row for row in rows if row.kind in ("need", "none", "role")]
    unless = {feature for row in rows if row.kind == "feature" for feature in (*row.or_feature, *row.and_feature)}
    unless |= {feature for row in said for feature in row.or_feature}
    if any(row.kind == "inherits" for row in rows):
        return (frozenset() if said else None), frozenset()
    if not said:
        return (frozenset() if unless else None), frozenset(unless)
    stated = [clauses_of(row.all_of, row.any_of) for row in said]
    firm = frozenset().union(*(part for row, part in zip(said, stated, strict=True) if row.sure is None))
    sure = [part if row.sure is None else clauses_of(row.sure, ()) for row, part in zip(said, stated, strict=True)]
    common = agreed(stated) & firm
    return both(alternatives([leading(part, common, depends) for part in sure]), common), frozenset(unless)


def _speaks(rows: list[tuple[Row, bool]]) -> bool:
    """Tell whether rows say something that could be certain."""
    return any(row.trusted and row.kind in ("need", "none", "role", "feature") for row, _ in rows)


def _is_rule(rows: list[tuple[Row, bool]]) -> bool:
    """Tell whether it is a rule of a whole node: it says what is certain where the rows of an edge are weak."""
    return rows[0][0].segments[-1:] == ("*",)


def _ruled_rows(rows: Iterable[Row]) -> bool:
    return all(row.segments[-1:] == ("*",) for row in rows)


def _root(call: _Call, groups: list[list[tuple[Row, bool]]]) -> bool:
    """Tell whether the path is a word of its own, such as /search, and no node."""
    return any(rows[0][0].node is None for rows in groups) or not call.segments


def _state(condition: Condition, parameters: Mapping[str, str | None] | None, *, complete: bool) -> bool | None:
    """Tell whether a condition holds; None if that can't be known."""
    if parameters is None:
        return None
    there, value = _look_up(condition, parameters)
    if there is False and not complete:
        return None
    if there is None:
        return None
    if condition.present is not None:
        return there is condition.present
    if not there:
        return condition.default
    if value is None:
        return None
    text = value.casefold()
    if condition.url:
        return ":" in text or "." in text or "/" in text or ("{}" in text and None)
    if condition.values:
        return text in condition.values or ("{}" in text and None)
    return any(part.casefold() in text for part in condition.contains) or ("{}" in text and None)


def _look_up(condition: Condition, parameters: Mapping[str, str | None]) -> tuple[bool | None, str | None]:
    """Say whether a parameter is there (None: unknown) and its value; ``recipient.id`` looks into recipient too."""
    name = condition.param
    if name in parameters:
        return True, parameters[name]
    outer, dot, inner = name.partition(".")
    holder = outer if dot else condition.inside
    if holder is None or holder not in parameters:
        return False, None
    if any(key.startswith(f"{holder}.") for key in parameters):
        return False, None
    text = parameters[holder]
    if text is None or "{}" in text:
        return (True, None) if text is not None and f'"{inner or name}"' in text else (None, None)
    if f'"{inner or name}"' not in text and f"'{inner or name}'" not in text:
        return False, None
    return True, text if condition.contains or condition.present is not None else _value_in(text, inner or name)


def _value_in(text: str, name: str) -> str | None:
    """Find the text value of a key in JSON, None if that can't be read."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    for entry in data if isinstance(data, list) else [data]:
        if isinstance(entry, dict) and isinstance(entry.get(name), str):
            return str(entry[name])
    return None


def verb_of(method: str | None, parameters: Mapping[str, str | None]) -> str | None:
    """Give the method that counts: a parameter of that name replaces the request's own; None if it is not known."""
    verb = method.upper() if method else None
    if "method" in parameters:
        override = (parameters["method"] or "").upper()
        if override in ("DELETE", "GET", "POST") or not override:
            return override or None
    return {"PUT": "POST", "PATCH": "POST", "HEAD": "GET"}.get(verb, verb) if verb else None


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


def _is_class(name: str) -> bool:
    """Tell whether a name is written as classes are, and not as variables or constants are."""
    return name[:1].isupper() and name.isalnum() and not name.isupper() and not name.lower().endswith("id")


def _words_of(name: str) -> Iterable[str]:
    """Give what a name may mean, likeliest first: ``igUserId`` is ``ig_user_id``, then ``ig_user``."""
    text = "".join(sign if sign.isalnum() else "_" for sign in name)
    snake = "".join(
        f"_{sign}" if sign.isupper() and at and (text[at - 1].islower() or text[at - 1].isdigit()) else sign
        for at, sign in enumerate(text)
    ).lower()
    words = [word for word in snake.split("_") if word]
    whole = words
    while whole and whole[0] in BEFORE:
        whole = whole[1:]
    for start in (words, whole):
        left = start
        while left:
            yield "_".join(left)
            if left[-1] not in BEHIND:
                break
            left = left[:-1]
        if whole is words:
            break
    # app_page_id: the last two words, then the last, if there are more in front.
    left = whole
    while left and left[-1] in BEHIND:
        left = left[:-1]
    for count in (3, 2, 1):
        if len(left) > count:
            yield "_".join(left[-count:])


def _is_hole(part: str) -> bool:
    """Tell whether a segment is unknown as a whole; what begins with act_ shows that it is an ad account."""
    return "{}" in part and not part.startswith("act_")


def _as_segment(part: str | None) -> str | None:
    """Read a placeholder that a person writes, such as {page-id}, as unknown."""
    if part is None or part.startswith("act_"):
        return part
    return None if part[:1] in "{<:" else part


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


def _above(name: str, nodes: Mapping[str, Any]) -> frozenset[str]:
    """Give all that a node is besides itself."""
    found: set[str] = set()
    todo = [name]
    while todo:
        for other in nodes[todo.pop()].get("is", ()):
            if other not in found:
                found.add(other)
                todo.append(other)
    return frozenset(found)


def _condition(data: Mapping[str, Any]) -> Condition:
    return Condition(
        data["param"],
        data.get("present"),
        tuple(data.get("is", ())),
        tuple(data.get("contains", ())),
        data.get("url", False),
        data.get("default", False),
        data.get("inside"),
    )


def _row(row: Mapping[str, Any], sources: list[str]) -> Row:
    get = row.get
    path: str = row["path"]
    segments = tuple(part for part in path.split("/") if part) if path.startswith("/") else ()
    first = segments[0] if segments else ""
    sure = get("sure")
    return Row(
        tuple(row["hosts"]),
        row["method"],
        path,
        row["kind"],
        tuple(get("all_of", ())),
        tuple(map(frozenset, get("any_of", ()))),
        None if sure is None else tuple(sure),
        tuple(get("fields", ())),
        tuple(tuple(map(_condition, one.get("any", (one,)))) for one in get("when", ())),
        get("circumstance"),
        tuple(get("token", ())),
        tuple(get("tasks", ())),
        tuple(get("or_feature", ())),
        tuple(get("and_feature", ())),
        tuple(get("bm_role", ())),
        row["confidence"],
        get("since"),
        get("until"),
        get("note"),
        sources[row["source"]],
        row["date"],
        tuple((sources[entry["source"]], entry["date"]) for entry in get("also", ())),
        tuple(
            Against(tuple(entry["all_of"]), entry["note"], sources[entry["source"]], entry["date"])
            for entry in get("against", ())
        ),
        segments,
        first[first.index("{") + 1 : -1].removesuffix("-id") if "{" in first else None,
    )
