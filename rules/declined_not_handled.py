"""Optional permissions are asked for, and nothing ever looks at what was granted.

## What it does

Reports, once for each app, that its logins ask for permissions which a person may decline, and that no code reads the
permissions edge, looks a token up with `debug_token`, or asks the login to say what was granted (`return_scopes`).

## Why it matters

People can untick every permission but the public profile and still log in. Calls that need one of them then fail, or
come back empty, long after the login. Many apps live with that and handle the error at the call, so this rule is off unless
it is selected.

## What to do

After login read `GET /me/permissions` and look at each `status`, or pass `return_scopes=true` and read `granted_scopes`.
For what was declined, go on without it, or explain why it is needed and log in again with `auth_type=rerequest`.

## When it stays silent

Where only the public profile is asked for, where a call whose address or method is only known at run time may read the
edge, and where files in a language that permlint does not read yet call the API.

## References

- [Handling declined permissions](https://developers.facebook.com/docs/facebook-login/guides/permissions/handle-declined)
- [User permissions](https://developers.facebook.com/docs/graph-api/reference/user/permissions/)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.api import App, Evidence, Example, Finding, Rule, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOOKS = {"read", "debug-token", "return-scopes", "unknown"}


def check(app: App) -> Iterator[Finding]:
    """Yields the first login of an app that never looks at what was granted."""
    catalog = app.catalog.catalog
    dialogs = {
        login.id
        for login in catalog.logins()
        if catalog.edge().hosts & set(login.hosts) and any(end.kind == "authorize" for end in login.endpoints)
    }
    optional = [
        (request, permission.name)
        for request, scope in app.scopes()
        if request.login in dialogs
        and (permission := catalog.permission(scope.text)) is not None
        and not permission.automatic
        and app.catalog.status(scope.text).exists
    ]
    if not optional or any(use.kind in _LOOKS for use in app.edge):
        return
    if not all(call.complete for call in app.calls) or app.foreign:
        return
    first = optional[0][0]
    names = list(dict.fromkeys(name for _, name in optional))
    some = listed([*names[:3], *([f"{len(names) - 3} more"] if len(names) > 3 else [])])
    others = dict.fromkeys(request.place for request, _ in optional if request.place != first.place)
    yield Finding(
        place=first.place,
        message=f"people may decline {some}, and nothing in this app looks at what they granted",
        label=f"people may decline {some}; nothing looks at what they granted",
        help="read GET /me/permissions after login, or pass return_scopes=true and read granted_scopes",
        confidence="medium",
        evidence=tuple(Evidence(place, "asked for here too") for place in list(others)[:3]),
        sources=("https://developers.facebook.com/docs/facebook-login/guides/permissions/handle-declined",),
        statement=first.statement,
    )


RULE = Rule(
    code="PRM304",
    name="declined-not-handled",
    severity="off",
    summary="Optional permissions are asked for, and nothing ever looks at what was granted",
    doc=__doc__,
    check=check,
    whole_app=True,
    bad=(
        Example(
            {
                "app.py": """\
import requests
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(scope=["public_profile", "user_likes"])  # <- PRM304


def likes(token):
    address = "https://graph.facebook.com/v24.0/me/likes"
    return requests.get(address, params={"access_token": token}, timeout=10).json()["data"]
""",
            },
            title="Who declined looks like somebody who likes nothing",
        ),
    ),
    good=(
        Example(
            {
                "app.py": """\
import requests
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(scope=["public_profile", "user_likes"])
EDGE = "https://graph.facebook.com/v24.0/me"


def likes(token):
    sent = {"access_token": token}
    grants = requests.get(f"{EDGE}/permissions", params=sent, timeout=10).json()["data"]
    if {"permission": "user_likes", "status": "granted"} not in grants:
        return None
    return requests.get(f"{EDGE}/likes", params=sent, timeout=10).json()["data"]
""",
            },
        ),
    ),
)
