"""An operation is tried that the permissions edge does not have.

## What it does

Reports calls that create or update at `/{user-id}/permissions`: `POST`, `PUT` and `PATCH`.

## Why it matters

The edge can be read and deleted from, nothing else: an app can't grant itself a permission. The call is answered with an
error, so whatever relies on it never happens.

## What to do

Send the person through the login again to ask for more, with `auth_type=rerequest` where they declined before. To take
a permission back, use `DELETE`; clients that can't send it use `POST` with the parameter `method=delete`.

## When it stays silent

Where the method is only known at run time, and where the node may be something other than a person.

## References

- [User permissions](https://developers.facebook.com/docs/graph-api/reference/user/permissions/)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.api import App, Example, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(app: App) -> Iterator[Finding]:
    """Yields each call of the edge with a method that it does not have."""
    edge = app.catalog.catalog.edge()
    for use in app.edge:
        if use.kind != "unsupported" or use.call is None or not use.person:
            continue
        what = f"{use.call.method} {use.call.endpoint}"
        yield Finding(
            place=use.place,
            message=f"{what} can't be done: the permissions edge can be read and deleted from, nothing else",
            label="the permissions edge can be read and deleted from, nothing else",
            help="ask for permissions at login, with auth_type=rerequest where they were declined; "
            "take them back with DELETE",
            sources=(edge.operations[0].source,),
            statement=use.statement,
        )


RULE = Rule(
    code="PRM303",
    name="unsupported-permissions-operation",
    severity="error",
    summary="An operation is tried that the permissions edge does not have",
    doc=__doc__,
    check=check,
    bad=(
        Example(
            {
                "grants.py": """\
import requests


def restore(user_id, token):
    address = f"https://graph.facebook.com/v24.0/{user_id}/permissions"
    requests.post(address, data={"permission": "email", "access_token": token}, timeout=10)  # <- PRM303
""",
            },
            title="Nobody but the person can grant a permission",
        ),
    ),
    good=(
        Example(
            {
                "grants.py": """\
import requests


def revoke(user_id, token):
    address = f"https://graph.facebook.com/v24.0/{user_id}/permissions"
    requests.post(address, data={"method": "delete", "access_token": token}, timeout=10)
""",
            },
            title="POST that stands for DELETE",
        ),
    ),
)
