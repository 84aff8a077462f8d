"""What functions do to arrays that are lists and mappings in one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.evaluation import operations as ops
from permlint.evaluation.assigning import put_into_array
from permlint.evaluation.calling import invoke
from permlint.evaluation.library import Operation
from permlint.evaluation.objects import object_of
from permlint.evaluation.operators import entry, iterated, operate
from permlint.evaluation.parts import part
from permlint.evaluation.stdlib import lists, texts
from permlint.evaluation.values import (
    NOTHING,
    Arguments,
    Class,
    Constant,
    External,
    Instance,
    Item,
    List,
    Map,
    Text,
    Unknown,
    Value,
    alternatives,
    force,
    known_text,
    literal,
    spread,
    truth,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def listed(value: Value) -> Value:
    """The items of an array, without their keys."""
    return spread(value, lambda one: ops.map_values(one) if isinstance(one, Map) else one)


def _to_array(value: Value) -> Value:
    return spread(
        value, lambda one: List([Item(one)]) if isinstance(one, Text) else List([]) if one is NOTHING else one
    )


def cast(run: Interpreter, arguments: Arguments) -> Value:
    """`(array) value`."""
    return _to_array(arguments.get(0) or NOTHING)


def pairs(run: Interpreter, arguments: Arguments) -> Value:
    """The keys and items of an array, for a loop over both."""

    def one(value: Value) -> Value:
        return ops.entries(value) if isinstance(value, Map) else lists.counted(run, Arguments([value]))

    return spread(iterated(run, arguments.get(0) or NOTHING) if _is_object(arguments.get(0)) else
                  arguments.get(0) or NOTHING, one)  # fmt: skip


def _is_object(value: Value | None) -> bool:
    return value is not None and isinstance(force(value), (Class, Instance))


def merged(run: Interpreter, arguments: Arguments) -> Value:
    """`array_merge(a, b)`: entries of the later ones replace those of the earlier ones, items come one behind the other."""
    made = _merged(run, list(arguments.positional))
    if arguments.missing is not None and isinstance(made, (List, Map)):
        made.missing = made.missing or arguments.missing
    return made


def _merged(run: Interpreter, parts: list[Value]) -> Value:
    keyed = any(isinstance(one, Map) for part in parts for one in alternatives(part))
    return _fresh(run, ops.merged([_keyed(part) for part in parts]) if keyed else ops.combined(parts))


def _keyed(value: Value) -> Value:
    """An array of items as one of entries, where others have keys."""

    def one(value: Value) -> Value:
        if isinstance(value, List):
            entries = {str(number): item for number, item in enumerate(value.items)}
            return Map(entries, branch=value.branch, missing=value.missing)
        return value

    return spread(value, one)


def _fresh(run: Interpreter, value: Value) -> Value:
    made = ops.copy_of(value)
    if isinstance(made, (List, Map)):
        made.branch = run.branch
    return made


def added(run: Interpreter, arguments: Arguments) -> Value:
    """`a + b`: of arrays what the right one has and the left one lacks is added."""
    left, right = arguments.positional
    if any(isinstance(one, (List, Map)) for part in (left, right) for one in alternatives(part)):
        return _merged(run, [right, left])
    return Unknown("it is computed", ops.owner_of(force(left)))


def replaced(run: Interpreter, arguments: Arguments) -> Value:
    """`array_replace(a, b)`."""
    return _fresh(run, ops.merged([_keyed(part) for part in arguments.positional]))


def joined(run: Interpreter, arguments: Arguments) -> Value:
    """`implode(separator, items)`, in either order."""
    first, second = arguments.get(0, "separator") or NOTHING, arguments.get(1, "array")
    if second is None:
        return ops.joined(literal(""), listed(iterated(run, first)))
    if isinstance(force(second), Text) and not isinstance(force(first), Text):
        first, second = second, first
    return ops.joined(first, listed(iterated(run, second)))


def split(run: Interpreter, arguments: Arguments) -> Value:
    """`explode(separator, text)`."""
    separator, text = known_text(arguments.get(0, "separator")), arguments.get(1, "string") or NOTHING
    if separator is None:
        return List([], missing=Unknown("it is split at run time"))
    return spread(ops.as_text(text), lambda one: ops.split(one, separator))


def split_by_pattern(run: Interpreter, arguments: Arguments) -> Value:
    """`preg_split(pattern, text)`, the pattern between its delimiters."""
    pattern = known_text(arguments.get(0, "pattern"))
    text = arguments.get(1, "subject")
    if pattern is None or text is None or len(pattern) < 2 or not pattern.rstrip("imsxu").endswith(pattern[0]):
        return List([], missing=Unknown("it is split by a pattern"))
    return ops.split_pattern(text, pattern[1 : pattern.rindex(pattern[0])])


def replaced_text(run: Interpreter, arguments: Arguments) -> Value:
    """`str_replace(old, new, text)`; several old and new ones in turn."""
    olds, news = arguments.get(0, "search") or NOTHING, arguments.get(1, "replace") or NOTHING
    text = ops.as_text(arguments.get(2, "subject") or NOTHING)
    old_items, new_items = force(olds), force(news)
    if not isinstance(old_items, List):
        return spread(text, lambda one: texts.replace_text(run, one, Arguments([olds, news])))
    for number, item in enumerate(old_items.items[:8]):
        new: Value = news
        if isinstance(new_items, List):
            new = new_items.items[number].value if number < len(new_items.items) else literal("")
        text = spread(text, partial(_replaced_in, run, Arguments([item.value, new])))
    return text


def _replaced_in(run: Interpreter, arguments: Arguments, text: Value) -> Value:
    return texts.replace_text(run, text, arguments)


def filled(run: Interpreter, arguments: Arguments) -> Value:
    """`sprintf(template, value, ...)`."""
    template = arguments.get(0, "format") or NOTHING
    return operate(run, "%", template, List([Item(value) for value in arguments.positional[1:]]))


def filled_from(run: Interpreter, arguments: Arguments) -> Value:
    """`vsprintf(template, values)`."""
    return operate(run, "%", arguments.get(0) or NOTHING, listed(force(arguments.get(1) or NOTHING)))


def mapped(run: Interpreter, arguments: Arguments) -> Value:
    """`array_map(function, items)`."""
    function = callable_of(run, arguments.get(0, "callback") or NOTHING)
    array = arguments.get(1, "array") or NOTHING
    if isinstance(function, Constant):
        return listed(array)
    return mapped_by(run, array, function)


def mapped_by(run: Interpreter, array: Value, function: Value) -> Value:
    """The items of an array as a function gives them; keys stay."""

    def one(array: Value) -> Value:
        if isinstance(array, Map):
            entries = {name: Item(_applied(run, function, item.value), certain=item.certain, key=item.key)
                       for name, item in array.entries.items()}  # fmt: skip
            return Map(entries, branch=run.branch, missing=array.missing)
        source = ops.items_of(iterated(run, array))
        items = [Item(_applied(run, function, item.value), certain=item.certain) for item in source.items]
        return List(items, branch=run.branch, missing=source.missing)

    return spread(array, one)


def _applied(run: Interpreter, function: Value, value: Value) -> Value:
    return invoke(run, function, Arguments([value]))


def filtered(run: Interpreter, arguments: Arguments) -> Value:
    """`array_filter(items, function)`; without a function, what is not empty stays."""
    function = arguments.get(1, "callback")
    return filtered_by(
        run, arguments.get(0, "array") or NOTHING, None if function is None else callable_of(run, function)
    )


def filtered_by(run: Interpreter, array: Value, function: Value | None) -> Value:
    """The items of an array for which a function holds; keys stay."""

    def keeps(item: Item) -> Item | None:
        if function is None or isinstance(function, Constant):
            # What may be empty is no scope or parameter then: nothing is known to be left out.
            known = truth(item.value)
            return None if known is False else item
        holds = truth(_applied(run, function, item.value))
        return None if holds is False else Item(item.value, certain=item.certain and bool(holds), key=item.key)

    def one(array: Value) -> Value:
        if isinstance(array, Map):
            kept = {name: left for name, item in array.entries.items() if (left := keeps(item)) is not None}
            return Map(kept, branch=run.branch, missing=array.missing)
        source = ops.items_of(iterated(run, array))
        items = [left for item in source.items if (left := keeps(item)) is not None]
        return List(items, branch=run.branch, missing=source.missing)

    return spread(array, one)


def callable_of(run: Interpreter, value: Value) -> Value:
    """What a name of a function, or a pair of an object and a method's name, stands for."""
    value = force(value)
    if isinstance(value, Text) and (name := value.known()) is not None:
        return run.evaluate(p.Name(0, 0, name.rpartition("\\")[2]))
    if isinstance(value, List) and len(value.items) == 2:
        method = known_text(value.items[1].value)
        if method is not None:
            return part(run, value.items[0].value, method)
    return value


