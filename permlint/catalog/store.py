"""The catalog in memory: reads the compiled JSON and answers what does not depend on a day."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from permlint.catalog.compiled import read_compiled
from permlint.catalog.model import (
    Broader,
    CatalogError,
    EdgeError,
    EdgeOperation,
    Endpoint,
    Feature,
    Field,
    Login,
    Misspelling,
    Permission,
    PermissionsEdge,
    Version,
)
from permlint.catalog.versions import parse_version
from permlint.catalog.view import CatalogView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from permlint.catalog.model import Api

# os.path: importing pathlib takes longer than reading the catalog.
HERE = os.path.dirname(os.path.abspath(__file__))
COMPILED = os.path.join(HERE, "data", "catalog.json")
OLD = dt.timedelta(days=365)
_SQUEEZE = str.maketrans("", "", " \t\r\n_-")


class DependencyTable(NamedTuple):
    """The direct dependencies that one copy of Meta's reference states; ``until`` is its last day."""

    id: str
    title: str
    source: str
    date: dt.date
    until: dt.date | None
    rows: Mapping[str, tuple[str, ...]]
    features: Mapping[str, tuple[str, ...]]
    accepted: Mapping[tuple[str, str], tuple[str, ...]]


class Catalog:
    """Everything that is known, each row with its source and date.

    ``date`` is the newest day that it speaks for, ``names`` every official name with its aliases, dead ones
    included.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take the compiled data; if it is damaged, all kinds of errors (``read`` wraps them)."""
        self.date: dt.date = _day(data["date"])
        self._permissions = {row["name"]: _permission(row) for row in data["permissions"]}
        self._aliases = {alias: p.name for p in self._permissions.values() for alias in p.aliases}
        self.names: frozenset[str] = frozenset(self._permissions) | frozenset(self._aliases)
        self._tables = tuple(_table(row) for row in data["dependencies"])
        self._logins = {row["id"]: _login(row, data["endpoints"]) for row in data["logins"]}
        self._versions: dict[str, tuple[Version, ...]] = {
            api: tuple(_version(row) for row in data["versions"] if row["api"] == api) for api in ("graph", "marketing")
        }
        self._misspellings = {row["text"]: Misspelling(**_plain(row)) for row in data["misspellings"]}
        self._features = tuple(Feature(**_plain(row)) for row in data["features"])
        self._feature_words = {
            _squeeze(word): feature for feature in self._features for word in (feature.name, *feature.aliases)
        }
        self._fields = {row["name"]: Field(**_plain(row)) for row in data["fields"]}
        self._broader = tuple(Broader(**_plain(row)) for row in data["broader"])
        self._edge = PermissionsEdge(
            statuses=tuple(row["name"] for row in data["edge_statuses"]),
            operations=tuple(EdgeOperation(**_plain(row)) for row in data["edge_operations"]),
            errors=tuple(EdgeError(**_plain(row)) for row in (*data["edge_errors"], *data["edge_general"])),
            words={row["text"]: row["status"] for row in data["edge_words"]},
        )

    def as_of(self, day: dt.date, graph_version: str | None = None) -> CatalogView:
        """Bind the catalog to a day and an app's Graph API version (default: the newest one living that day).

        Raises CatalogError if the version is not of the form vN.N; one that never existed is fine.
        """
        return CatalogView(self, day, graph_version)

    def age(self, day: dt.date) -> dt.timedelta:
        """Say how far behind a day the catalog is (negative if the day is earlier)."""
        return day - self.date

    def is_old(self, day: dt.date) -> bool:
        """Tell whether the catalog is more than a year behind a day."""
        return self.age(day) > OLD

    def canonical(self, name: str) -> str | None:
        """Give the name under which a permission stands, for its name or an alias; None if there is none."""
        return name if name in self._permissions else self._aliases.get(name)

    def permission(self, name: str) -> Permission | None:
        """Give the raw, undated record of a permission, by name or alias; None if there is no such name."""
        return self._permissions.get(self._aliases.get(name, name))

    def permissions(self) -> tuple[Permission, ...]:
        """Give every permission, dead ones included, sorted by name."""
        return tuple(self._permissions.values())

    def tables(self) -> tuple[DependencyTable, ...]:
        """Give the dated dependency tables, oldest first."""
        return self._tables

    def misspelling(self, text: str) -> Misspelling | None:
        """Give the row of a name that was never official, None if this is not a known one."""
        return self._misspellings.get(text)

    def misspellings(self) -> tuple[Misspelling, ...]:
        """Give every known name that was never official, sorted."""
        return tuple(self._misspellings.values())

    def feature(self, text: str) -> Feature | None:
        """Find a feature of App Review by its name, whatever its case, spaces, underscores and hyphens."""
        return self._feature_words.get(_squeeze(text))

    def features(self) -> tuple[Feature, ...]:
        """Give every feature of App Review, sorted by name."""
        return self._features

    def field(self, text: str) -> Field | None:
        """Give the well-known field of the User node that has this name, None if there is none."""
        return self._fields.get(text)

    def fields(self) -> tuple[Field, ...]:
        """Give every well-known field of the User node, sorted by name."""
        return tuple(self._fields.values())

    def narrower_than(self, name: str) -> tuple[Broader, ...]:
        """Give the relations in which this permission is the broader one."""
        return tuple(row for row in self._broader if row.broader == self.canonical(name))

    def edge(self) -> PermissionsEdge:
        """Give what is known of the permissions edge, GET and DELETE ``/{user-id}/permissions``."""
        return self._edge

    def logins(self) -> tuple[Login, ...]:
        """Give every way to ask for permissions, sorted by id."""
        return tuple(self._logins.values())

    def versioned_hosts(self) -> frozenset[str]:
        """Give the hosts whose paths may begin with a version of the Graph API."""
        logins = [login for login in self._logins.values() if login.versioned]
        dialogs = {place.host for login in logins for place in login.endpoints if "{version}" in place.path}
        return frozenset(dialogs.union(*[login.hosts for login in logins]))

    def login(self, id: str) -> Login:  # noqa: A002 - the public name of the key
        """Give one way to ask; raises CatalogError if there is none with this id."""
        try:
            return self._logins[id]
        except KeyError:
            raise CatalogError(f"no such login: {id!r} (there are {', '.join(self._logins)})") from None

    def group_of(self, login: str) -> str:
        """Give the family of the way to ask that has this id, "" if there is none with this id."""
        row = self._logins.get(login)
        return row.group if row is not None else ""

    def logins_at(self, host: str, path: str) -> tuple[Login, ...]:
        """Give the logins whose window opens at this host and path.

        Several logins can share a window (Facebook's; api.instagram.com): then the request itself has to tell
        them apart, by a ``config_id`` or by the words of its scope.
        """
        return tuple(
            login
            for login in self._logins.values()
            if any(place.kind == "authorize" and place.matches(host, path) for place in login.endpoints)
        )

    def versions(self, api: Api = "graph") -> tuple[Version, ...]:
        """Give every version of an API, oldest first."""
        return self._versions[api]

    def version(self, name: str, api: Api = "graph") -> Version | None:
        """Give one version or None. Raises CatalogError if the name is not of the form vN.N."""
        wanted = parse_version(name)
        return next((row for row in self._versions[api] if parse_version(row.name) == wanted), None)

    def suggest(self, text: str, n: int = 3) -> tuple[str, ...]:
        """Say what may have been meant, as of the catalog's own date: see ``CatalogView.suggest``."""
        return self.as_of(self.date).suggest(text, n)


