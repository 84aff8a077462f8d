"""What functions and methods do to lists and sets: make them, change them in place, take out and put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.evaluation import operations as ops
from permlint.evaluation.changing import append, extend, is_certain
from permlint.evaluation.library import Operation
from permlint.evaluation.operators import entry, iterated
from permlint.evaluation.stdlib.mappings import get_entry, set_entry, to_mapping
from permlint.evaluation.telling import here
from permlint.evaluation.values import (
    MAX_ITEMS,
    NOTHING,
    Arguments,
    Constant,
    External,
    Item,
    List,
    Map,
    Query,
    Text,
    Unknown,
    Value,
    alternatives,
    either,
    force,
    known_text,
    spread,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def append_item(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.append(item)` and `add`."""
    if isinstance(owner, List) and arguments.positional:
        append(run, owner, arguments.positional[-1], certain=True)
    return NOTHING


def append_items(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.push(item, ...)` and `add`."""
    if isinstance(owner, List):
        for value in arguments.positional:
            append(run, owner, value, certain=True)
        if arguments.missing is not None:
            owner.missing = owner.missing or arguments.missing
    elif isinstance(owner, Query):
        # A parameter of an address, as a pair.
        parameters = [Item(value) for value in arguments.positional if isinstance(force(value), List)]
        if parameters:
            extend(run, owner, to_mapping(run, Arguments([List(parameters)])))
    return owner


def added_item(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.add(item)` and `items.add(position, item)`."""
    if isinstance(owner, List) and len(arguments.positional) == 2:
        insert_item(run, owner, arguments)
        return owner
    return append_items(run, owner, arguments)


def insert_item(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.insert(position, item)`."""
    if isinstance(owner, List) and len(arguments.positional) == 2 and len(owner.items) < MAX_ITEMS:
        position = force(arguments.positional[0])
        at = position.value if isinstance(position, Constant) and isinstance(position.value, int) else 0
        certain = is_certain(run, owner.branch)
        owner.items.insert(at, Item(arguments.positional[1], certain=certain))
    return NOTHING


def extend_items(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.extend(more)`, `update` of sets and mappings."""
    if isinstance(owner, (List, Map)):
        for value in arguments.positional:
            extend(run, owner, value)
        if isinstance(owner, Map) and arguments.named:
            extend(run, owner, Map({name: Item(value) for name, value in arguments.named.items()}))
    return NOTHING


def extended(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.addAll(more)` and `items.plus(more)` in place: gives the collection again."""
    extend_items(run, owner, arguments)
    return owner


def clear_items(run: Interpreter, owner: Value, _: Arguments) -> Value:
    """`items.clear()`."""
    certain = is_certain(run, getattr(owner, "branch", ()))
    if isinstance(owner, List):
        owner.items = [] if certain else [Item(item.value, certain=False) for item in owner.items]
    elif isinstance(owner, Map):
        owner.entries = (
            {} if certain else {k: Item(i.value, certain=False, key=i.key) for k, i in owner.entries.items()}
        )
    return NOTHING


def remove_item(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.remove(item)` and `discard`."""
    name = known_text(arguments.get(0))
    if isinstance(owner, List):
        if name is None:
            owner.items = [Item(item.value, certain=False) for item in owner.items]
        elif is_certain(run, owner.branch):
            owner.items = [item for item in owner.items if known_text(item.value) != name]
        else:
            owner.items = [
                Item(item.value, certain=item.certain and known_text(item.value) != name) for item in owner.items
            ]
    return NOTHING


def pop_entry(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`mapping.pop(key, default)`."""
    if isinstance(owner, Map):
        name = known_text(arguments.get(0))
        item = owner.entries.get(name) if name is not None else None
        if item is not None and name is not None:
            if is_certain(run, owner.branch):
                del owner.entries[name]
            else:
                owner.entries[name] = Item(item.value, certain=False, key=item.key)
            return item.value
        if name is not None and owner.missing is None:
            return arguments.get(1) or Unknown(f"there is no entry {name!r}")
    elif isinstance(owner, List):
        return _popped(run, owner, arguments.get(0) or Constant(-1))
    return arguments.get(1) or Unknown("it is taken out at run time")


def _popped(run: Interpreter, owner: List, position: Value) -> Value:
    position = force(position)
    at = position.value if isinstance(position, Constant) and isinstance(position.value, int) else None
    if at is None or not -len(owner.items) <= at < len(owner.items) or owner.missing is not None:
        owner.items = [Item(item.value, certain=False) for item in owner.items]
        return Unknown("which item is taken out is only known at run time")
    item = owner.items[at]
    if is_certain(run, owner.branch):
        del owner.items[at]
    else:
        owner.items[at] = Item(item.value, certain=False)
    return item.value


def remove_entry(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.delete(item)` of mappings and sets."""
    return (pop_entry if isinstance(owner, Map) else remove_item)(run, owner, arguments)


def added_entry(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`mapping.Add(key, value)` and `items.Add(item)`."""
    return (set_entry if isinstance(owner, Map) else append_items)(run, owner, arguments)


def copied(run: Interpreter, owner: Value, _: Arguments) -> Value:
    """`items.copy()`."""
    made = ops.copy_of(owner)
    if isinstance(made, (List, Map)) and made is not owner:
        made.branch = run.branch
    return made


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


def joined_with(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.concat(more)` and `text.concat(more)`."""
    if isinstance(owner, Text):
        return ops.concat([owner, *arguments.positional])
    parts: list[Value] = [owner]
    for value in arguments.positional:
        parts.append(value if any(isinstance(one, List) for one in alternatives(value)) else List([Item(value)]))
    result = ops.combined(parts)
    return List(list(result.items), branch=run.branch, missing=result.missing) if isinstance(result, List) else result


def holds_item(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.includes(item)` and `text.includes(part)`."""
    item = arguments.get(0)
    if item is not None and not isinstance(owner, Text):
        run.observer.compared("in", item, owner, here(run))
    if isinstance(owner, Text):
        text, part = owner.known(), known_text(item)
        return Unknown("it is decided at run time") if text is None or part is None else Constant(part in text)
    known = ops.contains(item, owner) if item is not None else None
    if known is False and isinstance(owner, Query) and owner.rest is not None:
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
    found = ops.sliced(owner, slice(*[*bounds, None, None][:2]))
    return Unknown("it is cut at run time", ops.owner_of(owner)) if found is None else found


def flattened(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.flat()`."""
    source = ops.items_of(owner)
    parts: list[Value] = []
    for item in source.items:
        inner = force(item.value)
        parts.append(inner if isinstance(inner, List) else List([item]))
    return ops.combined([*parts, *([List([], missing=source.missing)] if source.missing else [])])


def item_at(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.get(position)`, `mapping.get(key)`, and what holds one value handing it out."""
    if not arguments.positional:
        return owner
    if isinstance(owner, Map):
        return get_entry(run, owner, arguments)
    return entry(run, owner, arguments.positional[0])


def several(kind: str) -> Operation:
    """A function that makes a collection of its arguments, or of one array of them."""

    def operation(run: Interpreter, arguments: Arguments) -> Value:
        only = force(arguments.positional[0]) if len(arguments.positional) == 1 else None
        if isinstance(only, List):
            return to_collection(kind)(run, Arguments([only]))
        items = [Item(value) for value in arguments.positional]
        return List(items, kind, branch=run.branch, missing=arguments.missing)

    return operation


def sized(operation: Operation) -> Operation:
    """A function that makes a collection of another one, or an empty one for some size."""

    def made(run: Interpreter, arguments: Arguments) -> Value:
        given = [value for value in arguments.positional if not isinstance(force(value), (Constant, Unknown, External))]
        missing = [force(value) for value in arguments.positional[:1] if isinstance(force(value), (Unknown, External))]
        result = operation(run, Arguments(given[:1]))
        if missing and isinstance(result, (List, Map)):
            result.missing = missing[0] if isinstance(missing[0], Unknown) else Unknown("it comes from a library")
        return result

    return made


def listed(run: Interpreter, arguments: Arguments) -> Value:
    """A function that gives its arguments as a list."""
    return List([Item(value) for value in arguments.positional], branch=run.branch, missing=arguments.missing)


def gathered(kind: str) -> Operation:
    """A function that gives its arguments as a collection."""
    return lambda run, arguments: to_collection(kind)(run, Arguments([listed(run, arguments)]))


def to_collection(kind: str) -> Operation:
    """`list(items)` and its like: a new collection."""

    def operation(run: Interpreter, arguments: Arguments) -> Value:
        value = arguments.get(0)
        if value is None:
            return List([], kind, branch=run.branch)

        def one(value: Value) -> Value:
            source = ops.items_of(iterated(run, value))
            made = List(list(source.items), kind, branch=run.branch, missing=source.missing, span=source.span)
            return ops.unique(made, kind) if kind == "set" else made

        return spread(value, one)

    return operation


def combined_with(run: Interpreter, arguments: Arguments) -> Value:
    """`append(items, item, item)`: a new collection."""
    first = ops.items_of(arguments.get(0) or NOTHING)
    more = [Item(value) for value in arguments.positional[1:]]
    return List([*first.items, *more], branch=run.branch, missing=first.missing or arguments.missing)


def concatenated_items(run: Interpreter, arguments: Arguments) -> Value:
    """`Concat(items, items)`."""
    return ops.copy_of(ops.combined(list(arguments.positional)))


def chained(run: Interpreter, arguments: Arguments) -> Value:
    """`chain(a, b)`."""
    return ops.combined([iterated(run, value) for value in arguments.positional], "generator")


def chained_all(run: Interpreter, arguments: Arguments) -> Value:
    """`chain.from_iterable(parts)`."""
    parts = ops.items_of(arguments.get(0) or NOTHING)
    result = ops.combined([iterated(run, item.value) for item in parts.items], "generator")
    if parts.missing is not None and isinstance(result, List):
        result.missing = result.missing or parts.missing
    return result


def zipped(run: Interpreter, arguments: Arguments) -> Value:
    """`zip(a, b)`."""
    columns = [ops.items_of(iterated(run, value)) for value in arguments.positional]
    missing = next((column.missing for column in columns if column.missing is not None), None)
    rows = [
        Item(List([Item(cell.value) for cell in row], "tuple"), certain=all(cell.certain for cell in row))
        for row in zip(*[column.items for column in columns], strict=False)
    ]
    return List(rows[:MAX_ITEMS], "generator", branch=run.branch, missing=missing)


def counted(run: Interpreter, arguments: Arguments) -> Value:
    """`enumerate(items)`."""
    source = ops.items_of(iterated(run, arguments.get(0) or NOTHING))
    return List(_positions(source), "generator", branch=run.branch, missing=source.missing)


def _positions(source: List) -> list[Item]:
    """Pairs of a position and the item there."""
    return [
        Item(List([Item(Constant(index)), Item(item.value)], "tuple"), certain=item.certain)
        for index, item in enumerate(source.items)
    ]


def numbered(_: Interpreter, arguments: Arguments) -> Value:
    """The pairs that an iteration gives: of positions and items, or of keys and values."""
    value = force(arguments.get(0) or NOTHING)
    if isinstance(value, Map):
        return ops.entries(value)
    source = ops.items_of(value)
    rows, missing = _positions(source), source.missing
    if isinstance(value, External):
        # What is in something from outside is known by where it comes from.
        counted_later = Item(Unknown("it is counted at run time"))
        rows.append(Item(List([counted_later, Item(value.item())], "tuple"), certain=False))
        missing = None
    return List(rows, "generator", missing=missing)


def numbers(_: Interpreter, arguments: Arguments) -> Value:
    """The positions or keys that an iteration gives."""
    value = force(arguments.get(0) or NOTHING)
    if isinstance(value, Map):
        return ops.keys(value)
    source = ops.items_of(value)
    return List([Item(Constant(index)) for index in range(len(source.items))], "generator", missing=source.missing)


def length(_: Interpreter, arguments: Arguments) -> Value:
    """`len(value)`."""
    value = force(arguments.get(0) or NOTHING)
    if isinstance(value, List) and value.missing is None and all(item.certain for item in value.items):
        return Constant(len(value.items))
    return Unknown("it is counted at run time")


def summed(run: Interpreter, arguments: Arguments) -> Value:
    """`sum(collections, start)`."""
    parts = ops.items_of(iterated(run, arguments.get(0) or NOTHING))
    start = arguments.get(1, "start")
    if start is None or not isinstance(force(start), List):
        return Unknown("it is computed at run time")
    result = ops.combined([start, *[item.value for item in parts.items]])
    if isinstance(result, List):
        result.missing = result.missing or parts.missing
    return result


def next_item(run: Interpreter, arguments: Arguments) -> Value:
    """`next(items, default)`."""
    source = ops.items_of(iterated(run, arguments.get(0) or NOTHING))
    options: list[Value] = []
    for item in source.items:
        options.append(item.value)
        if item.certain:
            return either(options)
    default = arguments.get(1)
    return either(
        [*options, *([default] if default is not None else []), *([source.missing.one()] if source.missing else [])]
    )
