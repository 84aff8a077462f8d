"""Assignment: to names, several at once, parts, entries, slices, and arrays that are lists and mappings in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint import program as p
from permlint.evaluation import operations as ops
from permlint.evaluation.changing import append, extend, holds, is_certain, own_copy, put
from permlint.evaluation.names import bind, rebound
from permlint.evaluation.operators import iterated, slice_of
from permlint.evaluation.parts import set_attribute
from permlint.evaluation.telling import site_of
from permlint.evaluation.values import (
    NOTHING,
    Constant,
    Instance,
    Item,
    List,
    Map,
    Unknown,
    Value,
    alternatives,
    either,
    force,
    known_text,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


_KEYS = Unknown("some of its keys are only known at run time")


def assign_to(run: Interpreter, target: p.Expression, value: Value, *, declares: bool = False) -> None:
    """Assigns a value to what stands on the left. declares: the names in it belong here, whatever has them further out."""
    value = own_copy(run, value, run.branch)
    if isinstance(target, p.Name):
        if declares or not run.library.declares or not rebound(run, target, value):
            bind(run, target.id, value)
        if run.scope is not None and run.scope.kind != "function":
            run.observer.bound(p.bare(target.id), value, site_of(run, target), "name")
    elif isinstance(target, p.Sequence):
        _unpack(run, target, value, declares=declares)
    elif isinstance(target, p.Attribute):
        owner = run.evaluate(target.value)
        set_attribute(run, owner, target.name, value, site_of(run, target))
        run.observer.bound(target.name, value, site_of(run, target), "entry")
    elif isinstance(target, p.Index) and run.library.arrays:
        _put_into_arrays(run, target, value)
    elif isinstance(target, p.Index):
        owner = run.evaluate(target.value)
        if isinstance(target.key, p.Slice):
            _set_slice(run, owner, target.key, value)
            return
        key = run.evaluate(target.key)
        _set_entry(run, owner, key, value, target.key)


def _unpack(run: Interpreter, target: p.Sequence, value: Value, *, declares: bool) -> None:
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
            assign_to(run, inner.value, rest, declares=declares)
        elif items is not None and index < len(items):
            assign_to(run, inner, items[index], declares=declares)
        else:
            unknown = Unknown("it is unpacked from something that is only known at run time")
            assign_to(run, inner, unknown, declares=declares)


def _set_entry(run: Interpreter, owner: Value, key: Value, value: Value, node: p.Expression) -> None:
    name = known_text(key)
    for option in alternatives(owner):
        if isinstance(option, List):
            _set_item(run, option, force(key), value)
        elif isinstance(option, Map):
            if name is None:
                reason = "some of its keys are only known at run time"
                option.missing = option.missing or Unknown(reason, sample=value)
            else:
                put(run, option, name, value, node)
    if name is not None:
        run.observer.bound(name, value, site_of(run, node), "entry")


def _set_item(run: Interpreter, owner: List, key: Value, value: Value) -> None:
    position = key.value if isinstance(key, Constant) and isinstance(key.value, int) else None
    if position is None or not -len(owner.items) <= position < len(owner.items):
        owner.missing = owner.missing or Unknown("which of its items is replaced is only known at run time")
    elif holds(value, owner):
        owner.missing = owner.missing or Unknown("it holds itself")
    elif is_certain(run, owner.branch):
        owner.items[position] = Item(value)
    else:
        owner.items[position] = Item(either([owner.items[position].value, value]))


def _set_slice(run: Interpreter, owner: Value, key: p.Slice, value: Value) -> None:
    part = slice_of(run, key)
    more = ops.items_of(iterated(run, value))
    for option in alternatives(owner):
        if not isinstance(option, List):
            continue
        if part is None or part.step not in (None, 1) or not is_certain(run, option.branch):
            extend(run, option, more)
            option.missing = option.missing or Unknown("which of its items are replaced is only known at run time")
        else:
            option.items[part] = more.items
            option.missing = option.missing or more.missing


def _put_into_arrays(run: Interpreter, target: p.Index, value: Value) -> None:
    """`array[key] = value`, and `array[] = value` behind the last item; an array that is not there is made."""
    name = known_text(_put_at(run, target, value))
    if name is not None:
        run.observer.bound(name, value, site_of(run, target.key), "entry")


def _put_at(run: Interpreter, target: p.Index, value: Value) -> Value | None:
    """Puts a value into each array that stands there, and gives the key; None for behind the last item."""
    key = None if isinstance(target.key, p.Literal) and target.key.value is None else run.evaluate(target.key)
    for array in _arrays(run, target.value, named=key is not None and not _is_number(key)):
        put_into_array(run, array, key, value, target.key)
    return key


def put_into_array(run: Interpreter, array: List | Map, key: Value | None, value: Value, node: p.Expression) -> None:
    """Sets an item or entry of an array, in place. key: None for behind the last; node: the key as it is written."""
    if isinstance(array, List):
        position = force(key) if key is not None else Constant(len(array.items))
        number = position.value if isinstance(position, Constant) else None
        if isinstance(number, int) and number < len(array.items) and array.missing is None:
            old = array.items[number]
            sure = is_certain(run, array.branch)
            array.items[number] = Item(value if sure else either([old.value, value]), certain=old.certain or sure)
        else:
            append(run, array, value, certain=key is None or number is not None)
        return
    name = _next(array) if key is None else ops.key_text(key)
    if name is not None:
        put(run, array, name, value, node)
    else:
        array.missing = array.missing or _KEYS


def _next(array: Map) -> str:
    return str(1 + max([int(name) for name in array.entries if name.isdecimal()], default=-1))


def _is_number(key: Value) -> bool:
    key = force(key)
    return isinstance(key, Constant) and isinstance(key.value, int)


def _arrays(run: Interpreter, node: p.Expression, *, named: bool) -> list[List | Map]:
    """The arrays that an expression stands for, to be changed in place. named: by a key that is no number."""
    value = run.evaluate(node) if _is_bound(run, node) else NOTHING
    options = alternatives(value)
    branch = run.branch
    changed = False
    if isinstance(node, p.Attribute):
        owner = force(run.evaluate(node.value))
        if isinstance(owner, Instance) and node.name not in owner.attributes:
            # Its class may hold a default, which stays as it is.
            changed, branch = True, owner.branch
    out: list[List | Map] = []
    for option in options:
        array = _array(option, named=named, branch=branch)
        if array is None:
            continue
        if changed and array is option:
            copy = ops.copy_of(option)
            assert isinstance(copy, (List, Map))
            copy.branch = branch
            array = copy
        changed = changed or array is not option
        out.append(array)
    if changed and out:
        _put_array(run, node, either(out))
    return out


def _is_bound(run: Interpreter, node: p.Expression) -> bool:
    """Whether the variable that an expression begins with is known."""
    while isinstance(node, p.Index):
        node = node.value
    return not isinstance(node, p.Name) or (run.scope is not None and run.scope.find(node.id) is not None)


def _array(value: Value, *, named: bool, branch: tuple[int, ...]) -> List | Map | None:
    """The array that is changed where a value stands; None where it is none."""
    if isinstance(value, List) and named:
        entries = {str(number): item for number, item in enumerate(value.items)}
        return Map(entries, branch=value.branch, missing=value.missing, span=value.span)
    if isinstance(value, (List, Map)):
        return value
    missing = value if isinstance(value, Unknown) else None
    if missing is not None or (isinstance(value, Constant) and not value.value):
        return Map({}, branch=branch, missing=missing) if named else List([], branch=branch, missing=missing)
    return None


def _put_array(run: Interpreter, node: p.Expression, value: Value) -> None:
    """Puts an array where another value stood, without a copy of its own."""
    if isinstance(node, p.Name):
        bind(run, node.id, value)
    elif isinstance(node, p.Attribute):
        set_attribute(run, run.evaluate(node.value), node.name, value)
    elif isinstance(node, p.Index):
        _put_at(run, node, value)
