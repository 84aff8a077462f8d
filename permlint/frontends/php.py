"""PHP: its table of kinds of nodes, and what is special about it.

Variables keep their `$`, so that they are told from constants, functions and classes. Classes are called by their qualified
names, functions and constants by the last part of theirs, since an unqualified one may be everybody's.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends import forms as f
from permlint.frontends.php_classes import class_statement, clause, closure, constants, function
from permlint.frontends.php_context import METHODS, Php, class_of, last, php_of
from permlint.frontends.php_strings import content, heredoc, interpolated, joined, string_of
from permlint.frontends.strings import string
from permlint.frontends.syntax import Argument, Lowering, Source, Syntax, decode, walk

if TYPE_CHECKING:
    from tree_sitter import Language, Node, Tree

LANGUAGE = "php"
_TEXTS = {"PHP_EOL": "\n", "DIRECTORY_SEPARATOR": "/"}
_INCLUDES = frozenset(
    ("include_expression", "include_once_expression", "require_expression", "require_once_expression")
)
_CALLS = frozenset(("function_call_expression", "member_call_expression", "scoped_call_expression",
                    "nullsafe_member_call_expression", "object_creation_expression", "variable_name",
                    *_INCLUDES))  # fmt: skip


def lower(path: str, data: bytes) -> p.Program:
    """The program in a PHP file. Raises Unreadable for binary files."""
    source = Source(decode(data))
    low = Php(source, SYNTAX)
    tree = source.parse(grammar())
    body = low.root(tree)
    page = [(start, end) for start, end in _page(low, tree) if not source.text[start:end].isspace()]
    # To the grammar, text right behind a closing tag may look like a comment.
    low.comments = [each for each in low.comments if not any(start <= each[0] < end for start, end in page)]
    if page:
        from permlint.frontends import html

        inner = html.lower_stretches(source, page, low)
        body = (*body, p.Embedded(page[0][0], page[-1][1], html.LANGUAGE, inner)) if inner else body
    return low.program(path, LANGUAGE, body)


def _page(low: Lowering, tree: Tree) -> Iterator[tuple[int, int]]:
    """The stretches that stand outside the tags."""
    text = low.source.text
    if text.startswith("<?php") and "?>" not in text:
        return
    at: int | None = 0
    for node in walk(tree.root_node):
        if node.type == "php_tag":
            start = low.span(node)[0]
            if at is not None and at < start:
                yield at, start
            at = None
        elif node.type == "php_end_tag":
            at = low.span(node)[1]
    if at is not None and at < len(text):
        yield at, len(text)


@functools.cache
def grammar() -> Language:
    """PHP's grammar, in which what stands outside the tags is text."""
    import tree_sitter_php
    from tree_sitter import Language

    return Language(tree_sitter_php.language_php())


# Names and operations ---------------------------------------------------------------------------------------------------------


def _constant(low: Lowering, node: Node) -> p.Expression:
    """A constant by its name, or a function where one is handed on."""
    start, end = low.span(node)
    name = last(low.text(node))
    if name in _TEXTS:
        return p.String(start, end, (p.Text(start, start, _TEXTS[name]),))
    if name == "__CLASS__" and (cls := php_of(low).cls) is not None:
        return p.String(start, end, (p.Text(start, start, cls.name),))
    return p.Name(start, end, name)


def _variable(low: Lowering, node: Node) -> p.Expression:
    """`$$name` and `${name}`."""
    inner = low.children(node)
    if len(inner) == 1 and inner[0].type == "name":
        return p.Name(*low.span(node), f"${low.text(inner[0])}")
    return low.opaque(node, "which variable is only known at run time")


def _member(low: Lowering, node: Node) -> p.Expression:
    return _part(low, node, low.expression(node.child_by_field_name("object")))


