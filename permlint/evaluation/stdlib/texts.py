"""What functions and methods do to texts: split and join them, change them, fill them in, build them piece by piece."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from permlint.evaluation import operations as ops
from permlint.evaluation.library import Method, Operation
from permlint.evaluation.operators import as_text, iterated
from permlint.evaluation.stdlib.lists import append_items, several
from permlint.evaluation.telling import filled
from permlint.evaluation.values import (
    NOTHING,
    Arguments,
    Class,
    Constant,
    External,
    Hole,
    Item,
    Lazy,
    List,
    Map,
    Partial,
    Query,
    Text,
    Unknown,
    Value,
    force,
    known_text,
    literal,
    spread,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def join_items(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`separator.join(items)`."""
    items = arguments.get(0)
    return ops.joined(owner, _iterated(run, items)) if items is not None else Unknown("it is joined at run time")


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

    def method(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
        given = arguments.get(0)
        if not isinstance(given, External) or made not in given.paths or given.arguments is None:
            return plain(run, owner, arguments)
        pattern = known_text(given.arguments.get(0))
        if plain is split_text:
            return ops.split_pattern(owner, pattern or "")
        if pattern is None or not re.fullmatch(r"[\w\s,;:%=&@~#-]+", pattern):
            return Unknown("it is replaced by a pattern", ops.owner_of(owner))
        return plain(run, owner, Arguments([literal(pattern), *arguments.positional[1:]]))

    return method


def split_from_right(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`text.rsplit(separator, limit)`."""
    separator, limit = known_text(arguments.get(0, "sep")), arguments.get(1, "maxsplit")
    if limit is None or separator is None:
        return split_text(run, owner, arguments)
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


def replace_text(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`text.replace(old, new)`."""
    old = known_text(arguments.get(0, "old"))
    if old and isinstance(owner, Text) and old in owner.shown():
        filled(run, owner)
    new = arguments.get(1, "new") or Unknown("it is replaced at run time")
    return ops.replace(owner, known_text(arguments.get(0, "old")), new)


def format_text(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`text.format(...)`."""
    filled(run, owner)
    return ops.format_braces(owner, arguments)


def format_map(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`text.format_map(mapping)`."""
    filled(run, owner)
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


def substitute(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`Template(text).substitute(name=value)`."""
    if not isinstance(owner, Partial):
        return Unknown("it is computed at run time", ops.owner_of(owner))
    named = dict(arguments.named)
    mapping = force(arguments.get(0) or NOTHING)
    if isinstance(mapping, Map):
        named = {**{name: item.value for name, item in mapping.entries.items()}, **named}
    text = owner.arguments.positional[0]
    filled(run, text)
    return ops.fill_dollars(text, Arguments([], named))


def template(_: Interpreter, arguments: Arguments) -> Value:
    """`string.Template(text)`."""
    return Partial(External(("string.Template()",)), Arguments([arguments.get(0, "template") or NOTHING]))


def joined_by(default: str, *names: str) -> Method:
    """`items.join(separator)`. default: the separator where none is given; names: what a call may name it."""

    def method(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
        return ops.joined(arguments.get(0, *names) or literal(default), _iterated(run, owner))

    return method


def text_of_owner(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`value.toString()`."""
    if isinstance(owner, List) and owner.kind == "text":
        return ops.joined(literal(""), owner)
    return ops.joined(literal(","), owner) if isinstance(owner, List) else to_text(run, Arguments([owner]))


def to_text(run: Interpreter, arguments: Arguments) -> Value:
    """`str(value)`."""
    value = arguments.get(0)
    if value is None:
        return literal("")
    value = as_text(run, value)
    if isinstance(value, (List, Map)) and not isinstance(value, Query):
        return Text((Hole(Unknown("a collection is made a text at run time")),))
    return ops.as_text(value)


def collected(_: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`items.collect(collector)`: a text joins them, any other keeps them."""
    separator = force(arguments.get(0) or NOTHING)
    return ops.joined(separator, owner) if isinstance(separator, Text) else owner


def formatted(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`text.formatted(values)`."""
    filled(run, owner)
    return ops.format_percent(owner, List([Item(value) for value in arguments.positional], "tuple"))


def append_formatted(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`builder.AppendFormat("{0}", value)`."""
    return append_items(run, owner, Arguments([format_positions(run, arguments)]))


def split_at_pattern(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`text.split(pattern)`."""
    return split_by_pattern(run, Arguments([arguments.get(0) or NOTHING, owner]))


def split_by_pattern(_: Interpreter, arguments: Arguments) -> Value:
    """`re.split(pattern, text)`."""
    pattern = known_text(arguments.get(0, "pattern"))
    text = arguments.get(1, "string")
    if pattern is None or text is None:
        return List([], missing=Unknown("it is split by a pattern"))
    return ops.split_pattern(text, pattern)


def builder_of_text(run: Interpreter, arguments: Arguments) -> Value:
    """`StringBuilder(text)`: a text that grows."""
    items = [Item(value) for value in arguments.positional if isinstance(force(value), Text)]
    return List(items, "text", branch=run.branch)


def joined_texts(run: Interpreter, arguments: Arguments) -> Value:
    """`String.join(separator, items)` and `String.join(separator, text, text)`."""
    separator = arguments.get(0) or NOTHING
    return ops.joined(separator, several("list")(run, Arguments(arguments.positional[1:], {}, arguments.missing)))


def joined_by_default(separator: str) -> Operation:
    """A function that joins items with a separator of its own."""
    return lambda _, arguments: ops.joined(literal(separator), arguments.get(0) or NOTHING)


def joined_items(_: Interpreter, arguments: Arguments) -> Value:
    """`join(items, separator)`."""
    return ops.joined(arguments.get(1) or literal(""), arguments.get(0) or NOTHING)


def format_values(run: Interpreter, arguments: Arguments) -> Value:
    """`format(template, values)`; a locale may come first."""
    template, values = _template_of(arguments)
    return Unknown("it is filled in at run time") if template is None else formatted(run, template, Arguments(values))


def format_positions(run: Interpreter, arguments: Arguments) -> Value:
    """`format("{0} {1}", values)`; a locale may come first."""
    template, values = _template_of(arguments)
    return NOTHING if template is None else format_text(run, template, Arguments(values))


def _template_of(arguments: Arguments) -> tuple[Value | None, list[Value]]:
    """The template behind what comes from outside, None where there is none, and the values that fill it."""
    given = list(arguments.positional)
    while given and isinstance(force(given[0]), External):
        del given[0]
    return (force(given[0]), given[1:]) if given else (None, [])


def concatenated(_: Interpreter, arguments: Arguments) -> Value:
    """`Sprint(text, text)`."""
    return ops.concat([ops.as_text(value) for value in arguments.positional])


def spread_text(arguments: Arguments, function: Callable[[Value, Arguments], Value]) -> Value:
    """What a function gives of its first argument, which is a text, and the others."""
    rest = Arguments(arguments.positional[1:], arguments.named, arguments.missing)
    return spread(ops.as_text(arguments.get(0) or literal("")), lambda text: function(text, rest))


def _iterated(run: Interpreter, value: Value) -> Value:
    known = value.value if isinstance(value, Lazy) else value
    return iterated(run, value) if isinstance(known, Class) else value
