"""What the functions and methods of a language's own library do to values, as tables from names to operations.

The operations are the same for all languages; each language has a table of its names for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from permlint.evaluation import finding
from permlint.evaluation import operations as ops
from permlint.evaluation.values import (
    MAX_ITEMS,
    NOTHING,
    Address,
    Arguments,
    Class,
    Constant,
    External,
    Hole,
    Instance,
    Item,
    Lazy,
    List,
    Map,
    Module,
    Partial,
    Piece,
    Query,
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
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter

_MAX_READERS = 6
"""How many calls may stand between the name of a file and what is read from it: `loads(Path(name).read_text().strip())`."""

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
    called by are handed over as a mapping. dynamic: a function sees the names of whoever calls it. environment: what reads a
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
    dynamic: bool = False
    environment: str = ""

    def knows(self, name: str) -> bool:
        """Whether a name needs no import."""
        return name in self.builtins or (self.open and not (self.sigil and name.startswith(self.sigil)))

    def is_property(self, decorator: str) -> bool:
        """Whether a decorator makes a method a part that is read without a call."""
        return decorator.rpartition(".")[2] in self.properties

    def method(self, interpreter: Interpreter, owner: Value, name: str, arguments: Arguments) -> Value:
        """The value of a method of a known value."""
        method = self.methods.get(name)
        if method is not None:
            return method(interpreter, owner, arguments)
        if isinstance(owner, Text) and name in self.same:
            return owner
        return Unknown("it is computed at run time", ops.owner_of(owner))

    def function(self, interpreter: Interpreter, callee: External, arguments: Arguments) -> Value | None:
        """The value of a function of the language's library; None where it is not one."""
        for path in callee.paths:
            operation = self.functions.get(path)
            if operation is not None:
                return operation(interpreter, arguments)
            if path.startswith(self.unbound) and arguments.positional:
                owner, rest = force(arguments.positional[0]), Arguments(arguments.positional[1:], arguments.named)
                return self.method(interpreter, owner, path.rpartition(".")[2], rest)
        return None


# Methods ----------------------------------------------------------------------------------------------------------------


