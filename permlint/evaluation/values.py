"""Values: what an expression may be, as far as the source shows. Each part of a text keeps its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from permlint import program as p
    from permlint.evaluation.scopes import Scope

MAX_ALTERNATIVES = 8
"""How many values one expression may have at once; more become unknown."""
MAX_ITEMS = 400
"""How many items a collection, or pieces a text, may have before the rest is unknown."""


class Value:
    """Anything that an expression may be."""

    __slots__ = ()


class Unknown(Value):
    """Not known, because of something that a person can be told.

    owner: the function whose parameter it is, or the class whose instance lacks it; None otherwise. A caller or a subclass
    may know more. name: what the code calls it there. sample: of what is missing from a collection, any one value, where
    something is known of it all the same (an item of an answer from outside).
    """

    __slots__ = ("because", "name", "owner", "sample")

    def __init__(
        self, because: str, owner: tuple[str, int] | None = None, name: str = "", sample: Value | None = None
    ) -> None:
        self.because = because
        self.owner = owner
        self.name = name
        self.sample = sample

    def one(self) -> Value:
        """What is known of any one of the missing values."""
        return self if self.sample is None else self.sample


class Equality(Unknown):
    """Whether a key that nobody knows is some text. way: what holds where it is."""

    __slots__ = ("way",)

    def __init__(self, because: str, way: Way) -> None:
        super().__init__(because)
        self.way = way


class Setting(Unknown):
    """The value of an environment variable or of a configuration entry, by its name."""

    __slots__ = ()

    def __init__(self, name: str) -> None:
        super().__init__(f"it comes from the environment ({name})", None, name)


class Typed(Unknown):
    """Not known but for its type."""

    __slots__ = ("type",)

    def __init__(self, value: Unknown, type: Class) -> None:  # noqa: A002 - the field's standard name
        super().__init__(value.because, value.owner, value.name)
        self.type = type


class Constant(Value):
    """A number, a truth value or nothing."""

    __slots__ = ("value",)

    def __init__(self, value: float | bool | None) -> None:
        self.value = value


NOTHING = Constant(None)


class Piece:
    """Characters of a text and where they stand.

    origin: the file, None for characters that no file holds (such as the `=` of an encoded query). spots: as in
    `program.Text`. certain: False where only some branch puts them in. quoted: no character in it separates a URL's parts.
    """

    __slots__ = ("certain", "origin", "quoted", "spots", "start", "text")

    def __init__(
        self,
        text: str,
        origin: p.Program | None = None,
        start: int = 0,
        spots: tuple[int, ...] | None = None,
        *,
        certain: bool = True,
        quoted: bool = False,
    ) -> None:
        self.text = text
        self.origin = origin
        self.start = start
        self.spots = spots
        self.certain = certain
        self.quoted = quoted

    def spot(self, index: int) -> int:
        """The offset in the origin's text at which character `index` stands (the text's length: where it ends)."""
        return self.start + index if self.spots is None else self.spots[index]

    def cut(self, start: int, end: int) -> Piece:
        """Characters start to end (exclusive) as a piece of their own."""
        if start == 0 and end == len(self.text):
            return self
        return Piece(
            self.text[start:end],
            self.origin,
            self.spot(start),
            None if self.spots is None else self.spots[start : end + 1],
            certain=self.certain,
            quoted=self.quoted,
        )

    def like(self, text: str) -> Piece:
        """Other characters of the same number at the same place."""
        return Piece(text, self.origin, self.start, self.spots, certain=self.certain, quoted=self.quoted)

    def marked(self, *, certain: bool = True, quoted: bool = False) -> Piece:
        """The same characters, less certain or quoted."""
        if (certain or not self.certain) and (not quoted or self.quoted):
            return self
        return Piece(
            self.text,
            self.origin,
            self.start,
            self.spots,
            certain=self.certain and certain,
            quoted=self.quoted or quoted,
        )


class Hole:
    """A part of a text that is not known.

    value: what is known of it. name: what the code calls it, which may tell its kind. spot: the file and offset at which it
    is put into a text.
    """

    __slots__ = ("name", "quoted", "spot", "value")

    def __init__(
        self, value: Value, *, quoted: bool = False, name: str = "", spot: tuple[str, int] | None = None
    ) -> None:
        self.value = value
        self.quoted = quoted
        self.name = name
        self.spot = spot


class Text(Value):
    """A text: pieces and holes in order."""

    __slots__ = ("pieces",)

    def __init__(self, pieces: Iterable[Piece | Hole]) -> None:
        self.pieces = tuple(pieces)

    def known(self) -> str | None:
        """The whole text, None where part of it is not known."""
        out = []
        for piece in self.pieces:
            if isinstance(piece, Hole):
                return None
            out.append(piece.text)
        return "".join(out)

    def shown(self) -> str:
        """The text with `{}` in place of what is not known."""
        return "".join("{}" if isinstance(piece, Hole) else piece.text for piece in self.pieces)


class Item:
    """An item of a collection. certain: False where only some branch puts it in. place: where its key stands in the file."""

    __slots__ = ("certain", "key", "value")

    def __init__(self, value: Value, *, certain: bool = True, key: tuple[p.Program, int, int] | None = None) -> None:
        self.value = value
        self.certain = certain
        self.key = key


class Collection(Value):
    """A value that code changes in place. branch: the branch of the code in which it was made."""

    __slots__ = ("branch", "missing")

    branch: tuple[int, ...]
    missing: Unknown | None
    """Why there may be more in it than is known; None where all is known."""


class List(Collection):
    """A list, tuple, set or the items of an iteration. kind: `list`, `tuple`, `set` or `generator`.

    fields: the names of its items, where they have names.
    """

    __slots__ = ("fields", "items", "kind", "span")

    def __init__(
        self,
        items: list[Item],
        kind: str = "list",
        *,
        branch: tuple[int, ...] = (),
        missing: Unknown | None = None,
        span: tuple[p.Program, int, int] | None = None,
        fields: tuple[str, ...] = (),
    ) -> None:
        self.items = items
        self.kind = kind
        self.fields = fields
        self.branch = branch
        self.missing = missing
        self.span = span


class Map(Collection):
    """A mapping with text keys; entries under other keys are among what is missing.

    factory: what makes the value of a key that is looked up and not there.
    """

    __slots__ = ("entries", "factory", "span")

    def __init__(
        self,
        entries: dict[str, Item],
        *,
        branch: tuple[int, ...] = (),
        missing: Unknown | None = None,
        span: tuple[p.Program, int, int] | None = None,
        factory: Value | None = None,
    ) -> None:
        self.entries = entries
        self.factory = factory
        self.branch = branch
        self.missing = missing
        self.span = span


class Query(Map):
    """The parameters of an address; as a text they are encoded. rest: why the address itself may hold more of them."""

    __slots__ = ("rest",)

    def __init__(
        self,
        entries: dict[str, Item],
        *,
        branch: tuple[int, ...] = (),
        missing: Unknown | None = None,
        rest: Unknown | None = None,
    ) -> None:
        super().__init__(entries, branch=branch, missing=missing)
        self.rest = rest

    def given(self, more: Query | dict[str, Value]) -> Query:
        """These parameters and more."""
        if isinstance(more, Query):
            entries, missing = more.entries, self.missing or more.missing
        else:
            entries, missing = {name: Item(value) for name, value in more.items()}, self.missing
        return Query({**self.entries, **entries}, branch=self.branch, missing=missing, rest=self.rest)


class Address(Value):
    """An address as an object: a text, and parameters that code still adds to it.

    parts: its scheme, host and path, where code sets them one by one.
    """

    __slots__ = ("base", "parts", "query")

    def __init__(self, base: Text, query: Query) -> None:
        self.base = base
        self.query = query
        self.parts: dict[str, Value] = {}


Way = frozenset[tuple[Any, str]]
"""What decides for one of several values: keys that nobody knows, each with what it is then."""
ANY_WAY: Way = frozenset()


class Either(Value):
    """One of several values; which one is decided at run time. ways: for each value, what decides for it."""

    __slots__ = ("values", "ways")

    def __init__(self, values: tuple[Value, ...], ways: tuple[Way, ...] | None = None) -> None:
        self.values = values
        self.ways = (ANY_WAY,) * len(values) if ways is None else ways


class Arguments:
    """The arguments of a call. missing: why there may be more than is known."""

    __slots__ = ("missing", "named", "positional")

    def __init__(
        self,
        positional: list[Value] | None = None,
        named: dict[str, Value] | None = None,
        missing: Unknown | None = None,
    ) -> None:
        self.positional = positional or []
        self.named = named or {}
        self.missing = missing

    def get(self, position: int | None, *names: str) -> Value | None:
        """An argument by its position or one of its names."""
        for name in names:
            if name in self.named:
                return self.named[name]
        if position is not None and position < len(self.positional):
            return self.positional[position]
        return None

    def all(self) -> Iterator[Value]:
        """Every argument, those by position first."""
        yield from self.positional
        yield from self.named.values()

    def functions(self) -> list[Value]:
        """The functions of the project among them."""
        return [value for value in self.all() if isinstance(value, (Function, Bound))]


class External(Value):
    """Something from outside the project, known by its dotted path; `()` stands for the result of a call.

    paths: more than one for an instance whose class has several bases outside. arguments: of the last call in the path.
    owner: the value that it is a part of. call: the file and extent of that call. spot: of a part, the file and extent of its
    name.
    """

    __slots__ = ("arguments", "call", "owner", "paths", "spot")

    def __init__(
        self,
        paths: tuple[str, ...],
        owner: Value | None = None,
        arguments: Arguments | None = None,
        call: tuple[p.Program, int, int] | None = None,
    ) -> None:
        self.paths = paths
        self.owner = owner
        self.arguments = arguments
        self.call = call
        self.spot: tuple[p.Program, int, int] | None = None

    def part(self, name: str) -> External:
        """The attribute of that name."""
        return External(tuple([f"{path}.{name}" for path in self.paths]), self)

    def item(self) -> External:
        """Any one of its items."""
        return External(tuple([f"{path}[]" for path in self.paths]), self)


class Function(Value):
    """A function of the project. cls: the class whose body holds it."""

    __slots__ = ("cls", "defaults", "node", "program", "scope")

    def __init__(
        self, node: p.Function, program: p.Program, scope: Scope, defaults: dict[str, Value], cls: Class | None = None
    ) -> None:
        self.node = node
        self.program = program
        self.scope = scope
        self.defaults = defaults
        self.cls = cls

    @property
    def key(self) -> tuple[str, int]:
        """Tells this function's source from all others."""
        return self.program.path, self.node.start


