"""Python's expressions, lowered to the small program form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import libcst as cst

from permlint import program as p
from permlint.frontends.python_places import Cursor
from permlint.frontends.python_strings import literal

_Operation = TypeVar("_Operation", cst.BinaryOperation, cst.BooleanOperation)
_MAX_DEPTH = 90
"""Expressions nested more deeply than this are passed over (with their leaves) and become `Opaque`."""
OPERATORS = {
    "Add": "+", "Subtract": "-", "Multiply": "*", "Divide": "/", "FloorDivide": "//", "Modulo": "%", "Power": "**",
    "BitOr": "|", "BitAnd": "&", "BitXor": "^", "LeftShift": "<<", "RightShift": ">>", "MatrixMultiply": "@",
    "Equal": "==", "NotEqual": "!=", "LessThan": "<", "LessThanEqual": "<=", "GreaterThan": ">", "GreaterThanEqual": ">=",
    "In": "in", "NotIn": "not in", "Is": "is", "IsNot": "is not",
}  # fmt: skip


def expression(low: Cursor, node: Any) -> p.Expression:
    """The form of an expression's node, which the cursor then has behind it; `Opaque` for what permlint does not follow."""
    parentheses = getattr(node, "lpar", ())
    if low.depth >= _MAX_DEPTH:
        start = low.at
        low.skip(node)
        return p.Opaque(start, low.at, "it is nested too deeply")
    for _ in parentheses:
        low.find("(")
    low.depth += 1
    method = _EXPRESSIONS.get(type(node))
    if method is None:
        start = low.at
        low.skip_inside(node)
        result: p.Expression = p.Opaque(start, low.at, "an expression that permlint does not follow")
    else:
        result = method(low, node)
    low.depth -= 1
    for _ in parentheses:
        low.find(")")
    return result


def _name(low: Cursor, node: cst.Name) -> p.Expression:
    start = low.find(node.value, word=True)
    if node.value in ("True", "False", "None"):
        return p.Literal(start, low.at, {"True": True, "False": False, "None": None}[node.value])
    return p.Name(start, low.at, node.value)


def _number(low: Cursor, node: Any) -> p.Expression:
    start = low.find(node.value)
    try:
        value: float = int(node.value, 0) if isinstance(node, cst.Integer) else float(node.value)
    except ValueError:
        return p.Opaque(start, low.at, "a number")
    return p.Literal(start, low.at, value)


def _imaginary(low: Cursor, node: Any) -> p.Expression:
    start = low.find(node.value)
    return p.Opaque(start, low.at, "a number")


def _ellipsis(low: Cursor, node: Any) -> p.Expression:
    start = low.find("...")
    return p.Opaque(start, low.at, "it is left out")


def _simple_string(low: Cursor, node: cst.SimpleString) -> p.Expression:
    raw = node.value
    start = low.find(raw)
    prefix = len(node.prefix)
    quote = len(node.quote)
    inner = low.hidden[start + prefix + quote : start + len(raw) - quote]
    text = literal(start + prefix + quote, inner, raw=inner.find("\\") < 0 or "r" in node.prefix)
    return p.String(start, low.at, (text,))


def _concatenated(low: Cursor, node: cst.ConcatenatedString) -> p.Expression:
    parts: list[p.Expression] = []
    start = -1
    current: Any = node
    while True:
        piece = current.left if isinstance(current, cst.ConcatenatedString) else current
        if current is not node:
            for _ in getattr(current, "lpar", ()):
                low.find("(")
        lowered = expression(low, piece) if piece is not current else _piece(low, piece)
        if start < 0:
            start = lowered.start
        parts.extend(lowered.parts if isinstance(lowered, p.String) else (lowered,))
        if piece is current:
            break
        current = current.right
    return p.String(start, low.at, tuple(parts))


def _piece(low: Cursor, node: Any) -> p.Expression:
    method = _EXPRESSIONS[type(node)]
    lowered = method(low, node)
    assert isinstance(lowered, p.String)
    return lowered


def _formatted(low: Cursor, node: Any) -> p.Expression:
    start = low.find(node.start)
    raw = "r" in node.start.lower()
    parts: list[p.Expression] = []
    for part in node.parts:
        if hasattr(part, "value"):
            at = low.at
            low.at += len(part.value)
            inner = low.hidden[at : low.at]
            parts.append(literal(at, inner, raw=raw or "\\" not in inner, braces=True))
        else:
            parts.append(_hole(low, part))
    low.at += len(node.end)
    return p.String(start, low.at, tuple(parts))


