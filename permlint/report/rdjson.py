"""Diagnostics in reviewdog's format (https://github.com/reviewdog/reviewdog/tree/master/proto/rdf)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from permlint.report.common import fix_to_show, in_file, message, note_at
from permlint.report.formats import Rendered
from permlint.report.machine import dump
from permlint.secrets import mask

if TYPE_CHECKING:
    from permlint.diagnostics import Diagnostic
    from permlint.places import Place
    from permlint.report.formats import Report

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def render(report: Report) -> Rendered:
    """Returns the report in the format `rdjson`, paths relative to the working directory, as reviewdog takes them."""
    source = {"name": report.run.tool.partition(" ")[0]}
    return Rendered(dump({"source": source, "diagnostics": [_diagnostic(each, report) for each in report.diagnostics]}))


def _diagnostic(diagnostic: Diagnostic, report: Report) -> dict[str, Any]:
    said = message(diagnostic)
    data: dict[str, Any] = {
        "message": f"{said}\nhelp: {mask(diagnostic.help)}" if diagnostic.help else said,
        "location": _location(diagnostic.place, report),
        "severity": _SEVERITIES[diagnostic.severity],
        "code": {"value": diagnostic.code},
    }
    if diagnostic.evidence:
        data["related_locations"] = [
            {"message": note_at(each.note, each.place), "location": _location(each.place, report)}
            for each in diagnostic.evidence
        ]
    fix = fix_to_show(diagnostic.fix)
    # A suggestion is taken with a click, each for itself: a fix of several edits would be taken in halves.
    if fix is not None and fix.safe and len(fix.edits) == 1:
        (edit,) = fix.edits
        if edit.place.path == diagnostic.place.path and edit.place.cell is None:
            data["suggestions"] = [{"range": _range(edit.place, report), "text": edit.replacement}]
    return data


def _location(place: Place, report: Report) -> dict[str, Any]:
    return {"path": report.show(place.path), "range": _range(in_file(place), report)}


def _range(place: Place, report: Report) -> dict[str, Any]:
    return {
        "start": _position(place.path, place.line, place.column, report),
        "end": _position(place.path, place.end_line, place.end_column, report),
    }


def _position(path: str, line: int, column: int, report: Report) -> dict[str, int]:
    """A position as reviewdog counts it: columns in bytes of UTF-8."""
    before = (report.sources.line(path, line) or "")[: column - 1]
    more = 0 if before.isascii() else len(before.encode("utf-8", "replace")) - len(before)
    return {"line": line, "column": column + more}
