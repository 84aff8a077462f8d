"""What stands around a piece of PHP: its namespace, class and method, by which names and classes are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.frontends.syntax import Lowering

if TYPE_CHECKING:
    from tree_sitter import Node

THIS = "$this"
OF_CLASS = "static"
"""The name of the parameter under which a static method is given its class."""
METHODS = {"__construct": p.CONSTRUCTOR, "__toString": p.TEXT_OF, "__invoke": p.CALLED}
"""What the methods are called that the small program form has names for."""


@dataclass
class Enclosing:
    """The class around the node at hand. name: qualified. base: what it extends. trait: its `self` is another class.

    constants: the names of its own.
    """

    name: str
    base: Node | None
    trait: bool
    constants: frozenset[str]


@dataclass
class Php(Lowering):
    """Lowers one file. namespace, classes: what unqualified names of classes stand for. cls, receiver: what is around the node.

    receiver: the parameter of the method around: the object's, the class's, none outside methods.
    constants: assignments of constants that hold everywhere, wherever they are defined.
    """

    namespace: str = ""
    classes: dict[str, str] = field(default_factory=dict)
    cls: Enclosing | None = None
    receiver: str = ""
    functions: int = 0
    constants: list[p.Statement] = field(default_factory=list)

    def block(self, nodes: Iterable[Node]) -> tuple[p.Statement, ...]:
        """The statements of some nodes: constants first, then what is hoisted, then the rest."""
        outermost = self.depth == 0
        body = super().block(nodes)
        return (*self.constants, *body) if outermost else body

    def class_name(self, text: str) -> str:
        """The qualified name of a class, without a leading backslash."""
        if text.startswith("\\"):
            return text[1:]
        first, slash, rest = text.partition("\\")
        if first.lower() == "namespace":
            return f"{self.namespace}\\{rest}".strip("\\")
        known = self.classes.get(first.lower())
        if known is not None:
            return known + slash + rest
        return f"{self.namespace}\\{text}" if self.namespace else text


def php_of(low: Lowering) -> Php:
    """The lowering of a PHP file as what it is."""
    assert isinstance(low, Php)
    return low


def last(text: str) -> str:
    """The last part of a qualified name."""
    return text.rpartition("\\")[2]


def class_of(low: Lowering, node: Node | None) -> p.Expression:
    """What stands before `::` or behind `new`: a class, `self`, `static`, `parent` or a value."""
    if node is None:
        return p.Opaque(0, 0, "it is left out")
    php = php_of(low)
    if node.type not in ("name", "qualified_name", "relative_name", "relative_scope"):
        return low.expression(node)
    start, end = low.span(node)
    text = low.text(node)
    word = text.lower()
    if word == "parent":
        if php.receiver:
            return p.Call(start, end, p.Name(start, end, "super"), ())
        base = php.cls.base if php.cls is not None else None
        return class_of(low, base) if base is not None else p.Opaque(start, end, "its class is only known at run time")
    if word in ("self", "static"):
        if word == "self" and php.cls is not None and not php.cls.trait and php.receiver:
            return p.Name(start, end, php.cls.name)
        if php.receiver == THIS:
            return p.Attribute(start, end, p.Name(start, end, THIS), p.CLASS)
        if php.receiver:
            return p.Name(start, end, OF_CLASS)
        return p.Opaque(start, end, "its class is only known at run time")
    return p.Name(start, end, php.class_name(text))