def _part(low: Lowering, node: Node, owner: p.Expression) -> p.Expression:
    """The part that a node names of a value, or the one that it works out."""
    span = low.span(node)
    name = node.child_by_field_name("name")
    if name is None:
        return owner
    if name.type == "name":
        return p.Attribute(*span, owner, low.text(name))
    # A word that no source has for a name: the part with that name.
    return p.Call(*span, p.Name(*span, "->"), ((None, owner), (None, low.expression(name))))


def _static_property(low: Lowering, node: Node) -> p.Expression:
    owner = class_of(low, node.child_by_field_name("scope"))
    name = node.child_by_field_name("name")
    if name is None or name.type != "variable_name":
        return low.opaque(node)
    return p.Attribute(*low.span(node), owner, low.text(name).lstrip("$"))


def _class_constant(low: Lowering, node: Node) -> p.Expression:
    children = low.children(node)
    if len(children) < 2 or children[1].type != "name":
        return low.opaque(node)
    owner, name = children[0], low.text(children[1])
    span = low.span(node)
    if name == "class":
        return class_of(low, owner)
    php = php_of(low)
    if php.cls is not None and not php.receiver and low.text(owner).lower() in ("self", "static"):
        # In the body of a class: its own names are at hand, those of its base are the base's.
        if php.cls.base is None or name in php.cls.constants:
            return p.Name(*span, name)
        return p.Attribute(*span, class_of(low, php.cls.base), name)
    return p.Attribute(*span, class_of(low, owner), name)


def _subscript(low: Lowering, node: Node) -> p.Expression:
    children = low.children(node)
    span = low.span(node)
    value = low.expression(children[0]) if children else low.nothing(node)
    if len(children) < 2:
        # As a target it is the place behind the last item.
        return p.Index(*span, value, low.nothing(node))
    return p.Index(*span, value, low.expression(children[1]))


def _binary(low: Lowering, node: Node) -> p.Expression:
    sign = low.text(node.child_by_field_name("operator")) or next(iter(low.tokens(node)), "")
    if sign == ".":
        return joined(low, node)
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    span = low.span(node)
    if sign == "??" and right is not None and right.type == "throw_expression":
        return low.expression(left)
    first, second = low.expression(left), class_of(low, right) if sign == "instanceof" else low.expression(right)
    if sign == "+":
        return _sum(span, first, second)
    return f.operation(*span, {"<>": "!="}.get(sign, sign), first, second)


def _sum(span: tuple[int, int], left: p.Expression, right: p.Expression) -> p.Expression:
    return p.Call(*span, p.Name(*span, "+"), ((None, left), (None, right)))


# Calls --------------------------------------------------------------------------------------------------------------------------


def _arguments(low: Lowering, node: Node | None) -> tuple[Argument, ...]:
    out: list[Argument] = []
    for child in low.children(node) if node is not None else ():
        inner = low.children(child)
        if not inner:
            continue
        value = inner[-1]
        if value.type == "variadic_unpacking":
            out.append(("*", low.expression(low.children(value)[-1])))
            continue
        name = child.child_by_field_name("name")
        out.append((low.text(name) if name is not None else None, low.expression(value)))
    return tuple(out)


def _given(low: Lowering, node: Node) -> Node | None:
    found = node.child_by_field_name("arguments")
    return found or next((child for child in node.named_children if child.type == "arguments"), None)


def _is_reference(given: Node | None) -> bool:
    """`f(...)` is the function itself."""
    return given is not None and any(child.type == "variadic_placeholder" for child in given.named_children)


def _called(low: Lowering, node: Node, callee: p.Expression) -> p.Expression:
    given = _given(low, node)
    return callee if _is_reference(given) else p.Call(*low.span(node), callee, _arguments(low, given))


