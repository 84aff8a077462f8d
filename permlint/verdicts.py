"""Verdicts: whether what an app asks for is used and what it uses is asked for, three-valued, with the reason where unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from permlint.facts import GraphCall, Request, Scope

if TYPE_CHECKING:
    from permlint.app import App


class Use(NamedTuple):
    """Whether a permission that a family of logins asks for is used. because: why the verdict is what it is, for a person."""

    permission: str
    group: str
    verdict: Literal["used", "unneeded", "unknown"]
    because: str
    places: tuple[tuple[Request, Scope], ...]


class Lack(NamedTuple):
    """A permission that calls need and no login of their family asks for. any_of: one of these would do, where not only it."""

    permission: str
    group: str
    calls: tuple[GraphCall, ...]
    any_of: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def coverage(apps: Iterable[App]) -> tuple[int, int]:
    """How many calls the apps make, and of how many of them it is known what they need; what apps share counts once."""
    calls = {id(one.call): one.resolved for app in apps if app.calls for one in app.needs.calls}
    return len(calls), sum(calls.values())


def bears(apps: Iterable[App]) -> bool:
    """Whether a call of which it is not known what it needs keeps a verdict open: a login of its family asks for something."""
    for app in apps:
        if app.calls and app.requests:
            if any(app.needs.unresolved(app.catalog.catalog.group_of(request.login)) for request in app.requests):
                return True
    return False


def asked(app: App) -> dict[tuple[str, str], list[tuple[Request, Scope]]]:
    """Each permission that the app asks for, by its family of logins and canonical name, with its places."""
    group_of = app.catalog.catalog.group_of
    out: dict[tuple[str, str], list[tuple[Request, Scope]]] = {}
    for request, scope in app.scopes():
        name = app.catalog.catalog.canonical(scope.text)
        if name is not None:
            out.setdefault((group_of(request.login), name), []).append((request, scope))
    return out


def uses(app: App) -> Iterator[Use]:
    """A verdict on each permission that the app asks for, in the order in which the source asks."""
    everything = asked(app)
    view = app.catalog
    for (group, name), places in everything.items():
        status = view.status(name)
        permission = view.catalog.permission(name)
        if permission is None or permission.automatic or status.kind not in ("active", "deprecated"):
            continue
        verdict, because = _use(app, group, name, {other for g, other in everything if g == group})
        yield Use(name, group, verdict, because, tuple(places))


def _use(app: App, group: str, name: str, others: set[str]) -> tuple[Literal["used", "unneeded", "unknown"], str]:
    view = app.catalog
    permission = view.catalog.permission(name)
    assert permission is not None
    calls = app.needs.used.get(name)
    if calls:
        return "used", f"{calls[0].method or 'a call of'} {calls[0].endpoint} uses it"
    if name in app.declared_needs:
        return "used", "the config declares it as needed"
    for request in app.requests:
        if name in request.uses and view.catalog.group_of(request.login) == group:
            return "used", f"the library reads it by itself ({request.via})"
    for other in sorted(others - {name}):
        if name in view.dependencies(other):
            return "used", f"{other} depends on it"
        if name in [
            accepted for dependency in view.direct_dependencies(other) for accepted in view.accepted(other, dependency)
        ]:
            return "used", f"{other} may depend on it"
    if not permission.graph:
        return "unknown", "it is no permission of the Graph API"
    if not group:
        return "unknown", "the login that asks for it is not known"
    if permission.without_call:
        return "unknown", permission.without_call
    if not app.needs.resolved(group):
        return "unknown", "the app makes no call with it that permlint can see"
    if not _has_endpoint(name):
        return "unknown", "no endpoint is known that needs it"
    unresolved = app.needs.unresolved(group)
    if unresolved:
        many = len(unresolved)
        said = (
            f"{many} calls could not be resolved, and one of them"
            if many > 1
            else "a call could not be resolved, and it"
        )
        return "unknown", f"{said} may use it"
    if app.foreign:
        return "unknown", f"{app.foreign[0]} may use it, and permlint does not read it"
    return "unneeded", "no call, no declared need and no other permission needs it"


def _has_endpoint(name: str) -> bool:
    from permlint.catalog.endpoints import load_endpoints

    return bool(load_endpoints().endpoints_of(name))


def lacks(app: App) -> Iterator[Lack]:
    """What calls certainly need and no login of their family asks for; nothing where the app may ask elsewhere."""
    if app.open:
        return
    have: dict[str, set[str]] = {}
    for group, name in asked(app):
        have.setdefault(group, set()).add(name)
    elsewhere = _families_from_elsewhere(app, asked(app))
    partly = {app.catalog.catalog.group_of(request.login) for request in app.requests if not request.complete}
    found: dict[tuple[str, str, tuple[str, ...]], list[GraphCall]] = {}
    sources: dict[str, tuple[str, ...]] = {}
    for one in app.needs.calls:
        # Without a login of that family the token comes from somewhere else.
        if not one.resolved or one.outside or one.group not in have or "" in have or one.group in partly:
            continue
        covered = have[one.group] | set(app.declared)
        for name in sorted(one.all_of - covered):
            if _countable(app, name) and _family(app, name) not in elsewhere:
                found.setdefault((name, one.group, ()), []).append(one.call)
                sources[name] = one.sources
        for choice in one.any_of:
            if not choice & covered:
                options = tuple(
                    sorted(
                        option for option in choice if _countable(app, option) and _family(app, option) not in elsewhere
                    )
                )
                if options:
                    narrowest = _narrowest(app, options)
                    found.setdefault((narrowest, one.group, options), []).append(one.call)
                    sources[narrowest] = one.sources
    for (name, group, options), calls in found.items():
        yield Lack(name, group, tuple(calls), options, sources[name])


def _family(app: App, name: str) -> str:
    permission = app.catalog.catalog.permission(name)
    return permission.family if permission is not None else ""


def _families_from_elsewhere(app: App, everything: dict[tuple[str, str], list[tuple[Request, Scope]]]) -> set[str]:
    """Families of which the app asks for nothing, and whose tokens mostly come from a login that is no dialog."""
    usual = {family for login in app.catalog.catalog.logins() for family in login.usual}
    return usual - {_family(app, name) for _, name in everything}


def _countable(app: App, name: str) -> bool:
    permission = app.catalog.catalog.permission(name)
    return (
        permission is not None
        and not permission.automatic
        and app.catalog.status(name).kind in ("active", "deprecated")
    )


def _narrowest(app: App, options: tuple[str, ...]) -> str:
    """The option that no other is narrower than; of several, of a family that the app asks in, then what brings along least."""
    requested = {name for _, name in asked(app)}
    families = {_family(app, name) for name in requested}

    def cost(option: str) -> tuple[bool, int, str]:
        more = set(app.catalog.dependencies(option, requested)) - requested
        return _family(app, option) not in families, len(more), option

    options = tuple(sorted(options, key=cost))
    for option in options:
        if not any(row.narrower in options for row in app.catalog.catalog.narrower_than(option)):
            return option
    return options[0]


class Needed(NamedTuple):
    """A permission that the app needs.

    status: as in the contract of `scopes`. calls: that need it; dependency_of: asked or needed ones.
    """

    permission: str
    status: Literal["requested", "missing", "automatic", "declared", "unknown"]
    calls: tuple[GraphCall, ...] = ()
    dependency_of: tuple[str, ...] = ()


def needed(app: App) -> list[Needed]:
    """What the app's calls certainly need, with the dependencies of that, sorted by name.

    Of a choice the permission counts that is asked for already, else the narrowest.
    """
    view = app.catalog
    requested = {name for _, name in asked(app)}
    calls: dict[str, list[GraphCall]] = {}
    for one in app.needs.calls:
        names = set(one.all_of)
        for choice in one.any_of:
            options = tuple(sorted(choice))
            if options:
                names.add(_narrowest(app, tuple(option for option in options if option in requested) or options))
        for name in names:
            calls.setdefault(name, []).append(one.call)
    dependents: dict[str, list[str]] = {}
    for name in list(calls):
        for dependency in view.dependencies(name, requested):
            dependents.setdefault(dependency, []).append(name)
    knows = bool(app.requests) and not app.open
    out = []
    for name in sorted({*calls, *dependents}):
        permission = view.catalog.permission(name)
        status: Literal["requested", "missing", "automatic", "declared", "unknown"] = "missing" if knows else "unknown"
        if permission is not None and permission.automatic:
            status = "automatic"
        elif name in requested:
            status = "requested"
        elif name in app.declared:
            status = "declared"
        out.append(Needed(name, status, tuple(calls.get(name, ())), tuple(sorted(dependents.get(name, ())))))
    return out
