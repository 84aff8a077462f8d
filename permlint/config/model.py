"""What a project's config says, checked and ready to be asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from permlint.config.errors import Spot
from permlint.config.patterns import Patterns

if TYPE_CHECKING:
    from permlint.diagnostics import Confidence

_NOWHERE = Spot("", "")

DEFAULT_EXCLUDE = (
    "node_modules/",
    "bower_components/",
    "vendor/",
    "site-packages/",
    "dist-packages/",
    ".venv/",
    "venv/",
    ".env/",
    "dist/",
    "build/",
    "__pycache__/",
    ".git/",
    ".hg/",
    ".svn/",
    ".jj/",
    ".tox/",
    ".nox/",
    ".eggs/",
    "*.egg-info",
    ".mypy_cache/",
    ".pytest_cache/",
    ".ruff_cache/",
    ".hypothesis/",
    ".ipynb_checkpoints/",
    ".next/",
    ".nuxt/",
    ".gradle/",
    "Pods/",
    "*.min.js",
    "*.min.mjs",
    "*.min.cjs",
    "*-min.js",
)
"""What is never read: other people's code, built files and minified ones."""

DEFAULT_TESTS = (
    "tests/",
    "test/",
    "__tests__/",
    "spec/",
    "specs/",
    "testdata/",
    "__mocks__/",
    "e2e/",
    "docs/",
    "doc/",
    "examples/",
    "example/",
    "samples/",
    "sample/",
    "test_*.py",
    "*_test.py",
    "tests.py",
    "conftest.py",
    "*_test.go",
    "*_test.dart",
    "*_spec.rb",
    "*Test.java",
    "*Tests.java",
    "*Test.kt",
    "*Test.php",
    "*Test.cs",
    "*Tests.cs",
    "*Tests.swift",
    "*Tests/",
    "androidTest/",
    "cypress/",
    "fixtures/",
    "*[-_]example.*",
    "*.test.*",
    "*.spec.*",
    "*.stories.*",
)
"""What is read but neither asks, nor calls, nor is judged. Not `test.py`: in small apps it is the app itself."""

_SOURCES = re.compile(
    r"(?:^|/)(?:src/\w*[mM]ain/(?:java|kotlin|scala|groovy)/|(?:src|java|kotlin)/(?=(?:com|org|net|io|me|dev|app|co|edu|[a-z]{2})/.*\.(?:java|kts?)$))"
)
"""Where the folders of a package's name begin."""

FailOn = Literal["error", "warning", "note", "never"]
"""The least severity that makes a run fail."""

RuleSeverity = Literal["error", "warning", "note", "off"]
"""What the config can make of a rule's severity."""


@dataclass(frozen=True)
class Declared:
    """A permission that the config declares as asked for or needed.

    login: an id of the catalog's, None for any. where: where it stands.
    """

    permission: str
    reason: str
    login: str | None = None
    where: Spot = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True)
class DeclaredCall:
    """A function or method of the app's own that calls the API in a way that its code does not show.

    callable: its dotted name. path, method: a text, or the argument that holds it as `#0|path`, by position or name; a
    path may hold arguments in braces. where: where it stands.
    """

    callable: str
    path: str
    reason: str
    method: str | None = None
    host: str | None = None
    where: Spot = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True)
class Configuration:
    """A configuration of the dashboard that logins name with `config_id`, and what it asks for.

    login: an id of the catalog's, None for the one that the code shows. where: where it stands.
    """

    id: str
    permissions: tuple[str, ...]
    reason: str
    login: str | None = None
    where: Spot = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True)
class AppConfig:
    """One app of the project. paths: patterns; empty for the app `default`, to which every file belongs."""

    name: str
    paths: tuple[str, ...] = ()
    graph_version: str | None = None
    requests: tuple[Declared, ...] = ()
    needs: tuple[Declared, ...] = ()
    calls: tuple[DeclaredCall, ...] = ()
    configurations: tuple[Configuration, ...] = ()


@dataclass(frozen=True)
class Config:
    """The config of one run.

    root: the project's folder, absolute, without symbolic links. file: the config file, None where there is none.
    exclude, tests: the patterns written in the config; the defaults come before them. per_file_ignores: a pattern,
    and the rules (codes, prefixes of codes, names) ignored in the files that match. severity: a rule, and `error`,
    `warning`, `note` or `off`. select: the rules to run, None for the default ones. graph_version: for apps that name
    none themselves. require_suppression_reason: whether a suppression without a reason is none. apps: empty where the project
    is one app. nested: whether a folder with a config of its own is a
    project of its own.

    All paths given to its methods are relative to the root, with forward slashes.
    """

    root: str
    file: str | None = None
    exclude: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severity: tuple[tuple[str, RuleSeverity], ...] = ()
    fail_on: FailOn = "warning"
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: Confidence = "low"
    graph_version: str | None = None
    require_suppression_reason: bool = False
    apps: tuple[AppConfig, ...] = ()
    nested: bool = True

    def is_excluded(self, path: str) -> bool:
        """Whether this file is not to be read, however it was named."""
        return self.excluded.matches(path)

    def is_test(self, path: str) -> bool:
        """Whether this file is a test, an example or documentation, which neither asks, nor calls, nor is judged."""
        if not self._tests.matches(path):
            return False
        # The folders of a package below a source root are parts of its name: `src/main/java/com/example` is no example.
        root = _SOURCES.search(path)
        if root is None:
            return True
        without = path[: root.end()] + path.rpartition("/")[2]
        return self._tests.matches(without) or Patterns(self.tests).matches(path)

    def apps_of(self, path: str) -> tuple[str, ...]:
        """The names of the apps that this file belongs to; `default` where the config names none, empty for no app."""
        if not self.apps:
            return ("default",)
        return tuple(name for name, patterns in self._app_patterns if patterns.matches(path))

    def ignores_for(self, path: str) -> tuple[str, ...]:
        """The rules (codes, prefixes, names) that `per-file-ignores` ignores in this file."""
        return tuple(rule for patterns, rules in self._ignores if patterns.matches(path) for rule in rules)

    def app(self, name: str) -> AppConfig:
        """What the config says of an app, which is little for `default` and for the files of no app."""
        for app in self.apps:
            if app.name == name:
                return app
        return AppConfig(name, graph_version=self.graph_version)

    @cached_property
    def excluded(self) -> Patterns:
        """The patterns of what is not read, with the defaults."""
        return Patterns((*DEFAULT_EXCLUDE, *self.exclude))

    @cached_property
    def _tests(self) -> Patterns:
        return Patterns((*DEFAULT_TESTS, *self.tests))

    @cached_property
    def _app_patterns(self) -> tuple[tuple[str, Patterns], ...]:
        return tuple((app.name, Patterns(app.paths)) for app in self.apps)

    @cached_property
    def _ignores(self) -> tuple[tuple[Patterns, tuple[str, ...]], ...]:
        return tuple((Patterns((pattern,)), rules) for pattern, rules in self.per_file_ignores)
