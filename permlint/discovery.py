"""Discovery: finds the rules through the entry points `permlint.rules`, ours and third parties' by the same door.

An entry point names a package, each module of which holds one rule as `RULE` (or several as `RULES`; modules whose
name begins with an underscore are passed over), or a module, or an attribute of one (`package.module:RULE`).
"""

# Pathlib is not imported on the way of every run: start-up counts

from __future__ import annotations

import os
import pkgutil
import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from permlint.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from types import ModuleType

GROUP = "permlint.rules"

_CODE = re.compile(r"[A-Z]{2,}[0-9]{3,}")
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

T = TypeVar("T")


class RuleError(Exception):
    """A rule, or a package of rules, that can't be used; the message is for a person and names it."""


class SelectionError(Exception):
    """A word that should name rules and names none; the message is for a person and names the nearest."""


def discover() -> tuple[Rule, ...]:
    """All installed rules, by code. RuleError where one is broken, two share a code or a name, or there are none."""
    found: dict[str, tuple[Rule, str]] = {}
    for name, value in sorted(set(_entry_points())):
        for rule, origin in _load(name, value):
            for key in (rule.code, rule.name):
                if key in found and found[key][0] is not rule:
                    raise RuleError(f"two rules are called {key}: one in {found[key][1]}, one in {origin}")
            found[rule.code] = found[rule.name] = rule, origin
    if not found:
        raise RuleError("no rules are installed, not even permlint's own: install permlint again")
    return tuple(rule for key, (rule, _) in sorted(found.items()) if key == rule.code)


def named_by(rule: Rule, word: str) -> int:
    """How exactly a word names a rule: 0 not at all, else the more the exacter; its whole code or name is exactest."""
    if word == rule.name or word.upper() == rule.code:
        return len(rule.code)
    return len(word) if rule.code.startswith(word.upper()) else 0


def lookup(rule: Rule, table: Mapping[str, T]) -> T | None:
    """What a table whose keys name rules (by code, prefix or name) says about a rule; the exactest key wins."""
    best = max(table, key=lambda word: named_by(rule, word), default="")
    return table[best] if best and named_by(rule, best) else None


def check_words(rules: Iterable[Rule], words: Iterable[str]) -> None:
    """SelectionError unless each word names at least one of the rules."""
    rules = list(rules)
    wrong = [word for word in words if not any(named_by(rule, word) for rule in rules)]
    if wrong:
        raise SelectionError("; ".join(f"no rule is called {word!r}{_nearest(word, rules)}" for word in wrong))


def select(
    rules: Sequence[Rule],
    select: Collection[str] | None = None,
    extend_select: Collection[str] = (),
    ignore: Collection[str] = (),
) -> tuple[Rule, ...]:
    """The rules to run. Each word is a code, the beginning of codes, or a name.

    Without `select`: all whose default is not "off". Where a rule is both chosen and ignored, the exacter word wins,
    and `ignore` among equals. SelectionError where a word names no rule.
    """
    check_words(rules, [*(select or ()), *extend_select, *ignore])

    def chosen(rule: Rule) -> bool:
        wanted = [*(select or ()), *extend_select]
        pro = max((named_by(rule, word) for word in wanted), default=0)
        contra = max((named_by(rule, word) for word in ignore), default=0)
        by_default = select is None and rule.severity != "off"
        return pro > contra or (by_default and not contra)

    return tuple(rule for rule in rules if chosen(rule))


def _nearest(word: str, rules: Iterable[Rule]) -> str:
    from difflib import get_close_matches  # only for a mistake

    keys = {key.lower(): key for rule in rules for key in (rule.code, rule.name)}
    near = get_close_matches(word.lower(), keys, 1, 0.6)
    return f"; did you mean {keys[near[0]]}?" if near else "; `permlint rule` lists them"