def _hole(low: Cursor, node: Any) -> p.Expression:
    low.at += 1
    value = expression(low, node.expression)
    # `!s` is what a hole does anyway, and a format of `s` without a width leaves a text alone.
    changed = node.conversion not in (None, "s")
    for spec in node.format_spec or ():
        changed = changed or getattr(spec, "value", None) != "s"
        if hasattr(spec, "value"):
            low.find(spec.value)
        else:
            _hole(low, spec)
    if changed or node.equal is not None:
        value = p.Opaque(value.start, value.end, "it is formatted", (value,))
    low.find("}")
    return value


def _sequence(low: Cursor, node: Any) -> p.Expression:
    kind, opening, closing = _SEQUENCES[type(node)]
    bare = not opening
    start = low.at if bare else low.find(opening)
    items = tuple([_element(low, element) for element in node.elements])
    if bare and items:
        start = items[0].start
    if closing:
        low.find(closing)
    return p.Sequence(start, low.at, kind, items)


def _element(low: Cursor, node: Any) -> p.Expression:
    if isinstance(node, cst.StarredElement):
        return _starred(low, node)
    return expression(low, node.value)


def _starred(low: Cursor, node: Any) -> p.Expression:
    for _ in getattr(node, "lpar", ()):
        low.find("(")
    start = low.find("*")
    value = expression(low, node.value)
    return p.Spread(start, low.at, value)


def _dict(low: Cursor, node: cst.Dict) -> p.Expression:
    start = low.find("{")
    entries: list[tuple[p.Expression | None, p.Expression]] = []
    for element in node.elements:
        if isinstance(element, cst.DictElement):
            key = expression(low, element.key)
            entries.append((key, expression(low, element.value)))
        else:
            low.find("**")
            entries.append((None, expression(low, element.value)))
    low.find("}")
    return p.Mapping(start, low.at, tuple(entries))


def _attribute(low: Cursor, node: cst.Attribute) -> p.Expression:
    value = expression(low, node.value)
    low.find(node.attr.value, word=True)
    return p.Attribute(value.start, low.at, value, node.attr.value)


def _subscript(low: Cursor, node: cst.Subscript) -> p.Expression:
    value = expression(low, node.value)
    low.find("[")
    keys: list[p.Expression] = []
    for element in node.slice:
        inner: Any = element.slice
        if isinstance(inner, cst.Slice):
            at = low.at
            lower, upper, step = (
                expression(low, bound) if bound is not None else None
                for bound in (inner.lower, inner.upper, inner.step)
            )
            keys.append(p.Slice(at, low.at, lower, upper, step))
        else:
            keys.append(expression(low, inner.value))
    key = keys[0] if len(keys) == 1 else p.Sequence(low.at, low.at, "tuple", tuple(keys))
    low.find("]")
    return p.Index(value.start, low.at, value, key)


def _call(low: Cursor, node: cst.Call) -> p.Expression:
    function = expression(low, node.func)
    low.find("(")
    arguments: list[tuple[str | None, p.Expression]] = []
    for argument in node.args:
        name: str | None = None
        if argument.keyword is not None:
            name = argument.keyword.value
            low.find(name, word=True)
        elif argument.star:
            name = argument.star
            low.find(name)
        arguments.append((name, expression(low, argument.value)))
    low.find(")")
    return p.Call(function.start, low.at, function, tuple(arguments))


def _chain(node: _Operation) -> list[_Operation]:
    """An operation and those of its kind that stand in each other's left side without parentheses, innermost first."""
    chain = [node]
    while type(node.left) is type(node) and not node.left.lpar:
        node = node.left
        chain.append(node)
    return chain[::-1]


def _binary(low: Cursor, node: cst.BinaryOperation) -> p.Expression:
    chain = _chain(node)
    result = expression(low, chain[0].left)
    for operation in chain:
        operator = OPERATORS.get(type(operation.operator).__name__, "?")
        right = expression(low, operation.right)
        result = p.Binary(result.start, low.at, operator, result, right)
    return result


def _boolean(low: Cursor, node: cst.BooleanOperation) -> p.Expression:
    chain = _chain(node)
    result = expression(low, chain[0].left)
    for operation in chain:
        operator = "and" if isinstance(operation.operator, cst.And) else "or"
        right = expression(low, operation.right)
        result = p.Logic(result.start, low.at, operator, result, right)
    return result


def _unary(low: Cursor, node: cst.UnaryOperation) -> p.Expression:
    start = low.at
    value = expression(low, node.expression)
    if isinstance(node.operator, cst.Not):
        return p.Not(start, low.at, value)
    if isinstance(node.operator, cst.Minus) and isinstance(value, p.Literal) and value.value is not None:
        return p.Literal(start, low.at, -value.value)
    return p.Opaque(start, low.at, "it is computed", (value,))


def _comparison(low: Cursor, node: cst.Comparison) -> p.Expression:
    left = expression(low, node.left)
    result: p.Expression | None = None
    for target in node.comparisons:
        operator = OPERATORS.get(type(target.operator).__name__, "?")
        right = expression(low, target.comparator)
        one = p.Compare(left.start, low.at, operator, left, right)
        result = one if result is None else p.Logic(result.start, low.at, "and", result, one)
        left = right
    assert result is not None
    return result


