"""C#: its table of kinds of nodes, and what is special about it."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends import classes as c
from permlint.frontends import forms as f
from permlint.frontends.strings import Pieces, string, text_block
from permlint.frontends.syntax import Argument, Lowering, Source, Syntax, decode

if TYPE_CHECKING:
    from tree_sitter import Language, Node

LANGUAGE = "csharp"
_OPENING = re.compile(r'[$@]*("+)')


def lower(path: str, data: bytes) -> p.Program:
    """The program in a C# file. Raises Unreadable for binary files."""
    source = Source(decode(data))
    low = Lowering(source, SYNTAX)
    body = low.root(source.parse(grammar()))
    own = path.rpartition("/")[2].partition(".")[0]
    return low.program(path, LANGUAGE, (*body, *f.standing_for(body, own)))


@functools.cache
def grammar() -> Language:
    """The grammar of C#."""
    import tree_sitter_c_sharp
    from tree_sitter import Language

    return Language(tree_sitter_c_sharp.language())


# Types and texts ----------------------------------------------------------------------------------------------------------------


def _type(low: Lowering, node: Node | None) -> p.Expression:
    """A type as far as it names a class; else that of a declaration that names none."""
    while node is not None and node.type == "nullable_type" and low.children(node):
        node = low.children(node)[0]
    if (
        node is not None
        and node.type == "generic_name"
        and low.text(low.children(node)[0]) in ("Task", "ValueTask", "Lazy")
    ):
        inner = low.children(low.children(node)[-1])
        node = inner[0] if len(inner) == 1 else node
    if node is None or node.type not in ("identifier", "qualified_name", "generic_name", "predefined_type"):
        return c.no_type(low.span(node)[0] if node is not None else 0)
    return low.expression(node)


def _qualified(low: Lowering, node: Node) -> p.Expression:
    owner = low.expression(node.child_by_field_name("qualifier"))
    name = node.child_by_field_name("name")
    return p.Attribute(*low.span(node), owner, _plain_name(low, name))


def _plain_name(low: Lowering, node: Node | None) -> str:
    """A name without its type arguments."""
    if node is not None and node.type == "generic_name" and low.children(node):
        node = low.children(node)[0]
    return low.text(node).removeprefix("@")


def _identifier(low: Lowering, node: Node) -> p.Expression:
    made = low.name(node)
    made.id = made.id.removeprefix("@")
    return made


def _delimiters(text: str) -> tuple[int, int]:
    found = _OPENING.match(text)
    if found is None:
        return 0, 0
    marks = len(found[1]) if len(found[1]) > 2 else 1
    return found.end() - len(found[1]) + marks, marks


def _hole(low: Lowering, node: Node) -> p.Expression:
    inner = [
        child
        for child in low.children(node)
        if child.type not in ("interpolation_brace", "interpolation_format_clause")
    ]
    return low.expression(inner[0]) if inner else low.nothing(node)


def _verbatim(low: Lowering, node: Node) -> p.Expression:
    start, end = low.span(node)
    text = low.source.hidden
    pieces = Pieces(low.source, start + 2)
    at = text.find('""', start + 2, end - 1)
    while at >= 0:
        pieces.literal(at)
        pieces.escape(at, at + 2, '"')
        at = text.find('""', at + 2, end - 1)
    pieces.literal(max(start + 2, end - 1))
    return p.String(start, end, pieces.parts())


# Expressions --------------------------------------------------------------------------------------------------------------------


def _member(low: Lowering, node: Node) -> p.Expression:
    owner = low.expression(node.child_by_field_name("expression"))
    return p.Attribute(*low.span(node), owner, _plain_name(low, node.child_by_field_name("name")))


def _conditional_member(low: Lowering, node: Node) -> p.Expression:
    """`x?.y` and `x?[0]`."""
    value = low.expression(node.child_by_field_name("condition"))
    start, end = low.span(node)
    for child in low.children(node)[1:]:
        if child.type == "member_binding_expression":
            value = p.Attribute(start, end, value, _plain_name(low, child.child_by_field_name("name")))
        else:
            return p.Opaque(start, end, "permlint does not follow this form", (value, low.expression(child)))
    return value


