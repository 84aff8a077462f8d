"""The interpreter: runs programs over abstract values, each function from its callers and once by itself.

It executes what can be known and skips over what can't: of a branch whose test is not known all ways are taken and the
results united, a loop over known items runs for each, any other once. What it meets on the way (calls of things outside
the project, texts, bindings of names) it tells an observer, which knows what they mean; nothing here knows of Meta.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from permlint import program as p
from permlint.evaluation import operations as ops
from permlint.evaluation.library import Library, copy_of
from permlint.evaluation.modules import Modules
from permlint.evaluation.scopes import Scope
from permlint.evaluation.values import (
    MAX_ITEMS,
    NOTHING,
    Arguments,
    Bound,
    Class,
    Collection,
    Constant,
    Either,
    External,
    Function,
    Hole,
    Instance,
    Item,
    Lazy,
    List,
    Map,
    Module,
    Partial,
    Piece,
    Setting,
    Super,
    Text,
    Unknown,
    Value,
    alternatives,
    either,
    force,
    known_text,
    literal,
    spread,
    truth,
)

_ROOT_STEPS = 25_000
_ALL_STEPS = 3_000_000
_MAX_CALLS = 8
_MAX_UNROLLED = 64
_MAX_GIVEN_UP = 4


class Spent(Exception):
    """The budget of steps for one evaluation is used up."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where something happens: the file, the extent, and the frame (a number for each run of a function's body)."""

    program: p.Program
    start: int
    end: int
    frame: int
    chain: tuple[Step, ...] = ()


class Step(NamedTuple):
    """A call on the way to a site, outermost first: its file and extent, the extent of the function that makes it, and the
    name that it calls by."""

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

    def part(self, owner: External, name: str) -> Value | None:
        """A part of something outside the project is read; returns its value, None where the observer has nothing to say."""

    def looks_at(self, name: str) -> bool:
        """Whether a call of a part of this name is worth reading another file for."""


class _Frame:
    """One run of a function's body (or a module's, or a class's)."""

    __slots__ = ("body", "branch", "cls", "exits", "left", "number", "owner", "returns", "yields")

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
        self.yields: list[Item] | None = None


