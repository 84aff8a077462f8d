"""What a run of the interpreter is made of: sites, frames, what it tells whom, and values that only live during it."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from permlint import program as p
from permlint.evaluation.values import (
    ANY_WAY,
    Arguments,
    Class,
    External,
    Item,
    Map,
    Setting,
    Text,
    Unknown,
    Value,
    Way,
)


class Spent(Exception):
    """The budget of steps for one evaluation is used up."""


class Site(NamedTuple):
    """Where something happens: the file, the extent, and the frame (a number for each run of a function's body)."""

    program: p.Program
    start: int
    end: int
    frame: int
    chain: tuple[Step, ...] = ()


class Step(NamedTuple):
    """A call on the way to a site, outermost first.

    Its file and extent, the extent of the function that makes it, and the name that it calls by.
    """

    program: p.Program
    start: int
    end: int
    body: tuple[int, int]
    name: str = ""


class Observer(Protocol):
    """Who is told what the interpreter meets."""

    def called(self, callee: Value, name: str, arguments: Arguments, site: Site) -> Value | None:
        """A call of something outside the project or unknown; returns its value, None where the observer has nothing to say."""

    def made(self, text: Text, site: Site) -> None:
        """A text stands in the source or was put together."""

    def mapped(self, mapping: Map, site: Site) -> None:
        """A mapping was written down or is passed as the named arguments of a call."""

    def bound(self, name: str, value: Value, site: Site, kind: str) -> None:
        """A name of a module or class, an entry or a named argument got a value. kind: `name`, `entry` or `argument`."""

    def assigned(self, owner: Value, name: str, value: Value) -> None:
        """An attribute of something outside the project, or unknown, is set."""

    def follows(self, owner: Value) -> bool:
        """Whether it is worth knowing what functions do with the parts of something outside the project."""

    def compared(self, operator: str, left: Value, right: Value, site: Site) -> None:
        """Two values are compared."""

    def part(self, owner: External, name: str) -> Value | None:
        """A part of something outside the project is read; returns its value, None where the observer has nothing to say."""

    def is_outside(self, name: str) -> bool:
        """Whether a qualified name is that of a known library's, even if a copy of it stands in the project."""

    def looks_at(self, name: str) -> bool:
        """Whether a call of a part of this name is worth reading another file for."""


class Frame:
    """One run of a function's body (or a module's, or a class's)."""

    __slots__ = ("beside", "body", "branch", "cls", "exits", "left", "number", "owner", "returns", "way", "yields")

    def __init__(
        self,
        number: int,
        cls: Class | None = None,
        owner: Value | None = None,
        body: tuple[int, int] = (0, 1 << 60),
        branch: tuple[int, ...] = (),
    ) -> None:
        self.number = number
        self.branch = branch
        self.exits: set[str] = set()
        """How some way through the statements run so far has left: `return`, `raise`, `break`, `continue`."""
        self.left: list[tuple[str, dict[str, Value]]] = []
        """The names at each break and continue of the loop that runs."""
        self.body = body
        self.cls = cls
        self.owner = owner
        self.returns: list[Value] = []
        self.way: Way = ANY_WAY
        """What is known of keys where it runs, from the tests around."""
        self.beside: tuple[str, p.Mapping] | None = None
        """The entry of a table that is being made: its name, and the table."""
        self.yields: list[Item] | None = None


class Method(Value):
    """A built-in method of a known value."""

    __slots__ = ("name", "owner")

    def __init__(self, owner: Value, name: str) -> None:
        self.owner = owner
        self.name = name


class UnknownPart(Unknown):
    """A part of something unknown, by its name."""

    __slots__ = ("whole",)

    def __init__(self, whole: Unknown, name: str) -> None:
        super().__init__(whole.because, whole.owner, name)
        self.whole = whole


def same_unknown(value: Unknown) -> Unknown:
    """What is unknown for the same reason: a part of it, or what a method of it gives."""
    while isinstance(value, UnknownPart):
        value = value.whole
    return value if isinstance(value, Setting) else Unknown(value.because, value.owner, value.name)
