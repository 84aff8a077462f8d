"""Go: its table of kinds of nodes, and what is special about it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends import classes as c
from permlint.frontends import forms as f
from permlint.frontends.strings import string
from permlint.frontends.syntax import Argument, Lowering, Source, Syntax, decode

if TYPE_CHECKING:
    from tree_sitter import Language, Node

LANGUAGE = "go"
_RANGED = "<ranged>"
_KEYS = "<keys>"
_VERSION = re.compile(r"v\d+")
_JSON = re.compile(r'\bjson:"([^",]*)')
"""What a field of a structure is called in JSON."""
_ERRORS = re.compile(r"_|ok|found|exists|\w*[eE]rr(?:or)?")
"""What code calls the results that tell whether something went well."""


@dataclass
class _Lowering(Lowering):
    """methods: those of each type, by its name. named: the types that are no structures, and what they are made of."""

    methods: dict[str, list[Node]] = field(default_factory=dict)
    named: dict[str, Node] = field(default_factory=dict)


def lower(path: str, data: bytes) -> p.Program:
    """The program in a Go file. Raises Unreadable for binary files."""
    source = Source(decode(data))
    low = _Lowering(source, SYNTAX)
    tree = source.parse(grammar())
    own = _gather(low, tree.root_node)
    body = low.root(tree)
    elsewhere = [_of_elsewhere(low, name) for name in low.methods if name not in own]
    return low.program(path, LANGUAGE, (*elsewhere, *body))


@functools.cache
def grammar() -> Language:
    """The grammar of Go."""
    import tree_sitter_go
    from tree_sitter import Language

    return Language(tree_sitter_go.language())


def _gather(low: _Lowering, root: Node) -> set[str]:
    """Notes the methods in a file by their types; returns the types that it declares."""
    own: set[str] = set()
    for node in root.named_children:
        if node.type == "method_declaration":
            receiver = node.child_by_field_name("receiver")
            first = low.children(receiver)[0] if receiver is not None and low.children(receiver) else None
            name = low.text(_bare(first.child_by_field_name("type") if first is not None else None))
            low.methods.setdefault(name, []).append(node)
        for spec in node.named_children if node.type == "type_declaration" else ():
            name_node, kind = spec.child_by_field_name("name"), spec.child_by_field_name("type")
            if name_node is not None and kind is not None:
                own.add(low.text(name_node))
                if kind.type not in ("struct_type", "interface_type"):
                    low.named[low.text(name_node)] = kind
    return own


def _of_elsewhere(low: _Lowering, name: str) -> p.Statement:
    """Methods of a type that another file declares: a class derived from that."""
    first = low.methods[name][0]
    start = low.span(first)[0]
    body = c.Body(functions=[_method(low, node) for node in low.methods[name]])
    return c.made_class(low, first, name, [p.Name(start, start, name)], body)[0]


# Types --------------------------------------------------------------------------------------------------------------------------


def _bare(node: Node | None) -> Node | None:
    """A type without the pointers to it and without its parameters."""
    while node is not None and node.type in ("pointer_type", "parenthesized_type", "generic_type"):
        inner = [child for child in node.named_children if child.type != "type_arguments"]
        if not inner:
            return None
        node = inner[0]
    return node


def _type(low: Lowering, node: Node | None) -> p.Expression:
    """A type as far as it has a name; else that of a declaration that names none."""
    node = _bare(node)
    if node is None or node.type not in ("type_identifier", "qualified_type"):
        return c.no_type(low.span(node)[0] if node is not None else 0)
    return low.expression(node)


def _qualified(low: Lowering, node: Node) -> p.Expression:
    package = node.child_by_field_name("package")
    owner = low.name(package) if package is not None else low.nothing(node)
    return p.Attribute(*low.span(node), owner, low.text(node.child_by_field_name("name")))


def _zero(low: Lowering, node: Node, kind: Node | None) -> p.Expression:
    """What a variable of a type is that nothing was given to."""
    start, end = low.span(node)
    name = low.text(kind)
    if kind is not None and kind.type in ("slice_type", "array_type"):
        return p.Sequence(end, end, "list", ())
    if name == "string":
        return p.String(end, end, (p.Text(end, end, ""),))
    if kind is not None and kind.type == "qualified_type":
        return p.Call(start, end, low.expression(kind), ())
    return low.nothing(node)


# Expressions --------------------------------------------------------------------------------------------------------------------


def _call(low: Lowering, node: Node) -> p.Expression:
    function, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    start, end = low.span(node)
    nodes = low.children(given) if given is not None else []
    name = low.text(function)
    if name in ("make", "new") and nodes:
        return _made(low, node, name, nodes[0])
    arguments = tuple([_argument(low, child) for child in nodes])
    if name in ("append", "panic"):
        return p.Call(start, end, p.Name(start, start, name), arguments)
    return p.Call(start, end, low.expression(function), arguments)


def _argument(low: Lowering, node: Node) -> Argument:
    if node.type == "variadic_argument" and low.children(node):
        return "*", low.expression(low.children(node)[0])
    return None, low.expression(node)


def _made(low: Lowering, node: Node, how: str, kind: Node) -> p.Expression:
    start, end = low.span(node)
    if how == "new":
        return p.Call(start, end, low.expression(_bare(kind)), ())
    if kind.type == "map_type":
        return p.Mapping(start, end, ())
    if kind.type == "slice_type":
        return p.Sequence(start, end, "list", ())
    if kind.type in ("type_identifier", "qualified_type"):
        return p.Call(start, end, low.expression(kind), ())
    return low.opaque(node)


def _composite(low: Lowering, node: Node) -> p.Expression:
    kind = _bare(node.child_by_field_name("type"))
    return _literal(low, node, kind, node.child_by_field_name("body"))


def _literal(low: Lowering, node: Node, kind: Node | None, body: Node | None) -> p.Expression:
    """What is written in braces, of a type: a list, a mapping, or an object with its fields."""
    start, end = low.span(node)
    elements = low.children(body) if body is not None else []
    meant = kind
    if isinstance(low, _Lowering) and kind is not None and kind.type == "type_identifier":
        meant = low.named.get(low.text(kind), kind)
    keyed = [child for child in elements if child.type == "keyed_element"]
    listed = meant is not None and meant.type in ("slice_type", "array_type", "implicit_length_array_type")
    if listed or (meant is None and elements and not keyed):
        inner = meant.child_by_field_name("element") if meant is not None else None
        return p.Sequence(start, end, "list", tuple([_element(low, child, inner) for child in elements]))
    texts = any(_key(low, child).type.endswith("string_literal") for child in keyed)
    if meant is None or meant.type in ("map_type", "struct_type") or texts:
        inner = meant.child_by_field_name("value") if meant is not None else None
        plain = meant is not None and meant.type == "struct_type"
        entries = [(_entry_key(low, child, plain=plain), _value(low, child, inner)) for child in keyed]
        return p.Mapping(start, end, tuple(entries))
    arguments: list[Argument] = [
        (low.text(_key(low, child)), _value(low, child, None)) if child.type == "keyed_element"
        else (None, _element(low, child, None))
        for child in elements
    ]  # fmt: skip
    return p.Call(start, end, low.expression(kind), tuple(arguments))


def _key(low: Lowering, node: Node) -> Node:
    key = node.child_by_field_name("key") or node
    return low.children(key)[0] if key.type == "literal_element" and low.children(key) else key


def _entry_key(low: Lowering, node: Node, *, plain: bool) -> p.Expression:
    return low.quoted(_key(low, node)) if plain else low.expression(_key(low, node))


def _value(low: Lowering, node: Node, kind: Node | None) -> p.Expression:
    value = node.child_by_field_name("value")
    return _element(low, value, kind) if value is not None else low.nothing(node)


def _element(low: Lowering, node: Node, kind: Node | None) -> p.Expression:
    """An element of a literal; one in braces alone is of the type of the collection's elements."""
    inner = low.children(node)[0] if node.type == "literal_element" and low.children(node) else node
    if inner.type == "keyed_element":
        return _value(low, inner, kind)
    if inner.type == "literal_value":
        return _literal(low, inner, _bare(kind), inner)
    return low.expression(inner)


