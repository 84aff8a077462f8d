"""A permission is asked for that nothing in the app uses.

## What it does

Compares what the app asks for with what its Graph API calls use. Reports a permission that no call uses, that no other
permission which the app asks for depends on, and that the config does not declare as needed.

## Why it matters

Asking for a permission that the app does not need is a common reason for rejection in App Review: the reviewer has to see
it at work, and each one needs a successful call in the thirty days before it is submitted. It also costs logins: people
leave a dialog that asks for much.

## What to do

Take it out of the login, or make the call that needs it. If it is needed for something that the source can't show, such as
a product that is set up in the dashboard, declare it in the config: `needs = [{permission = "...", reason = "..."}]`.

## When it stays silent

Wherever permlint can't be sure: a call whose address is only known at run time and could need it, an app without a call
that could be seen, a permission that may be needed without a call (webhooks that are set up in the dashboard), files of a
language that permlint does not read yet that call the API.

## References

- [Permissions Reference](https://developers.facebook.com/docs/permissions), requirements
- [Submission guide](https://developers.facebook.com/docs/app-review/submission-guide)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.api import App, Evidence, Example, Finding, Remedy, Rule, asked_by, instead, uses

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(app: App) -> Iterator[Finding]:
    """Yields each permission that nothing uses, at the first place that asks for it."""
    for use in uses(app):
        places = [(request, scope) for request, scope in use.places if scope.by == "code"]
        if use.verdict != "unneeded" or not places:
            continue
        _, scope = places[0]
        seen = len(app.needs.resolved(use.group))
        evidence = [note for pair in places for note in asked_by(app.catalog, *pair)]
        evidence += [Evidence(other.place, f"{scope.text} is asked for here too") for _, other in places[1:]]
        yield Finding(
            place=scope.place,
            permission=scope.text,
            message=f"nothing in this app uses {scope.text}: a common reason for rejection in App Review",
            label="nothing in this app uses it: no call, no dependency, no declared need",
            help="take it out, or declare in the config what needs it; "
            f"all {seen} calls of the Graph API with this login were resolved"
            if seen > 1
            else "take it out, or declare in the config what needs it",
            confidence="medium",
            evidence=tuple(dict.fromkeys(evidence)),
            sources=("https://developers.facebook.com/docs/permissions",),
            statement=scope.statement,
            remedy=Remedy(
                "take it out", safe=False, changes=tuple([change for _, one in places for change in instead(one)])
            ),
        )


RULE = Rule(
    code="PRM201",
    name="unneeded-permission",
    severity="warning",
    summary="A permission is asked for that nothing in the app uses",
    doc=__doc__,
    check=check,
    whole_app=True,
    bad=(
        Example(
            {
                "profile.py": """\
import requests
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(scope=["email", "user_likes"])  # <- PRM201 user_likes


def profile(token):
    fields = {"fields": "id,name,email", "access_token": token}
    return requests.get("https://graph.facebook.com/v24.0/me", params=fields, timeout=10).json()
""",
            },
            title="It reads a name and an email address, and asks for likes besides",
        ),
    ),
    good=(
        Example(
            {
                "profile.py": """\
import requests
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(scope=["email", "user_likes"])


def read(edge, token):
    address = f"https://graph.facebook.com/v24.0/{edge}"
    return requests.get(address, params={"access_token": token}, timeout=10).json()
""",
            },
            title="What it reads is only known at run time",
        ),
    ),
)
