"""Dart: its table of kinds of nodes, and what is special about it.

The grammar writes an expression as a run of nodes side by side (a name, then a selector for each part, index and call), so
most of the functions here first cut a node's children into such runs.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends import forms as f
from permlint.frontends.strings import Pieces, backslash
from permlint.frontends.syntax import Argument, Lowering, Source, Syntax, decode

if TYPE_CHECKING:
    from tree_sitter import Language, Node

LANGUAGE = "dart"
_THIS = "this"
_SELECTORS = frozenset(
    ("selector", "cascade_section", "unconditional_assignable_selector", "conditional_assignable_selector",
     "type_cast", "type_test", "postfix_operator")
)  # fmt: skip
_PARTS = ("unconditional_assignable_selector", "conditional_assignable_selector")
_WORDS = frozenset(
    ("const_builtin", "final_builtin", "inferred_type", "late", "await", "type_arguments", "annotation", "nullable_type",
     "prefix_operator", "required", "throw", "covariant", "break_builtin", "assert_builtin")
)  # fmt: skip


def lower(path: str, data: bytes) -> p.Program:
    """The program in a Dart file. Raises Unreadable for binary files."""
    source = Source(decode(data))
    low = Lowering(source, SYNTAX)
    tree = source.parse(grammar())
    low.notes(tree)
    return low.program(path, LANGUAGE, _declarations(low, tree.root_node))


@functools.cache
def grammar() -> Language:
    """The grammar."""
    import tree_sitter_dart
    from tree_sitter import Language

    return Language(tree_sitter_dart.language())


# Runs -----------------------------------------------------------------------------------------------------------------------


def _runs(low: Lowering, nodes: Iterable[Node]) -> list[list[Node]]:
    """Expressions among some nodes: each a node and the selectors behind it."""
    out: list[list[Node]] = []
    for node in nodes:
        if node.type in low.syntax.comments or node.type in _WORDS or not node.is_named:
            continue
        if node.type in _SELECTORS and out:
            out[-1].append(node)
        else:
            out.append([node])
    return out


def _run(low: Lowering, run: list[Node]) -> p.Expression:
    """A node with its selectors."""
    start, end = low.span(run[0])[0], low.span(run[-1])[1]
    value = low.expression(run[0])
    if run[0].type == "super" and len(run) > 1:
        value = p.Call(value.start, value.end, value, ())
    cascade = [node for node in run[1:] if node.type == "cascade_section"]
    for node in run[1:]:
        if node.type != "cascade_section":
            value = _selected(low, start, value, node)
    if not cascade:
        return value
    # Each section acts on the value, which is what the whole gives.
    holder = p.Name(start, start, f"<{start}>")
    first = p.Bind(start, value.end, holder, value)
    parts: list[p.Expression] = [first]
    for section in cascade:
        parts.append(_section(low, section, holder))
    steps = p.Sequence(start, end, "list", tuple(parts))
    return p.Index(start, end, steps, p.Literal(start, start, 0))


def _selected(low: Lowering, start: int, value: p.Expression, node: Node) -> p.Expression:
    end = low.span(node)[1]
    if node.type == "selector":
        for child in low.children(node):
            value = _selected(low, start, value, child)
        return value
    if node.type in _PARTS:
        part = low.children(node)[0] if low.children(node) else None
        if part is not None and part.type == "index_selector":
            return p.Index(start, end, value, _inside(low, part))
        return p.Attribute(start, end, value, low.text(part))
    if node.type == "argument_part":
        return p.Call(start, end, value, tuple(_arguments(low, node)))
    if node.type == "index_selector":
        return p.Index(start, end, value, _inside(low, node))
    if node.type in ("type_test", "postfix_operator"):
        return p.Opaque(start, end, "it is decided at run time", (value,))
    return value


def _section(low: Lowering, node: Node, holder: p.Expression) -> p.Expression:
    """`..name(arguments)` or `..name = value` of a cascade."""
    start, end = low.span(node)
    value: p.Expression = holder
    children = low.children(node)
    for number, child in enumerate(children):
        if child.type == "cascade_selector":
            inner = low.children(child)
            if inner and inner[0].type != "identifier":
                value = p.Index(start, end, value, low.expression(inner[0]))
            else:
                value = p.Attribute(start, low.span(child)[1], value, low.text(inner[0] if inner else child))
        elif child.type in (*_PARTS, "argument_part", "index_selector"):
            value = _selected(low, start, value, child)
        else:
            rest = _runs(low, children[number:])
            return p.Bind(start, end, value, _run(low, rest[0])) if rest else value
    return value


def _inside(low: Lowering, node: Node) -> p.Expression:
    """The last expression among a node's children."""
    runs = _runs(low, node.children)
    return _run(low, runs[-1]) if runs else low.opaque(node)


