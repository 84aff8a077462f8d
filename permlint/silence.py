"""Writes suppression comments into files, for findings that people decide to live with."""

from __future__ import annotations

import codecs
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from permlint.analysis import suppressions_of
from permlint.frontends import Unreadable, language, lower
from permlint.places import Place
from permlint.program import Program, inside
from permlint.suppressions import match, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from permlint.diagnostics import Diagnostic
    from permlint.facts import Suppression


class Style(NamedTuple):
    """How a language writes a comment. alone: it stands on a line of its own, above what it speaks for."""

    opening: str
    closing: str = ""
    alone: bool = False


STYLES = {
    "csharp": Style("//"),
    "dart": Style("//"),
    "go": Style("//"),
    "java": Style("//"),
    "javascript": Style("//"),
    "kotlin": Style("//"),
    "objc": Style("//"),
    "php": Style("//"),
    "python": Style("#"),
    "ruby": Style("#"),
    "shell": Style("#", alone=True),
    "swift": Style("//"),
    # Some readers of .env files take what stands behind a value for a part of it.
    "dotenv": Style("#", alone=True),
    "ini": Style("#", alone=True),
    "properties": Style("#", alone=True),
    "toml": Style("#"),
    "xml": Style("<!--", " -->", alone=True),
    "yaml": Style("#"),
}
"""By the name of the language's front end. Files of other languages are left as they are."""


_NOWHERE = Place("", 1, 1, 1, 1)


class Silenced(NamedTuple):
    """What came of it.

    content: the file's new content, the old where nothing could be written. left: what is not silenced, each with the
    reason why.
    """

    content: bytes
    left: tuple[tuple[Diagnostic, str], ...] = ()


def fit_reason(text: str) -> str | None:
    """Returns a reason as it will be read from a comment: one line. None for one that cannot be read back, or is none."""
    reason = " ".join(text.split()).lstrip(":-\N{EN DASH}\N{EM DASH} ")
    said = f" permlint: ignore[X] {reason}"
    found = parse(said, _NOWHERE, (1,)) if reason and reason.isprintable() else []
    return reason if [each.reason for each in found] == [reason] else None


def silence(path: str, content: bytes, diagnostics: Sequence[Diagnostic], reason: str) -> Silenced:
    """Adds comments that silence findings of one file, with the reason; they are read back, and only those that work stay.

    Nothing but comments is added: line ends, encoding and all else stay. reason: from `fit_reason`.
    """
    style = STYLES.get(language(path) or "")
    if style is None:
        return Silenced(content, _all(diagnostics, "permlint cannot write comments into files of this kind"))
    try:
        before = lower(path, content)
    except Unreadable as error:
        return Silenced(content, _all(diagnostics, f"the file cannot be parsed: {error.reason}"))
    writer = _Writer(path, content, style, reason, before)
    first: dict[int, list[Diagnostic]] = {}
    for each in diagnostics:
        first.setdefault(each.place.line, []).append(each)
    whole = writer.write(first)
    if whole is not None:
        return Silenced(whole)
    chosen: dict[int, list[Diagnostic]] = {}
    left: list[Diagnostic] = []
    for each in diagnostics:
        for line in _candidates(each, style):
            tried = {**chosen, line: [*chosen.get(line, []), each]}
            done = writer.write(tried)
            if done is not None:
                chosen, content = tried, done
                break
        else:
            left.append(each)
    return Silenced(content, _all(left, "no comment can stand where it would speak for this"))


def _all(diagnostics: Iterable[Diagnostic], why: str) -> tuple[tuple[Diagnostic, str], ...]:
    return tuple((each, why) for each in diagnostics)


def _candidates(diagnostic: Diagnostic, style: Style) -> list[int]:
    """The lines at which a comment may speak for a finding: its own, else its statement's, which go on inside a string."""
    place, statement = diagnostic.place, diagnostic.statement or diagnostic.place
    lines = [place.line, statement.line] if style.alone else [place.line, place.end_line, statement.end_line]
    return list(dict.fromkeys(lines))


class _Writer:
    """Writes comments into one file and reads them back. program: what is in the file."""

    def __init__(self, path: str, content: bytes, style: Style, reason: str, program: Program) -> None:
        self.path, self.style, self.reason = path, style, reason
        self.before, self.shape = len(suppressions_of(program)), _shape(program)
        self.mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
        self.lines = content[len(self.mark) :].splitlines(keepends=True)
        ends = [line[len(line.rstrip(b"\r\n")) :] for line in self.lines]
        self.end = next((end for end in ends if end), b"\n")

    def write(self, wanted: Mapping[int, Sequence[Diagnostic]]) -> bytes | None:
        """The file with a comment for each of these lines; None unless they silence the findings that they are to silence."""
        lines = list(self.lines)
        for number, found in wanted.items():
            if not 1 <= number <= len(lines):
                return None
            codes = ", ".join(sorted({each.code for each in found}))
            said = (
                f"{self.style.opening} permlint: ignore[{codes}] {self.reason} {self.style.closing}".rstrip().encode()
            )
            line = lines[number - 1]
            body = line.rstrip(b"\r\n")
            end = line[len(body) :]
            if self.style.alone:
                indent = body[: len(body) - len(body.lstrip(b" \t"))]
                lines[number - 1] = indent + said + self.end + line
            else:
                lines[number - 1] = body.rstrip(b" \t") + b"  " + said + end
        content = self.mark + b"".join(lines)
        return content if self._works(content, wanted) else None

    def _works(self, content: bytes, wanted: Mapping[int, Sequence[Diagnostic]]) -> bool:
        try:
            program = lower(self.path, content)
        except Unreadable:
            return False
        read = suppressions_of(program)
        meant = [{each.code for each in found} for _, found in sorted(wanted.items())]
        added = [each for each in read if each.reason == self.reason and each.fault is None]
        findings = [self._moved(each, wanted) for found in wanted.values() for each in found]
        return (
            len(read) == self.before + len(wanted)
            and _shape(program) == self.shape
            and all(any(codes == _codes(each) for each in added) for codes in meant)
            and not match(findings, {self.path: read}).kept
        )

    def _moved(self, diagnostic: Diagnostic, wanted: Iterable[int]) -> Diagnostic:
        """A finding where it stands now that comments were written above it."""
        if not self.style.alone:
            return diagnostic
        lines = list(wanted)

        def move(place: Place) -> Place:
            return replace(
                place,
                line=place.line + sum(line <= place.line for line in lines),
                end_line=place.end_line + sum(line <= place.end_line for line in lines),
            )

        statement = diagnostic.statement
        return replace(diagnostic, place=move(diagnostic.place), statement=statement and move(statement))


def _shape(program: Program) -> list[type]:
    """What a file does, but for names and places: a comment in the midst of a command that goes on would change it."""
    return [type(node) for statement in program.body for node in inside(statement)]


def _codes(suppression: Suppression) -> set[str]:
    return {name for name, _ in suppression.rules}
