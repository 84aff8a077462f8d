"""Functions and methods that call a function they are given: for each item, with a value, or later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.evaluation import operations as ops
from permlint.evaluation.calling import invoke
from permlint.evaluation.library import Method, Operation
from permlint.evaluation.operators import iterated
from permlint.evaluation.stdlib.lists import flattened, to_collection
from permlint.evaluation.values import (
    NOTHING,
    Arguments,
    Constant,
    External,
    Item,
    List,
    Partial,
    Unknown,
    Value,
    either,
    force,
    known_text,
    truth,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def mapped(run: Interpreter, arguments: Arguments) -> Value:
    """`map(function, items)`."""
    function = arguments.get(0) or NOTHING
    source = ops.items_of(iterated(run, arguments.get(1) or NOTHING))
    items = [Item(_applied(run, function, item.value), certain=item.certain) for item in source.items]
    rest = source.missing
    if rest is not None and rest.sample is not None:
        rest = Unknown(rest.because, rest.owner, rest.name, _applied(run, function, rest.sample))
    return List(items, "generator", branch=run.branch, missing=rest)


def _applied(run: Interpreter, function: Value, value: Value) -> Value:
    function = force(function)
    if isinstance(function, External) and function.paths[0].startswith("str."):
        return run.library.method(run, force(value), function.paths[0][4:], Arguments())
    return invoke(run, function, Arguments([value]))


def filtered(run: Interpreter, arguments: Arguments) -> Value:
    """`filter(function, items)`: with no function, what is not empty."""
    function = force(arguments.get(0) or NOTHING)
    source = ops.items_of(iterated(run, arguments.get(1) or NOTHING))
    plain = isinstance(function, Constant) or (
        isinstance(function, External) and function.paths[0] in ("str.strip", "bool")
    )
    if plain:
        kept = [item for item in source.items if known_text(item.value) != ""]
        return List(kept, "generator", branch=run.branch, missing=source.missing)
    items = []
    if source.missing is not None and source.missing.sample is not None:
        _applied(run, function, source.missing.sample)
    for item in source.items:
        known = truth(_applied(run, function, item.value))
        if known is not False:
            items.append(Item(item.value, certain=item.certain and bool(known)))
    return List(items, "generator", branch=run.branch, missing=source.missing)


def each_mapped(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.map(function)`."""
    return mapped(run, Arguments([arguments.get(0) or NOTHING, owner]))


def each_flattened(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.flatMap(function)`."""
    return flattened(run, each_mapped(run, owner, arguments), Arguments())


def each_filtered(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.filter(function)`."""
    function = arguments.get(0) or NOTHING
    if isinstance(function, External) and function.paths == ("Boolean",):
        function = NOTHING
    return filtered(run, Arguments([function, owner]))


def each_handed(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.forEach(function)`."""
    mapped(run, Arguments([arguments.get(0) or NOTHING, owner]))
    return NOTHING


def one_of_items(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.find(function)` and `items.at(position)`."""
    each_decided(run, owner, arguments)
    source = ops.items_of(owner)
    return either([*[item.value for item in source.items], *([source.missing.one()] if source.missing else [])])


def each_decided(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.some(function)` and `items.every(function)`."""
    for function in arguments.functions()[:1]:
        mapped(run, Arguments([function, owner]))
    return Unknown("it is decided at run time")


def from_items(run: Interpreter, arguments: Arguments) -> Value:
    """`Array.from(items, function)`."""
    made = to_collection("list")(run, Arguments(arguments.positional[:1]))
    function = arguments.get(1)
    return made if function is None else mapped(run, Arguments([function, made]))


def handed_on(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`promise.then(function)` of a value that is known already."""
    function = arguments.get(0)
    if function is None:
        return owner
    return invoke(run, function, Arguments([owner]))


def handed(*, back: bool) -> Operation:
    """A function that hands its first argument to its second. back: it gives that argument again, not the other's result."""

    def operation(run: Interpreter, arguments: Arguments) -> Value:
        given, function = arguments.get(0) or NOTHING, arguments.get(1) or NOTHING
        result = invoke(run, function, Arguments([given]))
        return given if back else result

    return operation


def built(make: Operation, give: Method) -> Operation:
    """`buildList { add(item) }`: what a function does to something new."""

    def operation(run: Interpreter, arguments: Arguments) -> Value:
        owner = make(run, Arguments())
        if arguments.positional:
            invoke(run, arguments.positional[-1], Arguments([owner]))
        return give(run, owner, Arguments())

    return operation


def partial(_: Interpreter, arguments: Arguments) -> Value:
    """`partial(function, ...)`."""
    if not arguments.positional:
        return Unknown("it is called without a function")
    return Partial(arguments.positional[0], Arguments(arguments.positional[1:], arguments.named, arguments.missing))
