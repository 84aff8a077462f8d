"""Diagnostics and inventories as JSON: the contract that other programs rely on (see `permlint/schemas`)."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from permlint.report.common import fix_to_show
from permlint.report.formats import Rendered
from permlint.secrets import mask
from permlint.verdicts import Needed, coverage, needed, uses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from permlint.app import App
    from permlint.diagnostics import Diagnostic, Fix
    from permlint.facts import EdgeUse, Request, Scope
    from permlint.least import Least
    from permlint.needs import CallNeeds
    from permlint.places import Place
    from permlint.report.formats import Baseline, Report
    from permlint.report.inventory import Inventory
    from permlint.report.paths import ShowPath

VERSION = 1
"""The version of the contract; keys may be added without a new one."""


@dataclass(frozen=True)
class Run:
    """What a run was: the tool with its version, the catalog's date and the date that it judged as of, both ISO."""

    tool: str
    catalog: str
    as_of: str


def check_json(
    run: Run,
    diagnostics: Sequence[Diagnostic],
    show: ShowPath,
    *,
    files: int,
    skipped: Mapping[str, int],
    calls: tuple[int, int] = (0, 0),
    statistics: bool = False,
    baseline: Baseline | None = None,
) -> str:
    """Returns the JSON of `check`, ASCII only. calls: how many Graph calls there are, and how many are resolved."""
    counted = Counter(each.severity for each in diagnostics)
    data = _head(run)
    data["diagnostics"] = [_diagnostic(each, show) for each in diagnostics]
    data["coverage"] = _coverage(calls)
    data["summary"] = {
        "files": files,
        "skipped": sum(skipped.values()),
        "errors": counted["error"],
        "warnings": counted["warning"],
        "notes": counted["note"],
    }
    if statistics:
        rules = Counter((each.code, each.name) for each in diagnostics)
        data["statistics"] = [
            {"code": code, "name": name, "count": count}
            for (code, name), count in sorted(rules.items(), key=lambda row: (-row[1], row[0]))
        ]
    if baseline is not None:
        data["baseline"] = {
            "accepted": baseline.accepted,
            "stale": [{**key._asdict(), "permission": key.permission or None} for key in baseline.stale],
        }
    return dump(data)


def render(report: Report) -> Rendered:
    """Returns the report in the format `json`."""
    text = check_json(
        report.run,
        report.diagnostics,
        report.show,
        files=report.files,
        skipped=report.skipped,
        calls=report.calls,
        statistics=report.statistics,
        baseline=report.baseline,
    )
    return Rendered(text)


def scopes_json(run: Run, apps: Iterable[Inventory], show: ShowPath) -> str:
    """Returns the JSON of `scopes`, ASCII only."""
    data = _head(run)
    data["apps"] = [
        {
            "name": each.app.name,
            "graph_version": each.app.catalog.graph_version,
            "open": each.app.open,
            "requests": [_request(request, show) for request in each.requests],
            "calls": [_call(one, show) for one in each.calls],
            "permissions_edge": [_edge(use, show) for use in each.edge],
            "needed": [_needed(one, show) for one in needed(each.app)],
            "unneeded": [
                {"permission": use.permission, "verdict": use.verdict, "because": use.because}
                for use in uses(each.app)
                if use.verdict != "used"
            ],
            "coverage": _coverage(coverage([each.app])),
        }
        for each in apps
    ]
    return dump(data)


def least_json(run: Run, lists: Iterable[tuple[App, Sequence[Least]]]) -> str:
    """Returns the JSON of `scopes --least`, ASCII only."""
    data = _head(run)
    data["apps"] = [
        {
            "name": app.name,
            "least": [
                {
                    "family": one.group,
                    "scopes": list(one.scopes),
                    "kept_out": [{"permission": name, "because": mask(because)} for name, because in one.kept_out],
                    "unresolved": one.unresolved,
                }
                for one in each
            ],
            "coverage": _coverage(coverage([app])),
        }
        for app, each in lists
    ]
    return dump(data)