def _unary(low: Lowering, node: Node) -> p.Expression:
    if low.text(node.child_by_field_name("operator")) in ("&", "*"):
        return low.expression(node.child_by_field_name("operand"))
    return f.unary("operand")(low, node)


def _assertion(low: Lowering, node: Node) -> p.Expression:
    value = low.expression(node.child_by_field_name("operand"))
    return f.cast(low, node, value, _type(low, node.child_by_field_name("type")))


def _slice(low: Lowering, node: Node) -> p.Expression:
    bounds = [node.child_by_field_name(name) for name in ("start", "end")]
    lower_, upper = [low.expression(bound) if bound is not None else None for bound in bounds]
    start, end = low.span(node)
    return p.Index(
        start, end, low.expression(node.child_by_field_name("operand")), p.Slice(start, end, lower_, upper, None)
    )


def _function_value(low: Lowering, node: Node) -> p.Expression:
    parameters = _parameters(low, node.child_by_field_name("parameters"))
    return c.function(low, node, "", parameters, node.child_by_field_name("body"))


def _parameters(low: Lowering, node: Node | None) -> list[p.Parameter]:
    out: list[p.Parameter] = []
    for child in low.children(node) if node is not None else ():
        rest = child.type == "variadic_parameter_declaration"
        kind = None if rest else _type(low, child.child_by_field_name("type"))
        names = [name for name in child.children_by_field_name("name") if name.is_named]
        for name in names:
            out.append(p.Parameter(*low.span(child), low.text(name), "rest" if rest else "plain", None, kind))
        if not names:
            start, end = low.span(child)
            out.append(p.Parameter(start, end, f"<{start}>", "plain", None, None))
    return out


