"""The interpreter: runs programs over abstract values, each function from its callers and once by itself.

It executes what can be known and skips over what can't: of a branch whose test is not known all ways are taken and the
results united, a loop over known items runs for each, any other once. What it meets on the way (calls of things outside
the project, texts, bindings of names) it tells an observer, which knows what they mean; nothing here knows of Meta.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from permlint import program as p
from permlint.evaluation.arguments import again, bind_parameters, fingerprint, sizes_of
from permlint.evaluation.classes import is_empty, is_static, methods_of
from permlint.evaluation.common import Common
from permlint.evaluation.expressions import EXPRESSIONS
from permlint.evaluation.library import Library
from permlint.evaluation.modules import Modules
from permlint.evaluation.objects import shared_object
from permlint.evaluation.running import Frame, Observer, Site, Spent, Step
from permlint.evaluation.scopes import Scope
from permlint.evaluation.statements import STATEMENTS
from permlint.evaluation.telling import tell_unfilled
from permlint.evaluation.values import (
    NOTHING,
    Arguments,
    Class,
    External,
    Function,
    Instance,
    List,
    Map,
    Text,
    Unknown,
    Value,
    either,
)

_ROOT_STEPS = 25_000
_ALL_STEPS = 3_000_000
_MAX_CALLS = 8
_MAX_GIVEN_UP = 4


class Interpreter:
    """Runs the programs of one project: its own methods run modules, functions, statements and expressions.

    modules: the files of the project. observer: who is told what is met. libraries: what the names of a language mean.
    """

    def __init__(self, modules: Modules, observer: Observer, libraries: Callable[[str], Library]) -> None:
        self.modules = modules
        self.observer = observer
        self._libraries = libraries
        self.roots: set[str] = set()
        """The files that are run whatever they hold."""
        self.stand_ins: tuple[str, ...] = ()
        """The dotted paths of functions that the observer is told of in place of running them."""

        # Where the run stands.
        self.program: p.Program | None = None
        self.scope: Scope | None = None
        self.frame = Frame(0)
        self.branch: tuple[int, ...] = ()
        self.chain: list[Step] = []
        """The calls that are being made, outermost first."""
        self._running: list[tuple[str, int]] = []

        # What it has met, kept for whoever asks later.
        self.scopes: dict[str, Scope] = {}
        """The names of each module that is run, by its file."""
        self.functions: dict[tuple[str, int], Function] = {}
        self.classes: dict[tuple[str, int], Class] = {}
        self.called: set[tuple[str, int]] = set()
        """The functions that somebody in the project calls."""
        self.subclassed: set[tuple[str, int]] = set()
        self.lineages: dict[Class, list[Class]] = {}
        self.handed: dict[tuple[str, int], External] = {}
        """What a function without a name is called with by something outside the project."""
        self.stood_in: set[tuple[p.Program, int, int]] = set()
        """The functions of `stand_ins` that were called: file and extent."""
        self.templates: list[tuple[Text, Site]] = []
        """Texts that something may yet be filled into; those in which that has happened are in `filled_in`."""
        self.filled_in: set[tuple[int, int]] = set()
        self.spent: list[str] = []
        """The files in which something took too long to work out."""
        self.common = Common(modules, self.roots)
        self._done: set[tuple[tuple[str, int], tuple[str, int] | None]] = set()
        self._known_calls: dict[object, tuple[Value, Arguments, Value | None]] = {}
        self._count = 0
        self._steps = 0
        self._limit = _ROOT_STEPS
        self._total = 0

    @property
    def library(self) -> Library:
        """What the names of the language mean that the running program is written in."""
        return self._libraries(self.program.language if self.program is not None else "")

    def library_of(self, path: str) -> Library:
        """What the names of the language mean that a file is written in."""
        program = self.modules.program(path)
        return self._libraries(program.language if program is not None else "")

    def names(self) -> dict[str, Value]:
        """The names of the scope that runs."""
        assert self.scope is not None
        return self.scope.names

    def in_class(self) -> bool:
        """Whether the body of a class runs."""
        return self.scope is not None and self.scope.kind == "class"

    def number(self) -> int:
        """A number that no frame and no branch has yet."""
        self._count += 1
        return self._count

    def step(self) -> None:
        """Counts one step of what is being run. Raises Spent where its budget is used up."""
        self._steps += 1
        if self._steps > self._limit:
            raise Spent

    def is_run(self, path: str) -> bool:
        """Whether a file is run anyway."""
        return path in self.roots or path in self.scopes

    def name_of(self, key: tuple[str, int]) -> str:
        """The name of a function or class of the project; a method's is its class's."""
        function = self.functions.get(key)
        if function is not None:
            return function.node.name if function.cls is None else function.cls.node.name
        cls = self.classes.get(key)
        return cls.node.name if cls is not None else ""

    # Roots --------------------------------------------------------------------------------------------------------

    def run(self, paths: Iterable[str]) -> None:
        """Runs the modules in these files and every function and method that they define."""
        paths = list(paths)
        for path in paths:
            self._root(path, partial(self.module_scope, path))
        wanted = set(paths)
        progress = True
        while progress:
            progress = False
            for key, function in list(self.functions.items()):
                if key[0] in wanted and function.cls is None and (key, None) not in self._done:
                    self._done.add((key, None))
                    progress = True
                    if key in self.called and self._libraries(function.program.language).dynamic:
                        continue  # What it does hangs on who calls it.
                    self._root(key[0], partial(self._call_symbolic, function, None))
            for key, cls in list(self.classes.items()):
                if key[0] not in wanted:
                    continue
                for function in methods_of(self, cls):
                    mark = (function.key, key)
                    if mark not in self._done and len(self._done) < 20_000:
                        self._done.add(mark)
                        progress = True
                        self._root(key[0], partial(self._call_symbolic, function, cls))
        tell_unfilled(self)

    def _root(self, path: str, action: Callable[[], object]) -> None:
        if self._total > _ALL_STEPS:
            return
        state = (self.branch, self.program, self.scope, self.frame, self._running)
        self.branch, self._running = (), []
        self._steps = 0
        try:
            action()
        except (Spent, RecursionError):
            self.spent.append(path)
        finally:
            self._total += self._steps
            self.branch, self.program, self.scope, self.frame, self._running = state

    def suppose(self, key: tuple[str, int], parameter: str, value: Value) -> None:
        """Runs a function, as a method of each class that has it, with a value for one of its arguments."""
        function = self.functions.get(key)
        if function is None:
            return
        classes = [cls for cls in list(self.classes.values()) if function in methods_of(self, cls)]
        for cls in classes[:_MAX_CALLS] if function.cls is not None else [None]:
            self._root(key[0], partial(self._call_symbolic, function, cls, {parameter: value}))

    def _call_symbolic(self, function: Function, cls: Class | None, given: dict[str, Value] | None = None) -> None:
        """Runs a function with nothing known of its arguments but their defaults and what is given.

        cls: as a method of this class.
        """
        owner = shared_object(self, cls) if cls is not None else None
        first = function.node.parameters[:1]
        handed = self.handed.get(function.key) if first and first[0].annotation is None else None
        missing = Unknown("nobody in the project calls it", function.key)
        arguments = Arguments([] if handed is None else [handed], given, missing)
        self.branch = (self.number(),)
        self.apply(function, arguments, owner if not is_static(function) else None, symbolic=True)

    # Modules ------------------------------------------------------------------------------------------------------

    def module_scope(self, path: str) -> Scope | None:
        """The names of the module in a file, which is run when first asked for."""
        if path in self.scopes:
            return self.scopes[path]
        program = self.modules.program(path)
        if program is None:
            return None
        scope = Scope("module", program)
        self.scopes[path] = scope
        state = (self.branch, self.program, self.scope, self.frame, self._running, self._steps)
        self.branch, self.program, self.scope, self.frame = (), program, scope, Frame(self.number())
        self._running, self._steps = [], 0
        try:
            for statement in program.body:
                if not self._top_level(statement):
                    break
        finally:
            self._total += self._steps
            self.branch, self.program, self.scope, self.frame, self._running, self._steps = state
        for name, value in list(scope.names.items()):
            self.observer.bound(p.bare(name), value, Site(program, 0, 0, 0), "module")
        return scope

    def _top_level(self, statement: p.Statement) -> bool:
        """Runs a statement of a module. One that takes too long is given up, with what it may have changed."""
        assert self.program is not None
        assert self.scope is not None
        scope, frame, names, program = self.scope, self.frame, self.scope.names, self.program
        try:
            return self.block((statement,))
        except (Spent, RecursionError):
            self.scope, self.frame, self.program, self.branch, self._running = scope, frame, program, (), []
            scope.names = names
            self.spent.append(program.path)
            self._total, self._steps = self._total + self._steps, 0
            _give_up(statement, names)
            return self.spent.count(program.path) < _MAX_GIVEN_UP and self._total <= _ALL_STEPS

    # Statements ---------------------------------------------------------------------------------------------------

    def block(self, statements: Iterable[p.Statement]) -> bool:
        """Runs statements; False where the end is not reached."""
        for statement in statements:
            self.step()
            if not STATEMENTS[type(statement)](self, statement):
                return False
        return True

    # Expressions --------------------------------------------------------------------------------------------------

    def evaluate(self, node: p.Expression) -> Value:
        """What an expression may be."""
        self.step()
        return EXPRESSIONS[type(node)](self, node)

    # Functions -------------------------------------------------------------------------------------------------------

    def apply(self, function: Function, arguments: Arguments, owner: Value | None, *, symbolic: bool = False) -> Value:
        """Runs a function of the project with arguments and gives what it returns."""
        key = function.key
        if not symbolic:
            self.called.add(key)
        if self._running.count(key) >= 2 or len(self._running) >= _MAX_CALLS:
            return Unknown("the calls are nested too deeply to be followed")
        dynamic = self._libraries(function.program.language).dynamic
        print_ = fingerprint(function, arguments, owner)
        known = self._known_calls.get(print_)
        if known is not None and not dynamic:
            return again(self, known[0], function, arguments, owner)
        sizes = sizes_of(arguments.all())
        around = self.scope if dynamic and not symbolic else function.scope
        scope = Scope("function", function.program, around)
        state = (self.program, self.scope, self.frame, self.branch)
        frame = Frame(self.number(), function.cls, owner, (function.node.start, function.node.end), self.branch)
        self.program, self.scope, self.frame = function.program, scope, frame
        self._running.append(key)
        try:
            bind_parameters(self, function, arguments, owner, scope)
            reached = self.block(function.node.body)
        finally:
            self._running.pop()
            self.program, self.scope, self.frame, self.branch = state
        result = self._result(function, owner, frame, reached=reached)
        if sizes_of(arguments.all()) == sizes:
            # Kept as it is now: the caller may add to it.
            self._known_calls[print_] = (again(self, result, function, arguments, owner), arguments, owner)
        return result

    def _result(self, function: Function, owner: Value | None, frame: Frame, *, reached: bool) -> Value:
        """What a call gives whose frame has run. reached: whether the end of the body may be reached."""
        if frame.yields is not None:
            return List(frame.yields, "generator", branch=self.branch)
        if frame.returns:
            return either([*frame.returns, NOTHING] if reached else frame.returns)
        if not reached:
            return Unknown("it never returns", _owner_key(function, owner))
        if function.cls is not None and is_empty(function.node):
            return Unknown("a subclass says it", _owner_key(function, owner))
        return NOTHING


def _give_up(statement: p.Statement, names: dict[str, Value]) -> None:
    """Marks what a statement that was not run to its end may have bound or changed."""
    reason = Unknown("it takes too long to work out")
    for node in p.inside(statement):
        if isinstance(node, p.Name):
            found = names.get(node.id)
            if isinstance(found, (List, Map)):
                found.missing = found.missing or reason
    for target in statement.targets if isinstance(statement, p.Assign) else ():
        if isinstance(target, p.Name):
            names[target.id] = reason


def _owner_key(function: Function, owner: Value | None) -> tuple[str, int] | None:
    """A method that only raises is there to be replaced by a subclass."""
    if isinstance(owner, Instance):
        return owner.cls.key
    return function.cls.key if function.cls is not None else None
