"""What `check --add-suppressions` does."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from permlint.cli.errors import Failure, note
from permlint.cli.work import show_of
from permlint.files import read_file, why_unreadable
from permlint.files.writing import replace_file
from permlint.frontends import MAX_BYTES
from permlint.report.summary import plural
from permlint.report.text import locate
from permlint.silence import fit_reason, silence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from permlint.cli.project import Project
    from permlint.diagnostics import Diagnostic
    from permlint.rule import Rule

_NAMED = 20


def check_reason(reason: str | None) -> str:
    """Returns the reason that the comments will give. Raises Failure where there is none, or one that no comment can hold."""
    if reason is None:
        raise Failure("--add-suppressions needs --reason TEXT, which the comments will give")
    fit = fit_reason(reason)
    if fit is None:
        raise Failure(f"--reason {reason!r}: must say in plain words why; the comments will give it")
    return fit


def add_suppressions(
    project: Project, shown: Sequence[Diagnostic], rules: Iterable[Rule], reason: str, *, quiet: bool
) -> bool:
    """Writes comments that silence these findings, and says what was written and what could not be.

    rules: those that were run. Returns whether a file was changed. Raises Failure where a file cannot be written.
    """
    about_comments = {rule.code for rule in rules if rule.phase == "suppressions"}
    left = [(each, "it is about a comment itself") for each in shown if each.code in about_comments]
    by_path: dict[str, list[Diagnostic]] = {}
    for each in shown:
        if each.code not in about_comments:
            by_path.setdefault(each.place.path, []).append(each)
    silenced = files = 0
    for path, found in by_path.items():
        remain = _write(project, path, found, reason)
        left += remain
        silenced += len(found) - len(remain)
        files += len(remain) < len(found)
    if files:
        note(
            f"suppressed {plural(silenced, 'finding')} in {plural(files, 'file')}; review what was written", quiet=quiet
        )
    for each, why in left[:_NAMED]:
        note(f"{locate(each.place, show_of(project))}: {each.code} is not suppressed: {why}", quiet=quiet)
    if len(left) > _NAMED:
        note(f"{len(left) - _NAMED} more are not suppressed", quiet=quiet)
    return bool(files)


def _write(project: Project, path: str, found: Sequence[Diagnostic], reason: str) -> tuple[tuple[Diagnostic, str], ...]:
    """What could not be silenced in one file."""
    root = project.config.root
    full = os.path.join(root, path)
    try:
        content = read_file(root, path, MAX_BYTES + 1)
        done = silence(path, content, found, reason)
        if done.content == content:
            return done.left
        if os.path.realpath(full) != full or read_file(root, path, MAX_BYTES + 1) != content:
            return tuple((each, "the file was changed meanwhile") for each in found)
    except OSError as error:
        return tuple((each, f"the file cannot be read: {why_unreadable(error)}") for each in found)
    try:
        replace_file(full, done.content)
    except OSError as error:
        raise Failure(f"{show_of(project)(path)}: cannot be written: {error.strerror or error}") from None
    return done.left
