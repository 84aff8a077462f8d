"""Objects: those that the project makes of its classes, and what is known by its declared type alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.evaluation.classes import fitting, has_base, is_empty, is_enumeration, lineage, methods_of, outside_bases
from permlint.evaluation.telling import site_of, tell_arguments
from permlint.evaluation.values import (
    MAX_ALTERNATIVES,
    Arguments,
    Class,
    External,
    Function,
    Instance,
    Lazy,
    Overloaded,
    Setting,
    Typed,
    Unknown,
    Value,
    force,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def construct(run: Interpreter, cls: Class, arguments: Arguments, node: p.Call | None) -> Value:
    """The object that a call of a class makes; what its bases from outside are given is told. node: the call."""
    if len(cls.names) and len(arguments.positional) == 1 and is_enumeration(run, cls):
        return arguments.positional[0]
    if has_base(run, cls, run.library.records):
        return run.library.functions["dict"](run, arguments)
    instance = Instance(cls, run.branch)
    _initialise(run, cls, instance, arguments)
    if len(cls.made) < MAX_ALTERNATIVES:
        cls.made.append(instance)
    if node is not None:
        for base in outside_bases(run, cls):
            run.observer.called(base, base.paths[0].rpartition(".")[2], arguments, site_of(run, node))
        if arguments.named:
            tell_arguments(run, arguments, node)
    return instance


def _initialise(
    run: Interpreter, cls: Class, instance: Instance, arguments: Arguments, *, symbolic: bool = False
) -> None:
    for one in lineage(run, cls):
        method = one.names.get("__init__")
        if isinstance(method, (Function, Overloaded)):
            chosen = fitting(run, method, arguments) if isinstance(method, Overloaded) else [method]
            for function in chosen:
                run.apply(function, arguments, instance, symbolic=symbolic)
            if run.library.declares and arguments.named:
                # What no parameter takes is a part that is set as soon as the object is made.
                taken = {parameter.name for function in chosen for parameter in function.node.parameters}
                instance.attributes.update({k: v for k, v in arguments.named.items() if k not in taken})
            return
    # A class without a constructor of its own gives its fields the arguments of their names (data classes, models).
    fields = [
        statement.targets[0].id
        for one in reversed(lineage(run, cls))
        for statement in one.node.body
        if isinstance(statement, p.Assign)
        and statement.annotation is not None
        and isinstance(statement.targets[0], p.Name)
    ]
    for name, value in zip(fields, arguments.positional, strict=False):
        instance.attributes[name] = value
    instance.attributes.update(arguments.named)
    for one in lineage(run, cls):
        method = one.names.get("__post_init__")
        if isinstance(method, Function):
            run.apply(method, Arguments(), instance, symbolic=symbolic)
            return


def shared_object(run: Interpreter, cls: Class) -> Instance:
    """An instance of which nobody knows who made it."""
    if cls.shared is None:
        cls.shared = Instance(cls, (), made=False)
        outer = run.branch
        run.branch = ()
        try:
            missing = Unknown("nobody in the project makes such an object", cls.key)
            _initialise(run, cls, cls.shared, Arguments(missing=missing), symbolic=True)
        finally:
            run.branch = outer
    return cls.shared


def object_of(run: Interpreter, value: Value, *, own: bool = True) -> Value | None:
    """An object of a class of which nobody knows who made it. own: of the project's classes too."""
    if isinstance(value, Lazy) and value.value is None:
        late = value
        missing = Unknown(f"what {late.name} is could not be found")
        return Lazy(lambda: object_of(run, force(late)) or missing, late.name, late.path) if own else None
    value = force(value)
    if isinstance(value, External):
        made = Arguments(missing=Unknown("it is made outside the project"))
        return External(tuple([f"{path}()" for path in value.paths]), value, made)
    if not own or not isinstance(value, Class):
        return None
    # Of what is only there to be filled by other classes, whoever gives it knows more.
    return shared_object(run, value) if any(not is_empty(method.node) for method in methods_of(run, value)) else None


def declared_type(run: Interpreter, annotation: p.Expression | None, targets: Iterable[p.Expression]) -> Value | None:
    """The type that a declaration names, kept for later assignments to its targets."""
    if annotation is None or isinstance(annotation, p.Literal):
        return None
    kind = run.evaluate(annotation)
    if run.scope is not None:
        for target in targets:
            if isinstance(target, p.Name):
                run.scope.types[target.id] = kind
    return kind


def as_type(run: Interpreter, value: Value, kind: Value | None) -> Value:
    """A value as one of a type: what is unknown has the methods of a class of the project, or is an object from outside."""
    if kind is None or isinstance(value, (Setting, Typed)) or not isinstance(value, (Unknown, External)):
        return value
    if isinstance(kind, Lazy) and kind.value is None and kind.path not in run.roots:
        return value
    found = force(kind)
    if isinstance(found, Class):
        return Typed(value, found) if isinstance(value, Unknown) else value
    if not isinstance(found, External) or not run.library.plain.isdisjoint(found.paths):
        return value
    if any(path in run.library.functions or path.endswith(")") for path in found.paths):
        return value
    paths = tuple([f"{path}()" for path in found.paths])
    if isinstance(value, Unknown):
        return External(paths)
    more = tuple([path for path in paths if path not in value.paths])
    return External((*value.paths, *more), value.owner, value.arguments, value.call) if more else value


def as_declared(run: Interpreter, cls: Class, name: str, value: Value) -> Value:
    """A value that becomes a part of an object, as one of the type that the object's class declares."""
    for one in lineage(run, cls):
        if name in one.types:
            return as_type(run, value, one.types[name])
    return value


def as_parameter(run: Interpreter, function: Function, annotation: p.Expression, value: Value) -> Value:
    """An argument as one of its parameter's type."""
    if not isinstance(value, (Unknown, External)) or isinstance(annotation, p.Literal):
        return value
    state = (run.scope, run.program)
    run.scope, run.program = function.scope, function.program
    try:
        return as_type(run, value, run.evaluate(annotation))
    finally:
        run.scope, run.program = state
