"""A permission is asked for twice in one request.

## What it does

Reports the second and each later place at which one request asks for the same permission.

## Why it matters

The login dialog doesn't mind, but readers do: two lists that were meant to differ, a line that was copied and never
edited, or a merge that went wrong. Often the second one should have been another permission.

## What to do

Take one of them out, or correct it.

## When it stays silent

Where only some branch of the code asks, where the very same string comes in twice (two lists that share a constant),
and where a library adds by itself what the code asks for too.

## References

- [Permissions Reference](https://developers.facebook.com/docs/permissions)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.api import App, Evidence, Example, Finding, Place, Remedy, Request, Rule, Scope, instead, shared

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(app: App) -> Iterator[Finding]:
    """Yields each scope that stands at another place of the same request already."""
    for request in app.requests:
        places: dict[str, list[Place]] = {}
        for scope in request.scopes:
            if scope.by == "library" or not scope.certain or not scope.text:
                continue
            before = places.setdefault(scope.text, [])
            if before and scope.place not in before:
                first = before[0]
                where = f"line {first.line}" if first.path == scope.place.path else f"{first.path}, line {first.line}"
                yield Finding(
                    place=scope.place,
                    permission=scope.text,
                    message=f"{scope.text} is asked for twice in one request, first at {where}",
                    label=f"asked for twice, first at {where}",
                    help="take one of them out",
                    evidence=(Evidence(first, f"{scope.text} is asked for here first"),),
                    statement=scope.statement,
                    remedy=_remedy(app, request, scope),
                )
            before.append(scope.place)


def _remedy(app: App, request: Request, scope: Scope) -> Remedy | None:
    for other in shared(app, request, scope):
        if not any(each.text == scope.text and each.place != scope.place for each in other.scopes):
            return None  # That request has it from here alone.
    return Remedy("take this one out", safe=True, changes=instead(scope))


RULE = Rule(
    code="PRM106",
    name="duplicate-permission",
    severity="warning",
    summary="A permission is asked for twice in one request",
    doc=__doc__,
    check=check,
    bad=(
        Example(
            {
                "settings.py": """\
INSTALLED_APPS = ["allauth", "allauth.account", "allauth.socialaccount", "allauth.socialaccount.providers.facebook"]

SOCIALACCOUNT_PROVIDERS = {
    "facebook": {
        "METHOD": "oauth2",
        "SCOPE": [
            "email",
            "public_profile",
            "email",  # <- PRM106 email
        ],
    },
}
""",
            },
        ),
    ),
    good=(
        Example(
            {
                "settings.py": """\
INSTALLED_APPS = ["allauth", "allauth.account", "allauth.socialaccount", "allauth.socialaccount.providers.facebook"]

SOCIALACCOUNT_PROVIDERS = {
    "facebook": {
        "METHOD": "oauth2",
        "SCOPE": ["email", "public_profile"],
    },
}
""",
            },
        ),
    ),
)
