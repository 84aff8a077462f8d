"""The inventory of `scopes` as text: what each app asks for, by login, with the places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.report.summary import plural
from permlint.report.text import locate
from permlint.secrets import mask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from permlint.app import App
    from permlint.facts import Request, Scope, UnresolvedScope
    from permlint.places import Place
    from permlint.report.paths import ShowPath
    from permlint.report.style import Style


class Inventory:
    """What is shown of an app: what asks, or is asked for, where the user looks.

    shows: whether the user looks at a place. unresolved: only what could not be worked out.
    """

    __slots__ = ("app", "calls", "requests", "unresolved", "unresolved_only")

    def __init__(self, app: App, shows: Callable[[Place], bool], *, unresolved: bool = False) -> None:
        self.app = app
        self.unresolved_only = unresolved
        self.requests = tuple(
            request
            for request in app.requests
            if (not unresolved or not request.complete)
            and (shows(request.place) or any(shows(scope.place) for scope in request.scopes))
        )
        self.unresolved = tuple(each for each in app.unresolved if shows(each.place))
        self.calls = tuple(call for call in app.calls if shows(call.place) and not (unresolved and call.complete))


def render_scopes(apps: Iterable[Inventory], logins: Mapping[str, str], show: ShowPath, style: Style) -> str:
    """Returns what each app asks for, by login, each permission with the places that ask; then what is not known.

    logins: the names of the logins by id.
    """
    return "\n".join("\n".join(_app(each, logins, show, style)) + "\n" for each in apps)


def _app(inventory: Inventory, logins: Mapping[str, str], show: ShowPath, style: Style) -> Iterator[str]:
    app = inventory.app
    name = f"app {style.plain(app.name)}" if app.name else "files of no app"
    yield f"{style.paint(name, 'bold')} (Graph API {app.catalog.graph_version or 'version unknown'})"
    by_login: dict[str, list[Request]] = {}
    for request in inventory.requests:
        by_login.setdefault(request.login, []).append(request)
    if not inventory.unresolved_only:
        if not inventory.requests:
            yield "  asks for nothing"
        for login, requests in sorted(by_login.items(), key=lambda item: (item[0] == "unknown", item[0])):
            yield from _login(logins.get(login, "a login that could not be told"), requests, show, style)
        if app.declared:
            yield "  declared in the config"
            for permission, reason in sorted(app.declared.items()):
                yield f"    {style.paint(style.plain(permission), 'bold')}  {style.plain(reason)}"
    yield from _unknown(inventory, show, style)
    if app.open and not inventory.unresolved_only:
        yield "  The app may ask for more than its source shows."


def _login(name: str, requests: list[Request], show: ShowPath, style: Style) -> Iterator[str]:
    scopes: dict[str, list[tuple[Request, Scope]]] = {}
    for request in requests:
        for scope in request.scopes:
            scopes.setdefault(scope.text, []).append((request, scope))
    yield f"  {name}: {plural(len(scopes), 'permission')}, asked for in {plural(len(requests), 'place')}"
    for request in requests:
        where = style.plain(locate(request.place, show))
        yield f"    {style.paint(where, 'dim')}  {style.plain(mask(request.via))}"
    size = min(max((len(text) for text in scopes), default=0), 44)
    for text, found in sorted(scopes.items()):
        places = dict.fromkeys(
            locate(scope.place, show) + (" (by the library)" if scope.by == "library" else "") for _, scope in found
        )
        shown = style.plain(mask(text))
        pad = " " * max(0, size - len(shown))
        yield f"      {style.paint(shown, 'bold')}{pad}  {style.plain(', '.join(places))}"


def _unknown(inventory: Inventory, show: ShowPath, style: Style) -> Iterator[str]:
    """What is not known: requests that are incomplete, and scopes that only exist at run time."""
    incomplete = [request for request in inventory.requests if not request.complete or request.unknown_because]
    if not incomplete and not inventory.unresolved:
        return
    yield "  not known from the source"
    for request in incomplete:
        because = mask(request.unknown_because or "built at run time")
        where = style.plain(locate(request.place, show))
        yield f"    {where}  {style.plain(mask(request.via))}: {style.plain(because)}"
    for scope in inventory.unresolved:
        where = style.plain(locate(scope.place, show))
        yield f"    {where}  {_known(scope, style)}: {style.plain(mask(scope.because))}"


def _known(scope: UnresolvedScope, style: Style) -> str:
    return style.plain(mask(scope.known)) or "{}"