def _invocation(low: Lowering, node: Node) -> p.Expression:
    function = node.child_by_field_name("function")
    start, end = low.span(node)
    if low.text(function) == "nameof":
        given = [child for one in low.children(node)[1:] for child in low.children(one)]
        return low.quoted(given[0], low.text(given[0]).rpartition(".")[2]) if given else low.opaque(node)
    made = p.Call(start, end, low.expression(function), _arguments(low, node.child_by_field_name("arguments")))
    name = (
        function.child_by_field_name("name") if function is not None and function.type != "generic_name" else function
    )
    if name is not None and name.type == "generic_name":
        kinds = low.children(low.children(name)[-1])
        return f.cast(low, node, made, _type(low, kinds[0])) if len(kinds) == 1 else made
    return made


def _arguments(low: Lowering, node: Node | None) -> tuple[Argument, ...]:
    out: list[Argument] = []
    for child in low.children(node) if node is not None else ():
        if child.type not in ("argument", "attribute_argument"):
            continue
        name = child.child_by_field_name("name")
        parts = low.children(child)
        named = name is not None and len(parts) > 1
        if parts:
            out.append((low.text(name) if named else None, low.expression(parts[-1])))
    return tuple(out)


def _element(low: Lowering, node: Node) -> p.Expression:
    given = node.child_by_field_name("subscript")
    keys = _arguments(low, given)
    value = low.expression(node.child_by_field_name("expression"))
    return p.Index(*low.span(node), value, keys[0][1] if keys else low.nothing(node))


def _creation(low: Lowering, node: Node) -> p.Expression:
    """`new T(...) { ... }`: properties count as named arguments, items and entries make a collection."""
    start, end = low.span(node)
    kind = node.child_by_field_name("type")
    given = next((child for child in low.children(node) if child.type == "argument_list"), None)
    braces = next((child for child in low.children(node) if child.type == "initializer_expression"), None)
    arguments = _arguments(low, given)
    if braces is not None and low.children(braces):
        made = low.expression(braces)
        if not isinstance(made, p.Mapping) or not _sets_properties(low, braces):
            return made
        own = [(_text_of(key), value) for key, value in made.entries]
        arguments = (*arguments, *own)
    if kind is None:
        return _made_as_declared(low, node, arguments)
    return p.Call(start, end, low.expression(kind), arguments)


def _made_as_declared(low: Lowering, node: Node, arguments: tuple[Argument, ...]) -> p.Expression:
    """`new()`: of the type that the declaration around it names."""
    start, end = low.span(node)
    around = node.parent
    while around is not None and around.type in ("variable_declarator", "equals_value_clause"):
        around = around.parent
    kind = around.child_by_field_name("type") if around is not None else None
    if kind is None or kind.type == "implicit_type":
        return p.Opaque(start, end, "its type is not named", tuple([value for _, value in arguments]))
    return p.Call(start, end, low.expression(kind), arguments)


def _text_of(key: p.Expression | None) -> str | None:
    first = key.parts[0] if isinstance(key, p.String) else None
    return first.value if isinstance(first, p.Text) else None


def _sets_properties(low: Lowering, node: Node) -> bool:
    first = low.children(node)[0]
    left = first.child_by_field_name("left") if first.type == "assignment_expression" else None
    return left is not None and left.type == "identifier"