def _call(low: Lowering, node: Node) -> p.Expression:
    function = node.child_by_field_name("function")
    if function is None:
        return low.opaque(node)
    if function.type not in ("name", "qualified_name", "relative_name"):
        return _called(low, node, low.expression(function))
    name = last(low.text(function))
    span = low.span(node)
    arguments = _arguments(low, _given(low, node))
    if name == "define" and len(arguments) >= 2:
        key = _literal_text(arguments[0][1])
        if key is not None:
            return p.Bind(*span, p.Name(*low.span(function), last(key)), arguments[1][1])
    if name in ("die", "exit"):
        return low.opaque(node, "it ends here")
    if name == "compact":
        names = [text for _, value in arguments if (text := _literal_text(value)) is not None]
        places = [(value.start, value.end) for _, value in arguments if _literal_text(value) is not None]
        entries = [(p.String(*at, (p.Text(at[0] + 1, at[1] - 1, text),)), p.Name(*at, f"${text}"))
                   for text, at in zip(names, places, strict=True)]  # fmt: skip
        return p.Mapping(*span, tuple(entries))
    callee = p.Name(*low.span(function), name)
    return callee if _is_reference(_given(low, node)) else p.Call(*span, callee, arguments)


def _literal_text(value: p.Expression) -> str | None:
    """The characters of a string without holes."""
    if isinstance(value, p.String) and all(isinstance(part, p.Text) for part in value.parts):
        return "".join([part.value for part in value.parts if isinstance(part, p.Text)])
    return None


def _method_call(low: Lowering, node: Node) -> p.Expression:
    return _called(low, node, _part(low, node, low.expression(node.child_by_field_name("object"))))


def _static_call(low: Lowering, node: Node) -> p.Expression:
    scope, name = node.child_by_field_name("scope"), node.child_by_field_name("name")
    php = php_of(low)
    word = low.text(scope).lower() if scope is not None and scope.type in ("name", "relative_scope") else ""
    if word in ("self", "static") and php.receiver:
        # A method of the class, whether it wants the object or not.
        owner: p.Expression = p.Name(*low.span(scope or node), php.receiver)
    else:
        owner = class_of(low, scope)
    if name is not None and name.type == "name" and low.text(name) in METHODS:
        callee: p.Expression = p.Attribute(*low.span(node), owner, METHODS[low.text(name)])
    else:
        callee = _part(low, node, owner)
    return _called(low, node, callee)


def _new(low: Lowering, node: Node) -> p.Expression:
    children = [child for child in low.children(node) if child.type != "arguments"]
    cls = children[0] if children else None
    given = next((child for child in node.named_children if child.type == "arguments"), None)
    if cls is not None and cls.type == "anonymous_class":
        base = clause(cls, "base_clause")
        given = next((child for child in cls.named_children if child.type == "arguments"), None)
        if not base:
            return low.opaque(node, "its class has no name")
        return p.Call(*low.span(node), class_of(low, base[0]), _arguments(low, given))
    return p.Call(*low.span(node), class_of(low, cls), _arguments(low, given))


def _include(low: Lowering, node: Node) -> p.Expression:
    """The file that is included, as what it returns."""
    span = low.span(node)
    given = low.children(node)[-1:]
    value = low.expression(given[0]) if given else low.nothing(node)
    path = _included(low.text(given[0]), value) if given else None
    if path is None:
        return p.Opaque(*span, "which file is only known at run time", (value,))
    name = p.String(value.start, value.end, (p.Text(value.start, value.end, path),))
    return p.Call(*span, p.Name(*span, "require"), ((None, name),))


def _included(text: str, value: p.Expression) -> str | None:
    """The path that an expression for a file names: from its folder with a dot, else known by its end. text: its characters."""
    tail = ""
    for part in reversed(value.parts if isinstance(value, p.String) else ()):
        if not isinstance(part, p.Text):
            break
        tail = part.value + tail
    if not tail.strip("/."):
        return None
    text = "".join(text.split()).lstrip("(")
    for head, folder in _FOLDERS:
        if text.startswith(f"{head}."):
            return f"{folder}/{tail.lstrip('/')}"
    return tail if tail.startswith(("./", "../")) else f"/{tail.lstrip('/')}"


