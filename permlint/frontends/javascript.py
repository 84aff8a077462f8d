"""JavaScript and TypeScript, with JSX: their table of kinds of nodes, and what is special about them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends import forms as f
from permlint.frontends.classes import with_constructor
from permlint.frontends.strings import string
from permlint.frontends.syntax import Argument, Expression, Lowering, Source, Syntax, decode, walk

if TYPE_CHECKING:
    from tree_sitter import Language, Node, Tree

LANGUAGE = "javascript"
_THIS = "this"
_MAX_AMPERSANDS = 8
"""How often a file with bare `&` in its JSX is parsed anew: one error may hide the next."""
_EXPORTED = re.compile(r"\bmodule\.exports\s*=(?!=)")
"""Where a module stands for something itself: what it binds as parts of its exports are no names of its own then."""


def lower(path: str, data: bytes) -> p.Program:
    """The program in a JavaScript or TypeScript file. Raises Unreadable for binary files."""
    source = Source(decode(data))
    typed = path.endswith((".ts", ".mts", ".cts"))
    tree = source.parse(grammar(typed=typed))
    for _ in range(0 if typed or "&" not in source.seen else _MAX_AMPERSANDS):
        bare = _bare_ampersands(source, tree)
        if not bare:
            break
        source = source.with_islands(bare)
        tree = source.parse(grammar(typed=typed))
    low = Lowering(source, SYNTAX)
    return low.program(path, LANGUAGE, low.root(tree))


def _bare_ampersands(source: Source, tree: Tree) -> list[tuple[int, int, str]]:
    """The signs `&` in the text of JSX at which the grammar stumbles, though the language takes them as they are."""
    if not tree.root_node.has_error:
        return []
    found: list[tuple[int, int, str]] = []
    for node in walk(tree.root_node):
        after = source.data[node.start_byte : node.start_byte + 2]
        if node.type == "ERROR" and after[:1] == b"&" and after[1:].isspace():
            before = node.prev_sibling
            if before is not None and before.type.startswith(("jsx_", "html_")):
                at = source.offset(node.start_byte)
                found.append((at, at + 1, " "))
    return found


def lower_stretches(
    source: Source, stretches: Iterable[tuple[int, int]], low: Lowering, *, typed: bool = False
) -> tuple[p.Statement, ...]:
    """The statements of scripts that stand in another file; extents, comments and gaps are noted in `low`."""
    inner = Lowering(source, SYNTAX, low.extents, low.comments, low.gaps)
    return inner.root(source.parse(grammar(typed=typed), stretches))


def lower_value(source: Source, stretch: tuple[int, int], low: Lowering) -> p.Expression:
    """The value of an expression in parentheses that stands in another file."""
    inner = Lowering(source, SYNTAX, low.extents, low.comments, low.gaps)
    statements = inner.children(source.parse(grammar(typed=False), [stretch]).root_node)
    if len(statements) == 1 and statements[0].type == "expression_statement":
        return inner.expression(statements[0].named_children[0])
    return p.Opaque(*stretch, "permlint does not follow this form")


@functools.cache
def grammar(*, typed: bool) -> Language:
    """The grammar of TypeScript without JSX (`<T>value` is a cast there), or of everything else."""
    import tree_sitter_typescript
    from tree_sitter import Language

    return Language(tree_sitter_typescript.language_typescript() if typed else tree_sitter_typescript.language_tsx())


# Names, calls and functions ---------------------------------------------------------------------------------------------------


def _member(low: Lowering, node: Node) -> p.Expression:
    owner = node.child_by_field_name("object")
    part = low.text(node.child_by_field_name("property"))
    if owner is not None and owner.type == "identifier":
        text = low.text(owner)
        if text == "module" and part == "exports":
            return p.Name(*low.span(node), p.DEFAULT)
        if text == "exports":
            return p.Name(*low.span(node), part)
    if low.text(owner) == "module.exports" and not _EXPORTED.search(low.source.seen):
        return p.Name(*low.span(node), part)
    return p.Attribute(*low.span(node), low.expression(owner), part)


def _call(low: Lowering, node: Node) -> p.Expression:
    function = node.child_by_field_name("function") or node.child_by_field_name("constructor")
    given = node.child_by_field_name("arguments")
    callee = low.expression(function)
    if function is not None and function.type == "super":
        callee = p.Attribute(callee.start, callee.end, callee, p.CONSTRUCTOR)
    if given is None:
        return p.Call(*low.span(node), callee, ())
    if given.type == "template_string":
        # A tag gets the text's parts; most give the text again.
        return p.Call(*low.span(node), callee, ((None, low.expression(given)),))
    return p.Call(*low.span(node), callee, tuple([_argument(low, child) for child in low.children(given)]))


def _argument(low: Lowering, node: Node) -> Argument:
    if node.type == "spread_element":
        return "*", low.expression(low.children(node)[0])
    return None, low.expression(node)


def _pattern(low: Lowering, node: Node) -> p.Expression:
    """A pattern is an object made of its characters."""
    start, end = low.span(node)
    body = node.child_by_field_name("pattern")
    text = low.quoted(body) if body is not None else p.String(start, end, (p.Text(start, end, ""),))
    return p.Call(start, end, p.Name(start, start, "RegExp"), ((None, text),))


def _super(low: Lowering, node: Node) -> p.Expression:
    return p.Call(*low.span(node), low.name(node), ())


def _import_name(low: Lowering, node: Node) -> p.Expression:
    return low.name(node)


def _function(low: Lowering, node: Node) -> p.Expression:
    return _made_function(low, node, low.text(node.child_by_field_name("name")))


def _function_statement(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    low.head(node, node.child_by_field_name("body"))
    out.append(_made_function(low, node, low.text(node.child_by_field_name("name"))))


def _made_function(
    low: Lowering, node: Node, name: str, *, receiver: bool = False, decorators: tuple[p.Expression, ...] = ()
) -> p.Function:
    start, end = low.span(node)
    parameters: list[p.Parameter] = [p.Parameter(start, start, _THIS, "plain", None, None)] if receiver else []
    first: list[p.Statement] = []
    single = node.child_by_field_name("parameter")
    given = node.child_by_field_name("parameters")
    for child in [single] if single is not None else low.children(given) if given is not None else []:
        _parameter(low, child, parameters, first)
    body = node.child_by_field_name("body")
    outer, low.breaks = low.breaks, []
    if body is None:
        statements: tuple[p.Statement, ...] = ()
    elif body.type == "statement_block":
        statements = low.body(body)
    else:
        value = low.expression(body)
        statements = (p.Return(value.start, value.end, value),)
    low.breaks = outer
    return p.Function(start, end, name, tuple(parameters), (*first, *statements), decorators)


def _parameter(low: Lowering, node: Node, parameters: list[p.Parameter], first: list[p.Statement]) -> None:
    start, end = low.span(node)
    pattern: Node | None = node
    default: Node | None = None
    if node.type in ("required_parameter", "optional_parameter"):
        pattern, default = node.child_by_field_name("pattern"), node.child_by_field_name("value")
    elif node.type == "assignment_pattern":
        pattern, default = node.child_by_field_name("left"), node.child_by_field_name("right")
    if pattern is None:
        return
    value = low.expression(default) if default is not None else None
    if pattern.type == "this":
        return
    annotation = _annotation(low, node.child_by_field_name("type"))
    if pattern.type == "rest_pattern":
        parameters.append(p.Parameter(start, end, low.text(low.children(pattern)[-1]), "rest", None, None))
        return
    if pattern.type in ("object_pattern", "array_pattern"):
        name = f"<{start}>"
        parameters.append(p.Parameter(start, end, name, "plain", value, annotation))
        _destructure(low, pattern, p.Name(start, start, name), first)
        return
    name = low.text(pattern)
    parameters.append(p.Parameter(start, end, name, "plain", value, annotation))
    if any(child.type in ("accessibility_modifier", "readonly") for child in node.children):
        # `constructor(private token)` sets a field of that name.
        target = p.Attribute(start, end, p.Name(start, start, _THIS), name)
        first.append(p.Assign(start, end, (target,), p.Name(start, end, name)))


def _annotation(low: Lowering, node: Node | None) -> p.Expression | None:
    """The class that a type names; None for other types."""
    if node is None:
        return None
    named = node.named_children[0] if node.type == "type_annotation" and node.named_children else node
    if named.type == "generic_type":
        named = named.child_by_field_name("name") or named
    if named.type == "type_identifier":
        return low.name(named)
    if named.type == "nested_type_identifier":
        owner, part = named.child_by_field_name("module"), named.child_by_field_name("name")
        if owner is not None and owner.type == "identifier" and part is not None:
            return p.Attribute(*low.span(named), low.name(owner), low.text(part))
    return None


# Patterns ---------------------------------------------------------------------------------------------------------------------


def _assign(low: Lowering, whole: Node, target: Node, value: p.Expression, out: list[p.Statement]) -> None:
    if target.type == "object_pattern":
        holder = low.unpack(target, value, out)
        _destructure(low, target, holder, out)
    elif target.type == "array_pattern" and _is_nested(target):
        _destructure(low, target, low.unpack(target, value, out), out)
    else:
        out.append(p.Assign(*low.span(whole), (low.expression(target),), value))


def _is_nested(pattern: Node) -> bool:
    places = [at for at, _ in _places(pattern)]
    return places != list(range(len(places))) or any(
        child.type in ("object_pattern", "assignment_pattern") for child in pattern.named_children
    )


def _places(pattern: Node) -> Iterator[tuple[int, Node]]:
    """What an array's pattern binds, with the position of each: `[, second]` leaves the first out."""
    at = 0
    for child in pattern.children:
        if child.type == ",":
            at += 1
        elif child.is_named and child.type != "comment":
            yield at, child


