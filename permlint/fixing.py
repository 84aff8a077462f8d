"""From what a rule wants instead of a name to edits of the file: in any language, quotes, commas and lines kept as they are.

The program form of the file says what a name stands in: an element of a list, or a part of a text. The edits keep to the text
around it and never touch a character more; where no such edit can be made there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from permlint import program as p
from permlint.diagnostics import Change, Diagnostic, Edit, Fix
from permlint.frontends import Unreadable, lower
from permlint.places import LineIndex, Place

_SEPARATOR_BEFORE = re.compile(r"(?:,[ \t]*|[ \t]+|%20|%2C|\+|;)\Z", re.IGNORECASE)
_SEPARATOR_AFTER = re.compile(r"\A(?:[ \t]*,[ \t]*|[ \t]+|%20|%2C|\+|;)", re.IGNORECASE)
_OPENS = re.compile(r"\s*(?:[rRbBuUfF]{0,2}|[@:])[\"'`]{0,3}\s*")
_CLOSES = re.compile(r"\s*[\"'`]{0,3}\s*")
_ITEM_LINE = re.compile(r"[ \t]*(?:-[ \t]+)?\Z")
_ONLY_COMMA = re.compile(r"[ \t]*,?[ \t]*(?=[\r\n]|\Z)")
_COMMENT_AFTER = re.compile(r"[ \t]*,?[ \t]*(?:#|//|/\*)[^\r\n]*(?=[\r\n]|\Z)")


class Document(NamedTuple):
    """A file's text and what it is. offsets count code points of the text, which has no byte order mark."""

    text: str
    program: p.Program
    lines: LineIndex


class Documents:
    """The files of a project as documents, each read once.

    read: a file's bytes by its path; raises OSError. lower: the program in them; raises Unreadable.
    """

    def __init__(self, read: Callable[[str], bytes], lower: Callable[[str, bytes], p.Program] = lower) -> None:
        self._read = read
        self._lower = lower
        self._known: dict[str, Document | None] = {}

    def get(self, path: str) -> Document | None:
        """The document of a file; None where it can't be read, or where places in it do not count in its text (notebooks)."""
        if path not in self._known:
            self._known[path] = self._load(path)
        return self._known[path]

    def _load(self, path: str) -> Document | None:
        try:
            data = self._read(path)
            found = text_of(data)
            program = self._lower(path, data)
        except (OSError, Unreadable, UnicodeDecodeError):
            return None
        if program.cells is not None:
            return None
        return Document(found, program, LineIndex(found))


def text_of(data: bytes) -> str:
    """The text of a file that permlint may change: UTF-8, with or without a byte order mark. Raises UnicodeDecodeError."""
    return data.decode("utf-8-sig")


def with_fixes(diagnostics: Iterable[Diagnostic], documents: Documents) -> list[Diagnostic]:
    """The diagnostics, each with the fix that its rule's remedy makes, where one can be made."""
    return [
        each if each.remedy is None else replace(each, fix=_fix(each, documents), remedy=None) for each in diagnostics
    ]


def _fix(diagnostic: Diagnostic, documents: Documents) -> Fix | None:
    remedy = diagnostic.remedy
    assert remedy is not None
    edits: list[Edit] = []
    safe = remedy.safe
    for change in remedy.changes:
        document = documents.get(change.place.path)
        made = _edit(change, document) if document is not None else None
        if made is None:
            return None
        edit, lossless = made
        edits.append(edit)
        safe = safe and lossless
    return Fix(remedy.title, safe, tuple(edits))


def _edit(change: Change, document: Document) -> tuple[Edit, bool] | None:
    """The edit that puts names in place of one, and whether it takes nothing else away with it."""
    start, end = _offset(document.lines, change.place), _end_offset(document.lines, change.place)
    if document.text[start:end] != change.old:
        return None  # The place holds something else: the name is put together, or the file has changed.
    if len(change.names) == 1:
        return _edited(change, document, start, end, change.names[0]), True
    found = _around(document.program, start, end)
    if found is None:
        return None
    string, items = found
    before, after = document.text[string.start : start], document.text[end : string.end]
    if _OPENS.fullmatch(before) is None or _CLOSES.fullmatch(after) is None:
        return _in_text(change, document, string, start, end)
    if items is not None:
        return _in_list(change, document, string, items)
    if not change.names:
        return None
    return _edited(change, document, start, end, ",".join(change.names)), True


