"""From what a rule wants instead of a name to edits of the file: in any language, quotes, commas and lines kept as they are.

The program form of the file says what a name stands in: an element of a list, or a part of a text. The edits keep to the text
around it and never touch a character more; where no such edit can be made there is none.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from permlint import program as p
from permlint.diagnostics import Change, Diagnostic, Edit, Fix
from permlint.evaluation.languages import library_of
from permlint.frontends import Unreadable, encoding_of, family, lower
from permlint.places import LineIndex, Place

# In a text over several lines, the line's end and the next one's indentation belong to what separates two names.
_LINES = r"(?:\\?[\r\n]+[ \t]*)*"
_SEPARATOR_BEFORE = re.compile(rf"(?:,[ \t]*|[ \t]+|%20|%2C|\+|;)?{_LINES}\Z", re.IGNORECASE)
_SEPARATOR_AFTER = re.compile(rf"\A(?:[ \t]*,[ \t]*|[ \t]+|%20|%2C|\+|;)?{_LINES}", re.IGNORECASE)
_WIDEST = 200
_OPENS = re.compile(r"\s*(?:[rRbBuUfF]{0,2}|[@:])[\"'`]{0,3}\s*")
_CLOSES = re.compile(r"\s*[\"'`]{0,3}\s*")
_ITEM_LINE = re.compile(r"[ \t]*(?:-[ \t]+)?\Z")
_ONLY_COMMA = re.compile(r"[ \t]*,?[ \t]*(?=[\r\n]|\Z)")
# What stands between two elements of a list; markup or keys between them make it another thing.
_BETWEEN = re.compile(r"(?:\s|,|-(?=\s)|(?:#|//)[^\r\n]*|/\*.*?\*/)*", re.DOTALL)
_COMMA = re.compile(r"\s*,")
_COMMENT_AFTER = re.compile(r"[ \t]*,?[ \t]*(?:#|//|/\*)[^\r\n]*(?=[\r\n]|\Z)")


class Document(NamedTuple):
    """A file and what it is. data: its bytes; text: theirs, without a byte order mark; offsets count its code points."""

    data: bytes
    encoding: str
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
            encoding = encoding_of(path, data)
            found = data.removeprefix(codecs.BOM_UTF8).decode(encoding)
            program = self._lower(path, data)
        except (OSError, Unreadable, UnicodeDecodeError, LookupError):
            return None
        if program.cells is not None:
            return None
        return Document(data, encoding, found, program, LineIndex(found))


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
        if any(_overlap(edit.place, other.place) for other in edits):
            continue  # A name that stands twice side by side: the next run takes out the other one.
        edits.append(edit)
        safe = safe and lossless
    return Fix(remedy.title, safe, tuple(edits))


def _overlap(a: Place, b: Place) -> bool:
    """Whether two places touch."""
    return a.path == b.path and not (
        (a.end_line, a.end_column) < (b.line, b.column) or (b.end_line, b.end_column) < (a.line, a.column)
    )


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
    string, listed = found
    before, after = document.text[string.start : start], document.text[end : string.end]
    if _OPENS.fullmatch(before) is None or _CLOSES.fullmatch(after) is None:
        return _in_text(change, document, string, start, end)
    if listed is not None:
        return _in_list(change, document, string, listed)
    if not (change.names and change.joins):
        return None
    return _edited(change, document, start, end, ",".join(change.names)), True


def _edited(change: Change, document: Document, start: int, end: int, text: str) -> Edit:
    line, column = document.lines.position(start)
    end_line, end_column = document.lines.position(end)
    return Edit(Place(change.place.path, line, column, end_line, end_column), text)


def _in_text(change: Change, document: Document, string: p.Node, start: int, end: int) -> tuple[Edit, bool] | None:
    """The name stands among others in one text, with separators between them."""
    text = document.text
    before = _SEPARATOR_BEFORE.search(text[max(string.start, start - _WIDEST) : start])
    after = _SEPARATOR_AFTER.search(text[end : min(string.end, end + _WIDEST)])
    left = before[0] if before and _goes_on_before(text, start - len(before[0]), string.start) else ""
    right = after[0] if after and _goes_on(text, end + after.end(), string.end) else ""
    if change.names:
        # A comma at the text's edge says how it goes on in the next part of a text in several parts.
        between = left or right or next((each[0] for each in (after, before) if each and "," in each[0]), "")
        return (_edited(change, document, start, end, between.join(change.names)), True) if between else None
    if right:
        return _edited(change, document, start, end + len(right), ""), True
    if left:
        return _edited(change, document, start - len(left), end, ""), True
    return None


def _goes_on(text: str, at: int, end: int) -> bool:
    return at < end and text[at] not in "'\"`"


def _goes_on_before(text: str, at: int, start: int) -> bool:
    return at > start and text[at - 1] not in "'\"`=:"


def _in_list(change: Change, document: Document, item: p.Node, listed: p.Sequence) -> tuple[Edit, bool] | None:
    """The name is an element of a list."""
    text, items = document.text, listed.items
    gaps = [text[one.end : other.start] for one, other in pairwise(items)]
    if text[: items[0].start].rstrip()[-1:] == ">" or not all(_BETWEEN.fullmatch(gap) for gap in gaps):
        return None  # Markup, or keys that count: not a list as languages write them.
    index = next(number for number, one in enumerate(items) if one.start == item.start)
    line = max(text.rfind("\n", 0, item.start), text.rfind("\r", 0, item.start)) + 1
    head = text[line : item.start]
    alone = _ITEM_LINE.match(head) is not None
    if change.names:
        return _more(change, document, item, listed, head if alone else None)
    if len(items) == 1:
        return None  # An empty list may mean something else than no list.
    if listed.kind == "tuple" and len(items) == 2 and not _COMMA.match(text, items[1].end):
        # A tuple of one needs its comma.
        if index == 1 and (comma := _COMMA.match(gaps[0])) and not gaps[0][comma.end() :].strip():
            return _edited(change, document, items[0].end + comma.end(), item.end, ""), True
        if index == 0 and _is_bare(gaps[0]):
            kept = text[items[1].start : items[1].end]
            return _edited(change, document, item.start, items[1].end, f"{kept},"), True
        return None
    if listed.kind == "tuple" and len(items) == 3 and index == 2 and not _COMMA.match(text, item.end):
        # Where the first one goes as well, only one is left: the two edits touch, so that the second waits for the next run.
        kept = text[items[0].end : items[1].end]
        return (_edited(change, document, items[0].end, item.end, kept), True) if _is_bare(gaps[1]) else None
    rest = _ONLY_COMMA.match(text, item.end) if alone else None
    commented = _COMMENT_AFTER.match(text, item.end) if alone and rest is None else None
    last = rest or commented
    if last is not None and line and (index < len(items) - 1 or "," in last[0] or "-" in head):
        return _edited(change, document, line, _next_line(text, last.end()), ""), commented is None
    if index < len(items) - 1:
        start, end, gap = item.start, items[index + 1].start, gaps[index]
    else:
        start, end, gap = items[index - 1].end, item.end, gaps[-1]
    if not _is_bare(gap):
        return None  # A comment stands between the two.
    return _edited(change, document, start, end, ""), True


def _is_bare(gap: str) -> bool:
    return not gap.strip(" \t\r\n,")


def _more(
    change: Change, document: Document, item: p.Node, listed: p.Sequence, head: str | None
) -> tuple[Edit, bool] | None:
    """Several elements in place of one. head: what stands before it on its line, where that is only the line's beginning."""
    text = document.text
    literal = text[item.start : item.end]
    made = [literal.replace(change.old, name) for name in change.names]
    bare = literal in (change.old, f":{change.old}")
    if bare and text[: item.start].rstrip(" \t")[-1:] in ("=", ":"):
        return None  # `scope[0]=email`: the key counts.
    comma = _comma(text, listed, bare=bare)
    if head is None:
        return _edited(change, document, item.start, item.end, f"{comma} ".join(made)), True
    line = item.start - len(head)
    end_of_line = "\r\n" if text.endswith("\r\n", 0, line) else "\n"
    between = f"{end_of_line}{head}" if "-" in head else f"{comma}{end_of_line}{head}"
    return _edited(change, document, item.start, item.end, between.join(made)), True


