"""Classes, as most languages have them: what their bodies are made of, in which order it runs, and functions in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends.forms import member_of_enumeration
from permlint.frontends.syntax import Argument, Lowering

if TYPE_CHECKING:
    from tree_sitter import Node

THIS = "this"


@dataclass
class Body:
    """The members of a class.

    functions: its methods. static: what runs when the class is made, in order. late: what runs when an object is made.
    after: what runs as soon as the class has its name.
    """

    functions: list[p.Function] = field(default_factory=list)
    static: list[p.Statement] = field(default_factory=list)
    late: list[p.Statement] = field(default_factory=list)
    after: list[p.Statement] = field(default_factory=list)


def marks(at: int, *words: str) -> tuple[p.Expression, ...]:
    """Words of the form as decorators."""
    return tuple([p.Name(at, at, word) for word in words])


def no_type(at: int) -> p.Literal:
    """The type of a declaration that names none."""
    return p.Literal(at, at, None)


def function(
    low: Lowering,
    node: Node,
    name: str,
    parameters: Iterable[p.Parameter],
    body: Node | None,
    *,
    member: bool = False,
    decorators: tuple[p.Expression, ...] = (),
    first: Iterable[p.Statement] = (),
    expression: bool = False,
) -> p.Function:
    """A function.

    member: its first parameter is the object, or the class, that it is called on. first: what runs before its body.
    expression: the body is an expression whose value it gives.
    """
    start, end = low.span(node)
    own = [p.Parameter(start, start, THIS, "plain", None, None)] if member else []
    outer, low.breaks = low.breaks, []
    if body is None:
        statements: tuple[p.Statement, ...] = ()
    elif expression:
        low.extents.append(low.span(body))
        value = low.expression(body)
        statements = (p.Return(value.start, value.end, value),)
        if isinstance(value, p.Bind):
            statements = (p.Assign(value.start, value.end, (value.target,), value.value),)
    else:
        low.head(node, body)
        statements = low.body(body)
    low.breaks = outer
    return p.Function(start, end, name, (*own, *parameters), (*first, *statements), decorators)


def made_class(
    low: Lowering, node: Node, name: str, bases: Iterable[p.Expression], body: Body, decorators: tuple[p.Expression, ...] = ()
) -> list[p.Statement]:  # fmt: skip
    """A class, and what runs as soon as it has its name."""
    start, end = low.span(node)
    known = tuple(bases)
    members: list[p.Statement] = [*body.functions, *body.static]
    if body.late:
        members = with_constructor(start, members, body.late, derived=bool(known))
    return [p.Class(start, end, name, known, (), tuple(members), decorators), *body.after]


def with_constructor(
    start: int, members: Iterable[p.Statement], late: list[p.Statement], *, derived: bool, receiver: str = THIS
) -> list[p.Statement]:
    """Members of a class with statements put at the head of each constructor, or with a constructor that holds them.

    receiver: what the language calls the object.
    """
    out: list[p.Statement] = []
    found = False
    for one in members:
        if isinstance(one, p.Function) and one.name == p.CONSTRUCTOR:
            found = True
            one = p.Function(one.start, one.end, one.name, one.parameters, (*late, *one.body), one.decorators)
        out.append(one)
    if found:
        return out
    parameters = [p.Parameter(start, start, receiver, "plain", None, None)]
    first: list[p.Statement] = []
    if derived:
        parameters.append(p.Parameter(start, start, "<rest>", "rest", None, None))
        bases = p.Call(start, start, p.Name(start, start, "super"), ())
        outer = p.Attribute(start, start, bases, p.CONSTRUCTOR)
        first.append(p.Do(start, start, p.Call(start, start, outer, (("*", p.Name(start, start, "<rest>")),))))
    return [*out, p.Function(start, start, p.CONSTRUCTOR, tuple(parameters), (*first, *late))]


def add_field(
    body: Body, declared: p.Assign, *, static: bool, local: frozenset[str] = frozenset(), known: frozenset[str] = frozenset()
) -> None:  # fmt: skip
    """Adds a field; one whose value may look at the object is set when the object is made.

    local: the names that the constructor is given. known: functions of the language's library.
    """
    name, value = declared.targets[0], declared.value
    if static or value is None or not _looks_at_object(value, local, known) or not isinstance(name, p.Name):
        body.static.append(declared)
        return
    start, end = declared.start, declared.end
    body.static.append(p.Assign(start, start, (name,), None, declared.annotation or no_type(start)))
    target = p.Attribute(name.start, name.end, p.Name(start, start, THIS), name.id)
    body.late.append(p.Assign(start, end, (target,), value))


def _looks_at_object(value: p.Expression, local: frozenset[str], known: frozenset[str]) -> bool:
    for one in p.inside(value):
        if isinstance(one, p.Function) or (isinstance(one, p.Name) and (one.id == THIS or one.id in local)):
            return True
        if isinstance(one, p.Call) and isinstance(one.function, p.Name):
            if one.function.id[:1].islower() and one.function.id not in known:
                return True
    return False


def add_constants(
    low: Lowering, body: Body, name: p.Name, constants: Iterable[tuple[Node, tuple[Argument, ...]]], parts: tuple[str, ...]
) -> None:  # fmt: skip
    """Adds the constants of an enumeration, each with the arguments that make it.

    parts: what gives a constant's name, where the enumeration has nothing else of that name.
    """
    own = {one.name for one in body.functions}
    own |= {
        one.targets[0].id for one in body.static if isinstance(one, p.Assign) and isinstance(one.targets[0], p.Name)
    }
    every: list[p.Expression] = []
    first: list[p.Statement] = []
    at = name.start
    for node, arguments in constants:
        start, end = low.span(node)
        constant = p.Name(start, end, low.text(node))
        every.append(p.Attribute(at, at, p.Name(at, at, THIS), constant.id))
        given = {part: low.quoted(node) for part in parts if part not in own}
        first += member_of_enumeration(name.id, constant, arguments, given, no_type(start))
    body.static[:0] = first
    if "values" not in own:
        members = p.Sequence(at, at, "list", tuple(every))
        receiver = p.Parameter(at, at, THIS, "plain", None, None)
        body.functions.append(
            p.Function(at - 1, at, "values", (receiver,), (p.Return(at, at, members),), marks(at, p.OF_CLASS))
        )


def nameless(body: Body) -> list[Argument]:
    """The methods of a class without a name as arguments by their names: they see the object around them as their own."""
    return [
        (one.name, p.Function(one.start, one.end, one.name, one.parameters[1:], one.body, one.decorators))
        for one in body.functions
    ]


def super_call(low: Lowering, node: Node) -> p.Expression:
    """`super`: the bases of the class around it."""
    return p.Call(*low.span(node), p.Name(*low.span(node), "super"), ())


def dotted(start: int, end: int, parts: Iterable[str]) -> p.Expression:
    """A dotted name."""
    made: p.Expression | None = None
    for part in parts:
        made = p.Name(start, end, part) if made is None else p.Attribute(start, end, made, part)
    return made or p.Opaque(start, end, "it has no name")
