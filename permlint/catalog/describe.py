"""Everything about one permission as plain data, for ``permlint permission NAME`` to print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from permlint.catalog.model import Permission, Status
    from permlint.catalog.view import CatalogView


def describe(view: CatalogView, name: str) -> dict[str, Any]:
    """Describe a permission, or what else the name is, as of the view's day and version.

    Gives JSON-ready data (strings, lists, booleans, None). For a name that no permission has, ``status`` is
    "absent" and the keys after ``catalog`` are ``misspelling_of``, ``feature``, ``field`` and
    ``suggestions``.
    """
    catalog = view.catalog
    permission = catalog.permission(name)
    status = view.status(name)
    head: dict[str, Any] = {
        "name": status.name,
        "asked": name,
        "status": status.kind,
        "status_text": status_text(view, status),
        "as_of": view.day.isoformat(),
        "graph_version": view.graph_version,
        "catalog": catalog.date.isoformat(),
    }
    if permission is None:
        return head | _other(view, name)
    closure = view.dependencies(name)
    direct = view.direct_dependencies(name)
    return head | {
        "aliases": list(permission.aliases),
        "family": permission.family,
        "summary": permission.summary,
        "allowed_usage": list(permission.allowed_usage),
        "introduced": _introduced(permission),
        "introduced_version": permission.introduced_version,
        "deprecated": _text(permission.deprecated or permission.deprecated_seen),
        "deprecated_version": permission.deprecated_version,
        "removed": _text(status.removed or permission.removed),
        "removed_version": permission.removed_version,
        "dependencies": {
            "direct": list(direct),
            "implied": [
                {"name": dep, "through": list(chain[:-1])} for dep, chain in closure.items() if dep not in direct
            ],
            "features": list(view.feature_dependencies(name)),
        },
        "dependents": list(view.dependents(name)),
        "replacements": list(view.replacements(name)),
        "replacement_chain": list(view.replacement_chain(name)),
        "narrower": [
            {"name": row.narrower, "covers": row.covers, "source": row.source} for row in catalog.narrower_than(name)
        ],
        "logins": [{"id": id_, "name": catalog.login(id_).name} for id_ in permission.logins],
        "review": permission.review,
        "automatic": permission.automatic,
        "scope_of": permission.scope_of,
        "confidence": permission.confidence,
        "note": permission.note,
        "sources": [{"url": permission.source, "date": permission.date.isoformat()}],
    }


def status_text(view: CatalogView, status: Status) -> str:
    """Say in one sentence how a permission stands, for a person."""
    ends = f" and ends on {status.removed}" if status.removed and status.removed > view.day else ""
    if status.kind == "active":
        return "It can be asked for."
    if status.kind == "removed":
        return f"It was removed on {status.since}." if status.since else "It was removed; nobody knows when."
    if status.kind == "future":
        return f"It is not known before {status.since}."
    if status.kind == "unknown":
        return f"It was there until {status.since}; what became of it is not known."
    if status.kind == "absent":
        return "No permission has this name."
    if status.removed_in:
        return f"{status.removed_in} and later versions lack it; {status.last_version} still has it{ends}."
    by = "since" if status.announced_in else "by"
    return f"It is deprecated, {by} {status.since}{ends}."


def _other(view: CatalogView, name: str) -> dict[str, Any]:
    """Say what a name is that is no permission's."""
    catalog = view.catalog
    wrong, feature, field = catalog.misspelling(name), catalog.feature(name), catalog.field(name)
    rows = [row for row in (wrong, feature, field) if row is not None]
    return {
        "misspelling_of": list(wrong.meant) if wrong else None,
        "feature": feature.name if feature else None,
        "field": {"name": field.name, "permission": field.permission} if field else None,
        "suggestions": list(view.suggest(name)),
        "sources": [{"url": row.source, "date": row.date.isoformat()} for row in rows],
    }


def _introduced(permission: Permission) -> str | None:
    if permission.introduced is None:
        return f"by {permission.seen}" if permission.seen else None
    day = permission.introduced.isoformat()
    return day[:7] if permission.introduced_approximate == "month" else day


def _text(day: object) -> str | None:
    return None if day is None else str(day)
