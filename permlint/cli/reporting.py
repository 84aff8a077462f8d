"""How a run of `check` reports what it found: as text, or in one of the formats for programs."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, NamedTuple

from permlint.cli.errors import note
from permlint.cli.output import style_of, write
from permlint.cli.work import known_rules, run_of, show_of, skipped_in, sources_of, unreadable_in

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from permlint.analysis import Analysis
    from permlint.cli.project import Project
    from permlint.config import Config
    from permlint.diagnostics import Diagnostic
    from permlint.report.formats import Baseline, Rendered
    from permlint.rule import Rule

_SEVERITIES = ("error", "warning", "note", "never")


class Found(NamedTuple):
    """What a run found.

    rules: those that were run. found: all findings, sorted; shown: the ones to show. held: what a baseline did, None
    without one.
    """

    project: Project
    analysis: Analysis | None
    day: dt.date
    rules: Sequence[Rule]
    found: Sequence[Diagnostic]
    shown: Sequence[Diagnostic]
    held: Baseline | None


def report(found: Found, format_: str, output: str | None, *, statistics: bool, quiet: bool, started: float) -> None:
    """Writes the report, says in notes what its format leaves out, and adds to the summary of a CI job.

    The options are those of `check`. started: by the monotonic clock, in seconds. Raises Failure.
    """
    if format_ == "concise":
        write(_concise(found, output, statistics=statistics), output)
    elif format_ == "text":
        text = _text(found, output, statistics=statistics)
        write(text if quiet else text + _summary(found, output, started), output)
    else:
        rendered = _machine(found, format_, output, statistics=statistics)
        write(rendered.text, output)
        for each in rendered.notes:
            note(each, quiet=quiet)
        _summarise(rendered.summary, quiet=quiet)


def _concise(found: Found, output: str | None, *, statistics: bool) -> str:
    """A line for each finding. Little is imported where there is none."""
    if not found.shown:
        return ""
    from permlint.report.text import render_concise, render_statistics

    style = style_of(output)
    text = render_concise(found.shown, show_of(found.project), style)
    return text + render_statistics(found.shown, style) if statistics else text


def _text(found: Found, output: str | None, *, statistics: bool) -> str:
    """The findings for a person. Little is imported where there is none."""
    if not found.shown:
        return ""
    from permlint.report.text import render_statistics, render_text

    style = style_of(output)
    text = render_text(found.shown, sources_of(found.project), show_of(found.project), style) + "\n"
    return text + render_statistics(found.shown, style) + "\n" if statistics else text


def _summary(found: Found, output: str | None, started: float) -> str:
    from permlint.report.summary import render_fixable, render_summary

    summary = render_summary(
        found.shown,
        files=found.analysis.files if found.analysis else 0,
        skipped=skipped_in(found.project, found.analysis),
        accepted=found.held.accepted if found.held else 0,
        seconds=time.monotonic() - started,
        style=style_of(output) if found.shown else None,
    )
    return summary + render_fixable(found.shown) + _coverage(found.analysis)


def _machine(found: Found, format_: str, output: str | None, *, statistics: bool) -> Rendered:
    """The report for a program."""
    from permlint.config.locate import repository_root
    from permlint.fingerprints import fingerprint, identity, keys_of
    from permlint.report.formats import Report, render
    from permlint.report.paths import paths_from

    root = found.project.config.root
    sources = sources_of(found.project)

    def fingerprints() -> list[str]:
        keys = keys_of(found.found, sources.line)
        made = {identity(each): fingerprint(*key) for each, key in zip(found.found, keys, strict=True)}
        return [made[identity(each)] for each in found.shown]

    return render(
        format_,
        Report(
            run=run_of(found.day),
            diagnostics=found.shown,
            fingerprints=fingerprints,
            rules=known_rules,
            sources=sources,
            show=show_of(found.project),
            in_repository=paths_from(root, repository_root(root) or root),
            files=found.analysis.files if found.analysis else 0,
            skipped=skipped_in(found.project, found.analysis),
            unreadable=unreadable_in(found.analysis),
            calls=_calls(found.analysis),
            fails=lambda diagnostic: bool(status_of([diagnostic], found.project.config)),
            style=style_of(output),
            statistics=statistics,
            baseline=found.held,
        ),
    )


def _summarise(markdown: str, *, quiet: bool) -> None:
    """Adds a summary to the page of the job, where this is a job of GitHub Actions."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not markdown or not path:
        return
    try:
        with open(path, "ab") as file:
            file.write(markdown.encode("utf-8", "replace"))
    except OSError as error:
        note(f"GITHUB_STEP_SUMMARY {path}: cannot be written: {error.strerror or error}", quiet=quiet)


def _calls(analysis: Analysis | None) -> tuple[int, int]:
    """How many calls there are, and of how many it is known what they need."""
    if analysis is None or analysis.idle:
        return 0, 0
    from permlint.verdicts import coverage  # only where there may be calls

    return coverage(app for app in analysis.apps if app.whole)


def _coverage(analysis: Analysis | None) -> str:
    """The line about calls that are not resolved, where that keeps a verdict open."""
    if analysis is None or analysis.idle or not any(app.calls for app in analysis.apps):
        return ""
    from permlint.report.summary import render_coverage
    from permlint.verdicts import bears

    return render_coverage(*_calls(analysis)) if bears(app for app in analysis.apps if app.whole) else ""


def status_of(shown: Sequence[Diagnostic], config: Config) -> int:
    """Returns the exit status: 1 if something shown is as severe as the config's `fail-on`, else 0."""
    bar = _SEVERITIES.index(config.fail_on)
    if config.fail_on == "never":
        return 0
    return int(any(_SEVERITIES.index(each.severity) <= bar for each in shown))
