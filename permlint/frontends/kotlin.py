"""Kotlin: its table of kinds of nodes, and what is special about it."""

from __future__ import annotations

import functools
import re
import time
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends import classes as c
from permlint.frontends import forms as f
from permlint.frontends.strings import Pieces, backslash, string
from permlint.frontends.syntax import Argument, Lowering, Source, Syntax, decode

if TYPE_CHECKING:
    from tree_sitter import Language, Node

LANGUAGE = "kotlin"
_KEEPS = "<apply>"
_GIVES = "<let>"
_SCOPES = {"apply": (_KEEPS, c.THIS), "also": (_KEEPS, "it"), "let": (_GIVES, "it"), "run": (_GIVES, c.THIS),
           "with": (_GIVES, c.THIS), "use": (_GIVES, "it")}  # fmt: skip
"""What the language's scope functions give, their receiver or the lambda's value, and what the lambda calls the receiver."""
_BUILDERS = frozenset(("buildString", "buildList", "buildSet", "buildMap"))
_OF_THE_LIBRARY = frozenset(
    ("listOf", "setOf", "mapOf", "arrayOf", "mutableListOf", "mutableSetOf", "mutableMapOf", "arrayListOf", "hashMapOf",
     "hashSetOf", "emptyList", "emptySet", "emptyMap", "listOfNotNull", "bundleOf")
)  # fmt: skip
_MAX_RESUMED = 20
_MAX_SECONDS = 2.0
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_BEFORE_CONSTRUCTOR = re.compile(
    rb"(\bclass\s+\w+(?:<[^<>{}()]{0,400}>)?)((?:\s|/\*(?:[^*]|\*(?!/)){0,4000}\*/){1,400})"
    rb"(?=\(|(?:@\w+\s+|\w+\s+){0,3}constructor\b)"
)
"""Lines and comments between a class's name and its constructor, which the grammar takes for the class's end."""
_NAMED_HOLE = re.compile(r"\$([A-Za-z_]\w*)")


def lower(path: str, data: bytes) -> p.Program:
    """The program in a Kotlin file. Raises Unreadable for binary files."""
    source = Source(decode(data))
    low = Lowering(source, SYNTAX)
    source.data = _BEFORE_CONSTRUCTOR.sub(lambda found: found[1] + b" " * len(found[2]), source.data)
    tree = source.parse(grammar())
    body = [*low.root(tree)]
    start = _given_up(low, tree.root_node)
    began = time.process_time()
    for _ in range(_MAX_RESUMED):
        if start is None or time.process_time() - began > _MAX_SECONDS:
            break
        tree = source.parse(grammar(), [(start, len(source.seen))])
        body += low.root(tree)
        start = _given_up(low, tree.root_node)
    own = path.rpartition("/")[2].rpartition(".")[0]
    return low.program(path, LANGUAGE, (*body, *f.standing_for(body, own)))


def _given_up(low: Lowering, root: Node) -> int | None:
    """Where to go on in a file whose rest the grammar has given up; None where it has read all of it."""
    last = root.named_children[-1] if root.named_children else root
    if last.type != "ERROR" or last.end_byte < root.end_byte:
        return None
    inner = last.named_children[-1] if last.named_children else None
    after = low.source.seen.find("\n", low.span(inner)[1] if inner is not None else low.span(last)[0]) + 1
    return after if 0 < after < low.span(last)[1] else None


@functools.cache
def grammar() -> Language:
    """The grammar of Kotlin."""
    import tree_sitter_kotlin
    from tree_sitter import Language

    return Language(tree_sitter_kotlin.language())


# Names, types, texts ------------------------------------------------------------------------------------------------------------


def _identifier(low: Lowering, node: Node) -> p.Expression:
    text = low.text(node)
    if text in _CONSTANTS:
        return p.Literal(*low.span(node), _CONSTANTS[text])
    made = low.name(node)
    made.id = text.strip("`")
    return made


def _user_type(low: Lowering, node: Node) -> p.Expression:
    return c.dotted(*low.span(node), [low.text(child) for child in low.children(node) if child.type == "identifier"])


