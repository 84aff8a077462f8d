"""Swift: its table of kinds of nodes, and what is special about it.

A member of a type that only the compiler knows (`.email`) is a part of the name without characters, unless a declaration
around it says the type. An argument's label is its name; a function that calls a labelled argument otherwise binds it anew.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends import forms as f
from permlint.frontends.strings import Pieces, backslash, string
from permlint.frontends.syntax import Argument, Lowering, Source, Syntax, decode, walk

if TYPE_CHECKING:
    from tree_sitter import Language, Node

LANGUAGE = "swift"
_SELF = "self"
_SHORTHANDS = ("$0", "$1", "$2")
_CHANGES = {"appendPathComponent": "appendingPathComponent", "appendPathExtension": "appendingPathExtension"}
_LABELS = frozenset(("path", "component", "queryItems"))


def lower(path: str, data: bytes) -> p.Program:
    """The program in a Swift file. Raises Unreadable for binary files."""
    source = Source(decode(data))
    low = Lowering(source, SYNTAX)
    return low.program(path, LANGUAGE, _with_extensions(low.root(source.parse(grammar()))))


@functools.cache
def grammar() -> Language:
    """The grammar."""
    import tree_sitter_swift
    from tree_sitter import Language

    return Language(tree_sitter_swift.language())


def _with_extensions(body: tuple[p.Statement, ...]) -> tuple[p.Statement, ...]:
    """The statements of a file with what it extends its own types by in these types."""
    own: dict[str, p.Class] = {}
    out: list[p.Statement] = []
    for statement in body:
        if isinstance(statement, p.Class):
            known = own.get(statement.name)
            if known is not None and _extends(statement):
                known.body = (*known.body, *statement.body)
                continue
            own.setdefault(statement.name, statement)
        out.append(statement)
    return tuple(out)


def _extends(cls: p.Class) -> bool:
    return any(isinstance(base, p.Name) and base.id == cls.name for base in cls.bases)


# Strings --------------------------------------------------------------------------------------------------------------------


def _string(low: Lowering, node: Node) -> p.Expression:
    start, end = low.span(node)
    quotes = [child for child in node.children if child.type in ('"', '"""')]
    if not quotes:
        return p.String(start, end, (p.Text(start, start, ""),))
    made = Pieces(low.source, low.span(quotes[0])[1])
    value: p.Expression | None = None
    for child in node.children:
        where = low.span(child)
        if child.type == "\\(":
            made.literal(where[0])
        elif child.type == "interpolated_expression":
            value = f.inner()(low, child)
        elif child.type == ")" and value is not None:
            made.hole(value, where[1])
            value = None
        elif child.type == "str_escaped_char":
            made.literal(where[0])
            made.escape(*where, backslash(low.source.hidden[slice(*where)]))
    if len(quotes) > 1:
        made.literal(low.span(quotes[-1])[0])
    return p.String(start, end, made.parts())


def _around_raw(text: str) -> tuple[int, int]:
    before = text.find('"') + 1
    if text.startswith('"""', before - 1):
        before += 2
    return before, before


def _raw_hole(low: Lowering, node: Node) -> p.Expression:
    inner = next((child for child in low.children(node) if child.type == "interpolated_expression"), None)
    return f.inner()(low, inner) if inner is not None else low.opaque(node)


# Names and calls --------------------------------------------------------------------------------------------------------------


def _navigation(low: Lowering, node: Node) -> p.Expression:
    target, suffix = node.child_by_field_name("target"), node.child_by_field_name("suffix")
    part = low.text(suffix.child_by_field_name("suffix") or suffix).lstrip(".?! \t\r\n") if suffix is not None else ""
    if target is not None and target.type == "key_path_expression":
        return _key_path(low, node, part)
    value = low.expression(target)
    if target is not None and target.type == "super_expression":
        value = p.Call(value.start, value.end, value, ())
    if part.isdigit():
        return p.Index(*low.span(node), value, p.Literal(*low.span(node), int(part)))
    return p.Attribute(*low.span(node), value, p.CONSTRUCTOR if part == "init" else part)


