"""INI files and what looks like them (`.cfg`, `.conf`): sections, and blocks in braces as HOCON has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from permlint import program as p
from permlint.frontends.documents import MAX_DEPTH, Document, Key, Tree
from permlint.frontends.syntax import comment

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|$)")
_SECTION = re.compile(r"\s*\[([^\[\]]+)\]\s*(?:[#;].*)?")
_BLOCK = re.compile(r"\s*([\w.$\"'-]+)\s*[:=]?\s*\{\s*(?:[#;].*)?")
_ENTRY = re.compile(r"\s*(?:export\s+)?([\w.$\"'-][^=:\s]*(?:[ \t]+[^=:\s]+)*?)\s*(?:\+?=|:)[ \t]*(.*)")
_COMMENT = re.compile(r"(?:^|(?<=\s))(?:[#;]|//)")
_ITEM = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)'|([^,\[\]\s][^,\[\]]*))\s*(?:,|$)")
_QUOTES = "\"'"


class _Line(NamedTuple):
    start: int
    text: str


def lower(path: str, data: bytes) -> p.Program:
    """The program of an INI or similar file. Raises Unreadable for binary files."""
    document = Document(path, data)
    top = Tree()
    section: list[Key] = []
    blocks: list[Key] = []
    lines = [_Line(match.start(), match[1]) for match in _LINE.finditer(document.text)]
    number = 0
    while number < len(lines):
        start, text = lines[number]
        number += 1
        stripped = text.strip()
        if stripped.startswith(("#", ";", "//")):
            if "permlint" in text:
                begin = start + text.index(stripped[0])
                document.comments.append(comment(document.text, begin, start + len(text)))
            continue
        if match := _SECTION.fullmatch(text):
            section, blocks = [Key(match[1].strip(), start + match.start(1), start + match.end(1))], []
        elif (match := _BLOCK.fullmatch(text)) and len(blocks) < MAX_DEPTH:
            blocks.append(Key(match[1].strip(_QUOTES), start + match.start(1), start + match.end(1)))
        elif stripped[:1] == "}":
            blocks = blocks[:-1]
        elif match := _ENTRY.fullmatch(text):
            end = number
            while end < len(lines) and _goes_on(match[2], lines[number - 1 : end], lines[end]):
                end += 1
            key = Key(match[1].strip(_QUOTES), start + match.start(1), start + match.end(1))
            value = _value(document, key.text, start + match.start(2), lines[number - 1 : end])
            top.put([*section, *blocks, key], value, document, start + len(text))
            number = end
    return document.program([top.value(document)] if top.entries else [])


def _goes_on(value: str, so_far: list[_Line], line: _Line) -> bool:
    """Whether a value goes on in a line: a list in brackets that is not closed, or a line that is indented further."""
    if value.lstrip().startswith("["):
        return not any("]" in one.text for one in so_far)
    stripped = line.text.strip()
    if not stripped or stripped[0] in "#;}" or _SECTION.fullmatch(line.text):
        return False
    first = so_far[0].text
    deeper = len(line.text) - len(line.text.lstrip()) > len(first) - len(first.lstrip())
    return deeper and _ENTRY.fullmatch(line.text) is None


def _value(document: Document, key: str, start: int, lines: list[_Line]) -> p.Expression:
    """What a key is set to; start: where that begins, in the first of its lines."""
    parts: list[tuple[int, int]] = []
    for line in lines:
        begin = max(start, line.start)
        text = line.text[begin - line.start :]
        found = _COMMENT.search(text) if text[:1] not in _QUOTES else None
        if "permlint" in text and (hash_ := text.find("#")) >= 0:
            document.comments.append(comment(document.text, begin + hash_, line.start + len(line.text)))
        end = begin + (found.start() if found else len(text))
        inner = document.text[begin:end]
        begin += len(inner) - len(inner.lstrip())
        end = max(begin, begin + len(inner.strip()))
        if end > begin or not parts:
            parts.append((begin, end))
    first, last = parts[0][0], parts[-1][1]
    if document.text[first : first + 1] == "[":
        close = document.text.rfind("]", first, last)
        inner_end = close if close > first else last
        items = [document.scalar(key, begin, end) for begin, end in _items(document.text, first + 1, inner_end)]
        return p.Sequence(first, last, "list", tuple(items))
    quote = document.text[first : first + 1]
    if quote and quote in _QUOTES:
        close = document.text.find(quote, first + 1, last)
        if close > 0:
            return document.scalar(key, first + 1, close)
    if len(parts) == 1:
        text = document.text[first:last]
        last -= len(text) - len(text.rstrip(",; "))
        return document.scalar(key, first, last)
    spots: list[int] = []
    for begin, end in parts:
        spots.extend(range(begin, end))
        spots.append(end)
    spots.pop()
    text = "".join([document.text[spot] if document.text[spot] not in "\r\n" else "\n" for spot in spots])
    return document.scalar(key, first, last, text, (*spots, last))


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places of a list's items, without their quotes."""
    at = start
    while at < end:
        match = _ITEM.match(text, at, end)
        if match is None:
            at += 1
            continue
        group = match.lastindex or 3
        stop = match.end(group)
        yield match.start(group), stop - (len(match[group]) - len(match[group].rstrip()))
        at = max(match.end(), at + 1)