class Bound(Value):
    """A function together with its first argument."""

    __slots__ = ("function", "owner")

    def __init__(self, function: Function, owner: Value) -> None:
        self.function = function
        self.owner = owner


class Overloaded(Value):
    """Several functions of one name, told apart by what they take. owner, cls: what they are looked up on, and where."""

    __slots__ = ("cls", "functions", "owner")

    def __init__(self, functions: tuple[Function, ...], owner: Value | None = None, cls: Class | None = None) -> None:
        self.functions = functions
        self.owner = owner
        self.cls = cls


class Partial(Value):
    """A callable with some arguments already given."""

    __slots__ = ("arguments", "function")

    def __init__(self, function: Value, arguments: Arguments) -> None:
        self.function = function
        self.arguments = arguments


class Class(Value):
    """A class of the project.

    names: what its body binds. types: those with which it declares names.
    made: some of its objects that the project makes.
    """

    __slots__ = ("bases", "made", "names", "node", "program", "shared", "types")

    def __init__(self, node: p.Class, program: p.Program, names: dict[str, Value], bases: list[Value]) -> None:
        self.node = node
        self.program = program
        self.names = names
        self.bases = bases
        self.shared: Instance | None = None
        self.types: dict[str, Value] = {}
        self.made: list[Instance] = []

    @property
    def key(self) -> tuple[str, int]:
        """Tells this class's source from all others."""
        return self.program.path, self.node.start


