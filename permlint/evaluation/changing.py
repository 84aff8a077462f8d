"""Changes: collections that code changes in place, and what it changes on some of several ways only."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.evaluation import operations as ops
from permlint.evaluation.values import (
    MAX_ITEMS,
    Collection,
    Constant,
    Either,
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
    united,
    ways_of,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def fork(run: Interpreter, ways: list[Callable[[], bool]]) -> bool:
    """Takes each way from the same state and unites the names that result."""
    assert run.scope is not None
    scope = run.scope
    before = scope.names
    outer = run.branch
    frame = run.frame
    exits, frame.exits = frame.exits, set()
    ends: list[dict[str, Value]] = []
    for way in ways:
        scope.names = dict(before)
        run.branch = (*outer, run.number())
        if way():
            ends.append(scope.names)
    # Where some way has left, what follows happens only on the others; a way that raises asks for nothing anyway.
    run.branch = (*outer, run.number()) if frame.exits - {"raise"} else outer
    frame.exits |= exits
    scope.names = before
    if not ends:
        return False
    unite(before, ends)
    return True


def unite(names: dict[str, Value], ends: list[dict[str, Value]], *, also: bool = False) -> None:
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


def is_certain(run: Interpreter, branch: tuple[int, ...]) -> bool:
    """Whether what happens now happens to everything that was made in that branch."""
    return branch[: len(run.branch)] == run.branch


def own_copy(run: Interpreter, value: Value, branch: tuple[int, ...]) -> Value:
    """A value as the variable has it that it is assigned to: where each has its own, a copy made in that branch."""
    if not run.library.arrays:
        return value
    if isinstance(value, Either):
        if not any(isinstance(one, (List, Map)) for one in value.values):
            return value
        return united([(own_copy(run, one, branch), way) for one, way in ways_of(value)])
    if isinstance(value, (List, Map)):
        value = ops.copy_of(value)
        assert isinstance(value, (List, Map))
        value.branch = branch
    return value


def append(run: Interpreter, owner: List, value: Value, *, certain: bool) -> None:
    """Puts an item behind the others of a list, in place. certain: no branch since the list was made leaves it out."""
    if len(owner.items) >= MAX_ITEMS:
        owner.missing = owner.missing or Unknown("it has too many items")
        return
    if holds(value, owner):
        owner.missing = owner.missing or Unknown("it holds itself")
        return
    if owner.kind == "set" and (text := known_text(value)) is not None:
        if any(known_text(item.value) == text and item.certain for item in owner.items):
            return
    owner.items.append(Item(value, certain=certain and is_certain(run, owner.branch)))


def extend(run: Interpreter, owner: Collection, value: Value) -> None:
    """Puts all items of a value into a collection, in place."""
    certain = is_certain(run, owner.branch)
    if isinstance(owner, List):
        more = ops.combined([value])
        assert isinstance(more, List)
        for item in more.items:
            append(run, owner, item.value, certain=certain and item.certain)
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


def put(run: Interpreter, owner: Map, name: str, value: Value, node: p.Expression | None) -> None:
    """Sets an entry of a mapping, in place. node: the key as it is written; None where it stands nowhere."""
    assert run.program is not None
    if holds(value, owner):
        owner.missing = owner.missing or Unknown("it holds itself")
        return
    old = owner.entries.get(name)
    certain = is_certain(run, owner.branch)
    place = None
    if isinstance(node, p.String) and node.parts:
        place = (run.program, node.parts[0].start, node.parts[-1].end)
    if not certain and old is not None:
        owner.entries[name] = Item(either([old.value, value]), certain=old.certain, key=place or old.key)
    elif old is not None or len(owner.entries) < MAX_ITEMS:
        owner.entries[name] = Item(value, certain=certain, key=place)


def add_pairs(run: Interpreter, owner: Map, value: Value) -> None:
    """Puts the entries of a mapping, or pairs of a key and a value, into a mapping, in place."""
    for option in alternatives(value):
        if not isinstance(option, List):
            extend(run, owner, option)
            continue
        for item in option.items:
            pair = force(item.value)
            if isinstance(pair, List) and len(pair.items) == 2:
                name = known_text(pair.items[0].value)
                if name is not None:
                    owner.entries[name] = Item(pair.items[1].value, certain=item.certain)
                    continue
            owner.missing = owner.missing or Unknown("some of its pairs are only known at run time")
        owner.missing = owner.missing or _second_of(option.missing)


def _second_of(missing: Unknown | None) -> Unknown | None:
    """What is missing from a mapping where pairs are missing: any value is the second of a pair."""
    if missing is None or missing.sample is None:
        return missing
    pair = force(missing.sample)
    value = pair.items[1].value if isinstance(pair, List) and len(pair.items) == 2 else None
    return Unknown(missing.because, missing.owner, missing.name, value)


def query_of(run: Interpreter, given: Value) -> Query:
    """The parameters that a mapping, a list of pairs or a text holds, as a mapping whose text is a query."""
    given = force(given)
    result = Query({}, branch=run.branch)
    if isinstance(given, (Map, List)):
        add_pairs(run, result, given)
    elif isinstance(given, Text):
        for name, value in ops.parameters_of(given).items():
            result.entries[name] = Item(value)
    elif not isinstance(given, Constant):
        result.missing = given if isinstance(given, Unknown) else Unknown("its parameters are only known at run time")
    return result


def holds(value: Value, owner: Collection) -> bool:
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
