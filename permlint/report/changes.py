"""The report of `diff`: for a person, for a comment on a pull request, or for a program."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from permlint.report.text import locate_line
from permlint.secrets import mask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from permlint.changes import Brought, Change
    from permlint.report.machine import Run
    from permlint.report.paths import ShowPath

_PLACES = 3
REVIEW = "https://developers.facebook.com/docs/permissions"
"""App Review looks at each permission that an app wants of people who have no role in it; an app that asks for Advanced
Access also has to pass Business Verification."""


def render_text(changes: Sequence[Change], revision: str, show: ShowPath) -> str:
    """Returns the changes since a revision as plain text."""
    out = []
    for change in changes:
        if change.empty:
            continue
        out.append(f"app {change.app}, since {revision}")
        for title, brought in (("newly asked for", change.asked), ("newly needed", change.needed)):
            if brought:
                out.append(f"  {title}")
                out += [f"    {one.permission}  {_told(one, show)}" for one in brought]
        for title, names in (("no longer asked for", change.no_longer_asked),
                             ("no longer needed", change.no_longer_needed)):  # fmt: skip
            if names:
                out.append(f"  {title}: {', '.join(mask(name) for name in names)}")
        if change.open:
            out.append("  The app may ask for more than its source shows.")
    return "".join(f"{line}\n" for line in out) or f"no permission is new or gone since {revision}\n"


def render_markdown(changes: Sequence[Change], revision: str, show: ShowPath) -> str:
    """Returns the changes since a revision as Markdown, for a comment on a pull request."""
    out: list[str] = []
    for change in changes:
        if change.empty:
            continue
        out += [f"### Permissions of `{change.app}` since `{revision}`", ""]
        if change.asked or change.needed:
            out += ["| | permission | where | brings along | App Review |", "| --- | --- | --- | --- | --- |"]
            for title, brought in (("newly asked for", change.asked), ("newly needed", change.needed)):
                out += [f"| {title} | `{_cell(one.permission)}` | {_cell(_where(one, show))} | {_names(one.brings)} | "
                        f"{'yes' if one.review else ''} |" for one in brought]  # fmt: skip
            out.append("")
        for title, names in (("No longer asked for", change.no_longer_asked),
                             ("No longer needed", change.no_longer_needed)):  # fmt: skip
            if names:
                out += [f"{title}: {_names(names)}", ""]
        if change.open:
            out += ["The app may ask for more than its source shows.", ""]
        if any(one.review for one in change.asked):
            out += [
                f"[App Review]({REVIEW}) looks at what is new, and Advanced Access needs Business Verification.",
                "",
            ]
    return "\n".join(out) or f"No permission is new or gone since `{revision}`.\n"


def render_json(changes: Sequence[Change], revision: str, run: Run, show: ShowPath) -> str:
    """Returns the changes since a revision as JSON, by permlint/schemas/diff.schema.json."""
    content = {"version": 1, "tool": run.tool, "catalog": run.catalog, "as_of": run.as_of, "since": revision,
               "apps": [_json(change, show) for change in changes]}  # fmt: skip
    return json.dumps(content, indent=2) + "\n"


def _json(change: Change, show: ShowPath) -> dict[str, Any]:
    def brought(each: Sequence[Brought]) -> list[dict[str, Any]]:
        return [
            {
                "permission": mask(one.permission),
                "places": [
                    {"path": show(place.path), "line": place.line, "column": place.column} for place in one.places
                ],
                "brings": list(one.brings),
                "app_review": one.review,
                "exists": one.exists,
            }
            for one in each
        ]

    return {
        "name": change.app,
        "open": change.open,
        "asked": brought(change.asked),
        "no_longer_asked": [mask(name) for name in change.no_longer_asked],
        "needed": brought(change.needed),
        "no_longer_needed": list(change.no_longer_needed),
    }


def _told(one: Brought, show: ShowPath) -> str:
    parts = [_where(one, show)]
    if not one.exists:
        parts.append("no such permission today")
    if one.brings:
        parts.append(f"brings along {', '.join(one.brings)}")
    if one.review:
        parts.append("needs App Review")
    return "; ".join(part for part in parts if part)


def _where(one: Brought, show: ShowPath) -> str:
    places = list(dict.fromkeys(locate_line(place, show) for place in one.places))
    more = f" and {len(places) - _PLACES} more" if len(places) > _PLACES else ""
    return ", ".join(places[:_PLACES]) + more


def _names(names: Sequence[str]) -> str:
    return ", ".join(f"`{_cell(name)}`" for name in names)


def _cell(text: str) -> str:
    return mask(text).replace("|", "\\|").replace("`", "'").replace("\n", " ")
