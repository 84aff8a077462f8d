"""PHP's functions, classes, traits and enumerations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends.classes import with_constructor
from permlint.frontends.php_context import METHODS, OF_CLASS, THIS, Enclosing, class_of, php_of
from permlint.frontends.syntax import Lowering

if TYPE_CHECKING:
    from tree_sitter import Node

_SCALARS = frozenset(("self", "static", "parent"))


def closure(low: Lowering, node: Node) -> p.Expression:
    """A function without a name."""
    return _made_function(low, node, "")


def function(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """A function with a name, outside classes."""
    low.head(node, node.child_by_field_name("body"))
    php = php_of(low)
    around, php.receiver, php.cls = (php.receiver, php.cls), "", None
    out.append(_made_function(low, node, low.text(node.child_by_field_name("name"))))
    php.receiver, php.cls = around


def _made_function(
    low: Lowering, node: Node, name: str, receiver: str = "", decorators: tuple[p.Expression, ...] = ()
) -> p.Function:
    start, end = low.span(node)
    parameters = [p.Parameter(start, start, receiver, "plain", None, None)] if receiver else []
    first: list[p.Statement] = []
    given = node.child_by_field_name("parameters")
    for child in low.children(given) if given is not None else ():
        _parameter(low, child, parameters, first)
    body = node.child_by_field_name("body")
    php = php_of(low)
    outer, low.breaks = low.breaks, []
    php.functions += 1
    if body is None:
        statements: tuple[p.Statement, ...] = ()
    elif body.type == "compound_statement":
        statements = low.body(body)
    else:
        value = low.expression(body)
        statements = (p.Return(value.start, value.end, value),)
    php.functions -= 1
    low.breaks = outer
    return p.Function(start, end, name, tuple(parameters), (*first, *statements), decorators)


def _parameter(low: Lowering, node: Node, parameters: list[p.Parameter], first: list[p.Statement]) -> None:
    start, end = low.span(node)
    target = node.child_by_field_name("name")
    if target is None:
        return
    by_reference = target.type == "by_ref" or node.child_by_field_name("reference_modifier") is not None
    if target.type == "by_ref" and low.children(target):
        target = low.children(target)[-1]
    name = low.text(target)
    kind = "rest" if node.type == "variadic_parameter" else "shared" if by_reference else "plain"
    default = node.child_by_field_name("default_value")
    value = low.expression(default) if default is not None else None
    annotation = _type(low, node.child_by_field_name("type"))
    parameters.append(p.Parameter(start, end, name, kind, value, annotation))
    if node.type == "property_promotion_parameter":
        field_ = p.Attribute(start, end, p.Name(start, start, THIS), name.lstrip("$"))
        first.append(p.Assign(start, end, (field_,), p.Name(start, end, name)))


def _type(low: Lowering, node: Node | None) -> p.Expression | None:
    """The class that a type names, if it is one class."""
    if node is not None and node.type == "optional_type" and low.children(node):
        node = low.children(node)[0]
    if node is None or node.type != "named_type" or low.text(node).lower() in _SCALARS:
        return None
    return class_of(low, low.children(node)[0]) if low.children(node) else None


def clause(node: Node, kind: str) -> list[Node]:
    """What a class's clause of a kind (`extends`) names."""
    found = next((child for child in node.named_children if child.type == kind), None)
    return [child for child in found.named_children if child.type != "comment"] if found is not None else []


