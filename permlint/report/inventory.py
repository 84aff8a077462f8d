"""The inventory of `scopes` as text: what each app asks for, calls, needs and does not use, with the places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.report.summary import plural
from permlint.report.text import locate, locate_line
from permlint.secrets import mask
from permlint.verdicts import needed, uses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from permlint.app import App
    from permlint.facts import EdgeUse, GraphCall, Request, Scope, UnresolvedScope
    from permlint.least import Least
    from permlint.needs import CallNeeds
    from permlint.places import Place
    from permlint.report.paths import ShowPath
    from permlint.report.style import Style

_PLACES = 3
_BY = {"library": " (by the library)", "config": " (in the configuration)"}


class Inventory:
    """What is shown of an app: what asks, is asked for, or calls, where the user looks.

    shows: whether the user looks at a place. unresolved: only what could not be worked out.
    """

    __slots__ = ("app", "calls", "edge", "requests", "unresolved", "unresolved_only")

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
        self.edge = tuple(use for use in app.edge if shows(use.place) and not unresolved)
        self.calls = tuple(
            one for one in app.needs.calls if shows(one.call.place) and not (unresolved and one.resolved)
        )


def render_scopes(apps: Iterable[Inventory], logins: Mapping[str, str], show: ShowPath, style: Style) -> str:
    """Returns what each app asks for, by login, what it calls and needs, what nothing uses, and what is not known.

    logins: the names of the logins by id.
    """
    return "\n".join("\n".join(_app(each, logins, show, style)) + "\n" for each in apps)


def render_least(lists: Iterable[tuple[App, Sequence[Least]]]) -> str:
    """Returns the smallest lists of scopes, each ready to paste; what is said about them stands in comments."""
    rows = [(app, one) for app, each in lists for one in each]
    out: list[str] = []
    for app, one in rows:
        if len(rows) > 1:
            out.append(f"# app {app.name}, {one.group or 'a login that could not be told'}")
        out.append(",".join(one.scopes) or "# no permission is certainly needed")
        if one.kept_out:
            out.append(f"# kept out, unknown: {', '.join(name for name, _ in one.kept_out)}")
        if one.unresolved:
            calls, them = plural(one.unresolved, "call"), "it" if one.unresolved == 1 else "them"
            out.append(f"# {calls} may need more: `permlint scopes --unresolved` lists {them}")
    return "".join(f"{line}\n" for line in out)


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
        yield from _calls(inventory, show, style)
        if app.whole:
            yield from _edge(inventory, show, style)
            yield from _needed(app, show, style)
            yield from _not_used(app, style)
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
        places = dict.fromkeys(locate(scope.place, show) + _BY.get(scope.by, "") for _, scope in found)
        shown = style.plain(mask(text))
        pad = " " * max(0, size - len(shown))
        yield f"      {style.paint(shown, 'bold')}{pad}  {style.plain(', '.join(places))}"


def _calls(inventory: Inventory, show: ShowPath, style: Style) -> Iterator[str]:
    """The calls whose needs are known, by host, each endpoint with the places that call it."""
    hosts: dict[str, list[CallNeeds]] = {}
    for one in inventory.calls:
        hosts.setdefault(one.call.host or "", []).append(one)
    for host, calls in sorted(hosts.items(), key=lambda item: (not item[0], item[0])):
        resolved = [one.call for one in calls if one.resolved]
        where = f"calls of {style.plain(host)}" if host else "calls of a host that is not known"
        yield f"  {where}: {len(resolved)} of {len(calls)} resolved"
        grouped: dict[tuple[str, str], list[GraphCall]] = {}
        for call in resolved:
            grouped.setdefault((call.endpoint, call.method or "any"), []).append(call)
        size = max((len(_what(call, style)) for call in resolved), default=0)
        for _, same in sorted(grouped.items()):
            what = _what(same[0], style)
            via = ", ".join(dict.fromkeys(style.plain(call.via) for call in same))
            pad = " " * max(0, min(size, 44) - len(what))
            yield f"    {style.paint(what, 'bold')}{pad}  {_places(same, show, style)}  ({via})"


def _what(call: GraphCall, style: Style) -> str:
    return f"{call.method or 'any':<6} {style.plain(mask(call.endpoint))}"


def _places(calls: Sequence[GraphCall | EdgeUse], show: ShowPath, style: Style) -> str:
    places = list(dict.fromkeys(locate_line(call.place, show) for call in calls))
    out = ""
    last = ""
    for place in places[:_PLACES]:
        file, _, line = place.rpartition(":")
        out += ("" if not out else ", ") + (line if file == last else place)
        last = file
    return style.plain(out) + _more(places)


def _more(items: Sequence[str]) -> str:
    return f" and {len(items) - _PLACES} more" if len(items) > _PLACES else ""


_EDGE = {
    "read": "reads them",
    "revocation": "takes back",
    "deauthorization": "takes back all",
    "unsupported": "can't be done",
    "unknown": "not known what",
    "debug-token": "looks up a token",
    "status": "compares a status",
    "check": "looks for",
    "token-scopes": "reads a token's",
    "outcome": "compares the answer",
    "rerequest": "asks again",
    "return-scopes": "asks for the list",
}


def _edge(inventory: Inventory, show: ShowPath, style: Style) -> Iterator[str]:
    """Where the code deals with what a person has granted: what it does, and where."""
    rows: dict[tuple[str, str], list[EdgeUse]] = {}
    for use in inventory.edge:
        about = use.permission or use.status or use.field or ""
        if use.call is not None and use.call.place == use.place:
            named = f" {about}" if about not in use.call.segments and about else ""
            about = f"{use.method or 'any'} {use.call.endpoint}{named}"
        rows.setdefault((_EDGE[use.kind], style.plain(mask(about))), []).append(use)
    if rows:
        yield "  permissions granted and declined"
    size = max((len(what) for what, _ in rows), default=0)
    for (what, about), found in rows.items():
        yield f"    {what:<{size}}  {about + '  ' if about else ''}{_places(found, show, style)}"


def _needed(app: App, show: ShowPath, style: Style) -> Iterator[str]:
    """What the calls need, whether it is asked for, and which calls and permissions need it."""
    rows = needed(app)
    if not rows:
        return
    yield "  needed"
    size = max(len(one.permission) for one in rows)
    for one in rows:
        reasons = [_places(list(one.calls), show, style)] if one.calls else []
        if one.dependency_of:
            reasons.append(f"dependency of {', '.join(one.dependency_of[:_PLACES])}{_more(one.dependency_of)}")
        pad = " " * (size - len(one.permission))
        status = style.paint(one.status, "error") if one.status == "missing" else one.status
        gap = " " * (9 - len(one.status))
        yield f"    {style.paint(one.permission, 'bold')}{pad}  {status}{gap}  {'; '.join(reasons)}"


def _not_used(app: App, style: Style) -> Iterator[str]:
    """What is asked for and not used, and what may not be, by the reason why that is not known."""
    for verdict, title in (("unneeded", "not used"), ("unknown", "not known whether used")):
        reasons: dict[str, list[str]] = {}
        for use in uses(app):
            if use.verdict == verdict:
                reasons.setdefault(use.because, []).append(use.permission)
        if reasons:
            yield f"  {title}"
        for because, names in sorted(reasons.items(), key=lambda item: item[1]):
            shown = ", ".join(style.paint(name, "bold") for name in sorted(dict.fromkeys(names)))
            yield f"    {shown}: {style.plain(mask(because))}"


def _unknown(inventory: Inventory, show: ShowPath, style: Style) -> Iterator[str]:
    """What is not known: requests that are incomplete, scopes that only exist at run time, and what calls need."""
    incomplete = [request for request in inventory.requests if not request.complete or request.unknown_because]
    calls = [one for one in inventory.calls if not one.resolved]
    if not incomplete and not inventory.unresolved and not calls:
        return
    yield "  not known from the source"
    for request in incomplete:
        because = mask(request.unknown_because or "built at run time")
        where = style.plain(locate(request.place, show))
        yield f"    {where}  {style.plain(mask(request.via))}: {style.plain(because)}"
    for scope in inventory.unresolved:
        where = style.plain(locate(scope.place, show))
        yield f"    {where}  {_known(scope, style)}: {style.plain(mask(scope.because))}"
    for one in calls:
        where = style.plain(locate(one.call.place, show))
        what = f"{one.call.method or 'a call of'} {style.plain(mask(one.call.endpoint))}"
        yield f"    {where}  {what}: {style.plain(mask(why_unresolved(one)))}"


def _known(scope: UnresolvedScope, style: Style) -> str:
    return style.plain(mask(scope.known)) or "{}"


def why_unresolved(one: CallNeeds) -> str:
    """Why it is not known what a call needs, for a person."""
    if not one.call.complete:
        return one.call.unknown_because or "its path is put together at run time"
    return "no source in the catalog says what it needs"