def _initializer(low: Lowering, node: Node) -> p.Expression:
    """What stands in braces: items, entries (`{ key, value }`, `[key] = value`) or properties (`Name = value`)."""
    start, end = low.span(node)
    entries: list[tuple[p.Expression | None, p.Expression]] = []
    items: list[p.Expression] = []
    for child in low.children(node):
        left, right = child.child_by_field_name("left"), child.child_by_field_name("right")
        pair = low.children(child) if child.type == "initializer_expression" else []
        if child.type == "assignment_expression" and left is not None:
            key = low.quoted(left) if left.type == "identifier" else low.expression(_only(low, left))
            entries.append((key, low.expression(right)))
        elif len(pair) == 2:
            entries.append((low.expression(pair[0]), low.expression(pair[1])))
        else:
            items.append(low.expression(child))
    return p.Mapping(start, end, tuple(entries)) if entries else p.Sequence(start, end, "list", tuple(items))


def _only(low: Lowering, node: Node) -> Node:
    while low.children(node):
        node = low.children(node)[0]
        if node.type.endswith(("_expression", "_literal")):
            break
    return node


def _anonymous(low: Lowering, node: Node) -> p.Expression:
    """`new { name = value, Other }`."""
    entries: list[tuple[p.Expression | None, p.Expression]] = []
    nodes = [child for child in node.children if child.is_named or child.type == "="]
    at = 0
    while at < len(nodes):
        one = nodes[at]
        if at + 2 < len(nodes) and nodes[at + 1].type == "=":
            entries.append((low.quoted(one), low.expression(nodes[at + 2])))
            at += 3
            continue
        if one.is_named and one.type not in SYNTAX.comments:
            name = one.child_by_field_name("name") or one
            entries.append((low.quoted(name), low.expression(one)))
        at += 1
    return p.Mapping(*low.span(node), tuple(entries))


def _array(low: Lowering, node: Node) -> p.Expression:
    braces = next((child for child in low.children(node) if child.type == "initializer_expression"), None)
    return low.expression(braces) if braces is not None else p.Sequence(*low.span(node), "list", ())


def _collection(low: Lowering, node: Node) -> p.Expression:
    items: list[p.Expression] = []
    for element in low.children(node):
        inner = low.children(element)[0] if element.type == "collection_element" and low.children(element) else element
        value = low.expression(low.children(inner)[0]) if low.children(inner) else low.expression(inner)
        items.append(p.Spread(*low.span(inner), value) if inner.type == "spread_element" else value)
    return p.Sequence(*low.span(node), "list", tuple(items))


def _assignment(low: Lowering, node: Node) -> p.Expression:
    plain = low.text(node.child_by_field_name("operator")) == "="
    return (f.assignment() if plain else f.augmented())(low, node)


def _cast(low: Lowering, node: Node) -> p.Expression:
    kind = node.child_by_field_name("type") or node.child_by_field_name("right")
    value = node.child_by_field_name("value") or node.child_by_field_name("left")
    return f.cast(low, node, low.expression(value), _type(low, kind))


def _is(low: Lowering, node: Node) -> p.Expression:
    value = low.expression(node.child_by_field_name("expression"))
    pattern = node.child_by_field_name("pattern")
    name = pattern.child_by_field_name("name") if pattern is not None else None
    parts: tuple[p.Expression, ...] = (value,)
    if pattern is not None and name is not None:
        known = f.cast(low, node, value, _type(low, pattern.child_by_field_name("type")))
        parts = (p.Bind(*low.span(node), low.name(name), known),)
    return p.Opaque(*low.span(node), "it is decided at run time", parts)


def _lambda(low: Lowering, node: Node) -> p.Expression:
    given = node.child_by_field_name("parameters")
    if given is not None and given.type == "implicit_parameter":
        parameters = [p.Parameter(*low.span(given), low.text(given), "plain", None, None)]
    else:
        parameters = _parameters(low, given)
    body = node.child_by_field_name("body") or next((one for one in low.children(node) if one.type == "block"), None)
    return c.function(low, node, "", parameters, body, expression=body is not None and body.type != "block")