class Interpreter:
    """Runs the programs of one project."""

    def __init__(self, modules: Modules, observer: Observer, library: Library) -> None:
        self.modules = modules
        self.observer = observer
        self.library = library
        self.branch: tuple[int, ...] = ()
        self.called: set[tuple[str, int]] = set()
        self.subclassed: set[tuple[str, int]] = set()
        self.spent: list[str] = []
        self.roots: set[str] = set()
        self._scopes: dict[str, Scope] = {}
        self._running: list[tuple[str, int]] = []
        self._chain: list[Step] = []
        self._functions: dict[tuple[str, int], Function] = {}
        self._classes: dict[tuple[str, int], Class] = {}
        self._done: set[tuple[tuple[str, int], tuple[str, int] | None]] = set()
        self._known_calls: dict[object, tuple[Value, Arguments, Value | None]] = {}
        self.stand_ins: tuple[str, ...] = ()
        self.stood_in: set[tuple[p.Program, int, int]] = set()
        self._lineages: dict[Class, list[Class]] = {}
        self._templates: list[tuple[Text, Site]] = []
        self._filled: set[tuple[int, int]] = set()
        self._count = 0
        self._steps = 0
        self._limit = _ROOT_STEPS
        self._total = 0
        self._program: p.Program | None = None
        self._scope: Scope | None = None
        self._frame = _Frame(0)

    # Roots --------------------------------------------------------------------------------------------------------

    def run(self, paths: Iterable[str]) -> None:
        """Runs the modules in these files and every function and method that they define."""
        paths = list(paths)
        for path in paths:
            self._root(path, lambda path=path: self.module_scope(path))  # type: ignore[misc]
        wanted = set(paths)
        progress = True
        while progress:
            progress = False
            for key, function in list(self._functions.items()):
                if key[0] in wanted and function.cls is None and (key, None) not in self._done:
                    self._done.add((key, None))
                    progress = True
                    self._root(key[0], lambda f=function: self._call_symbolic(f, None))  # type: ignore[misc]
            for key, cls in list(self._classes.items()):
                if key[0] not in wanted:
                    continue
                for function in self._methods(cls):
                    mark = (function.key, key)
                    if mark not in self._done and len(self._done) < 20_000:
                        self._done.add(mark)
                        progress = True
                        self._root(
                            key[0],
                            lambda f=function, c=cls: self._call_symbolic(f, self.shared(c)),  # type: ignore[misc]
                        )
        self._tell_unfilled()

    def name_of(self, key: tuple[str, int]) -> str:
        """The name of a function or class of the project; a method's is its class's."""
        function = self._functions.get(key)
        if function is not None:
            return function.node.name if function.cls is None else function.cls.node.name
        cls = self._classes.get(key)
        return cls.node.name if cls is not None else ""

    def _methods(self, cls: Class) -> list[Function]:
        """Its own functions, and those of its bases that it does not replace."""
        out: list[Function] = []
        seen: set[str] = set()
        for one in self.lineage(cls):
            for name, value in one.names.items():
                for option in value.values if isinstance(value, Either) else (value,):
                    if isinstance(option, Function) and name not in seen and option.node.name == name:
                        out.append(option)
            seen.update(one.names)
        return out

    def lineage(self, cls: Class) -> list[Class]:
        """The class and its bases within the project, nearest first."""
        known = self._lineages.get(cls)
        if known is not None:
            return known
        self._lineages[cls] = out = [cls]  # For whoever asks while the answer is being found: bases may go in a circle.
        for base in cls.bases:
            for option in alternatives(base):
                if isinstance(option, Class) and option is not cls:
                    self.subclassed.add(option.key)
                    more = self.lineage(option)
                    # A base of several of its bases comes after all of these.
                    kept = [one for one in out if one is cls or one not in more]
                    out = kept + [one for one in more if one is not cls]
        self._lineages[cls] = out
        return out

    def _root(self, path: str, action: Callable[[], object]) -> None:
        if self._total > _ALL_STEPS:
            return
        state = (self.branch, self._program, self._scope, self._frame, self._running)
        self.branch, self._running = (), []
        self._steps = 0
        try:
            action()
        except (Spent, RecursionError):
            self.spent.append(path)
        finally:
            self._total += self._steps
            self.branch, self._program, self._scope, self._frame, self._running = state

    def _step(self) -> None:
        self._steps += 1
        if self._steps > self._limit:
            raise Spent

    def _call_symbolic(self, function: Function, owner: Value | None) -> None:
        """Runs a function with nothing known of its arguments but their defaults."""
        arguments = Arguments(missing=Unknown("nobody in the project calls it", function.key))
        self.branch = (self._number(),)
        self.apply(function, arguments, owner if not self._is_static(function) else None, symbolic=True)

    def _number(self) -> int:
        self._count += 1
        return self._count

    def nowhere(self) -> p.Call:
        """A call node at no place of its own, for calls that the language's library makes."""
        return p.Call(0, 0, p.Name(0, 0, ""), ())

    # Modules ------------------------------------------------------------------------------------------------------

    def module_scope(self, path: str) -> Scope | None:
        """The names of the module in a file, which is run when first asked for."""
        if path in self._scopes:
            return self._scopes[path]
        program = self.modules.program(path)
        if program is None:
            return None
        scope = Scope("module", program)
        self._scopes[path] = scope
        state = (self.branch, self._program, self._scope, self._frame, self._running, self._steps)
        self.branch, self._program, self._scope, self._frame = (), program, scope, _Frame(self._number())
        self._running, self._steps = [], 0
        try:
            for statement in program.body:
                if not self._top_level(statement):
                    break
        finally:
            self._total += self._steps
            self.branch, self._program, self._scope, self._frame, self._running, self._steps = state
        for name, value in list(scope.names.items()):
            self.observer.bound(name, value, Site(program, 0, 0, 0), "module")
        return scope

    def _top_level(self, statement: p.Statement) -> bool:
        """Runs a statement of a module. One that takes too long is given up, with what it may have changed."""
        assert self._program is not None
        assert self._scope is not None
        scope, frame, names, program = self._scope, self._frame, self._scope.names, self._program
        try:
            return self.block((statement,))
        except (Spent, RecursionError):
            self._scope, self._frame, self._program, self.branch, self._running = scope, frame, program, (), []
            scope.names = names
            self.spent.append(program.path)
            self._total, self._steps = self._total + self._steps, 0
            reason = Unknown("it takes too long to work out")
            for node in p.inside(statement):
                if isinstance(node, p.Name):
                    found = names.get(node.id)
                    if isinstance(found, (List, Map)):
                        found.missing = found.missing or reason
            for target in statement.targets if isinstance(statement, p.Assign) else ():
                if isinstance(target, p.Name):
                    names[target.id] = reason
            return self.spent.count(program.path) < _MAX_GIVEN_UP and self._total <= _ALL_STEPS

    def import_(self, node: p.Import) -> None:
        assert self._program is not None
        importer = self._program.path
        if not node.names:
            name = node.module if node.whole else node.bound
            self.bind(node.bound, self._module(importer, name, 0))
            return
        for name, bound in node.names:
            if name == "*":
                self._import_all(importer, node)
                continue
            self.bind(bound, self._imported(importer, node.module, node.level, name))

    def _module(self, importer: str, module: str, level: int) -> Value:
        found = self.modules.find(importer, module, level)
        if found is None:
            return External((module,)) if not level else Unknown("its module is not in the project")
        path, folder = found
        return Module(path, folder)

    def _imported(self, importer: str, module: str, level: int, name: str) -> Value:
        found = self.modules.find(importer, module, level)
        if found is None:
            if level:
                return Unknown(f"the module of {name} is not in the project")
            outside = External((f"{module}.{name}",))
            return self.observer.part(External((module,)), name) or outside
        path, folder = found
        return Lazy(lambda: self._member(path, folder, name, importer), name, path or "")

    def _member(self, path: str | None, folder: str, name: str, importer: str) -> Value:
        if path is not None:
            scope = self.module_scope(path)
            if scope is not None:
                value = scope.names.get(name)
                if value is not None:
                    return value
        if folder or path is None:
            base = f"{folder}/_.py" if folder else "_.py"
            found = self.modules.find(base, name, 1)
            if found is not None:
                return Module(*found)
        if path is None:
            return Unknown(f"{name} is not in the project")
        return Unknown(f"{name} is not defined in {path}")

    def _import_all(self, importer: str, node: p.Import) -> None:
        found = self.modules.find(importer, node.module, node.level)
        if found is None or found[0] is None:
            return
        scope = self.module_scope(found[0])
        if scope is not None:
            listed = ops.text_items(scope.names.get("__all__", NOTHING)) or set()
            for name, value in list(scope.names.items()):
                if not name.startswith("_") or name in listed:
                    self.bind(name, value)

    # Statements ---------------------------------------------------------------------------------------------------

    def block(self, statements: Iterable[p.Statement]) -> bool:
        """Runs statements; False where the end is not reached."""
        for statement in statements:
            self._step()
            if not _STATEMENTS[type(statement)](self, statement):
                return False
        return True

    def assign(self, node: p.Assign) -> bool:
        if node.value is None:
            if node.annotation is not None and self._in_class() and isinstance(node.targets[0], p.Name):
                cls = self._frame.cls
                self.names().setdefault(node.targets[0].id, Unknown("it has no default", cls.key if cls else None))
            return True
        value = self.evaluate(node.value)
        for target in node.targets:
            self.assign_to(target, value)
        return True

    def assign_to(self, target: p.Expression, value: Value) -> None:
        if isinstance(target, p.Name):
            self.bind(target.id, value)
            if self._scope is not None and self._scope.kind != "function":
                self.observer.bound(target.id, value, self.site(target), "name")
        elif isinstance(target, p.Sequence):
            self._unpack(target, value)
        elif isinstance(target, p.Attribute):
            owner = self.evaluate(target.value)
            self._set_attribute(owner, target.name, value)
            self.observer.bound(target.name, value, self.site(target), "entry")
        elif isinstance(target, p.Index):
            owner = self.evaluate(target.value)
            if isinstance(target.key, p.Slice):
                self._set_slice(owner, target.key, value)
                return
            key = self.evaluate(target.key)
            self._set_entry(owner, key, value, target.key)

    def _unpack(self, target: p.Sequence, value: Value) -> None:
        options = alternatives(value)
        items: list[Value] | None = None
        if len(options) == 1 and isinstance(options[0], List) and options[0].missing is None:
            items = [item.value for item in options[0].items]
        for index, inner in enumerate(target.items):
            if isinstance(inner, p.Spread):
                rest: Value = Unknown("it is the rest of a collection")
                if items is not None:
                    after = len(target.items) - index - 1
                    rest = List([Item(item) for item in items[index : len(items) - after or None]])
                    items = [NOTHING] * (index + 1) + items[len(items) - after :] if after else None
                self.assign_to(inner.value, rest)
            elif items is not None and index < len(items):
                self.assign_to(inner, items[index])
            else:
                self.assign_to(inner, Unknown("it is unpacked from something that is only known at run time"))

    def bind(self, name: str, value: Value) -> None:
        assert self._scope is not None
        outer = self._scope.outer.get(name) if self._scope.outer else None
        if outer is None:
            self._scope.names[name] = value
            return
        # Whether the function runs before others look at the name is only known where its call is.
        old = outer.names.get(name)
        outer.names[name] = value if old is None or not self.branch else either([old, value])

    def outer(self, node: p.Outer) -> bool:
        assert self._scope is not None
        scope = self._scope.parent
        for name in node.names:
            found = scope
            while (
                found is not None
                and found.parent is not None
                and (node.file or found.kind == "class" or name not in found.names)
            ):
                found = found.parent
            if found is not None:
                self._scope.outer = {**(self._scope.outer or {}), name: found}
        return True

    def names(self) -> dict[str, Value]:
        assert self._scope is not None
        return self._scope.names

    def _in_class(self) -> bool:
        return self._scope is not None and self._scope.kind == "class"

    def _set_attribute(self, owner: Value, name: str, value: Value) -> None:
        owner = force(owner)
        if isinstance(owner, Instance):
            old = owner.attributes.get(name)
            if old is not None and not self._certain(owner.branch):
                value = either([old, value])
            owner.attributes[name] = value
        elif isinstance(owner, Class):
            owner.names[name] = value
        elif isinstance(owner, Module) and owner.path is not None:
            scope = self.module_scope(owner.path)
            if scope is not None:
                old = scope.names.get(name)
                scope.names[name] = value if old is None or not self.branch else either([old, value])
        else:
            self.observer.assigned(owner, name, value)

    def _set_entry(self, owner: Value, key: Value, value: Value, node: p.Expression) -> None:
        name = known_text(key)
        for option in alternatives(owner):
            if isinstance(option, List):
                self._set_item(option, force(key), value)
            elif isinstance(option, Map):
                if name is None:
                    option.missing = option.missing or Unknown("some of its keys are only known at run time")
                else:
                    self._put(option, name, value, node)
        if name is not None:
            self.observer.bound(name, value, self.site(node), "entry")

    def _set_item(self, owner: List, key: Value, value: Value) -> None:
        position = key.value if isinstance(key, Constant) and isinstance(key.value, int) else None
        if position is None or not -len(owner.items) <= position < len(owner.items):
            owner.missing = owner.missing or Unknown("which of its items is replaced is only known at run time")
        elif _holds(value, owner):
            owner.missing = owner.missing or Unknown("it holds itself")
        elif self._certain(owner.branch):
            owner.items[position] = Item(value)
        else:
            owner.items[position] = Item(either([owner.items[position].value, value]))

    def _set_slice(self, owner: Value, key: p.Slice, value: Value) -> None:
        bounds = [None if bound is None else force(self.evaluate(bound)) for bound in (key.lower, key.upper, key.step)]
        more = ops.items_of(self._iterated(value))
        for option in alternatives(owner):
            if not isinstance(option, List):
                continue
            numbers = _numbers(bounds)
            if numbers is None or numbers.step not in (None, 1) or not self._certain(option.branch):
                self.extend(option, more)
                option.missing = option.missing or Unknown("which of its items are replaced is only known at run time")
            else:
                option.items[numbers] = more.items
                option.missing = option.missing or more.missing

    def _put(self, owner: Map, name: str, value: Value, node: p.Expression | None) -> None:
        assert self._program is not None
        if _holds(value, owner):
            owner.missing = owner.missing or Unknown("it holds itself")
            return
        old = owner.entries.get(name)
        certain = self._certain(owner.branch)
        place = None
        if isinstance(node, p.String) and node.parts:
            place = (self._program, node.parts[0].start, node.parts[-1].end)
        if not certain and old is not None:
            owner.entries[name] = Item(either([old.value, value]), certain=old.certain, key=place or old.key)
        elif old is not None or len(owner.entries) < MAX_ITEMS:
            owner.entries[name] = Item(value, certain=certain, key=place)

    def _certain(self, branch: tuple[int, ...]) -> bool:
        """Whether what happens now happens to everything that was made in that branch."""
        return branch[: len(self.branch)] == self.branch

    def augment(self, node: p.Augment) -> bool:
        old = self.evaluate(node.target)
        value = self.evaluate(node.value)
        forced = force(old)
        in_place = isinstance(forced, Map) or (isinstance(forced, List) and forced.kind in ("list", "set"))
        if node.operator in ("+", "|") and isinstance(forced, (List, Map)) and in_place:
            self.extend(forced, value)
            return True
        result = self.operate(node.operator, old, value)
        self._tell(result, node)
        self.assign_to(node.target, result)
        return True

    def extend(self, owner: Collection, value: Value) -> None:
        """Puts all items of a value into a collection, in place."""
        certain = self._certain(owner.branch)
        if isinstance(owner, List):
            more = ops.combined([value])
            assert isinstance(more, List)
            for item in more.items:
                self.append(owner, item.value, certain=certain and item.certain)
            owner.missing = owner.missing or more.missing
        elif isinstance(owner, Map):
            more_entries = ops.merged([value])
            assert isinstance(more_entries, Map)
            for name, item in more_entries.entries.items():
                if certain and item.certain:
                    owner.entries[name] = item
                else:
                    old = owner.entries.get(name)
                    owner.entries[name] = Item(
                        either([old.value, item.value]) if old else item.value,
                        certain=old.certain if old else False,
                        key=item.key,
                    )
            owner.missing = owner.missing or more_entries.missing

    def append(self, owner: List, value: Value, *, certain: bool) -> None:
        if len(owner.items) >= MAX_ITEMS:
            owner.missing = owner.missing or Unknown("it has too many items")
            return
        if _holds(value, owner):
            owner.missing = owner.missing or Unknown("it holds itself")
            return
        if owner.kind == "set" and (text := known_text(value)) is not None:
            if any(known_text(item.value) == text and item.certain for item in owner.items):
                return
        owner.items.append(Item(value, certain=certain and self._certain(owner.branch)))

    def do(self, node: p.Do) -> bool:
        self.evaluate(node.value)
        return True

    def return_(self, node: p.Return) -> bool:
        self._frame.returns.append(NOTHING if node.value is None else self.evaluate(node.value))
        self._frame.exits.add("return")
        return False

    def leave(self, node: p.Leave) -> bool:
        if node.value is not None:
            self.evaluate(node.value)
        self._frame.exits.add(node.kind)
        if node.kind != "raise":
            self._frame.left.append((node.kind, self.names()))
        return False

    def branch_(self, node: p.Branch) -> bool:
        ways: list[Iterable[p.Statement]] = []
        decided = False
        for test, body in node.ways:
            known = truth(self.evaluate(test))
            if known is False:
                continue
            ways.append(body)
            if known:
                decided = True
                break
        if not decided:
            ways.append(node.otherwise)
        if len(ways) == 1:
            return self.block(ways[0])
        return self._fork([lambda body=body: self.block(body) for body in ways])  # type: ignore[misc]

    def _fork(self, ways: list[Callable[[], bool]]) -> bool:
        """Takes each way from the same state and unites the names that result."""
        assert self._scope is not None
        scope = self._scope
        before = scope.names
        outer = self.branch
        frame = self._frame
        exits, frame.exits = frame.exits, set()
        ends: list[dict[str, Value]] = []
        for way in ways:
            scope.names = dict(before)
            self.branch = (*outer, self._number())
            if way():
                ends.append(scope.names)
        # Where some way has left, what follows happens only on the others; a way that raises asks for nothing anyway.
        self.branch = (*outer, self._number()) if frame.exits - {"raise"} else outer
        frame.exits |= exits
        scope.names = before
        if not ends:
            return False
        _unite(before, ends)
        return True

    def loop(self, node: p.Loop) -> bool:
        iterable = self.evaluate(node.iterable)
        target = node.target
        frame, outer = self._frame, self.branch
        before = (frame.exits, frame.left)
        exits: set[str] = set()
        broken: list[dict[str, Value]] = []
        reached = True
        for run in self._turns(node, target, iterable):
            frame.exits, frame.left = set(), []
            self.branch = (*outer, self._number()) if exits & {"break", "return"} else outer
            reached = run()
            exits |= frame.exits
            _unite(self.names(), [names for kind, names in frame.left if kind == "continue"], also=reached)
            broken += [names for kind, names in frame.left if kind == "break"]
            reached = reached or "continue" in frame.exits
            if not reached:
                break
        frame.exits, frame.left = before[0] | (exits - {"break", "continue"}), before[1]
        self.branch = (*outer, self._number()) if "return" in exits else outer
        if reached and node.otherwise:
            if broken:
                self._fork([lambda: self.block(node.otherwise), lambda: True])
            else:
                reached = self.block(node.otherwise)
        _unite(self.names(), broken, also=reached)
        return reached or bool(broken)

    def _turns(self, node: p.Loop, target: p.Expression | None, iterable: Value) -> Iterator[Callable[[], bool]]:
        """The runs of a loop's body, each False where its end is not reached."""

        def maybe() -> bool:
            return self._fork([lambda: self.block(node.body), lambda: True])

        if target is None:
            known = truth(iterable)
            if known is not False:
                yield (lambda: self.block(node.body)) if known else maybe
            return
        source = ops.items_of(self._iterated(iterable))
        for item in source.items[:_MAX_UNROLLED]:
            self.assign_to(target, item.value)
            yield (lambda: self.block(node.body)) if item.certain else maybe
        rest = source.missing
        if rest is not None or len(source.items) > _MAX_UNROLLED:
            whole = force(iterable)
            value: Value = rest or Unknown("it is one of very many items")
            if isinstance(whole, External):
                value = External(tuple([f"{path}[]" for path in whole.paths]), whole)

            def once() -> bool:
                self.assign_to(target, value)
                return self.block(node.body)

            yield lambda: self._fork([once, lambda: True])

    def with_(self, node: p.With) -> bool:
        for item, target in node.items:
            value = self.evaluate(item)
            if target is not None:
                self.assign_to(target, value)
        return self.block(node.body)

    def try_(self, node: p.Try) -> bool:
        assert self._scope is not None
        before = dict(self._scope.names)

        def body() -> bool:
            return self.block(node.body) and self.block(node.otherwise)

        def handler(statements: Iterable[p.Statement]) -> bool:
            # The body may have failed anywhere: what it bound may or may not be bound.
            assert self._scope is not None
            for name, value in after.items():
                old = before.get(name)
                self._scope.names[name] = value if old is None or old is value else either([old, value])
            return self.block(statements)

        reached = body()
        after = dict(self._scope.names)
        if node.handlers:
            ways: list[Callable[[], bool]] = [lambda: reached]
            ways += [lambda handled=handled: handler(handled) for handled in node.handlers]  # type: ignore[misc]
            reached = self._fork(ways)
        return self.block(node.finally_) and reached

    def function(self, node: p.Function) -> bool:
        value = self._function(node)
        decorated: Value = value
        for decorator in reversed(node.decorators):
            self.evaluate(decorator)
        self.bind(node.name, decorated)
        return True

    def _function(self, node: p.Function) -> Function:
        assert self._program is not None
        assert self._scope is not None
        defaults = {
            parameter.name: self.evaluate(parameter.default)
            for parameter in node.parameters
            if parameter.default is not None
        }
        cls = self._frame.cls if self._in_class() else None
        value = Function(node, self._program, self._scope, defaults, cls)
        self._functions.setdefault(value.key, value)
        return value

    def class_(self, node: p.Class) -> bool:
        assert self._program is not None
        assert self._scope is not None
        for decorator in node.decorators:
            self.evaluate(decorator)
        bases = [self.evaluate(base) for base in node.bases]
        for _, keyword in node.keywords:
            self.evaluate(keyword)
        scope = Scope("class", self._program, self._scope)
        cls = Class(node, self._program, scope.names, bases)
        outer_scope, outer_frame = self._scope, self._frame
        self._scope, self._frame = scope, _Frame(self._number(), cls)
        try:
            self.block(node.body)
        finally:
            self._scope, self._frame = outer_scope, outer_frame
        cls.names = scope.names
        self._classes.setdefault(cls.key, cls)
        self.bind(node.name, cls)
        for name, value in list(cls.names.items()):
            self.observer.bound(name, value, Site(self._program, node.start, node.end, 0), "class")
        self.observer.mapped(
            Map({name: Item(value) for name, value in cls.names.items()}, span=(self._program, node.start, node.end)),
            Site(self._program, node.start, node.end, self._frame.number),
        )
        return True

    def import_statement(self, node: p.Import) -> bool:
        self.import_(node)
        return True

    # Expressions --------------------------------------------------------------------------------------------------

    def site(self, node: p.Node) -> Site:
        assert self._program is not None
        return Site(self._program, node.start, node.end, self._frame.number)

    def evaluate(self, node: p.Expression) -> Value:
        """What an expression may be."""
        self._step()
        return _EXPRESSIONS[type(node)](self, node)

    def text(self, node: p.Text) -> Value:
        return Text((Piece(node.value, self._program, node.start, node.spots),))

    def string(self, node: p.String) -> Value:
        if len(node.parts) == 1 and isinstance(node.parts[0], p.Text):
            result: Value = self.text(node.parts[0])
        else:
            result = ops.concat([self._named(part, self.as_text(self.evaluate(part))) for part in node.parts])
        self._tell(result, node)
        return result

    def as_text(self, value: Value) -> Value:
        """An object of the project's own as the text that it says it is."""
        if isinstance(value, Instance):
            method = self._instance_part(value, "__str__")
            if isinstance(method, Bound):
                return self.apply(method.function, Arguments(), method.owner)
        return value

    def _named(self, node: p.Expression, value: Value) -> Value:
        """A value for a text; one that is not known keeps the name that the code gives it."""
        if isinstance(value, (Text, Constant, Either)) or (isinstance(value, Lazy) and value.value is not None):
            return value
        start = node.start
        while isinstance(node, (p.Call, p.Index)):
            node = (
                node.function
                if isinstance(node, p.Call)
                else node.key
                if isinstance(node.key, p.String)
                else node.value
            )
        name = ""
        if isinstance(node, p.Name):
            name = node.id
        elif isinstance(node, p.Attribute):
            name = node.name
        elif isinstance(node, p.String) and len(node.parts) == 1 and isinstance(node.parts[0], p.Text):
            name = node.parts[0].value
        assert self._program is not None
        return Text((Hole(value, name=name, spot=(self._program.path, start)),))

    def _tell(self, value: Value, node: p.Node) -> None:
        for one in value.values if isinstance(value, Either) else (value,):
            if not isinstance(one, Text):
                continue
            if any(isinstance(piece, Piece) and "://" in piece.text for piece in one.pieces):
                # An address is worth reading the files that its parts come from.
                whole = ops.settled(one)
                for text in whole.values if isinstance(whole, Either) else (whole,):
                    if isinstance(text, Text):
                        self._tell_text(text, node)
            else:
                self._tell_text(one, node)

    def _tell_text(self, text: Text, node: p.Node) -> None:
        if ops.is_template(text):
            self._templates.append((text, self.site(node)))
        else:
            self.observer.made(text, self.site(node))

    def filled(self, template: Value) -> None:
        """Something was filled into a text: by itself it means nothing."""
        for one in alternatives(template) if not isinstance(template, Lazy) else ():
            if isinstance(one, Text):
                self._filled.update(
                    [(id(piece.origin), piece.start) for piece in one.pieces if isinstance(piece, Piece)]
                )

    def _tell_unfilled(self) -> None:
        """Tells of the texts into which nobody has filled anything."""
        templates, self._templates = self._templates, []
        for text, site in templates:
            pieces = [piece for piece in text.pieces if isinstance(piece, Piece)]
            if not all((id(piece.origin), piece.start) in self._filled for piece in pieces):
                self.observer.made(ops.unfilled(text), site)

    def literal(self, node: p.Literal) -> Value:
        return NOTHING if node.value is None else Constant(node.value)

    def sequence(self, node: p.Sequence) -> Value:
        assert self._program is not None
        items: list[Item] = []
        missing: Unknown | None = None
        for inner in node.items:
            if isinstance(inner, p.Spread):
                more = ops.combined([self._iterated(self.evaluate(inner.value))])
                assert isinstance(more, List)
                items.extend(more.items)
                missing = missing or more.missing
            else:
                items.append(Item(self.evaluate(inner)))
        if len(items) > MAX_ITEMS:
            items, missing = items[:MAX_ITEMS], missing or Unknown("it has too many items")
        return List(items, node.kind, branch=self.branch, missing=missing, span=(self._program, node.start, node.end))

    def mapping(self, node: p.Mapping) -> Value:
        assert self._program is not None
        result = Map({}, branch=self.branch, span=(self._program, node.start, node.end))
        for key_node, value_node in node.entries:
            if key_node is None:
                self.extend(result, self.evaluate(value_node))
                continue
            key = self.evaluate(key_node)
            value = self.evaluate(value_node)
            name = known_text(key)
            if name is None:
                result.missing = result.missing or Unknown("some of its keys are only known at run time")
                result.entries[f"\0{len(result.entries)}"] = Item(value)
            else:
                self._put(result, name, value, key_node)
                self.observer.bound(name, value, self.site(key_node), "entry")
        self.observer.mapped(result, self.site(node))
        return result

    def spread(self, node: p.Spread) -> Value:
        return self.evaluate(node.value)

    def name(self, node: p.Name) -> Value:
        assert self._scope is not None
        found = self._scope.find(node.id)
        if found is not None:
            return self._at_hand(found)
        if self.library.knows(node.id):
            return External((node.id,))
        return Unknown(f"{node.id} is not defined in this file")

    def attribute(self, node: p.Attribute) -> Value:
        return self._at_hand(self.part(self.evaluate(node.value), node.name))

    def _at_hand(self, value: Value) -> Value:
        """A value that comes from a file that is run anyway is looked at where it is used, as the language does."""
        if isinstance(value, Lazy) and (value.value is not None or value.path in self.roots):
            return force(value)
        return value

    def part(self, owner: Value, name: str) -> Value:
        """The attribute of a value by its name."""

        def one(owner: Value) -> Value:
            if isinstance(owner, External):
                told = self.observer.part(owner, name)
                return owner.part(name) if told is None else told
            if isinstance(owner, Module):
                return self._module_part(owner, name)
            if isinstance(owner, Instance):
                return self._instance_part(owner, name)
            if isinstance(owner, Class):
                return self._class_part(owner, name, owner)
            if isinstance(owner, Super):
                return self._super_part(owner, name)
            if isinstance(owner, Unknown):
                return _UnknownPart(owner, name)
            held = isinstance(owner, (Text, Constant)) or (isinstance(owner, List) and not owner.fields)
            if held and name in self.library.same:
                return owner
            if isinstance(owner, List) and name in owner.fields:
                return owner.items[owner.fields.index(name)].value
            return _Method(owner, name)

        if isinstance(owner, Lazy) and owner.value is None:
            return Lazy(lambda: spread(force(owner), one), name, owner.path)
        return spread(owner, one)

    def _module_part(self, module: Module, name: str) -> Value:
        if module.path is not None and module.path in self._scopes:
            found = self._scopes[module.path].names.get(name)
            if found is not None:
                return found
        return Lazy(lambda: self._member(module.path, module.folder, name, ""), name, module.path or "")

    def _instance_part(self, owner: Instance, name: str) -> Value:
        if name == "__class__":
            return owner.cls
        found = owner.attributes.get(name)
        if found is not None:
            return found
        return self._class_part(owner.cls, name, owner)

    def _class_part(self, cls: Class, name: str, owner: Value) -> Value:
        outside: list[str] = []
        for one in self.lineage(cls):
            value = one.names.get(name)
            if value is not None:
                return spread(value, lambda found: self._as_member(found, owner, one))  # noqa: B023 -- called at once
            for base in one.bases:
                for option in alternatives(base):
                    if isinstance(option, External):
                        outside.extend(option.paths)
        made = isinstance(owner, Instance)
        if outside and not (name.startswith("__") and name.endswith("__")):
            paths = tuple([f"{path}().{name}" if made else f"{path}.{name}" for path in outside])
            return External(paths, owner)
        return _UnknownPart(Unknown(f"{name} is set elsewhere", cls.key), name)

    def _as_member(self, value: Value, owner: Value, cls: Class) -> Value:
        if not isinstance(value, Function) or value.cls is None:
            return value
        decorators = self._decorators(value)
        if "staticmethod" in decorators:
            return value
        if "classmethod" in decorators:
            return Bound(value, owner.cls if isinstance(owner, Instance) else owner)
        if isinstance(owner, Instance):
            if any(self.library.is_property(name) for name in decorators):
                return self.apply(value, Arguments(), owner)
            return Bound(value, owner)
        return value

    def _decorators(self, function: Function) -> list[str]:
        return [_dotted(decorator) for decorator in function.node.decorators]

    def _is_static(self, function: Function) -> bool:
        return "staticmethod" in self._decorators(function)

    def _super_part(self, owner: Super, name: str) -> Value:
        for one in self.lineage(owner.cls)[1:]:
            value = one.names.get(name)
            if value is not None:
                return self._as_member(value, owner.owner, one)
        outside = [
            path
            for one in self.lineage(owner.cls)
            for base in one.bases
            for option in alternatives(base)
            if isinstance(option, External)
            for path in option.paths
        ]
        if outside:
            return External(tuple([f"{path}().{name}" for path in outside]), owner.owner)
        return Unknown(f"{name} is not defined in the project")

    def index(self, node: p.Index) -> Value:
        owner = self.evaluate(node.value)
        if isinstance(node.key, p.Slice):
            bounds = [
                None if bound is None else force(self.evaluate(bound))
                for bound in (node.key.lower, node.key.upper, node.key.step)
            ]
            return spread(owner, lambda value: _sliced(value, bounds))
        key = self.evaluate(node.key)
        return self.entry(owner, key, self.site(node))

    def entry(self, owner: Value, key: Value, site: Site | None = None) -> Value:
        """The part of a value under a key or at a position."""

        def one(owner: Value) -> Value:
            if isinstance(owner, Map):
                name = known_text(key)
                if name is not None:
                    item = owner.entries.get(name)
                    if item is not None:
                        return item.value if item.certain else either([item.value, Unknown("it may be left out")])
                    if owner.factory is not None and owner.missing is None:
                        made = self.invoke(owner.factory, Arguments(), self.nowhere())
                        self._put(owner, name, made, None)
                        return made
                    return owner.missing or Unknown(f"there is no entry {name!r}")
                found = [item.value for item in owner.entries.values()]
                if found and len(found) <= 6:
                    return either([*found, *([owner.missing] if owner.missing else [])])
                return Unknown("which entry is only known at run time", ops.owner_of(force(key)))
            if isinstance(owner, List):
                position = force(key)
                if isinstance(position, Constant) and isinstance(position.value, int) and owner.missing is None:
                    if -len(owner.items) <= position.value < len(owner.items):
                        return owner.items[position.value].value
                return Unknown("which item is only known at run time")
            if isinstance(owner, External):
                result = External(tuple([f"{path}[]" for path in owner.paths]), owner, Arguments([key]))
                name = known_text(key)
                setting = self.observer.part(owner, name) if name is not None else None
                if setting is not None:
                    return setting
                if site is not None:
                    told = self.observer.called(result, "[]", Arguments([key]), site)
                    if told is not None:
                        return told
                return result
            if isinstance(owner, Class):
                # `Scopes["email"]` of an enumeration, or the parameters of a generic class.
                name = known_text(key)
                if name is not None and name in owner.names:
                    return owner.names[name]
                return owner
            if isinstance(owner, Unknown):
                return _same_unknown(owner)
            if isinstance(owner, Instance):
                method = self._instance_part(owner, "__getitem__")
                if isinstance(method, Bound):
                    return self.apply(method.function, Arguments([key]), method.owner)
            return Unknown("which part is only known at run time")

        return spread(owner, one)

    def slice(self, node: p.Slice) -> Value:
        for bound in (node.lower, node.upper, node.step):
            if bound is not None:
                self.evaluate(bound)
        return Unknown("it is a range")

    def binary(self, node: p.Binary) -> Value:
        left = self.evaluate(node.left)
        right = self.evaluate(node.right)
        if node.operator == "+" and isinstance(left, Text):
            right = self._named_part(node.right, right)
        elif node.operator == "+" and isinstance(right, Text):
            left = self._named_part(node.left, left)
        result = self.operate(node.operator, left, right)
        self._tell(result, node)
        return result

    def _named_part(self, node: p.Expression, value: Value) -> Value:
        return self._named(node, value) if isinstance(value, (Unknown, External)) else value

    def operate(self, operator: str, left: Value, right: Value) -> Value:
        """The value of a binary operator."""
        if operator == "+":
            return ops.added(left, right)
        if operator == "%":
            self.filled(left)
            return ops.format_percent(left, right)
        if operator == "|":
            a, b = force(left), force(right)
            if isinstance(a, Map) or isinstance(b, Map):
                return ops.merged([a, b])
            if isinstance(a, List) or isinstance(b, List):
                return ops.unique(ops.combined([a, b], "set"), "set")
        if operator == "-" and isinstance(force(left), List):
            return ops.without(force(left), right)
        if operator == "&" and isinstance(force(left), List):
            return ops.shared(force(left), right)
        if operator == "^" and isinstance(force(left), List):
            return ops.combined([ops.without(force(left), right), ops.without(right, left)], "set")
        if operator == "/":
            a = force(left)
            if isinstance(a, Text):
                return ops.concat([ops.strip(a, "/", "right"), literal("/"), right])
        if operator == "*":
            return left if isinstance(force(left), List) else Unknown("it is computed")
        return Unknown("it is computed", ops.owner_of(force(left)) if not isinstance(left, Lazy) else None)

    def not_(self, node: p.Not) -> Value:
        known = truth(self.evaluate(node.value))
        return Unknown("it is decided at run time") if known is None else Constant(not known)

    def logic(self, node: p.Logic) -> Value:
        left = self.evaluate(node.left)
        known = truth(left)
        if node.operator == "and":
            if known is False:
                return left
            right = self.evaluate(node.right)
            return right if known else either([right, Constant(False)])
        if node.operator == "??":
            return left if isinstance(left, (Text, List, Map)) else either([left, self.evaluate(node.right)])
        if known:
            return left
        right = self.evaluate(node.right)
        if known is False:
            return right
        options = left.values if isinstance(left, Either) else (left,)
        return either([*[value for value in options if truth(value) is not False], right])

    def compare(self, node: p.Compare) -> Value:
        left = self.evaluate(node.left)
        right = self.evaluate(node.right)
        known: bool | None = None
        if node.operator in ("in", "not in") and not isinstance(right, Lazy):
            known = ops.contains(left, right)
        elif node.operator in ("==", "!=", "is", "is not", "===", "!==") and not (
            isinstance(left, Lazy) or isinstance(right, Lazy)
        ):
            known = ops.equal(left, right)
        if known is None:
            return Unknown("it is decided at run time")
        return Constant(known != (node.operator in ("not in", "!=", "is not", "!==")))

    def choice(self, node: p.Choice) -> Value:
        known = truth(self.evaluate(node.test))
        if known is None:
            return either([self.evaluate(node.yes), self.evaluate(node.no)])
        return self.evaluate(node.yes if known else node.no)

    def comprehension(self, node: p.Comprehension) -> Value:
        assert self._scope is not None
        outer = self._scope
        self._scope = Scope("function", outer.program, outer)
        items: list[Item] = []
        pairs: dict[str, Item] = {}
        holder = List([])
        try:
            self._clause(node, 0, True, items, pairs, holder)  # the outermost clause always runs
        finally:
            self._scope = outer
        if node.kind == "mapping":
            return Map(pairs, branch=self.branch, missing=holder.missing)
        kind = "set" if node.kind == "set" else "list" if node.kind == "list" else "generator"
        result = List(items, kind, branch=self.branch, missing=holder.missing)
        return ops.unique(result, kind) if kind == "set" else result

    def _clause(
        self,
        node: p.Comprehension,
        depth: int,
        certain: bool,
        items: list[Item],
        pairs: dict[str, Item],
        holder: List,
    ) -> None:
        if depth == len(node.clauses):
            value = self.evaluate(node.item)
            if node.key is not None:
                key = self.evaluate(node.key)
                name = known_text(key)
                if name is None:
                    holder.missing = holder.missing or Unknown("some of its keys are only known at run time")
                else:
                    pairs[name] = Item(value, certain=certain, key=ops.spot_of(key))
            elif len(items) < MAX_ITEMS:
                items.append(Item(value, certain=certain))
            return
        target, iterable, conditions = node.clauses[depth]
        inner = self._scope
        if depth == 0 and inner is not None:
            self._scope = inner.parent  # The names of a class are seen from here only.
        source = ops.items_of(self._iterated(self.evaluate(iterable)))
        self._scope = inner
        holder.missing = holder.missing or source.missing
        inner_items = list(source.items)
        if not inner_items and source.missing is not None:
            # What is built for an unknown item is still looked at, and then thrown away.
            self.assign_to(target, source.missing)
            self._clause(node, len(node.clauses), certain=False, items=[], pairs={}, holder=List([]))
            return
        for item in inner_items:
            self.assign_to(target, item.value)
            sure = certain and item.certain
            keep = True
            for condition in conditions:
                known = truth(self.evaluate(condition))
                if known is False:
                    keep = False
                    break
                if known is None and not self._only_checks(condition, target):
                    sure = False
            if keep:
                self._clause(node, depth + 1, sure, items, pairs, holder)

    @staticmethod
    def _only_checks(condition: p.Expression, target: p.Expression) -> bool:
        """`if x` and `if x.strip()` over x leave out what is empty, which no scope is."""
        while isinstance(condition, (p.Call, p.Attribute)):
            condition = condition.function if isinstance(condition, p.Call) else condition.value
        return isinstance(condition, p.Name) and isinstance(target, p.Name) and condition.id == target.id

    def _iterated(self, value: Value) -> Value:
        """What an iteration over a value gives: of an enumeration its members."""

        def one(value: Value) -> Value:
            if isinstance(value, Class):
                kinds = (Text, List, Constant) if self._is_enumeration(value) else (Text,)
                return List(
                    [
                        Item(member)
                        for name, member in value.names.items()
                        if isinstance(member, kinds) and not name.startswith("_")
                    ]
                )
            if isinstance(value, Instance):
                method = self._instance_part(value, "__iter__")
                if isinstance(method, Bound):
                    return self.apply(method.function, Arguments(), method.owner)
            if isinstance(value, (Map, Text)):
                return ops.keys(value) if isinstance(value, Map) else Unknown("a text is taken letter by letter")
            return value

        return spread(value, one)

    def bind_expression(self, node: p.Bind) -> Value:
        value = self.evaluate(node.value)
        self.assign_to(node.target, value)
        return value

    def yield_(self, node: p.Yield) -> Value:
        value = self.evaluate(node.value)
        if self._frame.yields is None:
            self._frame.yields = []
        certain = self._certain(self._frame.branch)
        if node.all:
            more = ops.items_of(self._iterated(value))
            self._frame.yields.extend([Item(item.value, certain=item.certain and certain) for item in more.items])
        else:
            self._frame.yields.append(Item(value, certain=certain))
        return Unknown("it is sent in at run time")

    def opaque(self, node: p.Opaque) -> Value:
        for part in node.parts:
            self.evaluate(part)
        return Unknown(node.because)

    def lambda_(self, node: p.Function) -> Value:
        return self._function(node)

    # Calls --------------------------------------------------------------------------------------------------------

    def call(self, node: p.Call) -> Value:
        callee = self.evaluate(node.function)
        positional: list[Value] = []
        named: dict[str, Value] = {}
        missing: Unknown | None = None
        for name, argument in node.arguments:
            value = self.evaluate(argument)
            if name is None:
                positional.append(value)
            elif name == "*":
                more = force(value)
                if isinstance(more, List) and more.missing is None:
                    positional.extend([item.value for item in more.items])
                else:
                    missing = missing or Unknown("its arguments are only known at run time", ops.owner_of(more))
            elif name == "**":
                entries = force(value)
                if isinstance(entries, Map):
                    named.update({key: item.value for key, item in entries.entries.items()})
                    missing = missing or entries.missing
                else:
                    missing = missing or Unknown("its arguments are only known at run time", ops.owner_of(entries))
            else:
                named[name] = value
                self.observer.bound(name, value, self.site(argument), "argument")
        arguments = Arguments(positional, named, missing)
        if isinstance(callee, Lazy) and callee.value is None:
            if self._worth_forcing(callee):
                callee = force(callee)
            else:
                state = (self.branch, self._program, self._scope, self._frame)
                late = callee
                return Lazy(lambda: self._later(state, late, arguments, node), late.name, late.path)
        function = node.function
        name = function.name if isinstance(function, p.Attribute) else function.id if isinstance(function, p.Name) else ""
        assert self._program is not None
        step = Step(self._program, node.start, node.end, self._frame.body, name)
        self._chain.append(step)
        try:
            return self.invoke(callee, arguments, node)
        finally:
            self._chain.pop()

    def _call_site(self, node: p.Call) -> Site:
        assert self._program is not None
        return Site(self._program, node.start, node.end, self._frame.number, tuple(self._chain))

    def _later(
        self,
        state: tuple[tuple[int, ...], p.Program | None, Scope | None, _Frame],
        callee: Value,
        arguments: Arguments,
        node: p.Call,
    ) -> Value:
        now = (self.branch, self._program, self._scope, self._frame)
        self.branch, self._program, self._scope, self._frame = state
        try:
            return self.invoke(force(callee), arguments, node)
        finally:
            self.branch, self._program, self._scope, self._frame = now

    def _worth_forcing(self, callee: Lazy) -> bool:
        """Whether a call is worth reading the file that holds the callee: it matters, or the name tells something."""
        path = callee.path
        if callee.name in self.library.changing:
            return True
        return (
            path in self.roots
            or path.endswith(("/__init__.py", "/__init__.pyi"))
            or self.observer.looks_at(callee.name)
        )

    def invoke(self, callee: Value, arguments: Arguments, node: p.Call) -> Value:
        """The value of a call, whatever is called."""

        def one(callee: Value) -> Value:
            self._step()
            if self.stand_ins and self._stands_in(callee, arguments, node):
                return Unknown("it is the result of a function that the config describes")
            if isinstance(callee, Function):
                return self.apply(callee, arguments, None)
            if isinstance(callee, Bound):
                return self.apply(callee.function, arguments, callee.owner)
            if isinstance(callee, Class):
                return self._construct(callee, arguments, node)
            if isinstance(callee, Partial):
                joined = Arguments(
                    [*callee.arguments.positional, *arguments.positional],
                    {**callee.arguments.named, **arguments.named},
                    callee.arguments.missing or arguments.missing,
                )
                return self.invoke(callee.function, joined, node)
            if isinstance(callee, _Method):
                result = self.library.method(self, callee.owner, callee.name, arguments)
                self._tell(result, node)
                return result
            if isinstance(callee, External):
                return self._call_outside(callee, arguments, node)
            if isinstance(callee, Text):
                return callee  # A method of a text that gives it again.
            if isinstance(callee, Instance):
                method = self._instance_part(callee, "__call__")
                if isinstance(method, Bound):
                    return self.apply(method.function, arguments, method.owner)
            return self._call_unknown(callee, arguments, node)

        return spread(callee, one)

    def _stands_in(self, callee: Value, arguments: Arguments, node: p.Call) -> bool:
        """Whether a function of the project is one of `stand_ins`: then the observer is told, as of one outside of it."""
        function = callee.function if isinstance(callee, Bound) else callee
        if not isinstance(function, Function) or not any(each.endswith(f".{function.node.name}") for each in self.stand_ins):
            return False
        module = function.program.path.rpartition(".")[0].removesuffix("/__init__").replace("/", ".")
        cls = f".{function.cls.node.name}" if function.cls is not None else ""
        path = f"{module}{cls}.{function.node.name}"
        if not any(path == each or path.endswith(f".{each}") for each in self.stand_ins):
            return False
        self.stood_in.add((function.program, function.node.start, function.node.end))
        self.observer.called(External((path,)), function.node.name, arguments, self._call_site(node))
        return True

    def _call_outside(self, callee: External, arguments: Arguments, node: p.Call) -> Value:
        assert self._program is not None
        known = self.library.function(self, callee, arguments)
        if known is not None:
            self._tell(known, node)
            return known
        name = callee.paths[0].rpartition(".")[2]
        if arguments.named:
            self._tell_arguments(arguments, node)
        told = self.observer.called(callee, name, arguments, self._call_site(node))
        if told is not None:
            self._tell(told, node)
            return told
        return External(
            tuple([f"{path}()" for path in callee.paths]),
            callee.owner,
            arguments,
            (self._program, node.start, node.end),
        )

    def _tell_arguments(self, arguments: Arguments, node: p.Call) -> None:
        assert self._program is not None
        entries = {name: Item(value) for name, value in arguments.named.items()}
        self.observer.mapped(Map(entries, span=(self._program, node.start, node.end)), self.site(node))

    def _call_unknown(self, callee: Value, arguments: Arguments, node: p.Call) -> Value:
        name = callee.name if isinstance(callee, _UnknownPart) else ""
        if arguments.named:
            self._tell_arguments(arguments, node)
        told = self.observer.called(callee, name, arguments, self._call_site(node))
        if told is not None:
            return told
        if isinstance(callee, Unknown):
            return _same_unknown(callee)
        return Unknown("it is the result of something that permlint does not follow")

    def _construct(self, cls: Class, arguments: Arguments, node: p.Call | None) -> Value:
        if len(cls.names) and len(arguments.positional) == 1 and self._is_enumeration(cls):
            return arguments.positional[0]
        if self._has_base(cls, self.library.records):
            return self.library.functions["dict"](self, arguments)
        instance = Instance(cls, self.branch)
        self._initialise(cls, instance, arguments)
        if node is not None:
            for one in self.lineage(cls):
                for base in one.bases:
                    for option in alternatives(base):
                        if isinstance(option, External):
                            self.observer.called(option, option.paths[0].rpartition(".")[2], arguments, self.site(node))
            if arguments.named:
                self._tell_arguments(arguments, node)
        return instance

    def _is_enumeration(self, cls: Class) -> bool:
        return self._has_base(cls, self.library.enumerations)

    def _has_base(self, cls: Class, paths: frozenset[str]) -> bool:
        return any(
            path in paths
            for one in self.lineage(cls)
            for base in one.bases
            for option in alternatives(base)
            if isinstance(option, External)
            for path in option.paths
        )

    def _initialise(self, cls: Class, instance: Instance, arguments: Arguments, *, symbolic: bool = False) -> None:
        for one in self.lineage(cls):
            method = one.names.get("__init__")
            if isinstance(method, Function):
                self.apply(method, arguments, instance, symbolic=symbolic)
                return
        # A class without a constructor of its own gives its fields the arguments of their names (data classes, models).
        fields = [
            statement.targets[0].id
            for one in reversed(self.lineage(cls))
            for statement in one.node.body
            if isinstance(statement, p.Assign)
            and statement.annotation is not None
            and isinstance(statement.targets[0], p.Name)
        ]
        for name, value in zip(fields, arguments.positional, strict=False):
            instance.attributes[name] = value
        instance.attributes.update(arguments.named)
        for one in self.lineage(cls):
            method = one.names.get("__post_init__")
            if isinstance(method, Function):
                self.apply(method, Arguments(), instance, symbolic=symbolic)
                return

    def shared(self, cls: Class) -> Instance:
        """An instance of which nobody knows who made it."""
        if cls.shared is None:
            cls.shared = Instance(cls, (), made=False)
            outer = self.branch
            self.branch = ()
            try:
                missing = Unknown("nobody in the project makes such an object", cls.key)
                self._initialise(cls, cls.shared, Arguments(missing=missing), symbolic=True)
            finally:
                self.branch = outer
        return cls.shared

    def apply(self, function: Function, arguments: Arguments, owner: Value | None, *, symbolic: bool = False) -> Value:
        """Runs a function of the project with arguments and gives what it returns."""
        key = function.key
        if not symbolic:
            self.called.add(key)
        if self._running.count(key) >= 2 or len(self._running) >= _MAX_CALLS:
            return Unknown("the calls are nested too deeply to be followed")
        print_ = _fingerprint(function, arguments, owner)
        known = self._known_calls.get(print_)
        if known is not None:
            return self._again(known[0], function, arguments, owner)
        sizes = _sizes(arguments.all())
        scope = Scope("function", function.program, function.scope)
        self._bind_parameters(function, arguments, owner, scope)
        state = (self._program, self._scope, self._frame, self.branch)
        frame = _Frame(self._number(), function.cls, owner, (function.node.start, function.node.end), self.branch)
        self._program, self._scope, self._frame = function.program, scope, frame
        self._running.append(key)
        try:
            reached = self.block(function.node.body)
        finally:
            self._running.pop()
            self._program, self._scope, self._frame, self.branch = state
        if frame.yields is not None:
            result: Value = List(frame.yields, "generator", branch=self.branch)
        elif not frame.returns and reached and function.cls is not None and _is_empty(function.node):
            result = Unknown("a subclass says it", _owner_key(function, owner))
        elif not frame.returns:
            result = NOTHING if reached else Unknown("it never returns", _owner_key(function, owner))
        else:
            result = either([*frame.returns, NOTHING] if reached else frame.returns)
        if _sizes(arguments.all()) == sizes:
            # Kept as it is now: the caller may add to it.
            self._known_calls[print_] = (self._again(result, function, arguments, owner), arguments, owner)
        return result

    def _again(self, value: Value, function: Function, arguments: Arguments, owner: Value | None) -> Value:
        """What a call gives that was made before: a collection of its own, unless it hands out one that others have too."""
        if not isinstance(value, (List, Map)):
            return value
        known = list(arguments.all())
        scope: Scope | None = function.scope
        while scope is not None:
            known += scope.names.values()
            scope = scope.parent
        if isinstance(owner, Instance):
            known += owner.attributes.values()
        cls = owner.cls if isinstance(owner, Instance) else owner
        for one in self.lineage(cls) if isinstance(cls, Class) else ():
            known += one.names.values()
        return value if any(value is one for one in known) else copy_of(value)

    def _bind_parameters(self, function: Function, arguments: Arguments, owner: Value | None, scope: Scope) -> None:
        positional = list(arguments.positional)
        if owner is not None:
            positional.insert(0, owner)
        named = dict(arguments.named)
        names = scope.names
        for parameter in function.node.parameters:
            name = parameter.name
            if parameter.kind == "rest":
                names[name] = List([Item(value) for value in positional], "tuple", missing=arguments.missing)
                positional = []
            elif parameter.kind == "named rest":
                names[name] = Map(
                    {key: Item(value) for key, value in named.items()}, branch=self.branch, missing=arguments.missing
                )
            elif name in named:
                names[name] = named.pop(name)
            elif parameter.kind != "keyword" and positional:
                names[name] = positional.pop(0)
            else:
                default = function.defaults.get(name)
                if arguments.missing is not None:
                    unknown = Unknown(f"it is the argument {name!r} of a call that nobody can see", function.key, name)
                    names[name] = unknown if default is None else either([default, unknown])
                else:
                    names[name] = default or Unknown(f"the argument {name!r} is not given")


