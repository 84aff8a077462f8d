"""A permission that no longer exists is asked for.

## What it does

Reports scopes that name a permission which Meta has removed for every version of the Graph API. A permission counts
as removed from its removal day on; one that is gone, but nobody knows since when, counts as removed too and is
reported with less confidence.

## Why it matters

The login dialog shows "Invalid Scopes" to the developers of the app and drops the scope without a word for everybody
else. No token ever carries it, so calls that rely on it are refused or come back empty, and App Review can't grant
it.

## What to do

Ask for the replacement that the message names: replacements are followed until one is reached that still exists.
Several replacements share what the old permission did; take those that your calls need. If there is none, take the
scope out, together with the feature that relied on it.

## When it stays silent

For a permission whose removal lies after the date of the run (`--as-of`): `deprecated-permission` speaks then. For
names that ordinary code uses too (`likes`, `basic`, `sms`) where it is not known whose login asks for them.

## References

- [Permissions Reference](https://developers.facebook.com/docs/permissions)
- [Graph API Changelog](https://developers.facebook.com/docs/graph-api/changelog)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.api import App, Example, Finding, Remedy, Request, Rule, Scope, asked_by, instead, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


def check(app: App) -> Iterator[Finding]:
    """Yields each scope whose permission is removed on the day of the run."""
    catalog = app.catalog
    for request, scope in app.scopes():
        status = catalog.status(scope.text)
        permission = catalog.catalog.permission(scope.text)
        if status.kind != "removed" or permission is None:
            continue
        if request.login == "unknown" and permission.everyday:
            continue
        living, dead = catalog.replacements(scope.text), catalog.replacement_chain(scope.text)
        if living:
            cure = f"ask for {listed(living)} instead" + (", as far as your calls need it" if len(living) > 1 else "")
        elif dead:
            cure = f"nothing replaces it any more ({listed(dead)} did and {'are' if len(dead) > 1 else 'is'} gone too)"
        else:
            cure = "nothing replaces it"
        gone = f"was removed on {status.since}" if status.since else "no longer exists"
        yield Finding(
            place=scope.place,
            permission=scope.text,
            message=f"{scope.text} {gone}: the login dialog drops it and no token carries it; {cure}",
            label=gone if living else f"{gone}; {cure}",
            help=cure if living else "take it out",
            confidence="medium" if status.since is None or permission.confidence == "low" else "high",
            evidence=asked_by(catalog, request, scope),
            sources=(permission.source,),
            statement=scope.statement,
            remedy=_remedy(app, request, scope, living),
        )


def _remedy(app: App, request: Request, scope: Scope, living: Collection[str]) -> Remedy:
    """Of several that took its place those that the app's own calls need; taken out where they need none."""
    asked = {other.text for other in request.scopes}
    certain = {name for one in app.needs.calls for name in one.all_of}
    needed = [name for name in living if name in certain] or [name for name in living if name in app.needs.used]
    needed = [name for name in needed if name not in asked]
    if not needed:
        # Where not all calls are known, one of them may need what took its place.
        known = not living or (bool(app.needs.calls) and all(one.resolved for one in app.needs.calls))
        return Remedy("take it out: the dialog drops it anyway", safe=known, changes=instead(scope))
    title = f"ask for {listed(needed)} instead, which the app's calls need"
    return Remedy(title, safe=False, changes=instead(scope, *needed))


RULE = Rule(
    code="PRM101",
    name="removed-permission",
    severity="error",
    summary="A permission that no longer exists is asked for",
    doc=__doc__,
    check=check,
    bad=(
        Example(
            {
                "app.py": """\
from flask import Flask
from flask_dance.contrib.facebook import make_facebook_blueprint

app = Flask(__name__)
app.register_blueprint(
    make_facebook_blueprint(
        client_id="1234567890",
        client_secret="not-a-secret",
        scope=[
            "email",
            "publish_actions",  # <- PRM101 publish_actions
        ],
    ),
)
""",
            },
            title="Posting on behalf of people ended in 2018",
        ),
        Example(
            {
                "scopes.py": """\
PAGE_SCOPES = [
    "manage_pages",  # <- PRM101 manage_pages
    "pages_show_list",
]
""",
                "login.py": """\
from urllib.parse import urlencode

from scopes import PAGE_SCOPES


def login_url(app_id, redirect_uri, state):
    query = {
        "client_id": app_id,
        "redirect_uri": redirect_uri,
        "state": state,
        "scope": ",".join(PAGE_SCOPES),
    }
    return "https://www.facebook.com/v24.0/dialog/oauth?" + urlencode(query)
""",
            },
            title="The list stands in another file than the login",
        ),
    ),
    good=(
        Example(
            {
                "app.py": """\
from flask import Flask
from flask_dance.contrib.facebook import make_facebook_blueprint

app = Flask(__name__)
app.register_blueprint(
    make_facebook_blueprint(
        client_id="1234567890",
        client_secret="not-a-secret",
        scope=["email", "pages_show_list"],
    ),
)
""",
            },
        ),
    ),
)
