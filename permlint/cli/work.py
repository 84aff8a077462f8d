"""What the analysis commands share: running the analysis, and what every report names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint import __version__
from permlint.cli.dates import catalog_date
from permlint.cli.errors import Failure

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from permlint.analysis import Analysis
    from permlint.cli.project import Project
    from permlint.facts import Unreadable
    from permlint.report.machine import Run
    from permlint.report.paths import ShowPath
    from permlint.report.source import Sources
    from permlint.rule import Rule


def analyse(
    project: Project, day: dt.date, graph_version: str | None, *, no_cache: bool, alone: bool = False
) -> Analysis | None:
    """Returns what there is in the project's files, None if it has none that permlint reads.

    alone: only in those that the user named; no app is whole then.
    """
    if not project.listing.files:
        return None
    from permlint.analysis import analyse  # only where there are files to read
    from permlint.cli.progress import Progress

    with Progress() as progress:
        return analyse(
            project.config,
            project.listing.files,
            as_of=day,
            graph_version=graph_version,
            overlay=project.overlay,
            cache=None if no_cache else cache_path(),
            progress=progress,
            only=project.names if alone else None,
        )


def cache_path() -> Path | None:
    """Returns the folder of the cache, None where there can be none."""
    from pathlib import Path  # 3 ms

    from permlint.files.cache import cache_folder

    folder = cache_folder()
    return None if folder is None else Path(folder)


def skipped_in(project: Project, analysis: Analysis | None) -> dict[str, int]:
    """Returns how many files were passed over, by reason, in the listing and in the analysis together."""
    skipped = dict(project.listing.skipped)
    for reason, count in analysis.skipped.items() if analysis else ():
        skipped[reason] = skipped.get(reason, 0) + count
    return skipped


def unreadable_in(analysis: Analysis | None) -> tuple[Unreadable, ...]:
    """Returns the files that might hold something of interest and could not be read."""
    apps = analysis.apps if analysis and not analysis.idle else ()
    return tuple(dict.fromkeys(file for app in apps for file in app.unreadable))


def run_of(day: dt.date) -> Run:
    """Returns what a report in JSON says of its run."""
    from permlint.report.machine import Run

    return Run(f"permlint {__version__}", catalog_date(), day.isoformat())


def show_of(project: Project) -> ShowPath:
    """Returns the function that turns the project's paths into those of the report."""
    from permlint.report.paths import paths_from

    return paths_from(project.config.root, project.cwd)


def sources_of(project: Project, texts: Mapping[str, str] | None = None) -> Sources:
    """Returns the lines of the project's files. texts: what stands in for a file's, as text."""
    from permlint.report.source import Sources  # only where there is something to show

    return Sources(project.config.root, project.overlay, texts)


def known_rules() -> tuple[Rule, ...]:
    """All rules there are. Raises Failure."""
    from permlint import engine

    try:
        return engine.discover()
    except engine.RuleError as error:
        raise Failure(str(error)) from None