def class_statement(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """A class, trait, interface or enumeration; the traits that it uses are bases of it."""
    php = php_of(low)
    name, block = node.child_by_field_name("name"), node.child_by_field_name("body")
    if name is None:
        return
    low.head(node, block)
    members = list(_members(low, block)) if block is not None else []
    base = next(iter(clause(node, "base_clause")), None)
    qualified = f"{php.namespace}\\{low.text(name)}".lstrip("\\")
    bases = [class_of(low, used) for member in members if member.type == "use_declaration"
             for used in low.children(member) if used.type != "use_list"]  # fmt: skip
    if base is not None and node.type == "class_declaration":
        bases.append(class_of(low, base))
    around = (php.cls, php.receiver)
    methods = frozenset([low.text(m.child_by_field_name("name")) for m in members if m.type == "method_declaration"])
    own = frozenset([low.text(low.children(element)[0]) for m in members if m.type == "const_declaration"
                     for element in low.children(m) if element.type == "const_element"])  # fmt: skip
    php.cls = Enclosing(qualified, base, node.type == "trait_declaration", own)
    php.receiver = ""
    body: list[p.Statement] = []
    late: list[p.Statement] = []
    for member in sorted(members, key=lambda member: _ORDER.get(member.type, 0)):
        if member.type == "const_declaration":
            constants(low, member, body)
        elif member.type == "enum_case":
            _case(low, member, body)
        elif member.type == "property_declaration":
            _property(low, member, methods, body, late)
        elif member.type == "method_declaration":
            body.append(_method(low, member, low.text(name) if not php.namespace else ""))
    if node.type == "enum_declaration":
        body.append(_cases(low, node, qualified, members))
    php.cls, php.receiver = around
    if late:
        body = with_constructor(low.span(node)[0], body, late, derived=bool(bases), receiver=THIS)
    out.append(p.Class(*low.span(node), qualified, tuple(bases), (), tuple(body)))


def _members(low: Lowering, block: Node) -> Iterator[Node]:
    for member in low.children(block):
        if member.type == "ERROR":
            yield from _members(low, member)
        else:
            yield member


_ORDER = {"enum_case": 0, "const_declaration": 1, "property_declaration": 2, "method_declaration": 3}


def constants(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """`const A = 1, B = 2;`."""
    low.extents.append(low.span(node))
    for element in low.children(node):
        parts = low.children(element)
        if element.type == "const_element" and len(parts) > 1:
            out.append(p.Assign(*low.span(element), (low.name(parts[0]),), low.expression(parts[-1])))


def _case(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    if name is not None:
        low.extents.append(low.span(node))
        held = low.expression(value) if value is not None else low.quoted(name)
        out.append(p.Assign(*low.span(node), (low.name(name),), held))


def _cases(low: Lowering, node: Node, cls: str, members: list[Node]) -> p.Function:
    """`Enumeration::cases()`."""
    start = low.span(node)[0]
    names = [low.text(member.child_by_field_name("name")) for member in members if member.type == "enum_case"]
    items = [p.Attribute(start, start, p.Name(start, start, cls), name) for name in names]
    result = p.Return(start, start, p.Sequence(start, start, "list", tuple(items)))
    return p.Function(start, start, "cases", (), (result,), (p.Name(start, start, p.STATIC),))


def _property(
    low: Lowering, node: Node, methods: frozenset[str], body: list[p.Statement], late: list[p.Statement]
) -> None:
    """A property; one called like a method is set when an object is made."""
    low.extents.append(low.span(node))
    annotation = _type(low, node.child_by_field_name("type"))
    static = any(child.type == "static_modifier" for child in node.named_children)
    for element in low.children(node):
        target = element.child_by_field_name("name") if element.type == "property_element" else None
        if target is None:
            continue
        where = low.span(element)
        name = low.text(target).lstrip("$")
        default = element.child_by_field_name("default_value")
        shared = name in methods and not static
        if (default is None or default.type == "null") and not shared:
            # What it holds is set elsewhere.
            if annotation is not None:
                body.append(p.Assign(*where, (p.Name(*low.span(target), name),), None, annotation))
            continue
        value = low.expression(default) if default is not None else low.nothing(element)
        if shared:
            held = p.Attribute(*low.span(target), p.Name(where[0], where[0], THIS), name)
            late.append(p.Assign(*where, (held,), value))
        else:
            body.append(p.Assign(*where, (p.Name(*low.span(target), name),), value))


def _method(low: Lowering, node: Node, cls: str) -> p.Function:
    php = php_of(low)
    low.head(node, node.child_by_field_name("body"))
    name = low.text(node.child_by_field_name("name"))
    name = METHODS.get(name, p.CONSTRUCTOR if cls and name.lower() == cls.lower() else name)
    start = low.span(node)[0]
    static = any(child.type == "static_modifier" for child in node.named_children)
    php.receiver = OF_CLASS if static else THIS
    decorators = (p.Name(start, start, p.OF_CLASS),) if static else ()
    made = _made_function(low, node, name, php.receiver, decorators)
    php.receiver = ""
    return made
