"""Diagnostics as annotations of a GitHub Actions workflow, and a summary for the job's page.

The form of a command: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands; what has to be
escaped in it: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from permlint.report.common import in_file, message
from permlint.report.formats import Rendered
from permlint.report.summary import plural
from permlint.secrets import mask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from permlint.diagnostics import Diagnostic
    from permlint.report.formats import Report

# Read on 2026-11-21; https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations and
# https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
MOST_OF_A_KIND = 10
MOST_SUMMARY = 1024 * 1024

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_LEFT_OUT = "\n{} more: the summary of a step may hold 1 MiB.\n"


def render(report: Report) -> Rendered:
    """Returns the report in the format `github`: a command for each finding, paths relative to the repository's root."""
    text = "".join(f"{_annotation(each, report)}\n" for each in report.diagnostics)
    kinds = Counter(_COMMANDS[each.severity] for each in report.diagnostics)
    hidden = [f"{count} {kind}s" for kind, count in sorted(kinds.items()) if count > MOST_OF_A_KIND]
    notes = []
    if hidden:
        more = f"there are {' and '.join(hidden)}; the job's summary has all"
        notes.append(f"GitHub shows {MOST_OF_A_KIND} annotations of a kind for each step, and {more}")
    return Rendered(text, tuple(notes), _summary(report))


def _annotation(diagnostic: Diagnostic, report: Report) -> str:
    place = in_file(diagnostic.place)
    path = report.in_repository(place.path)
    properties = {"file": path, "line": str(place.line), "endLine": str(place.end_line)}
    if place.line == place.end_line:  # else GitHub takes no columns
        properties |= {"col": str(place.column), "endColumn": str(place.end_column)}
    properties["title"] = f"{diagnostic.code} {diagnostic.name}"
    named = ",".join(f"{key}={_property(report.style.plain(value))}" for key, value in properties.items())
    said = f"{path}:{place.line}:{place.column}: {diagnostic.code} {message(diagnostic)}"
    if diagnostic.help:
        said += f"\nhelp: {mask(diagnostic.help)}"
    return f"::{_COMMANDS[diagnostic.severity]} {named}::{_data(report.style.plain(said))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _summary(report: Report) -> str:
    """Markdown for the job's page: how much was found, and a table of all of it, as far as there is room."""
    counted = Counter(each.severity for each in report.diagnostics)
    found = ", ".join(plural(counted[kind], kind) for kind in ("error", "warning", "note") if counted[kind])
    head = [f"### permlint: {found or 'no problems found'}", ""]
    if report.unreadable:
        head += [f"**{plural(len(report.unreadable), 'file')} could not be read.**", ""]
    looked = f"{plural(report.files, 'file')} looked at"
    if report.calls[0]:
        looked += f", {report.calls[1]} of {plural(report.calls[0], 'Graph call')} resolved"
    if report.baseline is not None:
        looked += f", {plural(report.baseline.accepted, 'finding')} held back as old"
    head += [f"{looked}; {report.run.tool}, catalog of {report.run.catalog}, as of {report.run.as_of}.", ""]
    if report.diagnostics:
        head += ["| | rule | where | what |", "| --- | --- | --- | --- |"]
    text = "".join(f"{line}\n" for line in head)
    room = MOST_SUMMARY - len(text.encode("utf-8", "replace")) - len(_LEFT_OUT) - 20
    for number, row in enumerate(_rows(report)):
        room -= len(row.encode("utf-8", "replace"))
        if room < 0:
            return text + _LEFT_OUT.format(len(report.diagnostics) - number)
        text += row
    return text


def _rows(report: Report) -> Iterator[str]:
    for each in report.diagnostics:
        place = in_file(each.place)
        cells = (
            each.severity,
            f"{each.code} {each.name}",
            _cell(f"{report.in_repository(place.path)}:{place.line}"),
            _cell(message(each)),
        )
        yield f"| {' | '.join(cells)} |\n"


def _cell(text: str) -> str:
    """A text in a cell of a Markdown table: nothing in it is markup."""
    from html import escape

    from permlint.report.source import disarm

    shown = escape(" ".join(disarm(text).split()), quote=False)
    return "".join(f"\\{char}" if char in "\\`*_[]|~#!" else char for char in shown)
