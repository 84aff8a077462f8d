"""The small program form: the one vocabulary to which every front end lowers a file.

Expressions and statements carry offsets (code points, end exclusive) into the text of their file; `Program.place` turns
these into lines and columns. Nothing here knows of any language: a front end says what a file does in these words, and
everything downstream reads only them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, ClassVar, Union

from permlint.places import LineIndex, Place

# Names that the form gives a meaning to; a front end puts them in place of its language's own.
CONSTRUCTOR = "__init__"
"""The method that is run when an object of a class is made. A method's first parameter is the object that it is called on."""
OF_CLASS = "classmethod"
"""The decorator of a method whose first parameter is the class."""
STATIC = "staticmethod"
"""The decorator of a function in a class that is given neither object nor class."""
PROPERTY = "property"
"""The decorator of a method that is read like a part."""
CLASS = "__class__"
"""The part of an object that is its class."""
TEXT_OF = "__str__"
"""The method that gives an object as a text."""
CALLED = "__call__"
"""The method that is run when an object is called."""
DEFAULT = "module.exports"
"""The name under which a module binds what it stands for itself, where it is more than the names in it."""
AS = "<as>"
"""The function that takes a value and a type, and gives the value as one of that type: a cast."""
FIRST = "<first>"
"""The function that gives the first of several results."""


def bare(name: str) -> str:
    """A variable's name as people say it, without the sign that some languages put before it."""
    return name.lstrip("$@")


class Node:
    """A piece of a program with its extent in the text."""

    __slots__ = ("end", "start")
    fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end

    def __repr__(self) -> str:
        inner = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.fields)
        return f"{type(self).__name__}({self.start}:{self.end} {inner})"


class Text(Node):
    """Literal characters of a string.

    spots: where each character of `value` stands in the text, and the end of the last; None where character i stands at
    start + i.
    """

    __slots__ = ("spots", "value")
    fields = ("value", "spots")

    def __init__(self, start: int, end: int, value: str, spots: tuple[int, ...] | None = None) -> None:
        self.start, self.end, self.value, self.spots = start, end, value, spots


class String(Node):
    """A string with holes: literal pieces and, between them, expressions whose text is put in."""

    __slots__ = ("parts",)
    fields = ("parts",)

    def __init__(self, start: int, end: int, parts: tuple[Expression, ...]) -> None:
        self.start, self.end, self.parts = start, end, parts


class Literal(Node):
    """A number, a truth value or nothing."""

    __slots__ = ("value",)
    fields = ("value",)

    def __init__(self, start: int, end: int, value: float | bool | None) -> None:
        self.start, self.end, self.value = start, end, value


class Sequence(Node):
    """A list, tuple or set; an item may be a `Spread`. kind: `list`, `tuple` or `set`."""

    __slots__ = ("items", "kind")
    fields = ("kind", "items")

    def __init__(self, start: int, end: int, kind: str, items: tuple[Expression, ...]) -> None:
        self.start, self.end, self.kind, self.items = start, end, kind, items


class Mapping(Node):
    """A mapping; an entry without a key spreads another mapping into this one."""

    __slots__ = ("entries",)
    fields = ("entries",)

    def __init__(self, start: int, end: int, entries: tuple[tuple[Expression | None, Expression], ...]) -> None:
        self.start, self.end, self.entries = start, end, entries


class Spread(Node):
    """All items of a value in place of one item."""

    __slots__ = ("value",)
    fields = ("value",)

    def __init__(self, start: int, end: int, value: Expression) -> None:
        self.start, self.end, self.value = start, end, value


class Name(Node):
    """A variable by its name."""

    __slots__ = ("id",)
    fields = ("id",)

    def __init__(self, start: int, end: int, id: str) -> None:  # noqa: A002 - the field's standard name
        self.start, self.end, self.id = start, end, id


class Attribute(Node):
    """A named part of a value."""

    __slots__ = ("name", "value")
    fields = ("value", "name")

    def __init__(self, start: int, end: int, value: Expression, name: str) -> None:
        self.start, self.end, self.value, self.name = start, end, value, name