_FOLDERS = (
    ("__DIR__", "."),
    ("dirname(__FILE__)", "."),
    ("dirname(__DIR__)", ".."),
    ("dirname(dirname(__FILE__))", ".."),
    ("dirname(__DIR__,2)", "../.."),
)
"""How code says in which folder a file is, and that folder from its own."""


# Arrays -------------------------------------------------------------------------------------------------------------------------


def _array(low: Lowering, node: Node) -> p.Expression:
    span = low.span(node)
    items: list[tuple[p.Expression | None, p.Expression]] = []
    keyed = False
    spread = False
    for child in low.children(node):
        parts = low.children(child)
        if not parts:
            continue
        if parts[-1].type == "variadic_unpacking":
            spread = True
            items.append((None, p.Spread(*low.span(child), low.expression(low.children(parts[-1])[-1]))))
        elif len(parts) > 1 and "=>" in low.tokens(child):
            keyed = True
            items.append((low.expression(parts[0]), low.expression(parts[-1])))
        else:
            items.append((None, low.expression(parts[-1])))
    if keyed:
        return p.Mapping(*span, tuple(_entries(items)))
    if spread and all(isinstance(value, p.Spread) for _, value in items):
        merged = [(None, value.value) for _, value in items if isinstance(value, p.Spread)]
        return p.Call(*span, p.Name(span[0], span[0], "array_merge"), tuple(merged))
    return p.Sequence(*span, "list", tuple([value for _, value in items]))


def _entries(
    items: Iterable[tuple[p.Expression | None, p.Expression]],
) -> Iterator[tuple[p.Expression | None, p.Expression]]:
    """The entries of a mapping; an item without a key gets the next number."""
    number = 0
    for key, value in items:
        if isinstance(value, p.Spread):
            yield None, value.value
        elif key is not None:
            yield key, value
        else:
            at = value.start
            yield p.String(at, at, (p.Text(at, at, str(number)),)), value
            number += 1


def _list(low: Lowering, node: Node) -> p.Expression:
    """A pattern as a target: its variables by position."""
    items = [low.nothing(node) if child is None else low.expression(child) for _, child in _pattern(low, node)]
    return p.Sequence(*low.span(node), "list", tuple(items))


def _pattern(low: Lowering, node: Node) -> list[tuple[Node | None, Node | None]]:
    """The keys and targets of a pattern; no target where it leaves an item out."""
    out: list[tuple[Node | None, Node | None]] = []
    key: Node | None = None
    target: Node | None = None
    for child in node.children:
        if child.type in ("list", "(", "[", "comment"):
            continue
        if child.type == "=>":
            key, target = target, None
        elif child.type in (",", ")", "]"):
            if child.type == "," or target is not None:
                out.append((key, target))
            key = target = None
        elif child.is_named:
            target = child
    return out


def _is_pattern(node: Node | None) -> bool:
    return node is not None and node.type in ("list_literal", "array_creation_expression")


def _destructure(low: Lowering, pattern: Node, value: p.Expression, out: list[p.Statement]) -> None:
    """Adds the assignments that a pattern makes of a value."""
    for number, (key, target) in enumerate(_pattern(low, pattern)):
        if target is None:
            continue
        where = low.span(target)
        at = p.Literal(where[0], where[0], number) if key is None else low.expression(key)
        part = p.Index(*where, value, at)
        if _is_pattern(target):
            _destructure(low, target, low.unpack(target, part, out), out)
        else:
            out.append(p.Assign(*where, (low.expression(target),), part))


def _assignment(low: Lowering, node: Node) -> p.Expression:
    value = low.expression(node.child_by_field_name("right"))
    left = node.child_by_field_name("left")
    return p.Bind(*low.span(node), low.expression(left), value)


