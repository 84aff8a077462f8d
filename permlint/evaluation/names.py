"""Names: bound by imports and assignments, and looked up here, further out, in the class around and in other files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint import program as p
from permlint.evaluation import operations as ops
from permlint.evaluation.classes import as_member, is_of_class, lineage
from permlint.evaluation.common import among, in_another_file
from permlint.evaluation.objects import as_type, object_of, shared_object
from permlint.evaluation.parts import known_part, module_member, part, set_attribute
from permlint.evaluation.telling import site_of
from permlint.evaluation.values import (
    NOTHING,
    Class,
    External,
    Function,
    Instance,
    Lazy,
    List,
    Map,
    Module,
    Overloaded,
    Unknown,
    Value,
    either,
    force,
)

if TYPE_CHECKING:
    from permlint.evaluation.finding import Finder
    from permlint.evaluation.interpreter import Interpreter
    from permlint.evaluation.scopes import Scope


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
            found = known_part(run, scope.names[receiver], name)
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
        found = part(run, owner, name) if isinstance(owner, (External, Instance)) else None
        if isinstance(found, External):
            # It may as well be the first part of a qualified name.
            return External((name, *found.paths), found.owner)
        scope = scope.parent
    return None


def _of_class(run: Interpreter, cls: Class, name: str) -> Value | None:
    """A name that a class or one of its bases binds, seen from a class or function in it that has no object of it."""
    for one in lineage(run, cls):
        value = one.names.get(name)
        if isinstance(value, (Function, Overloaded)):
            function = value.functions[0] if isinstance(value, Overloaded) else value
            return as_member(run, value, cls if is_of_class(function) else shared_object(run, cls), one)
        if value is not None:
            return value
    return in_another_file(run, cls, name)


def bound_elsewhere(run: Interpreter, name: str, finder: Finder | None) -> Value | None:
    """The value of a name that nothing in the file binds, if another file of the project is known to bind it."""
    assert run.program is not None
    importer, library = run.program.path, run.library
    if (library.sigil and name.startswith(library.sigil)) or run.observer.is_outside(name):
        return None
    found = finder(run.modules, importer, name, 0) if finder is not None else None
    path = run.common.binding(name, importer) if library.common else None
    path = path or (found[0] if found is not None else None)
    if path is None or path == importer:
        return among(run, importer.rpartition("/")[0], name, importer)

    def find() -> Value:
        scope = run.module_scope(path)
        value = scope.names.get(name) if scope is not None else None
        if value is None and library.open:
            return External((name,))  # The file is only called like it.
        return module_member(run, Module(path, "", importer), name) if value is None else value

    return Lazy(find, name, path)


def settings_constant(run: Interpreter, name: str) -> Value | None:
    """The value of a name that nothing binds, if it is a constant of the project's settings."""
    library = run.library
    if not library.constants or name in library.builtins or not name.isupper():
        return None
    found = run.observer.part(External((library.constants,)), name)
    value = force(found) if found is not None else None
    return None if isinstance(value, Unknown) else value


def declared_object(run: Interpreter, annotation: p.Expression | None, *, own: bool) -> Value | None:
    """An object of the class that a variable is declared as; None where that tells nothing. own: of the project's too."""
    node = annotation
    names: list[str] = []
    while isinstance(node, p.Attribute):
        names.append(node.name)
        node = node.value
    if not isinstance(node, p.Name) or run.scope is None:
        return None
    value = run.scope.find(node.id)
    library = run.library
    if value is None and library.implicit is not None:
        value = bound_elsewhere(run, node.id, library.implicit)
    if value is None and library.typed and library.knows(node.id):
        value = External((node.id,))
    if value is None:
        return None
    for name in reversed(names):
        value = part(run, value, name)
    return object_of(run, value, own=own)


def bind(run: Interpreter, name: str, value: Value) -> None:
    """Binds a name where the running code binds it: here, or further out where the code says so."""
    assert run.scope is not None
    outer = run.scope.outer.get(name) if run.scope.outer else None
    if outer is None:
        run.scope.names[name] = value
        return
    # Whether the function runs before others look at the name is only known where its call is.
    old = outer.names.get(name)
    outer.names[name] = value if old is None or not run.branch else either([old, value])


def rebound(run: Interpreter, target: p.Name, value: Value) -> bool:
    """Binds a name anew where it was declared; False where it was not."""
    name, receiver = target.id, run.library.receiver
    scope, outside = run.scope, None
    while scope is not None:
        if scope.kind == "class" and scope is not run.scope and scope.cls is not None:
            if _of_class(run, scope.cls, name) is not None:
                set_attribute(run, scope.cls, name, value)
                return True
        elif name in scope.names:
            _replace(run, scope, name, value)
            return True
        elif receiver and receiver in scope.names:
            owner = force(scope.names[receiver])
            if known_part(run, owner, name) is not None:
                set_attribute(run, owner, name, value)
                return True
            outside = outside or (owner if isinstance(owner, External) else None)
        scope = scope.parent
    if outside is not None:
        set_attribute(run, outside, name, value, site_of(run, target))
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


def import_(run: Interpreter, node: p.Import) -> None:
    """Binds what an import names: modules, names of one, or all of them."""
    assert run.program is not None
    importer = run.program.path
    if not node.names:
        name = node.module if node.whole else node.bound
        bind(run, node.bound, _module(run, importer, name, node.level))
        return
    for name, bound in node.names:
        if name == "*":
            _import_all(run, importer, node)
            continue
        bind(run, bound, _imported(run, importer, node.module, node.level, name))


def _module(run: Interpreter, importer: str, module: str, level: int) -> Value:
    found = run.modules.find(importer, module, level)
    if found is None:
        return External((module,)) if not level else Unknown("its module is not in the project")
    path, folder = found
    return Module(path, folder, importer)


def _imported(run: Interpreter, importer: str, module: str, level: int, name: str) -> Value:
    found = run.modules.find(importer, module, level)
    if found is None:
        if level:
            return Unknown(f"the module of {name} is not in the project")
        if name == p.DEFAULT:
            return External((module,))
        outside = External((f"{module}.{name}",))
        return run.observer.part(External((module,)), name) or outside
    path, folder = found
    if path is None and (shared := among(run, folder, name, importer)) is not None:
        return shared
    return Lazy(lambda: module_member(run, Module(path, folder, importer), name), name, path or "")


def _import_all(run: Interpreter, importer: str, node: p.Import) -> None:
    found = run.modules.find(importer, node.module, node.level)
    if found is None and not node.level and run.scope is not None:
        run.scope.stars = (*run.scope.stars, node.module)
    if found is None or found[0] is None:
        return
    scope = run.module_scope(found[0])
    if scope is not None:
        listed = ops.text_items(scope.names.get("__all__", NOTHING)) or set()
        for name, value in list(scope.names.items()):
            if value is scope.read.get(name):
                continue
            if name != p.DEFAULT and (not name.startswith("_") or name in listed or run.library.dynamic):
                bind(run, name, value)


def whole_module(run: Interpreter, module: Module) -> Value:
    """What a module stands for itself: what it exports as a whole, else the names in it."""
    scope = run.module_scope(module.path) if module.path is not None else None
    return module if scope is None else scope.names.get(p.DEFAULT, module)