class Instance(Value):
    """An object of a project's class. arguments_known: whether a call in the project made it."""

    __slots__ = ("attributes", "branch", "cls", "made")

    def __init__(self, cls: Class, branch: tuple[int, ...] = (), *, made: bool = True) -> None:
        self.cls = cls
        self.attributes: dict[str, Value] = {}
        self.branch = branch
        self.made = made


class Super(Value):
    """The bases of a class, seen from an instance."""

    __slots__ = ("cls", "owner")

    def __init__(self, cls: Class, owner: Value) -> None:
        self.cls = cls
        self.owner = owner


class Module(Value):
    """A file of the project as a module.

    path: the file; folder: for a package without such a file; importer: the file that asked for it.
    """

    __slots__ = ("folder", "importer", "path")

    def __init__(self, path: str | None, folder: str, importer: str) -> None:
        self.path = path
        self.folder = folder
        self.importer = importer


class Lazy(Value):
    """A value that is only worked out when someone looks at it, since that may mean reading another file.

    name: what the code calls it. path: the file that it comes from.
    """

    __slots__ = ("name", "path", "thunk", "value")

    def __init__(self, thunk: Callable[[], Value], name: str = "", path: str = "") -> None:
        self.thunk: Callable[[], Value] | None = thunk
        self.value: Value | None = None
        self.name = name
        self.path = path