def _field(low: Lowering, node: Node, name: str) -> p.Expression | None:
    runs = _runs(low, node.children_by_field_name(name))
    return _run(low, runs[0]) if runs else None


def _operands(low: Lowering, node: Node) -> p.Expression:
    """Operands with operators between them."""
    value: p.Expression | None = None
    sign = "?"
    for run in _runs(low, node.named_children):
        if run[0].type.endswith("_operator"):
            sign = low.text(run[0])
        elif value is None:
            value = _run(low, run)
        else:
            right = _run(low, run)
            value = f.operation(value.start, right.end, sign, value, right)
    return value if value is not None else low.opaque(node)


def _default(low: Lowering, node: Node) -> p.Expression:
    left, right = _field(low, node, "first"), _field(low, node, "second")
    if left is None or right is None:
        return low.opaque(node)
    return p.Logic(*low.span(node), "??", left, right)


def _unary(low: Lowering, node: Node) -> p.Expression:
    value = _inside(low, node)
    sign = next((low.text(child) for child in node.children if child.type == "prefix_operator"), "")
    if sign == "!":
        return p.Not(*low.span(node), value)
    if sign == "-" and isinstance(value, p.Literal) and isinstance(value.value, (int, float)):
        return p.Literal(*low.span(node), -value.value)
    return p.Opaque(*low.span(node), "it is computed", (value,)) if sign else value


def _choice(low: Lowering, node: Node) -> p.Expression:
    runs = _runs(low, [child for at, child in enumerate(node.children) if node.field_name_for_child(at) is None])
    test = _run(low, runs[0]) if runs else low.opaque(node)
    yes, no = _field(low, node, "consequence"), _field(low, node, "alternative")
    if yes is None or no is None:
        return low.opaque(node)
    return p.Choice(*low.span(node), test, yes, no)


def _switch_value(low: Lowering, node: Node) -> p.Expression:
    condition = node.child_by_field_name("condition")
    ways: list[tuple[list[p.Expression] | None, p.Expression]] = []
    for case in low.children(node):
        if case.type == "switch_expression_case":
            runs = _runs(low, case.children)
            if len(runs) > 1:
                default = low.text(runs[0][0]) == "_"
                ways.append((None if default else [_run(low, runs[0])], _run(low, runs[-1])))
    return f.chosen(low, node, low.expression(condition), ways)


# Strings and collections ------------------------------------------------------------------------------------------------------


def _string(low: Lowering, node: Node) -> p.Expression:
    """One or more strings side by side, raw ones among them."""
    start, end = low.span(node)
    made: Pieces | None = None
    closed = start
    opened = False
    for child in node.children:
        low_end = low.span(child)
        if not child.is_named:
            if made is None:
                made = Pieces(low.source, low_end[1])
            elif opened:
                made.literal(low_end[0])
                closed = low_end[0]
            else:
                made.escape(closed, low_end[1], "")
            opened = not opened
        elif made is None:
            continue
        elif child.type == "escape_sequence":
            made.literal(low_end[0])
            made.escape(*low_end, backslash(low.source.hidden[slice(*low_end)]))
        elif child.type == "template_substitution":
            made.literal(low_end[0])
            made.hole(_inside(low, child), low_end[1])
    return p.String(start, end, made.parts() if made is not None else (p.Text(start, start, ""),))


