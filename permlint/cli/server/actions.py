"""Code actions: what can be done about the findings in a part of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from permlint.cli.server.findings import shown
from permlint.diagnostics import Edit
from permlint.fixing import apply
from permlint.frontends import encoding_of
from permlint.places import LineIndex, Place
from permlint.report.common import fix_to_show
from permlint.silence import fit_reason, silence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from permlint.cli.server.desk import Document
    from permlint.cli.warm import Look
    from permlint.diagnostics import Diagnostic
    from permlint.fixing import Documents

_REASON = "TODO say why"
_NO_REASON = ""


class Action(NamedTuple):
    """One thing to do. cures: the findings that are gone then; best: it can be done without looking closer."""

    title: str
    edits: tuple[Edit, ...]
    cures: tuple[Diagnostic, ...]
    best: bool = False


def for_findings(look: Look, found: Sequence[Diagnostic], document: Document) -> list[Action]:
    """What can be done about findings of one file: their fixes, then comments that silence them. document: the file."""
    actions: dict[tuple[str, tuple[Edit, ...]], Action] = {}
    for each in found:
        fix = fix_to_show(each.fix)
        if fix is not None:
            title = shown(fix.title[:1].upper() + fix.title[1:]) + ("" if fix.safe else " (unsafe: review it)")
            action = Action(title, fix.edits, (each,), fix.safe)
            other = actions.get((title, fix.edits))
            actions[title, fix.edits] = action if other is None else other._replace(cures=(*other.cures, each))
    about_comments = {rule.code for rule in look.rules if rule.phase == "suppressions"}
    for code in dict.fromkeys(each.code for each in found if each.code not in about_comments):
        for line in dict.fromkeys(each.place.line for each in found if each.code == code):
            here = [each for each in found if each.code == code and each.place.line == line]
            made = _silenced(look, here, document)
            if made is not None:
                actions[made.title, made.edits] = made
    return list(actions.values())


def _silenced(look: Look, found: Sequence[Diagnostic], document: Document) -> Action | None:
    """A comment for findings of one rule on one line."""
    path = found[0].place.path
    reason = fit_reason(_REASON) if look.project.config.require_suppression_reason else _NO_REASON
    content = document.content
    done = silence(path, content, found, reason or _NO_REASON)
    if done.left or done.content == content:
        return None
    encoding = encoding_of(path, content)
    before, after = content.decode(encoding), done.content.decode(encoding)
    if before != document.text:
        return None  # There are characters in it that its encoding does not have.
    edit = _difference(path, before, after)
    return Action(f"Ignore {found[0].code} ({found[0].name}) here", (edit,), tuple(found))


def fix_all(look: Look, path: str, documents: Documents) -> Action | None:
    """All safe fixes of a file that touch nothing else, together; None where there is none."""
    here = [
        each
        for each in look.found
        if each.place.path == path
        and fix_to_show(each.fix) is not None
        and each.fix is not None
        and all(edit.place.path == path for edit in each.fix.edits)
    ]
    for one in apply(here, documents, unsafe=False):
        if one.path == path and one.after != one.before:
            edits = dict.fromkeys(edit for each in one.taken if each.fix is not None for edit in each.fix.edits)
            return Action("Fix all that is safe", tuple(edits), one.taken, best=True)
    return None


def _difference(path: str, before: str, after: str) -> Edit:
    """The edit that makes one text of another, without what both begin and end with."""
    start = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        start += 1
    end = 0
    shortest = min(len(before), len(after)) - start
    while end < shortest and before[-1 - end] == after[-1 - end]:
        end += 1
    index = LineIndex(before)
    line, column = index.position(start)
    end_line, end_column = index.position(len(before) - end)
    return Edit(Place(path, line, column, end_line, end_column), after[start : len(after) - end])