def force(value: Value) -> Value:
    """The value behind a lazy one."""
    chain: list[Lazy] = []
    while isinstance(value, Lazy):
        if value.value is None:
            thunk, value.thunk = value.thunk, None
            if thunk is None:
                return Unknown("it is defined in a circle")
            value.value = thunk()
        chain.append(value)
        value = Unknown("it is defined in a circle") if len(chain) > 50 else value.value
    # Whoever follows the chain again goes in no circle.
    for one in chain:
        one.value = value
    return value


def either(values: Iterable[Value]) -> Value:
    """One of the values; the value itself where there is only one."""
    return united([(value, ANY_WAY) for value in values])


def united(options: Iterable[tuple[Value, Way]]) -> Value:
    """One of the values, each with what decides for it; those are left out that contradict what decides for them."""
    out: list[Value] = []
    ways: list[Way] = []
    seen: dict[Any, int] = {}
    for value, outer in options:
        for one, inner in ways_of(value):
            if outer and not agree(outer, inner):
                continue
            way = outer | inner
            key = _identity(one)
            at = seen.setdefault(key, len(out))
            if at < len(out):
                ways[at] &= way
                continue
            out.append(within(one, way) if way else one)
            ways.append(way)
    if not out:
        return NOTHING
    if len(out) > MAX_ALTERNATIVES:
        out = [*out[: MAX_ALTERNATIVES - 1], Unknown("it has too many possible values")]
        ways = [*ways[: MAX_ALTERNATIVES - 1], ANY_WAY]
    return out[0] if len(out) == 1 else Either(tuple(out), tuple(ways))


def ways_of(value: Value) -> Iterable[tuple[Value, Way]]:
    """What the value may be, lazy ones as they are, each with what decides for it."""
    return zip(value.values, value.ways, strict=True) if isinstance(value, Either) else ((value, ANY_WAY),)


def agree(one: Way, other: Way) -> bool:
    """Whether both may hold: no key is to be two things at once."""
    if not one or not other:
        return True
    decided = dict(one)
    return all(decided.get(key, name) == name for key, name in other)


def within(value: Value, way: Way) -> Value:
    """What the value may be where that is decided; all of it where nothing would be left."""
    if isinstance(value, Either):
        left = [(one, inner) for one, inner in ways_of(value) if agree(way, inner)]
        return value if not left or len(left) == len(value.values) else united(left)
    if isinstance(value, Text) and any(
        isinstance(hole, Hole) and isinstance(hole.value, Either) for hole in value.pieces
    ):
        return Text(
            [
                Hole(within(hole.value, way), quoted=hole.quoted, name=hole.name, spot=hole.spot)
                if isinstance(hole, Hole) and isinstance(hole.value, Either)
                else hole
                for hole in value.pieces
            ]
        )
    return value