def _edited(change: Change, document: Document, start: int, end: int, text: str) -> Edit:
    line, column = document.lines.position(start)
    end_line, end_column = document.lines.position(end)
    return Edit(Place(change.place.path, line, column, end_line, end_column), text)


def _in_text(change: Change, document: Document, string: p.Node, start: int, end: int) -> tuple[Edit, bool] | None:
    """The name stands among others in one text, with separators between them."""
    text = document.text
    before = _SEPARATOR_BEFORE.search(text[string.start : start])
    after = _SEPARATOR_AFTER.search(text[end : string.end])
    if change.names:
        between = before or after
        if between is None:
            return None
        return _edited(change, document, start, end, between[0].join(change.names)), True
    if after is not None and _goes_on(text, end + after.end(), string.end):
        return _edited(change, document, start, end + after.end(), ""), True
    if before is not None and _goes_on_before(text, start - len(before[0]), string.start):
        return _edited(change, document, start - len(before[0]), end, ""), True
    return None


def _goes_on(text: str, at: int, end: int) -> bool:
    return at < end and text[at] not in "'\"`"


def _goes_on_before(text: str, at: int, start: int) -> bool:
    return at > start and text[at - 1] not in "'\"`=:"


def _in_list(change: Change, document: Document, item: p.Node, items: Sequence[p.Node]) -> tuple[Edit, bool] | None:
    """The name is an element of a list."""
    text = document.text
    index = next(number for number, one in enumerate(items) if one.start == item.start)
    line = max(text.rfind("\n", 0, item.start), text.rfind("\r", 0, item.start)) + 1
    head = text[line : item.start]
    alone = _ITEM_LINE.match(head) is not None
    literal = text[item.start : item.end]
    if change.names:
        made = [literal.replace(change.old, name) for name in change.names]
        comma = "" if literal == change.old else _comma(text, items)
        if not alone:
            return _edited(change, document, item.start, item.end, f"{comma} ".join(made)), True
        end_of_line = "\r\n" if text.endswith("\r\n", 0, line) else "\n"
        between = f"{end_of_line}{head}" if "-" in head else f"{comma}{end_of_line}{head}"
        return _edited(change, document, item.start, item.end, between.join(made)), True
    if len(items) == 1:
        return None  # An empty list may mean something else than no list.
    rest = _ONLY_COMMA.match(text, item.end) if alone else None
    commented = _COMMENT_AFTER.match(text, item.end) if alone and rest is None else None
    last = rest or commented
    if last is not None and line and (index < len(items) - 1 or "," in last[0] or "-" in head):
        return _edited(change, document, line, _next_line(text, last.end()), ""), commented is None
    if index < len(items) - 1:
        start, end = item.start, items[index + 1].start
        gap = text[item.end : end]
    else:
        start, end = items[index - 1].end, item.end
        gap = text[start : item.start]
    if gap.strip(" \t\r\n,"):
        return None  # A comment or something else stands between the two.
    return _edited(change, document, start, end, ""), True


def _comma(text: str, items: Sequence[p.Node]) -> str:
    """What stands between the elements of a list: nothing but blanks in `%w[a b]` and in a shell's `NAMES=("a" "b")`."""
    after = text[items[-1].end :].lstrip()
    ends = [one.end for one in items[:-1]]
    if after.startswith(",") or any("," in text[end : one.start] for end, one in zip(ends, items[1:], strict=True)):
        return ","
    return "" if len(items) > 1 or text[: items[0].start].rstrip().endswith("=(") else ","