def _type(low: Lowering, node: Node | None) -> p.Expression:
    """A type as far as it names a class; else that of a declaration that names none."""
    while node is not None and node.type in ("nullable_type", "parenthesized_type") and low.children(node):
        node = low.children(node)[0]
    if node is None or node.type != "user_type":
        return c.no_type(low.span(node)[0] if node is not None else 0)
    return low.expression(node)


def _type_of(low: Lowering, node: Node) -> p.Expression:
    """The type that stands in a declaration."""
    found = [one for one in node.named_children if one.type in ("user_type", "nullable_type", "parenthesized_type")]
    return _type(low, found[-1] if found else None)


def _string(low: Lowering, node: Node) -> p.Expression:
    start, end = low.span(node)
    text = low.source.hidden
    marks = 3 if text.startswith('"""', start) and end - start >= 6 else 1
    pieces = Pieces(low.source, start + marks)
    stop = max(start + marks, end - marks)
    holes = {low.span(child)[0]: child for child in node.named_children if child.type == "interpolation"}
    at = start + marks
    while at < stop:
        hole = holes.get(at)
        named = _NAMED_HOLE.match(text, at, stop) if text[at] == "$" else None
        if hole is not None:
            pieces.literal(at)
            inner = low.children(hole)
            after = low.span(hole)[1]
            pieces.hole(low.expression(inner[0]) if inner else low.nothing(hole), after)
            at = after
        elif named is not None:
            pieces.literal(at)
            pieces.hole(p.Name(at + 1, named.end(), named[1]), named.end())
            at = named.end()
        elif text[at] == "\\" and marks == 1:
            after = at + (6 if text.startswith("u", at + 1) else 2)
            pieces.literal(at)
            pieces.escape(at, min(after, stop), backslash(text[at:after]))
            at = min(after, stop)
        else:
            at += 1
    pieces.literal(stop)
    return p.String(start, end, pieces.parts())


# Expressions --------------------------------------------------------------------------------------------------------------------


def _navigation(low: Lowering, node: Node) -> p.Expression:
    parts = low.children(node)
    value = low.expression(parts[0]) if parts else low.nothing(node)
    if len(parts) < 2:
        return value
    name = low.text(parts[-1]).strip("`")
    if "::" in low.tokens(node) and name == "class":
        return value
    if name == "java" and parts[0].type == "navigation_expression" and "::" in low.tokens(parts[0]):
        return value
    return p.Attribute(*low.span(node), value, name)


def _call(low: Lowering, node: Node) -> p.Expression:
    start, end = low.span(node)
    parts = low.children(node)
    if not parts:
        return low.opaque(node)
    head, given = parts[0], parts[1:]
    if head.type == "call_expression" and given and given[0].type == "annotated_lambda":
        # `f(x) { ... }` is one call.
        inner = low.children(head)
        head, given = inner[0], [*inner[1:], *given]
    name = low.text(head if head.type != "navigation_expression" else low.children(head)[-1])
    block = given[-1] if given and given[-1].type == "annotated_lambda" else None
    arguments = [one for part in given if part.type == "value_arguments" for one in _arguments(low, part)]
    if block is not None and name in _SCOPES:
        function, receiver = _SCOPES[name]
        owner = arguments[0][1] if name == "with" and arguments else None
        if head.type == "navigation_expression":
            owner = low.expression(low.children(head)[0])
        body = _lambda(low, block, receiver if owner is not None or name == "with" else "")
        if owner is not None:
            return p.Call(start, end, p.Name(start, start, function), ((None, owner), (None, body)))
        return p.Call(start, end, body, ())
    if block is not None:
        arguments.append((None, _lambda(low, block, c.THIS if name in _BUILDERS else "it")))
    made = p.Call(start, end, low.expression(head), tuple(arguments))
    types = next((part for part in given if part.type == "type_arguments"), None)
    return f.cast(low, node, made, _only_type(low, types)) if types is not None else made


def _only_type(low: Lowering, node: Node) -> p.Expression:
    kinds = low.children(node)
    inner = low.children(kinds[0]) if len(kinds) == 1 else []
    return _type(low, inner[0] if inner else None)


