"""The rows of the catalog and its answers, as small frozen records.

They are named tuples and not dataclasses: those would more than double the time to load the catalog.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from typing import TypeAlias

    Api: TypeAlias = Literal["graph", "marketing"]
    StatusKind: TypeAlias = Literal["active", "deprecated", "removed", "unknown", "future", "absent"]
    VersionKind: TypeAlias = Literal["alive", "ends soon", "expired", "future", "unknown"]


class CatalogError(Exception):
    """The catalog can't be read, or was asked something senseless (a malformed version, say)."""


class Permission(NamedTuple):
    """One permission with its whole history; undated, so ask a CatalogView what holds on a day.

    ``introduced`` is a known beginning (``introduced_approximate`` is "month" where only the month is known),
    ``seen`` a day by which it existed. ``is_removed`` without ``removed`` and ``removed_version``: gone,
    nobody knows since when. ``without_call`` says why it may be needed though no call shows it. ``listed`` names the
    reference tables with a row for it. ``source`` and ``date``: where the row comes from.
    """

    name: str
    family: str
    summary: str
    source: str
    date: dt.date
    aliases: tuple[str, ...] = ()
    allowed_usage: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    introduced: dt.date | None = None
    introduced_version: str | None = None
    introduced_approximate: str | None = None
    seen: dt.date | None = None
    deprecated: dt.date | None = None
    deprecated_version: str | None = None
    deprecated_seen: dt.date | None = None
    is_removed: bool = False
    removed: dt.date | None = None
    removed_version: str | None = None
    last_known: dt.date | None = None
    replacements: tuple[str, ...] = ()
    scope_of: str | None = None
    graph: bool = True
    logins: tuple[str, ...] = ()
    review: Literal["yes", "no", "unknown"] = "unknown"
    automatic: bool = False
    everyday: bool = False
    confidence: Literal["high", "medium", "low"] = "medium"
    without_call: str | None = None
    note: str | None = None

    @property
    def first_known(self) -> dt.date | None:
        """The first day on which it is known to have existed."""
        return self.introduced or self.seen


class Misspelling(NamedTuple):
    """A name that was never a permission, and what was meant by it (nothing if nobody knows)."""

    text: str
    meant: tuple[str, ...]
    where: str
    source: str
    date: dt.date


class Feature(NamedTuple):
    """A feature of App Review: switched on for an app, never valid as a scope."""

    name: str
    summary: str
    source: str
    date: dt.date
    aliases: tuple[str, ...] = ()


class Field(NamedTuple):
    """A field of the User node that is mistaken for a scope; ``permission`` gives it, if any does."""

    name: str
    source: str
    date: dt.date
    permission: str | None = None


class Broader(NamedTuple):
    """Where only ``covers`` ("reading") is done, ``narrower`` is enough instead of ``broader``."""

    narrower: str
    broader: str
    covers: str
    source: str
    date: dt.date
    note: str | None = None


class Endpoint(NamedTuple):
    """A place of a login: its window (``authorize``) or where a code becomes a token (``token``).

    ``{version}`` in the path stands for a version of the Graph API.
    """

    kind: Literal["authorize", "token"]
    host: str
    path: str
    source: str
    date: dt.date
    legacy: bool = False
    note: str | None = None

    def matches(self, host: str, path: str) -> bool:
        """Tell whether a URL's host and path (no query, a trailing slash is fine) are this place."""
        if host.lower() != self.host:
            return False
        wanted, given = self.path.split("/"), path.rstrip("/").split("/")
        return len(wanted) == len(given) and all(
            (have[:1] == "v" and have[1:2].isdigit()) if want == "{version}" else want == have
            for want, have in zip(wanted, given, strict=True)
        )


