"""Writes suppression comments into files, for findings that people decide to live with."""

from __future__ import annotations

import codecs
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from permlint.analysis import suppressions_of
from permlint.frontends import Unreadable, language, lower
from permlint.places import Place
from permlint.program import Call, inside
from permlint.suppressions import match, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from permlint.diagnostics import Diagnostic
    from permlint.facts import Suppression
    from permlint.program import Program


class Style(NamedTuple):
    """A way to write a comment. alone: it stands on a line of its own, above what it speaks for."""

    opening: str
    closing: str = ""
    alone: bool = False


# One blank in front, as gofmt and Prettier want it; two in front of a hash, as Black and yamllint do.
_SLASHES = Style(" //")
_HASH = Style("  #")
_HASH_ABOVE = Style("#", alone=True)
_MARKUP = Style("<!--", " -->", alone=True)

STYLES: Mapping[str, tuple[Style, ...]] = {
    **dict.fromkeys(("csharp", "dart", "go", "java", "kotlin", "objc", "php", "swift"), (_SLASHES,)),
    **dict.fromkeys(("python", "ruby", "toml", "yaml"), (_HASH,)),
    # Some readers of .env files take what stands behind a value for a part of it.
    **dict.fromkeys(("dotenv", "http", "ini", "properties", "shell"), (_HASH_ABOVE,)),
    "javascript": (_SLASHES, Style("{/*", " */}", alone=True)),
    **dict.fromkeys(("components", "html"), (_SLASHES, _MARKUP)),
    "xml": (_MARKUP,),
}
"""The ways to write one in a language, the best first, by the name of its front end. Files of others are left as they are."""


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
    styles = STYLES.get(language(path) or "")
    if styles is None:
        why = (
            "permlint cannot write comments into files of this kind; a baseline or `per-file-ignores` can hold it back"
        )
        return Silenced(content, _all(diagnostics, why))
    try:
        before = lower(path, content)
    except Unreadable as error:
        return Silenced(content, _all(diagnostics, f"the file cannot be parsed: {error.reason}"))
    writer = _Writer(path, content, reason, before)
    first: dict[_Spot, list[Diagnostic]] = {}
    for each in diagnostics:
        first.setdefault(_Spot(each.place.line, styles[0]), []).append(each)
    whole = writer.write(first)
    if whole is not None:
        return Silenced(whole)
    chosen: dict[_Spot, list[Diagnostic]] = {}
    left: list[Diagnostic] = []
    for each in diagnostics:
        for spot in _candidates(each, styles):
            tried = {**chosen, spot: [*chosen.get(spot, []), each]}
            done = writer.write(tried)
            if done is not None:
                chosen, content = tried, done
                break
        else:
            left.append(each)
    return Silenced(content, _all(left, "no comment can stand where it would speak for this"))


def _all(diagnostics: Iterable[Diagnostic], why: str) -> tuple[tuple[Diagnostic, str], ...]:
    return tuple((each, why) for each in diagnostics)


class _Spot(NamedTuple):
    """Where a comment is written, and how. line: the one that it speaks for."""

    line: int
    style: Style


def _candidates(diagnostic: Diagnostic, styles: Sequence[Style]) -> list[_Spot]:
    """Where a comment may speak for a finding: at its own line, else at its statement's, which goes on inside a string."""
    place, statement = diagnostic.place, diagnostic.statement or diagnostic.place
    lines = dict.fromkeys((place.line, place.end_line, statement.end_line, statement.line))
    return [
        _Spot(line, style)
        for line in lines
        for style in styles
        if not style.alone or line in (place.line, statement.line)
    ]


class _Writer:
    """Writes comments into one file and reads them back. before: the program in the file."""

    def __init__(self, path: str, content: bytes, reason: str, before: Program) -> None:
        self.path, self.reason = path, reason
        read = suppressions_of(before)
        self.before, self.doubles, self.gaps = len(read), _doubles(read), len(before.gaps)
        self.calls = _calls(before)
        self.mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
        self.lines = content[len(self.mark) :].splitlines(keepends=True)
        ends = [line[len(line.rstrip(b"\r\n")) :] for line in self.lines]
        self.end = next((end for end in ends if end), b"\n")

    def write(self, wanted: Mapping[_Spot, Sequence[Diagnostic]]) -> bytes | None:
        """The file with these comments; None unless they silence the findings that they are to silence."""
        lines = list(self.lines)
        for (number, style), found in wanted.items():
            if not 1 <= number <= len(lines):
                return None
            codes = ", ".join(sorted({each.code for each in found}))
            words = f"{style.opening} permlint: ignore[{codes}] {self.reason}".rstrip()
            said = f"{words}{style.closing}".encode()
            line = lines[number - 1]
            body = line.rstrip(b"\r\n")
            if style.alone:
                indent = body[: len(body) - len(body.lstrip(b" \t"))]
                lines[number - 1] = indent + said + self.end + line
            else:
                lines[number - 1] = body.rstrip(b" \t") + said + line[len(body) :]
        content = self.mark + b"".join(lines)
        return content if self._works(content, wanted) else None

    def _works(self, content: bytes, wanted: Mapping[_Spot, Sequence[Diagnostic]]) -> bool:
        try:
            program = lower(self.path, content)
        except Unreadable:
            return False
        read = suppressions_of(program)
        meant = [{each.code for each in found} for found in wanted.values()]
        added = [each for each in read if each.reason == self.reason and each.fault is None]
        above = [spot.line for spot in wanted if spot.style.alone]
        findings = [_moved(each, above) for found in wanted.values() for each in found]
        return (
            len(program.gaps) <= self.gaps
            and _calls(program) == self.calls
            and len(read) == self.before + len(wanted)
            # Where a comment speaks for one of a statement's findings already, a second one speaks for the same.
            and _doubles(read) <= self.doubles
            and all(any(codes == _codes(each) for each in added) for codes in meant)
            and not match(findings, {self.path: read}).kept
        )


def _moved(diagnostic: Diagnostic, above: Sequence[int]) -> Diagnostic:
    """A finding where it stands now that comments were written on lines of their own above these lines."""

    def move(place: Place) -> Place:
        return replace(
            place,
            line=place.line + sum(line <= place.line for line in above),
            end_line=place.end_line + sum(line <= place.end_line for line in above),
        )

    statement = diagnostic.statement
    return replace(diagnostic, place=move(diagnostic.place), statement=statement and move(statement))


def _calls(program: Program) -> int:
    """How many calls a file makes: a comment in the midst of a shell's command would make two of it."""
    return sum(isinstance(node, Call) for statement in program.body for node in inside(statement))


def _codes(suppression: Suppression) -> set[str]:
    return {name for name, _ in suppression.rules}


def _doubles(suppressions: Iterable[Suppression]) -> int:
    """How often a rule is silenced on a line more than once."""
    spoken = [(line, code) for each in suppressions for line in each.lines or () for code in _codes(each)]
    return len(spoken) - len(set(spoken))