def _is_empty(node: p.Function) -> bool:
    """Whether a method does nothing but to be there: a subclass fills it."""
    return all(
        isinstance(statement, p.Do)
        and (
            isinstance(statement.value, p.String)
            or (isinstance(statement.value, p.Opaque) and not statement.value.parts)
        )
        for statement in node.body
    )


def _owner_key(function: Function, owner: Value | None) -> tuple[str, int] | None:
    """A method that only raises is there to be replaced by a subclass."""
    if isinstance(owner, Instance):
        return owner.cls.key
    return function.cls.key if function.cls is not None else None


def _holds(value: Value, owner: Collection) -> bool:
    """Whether a value is a collection or among the first things that it holds."""
    stack = [value]
    for _ in range(200):
        if not stack:
            return False
        one = stack.pop()
        if one is owner:
            return True
        if isinstance(one, List):
            stack += [item.value for item in one.items if isinstance(item.value, (List, Map, Either))]
        elif isinstance(one, Map):
            stack += [item.value for item in one.entries.values() if isinstance(item.value, (List, Map, Either))]
        elif isinstance(one, Either):
            stack += [option for option in one.values if isinstance(option, (List, Map))]
    return False


def _unite(names: dict[str, Value], ends: list[dict[str, Value]], *, also: bool = False) -> None:
    """Makes names what they are after any of several ways. also: or as they are now."""
    ends = [end for end in ends if end is not names]
    if not ends:
        return
    if also:
        ends.insert(0, dict(names))
    names.update(ends[0])
    if len(ends) > 1:
        for name in {name for end in ends for name in end}:
            values = [end[name] for end in ends if name in end]
            first = values[0]
            names[name] = either(values) if any(value is not first for value in values) else first


