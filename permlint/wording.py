"""Wording that several rules share: lists of names, texts of the source, names of logins, and who asks for a scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.diagnostics import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from permlint.catalog import CatalogView
    from permlint.facts import Request, Scope


def listed(names: Iterable[str], word: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; another word than `and` where given."""
    *most, last = names
    return f"{', '.join(most)} {word} {last}" if most else last


def shown(text: str) -> str:
    """A text of the source as a message shows it: cut where it is very long."""
    return text if len(text) <= 80 else f"{text[:77]}..."


def login_name(catalog: CatalogView, login: str) -> str:
    """The name of a login as Meta writes it; `the login` where it is not known."""
    return next((each.name for each in catalog.catalog.logins() if each.id == login), "the login")


def asked_by(catalog: CatalogView, request: Request, scope: Scope) -> tuple[Evidence, ...]:
    """Who asks for a scope, where that doesn't stand at the scope itself."""
    if scope.by == "config":
        return (Evidence(request.place, "the config says so of the configuration that this login names"),)
    if scope.by == "library":
        return (Evidence(request.place, f"the library asks for it by itself ({request.via})"),)
    same = scope.place.path == request.place.path and request.place.touches_line(scope.place.line, scope.place.cell)
    return () if same else (Evidence(request.place, f"asked for by {login_name(catalog, request.login)}"),)
