"""Something other than a permission's name stands where a scope should.

## What it does

Reports, among the scopes that an app asks for:

- the name of a feature, such as `Page Public Content Access`: features are requested in App Review and switched on
  for the app;
- the name of a field, such as `first_name`: fields are asked for in a call, `fields=first_name`;
- text that can't be a permission's name, and empty text;
- a value in a form that the library would mangle: a string where it joins a list (it becomes single letters), a list
  where it wants a string, two separators with nothing between them, a separator that the dialog doesn't know.

## Why it matters

The login dialog shows "Invalid Scopes" to the developers of the app and drops the scope without a word for everybody
else. A mangled value costs all the permissions in it, not just one.

## What to do

Request a feature in App Review. Ask for a field in the call, and for the permission that gives it in the login. Write
a list where the library wants one, and names of permissions only.

## When it stays silent

For names that look like a permission's and are none: `unknown-permission` speaks of those. Where it is not known
whose login asks, fields and malformed text are left alone, since the scope may be another provider's.

## References

- [Permissions Reference](https://developers.facebook.com/docs/permissions)
- [Features Reference](https://developers.facebook.com/docs/features-reference)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from permlint.api import App, Example, Finding, FormFault, Request, Rule, Scope, asked_by, listed, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"[A-Za-z0-9_.]+")

_FORMS = {
    "string-for-list": ("is one string where a list is wanted", "write a list of names"),
    "list-for-string": ("is a list where one string is wanted", "join the names into one string"),
    "empty-part": ("has two separators with nothing between them", "take one separator out"),
    "wrong-separator": ("separates permissions by something that the dialog doesn't know", "separate them by commas"),
}


def check(app: App) -> Iterator[Finding]:
    """Yields each scope that is no permission's name, and each value in a wrong form."""
    for request in app.requests:
        for fault in request.faults:
            yield _form(fault)
        for scope in request.scopes:
            told = _tell(app, request, scope)
            if told:
                what, cure = told
                yield Finding(
                    place=scope.place,
                    permission=scope.text,
                    message=f"{shown(scope.text)!r} {what}",
                    label=what,
                    help=cure,
                    evidence=asked_by(app.catalog, request, scope),
                    statement=scope.statement,
                )


def _tell(app: App, request: Request, scope: Scope) -> tuple[str, str] | None:
    """What is wrong with a scope, and what to do; None where it is, or looks like, a permission's name."""
    view, text = app.catalog, scope.text
    if view.status(text).kind != "absent":
        return None
    feature = view.catalog.feature(text)
    if feature:
        return (
            f"is a feature, not a permission: it is requested in App Review, not at login ({feature.name})",
            "take it out",
        )
    if request.login == "unknown":
        return None
    field = view.catalog.field(text)
    if field:
        gives = f"; {field.permission} gives it" if field.permission else ""
        return f"is a field, not a permission: the login dialog drops it{gives}", "ask for it in the call: fields=..."
    if _NAME.fullmatch(text):
        return None
    near = view.suggest(text) if text else ()
    ask = f"; did you mean {listed(near, 'or')}?" if near else ""
    what = "can't be the name of a permission" if text else "stands where a permission's name should"
    return f"{what}: the login dialog drops it{ask}", "write permissions' names only, each by itself"


def _form(fault: FormFault) -> Finding:
    what, cure = _FORMS[fault.kind]
    return Finding(
        place=fault.place,
        permission=fault.text,
        message=f"{shown(fault.text)!r} {what}: {fault.consequence}",
        label=f"{what}: {fault.consequence}",
        help=cure,
        statement=fault.statement,
    )


RULE = Rule(
    code="PRM107",
    name="not-a-scope",
    severity="error",
    summary="Something other than a permission's name stands where a scope should",
    doc=__doc__,
    check=check,
    bad=(
        Example(
            {
                "app.py": """\
from flask_dance.contrib.facebook import make_facebook_blueprint

blueprint = make_facebook_blueprint(
    scope=[
        "email",
        "Page Public Content Access",  # <- PRM107 Page Public Content Access
        "first_name",  # <- PRM107 first_name
    ],
)
""",
            },
            title="A feature and a field",
        ),
        Example(
            {
                "connect.py": """\
import facebook


def login_url(app_id, canvas_url):
    return facebook.GraphAPI().get_auth_url(app_id, canvas_url, perms="email")  # <- PRM107 email
""",
            },
            title="facebook-sdk joins a list; a string falls apart into e,m,a,i,l",
        ),
    ),
    good=(
        Example(
            {
                "connect.py": """\
import facebook


def login_url(app_id, canvas_url):
    return facebook.GraphAPI().get_auth_url(app_id, canvas_url, perms=["email"])
""",
            },
        ),
        Example(
            {
                "app.py": """\
from flask_dance.contrib.facebook import facebook, make_facebook_blueprint

blueprint = make_facebook_blueprint(scope=["email", "public_profile"])


def first_name():
    return facebook.get("/me?fields=first_name").json()["first_name"]
""",
            },
            title="A field is asked for in the call",
        ),
    ),
)