def _destructure(low: Lowering, pattern: Node, value: p.Expression, out: list[p.Statement]) -> None:
    """Adds the assignments that a pattern makes of a value."""
    start, end = low.span(pattern)
    if pattern.type == "array_pattern":
        for position, child in _places(pattern):
            if child.type == "rest_pattern":
                _bind(low, low.children(child)[-1], p.Opaque(start, end, "it is the rest of a collection"), out)
            else:
                key = p.Literal(start, start, position)
                _bind(low, child, p.Index(*low.span(child), value, key), out)
        return
    for child in low.children(pattern):
        where = low.span(child)
        if child.type == "pair_pattern":
            key_node, target = child.child_by_field_name("key"), child.child_by_field_name("value")
            if target is not None:
                _bind(low, target, _part(low, where, value, key_node), out)
        elif child.type == "rest_pattern":
            out.append(p.Assign(*where, (low.expression(low.children(child)[-1]),), value))
        elif child.type in ("object_assignment_pattern", "assignment_pattern"):
            _bind(low, child, value, out, of=True)
        else:
            _bind(low, child, p.Attribute(*where, value, low.text(child)), out)


def _part(low: Lowering, where: tuple[int, int], value: p.Expression, key: Node | None) -> p.Expression:
    if key is not None and key.type in ("property_identifier", "identifier"):
        return p.Attribute(*where, value, low.text(key))
    return p.Index(*where, value, _key(low, key))