class Index(Node):
    """A part of a value chosen by a key or position; as a target with nothing for a key, the place behind the last item."""

    __slots__ = ("key", "value")
    fields = ("value", "key")

    def __init__(self, start: int, end: int, value: Expression, key: Expression) -> None:
        self.start, self.end, self.value, self.key = start, end, value, key


class Slice(Node):
    """A range of positions, as the key of an `Index`."""

    __slots__ = ("lower", "step", "upper")
    fields = ("lower", "upper", "step")

    def __init__(
        self, start: int, end: int, lower: Expression | None, upper: Expression | None, step: Expression | None
    ) -> None:
        self.start, self.end, self.lower, self.upper, self.step = start, end, lower, upper, step


class Call(Node):
    """A call. arguments: (name, value); the name is None for a position, `*` and `**` for spread arguments."""

    __slots__ = ("arguments", "function")
    fields = ("function", "arguments")

    def __init__(
        self, start: int, end: int, function: Expression, arguments: tuple[tuple[str | None, Expression], ...]
    ) -> None:
        self.start, self.end, self.function, self.arguments = start, end, function, arguments


class Binary(Node):
    """Two values joined by an operator: `+ - * / % | &` and what else the language has."""

    __slots__ = ("left", "operator", "right")
    fields = ("operator", "left", "right")

    def __init__(self, start: int, end: int, operator: str, left: Expression, right: Expression) -> None:
        self.start, self.end, self.operator, self.left, self.right = start, end, operator, left, right


class Not(Node):
    """Logical negation."""

    __slots__ = ("value",)
    fields = ("value",)

    def __init__(self, start: int, end: int, value: Expression) -> None:
        self.start, self.end, self.value = start, end, value


class Logic(Node):
    """`and`, `or` (the value of the last operand that was looked at), or `??` (the first that is not nothing)."""

    __slots__ = ("left", "operator", "right")
    fields = ("operator", "left", "right")

    def __init__(self, start: int, end: int, operator: str, left: Expression, right: Expression) -> None:
        self.start, self.end, self.operator, self.left, self.right = start, end, operator, left, right


class Compare(Node):
    """One comparison: `==`, `!=`, `<`, `in`, `not in`, `is`, ..."""

    __slots__ = ("left", "operator", "right")
    fields = ("operator", "left", "right")

    def __init__(self, start: int, end: int, operator: str, left: Expression, right: Expression) -> None:
        self.start, self.end, self.operator, self.left, self.right = start, end, operator, left, right


class Choice(Node):
    """A conditional expression."""

    __slots__ = ("no", "test", "yes")
    fields = ("test", "yes", "no")

    def __init__(self, start: int, end: int, test: Expression, yes: Expression, no: Expression) -> None:
        self.start, self.end, self.test, self.yes, self.no = start, end, test, yes, no


class Comprehension(Node):
    """Builds a collection from others. kind: `list`, `set`, `mapping` or `generator`; `key` only for mappings.

    clauses: (target, iterable, conditions), outermost first.
    """

    __slots__ = ("clauses", "item", "key", "kind")
    fields = ("kind", "key", "item", "clauses")

    def __init__(
        self,
        start: int,
        end: int,
        kind: str,
        key: Expression | None,
        item: Expression,
        clauses: tuple[tuple[Expression, Expression, tuple[Expression, ...]], ...],
    ) -> None:
        self.start, self.end, self.kind, self.key, self.item, self.clauses = start, end, kind, key, item, clauses


class Bind(Node):
    """An assignment that is itself a value."""

    __slots__ = ("target", "value")
    fields = ("target", "value")

    def __init__(self, start: int, end: int, target: Expression, value: Expression) -> None:
        self.start, self.end, self.target, self.value = start, end, target, value


class Yield(Node):
    """Hands one value (or with `all`, each item of it) to whoever iterates over the function."""

    __slots__ = ("all", "value")
    fields = ("value", "all")

    def __init__(self, start: int, end: int, value: Expression, all: bool) -> None:  # noqa: A002
        self.start, self.end, self.value, self.all = start, end, value, all


