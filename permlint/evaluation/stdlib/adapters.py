"""What gives again what it is given, and what makes one operation of another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from permlint.evaluation.library import Method, Operation
from permlint.evaluation.objects import as_type
from permlint.evaluation.values import NOTHING, Arguments, List, Unknown, Value, spread

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def itself(_: Interpreter, owner: Value, __: Arguments) -> Value:
    """A method that gives its owner again."""
    return owner


def nothing(_: Interpreter, __: Value, ___: Arguments) -> Value:
    """A method that changes the order, or nothing that matters."""
    return NOTHING


def first(_: Interpreter, arguments: Arguments) -> Value:
    """A function that gives its first argument again."""
    return arguments.get(0) or Unknown("it is computed at run time")


def second(_: Interpreter, arguments: Arguments) -> Value:
    """A function that gives its second argument again."""
    return arguments.get(1) or Unknown("it is computed at run time")


def first_result(_: Interpreter, arguments: Arguments) -> Value:
    """The first of several results; what gives one result and an error counts as that one."""

    def one(value: Value) -> Value:
        return value.items[0].value if isinstance(value, List) and value.kind == "tuple" and value.items else value

    return spread(arguments.get(0) or NOTHING, one)


def item_at_first(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`optional.orElse(other)` of what is known to be there."""
    return (arguments.get(0) or NOTHING) if owner is NOTHING else owner


def of_owner(function: Callable[[Value], Value]) -> Method:
    """A method without arguments that is a function of its owner."""
    return lambda _, owner, __: function(owner)


def of_first(function: Callable[[Value], Value]) -> Operation:
    """A function of its first argument."""
    return lambda _, arguments: function(arguments.get(0) or NOTHING)


def as_method(method: Method) -> Operation:
    """A function that does to its first argument what a method does to its owner."""

    def operation(run: Interpreter, arguments: Arguments) -> Value:
        rest = Arguments(arguments.positional[1:], arguments.named, arguments.missing)
        return spread(arguments.get(0) or NOTHING, lambda owner: method(run, owner, rest))

    return operation


def unlabelled(operation: Operation) -> Operation:
    """A function to whose arguments their names add nothing: they count by their order."""
    return lambda run, arguments: operation(run, _in_order(arguments))


def unlabelled_method(method: Method) -> Method:
    """As `unlabelled`, for a method."""
    return lambda run, owner, arguments: method(run, owner, _in_order(arguments))


def _in_order(arguments: Arguments) -> Arguments:
    # A function that stands behind the parentheses comes last.
    return Arguments([*arguments.named.values(), *arguments.positional], missing=arguments.missing)


def as_one_of(run: Interpreter, arguments: Arguments) -> Value:
    """A cast: a value as one of a type."""
    return as_type(run, arguments.get(0) or NOTHING, arguments.get(1))