def _bind(low: Lowering, target: Node, value: p.Expression, out: list[p.Statement], *, of: bool = False) -> None:
    """Adds the assignment of a value to a pattern. of: the pattern names the part of the value that it takes."""
    where = low.span(target)
    if target.type in ("object_assignment_pattern", "assignment_pattern"):
        left, right = target.child_by_field_name("left"), target.child_by_field_name("right")
        if left is None:
            return
        if of:
            value = p.Attribute(*where, value, low.text(left))
        _bind(low, left, p.Logic(*where, "??", value, low.expression(right)), out)
    elif target.type in ("object_pattern", "array_pattern"):
        holder = low.unpack(target, value, out)
        _destructure(low, target, holder, out)
    else:
        out.append(p.Assign(*where, (low.expression(target),), value))


# Objects, classes, enumerations -------------------------------------------------------------------------------------------------


def _key(low: Lowering, node: Node | None) -> p.Expression:
    if node is None:
        return p.Opaque(0, 0, "it is left out")
    if node.type == "computed_property_name":
        return low.expression(low.children(node)[0])
    if node.type in ("string", "number"):
        made = low.expression(node)
        return made if isinstance(made, p.String) else low.quoted(node)
    return low.quoted(node)


def _object(low: Lowering, node: Node) -> p.Expression:
    entries: list[tuple[p.Expression | None, p.Expression]] = []
    for child in low.children(node):
        if child.type == "pair":
            entries.append(
                (_key(low, child.child_by_field_name("key")), low.expression(child.child_by_field_name("value")))
            )
        elif child.type == "spread_element":
            entries.append((None, low.expression(low.children(child)[0])))
        elif child.type == "method_definition":
            key = child.child_by_field_name("name")
            entries.append((_key(low, key), _made_function(low, child, low.text(key))))
        elif child.type == "shorthand_property_identifier":
            entries.append((low.quoted(child), low.name(child)))
    return p.Mapping(*low.span(node), tuple(entries))


