"""Objective-C: its table of kinds of nodes, and what is special about it.

A message is a call of the method by its first keyword: the first argument stands by position, the others are named by their
keywords. What makes an object (`alloc` and `init...`, `new`) is a call of its class with all arguments named, the first one
without its `initWith`, as Swift calls it; `setName:` with nothing else sets the part of that name.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from permlint import program as p
from permlint.frontends import forms as f
from permlint.frontends.strings import string
from permlint.frontends.syntax import Argument, Lowering, Source, Syntax, decode, walk

if TYPE_CHECKING:
    from tree_sitter import Language, Node

LANGUAGE = "objc"
_SELF = "self"
_NOTHING = frozenset(("nil", "Nil", "NULL"))
_HEADER = re.compile(r"^\s*(?:#\s*import|@interface|@protocol|@class|#\s*define)\b|\bNSString\b", re.MULTILINE)
_SET = re.compile(r"set[A-Z]\w*")
_ENDS = (".mm", ".m", ".h")


@dataclass
class _File(Lowering):
    """What a file says of its classes.

    properties: the declarations of properties, by class. supers: the base of a class. methods, getters: what the class at hand
    implements, and what of it takes no arguments. cls: what it is called.
    """

    properties: dict[str, list[p.Statement]] = field(default_factory=dict)
    supers: dict[str, str] = field(default_factory=dict)
    methods: frozenset[str] = frozenset()
    getters: frozenset[str] = frozenset()
    cls: str = ""


def lower(path: str, data: bytes) -> p.Program:
    """The program in an Objective-C file; nothing for a header of another language. Raises Unreadable for binary files."""
    text = decode(data)
    low = _File(Source(text), SYNTAX)
    body: tuple[p.Statement, ...] = ()
    if not path.endswith(".h") or _HEADER.search(text):
        tree = low.source.parse(grammar())
        _interfaces(low, tree.root_node)
        body = (*_own_header(low, tree.root_node, path), *low.root(tree))
        done = {statement.name for statement in body if isinstance(statement, p.Class)}
        body = (*_declared_only(low, done), *body)
    if path.endswith(".h"):
        low.gaps.clear()  # Headers of C++ are none of ours.
    return low.program(path, LANGUAGE, body)


@functools.cache
def grammar() -> Language:
    """The grammar."""
    import tree_sitter_objc
    from tree_sitter import Language

    return Language(tree_sitter_objc.language())


def _file(low: Lowering) -> _File:
    return cast("_File", low)


# Classes --------------------------------------------------------------------------------------------------------------------


def _interfaces(low: _File, root: Node) -> None:
    """Notes what the interfaces in a file declare."""
    for node in root.named_children:
        if node.type != "class_interface":
            continue
        names = [low.text(child) for child in node.named_children if child.type == "identifier"]
        found = low.properties.setdefault(names[0], []) if names else []
        base = node.child_by_field_name("superclass")
        if base is not None:
            low.supers[names[0]] = low.text(base)
        for child in low.children(node):
            if child.type == "property_declaration":
                found += _property(low, child)


def _property(low: _File, node: Node) -> list[p.Statement]:
    where = low.span(node)
    declared = next((child for child in low.children(node) if child.type == "struct_declaration"), None)
    if declared is None:
        return []
    kinds = [child for child in low.children(declared) if child.type == "type_identifier"]
    kind: p.Expression = low.name(kinds[-1]) if kinds else p.Literal(where[0], where[0], None)
    names = [_declarator(low, child) for child in low.children(declared) if child.type == "struct_declarator"]
    return [p.Assign(*where, (name,), None, kind) for name in names if name is not None]


def _own_header(low: _File, root: Node, path: str) -> list[p.Statement]:
    """The names of the header that declares what a file implements."""
    own = path.rpartition("/")[2].rpartition(".")[0].partition("+")[0]
    out: list[p.Statement] = []
    for node in root.named_children:
        name = low.text(node.child_by_field_name("path")).strip('"<>') if node.type == "preproc_include" else ""
        if name.rpartition("/")[2] == f"{own}.h" and not path.endswith(".h"):
            out.append(p.Import(*low.span(node), name.removesuffix(".h"), 0, (("*", "*"),)))
    return out


def _declared_only(low: _File, done: set[str]) -> list[p.Statement]:
    """The classes that a file only declares."""
    out: list[p.Statement] = []
    for name, properties in low.properties.items():
        if name not in done and properties:
            start = properties[0].start
            bases = (p.Name(start, start, low.supers[name]),) if name in low.supers else ()
            out.append(p.Class(start, properties[-1].end, name, bases, (), tuple(properties)))
    return out


def _implementation(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    file = _file(low)
    start, end = low.span(node)
    name = next((low.text(child) for child in node.named_children if child.type == "identifier"), "")
    parts = [child for child in low.children(node) if child.type == "implementation_definition"]
    members = [inner for child in parts for inner in low.children(child)]
    methods = [child for child in members if child.type == "method_definition"]
    before = file.methods, file.getters, file.cls
    file.methods = frozenset(_keywords(low, child)[0] for child in methods)
    file.getters = frozenset(_keywords(low, child)[0] for child in methods if len(_parameters(child)) == 0)
    file.cls = name
    low.extents.append((start, start + 1))
    body: list[p.Statement] = list(file.properties.get(name, ()))
    for child in members:
        if child.type == "method_definition":
            body.append(_method(low, child))
        elif child.type in low.syntax.statements:
            low.statement(child, out)
    file.methods, file.getters, file.cls = before
    # What the header, or the class that a category adds to, says of it.
    base = file.supers.get(name, name)
    out.append(p.Class(start, end, name, (p.Name(start, start, base),), (), tuple(body)))


def _parameters(node: Node) -> list[Node]:
    return [child for child in node.named_children if child.type == "method_parameter"]


def _keywords(low: Lowering, node: Node) -> list[str]:
    return [low.text(child) for child in node.named_children if child.type == "identifier"] or [""]


def _method(low: Lowering, node: Node) -> p.Function:
    start, end = low.span(node)
    keywords = _keywords(low, node)
    block = next((child for child in node.named_children if child.type == "compound_statement"), None)
    low.head(node, block)
    makes = keywords[0].startswith("init") and not keywords[0][4:5].islower()
    parameters = [p.Parameter(start, start, _SELF, "plain", None, None)]
    first: list[p.Statement] = []
    for number, child in enumerate(_parameters(node)):
        where = low.span(child)
        names = [one for one in child.named_children if one.type == "identifier"]
        if not names:
            continue
        kind = _type(low, next((one for one in child.named_children if one.type == "method_type"), None), where[0])
        keyword = keywords[number] if number < len(keywords) else ""
        inner = low.name(names[-1])
        label = _label(keyword) if makes and not number else keyword if number else inner.id
        parameters.append(p.Parameter(*where, label or inner.id, "plain", None, kind))
        if label and label != inner.id:
            outer = p.Name(inner.start, inner.end, label)
            first.append(p.Assign(*where, (inner,), outer, p.Literal(where[0], where[0], None)))
    outer_breaks, low.breaks = low.breaks, []
    body = low.body(block)
    low.breaks = outer_breaks
    words = (p.Name(start, start, p.OF_CLASS),) if low.text(node).startswith("+") else ()
    return p.Function(start, end, p.CONSTRUCTOR if makes else keywords[0], tuple(parameters), (*first, *body), words)


def _label(keyword: str) -> str:
    """What Swift calls the first argument of `initWithName:`."""
    rest = re.sub(r"^init(?:With)?", "", keyword)
    return rest[:1].lower() + rest[1:] if rest[1:2].islower() or len(rest) < 2 else rest


def _type(low: Lowering, node: Node | None, at: int) -> p.Expression:
    found = next((one for one in walk(node) if one.type == "type_identifier"), None) if node is not None else None
    return low.name(found) if found is not None else p.Literal(at, at, None)


# Expressions ------------------------------------------------------------------------------------------------------------------


def _name(low: Lowering, node: Node) -> p.Expression:
    text = low.text(node)
    where = low.span(node)
    file = _file(low)
    if text in ("YES", "TRUE"):
        return p.Literal(*where, value=True)
    if text in ("NO", "FALSE"):
        return p.Literal(*where, value=False)
    if text in _NOTHING:
        return p.Literal(*where, None)
    if file.cls and text[:1] == "_" and text[1:2].isalpha():
        # The variable behind a property is the property, unless the class gives it out by a method of its own.
        part = text if text[1:] in file.getters else text[1:]
        return p.Attribute(*where, p.Name(where[0], where[0], _SELF), part)
    return f.name(low, node)


def _part(low: Lowering, node: Node) -> p.Expression:
    owner = node.child_by_field_name("argument")
    name = low.text(node.child_by_field_name("field"))
    where = low.span(node)
    if owner is not None and low.text(owner) == _SELF:
        file = _file(low)
        this = p.Name(*low.span(owner), _SELF)
        parent = node.parent
        set_here = (
            parent is not None and parent.type == "assignment_expression" and parent.child_by_field_name("left") == node
        )
        if name in file.getters:
            return (
                p.Attribute(*where, this, f"_{name}")
                if set_here
                else p.Call(*where, p.Attribute(*where, this, name), ())
            )
        return p.Attribute(*where, this, name[1:] if name[:1] == "_" and name[1:] not in file.getters else name)
    return p.Attribute(*where, low.expression(owner), name)


def _message(low: Lowering, node: Node) -> p.Expression:
    receiver = node.child_by_field_name("receiver")
    keywords, given = _given(low, node)
    where = low.span(node)
    if receiver is None or not keywords:
        return low.opaque(node)
    first = keywords[0]
    if first == "new" and not given:
        return p.Call(*where, low.expression(receiver), ())
    made = _allocated(low, receiver)
    if made is not None and first.startswith("init"):
        label = _label(first) or None
        return p.Call(*where, low.expression(made), tuple([(label if not at and label else name, value)
                                                          for at, (name, value) in enumerate(given)]))  # fmt: skip
    if first == "class" and not given and low.text(receiver) == _SELF:
        return p.Name(*where, _file(low).cls)
    owner = low.expression(receiver)
    if low.text(receiver) == "super":
        owner = p.Call(owner.start, owner.end, owner, ())
        first = p.CONSTRUCTOR if first.startswith("init") else first
    if len(given) == 1 and _SET.fullmatch(first) and first not in _file(low).methods:
        return p.Bind(*where, p.Attribute(*where, owner, _decapitalised(first[3:])), given[0][1])
    return p.Call(*where, p.Attribute(*where, owner, first), tuple(given))


def _decapitalised(name: str) -> str:
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _allocated(low: Lowering, node: Node) -> Node | None:
    """The class of which `[X alloc]` makes an object."""
    if node.type != "message_expression":
        return None
    methods = [low.text(child) for child in node.children_by_field_name("method")]
    return node.child_by_field_name("receiver") if methods == ["alloc"] else None


def _given(low: Lowering, node: Node) -> tuple[list[str], list[Argument]]:
    """The keywords of a message, and its arguments: the first by position, the others by their keywords."""
    keywords: list[str] = []
    given: list[Argument] = []
    pending: str | None = None
    for at, child in enumerate(node.children):
        role = node.field_name_for_child(at)
        if role == "method":
            pending = low.text(child) if keywords else None
            keywords.append(low.text(child))
        elif child.is_named and role != "receiver" and child.type not in low.syntax.comments:
            given.append((pending, low.expression(child)))
            pending = None
    return keywords, given


def _call(low: Lowering, node: Node) -> p.Expression:
    function, listed = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    given = [(None, low.expression(child)) for child in low.children(listed)] if listed is not None else []
    return p.Call(*low.span(node), low.expression(function), tuple(given))


def _pairs(low: Lowering, node: Node) -> p.Expression:
    entries: list[tuple[p.Expression | None, p.Expression]] = []
    for child in low.children(node):
        parts = low.children(child)
        if child.type == "dictionary_pair" and len(parts) == 2:
            entries.append((low.expression(parts[0]), low.expression(parts[1])))
    return p.Mapping(*low.span(node), tuple(entries))


def _joined(low: Lowering, node: Node) -> p.Expression:
    """Strings side by side, constants among them."""
    value: p.Expression | None = None
    for child in low.children(node):
        one = low.expression(child)
        value = one if value is None else p.Binary(value.start, one.end, "+", value, one)
    return value if value is not None else low.opaque(node)


def _pointer(low: Lowering, node: Node) -> p.Expression:
    return low.expression(node.child_by_field_name("argument"))


def _assignment(low: Lowering, node: Node) -> p.Expression:
    left, right = node.child_by_field_name("left"), low.expression(node.child_by_field_name("right"))
    where = low.span(node)
    if left is not None and low.text(left) == _SELF:
        return p.Opaque(*where, "the object itself", (right,))  # `self = [super init]`
    target = low.expression(left)
    sign = next((token for token in low.tokens(node) if token.endswith("=")), "=").removesuffix("=")
    return p.Bind(*where, target, right if not sign else f.operation(*where, sign, target, right))


def _block(low: Lowering, node: Node) -> p.Expression:
    start, end = low.span(node)
    parameters: list[p.Parameter] = []
    for child in low.children(node):
        if child.type == "parameter_list":
            parameters += _listed(low, child)
    body = [child for child in low.children(node) if child.type == "compound_statement"]
    outer, low.breaks = low.breaks, []
    statements = low.block(body)
    low.breaks = outer
    return p.Function(start, end, "", tuple(parameters), statements)


def _listed(low: Lowering, node: Node) -> list[p.Parameter]:
    out: list[p.Parameter] = []
    for child in low.children(node):
        if child.type == "parameter_declaration":
            name = _declarator(low, child.child_by_field_name("declarator"))
            if name is not None:
                kind = _type(low, child.child_by_field_name("type"), name.start)
                out.append(p.Parameter(*low.span(child), name.id, "plain", None, kind))
    return out


def _declarator(low: Lowering, node: Node | None) -> p.Name | None:
    """The name that a declarator declares."""
    for one in walk(node) if node is not None else ():
        if one.type in ("identifier", "field_identifier"):
            return low.name(one)
    return None


# Statements -----------------------------------------------------------------------------------------------------------------


def _declaration(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    where = low.span(node)
    low.extents.append(where)
    kind = _type(low, node.child_by_field_name("type"), where[0])
    outside = any(low.text(child) == "extern" for child in node.children)
    for child in node.children_by_field_name("declarator"):
        inner = child.child_by_field_name("declarator") if child.type == "init_declarator" else child
        name = _declarator(low, inner)
        if name is None or any(
            one.type == "function_declarator" for one in walk(child) if child.type != "init_declarator"
        ):
            continue
        value = child.child_by_field_name("value")
        if value is not None:
            out.append(p.Assign(*where, (name,), low.expression(value), kind))
        elif not outside and node.parent is not None and node.parent.type == "compound_statement":
            out.append(p.Assign(*where, (name,), low.nothing(node), kind))


def _define(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """`#define NAME value`: its value is an expression, or part of one."""
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    if name is None or value is None or not any(mark in low.text(value) for mark in '"['):
        return
    inner: Node | None = low.source.parse(grammar(), [low.span(value)]).root_node
    while inner is not None and inner.type in ("translation_unit", "ERROR", "expression_statement"):
        inner = inner.named_children[0] if inner.named_child_count == 1 else None
    if inner is not None and inner.type in low.syntax.expressions:
        where = low.span(node)
        low.extents.append(where)
        out.append(p.Assign(*where, (low.name(name),), low.expression(inner), p.Literal(where[0], where[0], None)))


def _function(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    start, end = low.span(node)
    declarator, block = node.child_by_field_name("declarator"), node.child_by_field_name("body")
    low.head(node, block)
    name = _declarator(low, declarator)
    lists = [one for one in walk(declarator) if one.type == "parameter_list"] if declarator is not None else []
    parameters = _listed(low, lists[0]) if lists else []
    outer, low.breaks = low.breaks, []
    body = low.body(block)
    low.breaks = outer
    if name is not None:
        out.append(p.Function(start, end, name.id, tuple(parameters), body))


def _for(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    where = low.span(node)
    children = low.children(node)
    block = node.child_by_field_name("body") or (children[-1] if children else None)
    low.head(node, block)
    if "in" in low.tokens(node):
        parts = [
            child for child in children if child != block and not child.type.endswith(("type_identifier", "_specifier"))
        ]
        if len(parts) > 1:
            target = _declarator(low, parts[0])
            over = low.expression(parts[-1])
            out.append(p.Loop(*where, target, over, low.loop(block), ()))
            return
    first = node.child_by_field_name("initializer")
    if first is not None:
        low.statement(first, out)
    out.append(p.Loop(*where, None, p.Opaque(*where, "it is decided at run time"), low.loop(block), ()))


def _try(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    body: tuple[p.Statement, ...] = ()
    handlers: list[tuple[p.Statement, ...]] = []
    final: tuple[p.Statement, ...] = ()
    for child in low.children(node):
        inner = [one for one in low.children(child) if one.type == "compound_statement"]
        if child.type == "catch_clause":
            handlers.append(low.block(inner))
        elif child.type == "finally_clause":
            final = low.block(inner)
        else:
            body = (*body, *low.body(child))
    out.append(p.Try(*low.span(node), body, tuple(handlers), (), final))


def _switch(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    block = node.child_by_field_name("body")
    low.head(node, block)
    subject = low.expression(node.child_by_field_name("condition"))
    ways: list[tuple[list[p.Expression] | None, list[Node]]] = []
    for case in low.children(block) if block is not None else ():
        if case.type == "case_statement":
            value = case.child_by_field_name("value")
            inner = [child for child in low.children(case) if child != value]
            ways.append((None if value is None else [low.expression(value)], inner))
    f.cases(low, node, subject, ways, out)


def _inside(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """What stands in a block, or between `#if` and `#endif`, without what is asked before it."""
    asked = [node.child_by_field_name(name) for name in ("condition", "name")]
    out.extend(low.block([child for child in low.children(node) if child not in asked]))


def _around(text: str) -> tuple[int, int]:
    return (2 if text.startswith("@") else 1), 1


_SKIPPED: Iterable[str] = (
    "preproc_include", "preproc_function_def", "preproc_call", "preproc_directive", "type_definition", "class_interface",
    "protocol_declaration", "class_declaration", "protocol_forward_declaration", "enum_specifier", "struct_specifier",
    "property_implementation", "compatibility_alias_declaration", "module_import", "linkage_specification",
)  # fmt: skip

SYNTAX = Syntax(
    expressions={
        "identifier": _name,
        "type_identifier": f.name,
        "field_identifier": f.name,
        "null": f.literal(None),
        "true": f.literal(True),
        "false": f.literal(False),
        "number_literal": f.number,
        "string_literal": string(_around),
        "concatenated_string": _joined,
        "char_literal": f.opaque("a character"),
        "array_literal": f.sequence(),
        "dictionary_literal": _pairs,
        "at_expression": f.inner(),
        "parenthesized_expression": f.inner(at=-1),
        "comma_expression": f.inner(at=-1),
        "cast_expression": f.inner("value"),
        "field_expression": _part,
        "subscript_expression": f.index("argument", "index"),
        "message_expression": _message,
        "call_expression": _call,
        "pointer_expression": _pointer,
        "assignment_expression": _assignment,
        "binary_expression": f.binary(),
        "unary_expression": f.unary(),
        "update_expression": f.opaque("it is counted at run time"),
        "conditional_expression": f.choice(),
        "block_literal": _block,
        "selector_expression": f.opaque("the name of a method"),
        "sizeof_expression": f.opaque("a number"),
    },
    statements={
        **dict.fromkeys(_SKIPPED, f.skip),
        "class_implementation": _implementation,
        "category_implementation": _implementation,
        "function_definition": _function,
        "declaration": _declaration,
        "preproc_def": _define,
        "preproc_if": _inside,
        "preproc_ifdef": _inside,
        "preproc_else": _inside,
        "preproc_elif": _inside,
        "compound_statement": f.inline,
        "synchronized_statement": f.inline,
        "autoreleasepool_statement": f.inline,
        "expression_statement": f.evaluate,
        "if_statement": f.branch(),
        "else_clause": f.inline,
        "for_statement": _for,
        "while_statement": f.repeat(),
        "do_statement": f.repeat(),
        "switch_statement": _switch,
        "try_statement": _try,
        "return_statement": f.returned,
        "throw_statement": f.raised,
        "break_statement": f.broken,
        "continue_statement": f.continued,
        "labeled_statement": f.inline,
    },
    hoisted=frozenset(("function_definition",)),
    transparent=frozenset(("translation_unit", "ERROR")),
)