def _augmented(low: Lowering, node: Node) -> p.Expression:
    span = low.span(node)
    target = low.expression(node.child_by_field_name("left"))
    value = low.expression(node.child_by_field_name("right"))
    sign = (low.text(node.child_by_field_name("operator")) or next(iter(low.tokens(node)), "?=")).removesuffix("=")
    if sign == ".":
        return p.Bind(*span, target, string_of(span, (target, value)))
    return p.Bind(*span, target, _sum(span, target, value) if sign == "+" else f.operation(*span, sign, target, value))


def _cast(low: Lowering, node: Node) -> p.Expression:
    kind = low.text(node.child_by_field_name("type")).lower()
    value = low.expression(node.child_by_field_name("value"))
    span = low.span(node)
    if kind == "string":
        return string_of(span, (value,))
    return p.Call(*span, p.Name(*span, "(array)"), ((None, value),)) if kind == "array" else value


def _match(low: Lowering, node: Node) -> p.Expression:
    subject = low.expression(node.child_by_field_name("condition"))
    block = node.child_by_field_name("body")
    arms: list[tuple[list[p.Expression] | None, p.Expression]] = []
    for arm in low.children(block) if block is not None else ():
        value = arm.child_by_field_name("return_expression")
        if value is None or value.type == "throw_expression":
            continue
        tests = arm.child_by_field_name("conditional_expressions")
        values = None if tests is None else [low.expression(test) for test in low.children(tests)]
        arms.append((values, low.expression(value)))
    if arms and all(values is not None for values, _ in arms):
        # Without a default, what no arm names raises.
        arms[-1] = (None, arms[-1][1])
    return f.chosen(low, node, subject, arms)


def _yield(low: Lowering, node: Node) -> p.Expression:
    children = low.children(node)
    if not children:
        return low.opaque(node)
    inner = low.children(children[-1]) if children[-1].type == "array_element_initializer" else children
    value = low.expression(inner[-1]) if inner else low.nothing(node)
    return p.Yield(*low.span(node), value, "from" in " ".join(low.tokens(node)))


# Statements ---------------------------------------------------------------------------------------------------------------------


