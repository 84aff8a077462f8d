"""Findings as an editor's diagnostics."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lsprotocol import types

from permlint.cli.server.positions import range_of, units
from permlint.report.source import Sources, disarm
from permlint.secrets import mask

if TYPE_CHECKING:
    from collections.abc import Callable

    from permlint.config import Fault, Spot
    from permlint.diagnostics import Diagnostic, Evidence

SOURCE = "permlint"
_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}


def to_editor(
    diagnostic: Diagnostic, sources: Sources, encoding: str, uri_of: Callable[[str], str], *, related: bool
) -> types.Diagnostic:
    """A finding as the editor shows it. uri_of: by a path of the project. related: whether the editor shows evidence."""
    app = f" (app: {diagnostic.app})" if diagnostic.app not in ("", "default") else ""
    lines = [diagnostic.message + app]
    if diagnostic.help not in diagnostic.message:
        lines.append(f"help: {diagnostic.help}")
    if not related:
        lines += [f"{each.note} at {each.place.path}:{each.place.line}" for each in diagnostic.evidence]
    more = [_related(each, sources, encoding, uri_of) for each in diagnostic.evidence] if related else None
    return types.Diagnostic(
        range=range_of(diagnostic.place, sources, encoding),
        message=shown("\n".join(lines)),
        severity=_SEVERITIES[diagnostic.severity],
        code=diagnostic.code,
        code_description=types.CodeDescription(diagnostic.sources[0]) if diagnostic.sources else None,
        source=SOURCE,
        related_information=more,
    )


def _related(
    evidence: Evidence, sources: Sources, encoding: str, uri_of: Callable[[str], str]
) -> types.DiagnosticRelatedInformation:
    place = range_of(evidence.place, sources, encoding)
    return types.DiagnosticRelatedInformation(types.Location(uri_of(evidence.place.path), place), shown(evidence.note))


def fault_to_editor(fault: Fault, spot: Spot, encoding: str) -> types.Diagnostic:
    """A fault of a config as the editor shows it: from its place on to the end of the line.

    spot: the fault's.
    """
    folder, name = os.path.split(spot.file)
    sources = Sources(folder)

    def text_of(line: int) -> str:
        return (sources.line(name, line) or "").rstrip()

    line, start = spot.line or 1, (spot.column or 1) - 1
    if not text_of(line)[start:]:  # It ends too early: what stands last is marked.
        line = next((number for number in range(line, 0, -1) if text_of(number)), 1)
        start = len(text_of(line)) - len(text_of(line).lstrip())
    text = text_of(line)
    return types.Diagnostic(
        range=types.Range(
            types.Position(line - 1, units(text[:start], encoding)), types.Position(line - 1, units(text, encoding))
        ),
        message=shown(f"{spot.keys}: {fault.message}" if spot.keys else fault.message),
        severity=types.DiagnosticSeverity.Error,
        source=SOURCE,
    )


def shown(text: str) -> str:
    """A text as it may be shown: without secrets, and without what turns the direction of writing."""
    return disarm(mask(text))
