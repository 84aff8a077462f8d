"""A file that might matter could not be read.

## What it does

Reports a file that looks as if it asked for permissions or called the Graph API, and that could not be read or
parsed.

## Why it matters

What stands in it is not checked. A permission that it asks for seems to be asked for nowhere, and other findings may
be wrong for it.

## What to do

Mend the file. If it isn't part of the app (a template of another tool, Python 2 that is never run), put it into
`exclude` in the config.

## When it stays silent

For files that show no sign of Meta's platform: they are not read at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.api import App, Example, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(app: App) -> Iterator[Finding]:
    """Yields each file that could not be read."""
    for file in app.unreadable:
        yield Finding(
            place=file.place,
            message=f"{file.place.path} could not be read, so what it asks for and calls is not checked: {file.reason}",
            label=f"not checked: {file.reason}",
            help="mend the file, or exclude it in the config if it isn't part of the app",
        )


RULE = Rule(
    code="PRM901",
    name="unreadable-file",
    severity="warning",
    summary="A file that might matter could not be read",
    doc=__doc__,
    check=check,
    bad=(
        Example(
            {
                "login.py": """\
from flask_dance.contrib.facebook import make_facebook_blueprint

blueprint = make_facebook_blueprint(scope=["email", "pages_show_list")  # <- PRM901
""",
            },
            title="A bracket is not closed",
        ),
    ),
    good=(
        Example(
            {
                "login.py": """\
from flask_dance.contrib.facebook import make_facebook_blueprint

blueprint = make_facebook_blueprint(scope=["email", "pages_show_list"])
""",
            },
        ),
    ),
)