class Opaque(Node):
    """Something that the front end does not express. `parts` are evaluated for what they do."""

    __slots__ = ("because", "parts")
    fields = ("because", "parts")

    def __init__(self, start: int, end: int, because: str, parts: tuple[Expression, ...] = ()) -> None:
        self.start, self.end, self.because, self.parts = start, end, because, parts


class Parameter(Node):
    """A parameter of a function. kind: `plain`, `positional`, `keyword`, `rest` (*args) or `named rest` (**kwargs).

    `shared`: a plain one through which the caller's collection is changed, where others get one of their own.
    """

    __slots__ = ("annotation", "default", "kind", "name")
    fields = ("name", "kind", "default", "annotation")

    def __init__(
        self, start: int, end: int, name: str, kind: str, default: Expression | None, annotation: Expression | None
    ) -> None:
        self.start, self.end, self.name, self.kind = start, end, name, kind
        self.default, self.annotation = default, annotation


class Function(Node):
    """A function; the name is empty for one without. As an expression it is its own value, as a statement it binds its name."""

    __slots__ = ("body", "decorators", "name", "parameters")
    fields = ("name", "parameters", "body", "decorators")

    def __init__(
        self,
        start: int,
        end: int,
        name: str,
        parameters: tuple[Parameter, ...],
        body: tuple[Statement, ...],
        decorators: tuple[Expression, ...] = (),
    ) -> None:
        self.start, self.end, self.name, self.parameters = start, end, name, parameters
        self.body, self.decorators = body, decorators


class Class(Node):
    """A class. keywords: the named arguments beside the bases."""

    __slots__ = ("bases", "body", "decorators", "keywords", "name")
    fields = ("name", "bases", "keywords", "body", "decorators")

    def __init__(
        self,
        start: int,
        end: int,
        name: str,
        bases: tuple[Expression, ...],
        keywords: tuple[tuple[str, Expression], ...],
        body: tuple[Statement, ...],
        decorators: tuple[Expression, ...] = (),
    ) -> None:
        self.start, self.end, self.name, self.bases = start, end, name, bases
        self.keywords, self.body, self.decorators = keywords, body, decorators


class Import(Node):
    """Names from another module.

    module: dotted, empty for the package itself. level: 0 for absolute, 1 for this package, 2 for the one above, ...
    names: (name, bound as); `*` for all names; empty where the module itself is bound, as `bound`, which is the first part
    of the dotted name (`whole` False) or stands for the whole of it.
    """

    __slots__ = ("bound", "level", "module", "names", "whole")
    fields = ("module", "level", "names", "bound", "whole")

    def __init__(
        self,
        start: int,
        end: int,
        module: str,
        level: int,
        names: tuple[tuple[str, str], ...],
        bound: str = "",
        whole: bool = False,
    ) -> None:
        self.start, self.end, self.module, self.level = start, end, module, level
        self.names, self.bound, self.whole = names, bound, whole


class Assign(Node):
    """Binds targets (names, attributes, indexes, sequences of these). A value of None only declares.

    annotation: the type. Where names are declared it stands at each declaration; `Literal` nothing is a type that is not named.
    """

    __slots__ = ("annotation", "targets", "value")
    fields = ("targets", "value", "annotation")

    def __init__(
        self,
        start: int,
        end: int,
        targets: tuple[Expression, ...],
        value: Expression | None,
        annotation: Expression | None = None,
    ) -> None:
        self.start, self.end, self.targets, self.value, self.annotation = start, end, targets, value, annotation


class Augment(Node):
    """Changes a target by an operator, such as `+=`; the operator is kept without the `=`."""

    __slots__ = ("operator", "target", "value")
    fields = ("operator", "target", "value")

    def __init__(self, start: int, end: int, operator: str, target: Expression, value: Expression) -> None:
        self.start, self.end, self.operator, self.target, self.value = start, end, operator, target, value


class Do(Node):
    """Evaluates an expression for what it does."""

    __slots__ = ("value",)
    fields = ("value",)

    def __init__(self, start: int, end: int, value: Expression) -> None:
        self.start, self.end, self.value = start, end, value


