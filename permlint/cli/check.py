"""The command `check`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal

from permlint.cli.dates import check_version, parse_day, warn_of_old_catalog
from permlint.cli.declared import check_names, note_what_matches_nothing
from permlint.cli.errors import Failure
from permlint.cli.output import check_output, style_of, write
from permlint.cli.project import Project, open_project
from permlint.cli.work import analyse, run_of, show_of, skipped_in
from permlint.config import shown_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from permlint.analysis import Analysis
    from permlint.config import Config
    from permlint.diagnostics import Confidence, Diagnostic, Severity

_SEVERITIES = ("error", "warning", "note", "never")
_CONFIDENCES = ("high", "medium", "low")


def check(
    paths: Sequence[str],
    *,
    format_: Literal["text", "concise", "json"],
    output: str | None,
    config: str | None,
    isolated: bool,
    as_of: str | None,
    graph_version: str | None,
    no_cache: bool,
    select: tuple[str, ...] | None,
    extend_select: tuple[str, ...] | None,
    ignore: tuple[str, ...] | None,
    min_confidence: Confidence | None,
    exit_zero: bool,
    statistics: bool,
    stdin_filename: str | None,
    quiet: bool,
) -> int:
    """Lints a project and writes the report. The arguments are the command's; returns the exit status."""
    started = time.monotonic()
    day = parse_day(as_of)
    check_output(output)
    project = open_project(paths, config=config, isolated=isolated, stdin_filename=stdin_filename, quiet=quiet)
    check_version(graph_version, day, project)
    check_names(project.config)
    analysis = analyse(project, day, graph_version, no_cache=no_cache)
    note_what_matches_nothing(project.config, analysis, quiet=quiet)
    words = _Words(select, extend_select or (), ignore or ())
    found = _judge(project, analysis, words)
    least = _CONFIDENCES.index(min_confidence or project.config.min_confidence)
    shown = [each for each in found if project.shows(each.place) and _CONFIDENCES.index(each.confidence) <= least]
    skipped = skipped_in(project, analysis)
    files = analysis.files if analysis else 0
    if format_ == "json":
        from permlint.report.machine import check_json

        report = check_json(
            run_of(day),
            shown,
            show_of(project),
            files=files,
            skipped=skipped,
            calls=_calls(analysis),
            statistics=statistics,
        )
    else:
        report = _text(project, shown, format_, output, statistics=statistics)
        if format_ == "text" and not quiet:
            report += _summary(shown, files, skipped, time.monotonic() - started, output) + _coverage(analysis)
    write(report, output)
    warn_of_old_catalog(quiet=quiet)
    return 0 if exit_zero else status_of(shown, project.config)


class _Words:
    """The rules that the options name."""

    def __init__(self, select: tuple[str, ...] | None, extend_select: tuple[str, ...], ignore: tuple[str, ...]) -> None:
        self.select = select
        self.extend_select = extend_select
        self.ignore = ignore

    def __bool__(self) -> bool:
        return self.select is not None or bool(self.extend_select or self.ignore)


def _judge(project: Project, analysis: Analysis | None, words: _Words) -> tuple[Diagnostic, ...]:
    """What the rules say. No rule is imported where there are neither facts to judge nor rules named."""
    config = project.config
    named = bool(words or config.select is not None or config.extend_select or config.ignore)
    named = named or bool(config.severity or config.per_file_ignores)
    if not named and not _has_facts(analysis):
        return ()
    from permlint import engine  # only where there is something to judge

    try:
        known = engine.discover()
    except engine.RuleError as error:
        raise Failure(str(error)) from None
    severity: dict[str, Severity] = {}
    off = []
    for rule, level in config.severity:
        if level == "off":
            off.append(rule)
        else:
            severity[rule] = level
    try:
        engine.check_words(known, [*severity, *(rule for _, rules in config.per_file_ignores for rule in rules)])
        engine.select(known, config.select, config.extend_select, (*config.ignore, *off))
    except engine.SelectionError as error:
        raise Failure(f"{shown_path(config.file or '', project.cwd)}: {error}") from None
    try:
        rules = engine.select(
            known,
            config.select if words.select is None else words.select,
            (*(config.extend_select if words.select is None else ()), *words.extend_select),
            (*(() if words.select is not None else (*config.ignore, *off)), *words.ignore),
        )
    except engine.SelectionError as error:
        raise Failure(str(error)) from None
    if analysis is None or not _has_facts(analysis):
        return ()
    return engine.run(
        analysis.apps,
        rules,
        known=known,
        severity=severity,
        per_file_ignores=config.ignores_for,
        suppressions=analysis.suppressions,
    ).diagnostics


def _has_facts(analysis: Analysis | None) -> bool:
    return (
        analysis is not None
        and not analysis.idle
        and (
            bool(analysis.suppressions)
            or any(
                app.requests or app.edge or app.versions or app.unresolved or app.unreadable for app in analysis.apps
            )
        )
    )


def _text(project: Project, shown: Sequence[Diagnostic], format_: str, output: str | None, *, statistics: bool) -> str:
    if not shown:
        return ""
    from permlint.report.source import Sources  # only where there is something to show
    from permlint.report.text import render_concise, render_statistics, render_text

    style = style_of(output)
    show = show_of(project)
    if format_ == "concise":
        report = render_concise(shown, show, style)
    else:
        report = render_text(shown, Sources(project.config.root, project.overlay), show, style) + "\n"
    if statistics:
        report += render_statistics(shown, style) + ("\n" if format_ == "text" else "")
    return report


def _summary(
    shown: Sequence[Diagnostic], files: int, skipped: Mapping[str, int], seconds: float, output: str | None
) -> str:
    from permlint.report.summary import render_summary

    return render_summary(
        shown, files=files, skipped=skipped, seconds=seconds, style=style_of(output) if shown else None
    )


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
