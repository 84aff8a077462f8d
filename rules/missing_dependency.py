"""A permission is asked for, but not the permissions that it depends on.

## What it does

Many of Meta's permissions depend on others, and those again on others. Reports a permission some of whose
dependencies, direct or not, this app asks for nowhere. Logins that share a dialog are one family (Facebook Login,
Facebook Login for Business, ...): what one of them asks for counts for all of them, and nothing that another family
asks for does. One report for each family, at the first place that asks; the others are listed with it.

## Why it matters

App Review refuses a permission without its dependencies, after days of waiting. Until then calls that need both are
answered with an error or an empty list.

## What to do

Ask for the missing ones in the same login. If they are asked for where the source can't show it, such as the
dashboard, declare that in the config: `requests = [{permission = "...", reason = "..."}]`.

## When it stays silent

Where not all that the app asks for stands in its source: a login configuration of the dashboard (`config_id`), a list
that comes from a caller nobody sees. For permissions that are themselves removed or unknown, or that this login can't
ask for. Dependencies that no longer exist, that this login can't ask for, or that everybody grants by themselves
don't count. Where Meta's own pages contradict each other (the reference wants pages_read_user_content for
instagram_basic, the Instagram guides want pages_read_engagement), either is enough.

## References

- [Permissions Reference](https://developers.facebook.com/docs/permissions) names the dependencies of each permission
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from permlint.api import (
    App,
    Evidence,
    Example,
    Finding,
    Remedy,
    Request,
    Rule,
    Scope,
    asked_by,
    instead,
    listed,
    shared,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(app: App) -> Iterator[Finding]:
    """Yields, for each family of logins, each permission that lacks dependencies, at its first place."""
    if app.open:
        return
    view = app.catalog
    everywhere = {view.status(name).name for name in app.declared}
    asked: dict[str, set[str]] = defaultdict(set)
    places: dict[tuple[str, str], list[tuple[Request, Scope]]] = defaultdict(list)
    for request, scope in app.scopes():
        status = view.status(scope.text)
        group = view.catalog.group_of(request.login)
        asked[group].add(status.name)
        if status.kind in ("active", "deprecated") and view.can_ask(request.login, scope.text) is not False:
            places[group, status.name].append((request, scope))
    for (group, name), where in places.items():
        # A login that nobody knows may be of any family.
        have = everywhere.union(*asked.values()) if not group else everywhere | asked[group] | asked[""]
        request, scope = min(where, key=_position)
        chains = {
            needed: chain
            for needed, chain in view.dependencies(name, have).items()
            if needed not in have and _counts(app, request, needed)
        }
        if chains:
            yield _finding(app, request, scope, chains, [pair for pair in where if pair[1].place != scope.place])


def _position(where: tuple[Request, Scope]) -> tuple[str, int, int, int]:
    place = where[1].place
    return place.path, place.cell or 0, place.line, place.column


def _counts(app: App, request: Request, needed: str) -> bool:
    permission = app.catalog.catalog.permission(needed)
    alive = app.catalog.status(needed).kind in ("active", "deprecated")
    can = app.catalog.can_ask(request.login, needed) is not False
    return permission is not None and not permission.automatic and alive and can


def _finding(
    app: App,
    request: Request,
    scope: Scope,
    chains: dict[str, tuple[str, ...]],
    others: list[tuple[Request, Scope]],
) -> Finding:
    direct = sorted(name for name, chain in chains.items() if len(chain) == 1)
    implied = sorted(name for name, chain in chains.items() if len(chain) > 1)
    through = [f"{name} (through {chains[name][-2]})" for name in implied]
    parts = listed([f"{name} (direct)" for name in direct] + through) if through else f"{listed(direct)} (direct)"
    none = "it" if len(chains) == 1 else "neither" if len(chains) == 2 else "none of them"
    lacks = f"this app {'never asks for it' if none == 'it' else f'asks for {none}'}"
    known = app.catalog.catalog.permission(scope.text)
    evidence = [note for pair in ((request, scope), *others) for note in asked_by(app.catalog, *pair)]
    evidence += [Evidence(other.place, f"{scope.text} is asked for here too") for _, other in others]
    return Finding(
        place=scope.place,
        permission=scope.text,
        missing=tuple(sorted(chains)),
        message=f"{scope.text} depends on {parts}; {lacks}, and App Review refuses it without",
        label=f"depends on {parts}; {lacks}",
        help=f"ask for {listed([*direct, *implied])} in the same login, or App Review refuses it",
        confidence="high" if all(each.complete for each in app.requests) else "medium",
        evidence=tuple(dict.fromkeys(evidence)),
        sources=(known.source,) if known else (),
        statement=scope.statement,
        remedy=_remedy(app, request, scope, (*direct, *implied)),
    )


def _remedy(app: App, request: Request, scope: Scope, names: tuple[str, ...]) -> Remedy | None:
    for other in shared(app, request, scope):
        if any(app.catalog.can_ask(other.login, name) is False for name in names):
            return None  # What is added here is also added to a login that refuses it.
    return Remedy(f"ask for {listed(names)} too", safe=True, changes=instead(scope, scope.text, *names))


RULE = Rule(
    code="PRM104",
    name="missing-dependency",
    severity="error",
    summary="A permission is asked for, but not the permissions that it depends on",
    doc=__doc__,
    check=check,
    whole_app=True,
    bad=(
        Example(
            {
                "storefront/scopes.py": """\
SCOPES = [
    "public_profile",
    "pages_manage_posts",  # <- PRM104 pages_manage_posts
]
""",
                "storefront/login.py": """\
from urllib.parse import urlencode

from storefront.scopes import SCOPES


def login_url(app_id, redirect_uri, state):
    query = urlencode(
        {
            "client_id": app_id,
            "redirect_uri": redirect_uri,
            "state": state,
            "scope": ",".join(SCOPES),
        },
    )
    return f"https://www.facebook.com/v24.0/dialog/oauth?{query}"
""",
            },
            title="It needs pages_read_engagement, and that needs pages_show_list",
        ),
    ),
    good=(
        Example(
            {
                "storefront/login.py": """\
from urllib.parse import urlencode

SCOPES = ["pages_manage_posts", "pages_read_engagement", "pages_show_list"]


def login_url(app_id, redirect_uri, state):
    query = {"client_id": app_id, "redirect_uri": redirect_uri, "state": state, "scope": ",".join(SCOPES)}
    return "https://www.facebook.com/v24.0/dialog/oauth?" + urlencode(query)
""",
            },
        ),
        Example(
            {
                "app.py": """\
from flask_dance.contrib.facebook import make_facebook_blueprint

basic = make_facebook_blueprint(scope=["email", "pages_show_list", "pages_read_engagement"])
publishing = make_facebook_blueprint(scope=["pages_manage_posts"])
""",
            },
            title="Asked for step by step, in another login of the same family",
        ),
    ),
)
