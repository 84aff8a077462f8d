"""The catalog as of a day and an app's Graph API version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.catalog.model import Status, VersionStatus
from permlint.catalog.versions import compare_versions, parse_version

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from permlint.catalog.model import Api, Permission, Version
    from permlint.catalog.store import Catalog, DependencyTable

SOON = 90


class CatalogView:
    """What holds on ``day`` for an app of ``graph_version``; made by ``Catalog.as_of``.

    A day of removal or expiry counts as removed or expired. Names may be aliases; answers are canonical
    names.
    """

    def __init__(self, catalog: Catalog, day: date, graph_version: str | None = None) -> None:
        """Bind a catalog; raises CatalogError if the version is not of the form vN.N."""
        if graph_version is not None:
            parse_version(graph_version)
        self.catalog = catalog
        self.day = day
        newest = None if graph_version else self.newest_version()
        self.graph_version: str | None = graph_version or (newest.name if newest else None)
        self._tables = _holding(catalog.tables(), day)

    # Permissions

    def status(self, name: str) -> Status:
        """Say how a permission stands; ``absent`` for a name that no permission has or had."""
        permission = self.catalog.permission(name)
        if permission is None:
            return Status("absent", name)
        first = permission.first_known
        if first is not None and self.day < first:
            return Status("future", permission.name, since=first)
        if permission.last_known is not None and self.day > permission.last_known:
            return Status("unknown", permission.name, since=permission.last_known)
        return self._end(permission)

    def permissions(self) -> tuple[Permission, ...]:
        """Give the permissions that exist that day (active, deprecated or unknown), sorted by name."""
        return tuple(p for p in self.catalog.permissions() if self.status(p.name).exists)

    def reference(self) -> tuple[Permission, ...]:
        """Give the permissions with a row in Meta's reference of that day; between two copies, in both."""
        wanted = {table.id for table in self._tables}
        return tuple(p for p in self.catalog.permissions() if wanted <= set(p.listed))

    def replacements(self, name: str) -> tuple[str, ...]:
        """Give what to ask for instead, followed to what lives that day in that version; often nothing."""
        return self._follow(name)[0]

    def replacement_chain(self, name: str) -> tuple[str, ...]:
        """Give the dead permissions that ``replacements`` passed on its way, the one asked about left out."""
        return self._follow(name)[1]

    def direct_dependencies(self, name: str) -> tuple[str, ...]:
        """Give what the reference of that day says it depends on; between two copies, what both say.

        What does not exist that day is left out: nobody can ask for it.
        """
        wanted = self.catalog.canonical(name) or name
        first, *others = (table.rows.get(wanted, ()) for table in self._tables)
        return tuple(dep for dep in first if all(dep in o for o in others) and self.status(dep).exists)

    def accepted(self, name: str, dependency: str) -> tuple[str, ...]:
        """Give what another page of Meta's asks for in place of a direct dependency of a permission."""
        wanted = self.catalog.canonical(name) or name
        return tuple(other for table in self._tables for other in table.accepted.get((wanted, dependency), ()))

    def dependencies(self, name: str, asked: Collection[str] = ()) -> Mapping[str, tuple[str, ...]]:
        """Give the whole closure: each permission with the shortest chain to it, itself last.

        A direct dependency has a chain of one; an implied one names what it is reached by. Where Meta's pages contradict
        each other, a dependency does not count if one of ``asked`` is what another page asks for in its place.
        """
        start = self.catalog.canonical(name) or name
        chains: dict[str, tuple[str, ...]] = {}
        edge: list[tuple[str, tuple[str, ...]]] = [(start, ())]
        for at, chain in edge:
            for dep in self.direct_dependencies(at):
                if dep not in asked and any(other in asked for other in self.accepted(at, dep)):
                    continue
                if dep != start and dep not in chains:
                    chains[dep] = (*chain, dep)
                    edge.append((dep, chains[dep]))
        return chains

    def feature_dependencies(self, name: str) -> tuple[str, ...]:
        """Give the features of App Review that it depends on besides, by the reference of that day."""
        wanted = self.catalog.canonical(name) or name
        first, *others = (table.features.get(wanted, ()) for table in self._tables)
        return tuple(feature for feature in first if all(feature in other for other in others))

    def dependents(self, name: str) -> tuple[str, ...]:
        """Give the existing permissions whose closure holds this one, sorted."""
        wanted = self.catalog.canonical(name) or name
        candidates = sorted({row for table in self._tables for row in table.rows})
        return tuple(c for c in candidates if wanted in self.dependencies(c) and self.status(c).exists)

    def can_ask(self, login_id: str, name: str) -> bool | None:
        """Tell whether a login may ask for a permission; None if that is not known (login and name included).

        Says nothing about the day: a closed login and a dead permission are told by ``Login.closed`` and
        ``status``.
        """
        permission = self.catalog.permission(name)
        login = next((login for login in self.catalog.logins() if login.id == login_id), None)
        return login.can_ask(permission) if login and permission else None

    def suggest(self, text: str, n: int = 3) -> tuple[str, ...]:
        """Say which permissions may have been meant, likeliest first, at most ``n``.

        A known misspelling comes first, then other spellings of a name, then names that look alike;
        permissions that live that day go before dead ones, which are offered only where nothing alive comes
        close.
        """
        plain = text.strip().strip("'\"").casefold().replace("-", "_").replace(" ", "_")
        row = self.catalog.misspelling(text) or self.catalog.misspelling(plain)
        found = dict.fromkeys(row.meant if row else ())
        alive = {name for name in self.catalog.names if self._lives(name)}
        found |= dict.fromkeys(self._near(plain, alive, n))
        living = [name for name in found if name in alive]
        if not living:
            begun = {name for name in self.catalog.names if self.status(name).kind != "future"}
            found |= dict.fromkeys(self._near(plain, begun, n))
        return tuple((living or list(found))[:n])

    # Versions

    def newest_version(self, api: Api = "graph") -> Version | None:
        """Give the newest version living that day; None before the first one."""
        living = self.living_versions(api)
        return living[-1] if living else None

    def living_versions(self, api: Api = "graph") -> tuple[Version, ...]:
        """Give the versions that answer that day, oldest first."""
        return tuple(
            version
            for version in self.catalog.versions(api)
            if version.released <= self.day and (version.expires is None or self.day < version.expires)
        )

    def version_status(self, name: str, api: Api = "graph") -> VersionStatus:
        """Say how a version stands that day; ``ends soon`` within 90 days, ``unknown`` if nobody heard of it.

        Raises CatalogError if the name is not of the form vN.N.
        """
        version = self.catalog.version(name, api)
        if version is None:
            return VersionStatus("unknown", api, name)
        left = (version.expires - self.day).days if version.expires else None
        dates = (version.released, version.expires, left)
        if self.day < version.released:
            return VersionStatus("future", api, version.name, *dates)
        if left is None or left > SOON:
            return VersionStatus("alive", api, version.name, *dates)
        return VersionStatus("ends soon" if left > 0 else "expired", api, version.name, *dates)

    # Inner

    def _end(self, permission: Permission) -> Status:
        """Say how one that has begun stands: its removal, its removal from versions, its announced end."""
        gone, last = permission.removed, None
        cut = permission.removed_version
        announced = permission.deprecated or permission.deprecated_seen
        if cut is not None:
            older = [v for v in self.catalog.versions() if compare_versions(v.name, cut) < 0]
            last = older[-1].name if older else None
            expired = max((v.expires for v in older if v.expires), default=None)
            gone = min(filter(None, (gone, expired)), default=None)
        told = (announced, permission.deprecated_version, gone, cut, last)
        if permission.is_removed and gone is None and cut is None:
            return Status("removed", permission.name, None, *told)
        if gone is not None and self.day >= gone:
            return Status("removed", permission.name, gone, *told)
        released = self.catalog.version(cut) if cut else None
        starts = min(filter(None, (announced, released.released if released else None)), default=None)
        if starts is None or self.day < starts:
            return Status("active", permission.name, permission.first_known)
        mine = self.graph_version
        lacks = cut is not None and mine is not None and compare_versions(mine, cut) >= 0
        return Status("deprecated", permission.name, starts, *told, version_lacks=lacks)

    def _lives(self, name: str) -> bool:
        status = self.status(name)
        return status.exists and not status.version_lacks

    def _follow(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give the living replacements and the dead ones on the way to them."""
        start = self.catalog.permission(name)
        living: dict[str, None] = {}
        dead: dict[str, None] = {}
        edge = list(start.replacements) if start else []
        for step in edge:
            known = self.catalog.permission(step)
            if known is None or step in living or step in dead or known is start:
                continue
            if self._lives(step):
                living[step] = None
            elif self.status(step).kind != "future":
                dead[step] = None
                edge.extend(known.replacements)
        return tuple(living), tuple(dead)

    def _near(self, text: str, names: set[str], n: int) -> list[str]:
        if text in names:
            return [text]
        if n < 1 or len(text) > 80:
            return []
        from difflib import get_close_matches  # only where something is wrong

        near = get_close_matches(text, sorted(names), n=n, cutoff=0.78)
        slips = [name for name in near if _is_slip(text, name)]
        return slips if len(slips) == 1 else near


def _is_slip(text: str, name: str) -> bool:
    """Whether one character is missing, too much or another one, or two are swapped."""
    while text and name and text[0] == name[0]:
        text, name = text[1:], name[1:]
    while text and name and text[-1] == name[-1]:
        text, name = text[:-1], name[:-1]
    return len(text) <= 1 >= len(name) or (len(text) == 2 and text == name[::-1])


def _holding(tables: tuple[DependencyTable, ...], day: date) -> tuple[DependencyTable, ...]:
    """Give the table that holds on a day, or the two between which it lies (sorted by date)."""
    later = next((i for i, table in enumerate(tables) if day < table.date), len(tables))
    if later == 0:
        return tables[:1]
    held = tables[later - 1]
    if later == len(tables) or held.until is None or day <= held.until:
        return (held,)
    return (held, tables[later])
