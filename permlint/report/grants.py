"""What people granted, as a table for a person and what is to be done about it; and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from permlint.report.machine import dump
from permlint.report.summary import plural
from permlint.report.text import locate_line
from permlint.secrets import mask
from permlint.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from permlint.app import App
    from permlint.facts import GraphCall
    from permlint.grants import Action, Row
    from permlint.places import Place
    from permlint.report.machine import Run
    from permlint.report.paths import ShowPath
    from permlint.report.style import Style

_NONE = "-"
_PLACES = 2
_COLUMNS = ("granted", "declined", "expired", "absent", "unknown")


def render_grants(app: App, rows: Sequence[Row], people: int, show: ShowPath, style: Style) -> str:
    """Returns the table, a line for each permission, and below it what is to be done. people: how many answers there were."""
    return "\n".join(_lines(app, rows, people, show, style)) + "\n"


def _lines(app: App, rows: Sequence[Row], people: int, show: ShowPath, style: Style) -> Iterator[str]:
    name = f"app {style.plain(app.name)}" if app.name else "files of no app"
    title = f"{name} (Graph API {app.catalog.graph_version or 'version unknown'}), {plural(people, 'user')}"
    yield style.paint(title, "bold")
    yield ""
    statuses = [each for each in _COLUMNS if any(each in row.counts for row in rows)]
    statuses += sorted({status for row in rows for status in row.counts} - set(_COLUMNS))
    heads = ["permission", "asked for", "needed by", *(statuses if people > 1 else ["status"])]
    cells = [_cells(row, statuses, people, show) for row in rows]
    table = [[style.plain(mask(cell)) for cell in line] for line in [heads, *cells]]
    sizes = [max(len(line[at]) for line in table) for at in range(len(heads))]
    for number, line in enumerate(table):
        padded = [
            cell.rjust(size) if at > 2 and people > 1 else cell.ljust(size)
            for at, (cell, size) in enumerate(zip(line, sizes, strict=True))
        ]
        yield style.paint(
            "  ".join(padded).rstrip(), "bold" if number == 0 else "dim" if not _due(rows, number) else ""
        )
    actions = [(row, action) for row in rows for action in row.actions]
    yield ""
    if not actions:
        yield "nothing to do"
        return
    yield style.paint("to do", "bold")
    for row, action in actions:
        said, *cures = _told(row, action, people, show)
        yield f"  {style.paint(style.plain(mask(row.permission)), 'bold')}  {style.plain(mask(said))}"
        for cure in cures:
            yield f"    {style.plain(mask(cure))}"


def _due(rows: Sequence[Row], number: int) -> bool:
    return number == 0 or bool(rows[number - 1].actions)


def _cells(row: Row, statuses: Sequence[str], people: int, show: ShowPath) -> list[str]:
    asked = _places([scope.place for _, scope in row.asked], show)
    by = (
        _places([call.place for call in row.calls], show) if row.calls else ", ".join(row.dependents[:_PLACES]) or _NONE
    )
    if people == 1:
        return [row.permission, asked, by, next(iter(row.counts), _NONE)]
    return [row.permission, asked, by, *(str(row.counts.get(status, _NONE)) for status in statuses)]


def _places(places: Sequence[Place], show: ShowPath) -> str:
    distinct = list(dict.fromkeys(locate_line(place, show) for place in places))
    more = f" and {len(distinct) - _PLACES} more" if len(distinct) > _PLACES else ""
    return (", ".join(distinct[:_PLACES]) or _NONE) + more


def _told(row: Row, action: Action, people: int, show: ShowPath) -> Iterator[str]:
    """What is wrong, then what to do about it."""
    who = "" if people == 1 else f" by {len(action.who)} of {people} users"
    of = "" if people == 1 else f" of {len(action.who)} of {people} users"
    how = {
        "granted": f"granted{who}, and nothing asks for it or needs it",
        "declined": f"declined{who}",
        "expired": f"expired{' for' + of[3:] if of else ''}: not used for 90 days",
        "absent": f"not granted{who}",
    }[action.status]
    if action.kind == "revoke" and action.request is not None:
        yield how
        yield f"take it back: {' '.join(action.request)}"
        yield f"or, with the user's token: permlint grants revoke {row.permission}"
        return
    if action.calls:
        yield f"{how}, so {_failing(action.calls, show)}"
    else:
        yield f"{how}, and {listed(action.dependents)} {'depends' if len(action.dependents) == 1 else 'depend'} on it"
    where = _places(action.logins, show) if action.logins else "the login"
    if action.kind == "add":
        yield f"no login asks for it: add {row.permission} at {where}"
    elif action.kind == "ask-again" and action.status != "expired":
        yield f"explain what it is for, and ask again with auth_type=rerequest at {where}"
    else:
        yield f"ask {'again ' if action.status == 'expired' else ''}at {where}"


def _failing(calls: Sequence[GraphCall], show: ShowPath) -> str:
    told = [
        f"{call.method or 'a call of'} {call.endpoint} at {locate_line(call.place, show)}" for call in calls[:_PLACES]
    ]
    more = [f"{len(calls) - _PLACES} more"] if len(calls) > _PLACES else []
    one = len(calls) == 1
    fails = "fails" if one else "fail"
    if any(call.method in ("GET", None) for call in calls):
        fails += " or comes back incomplete" if one else " or come back incomplete"
    return f"{listed([*told, *more])} {fails}"


def grants_json(run: Run, app: App, rows: Sequence[Row], people: Sequence[str], show: ShowPath) -> str:
    """Returns the same as JSON, ASCII only. people: what they are called."""

    def place(each: Place) -> dict[str, Any]:
        cell = {} if each.cell is None else {"cell": each.cell}
        return {"path": show(each.path), **cell, "line": each.line, "column": each.column}

    def call(each: GraphCall) -> dict[str, Any]:
        return {**place(each.place), "method": each.method, "endpoint": mask(each.endpoint)}

    def action(each: Action) -> dict[str, Any]:
        return {
            "kind": each.kind,
            "status": each.status,
            "users": list(each.who),
            "calls": [call(one) for one in each.calls],
            "dependents": list(each.dependents),
            "logins": [place(one) for one in each.logins],
            "auth_type": "rerequest" if each.kind == "ask-again" and each.status != "expired" else None,
            "request": None if each.request is None else {"method": each.request[0], "url": each.request[1]},
        }

    return dump(
        {
            "version": 1,
            "tool": run.tool,
            "catalog": run.catalog,
            "as_of": run.as_of,
            "app": app.name,
            "graph_version": app.catalog.graph_version,
            "open": app.open,
            "users": list(people),
            "permissions": [
                {
                    "permission": mask(row.permission),
                    "counts": dict(sorted(row.counts.items())),
                    "asked": [place(scope.place) for _, scope in row.asked],
                    "calls": [call(one) for one in row.calls],
                    "dependents": list(row.dependents),
                    "actions": [action(one) for one in row.actions],
                }
                for row in rows
            ],
        }
    )
