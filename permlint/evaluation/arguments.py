"""Arguments: bound to the parameters of a function, and told apart, so that a call made before is not run again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.evaluation import operations as ops
from permlint.evaluation.changing import own_copy
from permlint.evaluation.classes import lineage
from permlint.evaluation.names import declared_object
from permlint.evaluation.objects import as_parameter
from permlint.evaluation.values import (
    NOTHING,
    Arguments,
    Class,
    Constant,
    Either,
    External,
    Function,
    Instance,
    Item,
    List,
    Map,
    Piece,
    Text,
    Unknown,
    Value,
    either,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter
    from permlint.evaluation.scopes import Scope


def bind_parameters(
    run: Interpreter, function: Function, arguments: Arguments, owner: Value | None, scope: Scope
) -> None:
    """Binds the parameters of a function in its scope. owner: the first argument, where the function is a method of it."""
    positional = list(arguments.positional)
    if owner is not None:
        positional.insert(0, owner)
    named = dict(arguments.named)
    names = scope.names
    if named and run.library.bare:
        positional, named = _as_mapping(function, positional, named, run.branch)
    for parameter in function.node.parameters:
        name, shown = parameter.name, p.bare(parameter.name)
        if parameter.kind == "rest":
            names[name] = List([Item(value) for value in positional], "tuple", missing=arguments.missing)
            positional = []
        elif parameter.kind == "named rest":
            names[name] = Map(
                {key: Item(value) for key, value in named.items()}, branch=run.branch, missing=arguments.missing
            )
        elif shown in named:
            names[name] = _given(run, parameter, named.pop(shown))
        elif parameter.kind != "keyword" and positional:
            names[name] = _given(run, parameter, positional.pop(0))
        else:
            names[name] = _not_given(run, function, parameter, arguments.missing)
        if parameter.annotation is not None and run.library.declares:
            names[name] = as_parameter(run, function, parameter.annotation, names[name])


def _as_mapping(
    function: Function, positional: list[Value], named: dict[str, Value], branch: tuple[int, ...]
) -> tuple[list[Value], dict[str, Value]]:
    """Arguments with those that no parameter is called by as a mapping, where a parameter is left for it."""
    kinds = {parameter.name: parameter.kind for parameter in function.node.parameters}
    more = {name: value for name, value in named.items() if name not in kinds}
    left = sum(kind == "plain" for kind in kinds.values()) > len(positional)
    if not more or not left or "named rest" in kinds.values() or set(more) == {"&"}:
        return positional, named
    entries = {name: Item(value) for name, value in more.items() if name != "&"}
    return [*positional, Map(entries, branch=branch)], {name: value for name, value in named.items() if name in kinds}


def _not_given(run: Interpreter, function: Function, parameter: p.Parameter, missing: Unknown | None) -> Value:
    """What a parameter holds that a call says nothing of. missing: why the call may say more than is known."""
    shown, default = p.bare(parameter.name), function.defaults.get(parameter.name)
    if missing is None:
        return default or Unknown(f"the argument {shown!r} is not given")
    if default in (None, NOTHING) and not run.library.declares:
        own = run.library.typed or function.node.name == p.CONSTRUCTOR
        typed = declared_object(run, parameter.annotation, own=own)
        if typed is not None:
            return typed
    unknown = Unknown(f"it is the argument {shown!r} of a call that nobody can see", function.key, shown)
    return unknown if default is None else either([default, unknown])


def _given(run: Interpreter, parameter: p.Parameter, value: Value) -> Value:
    """What a parameter holds that is given a value."""
    if isinstance(value, Unknown):
        return (declared_object(run, parameter.annotation, own=True) if run.library.typed else None) or value
    return value if parameter.kind == "shared" else own_copy(run, value, run.branch)


def again(run: Interpreter, value: Value, function: Function, arguments: Arguments, owner: Value | None) -> Value:
    """What a call gives that was made before: a collection of its own, unless it hands out one that others have too."""
    if not isinstance(value, (List, Map)):
        return value
    known = list(arguments.all())
    scope: Scope | None = function.scope
    while scope is not None:
        known += scope.names.values()
        scope = scope.parent
    if isinstance(owner, Instance):
        known += owner.attributes.values()
    cls = owner.cls if isinstance(owner, Instance) else owner
    for one in lineage(run, cls) if isinstance(cls, Class) else ():
        known += one.names.values()
    return value if any(value is one for one in known) else ops.copy_of(value)


def sizes_of(values: Iterable[Value]) -> tuple[int, ...]:
    """How much is in the collections among some values, to see whether a call changed them."""
    return tuple(
        [
            len(value.items) if isinstance(value, List) else len(value.entries)
            for value in values
            if isinstance(value, (List, Map))
        ]
    )


def fingerprint(function: Function, arguments: Arguments, owner: Value | None) -> tuple[object, ...]:
    """Tells apart the calls of a function that could differ. Who keeps it must keep the arguments too: it holds identities."""
    parts: list[object] = [function.key, id(function.scope), id(owner), arguments.missing is None]
    parts += [_print(value, 0) for value in arguments.positional]
    parts += [(name, _print(value, 0)) for name, value in sorted(arguments.named.items())]
    return tuple(parts)


def _print(value: Value, depth: int) -> object:
    if isinstance(value, Constant):
        return value.value
    if isinstance(value, Text):
        return tuple(
            [(x.text, id(x.origin), x.start) if isinstance(x, Piece) else _print(x.value, depth) for x in value.pieces]
        )
    if isinstance(value, Unknown):
        return (value.because, value.owner, value.name)
    if depth < 4:
        if isinstance(value, List):
            return (value.kind, value.missing is None, *[(i.certain, _print(i.value, depth + 1)) for i in value.items])
        if isinstance(value, Map):
            return (
                value.missing is None,
                *[(k, i.certain, _print(i.value, depth + 1)) for k, i in value.entries.items()],
            )
        if isinstance(value, Either):
            return ("either", *[_print(one, depth + 1) for one in value.values])
    if isinstance(value, External):
        return (value.paths, id(value.arguments))
    return id(value)
