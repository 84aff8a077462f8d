"""Suppressions: reads the comments that silence rules, and says what they silence and which of them silence nothing.

The form is `permlint: ignore[PRM201, removed-permission] reason`, or `ignore-file[...]` for the whole file. What
arrives here is the text of comments without the markers of their language, so that the same words work in all of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from permlint.app import StaleSuppression
from permlint.facts import Suppression
from permlint.places import LineIndex, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from permlint.diagnostics import Diagnostic
    from permlint.rule import Rule

# At the start of a comment's line, or behind the marker of a comment within the comment, where tools share a line.
_START = re.compile(r"(?:^|[#*;!]|//|--)[ \t]*(permlint[ \t]*:)", re.IGNORECASE | re.MULTILINE)
_WORD = re.compile(r"[ \t]*([^\s\[\]]*)[ \t]*")
_FORM = "write `permlint: ignore[PRM101] reason`"


class Comment(NamedTuple):
    """A comment of a file.

    text: without the markers of its language, line ends kept. place: where that text stands. alone: nothing but
    this comment stands on its lines.
    """

    text: str
    place: Place
    alone: bool


def read(
    comments: Iterable[Comment], first_statement: Place | None = None, *, reason_required: bool = False
) -> tuple[Suppression, ...]:
    """The suppressions in the comments of one file, in their order.

    A comment at a line's end speaks for that line; one that stands alone speaks for the next line that is not such a
    comment itself. `first_statement` is where the file's first statement starts, None where there is none.
    reason_required: one without a reason silences nothing.
    """
    comments = list(comments)
    if not any("permlint" in comment.text.lower() for comment in comments):
        return ()
    alone = {
        (comment.place.cell, line)
        for comment in comments
        if comment.alone
        for line in range(comment.place.line, comment.place.end_line + 1)
    }
    found: list[Suppression] = []
    for comment in comments:
        place = comment.place
        if comment.alone:
            line = place.end_line + 1
            while (place.cell, line) in alone:
                line += 1
            lines: tuple[int, ...] = (line,)
        else:
            lines = tuple(range(place.line, place.end_line + 1))
        late = first_statement is not None and _position(place) >= _position(first_statement)
        found += parse(comment.text, place, lines, late=late, reason_required=reason_required)
    return tuple(found)


def parse(
    text: str, place: Place, lines: tuple[int, ...], *, late: bool = False, reason_required: bool = False
) -> list[Suppression]:
    """The suppressions in the text of one comment; none where it says nothing to permlint.

    place: where the text stands. lines: the lines that it speaks for. late: it stands behind the file's first
    statement, where `ignore-file` has no say. reason_required: one without a reason silences nothing.
    """
    starts = list(_START.finditer(text))
    if not starts:
        return []
    index = LineIndex(text)

    def part(start: int, end: int) -> Place:
        first, column = index.position(start)
        last, end_column = index.position(end)
        shift = place.column - 1
        return Place(
            place.path,
            place.line + first - 1,
            column + shift if first == 1 else column,
            place.line + last - 1,
            end_column + shift if last == 1 else end_column,
            place.cell,
        )

    found = []
    for number, start in enumerate(starts):
        stop = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        ends = (text.find(end, start.end(), stop) for end in "\r\n")
        stop = min([stop, *(end for end in ends if end >= 0)])
        at = start.start(1)
        said = _understand(text[at:stop].rstrip(), start.end(1) - at)
        fault = said.fault
        if said.whole_file and late and not fault:
            fault = "`ignore-file` counts only before the first statement of the file"
        if reason_required and not said.reason and not fault:
            fault = f"it gives no reason, and the config requires one; {_FORM}"
        found.append(
            Suppression(
                place=part(at, at + said.end),
                rules=() if fault else tuple((name, part(at + a, at + a + len(name))) for name, a in said.rules),
                reason=said.reason,
                lines=() if fault else None if said.whole_file else lines,
                fault=fault,
            ),
        )
    return found


class _Said(NamedTuple):
    """What one comment says: up to where it reads, the rules with their offsets, and why it can't be followed."""

    end: int
    rules: tuple[tuple[str, int], ...] = ()
    reason: str = ""
    whole_file: bool = False
    fault: str | None = None