class _Method(Value):
    """A built-in method of a known value."""

    __slots__ = ("name", "owner")

    def __init__(self, owner: Value, name: str) -> None:
        self.owner = owner
        self.name = name


class _UnknownPart(Unknown):
    """A part of something unknown, by its name."""

    __slots__ = ("whole",)

    def __init__(self, whole: Unknown, name: str) -> None:
        super().__init__(whole.because, whole.owner, name)
        self.whole = whole


def _same_unknown(value: Unknown) -> Unknown:
    """What is unknown for the same reason: a part of it, or what a method of it gives."""
    while isinstance(value, _UnknownPart):
        value = value.whole
    return value if isinstance(value, Setting) else Unknown(value.because, value.owner, value.name)


def _dotted(node: p.Expression) -> str:
    if isinstance(node, p.Call):
        node = node.function
    if isinstance(node, p.Attribute):
        return f"{_dotted(node.value)}.{node.name}"
    return node.id if isinstance(node, p.Name) else "?"


def _numbers(bounds: list[Value | None]) -> slice | None:
    """The bounds of a slice; None where they are not known."""
    numbers: list[int | None] = []
    for bound in bounds:
        if bound is None:
            numbers.append(None)
        elif isinstance(bound, Constant) and (bound.value is None or isinstance(bound.value, int)):
            numbers.append(bound.value)
        else:
            return None
    return None if numbers[2] == 0 else slice(*numbers)


