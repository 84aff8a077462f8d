"""A version of the Graph API that has ended is named.

## What it does

Reports each place that names a version of the Graph API or the Marketing API which no longer answers on the day of
the run. The two have tables of their own: a version of the Marketing API ends about a year earlier than the Graph
API's of the same name, and the endpoint decides which one counts.

## Why it matters

Calls to an ended version fail, or are answered by the oldest version that still lives. Then fields are missing and
permissions are asked for which nobody tested.

## What to do

Name the newest version that the message names, and read the changelog between the two.

## When it stays silent

For versions that the catalog has never heard of, newer ones above all.

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
    """Yields each use of a version that has ended on the day of the run."""
    view = app.catalog
    for use in app.versions:
        status = view.version_status(use.version, use.api)
        if status.kind != "expired":
            continue
        api = "Marketing API" if use.api == "marketing" else "Graph API"
        living = view.living_versions(use.api)
        oldest, newest = (living[0].name, living[-1].name) if living else ("", "")
        answer = f"calls fail or are answered by {oldest}, the oldest that lives" if living else "calls fail"
        version = view.catalog.version(use.version, use.api)
        yield Finding(
            place=use.place,
            message=f"{use.version} of the {api} ended on {status.expires}: {answer}"
            + (f"; the newest is {newest}" if living else ""),
            label=f"ended on {status.expires}: {answer}",
            help=f"move to {newest}, the newest version" if living else "",
            sources=(version.source,) if version else (),
            statement=use.statement,
            remedy=moved(use, newest),
        )


RULE = Rule(
    code="PRM401",
    name="expired-graph-version",
    severity="warning",
    summary="A version of the Graph API that has ended is named",
    doc=__doc__,
    check=check,
    bad=(
        Example(
            {
                "pages.py": """\
import requests


def accounts(token):
    url = "https://graph.facebook.com/v12.0/me/accounts"  # <- PRM401
    return requests.get(url, params={"access_token": token}, timeout=10).json()
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


def accounts(token):
    url = "https://graph.facebook.com/v25.0/me/accounts"
    return requests.get(url, params={"access_token": token}, timeout=10).json()
""",
            },
            as_of="2026-11-21",
        ),
    ),
)
