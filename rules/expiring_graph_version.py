"""A version of the Graph API that ends within 90 days is named.

## What it does

Reports each place that names a version of the Graph API or the Marketing API whose last day is at most 90 days away.

## Why it matters

From that day on calls fail or are answered by another version. Ninety days are what it takes to read the changelog,
to change the calls and, where permissions changed, to pass App Review again.

## What to do

Move to the newest version that the message names.

## When it stays silent

Where the end is further away or not announced yet, and for versions that the catalog has never heard of. Once the
version has ended, `expired-graph-version` speaks.

## References

- [Versions of the Graph API](https://developers.facebook.com/docs/graph-api/changelog/versions)
- [Versions of the Marketing API](https://developers.facebook.com/docs/marketing-api/marketing-api-changelog/versions)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.api import App, Example, Finding, Rule, moved

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(app: App) -> Iterator[Finding]:
    """Yields each use of a version that ends soon after the day of the run."""
    view = app.catalog
    for use in app.versions:
        status = view.version_status(use.version, use.api)
        if status.kind != "ends soon":
            continue
        api = "Marketing API" if use.api == "marketing" else "Graph API"
        days = f"{status.days_left} days" if status.days_left != 1 else "1 day"
        newest = view.newest_version(use.api)
        version = view.catalog.version(use.version, use.api)
        move = f"; the newest is {newest.name}" if newest else ""
        yield Finding(
            place=use.place,
            message=f"{use.version} of the {api} ends on {status.expires}, in {days}: calls then fail or change{move}",
            label=f"ends on {status.expires}, in {days}",
            help=f"move to {newest.name}, the newest version" if newest else "",
            sources=(version.source,) if version else (),
            statement=use.statement,
            remedy=moved(use, newest.name if newest else ""),
        )


RULE = Rule(
    code="PRM402",
    name="expiring-graph-version",
    severity="note",
    summary="A version of the Graph API that ends within 90 days is named",
    doc=__doc__,
    check=check,
    bad=(
        Example(
            {
                "pages.py": """\
import requests

GRAPH = "https://graph.facebook.com/v21.0"  # <- PRM402


def accounts(token):
    return requests.get(f"{GRAPH}/me/accounts", params={"access_token": token}, timeout=10).json()
""",
            },
            as_of="2026-11-21",
        ),
    ),
    good=(
        Example(
            {
                "pages.py": """\
import requests

GRAPH = "https://graph.facebook.com/v25.0"


def accounts(token):
    return requests.get(f"{GRAPH}/me/accounts", params={"access_token": token}, timeout=10).json()
""",
            },
            as_of="2026-11-21",
        ),
    ),
)
