"""What functions and methods do to mappings: make them of pairs, look up, set and remove their entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.evaluation import operations as ops
from permlint.evaluation.changing import add_pairs, extend, put
from permlint.evaluation.operators import entry
from permlint.evaluation.values import (
    NOTHING,
    Arguments,
    Instance,
    Item,
    List,
    Map,
    Query,
    Unknown,
    Value,
    alternatives,
    either,
    force,
    known_text,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def get_entry(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`mapping.get(key, default)`."""
    key = arguments.get(0) or NOTHING
    default = arguments.get(1, "default") or NOTHING
    if isinstance(owner, Map):
        name = known_text(key)
        if name is not None:
            item = owner.entries.get(name)
            if item is None:
                missing = owner.missing or (owner.rest if isinstance(owner, Query) else None)
                return either([default, missing.one()]) if missing is not None else default
            return item.value if item.certain else either([item.value, default])
        return either([entry(run, owner, key), default])
    return Unknown("it is looked up at run time", ops.owner_of(owner))


def set_default(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`mapping.setdefault(key, default)`."""
    name = known_text(arguments.get(0))
    if isinstance(owner, Map) and name is not None:
        item = owner.entries.get(name)
        if item is not None:
            return item.value
        value = arguments.get(1, "default") or NOTHING
        put(run, owner, name, value, None)
        return value
    return Unknown("it is looked up at run time")


def set_entry(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`mapping.set(key, value)` and `append`."""
    name = known_text(arguments.get(0))
    if isinstance(owner, Map):
        if name is None:
            owner.missing = owner.missing or Unknown("some of its keys are only known at run time")
        else:
            put(run, owner, name, arguments.get(1) or NOTHING, None)
    return owner


def pairs(run: Interpreter, arguments: Arguments) -> Value:
    """`Map.of(key, value, key, value)`."""
    result = Map({}, branch=run.branch)
    for key, value in zip(arguments.positional[::2], arguments.positional[1::2], strict=False):
        set_entry(run, result, Arguments([key, value]))
    return result


def pair(_: Interpreter, arguments: Arguments) -> Value:
    """`Pair(key, value)`."""
    return List([Item(value) for value in arguments.positional[:2]], "tuple")


def to_pairs(run: Interpreter, arguments: Arguments) -> Value:
    """`mapOf(pair, pair)`."""
    return to_mapping(run, Arguments([List([Item(value) for value in arguments.positional])]))


def to_mapping(run: Interpreter, arguments: Arguments) -> Map:
    """`dict(...)`."""
    result = Map({}, branch=run.branch)
    for value in arguments.positional:
        add_pairs(run, result, value)
    for name, value in arguments.named.items():
        result.entries[name] = Item(value)
    result.missing = result.missing or arguments.missing
    return result


def made_on_demand(run: Interpreter, arguments: Arguments) -> Value:
    """`defaultdict(factory, ...)`."""
    result = to_mapping(run, Arguments(arguments.positional[1:], arguments.named))
    result.factory = arguments.get(0, "default_factory")
    return result


def merged_into_first(run: Interpreter, arguments: Arguments) -> Value:
    """`Object.assign(target, more, ...)`."""
    target = force(arguments.get(0) or NOTHING)
    for value in arguments.positional[1:]:
        if isinstance(target, Map):
            for option in alternatives(value):
                extend(run, target, option)
        elif isinstance(target, Instance):
            for option in alternatives(value):
                entries = option.entries if isinstance(option, Map) else {}
                target.attributes.update({name: item.value for name, item in entries.items()})
    return target