def _items(low: Lowering, node: Node) -> list[p.Expression]:
    items: list[p.Expression] = []
    for run in _runs(low, node.children):
        items += _item(low, run)
    return items


def _item(low: Lowering, run: list[Node]) -> list[p.Expression]:
    """An item of a collection: a value, all items of another one, or what a condition or a loop puts in."""
    node = run[0]
    if node.type == "spread_element":
        return [p.Spread(*low.span(node), _inside(low, node))]
    if node.type == "if_element":
        plain = [child for at, child in enumerate(node.children) if node.field_name_for_child(at) is None]
        tests = _runs(low, plain)
        test = _run(low, tests[0]) if tests else low.opaque(node)
        ways = [
            p.Sequence(*low.span(node), "list",
                       tuple([item for one in _runs(low, node.children_by_field_name(way)) for item in _item(low, one)]))
            for way in ("consequence", "alternative")
        ]  # fmt: skip
        return [p.Spread(*low.span(node), p.Choice(*low.span(node), test, *ways))]
    if node.type == "for_element":
        head = next((child for child in low.children(node) if child.type == "for_loop_parts"), None)
        name, over = (head.child_by_field_name("name"), _field(low, head, "value")) if head else (None, None)
        body = _field(low, node, "body")
        if name is not None and over is not None and body is not None:
            made = p.Comprehension(*low.span(node), "list", None, body, ((low.name(name), over, ()),))
            return [p.Spread(*low.span(node), made)]
        return [low.opaque(node)]
    return [_run(low, run)]


def _list(low: Lowering, node: Node) -> p.Expression:
    return p.Sequence(*low.span(node), "list", tuple(_items(low, node)))


def _set_or_map(low: Lowering, node: Node) -> p.Expression:
    pairs = [child for child in low.children(node) if child.type not in _WORDS]
    kinds = next((child for child in node.children if child.type == "type_arguments"), None)
    typed = len(low.children(kinds)) if kinds is not None else 0
    is_map = typed != 1 and (not pairs or typed > 1 or any(child.type == "pair" for child in pairs))
    if not is_map:
        return p.Sequence(*low.span(node), "set", tuple(_items(low, node)))
    entries: list[tuple[p.Expression | None, p.Expression]] = []
    for child in pairs:
        if child.type == "pair":
            key, value = _field(low, child, "key"), _field(low, child, "value")
            if key is not None and value is not None:
                entries.append((key, value))
        elif child.type == "spread_element":
            entries.append((None, _inside(low, child)))
        elif child.type == "if_element":
            inner = child.child_by_field_name("consequence")
            if inner is not None and inner.type == "pair":
                key, value = _field(low, inner, "key"), _field(low, inner, "value")
                if key is not None and value is not None:
                    entries.append((key, value))
    return p.Mapping(*low.span(node), tuple(entries))


# Calls and functions ----------------------------------------------------------------------------------------------------------


def _arguments(low: Lowering, node: Node) -> list[Argument]:
    out: list[Argument] = []
    for child in low.children(node):
        if child.type == "arguments":
            out += _arguments(low, child)
        elif child.type == "named_argument":
            label = low.text(low.children(child)[0]).rstrip(": \t\r\n")
            runs = _runs(low, child.children[1:])
            if runs:
                out.append((label, _run(low, runs[-1])))
        elif child.type == "argument":
            out.append((None, _inside(low, child)))
    return out


def _made(low: Lowering, node: Node) -> p.Expression:
    """`new Name.named(arguments)` and `const Name(arguments)`."""
    start, end = low.span(node)
    value: p.Expression | None = None
    for child in low.children(node):
        if child.type in ("type_identifier", "identifier", "qualified"):
            value = low.name(child) if value is None else p.Attribute(start, low.span(child)[1], value, low.text(child))
    if value is None:
        return low.opaque(node)
    return p.Call(start, end, value, tuple(_arguments(low, node)))


