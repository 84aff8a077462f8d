"""Builds apps from facts by hand, so that a rule is tested by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from permlint import engine
from permlint.app import App
from permlint.catalog import load
from permlint.facts import Request, Scope, UnresolvedScope, VersionUse
from permlint.places import Place
from permlint.rule import Example
from permlint.testing import check_example

if TYPE_CHECKING:
    from permlint.diagnostics import Finding
    from permlint.rule import Rule

TODAY = date(2026, 11, 21)


@pytest.fixture
def problems():
    """What is wrong with a little app for a rule, run the whole way. app: files by path, or the text of one."""

    def check(code: str, app: str | dict[str, str], *, bad: bool) -> list[str]:
        (rule,) = [each for each in engine.discover() if each.code == code]
        return check_example(rule, Example({"app.py": app} if isinstance(app, str) else app), bad=bad)

    return check


def place(line: int, text: str = "x", path: str = "login.py", column: int = 5) -> Place:
    return Place(path, line, column, line, column + len(text))


@dataclass
class Build:
    """Makes facts, each on a line of its own, and runs one rule over the app that they make."""

    rules: dict[str, Rule] = field(default_factory=lambda: {rule.name: rule for rule in engine.discover()})
    line: int = 0

    def next_line(self) -> int:
        self.line += 1
        return self.line

    def scope(self, text: str, *, line: int | None = None, path: str = "login.py", **more: Any) -> Scope:
        where = place(line or self.next_line(), text, path)
        return Scope(text, where, Place(path, where.line, 1, where.line, 80), **more)

    def request(self, *scopes: str | Scope, login: str = "facebook-login", **more: Any) -> Request:
        made = tuple(self.scope(scope) if isinstance(scope, str) else scope for scope in scopes)
        where = more.pop("place", None) or place(self.next_line(), "login()")
        more.setdefault("via", "flask-dance: make_facebook_blueprint(scope)")
        return Request(where, where, login, scopes=made, **more)

    def version(self, name: str, api: Any = "graph") -> VersionUse:
        where = place(self.next_line(), name)
        return VersionUse(name, api, where, where, "dialog URL")

    def unresolved(self, known: str, because: str) -> UnresolvedScope:
        where = place(self.next_line(), "f()")
        return UnresolvedScope(where, where, known, because)

    def app(self, *requests: Request, day: str | date = TODAY, graph_version: str | None = None, **more: Any) -> App:
        on = date.fromisoformat(day) if isinstance(day, str) else day
        return App(more.pop("name", "default"), load().as_of(on, graph_version), requests=requests, **more)

    def findings(self, rule: str, app: App) -> list[Finding]:
        return list(self.rules[rule].check(app))

    def check(self, rule: str, *requests: Request, **more: Any) -> list[Finding]:
        return self.findings(rule, self.app(*requests, **more))


@pytest.fixture
def build() -> Build:
    return Build()