def _arguments(low: Lowering, node: Node) -> list[Argument]:
    out: list[Argument] = []
    for child in low.children(node):
        parts = low.children(child)
        if not parts:
            continue
        if "=" in low.tokens(child) and len(parts) > 1:
            out.append((low.text(parts[0]), low.expression(parts[-1])))
        elif parts[0].type == "spread_expression" and low.children(parts[0]):
            out.append(("*", low.expression(low.children(parts[0])[0])))
        else:
            out.append((None, low.expression(parts[0])))
    return out


def _lambda(low: Lowering, node: Node, receiver: str = "it") -> p.Function:
    """A lambda; its last expression is its value. receiver: what it calls its only argument where it names none."""
    while node.type == "annotated_lambda" and low.children(node):
        node = low.children(node)[-1]
    start, end = low.span(node)
    first: list[p.Statement] = []
    parameters: list[p.Parameter] = []
    given = next((child for child in low.children(node) if child.type == "lambda_parameters"), None)
    for child in low.children(given) if given is not None else ():
        at = low.span(child)
        if child.type == "multi_variable_declaration":
            name = f"<{at[0]}>"
            first.append(p.Assign(*at, (_targets(low, child),), p.Name(at[0], at[0], name), c.no_type(at[0])))
            parameters.append(p.Parameter(*at, name, "plain", None, None))
        else:
            parameters.append(p.Parameter(*at, low.text(low.children(child)[0]), "plain", None, _type_of(low, child)))
    if given is None and receiver:
        parameters.append(p.Parameter(start, start, receiver, "plain", None, None))
    body = [child for child in node.named_children if child.type != "lambda_parameters"]
    outer, low.breaks = low.breaks, []
    statements = _giving_last(low, body)
    low.breaks = outer
    return p.Function(start, end, "", tuple(parameters), (*first, *statements))


def _giving_last(low: Lowering, nodes: list[Node]) -> tuple[p.Statement, ...]:
    """Statements of which the last one's value is given."""
    nodes = [node for node in nodes if node.type not in SYNTAX.comments]
    if not nodes or (nodes[-1].type in SYNTAX.statements and nodes[-1].type not in _VALUED):
        return low.block(nodes)
    start, end = low.span(nodes[-1])
    before = low.block(nodes[:-1])
    low.extents.append((start, end))
    return (*before, p.Return(start, end, low.expression(nodes[-1])))


def _block_value(low: Lowering, node: Node) -> p.Expression:
    """What a block, or the expression in place of one, gives."""
    if node.type != "block":
        return low.expression(node)
    inner = low.children(node)
    if len(inner) == 1 and inner[0].type not in SYNTAX.statements:
        return low.expression(inner[0])
    start, end = low.span(node)
    return p.Call(start, end, p.Function(start, end, "", (), _giving_last(low, node.named_children)), ())


def _if_parts(low: Lowering, node: Node) -> tuple[Node | None, Node | None, Node | None]:
    condition = node.child_by_field_name("condition")
    yes = no = None
    after = False
    for child in node.children:
        if child.type == "else":
            after = True
        elif child.is_named and child != condition and child.type not in SYNTAX.comments:
            yes, no = (yes, child) if after else (child, no)
    return condition, yes, no


def _if_value(low: Lowering, node: Node) -> p.Expression:
    condition, yes, no = _if_parts(low, node)
    if yes is None or no is None:
        return low.opaque(node)
    return p.Choice(*low.span(node), low.expression(condition), _block_value(low, yes), _block_value(low, no))