def join_items(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`separator.join(items)`."""
    items = arguments.get(0)
    return (
        ops.joined(owner, _iterated(interpreter, items)) if items is not None else Unknown("it is joined at run time")
    )


def _iterated(interpreter: Interpreter, value: Value) -> Value:
    return interpreter.iterated(value) if isinstance(force_known(value), Class) else value


def force_known(value: Value) -> Value:
    """The value itself unless it is lazy and has been looked at already."""
    return getattr(value, "value", None) or value if type(value).__name__ == "Lazy" else value


def split_text(_: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`text.split(separator, limit)`."""
    separator = arguments.get(0, "sep")
    if separator is None or (isinstance(separator, Constant) and separator.value is None):
        return ops.split(owner, None)
    known = known_text(separator)
    limit = arguments.get(1, "maxsplit")
    count = int(limit.value) if isinstance(limit, Constant) and isinstance(limit.value, int) else -1
    if known is None:
        return List([], missing=Unknown("it is split at run time"))
    return ops.split(owner, known, count)


def at_pattern(made: str, plain: Method) -> Method:
    """`text.split(pattern)` and `text.replace(pattern, new)`. made: the path of a pattern; plain: the method for texts."""

    def method(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
        given = arguments.get(0)
        if not isinstance(given, External) or made not in given.paths or given.arguments is None:
            return plain(interpreter, owner, arguments)
        pattern = known_text(given.arguments.get(0))
        if plain is split_text:
            return ops.split_pattern(owner, pattern or "")
        if pattern is None or not re.fullmatch(r"[\w\s,;:%=&@~#-]+", pattern):
            return Unknown("it is replaced by a pattern", ops.owner_of(owner))
        return plain(interpreter, owner, Arguments([literal(pattern), *arguments.positional[1:]]))

    return method


def split_from_right(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`text.rsplit(separator, limit)`."""
    separator, limit = known_text(arguments.get(0, "sep")), arguments.get(1, "maxsplit")
    if limit is None or separator is None:
        return split_text(interpreter, owner, arguments)
    parts = ops.split(owner, separator)
    count = limit.value if isinstance(limit, Constant) and isinstance(limit.value, int) else -1
    known = known_text(owner)
    if known is None or not isinstance(owner, Text) or not isinstance(parts, List):
        return List([], missing=Unknown("it is split at run time"))
    first = known.rsplit(separator, count)[0]
    rest = len(known.rsplit(separator, count)) - 1
    return List([Item(ops.cut(owner, 0, len(first))), *parts.items[len(parts.items) - rest :]])


def split_in_three(*, last: bool = False) -> Method:
    """`text.partition(separator)` and `rpartition`."""
    return lambda _, owner, arguments: ops.partition(owner, known_text(arguments.get(0)), last=last)


def split_lines(_: Interpreter, owner: Value, __: Arguments) -> Value:
    """`text.splitlines()`."""
    return ops.split(owner, "\n")


def stripped(side: str) -> Method:
    """`text.strip(characters)` on one or both sides."""

    def method(_: Interpreter, owner: Value, arguments: Arguments) -> Value:
        return ops.strip(owner, known_text(arguments.get(0)), side)

    return method


def recased(function: Callable[[str], str]) -> Method:
    """`text.lower()` and the like."""
    return lambda _, owner, __: ops.recased(owner, function)


def replace_text(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`text.replace(old, new)`."""
    old = known_text(arguments.get(0, "old"))
    if old and isinstance(owner, Text) and old in owner.shown():
        interpreter.filled(owner)
    new = arguments.get(1, "new") or Unknown("it is replaced at run time")
    return ops.replace(owner, known_text(arguments.get(0, "old")), new)


def format_text(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`text.format(...)`."""
    interpreter.filled(owner)
    return ops.format_braces(owner, arguments)


def format_map(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`text.format_map(mapping)`."""
    interpreter.filled(owner)
    mapping = force(arguments.get(0) or NOTHING)
    if isinstance(mapping, Map):
        return ops.format_braces(owner, Arguments([], {k: i.value for k, i in mapping.entries.items()}))
    return Unknown("it is filled in at run time")


def trimmed(end: str) -> Method:
    """`text.removeprefix(part)` and `removesuffix`."""

    def method(_: Interpreter, owner: Value, arguments: Arguments) -> Value:
        part = known_text(arguments.get(0))

        def one(value: Value) -> Value:
            known = value.known() if isinstance(value, Text) else None
            if known is None or part is None or not isinstance(value, Text):
                return value
            if end == "start" and known.startswith(part):
                return ops.cut(value, len(part), len(known))
            if end == "end" and part and known.endswith(part):
                return ops.cut(value, 0, len(known) - len(part))
            return value

        return spread(owner, one)

    return method


def asked(function: Callable[[str, str], bool]) -> Method:
    """`text.startswith(part)` and the like."""

    def method(_: Interpreter, owner: Value, arguments: Arguments) -> Value:
        text, part = known_text(owner), known_text(arguments.get(0))
        if text is None or part is None:
            return Unknown("it is decided at run time")
        return Constant(function(text, part))

    return method


def append_item(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.append(item)` and `add`."""
    if isinstance(owner, List) and arguments.positional:
        interpreter.append(owner, arguments.positional[-1], certain=True)
    return NOTHING


def insert_item(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.insert(position, item)`."""
    if isinstance(owner, List) and len(arguments.positional) == 2 and len(owner.items) < MAX_ITEMS:
        position = force(arguments.positional[0])
        at = position.value if isinstance(position, Constant) and isinstance(position.value, int) else 0
        certain = interpreter.certain(owner.branch)
        owner.items.insert(at, Item(arguments.positional[1], certain=certain))
    return NOTHING


def clear_items(interpreter: Interpreter, owner: Value, _: Arguments) -> Value:
    """`items.clear()`."""
    certain = interpreter.certain(getattr(owner, "branch", ()))
    if isinstance(owner, List):
        owner.items = [] if certain else [Item(item.value, certain=False) for item in owner.items]
    elif isinstance(owner, Map):
        owner.entries = (
            {} if certain else {k: Item(i.value, certain=False, key=i.key) for k, i in owner.entries.items()}
        )
    return NOTHING


def extend_items(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.extend(more)`, `update` of sets and mappings."""
    if isinstance(owner, (List, Map)):
        for value in arguments.positional:
            interpreter.extend(owner, value)
        if isinstance(owner, Map) and arguments.named:
            interpreter.extend(owner, Map({name: Item(value) for name, value in arguments.named.items()}))
    return NOTHING


def remove_item(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.remove(item)` and `discard`."""
    name = known_text(arguments.get(0))
    if isinstance(owner, List):
        if name is None:
            owner.items = [Item(item.value, certain=False) for item in owner.items]
        elif interpreter.certain(owner.branch):
            owner.items = [item for item in owner.items if known_text(item.value) != name]
        else:
            owner.items = [
                Item(item.value, certain=item.certain and known_text(item.value) != name) for item in owner.items
            ]
    return NOTHING


def pop_entry(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`mapping.pop(key, default)`."""
    if isinstance(owner, Map):
        name = known_text(arguments.get(0))
        item = owner.entries.get(name) if name is not None else None
        if item is not None and name is not None:
            if interpreter.certain(owner.branch):
                del owner.entries[name]
            else:
                owner.entries[name] = Item(item.value, certain=False, key=item.key)
            return item.value
        if name is not None and owner.missing is None:
            return arguments.get(1) or Unknown(f"there is no entry {name!r}")
    elif isinstance(owner, List):
        return _popped(interpreter, owner, arguments.get(0) or Constant(-1))
    return arguments.get(1) or Unknown("it is taken out at run time")


def _popped(interpreter: Interpreter, owner: List, position: Value) -> Value:
    position = force(position)
    at = position.value if isinstance(position, Constant) and isinstance(position.value, int) else None
    if at is None or not -len(owner.items) <= at < len(owner.items) or owner.missing is not None:
        owner.items = [Item(item.value, certain=False) for item in owner.items]
        return Unknown("which item is taken out is only known at run time")
    item = owner.items[at]
    if interpreter.certain(owner.branch):
        del owner.items[at]
    else:
        owner.items[at] = Item(item.value, certain=False)
    return item.value


def get_entry(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`mapping.get(key, default)`."""
    key = arguments.get(0) or NOTHING
    default = arguments.get(1, "default") or NOTHING
    if isinstance(owner, Map):
        name = known_text(key)
        if name is not None:
            item = owner.entries.get(name)
            if item is None:
                missing = owner.missing or _rest_of(owner)
                return either([default, missing.one()]) if missing is not None else default
            return item.value if item.certain else either([item.value, default])
        return either([interpreter.entry(owner, key), default])
    return Unknown("it is looked up at run time", ops.owner_of(owner))


def _rest_of(value: Value) -> Unknown | None:
    """Why there may be more parameters in an address than code has put there."""
    return value.rest if isinstance(value, Query) else None


def set_default(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`mapping.setdefault(key, default)`."""
    name = known_text(arguments.get(0))
    if isinstance(owner, Map) and name is not None:
        item = owner.entries.get(name)
        if item is not None:
            return item.value
        value = arguments.get(1, "default") or NOTHING
        interpreter.put(owner, name, value, None)
        return value
    return Unknown("it is looked up at run time")


def copied(interpreter: Interpreter, owner: Value, _: Arguments) -> Value:
    """`items.copy()`."""
    made = copy_of(owner)
    if isinstance(made, (List, Map)) and made is not owner:
        made.branch = interpreter.branch
    return made


def copy_of(value: Value) -> Value:
    """A collection that can be changed without changing the other."""

    def one(value: Value) -> Value:
        if isinstance(value, List):
            return List(list(value.items), value.kind, branch=value.branch, missing=value.missing, span=value.span)
        if isinstance(value, Map):
            return Map(dict(value.entries), branch=value.branch, missing=value.missing, span=value.span)
        return value

    return spread(value, one)


def union(_: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`set.union(other)`."""
    return ops.unique(ops.combined([owner, *arguments.positional], "set"), "set")


def difference(_: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`set.difference(other)`."""
    for other in arguments.positional:
        owner = ops.without(owner, other)
    return owner


def intersection(_: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`set.intersection(other)`."""
    for other in arguments.positional:
        owner = ops.shared(owner, other)
    return owner


def replaced_fields(_: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`record._replace(name=value)`."""
    if not isinstance(owner, List) or not owner.fields:
        return Unknown("it is computed at run time", ops.owner_of(owner))
    items = [
        Item(arguments.named[n]) if n in arguments.named else i for n, i in zip(owner.fields, owner.items, strict=False)
    ]
    return List(items, "tuple", fields=owner.fields)


def whole_url(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`parts.geturl()`."""
    return unsplit_url(interpreter, Arguments([owner])) if isinstance(owner, List) else first(interpreter, arguments)


def substitute(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`Template(text).substitute(name=value)`."""
    if not isinstance(owner, Partial):
        return Unknown("it is computed at run time", ops.owner_of(owner))
    named = dict(arguments.named)
    mapping = force(arguments.get(0) or NOTHING)
    if isinstance(mapping, Map):
        named = {**{name: item.value for name, item in mapping.entries.items()}, **named}
    text = owner.arguments.positional[0]
    interpreter.filled(text)
    return ops.fill_dollars(text, Arguments([], named))


def joined_by(default: str) -> Method:
    """`items.join(separator)`."""

    def method(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
        return ops.joined(arguments.get(0) or literal(default), _iterated(interpreter, owner))

    return method


def joined_with(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.concat(more)` and `text.concat(more)`."""
    if isinstance(owner, Text):
        return ops.concat([owner, *arguments.positional])
    parts: list[Value] = [owner]
    for value in arguments.positional:
        parts.append(value if any(isinstance(one, List) for one in alternatives(value)) else List([Item(value)]))
    result = ops.combined(parts)
    return (
        List(list(result.items), branch=interpreter.branch, missing=result.missing)
        if isinstance(result, List)
        else result
    )


def holds_item(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.includes(item)` and `text.includes(part)`."""
    item = arguments.get(0)
    if item is not None and not isinstance(owner, Text):
        interpreter.observer.compared("in", item, owner, interpreter.here())
    if isinstance(owner, Text):
        text, part = owner.known(), known_text(item)
        return Unknown("it is decided at run time") if text is None or part is None else Constant(part in text)
    known = ops.contains(item, owner) if item is not None else None
    if known is False and _rest_of(owner) is not None:
        known = None
    return Unknown("it is decided at run time") if known is None else Constant(known)


def sliced(_: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.slice(start, end)` and `text.slice(start, end)`."""
    bounds: list[int | None] = []
    for value in arguments.positional[:2]:
        bound = force(value)
        if not isinstance(bound, Constant) or not isinstance(bound.value, int):
            return Unknown("it is cut at run time", ops.owner_of(owner))
        bounds.append(bound.value)
    part = slice(*[*bounds, None, None][:2])
    if isinstance(owner, List) and owner.missing is None:
        return List(owner.items[part], owner.kind)
    if isinstance(owner, Text) and (known := owner.known()) is not None:
        start, end, _step = part.indices(len(known))
        return ops.cut(owner, start, max(start, end))
    return Unknown("it is cut at run time", ops.owner_of(owner))


def each_mapped(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.map(function)`."""
    return mapped(interpreter, Arguments([arguments.get(0) or NOTHING, owner]))


def each_flattened(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.flatMap(function)`."""
    return flattened(interpreter, each_mapped(interpreter, owner, arguments), Arguments())


def each_filtered(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.filter(function)`."""
    function = arguments.get(0) or NOTHING
    if isinstance(function, External) and function.paths == ("Boolean",):
        function = NOTHING
    return filtered(interpreter, Arguments([function, owner]))


def each_handed(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.forEach(function)`."""
    mapped(interpreter, Arguments([arguments.get(0) or NOTHING, owner]))
    return NOTHING


def flattened(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.flat()`."""
    source = ops.items_of(owner)
    parts: list[Value] = []
    for item in source.items:
        inner = force(item.value)
        parts.append(inner if isinstance(inner, List) else List([item]))
    return ops.combined([*parts, *([List([], missing=source.missing)] if source.missing else [])])


def one_of_items(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.find(function)` and `items.at(position)`."""
    each_decided(interpreter, owner, arguments)
    source = ops.items_of(owner)
    return either([*[item.value for item in source.items], *([source.missing.one()] if source.missing else [])])


def each_decided(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.some(function)` and `items.every(function)`."""
    for function in arguments.functions()[:1]:
        mapped(interpreter, Arguments([function, owner]))
    return Unknown("it is decided at run time")


def append_items(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.push(item, ...)` and `add`."""
    if isinstance(owner, List):
        for value in arguments.positional:
            interpreter.append(owner, value, certain=True)
        if arguments.missing is not None:
            owner.missing = owner.missing or arguments.missing
    elif isinstance(owner, Query):
        # A parameter of an address, as a pair.
        parameters = [Item(value) for value in arguments.positional if isinstance(force(value), List)]
        if parameters:
            interpreter.extend(owner, to_mapping(interpreter, Arguments([List(parameters)])))
    return owner


def set_entry(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`mapping.set(key, value)` and `append`."""
    name = known_text(arguments.get(0))
    if isinstance(owner, Map):
        if name is None:
            owner.missing = owner.missing or Unknown("some of its keys are only known at run time")
        else:
            interpreter.put(owner, name, arguments.get(1) or NOTHING, None)
    return owner


def remove_entry(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.delete(item)` of mappings and sets."""
    return (pop_entry if isinstance(owner, Map) else remove_item)(interpreter, owner, arguments)


def text_of_owner(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`value.toString()`."""
    if isinstance(owner, List) and owner.kind == "text":
        return ops.joined(literal(""), owner)
    return ops.joined(literal(","), owner) if isinstance(owner, List) else to_text(interpreter, Arguments([owner]))


def itself(_: Interpreter, owner: Value, __: Arguments) -> Value:
    """A method that gives its owner again."""
    return owner


def handed_on(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`promise.then(function)` of a value that is known already."""
    function = arguments.get(0)
    if function is None:
        return owner
    return interpreter.invoke(function, Arguments([owner]), interpreter.nowhere())


def of_owner(function: Callable[[Value], Value]) -> Method:
    """A method without arguments that is a function of its owner."""
    return lambda _, owner, __: function(owner)


def nothing(_: Interpreter, __: Value, ___: Arguments) -> Value:
    """A method that changes the order, or nothing that matters."""
    return NOTHING


def item_at(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.get(position)`, `mapping.get(key)`, and what holds one value handing it out."""
    if not arguments.positional:
        return owner
    if isinstance(owner, Map):
        return get_entry(interpreter, owner, arguments)
    return interpreter.entry(owner, arguments.positional[0])


def encoded_values(_: Interpreter, owner: Value, __: Arguments) -> Value:
    """`values.Encode()` of parameters that may each hold a list of values."""
    if not isinstance(owner, Map):
        return ops.query(owner)
    entries: dict[str, Item] = {}
    for name, item in owner.entries.items():
        held = force(item.value)
        only = held.items[0].value if isinstance(held, List) and len(held.items) == 1 else item.value
        entries[name] = Item(only, certain=item.certain, key=item.key)
    return ops.query(Map(entries, branch=owner.branch, missing=owner.missing))


def item_at_first(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`optional.orElse(other)` of what is known to be there."""
    return (arguments.get(0) or NOTHING) if owner is NOTHING else owner


def added_item(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.add(item)` and `items.add(position, item)`."""
    if isinstance(owner, List) and len(arguments.positional) == 2:
        insert_item(interpreter, owner, arguments)
        return owner
    return append_items(interpreter, owner, arguments)


def added_entry(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`mapping.Add(key, value)` and `items.Add(item)`."""
    return (set_entry if isinstance(owner, Map) else append_items)(interpreter, owner, arguments)


def append_formatted(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`builder.AppendFormat("{0}", value)`."""
    return append_items(interpreter, owner, Arguments([format_positions(interpreter, arguments)]))


def extended(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.addAll(more)` and `items.plus(more)` in place: gives the collection again."""
    extend_items(interpreter, owner, arguments)
    return owner


def split_at_pattern(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`text.split(pattern)`."""
    return split_by_pattern(interpreter, Arguments([arguments.get(0) or NOTHING, owner]))


def joined_to_text(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.joinToString(separator)`."""
    return ops.joined(arguments.get(0, "separator") or literal(", "), _iterated(interpreter, owner))


def address_of(interpreter: Interpreter, owner: Value, _: Arguments) -> Value:
    """`text.toUri()`."""
    return to_address(interpreter, Arguments([owner]))


def quoted_text(interpreter: Interpreter, owner: Value, _: Arguments) -> Value:
    """`text.encodeURL()`."""
    return ops.quoted(owner)


def collected(_: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.collect(collector)`: a text joins them, any other keeps them."""
    separator = force(arguments.get(0) or NOTHING)
    return ops.joined(separator, owner) if isinstance(separator, Text) else owner


def formatted(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`text.formatted(values)`."""
    interpreter.filled(owner)
    return ops.format_percent(owner, List([Item(value) for value in arguments.positional], "tuple"))


def with_parameter(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`address.appendQueryParameter(name, value)`: the address with one more parameter."""
    name, value = known_text(arguments.get(0)), arguments.get(1)
    if not isinstance(owner, Address):
        return set_entry(interpreter, owner, arguments)
    if name is None:
        query = Query(dict(owner.query.entries), missing=Unknown("some of its parameters are only known at run time"))
        return Address(owner.base, query)
    owner.query = owner.query.given({name: value or NOTHING})
    return owner


def with_path(separator: str) -> Method:
    """`address.appendPath(segment)`: the address with more behind its path."""

    def method(_: Interpreter, owner: Value, arguments: Arguments) -> Value:
        if not isinstance(owner, Address):
            return Unknown("it is computed at run time")
        for value in arguments.positional:
            base = ops.strip(owner.base, "/", "right") if separator else owner.base
            whole = ops.concat([base, literal(separator), ops.strip(ops.as_text(value), "/", "left")])
            if not isinstance(whole, Text):
                return Unknown("it is put together at run time")
            owner.base = whole
        return owner

    return method


def with_head(mark: str) -> Method:
    """`address.scheme(name)` and `address.host(name)` of an address that is put together. mark: what follows the name."""

    def method(_: Interpreter, owner: Value, arguments: Arguments) -> Value:
        whole = (
            ops.concat([owner.base, ops.as_text(arguments.get(0) or NOTHING), literal(mark)])
            if isinstance(owner, Address)
            else None
        )
        if isinstance(owner, Address) and isinstance(whole, Text):
            owner.base = whole
            return owner
        return Unknown("it is put together at run time")

    return method


# Functions --------------------------------------------------------------------------------------------------------------


def builder_of_text(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`StringBuilder(text)`: a text that grows."""
    items = [Item(value) for value in arguments.positional if isinstance(force(value), Text)]
    return List(items, "text", branch=interpreter.branch)


def builder_of_address(interpreter: Interpreter, _: Arguments) -> Value:
    """`Uri.Builder()`: an address of which nothing is said yet."""
    return Address(Text(()), Query({}, branch=interpreter.branch))


def sized(operation: Operation) -> Operation:
    """A function that makes a collection of another one, or an empty one for some size."""

    def made(interpreter: Interpreter, arguments: Arguments) -> Value:
        given = [value for value in arguments.positional if not isinstance(force(value), (Constant, Unknown, External))]
        missing = [force(value) for value in arguments.positional[:1] if isinstance(force(value), (Unknown, External))]
        result = operation(interpreter, Arguments(given[:1]))
        if missing and isinstance(result, (List, Map)):
            result.missing = missing[0] if isinstance(missing[0], Unknown) else Unknown("it comes from a library")
        return result

    return made


def several(kind: str) -> Operation:
    """A function that makes a collection of its arguments, or of one array of them."""

    def operation(interpreter: Interpreter, arguments: Arguments) -> Value:
        only = force(arguments.positional[0]) if len(arguments.positional) == 1 else None
        if isinstance(only, List):
            return to_collection(kind)(interpreter, Arguments([only]))
        items = [Item(value) for value in arguments.positional]
        return List(items, kind, branch=interpreter.branch, missing=arguments.missing)

    return operation


def pairs(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`Map.of(key, value, key, value)`."""
    result = Map({}, branch=interpreter.branch)
    for key, value in zip(arguments.positional[::2], arguments.positional[1::2], strict=False):
        set_entry(interpreter, result, Arguments([key, value]))
    return result


def pair(_: Interpreter, arguments: Arguments) -> Value:
    """`Pair(key, value)`."""
    return List([Item(value) for value in arguments.positional[:2]], "tuple")


def to_pairs(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`mapOf(pair, pair)`."""
    return to_mapping(interpreter, Arguments([List([Item(value) for value in arguments.positional])]))


def joined_texts(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`String.join(separator, items)` and `String.join(separator, text, text)`."""
    separator = arguments.get(0) or NOTHING
    return ops.joined(
        separator, several("list")(interpreter, Arguments(arguments.positional[1:], {}, arguments.missing))
    )


def joined_by_default(separator: str) -> Operation:
    """A function that joins items with a separator of its own."""
    return lambda _, arguments: ops.joined(literal(separator), arguments.get(0) or NOTHING)


def joined_items(_: Interpreter, arguments: Arguments) -> Value:
    """`join(items, separator)`."""
    return ops.joined(arguments.get(1) or literal(""), arguments.get(0) or NOTHING)


def format_values(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`format(template, values)`; a locale may come first."""
    given = list(arguments.positional)
    while given and isinstance(force(given[0]), External):
        del given[0]
    if not given:
        return Unknown("it is filled in at run time")
    return formatted(interpreter, force(given[0]), Arguments(given[1:]))


def format_positions(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`format("{0} {1}", values)`."""
    given = list(arguments.positional)
    while given and isinstance(force(given[0]), External):
        del given[0]
    return format_text(interpreter, force(given[0]), Arguments(given[1:])) if given else NOTHING


def handed(*, back: bool) -> Operation:
    """A function that hands its first argument to its second. back: it gives that argument again, not the other's result."""

    def operation(interpreter: Interpreter, arguments: Arguments) -> Value:
        given, function = arguments.get(0) or NOTHING, arguments.get(1) or NOTHING
        result = interpreter.invoke(function, Arguments([given]), interpreter.nowhere())
        return given if back else result

    return operation


def built(make: Operation, give: Method) -> Operation:
    """`buildList { add(item) }`: what a function does to something new."""

    def operation(interpreter: Interpreter, arguments: Arguments) -> Value:
        owner = make(interpreter, Arguments())
        if arguments.positional:
            interpreter.invoke(arguments.positional[-1], Arguments([owner]), interpreter.nowhere())
        return give(interpreter, owner, Arguments())

    return operation


def as_method(method: Method) -> Operation:
    """A function that does to its first argument what a method does to its owner."""

    def operation(interpreter: Interpreter, arguments: Arguments) -> Value:
        rest = Arguments(arguments.positional[1:], arguments.named, arguments.missing)
        return spread(arguments.get(0) or NOTHING, lambda owner: method(interpreter, owner, rest))

    return operation


def combined_with(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`append(items, item, item)`: a new collection."""
    first = ops.items_of(arguments.get(0) or NOTHING)
    more = [Item(value) for value in arguments.positional[1:]]
    return List([*first.items, *more], branch=interpreter.branch, missing=first.missing or arguments.missing)


def concatenated(_: Interpreter, arguments: Arguments) -> Value:
    """`Sprint(text, text)`."""
    return ops.concat([ops.as_text(value) for value in arguments.positional])


def concatenated_items(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`Concat(items, items)`."""
    made = ops.combined(list(arguments.positional))
    return copy_of(made)


def numbered(_: Interpreter, arguments: Arguments) -> Value:
    """The pairs that an iteration gives: of positions and items, or of keys and values."""
    value = force(arguments.get(0) or NOTHING)
    if isinstance(value, Map):
        return ops.entries(value)
    source = ops.items_of(value)
    rows = [
        Item(List([Item(Constant(index)), Item(item.value)], "tuple"), certain=item.certain)
        for index, item in enumerate(source.items)
    ]
    missing = source.missing
    if isinstance(value, External):
        # What is in something from outside is known by where it comes from.
        inner = External(tuple([f"{path}[]" for path in value.paths]), value)
        rows.append(Item(List([Item(Unknown("it is counted at run time")), Item(inner)], "tuple"), certain=False))
        missing = None
    return List(rows, "generator", missing=missing)


def numbers(_: Interpreter, arguments: Arguments) -> Value:
    """The positions or keys that an iteration gives."""
    value = force(arguments.get(0) or NOTHING)
    if isinstance(value, Map):
        return ops.keys(value)
    source = ops.items_of(value)
    return List([Item(Constant(index)) for index in range(len(source.items))], "generator", missing=source.missing)


def address_from_parts(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`URL{Scheme: ..., Host: ..., Path: ..., RawQuery: ...}`."""
    host = arguments.get(None, "Host")
    if host is None:
        return Address(Text(()), Query({}, branch=interpreter.branch))
    scheme = arguments.get(None, "Scheme") or literal("https")
    path = ops.strip(ops.as_text(arguments.get(None, "Path") or literal("")), "/", "left")
    whole = ops.concat([scheme, literal("://"), host, literal("/"), path])
    if not isinstance(whole, Text):
        return Unknown("it is put together at run time")
    query = Query({}, branch=interpreter.branch)
    asked = arguments.get(None, "RawQuery")
    return Address(whole, query.given(ops.parameters_of(asked)) if asked is not None else query)


def with_query(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`AddQueryString(address, parameters)` and `AddQueryString(address, name, value)`."""
    made = to_address(interpreter, Arguments(arguments.positional[:1]))
    for one in alternatives(made):
        if isinstance(one, Address) and len(arguments.positional) > 2:
            with_parameter(interpreter, one, Arguments(arguments.positional[1:]))
        elif isinstance(one, Address):
            one.query = to_query_of(interpreter, Arguments(arguments.positional[1:2]))
    return spread(made, ops.as_text)


def to_query_of(interpreter: Interpreter, arguments: Arguments) -> Query:
    """The parameters that a mapping or a text is."""
    made = to_query(interpreter, arguments)
    return made if isinstance(made, Query) else Query({}, missing=Unknown("its parameters are only known at run time"))


def joined_path(_: Interpreter, arguments: Arguments) -> Value:
    """`JoinPath(base, part, part)`."""
    parts: list[Value] = []
    for number, value in enumerate(arguments.positional):
        text = ops.as_text(value)
        parts.append(ops.strip(text, "/", "both") if number else ops.strip(text, "/", "right"))
        parts.append(literal("/"))
    return ops.concat(parts[:-1])


def as_one_of(interpreter: Interpreter, arguments: Arguments) -> Value:
    """A cast: a value as one of a type."""
    return interpreter.as_type(arguments.get(0) or NOTHING, arguments.get(1))


def first_result(_: Interpreter, arguments: Arguments) -> Value:
    """The first of several results; what gives one result and an error counts as that one."""

    def one(value: Value) -> Value:
        return value.items[0].value if isinstance(value, List) and value.kind == "tuple" and value.items else value

    return spread(arguments.get(0) or NOTHING, one)


def encode_query(_: Interpreter, arguments: Arguments) -> Value:
    """`urlencode(parameters)`."""
    parameters = arguments.get(0, "query")
    return ops.query(parameters) if parameters is not None else Unknown("it is encoded at run time")


def quote_text(_: Interpreter, arguments: Arguments) -> Value:
    """`quote(text)`."""
    text = arguments.get(0, "string")
    return ops.quoted(text) if text is not None else Unknown("it is encoded at run time")


def first(_: Interpreter, arguments: Arguments) -> Value:
    """A function that gives its first argument again."""
    return arguments.get(0) or Unknown("it is computed at run time")


def spread_text(arguments: Arguments, function: Callable[[Value, Arguments], Value]) -> Value:
    """What a function gives of its first argument, which is a text, and the others."""
    rest = Arguments(arguments.positional[1:], arguments.named, arguments.missing)
    return spread(ops.as_text(arguments.get(0) or literal("")), lambda text: function(text, rest))


def of_first(function: Callable[[Value], Value]) -> Operation:
    """A function of its first argument."""
    return lambda _, arguments: function(arguments.get(0) or NOTHING)


def listed(interpreter: Interpreter, arguments: Arguments) -> Value:
    """A function that gives its arguments as a list."""
    return List([Item(value) for value in arguments.positional], branch=interpreter.branch, missing=arguments.missing)


def gathered(kind: str) -> Operation:
    """A function that gives its arguments as a collection."""
    return lambda interpreter, arguments: to_collection(kind)(interpreter, Arguments([listed(interpreter, arguments)]))


def from_items(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`Array.from(items, function)`."""
    made = to_collection("list")(interpreter, Arguments(arguments.positional[:1]))
    function = arguments.get(1)
    return made if function is None else mapped(interpreter, Arguments([function, made]))


def merged_into_first(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`Object.assign(target, more, ...)`."""
    target = force(arguments.get(0) or NOTHING)
    for value in arguments.positional[1:]:
        if isinstance(target, Map):
            for option in alternatives(value):
                interpreter.extend(target, option)
        elif isinstance(target, Instance):
            for option in alternatives(value):
                entries = option.entries if isinstance(option, Map) else {}
                target.attributes.update({name: item.value for name, item in entries.items()})
    return target


def to_query(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`URLSearchParams(parameters)`: a mapping whose text is a query."""
    given = force(arguments.get(0) or NOTHING)
    result = Query({}, branch=interpreter.branch)
    if isinstance(given, (Map, List)):
        made = to_mapping(interpreter, Arguments([given]))
        if isinstance(made, Map):
            result.entries, result.missing = dict(made.entries), made.missing
    elif isinstance(given, Text):
        for name, value in ops.parameters_of(given).items():
            result.entries[name] = Item(value)
    elif not isinstance(given, Constant):
        result.missing = given if isinstance(given, Unknown) else Unknown("its parameters are only known at run time")
    return result


def to_address(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`URL(address, base)`: an address whose parameters can still be changed."""
    if not arguments.positional:
        return Address(Text(()), Query({}, branch=interpreter.branch))
    text = arguments.get(0) or NOTHING
    base = arguments.get(1)
    whole = joined_url(interpreter, Arguments([base, text])) if base is not None else ops.as_text(text)
    unknown = Unknown("it comes with an address that is only known at run time")
    options = [
        Address(one, Query({}, branch=interpreter.branch, rest=unknown if one.known() is None else None))
        for one in alternatives(whole)
        if isinstance(one, Text)
    ]
    return either(options) if options else Unknown("it is put together at run time")


def unlabelled(operation: Operation) -> Operation:
    """A function to whose arguments their names add nothing: they count by their order."""
    return lambda interpreter, arguments: operation(interpreter, _in_order(arguments))


def unlabelled_method(method: Method) -> Method:
    """As `unlabelled`, for a method."""
    return lambda interpreter, owner, arguments: method(interpreter, owner, _in_order(arguments))


def _in_order(arguments: Arguments) -> Arguments:
    # A function that stands behind the parentheses comes last.
    return Arguments([*arguments.named.values(), *arguments.positional], missing=arguments.missing)


def named_value(_: Interpreter, arguments: Arguments) -> Value:
    """`URLQueryItem(name, value)`."""
    name, value = arguments.get(0, "name") or NOTHING, arguments.get(1, "value") or NOTHING
    return List([Item(name), Item(value)], "tuple", fields=("name", "value"))


def path_added(_: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`address.appendingPathComponent(part)`."""
    part = arguments.get(0) or Unknown("it is put together at run time")
    return ops.concat([ops.strip(owner, "/", "right"), literal("/"), ops.strip(part, "/", "left")])


def address_of_parts(scheme: str, host: tuple[str, ...], path: tuple[str, ...], query: tuple[str, ...]) -> Operation:
    """A function that puts an address together.

    scheme: empty where an argument of that name says it. host, path, query: the arguments that hold them, `#1` by position.
    """

    def given(arguments: Arguments, keys: tuple[str, ...]) -> Value | None:
        found = [arguments.get(int(key[1:])) if key.startswith("#") else arguments.named.get(key) for key in keys]
        return next((value for value in found if value is not None), None)

    def operation(interpreter: Interpreter, arguments: Arguments) -> Value:
        where = given(arguments, host)
        if where is None:
            return first(interpreter, arguments)
        rest = given(arguments, path)
        address = Address(Text(()), Query({}, branch=interpreter.branch))
        address.parts = {
            "scheme": literal(scheme) if scheme else arguments.get(None, "scheme") or literal("https"),
            "host": where,
        }
        if rest is not None:
            rest = force(rest)
            address.parts["path"] = ops.joined(literal("/"), rest) if isinstance(rest, List) else rest
        parameters = given(arguments, query)
        if parameters is not None:
            made = to_query(interpreter, Arguments([parameters]))
            address.query = made if isinstance(made, Query) else address.query
        return ops.address_text(address)

    return operation


def with_parameters(name: str) -> Method:
    """`address.replace(queryParameters=...)`: the address with other parameters."""

    def method(interpreter: Interpreter, owner: Value, arguments: Arguments) -> Value:
        parameters = arguments.named.get(name)
        if parameters is None or not isinstance(owner, Text):
            return owner
        return ops.concat([owner, literal("?"), ops.query(parameters)])

    return method


def second(_: Interpreter, arguments: Arguments) -> Value:
    """A function that gives its second argument again."""
    return arguments.get(1) or Unknown("it is computed at run time")


def summed(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`sum(collections, start)`."""
    parts = ops.items_of(interpreter.iterated(arguments.get(0) or NOTHING))
    start = arguments.get(1, "start")
    if start is None or not isinstance(force(start), List):
        return Unknown("it is computed at run time")
    result = ops.combined([start, *[item.value for item in parts.items]])
    if isinstance(result, List):
        result.missing = result.missing or parts.missing
    return result


def next_item(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`next(items, default)`."""
    source = ops.items_of(interpreter.iterated(arguments.get(0) or NOTHING))
    options: list[Value] = []
    for item in source.items:
        options.append(item.value)
        if item.certain:
            return either(options)
    default = arguments.get(1)
    return either(
        [*options, *([default] if default is not None else []), *([source.missing.one()] if source.missing else [])]
    )


def made_on_demand(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`defaultdict(factory, ...)`."""
    result = to_mapping(interpreter, Arguments(arguments.positional[1:], arguments.named))
    if isinstance(result, Map):
        result.factory = arguments.get(0, "default_factory")
    return result


def record_type(_: Interpreter, arguments: Arguments) -> Value:
    """`namedtuple(name, fields)`."""
    return Partial(External(("collections.namedtuple()",)), Arguments([arguments.get(1, "field_names") or NOTHING]))


def record(_: Interpreter, arguments: Arguments) -> Value:
    """An object of a `namedtuple`."""
    names = force(arguments.positional[0]) if arguments.positional else NOTHING
    known = names.known() if isinstance(names, Text) else None
    if known is not None:
        fields = known.replace(",", " ").split()
    else:
        fields = [known_text(item.value) or "" for item in names.items] if isinstance(names, List) else []
    values = [*arguments.positional[1:], *[Unknown("it is not given")] * len(fields)][: len(fields)]
    items = [Item(arguments.named.get(name, value)) for name, value in zip(fields, values, strict=False)]
    return List(items, "tuple", fields=tuple(fields))


def named_parts(_: Interpreter, arguments: Arguments) -> Value:
    """`SimpleNamespace(name=value)`."""
    return List([Item(value) for value in arguments.named.values()], "tuple", fields=tuple(arguments.named))


def split_url(_: Interpreter, arguments: Arguments) -> Value:
    """`urlparse(address)`: its parts."""
    text = arguments.get(0, "url")
    known = known_text(text)
    match = _URL.fullmatch(known) if known is not None else None
    whole = force(text) if text is not None else None
    if match is None or not isinstance(whole, Text):
        return Unknown("it is taken apart at run time")
    spans = [match.span(name) for name in ("scheme", "host", "path", "none", "query", "fragment")]
    items = [Item(ops.cut(whole, *span) if span[0] >= 0 else literal("")) for span in spans]
    return List(items, "tuple", fields=("scheme", "netloc", "path", "params", "query", "fragment"))


_URL = re.compile(
    r"(?:(?P<scheme>[A-Za-z][\w+.-]*)://)?(?P<host>[^/?#]*)(?P<path>[^?#]*)(?P<none>)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.DOTALL,
)


def template(_: Interpreter, arguments: Arguments) -> Value:
    """`string.Template(text)`."""
    return Partial(External(("string.Template()",)), Arguments([arguments.get(0, "template") or NOTHING]))


def to_text(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`str(value)`."""
    value = arguments.get(0)
    if value is None:
        return literal("")
    value = interpreter.as_text(value)
    if isinstance(value, (List, Map)) and not isinstance(value, Query):
        return Text((Hole(Unknown("a collection is made a text at run time")),))
    return ops.as_text(value)


def to_collection(kind: str) -> Operation:
    """`list(items)` and its like: a new collection."""

    def operation(interpreter: Interpreter, arguments: Arguments) -> Value:
        value = arguments.get(0)
        if value is None:
            return List([], kind, branch=interpreter.branch)

        def one(value: Value) -> Value:
            source = ops.items_of(interpreter.iterated(value))
            made = List(list(source.items), kind, branch=interpreter.branch, missing=source.missing, span=source.span)
            return ops.unique(made, kind) if kind == "set" else made

        return spread(value, one)

    return operation


def chained(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`chain(a, b)`."""
    return ops.combined([interpreter.iterated(value) for value in arguments.positional], "generator")


def chained_all(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`chain.from_iterable(parts)`."""
    parts = ops.items_of(arguments.get(0) or NOTHING)
    result = ops.combined([interpreter.iterated(item.value) for item in parts.items], "generator")
    if parts.missing is not None and isinstance(result, List):
        result.missing = result.missing or parts.missing
    return result


def mapped(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`map(function, items)`."""
    function = arguments.get(0) or NOTHING
    source = ops.items_of(interpreter.iterated(arguments.get(1) or NOTHING))
    items = [Item(_applied(interpreter, function, item.value), certain=item.certain) for item in source.items]
    rest = source.missing
    if rest is not None and rest.sample is not None:
        rest = Unknown(rest.because, rest.owner, rest.name, _applied(interpreter, function, rest.sample))
    return List(items, "generator", branch=interpreter.branch, missing=rest)


def _applied(interpreter: Interpreter, function: Value, value: Value) -> Value:
    function = force(function)
    if isinstance(function, External) and function.paths[0].startswith("str."):
        return interpreter.library.method(interpreter, force(value), function.paths[0][4:], Arguments())
    node = interpreter.nowhere()
    return interpreter.invoke(function, Arguments([value]), node)


def filtered(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`filter(function, items)`: with no function, what is not empty."""
    function = force(arguments.get(0) or NOTHING)
    source = ops.items_of(interpreter.iterated(arguments.get(1) or NOTHING))
    plain = isinstance(function, Constant) or (
        isinstance(function, External) and function.paths[0] in ("str.strip", "bool")
    )
    if plain:
        kept = [item for item in source.items if known_text(item.value) != ""]
        return List(kept, "generator", branch=interpreter.branch, missing=source.missing)
    items = []
    if source.missing is not None and source.missing.sample is not None:
        _applied(interpreter, function, source.missing.sample)
    for item in source.items:
        from permlint.evaluation.values import truth

        known = truth(_applied(interpreter, function, item.value))
        if known is not False:
            items.append(Item(item.value, certain=item.certain and bool(known)))
    return List(items, "generator", branch=interpreter.branch, missing=source.missing)


def _second_of(missing: Unknown | None) -> Unknown | None:
    """What is missing from a mapping where pairs are missing: any value is the second of a pair."""
    if missing is None or missing.sample is None:
        return missing
    pair = force(missing.sample)
    value = pair.items[1].value if isinstance(pair, List) and len(pair.items) == 2 else None
    return Unknown(missing.because, missing.owner, missing.name, value)


def to_mapping(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`dict(...)`."""
    result = Map({}, branch=interpreter.branch)
    for value in arguments.positional:
        for option in alternatives(value):
            if isinstance(option, List):
                for item in option.items:
                    pair = force(item.value)
                    if isinstance(pair, List) and len(pair.items) == 2:
                        name = known_text(pair.items[0].value)
                        if name is not None:
                            result.entries[name] = Item(pair.items[1].value, certain=item.certain)
                            continue
                    result.missing = result.missing or Unknown("some of its pairs are only known at run time")
                result.missing = result.missing or _second_of(option.missing)
            else:
                interpreter.extend(result, option)
    for name, value in arguments.named.items():
        result.entries[name] = Item(value)
    result.missing = result.missing or arguments.missing
    return result


def zipped(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`zip(a, b)`."""
    columns = [ops.items_of(interpreter.iterated(value)) for value in arguments.positional]
    missing = next((column.missing for column in columns if column.missing is not None), None)
    rows = [
        Item(List([Item(cell.value) for cell in row], "tuple"), certain=all(cell.certain for cell in row))
        for row in zip(*[column.items for column in columns], strict=False)
    ]
    return List(rows[:MAX_ITEMS], "generator", branch=interpreter.branch, missing=missing)


def counted(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`enumerate(items)`."""
    source = ops.items_of(interpreter.iterated(arguments.get(0) or NOTHING))
    rows = [
        Item(List([Item(Constant(index)), Item(item.value)], "tuple"), certain=item.certain)
        for index, item in enumerate(source.items)
    ]
    return List(rows, "generator", branch=interpreter.branch, missing=source.missing)


def get_part(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`getattr(value, name, default)`."""
    name = known_text(arguments.get(1))
    owner = arguments.get(0) or NOTHING
    default = arguments.get(2)
    if name is None:
        return Unknown("which attribute is only known at run time")
    found = interpreter.part(owner, name)
    if default is None:
        return found
    if isinstance(force(owner), External):
        # Only what the observer knows is more than a name.
        return either([default, Unknown(f"{name} is set elsewhere") if isinstance(found, External) else found])
    found = force(found)
    return either([default, found]) if isinstance(found, Unknown) else found


def set_part(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`setattr(value, name, new)`."""
    name = known_text(arguments.get(1))
    if name is not None and len(arguments.positional) > 2:
        interpreter.set_attribute(arguments.positional[0], name, arguments.positional[2])
    return NOTHING


def bases(interpreter: Interpreter, _: Arguments) -> Value:
    """`super()`."""
    frame = interpreter.frame
    if frame.cls is not None and frame.owner is not None:
        return Super(frame.cls, frame.owner)
    return Unknown("it is called outside a method")


def partial(_: Interpreter, arguments: Arguments) -> Value:
    """`partial(function, ...)`."""
    if not arguments.positional:
        return Unknown("it is called without a function")
    return Partial(arguments.positional[0], Arguments(arguments.positional[1:], arguments.named, arguments.missing))


def is_instance(_: Interpreter, arguments: Arguments) -> Value:
    """`isinstance(value, kind)` for the language's own kinds."""
    value = arguments.get(0)
    if value is None or type(value).__name__ == "Lazy":
        return Unknown("it is decided at run time")
    names: set[str] = set()
    for option in alternatives(arguments.get(1) or NOTHING):
        for kind in [item.value for item in option.items] if isinstance(option, List) else [option]:
            kind = force(kind)
            if not isinstance(kind, External):
                return Unknown("it is decided at run time")
            names.update(kind.paths)
    value = force(value)
    if isinstance(value, Text):
        return Constant("str" in names)
    if isinstance(value, Map):
        return Constant(bool(names & {"dict", "collections.abc.Mapping", "typing.Mapping", "Mapping"}))
    if isinstance(value, List):
        kinds = {
            value.kind,
            "collections.abc.Iterable",
            "collections.abc.Sequence",
            "typing.Iterable",
            "typing.Sequence",
        }
        return Constant(bool(names & kinds))
    if isinstance(value, Constant) and value.value is None:
        return Constant(False)
    return Unknown("it is decided at run time")


def length(_: Interpreter, arguments: Arguments) -> Value:
    """`len(value)`."""
    value = force(arguments.get(0) or NOTHING)
    if isinstance(value, List) and value.missing is None and all(item.certain for item in value.items):
        return Constant(len(value.items))
    return Unknown("it is counted at run time")


def split_by_pattern(_: Interpreter, arguments: Arguments) -> Value:
    """`re.split(pattern, text)`."""
    pattern = known_text(arguments.get(0, "pattern"))
    text = arguments.get(1, "string")
    if pattern is None or text is None:
        return List([], missing=Unknown("it is split by a pattern"))
    return ops.split_pattern(text, pattern)


def joined_url(_: Interpreter, arguments: Arguments) -> Value:
    """`urljoin(base, path)`."""
    base = arguments.get(0, "base")
    path = arguments.get(1, "url")
    if base is None or path is None:
        return Unknown("it is put together at run time")

    def one(base: Value) -> Value:
        target = force(path)
        if isinstance(target, Text):
            head = target.pieces[0] if target.pieces else None
            if isinstance(head, Piece) and "://" in head.text:
                return target
            known = base.known() if isinstance(base, Text) else None
            if known is not None and isinstance(base, Text):
                scheme = known.find("://")
                cut = len(known)
                if isinstance(head, Piece) and head.text.startswith("/"):
                    slash = known.find("/", scheme + 3)
                    cut = slash if slash >= 0 else len(known)
                elif not known.endswith("/"):
                    cut = max(known.rfind("/"), scheme + 2) + 1
                    if cut <= scheme + 3:
                        return ops.concat([base, literal("/"), target])
                return ops.concat([ops.cut(base, 0, cut), target])
        return ops.concat([base, target])

    return spread(base, one)


def unsplit_url(_: Interpreter, arguments: Arguments) -> Value:
    """`urlunparse((scheme, host, path, parameters, query, fragment))` and `urlunsplit`."""
    parts = ops.items_of(arguments.get(0) or NOTHING)
    if parts.missing is not None or len(parts.items) not in (5, 6):
        return Unknown("it is put together at run time")
    values = [item.value for item in parts.items]
    question = values[3] if len(values) == 5 else values[4]
    return ops.concat([values[0], literal("://"), values[1], values[2], literal("?"), question])


def field_default(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`field(default=..., default_factory=...)` of data classes and models."""
    default = arguments.get(0, "default")
    if isinstance(default, External) and default.paths == ("...",):
        default = None
    factory = arguments.get(None, "default_factory", "factory")
    if default is not None and not isinstance(default, Unknown):
        return default
    if factory is not None:
        return interpreter.invoke(factory, Arguments(), interpreter.nowhere())
    return Unknown("it has no default")


def type_of(_: Interpreter, arguments: Arguments) -> Value:
    """`type(value)`."""
    value = force(arguments.get(0) or NOTHING)
    if isinstance(value, Instance):
        return value.cls
    return Unknown("it is decided at run time")


def import_module(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`import_module(name)`."""
    name = known_text(arguments.get(0))
    if name is None or interpreter.program is None:
        return Unknown("which module is only known at run time")
    importer = interpreter.program.path
    found = interpreter.modules.find(importer, name, 0)
    return External((name,)) if found is None else interpreter.whole(Module(*found, importer))


def load_document(interpreter: Interpreter, arguments: Arguments) -> Value:
    """`load(open(path))`: what a file of the project holds that is named where it is opened; else the argument itself."""
    given = arguments.get(0)
    if given is None or interpreter.program is None:
        return Unknown("which file is read is only known at run time")
    value: Value | None = force(given)
    for _ in range(_MAX_READERS):
        if not isinstance(value, External):
            break
        inner = value.arguments.get(0) if value.arguments is not None else None
        value = force(inner) if isinstance(inner, (Text, External, Lazy)) else value.owner
    last = value.pieces[-1] if isinstance(value, Text) and value.pieces else None
    if isinstance(last, Piece) and value is not force(given):
        importer = interpreter.program.path
        tail = last.text.replace("\\", "/").removeprefix("./").lstrip("/")
        found = finding.nearest(importer, interpreter.modules.ending(tail))
        if len(found) == 1:
            return interpreter.whole(Module(found[0], "", importer))
    return Unknown("it is parsed at run time") if isinstance(force(given), Text) else given
