"""A permission that is about to end, or that the app's Graph API version no longer has, is asked for.

## What it does

Reports scopes whose permission still exists for some version of the Graph API, but has an announced end, or is
missing from the version that this app uses. The app's version is the one given by `--graph-version` or the config,
else the newest that the source names, else the newest living one.

## Why it matters

When the day comes, the login dialog drops the scope and calls that rely on it fail or come back empty, all at once
and for every user. In a version that has dropped the permission that is so already.

## What to do

Move to the replacement that the message names before the day it names. If there is none, plan to end the feature.

## When it stays silent

Before the end is announced, and once the permission is gone for every version: `removed-permission` speaks then.

## References

- [Permissions Reference](https://developers.facebook.com/docs/permissions)
- [Graph API Changelog](https://developers.facebook.com/docs/graph-api/changelog)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.api import App, Example, Finding, Rule, asked_by, listed

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(app: App) -> Iterator[Finding]:
    """Yields each scope whose permission is deprecated on the day of the run."""
    catalog = app.catalog
    for request, scope in app.scopes():
        status = catalog.status(scope.text)
        permission = catalog.catalog.permission(scope.text)
        if status.kind != "deprecated" or permission is None:
            continue
        if status.version_lacks:
            what = f"is gone from {status.removed_in} on, and this app uses {catalog.graph_version}"
            why = "calls that rely on it fail"
        elif status.removed:
            what, why = (
                f"ends on {status.removed}",
                "from then on the login dialog drops it and calls that rely on it fail",
            )
        else:
            since = f" since {status.announced}" if status.announced else ""
            in_version = f" ({status.announced_in})" if status.announced_in else ""
            what, why = f"is deprecated{since}{in_version}", "calls that rely on it fail once it ends"
        living = catalog.replacements(scope.text)
        cure = f"ask for {listed(living)} instead" if living else "nothing replaces it"
        yield Finding(
            place=scope.place,
            permission=scope.text,
            message=f"{scope.text} {what}: {why}; {cure}",
            label=what if living else f"{what}; {cure}",
            help=cure if living else "plan to do without it",
            confidence="medium" if permission.confidence == "low" else "high",
            evidence=asked_by(catalog, request, scope),
            sources=(permission.source,),
            statement=scope.statement,
        )


RULE = Rule(
    code="PRM102",
    name="deprecated-permission",
    severity="warning",
    summary="A permission that is about to end, or that the app's Graph API version no longer has, is asked for",
    doc=__doc__,
    check=check,
    bad=(
        Example(
            {
                "groups/login.py": """\
from requests_oauthlib import OAuth2Session
from requests_oauthlib.compliance_fixes import facebook_compliance_fix

DIALOG = "https://www.facebook.com/v18.0/dialog/oauth"


def start(client_id, redirect_uri):
    session = OAuth2Session(
        client_id,
        redirect_uri=redirect_uri,
        scope=[
            "public_profile",
            "publish_to_groups",  # <- PRM102 publish_to_groups
        ],
    )
    return facebook_compliance_fix(session).authorization_url(DIALOG)
""",
            },
            title="Announced with v19.0, gone for every version on 2024-04-22",
            as_of="2024-03-01",
        ),
    ),
    good=(
        Example(
            {
                "groups/login.py": """\
from requests_oauthlib import OAuth2Session
from requests_oauthlib.compliance_fixes import facebook_compliance_fix

DIALOG = "https://www.facebook.com/v18.0/dialog/oauth"


def start(client_id, redirect_uri):
    session = OAuth2Session(client_id, redirect_uri=redirect_uri, scope=["public_profile", "email"])
    return facebook_compliance_fix(session).authorization_url(DIALOG)
""",
            },
            as_of="2024-03-01",
        ),
    ),
)
