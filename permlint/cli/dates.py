"""The day and the Graph API version of a run, and how old the catalog is."""

# Pathlib is not imported on the way of a run that finds nothing to do: start-up counts.
from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

import permlint
from permlint.cli.errors import Failure, note, unusable
from permlint.config import Fault, Spot, shown_path

if TYPE_CHECKING:
    from permlint.cli.project import Project

_OLD = dt.timedelta(days=365)


def today() -> dt.date:
    """The day in the user's time zone."""
    return dt.date.today()  # noqa: DTZ011 -- a day as the user's calendar shows it


def catalog_date() -> str:
    """Returns the date of the catalog, ISO, without loading the catalog where that can be helped."""
    path = os.path.join(os.path.dirname(permlint.__file__), "catalog", "data", "catalog.json")
    try:
        with open(path, "rb") as file:
            head = file.read(24)
    except OSError:
        head = b""
    if head.startswith(b'{"date": "') and head[20:21] == b'"':
        return head[10:20].decode("ascii", "replace")
    from permlint.catalog import load

    return load().date.isoformat()


def warn_of_old_catalog(*, quiet: bool = False) -> None:
    """Says in a note if the catalog is more than a year behind today."""
    date = catalog_date()
    if today() - dt.date.fromisoformat(date) > _OLD:
        note(f"the catalog is of {date}, more than a year old; a newer permlint knows what changed since", quiet=quiet)


def parse_day(text: str | None) -> dt.date:
    """Returns the day that `--as-of` names, today for None. Raises Failure."""
    if text is None:
        return today()
    parts = text.strip().split("-")
    if [len(part) for part in parts] == [4, 2, 2] and all(part.isascii() and part.isdigit() for part in parts):
        try:
            return dt.date(*map(int, parts))
        except ValueError as error:
            raise Failure(f"--as-of {text}: no such day: {error}") from None
    raise Failure(f"--as-of {text}: write the day as YYYY-MM-DD, such as {today().isoformat()}")


def check_version(version: str | None, day: dt.date, project: Project | None = None) -> None:
    """Raises Failure if a version given by option or config cannot be one.

    A version in the config may be newer than the catalog; one given by hand must be known, and out by that day.
    """
    named: list[tuple[str, Spot | None]] = [(version, None)] if version is not None else []
    if project is not None and project.config.file is not None:
        config = project.config
        given = [config.graph_version, *(app.graph_version for app in config.apps)]
        spot = Spot(project.config.file, shown_path(project.config.file, project.cwd))
        named += [(each, spot) for each in dict.fromkeys(given) if each is not None]
    if not named:
        return
    from permlint.catalog import CatalogError, compare_versions, load

    catalog = load()
    newest = catalog.versions()[-1].name

    def failure(each: str, at: Spot | None, why: str) -> Failure:
        return unusable([Fault(at, f"{'--' if at is None else ''}graph-version {each}: {why}")])

    for each, at in named:
        try:
            known = catalog.version(each)
            newer = compare_versions(each, newest) > 0
        except CatalogError:
            raise failure(each, at, f"write a version as vN.N, such as {newest}") from None
        if known is None and (at is None or not newer):
            raise failure(
                each, at, f"no such Graph API version; the catalog of {catalog.date} knows none after {newest}"
            )
        if known is not None and at is None and known.released > day:
            raise failure(each, at, f"that version came out on {known.released}, after {day}, the day to judge as of")