def _switch_value(low: Lowering, node: Node) -> p.Expression:
    parts = low.children(node)
    subject = low.expression(parts[0]) if parts else low.nothing(node)
    arms: list[tuple[list[p.Expression] | None, p.Expression]] = []
    for arm in parts[1:]:
        inner = low.children(arm)
        if len(inner) < 2:
            continue
        pattern = inner[0]
        values = None if pattern.type == "discard" else [_pattern(low, pattern)]
        arms.append((values, low.expression(inner[-1])))
    return f.chosen(low, node, subject, arms)


def _pattern(low: Lowering, node: Node) -> p.Expression:
    if node.type == "constant_pattern" and low.children(node):
        return low.expression(low.children(node)[0])
    return p.Opaque(*low.span(node), "it is decided at run time")


def _tuple(low: Lowering, node: Node) -> p.Expression:
    names: list[p.Expression] = [p.Name(*low.span(one), low.text(one)) for one in node.children_by_field_name("name")]
    items = names or [value for _, value in _arguments(low, node)]
    return p.Sequence(*low.span(node), "tuple", tuple(items))


def _declared_name(low: Lowering, node: Node) -> p.Expression:
    name = node.child_by_field_name("name")
    return low.expression(name) if name is not None else low.opaque(node)


# Statements ---------------------------------------------------------------------------------------------------------------------


def _declarators(low: Lowering, node: Node | None, *, of_class: bool = False) -> list[p.Assign]:
    """The assignments that a declaration of variables or fields is made of."""
    kind = _type(low, node.child_by_field_name("type") if node is not None else None)
    out: list[p.Assign] = []
    for declarator in low.children(node) if node is not None else ():
        if declarator.type != "variable_declarator":
            continue
        parts = low.children(declarator)
        where = low.span(declarator)
        value = low.expression(parts[-1]) if len(parts) > 1 else None if of_class else low.nothing(declarator)
        if parts:
            out.append(p.Assign(*where, (low.expression(parts[0]),), value, kind))
    return out


