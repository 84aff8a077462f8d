"""A call needs a permission that no login of the app asks for.

## What it does

Works out what each Graph API call needs, and reports a permission that no login whose tokens that host takes asks for.

## Why it matters

The call is answered with an error, with an empty list, or with a field that is simply not there: often only for people who
have no role in the app, so that it works for its developers.

## What to do

Ask for it in the login whose token the call uses. If it is asked for where the source can't show it, such as the
dashboard, declare that in the config: `requests = [{permission = "...", reason = "..."}]`.

## When it stays silent

Where not all that the app asks for stands in its source, where the app has no login of that family (its token then comes
from elsewhere) or the call's token is written down or comes from the environment, and where the documents leave open what
the call needs: all that speak of the endpoint must agree.

## References

- [Permissions Reference](https://developers.facebook.com/docs/permissions)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.api import App, Evidence, Example, Finding, Rule, lacks, listed

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(app: App) -> Iterator[Finding]:
    """Yields each permission that is missing, at each place that calls for it."""
    for lack in lacks(app):
        for call in lack.calls:
            what = f"{call.method or 'a call of'} {call.endpoint}"
            others = [name for name in lack.any_of if name != lack.permission]
            one_of = f" (or {listed(others, 'or')})" if others else ""
            logins = [request for request in app.requests if app.catalog.catalog.group_of(request.login) == lack.group]
            yield Finding(
                place=call.place,
                permission=lack.permission,
                message=f"{what} needs {lack.permission}{one_of}, and no login of this app asks for it",
                label=f"{what} needs {lack.permission}{one_of}; no login of this app asks for it",
                help=f"ask for {lack.permission} at login, or declare in the config where it is asked for",
                confidence="medium",
                evidence=tuple([Evidence(request.place, "this login does not ask for it") for request in logins[:3]]),
                sources=lack.sources[:3],
                statement=call.statement,
            )


RULE = Rule(
    code="PRM202",
    name="missing-permission",
    severity="error",
    summary="A call needs a permission that no login of the app asks for",
    doc=__doc__,
    check=check,
    whole_app=True,
    bad=(
        Example(
            {
                "pages.py": """\
import requests
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(scope=["public_profile", "email"])


def pages(token):
    answer = requests.get(  # <- PRM202 pages_show_list
        "https://graph.facebook.com/v24.0/me/accounts",
        params={"access_token": token},
        timeout=10,
    )
    profile = requests.get("https://graph.facebook.com/me?fields=email", params={"access_token": token}, timeout=10)
    return answer.json(), profile.json()
""",
            },
            title="Without it the list of Pages is empty",
        ),
    ),
    good=(
        Example(
            {
                "pages.py": """\
import requests


def pages(token):
    address = "https://graph.facebook.com/v24.0/me/accounts"
    return requests.get(address, params={"access_token": token}, timeout=10).json()
""",
            },
            title="No login here: the token comes from elsewhere",
        ),
    ),
)
