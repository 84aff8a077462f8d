"""The command `check`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from permlint.cli.dates import check_version, parse_day, warn_of_old_catalog
from permlint.cli.declared import check_names, note_what_matches_nothing
from permlint.cli.errors import Failure, unusable
from permlint.cli.output import check_output, write
from permlint.cli.project import Project, open_project
from permlint.cli.reporting import Found, report, status_of
from permlint.cli.work import analyse, known_rules
from permlint.config import Fault, Spot, shown_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from permlint.analysis import Analysis
    from permlint.diagnostics import Confidence, Diagnostic, Severity
    from permlint.rule import Rule

CONFIDENCES = ("high", "medium", "low")
"""How sure permlint can be, the surest first."""


def check(
    paths: Sequence[str],
    *,
    format_: str,
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
    baseline: str | None,
    since: str | None,
    alone: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    add_suppressions: bool,
    reason: str | None,
    exit_zero: bool,
    statistics: bool,
    stdin_filename: str | None,
    quiet: bool,
) -> int:
    """Lints a project and writes the report. The arguments are the command's; returns the exit status."""
    started = time.monotonic()
    day = parse_day(as_of)
    check_output(output)
    accepted = None
    if baseline is not None:
        from permlint.cli.accepted import accepted_in

        accepted = accepted_in(baseline)
    if baseline is not None and since is not None:
        raise Failure("--baseline and --since exclude each other")
    if add_suppressions:
        from permlint.cli.suppressing import add_suppressions as write_comments
        from permlint.cli.suppressing import check_reason

        if stdin_filename is not None:
            raise Failure("--add-suppressions writes into files, and - stands for none")
        reason = check_reason(reason)
    elif reason is not None:
        raise Failure("--reason needs --add-suppressions")
    _check_fixes(fix=fix, unsafe_fixes=unsafe_fixes, diff=diff, add_suppressions=add_suppressions, stdin=stdin_filename)
    project = open_project(paths, config=config, isolated=isolated, stdin_filename=stdin_filename, quiet=quiet)
    check_version(graph_version, day, project)
    check_names(project.config)
    words = Words(select, extend_select or (), ignore or ())
    least = CONFIDENCES.index(min_confidence or project.config.min_confidence)

    def look(project: Project) -> Found:
        analysis = analyse(project, day, graph_version, no_cache=no_cache, alone=alone)
        rules, found = judge(project, analysis, words, any_rules=bool(accepted))
        # What shows no fixes makes none.
        if (format_ != "concise" or fix or diff) and any(each.remedy for each in found):
            from permlint.cli.fixes import offered

            found = offered(project, analysis, found)
        shown = [each for each in found if project.shows(each.place) and CONFIDENCES.index(each.confidence) <= least]
        held = None
        if accepted is not None:
            from permlint.cli.accepted import hold_back

            shown, held = hold_back(accepted, project, analysis, rules, found, shown)
        return Found(project, analysis, day, rules, found, shown, held)

    if since is not None:
        from permlint.cli.accepted import keys_in
        from permlint.cli.earlier import earlier, renamed

        moved = renamed(project, since)
        with earlier(project, since, own_config=config is None and not isolated) as base:
            then = analyse(base, day, graph_version, no_cache=True)
            accepted = keys_in(base, judge(base, then, words)[1], moved)
    found = look(project)
    if fix or diff:
        from permlint.cli import fixes

        found, changed = fixes.fix(found, look, unsafe=unsafe_fixes, write=fix, quiet=quiet)
        if diff:
            write(fixes.diff_of(project, changed), output)
            return 1 if changed and not exit_zero else 0
        fixes.write_all(project, changed)
    if add_suppressions and write_comments(project, found.shown, found.rules, reason or "", quiet=quiet):
        found = look(project)
    note_what_matches_nothing(project.config, found.analysis, quiet=quiet)
    if baseline is not None and found.held is not None and found.held.stale:
        from permlint.cli.accepted import say_what_is_stale

        say_what_is_stale(baseline, found.held.stale, quiet=quiet)
    report(found, format_, output, statistics=statistics, quiet=quiet, started=started)
    warn_of_old_catalog(quiet=quiet)
    return 0 if exit_zero else status_of(found.shown, project.config)


def _check_fixes(*, fix: bool, unsafe_fixes: bool, diff: bool, add_suppressions: bool, stdin: str | None) -> None:
    """Raises Failure for options that can't go together."""
    if unsafe_fixes and not (fix or diff):
        raise Failure("--unsafe-fixes needs --fix or --diff")
    if fix and diff:
        raise Failure("--fix writes the fixes and --diff only shows them: choose one")
    if (fix or diff) and add_suppressions:
        raise Failure("--add-suppressions goes with neither --fix nor --diff")
    if fix and stdin is not None:
        raise Failure("--fix writes into files, and - stands for none")


class Words:
    """The rules that the options name."""

    def __init__(
        self,
        select: tuple[str, ...] | None = None,
        extend_select: tuple[str, ...] = (),
        ignore: tuple[str, ...] = (),
    ) -> None:
        self.select = select
        self.extend_select = extend_select
        self.ignore = ignore

    def __bool__(self) -> bool:
        return self.select is not None or bool(self.extend_select or self.ignore)


def judge(
    project: Project, analysis: Analysis | None, words: Words, *, any_rules: bool = False
) -> tuple[tuple[Rule, ...], tuple[Diagnostic, ...]]:
    """Returns the rules that are run and what they say. Raises Failure.

    No rule is imported where there are neither facts to judge nor rules named, unless any_rules says that they are wanted.
    """
    config = project.config
    named = any_rules or bool(words or config.select is not None or config.extend_select or config.ignore)
    named = named or bool(config.severity or config.per_file_ignores)
    if not named and not _has_facts(analysis):
        return (), ()
    from permlint import engine  # only where there is something to judge

    known = known_rules()
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
        spot = Spot(config.file or "", shown_path(config.file or "", project.cwd))
        raise unusable([Fault(spot, str(error))]) from None
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
        return rules, ()
    return rules, engine.run(
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
