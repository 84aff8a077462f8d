"""The command `baseline`."""

from __future__ import annotations

import click

from permlint.cli.check import Words, judge
from permlint.cli.dates import check_version, parse_day
from permlint.cli.declared import check_names
from permlint.cli.output import check_output, write
from permlint.cli.project import open_project
from permlint.cli.work import analyse, sources_of


def baseline(
    path: str | None,
    *,
    output: str,
    config: str | None,
    isolated: bool,
    as_of: str | None,
    graph_version: str | None,
    no_cache: bool,
) -> int:
    """Writes the baseline of a project. The arguments are the command's; returns the exit status."""
    from permlint.baseline import render
    from permlint.report.summary import plural

    day = parse_day(as_of)
    check_output(output)
    project = open_project([] if path is None else [path], config=config, isolated=isolated)
    check_version(graph_version, day, project)
    check_names(project.config)
    _, found = judge(project, analyse(project, day, graph_version, no_cache=no_cache), Words())
    write(render(found, sources_of(project).line), output)
    click.echo(f"wrote {plural(len(found), 'finding')} to {output}")
    return 0
