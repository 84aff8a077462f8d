"""What a language says of itself: its names for the operations of `stdlib`, how its files find each other, how it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from permlint.evaluation import finding
from permlint.evaluation import operations as ops
from permlint.evaluation.values import Arguments, External, Text, Unknown, Value, force

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter

Method = Callable[["Interpreter", Value, Arguments], Value]
Operation = Callable[["Interpreter", Arguments], Value]


@dataclass(frozen=True)
class Library:
    """The names of one language.

    builtins: names that need no import. methods: of known values. functions: by dotted path. same: attributes and methods of a
    text that give the text again. properties: decorators that make a method a part. enumerations: base classes whose
    members are texts. records: base classes whose instances are mappings. unbound: what stands before a method's name where
    its owner is the first argument. changing: methods that change a collection, wherever it comes from.
    entries_are_parts: the entries of a mapping are read like parts of an object. globals: names that stand for all names that
    need no import. open: any name that nothing binds may be one that needs no import. sigil: what the name of a variable
    begins with, which is never such a name. common: names that a file binds may be used in all files. constants: the object
    whose parts are the constants that files of settings bind. arrays: a list and a mapping are one kind of thing, of which each
    variable has its own, and which is made by putting something into it. typed: what a variable is declared as tells what it
    holds. index: the name of a file that speaks
    for its folder. address_parts: the parts of an address object: `query` for its parameters, `parameters` to set more of
    them, `text` for the whole. finder: how files are named in imports. implicit: how a name that nothing binds names a file
    of the project. siblings: the endings of files that see the names of the other files in their folder. declarations: what
    stands before a name where it is declared; additions: where it is added to a type of another file. receiver: the name of
    the parameter whose parts a function sees as names. declares: a name belongs where it is declared, and has the type that
    is declared; functions of one name are told apart by their parameters. plain: types whose values are known by themselves.
    texts: types whose values are texts. setter: the method that stands for setting a part of something from outside, `{}` for
    the part's name. bare: a method without arguments is called like a part is read, and named arguments that no parameter is
    called by are handed over as a mapping. collecting: functions that make a collection of however many arguments they are
    given, as code calls them. dynamic: a function sees the names of whoever calls it. environment: what reads a
    variable that nothing binds.
    """

    builtins: frozenset[str] = frozenset()
    methods: Mapping[str, Method] = field(default_factory=dict)
    functions: Mapping[str, Operation] = field(default_factory=dict)
    same: frozenset[str] = frozenset()
    properties: frozenset[str] = frozenset()
    enumerations: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()
    unbound: tuple[str, ...] = ()
    changing: frozenset[str] = frozenset()
    entries_are_parts: bool = False
    globals: frozenset[str] = frozenset()
    open: bool = False
    sigil: str = ""
    common: bool = False
    constants: str = ""
    arrays: bool = False
    typed: bool = False
    index: str = ""
    address_parts: Mapping[str, str] = field(default_factory=dict)
    finder: finding.Finder = finding.nowhere
    implicit: finding.Finder | None = None
    siblings: tuple[str, ...] = ()
    declarations: tuple[str, ...] = ()
    additions: tuple[str, ...] = ()
    receiver: str = ""
    declares: bool = False
    plain: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    setter: str = ""
    bare: bool = False
    collecting: frozenset[str] = frozenset()
    dynamic: bool = False
    environment: str = ""

    def knows(self, name: str) -> bool:
        """Whether a name needs no import."""
        return name in self.builtins or (self.open and not (self.sigil and name.startswith(self.sigil)))

    def is_property(self, decorator: str) -> bool:
        """Whether a decorator makes a method a part that is read without a call."""
        return decorator.rpartition(".")[2] in self.properties

    def method(self, run: Interpreter, owner: Value, name: str, arguments: Arguments) -> Value:
        """The value of a method of a known value."""
        method = self.methods.get(name)
        if method is not None:
            return method(run, owner, arguments)
        if isinstance(owner, Text) and name in self.same:
            return owner
        return Unknown("it is computed at run time", ops.owner_of(owner))

    def function(self, run: Interpreter, callee: External, arguments: Arguments) -> Value | None:
        """The value of a function of the language's library; None where it is not one."""
        for path in callee.paths:
            operation = self.functions.get(path)
            if operation is not None:
                return operation(run, arguments)
            if path.startswith(self.unbound) and arguments.positional:
                owner, rest = force(arguments.positional[0]), Arguments(arguments.positional[1:], arguments.named)
                return self.method(run, owner, path.rpartition(".")[2], rest)
        return None