def kept(value: Value, test: Callable[[Value], bool]) -> list[tuple[Value, Way]]:
    """What the value may be that passes a test, each with what decides for it."""
    return [(one, way) for one, way in ways_of(value) if test(one)]


def decider(key: Value) -> Any:
    """A key that nobody knows, as a `Way` holds it: equal for what is surely the same key."""
    if isinstance(key, Unknown) and key.owner is not None:
        return (key.because, key.owner, key.name)
    return key


def _identity(value: Value) -> Any:
    if isinstance(value, Constant):
        return ("constant", type(value.value), value.value)
    if isinstance(value, Setting):
        return ("setting", value.name)
    if isinstance(value, Unknown):
        return ("unknown", value.because, value.owner)
    if isinstance(value, Text):
        return (
            "text",
            tuple(
                [
                    (piece.text, id(piece.origin), piece.start, piece.certain)
                    if isinstance(piece, Piece)
                    else ("hole", _identity(piece.value))
                    for piece in value.pieces
                ]
            ),
        )
    return id(value)


def alternatives(value: Value) -> tuple[Value, ...]:
    """What the value may be, each forced.

    One that is among its own alternatives (a setting that defaults to itself) counts once.
    """
    value = force(value)
    return _flat(value, force, set()) if isinstance(value, Either) else (value,)


def each_of(value: Value) -> tuple[Value, ...]:
    """What the value may be, lazy ones as they are."""
    return value.values if isinstance(value, Either) else (value,)


def settled(value: Value) -> tuple[Value, ...]:
    """What the value may be as far as anybody has looked: nothing lazy is worked out for it."""
    return _flat(value, _looked_at, set())


def _looked_at(value: Value) -> Value | None:
    while isinstance(value, Lazy):
        if value.value is None:
            return None
        value = value.value
    return value


def _flat(value: Value, look: Callable[[Value], Value | None], seen: set[int]) -> tuple[Value, ...]:
    found = look(value)
    if found is None or id(found) in seen:
        return ()
    if not isinstance(found, Either):
        return (found,)
    seen.add(id(found))
    out: list[Value] = []
    for one in found.values:
        out.extend(_flat(one, look, seen))
    return tuple(out)


def spread(value: Value, function: Callable[[Value], Value]) -> Value:
    """The function applied to each thing that a value may be, lazily where the value is lazy."""
    if isinstance(value, Lazy):
        if value.value is None:
            return Lazy(lambda: spread(force(value), function))
        value = force(value)
    if isinstance(value, Either):
        return united([(spread(one, function), way) for one, way in ways_of(value)])
    return function(value)


def truth(value: Value) -> bool | None:
    """Whether a value counts as true; None where that is not known. Never forces a lazy value."""
    if isinstance(value, Lazy):
        if value.value is None:
            return None
        value = force(value)
    if isinstance(value, Constant):
        return bool(value.value)
    if isinstance(value, Text):
        if any(isinstance(piece, Piece) and piece.text for piece in value.pieces):
            return True
        return None if value.pieces and any(isinstance(piece, Hole) for piece in value.pieces) else False
    if isinstance(value, List):
        if any(item.certain for item in value.items):
            return True
        return None if value.items or value.missing else False
    if isinstance(value, Map):
        if any(item.certain for item in value.entries.values()):
            return True
        return None if value.entries or value.missing else False
    if isinstance(value, (Function, Class, Instance, Module, Bound, Partial)):
        return True
    if isinstance(value, Either):
        found = {truth(one) for one in value.values}
        return found.pop() if len(found) == 1 else None
    return None


def literal(text: str) -> Text:
    """A text that no file holds."""
    return Text((Piece(text),))


def known_text(value: Value | None) -> str | None:
    """The characters of a text that is wholly known, else None."""
    if value is None:
        return None
    value = force(value)
    return value.known() if isinstance(value, Text) else None
