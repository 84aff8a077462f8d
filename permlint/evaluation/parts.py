"""The parts of values by their names: read, and set."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.evaluation import operations as ops
from permlint.evaluation.changing import is_certain, put, query_of
from permlint.evaluation.classes import as_member, lineage, outside_bases
from permlint.evaluation.common import among, in_another_file
from permlint.evaluation.objects import as_declared, shared_object
from permlint.evaluation.running import Method, Site, UnknownPart
from permlint.evaluation.telling import tell
from permlint.evaluation.values import (
    NOTHING,
    Address,
    Arguments,
    Class,
    Constant,
    External,
    Function,
    Instance,
    Lazy,
    List,
    Map,
    Module,
    Overloaded,
    Query,
    Super,
    Text,
    Typed,
    Unknown,
    Value,
    alternatives,
    each_of,
    either,
    force,
    settled,
    spread,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def part(run: Interpreter, owner: Value, name: str) -> Value:
    """The attribute of a value by its name."""

    def one(owner: Value) -> Value:
        if isinstance(owner, External):
            if owner.paths[0] in run.library.globals:
                return External((name,))
            told = run.observer.part(owner, name)
            if told is None and run.library.declares and owner.arguments is not None:
                # An object is made with its fields as named arguments.
                told = owner.arguments.named.get(name)
            return owner.part(name) if told is None else told
        if isinstance(owner, Map) and run.library.entries_are_parts:
            return _entry_part(run, owner, name)
        if isinstance(owner, Address):
            return _address_part(run, owner, name)
        if isinstance(owner, Module):
            return _module_part(run, owner, name)
        if isinstance(owner, Instance):
            return instance_part(run, owner, name)
        if isinstance(owner, Class):
            return class_part(run, owner, name, owner)
        if isinstance(owner, Super):
            return _super_part(run, owner, name)
        if isinstance(owner, Unknown):
            method = _of_its_type(run, owner, name) if isinstance(owner, Typed) else None
            return UnknownPart(owner, name) if method is None else method
        held = isinstance(owner, (Text, Constant)) or (isinstance(owner, List) and not owner.fields)
        if held and name in run.library.same:
            return owner
        if isinstance(owner, List) and name in owner.fields:
            return owner.items[owner.fields.index(name)].value
        return Method(owner, name)

    if isinstance(owner, Lazy) and owner.value is None:
        return Lazy(lambda: spread(force(owner), one), name, owner.path)
    return spread(owner, one)


def part_of(run: Interpreter, node: p.Attribute, owner: Value) -> Value:
    """The part that a node names of a value."""
    found = at_hand(run, part(run, owner, node.name))
    if any(isinstance(one, Address) for one in each_of(owner)):
        tell(run, found, node)
    elif isinstance(found, External) and found.owner is owner and run.program is not None:
        found.spot = (run.program, node.end - len(node.name), node.end)
    return found


def at_hand(run: Interpreter, value: Value) -> Value:
    """A value that comes from a file that is run anyway is looked at where it is used, as the language does."""
    if isinstance(value, Lazy) and (value.value is not None or value.path in run.roots):
        return force(value)
    return value


def _address_part(run: Interpreter, owner: Address, name: str) -> Value:
    kind = run.library.address_parts.get(name)
    if kind in ("query", "parameters"):
        return owner.query
    if kind in owner.parts:
        return owner.parts[kind]
    if kind is None and name not in run.library.methods:
        # What is done with an address is done by something outside that was given its text.
        text = ops.address_text(owner)
        return External((f"address().{name}",), External(("address()",), None, Arguments([text])))
    # A method that gives the text is called, and a text that is called gives itself.
    return ops.address_text(owner) if kind == "text" else Method(owner, name)


def _entry_part(run: Interpreter, owner: Map, name: str) -> Value:
    item = owner.entries.get(name)
    if item is not None:
        return item.value if item.certain else either([item.value, NOTHING])
    if name in run.library.methods or name in run.library.same:
        return Method(owner, name)
    return owner.missing or NOTHING


def _module_part(run: Interpreter, module: Module, name: str) -> Value:
    if module.path is not None and module.path in run.scopes:
        found = run.scopes[module.path].names.get(name)
        if found is not None:
            return found
    if module.path is None and (shared := among(run, module.folder, name, module.importer)) is not None:
        return shared
    return Lazy(lambda: module_member(run, module, name), name, module.path or "")


def module_member(run: Interpreter, module: Module, name: str) -> Value:
    """What a name of a module stands for, which is run for it: what it binds, or a module inside a package."""
    path, folder = module.path, module.folder
    if path is not None:
        scope = run.module_scope(path)
        if scope is not None:
            value = scope.names.get(name)
            if value is not None:
                return value
            if name == p.DEFAULT:
                return module
            if p.DEFAULT in scope.names:
                return part(run, scope.names[p.DEFAULT], name)
    if path is None and (shared := among(run, folder, name, module.importer)) is not None:
        return shared
    if folder or path is None:
        suffix = module.importer[module.importer.rfind(".") :]
        found = run.modules.find(f"{folder}/_{suffix}".lstrip("/"), name, 1)
        if found is not None:
            return Module(*found, module.importer)
    if path is None:
        return Unknown(f"{name} is not in the project")
    return Unknown(f"{name} is not defined in {path}")


def instance_part(run: Interpreter, owner: Instance, name: str) -> Value:
    """The part of an object: its own, what all of its class have, or what is set elsewhere."""
    if name == p.CLASS:
        return owner.cls
    found = owner.attributes.get(name)
    if found is None and not owner.made:
        found = _given_elsewhere(run, owner, name)
    if found is not None:
        return found
    return class_part(run, owner.cls, name, owner)


def _given_elsewhere(run: Interpreter, owner: Instance, name: str) -> Value | None:
    """What the objects that the project makes of a class are given for a part that no constructor sets."""
    found = [
        made.attributes[name]
        for one in lineage(run, owner.cls)
        if isinstance(one.names.get(name), Unknown)
        for made in one.made
        if name in made.attributes and not isinstance(made.attributes[name], Unknown)
    ]
    return either(found) if found else None


def class_part(run: Interpreter, cls: Class, name: str, owner: Value) -> Value:
    """What a class or one of its bases says of a name. owner: what it is seen from, an object or the class itself."""
    for one in lineage(run, cls):
        value = one.names.get(name)
        if value is not None:
            found = spread(value, partial(as_member, run, owner=owner, cls=one))
            replaced = None if isinstance(value, Function) else _from_outside(run, one, name)
            return found if replaced is None else either([found, replaced])
    elsewhere = in_another_file(run, cls, name, owner)
    if elsewhere is not None:
        return elsewhere
    outside = [path for base in outside_bases(run, cls) for path in base.paths]
    if outside and not (name.startswith("__") and name.endswith("__")):
        made = "()" if isinstance(owner, Instance) else ""
        return External(tuple([f"{path}{made}.{name}" for path in outside]), owner)
    return UnknownPart(Unknown(f"{name} is set elsewhere", cls.key), name)


def _from_outside(run: Interpreter, cls: Class, name: str) -> Value | None:
    """What a base from outside gives a part of its objects in place of what the class says; None where it gives nothing."""
    for base in cls.bases:
        for option in alternatives(base):
            if isinstance(option, External):
                told = run.observer.part(External(tuple([f"{path}()" for path in option.paths])), name)
                if told is not None:
                    return told
    return None


def _super_part(run: Interpreter, owner: Super, name: str) -> Value:
    for one in lineage(run, owner.cls)[1:]:
        value = one.names.get(name)
        if value is not None:
            return as_member(run, value, owner.owner, one)
    outside = [path for base in outside_bases(run, owner.cls) for path in base.paths]
    if outside:
        return External(tuple([f"{path}().{name}" for path in outside]), owner.owner)
    return Unknown(f"{name} is not defined in the project")


def _of_its_type(run: Interpreter, owner: Typed, name: str) -> Value | None:
    """A part of something of which only the type is known: a method, or what a field is unless someone says otherwise."""
    for one in lineage(run, owner.type):
        value = one.names.get(name)
        if isinstance(value, (Function, Overloaded)):
            return as_member(run, value, shared_object(run, owner.type), one)
    elsewhere = in_another_file(run, owner.type, name)
    if elsewhere is not None:
        return elsewhere
    found = known_part(run, shared_object(run, owner.type), name)
    known = [one for one in settled(found) if isinstance(one, (Text, List, Map))] if found is not None else []
    return either([*known, UnknownPart(owner, name)]) if known else None


def known_part(run: Interpreter, owner: Value, name: str) -> Value | None:
    """A part that a value is known to have."""
    owner = force(owner)
    if isinstance(owner, (Text, List, Map, Address)):
        return part(run, owner, name) if name in run.library.methods or name in run.library.same else None
    cls = owner.cls if isinstance(owner, Instance) else owner
    if not isinstance(cls, Class):
        return None
    if isinstance(owner, Instance) and name in owner.attributes:
        return owner.attributes[name]
    for one in lineage(run, cls):
        value = one.names.get(name)
        if value is not None:
            return spread(value, partial(as_member, run, owner=owner, cls=one))
    return in_another_file(run, cls, name, owner)


def set_attribute(run: Interpreter, owner: Value, name: str, value: Value, site: Site | None = None) -> None:
    """Sets a part of a value, in place. site: where; without it nothing outside is told of a method that stands for it."""
    owner = force(owner)
    if isinstance(owner, Instance):
        value = as_declared(run, owner.cls, name, value)
        old = owner.attributes.get(name)
        if old is not None and not is_certain(run, owner.branch):
            value = either([old, value])
        owner.attributes[name] = value
    elif isinstance(owner, Class):
        owner.names[name] = value
    elif isinstance(owner, Map) and run.library.entries_are_parts:
        put(run, owner, name, value, None)
    elif isinstance(owner, Address) and name in run.library.address_parts:
        _set_address_part(run, owner, run.library.address_parts[name], value)
    elif isinstance(owner, Module) and owner.path is not None:
        scope = run.module_scope(owner.path)
        if scope is not None:
            old = scope.names.get(name)
            scope.names[name] = value if old is None or not run.branch else either([old, value])
    elif run.library.setter and isinstance(owner, External) and site is not None:
        form = run.library.setter
        method = form.format(name if form.startswith("{}") else name[:1].upper() + name[1:])
        run.observer.called(owner.part(method), method, Arguments([value]), site)
        run.observer.assigned(owner, name, value)
    else:
        run.observer.assigned(owner, name, value)


def _set_address_part(run: Interpreter, owner: Address, kind: str, value: Value) -> None:
    if kind in ("scheme", "host", "path"):
        owner.parts[kind] = value
    else:
        owner.query = owner.query.given(value if isinstance(value, Query) else query_of(run, value))
