"""The formats of `check` for programs: a module for each, imported only where the format is asked for.

A format is a row here and a module with a function `render(report: Report) -> Rendered`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from permlint.diagnostics import Diagnostic
    from permlint.facts import Unreadable
    from permlint.fingerprints import Key
    from permlint.report.machine import Run
    from permlint.report.paths import ShowPath
    from permlint.report.source import Sources
    from permlint.report.style import Style
    from permlint.rule import Rule

MODULES = {
    "json": "permlint.report.machine",
    "sarif": "permlint.report.sarif",
    "github": "permlint.report.github",
    "gitlab": "permlint.report.gitlab",
    "junit": "permlint.report.junit",
    "rdjson": "permlint.report.rdjson",
}
"""The module of each format."""


class Baseline(NamedTuple):
    """What a baseline did. accepted: how many findings it holds back. stale: its entries that match none any more."""

    accepted: int
    stale: tuple[Key, ...]


class Report(NamedTuple):
    """What a run of `check` has to say.

    diagnostics: sorted, the ones to show; fingerprints: theirs, in the same order, made when asked for. rules: all
    rules there are, found when asked for. show: paths relative to the working directory; in_repository: relative to the
    repository's root, or to the project's where there is no repository. files: how many were looked at. skipped: how many
    were passed over, by reason. unreadable: files that could not be read. calls: how many Graph calls there are, and how
    many are resolved. fails: whether a finding makes the run fail. style: what the output can show.
    """

    run: Run
    diagnostics: Sequence[Diagnostic]
    fingerprints: Callable[[], Sequence[str]]
    rules: Callable[[], Sequence[Rule]]
    sources: Sources
    show: ShowPath
    in_repository: ShowPath
    files: int
    skipped: Mapping[str, int]
    unreadable: Sequence[Unreadable]
    calls: tuple[int, int]
    fails: Callable[[Diagnostic], bool]
    style: Style
    statistics: bool = False
    baseline: Baseline | None = None


class Rendered(NamedTuple):
    """A report as text. notes: what the person who runs permlint should know of it. summary: Markdown for the job's page."""

    text: str
    notes: tuple[str, ...] = ()
    summary: str = ""


def render(format_: str, report: Report) -> Rendered:
    """Returns the report in one of the formats of `MODULES`."""
    return cast("Rendered", import_module(MODULES[format_]).render(report))
