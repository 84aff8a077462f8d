"""What most languages have, for the tables of `syntax`: each function is, or makes, what lowers one kind of node."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends.syntax import MARK, Argument, Expression, Lowering, Statement

if TYPE_CHECKING:
    from tree_sitter import Node


def name(low: Lowering, node: Node) -> p.Expression:
    """A variable; one whose name a template puts in is not known."""
    made = low.name(node)
    return p.Opaque(made.start, made.end, "a template puts it in") if MARK in made.id else made


def literal(value: float | bool | None) -> Expression:
    """Makes a truth value or nothing."""
    return lambda low, node: p.Literal(*low.span(node), value)


def number(low: Lowering, node: Node) -> p.Expression:
    """A number, where its form is a plain one."""
    text = low.text(node).replace("_", "")
    try:
        return p.Literal(*low.span(node), int(text, 0) if text[:2].lower() in ("0x", "0b", "0o") else _decimal(text))
    except ValueError:
        return p.Opaque(*low.span(node), "a number")


def _decimal(text: str) -> float:
    return float(text) if "." in text or "e" in text.lower() else int(text)


def inner(field_name: str = "", at: int = 0) -> Expression:
    """Makes what one of a node's children is: the one of a field, or the named child at a position."""

    def made(low: Lowering, node: Node) -> p.Expression:
        child = node.child_by_field_name(field_name) if field_name else None
        if child is None:
            children = low.children(node)
            child = children[at] if -len(children) <= at < len(children) else None
        return low.expression(child) if child is not None else low.opaque(node)

    return made


def attribute(owner: str, part: str) -> Expression:
    """Makes a named part. owner, part: the fields of the two."""

    def made(low: Lowering, node: Node) -> p.Expression:
        value = low.expression(node.child_by_field_name(owner))
        named = node.child_by_field_name(part)
        if named is None:
            return value
        return p.Attribute(*low.span(node), value, low.text(named))

    return made


def index(owner: str, key: str) -> Expression:
    """Makes a part chosen by a key."""

    def made(low: Lowering, node: Node) -> p.Expression:
        value = low.expression(node.child_by_field_name(owner))
        return p.Index(*low.span(node), value, low.expression(node.child_by_field_name(key)))

    return made


def binary(
    operators: Mapping[str, str] | None = None, left: str = "left", operator: str = "operator", right: str = "right"
) -> Expression:
    """Makes an operation, a comparison or a choice by logic. operators: the form's signs for the language's own."""

    def made(low: Lowering, node: Node) -> p.Expression:
        sign_node = node.child_by_field_name(operator)
        sign = low.text(sign_node) if sign_node is not None else next(iter(low.tokens(node)), "?")
        sign = (operators or {}).get(sign, sign)
        first = low.expression(node.child_by_field_name(left))
        second = low.expression(node.child_by_field_name(right))
        return operation(*low.span(node), sign, first, second)

    return made


def operation(start: int, end: int, sign: str, left: p.Expression, right: p.Expression) -> p.Expression:
    """An operation by its sign."""
    sign = {"&&": "and", "||": "or"}.get(sign, sign)
    if sign in ("and", "or", "??"):
        return p.Logic(start, end, sign, left, right)
    if sign in ("==", "!=", "===", "!==", "<", ">", "<=", ">=", "in", "is", "not in", "is not"):
        return p.Compare(start, end, sign, left, right)
    return p.Binary(start, end, sign, left, right)


def unary(argument: str = "argument", operator: str = "operator") -> Expression:
    """Makes an operation of one operand: `!` negates; of any other the operand is evaluated, and the value is computed."""

    def made(low: Lowering, node: Node) -> p.Expression:
        children = low.children(node)
        operand = node.child_by_field_name(argument) or (children[-1] if children else None)
        sign = low.text(node.child_by_field_name(operator)) or next(iter(low.tokens(node)), "")
        value = low.expression(operand)
        if sign in ("!", "not"):
            return p.Not(*low.span(node), value)
        if sign == "-" and isinstance(value, p.Literal) and isinstance(value.value, (int, float)):
            return p.Literal(*low.span(node), -value.value)
        return p.Opaque(*low.span(node), "it is computed", (value,))

    return made


