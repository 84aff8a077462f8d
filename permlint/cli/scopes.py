"""The command `scopes`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from permlint.cli.dates import check_version, parse_day, warn_of_old_catalog
from permlint.cli.output import check_output, style_of, write
from permlint.cli.project import open_project
from permlint.cli.work import analyse, run_of, show_of

if TYPE_CHECKING:
    from collections.abc import Sequence


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
) -> int:
    """Writes the inventory of a project. The arguments are the command's; returns the exit status."""
    from permlint.report.inventory import Inventory, render_scopes

    day = parse_day(as_of)
    check_output(output)
    project = open_project(paths, config=config, isolated=isolated)
    check_version(graph_version, day, project)
    analysis = analyse(project, day, graph_version, no_cache=no_cache)
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
