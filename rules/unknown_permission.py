"""A scope names a permission that Meta doesn't have and never had.

## What it does

Reports scopes that are no permission, alive or dead, of Facebook, Instagram, Messenger, WhatsApp or Threads: typing
errors, names that circulate in guides but were never official, scopes of another company's login.

## Why it matters

The login dialog shows "Invalid Scopes" to the developers of the app and drops the scope without a word for everybody
else, so nobody notices until a call is refused.

## What to do

Take the name that the message offers, if that is what was meant, else look the permission up with `permlint
permission`.

## When it stays silent

For a permission that is newer than the date of the run (`--as-of`), and for one that existed but of which nobody
knows what became. For the names of features and fields, and for text that can't be a name at all: `not-a-scope`
speaks of those. Where it is not known whose login asks, only names known as mistakes for Meta's are reported, since
the scope may be another provider's.

## References

- [Permissions Reference](https://developers.facebook.com/docs/permissions)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from permlint.api import App, CatalogView, Example, Finding, Remedy, Request, Rule, asked_by, instead, listed, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"[A-Za-z0-9_.]+")


def check(app: App) -> Iterator[Finding]:
    """Yields each scope that looks like a permission's name and is none."""
    view, catalog = app.catalog, app.catalog.catalog
    for request, scope in app.scopes():
        text = scope.text
        if view.status(text).kind != "absent" or not _NAME.fullmatch(text):
            continue
        if catalog.feature(text) or catalog.field(text):
            continue
        known = catalog.misspelling(text)
        if request.login == "unknown" and not known:
            continue
        ask, cure, meant = _meant(view, request, text)
        asked = {other.text for other in request.scopes}
        names = tuple(name for name in meant if name not in asked)
        yield Finding(
            place=scope.place,
            permission=text,
            message=f"{shown(text)} is not a permission: the login dialog drops it{ask}",
            label=f"no such permission{ask}",
            help=cure,
            evidence=asked_by(view, request, scope),
            sources=(known.source,) if known else (),
            statement=scope.statement,
            remedy=Remedy(cure, safe=True, changes=instead(scope, *names)) if len(meant) == 1 else None,
        )


def _meant(view: CatalogView, request: Request, text: str) -> tuple[str, str, tuple[str, ...]]:
    """The end of the message, which says what may have been meant, what to do, and the names that may be meant."""
    near = view.suggest(text)
    fitting = tuple(name for name in near if view.can_ask(request.login, name) is not False) or near
    if not fitting:
        return "", "take it out, or look for its name: permlint permission", ()
    if not any(view.status(name).exists for name in fitting):
        return f"; {listed(fitting, 'or')}, which it looks like, no longer exists either", "take it out", ()
    return f"; did you mean {listed(fitting, 'or')}?", f"ask for {listed(fitting, 'or')}", fitting


RULE = Rule(
    code="PRM103",
    name="unknown-permission",
    severity="error",
    summary="A scope names a permission that Meta doesn't have and never had",
    doc=__doc__,
    check=check,
    bad=(
        Example(
            {
                "oauth.py": """\
from authlib.integrations.flask_client import OAuth

oauth = OAuth()
oauth.register(
    name="facebook",
    authorize_url="https://www.facebook.com/v24.0/dialog/oauth",
    access_token_url="https://graph.facebook.com/v24.0/oauth/access_token",
    api_base_url="https://graph.facebook.com/v24.0/",
    client_kwargs={"scope": "email page_show_list"},  # <- PRM103 page_show_list
)
""",
            },
            title="It is pages, not page",
        ),
    ),
    good=(
        Example(
            {
                "oauth.py": """\
from authlib.integrations.flask_client import OAuth

oauth = OAuth()
oauth.register(
    name="facebook",
    authorize_url="https://www.facebook.com/v24.0/dialog/oauth",
    access_token_url="https://graph.facebook.com/v24.0/oauth/access_token",
    api_base_url="https://graph.facebook.com/v24.0/",
    client_kwargs={"scope": "email pages_show_list"},
)
""",
            },
        ),
        Example(
            {
                "oauth.py": """\
from authlib.integrations.flask_client import OAuth

oauth = OAuth()
oauth.register(
    name="google",
    server_metadata_url="https://accounts.google.com/.well-known/openid-configuration",
    client_kwargs={"scope": "openid profile email"},
)
""",
            },
            title="Another provider's scopes",
        ),
    ),
)
