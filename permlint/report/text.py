"""Diagnostics as text for a person: source, exact place, evidence and cure; or one line for each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from permlint.report.source import Sources, excerpt, text_width
from permlint.secrets import mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from permlint.diagnostics import Diagnostic, Evidence
    from permlint.places import Place
    from permlint.report.paths import ShowPath
    from permlint.report.style import Style

_ROOM = 120
_LEAST_ROOM = 40
_GUTTER = 5
_MOST_LINES = 4
_ONE_LINE = str.maketrans("\t\n", "\ufffd\ufffd")


def render_text(diagnostics: Iterable[Diagnostic], sources: Sources, show: ShowPath, style: Style) -> str:
    """Returns the diagnostics for a person, each with its line of source; empty if there are none."""
    blocks = ("\n".join(_block(diagnostic, sources, show, style)) + "\n" for diagnostic in diagnostics)
    return "\n".join(blocks)


def render_concise(diagnostics: Iterable[Diagnostic], show: ShowPath, style: Style) -> str:
    """Returns one line for each diagnostic: `path:line:column: CODE name message`."""
    return "".join(
        f"{style.plain(locate(each.place, show))}: {style.paint(each.code, each.severity)} {each.name} "
        f"{_one_line(style.plain(mask(each.message)))}\n"
        for each in diagnostics
    )


def render_statistics(diagnostics: Iterable[Diagnostic], style: Style) -> str:
    """Returns a table of how often each rule spoke, the most frequent first."""
    counted = Counter((each.code, each.name) for each in diagnostics)
    rows = sorted(counted.items(), key=lambda row: (-row[1], row[0]))
    size = max((len(str(count)) for _, count in rows), default=0)
    return "".join(f"{count:>{size}}  {style.paint(code, 'bold')} {name}\n" for (code, name), count in rows)


def locate(place: Place, show: ShowPath) -> str:
    """Returns `path:line:column`, or `path:cell 2:line:column` in a notebook."""
    return f"{_file(place, show)}:{place.line}:{place.column}"


def locate_line(place: Place, show: ShowPath) -> str:
    """Returns `path:line`, or `path:cell 2:line` in a notebook."""
    return f"{_file(place, show)}:{place.line}"


def _file(place: Place, show: ShowPath) -> str:
    return show(place.path).translate(_ONE_LINE) + (f":cell {place.cell}" if place.cell is not None else "")


def _block(diagnostic: Diagnostic, sources: Sources, show: ShowPath, style: Style) -> Iterator[str]:
    sure = f"  (confidence: {diagnostic.confidence})" if diagnostic.confidence != "high" else ""
    app = f"  (app: {style.plain(diagnostic.app)})" if diagnostic.app not in ("", "default") else ""
    yield (
        f"{style.paint(style.plain(locate(diagnostic.place, show)), 'path')}  "
        f"{style.paint(diagnostic.severity, diagnostic.severity)}  "
        f"{style.paint(diagnostic.code, 'bold')} {diagnostic.name}{app}{sure}"
    )
    label = mask(diagnostic.label or diagnostic.message)
    shown = list(_marked(diagnostic, label, sources, style))
    yield from shown or _note(label, style, mark="")
    for each in diagnostic.evidence:
        yield from _note(_evidence(each, show), style)
    if diagnostic.help:
        yield from _note(f"help: {mask(diagnostic.help)}", style)
    if diagnostic.fix:
        yield from _note(f"{'fix' if diagnostic.fix.safe else 'unsafe fix'}: {mask(diagnostic.fix.title)}", style)
    for source in diagnostic.sources:
        yield from _note(f"source: {source}", style)


def _evidence(evidence: Evidence, show: ShowPath) -> str:
    return f"{mask(evidence.note)} at {locate_line(evidence.place, show)}"


def _note(text: str, style: Style, mark: str = "= ") -> Iterator[str]:
    """Lines below the source; those after the first stand under the first one's text."""
    lead = " " * (_GUTTER + 1)
    room = None if style.width is None else max(_LEAST_ROOM, style.width - len(lead) - len(mark))
    for number, line in enumerate(_wrapped(style.plain(text), room)):
        yield (lead + (style.paint(mark, "blue") if number == 0 else " " * len(mark)) + line).rstrip()


def _marked(diagnostic: Diagnostic, label: str, sources: Sources, style: Style) -> Iterator[str]:
    """The lines of source that a diagnostic is about, the place underlined, with the label after the last mark."""
    place = diagnostic.place
    numbers = list(range(place.line, place.end_line + 1))
    if place.end_column == 1 and len(numbers) > 1:
        numbers.pop()
    left_out = len(numbers) > _MOST_LINES
    if left_out:
        numbers = [*numbers[: _MOST_LINES - 2], numbers[-1]]
    lines = [(number, sources.line(place.path, number, place.cell)) for number in numbers]
    room = _ROOM if style.width is None else max(_LEAST_ROOM, min(style.width - _GUTTER - 3, 2 * _ROOM))
    bar = style.paint("|", "blue")
    for number, line in lines:
        if line is None:
            return
        start = place.column - 1 if number == place.line else len(line) - len(line.lstrip())
        end = place.end_column - 1 if number == place.end_line else len(line)
        text, before, marked = excerpt(line, start, end, room, style.encoding)
        yield f"{style.paint(f'{number:>{_GUTTER}}', 'blue')} {bar} {text}".rstrip()
        marks = " " * before + style.paint("^" * max(1, marked), diagnostic.severity)
        lead = f"{' ' * _GUTTER} {bar} {marks}"
        if number != numbers[-1]:
            yield lead
            if left_out and number == numbers[-2]:
                yield f"{'...':>{_GUTTER}} {bar}"
            continue
        at = before + max(1, marked) + 1
        yield from _labelled(lead, at, label, style)


def _labelled(lead: str, at: int, label: str, style: Style) -> Iterator[str]:
    """The mark with the label beside it; on a terminal too narrow for that the label goes below."""
    bar = style.paint("|", "blue")
    text = style.plain(label)
    room = None if style.width is None else style.width - _GUTTER - 3 - at
    if room is not None and text_width(text) > room and room < _LEAST_ROOM:
        yield lead
        at = 2
        room = max(_LEAST_ROOM, (style.width or 0) - _GUTTER - 3 - at)
        lines = _wrapped(text, room)
    else:
        first, *lines = _wrapped(text, room)
        yield f"{lead} {first}"
    for line in lines:
        yield f"{' ' * _GUTTER} {bar} {' ' * at}{line}".rstrip()


def _wrapped(text: str, room: int | None) -> list[str]:
    """The lines of a text, none wider than there is room for, broken between words."""
    lines: list[str] = []
    for line in text.split("\n"):
        current = ""
        for word in line.split(" "):
            if room is not None and current and text_width(current) + 1 + text_width(word) > room:
                lines.append(current)
                current = word
            else:
                current = f"{current} {word}" if current else word
        lines.append(current)
    return lines


def _one_line(text: str) -> str:
    return " ".join(text.split())
