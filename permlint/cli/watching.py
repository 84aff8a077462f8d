"""What `check --watch` does: a check, and another one whenever a file of the project or its config has changed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import click

from permlint.cache import stamps
from permlint.cli.check import check
from permlint.cli.dates import today
from permlint.cli.errors import Failure, note
from permlint.cli.project import open_project
from permlint.report.summary import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST_PAUSE = 0.5
_IDLE_SHARE = 10
"""Seconds between two looks at the files, and how much longer than a look that is at least."""


def watch(paths: Sequence[str], **options: Any) -> int:
    """Checks until the user has had enough. The arguments are those of `check`; returns the exit status. Raises Failure."""
    for name in ("fix", "diff", "add_suppressions", "stdin_filename"):
        if options[name]:
            raise Failure(f"--watch only looks: it does not go with --{name.replace('_', '-')}")
    quiet = options["quiet"]
    try:
        while True:
            seen = _seen(paths, options)
            if seen[1]:
                note(f"checking {plural(len(seen[1]), 'file')}", quiet=quiet)
            try:
                check(paths, **options)
            except Failure as failure:
                failure.show()
            note("watching for changes; Ctrl-C ends it", quiet=quiet)
            while _pause(paths, options) == seen:
                pass
    except KeyboardInterrupt:
        click.echo(err=True)
        return 0


def _pause(paths: Sequence[str], options: dict[str, Any]) -> tuple[object, Sequence[str], object]:
    """Waits, and then looks at what there is."""
    time.sleep(_LEAST_PAUSE)
    started = time.monotonic()
    seen = _seen(paths, options)
    time.sleep(max(0, _IDLE_SHARE * (time.monotonic() - started) - _LEAST_PAUSE))
    return seen


def _seen(paths: Sequence[str], options: dict[str, Any]) -> tuple[object, Sequence[str], object]:
    """What a check depends on: the config or what is wrong with it, the files, and what tells their content."""
    baseline = [options["baseline"]] if options["baseline"] else []
    accepted = stamps(".", baseline)
    try:
        project = open_project(paths, config=options["config"], isolated=options["isolated"], quiet=True)
    except Failure as failure:
        return (failure.message, today()), (), accepted
    files = project.listing.files
    return (project.config, today()), files, (stamps(project.config.root, files), accepted)
