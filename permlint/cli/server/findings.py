"""Findings as an editor's diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from permlint.cli.server.positions import range_of
from permlint.report.source import disarm
from permlint.secrets import mask

if TYPE_CHECKING:
    from collections.abc import Callable

    from permlint.diagnostics import Diagnostic, Evidence
    from permlint.report.source import Sources

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


def shown(text: str) -> str:
    """A text as it may be shown: without secrets, and without what turns the direction of writing."""
    return disarm(mask(text))
