"""What `check --fix`, `--unsafe-fixes` and `--diff` do."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from permlint.cli.errors import Failure, note
from permlint.cli.work import show_of
from permlint.files import read_file, why_unreadable
from permlint.files.writing import replace_file
from permlint.fixing import Documents, apply, with_fixes
from permlint.frontends import MAX_BYTES, lower
from permlint.report.summary import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from permlint.analysis import Analysis
    from permlint.cli.project import Project
    from permlint.cli.reporting import Found
    from permlint.diagnostics import Diagnostic

_PASSES = 10
_SPECIAL = re.compile(rb"[\x00-\x1f\x7f\"\\]")


def documents_of(project: Project, analysis: Analysis | None) -> Documents:
    """The project's files as documents to edit."""

    def read(path: str) -> bytes:
        found = project.overlay.get(path)
        return read_file(project.config.root, path, MAX_BYTES) if found is None else found

    return Documents(read, lower if analysis is None else analysis.lower)


def offered(project: Project, analysis: Analysis | None, found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings with the fixes that can be made of what their rules want."""
    return tuple(with_fixes(found, documents_of(project, analysis)))


class Rewritten(NamedTuple):
    """What fixes make of a file: its bytes before, as they were read, and after."""

    before: bytes
    after: bytes


def fix(
    found: Found, look: Callable[[Project], Found], *, unsafe: bool, write: bool, quiet: bool
) -> tuple[Found, dict[str, Rewritten]]:
    """Makes fixes until nothing more changes, in memory. look: runs the project again. write: they will be written.

    Returns what is found afterwards, and each file that changes, by its path. Says what was fixed, and what was left and why.
    """
    changed: dict[str, Rewritten] = {}
    before = _count(_within(found))
    for _ in range(_PASSES):
        done = apply(_within(found), documents_of(found.project, found.analysis), unsafe=unsafe)
        made = [one for one in done if one.content != one.data]
        if not made:
            break
        for one in made:
            first = changed[one.path].before if one.path in changed else one.data
            changed[one.path] = Rewritten(first, one.content)
        overlay = {**found.project.overlay, **{one.path: one.content for one in made}}
        found = look(replace(found.project, overlay=overlay))
    rest = _within(found)
    for one in apply(rest, documents_of(found.project, found.analysis), unsafe=unsafe):
        for each in (*one.left, *one.broken):
            why = (
                "the file could not be read any more"
                if each in one.broken
                else "another fix touches the same characters"
            )
            where = f"{show_of(found.project)(each.place.path)}:{each.place.line}"
            note(f"{where}: {each.code} is not fixed: {why}", quiet=quiet)
    # Two fixes may add the same name, of which a third takes one out: those that were there at the beginning count.
    fixed = (before - _count(found.shown)).total()
    said = f"{'fixed' if write else 'would fix'} {plural(fixed, 'finding')} in {plural(len(changed), 'file')}"
    note(said if changed else "nothing to fix", quiet=quiet)
    if not (write or unsafe) and any(each.fix and not each.fix.safe for each in rest):
        note("there is more to fix with --unsafe-fixes, for review", quiet=quiet)
    return found, changed


def _count(found: Iterable[Diagnostic]) -> Counter[tuple[str, str, str | None, str]]:
    """How many findings there are of each kind, wherever in its file they stand."""
    return Counter([(each.app, each.code, each.permission, each.place.path) for each in found])


def _within(found: Found) -> list[Diagnostic]:
    """What can be fixed in the files that are shown."""
    return [each for each in found.shown if each.fix and all(found.project.shows(e.place) for e in each.fix.edits)]


def write_all(project: Project, changed: Mapping[str, Rewritten]) -> None:
    """Writes files whose content is still what the fixes were made for. Raises Failure, which says of all others why not."""
    failures = []
    for path, made in sorted(changed.items()):
        why = _write(project.config.root, path, made)
        if why is not None:
            failures.append(f"{show_of(project)(path)}: {why}")
    if failures:
        raise Failure("\n".join(failures))


def _write(root: str, path: str, made: Rewritten) -> str | None:
    """Writes a file; returns why it could not, else None."""
    full = os.path.join(root, path)
    try:
        if os.path.realpath(full) != full:
            return "is reached through a symbolic link; nothing of it was fixed"
        if read_file(root, path, MAX_BYTES + 1) != made.before:
            return "was changed meanwhile; nothing of it was fixed, run permlint again"
    except OSError as error:
        return f"cannot be read: {why_unreadable(error)}"
    try:
        replace_file(full, made.after)
    except OSError as error:
        return f"cannot be written: {error.strerror or error}"
    return None


def diff_of(project: Project, changed: Mapping[str, Rewritten]) -> bytes:
    """A patch of what the fixes change, for `git apply` or `patch -p1` in the working directory."""
    from difflib import diff_bytes, unified_diff

    out: list[bytes] = []
    for path, made in sorted(changed.items()):
        name = show_of(project)(path)
        old, new = _patch_name(f"a/{name}"), _patch_name(f"b/{name}")
        out.append(b"diff --git %s %s\n" % (old, new))
        lines = diff_bytes(unified_diff, _lines(made.before), _lines(made.after), old, new)
        out += [line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n" for line in lines]
    return b"".join(out)


def _lines(content: bytes) -> list[bytes]:
    """Lines as git counts them: a newline ends one, and nothing else."""
    return [line for line in re.split(rb"(?<=\n)", content) if line]


def _patch_name(name: str) -> bytes:
    """A path as git writes it in a patch."""
    raw = os.fsencode(name)
    if not _SPECIAL.search(raw):
        return raw
    return b'"' + _SPECIAL.sub(lambda found: b"\\%03o" % ord(found[0]), raw) + b'"'