def _load(name: str, value: str) -> Iterator[tuple[Rule, str]]:
    """The rules of one entry point, each with the module that it comes from."""
    where, _, attribute = value.partition("[")[0].partition(":")
    module = _import(where.strip(), name)
    if attribute.strip():
        found: object = module
        for part in attribute.strip().split("."):
            found = getattr(found, part, None)
        yield from _rules(found, value, name)
    elif hasattr(module, "RULE") or hasattr(module, "RULES") or not hasattr(module, "__path__"):
        yield from _rules_of(module, name)
    else:
        for entry in sorted(pkgutil.iter_modules(module.__path__), key=lambda entry: entry.name):
            if not entry.name.startswith("_"):
                yield from _rules_of(_import(f"{module.__name__}.{entry.name}", name), name)


def _rules_of(module: ModuleType, name: str) -> Iterator[tuple[Rule, str]]:
    found = getattr(module, "RULE", None) or getattr(module, "RULES", None)
    yield from _rules(found, module.__name__, name)


def _rules(found: object, origin: str, name: str) -> Iterator[tuple[Rule, str]]:
    rules = [found] if isinstance(found, Rule) else found
    if not isinstance(rules, (list, tuple)) or not rules or not all(isinstance(rule, Rule) for rule in rules):
        raise RuleError(
            f"{origin} (rules of {name!r}) holds no rule: RULE must be a permlint.api.Rule, RULES a list of them"
        )
    for rule in rules:
        if not _CODE.fullmatch(rule.code):
            raise RuleError(f"{origin} (rules of {name!r}): {rule.code!r} is no code; a code looks like ABC123")
        if not _NAME.fullmatch(rule.name):
            raise RuleError(
                f"{origin} (rules of {name!r}): {rule.name!r} is no name; a name looks like removed-permission"
            )
        yield rule, origin


def _import(module: str, name: str) -> ModuleType:
    try:
        return import_module(module)
    except Exception as error:
        raise RuleError(f"{module} (rules of {name!r}) can't be loaded: {type(error).__name__}: {error}") from error


def _entry_points() -> Iterable[tuple[str, str]]:
    """Name and value of each entry point of our group.

    importlib.metadata gives the same answer, but importing it costs more than all rules together (it pulls in the
    e-mail and zip modules), so plain folders are read here, and it is asked only where something else is on the path.
    """
    folders = [path or os.curdir for path in sys.path]
    unusual = any(hasattr(finder, "find_distributions") and not _is_path_finder(finder) for finder in sys.meta_path)
    if unusual or any(path.endswith(".egg") or os.path.isfile(path) for path in folders):
        from importlib.metadata import entry_points  # see above

        return [(point.name, point.value) for point in entry_points(group=GROUP)]
    return _entry_points_in(folders)


def _is_path_finder(finder: object) -> bool:
    return getattr(finder, "__name__", "") == "PathFinder" and getattr(finder, "__module__", "").startswith("_frozen")


def _entry_points_in(folders: Iterable[str]) -> list[tuple[str, str]]:
    """The entry points of the distributions in folders of the path; of one that is there twice the first counts."""
    seen = set()
    points: list[tuple[str, str]] = []
    for folder in folders:
        try:
            names = os.listdir(folder)
        except OSError:
            continue
        for name in sorted(names):
            stem, dot, _ = name.rpartition(".")
            if not dot or not name.endswith((".dist-info", ".egg-info")):
                continue
            distribution = re.sub(r"[-_.]+", "-", stem.partition("-")[0]).lower()
            if distribution in seen:
                continue
            seen.add(distribution)
            try:
                with open(os.path.join(folder, name, "entry_points.txt"), "rb", buffering=0) as file:
                    data = file.read()
            except OSError:
                continue
            if GROUP.encode() in data:
                points += _parse(data.decode("utf-8", "replace"))
    return points


def _parse(text: str) -> Iterator[tuple[str, str]]:
    """Name and value of each entry point of our group in the text of an entry_points.txt."""
    group = ""
    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith("["):
            group = line.strip("[] ")
        elif group == GROUP and "=" in line and not line.startswith(("#", ";")):
            name, _, value = line.partition("=")
            yield name.strip(), value.strip()