_loaded: list[Catalog] = []


def load() -> Catalog:
    """Give the catalog that comes with permlint, read once per process.

    Raises CatalogError if it is missing or damaged.
    """
    if not _loaded:
        _loaded.append(read(COMPILED))
    return _loaded[0]


def read(path: str) -> Catalog:
    """Read a compiled catalog from a file. Raises CatalogError, naming the file, if that fails."""
    return read_compiled(path, "the catalog", Catalog)


def _squeeze(text: str) -> str:
    return text.casefold().translate(_SQUEEZE)


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


_DAYS = frozenset(
    {
        "date",
        "introduced",
        "seen",
        "deprecated",
        "deprecated_seen",
        "removed",
        "last_known",
        "closed",
        "released",
    }
    | {"expires", "until"},
)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Turn a row's day texts into dates and its lists into tuples."""
    return {
        key: _day(value) if key in _DAYS else tuple(value) if type(value) is list else value
        for key, value in row.items()
    }


def _permission(row: Mapping[str, Any]) -> Permission:
    return Permission(**_plain(row))


def _version(row: Mapping[str, Any]) -> Version:
    return Version(**{"expires": None, **_plain(row)})


def _login(row: Mapping[str, Any], endpoints: list[dict[str, Any]]) -> Login:
    fields = {"config_parameter": None, "closed": None, "note": None, **_plain(row)}
    for key in ("allows", "allows_names", "refuses", "refuses_names", "usual"):
        fields[key] = frozenset(fields.get(key, ()))
    fields["endpoints"] = tuple(
        Endpoint(**{key: value for key, value in _plain(place).items() if key != "login"})
        for place in endpoints
        if place["login"] == row["id"]
    )
    return Login(**fields)


def _table(row: Mapping[str, Any]) -> DependencyTable:
    return DependencyTable(
        id=row["id"],
        title=row["title"],
        source=row["source"],
        date=_day(row["date"]),
        until=_day(row["until"]) if "until" in row else None,
        rows={line["name"]: tuple(line["depends_on"]) for line in row["row"]},
        features={line["name"]: tuple(line["features"]) for line in row["row"] if "features" in line},
        accepted={
            (line["name"], dependency): tuple(others)
            for line in row["row"]
            for dependency, others in line.get("accepted", {}).items()
        },
    )
