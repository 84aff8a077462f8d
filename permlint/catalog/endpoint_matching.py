"""Matches rows with calls: which rows speak of a call, of its fields, and of what its path can stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from permlint.catalog.endpoint_conditions import state
from permlint.catalog.endpoint_nodes import Nodes
from permlint.catalog.endpoint_rows import read_row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from permlint.catalog.endpoint_rows import Row


class Call(NamedTuple):
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


class Matcher:
    """All rows, indexed by the last fixed word of their paths."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take the compiled data; if it is damaged, all kinds of errors (``read_endpoints`` wraps them)."""
        sources: list[str] = data["sources"]
        self.rows: tuple[Row, ...] = tuple(read_row(row, sources) for row in data["rows"])
        self.nodes = Nodes(data["nodes"], self.rows, data["index"].keys())
        self._index: dict[str, list[Row]] = {
            word: [self.rows[at] for at in places] for word, places in data["index"].items()
        }
        self._gives: dict[str, str] = data["gives"]
        self._signs: list[tuple[str, frozenset[str], frozenset[str]]] = [
            (sign.get("edge", ""), frozenset(sign["fields"]), frozenset(sign["nodes"])) for sign in data["signs"]
        ]
        self._user_fields = frozenset(data["nodes"]["user"]["fields"])

    def signed(self, call: Call) -> Call:
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

    def groups(self, call: Call) -> list[list[tuple[Row, bool]]]:
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

    def field_rows(self, call: Call) -> list[Row]:
        """Give the rows about single fields of what the call reads."""
        found = []
        words = [part for part in call.segments[1:] if part] if len(call.segments) > 1 else [""]
        for word in words:
            near = self._index.get(word, ())
            found += [row for row in near if self._is_field_row(row, call) and self._fits(row, call)]
        nodes = self.nodes_read(call) if len(call.segments) == 2 else None
        if nodes:
            inner = call._replace(segments=(None,), nodes=nodes, hinted=True)
            found += [row for row in self._index[""] if self._is_field_row(row, inner) and self._fits(row, inner)]
        return found

    def nodes_read(self, call: Call) -> frozenset[str] | None:
        """Say what the fields are of: the node itself, or what the edge gives."""
        if call.nodes is None or len(call.segments) == 1:
            return call.nodes
        if len(call.segments) != 2:
            return None
        gives = {self._gives.get(f"{node}/{call.segments[1]}") for node in call.nodes}
        gives.discard(None)
        return frozenset(node for node in gives if node) if len(gives) == 1 else None

    def _applies(self, row: Row, call: Call) -> bool | None:
        """Tell whether a row applies: True, perhaps (False), or not at all (None)."""
        if row.kind == "dead" or row.fields or not row.holds(call.day):
            return None
        if call.method not in (None, row.method) or call.host not in (None, *row.hosts):
            return None
        if not self._fits(row, call):
            return None
        sure = True
        for group in row.when:
            states = [state(condition, call.parameters, complete=call.complete) for condition in group]
            if all(one is False for one in states):
                return None
            sure = sure and any(states)
        return sure

    def _fits(self, row: Row, call: Call) -> bool:
        wanted, given = row.segments, call.segments
        if wanted and wanted[-1] == "*":
            return (
                len(given) > 1
                and call.nodes is not None
                and self.nodes.is_any_of(row.node, call.nodes)
                and given[-1] is not None
            )
        if len(wanted) != len(given):
            return False
        for at, (want, have) in enumerate(zip(wanted, given, strict=True)):
            if "{" not in want:
                if want != have:
                    return False
            elif at == 0 and not self.nodes.is_any_of(row.node, call.nodes):
                return False
        return not (wanted and "{" in wanted[0] and given[0] in self._index and len(given) == 1 and given[0] != "")

    def _narrow(self, groups: dict[tuple[str, str], list[tuple[Row, bool]]], call: Call) -> None:
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

    @staticmethod
    def _is_field_row(row: Row, call: Call) -> bool:
        return bool(
            row.fields
            and row.kind != "dead"
            and row.method in ("GET", call.method)
            and call.host in (None, *row.hosts)
            and row.holds(call.day)
        )


def _speaks(rows: list[tuple[Row, bool]]) -> bool:
    """Tell whether rows say something that could be certain."""
    return any(row.trusted and row.kind in ("need", "none", "role", "feature") for row, _ in rows)
