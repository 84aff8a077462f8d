"""What a rule is: a declaration with documentation and examples, and one function over the app."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from permlint.app import App
from permlint.diagnostics import Finding, Severity


@dataclass(frozen=True, slots=True)
class Example:
    """A little app that shows a rule at work; it is a test of the rule and part of its documentation.

    files: relative path -> text. In a bad example each line that earns a diagnostic ends in a comment
    `# <- CODE permission` (without the permission where there is none; several are separated by commas); a good example
    has none. as_of, graph_version: the options of the same names. only: the rule's own diagnostics count, not those of others.
    """

    files: Mapping[str, str]
    title: str = ""
    as_of: str | None = None
    graph_version: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Its code never changes once released; its name reads well after "allow" and never holds the cure.

    severity: the default; `off` means that it runs only when selected. doc: Markdown, the published page. whole_app: it
    draws conclusions from what the app does not contain, so it is not run on files that belong to no app.
    phase: `suppressions` for a rule that judges the suppression comments after all other rules have run.
    """

    code: str
    name: str
    severity: Severity | Literal["off"]
    summary: str
    doc: str
    check: Callable[[App], Iterable[Finding]]
    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()
    whole_app: bool = False
    phase: Literal["facts", "suppressions"] = "facts"
    sources: tuple[str, ...] = field(default=())