# Statements ---------------------------------------------------------------------------------------------------------------------


def _listed(low: Lowering, node: Node | None) -> list[Node]:
    if node is None:
        return []
    return low.children(node) if node.type == "expression_list" else [node]


def _assign(low: Lowering, node: Node, targets: list[Node], values: list[Node], kind: p.Expression | None,
            out: list[p.Statement]) -> None:  # fmt: skip
    """Adds the assignment of values, or of the results of one call, to targets. kind: the type where they are declared."""
    start, end = low.span(node)
    low.extents.append((start, end))
    if len(targets) == 1 and len(values) == 1:
        if not _grown(low, node, targets[0], values[0], out):
            out.append(p.Assign(start, end, (_target(low, targets[0]),), low.expression(values[0]), kind))
        return
    if len(values) == len(targets):
        left = p.Sequence(start, end, "tuple", tuple([_target(low, one) for one in targets]))
        right = p.Sequence(start, end, "tuple", tuple([low.expression(one) for one in values]))
        out.append(p.Assign(start, end, (left,), right, kind))
        return
    if not values:
        return
    whole = p.Name(start, start, f"<{start}>")
    out.append(p.Assign(start, end, (whole,), low.expression(values[0]), c.no_type(start)))
    for number, target in enumerate(targets):
        where = low.span(target)
        name = low.text(target)
        if number == 0:
            value: p.Expression = p.Call(*where, p.Name(where[0], where[0], p.FIRST), ((None, whole),))
        elif values[0].type == "index_expression":
            value = p.Compare(*where, "!=", whole, p.Literal(where[0], where[0], None))
        elif _ERRORS.fullmatch(name):
            value = p.Opaque(*where, "it is only known at run time")
        else:
            value = p.Index(*where, whole, p.Literal(where[0], where[0], number))
        if name != "_":
            out.append(p.Assign(start, end, (_target(low, target),), value, kind))


def _target(low: Lowering, node: Node) -> p.Expression:
    return low.expression(node)


def _grown(low: Lowering, node: Node, target: Node, value: Node, out: list[p.Statement]) -> bool:
    """`items = append(items, more...)` changes the list itself."""
    if value.type != "call_expression" or low.text(value.child_by_field_name("function")) != "append":
        return False
    given = value.child_by_field_name("arguments")
    nodes = low.children(given) if given is not None else []
    if not nodes or low.text(nodes[0]) != low.text(target):
        return False
    start, end = low.span(node)
    callee = p.Attribute(*low.span(target), low.expression(target), "append")
    call = p.Call(start, end, callee, tuple([_argument(low, child) for child in nodes[1:]]))
    out.append(p.Do(start, end, call))
    return True


