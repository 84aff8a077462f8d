"""Diagnostics as a GitLab Code Quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.report.common import in_file, message
from permlint.report.formats import Rendered
from permlint.report.machine import dump

if TYPE_CHECKING:
    from permlint.report.formats import Report

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def render(report: Report) -> Rendered:
    """Returns the report in the format `gitlab`, paths relative to the repository's root."""
    issues = []
    for each, fingerprint in zip(report.diagnostics, report.fingerprints(), strict=True):
        place = in_file(each.place)
        issues.append(
            {
                "description": f"{each.code} {each.name}: {message(each)}",
                "check_name": each.code,
                "fingerprint": fingerprint,
                "severity": _SEVERITIES[each.severity],
                "location": {
                    "path": report.in_repository(place.path),
                    "lines": {"begin": place.line, "end": place.end_line},
                },
            }
        )
    return Rendered(dump(issues))
