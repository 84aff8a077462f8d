"""A scope is built at run time and can't be checked.

## What it does

Reports a scope, or a part of a list of scopes, that only exists when the app runs, and says what is known of it.

## Why it matters

It can't be checked, and it can't be seen in a review either. Permissions that it stands for count as unknown, so
other rules say less.

## What to do

Write the names of permissions as plain strings where that is possible. Where it is not, nothing has to be done: this
is only a note.

## When it stays silent

Where the value can be worked out, through constants, functions and modules, and where nothing suggests that it asks
for permissions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.api import App, Example, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(app: App) -> Iterator[Finding]:
    """Yields each scope that could not be worked out."""
    for part in app.unresolved:
        known = f"; known of it: {part.known}" if part.known.replace("{}", "").strip() else ""
        yield Finding(
            place=part.place,
            message=f"what is asked for here is only known at run time ({part.because}), so it is not checked{known}",
            label=f"only known at run time: {part.because}{known}",
            help="write the names of permissions as plain strings if you can",
            statement=part.statement,
        )


RULE = Rule(
    code="PRM902",
    name="unresolved-scope",
    severity="note",
    summary="A scope is built at run time and can't be checked",
    doc=__doc__,
    check=check,
    bad=(
        Example(
            {
                "login.py": """\
from flask_dance.contrib.facebook import make_facebook_blueprint


def blueprint(action):
    return make_facebook_blueprint(scope=["email", f"pages_{action}"])  # <- PRM902
""",
            },
        ),
    ),
    good=(
        Example(
            {
                "login.py": """\
from flask_dance.contrib.facebook import make_facebook_blueprint

SHOW = "show_list"
blueprint = make_facebook_blueprint(scope=["email", f"pages_{SHOW}"])
""",
            },
            title="Constants can be followed",
        ),
    ),
)