def dump(data: object) -> str:
    """Returns data as indented JSON with a line end, ASCII only, so that no terminal and no encoding can spoil it."""
    return json.dumps(data, indent=2, ensure_ascii=True) + "\n"


def _head(run: Run) -> dict[str, Any]:
    return {"version": VERSION, "tool": run.tool, "catalog": run.catalog, "as_of": run.as_of}


def _diagnostic(diagnostic: Diagnostic, show: ShowPath) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity,
        "confidence": diagnostic.confidence,
        "permission": None if diagnostic.permission is None else mask(diagnostic.permission),
        "missing": list(diagnostic.missing),
        **_place(diagnostic.place, show),
        "app": diagnostic.app,
        "message": mask(diagnostic.message),
        "help": mask(diagnostic.help),
        "evidence": [{**_start(each.place, show), "note": mask(each.note)} for each in diagnostic.evidence],
        "sources": list(diagnostic.sources),
        "fix": _fix(diagnostic.fix, show),
    }


def _fix(fix: Fix | None, show: ShowPath) -> dict[str, Any] | None:
    fix = fix_to_show(fix)
    if fix is None:
        return None
    return {
        "safe": fix.safe,
        "title": mask(fix.title),
        "edits": [{**_place(edit.place, show), "replacement": edit.replacement} for edit in fix.edits],
    }


def _request(request: Request, show: ShowPath) -> dict[str, Any]:
    return {
        **_start(request.place, show),
        "login": request.login,
        "via": mask(request.via),
        "complete": request.complete,
        "unknown_because": None if request.unknown_because is None else mask(request.unknown_because),
        "scopes": [_scope(scope, show) for scope in request.scopes],
    }


def _needed(one: Needed, show: ShowPath) -> dict[str, Any]:
    because: list[dict[str, Any]] = [{"path": show(call.place.path), "line": call.place.line} for call in one.calls]
    because += [{"dependency_of": name} for name in one.dependency_of]
    return {"permission": one.permission, "status": one.status, "because": because}


def _coverage(calls: tuple[int, int]) -> dict[str, int]:
    return {"calls": calls[0], "resolved": calls[1]}


def _call(one: CallNeeds, show: ShowPath) -> dict[str, Any]:
    call = one.call
    needs = {"all_of": sorted(one.all_of), "any_of": [sorted(group) for group in one.any_of]}
    return {
        **_start(call.place, show),
        "via": call.via,
        "method": call.method,
        "host": call.host,
        "graph_version": call.version or None,
        "endpoint": mask(call.endpoint),
        "fields": None if call.fields is None else [mask(name) for name in call.fields],
        "complete": call.complete,
        "unknown_because": None if call.unknown_because is None else mask(call.unknown_because),
        "needs": needs if one.resolved else None,
        "sources": list(one.sources) if one.resolved else [],
    }


def _edge(use: EdgeUse, show: ShowPath) -> dict[str, Any]:
    call = use.call
    return {
        "kind": use.kind,
        **_place(use.place, show),
        "via": None if call is None else call.via,
        "method": use.method,
        "host": None if call is None else call.host,
        "graph_version": None if call is None else call.version or None,
        "endpoint": None if call is None else mask(call.endpoint),
        "permission": None if use.permission is None else mask(use.permission),
        "status": None if use.status is None else mask(use.status),
        "field": use.field,
        "person": use.person,
        "complete": use.complete,
        "answer_of": None if call is None or use.place == call.place else _start(call.place, show),
    }


def _scope(scope: Scope, show: ShowPath) -> dict[str, Any]:
    return {"permission": mask(scope.text), "by": scope.by, **_place(scope.place, show)}


def _start(place: Place, show: ShowPath) -> dict[str, Any]:
    cell = {} if place.cell is None else {"cell": place.cell}
    return {"path": show(place.path), **cell, "line": place.line, "column": place.column}


def _place(place: Place, show: ShowPath) -> dict[str, Any]:
    return {**_start(place, show), "end_line": place.end_line, "end_column": place.end_column}
