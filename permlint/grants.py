"""What people granted, held against what the app asks for and needs: answers of the permissions edge, or looked-up tokens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from permlint.verdicts import asked, needed

if TYPE_CHECKING:
    from permlint.app import App
    from permlint.facts import GraphCall, Request, Scope
    from permlint.places import Place

ActionKind = Literal["revoke", "ask-again", "ask", "add"]
_MOST = 10_000


class AnswerError(Exception):  # what it is, in one word
    """Something that is no answer of the permissions edge and no looked-up token; the message says what it is instead."""


class Grants(NamedTuple):
    """What one person granted. who: what to call them, such as the name of the file.

    statuses: by permission. whole: whether all permissions are in it; what is missing then was never granted. lookup: it
    comes from a token, of which only what is granted is known. note: something to tell, None where there is nothing.
    """

    who: str
    statuses: Mapping[str, str]
    whole: bool = True
    lookup: bool = False
    note: str | None = None


class Action(NamedTuple):
    """Something to do about a permission.

    kind: `revoke` (granted, and nothing asks for it or needs it), `ask-again` (declined, expired or taken back, and calls
    need it), `ask` (asked for, needed and never granted), `add` (needed and asked for by no login). status: how it stands
    with these people, `absent` where the answer doesn't list it. who: these people. calls: those that fail.
    dependents: permissions that depend on it, where no call needs it by itself. logins: where to ask. request: what to send.
    """

    kind: ActionKind
    status: str
    who: tuple[str, ...]
    calls: tuple[GraphCall, ...] = ()
    dependents: tuple[str, ...] = ()
    logins: tuple[Place, ...] = ()
    request: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """How one permission stands. counts: how many people have it in which status; `absent`: not listed, `unknown`."""

    permission: str
    counts: Mapping[str, int]
    asked: tuple[tuple[Request, Scope], ...] = ()
    calls: tuple[GraphCall, ...] = ()
    dependents: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()


def read_answer(data: Any, who: str) -> Grants:
    """What a decoded answer says, of the permissions edge or of `debug_token`. Raises AnswerError for anything else."""
    if isinstance(data, dict) and isinstance(data.get("error"), dict) and "data" not in data:
        error = data["error"]
        raise AnswerError(f"it is an error: code {error.get('code')}: {error.get('message')}")
    inner = data.get("data", data) if isinstance(data, dict) else data
    if isinstance(inner, dict):
        return _looked_up(inner, who)
    if not isinstance(inner, list):
        raise AnswerError(
            "it is no answer of the permissions edge, which holds a list under data, and no looked-up token"
        )
    if len(inner) > _MOST:
        raise AnswerError(f"its list has more than {_MOST} items")
    statuses: dict[str, str] = {}
    for number, node in enumerate(inner, 1):
        if not isinstance(node, dict) or not all(isinstance(node.get(key), str) for key in ("permission", "status")):
            raise AnswerError(f'item {number} of its list is not of the form {{"permission": ..., "status": ...}}')
        statuses[node["permission"]] = node["status"]
    paging = data.get("paging") if isinstance(data, dict) else None
    more = isinstance(paging, dict) and "next" in paging
    note = "there are more pages, which it does not hold: what it does not list is not known" if more else None
    return Grants(who, statuses, whole=not more, note=note)


def _looked_up(data: Mapping[str, Any], who: str) -> Grants:
    """What a looked-up token says: `scopes`, and those that only hold for some targets in `granular_scopes`."""
    scopes = data.get("scopes")
    granular = data.get("granular_scopes")
    if not isinstance(scopes, list) or not all(isinstance(scope, str) for scope in scopes):
        raise AnswerError("it holds no list of permissions under data, and no scopes of a token")
    targets = [one for one in granular if isinstance(one, dict)] if isinstance(granular, list) else []
    names = [one["scope"] for one in targets if isinstance(one.get("scope"), str)]
    note = "the token is not valid" if data.get("is_valid") is False else None
    return Grants(who, dict.fromkeys([*scopes, *names], "granted"), lookup=True, note=note)


def group_of(app: App) -> str:
    """The family of logins whose grants the permissions edge lists."""
    hosts = app.catalog.catalog.edge().hosts
    return next(login.group for login in app.catalog.catalog.logins() if hosts & set(login.hosts))


def compare(app: App, people: Sequence[Grants], *, api_base: str, version: str) -> list[Row]:
    """How each permission stands that people granted or declined, that the app asks for or that it needs, by name.

    api_base, version: of the requests that are told to be sent.
    """
    group = group_of(app)
    canonical = app.catalog.catalog.canonical
    people = [
        one._replace(statuses={canonical(name) or name: status for name, status in one.statuses.items()})
        for one in people
    ]
    requested = {name: tuple(places) for (of, name), places in asked(app).items() if of in (group, "")}
    ours = {id(one.call) for one in app.needs.calls if one.group == group}
    needs = {one.permission: one for one in needed(app) if not one.calls or any(id(c) in ours for c in one.calls)}
    every = sorted({*requested, *needs, *(name for one in people for name in one.statuses)})
    rows = []
    for name in every:
        need = needs.get(name)
        calls = tuple(call for call in need.calls if id(call) in ours) if need is not None else ()
        dependents = tuple(each for each in need.dependency_of if each in {*requested, *needs}) if need else ()
        row = Row(name, _counts(people, name), requested.get(name, ()), calls, dependents)
        actions = _actions(app, row, people, group, f"{api_base}/{version}/{{user-id}}/permissions/{name}")
        rows.append(Row(name, row.counts, row.asked, calls, dependents, tuple(actions)))
    return rows


def _status(person: Grants, name: str) -> str:
    return person.statuses.get(name) or ("absent" if person.whole else "unknown")


def _counts(people: Iterable[Grants], name: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for person in people:
        status = _status(person, name)
        counts[status] = counts.get(status, 0) + 1
    return counts


def _actions(app: App, row: Row, people: Sequence[Grants], group: str, address: str) -> list[Action]:
    permission = app.catalog.catalog.permission(row.permission)
    if permission is not None and permission.automatic:
        return []
    by_status: dict[str, list[Grants]] = {}
    for person in people:
        by_status.setdefault(_status(person, row.permission), []).append(person)
    out = []
    for status, those in sorted(by_status.items()):
        if status == "granted":
            if _superfluous(app, row, group):
                who = tuple(person.who for person in those)
                out.append(Action("revoke", status, who, request=("DELETE", address)))
        elif status in ("declined", "expired", "absent"):
            action = _asking(app, row, status, those, group)
            out += [action] if action is not None else []
    return out


def _asking(app: App, row: Row, status: str, people: Sequence[Grants], group: str) -> Action | None:
    """What to do where it is not granted; None where nothing fails for want of it."""
    failing: dict[int, GraphCall] = {}
    who = []
    for person in people:
        lacks = [call for call in row.calls if not _served(app, call, row.permission, person)]
        if lacks or (row.dependents and not row.calls):
            who.append(person)
            failing.update((id(call), call) for call in lacks)
    if not who:
        return None
    logins = dict.fromkeys(request.place for request, _ in row.asked) or dict.fromkeys(
        request.place for request in app.requests if app.catalog.catalog.group_of(request.login) == group
    )
    known = status != "absent" or all(person.lookup for person in who)
    kind: ActionKind = (
        "add" if not row.asked and row.permission not in app.declared else "ask-again" if known else "ask"
    )
    names = tuple(person.who for person in who)
    dependents = () if failing else row.dependents
    return Action(kind, status, names, tuple(failing.values()), dependents, tuple(logins))


def _served(app: App, call: GraphCall, name: str, person: Grants) -> bool:
    """Whether a call that needs this or another permission has another one that was granted."""
    for one in app.needs.calls:
        if one.call is call and name not in one.all_of:
            choices = [choice for choice in one.any_of if name in choice]
            return all(any(person.statuses.get(other) == "granted" for other in choice) for choice in choices)
    return False


def _superfluous(app: App, row: Row, group: str) -> bool:
    """Whether nothing asks for it and nothing can use it, as far as all of the app can be seen."""
    name = row.permission
    permission = app.catalog.catalog.permission(name)
    if row.asked or row.calls or row.dependents or name in {*app.declared, *app.declared_needs, *app.needs.used}:
        return False
    if permission is None or permission.without_call or not app.catalog.status(name).exists:
        return False
    seen = bool(app.requests) and not app.open and all(request.complete for request in app.requests)
    return seen and bool(app.needs.resolved(group)) and not app.needs.unresolved(group) and not app.foreign