def _key_path(low: Lowering, node: Node, part: str) -> p.Expression:
    r"""`\.name`: a function that gives that part."""
    start, end = low.span(node)
    value = p.Attribute(start, end, p.Name(start, start, "$0"), part)
    parameter = p.Parameter(start, start, "$0", "plain", None, None)
    return p.Function(start, end, "", (parameter,), (p.Return(start, end, value),))


def _key_path_alone(low: Lowering, node: Node) -> p.Expression:
    return _key_path(low, node, low.text(node).rpartition(".")[2])


def _call(low: Lowering, node: Node) -> p.Expression:
    children = low.children(node)
    suffix = children[-1] if children and children[-1].type == "call_suffix" else None
    function = low.expression(children[0]) if children else low.opaque(node)
    if suffix is None:
        return function
    given: list[Argument] = []
    listed = next((child for child in low.children(suffix) if child.type == "value_arguments"), None)
    if listed is not None and "[" in low.tokens(listed):
        keys = [value for _, value in _arguments(low, listed)]
        return p.Index(*low.span(node), function, keys[0] if keys else low.nothing(node))
    if listed is not None:
        given += _arguments(low, listed)
    given += [(None, low.expression(child)) for child in low.children(suffix) if child.type == "lambda_literal"]
    changed = _changed(low, node, function, given)
    if changed is not None:
        return changed
    if listed is None and isinstance(function, p.Call) and children[0].type == "call_expression":
        # A function behind the parentheses is one more argument.
        return p.Call(*low.span(node), function.function, (*function.arguments, *given))
    return p.Call(*low.span(node), function, tuple(given))


def _changed(low: Lowering, node: Node, function: p.Expression, given: list[Argument]) -> p.Expression | None:
    """`url.appendPathComponent(part)`: what changes a value gives its variable what the method gives that is called `...ing`."""
    if not isinstance(function, p.Attribute) or not isinstance(function.value, (p.Name, p.Attribute)):
        return None
    name = _CHANGES.get(function.name)
    if function.name == "append" and given and given[0][0] in _LABELS:
        name = "appending"
    if name is None:
        return None
    made = p.Call(*low.span(node), p.Attribute(function.start, function.end, function.value, name), tuple(given))
    return p.Bind(*low.span(node), function.value, made)


def _arguments(low: Lowering, node: Node) -> list[Argument]:
    out: list[Argument] = []
    for child in low.children(node):
        value = child.child_by_field_name("value")
        if child.type == "value_argument" and value is not None:
            label = low.text(child.child_by_field_name("name"))
            out.append((label or None, low.expression(value)))
    return out


def _prefix(low: Lowering, node: Node) -> p.Expression:
    target = node.child_by_field_name("target")
    if node.child_count and node.children[0].type == ".":
        name = low.text(target)
        where = low.span(node)
        owner: p.Expression = p.Name(where[0], where[0], _expected(low, node))
        return owner if name == "init" else p.Attribute(*where, owner, name)
    value = low.expression(target)
    sign = low.text(node)[:1]
    if sign == "!":
        return p.Not(*low.span(node), value)
    if sign == "-" and isinstance(value, p.Literal) and isinstance(value.value, (int, float)):
        return p.Literal(*low.span(node), -value.value)
    return value if sign == "&" else p.Opaque(*low.span(node), "it is computed", (value,))


def _expected(low: Lowering, node: Node) -> str:
    """The type that a declaration around a member says, empty for none."""
    inner, outer = node, node.parent
    while outer is not None and outer.type in (
        "array_literal",
        "call_expression",
        "ternary_expression",
        "tuple_expression",
    ):
        if outer.type == "call_expression" and (low.children(outer)[0] != inner or inner.type != "prefix_expression"):
            return ""
        inner, outer = outer, outer.parent
    if outer is None or outer.type != "property_declaration":
        return ""
    kinds = [child for child in outer.children if child.type == "type_annotation"]
    names = [low.text(one) for kind in kinds for one in walk(kind) if one.type == "type_identifier"]
    return names[-1] if names and all(name in ("Array", "Set", "Optional") for name in names[:-1]) else ""


def _group(low: Lowering, node: Node) -> p.Expression:
    values = [child for child in low.children(node) if child.type != "value_argument_label"]
    if len(values) == 1:
        return low.expression(values[0])
    return p.Sequence(*low.span(node), "tuple", tuple([low.expression(child) for child in values]))


