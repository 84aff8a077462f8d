"""Reads the text of a config file and checks every key of it."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any, cast

from permlint.config.errors import ConfigError, Fault, Spot
from permlint.config.model import AppConfig, Config, Configuration, Declared, DeclaredCall, FailOn, RuleSeverity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from permlint.diagnostics import Confidence

_KEYS = (
    "apps",
    "exclude",
    "extend-select",
    "fail-on",
    "graph-version",
    "ignore",
    "min-confidence",
    "per-file-ignores",
    "require-suppression-reason",
    "select",
    "severity",
    "tests",
)
_APP_KEYS = ("calls", "configurations", "graph-version", "needs", "paths", "requests")
_REQUEST_KEYS = ("login", "permission", "reason")
_NEED_KEYS = ("permission", "reason")
_CALL_KEYS = ("callable", "host", "method", "path", "reason")
_CONFIGURATION_KEYS = ("id", "login", "permissions", "reason")
_ARGUMENT = r"(?:#\d+|[^\W\d]\w*)(?:\|(?:#\d+|[^\W\d]\w*))*(?:=[^{}]*)?"
_CALLABLE = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)+")
_CALL_PATH = re.compile(rf"{_ARGUMENT}|/(?:[^{{}}\s]|\{{{_ARGUMENT}\}})*")
_CALL_METHOD = re.compile(rf"GET|POST|PUT|PATCH|DELETE|HEAD|{_ARGUMENT}")
_VERSION = re.compile(r"v\d{1,3}\.\d{1,3}")


def parse_config(content: bytes, *, root: str, file: str, shown: str, pyproject: bool, nested: bool) -> Config:
    """Returns the config that a file holds.

    file: its path; shown: how messages name it; pyproject: whether the config is the table `tool.permlint` in it.
    Raises ConfigError with everything that is wrong.
    """
    spot = Spot(file, shown)
    text, table = _table_in(content, spot, pyproject=pyproject)
    return _Reader(text, spot, _prefix(pyproject=pyproject)).config(table, root, nested=nested)


def lines_of_keys(content: bytes, *, pyproject: bool) -> dict[tuple[str, ...], int]:
    """Returns the line, from 1, of each key that a valid config sets: `("select",)`, `("apps", NAME)`, `("apps", NAME, KEY)`.

    pyproject: whether the config is the table `tool.permlint` in it.
    """
    text, table = _table_in(content, Spot("", ""), pyproject=pyproject)
    reader = _Reader(text, Spot("", ""), _prefix(pyproject=pyproject))
    apps = table.get("apps", {})
    keys: list[tuple[str, ...]] = [(key,) for key in table]
    keys += [("apps", name) for name in apps]
    keys += [("apps", name, key) for name, app in apps.items() for key in app]
    return {key: reader.line_of((*reader.prefix, *key)) or 1 for key in keys}


def _prefix(*, pyproject: bool) -> tuple[str, ...]:
    return ("tool", "permlint") if pyproject else ()


def _table_in(content: bytes, spot: Spot, *, pyproject: bool) -> tuple[str, Any]:
    """The text of a config file and the table that it holds. Raises ConfigError."""
    import tomli  # only where a config has to be parsed

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError([Fault(spot._replace(line=line), "not UTF-8")]) from None
    try:
        table: Any = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        at = spot._replace(line=error.lineno, column=error.colno)
        raise ConfigError([Fault(at, f"not valid TOML: {error.msg}")]) from None
    except RecursionError:
        raise ConfigError([Fault(spot, "nested too deeply")]) from None
    if pyproject:
        table = table.get("tool", {})
        table = table.get("permlint", {}) if isinstance(table, dict) else {}
    return text, table


class _Reader:
    """Turns tables into a config and gathers what is wrong on the way."""

    def __init__(self, text: str, spot: Spot, prefix: tuple[str, ...]) -> None:
        self.lines = text.splitlines()
        self.spot = spot
        self.prefix = prefix
        self.faults: list[Fault] = []

    def config(self, table: object, root: str, *, nested: bool) -> Config:
        top = self._table(table, ())
        self._known(top, _KEYS, ())
        config = Config(
            root=root,
            file=self.spot.file,
            exclude=self._patterns(top, "exclude", ()),
            tests=self._patterns(top, "tests", ()),
            per_file_ignores=self._ignores(top),
            severity=self._severities(top),
            fail_on=cast("FailOn", self._choice(top, "fail-on", ("error", "warning", "note", "never"), "warning")),
            select=self._strings(top, "select", ()) if "select" in top else None,
            extend_select=self._strings(top, "extend-select", ()),
            ignore=self._strings(top, "ignore", ()),
            min_confidence=cast("Confidence", self._choice(top, "min-confidence", ("high", "medium", "low"), "low")),
            graph_version=self._version(top, ()),
            require_suppression_reason=self._flag(top, "require-suppression-reason"),
            apps=self._apps(top),
            nested=nested,
        )
        if self.faults:
            # A fault inside an inline table has that table's line; the order of the file is a person's order.
            raise ConfigError(sorted(self.faults, key=lambda fault: (fault.spot and fault.spot.line) or 0))
        return config

    def _problem(self, where: tuple[str, ...], message: str) -> None:
        line, column = self._place_of((*self.prefix, *where))
        self.faults.append(Fault(self.spot._replace(line=line, column=column, keys=".".join(where)), message))

    def line_of(self, where: tuple[str, ...]) -> int | None:
        """The line of a key, from 1; None where it is not known."""
        return self._place_of(where)[0]

    def _place_of(self, where: tuple[str, ...]) -> tuple[int, int] | tuple[None, None]:
        """The line and column of a key, as well as they can be told without a parser that keeps places."""
        current: tuple[str, ...] = ()
        best: tuple[int, tuple[int, int]] | None = None
        for number, line in enumerate(self.lines, 1):
            header = re.match(r"\s*\[\[?([^\]]+)\]", line)
            if header and "=" not in line.split("#")[0]:
                current = _key_parts(header[1])
                path = current
            else:
                key = re.match(r"""\s*((?:"[^"]*"|'[^']*'|[\w.-])+)\s*=""", line)
                if not key:
                    continue
                path = (*current, *_key_parts(key[1]))
            if where[: len(path)] == path and (best is None or len(path) > best[0]):
                best = len(path), (number, len(line) - len(line.lstrip()) + 1)
        return best[1] if best else (None, None)

    def _known(self, table: Mapping[str, object], keys: Collection[str], where: tuple[str, ...]) -> None:
        for key in table:
            if key not in keys:
                self._problem((*where, key), "unknown key" + nearest(key, keys))

    def _table(self, value: object, where: tuple[str, ...]) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self._problem(where, f"must be a table, not {_kind(value)}")
        return {}

    def _strings(self, table: Mapping[str, object], key: str, where: tuple[str, ...]) -> tuple[str, ...]:
        return self._string_list(table[key], (*where, key)) if key in table else ()

    def _string_list(self, value: object, where: tuple[str, ...]) -> tuple[str, ...]:
        if not isinstance(value, list):
            self._problem(where, f"must be a list of strings, not {_kind(value)}")
            return ()
        for entry in value:
            if not isinstance(entry, str):
                self._problem(where, f"must be a list of strings, and {entry!r} is {_kind(entry)}")
            elif not entry.strip():
                self._problem(where, "holds an empty string")
        return tuple(entry.strip() for entry in value if isinstance(entry, str))

    def _patterns(self, table: Mapping[str, object], key: str, where: tuple[str, ...]) -> tuple[str, ...]:
        patterns = self._strings(table, key, where)
        for pattern in patterns:
            self._pattern(pattern, (*where, key))
        return patterns

    def _pattern(self, pattern: str, where: tuple[str, ...]) -> None:
        if ".." in pattern.split("/"):
            self._problem(where, f"{pattern!r} leads out of the project; patterns are relative to the config's folder")

    def _choice(self, table: Mapping[str, object], key: str, choices: tuple[str, ...], default: str) -> str:
        value = table.get(key, default)
        if value not in choices:
            self._problem((key,), f"must be one of {', '.join(choices)}, not {value!r}")
            return default
        return value

    def _flag(self, table: Mapping[str, object], key: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            self._problem((key,), f"must be true or false, not {_kind(value)}")
        return value is True

    def _version(self, table: Mapping[str, object], where: tuple[str, ...]) -> str | None:
        value = table.get("graph-version")
        if value is None:
            return None
        if not isinstance(value, str) or not _VERSION.fullmatch(value):
            self._problem((*where, "graph-version"), f'must be a Graph API version such as "v24.0", not {value!r}')
            return None
        return value

    def _ignores(self, top: Mapping[str, object]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        key = "per-file-ignores"
        table = self._table(top.get(key, {}), (key,))
        for pattern in table:
            self._pattern(pattern, (key, pattern))
        return tuple((pattern, self._string_list(rules, (key, pattern))) for pattern, rules in table.items())

    def _severities(self, top: Mapping[str, object]) -> tuple[tuple[str, RuleSeverity], ...]:
        table = self._table(top.get("severity", {}), ("severity",))
        for rule, severity in table.items():
            if severity not in ("error", "warning", "note", "off"):
                self._problem(("severity", rule), f"must be one of error, warning, note, off, not {severity!r}")
        return tuple((rule, cast("RuleSeverity", severity)) for rule, severity in table.items())

    def _apps(self, top: Mapping[str, object]) -> tuple[AppConfig, ...]:
        apps = []
        for name, value in self._table(top.get("apps", {}), ("apps",)).items():
            where = ("apps", name)
            table = self._table(value, where)
            if not name.strip():
                self._problem(where, "an app needs a name")
            self._known(table, _APP_KEYS, where)
            if isinstance(value, dict) and not table.get("paths"):
                self._problem(where, 'needs paths, such as paths = ["storefront/**"]')
            apps.append(
                AppConfig(
                    name,
                    self._patterns(table, "paths", where),
                    self._version(table, where) or self._version_of_all(top),
                    self._declared(table, "requests", where, _REQUEST_KEYS),
                    self._declared(table, "needs", where, _NEED_KEYS),
                    self._calls(table, where),
                    self._configurations(table, where),
                )
            )
        return tuple(apps)

    def _version_of_all(self, top: Mapping[str, object]) -> str | None:
        value = top.get("graph-version")
        return value if isinstance(value, str) else None

    def _declared(
        self, table: Mapping[str, object], key: str, where: tuple[str, ...], keys: tuple[str, ...]
    ) -> tuple[Declared, ...]:
        return tuple(
            Declared(
                entry["permission"].strip(),
                entry["reason"].strip(),
                entry.get("login") if "login" in keys else None,
                self._entry((*where, key), number),
            )
            for number, entry in self._entries(table, key, where, keys, ("permission", "reason"))
        )

    def _calls(self, table: Mapping[str, object], where: tuple[str, ...]) -> tuple[DeclaredCall, ...]:
        found = []
        for number, entry in self._entries(table, "calls", where, _CALL_KEYS, ("callable", "path", "reason")):
            good = True
            for key, form, wanted in (
                ("callable", _CALLABLE, 'the dotted name of a function or method, such as "shop.graph.Client.fetch"'),
                ("path", _CALL_PATH, 'an argument such as "#0|path", or a path such as "/{#0|page_id}/feed"'),
                ("method", _CALL_METHOD, 'GET, POST, PUT, PATCH, DELETE, HEAD or an argument such as "#1|method"'),
            ):
                if key in entry and not form.fullmatch(entry[key].strip()):
                    self._problem((*where, "calls"), f"entry {number}: {key} must be {wanted}, not {entry[key]!r}")
                    good = False
            if good:
                text = {key: value.strip() for key, value in entry.items()}
                found.append(DeclaredCall(**text, where=self._entry((*where, "calls"), number)))
        return tuple(found)

    def _configurations(self, table: Mapping[str, object], where: tuple[str, ...]) -> tuple[Configuration, ...]:
        key = "configurations"
        found: list[Configuration] = []
        for number, entry in self._entries(table, key, where, _CONFIGURATION_KEYS, ("id", "reason")):
            names = entry.get("permissions")
            if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
                self._problem((*where, key), f"entry {number} needs permissions, a list of their names")
            elif any(entry["id"].strip() == other.id for other in found):
                self._problem((*where, key), f"entry {number}: the id {entry['id']} stands in another entry already")
            else:
                found.append(
                    Configuration(
                        entry["id"].strip(),
                        tuple(name.strip() for name in names),
                        entry["reason"].strip(),
                        entry.get("login"),
                        self._entry((*where, key), number),
                    )
                )
        return tuple(found)

    def _entries(
        self,
        table: Mapping[str, object],
        key: str,
        where: tuple[str, ...],
        keys: tuple[str, ...],
        wanted: tuple[str, ...],
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        """The entries of a list of tables that have what is wanted, with their numbers; all but lists are strings."""
        where = (*where, key)
        value = table.get(key, [])
        if not isinstance(value, list):
            self._problem(where, f"must be a list of tables, not {_kind(value)}")
            return
        for number, entry in enumerate(value, 1):
            if not isinstance(entry, dict):
                form = ", ".join(f'{name} = "..."' for name in wanted)
                self._problem(where, f"entry {number} must be {{{form}}}, not {_kind(entry)}")
                continue
            for unknown in entry:
                if unknown not in keys:
                    self._problem(where, f"entry {number}: unknown key {unknown!r}{nearest(unknown, keys)}")
            good = True
            for name in wanted:
                text = entry.get(name)
                if not isinstance(text, str) or not text.strip():
                    article = "an" if name[0] in "aeiou" else "a"
                    self._problem(where, f"entry {number} needs {article} {name}, a string that is not empty")
                    good = False
            for name, text in entry.items():
                if name in keys and name not in wanted and name != "permissions" and not isinstance(text, str):
                    self._problem(where, f"entry {number}: {name} must be a string, not {_kind(text)}")
                    good = False
            if good:
                yield number, {name: text for name, text in entry.items() if name in keys}

    def _entry(self, where: tuple[str, ...], number: int) -> Spot:
        """Where an entry of a list stands, for a message that comes later."""
        path = (*self.prefix, *where)
        headers = [
            (line, len(text) - len(text.lstrip()) + 1)
            for line, text in enumerate(self.lines, 1)
            if (found := re.match(r"\s*\[\[([^\]]+)\]\]", text)) and _key_parts(found[1]) == path
        ]
        line, column = headers[number - 1] if number <= len(headers) else self._place_of(path)
        return self.spot._replace(line=line, column=column, keys=f"{'.'.join(where)}: entry {number}")


def nearest(word: str, words: Collection[str]) -> str:
    """Returns `; did you mean "..."?` with the nearest of the words, or which words there are."""
    close = difflib.get_close_matches(word, list(words), 1, 0.6)
    return f'; did you mean "{close[0]}"?' if close else f"; known are {', '.join(sorted(words))}"


def _key_parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(r""""[^"]*"|'[^']*'|[\w-]+""", text))


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return "a string"
    return "a number" if isinstance(value, (int, float)) else "a date"
