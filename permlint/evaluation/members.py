"""Names and types where they are declared: the names of the class around a function, of the files beside it, and overloads."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.evaluation.running import UnknownPart
from permlint.evaluation.values import (
    NOTHING,
    Address,
    Bound,
    Class,
    Either,
    External,
    Function,
    Instance,
    Lazy,
    List,
    Map,
    Overloaded,
    Setting,
    Text,
    Typed,
    Unknown,
    Value,
    either,
    force,
    settled,
    spread,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter
    from permlint.evaluation.scopes import Scope
    from permlint.evaluation.values import Arguments

_MAX_FILES = 12


# Names --------------------------------------------------------------------------------------------------------------------------


def seen(run: Interpreter, name: str) -> Value | None:
    """The value of a name here or further out, where a function sees the parts of what it is called on as names."""
    receiver = run.library.receiver
    scope = run.scope
    while scope is not None:
        found = scope.names.get(name)
        if scope.kind == "class" and scope.cls is not None:
            if found is None or scope is not run.scope or isinstance(found, (Function, Overloaded)):
                found = _of_class(run, scope.cls, name)
        elif found is None and scope.kind == "function" and receiver in scope.names:
            found = _member(run, scope.names[receiver], name)
        if found is not None:
            return found
        scope = scope.parent
    return None


def seen_outside(run: Interpreter, name: str) -> Value | None:
    """A name as a part of what the function around it is called on, where that comes from outside; only of what is no class."""
    if not name[:1].islower():
        return None
    scope = run.scope
    while scope is not None:
        owner = scope.names.get(run.library.receiver) if scope.kind == "function" else None
        found = run.part(owner, name) if isinstance(owner, (External, Instance)) else None
        if isinstance(found, External):
            # It may as well be the first part of a qualified name.
            return External((name, *found.paths), found.owner)
        scope = scope.parent
    return None


def _of_class(run: Interpreter, cls: Class, name: str) -> Value | None:
    """A name that a class or one of its bases binds, seen from a class or function in it that has no object of it."""
    for one in run.lineage(cls):
        value = one.names.get(name)
        if isinstance(value, (Function, Overloaded)):
            function = value.functions[0] if isinstance(value, Overloaded) else value
            return run.as_member(value, cls if run.is_of_class(function) else run.shared(cls), one)
        if value is not None:
            return value
    return in_another_file(run, cls, name)


def _member(run: Interpreter, owner: Value, name: str) -> Value | None:
    """A part that a value is known to have."""
    owner = force(owner)
    if isinstance(owner, (Text, List, Map, Address)):
        return run.part(owner, name) if name in run.library.methods or name in run.library.same else None
    cls = owner.cls if isinstance(owner, Instance) else owner
    if not isinstance(cls, Class):
        return None
    if isinstance(owner, Instance) and name in owner.attributes:
        return owner.attributes[name]
    for one in run.lineage(cls):
        value = one.names.get(name)
        if value is not None:
            return spread(value, partial(run.as_member, owner=owner, cls=one))
    return in_another_file(run, cls, name, owner)


def rebound(run: Interpreter, target: p.Name, value: Value) -> bool:
    """Binds a name anew where it was declared; False where it was not."""
    name, receiver = target.id, run.library.receiver
    scope, outside = run.scope, None
    while scope is not None:
        if scope.kind == "class" and scope is not run.scope and scope.cls is not None:
            if _of_class(run, scope.cls, name) is not None:
                run.set_attribute(scope.cls, name, value)
                return True
        elif name in scope.names:
            _replace(run, scope, name, value)
            return True
        elif receiver and receiver in scope.names:
            owner = force(scope.names[receiver])
            if _member(run, owner, name) is not None:
                run.set_attribute(owner, name, value)
                return True
            outside = outside or (owner if isinstance(owner, External) else None)
        scope = scope.parent
    if outside is not None:
        run.set_attribute(outside, name, value, run.site(target))
    return outside is not None


def _replace(run: Interpreter, scope: Scope, name: str, value: Value) -> None:
    kind = scope.types.get(name)
    if kind is not None:
        value = as_type(run, value, kind)
    # Whether a function runs before others look at the name is only known where its call is.
    here = scope is run.scope or not run.branch or _is_blank(scope.names[name])
    scope.names[name] = value if here else either([scope.names[name], value])


def _is_blank(value: Value) -> bool:
    """Whether a declaration has given nothing yet."""
    empty = (isinstance(value, List) and not value.items) or (isinstance(value, Map) and not value.entries)
    return value is NOTHING or (isinstance(value, (List, Map)) and empty and value.missing is None)


def among(run: Interpreter, folder: str, name: str, importer: str) -> Value | None:
    """The value of a name that another file of a folder declares, where files see the names of those beside them."""
    library = run.library_of(importer)
    if not library.siblings:
        return None
    declaring = run.modules.declaring(folder, name, library.siblings, library.declarations)
    holders = [path for path in declaring if path != importer][:_MAX_FILES]

    def found(paths: Iterable[str]) -> Value | None:
        scopes = [run.module_scope(path) for path in paths]
        return next((scope.names[name] for scope in scopes if scope is not None and name in scope.names), None)

    known = found([path for path in holders if run.is_run(path)])
    if known is not None or not holders:
        return known
    return Lazy(lambda: found(holders) or Unknown(f"{name} is not in the project"), name, holders[0])


def given_elsewhere(run: Interpreter, owner: Instance, name: str) -> Value | None:
    """What the objects that the project makes of a class are given for a part that no constructor sets."""
    found = [
        made.attributes[name]
        for one in run.lineage(owner.cls)
        if isinstance(one.names.get(name), Unknown)
        for made in one.made
        if name in made.attributes and not isinstance(made.attributes[name], Unknown)
    ]
    return either(found) if found else None


def in_another_file(run: Interpreter, cls: Class, name: str, owner: Value | None = None) -> Value | None:
    """What another file of the folder adds to a class, seen from an object or the class itself; without one, from any object."""
    own = cls.program.path
    library = run.library_of(own)
    if not library.siblings:
        return None
    folder = own.rpartition("/")[0]

    def declaring(word: str, before: tuple[str, ...]) -> list[str]:
        found = run.modules.declaring(folder, word, library.siblings, before) if before else []
        return [path for path in found if path != own][:_MAX_FILES]

    def added(paths: Iterable[str]) -> Value | None:
        for path in paths:
            scope = run.module_scope(path)
            more = scope.names.get(cls.node.name) if scope is not None else None
            if isinstance(more, Class) and name in more.names:
                return run.as_member(more.names[name], owner or run.shared(cls), more)
        return None

    by_name = declaring(name, library.additions)
    known = added([*declaring(cls.node.name, library.declarations), *[path for path in by_name if run.is_run(path)]])
    if known is not None or not by_name:
        return known
    missing = UnknownPart(Unknown(f"{name} is set elsewhere", cls.key), name)
    return Lazy(lambda: added(by_name) or missing, name, by_name[0])


# Types --------------------------------------------------------------------------------------------------------------------------


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
    for one in run.lineage(cls):
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


def of_its_type(run: Interpreter, owner: Typed, name: str) -> Value | None:
    """A part of something of which only the type is known: a method, or what a field is unless someone says otherwise."""
    for one in run.lineage(owner.type):
        value = one.names.get(name)
        if isinstance(value, (Function, Overloaded)):
            return run.as_member(value, run.shared(owner.type), one)
    elsewhere = in_another_file(run, owner.type, name)
    if elsewhere is not None:
        return elsewhere
    found = _member(run, run.shared(owner.type), name)
    known = [one for one in settled(found) if isinstance(one, (Text, List, Map))] if found is not None else []
    return either([*known, UnknownPart(owner, name)]) if known else None


# Overloads ----------------------------------------------------------------------------------------------------------------------


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
