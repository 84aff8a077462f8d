"""A permission is taken back that nobody can have granted.

## What it does

Reports revocations (`DELETE /{user-id}/permissions/{permission-name}`, or with the parameter `permission`) of a permission
that no login of the app asks for, that Meta has removed, or that there never was.

## Why it matters

The call is answered with an error or does nothing. Often its name is misspelt, and the permission that was meant stays
granted although the person was told that it is taken back.

## What to do

Correct the name, or take the call out. If the permission is asked for where the source can't show it, declare that in the
config: `requests = [{permission = "...", reason = "..."}]`.

## When it stays silent

Where the name is only known at run time, and, for permissions that exist, where not all that the app asks for stands in
its source or the app asks for nothing.

## References

- [User permissions](https://developers.facebook.com/docs/graph-api/reference/user/permissions/)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.api import App, Example, Finding, Rule, listed

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(app: App) -> Iterator[Finding]:
    """Yields each revocation of a permission that nobody can have granted."""
    catalog = app.catalog.catalog
    edge = catalog.edge()
    asked = {catalog.canonical(scope.text) for _, scope in app.scopes()} | set(app.declared)
    all_known = bool(app.requests) and not app.open and all(request.complete for request in app.requests)
    for use in app.edge:
        name = use.permission
        if use.kind != "revocation" or not name or use.call is None or use.call.host not in edge.hosts:
            continue
        status, permission = app.catalog.status(name), catalog.permission(name)
        if permission is None:
            near = app.catalog.suggest(name)
            because = "does not exist" + (f": did you mean {listed(near, 'or')}?" if near else "")
        elif status.kind == "removed":
            because = f"was removed on {status.since}" if status.since else "no longer exists"
        elif all_known and not permission.automatic and permission.name not in asked:
            because = "is asked for by no login of this app"
        else:
            continue
        yield Finding(
            place=use.place,
            permission=name,
            message=f"{name} is taken back here, but it {because}",
            label=f"{name} {because}: there is nothing to take back",
            help="correct the name, take the call out, or declare in the config where the permission is asked for",
            confidence="high" if permission is None or status.kind == "removed" else "medium",
            sources=(edge.operations[0].source,),
            statement=use.statement,
        )


RULE = Rule(
    code="PRM302",
    name="pointless-revocation",
    severity="warning",
    summary="A permission is taken back that nobody can have granted",
    doc=__doc__,
    check=check,
    whole_app=True,
    bad=(
        Example(
            {
                "account.py": """\
import requests
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(scope=["email", "user_likes"])
EDGE = "https://graph.facebook.com/v24.0/me/permissions"


def forget(token):
    sent = {"access_token": token}
    requests.delete(f"{EDGE}/user_like", params=sent, timeout=10)  # <- PRM302 user_like
    requests.delete(f"{EDGE}/publish_actions", params=sent, timeout=10)  # <- PRM302 publish_actions
    requests.delete(EDGE, params={**sent, "permission": "user_posts"}, timeout=10)  # <- PRM302 user_posts
    requests.delete(f"{EDGE}/user_likes", params=sent, timeout=10)
""",
            },
            title="Misspelt, removed since 2018, and never asked for",
        ),
    ),
    good=(
        Example(
            {
                "account.py": """\
import requests
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(scope=["email", "user_likes"])


def forget(token, name):
    edge = "https://graph.facebook.com/v24.0/me/permissions"
    requests.delete(f"{edge}/{name}", params={"access_token": token}, timeout=10)
    requests.delete(edge, params={"access_token": token}, timeout=10)
""",
            },
            title="A name that is only known at run time, and the whole app",
        ),
    ),
)
