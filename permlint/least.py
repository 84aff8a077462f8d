"""The smallest list of scopes that covers what an app's calls certainly need, by family of logins."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from permlint.verdicts import asked, uses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from permlint.app import App
    from permlint.needs import CallNeeds

_EXACT = 3
_MOST_OPTIONS = 16


@dataclass(frozen=True, slots=True)
class Least:
    """The smallest list for one family of logins.

    scopes: what calls certainly need or the config declares as needed, with its dependencies, sorted; nothing that every
    app has by itself. kept_out: what is asked for and left out though it may be used, with the reason. unresolved: how many
    calls might need more.
    """

    group: str
    scopes: tuple[str, ...]
    kept_out: tuple[tuple[str, str], ...] = ()
    unresolved: int = 0


def least(app: App) -> list[Least]:
    """The smallest list for each family of logins that the app uses or asks in.

    Of a choice the smallest list counts, then the narrower permission, then what is asked for already.
    """
    requested: dict[str, set[str]] = {}
    for group, name in asked(app):
        requested.setdefault(group, set()).add(name)
    certain: dict[str, set[str]] = {group: set() for group in requested}
    choices: dict[str, list[frozenset[str]]] = {}
    for one in app.needs.calls:
        for name in one.all_of:
            for group in _groups(app, name, one.group, requested):
                certain.setdefault(group, set()).add(name)
        for choice in one.any_of:
            for group in _groups(app, min(choice, default=""), one.group, requested):
                certain.setdefault(group, set())
                choices.setdefault(group, []).append(choice)
    for name in app.declared_needs:
        for group in _groups(app, app.catalog.catalog.canonical(name) or name, "", requested):
            certain.setdefault(group, set()).add(app.catalog.catalog.canonical(name) or name)
    out = []
    for group, names in sorted(certain.items(), key=lambda item: (not item[0], item[0])):
        scopes = _solved(app, names, choices.get(group, []), requested.get(group, set()))
        kept_out = _kept_out(app, group, scopes)
        unresolved = len(app.needs.unresolved(group)) if group else 0
        if scopes or kept_out or group in requested:
            out.append(Least(group, tuple(sorted(scopes)), tuple(sorted(kept_out.items())), unresolved))
    return out


def _groups(app: App, name: str, group: str, requested: Mapping[str, set[str]]) -> tuple[str, ...]:
    """The families of logins in which a permission has to be asked for."""
    if group:
        return (group,)
    asking = tuple(family for family, names in sorted(requested.items()) if name in names)
    if asking:
        return asking
    permission = app.catalog.catalog.permission(name)
    able = sorted(
        {login.group for login in app.catalog.catalog.logins() if permission and login.id in permission.logins}
    )
    return tuple(family for family in able if family in requested) or tuple(able[:1]) or ("",)


def _solved(app: App, names: Iterable[str], choices: Sequence[frozenset[str]], requested: set[str]) -> set[str]:
    """The names with the best options of the choices, and their dependencies."""
    wanted = []
    for choice in dict.fromkeys(choices):
        options = frozenset(name for name in choice if _exists(app, name))
        if options and not any(_automatic(app, name) for name in options):
            wanted.append(options)
    base = _askable(app, _closed(app, names, requested))
    left = [options for options in wanted if options.isdisjoint(base)]
    candidates = sorted(frozenset[str]().union(*left))
    if not left:
        return base
    best: tuple[tuple[object, ...], set[str]] | None = None
    for count in range(1, _EXACT + 1) if len(candidates) <= _MOST_OPTIONS else ():
        for picked in combinations(candidates, count):
            scopes = _askable(app, _closed(app, [*names, *picked], requested))
            if all(not options.isdisjoint(scopes) for options in wanted):
                cost = _cost(app, scopes, left, picked, requested)
                if best is None or cost < best[0]:
                    best = cost, scopes
    if best is not None:
        return best[1]
    more: list[str] = []
    while True:
        scopes = _askable(app, _closed(app, [*names, *more], requested))
        open_ = next((options for options in wanted if options.isdisjoint(scopes)), None)
        if open_ is None:
            return scopes
        more.append(min(open_, key=lambda name: _cost(app, {name}, left, (name,), requested)))


def _cost(
    app: App, scopes: set[str], choices: Sequence[frozenset[str]], picked: tuple[str, ...], requested: set[str]
) -> tuple[object, ...]:
    """How long a list is, how much was picked for it, how much of that is broader than another option, and how much new."""
    broad = sum(
        any(row.narrower in options for row in app.catalog.catalog.narrower_than(name))
        for name in picked
        for options in choices
        if name in options
    )
    return len(scopes), len(picked), broad, sum(name not in requested for name in picked), picked


def _closed(app: App, names: Iterable[str], requested: set[str]) -> set[str]:
    """The names and all they depend on.

    Where Meta's pages contradict each other, what is there already will do, then what is asked for.
    """
    view = app.catalog
    out = set(names)
    while True:
        open_: list[tuple[str, tuple[str, ...]]] = []
        more: set[str] = set()
        for name in sorted(out):
            for dependency in view.direct_dependencies(name):
                others = view.accepted(name, dependency)
                if dependency in out or not out.isdisjoint(others):
                    continue
                if others:
                    open_.append((dependency, others))
                else:
                    more.add(dependency)
        if not more and open_:
            dependency, others = open_[0]
            more = {next((each for each in (dependency, *others) if each in requested), dependency)}
        if not more:
            return out
        out |= more


def _exists(app: App, name: str) -> bool:
    return app.catalog.status(name).kind in ("active", "deprecated")


def _automatic(app: App, name: str) -> bool:
    permission = app.catalog.catalog.permission(name)
    return permission is not None and permission.automatic


def _askable(app: App, names: Iterable[str]) -> set[str]:
    return {name for name in names if _exists(app, name) and not _automatic(app, name)}


def _kept_out(app: App, group: str, scopes: set[str]) -> dict[str, str]:
    """What is asked for, may be used, and does not stand in the list."""
    out: dict[str, str] = {}
    rest: list[str] = []
    for use in uses(app):
        if use.group != group or use.permission in scopes:
            continue
        if use.verdict == "unknown":
            out[use.permission] = use.because
        elif use.verdict == "used":
            perhaps = next((one for one in app.needs.calls if _may_need(one, use.permission)), None)
            if perhaps is not None:
                out[use.permission] = f"{perhaps.call.method or 'a call of'} {perhaps.call.endpoint} may use it"
            else:
                rest.append(use.permission)
    for name in rest:
        other = next((each for each in sorted(out) if name in app.catalog.dependencies(each)), None)
        if other is not None:
            out[name] = f"{other} depends on it"
    return out


def _may_need(one: CallNeeds, name: str) -> bool:
    """Whether a call may use a permission, other than as one option of a choice."""
    return name in one.used and not any(name in choice for choice in one.any_of)