def _next_line(text: str, at: int) -> int:
    if text.startswith("\r\n", at):
        return at + 2
    return at + 1 if at < len(text) else at


def _around(program: p.Program, start: int, end: int) -> tuple[p.Node, tuple[p.Node, ...] | None] | None:
    """The string around a stretch, and the elements of the list whose element it is."""
    best: tuple[p.Node, tuple[p.Node, ...] | None] | None = None
    for statement in program.body:
        for node in p.inside(statement):
            if isinstance(node, p.Sequence):
                for item in node.items:
                    if isinstance(item, p.String) and item.start <= start and end <= item.end:
                        best = (item, node.items)
            elif isinstance(node, p.String) and node.start <= start and end <= node.end:
                if best is None or node.end - node.start < best[0].end - best[0].start:
                    best = (node, None)
    return best


def _offset(lines: LineIndex, place: Place) -> int:
    return lines.starts[min(place.line, len(lines.starts)) - 1] + place.column - 1


def _end_offset(lines: LineIndex, place: Place) -> int:
    return lines.starts[min(place.end_line, len(lines.starts)) - 1] + place.end_column - 1


# Applying -----------------------------------------------------------------------------------------------------------------------


class Applied(NamedTuple):
    """What fixes make of a file. taken, left: the diagnostics whose fixes were made, or were not for a conflict with another."""

    path: str
    before: str
    after: str
    taken: tuple[Diagnostic, ...]
    left: tuple[Diagnostic, ...]


def apply(diagnostics: Iterable[Diagnostic], documents: Documents, *, unsafe: bool) -> list[Applied]:
    """The texts of the files after their fixes, sorted by path; nothing is written.

    Of fixes that touch the same characters the first one counts. A file whose text can't be read any more as its language
    after that keeps its text, and all its fixes are left.
    """
    chosen: dict[str, list[tuple[int, int, str]]] = {}
    taken: dict[str, list[Diagnostic]] = {}
    left: dict[str, list[Diagnostic]] = {}
    seen: set[tuple[tuple[str, int, int, str], ...]] = set()
    for diagnostic in sorted(diagnostics, key=Diagnostic.sort_key):
        fix = diagnostic.fix
        if fix is None or not (fix.safe or unsafe):
            continue
        spans = []
        for edit in fix.edits:
            document = documents.get(edit.place.path)
            if document is None:
                break
            start, end = _offset(document.lines, edit.place), _end_offset(document.lines, edit.place)
            spans.append((edit.place.path, start, end, edit.replacement))
        path = diagnostic.place.path
        if len(spans) < len(fix.edits):
            continue
        if tuple(spans) in seen:
            taken.setdefault(path, []).append(diagnostic)
            continue
        if any(_touches(start, end, chosen.get(where, ())) for where, start, end, _ in spans):
            left.setdefault(path, []).append(diagnostic)
            continue
        seen.add(tuple(spans))
        for where, start, end, text in spans:
            chosen.setdefault(where, []).append((start, end, text))
        taken.setdefault(path, []).append(diagnostic)
    return [_applied(path, documents, chosen[path], taken.get(path, []), left.get(path, [])) for path in sorted(chosen)]


def _touches(start: int, end: int, others: Iterable[tuple[int, int, str]]) -> bool:
    return any(start <= other_end and other_start <= end for other_start, other_end, _ in others)


def _applied(
    path: str, documents: Documents, edits: list[tuple[int, int, str]], taken: list[Diagnostic], left: list[Diagnostic]
) -> Applied:
    document = documents.get(path)
    assert document is not None
    after = document.text
    for start, end, text in sorted(edits, reverse=True):
        after = after[:start] + text + after[end:]
    try:
        gaps = lower(path, after.encode("utf-8")).gaps
    except Unreadable:
        return Applied(path, document.text, document.text, (), (*taken, *left))
    if len(gaps) > len(document.program.gaps):
        return Applied(path, document.text, document.text, (), (*taken, *left))
    return Applied(path, document.text, after, tuple(taken), tuple(left))
