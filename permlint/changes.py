"""What changed between two states of an app: what it asks for and needs, and what each new permission brings along."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from permlint.verdicts import asked, needed

if TYPE_CHECKING:
    from permlint.app import App
    from permlint.places import Place


class Brought(NamedTuple):
    """A permission that is new.

    brings: what it depends on and was not asked for before. review: whether App Review looks at it. exists: on the day.
    """

    permission: str
    places: tuple[Place, ...]
    brings: tuple[str, ...] = ()
    review: bool = False
    exists: bool = True


class Change(NamedTuple):
    """What changed in one app. open: the source does not show all that is asked for, now or before."""

    app: str
    asked: tuple[Brought, ...] = ()
    no_longer_asked: tuple[str, ...] = ()
    needed: tuple[Brought, ...] = ()
    no_longer_needed: tuple[str, ...] = ()
    open: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.asked or self.no_longer_asked or self.needed or self.no_longer_needed)


def changes(before: Iterable[App], now: Iterable[App]) -> list[Change]:
    """The changes of each app, those that are new or gone included, in the order of the names."""
    old = {app.name: app for app in before if app.whole}
    new = {app.name: app for app in now if app.whole}
    return [_change(name, old.get(name), new.get(name)) for name in sorted({*old, *new})]


def _change(name: str, before: App | None, now: App | None) -> Change:
    had, has = _asked(before), _asked(now)
    needed_before, needed_now = _needed(before), _needed(now)
    return Change(
        name,
        tuple([_brought(now, one, has[one], had) for one in sorted(has.keys() - had.keys())] if now else ()),
        tuple(sorted(had.keys() - has.keys())),
        tuple(
            [_brought(now, one, needed_now[one], had) for one in sorted(needed_now.keys() - needed_before.keys())]
            if now
            else ()
        ),
        tuple(sorted(needed_before.keys() - needed_now.keys())),
        any(app.open for app in (before, now) if app is not None),
    )


def _asked(app: App | None) -> dict[str, tuple[Place, ...]]:
    out: dict[str, tuple[Place, ...]] = {}
    for (_, name), where in (asked(app) if app is not None else {}).items():
        out[name] = (*out.get(name, ()), *[scope.place for _, scope in where])
    for _, scope in app.scopes() if app is not None else ():
        if app is not None and app.catalog.catalog.canonical(scope.text) is None:
            out[scope.text] = (*out.get(scope.text, ()), scope.place)
    return out


def _needed(app: App | None) -> dict[str, tuple[Place, ...]]:
    """What an app needs, and the calls that need it, or need what depends on it."""
    found = needed(app) if app is not None else []
    calls = {one.permission: one.calls for one in found}
    return {
        one.permission: tuple(
            [
                call.place
                for name in ((one.permission,) if one.calls else one.dependency_of)
                for call in calls.get(name, ())
            ]
        )
        for one in found
    }


def _brought(app: App, name: str, places: tuple[Place, ...], had: Iterable[str]) -> Brought:
    view = app.catalog
    permission = view.catalog.permission(name)
    brings = [one for one in view.dependencies(name) if one not in had and not _is_automatic(app, one)]
    review = permission is not None and permission.review == "yes"
    return Brought(name, places, tuple(sorted(brings)), review, view.status(name).exists)


def _is_automatic(app: App, name: str) -> bool:
    permission = app.catalog.catalog.permission(name)
    return permission is not None and permission.automatic