class Login(NamedTuple):
    """A way to ask for permissions.

    Logins of one ``group`` share a dialog and the granted permissions; ``hosts`` are the API hosts their
    tokens are for. ``allows`` and ``refuses`` are families, the ``_names`` permissions; names go first, and
    what none of them holds is not known. ``usual``: families whose calls mostly run with tokens of this login.
    ``versioned``: whether a version in its addresses is the Graph API's. ``closed``: dead from that day on.
    """

    id: str
    name: str
    group: str
    hosts: tuple[str, ...]
    scope_parameters: tuple[str, ...]
    config_parameter: str | None
    separators: tuple[str, ...]
    allows: frozenset[str]
    allows_names: frozenset[str]
    refuses: frozenset[str]
    refuses_names: frozenset[str]
    endpoints: tuple[Endpoint, ...]
    closed: dt.date | None
    note: str | None
    source: str
    date: dt.date
    usual: frozenset[str] = frozenset()
    versioned: bool = True

    def can_ask(self, permission: Permission) -> bool | None:
        """Tell whether this login may ask for a permission; None if no source is sure.

        Days play no part: a closed login and a dead permission are told by ``closed`` and by the status.
        """
        if permission.name in self.refuses_names:
            return False
        if permission.name in self.allows_names or permission.family in self.allows:
            return True
        if permission.family in self.refuses:
            return False
        return True if self.id in permission.logins else None


class Version(NamedTuple):
    """A version of the Graph or the Marketing API; it no longer answers from ``expires`` on."""

    api: Api
    name: str
    released: dt.date
    expires: dt.date | None
    source: str
    date: dt.date
    note: str | None = None


class EdgeOperation(NamedTuple):
    """Something that the permissions edge of a user can do; any other method is refused there."""

    method: str
    host: str
    path: str
    summary: str
    result: str
    source: str
    date: dt.date


class EdgeError(NamedTuple):
    """An error that the permissions edge answers a method with; without a method, one that any endpoint may answer with.

    cure: what to do. retry: whether trying again later may help. subcode: None for the code alone.
    """

    code: int
    summary: str
    cure: str
    source: str
    date: dt.date
    method: str | None = None
    subcode: int | None = None
    retry: bool = False


class PermissionsEdge(NamedTuple):
    """The permissions edge of a user: the statuses a permission can have, what can be done, the errors.

    words: other words that people write for a status, with the status that is meant.
    """

    statuses: tuple[str, ...]
    operations: tuple[EdgeOperation, ...]
    errors: tuple[EdgeError, ...]
    words: dict[str, str]

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that have the edge."""
        return frozenset(row.host for row in self.operations)

    def meant(self, text: str) -> str | None:
        """The status that a text stands for which is none; None if nothing tells."""
        from difflib import get_close_matches  # only where a word is wrong

        near = get_close_matches(text, (*self.statuses, *self.words), 1, 0.8)
        return self.words.get(near[0], near[0]) if near else None

    def error(self, method: str, code: int, subcode: int | None = None) -> EdgeError | None:
        """What is known of an error: of its subcode if there is a row for it, else of the method's code, else of another's."""
        rows = [row for row in self.errors if row.code == code and row.subcode in (subcode, None)]
        return min(rows, key=lambda row: (row.subcode is None, row.method != method, row.method is None), default=None)


class VersionStatus(NamedTuple):
    """How a version stands on a day: ``unknown`` is one that the catalog never heard of."""

    kind: VersionKind
    api: Api
    name: str
    released: dt.date | None = None
    expires: dt.date | None = None
    days_left: int | None = None


class Status(NamedTuple):
    """How a permission stands on a day, for an app of some Graph API version.

    ``kind``: ``active``; ``deprecated`` (its end is announced, or ``version_lacks`` it while an older one
    still has it); ``removed`` (for every version); ``unknown`` (it was there once, what became of it nobody
    knows); ``future`` (introduced, or first seen, after the day); ``absent`` (no such name). ``since``: from
    when that holds, if known. ``announced``: when its end was announced, ``announced_in`` for which version.
    ``removed``: the day from which no version has it, past or to come. ``removed_in``: the first version
    without it, ``last_version`` the last one with it.
    """

    kind: StatusKind
    name: str
    since: dt.date | None = None
    announced: dt.date | None = None
    announced_in: str | None = None
    removed: dt.date | None = None
    removed_in: str | None = None
    last_version: str | None = None
    version_lacks: bool = False

    @property
    def exists(self) -> bool:
        """Whether an app may have it that day, whatever is announced: active, deprecated or unknown."""
        return self.kind in {"active", "deprecated", "unknown"}