def _understand(text: str, colon: int) -> _Said:
    """Reads the text of one suppression, which starts with `permlint:`; the colon ends at `colon`."""
    match = _WORD.match(text, colon)
    assert match is not None
    word, behind = match[1], match.end()
    if word.lower() not in ("ignore", "ignore-file"):
        said = f"`{word[:40]}` is not a word it knows" if word else "a word is missing"
        return _Said(len(text), fault=f"{said}; {_FORM}")
    if text[behind : behind + 1] != "[":
        return _Said(len(text), fault=f"the rules in brackets are missing; {_FORM}")
    closed = text.find("]", behind)
    if closed < 0:
        return _Said(len(text), fault=f"its bracket is never closed; {_FORM}")
    rules = []
    at = behind + 1
    for element in text[at:closed].split(","):
        name = element.strip()
        if name:
            rules.append((name, at + element.index(name)))
        at += len(element) + 1
    reason = text[closed + 1 :].strip().lstrip(":-\N{EN DASH}\N{EM DASH} \t")
    fault = None if rules else f"its brackets are empty; {_FORM}"
    return _Said(closed + 1, tuple(rules), reason, word.lower() == "ignore-file", fault)


class Matched(NamedTuple):
    """What suppressions did: the diagnostics that are left, the silenced ones, and which rules of which did it."""

    kept: tuple[Diagnostic, ...]
    silenced: tuple[tuple[Diagnostic, Suppression], ...]
    used: frozenset[tuple[Suppression, str]]


def match(diagnostics: Iterable[Diagnostic], suppressions: Mapping[str, Sequence[Suppression]]) -> Matched:
    """Takes out the diagnostics that a suppression silences.

    A comment speaks for the findings of its rules whose marked place touches its line; where none does, for those whose
    statement touches it. So a comment beside one string of a list silences that string alone, and a comment at
    the list's end silences the list.
    """
    diagnostics = list(diagnostics)
    by_rule: dict[tuple[str, str], list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        if diagnostic.place.path in suppressions:
            for key in (diagnostic.code.lower(), diagnostic.name.lower()):
                by_rule.setdefault((diagnostic.place.path, key), []).append(diagnostic)
    by: dict[int, Suppression] = {}
    used = set()
    for path, in_file in suppressions.items():
        for suppression in in_file:
            for name, _ in suppression.rules:
                candidates = by_rule.get((path, name.lower()), [])
                hits = [each for each in candidates if speaks_for(suppression, each.place)]
                hits = hits or [
                    each for each in candidates if each.statement and speaks_for(suppression, each.statement)
                ]
                if hits:
                    used.add((suppression, name))
                for hit in hits:
                    by.setdefault(id(hit), suppression)
    return Matched(
        kept=tuple(each for each in diagnostics if id(each) not in by),
        silenced=tuple((each, by[id(each)]) for each in diagnostics if id(each) in by),
        used=frozenset(used),
    )


def speaks_for(suppression: Suppression, place: Place) -> bool:
    """Whether a suppression's line (or file) is that of a place, in the same file."""
    if suppression.lines is None:
        return True
    return any(place.touches_line(line, suppression.place.cell) for line in suppression.lines)


def stale(
    suppressions: Iterable[Suppression],
    used: frozenset[tuple[Suppression, str]],
    known: Sequence[Rule],
    judged: Callable[[Suppression, Rule], bool],
) -> list[StaleSuppression]:
    """What in the suppressions of one file can be taken out.

    used: from `match`. known: all rules there are, to tell an unknown name from a known one. judged: whether the rule
    was run where the suppression stands and could come to a verdict; where not, the suppression is left alone. A
    comment of which nothing is left is one entry at its whole place, else each idle rule is an entry at its own.
    """
    by_name = {key.lower(): rule for rule in known for key in (rule.code, rule.name)}
    found: list[StaleSuppression] = []
    for suppression in suppressions:
        if suppression.fault is not None:
            found.append(StaleSuppression(suppression.place, "", suppression.fault))
            continue
        idle: list[tuple[str, Place]] = []
        for name, place in suppression.rules:
            rule = by_name.get(name.lower())
            if rule is None:
                found.append(StaleSuppression(place, name, f"there is no rule {name}{_nearest(name, known)}"))
            elif rule.phase == "facts" and (suppression, name) not in used and judged(suppression, rule):
                idle.append((name, place))
        if len(idle) == len(suppression.rules):
            found.append(StaleSuppression(suppression.place, ", ".join(name for name, _ in idle)))
        else:
            found += [StaleSuppression(place, name) for name, place in idle]
    return found


def _nearest(name: str, known: Sequence[Rule]) -> str:
    """`; did you mean X?`, or nothing where no rule is near."""
    from difflib import get_close_matches  # only for a mistake

    names = {key.lower(): key for rule in known for key in (rule.code, rule.name)}
    near = get_close_matches(name.lower(), names, 1, 0.7)
    return f"; did you mean {names[near[0]]}?" if near else ""


def _position(place: Place) -> tuple[int, int, int]:
    return place.cell or 0, place.line, place.column
