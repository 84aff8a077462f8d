"""Describes what calls need, for people and programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from permlint.catalog.endpoint_paths import normalise_path, parse_fields
from permlint.catalog.endpoints import load_endpoints

if TYPE_CHECKING:
    from permlint.catalog.endpoint_rows import Row
    from permlint.catalog.view import CatalogView


def describe_endpoint(view: CatalogView, text: str) -> dict[str, Any]:
    """Describe a call written as ``GET /me/accounts?fields=name`` as of the view's day: JSON-ready data.

    Without a method it is GET; without a host all hosts are looked at. What is written stands for the whole call:
    parameters that it lacks are absent.
    """
    method, _, rest = text.strip().partition(" ")
    if not rest:
        method, rest = "GET", method
    path = normalise_path(rest)
    parameters = {key: value for key, value in path.parameters.items() if key != "fields"}
    wanted = path.parameters.get("fields", "")
    needs = load_endpoints().needs(
        host=path.host,
        method=method,
        segments=tuple(_as_segment(part) for part in path.segments),
        fields=None if wanted is None else parse_fields(wanted),
        parameters=parameters,
        complete=True,
        node=path.segments[0] if path.segments else None,
        day=view.day,
    )
    return {
        "asked": text,
        "method": method.upper(),
        "host": path.host,
        "path": "/" + "/".join("{}" if part is None else part for part in path.segments),
        "as_of": view.day.isoformat(),
        "known": needs.known,
        "needs": {"all_of": sorted(needs.all_of), "any_of": [sorted(group) for group in needs.any_of]}
        if needs.known
        else None,
        "may_use": sorted(needs.used - needs.all_of),
        "unless": list(needs.unless),
        "features": list(needs.features),
        "conditions": list(needs.conditions),
        "rows": [_row(row) for row in needs.rows],
    }


def _row(row: Row) -> dict[str, Any]:
    """Describe a row: JSON-ready data."""
    return {
        "hosts": list(row.hosts),
        "method": row.method,
        "path": row.path,
        "kind": row.kind,
        "all_of": list(row.all_of),
        "any_of": [sorted(group) for group in row.any_of],
        "fields": list(row.fields),
        "when": [" or ".join(map(str, group)) for group in row.when],
        "circumstance": row.circumstance,
        "features_instead": list(row.or_feature),
        "features_besides": list(row.and_feature),
        "tasks": list(row.tasks),
        "token": list(row.token),
        "confidence": row.confidence,
        "note": row.note,
        "sources": [{"url": row.source, "date": row.date}, *({"url": url, "date": day} for url, day in row.also)],
        "against": [
            {"all_of": list(other.all_of), "note": other.note, "url": other.source, "date": other.date}
            for other in row.against
        ],
    }


def _as_segment(part: str | None) -> str | None:
    """Read a placeholder that a person writes, such as {page-id}, as unknown."""
    if part is None or part.startswith("act_"):
        return part
    return None if part[:1] in "{<:" else part
