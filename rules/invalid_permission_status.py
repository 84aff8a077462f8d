"""A permission's status is compared with something that it never is.

## What it does

Follows the answer of the permissions edge (`GET /{user-id}/permissions`) through the code, and reports each comparison of
a status with a text other than `granted`, `declined` and `expired`.

## Why it matters

The comparison never holds (or always does, where it is turned round), and nothing says so: whoever declined a permission is
treated as if they had granted it, or the other way round.

## What to do

Compare with the status that is meant. `declined` covers what the person refused at login and what they took back later.

## When it stays silent

Where permlint can't see that the value is a status from that edge, where the status was changed before (put into upper
case and compared with `GRANTED`), and where the right status stands in the same list.

## References

- [User permissions](https://developers.facebook.com/docs/graph-api/reference/user/permissions/)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.api import App, Change, Evidence, Example, Finding, Remedy, Rule, listed, shown

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(app: App) -> Iterator[Finding]:
    """Yields each text that a status is compared with and that is none."""
    edge = app.catalog.catalog.edge()
    for use in app.edge:
        text = use.status
        if use.kind != "status" or not text or use.call is None or use.call.host not in edge.hosts:
            continue
        plain = text.strip().lower()
        if text in edge.statuses or (use.folded and plain in edge.statuses):
            continue
        meant = edge.meant(plain)
        if meant is not None and meant in use.beside:
            continue
        hint = f"did you mean {meant!r}?" if meant else f"it is {listed(edge.statuses, 'or')}"
        yield Finding(
            place=use.place,
            message=f"no permission ever has the status {shown(text)!r}: {hint}",
            label=f"no permission ever has this status: {hint}",
            help=f"compare with {listed(edge.statuses, 'or')}",
            evidence=(Evidence(use.call.place, "the permissions are read here"),),
            sources=(edge.operations[-1].source,),
            statement=use.statement,
            remedy=Remedy(f"compare with {meant!r}", safe=False, changes=(Change(use.place, text, (meant,)),))
            if meant
            else None,
        )


RULE = Rule(
    code="PRM301",
    name="invalid-permission-status",
    severity="error",
    summary="A permission's status is compared with something that it never is",
    doc=__doc__,
    check=check,
    bad=(
        Example(
            {
                "grants.py": """\
import requests


def refused(token):
    address = "https://graph.facebook.com/v24.0/me/permissions"
    answer = requests.get(address, params={"access_token": token}, timeout=10).json()
    return [one["permission"] for one in answer["data"] if one["status"] == "denied"]  # <- PRM301
""",
            },
            title="The login's own parameter is called denied_scopes, the status is not",
        ),
        Example(
            {
                "graph.py": """\
import httpx


class Graph:
    def __init__(self, token):
        self.client = httpx.Client(base_url="https://graph.facebook.com/v24.0", params={"access_token": token})

    def rows(self, path):
        return self.client.get(f"/me/{path}").json().get("data", [])
""",
                "grants.py": """\
from graph import Graph

LOST = ("denied", "expired")  # <- PRM301


def has_lost_email(token):
    statuses = {row.get("permission"): row.get("status") for row in Graph(token).rows("permissions")}
    return statuses.get("email") in LOST
""",
            },
            title="Through a client of the app's own, a mapping and a constant",
        ),
    ),
    good=(
        Example(
            {
                "grants.py": """\
import requests


def granted(token):
    address = "https://graph.facebook.com/v24.0/me/permissions"
    answer = requests.get(address, params={"access_token": token}, timeout=10).json()
    return [one["permission"] for one in answer["data"] if one["status"].upper() == "GRANTED"]


def pending(order):
    return order["status"] == "denied"
""",
            },
            title="The status in upper case, and a status of something else",
        ),
    ),
)
