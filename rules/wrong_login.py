"""A login asks for a permission that it can't give.

## What it does

Each of Meta's logins gives its own permissions: Facebook Login those of Pages, ads, Instagram accounts linked to a
Page, and people; Business Login for Instagram the `instagram_business_*` ones; Threads the `threads_*` ones. Reports
a scope that is asked for at a login which can't give it.

## Why it matters

The dialog answers with "Invalid Scope" or drops the permission, and no token of that login ever carries it.

## What to do

Ask for it at a login that the message names, or for the permission with the same purpose at this one (for example
`instagram_business_basic` for `instagram_basic` at Business Login for Instagram). Mind that the calls then go to
another host: graph.instagram.com instead of graph.facebook.com.

## When it stays silent

Where no source says for certain that this login refuses the permission, and where it is not known which login asks.
For permissions that no longer exist or never did: other rules speak of those.

## References

- [Business Login for
  Instagram](https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login)
- [Threads: access tokens and
  permissions](https://developers.facebook.com/docs/threads/get-started/get-access-tokens-and-permissions)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.api import App, Example, Finding, Rule, asked_by, listed, login_name

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(app: App) -> Iterator[Finding]:
    """Yields each scope that its login certainly refuses."""
    view = app.catalog
    for request, scope in app.scopes():
        permission = view.catalog.permission(scope.text)
        if permission is None or view.can_ask(request.login, scope.text) is not False:
            continue
        if not view.status(scope.text).exists:
            continue
        able = [
            login.name
            for login in view.catalog.logins()
            if login.can_ask(permission) and (login.closed is None or view.day < login.closed)
        ]
        here = login_name(view, request.login)
        where = f"; {listed(able)} can" if able else ""
        yield Finding(
            place=scope.place,
            permission=scope.text,
            message=f"{scope.text} can't be asked for by {here}, its dialog refuses it{where}",
            label=f"{here} can't ask for it{where}",
            help=f"ask for it by {listed(able, 'or')}" if able else f"take it out of {here}",
            confidence="medium" if permission.confidence == "low" else "high",
            evidence=asked_by(view, request, scope),
            sources=(view.catalog.login(request.login).source,),
            statement=scope.statement,
        )


RULE = Rule(
    code="PRM105",
    name="wrong-login",
    severity="error",
    summary="A login asks for a permission that it can't give",
    doc=__doc__,
    check=check,
    bad=(
        Example(
            {
                "instagram.py": """\
from urllib.parse import urlencode


def authorize_url(client_id, redirect_uri):
    query = {
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": "instagram_business_basic,pages_show_list",  # <- PRM105 pages_show_list
    }
    return "https://www.instagram.com/oauth/authorize?" + urlencode(query)
""",
            },
            title="A Page's permission at Instagram's own login",
        ),
    ),
    good=(
        Example(
            {
                "instagram.py": """\
from urllib.parse import urlencode


def authorize_url(client_id, redirect_uri):
    query = {
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": "instagram_business_basic,instagram_business_content_publish",
    }
    return "https://www.instagram.com/oauth/authorize?" + urlencode(query)
""",
            },
        ),
    ),
)
