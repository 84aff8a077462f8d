"""The command `scopes`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from permlint.cli.dates import check_version, parse_day, warn_of_old_catalog
from permlint.cli.declared import check_names, note_what_matches_nothing
from permlint.cli.errors import Failure
from permlint.cli.output import check_output, style_of, write
from permlint.cli.project import open_project
from permlint.cli.work import analyse, run_of, show_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from permlint.analysis import Analysis
    from permlint.report.machine import Run


def scopes(
    paths: Sequence[str],
    *,
    format_: Literal["text", "json"],
    output: str | None,
    config: str | None,
    isolated: bool,
    as_of: str | None,
    graph_version: str | None,
    no_cache: bool,
    unresolved: bool,
    least: bool,
) -> int:
    """Writes the inventory of a project. The arguments are the command's; returns the exit status."""
    from permlint.report.inventory import Inventory, render_scopes

    if unresolved and least:
        raise Failure("--unresolved and --least exclude each other")
    day = parse_day(as_of)
    check_output(output)
    project = open_project(paths, config=config, isolated=isolated)
    check_version(graph_version, day, project)
    check_names(project.config)
    analysis = analyse(project, day, graph_version, no_cache=no_cache)
    note_what_matches_nothing(project.config, analysis)
    if least:
        report = _least(analysis, run_of(day), format_)
        write(report, output)
        warn_of_old_catalog()
        return 0
    apps = [Inventory(app, project.shows, unresolved=unresolved) for app in (analysis.apps if analysis else ())]
    if format_ == "json":
        from permlint.report.machine import scopes_json

        report = scopes_json(run_of(day), apps, show_of(project))
    elif not apps:
        report = "no file of the project asks for anything\n"
    else:
        from permlint.catalog import load

        names = {login.id: login.name for login in load().logins()}
        report = render_scopes(apps, names, show_of(project), style_of(output))
    write(report, output)
    warn_of_old_catalog()
    return 0


def _least(analysis: Analysis | None, run: Run, format_: Literal["text", "json"]) -> str:
    """The smallest list of scopes of each app."""
    from permlint.least import least

    lists = [(app, least(app)) for app in (analysis.apps if analysis else ()) if app.whole]
    if format_ == "json":
        from permlint.report.machine import least_json

        return least_json(run, lists)
    from permlint.report.inventory import render_least

    return render_least(lists) or "# no call of the project needs a permission that permlint can see\n"