def choice(test: str = "condition", yes: str = "consequence", no: str = "alternative") -> Expression:
    """Makes a conditional expression; without a `yes` part the test's value counts (`a ?: b`)."""

    def made(low: Lowering, node: Node) -> p.Expression:
        condition = low.expression(node.child_by_field_name(test))
        taken = node.child_by_field_name(yes)
        other = low.expression(node.child_by_field_name(no))
        if taken is None:
            return p.Logic(*low.span(node), "or", condition, other)
        return p.Choice(*low.span(node), condition, low.expression(taken), other)

    return made


def sequence(kind: str = "list", spread: Iterable[str] = ("spread_element",)) -> Expression:
    """Makes a collection of a node's children. spread: the kinds of those that stand for all items of another collection."""
    spreads = frozenset(spread)

    def made(low: Lowering, node: Node) -> p.Expression:
        items: list[p.Expression] = []
        for child in low.children(node):
            if child.type in spreads:
                value = low.expression(low.children(child)[0]) if low.children(child) else low.nothing(child)
                items.append(p.Spread(*low.span(child), value))
            else:
                items.append(low.expression(child))
        return p.Sequence(*low.span(node), kind, tuple(items))

    return made


def assignment(left: str = "left", right: str = "right") -> Expression:
    """Makes an assignment that is a value."""

    def made(low: Lowering, node: Node) -> p.Expression:
        value = low.expression(node.child_by_field_name(right))
        return p.Bind(*low.span(node), low.expression(node.child_by_field_name(left)), value)

    return made


def augmented(left: str = "left", operator: str = "operator", right: str = "right",
              operators: Mapping[str, str] | None = None) -> Expression:  # fmt: skip
    """Makes an assignment by an operator (`+=`, `??=`) that is a value."""

    def made(low: Lowering, node: Node) -> p.Expression:
        start, end = low.span(node)
        target = low.expression(node.child_by_field_name(left))
        sign = low.text(node.child_by_field_name(operator)) or next(iter(low.tokens(node)), "?=")
        sign = sign.removesuffix("=")
        value = low.expression(node.child_by_field_name(right))
        return p.Bind(start, end, target, operation(start, end, (operators or {}).get(sign, sign), target, value))

    return made


def opaque(because: str) -> Expression:
    """Makes something that only exists at run time, for this reason."""
    return lambda low, node: low.opaque(node, because)


def cast(low: Lowering, node: Node, value: p.Expression, kind: p.Expression) -> p.Expression:
    """A value as one of a type."""
    if isinstance(kind, p.Literal):
        return value
    start, end = low.span(node)
    return p.Call(start, end, p.Name(start, start, p.AS), ((None, value), (None, kind)))


# Statements -----------------------------------------------------------------------------------------------------------------


