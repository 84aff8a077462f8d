"""The engine: runs rules over apps, and makes sorted diagnostics of what they find."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from permlint import suppressions as comments
from permlint.diagnostics import Change, Diagnostic, Evidence, Finding
from permlint.discovery import RuleError, SelectionError, check_words, discover, lookup, named_by, select

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from permlint.app import App, StaleSuppression
    from permlint.facts import Suppression
    from permlint.places import Place
    from permlint.rule import Rule

__all__ = ["RuleCrash", "RuleError", "RunResult", "SelectionError", "check_words", "discover", "run", "select"]

Level: TypeAlias = Literal["error", "warning", "note", "off"]
"""What the config can make of a rule's severity."""

_CERTAINTY = ("low", "medium", "high")


class RuleCrash(Exception):  # what it is, in one word
    """A rule failed; the message names the rule and the app, the cause is the exception that came out of it."""


@dataclass(frozen=True)
class RunResult:
    """What a run found.

    diagnostics: sorted, the ones to show. suppressed: those that a comment silenced, each with the comment.
    ignored: how many fell to `per-file-ignores`.
    """

    diagnostics: tuple[Diagnostic, ...]
    suppressed: tuple[tuple[Diagnostic, Suppression], ...] = ()
    ignored: int = 0


def run(
    apps: Sequence[App],
    rules: Sequence[Rule],
    *,
    known: Sequence[Rule] | None = None,
    severity: Mapping[str, Level] | None = None,
    per_file_ignores: Callable[[str], Collection[str]] | None = None,
    suppressions: Mapping[str, Sequence[Suppression]] | None = None,
) -> RunResult:
    """Runs the selected rules over all apps.

    known: all rules there are, also those not selected (the selected ones where not given). severity: what the
    config says, by code, prefix or name. per_file_ignores: a path's codes, prefixes or names to leave out.
    suppressions: by path. A rule that fails raises RuleCrash.
    """
    known = rules if known is None else known
    suppressions = suppressions or {}
    levels = {rule.code: lookup(rule, severity or {}) for rule in rules}
    rules = [rule for rule in rules if levels[rule.code] != "off"]
    at_path: dict[str, list[App]] = {}
    for app in apps if suppressions else ():
        for path in {place.path for place in _places(app)}:
            at_path.setdefault(path, []).append(app)

    def left_out(rule: Rule, path: str) -> bool:
        return per_file_ignores is not None and any(named_by(rule, word) for word in per_file_ignores(path))

    def look(phase: str, apps: Sequence[App]) -> tuple[list[Diagnostic], int]:
        """What the rules of a phase find, and how much of it is to be ignored in its file."""
        found = [
            (rule, _diagnostic(rule, app, finding, levels[rule.code]))
            for app in apps
            for rule in rules
            if rule.phase == phase and (app.whole or not rule.whole_app)
            for finding in _check(rule, app)
        ]
        kept = [each for rule, each in found if not left_out(rule, each.place.path)]
        return _without_contested(_merge(kept), apps), len(found) - len(kept)

    def judged(suppression: Suppression, rule: Rule) -> bool:
        path = suppression.place.path
        return rule in rules and not left_out(rule, path) and not _undecided(suppression, rule, owners(path))

    def owners(path: str) -> list[App]:
        return at_path.get(path) or list(apps[:1])

    about_code, ignored = look("facts", apps)
    matched = comments.match(about_code, suppressions)

    idle: dict[str, list[StaleSuppression]] = {}
    for path, in_file in suppressions.items():
        for app in owners(path)[:1]:
            idle.setdefault(app.name, []).extend(comments.stale(in_file, matched.used, known, judged))
    about_comments, ignored_too = look(
        "suppressions", [replace(app, stale=tuple(idle[app.name])) for app in apps if app.name in idle]
    )
    own_lines = {path: [_on_its_own_lines(each) for each in in_file] for path, in_file in suppressions.items()}
    matched_too = comments.match(about_comments, own_lines)
    return RunResult(
        diagnostics=tuple(sorted(matched.kept + matched_too.kept, key=Diagnostic.sort_key)),
        suppressed=matched.silenced + matched_too.silenced,
        ignored=ignored + ignored_too,
    )


