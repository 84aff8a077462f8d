"""The command `diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from permlint.cli.dates import check_version, parse_day, warn_of_old_catalog
from permlint.cli.declared import check_names
from permlint.cli.earlier import earlier
from permlint.cli.output import check_output, write
from permlint.cli.project import open_project
from permlint.cli.work import analyse, run_of, show_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def diff(
    revision: str,
    paths: Sequence[str],
    *,
    format_: Literal["text", "markdown", "json"],
    output: str | None,
    config: str | None,
    isolated: bool,
    as_of: str | None,
    graph_version: str | None,
    no_cache: bool,
) -> int:
    """Writes what changed since a revision. The arguments are the command's; returns the exit status."""
    from permlint.changes import changes
    from permlint.report.changes import render_json, render_markdown, render_text

    day = parse_day(as_of)
    check_output(output)
    project = open_project(paths, config=config, isolated=isolated)
    check_version(graph_version, day, project)
    check_names(project.config)
    now = analyse(project, day, graph_version, no_cache=no_cache)
    with earlier(project, revision, own_config=config is None and not isolated) as before:
        then = analyse(before, day, graph_version, no_cache=True)
        found = changes(then.apps if then else (), now.apps if now else ())
    show = show_of(project)
    if format_ == "json":
        report = render_json(found, revision, run_of(day), show)
    elif format_ == "markdown":
        report = render_markdown(found, revision, show)
    else:
        report = render_text(found, revision, show)
    write(report, output)
    warn_of_old_catalog()
    return 0
