"""Rows of the table of endpoints: what one source says of one call, and under which conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


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


def read_row(row: Mapping[str, Any], sources: list[str]) -> Row:
    """Read a compiled row. ``sources``: those that rows name by number. All kinds of errors if it is damaged."""
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