def _sliced(value: Value, bounds: list[Value | None]) -> Value:
    part = _numbers(bounds)
    if part is None:
        return Unknown("it is cut at run time")
    if isinstance(value, List) and value.missing is None:
        return List(value.items[part], value.kind)
    if isinstance(value, Text) and (known := value.known()) is not None and part.step in (None, 1):
        start, end, _ = part.indices(len(known))
        return ops.cut(value, start, max(start, end))
    return Unknown("it is cut at run time", ops.owner_of(value))


def _fingerprint(function: Function, arguments: Arguments, owner: Value | None) -> tuple[object, ...]:
    """Tells apart the calls of a function that could differ. Who keeps it must keep the arguments too: it holds identities."""
    parts: list[object] = [function.key, id(function.scope), id(owner), arguments.missing is None]
    parts += [_print(value, 0) for value in arguments.positional]
    parts += [(name, _print(value, 0)) for name, value in sorted(arguments.named.items())]
    return tuple(parts)


def _print(value: Value, depth: int) -> object:
    if isinstance(value, Constant):
        return value.value
    if isinstance(value, Text):
        return tuple(
            [(x.text, id(x.origin), x.start) if isinstance(x, Piece) else _print(x.value, depth) for x in value.pieces]
        )
    if isinstance(value, Unknown):
        return (value.because, value.owner, value.name)
    if depth < 4:
        if isinstance(value, List):
            return (value.kind, value.missing is None, *[(i.certain, _print(i.value, depth + 1)) for i in value.items])
        if isinstance(value, Map):
            return (
                value.missing is None,
                *[(k, i.certain, _print(i.value, depth + 1)) for k, i in value.entries.items()],
            )
        if isinstance(value, Either):
            return ("either", *[_print(one, depth + 1) for one in value.values])
    if isinstance(value, External):
        return (value.paths, id(value.arguments))
    return id(value)


