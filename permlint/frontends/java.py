"""Java: its table of kinds of nodes, and what is special about it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends import classes as c
from permlint.frontends import forms as f
from permlint.frontends.strings import string, text_block
from permlint.frontends.syntax import Argument, Lowering, Source, Syntax, decode

if TYPE_CHECKING:
    from tree_sitter import Language, Node

LANGUAGE = "java"


def lower(path: str, data: bytes) -> p.Program:
    """The program in a Java file. Raises Unreadable for binary files."""
    source = Source(decode(data))
    low = Lowering(source, SYNTAX)
    body = low.root(source.parse(grammar()))
    own = path.rpartition("/")[2].rpartition(".")[0]
    return low.program(path, LANGUAGE, (*body, *f.standing_for(body, own)))


@functools.cache
def grammar() -> Language:
    """The grammar of Java."""
    import tree_sitter_java
    from tree_sitter import Language

    return Language(tree_sitter_java.language())


# Types --------------------------------------------------------------------------------------------------------------------------


def _type(low: Lowering, node: Node | None) -> p.Expression:
    """A type as far as it names a class; else that of a declaration that names none."""
    if node is not None and node.type == "generic_type":
        return _type(low, low.children(node)[0])
    if node is None or node.type not in ("type_identifier", "scoped_type_identifier") or low.text(node) == "var":
        return c.no_type(low.span(node)[0] if node is not None else 0)
    return low.expression(node)


def _scoped(low: Lowering, node: Node) -> p.Expression:
    parts = [part.strip() for part in low.text(node).split(".")]
    return c.dotted(*low.span(node), [part.partition("<")[0] for part in parts])


# Expressions --------------------------------------------------------------------------------------------------------------------


def _field_access(low: Lowering, node: Node) -> p.Expression:
    part = node.child_by_field_name("field")
    if part is not None and part.type == "this":
        return p.Name(*low.span(node), c.THIS)
    return p.Attribute(*low.span(node), low.expression(node.child_by_field_name("object")), low.text(part))


def _arguments(low: Lowering, node: Node | None) -> tuple[Argument, ...]:
    return tuple([(None, low.expression(child)) for child in low.children(node)]) if node is not None else ()


def _invocation(low: Lowering, node: Node) -> p.Expression:
    owner, name = node.child_by_field_name("object"), node.child_by_field_name("name")
    if name is None:
        return low.opaque(node)
    if owner is None:
        callee: p.Expression = low.name(name)
    else:
        value = low.expression(owner)
        callee = p.Attribute(value.start, low.span(name)[1], value, low.text(name))
    return p.Call(*low.span(node), callee, _arguments(low, node.child_by_field_name("arguments")))


def _creation(low: Lowering, node: Node) -> p.Expression:
    """`new T(...)`; the methods of a class without a name are handed to what it is made from, by their names."""
    kind = node.child_by_field_name("type")
    callee = low.expression(kind)
    arguments = _arguments(low, node.child_by_field_name("arguments"))
    body = next((child for child in low.children(node) if child.type == "class_body"), None)
    if body is not None:
        arguments = (*arguments, *c.nameless(_members(low, body)))
    return p.Call(*low.span(node), callee, arguments)


def _explicit_constructor(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    which = node.child_by_field_name("constructor")
    owner = c.super_call(low, node) if which is not None and which.type == "super" else p.Name(*low.span(node), c.THIS)
    start, end = low.span(node)
    low.extents.append((start, end))
    callee = p.Attribute(start, end, owner, p.CONSTRUCTOR)
    out.append(p.Do(start, end, p.Call(start, end, callee, _arguments(low, node.child_by_field_name("arguments")))))


def _assignment(low: Lowering, node: Node) -> p.Expression:
    plain = low.text(node.child_by_field_name("operator")) == "="
    return (f.assignment() if plain else f.augmented())(low, node)


def _array(low: Lowering, node: Node) -> p.Expression:
    value = node.child_by_field_name("value")
    if value is not None:
        return low.expression(value)
    return p.Sequence(*low.span(node), "list", ())


def _cast(low: Lowering, node: Node) -> p.Expression:
    value = low.expression(node.child_by_field_name("value"))
    return f.cast(low, node, value, _type(low, node.child_by_field_name("type")))


def _instanceof(low: Lowering, node: Node) -> p.Expression:
    value = low.expression(node.child_by_field_name("left"))
    name = node.child_by_field_name("name")
    parts: tuple[p.Expression, ...] = (value,)
    if name is not None:
        known = f.cast(low, node, value, _type(low, node.child_by_field_name("right")))
        parts = (p.Bind(*low.span(node), low.name(name), known),)
    return p.Opaque(*low.span(node), "it is decided at run time", parts)


def _reference(low: Lowering, node: Node) -> p.Expression:
    children = low.children(node)
    if not children:
        return low.opaque(node)
    owner = low.expression(children[0])
    if len(children) < 2 or children[-1].type != "identifier":
        return owner
    return p.Attribute(*low.span(node), owner, low.text(children[-1]))


def _lambda(low: Lowering, node: Node) -> p.Expression:
    given, body = node.child_by_field_name("parameters"), node.child_by_field_name("body")
    if given is not None and given.type == "identifier":
        parameters = [_named_parameter(low, given)]
    elif given is not None and given.type == "inferred_parameters":
        parameters = [_named_parameter(low, child) for child in low.children(given)]
    else:
        parameters = _parameters(low, given)
    expression = body is not None and body.type != "block"
    return c.function(low, node, "", parameters, body, expression=expression)


def _named_parameter(low: Lowering, node: Node) -> p.Parameter:
    return p.Parameter(*low.span(node), low.text(node), "plain", None, None)


def _switch_value(low: Lowering, node: Node) -> p.Expression:
    subject = low.expression(node.child_by_field_name("condition"))
    arms: list[tuple[list[p.Expression] | None, p.Expression]] = []
    for values, body in _ways(low, node):
        given = [child for one in body for child in _results(one)]
        if given:
            arms.append((values, low.expression(given[0])))
    return f.chosen(low, node, subject, arms)


def _results(node: Node) -> list[Node]:
    """What an arm of a switch gives: its expression, or what its block yields."""
    if node.type == "expression_statement":
        return node.named_children
    if node.type == "yield_statement":
        return node.named_children
    if node.type == "block":
        return [found for child in node.named_children for found in _results(child) if child.type == "yield_statement"]
    return []


def _ways(low: Lowering, node: Node) -> list[tuple[list[p.Expression] | None, list[Node]]]:
    block = node.child_by_field_name("body")
    ways: list[tuple[list[p.Expression] | None, list[Node]]] = []
    for group in low.children(block) if block is not None else ():
        labels = [child for child in low.children(group) if child.type == "switch_label"]
        values = [low.expression(value) for label in labels for value in low.children(label)]
        body = [child for child in group.named_children if child.type != "switch_label"]
        ways.append((None if any("default" in low.tokens(label) for label in labels) else values, body))
    return ways


# Statements ---------------------------------------------------------------------------------------------------------------------


def _switch(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    low.head(node, node.child_by_field_name("body"))
    f.cases(low, node, low.expression(node.child_by_field_name("condition")), _ways(low, node), out)


def _declaration(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    low.extents.append(low.span(node))
    out.extend(_declared(low, node))


def _declared(low: Lowering, node: Node, *, of_class: bool = False) -> list[p.Assign]:
    kind = _type(low, node.child_by_field_name("type"))
    out = []
    for declarator in node.children_by_field_name("declarator"):
        name, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
        if name is not None:
            nothing = None if of_class else low.nothing(declarator)
            made = low.expression(value) if value is not None else nothing
            out.append(p.Assign(*low.span(declarator), (low.name(name),), made, kind))
    return out


def _resources(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    given = node.child_by_field_name("resources")
    for resource in low.children(given) if given is not None else ():
        name, value = resource.child_by_field_name("name"), resource.child_by_field_name("value")
        low.extents.append(low.span(resource))
        if name is not None and value is not None:
            kind = _type(low, resource.child_by_field_name("type"))
            out.append(p.Assign(*low.span(resource), (low.name(name),), low.expression(value), kind))
    f.attempt(("catch_clause",), ("finally_clause",))(low, node, out)


def _for_each(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    name, block = node.child_by_field_name("name"), node.child_by_field_name("body")
    low.head(node, block)
    values = low.expression(node.child_by_field_name("value"))
    if name is not None:
        out.append(p.Loop(*low.span(node), low.name(name), values, low.loop(block), ()))


def _import(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    where = low.span(node)
    low.extents.append(where)
    named = next((child for child in low.children(node) if child.type in ("scoped_identifier", "identifier")), None)
    path = "".join(low.text(named).split())
    owner, _, last = path.rpartition(".")
    if any(child.type == "asterisk" for child in node.children):
        out.append(p.Import(*where, path, 0, (("*", "*"),)))
    elif "static" in low.tokens(node) or owner.rpartition(".")[2][:1].isupper():
        out.append(p.Import(*where, owner, 0, ((last, last),)))
    else:
        out.append(p.Import(*where, path, 0, ((p.DEFAULT, last),)))


# Classes ------------------------------------------------------------------------------------------------------------------------


def _modifiers(low: Lowering, node: Node) -> tuple[list[str], tuple[p.Expression, ...]]:
    """The keywords before a declaration, and its annotations."""
    found = next((child for child in node.children if child.type == "modifiers"), None)
    if found is None:
        return [], ()
    annotations = [child for child in low.children(found) if child.type in ("annotation", "marker_annotation")]
    return low.tokens(found), tuple([low.expression(child) for child in annotations])


def _annotation(low: Lowering, node: Node) -> p.Expression:
    name = node.child_by_field_name("name")
    given = node.child_by_field_name("arguments")
    arguments: list[Argument] = []
    for child in low.children(given) if given is not None else ():
        if child.type == "element_value_pair":
            value = low.expression(child.child_by_field_name("value"))
            arguments.append((low.text(child.child_by_field_name("key")), value))
        else:
            arguments.append((None, low.expression(child)))
    return p.Call(*low.span(node), low.expression(name), tuple(arguments))


def _parameters(low: Lowering, node: Node | None) -> list[p.Parameter]:
    out = []
    for child in low.children(node) if node is not None else ():
        if child.type == "spread_parameter":
            declarator = next((one for one in child.named_children if one.type == "variable_declarator"), None)
            name = declarator.child_by_field_name("name") if declarator is not None else None
            out.append(p.Parameter(*low.span(child), low.text(name), "rest", None, None))
        elif child.type == "formal_parameter":
            kind = _type(low, child.child_by_field_name("type"))
            out.append(p.Parameter(*low.span(child), low.text(child.child_by_field_name("name")), "plain", None, kind))
    return out


def _members(low: Lowering, node: Node | None, body: c.Body | None = None) -> c.Body:
    body = body or c.Body()
    for member in low.children(node) if node is not None else ():
        words, annotations = _modifiers(low, member)
        if member.type in ("method_declaration", "constructor_declaration"):
            body.functions.append(_method(low, member, static="static" in words, annotations=annotations))
        elif member.type in ("field_declaration", "constant_declaration"):
            low.extents.append(low.span(member))
            for declared in _declared(low, member, of_class=True):
                c.add_field(body, declared, static="static" in words or member.type == "constant_declaration")
        elif member.type in ("static_initializer", "block"):
            (body.static if member.type == "static_initializer" else body.late).extend(low.block(member.named_children))
        elif member.type == "enum_body_declarations":
            _members(low, member, body)
        elif member.type in SYNTAX.statements and member.type.endswith("_declaration"):
            low.statement(member, body.static)
    return body


def _method(low: Lowering, node: Node, *, static: bool, annotations: tuple[p.Expression, ...]) -> p.Function:
    name = p.CONSTRUCTOR if node.type == "constructor_declaration" else low.text(node.child_by_field_name("name"))
    decorators = (*c.marks(low.span(node)[0], *([p.OF_CLASS] if static else [])), *annotations)
    parameters = _parameters(low, node.child_by_field_name("parameters"))
    return c.function(low, node, name, parameters, node.child_by_field_name("body"), member=True, decorators=decorators)


def _class(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    name, block = node.child_by_field_name("name"), node.child_by_field_name("body")
    if name is None:
        return
    low.head(node, block)
    bases: list[p.Expression] = []
    for clause in low.children(node):
        if clause.type in ("superclass", "super_interfaces", "extends_interfaces"):
            types = low.children(clause)
            inner = [one for kind in types for one in (low.children(kind) if kind.type == "type_list" else [kind])]
            bases += [low.expression(one) for one in inner]
    body = c.Body()
    fields = node.child_by_field_name("parameters")
    for parameter in _parameters(low, fields):
        target = p.Name(parameter.start, parameter.end, parameter.name)
        body.static.append(p.Assign(parameter.start, parameter.end, (target,), None, parameter.annotation))
    constants = [child for child in low.children(block) if child.type == "enum_constant"] if block is not None else []
    _members(low, block, body)
    if node.type == "enum_declaration":
        made = [
            (one.child_by_field_name("name"), _arguments(low, one.child_by_field_name("arguments")))
            for one in constants
        ]
        c.add_constants(
            low, body, low.name(name), [(one, given) for one, given in made if one is not None], ("name", "toString")
        )
    out.extend(c.made_class(low, node, low.text(name), bases, body))


SYNTAX = Syntax(
    expressions={
        "identifier": f.name,
        "type_identifier": f.name,
        "scoped_identifier": _scoped,
        "scoped_type_identifier": _scoped,
        "generic_type": f.inner(at=0),
        "annotated_type": f.inner(at=-1),
        "this": f.name,
        "super": c.super_call,
        "null_literal": f.literal(None),
        "true": f.literal(True),
        "false": f.literal(False),
        "decimal_integer_literal": f.number,
        "hex_integer_literal": f.number,
        "decimal_floating_point_literal": f.number,
        "string_literal": text_block(string(), escapes_end=True),
        "character_literal": string(),
        "array_initializer": f.sequence(),
        "element_value_array_initializer": f.sequence(),
        "array_creation_expression": _array,
        "array_access": f.index("array", "index"),
        "field_access": _field_access,
        "method_invocation": _invocation,
        "object_creation_expression": _creation,
        "method_reference": _reference,
        "lambda_expression": _lambda,
        "class_literal": f.inner(),
        "cast_expression": _cast,
        "instanceof_expression": _instanceof,
        "parenthesized_expression": f.inner(at=-1),
        "assignment_expression": _assignment,
        "binary_expression": f.binary(),
        "unary_expression": f.unary("operand"),
        "update_expression": f.opaque("it is counted at run time"),
        "ternary_expression": f.choice(),
        "switch_expression": _switch_value,
        "annotation": _annotation,
        "marker_annotation": _annotation,
    },
    statements={
        "package_declaration": f.skip,
        "import_declaration": _import,
        "class_declaration": _class,
        "interface_declaration": _class,
        "enum_declaration": _class,
        "record_declaration": _class,
        "annotation_type_declaration": f.skip,
        "module_declaration": f.skip,
        "local_variable_declaration": _declaration,
        "expression_statement": f.evaluate,
        "explicit_constructor_invocation": _explicit_constructor,
        "if_statement": f.branch(),
        "for_statement": f.counted("init"),
        "enhanced_for_statement": _for_each,
        "while_statement": f.repeat(),
        "do_statement": f.repeat(),
        "switch_expression": _switch,
        "return_statement": f.returned,
        "yield_statement": f.evaluate,
        "throw_statement": f.raised,
        "break_statement": f.broken,
        "continue_statement": f.continued,
        "try_statement": f.attempt(("catch_clause",), ("finally_clause",)),
        "try_with_resources_statement": _resources,
        "synchronized_statement": f.inline,
        "labeled_statement": f.inline,
        "assert_statement": f.skip,
        "block": f.inline,
        "constructor_body": f.inline,
    },
    comments=frozenset(("line_comment", "block_comment")),
)