def _namespace(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    php = php_of(low)
    php.namespace = low.text(node.child_by_field_name("name")).strip("\\")
    php.classes = {}
    body = node.child_by_field_name("body")
    if body is not None:
        out.extend(low.body(body))
        php.namespace, php.classes = "", {}


def _use(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """What unqualified names stand for; those of functions and constants go by their last part anyway."""
    low.extents.append(low.span(node))
    group = node.child_by_field_name("body")
    prefix = next((low.text(child) for child in node.named_children if child.type == "namespace_name"), "")
    if {"function", "const"} & set(low.tokens(node)):
        return
    for use in low.children(group or node):
        if use.type != "namespace_use_clause" or {"function", "const"} & set(low.tokens(use)):
            continue
        alias = use.child_by_field_name("alias")
        name = f"{prefix}\\{low.text(low.children(use)[0])}".strip("\\")
        php_of(low).classes[(low.text(alias) or last(name)).lower()] = name


def _constant_statement(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    constants(low, node, php_of(low).constants)


def _expression(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    for child in low.children(node):
        one = child
        while one.type in ("parenthesized_expression", "error_suppression_expression") and low.children(one):
            one = low.children(one)[0]
        if one.type in _INCLUDES:
            _include_statement(low, node, one, out)
        elif one.type in ("assignment_expression", "reference_assignment_expression"):
            left, right = one.child_by_field_name("left"), one.child_by_field_name("right")
            if left is not None and _is_pattern(left):
                low.extents.append(low.span(node))
                _destructure(low, left, low.unpack(left, low.expression(right), out), out)
            else:
                low.do(node, one, out)
        elif one.type == "throw_expression":
            f.raised(low, one, out)
        elif _ends(low, one):
            out.append(p.Leave(*low.span(node), "raise", low.expression(one)))
        elif one.type == "function_call_expression" and _is_definition(low, one):
            before = len(out)
            low.do(node, one, out)
            php_of(low).constants += out[before:]
            del out[before:]
        else:
            low.do(node, one, out)


def _ends(low: Lowering, node: Node) -> bool:
    function = node.child_by_field_name("function") if node.type == "function_call_expression" else node
    return function is not None and function.type == "name" and low.text(function).lower() in ("die", "exit")


def _is_definition(low: Lowering, node: Node) -> bool:
    """Whether a call defines a constant that does not hang on what runs before."""
    if low.text(node.child_by_field_name("function")).lstrip("\\") != "define":
        return False
    given = _given(low, node)
    return given is not None and not any(inner.type in _CALLS for inner in walk(given))


def _include_statement(low: Lowering, whole: Node, node: Node, out: list[p.Statement]) -> None:
    span = low.span(whole)
    low.extents.append(span)
    made = _include(low, node)
    path = _literal_text(made.arguments[0][1]) if isinstance(made, p.Call) else None
    if path is not None:
        out.append(p.Import(*span, path, int(path.startswith(".")), (("*", "*"),)))
    else:
        out.append(p.Do(*span, made))


def _foreach(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    body = node.child_by_field_name("body")
    low.head(node, body)
    parts = [child for child in low.children(node) if child != body]
    if len(parts) < 2:
        return
    values, target = low.expression(parts[0]), parts[1]
    first: list[p.Statement] = []
    if target.type == "pair" and len(low.children(target)) == 2:
        key, item = low.children(target)
        pair = (low.expression(key), _loop_target(low, item, first))
        bound: p.Expression = p.Sequence(*low.span(target), "list", pair)
        where = (values.start, values.end)
        values = p.Call(*where, p.Name(*where, "foreach"), ((None, values),))
    else:
        bound = _loop_target(low, target, first)
    block = low.loop(body)
    out.append(p.Loop(*low.span(node), bound, values, (*first, *block), ()))


def _loop_target(low: Lowering, node: Node, first: list[p.Statement]) -> p.Expression:
    if node.type == "by_ref" and low.children(node):
        node = low.children(node)[-1]
    if not _is_pattern(node):
        return low.expression(node)
    start = low.span(node)[0]
    name = p.Name(start, start, f"<{start}>")
    _destructure(low, node, name, first)
    return name


def _for(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    body = node.child_by_field_name("body")
    low.head(node, body)
    for first in node.children_by_field_name("initialize"):
        if first.is_named:
            low.do(first, first, out)
    # How often it runs is not followed.
    tests = [low.expression(test) for test in node.children_by_field_name("condition") if test.is_named]
    unknown = p.Opaque(*low.span(node), "it is decided at run time", tuple(tests))
    out.append(p.Loop(*low.span(node), None, unknown, low.loop(body), ()))


def _switch(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    block = node.child_by_field_name("body")
    low.head(node, block)
    subject = low.expression(node.child_by_field_name("condition"))
    ways: list[tuple[list[p.Expression] | None, list[Node]]] = []
    for case in low.children(block) if block is not None else ():
        if case.type not in ("case_statement", "default_statement"):
            continue
        value = case.child_by_field_name("value")
        body = [child for child in low.children(case) if child != value]
        ways.append((None if case.type == "default_statement" else [low.expression(value)], body))
    f.cases(low, node, subject, ways, out)


def _return(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    children = low.children(node)
    if php_of(low).functions or not children:
        f.returned(low, node, out)
        return
    # What a file returns is what it stands for.
    low.extents.append(low.span(node))
    out.append(f.exported(low, node, low.expression(children[0])))


def _global(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    names = [low.text(child) for child in low.children(node) if child.type == "variable_name"]
    out.append(p.Outer(*low.span(node), tuple(names), file=True))


def _static_variable(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    for child in low.children(node):
        name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
        if name is not None and value is not None:
            out.append(p.Assign(*low.span(child), (low.expression(name),), low.expression(value)))


def _unset(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    for child in low.children(node):
        parts = low.children(child)
        if child.type == "subscript_expression" and len(parts) == 2:
            span = low.span(child)
            given: tuple[Argument, ...] = ((None, low.expression(parts[0])), (None, low.expression(parts[1])))
            out.append(p.Do(*low.span(node), p.Call(*span, p.Name(*span, "unset"), given)))


def _exit(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    f.raised(low, node, out)


def _declare(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    out.extend(low.block([child for child in low.children(node) if child.type != "declare_directive"]))


SYNTAX = Syntax(
    expressions={
        "name": _constant,
        "qualified_name": _constant,
        "relative_name": _constant,
        "relative_scope": class_of,
        "variable_name": f.name,
        "dynamic_variable_name": _variable,
        "by_ref": f.inner(at=-1),
        "null": f.literal(None),
        "boolean": lambda low, node: p.Literal(*low.span(node), low.text(node).lower() == "true"),
        "integer": f.number,
        "float": f.number,
        "string": string(content, unescape=lambda escape: escape[1:]),
        "encapsed_string": interpolated,
        "heredoc": heredoc,
        "nowdoc": heredoc,
        "array_creation_expression": _array,
        "list_literal": _list,
        "member_access_expression": _member,
        "nullsafe_member_access_expression": _member,
        "scoped_property_access_expression": _static_property,
        "class_constant_access_expression": _class_constant,
        "subscript_expression": _subscript,
        "function_call_expression": _call,
        "member_call_expression": _method_call,
        "nullsafe_member_call_expression": _method_call,
        "scoped_call_expression": _static_call,
        "object_creation_expression": _new,
        "clone_expression": f.inner(),
        "parenthesized_expression": f.inner(),
        "sequence_expression": f.opaque("several values"),
        "error_suppression_expression": f.inner(),
        "binary_expression": _binary,
        "unary_op_expression": f.unary(),
        "update_expression": f.opaque("it is counted at run time"),
        "conditional_expression": f.choice(yes="body"),
        "assignment_expression": _assignment,
        "reference_assignment_expression": _assignment,
        "augmented_assignment_expression": _augmented,
        "cast_expression": _cast,
        "match_expression": _match,
        "anonymous_function": closure,
        "arrow_function": closure,
        "yield_expression": _yield,
        "print_intrinsic": f.inner(),
        **dict.fromkeys(_INCLUDES, _include),
    },
    statements={
        "expression_statement": _expression,
        "echo_statement": f.evaluate,
        "const_declaration": _constant_statement,
        "function_definition": function,
        "class_declaration": class_statement,
        "trait_declaration": class_statement,
        "interface_declaration": class_statement,
        "enum_declaration": class_statement,
        "namespace_definition": _namespace,
        "namespace_use_declaration": _use,
        "if_statement": f.branch(yes="body"),
        "else_clause": f.inline,
        "else_if_clause": f.inline,
        "colon_block": f.inline,
        "compound_statement": f.inline,
        "foreach_statement": _foreach,
        "for_statement": _for,
        "while_statement": f.repeat(),
        "do_statement": f.repeat(),
        "switch_statement": _switch,
        "return_statement": _return,
        "exit_statement": _exit,
        "break_statement": f.broken,
        "continue_statement": f.continued,
        "try_statement": f.attempt(("catch_clause",), ("finally_clause",)),
        "global_declaration": _global,
        "function_static_declaration": _static_variable,
        "unset_statement": _unset,
        "declare_statement": _declare,
        "empty_statement": f.skip,
        "goto_statement": f.skip,
        "named_label_statement": f.skip,
        "php_tag": f.skip,
        "php_end_tag": f.skip,
        "text": f.skip,
        "text_interpolation": f.skip,
    },
    hoisted=frozenset(
        ("function_definition", "class_declaration", "trait_declaration", "interface_declaration", "enum_declaration")
    ),
)