def _check(rule: Rule, app: App) -> Iterator[Finding]:
    """What a rule finds in an app; whatever goes wrong in it comes out as RuleCrash."""
    of = f" on the app {app.name!r}" if app.name else ""
    try:
        for finding in rule.check(app):
            if not isinstance(finding, Finding):
                raise TypeError(f"it yielded {type(finding).__name__}, not Finding")  # noqa: TRY301
            yield finding
    except RuleCrash:
        raise
    except Exception as error:
        raise RuleCrash(f"the rule {rule.code} {rule.name} failed{of}: {type(error).__name__}: {error}") from error


def _diagnostic(rule: Rule, app: App, finding: Finding, level: Level | None) -> Diagnostic:
    severity: Level = level or finding.severity or rule.severity
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        severity="warning" if severity == "off" else severity,
        confidence=finding.confidence,
        place=finding.place,
        message=finding.message,
        permission=finding.permission,
        missing=finding.missing,
        app=app.name,
        label=finding.label,
        help=finding.help,
        evidence=finding.evidence,
        sources=finding.sources or rule.sources,
        statement=finding.statement,
        fix=finding.fix,
        remedy=finding.remedy,
    )


def _merge(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """One diagnostic per app, code, place and permission: the surest, with the evidence of all."""
    merged: dict[tuple[str, str, Place, str | None], Diagnostic] = {}
    for each in diagnostics:
        key = (each.app, each.code, each.place, each.permission)
        other = merged.get(key)
        if other is None:
            merged[key] = each
            continue
        best = max(other, each, key=lambda one: _CERTAINTY.index(one.confidence))
        evidence: dict[Evidence, None] = dict.fromkeys((*other.evidence, *each.evidence))
        merged[key] = replace(best, evidence=tuple(evidence))
    return list(merged.values())


def _without_contested(diagnostics: list[Diagnostic], apps: Sequence[App]) -> list[Diagnostic]:
    """The diagnostics, without a remedy where it changes a scope of a file that another app asks for and wants as it is."""
    if len(apps) < 2 or not any(each.remedy for each in diagnostics):
        return diagnostics
    askers: dict[Place, set[str]] = {}
    for app in apps:
        for request in app.requests:
            for scope in request.scopes:
                askers.setdefault(scope.place, set()).add(app.name)
    wanted: dict[tuple[str, Change], set[str]] = {}
    for each in diagnostics:
        for change in each.remedy.changes if each.remedy else ():
            wanted.setdefault((each.code, change), set()).add(each.app)
    return [
        replace(each, remedy=None)
        if each.remedy and any(askers.get(one.place, set()) - wanted[each.code, one] for one in each.remedy.changes)
        else each
        for each in diagnostics
    ]


def _undecided(suppression: Suppression, rule: Rule, apps: Iterable[App]) -> bool:
    """Whether the source doesn't tell enough to know if a rule has something to say where a suppression speaks."""
    for app in apps:
        if rule.whole_app and (not app.whole or app.open or not all(request.complete for request in app.requests)):
            return True
        if any(
            place.path == suppression.place.path and comments.speaks_for(suppression, place) for place in _unknown(app)
        ):
            return True
    return False


def _unknown(app: App) -> Iterator[Place]:
    """Where something of an app is only known at run time."""
    for part in app.unresolved:
        yield from (part.place, part.statement)
    for request in app.requests:
        if request.login == "unknown" or request.open or not request.complete:
            yield from (request.place, request.statement)
            for scope in request.scopes:
                yield from (scope.place, scope.statement)


def _places(app: App) -> Iterator[Place]:
    """Where each fact of an app stands."""
    for request in app.requests:
        yield request.place
        yield from (scope.place for scope in request.scopes)
        yield from (fault.place for fault in request.faults)
    yield from (use.place for use in app.edge)
    yield from (use.place for use in app.versions)
    yield from (part.place for part in app.unresolved)
    yield from (file.place for file in app.unreadable)


def _on_its_own_lines(suppression: Suppression) -> Suppression:
    """The same suppression, speaking for the comment's lines too: there a finding about the comment stands."""
    if suppression.lines is None or suppression.fault is not None:
        return suppression
    own = range(suppression.place.line, suppression.place.end_line + 1)
    return suppression._replace(lines=(*suppression.lines, *own))
