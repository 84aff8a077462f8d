"""Classes of the project: their bases and methods, what is seen of a member through an object, overloads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.evaluation.values import (
    Arguments,
    Bound,
    Class,
    Either,
    External,
    Function,
    Instance,
    List,
    Map,
    Overloaded,
    Text,
    Value,
    alternatives,
    each_of,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def lineage(run: Interpreter, cls: Class) -> list[Class]:
    """The class and its bases within the project, nearest first."""
    known = run.lineages.get(cls)
    if known is not None:
        return known
    run.lineages[cls] = out = [cls]  # For whoever asks while the answer is being found: bases may go in a circle.
    for base in cls.bases:
        for option in alternatives(base):
            if isinstance(option, Class) and option is not cls:
                run.subclassed.add(option.key)
                more = lineage(run, option)
                # A base of several of its bases comes after all of these.
                kept = [one for one in out if one is cls or one not in more]
                out = kept + [one for one in more if one is not cls]
    run.lineages[cls] = out
    return out


def methods_of(run: Interpreter, cls: Class) -> list[Function]:
    """Its own functions, and those of its bases that it does not replace."""
    out: list[Function] = []
    seen: set[str] = set()
    for one in lineage(run, cls):
        for name, value in one.names.items():
            for option in value.functions if isinstance(value, Overloaded) else each_of(value):
                if isinstance(option, Function) and name not in seen and option.node.name == name:
                    out.append(option)
        seen.update(one.names)
    return out


def outside_bases(run: Interpreter, cls: Class) -> Iterator[External]:
    """The bases from outside the project that a class has, by itself and by its bases within."""
    for one in lineage(run, cls):
        for base in one.bases:
            for option in alternatives(base):
                if isinstance(option, External):
                    yield option


def has_base(run: Interpreter, cls: Class, paths: frozenset[str]) -> bool:
    """Whether one of a class's bases from outside is among these."""
    return any(not paths.isdisjoint(base.paths) for base in outside_bases(run, cls))


def is_enumeration(run: Interpreter, cls: Class) -> bool:
    """Whether the objects of a class are its members by their names."""
    return has_base(run, cls, run.library.enumerations)


def as_member(run: Interpreter, value: Value, owner: Value, cls: Class) -> Value:
    """A value that a class binds as what is seen of it through an object or the class itself."""
    if isinstance(value, Overloaded):
        return Overloaded(value.functions, owner, cls)
    if not isinstance(value, Function) or value.cls is None:
        return value
    decorators = _decorators_of(value)
    if "staticmethod" in decorators:
        return value
    if "classmethod" in decorators:
        return Bound(value, owner.cls if isinstance(owner, Instance) else owner)
    if isinstance(owner, Instance):
        if any(run.library.is_property(name) for name in decorators):
            return run.apply(value, Arguments(), owner)
        return Bound(value, owner)
    return value


def _decorators_of(function: Function) -> list[str]:
    """The names of a function's decorators, `?` for one that has none."""
    return [_dotted(decorator) for decorator in function.node.decorators]


def _dotted(node: p.Expression) -> str:
    if isinstance(node, p.Call):
        node = node.function
    if isinstance(node, p.Attribute):
        return f"{_dotted(node.value)}.{node.name}"
    return node.id if isinstance(node, p.Name) else "?"


def is_static(function: Function) -> bool:
    """Whether a method is called without an object."""
    return "staticmethod" in _decorators_of(function)


def is_of_class(function: Function) -> bool:
    """Whether a method's first parameter is the class."""
    return p.OF_CLASS in _decorators_of(function)


def is_empty(node: p.Function) -> bool:
    """Whether a method does nothing but to be there: a subclass fills it."""
    return all(
        isinstance(statement, p.Do)
        and (
            isinstance(statement.value, p.String)
            or (isinstance(statement.value, p.Opaque) and not statement.value.parts)
        )
        for statement in node.body
    )


def beside(run: Interpreter, function: Function) -> Value:
    """A function beside those of the same name that the class, or the file, has already."""
    known = run.names().get(function.node.name)
    if isinstance(known, Function) and known.key != function.key:
        return Overloaded((known, function))
    if isinstance(known, Overloaded) and all(one.key != function.key for one in known.functions):
        return Overloaded((*known.functions, function))
    return function


def fitting(run: Interpreter, callee: Overloaded, arguments: Arguments) -> list[Function]:
    """The functions that some arguments fit; all where none does."""
    count = len(arguments.positional) + len(arguments.named)
    by_number = [one for one in callee.functions if _takes(run, one, count)]
    by_name = [one for one in by_number if arguments.named.keys() <= {each.name for each in one.node.parameters}]
    found = by_name or by_number or list(callee.functions)
    by_type = [one for one in found if _agrees(run, one, arguments)]
    return by_type or found


def _takes(run: Interpreter, function: Function, count: int) -> bool:
    parameters = _own_parameters(run, function)
    if any(each.kind == "rest" for each in parameters):
        return count >= len([each for each in parameters if each.kind == "plain" and each.default is None])
    required = len([each for each in parameters if each.default is None])
    return required <= count <= len(parameters)


def _own_parameters(run: Interpreter, function: Function) -> tuple[p.Parameter, ...]:
    parameters = function.node.parameters
    return parameters[1:] if parameters and parameters[0].name == run.library.receiver else parameters


def _agrees(run: Interpreter, function: Function, arguments: Arguments) -> bool:
    """Whether no text is given for a collection, and no collection for a text."""
    texts = run.library.texts
    for parameter, value in zip(_own_parameters(run, function), arguments.positional, strict=False):
        kind = parameter.annotation
        if parameter.kind != "plain" or not isinstance(kind, p.Name):
            continue
        given = value.values[0] if isinstance(value, Either) else value
        if isinstance(given, Text) and kind.id not in texts and kind.id in run.library.plain:
            return False
        if isinstance(given, (List, Map, Instance, Bound, Function)) and kind.id in texts:
            return False
    return True