def skip(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """A statement that means nothing here, such as the declaration of a type."""


def inside(body: str) -> Statement:
    """Makes what is written in a part of it: a namespace."""

    def made(low: Lowering, node: Node, out: list[p.Statement]) -> None:
        block = node.child_by_field_name(body)
        named = node.child_by_field_name("name")
        out.extend(
            low.block(block.named_children if block is not None else [c for c in node.named_children if c != named])
        )

    return made


def yielded(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """`yield return` of one item."""
    start, end = low.span(node)
    low.extents.append((start, end))
    children = low.children(node)
    if children:
        out.append(p.Do(start, end, p.Yield(start, end, low.expression(children[0]), all=False)))


def inline(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """A block whose statements stand for themselves."""
    out.extend(low.block(node.named_children))


def evaluate(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """A statement that consists of an expression."""
    for child in low.children(node):
        low.do(node, child, out)


def returned(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """`return`, with or without a value."""
    start, end = low.span(node)
    low.extents.append((start, end))
    children = low.children(node)
    out.append(p.Return(start, end, low.expression(children[0]) if children else None))


def raised(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """`throw` and its like."""
    children = low.children(node)
    out.append(p.Leave(*low.span(node), "raise", low.expression(children[0]) if children else None))


def broken(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """`break`: it leaves a loop, or only ends a case."""
    if low.breaks and low.breaks[-1]:
        out.append(p.Leave(*low.span(node), "break", None))


def continued(low: Lowering, node: Node, out: list[p.Statement]) -> None:
    """`continue`."""
    if any(low.breaks):
        out.append(p.Leave(*low.span(node), "continue", None))


def branch(condition: str = "condition", yes: str = "consequence", no: str = "alternative") -> Statement:
    """Makes a conditional statement; an alternative may hold another one."""

    def made(low: Lowering, node: Node, out: list[p.Statement]) -> None:
        taken = node.child_by_field_name(yes)
        low.head(node, taken)
        test = low.expression(node.child_by_field_name(condition))
        body = low.body(taken)
        others = node.children_by_field_name(no)
        otherwise: tuple[p.Statement, ...] = ()
        ways = [(test, body)]
        for other in others:
            if other.type in ("else_if_clause", "elif", "elsif") and other.child_by_field_name(condition) is not None:
                inner_test = low.expression(other.child_by_field_name(condition))
                part = other.child_by_field_name(yes) or other.child_by_field_name("body")
                ways.append((inner_test, low.body(part)))
            else:
                otherwise = low.block([other])
        out.append(p.Branch(*low.span(node), tuple(ways), otherwise))

    return made


def repeat(condition: str = "condition", body: str = "body") -> Statement:
    """Makes a loop that runs while a condition holds."""

    def made(low: Lowering, node: Node, out: list[p.Statement]) -> None:
        block = node.child_by_field_name(body)
        low.head(node, block)
        test = low.expression(node.child_by_field_name(condition))
        out.append(p.Loop(*low.span(node), None, test, low.loop(block), ()))

    return made


def counted(first: str, body: str = "body", condition: str = "condition") -> Statement:
    """Makes a loop that counts; how often it runs is not followed. first: the field of what runs before it."""

    def made(low: Lowering, node: Node, out: list[p.Statement]) -> None:
        for before in node.children_by_field_name(first):
            if before.is_named:
                low.statement(before, out)
        tested = node.child_by_field_name(condition)
        test = low.expression(tested) if tested is not None and tested.is_named else None
        where = low.span(node)
        unknown = p.Opaque(*where, "it is decided at run time", () if test is None else (test,))
        low.head(node, node.child_by_field_name(body))
        out.append(p.Loop(*where, None, unknown, low.loop(node.child_by_field_name(body)), ()))

    return made


def at_least_once(condition: str = "condition", body: str = "body") -> Statement:
    """Makes a loop that looks at its condition behind its body (`do ... while`)."""

    def made(low: Lowering, node: Node, out: list[p.Statement]) -> None:
        start, end = low.span(node)
        statements = low.loop(node.child_by_field_name(body))
        test = low.expression(node.child_by_field_name(condition))
        leave = p.Branch(test.start, test.end, ((test, ()),), (p.Leave(test.start, test.end, "break", None),))
        out.append(p.Loop(start, end, None, p.Literal(start, start, value=True), (*statements, leave), ()))

    return made


def attempt(handlers: Iterable[str], finals: Iterable[str], body: str = "body") -> Statement:
    """Makes a guarded block. handlers, finals: the kinds of its clauses, whose body is their field of that name."""
    handles, ends = frozenset(handlers), frozenset(finals)

    def made(low: Lowering, node: Node, out: list[p.Statement]) -> None:
        clauses = low.children(node)
        caught = tuple([low.body(_body(clause, body)) for clause in clauses if clause.type in handles])
        final = [statement for clause in clauses if clause.type in ends for statement in low.body(_body(clause, body))]
        tried = _body(node, body, but=handles | ends)
        out.append(p.Try(*low.span(node), low.body(tried), caught, (), tuple(final)))

    return made


def _body(node: Node, body: str, but: frozenset[str] = frozenset()) -> Node | None:
    found = node.child_by_field_name(body)
    if found is None:
        blocks = [child for child in node.named_children if "block" in child.type or "body" in child.type]
        found = next((block for block in reversed(blocks) if block.type not in but), None)
    return found


def cases(
    low: Lowering,
    node: Node,
    subject: p.Expression,
    ways: Iterable[tuple[list[p.Expression] | None, list[Node]]],
    out: list[p.Statement],
) -> None:
    """Adds a choice of cases.

    ways: the values of each case (None for the default) and its statements; a case without any shares the next one's.
    """
    start, end = low.span(node)
    tests: list[tuple[p.Expression, tuple[p.Statement, ...]]] = []
    otherwise: tuple[p.Statement, ...] = ()
    pending: list[p.Expression] = []
    default = False
    for values, body in ways:
        if values is None:
            default = True
        else:
            pending += values
        if not body:
            continue
        statements = low.case(body)
        if default:
            otherwise = statements
        if pending:
            tests.append((any_equal(subject, pending), statements))
        pending, default = [], False
    out.append(p.Branch(start, end, tuple(tests), otherwise))


def any_equal(subject: p.Expression, values: list[p.Expression]) -> p.Expression:
    """Whether a value is one of several."""
    return any_of([p.Compare(value.start, value.end, "==", subject, value) for value in values])


def any_of(tests: list[p.Expression]) -> p.Expression:
    """Whether one of several conditions holds."""
    result = tests[0]
    for test in tests[1:]:
        result = p.Logic(result.start, test.end, "or", result, test)
    return result


def chosen(low: Lowering, node: Node, subject: p.Expression,
           ways: Iterable[tuple[list[p.Expression] | None, p.Expression]]) -> p.Expression:  # fmt: skip
    """A choice of cases that is a value."""
    start, end = low.span(node)
    result: p.Expression = p.Opaque(end, end, "none of the cases holds")
    arms = list(ways)
    for values, value in arms:
        if values is None:
            result = value
    for values, value in reversed(arms):
        if values:
            result = p.Choice(start, end, any_equal(subject, values), value, result)
    return result


def standing_for(body: Iterable[p.Statement], own: str) -> tuple[p.Statement, ...]:
    """What a file stands for that holds a class: the one of the file's name, else the first."""
    names = [one.name for one in body if isinstance(one, p.Class)]
    if not names:
        return ()
    name = own if own in names else names[0]
    return (p.Assign(0, 0, (p.Name(0, 0, p.DEFAULT),), p.Name(0, 0, name), p.Literal(0, 0, None)),)


Constant = tuple[p.Name, list[Argument], Mapping[str, p.Expression]]
"""A member of an enumeration: its name, what it is made with, and the parts that the language gives it."""


def enumerated(cls: p.Name, constants: Iterable[Constant], every: str) -> list[p.Statement]:
    """Statements that make the members of an enumeration, which are objects of it. every: what the list of them is called."""
    out: list[p.Statement] = []
    members: list[p.Expression] = []
    for name, arguments, parts in constants:
        member = p.Attribute(name.start, name.end, p.Name(name.start, name.end, cls.id), name.id)
        members.append(member)
        out += member_of_enumeration(cls.id, member, arguments, parts)
    at = (cls.start, cls.end)
    whole = p.Attribute(*at, p.Name(*at, cls.id), every)
    return [*out, p.Assign(*at, (whole,), p.Sequence(*at, "list", tuple(members)))]


def member_of_enumeration(
    cls: str,
    member: p.Name | p.Attribute,
    arguments: Iterable[Argument],
    parts: Mapping[str, p.Expression],
    annotation: p.Expression | None = None,
) -> list[p.Statement]:
    """Statements that make one member of an enumeration and give it its parts. member: where it is kept."""
    where = (member.start, member.end)
    made = p.Call(*where, p.Name(*where, cls), tuple(arguments))
    given = [p.Assign(*where, (p.Attribute(*where, member, part),), value) for part, value in parts.items()]
    return [p.Assign(*where, (member,), made, annotation), *given]


def exported(low: Lowering, node: Node, value: p.Expression) -> p.Assign:
    """What a module stands for itself."""
    start, end = low.span(node)
    return p.Assign(start, end, (p.Name(start, start, p.DEFAULT),), value)