def _class_statement(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    out.append(_class(low, node, low.text(node.child_by_field_name("name"))))


def _class(low: Lowering, node: Node, name: str) -> p.Class:
    bases: list[p.Expression] = []
    for heritage in low.children(node):
        if heritage.type == "class_heritage":
            clauses = [child for child in low.children(heritage) if child.type != "implements_clause"]
            for clause in clauses:
                value = clause.child_by_field_name("value") if clause.type == "extends_clause" else clause
                if value is not None:
                    bases.append(low.expression(value))
    block = node.child_by_field_name("body")
    body: list[p.Statement] = []
    late: list[p.Statement] = []
    low.head(node, block)
    for member in low.children(block) if block is not None else ():
        if member.type == "method_definition":
            body.append(_method(low, member))
        elif member.type in ("public_field_definition", "field_definition"):
            _field(low, member, body, late)
        elif member.type == "class_static_block":
            body.extend(low.body(member.child_by_field_name("body")))
    if late:
        body = with_constructor(low.span(node)[0], body, late, derived=bool(bases))
    return p.Class(*low.span(node), name, tuple(bases), (), tuple(body), _decorators(low, node))


def _decorators(low: Lowering, node: Node) -> tuple[p.Expression, ...]:
    """Those of a class, which stand before its `export` too."""
    outer = node.parent
    holders = [outer, node] if outer is not None and outer.type == "export_statement" else [node]
    found = [child for holder in holders for child in low.children(holder) if child.type == "decorator"]
    for decorator in found:
        low.extents.append(low.span(decorator))
    return tuple([low.expression(low.children(decorator)[0]) for decorator in found if low.children(decorator)])


def _method(low: Lowering, node: Node) -> p.Function:
    name = low.text(node.child_by_field_name("name"))
    low.head(node, node.child_by_field_name("body"))
    tokens = low.tokens(node)
    start = low.span(node)[0]
    words = []
    if "static" in tokens:
        words.append(p.OF_CLASS)
    elif "get" in tokens:
        words.append(p.PROPERTY)
    elif name == "constructor":
        name = p.CONSTRUCTOR
    decorators = tuple([p.Name(start, start, word) for word in words])
    return _made_function(low, node, name, receiver=True, decorators=decorators)


def _field(low: Lowering, node: Node, body: list[p.Statement], late: list[p.Statement]) -> None:
    """A field; one whose value looks at the object is set when the object is made."""
    name, value = (
        node.child_by_field_name("name") or node.child_by_field_name("property"),
        node.child_by_field_name("value"),
    )
    if name is None or value is None:
        return
    where = low.span(node)
    low.extents.append(where)
    static = "static" in low.tokens(node)
    if not static and any(child.type == _THIS for child in walk(value)):
        target = p.Attribute(*low.span(name), p.Name(where[0], where[0], _THIS), low.text(name))
        late.append(p.Assign(*where, (target,), low.expression(value)))
    else:
        body.append(p.Assign(*where, (low.name(name),), low.expression(value)))


def _enum(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    name, block = node.child_by_field_name("name"), node.child_by_field_name("body")
    entries: list[tuple[p.Expression | None, p.Expression]] = []
    for member in low.children(block) if block is not None else ():
        if member.type == "enum_assignment":
            entries.append(
                (_key(low, member.child_by_field_name("name")), low.expression(member.child_by_field_name("value")))
            )
        else:
            entries.append((_key(low, member), p.Opaque(*low.span(member), "a number")))
    if name is not None:
        out.append(p.Assign(*low.span(node), (low.name(name),), p.Mapping(*low.span(node), tuple(entries))))


# JSX ----------------------------------------------------------------------------------------------------------------------------


def _element(low: Lowering, node: Node) -> p.Expression:
    """A component is called with its attributes; an element of the page is a part of `html`."""
    head = node.child_by_field_name("open_tag") or node
    name = head.child_by_field_name("name")
    start, end = low.span(node)
    entries: list[tuple[p.Expression | None, p.Expression]] = []
    for child in low.children(head):
        if child.type == "jsx_attribute":
            parts = low.children(child)
            value = low.expression(parts[1]) if len(parts) > 1 else p.Literal(*low.span(child), value=True)
            entries.append((low.quoted(parts[0]), value))
        elif child.type == "jsx_expression":
            for spread in low.children(child):
                if spread.type == "spread_element":
                    entries.append((None, low.expression(low.children(spread)[0])))
    inside = [low.expression(child) for child in low.children(node) if child.type.startswith("jsx_")
              and child.type not in ("jsx_text", "jsx_attribute", "jsx_opening_element", "jsx_closing_element")
              and child.parent == node]  # fmt: skip
    if name is None:
        return p.Sequence(start, end, "list", tuple(inside))
    if inside:
        entries.append(
            (p.String(end, end, (p.Text(end, end, "children"),)), p.Sequence(start, end, "list", tuple(inside)))
        )
    text = low.text(name)
    where = low.span(name)
    if name.type == "jsx_namespace_name" or (name.type == "identifier" and not text[:1].isupper()):
        callee: p.Expression = p.Attribute(*where, p.Name(*where, "html"), text)
    else:
        callee = low.expression(name)
    return p.Call(start, end, callee, ((None, p.Mapping(*low.span(head), tuple(entries))),))


def _jsx_value(low: Lowering, node: Node) -> p.Expression:
    children = low.children(node)
    return low.expression(children[0]) if children else low.nothing(node)


# Statements ---------------------------------------------------------------------------------------------------------------------


def _declaration(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    for declarator in low.children(node):
        if declarator.type != "variable_declarator":
            continue
        target, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
        if target is None:
            continue
        if value is None:
            out.append(p.Assign(*low.span(declarator), (low.expression(target),), low.nothing(declarator)))
            continue
        low.extents.append(low.span(node))
        if value.type == "class":
            out.append(_class(low, value, low.text(target)))
        elif target.type == "identifier" and value.type in ("arrow_function", "function_expression", "function"):
            function = _made_function(low, value, low.text(target))
            out.append(p.Assign(*low.span(declarator), (low.name(target),), function))
        else:
            _assign(low, declarator, target, low.expression(value), out)


def _expression_statement(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    for child in low.children(node):
        one = child
        while one.type == "parenthesized_expression" and low.children(one):
            one = low.children(one)[0]
        if one.type == "assignment_expression":
            left, right = one.child_by_field_name("left"), one.child_by_field_name("right")
            if left is not None and right is not None and left.type in ("object_pattern", "array_pattern"):
                low.extents.append(low.span(node))
                _assign(low, node, left, low.expression(right), out)
                continue
            if right is not None and right.type == "class" and left is not None:
                made = _class(low, right, low.text(right.child_by_field_name("name")) or f"<{low.span(right)[0]}>")
                out += [made, p.Assign(*low.span(node), (low.expression(left),), p.Name(*low.span(right), made.name))]
                continue
        low.do(node, one, out)


def _for_in(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    block = node.child_by_field_name("body")
    low.head(node, block)
    values = low.expression(right)
    if low.text(node.child_by_field_name("operator")) == "in":
        where = (values.start, values.end)
        values = p.Call(*where, p.Attribute(*where, p.Name(*where, "Object"), "keys"), ((None, values),))
    if left is None:
        return
    first: list[p.Statement] = []
    if left.type in ("object_pattern", "array_pattern"):
        target: p.Expression = p.Name(*low.span(left)[:1] * 2, f"<{low.span(left)[0]}>")
        _destructure(low, left, target, first)
    else:
        target = low.expression(left)
    body = low.loop(block)
    out.append(p.Loop(*low.span(node), target, values, (*first, *body), ()))


def _switch(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    low.head(node, node.child_by_field_name("body"))
    subject = low.expression(node.child_by_field_name("value"))
    block = node.child_by_field_name("body")
    ways: list[tuple[list[p.Expression] | None, list[Node]]] = []
    for case in low.children(block) if block is not None else ():
        body = case.children_by_field_name("body")
        value = case.child_by_field_name("value")
        ways.append((None if case.type == "switch_default" else [low.expression(value)], body))
    f.cases(low, node, subject, ways, out)


def _alternative(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    out.extend(low.block(node.named_children))


# Modules ------------------------------------------------------------------------------------------------------------------------


def _module(low: Lowering, node: Node | None) -> tuple[str, int]:
    """The module that a string names, and whether that is relative."""
    text = low.text(node)[1:-1]
    return text, int(text.startswith("."))


def _import(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    where = low.span(node)
    low.extents.append(where)
    source = node.child_by_field_name("source")
    for clause in low.children(node):
        if clause.type == "import_require_clause":
            module, level = _module(low, clause.child_by_field_name("source"))
            out.append(p.Import(*where, module, level, ((p.DEFAULT, low.text(low.children(clause)[0])),)))
        elif clause.type == "import_clause":
            module, level = _module(low, source)
            names: list[tuple[str, str]] = []
            for part in low.children(clause):
                if part.type == "identifier":
                    names.append((p.DEFAULT, low.text(part)))
                elif part.type == "namespace_import":
                    bound = low.text(low.children(part)[-1])
                    out.append(p.Import(*where, module, level, (), bound, whole=True))
                else:
                    names += _specifiers(low, part)
            if names:
                out.append(p.Import(*where, module, level, tuple(names)))


def _specifiers(low: Lowering, node: Node) -> list[tuple[str, str]]:
    found = []
    for part in low.children(node):
        name, alias = part.child_by_field_name("name"), part.child_by_field_name("alias")
        if name is not None:
            found.append((_exported_name(low, name), _exported_name(low, alias or name)))
    return found


def _exported_name(low: Lowering, node: Node) -> str:
    text = low.text(node).strip("\"'")
    return p.DEFAULT if text == "default" else text


def _export(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    where = low.span(node)
    declaration, source = node.child_by_field_name("declaration"), node.child_by_field_name("source")
    value = node.child_by_field_name("value")
    tokens = low.tokens(node)
    if source is not None:
        module, level = _module(low, source)
        low.extents.append(where)
        parts = low.children(node)
        clause = next((part for part in parts if part.type == "export_clause"), None)
        space = next((part for part in parts if part.type == "namespace_export"), None)
        if clause is not None:
            out.append(p.Import(*where, module, level, tuple(_specifiers(low, clause))))
        elif space is not None:
            out.append(p.Import(*where, module, level, (), low.text(low.children(space)[-1]), whole=True))
        elif "*" in tokens:
            out.append(p.Import(*where, module, level, (("*", "*"),)))
    elif declaration is not None:
        before = len(out)
        low.statement(declaration, out)
        if "default" in tokens and len(out) > before:
            made = out[-1]
            if isinstance(made, (p.Function, p.Class)):
                if not made.name:
                    made.name = f"<{made.start}>"
                out.append(f.exported(low, node, p.Name(made.start, made.end, made.name)))
    elif value is not None and value.type == "class":
        made_class = _class(low, value, low.text(value.child_by_field_name("name")) or f"<{where[0]}>")
        out += [made_class, f.exported(low, node, p.Name(*low.span(value), made_class.name))]
    elif value is not None or "=" in tokens:
        low.extents.append(where)
        out.append(f.exported(low, node, low.expression(value or low.children(node)[-1])))
    else:
        for clause in low.children(node):
            if clause.type == "export_clause":
                for name, alias in _specifiers(low, clause):
                    if name != alias:
                        out.append(p.Assign(*where, (p.Name(*where, alias),), p.Name(*where, name)))


_HOLES: Mapping[str, Expression] = {"template_substitution": f.inner()}

SYNTAX = Syntax(
    expressions={
        "identifier": f.name,
        "property_identifier": f.name,
        "private_property_identifier": f.name,
        "shorthand_property_identifier": f.name,
        "shorthand_property_identifier_pattern": f.name,
        "statement_identifier": f.name,
        "type_identifier": f.name,
        "this": f.name,
        "super": _super,
        "import": _import_name,
        "undefined": f.literal(None),
        "null": f.literal(None),
        "true": f.literal(True),
        "false": f.literal(False),
        "number": f.number,
        "string": string(),
        "template_string": string(holes=_HOLES),
        "regex": _pattern,
        "array": f.sequence(),
        "array_pattern": f.sequence(spread=("rest_pattern",)),
        "object": _object,
        "member_expression": _member,
        "subscript_expression": f.index("object", "index"),
        "call_expression": _call,
        "new_expression": _call,
        "await_expression": f.inner(),
        "parenthesized_expression": f.inner(at=-1),
        "sequence_expression": f.inner(at=-1),
        "as_expression": f.inner(),
        "satisfies_expression": f.inner(),
        "non_null_expression": f.inner(),
        "type_assertion": f.inner(at=-1),
        "instantiation_expression": f.inner(),
        "assignment_expression": f.assignment(),
        "augmented_assignment_expression": f.augmented(),
        "binary_expression": f.binary(),
        "unary_expression": f.unary(),
        "update_expression": f.opaque("it is counted at run time"),
        "ternary_expression": f.choice(),
        "yield_expression": f.inner(),
        "arrow_function": _function,
        "function_expression": _function,
        "function": _function,
        "generator_function": _function,
        "jsx_element": _element,
        "jsx_self_closing_element": _element,
        "jsx_fragment": _element,
        "jsx_expression": _jsx_value,
    },
    statements={
        "expression_statement": _expression_statement,
        "lexical_declaration": _declaration,
        "variable_declaration": _declaration,
        "function_declaration": _function_statement,
        "generator_function_declaration": _function_statement,
        "function_signature": f.skip,
        "class_declaration": _class_statement,
        "abstract_class_declaration": _class_statement,
        "enum_declaration": _enum,
        "interface_declaration": f.skip,
        "type_alias_declaration": f.skip,
        "ambient_declaration": f.skip,
        "internal_module": f.inline,
        "module": f.inline,
        "if_statement": f.branch(),
        "else_clause": _alternative,
        "for_statement": f.counted("initializer"),
        "for_in_statement": _for_in,
        "while_statement": f.repeat(),
        "do_statement": f.at_least_once(),
        "switch_statement": _switch,
        "return_statement": f.returned,
        "throw_statement": f.raised,
        "break_statement": f.broken,
        "continue_statement": f.continued,
        "try_statement": f.attempt(("catch_clause",), ("finally_clause",)),
        "statement_block": f.inline,
        "labeled_statement": f.inline,
        "with_statement": f.inline,
        "import_statement": _import,
        "export_statement": _export,
        "empty_statement": f.skip,
        "debugger_statement": f.skip,
        "hash_bang_line": f.skip,
        "statement_identifier": f.skip,
    },
    comments=frozenset(("comment", "html_comment")),
    hoisted=frozenset(("function_declaration", "generator_function_declaration", "import_statement")),
)
