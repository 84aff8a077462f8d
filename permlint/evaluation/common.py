"""Names that a file binds for all files of the project: functions, classes and constants of some languages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.evaluation.finding import nearest

if TYPE_CHECKING:
    from permlint.evaluation.modules import Modules


class Common:
    """Which of the files that are run binds a name for all.

    roots: the files that are run; more may come.
    """

    def __init__(self, modules: Modules, roots: Collection[str]) -> None:
        self._modules = modules
        self._roots = roots
        self._seen: set[str] = set()
        self._paths: dict[tuple[str, str], list[str]] = {}

    def binding(self, name: str, importer: str) -> str | None:
        """The file that binds a name, the nearest of several; None where that is not one."""
        for path in sorted(path for path in self._roots if path not in self._seen):
            self._seen.add(path)
            program = self._modules.program(path)
            for bound in _bound(program.body) if program is not None else ():
                assert program is not None
                self._paths.setdefault((program.language, bound), []).append(path)
        own = self._modules.program(importer)
        found = self._paths.get((own.language if own is not None else "", name), [])
        if len(found) > 1:
            found = nearest(importer, found)
        return found[0] if len(found) == 1 else None


def _bound(body: Iterable[p.Statement]) -> Iterator[str]:
    """The names that statements bind, those of variables left out; choices are looked into, functions are not."""
    for statement in body:
        if isinstance(statement, (p.Function, p.Class)):
            yield statement.name
        elif isinstance(statement, p.Assign):
            for target in statement.targets:
                if isinstance(target, p.Name) and target.id == p.bare(target.id):
                    yield target.id
        elif isinstance(statement, p.Branch):
            for _, way in statement.ways:
                yield from _bound(way)
            yield from _bound(statement.otherwise)
