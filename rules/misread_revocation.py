"""The answer of a revocation is compared with something that it never is.

## What it does

Follows the answer of `DELETE /{user-id}/permissions` through the code, and reports where all of it is compared with
`true`.

## Why it matters

That call is answered with an object, `{"success": true}`. Compared with `true`, it looks as if it had failed, always:
accounts stay connected, or the call is sent again and again. Old versions of the API did answer with a bare `true`.

## What to do

Decode the answer and look at `success`.

## When it stays silent

Where permlint can't see that the value is such an answer, and where one permission is named in the path: of that form Meta's
reference says `true`.

## References

- [User permissions](https://developers.facebook.com/docs/graph-api/reference/user/permissions/), deleting
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.api import App, Evidence, Example, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(app: App) -> Iterator[Finding]:
    """Yields each comparison of such an answer with true."""
    edge = app.catalog.catalog.edge()
    for use in app.edge:
        call = use.call
        if use.kind != "outcome" or call is None or len(call.segments) != 2 or call.host not in edge.hosts:
            continue
        if use.status is not None and use.status.strip("\"' \n").lower() != "true":
            continue
        yield Finding(
            place=use.place,
            message=f'DELETE {call.endpoint} answers {{"success": true}}, which is never the same as true',
            label='the answer is {"success": true}, never true alone',
            help='decode the answer and look at its "success"',
            evidence=(Evidence(call.place, "the permissions are taken back here"),),
            sources=(edge.operations[0].source,),
            statement=use.statement,
        )


RULE = Rule(
    code="PRM305",
    name="misread-revocation",
    severity="warning",
    summary="The answer of a revocation is compared with something that it never is",
    doc=__doc__,
    check=check,
    bad=(
        Example(
            {
                "account.py": """\
import requests


def disconnect(user_id, token):
    address = f"https://graph.facebook.com/v24.0/{user_id}/permissions"
    answer = requests.delete(address, params={"access_token": token}, timeout=10)
    return answer.text == "true"  # <- PRM305
""",
            },
        ),
    ),
    good=(
        Example(
            {
                "account.py": """\
import requests


def disconnect(user_id, token):
    address = f"https://graph.facebook.com/v24.0/{user_id}/permissions"
    answer = requests.delete(address, params={"access_token": token}, timeout=10)
    return answer.status_code == 200 and answer.json()["success"] is True
""",
            },
        ),
    ),
)