def _sizes(values: Iterable[Value]) -> tuple[int, ...]:
    """How much is in the collections among some values, to see whether a call changed them."""
    return tuple(
        [
            len(value.items) if isinstance(value, List) else len(value.entries)
            for value in values
            if isinstance(value, (List, Map))
        ]
    )


_STATEMENTS: dict[type, Callable[..., bool]] = {
    p.Assign: Interpreter.assign,
    p.Augment: Interpreter.augment,
    p.Do: Interpreter.do,
    p.Return: Interpreter.return_,
    p.Leave: Interpreter.leave,
    p.Outer: Interpreter.outer,
    p.Branch: Interpreter.branch_,
    p.Loop: Interpreter.loop,
    p.With: Interpreter.with_,
    p.Try: Interpreter.try_,
    p.Function: Interpreter.function,
    p.Class: Interpreter.class_,
    p.Import: Interpreter.import_statement,
}
_EXPRESSIONS: dict[type, Callable[..., Value]] = {
    p.Text: Interpreter.text,
    p.String: Interpreter.string,
    p.Literal: Interpreter.literal,
    p.Sequence: Interpreter.sequence,
    p.Mapping: Interpreter.mapping,
    p.Spread: Interpreter.spread,
    p.Name: Interpreter.name,
    p.Attribute: Interpreter.attribute,
    p.Index: Interpreter.index,
    p.Slice: Interpreter.slice,
    p.Call: Interpreter.call,
    p.Binary: Interpreter.binary,
    p.Not: Interpreter.not_,
    p.Logic: Interpreter.logic,
    p.Compare: Interpreter.compare,
    p.Choice: Interpreter.choice,
    p.Comprehension: Interpreter.comprehension,
    p.Bind: Interpreter.bind_expression,
    p.Yield: Interpreter.yield_,
    p.Opaque: Interpreter.opaque,
    p.Function: Interpreter.lambda_,
}
