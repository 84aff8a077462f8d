"""The app: the unit of judgement. It gathers the facts of its files for the rules to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from permlint.catalog import CatalogView
from permlint.facts import EdgeUse, GraphCall, Request, Scope, Unreadable, UnresolvedScope, VersionUse
from permlint.needs import Needs, needs_of
from permlint.places import Place


@dataclass(frozen=True, slots=True)
class StaleSuppression:
    """A suppression comment, or one rule of it, that silenced nothing.

    rule: as written in the comment, several separated by a comma and a blank, empty where the comment names none that
    can be read. fault: why it can't ever silence anything (malformed, no such rule), for a person; None where there was
    merely nothing to silence.
    """

    place: Place
    rule: str
    fault: str | None = None


@dataclass(frozen=True)
class App:
    """One Meta app as its source shows it, with everything that a rule may look at.

    name: `default`, or the name of its table in the config; empty for the files that belong to no app.
    catalog: the catalog as of the run's date and the app's Graph API version.
    whole: False for the files of no app, which only rules that look at one request alone may judge.
    requests and the others: the facts of the app's files that are judged (tests, examples and docs are not among them).
    declared: permissions that the config declares as asked for, with the reason given; declared_needs: those that it declares
    as needed. find_foreign: looks for files that call the Graph API in a
    language that permlint does not read yet.
    stale: filled only for rules of the phase `suppressions`, which run after all others.
    """

    name: str
    catalog: CatalogView
    requests: tuple[Request, ...] = ()
    calls: tuple[GraphCall, ...] = ()
    edge: tuple[EdgeUse, ...] = ()
    versions: tuple[VersionUse, ...] = ()
    unresolved: tuple[UnresolvedScope, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    declared: dict[str, str] = field(default_factory=dict)
    stale: tuple[StaleSuppression, ...] = ()
    whole: bool = True
    declared_needs: dict[str, str] = field(default_factory=dict)
    find_foreign: Callable[[], tuple[str, ...]] = tuple

    @property
    def open(self) -> bool:
        """Whether what the app asks for is not all in its source, so that nothing follows from a scope's absence."""
        return any(request.open for request in self.requests)

    @cached_property
    def needs(self) -> Needs:
        """What the app's calls need, by the catalog."""
        return needs_of(self.calls, self.catalog)

    @cached_property
    def foreign(self) -> tuple[str, ...]:
        """Files that call the Graph API in a language that permlint does not read yet; looked for when first asked."""
        return self.find_foreign()

    def scopes(self) -> Iterator[tuple[Request, Scope]]:
        """Each scope of each request, in the order of the source."""
        for request in self.requests:
            for scope in request.scopes:
                yield request, scope