def _short_declaration(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    _assign(low, node, _listed(low, left), _listed(low, right), c.no_type(low.span(node)[0]), out)


def _assignment(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    left, right = _listed(low, node.child_by_field_name("left")), _listed(low, node.child_by_field_name("right"))
    sign = low.text(node.child_by_field_name("operator"))
    if sign == "=" or len(left) != 1 or len(right) != 1:
        _assign(low, node, left, right, None, out)
        return
    start, end = low.span(node)
    low.extents.append((start, end))
    out.append(p.Augment(start, end, sign.removesuffix("="), low.expression(left[0]), low.expression(right[0])))


def _declaration(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    specs = [
        one
        for child in low.children(node)
        for one in (low.children(child) if child.type.endswith("_list") else [child])
    ]
    for spec in specs:
        names = [name for name in spec.children_by_field_name("name") if name.is_named]
        kind_node = spec.child_by_field_name("type")
        kind = _type(low, kind_node)
        value = spec.child_by_field_name("value")
        if value is not None:
            _assign(low, spec, names, _listed(low, value), kind, out)
        elif node.type == "var_declaration":
            for name in names:
                out.append(p.Assign(*low.span(spec), (low.name(name),), _zero(low, spec, kind_node), kind))


def _function(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    parameters = _parameters(low, node.child_by_field_name("parameters"))
    name = low.text(node.child_by_field_name("name"))
    out.append(c.function(low, node, name, parameters, node.child_by_field_name("body")))


def _method(low: Lowering, node: Node) -> p.Function:
    parameters = [
        *_parameters(low, node.child_by_field_name("receiver"))[:1],
        *_parameters(low, node.child_by_field_name("parameters")),
    ]
    if parameters:
        parameters[0].annotation = None
    name = low.text(node.child_by_field_name("name"))
    return c.function(low, node, name, parameters, node.child_by_field_name("body"))


def _types(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    for spec in low.children(node):
        name, kind = spec.child_by_field_name("name"), spec.child_by_field_name("type")
        if name is None or kind is None:
            continue
        start, end = low.span(spec)
        methods = low.methods.get(low.text(name), []) if isinstance(low, _Lowering) else []
        body = c.Body(functions=[_method(low, one) for one in methods])
        if kind.type == "struct_type":
            bases = _fields(low, kind, body.static)
            body.functions.extend(_as_json(low, kind))
            out.extend(c.made_class(low, spec, low.text(name), bases, body))
        elif kind.type == "interface_type":
            for one in low.children(kind):
                if one.type == "method_elem":
                    body.functions.append(_method_of_interface(low, one))
            out.extend(c.made_class(low, spec, low.text(name), (), body))
        elif spec.type == "type_alias":
            out.append(p.Assign(start, end, (low.name(name),), low.expression(_bare(kind)), c.no_type(start)))
        else:
            # A type of another name: what is converted to it stays what it is.
            given = p.Parameter(start, start, "<value>", "plain", None, None)
            value = p.Return(start, start, p.Name(start, start, "<value>"))
            out.append(p.Function(start, end, low.text(name), (given,), (value,)))


def _method_of_interface(low: Lowering, node: Node) -> p.Function:
    start = low.span(node)[0]
    own = p.Parameter(start, start, c.THIS, "plain", None, None)
    parameters = _parameters(low, node.child_by_field_name("parameters"))
    return c.function(low, node, low.text(node.child_by_field_name("name")), (own, *parameters), None)


def _fields(low: Lowering, node: Node, out: list[p.Statement]) -> list[p.Expression]:
    """Adds the fields of a structure; returns the types that it embeds."""
    embedded: list[p.Expression] = []
    for group in low.children(node):
        for child in low.children(group):
            kind = _type(low, child.child_by_field_name("type"))
            names = child.children_by_field_name("name")
            start, end = low.span(child)
            for name in names:
                out.append(p.Assign(start, end, (low.name(name),), None, kind))
            if not names and not isinstance(kind, p.Literal):
                embedded.append(kind)
                last = kind.name if isinstance(kind, p.Attribute) else kind.id if isinstance(kind, p.Name) else ""
                out.append(p.Assign(start, end, (p.Name(start, end, last),), None, kind))
    return embedded


def _as_json(low: Lowering, node: Node) -> list[p.Function]:
    """What gives a structure under the names that its fields have in JSON; nothing where no field says one."""
    start, end = low.span(node)
    entries: list[tuple[p.Expression | None, p.Expression]] = []
    said = False
    for child in [child for group in low.children(node) for child in low.children(group)]:
        at, until = low.span(child)
        written = child.child_by_field_name("tag")
        tag = _JSON.search(low.text(written))
        said = said or tag is not None
        names = child.children_by_field_name("name")
        own: list[Node | None] = [*names] or [_bare(child.child_by_field_name("type"))]
        for name in own:
            if name is None or (tag is not None and tag[1] == "-"):
                continue
            key: p.Expression | None = low.quoted(name) if names else None
            if tag is not None and written is not None and tag[1]:
                first = low.span(written)[0] + tag.start(1)
                key = p.String(first, first + len(tag[1]), (p.Text(first, first + len(tag[1]), tag[1]),))
            held = p.Attribute(at, until, p.Name(at, at, c.THIS), low.text(name).rpartition(".")[2])
            entries.append((key, p.Call(at, until, p.Name(at, at, "<json>"), ((None, held),))))
    if not said:
        return []
    this = p.Parameter(start, start, c.THIS, "plain", None, None)
    given = p.Return(start, end, p.Mapping(start, end, tuple(entries)))
    return [p.Function(start, end, "<json>", (this,), (given,))]


def _import(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    specs = [
        one
        for child in low.children(node)
        for one in (low.children(child) if child.type.endswith("_list") else [child])
    ]
    for spec in specs:
        where = low.span(spec)
        low.extents.append(where)
        path = low.text(spec.child_by_field_name("path"))[1:-1]
        parts = path.split("/")
        if len(parts) > 1 and _VERSION.fullmatch(parts[-1]):
            parts.pop()
        own = parts[-1].removeprefix("go-").partition(".")[0]
        name = low.text(spec.child_by_field_name("name")) or own
        if name == ".":
            out.append(p.Import(*where, path, 0, (("*", "*"),)))
        elif name != "_":
            out.append(p.Import(*where, path, 0, (), name, whole=True))


def _if(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    first = node.child_by_field_name("initializer")
    if first is not None:
        low.statement(first, out)
    taken, condition = node.child_by_field_name("consequence"), node.child_by_field_name("condition")
    low.head(node, taken)
    body = low.body(taken)
    if _is_failure(low, condition):
        body = tuple([_failed(one) for one in body])
    ways = ((low.expression(condition), body),)
    out.append(p.Branch(*low.span(node), ways, low.body(node.child_by_field_name("alternative"))))


def _is_failure(low: Lowering, node: Node | None) -> bool:
    """Whether a condition asks if something went wrong: `err != nil`."""
    if node is None or node.type != "binary_expression" or low.text(node.child_by_field_name("operator")) != "!=":
        return False
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    return low.text(right) == "nil" and re.fullmatch(r"\w*[eE]rr(?:or)?", low.text(left)) is not None


def _failed(statement: p.Statement) -> p.Statement:
    """A return after a failure is what other languages raise."""
    if isinstance(statement, p.Return):
        return p.Leave(statement.start, statement.end, "raise", statement.value)
    return statement


def _for(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    block = node.child_by_field_name("body")
    low.head(node, block)
    head = next((child for child in low.children(node) if child != block), None)
    where = low.span(node)
    if head is not None and head.type == "range_clause":
        _range(low, node, head, block, out)
        return
    if head is not None and head.type == "for_clause":
        first, head = head.child_by_field_name("initializer"), head.child_by_field_name("condition")
        if first is not None:
            low.statement(first, out)
    parts = () if head is None else (low.expression(head),)
    unknown = p.Opaque(*where, "it is decided at run time", parts)
    out.append(p.Loop(*where, None, unknown, low.loop(block), ()))


def _range(low: Lowering, node: Node, head: Node, block: Node | None, out: list[p.Statement]) -> None:
    where = low.span(node)
    targets = _listed(low, head.child_by_field_name("left"))
    values = low.expression(head.child_by_field_name("right"))
    at = values.start
    how = _RANGED if len(targets) > 1 else _KEYS
    iterable = p.Call(at, values.end, p.Name(at, at, how), ((None, values),))
    names = [p.Name(*low.span(one), low.text(one)) for one in targets]
    target: p.Expression | None = None
    if len(names) > 1:
        target = p.Sequence(*low.span(head), "tuple", tuple(names))
    elif names:
        target = names[0]
    else:
        target = p.Name(at, at, "_")
    out.append(p.Loop(*where, target, iterable, low.loop(block), ()))


def _switch(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    first = node.child_by_field_name("initializer")
    if first is not None:
        low.statement(first, out)
    value = node.child_by_field_name("value")
    tests: list[tuple[list[p.Expression] | None, list[Node]]] = []
    for case in low.children(node):
        if case.type in ("expression_case", "default_case"):
            given = case.child_by_field_name("value")
            values = [low.expression(one) for one in _listed(low, given)] if case.type == "expression_case" else None
            tests.append((values, [child for child in low.children(case) if child != given]))
    if value is not None:
        f.cases(low, node, low.expression(value), tests, out)
        return
    otherwise = [low.case(body) for values, body in tests if values is None]
    ways = [(f.any_of(values), low.case(body)) for values, body in tests if values]
    out.append(p.Branch(*low.span(node), tuple(ways), otherwise[0] if otherwise else ()))


def _one_of(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """A choice that is made at run time: by type, or by what comes first."""
    subject = node.child_by_field_name("value")
    alias = _listed(low, node.child_by_field_name("alias"))
    start, end = low.span(node)
    if subject is not None and alias:
        out.append(p.Assign(start, end, (low.expression(alias[0]),), low.expression(subject), c.no_type(start)))
    ways: list[tuple[p.Expression, tuple[p.Statement, ...]]] = []
    for case in low.children(node):
        if case.type.endswith("_case"):
            body = [child for child in low.children(case) if child.type == "statement_list"]
            ways.append((p.Opaque(*low.span(case), "it is decided at run time"), low.case(body)))
    out.append(p.Branch(start, end, tuple(ways), ()))


def _return(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    start, end = low.span(node)
    low.extents.append((start, end))
    values = [one for child in low.children(node) for one in _listed(low, child)]
    made: Iterable[p.Expression] = [low.expression(value) for value in values]
    made = list(made)
    result = None if not made else made[0] if len(made) == 1 else p.Sequence(start, end, "tuple", tuple(made))
    out.append(p.Return(start, end, result))


SYNTAX = Syntax(
    expressions={
        "identifier": f.name,
        "type_identifier": f.name,
        "package_identifier": f.name,
        "field_identifier": f.name,
        "qualified_type": _qualified,
        "pointer_type": f.inner(),
        "generic_type": f.inner(at=0),
        "nil": f.literal(None),
        "true": f.literal(True),
        "false": f.literal(False),
        "int_literal": f.number,
        "float_literal": f.number,
        "interpreted_string_literal": string(),
        "raw_string_literal": string(escapes=()),
        "rune_literal": string(),
        "selector_expression": f.attribute("operand", "field"),
        "index_expression": f.index("operand", "index"),
        "slice_expression": _slice,
        "call_expression": _call,
        "composite_literal": _composite,
        "func_literal": _function_value,
        "unary_expression": _unary,
        "binary_expression": f.binary(),
        "parenthesized_expression": f.inner(),
        "type_conversion_expression": f.inner("operand"),
        "type_assertion_expression": _assertion,
        "literal_element": f.inner(),
        "expression_list": f.inner(),
    },
    statements={
        "package_clause": f.skip,
        "import_declaration": _import,
        "const_declaration": _declaration,
        "var_declaration": _declaration,
        "type_declaration": _types,
        "function_declaration": _function,
        "method_declaration": f.skip,
        "short_var_declaration": _short_declaration,
        "assignment_statement": _assignment,
        "expression_statement": f.evaluate,
        "go_statement": f.evaluate,
        "defer_statement": f.evaluate,
        "send_statement": f.evaluate,
        "inc_statement": f.skip,
        "dec_statement": f.skip,
        "if_statement": _if,
        "for_statement": _for,
        "expression_switch_statement": _switch,
        "type_switch_statement": _one_of,
        "select_statement": _one_of,
        "return_statement": _return,
        "break_statement": f.broken,
        "continue_statement": f.continued,
        "goto_statement": f.skip,
        "fallthrough_statement": f.skip,
        "labeled_statement": f.inline,
        "label_name": f.skip,
        "empty_statement": f.skip,
        "block": f.inline,
        "statement_list": f.inline,
    },
    hoisted=frozenset(("import_declaration", "function_declaration", "type_declaration", "const_declaration")),
    transparent=frozenset(("source_file", "ERROR")),
)