class Return(Node):
    """Leaves the function with a value."""

    __slots__ = ("value",)
    fields = ("value",)

    def __init__(self, start: int, end: int, value: Expression | None) -> None:
        self.start, self.end, self.value = start, end, value


class Leave(Node):
    """Leaves the block, with the value that it evaluates, if any. kind: `raise`, `break` or `continue`."""

    __slots__ = ("kind", "value")
    fields = ("kind", "value")

    def __init__(self, start: int, end: int, kind: str, value: Expression | None) -> None:
        self.start, self.end, self.kind, self.value = start, end, kind, value


class Outer(Node):
    """The rest of this function binds these names further out: of the whole file with `file`, else of a function around it."""

    __slots__ = ("file", "names")
    fields = ("names", "file")

    def __init__(self, start: int, end: int, names: tuple[str, ...], file: bool) -> None:
        self.start, self.end, self.names, self.file = start, end, names, file


class Branch(Node):
    """Takes one of several ways: (test, body) in order, then `otherwise`."""

    __slots__ = ("otherwise", "ways")
    fields = ("ways", "otherwise")

    def __init__(
        self,
        start: int,
        end: int,
        ways: tuple[tuple[Expression, tuple[Statement, ...]], ...],
        otherwise: tuple[Statement, ...],
    ) -> None:
        self.start, self.end, self.ways, self.otherwise = start, end, ways, otherwise


class Loop(Node):
    """Repeats its body: over the items of `iterable` bound to `target`, or while `iterable` holds (no target)."""

    __slots__ = ("body", "iterable", "otherwise", "target")
    fields = ("target", "iterable", "body", "otherwise")

    def __init__(
        self,
        start: int,
        end: int,
        target: Expression | None,
        iterable: Expression,
        body: tuple[Statement, ...],
        otherwise: tuple[Statement, ...],
    ) -> None:
        self.start, self.end, self.target, self.iterable = start, end, target, iterable
        self.body, self.otherwise = body, otherwise


class With(Node):
    """Runs its body with values opened, and bound where a target is given."""

    __slots__ = ("body", "items")
    fields = ("items", "body")

    def __init__(
        self, start: int, end: int, items: tuple[tuple[Expression, Expression | None], ...], body: tuple[Statement, ...]
    ) -> None:
        self.start, self.end, self.items, self.body = start, end, items, body


class Try(Node):
    """Runs its body; on failure one of the handlers; then, always, `finally_`."""

    __slots__ = ("body", "finally_", "handlers", "otherwise")
    fields = ("body", "handlers", "otherwise", "finally_")

    def __init__(
        self,
        start: int,
        end: int,
        body: tuple[Statement, ...],
        handlers: tuple[tuple[Statement, ...], ...],
        otherwise: tuple[Statement, ...],
        finally_: tuple[Statement, ...],
    ) -> None:
        self.start, self.end, self.body, self.handlers = start, end, body, handlers
        self.otherwise, self.finally_ = otherwise, finally_


class Embedded(Node):
    """Code of another language that stands in the file: runs its body with names of its own."""

    __slots__ = ("body", "language")
    fields = ("language", "body")

    def __init__(self, start: int, end: int, language: str, body: tuple[Statement, ...]) -> None:
        self.start, self.end, self.language, self.body = start, end, language, body


Expression = Union[
    Text,
    String,
    Literal,
    Sequence,
    Mapping,
    Spread,
    Name,
    Attribute,
    Index,
    Slice,
    Call,
    Binary,
    Not,
    Logic,
    Compare,
    Choice,
    Comprehension,
    Bind,
    Yield,
    Opaque,
    Function,
]
Statement = Union[Assign, Augment, Do, Return, Leave, Outer, Branch, Loop, With, Try, Function, Class, Import, Embedded]


def inside(node: Node) -> Iterator[Node]:
    """The node and everything in it."""
    stack: list[Any] = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, Node):
            yield one
            stack.extend([getattr(one, name) for name in one.fields])
        elif isinstance(one, tuple):
            stack.extend(one)