def _qualified(low: Lowering, node: Node) -> p.Expression:
    parts = low.children(node)
    value: p.Expression = low.name(parts[0])
    for part in parts[1:]:
        value = p.Attribute(*low.span(node), value, low.text(part))
    return value


def _assignment(low: Lowering, node: Node) -> p.Expression:
    left, right = node.child_by_field_name("left"), _field(low, node, "right")
    if left is None or right is None:
        return low.opaque(node)
    target = _inside(low, left)
    sign = low.text(node.child_by_field_name("operator")).removesuffix("=")
    where = low.span(node)
    return p.Bind(*where, target, right if not sign else f.operation(*where, sign, target, right))


def _lambda(low: Lowering, node: Node) -> p.Expression:
    signature = node.child_by_field_name("parameters")
    return _function(low, node, "", signature, node.child_by_field_name("body"))


def _function(
    low: Lowering,
    node: Node,
    name: str,
    signature: Node | None,
    body: Node | None,
    *,
    receiver: str = "",
    decorators: Iterable[str] = (),
    first: Iterable[p.Statement] = (),
    last: Iterable[p.Statement] = (),
) -> p.Function:
    start, end = low.span(node)[0], low.span(body if body is not None else node)[1]
    parameters = [p.Parameter(start, start, receiver, "plain", None, None)] if receiver else []
    set_by: list[p.Statement] = []
    _parameters(low, signature, parameters, set_by)
    outer, low.breaks = low.breaks, []
    statements = _body(low, body)
    low.breaks = outer
    words = tuple([p.Name(start, start, word) for word in decorators])
    return p.Function(start, end, name, tuple(parameters), (*first, *set_by, *statements, *last), words)


def _body(low: Lowering, body: Node | None) -> tuple[p.Statement, ...]:
    if body is None:
        return ()
    block = next((child for child in low.children(body) if child.type == "block"), None)
    if block is not None or body.type == "block":
        return low.body(block or body)
    runs = _runs(low, body.children)
    if not runs:
        return ()
    value = _run(low, runs[-1])
    low.extents.append((value.start, value.end))
    return (p.Return(value.start, value.end, value),)


def _parameters(low: Lowering, node: Node | None, out: list[p.Parameter], first: list[p.Statement]) -> None:
    """The parameters in a signature, and what those of a constructor set (`this.scopes`)."""
    if node is None:
        return
    if node.type not in ("formal_parameter_list", "optional_formal_parameters"):
        node = next((child for child in low.children(node) if child.type == "formal_parameter_list"), None)
        if node is None:
            return
    optional = node.type == "optional_formal_parameters"
    for run in _parameter_runs(low, node):
        if run[0].type == "optional_formal_parameters":
            _parameters(low, run[0], out, first)
            continue
        given = run[0]
        start, end = low.span(given)
        default = _run(low, run[1:]) if len(run) > 1 else None
        if default is None and optional and (given.prev_sibling is None or given.prev_sibling.type != "required"):
            default = low.nothing(given)
        own = low.children(given)[-1] if low.children(given) else given
        field = own if own.type in ("constructor_param", "super_formal_parameter") else None
        name = given.child_by_field_name("name") or (low.children(field)[-1] if field is not None else own)
        text = low.text(name)
        out.append(p.Parameter(start, end, text, "plain", default, _type(low, given)))
        if field is not None and field.type == "constructor_param":
            target = p.Attribute(start, end, p.Name(start, start, _THIS), text)
            first.append(p.Assign(start, end, (target,), p.Name(*low.span(name), text)))