def called(run: Interpreter, arguments: Arguments) -> Value:
    """`call_user_func(function, ...)`."""
    function = callable_of(run, arguments.get(0) or NOTHING)
    return invoke(run, function, Arguments(arguments.positional[1:], arguments.named, arguments.missing))


def called_with(run: Interpreter, arguments: Arguments) -> Value:
    """`call_user_func_array(function, arguments)`."""
    given = force(listed(arguments.get(1) or NOTHING))
    known = [item.value for item in given.items] if isinstance(given, List) else []
    missing = given.missing if isinstance(given, List) else Unknown("its arguments are only known at run time")
    return invoke(run, callable_of(run, arguments.get(0) or NOTHING), Arguments(known, {}, missing))


def unique(run: Interpreter, arguments: Arguments) -> Value:
    """`array_unique(items)`."""
    return ops.unique(listed(arguments.get(0) or NOTHING), "list")


def pushed(run: Interpreter, arguments: Arguments) -> Value:
    """`array_push(array, item, ...)`, which changes the array."""
    for array in alternatives(arguments.get(0) or NOTHING):
        for value in arguments.positional[1:]:
            if isinstance(array, (List, Map)):
                put_into_array(run, array, None, value, p.Literal(0, 0, None))
        if isinstance(array, List) and arguments.missing is not None:
            array.missing = array.missing or arguments.missing
    return Unknown("it is counted at run time")


