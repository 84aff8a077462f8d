"""Scopes of names: modules, classes and functions, and how a name is looked up through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from permlint import program as p
    from permlint.evaluation.values import Class, Value


class Scope:
    """The names of a module, class or function. kind: `module`, `class` or `function`; a comprehension is a function."""

    __slots__ = ("cls", "kind", "names", "outer", "parent", "program", "read", "stars", "types")

    def __init__(
        self, kind: str, program: p.Program, parent: Scope | None = None, names: dict[str, Value] | None = None
    ) -> None:
        self.kind = kind
        self.program = program
        self.parent = parent
        self.names: dict[str, Value] = {} if names is None else names
        self.outer: dict[str, Scope] | None = None
        """The names that are bound further out, and where."""
        self.cls: Class | None = None
        """The class whose names they are."""
        self.types: dict[str, Value] = {}
        """The types with which names are declared."""
        self.read: dict[str, Value] = {}
        """What is bound because it was read from the environment."""
        self.stars: tuple[str, ...] = ()
        """The modules outside the project all of whose names are imported."""

    def outermost(self) -> Scope:
        """The scope around all that are around this one."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def find(self, name: str) -> Value | None:
        """The value of a name here or further out; the names of a class are not seen from the functions in it."""
        scope: Scope | None = self
        while scope is not None:
            if scope.kind != "class" or scope is self:
                found = scope.names.get(name)
                if found is not None:
                    return found
            scope = scope.parent
        return None
