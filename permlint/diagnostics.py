"""Diagnostics: the one shape in which findings leave the rules and reach every output."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from permlint.places import Place

Severity = Literal["error", "warning", "note"]
"""How bad a finding is; `off` exists only as a rule's default."""

Confidence = Literal["high", "medium", "low"]
"""How sure permlint is; a separate axis from severity."""


class Evidence(NamedTuple):
    """One place that supports a finding, with a short note for a person."""

    place: Place
    note: str


class Edit(NamedTuple):
    """Replace the text of a place by another."""

    place: Place
    replacement: str


class Fix(NamedTuple):
    """A change that cures a finding. `safe`: it cannot change what the app does except as the finding says."""

    title: str
    safe: bool
    edits: tuple[Edit, ...]


class Change(NamedTuple):
    """What a rule wants instead of a name. place: the name's characters, which are `old`.

    names: what is to stand there; several where it stands in a list or among others in a text, none to take it out.
    joins: where it stands alone in its text, several may stand there with commas between them.
    """

    place: Place
    old: str
    names: tuple[str, ...]
    joins: bool = False


class Remedy(NamedTuple):
    """What would cure a finding, as a rule says it; a `Fix` is made of it where the source allows.

    safe: it changes what the app does only as the finding says, and a person who agrees with the finding wants it.
    """

    title: str
    safe: bool
    changes: tuple[Change, ...]


class Finding(NamedTuple):
    """What a rule yields. The engine makes a `Diagnostic` of it by adding what it knows about the rule and the app.

    permission: the name it is about (see the contract of each rule), or None.
    message: one sentence for a person in a hurry; the permission's name is in it.
    label: what stands beside the marked place in the text output; the message where empty.
    help: what to do about it.
    statement: the statement in which the place stands; a suppression on any of its lines works.
    """

    place: Place
    message: str
    permission: str | None = None
    missing: tuple[str, ...] = ()
    label: str = ""
    help: str = ""
    confidence: Confidence = "high"
    severity: Severity | None = None
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[str, ...] = ()
    statement: Place | None = None
    fix: Fix | None = None
    remedy: Remedy | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding of one rule about one app, ready for any output."""

    code: str
    name: str
    severity: Severity
    confidence: Confidence
    place: Place
    message: str
    permission: str | None = None
    missing: tuple[str, ...] = ()
    app: str = "default"
    label: str = ""
    help: str = ""
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[str, ...] = ()
    statement: Place | None = field(default=None, compare=False)
    fix: Fix | None = None
    remedy: Remedy | None = None

    def sort_key(self) -> tuple[str, int, int, int, str, str, str]:
        """Orders diagnostics by path, cell, line, column, then code, permission and app."""
        place = self.place
        return (
            place.path,
            place.cell or 0,
            place.line,
            place.column,
            self.code,
            self.permission or "",
            self.app,
        )
