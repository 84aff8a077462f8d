"""Ruby: its table of kinds of nodes, and what is special about it.

A name that nothing around it binds is a call without arguments. Variables of an object keep their `@`, so that they are not
taken for its methods. A block is the argument `&`. A constant of a module that the file does not define is one name
(`Koala::Facebook::API`); what a file defines in its modules is bound under such names too.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from permlint import program as p
from permlint.frontends import forms as f
from permlint.frontends.strings import Pieces, backslash, string
from permlint.frontends.syntax import Argument, Lowering, Source, Syntax, decode, walk

if TYPE_CHECKING:
    from tree_sitter import Language, Node

LANGUAGE = "ruby"
_SELF = "self"
_BLOCK = "&"
_SENDS = frozenset(("send", "public_send", "__send__"))
_SCOPES = frozenset(("method", "singleton_method", "class", "module", "singleton_class"))
_READERS = frozenset(("attr_reader", "attr_accessor"))
_NUMBERED = ("_1", "_2", "it")
_MAX_NESTED = 12


@dataclass
class _File(Lowering):
    """What is known of the place at hand.

    own: the constants that the file defines. variables: the local names of the method at hand; outer: those that
    it binds outside of its blocks; done: those that are bound so far. blocks: how many blocks are around. cls, method: what
    they are called. heredocs: the bodies of strings, by where they are announced.
    """

    own: frozenset[str] = frozenset()
    variables: frozenset[str] = frozenset()
    outer: frozenset[str] = frozenset()
    blocks: int = 0
    cls: str = ""
    method: str = ""
    done: set[str] = field(default_factory=set)
    heredocs: dict[int, Node] = field(default_factory=dict)


def lower(path: str, data: bytes) -> p.Program:
    """The program in a Ruby file. Raises Unreadable for binary files."""
    low = _File(Source(decode(data)), SYNTAX)
    tree = low.source.parse(grammar())
    root = tree.root_node
    begins = [node for node in walk(root) if node.type == "heredoc_beginning"]
    bodies = [node for node in walk(root) if node.type == "heredoc_body"]
    low.heredocs = {node.start_byte: body for node, body in zip(begins, bodies, strict=False)}
    low.own = frozenset(_defined(low, root))
    low.variables = low.outer = frozenset(_bound(low, root))
    body = low.root(tree)
    return low.program(path, LANGUAGE, (*body, *_qualified(body, "")))


@functools.cache
def grammar() -> Language:
    """The grammar."""
    import tree_sitter_ruby
    from tree_sitter import Language

    return Language(tree_sitter_ruby.language())


def _file(low: Lowering) -> _File:
    return cast("_File", low)


def _qualified(body: Iterable[p.Statement], prefix: str) -> Iterator[p.Statement]:
    """Binds what the modules of a file hold under its whole name."""
    for one in body:
        name = one.name if isinstance(one, p.Class) else ""
        if isinstance(one, p.Assign) and isinstance(one.targets[0], p.Name) and one.targets[0].id[:1].isupper():
            name = one.targets[0].id
        if not name:
            continue
        if prefix:
            whole: p.Expression | None = None
            for part in [*prefix.split("::"), name]:
                whole = p.Name(0, 0, part) if whole is None else p.Attribute(0, 0, whole, part)
            assert whole is not None
            yield p.Assign(0, 0, (p.Name(0, 0, f"{prefix}::{name}"),), whole, p.Literal(0, 0, None))
        if isinstance(one, p.Class):
            yield from _qualified(one.body, f"{prefix}::{name}" if prefix else name)


def _defined(low: Lowering, root: Node) -> Iterator[str]:
    """The constants that a file defines, by their whole names and as they are called from the modules around them."""
    stack: list[tuple[Node, list[str]]] = [(root, [])]
    while stack:
        node, outer = stack.pop()
        name = node.child_by_field_name("left" if node.type == "assignment" else "name")
        inner = outer
        if node.type in ("class", "module") or (
            node.type == "assignment" and name is not None and name.type == "constant"
        ):
            inner = [*outer, *low.text(name).split("::")]
            yield from ["::".join(inner[at:]) for at in range(len(inner))]
        if node.type not in ("method", "singleton_method", "assignment") and len(inner) < _MAX_NESTED:
            stack.extend([(child, inner) for child in node.named_children])


def _bound(low: Lowering, root: Node, *, inside: bool = True) -> Iterator[str]:
    """The local names that are bound in a method, or at the top of a file. inside: in its blocks too."""
    stack = list(root.children)
    while stack:
        node = stack.pop()
        if node.type in _SCOPES or (not inside and node.type in ("block", "do_block", "lambda")):
            continue
        if node.type in ("assignment", "operator_assignment"):
            left = node.child_by_field_name("left")
            targets = left.named_children if left is not None and left.type == "left_assignment_list" else [left]
            yield from [
                low.text(one) for one in targets if one is not None and one.type in ("identifier", "rest_assignment")
            ]
        elif node.type in ("block_parameters", "lambda_parameters", "method_parameters", "exception_variable", "for"):
            yield from [low.text(one) for one in walk(node) if one.type == "identifier"]
        stack.extend(node.children)


# Names and calls --------------------------------------------------------------------------------------------------------------


def _identifier(low: Lowering, node: Node) -> p.Expression:
    name = low.text(node)
    if name in _file(low).variables or name in _NUMBERED:
        return f.name(low, node)
    return _called(low, node, name, ())


def _called(low: Lowering, node: Node, name: str, given: tuple[Argument, ...]) -> p.Expression:
    """A call of a method of the object at hand, or of one that needs no object."""
    where = low.span(node)
    if name == "new" and _file(low).cls:
        return p.Call(*where, p.Name(where[0], where[0], _SELF), given)
    if name == "block_given?":
        return p.Opaque(*where, "it is decided at run time")
    if name in ("proc", "lambda") and given:
        return given[0][1]
    return p.Call(*where, p.Name(*where, name), given)


def _instance_variable(low: Lowering, node: Node) -> p.Expression:
    start, end = low.span(node)
    return p.Attribute(start, end, p.Name(start, start, _SELF), low.text(node))


def _class_variable(low: Lowering, node: Node) -> p.Expression:
    start, end = low.span(node)
    cls = _file(low).cls
    return (
        p.Attribute(start, end, p.Name(start, start, cls), low.text(node))
        if cls
        else p.Name(start, end, low.text(node))
    )


def _scope(low: Lowering, node: Node) -> p.Expression:
    text = low.text(node).removeprefix("::")
    outer, name = node.child_by_field_name("scope"), low.text(node.child_by_field_name("name"))
    if outer is None:
        return p.Name(*low.span(node), text)
    plain = all(one.type in ("constant", "scope_resolution") for one in walk(node) if one.is_named)
    if not plain or text in _file(low).own:
        return p.Attribute(*low.span(node), low.expression(outer), name)
    return p.Name(*low.span(node), text)


def _call(low: Lowering, node: Node) -> p.Expression:
    receiver, method = node.child_by_field_name("receiver"), node.child_by_field_name("method")
    given = (*_arguments(low, node.child_by_field_name("arguments")), *_block_of(low, node))
    where = low.span(node)
    name = low.text(method)
    if method is not None and method.type == "super":
        return _super_call(low, node, given)
    if receiver is None:
        return _called(low, node, name, given)
    if receiver.type == _SELF and name == "class" and _file(low).cls:
        return p.Name(*where, _file(low).cls)
    owner = low.expression(receiver)
    if name == "new":
        return p.Call(*where, owner, given)
    if name in ("call", "()", "") or (method is None and given):
        return p.Call(*where, owner, given)
    if name in _SENDS and given and (sent := _plain(given[0][1])):
        return p.Call(*where, p.Attribute(*where, owner, sent), given[1:])
    return p.Call(
        *where, p.Attribute(where[0], low.span(method)[1] if method is not None else where[1], owner, name), given
    )


def _plain(node: p.Expression) -> str:
    one = node.parts[0] if isinstance(node, p.String) and len(node.parts) == 1 else None
    return one.value if isinstance(one, p.Text) else ""


def _arguments(low: Lowering, node: Node | None) -> list[Argument]:
    out: list[Argument] = []
    for child in low.children(node) if node is not None else ():
        if child.type == "pair":
            key, value = child.child_by_field_name("key"), _pair_value(low, child)
            made = _key(low, key)
            if name := _plain(made):
                out.append((name, value))
        elif child.type == "splat_argument":
            out.append(("*", f.inner()(low, child)))
        elif child.type == "hash_splat_argument":
            out.append(("**", f.inner()(low, child)))
        elif child.type == "block_argument":
            out.append((_BLOCK, _handed(low, child)))
        else:
            out.append((None, low.expression(child)))
    return out


def _handed(low: Lowering, node: Node) -> p.Expression:
    """`&:name`: a function that calls that method; `&block`."""
    inner = low.children(node)
    start, end = low.span(node)
    if not inner:
        return p.Name(start, end, _BLOCK)
    if inner[0].type != "simple_symbol":
        return low.expression(inner[0])
    value = p.Attribute(start, end, p.Name(start, start, "_1"), low.text(inner[0])[1:])
    parameter = p.Parameter(start, start, "_1", "plain", None, None)
    return p.Function(start, end, "", (parameter,), (p.Return(start, end, p.Call(start, end, value, ())),))


def _block_of(low: Lowering, node: Node) -> list[Argument]:
    block = node.child_by_field_name("block")
    return [(_BLOCK, _closure(low, block))] if block is not None else []


def _closure(low: Lowering, node: Node) -> p.Function:
    start, end = low.span(node)
    file = _file(low)
    parameters, first = _parameters(low, node.child_by_field_name("parameters"))
    body = node.child_by_field_name("body")
    if not parameters and body is not None:
        used = {low.text(one) for one in walk(body) if one.type == "identifier"}
        names = [name for name in _NUMBERED if name in used and name not in file.variables]
        parameters = [p.Parameter(start, start, name, "plain", None, None) for name in names]
    file.blocks += 1
    try:
        statements = _body(low, body)
    finally:
        file.blocks -= 1
    return p.Function(start, end, "", tuple(parameters), (*first, *statements))


def _lambda(low: Lowering, node: Node) -> p.Expression:
    """`->(a) { b }`: the parameters stand beside the block."""
    parameters, first = _parameters(low, node.child_by_field_name("parameters"))
    body = node.child_by_field_name("body")
    made = _closure(low, body) if body is not None else p.Function(*low.span(node), "", (), ())
    return p.Function(*low.span(node), "", (*parameters, *made.parameters), (*first, *made.body))


def _super(low: Lowering, node: Node) -> p.Expression:
    return _super_call(low, node, ())


def _super_call(low: Lowering, node: Node, given: tuple[Argument, ...]) -> p.Expression:
    start, end = low.span(node)
    outer = p.Call(start, end, p.Name(start, start, "super"), ())
    return p.Call(start, end, p.Attribute(start, end, outer, _file(low).method or p.CONSTRUCTOR), given)


def _yield(low: Lowering, node: Node) -> p.Expression:
    start, end = low.span(node)
    listed = next((child for child in low.children(node) if child.type == "argument_list"), None)
    return p.Call(start, end, p.Name(start, start, _BLOCK), tuple(_arguments(low, listed)))


def _element(low: Lowering, node: Node) -> p.Expression:
    owner = node.child_by_field_name("object")
    keys = [child for child in low.children(node) if child != owner]
    key: p.Expression = low.nothing(node)
    if keys and keys[0].type == "range":
        bounds = [keys[0].child_by_field_name(name) for name in ("begin", "end")]
        lower_, upper = [low.expression(bound) if bound is not None else None for bound in bounds]
        key = p.Slice(*low.span(keys[0]), lower_, upper, None)
    elif keys:
        key = low.expression(keys[0])
    return p.Index(*low.span(node), low.expression(owner), key)


def _binary(low: Lowering, node: Node) -> p.Expression:
    made = f.binary()(low, node)
    if isinstance(made, p.Binary) and made.operator == "<<":
        where = (made.start, made.end)
        return p.Call(*where, p.Attribute(*where, made.left, "<<"), ((None, made.right),))
    return made


# Strings and collections --------------------------------------------------------------------------------------------------------


def _around(text: str) -> tuple[int, int]:
    if text.startswith("%"):
        return (2 if not text[1:2].isalpha() else 3), 1
    return (2, 1) if text.startswith((':"', ":'")) else (1, 1)


def _interpolated(low: Lowering, node: Node) -> p.Expression:
    inner = low.children(node)
    return low.expression(inner[-1]) if inner else low.nothing(node)


_HOLES = {"interpolation": _interpolated}


def _heredoc(low: Lowering, node: Node) -> p.Expression:
    body = _file(low).heredocs.get(node.start_byte)
    start, end = low.span(node)
    if body is None:
        return p.Opaque(start, end, "it is written elsewhere")
    parts = [child for child in body.named_children if child.type != "heredoc_end"]
    if not parts:
        return p.String(start, end, (p.Text(start, start, ""),))
    # The line that announces it ends before it begins.
    first = low.span(parts[0])[0]
    first += len(low.source.text[first : first + 2]) - len(low.source.text[first : first + 2].lstrip("\r\n"))
    made = Pieces(low.source, first)
    for child in parts:
        where = low.span(child)
        if child.type == "interpolation":
            made.literal(where[0])
            made.hole(_interpolated(low, child), where[1])
        elif child.type == "escape_sequence":
            made.literal(where[0])
            made.escape(*where, backslash(low.source.hidden[slice(*where)]))
        else:
            made.literal(where[1])
    return p.String(start, end, made.parts())


def _chained(low: Lowering, node: Node) -> p.Expression:
    parts = [low.expression(child) for child in low.children(node)]
    value = parts[0] if parts else low.nothing(node)
    for one in parts[1:]:
        value = p.Binary(value.start, one.end, "+", value, one)
    return value


def _key(low: Lowering, node: Node | None) -> p.Expression:
    if node is None:
        return p.Opaque(0, 0, "it is left out")
    return low.quoted(node) if node.type == "hash_key_symbol" else low.expression(node)


def _pair_value(low: Lowering, node: Node) -> p.Expression:
    key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
    if value is not None:
        return low.expression(value)
    return _called(low, key, low.text(key), ()) if key is not None else low.nothing(node)


def _hash(low: Lowering, node: Node) -> p.Expression:
    entries: list[tuple[p.Expression | None, p.Expression]] = []
    for child in low.children(node):
        if child.type == "pair":
            entries.append((_key(low, child.child_by_field_name("key")), _pair_value(low, child)))
        elif child.type == "hash_splat_argument":
            entries.append((None, f.inner()(low, child)))
    return p.Mapping(*low.span(node), tuple(entries))


# Choices that are values -------------------------------------------------------------------------------------------------------


def _value_of(low: Lowering, node: Node | None) -> p.Expression:
    """What a block of statements gives: its last one."""
    inner = (
        [child for child in low.children(node) if child.type not in ("rescue", "ensure")] if node is not None else []
    )
    if node is None or not inner:
        return p.Literal(0, 0, None)
    return low.expression(inner[-1])


def _if_value(low: Lowering, node: Node) -> p.Expression:
    test = low.expression(node.child_by_field_name("condition"))
    yes, no = _value_of(low, node.child_by_field_name("consequence")), node.child_by_field_name("alternative")
    other = _if_value(low, no) if no is not None and no.type == "elsif" else _value_of(low, no)
    if node.type == "unless":
        test = p.Not(test.start, test.end, test)
    return p.Choice(*low.span(node), test, yes, other)


def _modified_value(low: Lowering, node: Node) -> p.Expression:
    test = low.expression(node.child_by_field_name("condition"))
    if node.type.startswith("unless"):
        test = p.Not(test.start, test.end, test)
    body = low.expression(node.child_by_field_name("body"))
    return p.Choice(*low.span(node), test, body, low.nothing(node))


def _rescued_value(low: Lowering, node: Node) -> p.Expression:
    return low.expression(node.child_by_field_name("body"))


def _case_value(low: Lowering, node: Node) -> p.Expression:
    subject = low.expression(node.child_by_field_name("value"))
    ways: list[tuple[list[p.Expression] | None, p.Expression]] = []
    for one in low.children(node):
        if one.type == "when":
            ways.append((_patterns(low, one), _value_of(low, one.child_by_field_name("body"))))
        elif one.type == "else":
            ways.append((None, _value_of(low, one)))
    return f.chosen(low, node, subject, ways)


def _patterns(low: Lowering, node: Node) -> list[p.Expression]:
    return [f.inner()(low, one) for one in node.children_by_field_name("pattern")]


# Assignments --------------------------------------------------------------------------------------------------------------------


def _target(low: Lowering, node: Node) -> p.Expression:
    if node.type == "identifier":
        return f.name(low, node)
    if node.type == "call":
        receiver, method = node.child_by_field_name("receiver"), node.child_by_field_name("method")
        own = receiver is not None and receiver.type == _SELF
        return p.Attribute(*low.span(node), low.expression(receiver), ("@" if own else "") + low.text(method))
    if node.type in ("left_assignment_list", "destructured_left_assignment"):
        return p.Sequence(*low.span(node), "tuple", tuple([_target(low, child) for child in low.children(node)]))
    if node.type == "rest_assignment":
        return p.Spread(*low.span(node), f.inner()(low, node))
    return low.expression(node)


def _assignment(low: Lowering, node: Node) -> p.Expression:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    where = low.span(node)
    value = low.expression(right)
    if right is not None and right.type == "right_assignment_list":
        value = p.Sequence(*low.span(right), "tuple", tuple([low.expression(child) for child in low.children(right)]))
    return p.Bind(*where, _target(low, left) if left is not None else low.opaque(node), value)


def _operator_assignment(low: Lowering, node: Node) -> p.Expression:
    left = node.child_by_field_name("left")
    where = low.span(node)
    if left is None:
        return low.opaque(node)
    sign = next((token for token in low.tokens(node) if token.endswith("=")), "=").removesuffix("=")
    target, value = _target(low, left), low.expression(node.child_by_field_name("right"))
    # A name may not be bound yet.
    before = low.expression(left) if left.type == "call" else target
    return p.Bind(*where, target, f.operation(*where, sign, before, value))


def _assign_statement(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    where = low.span(node)
    low.extents.append(where)
    value = low.expression(node)
    if not isinstance(value, p.Bind):
        out.append(p.Do(*where, value))
        return
    file = _file(low)
    name = value.target.id if isinstance(value.target, p.Name) else ""
    # A block binds what is bound around it.
    here = not file.blocks or name not in file.outer
    declares = p.Literal(where[0], where[0], None) if here and isinstance(value.target, (p.Name, p.Sequence)) else None
    if node.type == "operator_assignment" and name and here:
        if name not in file.done:
            nothing = p.Literal(where[0], where[0], None)
            out.append(p.Assign(where[0], where[0], (value.target,), nothing, declares))
    file.done.add(name)
    out.append(p.Assign(*where, (value.target,), value.value, declares))


# Definitions --------------------------------------------------------------------------------------------------------------------


def _parameters(low: Lowering, node: Node | None) -> tuple[list[p.Parameter], list[p.Statement]]:
    out: list[p.Parameter] = []
    first: list[p.Statement] = []
    for child in low.children(node) if node is not None else ():
        where = low.span(child)
        name = low.text(child.child_by_field_name("name")) or low.text(child)
        value = child.child_by_field_name("value")
        default = low.expression(value) if value is not None else None
        if child.type == "block_parameter":
            outer = p.Name(where[0], where[0], _BLOCK)
            first.append(p.Assign(*where, (p.Name(*where, name),), outer, p.Literal(where[0], where[0], None)))
        elif child.type in ("splat_parameter", "hash_splat_parameter"):
            kind = "rest" if child.type == "splat_parameter" else "named rest"
            out.append(p.Parameter(*where, name.lstrip("*"), kind, None, None))
        elif child.type == "keyword_parameter":
            out.append(p.Parameter(*where, name, "keyword", default, None))
        elif child.type in ("identifier", "optional_parameter"):
            out.append(p.Parameter(*where, name, "plain", default, None))
        elif child.type == "destructured_parameter":
            hidden = p.Name(where[0], where[0], f"<{where[0]}>")
            out.append(p.Parameter(*where, hidden.id, "plain", None, None))
            targets = p.Sequence(*where, "tuple", tuple([low.name(one) for one in low.children(child)]))
            first.append(p.Assign(*where, (targets,), hidden, p.Literal(where[0], where[0], None)))
    return out, first


def _method(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    _made_method(low, node, out, of_class=node.type == "singleton_method")


def _made_method(low: Lowering, node: Node, out: list[p.Statement], *, of_class: bool) -> None:
    start, end = low.span(node)
    file = _file(low)
    name = low.text(node.child_by_field_name("name"))
    name = p.CONSTRUCTOR if name == "initialize" and not of_class else name
    body = node.child_by_field_name("body")
    low.head(node, body)
    before = file.variables, file.outer, file.blocks, file.method, file.done
    file.variables = frozenset(_bound(low, node))
    file.outer = frozenset(_bound(low, node, inside=False))
    file.blocks, file.method = 0, name
    parameters, first = _parameters(low, node.child_by_field_name("parameters"))
    file.done = {one.name for one in parameters}
    outer, low.breaks = low.breaks, []
    statements = _body(low, body) if name != p.CONSTRUCTOR else low.body(body)
    low.breaks = outer
    file.variables, file.outer, file.blocks, file.method, file.done = before
    receiver = [p.Parameter(start, start, _SELF, "plain", None, None)] if file.cls else []
    block = p.Parameter(end, end, _BLOCK, "keyword", p.Literal(end, end, None), None)
    words = (p.Name(start, start, p.OF_CLASS),) if of_class and file.cls else ()
    out.append(p.Function(start, end, name, (*receiver, *parameters, block), (*first, *statements), words))


def _body(low: Lowering, node: Node | None) -> tuple[p.Statement, ...]:
    """The statements of a method or block; the value of the last one is returned."""
    if node is None:
        return ()
    block = node.type in ("body_statement", "block_body", "then", "do", "begin_block", "else", "block", "program")
    children = (
        [child for child in low.children(node) if child.type not in ("heredoc_body", "empty_statement")]
        if block
        else [node]
    )
    if any(child.type in ("rescue", "ensure") for child in children):
        return _returned(low.body(node) if not block else tuple(_rescued(low, node)))
    if not children:
        return ()
    last = children[-1]
    if last.type in low.syntax.statements or last.type in low.syntax.transparent:
        return _returned(low.block(children))
    where = low.span(last)
    low.extents.append(where)
    return (*low.block(children[:-1]), p.Return(*where, low.expression(last)))


def _returned(statements: tuple[p.Statement, ...]) -> tuple[p.Statement, ...]:
    if not statements:
        return ()
    *before, last = statements
    if isinstance(last, p.Do):
        return (*before, p.Return(last.start, last.end, last.value))
    if isinstance(last, p.Assign) and len(last.targets) == 1 and not isinstance(last.targets[0], p.Sequence):
        return (*before, last, p.Return(last.start, last.end, last.targets[0]))
    if isinstance(last, p.Branch):
        ways = tuple([(test, _returned(body)) for test, body in last.ways])
        return (*before, p.Branch(last.start, last.end, ways, _returned(last.otherwise)))
    if isinstance(last, p.Try):
        handlers = tuple([_returned(body) for body in last.handlers])
        return (*before, p.Try(last.start, last.end, _returned(last.body), handlers, last.otherwise, last.finally_))
    return statements


def _class(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    start, end = low.span(node)
    file = _file(low)
    whole = low.text(node.child_by_field_name("name"))
    *outer, name = whole.split("::")
    body = node.child_by_field_name("body")
    low.head(node, body)
    bases: list[p.Expression] = []
    above = node.child_by_field_name("superclass")
    if above is not None:
        bases.append(f.inner()(low, above))
    before = file.cls, file.variables, file.outer
    file.cls = name
    file.variables = file.outer = frozenset(_bound(low, body)) if body is not None else frozenset()
    statements: list[p.Statement] = []
    children = low.children(body) if body is not None else []
    shared = any(low.text(child) in ("module_function", "extend self") for child in children)
    for child in children:
        _member(low, child, statements, bases, of_class=shared)
    file.cls, file.variables, file.outer = before
    made: p.Class = p.Class(start, end, name, tuple(bases), (), tuple(statements))
    for part in reversed(outer):
        made = p.Class(start, end, part, (), (), (made,))
    out.append(made)


def _member(low: Lowering, node: Node, out: list[p.Statement], bases: list[p.Expression], *, of_class: bool) -> None:
    where = low.span(node)
    if node.type == "singleton_class":
        body = node.child_by_field_name("body")
        for child in low.children(body) if body is not None else ():
            _member(low, child, out, bases, of_class=True)
        return
    if node.type == "method":
        _made_method(low, node, out, of_class=of_class)
        return
    name = low.text(node.child_by_field_name("method")) if node.type == "call" else ""
    if name and node.child_by_field_name("receiver") is None:
        given = _arguments(low, node.child_by_field_name("arguments"))
        plain = [value for label, value in given if label is None]
        if name in ("include", "extend", "prepend"):
            bases += [value for value in plain if isinstance(value, (p.Name, p.Attribute))]
            return
        if name in _READERS:
            out += [_reader(low, node, _plain(value)) for value in plain]
            return
        # `base_uri "..."` and `option :scope, "..."` declare something of the class.
        declared = name if len(plain) == 1 and len(given) == 1 else _plain(plain[0]) if len(plain) == 2 else ""
        symbol = low.source.text[plain[-1].start : plain[-1].start + 1] == ":" if plain else False
        if declared and not symbol and isinstance(plain[-1], (p.String, p.Mapping, p.Sequence)):
            out.append(
                p.Assign(
                    *where, (p.Name(where[0], where[0], declared),), plain[-1], p.Literal(where[0], where[0], None)
                )
            )
    low.statement(node, out)


def _reader(low: Lowering, node: Node, name: str) -> p.Function:
    start, end = low.span(node)
    value = p.Attribute(start, end, p.Name(start, start, _SELF), f"@{name}")
    parameter = p.Parameter(start, start, _SELF, "plain", None, None)
    return p.Function(start, end, name, (parameter,), (p.Return(start, end, value),))


# Statements -----------------------------------------------------------------------------------------------------------------


def _if(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    taken, other = node.child_by_field_name("consequence"), node.child_by_field_name("alternative")
    low.head(node, taken)
    test = low.expression(node.child_by_field_name("condition"))
    if node.type == "unless":
        test = p.Not(test.start, test.end, test)
    otherwise: list[p.Statement] = []
    if other is not None and other.type == "elsif":
        _if(low, other, otherwise)
    elif other is not None:
        otherwise += low.block(other.named_children)
    out.append(p.Branch(*low.span(node), ((test, _inner(low, taken)),), tuple(otherwise)))


def _inner(low: Lowering, node: Node | None) -> tuple[p.Statement, ...]:
    return low.block(node.named_children) if node is not None else ()


def _modifier(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    test = low.expression(node.child_by_field_name("condition"))
    if node.type.startswith("unless"):
        test = p.Not(test.start, test.end, test)
    body = low.body(node.child_by_field_name("body"))
    out.append(p.Branch(*low.span(node), ((test, body),), ()))


def _loop(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    test = low.expression(node.child_by_field_name("condition"))
    body = node.child_by_field_name("body")
    low.head(node, body)
    unknown = p.Opaque(test.start, test.end, "it is decided at run time", (test,))
    low.breaks.append(True)
    statements = low.body(body) if node.type.endswith("_modifier") else _inner(low, body)
    low.breaks.pop()
    out.append(p.Loop(*low.span(node), None, unknown, statements, ()))


def _for(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    pattern, over = node.child_by_field_name("pattern"), node.child_by_field_name("value")
    body = node.child_by_field_name("body")
    low.head(node, body)
    low.breaks.append(True)
    statements = _inner(low, body)
    low.breaks.pop()
    target = _target(low, pattern) if pattern is not None else None
    out.append(
        p.Loop(*low.span(node), target, f.inner()(low, over) if over is not None else low.nothing(node), statements, ())
    )


def _case(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    subject = low.expression(node.child_by_field_name("value"))
    low.extents.append((low.span(node)[0], max(low.span(node)[0] + 1, subject.end)))
    tests: list[tuple[p.Expression, tuple[p.Statement, ...]]] = []
    otherwise: tuple[p.Statement, ...] = ()
    for one in low.children(node):
        if one.type == "when":
            patterns = _patterns(low, one)
            if patterns:
                tests.append((f.any_equal(subject, patterns), _inner(low, one.child_by_field_name("body"))))
        elif one.type == "else":
            otherwise = _inner(low, one)
    out.append(p.Branch(*low.span(node), tuple(tests), otherwise))


def _rescued(low: Lowering, node: Node) -> list[p.Statement]:
    """A block with clauses that handle its failures."""
    children = low.children(node)
    body = low.block([child for child in children if child.type not in ("rescue", "ensure", "else")])
    handlers = [_inner(low, child.child_by_field_name("body")) for child in children if child.type == "rescue"]
    final = [one for child in children if child.type == "ensure" for one in low.block(child.named_children)]
    other = [one for child in children if child.type == "else" for one in low.block(child.named_children)]
    if not handlers and not final:
        return [*body, *other]
    return [p.Try(*low.span(node), body, tuple(handlers), tuple(other), tuple(final))]


def _begin(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    out.extend(_rescued(low, node))


def _rescue_modifier(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    body, handler = low.body(node.child_by_field_name("body")), low.body(node.child_by_field_name("handler"))
    out.append(p.Try(*low.span(node), body, (handler,), (), ()))


def _return(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    where = low.span(node)
    low.extents.append(where)
    values = [value for child in low.children(node) for _, value in _arguments(low, child)]
    if node.type in ("break", "next") and low.breaks and not _file(low).blocks:
        out.append(p.Leave(*where, "break" if node.type == "break" else "continue", None))
        return
    value = values[0] if len(values) == 1 else p.Sequence(*where, "list", tuple(values)) if values else None
    out.append(p.Return(*where, value))


_STRING = string(_around, holes=_HOLES)

SYNTAX = Syntax(
    expressions={
        "identifier": _identifier,
        "constant": f.name,
        "self": f.name,
        "super": _super,
        "instance_variable": _instance_variable,
        "class_variable": _class_variable,
        "global_variable": f.name,
        "scope_resolution": _scope,
        "nil": f.literal(None),
        "true": f.literal(True),
        "false": f.literal(False),
        "integer": f.number,
        "float": f.number,
        "string": _STRING,
        "bare_string": string(0, holes=_HOLES),
        "bare_symbol": string(0, holes=_HOLES),
        "simple_symbol": string(lambda _: (1, 0)),
        "delimited_symbol": _STRING,
        "hash_key_symbol": lambda low, node: low.quoted(node),
        "chained_string": _chained,
        "heredoc_beginning": _heredoc,
        "subshell": f.opaque("it is what a command prints"),
        "regex": f.opaque("a pattern"),
        "array": f.sequence(spread=("splat_argument",)),
        "string_array": f.sequence(),
        "symbol_array": f.sequence(),
        "hash": _hash,
        "call": _call,
        "element_reference": _element,
        "yield": _yield,
        "assignment": _assignment,
        "operator_assignment": _operator_assignment,
        "binary": _binary,
        "unary": f.unary("operand"),
        "conditional": f.choice(),
        "range": f.opaque("it is a range"),
        "parenthesized_statements": f.inner(at=-1),
        "block": _closure,
        "do_block": _closure,
        "lambda": _lambda,
        "if": _if_value,
        "unless": _if_value,
        "if_modifier": _modified_value,
        "unless_modifier": _modified_value,
        "rescue_modifier": _rescued_value,
        "case": _case_value,
        "begin": _value_of,
        "then": _value_of,
        "splat_argument": f.inner(),
    },
    statements={
        "heredoc_body": f.skip,
        "empty_statement": f.skip,
        "uninterpreted": f.skip,
        "alias": f.skip,
        "undef": f.skip,
        "method": _method,
        "singleton_method": _method,
        "class": _class,
        "module": _class,
        "body_statement": f.inline,
        "block_body": f.inline,
        "then": f.inline,
        "do": f.inline,
        "else": f.inline,
        "parenthesized_statements": f.inline,
        "assignment": _assign_statement,
        "operator_assignment": _assign_statement,
        "if": _if,
        "unless": _if,
        "if_modifier": _modifier,
        "unless_modifier": _modifier,
        "while": _loop,
        "until": _loop,
        "while_modifier": _loop,
        "until_modifier": _loop,
        "for": _for,
        "case": _case,
        "begin": _begin,
        "rescue_modifier": _rescue_modifier,
        "return": _return,
        "break": _return,
        "next": _return,
    },
)
