"""What functions do with objects and their types: read and set parts by name, make records, ask for a type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.evaluation import operations as ops
from permlint.evaluation.calling import invoke
from permlint.evaluation.library import Operation
from permlint.evaluation.objects import shared_object
from permlint.evaluation.parts import part, set_attribute
from permlint.evaluation.values import (
    NOTHING,
    Arguments,
    Bound,
    Constant,
    External,
    Instance,
    Item,
    Lazy,
    List,
    Map,
    Partial,
    Super,
    Text,
    Typed,
    Unknown,
    Value,
    alternatives,
    either,
    force,
    known_text,
    spread,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def to_record(method: str) -> Operation:
    """A function that gives what an object's method of that name says it is; anything else stays what it is."""

    def one(run: Interpreter, value: Value) -> Value:
        owner = shared_object(run, value.type) if isinstance(value, Typed) else value
        found = part(run, owner, method) if isinstance(owner, Instance) else None
        return run.apply(found.function, Arguments(), found.owner) if isinstance(found, Bound) else value

    def told(run: Interpreter, arguments: Arguments) -> Value:
        value = arguments.get(0)
        # What is sent is worth reading the file that declares it.
        return spread(force(value), lambda option: one(run, option)) if value is not None else NOTHING

    return told


def get_part(run: Interpreter, arguments: Arguments) -> Value:
    """`getattr(value, name, default)`."""
    name = known_text(arguments.get(1))
    owner = arguments.get(0) or NOTHING
    default = arguments.get(2)
    if name is None:
        return Unknown("which attribute is only known at run time")
    found = part(run, owner, name)
    if default is None:
        return found
    if isinstance(force(owner), External):
        # Only what the observer knows is more than a name.
        return either([default, Unknown(f"{name} is set elsewhere") if isinstance(found, External) else found])
    found = force(found)
    return either([default, found]) if isinstance(found, Unknown) else found


def set_part(run: Interpreter, arguments: Arguments) -> Value:
    """`setattr(value, name, new)`."""
    name = known_text(arguments.get(1))
    if name is not None and len(arguments.positional) > 2:
        set_attribute(run, arguments.positional[0], name, arguments.positional[2])
    return NOTHING


def bases(run: Interpreter, _: Arguments) -> Value:
    """`super()`."""
    frame = run.frame
    if frame.cls is not None and frame.owner is not None:
        return Super(frame.cls, frame.owner)
    return Unknown("it is called outside a method")


def type_of(_: Interpreter, arguments: Arguments) -> Value:
    """`type(value)`."""
    value = force(arguments.get(0) or NOTHING)
    if isinstance(value, Instance):
        return value.cls
    return Unknown("it is decided at run time")


def is_instance(_: Interpreter, arguments: Arguments) -> Value:
    """`isinstance(value, kind)` for the language's own kinds."""
    value = arguments.get(0)
    if value is None or isinstance(value, Lazy):
        return Unknown("it is decided at run time")
    names: set[str] = set()
    for option in alternatives(arguments.get(1) or NOTHING):
        for kind in [item.value for item in option.items] if isinstance(option, List) else [option]:
            kind = force(kind)
            if not isinstance(kind, External):
                return Unknown("it is decided at run time")
            names.update(kind.paths)
    value = force(value)
    if isinstance(value, Text):
        return Constant("str" in names)
    if isinstance(value, Map):
        return Constant(bool(names & {"dict", "collections.abc.Mapping", "typing.Mapping", "Mapping"}))
    if isinstance(value, List):
        kinds = {
            value.kind,
            "collections.abc.Iterable",
            "collections.abc.Sequence",
            "typing.Iterable",
            "typing.Sequence",
        }
        return Constant(bool(names & kinds))
    if isinstance(value, Constant) and value.value is None:
        return Constant(False)
    return Unknown("it is decided at run time")


def field_default(run: Interpreter, arguments: Arguments) -> Value:
    """`field(default=..., default_factory=...)` of data classes and models."""
    default = arguments.get(0, "default")
    if isinstance(default, External) and default.paths == ("...",):
        default = None
    factory = arguments.get(None, "default_factory", "factory")
    if default is not None and not isinstance(default, Unknown):
        return default
    if factory is not None:
        return invoke(run, factory, Arguments())
    return Unknown("it has no default")


def record_type(_: Interpreter, arguments: Arguments) -> Value:
    """`namedtuple(name, fields)`."""
    return Partial(External(("collections.namedtuple()",)), Arguments([arguments.get(1, "field_names") or NOTHING]))


def record(_: Interpreter, arguments: Arguments) -> Value:
    """An object of a `namedtuple`."""
    names = force(arguments.positional[0]) if arguments.positional else NOTHING
    known = names.known() if isinstance(names, Text) else None
    if known is not None:
        fields = known.replace(",", " ").split()
    else:
        fields = [known_text(item.value) or "" for item in names.items] if isinstance(names, List) else []
    values = [*arguments.positional[1:], *[Unknown("it is not given")] * len(fields)][: len(fields)]
    items = [Item(arguments.named.get(name, value)) for name, value in zip(fields, values, strict=False)]
    return List(items, "tuple", fields=tuple(fields))


def replaced_fields(_: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`record._replace(name=value)`."""
    if not isinstance(owner, List) or not owner.fields:
        return Unknown("it is computed at run time", ops.owner_of(owner))
    items = [
        Item(arguments.named[n]) if n in arguments.named else i for n, i in zip(owner.fields, owner.items, strict=False)
    ]
    return List(items, "tuple", fields=owner.fields)


def named_parts(_: Interpreter, arguments: Arguments) -> Value:
    """`SimpleNamespace(name=value)`."""
    return List([Item(value) for value in arguments.named.values()], "tuple", fields=tuple(arguments.named))
