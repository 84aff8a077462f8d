"""Help for authors of rules: runs little apps the whole way, and checks a rule's examples.

A line that earns a diagnostic ends in a comment `# <- CODE permission`: without the permission where the diagnostic
has none, several separated by commas, one that itself holds a comma or a blank at its ends in double quotes. The
comment may be of any language (`// <- ...`, `/* <- ... */`, `<!-- <- ... -->`, `; <- ...`, `-- <- ...`).
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from permlint import engine
from permlint.catalog import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from permlint.diagnostics import Diagnostic
    from permlint.rule import Example, Rule

__all__ = ["Expected", "assert_examples", "check_example", "check_rule", "expected", "run_files"]

_MARKER = re.compile(r"(?:#|//|/\*|<!--|;|--)[ \t]*<-[ \t]*(.*?)[ \t]*(?:\*/|-->)?[ \t]*$", re.MULTILINE)
_PART = re.compile(r'[ \t]*([A-Z]+[0-9]+)(?:[ \t]+(?:"([^"]*)"|([^",][^,]*?)))?[ \t]*(?:,|$)')


class Expected(NamedTuple):
    """A diagnostic that a marker asks for."""

    path: str
    line: int
    code: str
    permission: str | None = None

    def __str__(self) -> str:
        """`path:line CODE permission`."""
        return f"{self.path}:{self.line} {self.code}" + (f" {self.permission}" if self.permission is not None else "")


def expected(files: Mapping[str, str]) -> list[Expected]:
    """What the markers in some files ask for, in order. ValueError for a marker that can't be read."""
    found = []
    for path, text in files.items():
        for number, line in enumerate(text.splitlines(), 1):
            marker = _MARKER.search(line)
            at = 0
            while marker and at < len(marker[1]):
                part = _PART.match(marker[1], at)
                if part is None:
                    raise ValueError(f"{path}:{number}: not a marker of the form `# <- CODE permission`: {marker[1]}")
                found.append(Expected(path, number, part[1], part[2] if part[2] is not None else part[3]))
                at = part.end()
    return sorted(found, key=lambda each: (each.path, each.line, each.code, each.permission or ""))


def run_files(
    files: Mapping[str, str],
    *,
    rules: Sequence[Rule] | None = None,
    as_of: str | date | None = None,
    graph_version: str | None = None,
) -> list[Diagnostic]:
    """Writes files into a temporary folder, runs permlint over it the whole way, and returns the diagnostics.

    files: relative path -> text; a `permlint.toml` among them is obeyed. rules: what to run, by default what a run
    without options runs, as the config says. as_of: default the catalog's date, so that the result stays the same.
    """
    from permlint.analysis import analyse  # it pulls in the front ends
    from permlint.config import CONFIG_NAMES, Config, load_config
    from permlint.frontends import wants

    day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    known = engine.discover()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        for path, text in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="")
        own = next((name for name in CONFIG_NAMES if name in files and _is_config(name, files[name])), None)
        config = load_config([folder], config=str(root / own)) if own else Config(root=str(root))
        wanted = sorted(path for path in files if wants(path) and not config.is_excluded(path))
        analysis = analyse(config, wanted, as_of=day or load().date, graph_version=graph_version)
        result = engine.run(
            analysis.apps,
            engine.select(known, config.select, config.extend_select, config.ignore) if rules is None else rules,
            known=[*known, *(rule for rule in rules or () if rule.code not in {each.code for each in known})],
            severity=dict(config.severity),
            per_file_ignores=config.ignores_for,
            suppressions=analysis.suppressions,
        )
    return list(result.diagnostics)


def _is_config(name: str, text: str) -> bool:
    return name != "pyproject.toml" or "[tool.permlint" in text


def check_example(rule: Rule, example: Example, *, bad: bool | None = None) -> list[str]:
    """What is wrong with an example of a rule, for a person; an empty list if nothing is.

    Only the rule's own diagnostics count, but all rules run, so that an example may hold suppressions of others. bad:
    whether it has to earn a diagnostic, by default whether it is among `rule.bad`.
    """
    wanted = Counter(each for each in expected(example.files) if each.code == rule.code)
    others = [each for each in engine.discover() if each.code != rule.code]
    found = Counter(
        Expected(each.place.path, each.place.line, each.code, each.permission)
        for each in run_files(
            example.files, rules=[*others, rule], as_of=example.as_of, graph_version=example.graph_version
        )
        if each.code == rule.code
    )
    problems = [f"missing: {each}" for each in (wanted - found).elements()]
    problems += [f"not asked for: {each}" for each in (found - wanted).elements()]
    if (example in rule.bad if bad is None else bad) and not wanted:
        problems.append(f"a bad example, but no line ends in `# <- {rule.code}`")
    if bad is False and wanted:
        problems.append(f"a good example, but it asks for {', '.join(map(str, wanted))}")
    return problems


def check_rule(rule: Rule) -> list[str]:
    """What is wrong with the examples of a rule; an empty list if nothing is and there are some of both kinds."""
    problems = [f"no {kind} example" for kind, examples in (("bad", rule.bad), ("good", rule.good)) if not examples]
    for kind, examples in (("bad", rule.bad), ("good", rule.good)):
        for number, example in enumerate(examples, 1):
            name = f"{kind} example {number}" + (f" ({example.title})" if example.title else "")
            problems += [f"{name}: {problem}" for problem in check_example(rule, example, bad=kind == "bad")]
    return problems


def assert_examples(rules: Rule | Iterable[Rule]) -> None:
    """AssertionError, naming every problem, unless all examples of the rules hold."""
    from permlint.rule import Rule as Type

    several = [rules] if isinstance(rules, Type) else list(rules)
    problems = [f"{rule.code} {rule.name}: {problem}" for rule in several for problem in check_rule(rule)]
    if problems:
        raise AssertionError("\n".join(problems))
