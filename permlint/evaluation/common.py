"""Names without an import: those that a file binds for the whole project, and those that files of a folder share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.evaluation.classes import as_member
from permlint.evaluation.finding import nearest
from permlint.evaluation.objects import shared_object
from permlint.evaluation.running import UnknownPart
from permlint.evaluation.values import Class, Lazy, Unknown, Value

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter
    from permlint.evaluation.modules import Modules

_MAX_FILES = 12


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


def among(run: Interpreter, folder: str, name: str, importer: str) -> Value | None:
    """The value of a name that another file of a folder declares, where files see the names of those beside them."""
    library = run.library_of(importer)
    if not library.siblings:
        return None
    declaring = run.modules.declaring(folder, name, library.siblings, library.declarations)
    holders = [path for path in declaring if path != importer][:_MAX_FILES]

    def found(paths: Iterable[str]) -> Value | None:
        scopes = [run.module_scope(path) for path in paths]
        return next((scope.names[name] for scope in scopes if scope is not None and name in scope.names), None)

    known = found([path for path in holders if run.is_run(path)])
    if known is not None or not holders:
        return known
    return Lazy(lambda: found(holders) or Unknown(f"{name} is not in the project"), name, holders[0])


def in_another_file(run: Interpreter, cls: Class, name: str, owner: Value | None = None) -> Value | None:
    """What another file of the folder adds to a class, seen from an object or the class itself; without one, from any object."""
    own = cls.program.path
    library = run.library_of(own)
    if not library.siblings:
        return None
    folder = own.rpartition("/")[0]

    def declaring(word: str, before: tuple[str, ...]) -> list[str]:
        found = run.modules.declaring(folder, word, library.siblings, before) if before else []
        return [path for path in found if path != own][:_MAX_FILES]

    def added(paths: Iterable[str]) -> Value | None:
        for path in paths:
            scope = run.module_scope(path)
            more = scope.names.get(cls.node.name) if scope is not None else None
            if isinstance(more, Class) and name in more.names:
                return as_member(run, more.names[name], owner or shared_object(run, cls), more)
        return None

    by_name = declaring(name, library.additions)
    known = added([*declaring(cls.node.name, library.declarations), *[path for path in by_name if run.is_run(path)]])
    if known is not None or not by_name:
        return known
    missing = UnknownPart(Unknown(f"{name} is set elsewhere", cls.key), name)
    return Lazy(lambda: added(by_name) or missing, name, by_name[0])
