"""A comment that should silence a rule silences nothing.

## What it does

Reports `# permlint: ignore[...]` comments, or single rules of them, that silence no finding, that name a rule which
doesn't exist, or that are not written as they should be.

## Why it matters

A comment that silences nothing tells readers of a problem that isn't there, and hides the next one that comes up on
its line. One that is mistyped doesn't do what its author believes.

## What to do

Take the comment out, or the rule out of its brackets. A mistyped one: write `# permlint: ignore[PRM101] reason`, at
the end of a line that the finding or its statement touches, or alone on the line above.

## When it stays silent

For rules that were not run, and where not enough is known to say whether the rule would have found something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.api import App, Example, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(app: App) -> Iterator[Finding]:
    """Yields each suppression that silenced nothing."""
    for stale in app.stale:
        rule = f" ({stale.rule})" if stale.rule else ""
        yield Finding(
            place=stale.place,
            message=f"this comment silences nothing: {stale.fault}"
            if stale.fault
            else f"this comment silences nothing{rule}",
            label=f"silences nothing: {stale.fault}" if stale.fault else "silences nothing",
            help="correct it or take it out" if stale.fault else f"take {'it' if not stale.rule else stale.rule} out",
        )


RULE = Rule(
    code="PRM903",
    name="unused-suppression",
    severity="warning",
    summary="A comment that should silence a rule silences nothing",
    doc=__doc__,
    check=check,
    phase="suppressions",
    bad=(
        Example(
            {
                "login.py": """\
from flask_dance.contrib.facebook import make_facebook_blueprint

blueprint = make_facebook_blueprint(
    scope=[
        "email",  # permlint: ignore[PRM101] still needed by the old shop  # <- PRM903
        "public_profile",  # permlint: ignore  # <- PRM903
    ],
)
""",
            },
            title="Nothing to silence, and the rules in brackets forgotten",
        ),
    ),
    good=(
        Example(
            {
                "login.py": """\
from flask_dance.contrib.facebook import make_facebook_blueprint

blueprint = make_facebook_blueprint(
    scope=[
        "email",
        "publish_actions",  # permlint: ignore[removed-permission] the shop of 2017, until it closes in May
    ],
)
""",
            },
        ),
    ),
)
