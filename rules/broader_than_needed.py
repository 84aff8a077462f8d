"""A permission is asked for although a narrower one covers every call seen.

## What it does

Where the catalog knows, from a document, that one permission covers part of what another one does, reports the broader one
if every call of the app that uses it is covered by the narrower one.

## Why it matters

App Review grants what an app needs and asks about the rest; people grant less to an app that asks for more.

## What to do

Ask for the narrower permission instead.

## When it stays silent

Where one call could not be resolved, where one needs the broader permission, or where another permission depends on it.

## References

- [Insights of the Marketing API](https://developers.facebook.com/documentation/ads-commerce/marketing-api/insights)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.api import App, Evidence, Example, Finding, Remedy, Rule, asked_by, instead, uses

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(app: App) -> Iterator[Finding]:
    """Yields each permission for which a narrower one would do."""
    every = list(uses(app))
    names = {use.permission for use in every}
    for use in every:
        places = [(request, scope) for request, scope in use.places if scope.by == "code"]
        if use.verdict != "used" or not places or app.needs.unresolved(use.group) or app.foreign:
            continue
        if use.permission in app.declared_needs or any(
            use.permission in app.catalog.dependencies(other) for other in names - {use.permission}
        ):
            continue
        for relation in app.catalog.catalog.narrower_than(use.permission):
            calls = [one for one in app.needs.calls if use.permission in one.used and one.group == use.group]
            covered = [
                one
                for one in calls
                if use.permission not in one.all_of
                and any(relation.narrower in group and use.permission in group for group in one.any_of)
            ]
            if not calls or len(covered) != len(calls):
                continue
            request, scope = places[0]
            evidence = [*asked_by(app.catalog, request, scope)]
            evidence += [Evidence(one.call.place, f"{relation.narrower} is enough for this call") for one in calls[:3]]
            yield Finding(
                place=scope.place,
                permission=scope.text,
                message=f"{relation.narrower} covers every call that uses {scope.text}: only {relation.covers} was seen",
                label=f"{relation.narrower} covers every call seen",
                help=f"ask for {relation.narrower} instead",
                confidence="medium",
                evidence=tuple(dict.fromkeys(evidence)),
                sources=(relation.source,),
                statement=scope.statement,
                remedy=Remedy(
                    f"ask for {relation.narrower} instead",
                    safe=False,
                    changes=tuple([change for _, one in places for change in instead(one, relation.narrower)]),
                ),
            )


RULE = Rule(
    code="PRM203",
    name="broader-than-needed",
    severity="warning",
    summary="A permission is asked for although a narrower one covers every call seen",
    doc=__doc__,
    check=check,
    whole_app=True,
    bad=(
        Example(
            {
                "report.py": """\
import requests
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(
    scope=[
        "ads_management",  # <- PRM203 ads_management
        "pages_read_engagement",
        "pages_show_list",
    ],
)


def spend(account, token):
    address = f"https://graph.facebook.com/v25.0/act_{account}/insights"
    return requests.get(address, params={"fields": "spend", "access_token": token}, timeout=10).json()
""",
            },
            title="It only reads insights",
        ),
    ),
    good=(
        Example(
            {
                "report.py": """\
import requests
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(scope=["ads_management", "pages_read_engagement", "pages_show_list"])


def pause(account, token):
    address = f"https://graph.facebook.com/v25.0/act_{account}/campaigns"
    return requests.post(address, json={"name": "spring", "status": "PAUSED"}, timeout=10)
""",
            },
            title="It also writes",
        ),
    ),
)
