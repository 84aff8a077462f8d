"""A call's address names no version of the Graph API.

## What it does

Reports calls whose address on one of the Graph API's hosts is known, and has no version in front of its path.

## Why it matters

Such a call is answered by the version that the app's dashboard sets, and in time by newer ones. What it answers, and which
permissions it needs, then changes without a change of the code. Many apps live with that, so this rule is off unless it is
selected.

## What to do

Put the version that the app was tested with in front of the path.

## When it stays silent

Where a library may add a version by itself, where the beginning of the path is only known at run time, and for addresses that
Meta's own pages show without a version, such as those that exchange tokens.

## References

- [Versioning of the Graph API](https://developers.facebook.com/docs/graph-api/guides/versioning)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.api import App, Example, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(app: App) -> Iterator[Finding]:
    """Yields each call of an address that is known to name no version."""
    catalog = app.catalog.catalog
    hosts = catalog.versioned_hosts()
    plain = {
        (place.host, place.path)
        for login in catalog.logins()
        for place in login.endpoints
        if "{version}" not in place.path
    }
    newest = app.catalog.newest_version()
    for call in app.calls:
        if call.version != "" or call.host not in hosts or (call.host, call.endpoint) in plain:
            continue
        named = f"{call.method} {call.endpoint}" if call.method else call.endpoint
        yield Finding(
            place=call.place,
            message=f"{named} names no version of the Graph API: the version set in the app's dashboard answers",
            label="names no version: the one set in the app's dashboard answers",
            help=f"put a version in front of the path: https://{call.host}/{newest.name}{call.endpoint}"
            if newest
            else "",
            sources=("https://developers.facebook.com/docs/graph-api/guides/versioning",),
            statement=call.statement,
        )


RULE = Rule(
    code="PRM403",
    name="unversioned-call",
    severity="off",
    summary="A call's address names no version of the Graph API",
    doc=__doc__,
    check=check,
    bad=(
        Example(
            {
                "pages.py": """\
import requests


def accounts(token):
    url = "https://graph.facebook.com/me/accounts"
    return requests.get(url, params={"access_token": token}, timeout=10).json()  # <- PRM403
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


def longer(token):
    url = "https://graph.instagram.com/access_token"
    query = {"grant_type": "ig_exchange_token", "access_token": token}
    return requests.get(url, params=query, timeout=10).json()
""",
            },
            as_of="2026-11-21",
        ),
    ),
)
