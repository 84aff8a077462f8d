"""Operators: binary ones, entries under a key, iteration, and an object as the text that it says it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint import program as p
from permlint.evaluation import operations as ops
from permlint.evaluation.calling import invoke
from permlint.evaluation.changing import put
from permlint.evaluation.classes import is_enumeration
from permlint.evaluation.parts import instance_part, part
from permlint.evaluation.running import Site, same_unknown
from permlint.evaluation.telling import filled
from permlint.evaluation.values import (
    ANY_WAY,
    NOTHING,
    Address,
    Arguments,
    Bound,
    Class,
    Constant,
    External,
    Instance,
    Item,
    Lazy,
    List,
    Map,
    Query,
    Text,
    Unknown,
    Value,
    alternatives,
    decider,
    either,
    force,
    known_text,
    literal,
    spread,
    united,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def as_text(run: Interpreter, value: Value) -> Value:
    """An object as the text that it says it is."""
    if isinstance(value, (Query, Address)):
        return ops.as_text(value)
    if isinstance(value, Instance):
        method = instance_part(run, value, p.TEXT_OF)
        if isinstance(method, Bound):
            return run.apply(method.function, Arguments(), method.owner)
    return value


def entry(run: Interpreter, owner: Value, key: Value, site: Site | None = None) -> Value:
    """The part of a value under a key or at a position. site: where; without it nobody is told."""

    def one(owner: Value) -> Value:
        if isinstance(owner, Map):
            return _entry_of_map(run, owner, key)
        if isinstance(owner, List):
            return _item_of_list(run, owner, key)
        if isinstance(owner, External):
            return _entry_from_outside(run, owner, key, site)
        if isinstance(owner, Class):
            # `Scopes["email"]` of an enumeration, or the parameters of a generic class.
            name = known_text(key)
            return owner.names.get(name, owner) if name is not None else owner
        if isinstance(owner, Unknown):
            return same_unknown(owner)
        if isinstance(owner, Instance):
            method = instance_part(run, owner, "__getitem__")
            if isinstance(method, Bound):
                return run.apply(method.function, Arguments([key]), method.owner)
        return Unknown("which part is only known at run time")

    return spread(owner, one)


def _entry_of_map(run: Interpreter, owner: Map, key: Value) -> Value:
    name = ops.key_text(key)
    if name is not None:
        lacking = NOTHING if run.library.arrays else None
        item = owner.entries.get(name)
        if item is not None:
            return item.value if item.certain else either([item.value, lacking or Unknown("it may be left out")])
        if owner.factory is not None and owner.missing is None:
            made = invoke(run, owner.factory, Arguments())
            put(run, owner, name, made, None)
            return made
        if owner.missing is not None:
            return owner.missing.one()
        return lacking or Unknown(f"there is no entry {name!r}")
    found = owner.entries
    if found and len(found) <= 6:
        by = decider(force(key))
        options = [(item.value, frozenset([(by, name)])) for name, item in found.items()]
        return united([*options, *([(owner.missing.one(), ANY_WAY)] if owner.missing else [])])
    if not found and owner.missing is not None and owner.missing.sample is not None:
        return owner.missing.sample
    return Unknown("which entry is only known at run time", ops.owner_of(force(key)))


def _item_of_list(run: Interpreter, owner: List, key: Value) -> Value:
    position = force(key)
    if isinstance(position, Constant) and isinstance(position.value, int) and owner.missing is None:
        if -len(owner.items) <= position.value < len(owner.items):
            return owner.items[position.value].value
    if not owner.items and owner.missing is not None and owner.missing.sample is not None:
        return owner.missing.sample
    if run.library.arrays and owner.missing is None and ops.key_text(position) is not None:
        return NOTHING
    whose = owner.missing.owner if owner.missing is not None else None
    return Unknown("which item is only known at run time", whose)


def _entry_from_outside(run: Interpreter, owner: External, key: Value, site: Site | None) -> Value:
    name = known_text(key)
    if name is not None and run.library.entries_are_parts:
        return part(run, owner, name)
    setting = run.observer.part(owner, name) if name is not None else None
    if setting is not None:
        return setting
    result = External(tuple([f"{path}[]" for path in owner.paths]), owner, Arguments([key]))
    told = run.observer.called(result, "[]", Arguments([key]), site) if site is not None else None
    return result if told is None else told


def slice_of(run: Interpreter, key: p.Slice) -> slice | None:
    """The bounds of a slice; None where they are not known."""
    numbers: list[int | None] = []
    known = True
    for bound in (key.lower, key.upper, key.step):
        value = force(run.evaluate(bound)) if bound is not None else NOTHING
        if isinstance(value, Constant) and (value.value is None or isinstance(value.value, int)):
            numbers.append(value.value)
        else:
            known = False
    return None if not known or numbers[2] == 0 else slice(*numbers)


def operate(run: Interpreter, operator: str, left: Value, right: Value) -> Value:
    """The value of a binary operator."""
    if operator == "+":
        grows = run.library.declares and isinstance(force(left), List) and _is_item(right)
        return ops.added(left, List([Item(right)]) if grows else right)
    if operator == "%":
        filled(run, left)
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


def iterated(run: Interpreter, value: Value) -> Value:
    """What an iteration over a value gives: of an enumeration its members."""

    def one(value: Value) -> Value:
        if isinstance(value, Class):
            kinds = (Text, List, Constant) if is_enumeration(run, value) else (Text,)
            return List(
                [
                    Item(member)
                    for name, member in value.names.items()
                    if isinstance(member, kinds) and not name.startswith("_")
                ]
            )
        if isinstance(value, Instance):
            method = instance_part(run, value, "__iter__")
            if isinstance(method, Bound):
                return run.apply(method.function, Arguments(), method.owner)
        if isinstance(value, Map):
            return ops.map_values(value) if run.library.arrays else ops.keys(value)
        return Unknown("a text is taken letter by letter") if isinstance(value, Text) else value

    return spread(value, one)


def _is_item(value: Value) -> bool:
    """Whether what is added to a list is an item rather than more items."""
    options = alternatives(value)
    known = [one for one in options if not isinstance(one, Unknown)]
    return bool(known) and not any(isinstance(one, (List, Map)) for one in known)
