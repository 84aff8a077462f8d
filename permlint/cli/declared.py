"""What the config declares: whether the catalog knows the names, and whether the project has what is spoken of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.cli.errors import note, unusable
from permlint.config import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from permlint.analysis import Analysis
    from permlint.config import Config, Spot


def check_names(config: Config) -> None:
    """Raises Failure with all names of permissions, logins and hosts in the config that the catalog does not know."""
    permissions: list[tuple[Spot, str]] = []
    logins: list[tuple[Spot, str]] = []
    hosts: list[tuple[Spot, str]] = []
    for app in config.apps:
        for declared in (*app.requests, *app.needs):
            permissions.append((declared.where, declared.permission))
            logins += [(declared.where, declared.login)] if declared.login is not None else []
        for one in app.configurations:
            permissions += [(one.where, name) for name in one.permissions]
            logins += [(one.where, one.login)] if one.login is not None else []
        hosts += [(call.where, call.host) for call in app.calls if call.host is not None]
    if not permissions and not logins and not hosts:
        return
    from permlint.catalog import load

    catalog = load()
    faults = []
    for where, name in permissions:
        if catalog.permission(name) is None:
            near = catalog.suggest(name)
            hint = f"; did you mean {' or '.join(near)}?" if near else "; `permlint permission` lists them"
            faults.append(Fault(where, f"no permission is called {name!r}{hint}"))
    faults += _unknown(logins, "login", [login.id for login in catalog.logins()])
    faults += _unknown(hosts, "host of the Graph API", {host for login in catalog.logins() for host in login.hosts})
    if faults:
        raise unusable(faults)


def _unknown(given: Iterable[tuple[Spot, str]], what: str, known: Iterable[str]) -> list[Fault]:
    known = sorted(known)
    return [
        Fault(where, f"{name!r} is no {what}; there are {', '.join(known)}")
        for where, name in given
        if name not in known
    ]


def note_what_matches_nothing(config: Config, analysis: Analysis | None, *, quiet: bool = False) -> None:
    """Says in a note which entries of the config speak of something that the app does not have."""
    if not any(app.calls or app.configurations for app in config.apps):
        return
    found = {app.name: app for app in (analysis.apps if analysis is not None else ())}
    for settings in config.apps:
        app = found.get(settings.name)
        vias = {call.via for call in app.calls} if app is not None else set()
        ids = {request.configuration for request in app.requests} if app is not None else set()
        for call in settings.calls:
            if call.callable not in vias:
                note(f"{call.where} matches nothing: the app does not call {call.callable}", quiet=quiet)
        for one in settings.configurations:
            if one.id not in ids:
                note(f"{one.where} matches nothing: no login of the app has config_id {one.id}", quiet=quiet)