def _parameter_runs(low: Lowering, node: Node) -> list[list[Node]]:
    """Each parameter with the nodes of its default."""
    out: list[list[Node]] = []
    for child in low.children(node):
        if child.type in ("formal_parameter", "optional_formal_parameters"):
            out.append([child])
        elif out and child.type not in _WORDS:
            out[-1].append(child)
    return out


def _local_function(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    for inner in low.children(node):
        signature, body = inner.child_by_field_name("parameters"), inner.child_by_field_name("body")
        if signature is not None:
            low.head(inner, body)
            out.append(_function(low, inner, low.text(signature.child_by_field_name("name")), signature, body))


# Declarations ---------------------------------------------------------------------------------------------------------------


def _declarations(low: Lowering, node: Node, cls: str = "") -> tuple[p.Statement, ...]:
    """The members of a file or, with its name, of a class: signatures stand beside their bodies, types beside names."""
    first: list[p.Statement] = []
    out: list[p.Statement] = []
    children = [child for child in node.named_children if child.type not in low.syntax.comments]
    for number, child in enumerate(children):
        follows = children[number + 1] if number + 1 < len(children) else None
        body = follows if follows is not None and follows.type == "function_body" else None
        signature = child if not cls else next(iter(_signatures(low, child)), None)
        if child.type == "ERROR":
            out.extend(_declarations(low, child, cls))
        elif child.type == "function_body":
            continue
        elif signature is not None and signature.type.endswith("_signature"):
            (out if cls else first).append(_member(low, child, signature, body, cls))
        elif child.type == "declaration":
            out += _declarations(low, child, cls)
        elif child.type in ("static_final_declaration_list", "initialized_identifier_list"):
            for one in low.children(child):
                _variable(low, one, _type(low, node), out)
        elif child.type in low.syntax.statements:
            low.statement(child, out)
    return (*first, *out)


def _signatures(low: Lowering, node: Node) -> list[Node]:
    if node.type in ("method_signature", "declaration"):
        return [child for child in low.children(node) if child.type.endswith("_signature")]
    return [node] if node.type.endswith("_signature") else []


def _member(low: Lowering, node: Node, signature: Node, body: Node | None, cls: str) -> p.Function:
    """A function, method, getter or constructor."""
    start = low.span(node)[0]
    low.extents.append((start, low.span(node)[1]))
    if not cls:
        return _function(low, node, low.text(signature.child_by_field_name("name")), signature, body)
    if "constructor" in signature.type:
        return _constructor(low, node, signature, body, cls)
    name = low.text(signature.child_by_field_name("name")) or low.text(signature)
    if "static" in low.tokens(node):
        words: tuple[str, ...] = (p.STATIC,)
        receiver = ""
    else:
        words = (p.PROPERTY,) if signature.type == "getter_signature" else ()
        receiver = _THIS
    if signature.type == "setter_signature":
        name = f"{name}="
    return _function(low, node, name, signature, body, receiver=receiver, decorators=words)


def _constructor(low: Lowering, node: Node, signature: Node, body: Node | None, cls: str) -> p.Function:
    start, end = low.span(node)
    names = [low.text(child) for child in low.children(signature) if child.type == "identifier"]
    name = names[1] if len(names) > 1 else ""
    sets: list[p.Statement] = []
    for part in low.children(node):
        for entry in low.children(part) if part.type == "initializers" else ():
            _initializer(low, entry, sets)
    if "factory" in signature.type:
        factory = [p.OF_CLASS]
        if "redirecting" in signature.type:
            to = low.children(signature)[-1]
            made = p.Call(start, end, low.name(to), ())
            return _function(low, node, name or p.CONSTRUCTOR, signature, None, receiver="cls", decorators=factory,
                             last=[p.Return(start, end, made)])  # fmt: skip
        return _function(low, node, name or "<factory>", signature, body, receiver="cls", decorators=factory)
    if not name:
        return _function(low, node, p.CONSTRUCTOR, signature, body, receiver=_THIS, first=sets)
    # A named one makes the object and hands it out.
    this = p.Name(start, start, _THIS)
    made = p.Call(start, start, p.Name(start, start, "cls"), ())
    return _function(
        low, node, name, signature, body, receiver="cls", decorators=[p.OF_CLASS],
        first=[p.Assign(start, start, (this,), made, p.Literal(start, start, None)), *sets], last=[p.Return(start, start, this)],
    )  # fmt: skip


def _initializer(low: Lowering, entry: Node, out: list[p.Statement]) -> None:
    start, end = low.span(entry)
    inner = low.children(entry)
    if not inner:
        return
    if inner[0].type == "field_initializer":
        runs = _runs(low, inner[0].children)
        names = [run for run in runs if run[0].type == "identifier"]
        if len(runs) > 1 and names:
            target = p.Attribute(start, end, p.Name(start, start, _THIS), low.text(names[0][0]))
            out.append(p.Assign(start, end, (target,), _run(low, runs[-1])))
    elif inner[0].type in ("super", _THIS):
        name = next((low.text(child) for child in inner[1:] if child.type == "identifier"), p.CONSTRUCTOR)
        owner: p.Expression = p.Name(start, start, _THIS)
        if inner[0].type == "super":
            owner = p.Call(start, start, p.Name(start, start, "super"), ())
        function = p.Attribute(start, end, owner, name)
        out.append(p.Do(start, end, p.Call(start, end, function, tuple(_arguments(low, entry)))))


def _type(low: Lowering, node: Node) -> p.Expression:
    """The type that a declaration names; one that it does not name is nothing."""
    for child in low.children(node):
        if child.type == "type_identifier":
            return low.name(child)
        if child.type in ("identifier", "initialized_identifier_list", "static_final_declaration_list"):
            break
    return p.Literal(*low.span(node)[:1] * 2, None)


def _variable(low: Lowering, node: Node, kind: p.Expression, out: list[p.Statement]) -> None:
    """A variable of a file or a class."""
    where = low.span(node)
    low.extents.append(where)
    runs = _runs(low, node.children)
    if runs:
        name = low.name(runs[0][0])
        value = _run(low, runs[1]) if len(runs) > 1 else None
        out.append(p.Assign(*where, (name,), value, kind))


# Classes --------------------------------------------------------------------------------------------------------------------


def _class(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    start, end = low.span(node)
    named = node.child_by_field_name("name") or next(
        (child for child in low.children(node) if child.type == "identifier"), None
    )
    block = node.child_by_field_name("body") or next(
        (child for child in low.children(node) if child.type.endswith("_body")), None
    )
    low.head(node, block)
    name = low.text(named)
    bases: list[p.Expression] = []
    for child in low.children(node):
        if child.type in ("superclass", "mixins"):
            bases += _bases(low, child)
    body = _declarations(low, block, name) if block is not None else ()
    out.append(p.Class(start, end, name, tuple(bases), (), body))
    constants = (
        [_constant(low, child) for child in low.children(block) if child.type == "enum_constant"] if block else []
    )
    if constants and named is not None:
        out += f.enumerated(low.name(named), constants, "values")


def _bases(low: Lowering, node: Node) -> list[p.Expression]:
    out: list[p.Expression] = []
    for child in low.children(node):
        if child.type == "type_identifier":
            out.append(low.name(child))
        elif child.type == "mixins":
            out += _bases(low, child)
    return out


def _constant(low: Lowering, node: Node) -> f.Constant:
    name = node.child_by_field_name("name") or node
    parts = [child for child in low.children(node) if child.type == "argument_part"]
    return low.name(name), [one for part in parts for one in _arguments(low, part)], {"name": low.quoted(name)}


# Statements -----------------------------------------------------------------------------------------------------------------


def _expression_statement(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    where = low.span(node)
    for run in _runs(low, node.children):
        low.extents.append(where)
        value = _run(low, run)
        if isinstance(value, p.Bind):
            out.append(p.Assign(*where, (value.target,), value.value))
        elif not isinstance(value, p.Name):
            out.append(p.Do(*where, value))


def _local(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    low.extents.append(low.span(node))
    for one in low.children(node):
        where = low.span(one)
        if one.type == "pattern_variable_declaration":
            runs = _runs(low, one.children)
            names = [low.name(child) for child in _pattern_names(low, one)]
            if runs and names:
                target = p.Sequence(*where, "tuple", tuple(names))
                out.append(p.Assign(*where, (target,), _run(low, runs[-1]), _type(low, one)))
            continue
        if one.type != "initialized_variable_definition":
            out.append(p.Do(*where, low.opaque(one)))
            continue
        name = one.child_by_field_name("name")
        value = _field(low, one, "value")
        if name is not None:
            made = low.name(name)
            out.append(p.Assign(*where, (made,), value if value is not None else low.nothing(one), _type(low, one)))
        for more in low.children(one):
            if more.type == "initialized_identifier":
                _variable(low, more, _type(low, one), out)


def _pattern_names(low: Lowering, node: Node) -> list[Node]:
    pattern = next((child for child in low.children(node) if child.type.endswith("_pattern")), None)
    if pattern is None:
        return []
    return [low.children(part)[-1] if low.children(part) else part for part in low.children(pattern)]


def _if(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    taken, other = node.child_by_field_name("consequence"), node.child_by_field_name("alternative")
    low.head(node, taken)
    plain = [child for at, child in enumerate(node.children) if node.field_name_for_child(at) is None]
    runs = _runs(low, plain)
    test = _run(low, runs[0]) if len(runs) == 1 else p.Opaque(*low.span(node), "a pattern decides it",
                                                              tuple([_run(low, run) for run in runs[:1]]))  # fmt: skip
    out.append(p.Branch(*low.span(node), ((test, low.body(taken)),), low.body(other)))


def _for(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    block = node.child_by_field_name("body")
    low.head(node, block)
    where = low.span(node)
    head = next((child for child in low.children(node) if child.type == "for_loop_parts"), None)
    name = head.child_by_field_name("name") if head is not None else None
    over = _field(low, head, "value") if head is not None else None
    if name is not None and over is not None:
        out.append(p.Loop(*where, low.name(name), over, low.loop(block), ()))
        return
    first = head.child_by_field_name("init") if head is not None else None
    if first is not None:
        low.statement(first, out)
    out.append(p.Loop(*where, None, p.Opaque(*where, "it is decided at run time"), low.loop(block), ()))


def _try(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    body = node.child_by_field_name("body")
    blocks = [child for child in low.children(node) if child.type == "block" and child != body]
    finals = [part for child in low.children(node) if child.type == "finally_clause" for part in low.children(child)]
    handlers = tuple([low.body(block) for block in blocks])
    out.append(p.Try(*low.span(node), low.body(body), handlers, (), low.block(finals)))


def _switch(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    low.head(node, node.child_by_field_name("body"))
    subject = low.expression(node.child_by_field_name("condition"))
    ways: list[tuple[list[p.Expression] | None, list[Node]]] = []
    block = node.child_by_field_name("body")
    for case in low.children(block) if block is not None else ():
        children = [child for child in low.children(case) if child.type != "case_builtin"]
        if case.type == "switch_statement_default":
            ways.append((None, children))
        elif case.type == "switch_statement_case" and children:
            ways.append(([_run(low, _runs(low, children[:1])[0])], children[1:]))
    f.cases(low, node, subject, ways, out)


def _return(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    where = low.span(node)
    low.extents.append(where)
    runs = _runs(low, node.children)
    out.append(p.Return(*where, _run(low, runs[-1]) if runs else None))


def _yield(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    where = low.span(node)
    out.append(p.Do(*where, p.Yield(*where, _inside(low, node), node.type == "yield_each_statement")))


def _thrown(low: Lowering, node: Node) -> p.Expression:
    return p.Opaque(*low.span(node), "it is thrown", tuple([_run(low, run) for run in _runs(low, node.children)]))


# Files ----------------------------------------------------------------------------------------------------------------------


def _import(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """`import`, `export`, `part` and `part of`: the names of another file, all of them unless `as` or `show` says otherwise."""
    where = low.span(node)
    low.extents.append(where)
    found: dict[str, list[Node]] = {}
    stack = list(reversed(low.children(node)))
    while stack:
        child = stack.pop()
        if child.type in ("string_literal", "combinator", "identifier"):
            found.setdefault(child.type, []).append(child)
        else:
            stack.extend(reversed(low.children(child)))
    for uri in found.get("string_literal", ())[:1]:
        module = low.text(uri)[1:-1].removesuffix(".dart")
        shown = [
            low.text(name)
            for one in found.get("combinator", ())
            if low.text(one).startswith("show")
            for name in low.children(one)
        ]
        if "identifier" in found:
            out.append(p.Import(*where, module, 0, (), low.text(found["identifier"][0]), whole=True))
        else:
            # What is shown of a package has the name that it has in all files.
            own = shown and not module.startswith("package:")
            names = [(name, name) for name in shown] if own else [("*", "*")]
            out.append(p.Import(*where, module, 0, tuple(names)))


SYNTAX = Syntax(
    expressions={
        "identifier": f.name,
        "type_identifier": f.name,
        "identifier_dollar_escaped": f.name,
        "scoped_identifier": f.name,
        "this": f.name,
        "super": f.name,
        "qualified": _qualified,
        "null_literal": f.literal(None),
        "true": f.literal(True),
        "false": f.literal(False),
        "decimal_integer_literal": f.number,
        "hex_integer_literal": f.number,
        "decimal_floating_point_literal": f.number,
        "string_literal": _string,
        "symbol_literal": f.opaque("a symbol"),
        "list_literal": _list,
        "set_or_map_literal": _set_or_map,
        "record_literal": _list,
        "record_field": _inside,
        "parenthesized_expression": _inside,
        "await_expression": _inside,
        "assignable_expression": _inside,
        "type_cast_expression": _inside,
        "constant_pattern": _inside,
        "case_expression": _inside,
        "argument": _inside,
        "unary_expression": _unary,
        "postfix_expression": f.opaque("it is counted at run time"),
        "additive_expression": _operands,
        "multiplicative_expression": _operands,
        "equality_expression": _operands,
        "relational_expression": _operands,
        "logical_and_expression": _operands,
        "logical_or_expression": _operands,
        "type_test_expression": f.opaque("it is decided at run time"),
        "if_null_expression": _default,
        "conditional_expression": _choice,
        "assignment_expression": _assignment,
        "assignment_expression_without_cascade": _assignment,
        "switch_expression": _switch_value,
        "function_expression": _lambda,
        "new_expression": _made,
        "const_object_expression": _made,
        "throw_expression": _thrown,
    },
    statements={
        "import_or_export": _import,
        "part_directive": _import,
        "part_of_directive": _import,
        "library_name": f.skip,
        "type_alias": f.skip,
        "class_definition": _class,
        "mixin_declaration": _class,
        "extension_declaration": _class,
        "extension_type_declaration": _class,
        "enum_declaration": _class,
        "block": f.inline,
        "expression_statement": _expression_statement,
        "local_variable_declaration": _local,
        "local_function_declaration": _local_function,
        "if_statement": _if,
        "for_statement": _for,
        "while_statement": f.repeat(),
        "do_statement": f.repeat(),
        "switch_statement": _switch,
        "try_statement": _try,
        "return_statement": _return,
        "yield_statement": _yield,
        "yield_each_statement": _yield,
        "break_statement": f.broken,
        "continue_statement": f.continued,
        "labeled_statement": f.inline,
        "assert_statement": f.skip,
    },
    comments=frozenset(("comment", "documentation_comment")),
)
