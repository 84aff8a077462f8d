"""What a run of `check` does with a baseline."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from permlint.baseline import BaselineError, match, parse
from permlint.cli.errors import Failure, note
from permlint.cli.work import known_rules, sources_of, unreadable_in
from permlint.fingerprints import identity, keys_of
from permlint.places import Place
from permlint.report.formats import Baseline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from permlint.analysis import Analysis
    from permlint.cli.project import Project
    from permlint.diagnostics import Diagnostic
    from permlint.fingerprints import Key
    from permlint.rule import Rule

_NAMED = 3


def accepted_in(path: str) -> Mapping[Key, int]:
    """Returns how many findings of each key a baseline holds. Raises Failure."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        raise Failure(f"--baseline {path}: no such file; `permlint baseline --output {path}` writes it") from None
    except OSError as error:
        raise Failure(f"--baseline {path}: cannot be read: {error.strerror or error}") from None
    try:
        return parse(data)
    except BaselineError as error:
        raise Failure(f"--baseline {path}: {error}") from None


def keys_in(project: Project, found: Sequence[Diagnostic], moved: Mapping[str, str]) -> Mapping[Key, int]:
    """Returns how many of these findings of a project each key has. moved: what files are called now, by their name then."""
    keys = [key for key, _ in keys_of(found, sources_of(project).line)]
    return Counter(key._replace(path=moved.get(key.path, key.path)) for key in keys)


def hold_back(
    accepted: Mapping[Key, int],
    project: Project,
    analysis: Analysis | None,
    rules: Sequence[Rule],
    found: Sequence[Diagnostic],
    shown: Sequence[Diagnostic],
) -> tuple[list[Diagnostic], Baseline]:
    """Returns what is still to be shown, and what the baseline did.

    rules: those that were run. All that was found is compared, not only what is shown. An entry is stale where its rule
    was run (or is no more) and its file could be read.
    """
    new, left = match(found, accepted, sources_of(project).line)
    fresh = {identity(each) for each in new}
    still = [each for each in shown if identity(each) in fresh]
    run = {rule.code for rule in rules}
    known = {rule.code for rule in known_rules()} if left else set()
    unread = {file.place.path for file in unreadable_in(analysis)}
    stale = tuple(
        key
        for key in sorted(left.elements())
        if (key.code in run or key.code not in known)
        and key.path not in unread
        and project.shows(Place(key.path, 1, 1, 1, 1))
    )
    return still, Baseline(len(shown) - len(still), stale)


def say_what_is_stale(path: str, stale: Sequence[Key], *, quiet: bool) -> None:
    """Says in a note which entries of a baseline match nothing any more."""
    if not stale:
        return
    named = "; ".join(f"{key.code} {key.permission or key.context} in {key.path}" for key in stale[:_NAMED])
    more = f" and {len(stale) - _NAMED} more" if len(stale) > _NAMED else ""
    gone = "1 finding in it is" if len(stale) == 1 else f"{len(stale)} findings in it are"
    note(f"{path}: {gone} no longer there: {named}{more}; `permlint baseline` writes it anew", quiet=quiet)