def _if(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    condition, yes, no = _if_parts(low, node)
    low.head(node, yes)
    out.append(p.Branch(*low.span(node), ((low.expression(condition), low.body(yes)),), low.body(no)))


def _ways(low: Lowering, node: Node) -> tuple[p.Expression | None, list[tuple[list[p.Expression] | None, Node]]]:
    """The subject of a `when`, and for each entry its conditions (none for `else`) and what it holds."""
    subject: p.Expression | None = None
    ways: list[tuple[list[p.Expression] | None, Node]] = []
    for child in low.children(node):
        if child.type == "when_subject" and low.children(child):
            subject = low.expression(low.children(child)[-1])
        elif child.type == "when_entry":
            tests = child.children_by_field_name("condition")
            body = low.children(child)[-1:]
            if body and body[0] not in tests:
                ways.append(([low.expression(test) for test in tests] if tests else None, body[0]))
    return subject, ways


def _when(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    subject, ways = _ways(low, node)
    if subject is not None:
        f.cases(low, node, subject, [(values, [body]) for values, body in ways], out)
        return
    otherwise = [low.case([body]) for values, body in ways if values is None]
    tested = [(f.any_of(values), low.case([body])) for values, body in ways if values]
    out.append(p.Branch(*low.span(node), tuple(tested), otherwise[0] if otherwise else ()))


def _when_value(low: Lowering, node: Node) -> p.Expression:
    subject, ways = _ways(low, node)
    arms = [(values, _block_value(low, body)) for values, body in ways]
    if subject is not None:
        return f.chosen(low, node, subject, arms)
    start, end = low.span(node)
    result: p.Expression = next(
        (value for values, value in arms if values is None), p.Opaque(end, end, "none of the cases holds")
    )
    for values, value in reversed(arms):
        if values:
            result = p.Choice(start, end, f.any_of(values), value, result)
    return result


def _try_value(low: Lowering, node: Node) -> p.Expression:
    start, end = low.span(node)
    parts = low.children(node)
    blocks = [
        [child for child in low.children(part) if child.type == "block"] for part in parts if part.type == "catch_block"
    ]
    body = _giving_last(low, parts[0].named_children) if parts else ()
    caught = tuple([_giving_last(low, found[-1].named_children) for found in blocks if found])
    made = p.Try(start, end, body, caught, (), ())
    return p.Call(start, end, p.Function(start, end, "", (), (made,)), ())


def _generic_call(low: Lowering, node: Node) -> p.Expression | None:
    """`f<T>(x)`, which the grammar takes for two comparisons where a value is set: comparisons have no order to compare."""
    inner, given = node.child_by_field_name("left"), node.child_by_field_name("right")
    if inner is None or given is None or inner.type != "binary_expression" or given.type != "parenthesized_expression":
        return None
    if (low.text(inner.child_by_field_name("operator")), low.text(node.child_by_field_name("operator"))) != ("<", ">"):
        return None
    made = p.Call(
        *low.span(node),
        low.expression(inner.child_by_field_name("left")),
        tuple([(None, low.expression(child)) for child in low.children(given)]),
    )
    return f.cast(low, node, made, low.expression(inner.child_by_field_name("right")))


def _binary(low: Lowering, node: Node) -> p.Expression:
    generic = _generic_call(low, node)
    if generic is not None:
        return generic
    right = node.child_by_field_name("right")
    sign = low.text(node.child_by_field_name("operator"))
    if sign == "?:" and right is not None and right.type in ("return_expression", "throw_expression"):
        return low.expression(node.child_by_field_name("left"))
    return f.binary({"?:": "??"})(low, node)


def _infix(low: Lowering, node: Node) -> p.Expression:
    parts = low.children(node)
    if len(parts) == 3 and low.text(parts[1]) == "to":
        return p.Sequence(*low.span(node), "tuple", (low.expression(parts[0]), low.expression(parts[2])))
    return low.opaque(node, "it is computed")


def _unary(low: Lowering, node: Node) -> p.Expression:
    if "!!" in low.tokens(node):
        return low.expression(node.child_by_field_name("argument"))
    return f.unary()(low, node)


def _cast(low: Lowering, node: Node) -> p.Expression:
    value = low.expression(node.child_by_field_name("left"))
    return f.cast(low, node, value, _type(low, node.child_by_field_name("right")))


def _index(low: Lowering, node: Node) -> p.Expression:
    parts = low.children(node)
    if len(parts) < 2:
        return low.opaque(node)
    return p.Index(*low.span(node), low.expression(parts[0]), low.expression(parts[1]))


def _reference(low: Lowering, node: Node) -> p.Expression:
    parts = low.children(node)
    made = low.expression(parts[0]) if parts else low.nothing(node)
    return p.Attribute(*low.span(node), made, low.text(parts[-1])) if len(parts) > 1 else made


def _object(low: Lowering, node: Node) -> p.Expression:
    """`object : T(...) { ... }`: its methods are handed to what it is made from, by their names."""
    block = next((child for child in low.children(node) if child.type == "class_body"), None)
    bases = _bases(low, node)
    start, end = low.span(node)
    callee, arguments = bases[0] if bases else (p.Name(start, start, "object"), [])
    return p.Call(start, end, callee, (*arguments, *c.nameless(_members(low, block))))


def _this(low: Lowering, node: Node) -> p.Expression:
    return p.Name(*low.span(node), c.THIS)


def _assignment(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    start, end = low.span(node)
    low.extents.append((start, end))
    sign = low.text(node.child_by_field_name("operator"))
    target = low.expression(node.child_by_field_name("left"))
    value = low.expression(node.child_by_field_name("right"))
    if sign == "=":
        out.append(p.Assign(start, end, (target,), value))
    else:
        out.append(p.Augment(start, end, sign.removesuffix("="), target, value))


# Declarations -------------------------------------------------------------------------------------------------------------------


def _targets(low: Lowering, node: Node) -> p.Expression:
    """What a declaration binds."""
    if node.type == "multi_variable_declaration":
        inner = [_targets(low, child) for child in low.children(node)]
        return p.Sequence(*low.span(node), "tuple", tuple(inner))
    return p.Name(*low.span(low.children(node)[0]), low.text(low.children(node)[0]).strip("`"))


def _declared(low: Lowering, node: Node) -> p.Assign | None:
    """The assignment that a property's declaration is; a value of None where it has none."""
    target: Node | None = None
    value: p.Expression | None = None
    failed: p.Expression | None = None
    for child in low.children(node):
        if child.type in ("variable_declaration", "multi_variable_declaration"):
            target = child
        elif child.type == "property_delegate":
            value = _delegate(low, child)
        elif (
            child.type == "ERROR"
            and len(child.named_children) == 2
            and child.named_children[1].type == "type_arguments"
        ):
            # The grammar does not see the call in `val x = find<T>(y)`.
            callee, types = child.named_children
            failed = f.cast(low, child, p.Call(*low.span(child), low.expression(callee), ()), _only_type(low, types))
        elif target is not None and child.type not in ("getter", "setter", "type_constraints", "ERROR"):
            value = low.expression(child)
    if target is None or not low.children(target):
        return None
    return p.Assign(*low.span(node), (_targets(low, target),), failed or value, _type_of(low, target))


def _delegate(low: Lowering, node: Node) -> p.Expression:
    """`by lazy { ... }` is the lambda's value; any other delegate is asked at run time."""
    start, end = low.span(node)
    for child in low.children(node):
        parts = low.children(child) if child.type == "call_expression" else []
        if parts and low.text(parts[0]) == "lazy":
            return p.Call(start, end, _lambda(low, parts[-1], ""), ())
    return low.opaque(node, "a delegate gives it at run time")


def _property(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    low.extents.append(low.span(node))
    made = _declared(low, node)
    if made is not None:
        out.append(made if made.value is not None else _with_nothing(low, node, made))


def _with_nothing(low: Lowering, node: Node, made: p.Assign) -> p.Assign:
    return p.Assign(made.start, made.end, made.targets, low.nothing(node), made.annotation)


def _modifiers(low: Lowering, node: Node) -> tuple[list[str], tuple[p.Expression, ...]]:
    found = next((child for child in node.children if child.type == "modifiers"), None)
    if found is None:
        return [], ()
    annotations = [child for child in low.children(found) if child.type == "annotation"]
    return low.text(found).split(), tuple([low.expression(child) for child in annotations])


def _annotation(low: Lowering, node: Node) -> p.Expression:
    parts = low.children(node)
    return low.expression(parts[-1]) if parts else low.opaque(node)


def _constructor_invocation(low: Lowering, node: Node) -> p.Expression:
    parts = low.children(node)
    arguments = _arguments(low, parts[1]) if len(parts) > 1 else []
    return p.Call(*low.span(node), low.expression(parts[0]), tuple(arguments))


def _parameters(low: Lowering, node: Node | None) -> list[p.Parameter]:
    out: list[p.Parameter] = []
    rest = False
    for child in low.children(node) if node is not None else ():
        if child.type == "parameter_modifiers":
            rest = "vararg" in low.text(child)
        elif child.type in ("parameter", "class_parameter"):
            rest = rest or "vararg" in _modifiers(low, child)[0]
            names = [one for one in child.named_children if one.type == "identifier"]
            kind = _type_of(low, child)
            own = low.children(child)
            default = None
            if "=" in low.tokens(child) and own:
                default = low.expression(own[-1])
            name = low.text(names[0]) if names else ""
            out.append(p.Parameter(*low.span(child), name, "rest" if rest else "plain", default, kind))
            rest = False
        elif out:
            last = out[-1]
            last.default = low.expression(child)
    return out


def _function(low: Lowering, node: Node, *, member: bool = False, words: tuple[str, ...] = ()) -> p.Function:
    name = node.child_by_field_name("name")
    parameters = _parameters(
        low, next((one for one in low.children(node) if one.type == "function_value_parameters"), None)
    )
    body = next((child for child in low.children(node) if child.type == "function_body"), None)
    block, expression = _body(low, body)
    start = low.span(node)[0]
    decorators = (*c.marks(start, *words), *_modifiers(low, node)[1])
    return c.function(low, node, low.text(name).strip("`"), parameters, block, member=member, decorators=decorators,
                      expression=expression)  # fmt: skip


def _body(low: Lowering, node: Node | None) -> tuple[Node | None, bool]:
    """The block of a function, or the expression in its place; and whether it is one."""
    inner = low.children(node) if node is not None else []
    return (inner[0], inner[0].type != "block") if inner else (None, False)


def _function_statement(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    out.append(_function(low, node))


def _function_value(low: Lowering, node: Node) -> p.Expression:
    return _function(low, node)


# Classes ------------------------------------------------------------------------------------------------------------------------


def _bases(low: Lowering, node: Node) -> list[tuple[p.Expression, list[Argument]]]:
    """What a class is derived from, and what its constructor is given."""
    out: list[tuple[p.Expression, list[Argument]]] = []
    for clause in low.children(node):
        for one in low.children(clause) if clause.type == "delegation_specifiers" else ():
            inner = low.children(one)[0] if low.children(one) else None
            if inner is None:
                continue
            parts = low.children(inner)
            if inner.type == "constructor_invocation":
                given = _arguments(low, parts[1]) if len(parts) > 1 else []
                out.append((low.expression(parts[0]), given))
            elif inner.type == "explicit_delegation":
                out.append((low.expression(parts[0]), []))
            else:
                out.append((low.expression(inner), []))
    return out


def _members(
    low: Lowering, node: Node | None, body: c.Body | None = None, *, of_class: bool = False, local: frozenset[str] = frozenset()
) -> c.Body:  # fmt: skip
    body = body or c.Body()
    for member in low.children(node) if node is not None else ():
        if member.type == "function_declaration":
            body.functions.append(_function(low, member, member=True, words=(p.OF_CLASS,) if of_class else ()))
        elif member.type == "property_declaration":
            _member_property(low, member, body, of_class=of_class, local=local)
        elif member.type == "companion_object":
            _members(
                low, next((one for one in low.children(member) if one.type == "class_body"), None), body, of_class=True
            )
        elif member.type == "anonymous_initializer":
            body.late.extend(low.block(low.children(member)))
        elif member.type == "secondary_constructor":
            body.functions.append(_secondary(low, member))
        elif member.type in SYNTAX.statements:
            low.statement(member, body.static)
    return body


def _member_property(low: Lowering, node: Node, body: c.Body, *, of_class: bool, local: frozenset[str]) -> None:
    low.extents.append(low.span(node))
    made = _declared(low, node)
    getter = next((child for child in low.children(node) if child.type == "getter"), None)
    block, expression = _body(low, _inside(low, getter, "function_body"))
    if made is None or not isinstance(made.targets[0], p.Name):
        return
    if block is not None and getter is not None:
        start = low.span(node)[0]
        words = c.marks(start, p.OF_CLASS if of_class else p.PROPERTY)
        name = made.targets[0].id
        body.functions.append(
            c.function(low, getter, name, (), block, member=True, decorators=words, expression=expression)
        )
    else:
        c.add_field(body, made, static=of_class, local=local, known=_OF_THE_LIBRARY)


def _inside(low: Lowering, node: Node | None, kind: str) -> Node | None:
    return next((child for child in low.children(node) if child.type == kind), None) if node is not None else None


def _secondary(low: Lowering, node: Node) -> p.Function:
    start = low.span(node)[0]
    first: list[p.Statement] = []
    for child in low.children(node):
        if child.type == "constructor_delegation_call":
            given = _inside(low, child, "value_arguments")
            owner = p.Name(start, start, c.THIS) if "this" in low.tokens(child) else c.super_call(low, child)
            callee = p.Attribute(start, start, owner, p.CONSTRUCTOR)
            arguments = tuple(_arguments(low, given)) if given is not None else ()
            first.append(p.Do(*low.span(child), p.Call(*low.span(child), callee, arguments)))
    parameters = _parameters(low, _inside(low, node, "function_value_parameters"))
    return c.function(low, node, p.CONSTRUCTOR, parameters, _inside(low, node, "block"), member=True, first=first)


def _primary(
    low: Lowering, node: Node, given: Node | None, bases: list[tuple[p.Expression, list[Argument]]]
) -> p.Function:
    """The constructor in a class's head: what it is given becomes fields, and its base is made."""
    start = low.span(node)[0]
    parameters = _parameters(low, given)
    fields = [child for child in low.children(given) if child.type == "class_parameter"] if given is not None else []
    body: list[p.Statement] = []
    for child, parameter in zip(fields, parameters, strict=False):
        if {"val", "var"} & set(low.tokens(child)):
            where = (parameter.start, parameter.end)
            target = p.Attribute(*where, p.Name(*where, c.THIS), parameter.name)
            body.append(p.Assign(*where, (target,), p.Name(*where, parameter.name)))
    for _, arguments in bases:
        if arguments:
            callee = p.Attribute(start, start, p.Call(start, start, p.Name(start, start, "super"), ()), p.CONSTRUCTOR)
            body.append(p.Do(start, start, p.Call(start, start, callee, tuple(arguments))))
    own = p.Parameter(start, start, c.THIS, "plain", None, None)
    return p.Function(start, start, p.CONSTRUCTOR, (own, *parameters), tuple(body))


def _class(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    name = node.child_by_field_name("name")
    if name is None:
        return
    block = next((child for child in low.children(node) if child.type in ("class_body", "enum_class_body")), None)
    low.head(node, block)
    bases = _bases(low, node)
    given = _inside(low, _inside(low, node, "primary_constructor"), "class_parameters")
    body = c.Body()
    local: frozenset[str] = frozenset()
    if given is not None or any(arguments for _, arguments in bases):
        made = _primary(low, node, given, bases)
        local = frozenset(parameter.name for parameter in made.parameters)
        body.functions.append(made)
        body.static += [
            p.Assign(one.start, one.end, (p.Name(one.start, one.start, one.name),), None, one.annotation)
            for one in made.parameters[1:]
        ]
    _members(low, block, body, local=local)
    if block is not None and block.type == "enum_class_body":
        entries = [child for child in low.children(block) if child.type == "enum_entry"]
        constants = []
        for entry in entries:
            arguments = _inside(low, entry, "value_arguments")
            constants.append(
                (low.children(entry)[0], tuple(_arguments(low, arguments)) if arguments is not None else ())
            )
        c.add_constants(low, body, low.name(name), constants, ("name", "toString"))
    start, end = low.span(name)
    own = p.Name(start, end, low.text(name))
    if node.type == "object_declaration":
        body.after.append(p.Assign(start, start, (own,), p.Call(start, end, own, ()), c.no_type(start)))
    elif any(child.type == "companion_object" for child in (low.children(block) if block is not None else ())):
        body.after.append(p.Assign(start, start, (p.Attribute(start, start, own, "Companion"),), own))
    out.extend(c.made_class(low, node, low.text(name), [base for base, _ in bases], body))


# Statements ---------------------------------------------------------------------------------------------------------------------


def _import(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    where = low.span(node)
    low.extents.append(where)
    parts = low.children(node)
    if not parts:
        return
    path = "".join(low.text(parts[0]).split()).replace("`", "")
    owner, _, last = path.rpartition(".")
    if "*" in low.tokens(node):
        out.append(p.Import(*where, path, 0, (("*", "*"),)))
        return
    alias = low.text(parts[1]) if len(parts) > 1 else last
    out.append(p.Import(*where, owner, 0, ((last, alias),)))


def _for(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    parts = [child for child in low.children(node) if child.type != "label"]
    block = parts[2] if len(parts) > 2 else None
    low.head(node, block)
    if len(parts) > 1 and parts[0].type.endswith("variable_declaration"):
        out.append(p.Loop(*low.span(node), _targets(low, parts[0]), low.expression(parts[1]), low.loop(block), ()))


def _while(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    condition = node.child_by_field_name("condition")
    block = next((child for child in low.children(node) if child != condition), None)
    low.head(node, block)
    out.append(p.Loop(*low.span(node), None, low.expression(condition), low.loop(block), ()))


def _return(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    start, end = low.span(node)
    low.extents.append((start, end))
    label = node.child_by_field_name("label")
    given = [child for child in low.children(node) if child != label]
    out.append(p.Return(start, end, low.expression(given[0]) if given else None))


def _bare(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """A name by itself, which the grammar makes of `break` and `continue` too."""
    text = low.text(node)
    if text in ("break", "continue"):
        (f.broken if text == "break" else f.continued)(low, node, out)
    else:
        low.do(node, node, out)


_VALUED = frozenset(("if_expression", "when_expression", "try_expression", "identifier"))

SYNTAX = Syntax(
    expressions={
        "identifier": _identifier,
        "qualified_identifier": _user_type,
        "user_type": _user_type,
        "nullable_type": f.inner(),
        "string_literal": _string,
        "multiline_string_literal": _string,
        "character_literal": string(),
        "number_literal": f.number,
        "float_literal": f.number,
        "this_expression": _this,
        "super_expression": c.super_call,
        "navigation_expression": _navigation,
        "call_expression": _call,
        "index_expression": _index,
        "annotated_lambda": _lambda,
        "lambda_literal": _lambda,
        "anonymous_function": _function_value,
        "object_literal": _object,
        "callable_reference": _reference,
        "parenthesized_expression": f.inner(at=-1),
        "annotated_expression": f.inner(at=-1),
        "labeled_expression": f.inner(at=-1),
        "collection_literal": f.sequence(),
        "binary_expression": _binary,
        "infix_expression": _infix,
        "in_expression": f.opaque("it is decided at run time"),
        "is_expression": f.opaque("it is decided at run time"),
        "type_test": f.opaque("it is decided at run time"),
        "range_test": f.opaque("it is decided at run time"),
        "as_expression": _cast,
        "unary_expression": _unary,
        "if_expression": _if_value,
        "when_expression": _when_value,
        "try_expression": _try_value,
        "annotation": _annotation,
        "constructor_invocation": _constructor_invocation,
    },
    statements={
        "package_header": f.skip,
        "file_annotation": f.skip,
        "shebang": f.skip,
        "type_alias": f.skip,
        "import": _import,
        "class_declaration": _class,
        "object_declaration": _class,
        "function_declaration": _function_statement,
        "property_declaration": _property,
        "assignment": _assignment,
        "if_expression": _if,
        "when_expression": _when,
        "try_expression": f.attempt(("catch_block",), ("finally_block",)),
        "for_statement": _for,
        "while_statement": _while,
        "do_while_statement": _while,
        "return_expression": _return,
        "throw_expression": f.raised,
        "identifier": _bare,
        "label": f.skip,
        "block": f.inline,
    },
    comments=frozenset(("line_comment", "block_comment", "comment", "multiline_comment")),
    transparent=frozenset(("source_file", "ERROR")),
)