def _array(low: Lowering, node: Node) -> p.Expression:
    items = tuple([low.expression(child) for child in node.children_by_field_name("element")])
    return p.Sequence(*low.span(node), "list", items)


def _dictionary(low: Lowering, node: Node) -> p.Expression:
    keys, values = node.children_by_field_name("key"), node.children_by_field_name("value")
    pairs = [(low.expression(key), low.expression(value)) for key, value in zip(keys, values, strict=False)]
    return p.Mapping(*low.span(node), tuple(pairs))


def _coalesced(low: Lowering, node: Node) -> p.Expression:
    left, right = node.child_by_field_name("value"), node.child_by_field_name("if_nil")
    return p.Logic(*low.span(node), "??", low.expression(left), low.expression(right))


def _assignment(low: Lowering, node: Node) -> p.Expression:
    where = low.span(node)
    value = low.expression(node.child_by_field_name("result"))
    target = low.expression(node.child_by_field_name("target"))
    sign = next((token for token in low.tokens(node) if token.endswith("=")), "=").removesuffix("=")
    return p.Bind(*where, target, value if not sign else f.operation(*where, sign, target, value))


# Functions ------------------------------------------------------------------------------------------------------------------


def _lambda(low: Lowering, node: Node) -> p.Expression:
    parameters = [
        p.Parameter(*low.span(child), low.text(child.child_by_field_name("name")), "plain", None, None)
        for head in node.children_by_field_name("type")
        for inner in low.children(head)
        for child in low.children(inner)
        if child.type == "lambda_parameter"
    ]
    start, end = low.span(node)
    if not parameters:
        used = {low.text(child) for child in walk(node) if child.type == "simple_identifier"}
        parameters = [p.Parameter(start, start, name, "plain", None, None) for name in _SHORTHANDS if name in used]
    return p.Function(start, end, "", tuple(parameters), _body(low, node))


def _body(low: Lowering, node: Node | None) -> tuple[p.Statement, ...]:
    """The statements in a body; one that is only an expression is returned."""
    if node is None:
        return ()
    inner = [child for child in low.children(node) if child.type == "statements"]
    nodes = [statement for child in inner for statement in low.children(child)]
    if len(nodes) == 1 and nodes[0].type not in low.syntax.statements and nodes[0].type != "assignment":
        where = low.span(nodes[0])
        low.extents.append(where)
        return (p.Return(*where, low.expression(nodes[0])),)
    outer, low.breaks = low.breaks, []
    statements = low.block(nodes)
    low.breaks = outer
    return statements


