"""The interpreter: runs programs over abstract values, each function from its callers and once by itself.

It executes what can be known and skips over what can't: of a branch whose test is not known all ways are taken and the
results united, a loop over known items runs for each, any other once. What it meets on the way (calls of things outside
the project, texts, bindings of names) it tells an observer, which knows what they mean; nothing here knows of Meta.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from permlint import program as p
from permlint.evaluation import operations as ops
from permlint.evaluation.arrays import key_text, put
from permlint.evaluation.common import Common
from permlint.evaluation.expressions import EXPRESSIONS, part_of
from permlint.evaluation.finding import Finder
from permlint.evaluation.library import Library, copy_of, to_query
from permlint.evaluation.members import (
    among,
    as_declared,
    as_parameter,
    as_type,
    fitting,
    given_elsewhere,
    in_another_file,
    of_its_type,
    rebound,
)
from permlint.evaluation.modules import Modules
from permlint.evaluation.running import (
    Frame,
    Method,
    Observer,
    Site,
    Spent,
    Step,
    UnknownPart,
    same_unknown,
    slice_of,
    unite,
)
from permlint.evaluation.scopes import Scope
from permlint.evaluation.statements import STATEMENTS
from permlint.evaluation.values import (
    MAX_ALTERNATIVES,
    MAX_ITEMS,
    NOTHING,
    Address,
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
    Overloaded,
    Partial,
    Piece,
    Query,
    Super,
    Text,
    Typed,
    Unknown,
    Value,
    alternatives,
    either,
    force,
    known_text,
    literal,
    spread,
)

_ROOT_STEPS = 25_000
_ALL_STEPS = 3_000_000
_MAX_CALLS = 8
_MAX_GIVEN_UP = 4
_MOST_PARAMETERS = 3


class Interpreter:
    """Runs the programs of one project."""

    def __init__(self, modules: Modules, observer: Observer, libraries: Callable[[str], Library]) -> None:
        self.modules = modules
        self.observer = observer
        self._libraries = libraries
        self.branch: tuple[int, ...] = ()
        self.called: set[tuple[str, int]] = set()
        self.subclassed: set[tuple[str, int]] = set()
        self.spent: list[str] = []
        self.roots: set[str] = set()
        self._scopes: dict[str, Scope] = {}
        self._running: list[tuple[str, int]] = []
        self._chain: list[Step] = []
        self._functions: dict[tuple[str, int], Function] = {}
        self.classes: dict[tuple[str, int], Class] = {}
        self._done: set[tuple[tuple[str, int], tuple[str, int] | None]] = set()
        self._known_calls: dict[object, tuple[Value, Arguments, Value | None]] = {}
        self._handed: dict[tuple[str, int], External] = {}
        self.stand_ins: tuple[str, ...] = ()
        self.stood_in: set[tuple[p.Program, int, int]] = set()
        self._lineages: dict[Class, list[Class]] = {}
        self._templates: list[tuple[Text, Site]] = []
        self._filled: set[tuple[int, int]] = set()
        self._common = Common(modules, self.roots)
        self._count = 0
        self._steps = 0
        self._limit = _ROOT_STEPS
        self._total = 0
        self.program: p.Program | None = None
        self.scope: Scope | None = None
        self.frame = Frame(0)

    @property
    def library(self) -> Library:
        """What the names of the language mean that the running program is written in."""
        return self._libraries(self.program.language if self.program is not None else "")

    def library_of(self, path: str) -> Library:
        """What the names of the language mean that a file is written in."""
        program = self.modules.program(path)
        return self._libraries(program.language if program is not None else "")

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
            for key, function in list(self._functions.items()):
                if key[0] in wanted and function.cls is None and (key, None) not in self._done:
                    self._done.add((key, None))
                    progress = True
                    if key in self.called and self._libraries(function.program.language).dynamic:
                        continue  # What it does hangs on who calls it.
                    self._root(key[0], partial(self._call_symbolic, function, None))
            for key, cls in list(self.classes.items()):
                if key[0] not in wanted:
                    continue
                for function in self._methods(cls):
                    mark = (function.key, key)
                    if mark not in self._done and len(self._done) < 20_000:
                        self._done.add(mark)
                        progress = True
                        self._root(key[0], partial(self._call_symbolic, function, cls))
        self._tell_unfilled()

    def name_of(self, key: tuple[str, int]) -> str:
        """The name of a function or class of the project; a method's is its class's."""
        function = self._functions.get(key)
        if function is not None:
            return function.node.name if function.cls is None else function.cls.node.name
        cls = self.classes.get(key)
        return cls.node.name if cls is not None else ""

    def _methods(self, cls: Class) -> list[Function]:
        """Its own functions, and those of its bases that it does not replace."""
        out: list[Function] = []
        seen: set[str] = set()
        for one in self.lineage(cls):
            for name, value in one.names.items():
                options = value.values if isinstance(value, Either) else (value,)
                for option in value.functions if isinstance(value, Overloaded) else options:
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

    def _step(self) -> None:
        self._steps += 1
        if self._steps > self._limit:
            raise Spent

    def suppose(self, key: tuple[str, int], parameter: str, value: Value) -> None:
        """Runs a function, as a method of each class that has it, with a value for one of its arguments."""
        function = self._functions.get(key)
        if function is None:
            return
        classes = [cls for cls in list(self.classes.values()) if function in self._methods(cls)]
        for cls in classes[:_MAX_CALLS] if function.cls is not None else [None]:
            self._root(key[0], partial(self._call_symbolic, function, cls, {parameter: value}))

    def _call_symbolic(self, function: Function, cls: Class | None, given: dict[str, Value] | None = None) -> None:
        """Runs a function with nothing known of its arguments but their defaults and what is given.

        cls: as a method of this class.
        """
        owner = self.shared(cls) if cls is not None else None
        first = function.node.parameters[:1]
        handed = self._handed.get(function.key) if first and first[0].annotation is None else None
        missing = Unknown("nobody in the project calls it", function.key)
        arguments = Arguments([] if handed is None else [handed], given, missing)
        self.branch = (self.number(),)
        self.apply(function, arguments, owner if not self._is_static(function) else None, symbolic=True)

    def number(self) -> int:
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
        assert self.program is not None
        importer = self.program.path
        if not node.names:
            name = node.module if node.whole else node.bound
            self.bind(node.bound, self._module(importer, name, node.level))
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
        return Module(path, folder, importer)

    def _imported(self, importer: str, module: str, level: int, name: str) -> Value:
        found = self.modules.find(importer, module, level)
        if found is None:
            if level:
                return Unknown(f"the module of {name} is not in the project")
            if name == p.DEFAULT:
                return External((module,))
            outside = External((f"{module}.{name}",))
            return self.observer.part(External((module,)), name) or outside
        path, folder = found
        if path is None and (shared := among(self, folder, name, importer)) is not None:
            return shared
        return Lazy(lambda: self._member(Module(path, folder, importer), name), name, path or "")

    def is_run(self, path: str) -> bool:
        """Whether a file is run anyway."""
        return path in self.roots or path in self._scopes

    def implied(self, name: str, finder: Finder | None) -> Value | None:
        """The value of a name that nothing in the file binds, if another file of the project is known to bind it."""
        assert self.program is not None
        importer, library = self.program.path, self.library
        if (library.sigil and name.startswith(library.sigil)) or self.observer.is_outside(name):
            return None
        found = finder(self.modules, importer, name, 0) if finder is not None else None
        path = self._common.binding(name, importer) if library.common else None
        path = path or (found[0] if found is not None else None)
        if path is None or path == importer:
            return among(self, importer.rpartition("/")[0], name, importer)

        def find() -> Value:
            scope = self.module_scope(path)
            value = scope.names.get(name) if scope is not None else None
            if value is None and library.open:
                return External((name,))  # The file is only called like it.
            return self._member(Module(path, "", importer), name) if value is None else value

        return Lazy(find, name, path)

    def constant(self, name: str) -> Value | None:
        """The value of a name that nothing binds, if it is a constant of the project's settings."""
        library = self.library
        if not library.constants or name in library.builtins or not name.isupper():
            return None
        found = self.observer.part(External((library.constants,)), name)
        value = force(found) if found is not None else None
        return None if isinstance(value, Unknown) else value

    def whole(self, module: Module) -> Value:
        """What a module stands for itself: what it exports as a whole, else the names in it."""
        scope = self.module_scope(module.path) if module.path is not None else None
        return module if scope is None else scope.names.get(p.DEFAULT, module)

    def _member(self, module: Module, name: str) -> Value:
        path, folder = module.path, module.folder
        if path is not None:
            scope = self.module_scope(path)
            if scope is not None:
                value = scope.names.get(name)
                if value is not None:
                    return value
                if name == p.DEFAULT:
                    return module
                if p.DEFAULT in scope.names:
                    return self.part(scope.names[p.DEFAULT], name)
        if path is None and (shared := among(self, folder, name, module.importer)) is not None:
            return shared
        if folder or path is None:
            suffix = module.importer[module.importer.rfind(".") :]
            found = self.modules.find(f"{folder}/_{suffix}".lstrip("/"), name, 1)
            if found is not None:
                return Module(*found, module.importer)
        if path is None:
            return Unknown(f"{name} is not in the project")
        return Unknown(f"{name} is not defined in {path}")

    def _import_all(self, importer: str, node: p.Import) -> None:
        found = self.modules.find(importer, node.module, node.level)
        if found is None and not node.level and self.scope is not None:
            self.scope.stars = (*self.scope.stars, node.module)
        if found is None or found[0] is None:
            return
        scope = self.module_scope(found[0])
        if scope is not None:
            listed = ops.text_items(scope.names.get("__all__", NOTHING)) or set()
            for name, value in list(scope.names.items()):
                if value is scope.read.get(name):
                    continue
                if name != p.DEFAULT and (not name.startswith("_") or name in listed or self.library.dynamic):
                    self.bind(name, value)

    # Statements ---------------------------------------------------------------------------------------------------

    def block(self, statements: Iterable[p.Statement]) -> bool:
        """Runs statements; False where the end is not reached."""
        for statement in statements:
            self._step()
            if not STATEMENTS[type(statement)](self, statement):
                return False
        return True

    def assign_to(self, target: p.Expression, value: Value, *, declares: bool = False) -> None:
        value = self.own(value, self.branch)
        if isinstance(target, p.Name):
            if declares or not self.library.declares or not rebound(self, target, value):
                self.bind(target.id, value)
            if self.scope is not None and self.scope.kind != "function":
                self.observer.bound(p.bare(target.id), value, self.site(target), "name")
        elif isinstance(target, p.Sequence):
            self._unpack(target, value, declares=declares)
        elif isinstance(target, p.Attribute):
            owner = self.evaluate(target.value)
            self.set_attribute(owner, target.name, value, self.site(target))
            self.observer.bound(target.name, value, self.site(target), "entry")
        elif isinstance(target, p.Index) and self.library.arrays:
            put(self, target, value)
        elif isinstance(target, p.Index):
            owner = self.evaluate(target.value)
            if isinstance(target.key, p.Slice):
                self._set_slice(owner, target.key, value)
                return
            key = self.evaluate(target.key)
            self._set_entry(owner, key, value, target.key)

    def _unpack(self, target: p.Sequence, value: Value, *, declares: bool) -> None:
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
                self.assign_to(inner.value, rest, declares=declares)
            elif items is not None and index < len(items):
                self.assign_to(inner, items[index], declares=declares)
            else:
                unknown = Unknown("it is unpacked from something that is only known at run time")
                self.assign_to(inner, unknown, declares=declares)

    def bind(self, name: str, value: Value) -> None:
        assert self.scope is not None
        outer = self.scope.outer.get(name) if self.scope.outer else None
        if outer is None:
            self.scope.names[name] = value
            return
        # Whether the function runs before others look at the name is only known where its call is.
        old = outer.names.get(name)
        outer.names[name] = value if old is None or not self.branch else either([old, value])

    def names(self) -> dict[str, Value]:
        assert self.scope is not None
        return self.scope.names

    def in_class(self) -> bool:
        return self.scope is not None and self.scope.kind == "class"

    def set_attribute(self, owner: Value, name: str, value: Value, site: Site | None = None) -> None:
        owner = force(owner)
        if isinstance(owner, Instance):
            value = as_declared(self, owner.cls, name, value)
            old = owner.attributes.get(name)
            if old is not None and not self.certain(owner.branch):
                value = either([old, value])
            owner.attributes[name] = value
        elif isinstance(owner, Class):
            owner.names[name] = value
        elif isinstance(owner, Map) and self.library.entries_are_parts:
            self.put(owner, name, value, None)
        elif isinstance(owner, Address) and name in self.library.address_parts:
            self._set_address_part(owner, self.library.address_parts[name], value)
        elif isinstance(owner, Module) and owner.path is not None:
            scope = self.module_scope(owner.path)
            if scope is not None:
                old = scope.names.get(name)
                scope.names[name] = value if old is None or not self.branch else either([old, value])
        elif self.library.setter and isinstance(owner, External) and site is not None:
            method = self.library.setter.format(name[:1].upper() + name[1:])
            self.observer.called(owner.part(method), method, Arguments([value]), site)
            self.observer.assigned(owner, name, value)
        else:
            self.observer.assigned(owner, name, value)

    def _set_address_part(self, owner: Address, part: str, value: Value) -> None:
        if part in ("scheme", "host", "path"):
            owner.parts[part] = value
        elif isinstance(value, Query):
            owner.query = owner.query.given(value)
        else:
            given = to_query(self, Arguments([value]))
            owner.query = owner.query.given(given if isinstance(given, Query) else {})

    def _set_entry(self, owner: Value, key: Value, value: Value, node: p.Expression) -> None:
        name = known_text(key)
        for option in alternatives(owner):
            if isinstance(option, List):
                self._set_item(option, force(key), value)
            elif isinstance(option, Map):
                if name is None:
                    reason = "some of its keys are only known at run time"
                    option.missing = option.missing or Unknown(reason, sample=value)
                else:
                    self.put(option, name, value, node)
        if name is not None:
            self.observer.bound(name, value, self.site(node), "entry")

    def _set_item(self, owner: List, key: Value, value: Value) -> None:
        position = key.value if isinstance(key, Constant) and isinstance(key.value, int) else None
        if position is None or not -len(owner.items) <= position < len(owner.items):
            owner.missing = owner.missing or Unknown("which of its items is replaced is only known at run time")
        elif _holds(value, owner):
            owner.missing = owner.missing or Unknown("it holds itself")
        elif self.certain(owner.branch):
            owner.items[position] = Item(value)
        else:
            owner.items[position] = Item(either([owner.items[position].value, value]))

    def _set_slice(self, owner: Value, key: p.Slice, value: Value) -> None:
        bounds = [None if bound is None else force(self.evaluate(bound)) for bound in (key.lower, key.upper, key.step)]
        more = ops.items_of(self.iterated(value))
        for option in alternatives(owner):
            if not isinstance(option, List):
                continue
            part = slice_of(bounds)
            if part is None or part.step not in (None, 1) or not self.certain(option.branch):
                self.extend(option, more)
                option.missing = option.missing or Unknown("which of its items are replaced is only known at run time")
            else:
                option.items[part] = more.items
                option.missing = option.missing or more.missing

    def put(self, owner: Map, name: str, value: Value, node: p.Expression | None) -> None:
        assert self.program is not None
        if _holds(value, owner):
            owner.missing = owner.missing or Unknown("it holds itself")
            return
        old = owner.entries.get(name)
        certain = self.certain(owner.branch)
        place = None
        if isinstance(node, p.String) and node.parts:
            place = (self.program, node.parts[0].start, node.parts[-1].end)
        if not certain and old is not None:
            owner.entries[name] = Item(either([old.value, value]), certain=old.certain, key=place or old.key)
        elif old is not None or len(owner.entries) < MAX_ITEMS:
            owner.entries[name] = Item(value, certain=certain, key=place)

    def certain(self, branch: tuple[int, ...]) -> bool:
        """Whether what happens now happens to everything that was made in that branch."""
        return branch[: len(self.branch)] == self.branch

    def extend(self, owner: Collection, value: Value) -> None:
        """Puts all items of a value into a collection, in place."""
        certain = self.certain(owner.branch)
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
        owner.items.append(Item(value, certain=certain and self.certain(owner.branch)))

    def fork(self, ways: list[Callable[[], bool]]) -> bool:
        """Takes each way from the same state and unites the names that result."""
        assert self.scope is not None
        scope = self.scope
        before = scope.names
        outer = self.branch
        frame = self.frame
        exits, frame.exits = frame.exits, set()
        ends: list[dict[str, Value]] = []
        for way in ways:
            scope.names = dict(before)
            self.branch = (*outer, self.number())
            if way():
                ends.append(scope.names)
        # Where some way has left, what follows happens only on the others; a way that raises asks for nothing anyway.
        self.branch = (*outer, self.number()) if frame.exits - {"raise"} else outer
        frame.exits |= exits
        scope.names = before
        if not ends:
            return False
        unite(before, ends)
        return True

    def function(self, node: p.Function) -> Function:
        assert self.program is not None
        assert self.scope is not None
        defaults = {
            parameter.name: self.evaluate(parameter.default)
            for parameter in node.parameters
            if parameter.default is not None
        }
        cls = self.frame.cls if self.in_class() else None
        value = Function(node, self.program, self.scope, defaults, cls)
        self._functions.setdefault(value.key, value)
        return value

    # Expressions --------------------------------------------------------------------------------------------------

    def site(self, node: p.Node) -> Site:
        assert self.program is not None
        return Site(self.program, node.start, node.end, self.frame.number)

    def evaluate(self, node: p.Expression) -> Value:
        """What an expression may be."""
        self._step()
        return EXPRESSIONS[type(node)](self, node)

    def as_text(self, value: Value) -> Value:
        """An object as the text that it says it is."""
        if isinstance(value, (Query, Address)):
            return ops.as_text(value)
        if isinstance(value, Instance):
            method = self._instance_part(value, p.TEXT_OF)
            if isinstance(method, Bound):
                return self.apply(method.function, Arguments(), method.owner)
        return value

    def as_type(self, value: Value, kind: Value | None) -> Value:
        """A value as one of a type."""
        return as_type(self, value, kind)

    def named(self, node: p.Expression, value: Value) -> Value:
        """A value for a text; one that is not known keeps the name that the code gives it."""
        if isinstance(value, Either):
            return either([self.named(node, one) for one in value.values])
        if isinstance(value, (Text, Constant)) or (isinstance(value, Lazy) and value.value is not None):
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
            name = p.bare(node.id)
        elif isinstance(node, p.Attribute):
            name = node.name
        elif isinstance(node, p.String) and len(node.parts) == 1 and isinstance(node.parts[0], p.Text):
            name = node.parts[0].value
        assert self.program is not None
        return Text((Hole(value, name=name, spot=(self.program.path, start)),))

    def tell(self, value: Value, node: p.Node) -> None:
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

    def part(self, owner: Value, name: str) -> Value:
        """The attribute of a value by its name."""

        def one(owner: Value) -> Value:
            if isinstance(owner, External):
                if owner.paths[0] in self.library.globals:
                    return External((name,))
                told = self.observer.part(owner, name)
                if told is None and self.library.declares and owner.arguments is not None:
                    # An object is made with its fields as named arguments.
                    told = owner.arguments.named.get(name)
                return owner.part(name) if told is None else told
            if isinstance(owner, Map) and self.library.entries_are_parts:
                return self._entry_part(owner, name)
            if isinstance(owner, Address):
                return self._address_part(owner, name)
            if isinstance(owner, Module):
                return self._module_part(owner, name)
            if isinstance(owner, Instance):
                return self._instance_part(owner, name)
            if isinstance(owner, Class):
                return self._class_part(owner, name, owner)
            if isinstance(owner, Super):
                return self._super_part(owner, name)
            if isinstance(owner, Unknown):
                method = of_its_type(self, owner, name) if isinstance(owner, Typed) else None
                return UnknownPart(owner, name) if method is None else method
            held = isinstance(owner, (Text, Constant)) or (isinstance(owner, List) and not owner.fields)
            if held and name in self.library.same:
                return owner
            if isinstance(owner, List) and name in owner.fields:
                return owner.items[owner.fields.index(name)].value
            return Method(owner, name)

        if isinstance(owner, Lazy) and owner.value is None:
            return Lazy(lambda: spread(force(owner), one), name, owner.path)
        return spread(owner, one)

    def _address_part(self, owner: Address, name: str) -> Value:
        part = self.library.address_parts.get(name)
        if part in ("query", "parameters"):
            return owner.query
        if part in owner.parts:
            return owner.parts[part]
        if part is None and name not in self.library.methods:
            # What is done with an address is done by something outside that was given its text.
            text = ops.address_text(owner)
            return External((f"address().{name}",), External(("address()",), None, Arguments([text])))
        # A method that gives the text is called, and a text that is called gives itself.
        return ops.address_text(owner) if part == "text" else Method(owner, name)

    def _entry_part(self, owner: Map, name: str) -> Value:
        item = owner.entries.get(name)
        if item is not None:
            return item.value if item.certain else either([item.value, NOTHING])
        if name in self.library.methods or name in self.library.same:
            return Method(owner, name)
        return owner.missing or NOTHING

    def _module_part(self, module: Module, name: str) -> Value:
        if module.path is not None and module.path in self._scopes:
            found = self._scopes[module.path].names.get(name)
            if found is not None:
                return found
        if module.path is None and (shared := among(self, module.folder, name, module.importer)) is not None:
            return shared
        return Lazy(lambda: self._member(module, name), name, module.path or "")

    def _instance_part(self, owner: Instance, name: str) -> Value:
        if name == p.CLASS:
            return owner.cls
        found = owner.attributes.get(name)
        if found is None and not owner.made:
            found = given_elsewhere(self, owner, name)
        if found is not None:
            return found
        return self._class_part(owner.cls, name, owner)

    def _class_part(self, cls: Class, name: str, owner: Value) -> Value:
        outside: list[str] = []
        for one in self.lineage(cls):
            value = one.names.get(name)
            if value is not None:
                found = spread(value, partial(self.as_member, owner=owner, cls=one))
                replaced = None if isinstance(value, Function) else self._from_outside(one, name)
                return found if replaced is None else either([found, replaced])
            for base in one.bases:
                for option in alternatives(base):
                    if isinstance(option, External):
                        outside.extend(option.paths)
        elsewhere = in_another_file(self, cls, name, owner)
        if elsewhere is not None:
            return elsewhere
        made = isinstance(owner, Instance)
        if outside and not (name.startswith("__") and name.endswith("__")):
            paths = tuple([f"{path}().{name}" if made else f"{path}.{name}" for path in outside])
            return External(paths, owner)
        return UnknownPart(Unknown(f"{name} is set elsewhere", cls.key), name)

    def _from_outside(self, cls: Class, name: str) -> Value | None:
        """What a base from outside gives a part of its objects in place of what the class says; None where it gives nothing."""
        for base in cls.bases:
            for option in alternatives(base):
                if isinstance(option, External):
                    told = self.observer.part(External(tuple([f"{path}()" for path in option.paths])), name)
                    if told is not None:
                        return told
        return None

    def as_member(self, value: Value, owner: Value, cls: Class) -> Value:
        """A value that a class binds as what is seen of it through an object or the class itself."""
        if isinstance(value, Overloaded):
            return Overloaded(value.functions, owner, cls)
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

    def is_of_class(self, function: Function) -> bool:
        """Whether a method's first parameter is the class."""
        return p.OF_CLASS in self._decorators(function)

    def _super_part(self, owner: Super, name: str) -> Value:
        for one in self.lineage(owner.cls)[1:]:
            value = one.names.get(name)
            if value is not None:
                return self.as_member(value, owner.owner, one)
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

    def entry(self, owner: Value, key: Value, site: Site | None = None) -> Value:
        """The part of a value under a key or at a position."""

        def one(owner: Value) -> Value:
            if isinstance(owner, Map):
                name = key_text(key)
                if name is not None:
                    lacking = NOTHING if self.library.arrays else None
                    item = owner.entries.get(name)
                    if item is not None:
                        if item.certain:
                            return item.value
                        return either([item.value, lacking or Unknown("it may be left out")])
                    if owner.factory is not None and owner.missing is None:
                        made = self.invoke(owner.factory, Arguments(), self.nowhere())
                        self.put(owner, name, made, None)
                        return made
                    if owner.missing is not None:
                        return owner.missing.one()
                    return lacking or Unknown(f"there is no entry {name!r}")
                found = [item.value for item in owner.entries.values()]
                if found and len(found) <= 6:
                    return either([*found, *([owner.missing.one()] if owner.missing else [])])
                if not found and owner.missing is not None and owner.missing.sample is not None:
                    return owner.missing.sample
                return Unknown("which entry is only known at run time", ops.owner_of(force(key)))
            if isinstance(owner, List):
                position = force(key)
                if isinstance(position, Constant) and isinstance(position.value, int) and owner.missing is None:
                    if -len(owner.items) <= position.value < len(owner.items):
                        return owner.items[position.value].value
                if not owner.items and owner.missing is not None and owner.missing.sample is not None:
                    return owner.missing.sample
                if self.library.arrays and owner.missing is None and key_text(position) is not None:
                    return NOTHING
                whose = owner.missing.owner if owner.missing is not None else None
                return Unknown("which item is only known at run time", whose)
            if isinstance(owner, External):
                name = known_text(key)
                if name is not None and self.library.entries_are_parts:
                    return self.part(owner, name)
                result = External(tuple([f"{path}[]" for path in owner.paths]), owner, Arguments([key]))
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
                return same_unknown(owner)
            if isinstance(owner, Instance):
                method = self._instance_part(owner, "__getitem__")
                if isinstance(method, Bound):
                    return self.apply(method.function, Arguments([key]), method.owner)
            return Unknown("which part is only known at run time")

        return spread(owner, one)

    def operate(self, operator: str, left: Value, right: Value) -> Value:
        """The value of a binary operator."""
        if operator == "+":
            grows = self.library.declares and isinstance(force(left), List) and _is_item(right)
            return ops.added(left, List([Item(right)]) if grows else right)
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

    def iterated(self, value: Value) -> Value:
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
            if isinstance(value, Map):
                return ops.map_values(value) if self.library.arrays else ops.keys(value)
            return Unknown("a text is taken letter by letter") if isinstance(value, Text) else value

        return spread(value, one)

    # Calls --------------------------------------------------------------------------------------------------------

    def call(self, node: p.Call) -> Value:
        callee = self._callee(node.function)
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
                    whose = ops.owner_of(more.missing or more if isinstance(more, List) else more)
                    missing = missing or Unknown("its arguments are only known at run time", whose)
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
                state = (self.branch, self.program, self.scope, self.frame)
                late = callee
                if arguments.named:
                    self._tell_arguments(arguments, node)
                return Lazy(lambda: self._later(state, late, arguments, node), late.name, late.path)
        function = node.function
        name = (
            function.name if isinstance(function, p.Attribute) else function.id if isinstance(function, p.Name) else ""
        )
        assert self.program is not None
        step = Step(self.program, node.start, node.end, self.frame.body, name)
        self._chain.append(step)
        try:
            return self.invoke(callee, arguments, node)
        finally:
            self._chain.pop()

    def _callee(self, node: p.Expression) -> Value:
        """What is called: where a part of an object and a method share a name, the method."""
        if not isinstance(node, p.Attribute):
            return self.evaluate(node)
        owner = self.evaluate(node.value)
        callee = part_of(self, node, owner)
        if isinstance(owner, Instance) and node.name in owner.attributes:
            if not isinstance(callee, (Function, Bound, Class, Partial, Method)):
                method = self._class_part(owner.cls, node.name, owner)
                return method if isinstance(method, Bound) else callee
        return callee

    def _call_site(self, node: p.Call) -> Site:
        assert self.program is not None
        return Site(self.program, node.start, node.end, self.frame.number, tuple(self._chain))

    def _later(
        self,
        state: tuple[tuple[int, ...], p.Program | None, Scope | None, Frame],
        callee: Value,
        arguments: Arguments,
        node: p.Call,
    ) -> Value:
        now = (self.branch, self.program, self.scope, self.frame)
        self.branch, self.program, self.scope, self.frame = state
        try:
            return self.invoke(force(callee), arguments, node)
        finally:
            self.branch, self.program, self.scope, self.frame = now

    def _worth_forcing(self, callee: Lazy) -> bool:
        """Whether a call is worth reading the file that holds the callee: it matters, or the name tells something."""
        path = callee.path
        if callee.name in self.library.changing:
            return True
        return (
            path in self.roots
            or (path and path.rpartition("/")[2].partition(".")[0] == self.library.index)
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
            if isinstance(callee, Overloaded):
                chosen = [self._seen_through(function, callee) for function in fitting(self, callee, arguments)]
                return either([self.invoke(function, arguments, node) for function in chosen])
            if isinstance(callee, Class):
                return self._construct(callee, arguments, node)
            if isinstance(callee, Partial):
                joined = Arguments(
                    [*callee.arguments.positional, *arguments.positional],
                    {**callee.arguments.named, **arguments.named},
                    callee.arguments.missing or arguments.missing,
                )
                return self.invoke(callee.function, joined, node)
            if isinstance(callee, Method):
                result = self.library.method(self, callee.owner, callee.name, arguments)
                self.tell(result, node)
                return result
            if isinstance(callee, External):
                return self._call_outside(callee, arguments, node)
            if isinstance(callee, (Text, List, Map)):
                return callee  # A method that gives what it is called on again, or a part of that.
            if isinstance(callee, Module) and (whole := self.whole(callee)) is not callee:
                return self.invoke(whole, arguments, node)
            if isinstance(callee, Instance):
                method = self._instance_part(callee, p.CALLED)
                if isinstance(method, Bound):
                    return self.apply(method.function, arguments, method.owner)
            return self._call_unknown(callee, arguments, node)

        return spread(callee, one)

    def _seen_through(self, function: Function, callee: Overloaded) -> Value:
        if callee.owner is None or callee.cls is None:
            return function
        return self.as_member(function, callee.owner, callee.cls)

    def _stands_in(self, callee: Value, arguments: Arguments, node: p.Call) -> bool:
        """Whether a function of the project is one of `stand_ins`: then the observer is told, as of one outside of it."""
        function = callee.function if isinstance(callee, Bound) else callee
        if not isinstance(function, Function):
            return False
        if not any(each.endswith(f".{function.node.name}") for each in self.stand_ins):
            return False
        module = function.program.path.rpartition(".")[0].removesuffix("/__init__").replace("/", ".")
        cls = f".{function.cls.node.name}" if function.cls is not None else ""
        path = f"{module}{cls}.{function.node.name}"
        if not any(path == each or path.endswith(f".{each}") for each in self.stand_ins):
            return False
        self.stood_in.add((function.program, function.node.start, function.node.end))
        self.observer.called(External((path,)), function.node.name, arguments, self._call_site(node))
        return True

    def _as_given(self, arguments: Arguments, node: p.Node) -> Arguments:
        """Arguments as someone outside sees them: an address as its text."""
        values = [*arguments.positional, *arguments.named.values()]
        if not any(isinstance(one, Address) for value in values for one in _looked_at(value)):
            return arguments

        def plain(value: Value) -> Value:
            if isinstance(value, Either):
                return spread(value, plain)
            if not isinstance(value, Address):
                return value
            text = ops.address_text(value)
            self.tell(text, node)
            return text

        return Arguments(
            [plain(value) for value in arguments.positional],
            {name: plain(value) for name, value in arguments.named.items()},
            arguments.missing,
        )

    def _call_outside(self, callee: External, arguments: Arguments, node: p.Call) -> Value:
        assert self.program is not None
        if not callee.paths[0].startswith("<"):  # Words of the program form leave what they are given as it is.
            arguments = self._as_given(arguments, node)
        known = self.library.function(self, callee, arguments)
        if known is not None:
            self.tell(known, node)
            return known
        name = callee.paths[0].rpartition(".")[2]
        if arguments.named:
            self._tell_arguments(arguments, node)
        told = self.observer.called(callee, name, arguments, self._call_site(node))
        if told is not None:
            if isinstance(told, List) and told.span is None:
                told.branch = self.branch  # It is made here.
            self.tell(told, node)
            self._answer_to(told, arguments, node)
            return told
        method = self.library.methods.get(name)
        owner = callee.owner
        if method is not None and arguments.functions() and owner is not None and self.observer.follows(owner):
            return method(self, owner, arguments)
        self._handed_over(arguments, node)
        self._called_back(callee, arguments)
        # Where a part is read by calling a method, its path says no more than that.
        read = (
            self.library.bare
            and not any(arguments.all())
            and name[:1].islower()
            and isinstance(node.function, p.Attribute)
        )
        return External(
            callee.paths if read else tuple([f"{path}()" for path in callee.paths]),
            callee.owner,
            arguments,
            (self.program, node.start, node.end),
        )

    def _answer_to(self, answer: Value, arguments: Arguments, node: p.Call) -> None:
        """Functions that are handed to a call are called with its answer, wherever among their parameters that stands."""
        for function in arguments.functions() if isinstance(answer, External) else ():
            self.invoke(function, Arguments([answer] * _MOST_PARAMETERS), node)

    def here(self) -> Site:
        """The place of the innermost call that is being made."""
        step = self._chain[-1]
        return Site(step.program, step.start, step.end, self.frame.number, tuple(self._chain))

    def _handed_over(self, arguments: Arguments, node: p.Call) -> None:
        """A function of the project that is handed to one outside, with what to call it with (`to_thread(read, "me")`)."""
        for index, value in enumerate(arguments.positional[:-1]):
            if isinstance(value, (Function, Bound)):
                missing = arguments.missing or Unknown("it may be handed over by something outside the project")
                self.invoke(value, Arguments(arguments.positional[index + 1 :], dict(arguments.named), missing), node)
                return

    def _called_back(self, callee: External, arguments: Arguments) -> None:
        """A function without a name that is handed to one outside: that one calls it with something of its own."""
        last = arguments.named.get("&") or (arguments.positional[-1] if arguments.positional else None)
        if isinstance(last, Function) and not last.node.name:
            self._handed[last.key] = External(tuple([f"{path}(0)" for path in callee.paths]), callee)

    def _tell_arguments(self, arguments: Arguments, node: p.Call) -> None:
        assert self.program is not None
        entries = {name: Item(value) for name, value in arguments.named.items()}
        self.observer.mapped(Map(entries, span=(self.program, node.start, node.end)), self.site(node))

    def _call_unknown(self, callee: Value, arguments: Arguments, node: p.Call) -> Value:
        name = callee.name if isinstance(callee, UnknownPart) else ""
        arguments = self._as_given(arguments, node)
        if arguments.named:
            self._tell_arguments(arguments, node)
        told = self.observer.called(callee, name, arguments, self._call_site(node))
        if told is not None:
            self._answer_to(told, arguments, node)
            return told
        self._handed_over(arguments, node)
        if isinstance(callee, Unknown):
            return same_unknown(callee)
        return Unknown("it is the result of something that permlint does not follow")

    def _construct(self, cls: Class, arguments: Arguments, node: p.Call | None) -> Value:
        if len(cls.names) and len(arguments.positional) == 1 and self._is_enumeration(cls):
            return arguments.positional[0]
        if self._has_base(cls, self.library.records):
            return self.library.functions["dict"](self, arguments)
        instance = Instance(cls, self.branch)
        self._initialise(cls, instance, arguments)
        if len(cls.made) < MAX_ALTERNATIVES:
            cls.made.append(instance)
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
            if isinstance(method, (Function, Overloaded)):
                chosen = fitting(self, method, arguments) if isinstance(method, Overloaded) else [method]
                for function in chosen:
                    self.apply(function, arguments, instance, symbolic=symbolic)
                if self.library.declares and arguments.named:
                    # What no parameter takes is a part that is set as soon as the object is made.
                    taken = {parameter.name for function in chosen for parameter in function.node.parameters}
                    instance.attributes.update({k: v for k, v in arguments.named.items() if k not in taken})
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
        dynamic = self._libraries(function.program.language).dynamic
        print_ = _fingerprint(function, arguments, owner)
        known = self._known_calls.get(print_)
        if known is not None and not dynamic:
            return self._again(known[0], function, arguments, owner)
        sizes = _sizes(arguments.all())
        around = self.scope if dynamic and not symbolic else function.scope
        scope = Scope("function", function.program, around)
        state = (self.program, self.scope, self.frame, self.branch)
        frame = Frame(self.number(), function.cls, owner, (function.node.start, function.node.end), self.branch)
        self.program, self.scope, self.frame = function.program, scope, frame
        self._running.append(key)
        try:
            self._bind_parameters(function, arguments, owner, scope)
            reached = self.block(function.node.body)
        finally:
            self._running.pop()
            self.program, self.scope, self.frame, self.branch = state
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
        if named and self._libraries(function.program.language).bare:
            positional, named = _as_mapping(function, positional, named, self.branch)
        for parameter in function.node.parameters:
            name, shown = parameter.name, p.bare(parameter.name)
            if parameter.kind == "rest":
                names[name] = List([Item(value) for value in positional], "tuple", missing=arguments.missing)
                positional = []
            elif parameter.kind == "named rest":
                names[name] = Map(
                    {key: Item(value) for key, value in named.items()}, branch=self.branch, missing=arguments.missing
                )
            elif shown in named:
                names[name] = self._given(parameter, named.pop(shown))
            elif parameter.kind != "keyword" and positional:
                names[name] = self._given(parameter, positional.pop(0))
            else:
                default = function.defaults.get(name)
                if arguments.missing is not None:
                    unknown = Unknown(
                        f"it is the argument {shown!r} of a call that nobody can see", function.key, shown
                    )
                    own = self.library.typed or function.node.name == p.CONSTRUCTOR
                    tells = default in (None, NOTHING) and not self.library.declares
                    typed = self.declared(parameter.annotation, own=own) if tells else None
                    names[name] = typed or (unknown if default is None else either([default, unknown]))
                else:
                    names[name] = default or Unknown(f"the argument {shown!r} is not given")
            if parameter.annotation is not None and self.library.declares:
                names[name] = as_parameter(self, function, parameter.annotation, names[name])

    def _given(self, parameter: p.Parameter, value: Value) -> Value:
        """What a parameter holds that is given a value."""
        if isinstance(value, Unknown):
            return (self.declared(parameter.annotation, own=True) if self.library.typed else None) or value
        return value if parameter.kind == "shared" else self.own(value, self.branch)

    def own(self, value: Value, branch: tuple[int, ...]) -> Value:
        """A value as the variable has it that it is assigned to: where each has its own, a copy made in that branch."""
        if not self.library.arrays:
            return value
        if isinstance(value, Either):
            if not any(isinstance(one, (List, Map)) for one in value.values):
                return value
            return either([self.own(one, branch) for one in value.values])
        if isinstance(value, (List, Map)):
            value = copy_of(value)
            assert isinstance(value, (List, Map))
            value.branch = branch
        return value

    def declared(self, annotation: p.Expression | None, *, own: bool) -> Value | None:
        """An object of the class that a variable is declared as; None where that tells nothing. own: of the project's too."""
        node = annotation
        names: list[str] = []
        while isinstance(node, p.Attribute):
            names.append(node.name)
            node = node.value
        if not isinstance(node, p.Name) or self.scope is None:
            return None
        value = self.scope.find(node.id)
        library = self.library
        if value is None and library.implicit is not None:
            value = self.implied(node.id, library.implicit)
        if value is None and library.typed and library.knows(node.id):
            value = External((node.id,))
        if value is None:
            return None
        for name in reversed(names):
            value = self.part(value, name)
        return self.object_of(value, own=own)

    def object_of(self, value: Value, *, own: bool = True) -> Value | None:
        """An object of a class of which nobody knows who made it. own: of the project's classes too."""
        if isinstance(value, Lazy) and value.value is None:
            late = value
            missing = Unknown(f"what {late.name} is could not be found")
            return Lazy(lambda: self.object_of(force(late)) or missing, late.name, late.path) if own else None
        value = force(value)
        if isinstance(value, External):
            made = Arguments(missing=Unknown("it is made outside the project"))
            return External(tuple([f"{path}()" for path in value.paths]), value, made)
        if not own or not isinstance(value, Class):
            return None
        # Of what is only there to be filled by other classes, whoever gives it knows more.
        return self.shared(value) if any(not _is_empty(method.node) for method in self._methods(value)) else None


def _as_mapping(
    function: Function, positional: list[Value], named: dict[str, Value], branch: tuple[int, ...]
) -> tuple[list[Value], dict[str, Value]]:
    """Arguments with those that no parameter is called by as a mapping, where a parameter is left for it."""
    kinds = {parameter.name: parameter.kind for parameter in function.node.parameters}
    more = {name: value for name, value in named.items() if name not in kinds}
    left = sum(kind == "plain" for kind in kinds.values()) > len(positional)
    if not more or not left or "named rest" in kinds.values() or set(more) == {"&"}:
        return positional, named
    entries = {name: Item(value) for name, value in more.items() if name != "&"}
    return [*positional, Map(entries, branch=branch)], {name: value for name, value in named.items() if name in kinds}


def _looked_at(value: Value) -> tuple[Value, ...]:
    return value.values if isinstance(value, Either) else (value,)


def _is_item(value: Value) -> bool:
    """Whether what is added to a list is an item rather than more items."""
    options = alternatives(value)
    known = [one for one in options if not isinstance(one, Unknown)]
    return bool(known) and not any(isinstance(one, (List, Map)) for one in known)


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


def _dotted(node: p.Expression) -> str:
    if isinstance(node, p.Call):
        node = node.function
    if isinstance(node, p.Attribute):
        return f"{_dotted(node.value)}.{node.name}"
    return node.id if isinstance(node, p.Name) else "?"


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
