"""What the formats for programs share: places in files that hold no cells, and texts without secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.places import Place
from permlint.secrets import mask

if TYPE_CHECKING:
    from permlint.diagnostics import Diagnostic, Fix


def in_file(place: Place) -> Place:
    """Returns a place as a place of its file. Of one in a notebook only the file is known, so it is the first line's."""
    return place if place.cell is None else Place(place.path, 1, 1, 1, 1)


def note_at(text: str, place: Place) -> str:
    """Returns a text about a place without secrets; where the place is in a notebook it says in which cell and line."""
    return mask(text) if place.cell is None else f"{mask(text)} (cell {place.cell}, line {place.line})"


def message(diagnostic: Diagnostic) -> str:
    """Returns what is wrong in one sentence, without secrets."""
    return note_at(diagnostic.message, diagnostic.place)


def fix_to_show(fix: Fix | None) -> Fix | None:
    """Returns a fix unless it would carry a secret: a masked one would put the mask into the source."""
    return None if fix is None or any(mask(edit.replacement) != edit.replacement for edit in fix.edits) else fix
