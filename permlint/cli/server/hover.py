"""What an editor shows of a permission: what Meta says of it, and what this app does with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from permlint.catalog.describe import describe
from permlint.cli.server.findings import shown
from permlint.verdicts import needed, uses
from permlint.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from permlint.app import App
    from permlint.catalog import CatalogView
    from permlint.facts import Scope
    from permlint.places import Place

_WORD = re.compile(r"[A-Za-z0-9_]+")
_MOST = 5


def scope_at(apps: Sequence[App], path: str, line: int, column: int) -> Scope | None:
    """The scope whose name stands there, None where none is asked for. line, column: from 1."""
    for app in apps:
        for _, scope in app.scopes():
            place = scope.place
            if scope.by == "code" and place.path == path and place.line == place.end_line == line:
                if place.column <= column <= place.end_column:
                    return scope
    return None


def word_at(line: str, column: int) -> tuple[int, int]:
    """The bounds of the word around a column, all from 1, the end exclusive; an empty stretch where there is none."""
    for found in _WORD.finditer(line):
        if found.start() + 1 <= column <= found.end() + 1:
            return found.start() + 1, found.end() + 1
    return column, column


def text_for(name: str, view: CatalogView, apps: Sequence[App], link: Callable[[Place], str]) -> str:
    """Markdown about a permission. apps: those to speak of. link: makes one to a place."""
    data = describe(view, name)
    parts = ["\n".join(_known(data))]
    for app in apps:
        rows = list(_in_app(app, data["name"], link))
        if rows:
            title = "In this app" if app.name in ("", "default") else f"In the app {app.name}"
            parts.append("\n".join([f"**{title}**", "", *rows]))
    return "\n\n".join(parts)


def _known(data: dict[str, Any]) -> Iterator[str]:
    """What the catalog says."""
    yield f"**`{data['name']}`**: {data['status']}"
    yield ""
    yield _plain(data["summary"])
    yield ""
    yield f"- Status: {_plain(data['status_text'])} (as of {data['as_of']}, {data['graph_version']})"
    if data["replacements"]:
        yield f"- Use instead: {listed([f'`{one}`' for one in data['replacements']], 'or')}"
    for usage in data["allowed_usage"][:_MOST]:
        yield f"- Allowed: {_plain(usage)}"
    dependencies = data["dependencies"]
    needs = [f"`{one}`" for one in dependencies["direct"]]
    needs += [f"`{one['name']}` (through {listed(one['through'])})" for one in dependencies["implied"]]
    needs += [f"{_plain(one)} (a feature)" for one in dependencies["features"]]
    if needs:
        yield f"- Depends on: {', '.join(needs)}"
    if data["automatic"]:
        yield "- Review: granted to every app by itself"
    elif data["review"] in ("yes", "no"):
        yield f"- Review: needs {'App Review' if data['review'] == 'yes' else 'no App Review'}"
    if data["logins"]:
        yield f"- Asked for by: {', '.join(login['name'] for login in data['logins'])}"
    for source in data["sources"]:
        yield f"- Source: <{source['url']}> ({source['date']})"


def _in_app(app: App, name: str, link: Callable[[Place], str]) -> Iterator[str]:
    """What an app does with it: where it asks, what needs it."""
    catalog = app.catalog.catalog
    places = dict.fromkeys(scope.place for _, scope in app.scopes() if catalog.canonical(scope.text) == name)
    if places:
        yield f"- Asked for at {_some([link(place) for place in places])}"
    asked = {catalog.canonical(scope.text) for _, scope in app.scopes()} | set(app.declared)
    absent = [f"`{other}`" for other in app.catalog.dependencies(name) if other not in asked]
    if places and absent and not app.open:
        yield f"- It depends on {_some(absent)}, which no login asks for"
    if name in app.declared:
        yield f"- Asked for by the config: {_plain(app.declared[name])}"
    if name in app.declared_needs:
        yield f"- Needed by the config: {_plain(app.declared_needs[name])}"
    for one in needed(app):
        if one.permission == name:
            calls = [f"`{call.method or '?'} {shown(call.endpoint)}` at {link(call.place)}" for call in one.calls]
            if calls:
                yield f"- Needed by {_some(calls)}"
            if one.dependency_of:
                yield f"- Needed because {_some([f'`{other}`' for other in one.dependency_of])} depends on it"
            if one.status == "missing":
                yield "- **No login asks for it**"
    for use in uses(app):
        if use.permission == name and use.verdict != "used":
            yield f"- {use.verdict.capitalize()}: {_plain(use.because)}"


def _some(rows: Sequence[str]) -> str:
    more = len(rows) - _MOST
    return listed([*rows[:_MOST], f"{more} more"] if more > 0 else list(rows))


def _plain(text: str) -> str:
    """A text that Markdown leaves as it is."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", shown(" ".join(text.split())))


def without_markup(text: str) -> str:
    """Markdown of ours for an editor that shows plain text only."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("**", "").replace("`", "")
    return re.sub(r"\\(.)", r"\1", text)
