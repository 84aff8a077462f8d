"""What `check --fix`, `--unsafe-fixes` and `--diff` do."""

from __future__ import annotations

import codecs
import os
from dataclasses import replace
from typing import TYPE_CHECKING

from permlint.cli.errors import Failure, note
from permlint.cli.work import show_of
from permlint.files import read_file, why_unreadable
from permlint.files.writing import replace_file
from permlint.fixing import Applied, Documents, apply, with_fixes
from permlint.frontends import MAX_BYTES, lower
from permlint.report.summary import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from permlint.analysis import Analysis
    from permlint.cli.project import Project
    from permlint.cli.reporting import Found
    from permlint.diagnostics import Diagnostic

_PASSES = 10


def documents_of(project: Project, analysis: Analysis | None) -> Documents:
    """The project's files as documents to edit."""

    def read(path: str) -> bytes:
        found = project.overlay.get(path)
        return read_file(project.config.root, path, MAX_BYTES) if found is None else found

    return Documents(read, lower if analysis is None else analysis.lower)


def offered(project: Project, analysis: Analysis | None, found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings with the fixes that can be made of what their rules want."""
    return tuple(with_fixes(found, documents_of(project, analysis)))


def fix(found: Found, look: Callable[[Project], Found], *, unsafe: bool, quiet: bool) -> tuple[Found, dict[str, bytes]]:
    """Makes fixes until nothing more changes, in memory. look: runs the project again.

    Returns what is found afterwards, and the new content of each file that changes. Says what was left for a conflict.
    """
    changed: dict[str, bytes] = {}
    fixed = 0
    for _ in range(_PASSES):
        within = [
            each for each in found.shown if each.fix and all(found.project.shows(e.place) for e in each.fix.edits)
        ]
        done = apply(within, documents_of(found.project, found.analysis), unsafe=unsafe)
        made = {one.path: _content(found.project, one) for one in done if one.after != one.before}
        if not made:
            break
        fixed += sum(len(one.taken) for one in done)
        changed.update(made)
        found = look(replace(found.project, overlay={**found.project.overlay, **made}))
    last = apply(found.shown, documents_of(found.project, found.analysis), unsafe=unsafe)
    for each in [each for one in last for each in one.left]:
        note(f"{show_of(found.project)(each.place.path)}:{each.place.line}: {each.code} is not fixed: "
             "another fix touches the same characters", quiet=quiet)  # fmt: skip
    if changed:
        note(f"fixed {plural(fixed, 'finding')} in {plural(len(changed), 'file')}", quiet=quiet)
    return found, changed


def _content(project: Project, one: Applied) -> bytes:
    before = project.overlay.get(one.path)
    if before is None:
        before = read_file(project.config.root, one.path, len(codecs.BOM_UTF8))
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    return mark + one.after.encode("utf-8")


def write_all(project: Project, changed: dict[str, bytes], before: dict[str, bytes]) -> None:
    """Writes files whose content is still what the fixes were made for; says which are not. Raises Failure."""
    root = project.config.root
    for path, content in sorted(changed.items()):
        full = os.path.join(root, path)
        try:
            if os.path.realpath(full) != full or read_file(root, path, MAX_BYTES + 1) != before[path]:
                raise Failure(
                    f"{show_of(project)(path)}: was changed meanwhile; nothing of it was fixed, run permlint again"
                )
        except OSError as error:
            raise Failure(f"{show_of(project)(path)}: cannot be read: {why_unreadable(error)}") from None
        try:
            replace_file(full, content)
        except OSError as error:
            raise Failure(f"{show_of(project)(path)}: cannot be written: {error.strerror or error}") from None


def contents(project: Project, paths: Sequence[str]) -> dict[str, bytes]:
    """What files hold now."""
    return {path: project.overlay.get(path) or read_file(project.config.root, path, MAX_BYTES) for path in paths}


def diff_of(project: Project, changed: dict[str, bytes], before: dict[str, bytes]) -> str:
    """A unified diff of what the fixes change."""
    from difflib import unified_diff

    out: list[str] = []
    for path, content in sorted(changed.items()):
        old, new = before[path].decode("utf-8", "replace"), content.decode("utf-8", "replace")
        name = show_of(project)(path)
        lines = unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), name, name)
        out += [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines]
    return "".join(out)