def _if_expression(low: Cursor, node: cst.IfExp) -> p.Expression:
    yes = expression(low, node.body)
    test = expression(low, node.test)
    no = expression(low, node.orelse)
    return p.Choice(yes.start, low.at, test, yes, no)


def _lambda(low: Cursor, node: cst.Lambda) -> p.Expression:
    start = low.find("lambda", word=True)
    given = parameters(low, node.params)
    low.find(":")
    body = expression(low, node.body)
    return p.Function(start, low.at, "", given, (p.Return(body.start, body.end, body),))


def _comprehension(low: Cursor, node: Any) -> p.Expression:
    kind = _COMPREHENSIONS[type(node)]
    start = low.at
    key = expression(low, node.key) if kind == "mapping" else None
    item = expression(low, node.value if kind == "mapping" else node.elt)
    clauses = []
    clause = node.for_in
    while clause is not None:
        target = expression(low, clause.target)
        iterable = expression(low, clause.iter)
        clauses.append((target, iterable, tuple([expression(low, condition.test) for condition in clause.ifs])))
        clause = clause.inner_for_in
    return p.Comprehension(start, low.at, kind, key, item, tuple(clauses))


def _walrus(low: Cursor, node: cst.NamedExpr) -> p.Expression:
    target = expression(low, node.target)
    value = expression(low, node.value)
    return p.Bind(target.start, low.at, target, value)


def _await(low: Cursor, node: cst.Await) -> p.Expression:
    low.find("await", word=True)
    return expression(low, node.expression)


def _yield(low: Cursor, node: cst.Yield) -> p.Expression:
    start = low.find("yield", word=True)
    if node.value is None:
        return p.Yield(start, low.at, p.Literal(start, low.at, None), all=False)
    if isinstance(node.value, cst.From):
        return p.Yield(start, low.at, expression(low, node.value.item), all=True)
    return p.Yield(start, low.at, expression(low, node.value), all=False)


def parameters(low: Cursor, node: cst.Parameters) -> tuple[p.Parameter, ...]:
    """The form of the parameters of a function or a lambda, which the cursor then has behind it."""
    out = [_parameter(low, param, "positional") for param in node.posonly_params]
    out += [_parameter(low, param, "plain") for param in node.params]
    if isinstance(node.star_arg, cst.Param):
        out.append(_parameter(low, node.star_arg, "rest"))
    out += [_parameter(low, param, "keyword") for param in node.kwonly_params]
    if node.star_kwarg is not None:
        out.append(_parameter(low, node.star_kwarg, "named rest"))
    return tuple(out)


def _parameter(low: Cursor, node: cst.Param, kind: str) -> p.Parameter:
    start = low.find(node.name.value, word=True)
    annotation = expression(low, node.annotation.annotation) if node.annotation is not None else None
    default = expression(low, node.default) if node.default is not None else None
    return p.Parameter(start, low.at, node.name.value, kind, default, annotation)


_SEQUENCES: dict[type, tuple[str, str, str]] = {
    cst.List: ("list", "[", "]"),
    cst.Tuple: ("tuple", "", ""),
    cst.Set: ("set", "{", "}"),
}
_COMPREHENSIONS: dict[type, str] = {
    cst.ListComp: "list",
    cst.SetComp: "set",
    cst.DictComp: "mapping",
    cst.GeneratorExp: "generator",
}
_EXPRESSIONS: dict[type, Callable[..., p.Expression]] = {
    cst.Name: _name,
    cst.Integer: _number,
    cst.Float: _number,
    cst.Imaginary: _imaginary,
    cst.Ellipsis: _ellipsis,
    cst.SimpleString: _simple_string,
    cst.ConcatenatedString: _concatenated,
    cst.FormattedString: _formatted,
    cst.TemplatedString: _formatted,
    cst.List: _sequence,
    cst.Tuple: _sequence,
    cst.Set: _sequence,
    cst.StarredElement: _starred,
    cst.Dict: _dict,
    cst.Attribute: _attribute,
    cst.Subscript: _subscript,
    cst.Call: _call,
    cst.BinaryOperation: _binary,
    cst.BooleanOperation: _boolean,
    cst.UnaryOperation: _unary,
    cst.Comparison: _comparison,
    cst.IfExp: _if_expression,
    cst.Lambda: _lambda,
    cst.ListComp: _comprehension,
    cst.SetComp: _comprehension,
    cst.DictComp: _comprehension,
    cst.GeneratorExp: _comprehension,
    cst.NamedExpr: _walrus,
    cst.Await: _await,
    cst.Yield: _yield,
}
