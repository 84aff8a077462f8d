"""Diagnostics as SARIF 2.1.0, for code scanning (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from permlint.fingerprints import NAME
from permlint.places import Place
from permlint.report.common import fix_to_show, in_file, message, note_at
from permlint.report.formats import Rendered
from permlint.report.machine import dump
from permlint.report.summary import plural
from permlint.rulepages import page
from permlint.secrets import mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from permlint.diagnostics import Diagnostic, Fix
    from permlint.facts import Unreadable
    from permlint.report.formats import Report
    from permlint.report.paths import ShowPath
    from permlint.rule import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

# What GitHub code scanning takes of an upload, and what of it is shown; a file with more results is turned down whole.
# https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit, and
# .../file-too-large for the size, after gzip; read on 2026-11-21.
MOST_RESULTS = 25_000
SHOWN_RESULTS = 5_000
MOST_PLACES = 100
MOST_BYTES = 10_000_000

_ROOT = "%SRCROOT%"
_SEVERITIES = ("error", "warning", "note")
_PROBLEMS = {"error": "error", "warning": "warning", "note": "recommendation", "off": "recommendation"}
_TAGS = {
    "PRM1": ("login", "oauth"),
    "PRM2": ("app-review", "graph-api"),
    "PRM3": ("permissions-edge", "graph-api"),
    "PRM4": ("graph-api", "graph-api-version"),
    "PRM9": ("permlint",),
}
"""Tags of the rules by the hundred of their codes; each rule has `permissions` too. GitHub shows ten."""


def render(report: Report) -> Rendered:
    """Returns the report in the format `sarif`. The notes say what had to be left out for GitHub's limits."""
    results = list(zip(report.diagnostics, report.fingerprints(), strict=True))
    most = MOST_RESULTS
    while True:
        kept = _worst(results, most)
        limits = _limits(len(results), len(kept))
        text = dump(_log(report, kept, limits))
        if len(text) <= MOST_BYTES or not kept or (size := packed_size(text)) <= MOST_BYTES:
            return Rendered(text, limits)
        most = min(len(kept) - 1, len(kept) * MOST_BYTES // size)


def packed_size(text: str) -> int:
    """Returns how many bytes a report has as it is uploaded."""
    import gzip  # only for a very large report

    return len(gzip.compress(text.encode("ascii"), 6))


def _worst(results: Sequence[tuple[Diagnostic, str]], most: int) -> list[tuple[Diagnostic, str]]:
    """As many results as there may be, the severest, in the order of their places."""
    if len(results) <= most:
        return list(results)
    order = sorted(range(len(results)), key=lambda number: _SEVERITIES.index(results[number][0].severity))
    return [results[number] for number in sorted(order[:most])]


def _limits(found: int, kept: int) -> tuple[str, ...]:
    """What a person should know of what was left out."""
    notes = []
    if kept < found:
        limit = f"{MOST_RESULTS:,} results or {MOST_BYTES // 1_000_000} MB"
        notes.append(
            f"the SARIF report leaves out {plural(found - kept, 'finding')}, the least severe: "
            f"GitHub code scanning turns down a report of more than {limit}"
        )
    if kept > SHOWN_RESULTS:
        notes.append(f"GitHub code scanning shows the {SHOWN_RESULTS:,} severest of {kept:,} findings")
    return tuple(notes)


def _log(report: Report, results: Sequence[tuple[Diagnostic, str]], limits: Iterable[str]) -> dict[str, Any]:
    rules = sorted(report.rules(), key=lambda rule: rule.code)
    numbers = {rule.code: number for number, rule in enumerate(rules)}
    name, _, version = report.run.tool.partition(" ")
    run = {
        "tool": {
            "driver": {
                "name": name,
                "version": version,
                "semanticVersion": version,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "invocations": [_invocation(report.unreadable, limits, report.in_repository)],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, key, numbers, report.in_repository) for each, key in results],
        "properties": {"catalog": report.run.catalog, "asOf": report.run.as_of},
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    text = page(rule)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join(rule.doc.strip().partition("\n\n")[0].split()) or rule.summary},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {
            "enabled": rule.severity != "off",
            "level": "warning" if rule.severity == "off" else rule.severity,
        },
        "properties": {
            "tags": ["permissions", *_TAGS.get(rule.code[:4], ())],
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def _invocation(unreadable: Sequence[Unreadable], limits: Iterable[str], show: ShowPath) -> dict[str, Any]:
    notifications: list[dict[str, Any]] = [
        {
            "level": "error",
            "message": {"text": f"{file.place.path} could not be read: {mask(file.reason)}"},
            "locations": [_location(file.place, show)],
        }
        for file in unreadable
    ]
    notifications += [{"level": "warning", "message": {"text": text}} for text in limits]
    return {"executionSuccessful": not unreadable, "toolExecutionNotifications": notifications}


def _result(diagnostic: Diagnostic, key: str, numbers: dict[str, int], show: ShowPath) -> dict[str, Any]:
    said = message(diagnostic)
    evidence = [(note_at(each.note, each.place), each.place) for each in diagnostic.evidence[: MOST_PLACES - 1]]
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "level": diagnostic.severity,
        "message": {"text": f"{said}\n{mask(diagnostic.help)}" if diagnostic.help else said},
        "locations": [_location(diagnostic.place, show)],
        "partialFingerprints": {NAME: key},
        "properties": {
            "confidence": diagnostic.confidence,
            "app": diagnostic.app,
            "permission": None if diagnostic.permission is None else mask(diagnostic.permission),
            "missing": list(diagnostic.missing),
            "sources": list(diagnostic.sources),
        },
    }
    if diagnostic.code in numbers:
        result["ruleIndex"] = numbers[diagnostic.code]
    if evidence:
        result["relatedLocations"] = [
            {"id": number, **_location(place, show, note)} for number, (note, place) in enumerate(evidence, 1)
        ]
        steps = [(mask(diagnostic.label) or said, diagnostic.place), *evidence]
        flow = [{"location": _location(place, show, note)} for note, place in steps]
        result["codeFlows"] = [{"threadFlows": [{"locations": flow}]}]
    left_out = len(diagnostic.evidence) - len(evidence)
    if left_out:
        result["message"]["text"] += f"\nIt rests on {left_out} places more."
    fix = fix_to_show(diagnostic.fix)
    if fix is not None and all(edit.place.cell is None for edit in fix.edits):
        result["fixes"] = [_fix(fix, show)]
    return result


def _location(place: Place, show: ShowPath, note: str | None = None) -> dict[str, Any]:
    physical = {
        "artifactLocation": {"uri": uri(show(place.path)), "uriBaseId": _ROOT},
        "region": _region(in_file(place)),
    }
    return {"physicalLocation": physical} if note is None else {"physicalLocation": physical, "message": {"text": note}}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fix(fix: Fix, show: ShowPath) -> dict[str, Any]:
    by_path: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        replacement = {"deletedRegion": _region(edit.place), "insertedContent": {"text": edit.replacement}}
        by_path.setdefault(edit.place.path, []).append(replacement)
    changes = [
        {"artifactLocation": {"uri": uri(show(path)), "uriBaseId": _ROOT}, "replacements": replacements}
        for path, replacements in by_path.items()
    ]
    title = mask(fix.title) if fix.safe else f"{mask(fix.title)} (unsafe)"
    return {"description": {"text": title}, "artifactChanges": changes}


def uri(path: str) -> str:
    """Returns a relative path as a URI reference: whatever has a meaning in one is percent-encoded, but for slashes."""
    return quote(path, errors="surrogateescape")
