"""What rules want changed in the source, said without looking at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.diagnostics import Change, Remedy

if TYPE_CHECKING:
    from permlint.app import App
    from permlint.facts import Request, Scope, VersionUse


def instead(scope: Scope, *names: str) -> tuple[Change, ...]:
    """These names in place of a scope; none to take it out."""
    return (Change(scope.place, scope.text, names, scope.single),)


def shared(app: App, request: Request, scope: Scope) -> list[Request]:
    """The other requests that have a scope at the same place: what changes there changes them too."""
    return [
        other
        for other in app.requests
        if other is not request and any(each.place == scope.place for each in other.scopes)
    ]


def moved(use: VersionUse, newest: str) -> Remedy | None:
    """A newer API version in place of one; None where there is none. newest: in the form `vN.N`."""
    if not newest:
        return None
    width = use.place.end_column - use.place.column
    written = use.version if width == len(use.version) else use.version.removesuffix(".0")
    return Remedy(f"move to {newest}", safe=False, changes=(Change(use.place, written, (newest,)),))