_KINDS: tuple[type[Node], ...] = (
    Text, String, Literal, Sequence, Mapping, Spread, Name, Attribute, Index, Slice, Call, Binary, Not, Logic, Compare,
    Choice, Comprehension, Bind, Yield, Opaque, Parameter, Function, Class, Import, Assign, Augment, Do, Return, Leave,
    Branch, Loop, With, Try, Outer, Embedded,
)  # fmt: skip
_TAGS = {kind: tag for tag, kind in enumerate(_KINDS)}


class Program:
    """One file in the small program form.

    path: relative to the project's root. body: its statements. extents: where each statement (of a compound one, its head)
    stands, sorted by start. comments: (start, end, text without the
    marker, whether nothing else stands on its lines) of the comments that name permlint.
    lines: the offset at which each line starts. cells: for a notebook, the line at which each cell starts, and its number.
    language: the name of the table that says what its library does. gaps: (start, end, text) of what could not be parsed.
    """

    __slots__ = ("_others", "body", "cells", "comments", "extents", "gaps", "language", "lines", "path")

    def __init__(
        self,
        path: str,
        body: tuple[Statement, ...],
        extents: list[tuple[int, int]],
        lines: LineIndex,
        comments: list[tuple[int, int, str, bool]],
        cells: list[tuple[int, int]] | None = None,
        *,
        language: str,
        gaps: tuple[tuple[int, int, str], ...] = (),
    ) -> None:
        self.path, self.body, self.extents, self.lines = path, body, extents, lines
        self.comments, self.cells, self.language, self.gaps = comments, cells, language, gaps
        self._others: dict[str, Program] = {}

    def of_language(self, language: str) -> Program:
        """The same file as one of another language, for code of that language in it."""
        if language not in self._others:
            other = Program(self.path, (), self.extents, self.lines, [], self.cells, language=language)
            self._others[language] = other
        return self._others[language]

    def place(self, start: int, end: int) -> Place:
        """The place of a stretch of this file's text."""
        line, column = self.lines.position(start)
        end_line, end_column = self.lines.position(end)
        if self.cells is None:
            return Place(self.path, line, column, end_line, end_column)
        first, number = self.cells[max(0, bisect_right(self.cells, (line, 1 << 60)) - 1)]
        return Place(self.path, line - first + 1, column, end_line - first + 1, end_column, number)

    def statement(self, start: int, end: int) -> Place:
        """The place of the statement in which a stretch stands; the stretch itself where no statement holds it."""
        at = bisect_right(self.extents, (start, 1 << 60)) - 1
        if at >= 0:
            first, last = self.extents[at]
            if first <= start < max(last, first + 1):
                return self.place(first, max(last, end))
        return self.place(start, end)


def encode(program: Program) -> list[Any]:
    """The program as plain lists, numbers and strings, for a cache. RecursionError where it is nested too deeply."""
    return [
        program.path,
        _encode(program.body),
        program.extents,
        program.lines.starts,
        program.comments,
        program.cells,
        program.language,
        program.gaps,
    ]


def decode(data: list[Any]) -> Program:
    """The program that `encode` made a list of.

    Raises TypeError, ValueError or LookupError where the data is not of that form.
    """
    path, body, extents, starts, comments, cells, language, gaps = data
    lines = LineIndex("")
    lines.starts = [int(start) for start in starts]
    return Program(
        str(path),
        _decode(body),
        [(int(start), int(end)) for start, end in extents],
        lines,
        [(int(start), int(end), str(text), bool(alone)) for start, end, text, alone in comments],
        None if cells is None else [(int(line), int(number)) for line, number in cells],
        language=str(language),
        gaps=tuple([(int(start), int(end), str(text)) for start, end, text in gaps]),
    )


def _encode(value: Any) -> Any:
    if isinstance(value, Node):
        kind = type(value)
        return {"": [_TAGS[kind], value.start, value.end, *[_encode(getattr(value, name)) for name in kind.fields]]}
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    return value


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return tuple([_decode(item) for item in value])
    if isinstance(value, dict):
        tag, start, end, *rest = value[""]
        return _KINDS[tag](start, end, *[_decode(item) for item in rest])
    return value