def removed(run: Interpreter, arguments: Arguments) -> Value:
    """`unset(array[key])`."""
    key = ops.key_text(arguments.get(1) or NOTHING)
    for array in alternatives(arguments.get(0) or NOTHING):
        if isinstance(array, Map):
            lists.pop_entry(run, array, Arguments([literal(key)] if key is not None else []))
        elif isinstance(array, List):
            lists.pop_entry(run, array, Arguments([arguments.get(1) or NOTHING]))
    return NOTHING


def holds(run: Interpreter, arguments: Arguments) -> Value:
    """`in_array(item, items)`."""
    known = ops.contains(arguments.get(0) or NOTHING, listed(force(arguments.get(1) or NOTHING)))
    return Unknown("it is decided at run time") if known is None else Constant(known)


def is_set(run: Interpreter, arguments: Arguments) -> Value:
    """`isset(value, ...)`."""
    answers = [_is_set(value) for value in arguments.positional]
    if False in answers:
        return Constant(False)
    return Unknown("it is decided at run time") if None in answers else Constant(True)


def _is_set(value: Value) -> bool | None:
    known = {
        not (isinstance(one, Constant) and one.value is None)
        if isinstance(one, (Text, List, Map, Constant, Instance))
        else None
        for one in alternatives(value)
    }
    return known.pop() if len(known) == 1 else None


def is_empty(run: Interpreter, arguments: Arguments) -> Value:
    """`empty(value)`."""
    known = truth(arguments.get(0) or NOTHING)
    return Unknown("it is decided at run time") if known is None else Constant(not known)


def column(run: Interpreter, arguments: Arguments) -> Value:
    """`array_column(rows, key)`."""
    name = known_text(arguments.get(1) or NOTHING)
    source = ops.items_of(listed(arguments.get(0) or NOTHING))
    if name is None:
        return List([], missing=Unknown("which column is only known at run time"))
    items = []
    for item in source.items:
        row = force(item.value)
        if isinstance(row, (Instance, Text)):
            items.append(Item(part(run, row, name), certain=item.certain))
        else:
            items.append(Item(entry(run, row, literal(name)), certain=item.certain))
    return List(items, branch=run.branch, missing=source.missing)


def chosen(*, keep: bool) -> Operation:
    """A mapping with only, or without, the entries of some names."""

    def operation(run: Interpreter, arguments: Arguments) -> Value:
        names = ops.text_items(listed(_to_array(arguments.get(1) or NOTHING)))

        def one(value: Value) -> Value:
            if not isinstance(value, Map) or names is None:
                return Unknown("which entries is only known at run time")
            kept = {name: item for name, item in value.entries.items() if (name in names) == keep}
            return Map(kept, branch=run.branch, missing=value.missing)

        return spread(arguments.get(0) or NOTHING, one)

    return operation


def instance_of(run: Interpreter, arguments: Arguments) -> Value:
    """`app(Class)`: an object that a container makes."""
    cls = arguments.get(0)
    if cls is None:
        return External(("app()",))
    made = object_of(run, force(cls))
    return made if made is not None else Unknown("it is made outside the project")


def entry_of(*path: str) -> Operation:
    """A function whose value is an entry of the mapping that it is given."""

    def operation(run: Interpreter, arguments: Arguments) -> Value:
        value: Value = arguments.get(0) or NOTHING
        for name in path:
            value = entry(run, value, literal(name))
        return value

    return operation


def dug(run: Interpreter, arguments: Arguments) -> Value:
    """`data_get(array, "a.b", default)`."""
    value, name, default = arguments.get(0) or NOTHING, known_text(arguments.get(1)), arguments.get(2) or NOTHING
    for key in name.split(".") if name is not None else ():
        value = entry(run, value, literal(key))
    if name is None:
        return Unknown("which entry is only known at run time")
    return default if force(value) is NOTHING else value


def with_parameters(run: Interpreter, arguments: Arguments) -> Value:
    """`add_query_arg(parameters, address)` or `add_query_arg(key, value, address)`."""
    first = force(arguments.get(0) or NOTHING)
    if isinstance(first, Text):
        name = first.known()
        parameters: Value = Map({name: Item(arguments.get(1) or NOTHING)} if name is not None else {})
        address = arguments.get(2)
    else:
        parameters, address = first, arguments.get(1)
    if address is None:
        return Unknown("it is added to the address of the page")

    def one(value: Value) -> Value:
        shown = value.shown() if isinstance(value, Text) else ""
        return ops.concat([value, literal("&" if "?" in shown else "?"), ops.query(parameters)])

    return spread(ops.as_text(address), one)