def _declaration(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    low.extents.append(low.span(node))
    found = next((child for child in low.children(node) if child.type == "variable_declaration"), None)
    out.extend(_declarators(low, found))


def _variables(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    out.extend(_declarators(low, node))


def _using(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    body = node.child_by_field_name("body")
    low.head(node, body)
    for child in low.children(node):
        if child.type == "variable_declaration":
            out.extend(_declarators(low, child))
        elif child != body:
            low.do(child, child, out)
    out.extend(low.body(body))


def _for_each(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    left, block = node.child_by_field_name("left"), node.child_by_field_name("body")
    low.head(node, block)
    values = low.expression(node.child_by_field_name("right"))
    if left is not None:
        out.append(p.Loop(*low.span(node), low.expression(left), values, low.loop(block), ()))


def _switch(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    block = node.child_by_field_name("body")
    low.head(node, block)
    ways: list[tuple[list[p.Expression] | None, list[Node]]] = []
    for section in low.children(block) if block is not None else ():
        inner = low.children(section)
        patterns = [one for one in inner if one.type.endswith("_pattern") or one.type == "when_clause"]
        body = [one for one in inner if one not in patterns]
        ways.append((None if "default" in low.tokens(section) else [_pattern(low, one) for one in patterns], body))
    f.cases(low, node, low.expression(node.child_by_field_name("value")), ways, out)


def _import(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    where = low.span(node)
    low.extents.append(where)
    alias = node.child_by_field_name("name")
    path = next((child for child in reversed(low.children(node)) if child != alias), None)
    if alias is not None and path is not None:
        out.append(p.Import(*where, low.text(path), 0, (), low.text(alias), whole=True))


def _arrow(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    for child in low.children(node):
        out.append(p.Return(*low.span(node), low.expression(child)))


# Classes ------------------------------------------------------------------------------------------------------------------------


def _words(low: Lowering, node: Node) -> set[str]:
    return {low.text(child) for child in node.children if child.type == "modifier"}


def _attributes(low: Lowering, node: Node) -> tuple[p.Expression, ...]:
    out = []
    for group in low.children(node):
        for one in low.children(group) if group.type == "attribute_list" else ():
            given = next((child for child in low.children(one) if child.type == "attribute_argument_list"), None)
            out.append(p.Call(*low.span(one), low.expression(one.child_by_field_name("name")), _arguments(low, given)))
    return tuple(out)


def _parameters(low: Lowering, node: Node | None) -> list[p.Parameter]:
    out: list[p.Parameter] = []
    for child in low.children(node) if node is not None else ():
        if child.type != "parameter":
            continue
        name = child.child_by_field_name("name")
        kind = _type(low, child.child_by_field_name("type"))
        default = low.expression(low.children(child)[-1]) if "=" in low.tokens(child) else None
        out.append(p.Parameter(*low.span(child), low.text(name).removeprefix("@"), "plain", default, kind))
    if node is not None and "params" in low.tokens(node):
        # The grammar has the last parameter's parts stand in the list itself.
        names = [one for one in node.children_by_field_name("name") if one.is_named]
        if names:
            out.append(p.Parameter(*low.span(names[-1]), low.text(names[-1]), "rest", None, None))
    return out


def _function(
    low: Lowering, node: Node, name: str, *, member: bool, words: tuple[str, ...] = (), first: tuple[p.Statement, ...] = ()
) -> p.Function:  # fmt: skip
    body = node.child_by_field_name("body") or node.child_by_field_name("value")
    parameters = _parameters(low, node.child_by_field_name("parameters"))
    decorators = (*c.marks(low.span(node)[0], *words), *_attributes(low, node))
    arrow = body is not None and body.type == "arrow_expression_clause"
    inner = low.children(body)[0] if arrow and body is not None and low.children(body) else body
    return c.function(
        low, node, name, parameters, inner, member=member, decorators=decorators, first=first, expression=arrow
    )


def _local_function(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    out.append(_function(low, node, low.text(node.child_by_field_name("name")), member=False))


def _members(low: Lowering, node: Node | None, body: c.Body, local: frozenset[str]) -> None:
    for member in low.children(node) if node is not None else ():
        words = _words(low, member)
        static = bool(words & {"static", "const"})
        if member.type == "method_declaration":
            marks = (p.OF_CLASS,) if static else ()
            name = low.text(member.child_by_field_name("name"))
            body.functions.append(_function(low, member, name, member=True, words=marks))
        elif member.type == "constructor_declaration" and static:
            body.static.extend(low.body(member.child_by_field_name("body")))
        elif member.type == "constructor_declaration":
            body.functions.append(_constructor(low, member))
        elif member.type == "field_declaration":
            low.extents.append(low.span(member))
            found = next((child for child in low.children(member) if child.type == "variable_declaration"), None)
            for declared in _declarators(low, found, of_class=True):
                c.add_field(body, declared, static=static, local=local)
        elif member.type == "property_declaration":
            _property(low, member, body, static=static, local=local)
        elif member.type in SYNTAX.statements:
            low.statement(member, body.static)


def _constructor(low: Lowering, node: Node) -> p.Function:
    first: list[p.Statement] = []
    start = low.span(node)[0]
    for child in low.children(node):
        if child.type == "constructor_initializer":
            given = low.children(child)[0] if low.children(child) else None
            owner = p.Name(start, start, c.THIS) if "this" in low.tokens(child) else c.super_call(low, child)
            first.append(_delegated(low, child, owner, _arguments(low, given)))
    return _function(low, node, p.CONSTRUCTOR, member=True, first=tuple(first))


def _delegated(low: Lowering, node: Node, owner: p.Expression, arguments: tuple[Argument, ...]) -> p.Statement:
    start, end = low.span(node)
    return p.Do(start, end, p.Call(start, end, p.Attribute(start, end, owner, p.CONSTRUCTOR), arguments))


def _property(low: Lowering, node: Node, body: c.Body, *, static: bool, local: frozenset[str]) -> None:
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    if name is None:
        return
    start, end = low.span(node)
    low.extents.append((start, end))
    accessors = node.child_by_field_name("accessors")
    getter = next(
        (one for one in (low.children(accessors) if accessors is not None else ()) if "get" in low.text(one)[:4]), None
    )
    computed = node if value is not None and value.type == "arrow_expression_clause" else getter
    block = (
        computed.child_by_field_name("body") or computed.child_by_field_name("value") if computed is not None else None
    )
    kind = _type(low, node.child_by_field_name("type"))
    if block is None or (computed is getter and block.type not in ("block", "arrow_expression_clause")):
        made = low.expression(value) if value is not None else None
        c.add_field(body, p.Assign(start, end, (low.name(name),), made, kind), static=static, local=local)
    elif static and block.type == "arrow_expression_clause":
        inner = low.children(block)
        given = low.expression(inner[0]) if inner else low.nothing(block)
        body.static.append(p.Assign(start, end, (low.name(name),), given, kind))
    elif computed is not None:
        words = (p.OF_CLASS,) if static else (p.PROPERTY,)
        body.functions.append(_function(low, computed, low.text(name), member=True, words=words))


def _class(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    name, block = node.child_by_field_name("name"), node.child_by_field_name("body")
    if name is None:
        return
    low.head(node, block)
    start = low.span(name)[0]
    body = c.Body()
    bases: list[p.Expression] = []
    given: tuple[Argument, ...] = ()
    parameters: list[p.Parameter] = []
    for child in low.children(node):
        if child.type == "base_list":
            for one in low.children(child):
                if one.type == "argument_list":
                    given = _arguments(low, one)
                elif one.type == "primary_constructor_base_type":
                    parts = low.children(one)
                    bases.append(low.expression(parts[0]))
                    given = _arguments(low, parts[1]) if len(parts) > 1 else ()
                else:
                    bases.append(low.expression(one))
        elif child.type == "parameter_list":
            parameters = _parameters(low, child)
    if parameters:
        body.functions.append(_primary(low, node, parameters, given, record=node.type.startswith("record")))
    _members(low, block, body, frozenset(parameter.name for parameter in parameters))
    if node.type == "enum_declaration":
        members = (
            [child for child in low.children(block) if child.type == "enum_member_declaration"]
            if block is not None
            else []
        )
        constants = [(one.child_by_field_name("name"), ()) for one in members]
        own = p.Name(start, low.span(name)[1], low.text(name))
        c.add_constants(
            low, body, own, [(one, arguments) for one, arguments in constants if one is not None], ("ToString",)
        )
    out.extend(c.made_class(low, node, low.text(name), bases, body))


def _primary(
    low: Lowering, node: Node, parameters: list[p.Parameter], given: tuple[Argument, ...], *, record: bool
) -> p.Function:  # fmt: skip
    """The constructor in a class's head. The class sees what it is given; a record has it as properties."""
    start = low.span(node)[0]
    body: list[p.Statement] = []
    for parameter in parameters:
        where = (parameter.start, parameter.end)
        target = p.Attribute(*where, p.Name(*where, c.THIS), parameter.name)
        body.append(p.Assign(*where, (target,), p.Name(*where, parameter.name)))
    if given:
        owner = p.Call(start, start, p.Name(start, start, "super"), ())
        body.append(p.Do(start, start, p.Call(start, start, p.Attribute(start, start, owner, p.CONSTRUCTOR), given)))
    own = p.Parameter(start, start, c.THIS, "plain", None, None)
    return p.Function(start, start, p.CONSTRUCTOR, (own, *parameters), tuple(body))


_RAW = text_block(string(_delimiters, escapes=()))

SYNTAX = Syntax(
    expressions={
        "identifier": _identifier,
        "predefined_type": f.name,
        "qualified_name": _qualified,
        "alias_qualified_name": _qualified,
        "generic_name": f.inner(at=0),
        "nullable_type": f.inner(),
        "this": f.name,
        "base": c.super_call,
        "null_literal": f.literal(None),
        "boolean_literal": lambda low, node: p.Literal(*low.span(node), low.text(node) == "true"),
        "integer_literal": f.number,
        "real_literal": f.number,
        "string_literal": string(),
        "character_literal": string(),
        "verbatim_string_literal": _verbatim,
        "raw_string_literal": _RAW,
        "interpolated_string_expression": string(_delimiters, holes={"interpolation": _hole}),
        "member_access_expression": _member,
        "conditional_access_expression": _conditional_member,
        "invocation_expression": _invocation,
        "element_access_expression": _element,
        "object_creation_expression": _creation,
        "implicit_object_creation_expression": _creation,
        "anonymous_object_creation_expression": _anonymous,
        "initializer_expression": _initializer,
        "array_creation_expression": _array,
        "implicit_array_creation_expression": _array,
        "stackalloc_expression": _array,
        "collection_expression": _collection,
        "assignment_expression": _assignment,
        "binary_expression": f.binary(),
        "prefix_unary_expression": f.unary(),
        "postfix_unary_expression": f.inner(),
        "conditional_expression": f.choice(),
        "parenthesized_expression": f.inner(at=-1),
        "await_expression": f.inner(),
        "checked_expression": f.inner(),
        "cast_expression": _cast,
        "as_expression": _cast,
        "is_pattern_expression": _is,
        "is_expression": f.opaque("it is decided at run time"),
        "lambda_expression": _lambda,
        "anonymous_method_expression": _lambda,
        "switch_expression": _switch_value,
        "tuple_expression": _tuple,
        "tuple_pattern": _tuple,
        "declaration_expression": _declared_name,
        "typeof_expression": f.inner("type"),
        "default_expression": f.literal(None),
        "argument": f.inner(at=-1),
    },
    statements={
        "using_directive": _import,
        "extern_alias_directive": f.skip,
        "global_attribute": f.skip,
        "namespace_declaration": f.inside("body"),
        "file_scoped_namespace_declaration": f.inside("body"),
        "class_declaration": _class,
        "struct_declaration": _class,
        "interface_declaration": _class,
        "record_declaration": _class,
        "record_struct_declaration": _class,
        "enum_declaration": _class,
        "delegate_declaration": f.skip,
        "event_field_declaration": f.skip,
        "global_statement": f.inline,
        "local_declaration_statement": _declaration,
        "variable_declaration": _variables,
        "local_function_statement": _local_function,
        "expression_statement": f.evaluate,
        "arrow_expression_clause": _arrow,
        "if_statement": f.branch(),
        "for_statement": f.counted("initializer"),
        "foreach_statement": _for_each,
        "while_statement": f.repeat(),
        "do_statement": f.repeat(),
        "switch_statement": _switch,
        "return_statement": f.returned,
        "yield_statement": f.yielded,
        "throw_statement": f.raised,
        "break_statement": f.broken,
        "continue_statement": f.continued,
        "goto_statement": f.skip,
        "try_statement": f.attempt(("catch_clause",), ("finally_clause",)),
        "using_statement": _using,
        "lock_statement": f.inline,
        "checked_statement": f.inline,
        "unsafe_statement": f.inline,
        "fixed_statement": f.inline,
        "labeled_statement": f.inline,
        "empty_statement": f.skip,
        "block": f.inline,
        "declaration_list": f.inline,
        **dict.fromkeys(("preproc_if", "preproc_else", "preproc_elif", "preproc_if_in_attribute_list"), f.inline),
        **dict.fromkeys(("preproc_region", "preproc_endregion", "preproc_define", "preproc_undef", "preproc_nullable",
                         "preproc_pragma", "preproc_line", "preproc_error", "preproc_warning", "shebang_directive"), f.skip),
    },
    comments=frozenset(("comment",)),
    transparent=frozenset(("compilation_unit", "ERROR")),
)  # fmt: skip