def _function_statement(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    low.head(node, node.child_by_field_name("body"))
    out.append(_function(low, node, low.text(node.child_by_field_name("name")), ""))


def _function(low: Lowering, node: Node, name: str, receiver: str, decorators: Iterable[str] = ()) -> p.Function:
    start, end = low.span(node)
    parameters = [p.Parameter(start, start, receiver, "plain", None, None)] if receiver else []
    first: list[p.Statement] = []
    for child in node.children:
        if child.type == "parameter":
            _parameter(low, child, parameters, first)
        elif parameters and child.is_named and _is_default(child):
            last = parameters[-1]
            last.default = low.expression(child)
    words = tuple([p.Name(start, start, word) for word in decorators])
    body = _body(low, node.child_by_field_name("body"))
    return p.Function(start, end, name, tuple(parameters), (*first, *body), words)


def _is_default(node: Node) -> bool:
    return node.prev_sibling is not None and node.prev_sibling.type == "="


def _parameter(low: Lowering, node: Node, out: list[p.Parameter], first: list[p.Statement]) -> None:
    where = low.span(node)
    names = node.children_by_field_name("name")
    inner = names[0] if names else node
    label = node.child_by_field_name("external_name")
    kind = _type(low, names[1]) if len(names) > 1 else p.Literal(*where[:1] * 2, None)
    rest = "rest" if low.text(node).rstrip().endswith("...") else "plain"
    name = low.text(inner)
    known = low.text(label) if label is not None and low.text(label) != "_" else name
    out.append(p.Parameter(*where, known, rest, None, kind))
    if known != name:
        out_of = p.Name(*low.span(inner), known)
        first.append(p.Assign(*where, (low.name(inner),), out_of, p.Literal(*where[:1] * 2, None)))


def _type(low: Lowering, node: Node | None) -> p.Expression:
    """The type that is named; nothing for one that is put together."""
    while node is not None and node.type in (
        "type_annotation",
        "optional_type",
        "user_type",
        "implicitly_unwrapped_type",
    ):
        inner = low.children(node)
        if len(inner) != 1:
            break
        node = inner[0]
    if node is None or node.type != "type_identifier":
        at = low.span(node)[0] if node is not None else 0
        return p.Literal(at, at, None)
    return low.name(node)


# Declarations ---------------------------------------------------------------------------------------------------------------


def _class(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    start, end = low.span(node)
    block = node.child_by_field_name("body")
    low.head(node, block)
    named = node.child_by_field_name("name")
    name = low.text(named).partition("<")[0].rpartition(".")[2]
    heirs = [child for child in low.children(node) if child.type == "inheritance_specifier"]
    bases = [
        kind for heir in heirs if isinstance(kind := _type(low, heir.child_by_field_name("inherits_from")), p.Name)
    ]
    if "extension" in low.tokens(node):
        bases.insert(0, p.Name(*low.span(named or node), name))
    body: list[p.Statement] = []
    constants: list[f.Constant] = []
    for member in low.children(block) if block is not None else ():
        if member.type == "enum_entry":
            constants += _constants(low, member)
        else:
            _member(low, member, body)
    for one in (inner for member in body for inner in p.inside(member)):
        if isinstance(one, p.Name) and one.id == "Self":
            one.id = name
    # What an enumeration holds of its own members is made after them.
    late = [one for one in body if isinstance(one, p.Assign) and constants and _mentions(one, name)]
    out.append(p.Class(start, end, name, tuple(bases), (), tuple([one for one in body if one not in late])))
    if constants and named is not None:
        out += f.enumerated(p.Name(*low.span(named), name), constants, "allCases")
        for one in late:
            target = p.Attribute(one.start, one.end, p.Name(one.start, one.start, name), _target(one))
            out.append(p.Assign(one.start, one.end, (target,), one.value))


def _mentions(node: p.Assign, name: str) -> bool:
    return any(isinstance(one, p.Name) and one.id == name for one in p.inside(node))


def _target(node: p.Assign) -> str:
    target = node.targets[0]
    return target.id if isinstance(target, p.Name) else "?"


def _member(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    if node.type == "function_declaration":
        low.head(node, node.child_by_field_name("body"))
        words = [p.OF_CLASS] if _is_static(low, node) else []
        out.append(_function(low, node, low.text(node.child_by_field_name("name")), _SELF, words))
    elif node.type == "init_declaration":
        low.head(node, node.child_by_field_name("body"))
        out.append(_function(low, node, p.CONSTRUCTOR, _SELF))
    elif node.type == "property_declaration":
        _property(low, node, out, _SELF if not _is_static(low, node) else "")
    elif node.type in SYNTAX.statements or node.type == "ERROR":
        low.statement(node, out)


def _is_static(low: Lowering, node: Node) -> bool:
    words = [low.text(child) for child in node.children if child.type == "modifiers"]
    return "class" in low.tokens(node) or any(word in ("static", "class") for text in words for word in text.split())


def _constants(low: Lowering, node: Node) -> Iterator[f.Constant]:
    """The cases of an enumeration: objects whose raw value is written, or is what they are called."""
    names = [child for at, child in enumerate(node.children) if node.field_name_for_child(at) == "name"]
    raw: dict[int, Node] = {}
    last = 0
    for at, child in enumerate(node.children):
        if node.field_name_for_child(at) == "name":
            last = child.start_byte
        elif node.field_name_for_child(at) == "raw_value":
            raw[last] = child
    for name in names:
        value = raw.get(name.start_byte)
        yield low.name(name), [], {"rawValue": low.expression(value) if value is not None else low.quoted(name)}


def _property_statement(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    _property(low, node, out, "")


def _property(low: Lowering, node: Node, out: list[p.Statement], receiver: str) -> None:
    """Variables; one that is computed is a method that is read like a part, or, of a file or class, run at once."""
    where = low.span(node)
    low.extents.append(where)
    named: Node | None = None
    kind: p.Expression = p.Literal(where[0], where[0], None)
    pending = False
    for at, child in enumerate(node.children):
        field = node.field_name_for_child(at)
        if field == "name":
            if pending and named is not None:
                out.append(_declared(low, node, named, None, kind))
            named, pending = child, True
        elif child.type == "type_annotation":
            kind = _type(low, child)
        elif field == "value" and named is not None:
            out.append(_declared(low, node, named, low.expression(child), kind))
            pending = False
        elif field == "computed_value" and named is not None:
            out.append(_computed(low, node, named, child, receiver))
            pending = False
    if pending and named is not None:
        out.append(_declared(low, node, named, None, kind))


def _declared(low: Lowering, node: Node, name: Node, value: p.Expression | None, kind: p.Expression) -> p.Assign:
    target = _pattern(low, name)
    if value is None and any(
        child.type == "type_annotation" and low.text(child).endswith("?") for child in node.children
    ):
        value = None if node.parent is not None and node.parent.type.endswith("class_body") else low.nothing(node)
    return p.Assign(*low.span(node), (target,), value, kind)


def _pattern(low: Lowering, node: Node) -> p.Expression:
    inner = [child for child in low.children(node) if child.type == "pattern"]
    if inner:
        return p.Sequence(*low.span(node), "tuple", tuple([_pattern(low, child) for child in inner]))
    bound = node.child_by_field_name("bound_identifier") or node
    return low.name(bound)


def _computed(low: Lowering, node: Node, name: Node, body: Node, receiver: str) -> p.Statement:
    start, end = low.span(node)
    getter = next((child for child in low.children(body) if child.type == "computed_getter"), body)
    statements = _body(low, getter)
    if receiver:
        parameter = p.Parameter(start, start, receiver, "plain", None, None)
        decorator = p.Name(start, start, p.PROPERTY)
        return p.Function(start, end, low.text(name), (parameter,), statements, (decorator,))
    made = p.Call(start, end, p.Function(start, end, "", (), statements), ())
    return p.Assign(start, end, (low.name(name),), made, p.Literal(start, start, None))


def _alias(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    kind = _type(low, value)
    if name is not None and isinstance(kind, p.Name):
        out.append(p.Assign(*low.span(node), (low.name(name),), kind, p.Literal(kind.start, kind.start, None)))


# Statements -----------------------------------------------------------------------------------------------------------------


def _parts(node: Node) -> tuple[list[Node], list[list[Node]]]:
    """What stands before the first brace, and what stands in each pair of braces."""
    head: list[Node] = []
    blocks: list[list[Node]] = []
    depth = 0
    for child in node.children:
        if child.type == "{":
            depth += 1
            if depth == 1:
                blocks.append([])
        elif child.type == "}":
            depth -= 1
        elif depth == 1:
            blocks[-1].append(child)
        elif child.type == "if_statement" and blocks:
            blocks.append([child])
        elif not blocks:
            head.append(child)
    return head, blocks


def _condition(low: Lowering, nodes: list[Node], out: list[p.Statement]) -> p.Expression:
    """Whether all of some conditions hold; what they bind is bound before."""
    groups: list[list[Node]] = [[]]
    for node in nodes:
        if node.type == ",":
            groups.append([])
        elif node.type not in ("if", "guard", "while", "else") and node.type not in low.syntax.comments:
            groups[-1].append(node)
    test: p.Expression | None = None
    for group in groups:
        one = _one_condition(low, group, out)
        if one is not None:
            test = one if test is None else p.Logic(test.start, one.end, "and", test, one)
    return test if test is not None else p.Opaque(0, 0, "it is decided at run time")


def _one_condition(low: Lowering, group: list[Node], out: list[p.Statement]) -> p.Expression | None:
    named = [node for node in group if node.is_named]
    if not named:
        return None
    where = low.span(named[0])[0], low.span(named[-1])[1]
    if any(node.type == "case" for node in group):
        for node in named:
            _bind_unknown(low, node, out)
        return p.Opaque(*where, "a pattern decides it", (low.expression(named[-1]),))
    if named[0].type != "value_binding_pattern":
        return low.expression(named[-1])
    if len(named) < 2:
        return None
    name = low.name(named[1])
    if len(named) > 2:
        # A type may stand between the name and the value.
        out.append(p.Assign(*where, (name,), low.expression(named[-1]), p.Literal(where[0], where[0], None)))
    return p.Compare(*where, "!=", name, p.Literal(where[1], where[1], None))


def _bind_unknown(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """Adds that the names which a pattern binds are not known."""
    for inner in walk(node):
        bound = inner.child_by_field_name("bound_identifier")
        if bound is not None:
            where = low.span(bound)
            unknown = p.Opaque(*where, "a pattern takes it out")
            out.append(p.Assign(*where, (low.name(bound),), unknown, p.Literal(where[0], where[0], None)))


def _if(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    head, blocks = _parts(node)
    test = _condition(low, head, out)
    ways = [low.block([one for one in block if one.is_named]) for block in blocks]
    first = ways[0] if ways else ()
    low.extents.append((low.span(node)[0], max(low.span(node)[0] + 1, test.end)))
    out.append(p.Branch(*low.span(node), ((test, first),), ways[1] if len(ways) > 1 else ()))


def _guard(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    head, blocks = _parts(node)
    test = _condition(low, head, out)
    other = low.block([one for block in blocks for one in block if one.is_named])
    low.extents.append((low.span(node)[0], max(low.span(node)[0] + 1, test.end)))
    out.append(p.Branch(*low.span(node), ((p.Not(test.start, test.end, test), other),), ()))


def _for(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    item, over = node.child_by_field_name("item"), node.child_by_field_name("collection")
    clause = next((child for child in low.children(node) if child.type == "where_clause"), None)
    low.breaks.append(True)
    body = low.block(
        [one for child in low.children(node) if child.type == "statements" for one in child.named_children]
    )
    low.breaks.pop()
    if clause is not None:
        test = low.expression(low.children(clause)[-1])
        body = (p.Branch(*low.span(clause), ((test, body),), ()),)
    target = _pattern(low, item) if item is not None else None
    low.head(node, over)
    out.append(p.Loop(*low.span(node), target, low.expression(over), body, ()))


def _while(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    before: list[p.Statement] = []
    conditions = [child for child in node.children if child.type not in ("statements", "{", "}", "repeat")]
    test = _condition(low, conditions, before)
    low.breaks.append(True)
    body = low.block(
        [one for child in low.children(node) if child.type == "statements" for one in child.named_children]
    )
    low.breaks.pop()
    out += before
    out.append(p.Loop(*low.span(node), None, test, body, ()))


def _switch(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    subject = low.expression(node.child_by_field_name("expr"))
    low.extents.append((low.span(node)[0], max(low.span(node)[0] + 1, subject.end)))
    tests: list[tuple[p.Expression, tuple[p.Statement, ...]]] = []
    otherwise: tuple[p.Statement, ...] = ()
    for entry in low.children(node):
        if entry.type != "switch_entry":
            continue
        bound: list[p.Statement] = []
        values: list[p.Expression] = []
        for child in low.children(entry):
            if child.type == "switch_pattern":
                _bind_unknown(low, child, bound)
                values.append(_case(low, child))
        body = (*bound, *low.case([child for child in low.children(entry) if child.type == "statements"]))
        if values:
            tests.append((f.any_equal(subject, values), body))
        else:
            otherwise = body
    out.append(p.Branch(*low.span(node), tuple(tests), otherwise))


def _case(low: Lowering, node: Node) -> p.Expression:
    """The value that a case compares with; not known where it takes the value apart."""
    pattern = low.children(node)[0] if low.children(node) else node
    inner = low.children(pattern)
    where = low.span(node)
    if len(inner) != 1 or inner[0].type in ("pattern", "value_binding_pattern", "wildcard_pattern"):
        return p.Opaque(*where, "a pattern decides it")
    if inner[0].type == "simple_identifier" and low.text(pattern).startswith("."):
        return p.Attribute(*where, p.Name(where[0], where[0], ""), low.text(inner[0]))
    return low.expression(inner[0])


def _do(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    body = low.block(
        [one for child in low.children(node) if child.type == "statements" for one in child.named_children]
    )
    handlers: list[tuple[p.Statement, ...]] = []
    for clause in low.children(node):
        if clause.type == "catch_block":
            inner = [child for child in low.children(clause) if child.type == "statements"]
            handlers.append(low.block(inner))
    out.append(p.Try(*low.span(node), body, tuple(handlers), (), ()))


def _leaving(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    word = low.text(node).split(maxsplit=1)[0] if low.text(node).strip() else ""
    result = node.child_by_field_name("result")
    where = low.span(node)
    low.extents.append(where)
    if word.startswith("return"):
        out.append(p.Return(*where, low.expression(result) if result is not None else None))
    elif word == "throw":
        children = low.children(node)
        out.append(p.Leave(*where, "raise", low.expression(children[-1]) if children else None))
    elif word == "break":
        f.broken(low, node, out)
    elif word == "continue":
        f.continued(low, node, out)


_BINARY = f.binary(left="lhs", operator="op", right="rhs")

SYNTAX = Syntax(
    expressions={
        "simple_identifier": f.name,
        "type_identifier": f.name,
        "user_type": f.name,
        "self_expression": f.name,
        "super_expression": f.name,
        "identifier": f.name,
        "nil": f.literal(None),
        "nil_literal": f.literal(None),
        "boolean_literal": lambda low, node: p.Literal(*low.span(node), value=low.text(node) == "true"),
        "integer_literal": f.number,
        "hex_literal": f.number,
        "oct_literal": f.number,
        "bin_literal": f.number,
        "real_literal": f.number,
        "line_string_literal": _string,
        "multi_line_string_literal": _string,
        "raw_string_literal": string(_around_raw, escapes=(), holes={"raw_str_interpolation": _raw_hole}),
        "regex_literal": f.opaque("a pattern"),
        "array_literal": _array,
        "dictionary_literal": _dictionary,
        "tuple_expression": _group,
        "navigation_expression": _navigation,
        "key_path_expression": _key_path_alone,
        "call_expression": _call,
        "constructor_expression": _call,
        "prefix_expression": _prefix,
        "postfix_expression": f.inner("target"),
        "try_expression": f.inner("expr"),
        "await_expression": f.inner("expr"),
        "as_expression": f.inner("expr"),
        "check_expression": f.opaque("it is decided at run time"),
        "selector_expression": f.opaque("the name of a method"),
        "directly_assignable_expression": f.inner(),
        "assignment": _assignment,
        "additive_expression": _BINARY,
        "multiplicative_expression": _BINARY,
        "comparison_expression": _BINARY,
        "equality_expression": _BINARY,
        "conjunction_expression": _BINARY,
        "disjunction_expression": _BINARY,
        "infix_expression": _BINARY,
        "nil_coalescing_expression": _coalesced,
        "ternary_expression": f.choice("condition", "if_true", "if_false"),
        "lambda_literal": _lambda,
    },
    statements={
        "statements": f.inline,
        "import_declaration": f.skip,
        "property_declaration": _property_statement,
        "function_declaration": _function_statement,
        "class_declaration": _class,
        "protocol_declaration": f.skip,
        "typealias_declaration": _alias,
        "associatedtype_declaration": f.skip,
        "operator_declaration": f.skip,
        "precedence_group_declaration": f.skip,
        "deinit_declaration": f.skip,
        "subscript_declaration": f.skip,
        "modifiers": f.skip,
        "attribute": f.skip,
        "directive": f.skip,
        "diagnostic": f.skip,
        "if_statement": _if,
        "guard_statement": _guard,
        "for_statement": _for,
        "while_statement": _while,
        "repeat_while_statement": _while,
        "switch_statement": _switch,
        "do_statement": _do,
        "control_transfer_statement": _leaving,
        "statement_label": f.skip,
        "shebang_line": f.skip,
    },
    comments=frozenset(("comment", "multiline_comment")),
    hoisted=frozenset(("function_declaration",)),
    transparent=frozenset(("source_file", "ERROR")),
)