def _comma(text: str, listed: p.Sequence, *, bare: bool) -> str:
    """What stands between the elements of a list; blanks are left out. bare: the elements have no quotes.

    It is nothing in `%w[a b]`, in lines of an INI file, and in a shell's `NAMES=("a" "b")`.
    """
    items = listed.items
    if _COMMA.match(text, items[-1].end) or any("," in text[one.end : other.start] for one, other in pairwise(items)):
        return ","
    before = text[: items[0].start].rstrip()
    blank = before.endswith("=(") or text.startswith("%", listed.start) or (bare and before[-1:] != "[")
    return "" if blank or len(items) > 1 else ","


def _next_line(text: str, at: int) -> int:
    if text.startswith("\r\n", at):
        return at + 2
    return at + 1 if at < len(text) else at


def _around(program: p.Program, start: int, end: int) -> tuple[p.Node, p.Sequence | None] | None:
    """The string around a stretch, and the list whose element it is."""
    collecting = library_of(family(program.path) or "").collecting
    best: tuple[p.Node, p.Sequence | None] | None = None
    for statement in program.body:
        for node in p.inside(statement):
            listed = _as_list(node, collecting)
            if listed is not None:
                for item in listed.items:
                    if isinstance(item, p.String) and item.start <= start and end <= item.end:
                        best = (item, listed)
            elif isinstance(node, p.String) and node.start <= start and end <= node.end:
                if best is None or node.end - node.start < best[0].end - best[0].start:
                    best = (node, None)
    return best


def _as_list(node: p.Node, collecting: frozenset[str]) -> p.Sequence | None:
    """A list, also where a function makes it of its arguments. collecting: the functions that do."""
    if isinstance(node, p.Sequence):
        return node
    if not isinstance(node, p.Call):
        return None
    name = None
    if isinstance(node.function, p.Name):
        name = node.function.id
    elif isinstance(node.function, p.Attribute):
        owner = node.function.value
        last = owner.name if isinstance(owner, p.Attribute) else owner.id if isinstance(owner, p.Name) else ""
        name = f"{last}.{node.function.name}"
    values = tuple([value for key, value in node.arguments if key is None and isinstance(value, p.String)])
    made = name in collecting and values and len(values) == len(node.arguments)
    return p.Sequence(node.start, node.end, "list", values) if made else None


def _offset(lines: LineIndex, place: Place) -> int:
    return lines.starts[min(place.line, len(lines.starts)) - 1] + place.column - 1


def _end_offset(lines: LineIndex, place: Place) -> int:
    return lines.starts[min(place.end_line, len(lines.starts)) - 1] + place.end_column - 1


# Applying -----------------------------------------------------------------------------------------------------------------------


class Applied(NamedTuple):
    """What fixes make of a file.

    before, after: its text, and data, content: its bytes, before and after.
    taken, left: the diagnostics whose fixes were made, or were not for a conflict with another.
    broken: those whose fixes together would make a file that can't be read any more.
    """

    path: str
    before: str
    after: str
    taken: tuple[Diagnostic, ...]
    left: tuple[Diagnostic, ...]
    broken: tuple[Diagnostic, ...]
    data: bytes
    content: bytes


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
    mark = codecs.BOM_UTF8 if document.data.startswith(codecs.BOM_UTF8) else b""
    try:
        content = mark + after.encode(document.encoding)
        sound = len(lower(path, content).gaps) <= len(document.program.gaps)
    except (Unreadable, UnicodeEncodeError):
        sound = False
    if not sound:
        same = (document.text, document.text)
        return Applied(path, *same, (), tuple(left), tuple(taken), document.data, document.data)
    return Applied(path, document.text, after, tuple(taken), tuple(left), (), document.data, content)
