"""Python's statements, lowered to the small program form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import libcst as cst

from permlint import program as p
from permlint.frontends.python_expressions import OPERATORS, expression, parameters
from permlint.frontends.python_places import Cursor

_Kinds = dict[type, Callable[..., None]]
"""What lowers a statement, by the type of its node."""


def block(low: Cursor, statements: Any) -> tuple[p.Statement, ...]:
    """The form of statements' nodes that follow each other, which the cursor then has behind it."""
    out: list[p.Statement] = []
    for statement in statements:
        if type(statement) is cst.SimpleStatementLine:
            for small in statement.body:
                _small(low, small, out)
        else:
            _one(low, statement, _COMPOUND, out)
    return tuple(out)


def _suite(low: Cursor, node: Any) -> tuple[p.Statement, ...]:
    """The statements of an indented block or of one on the line of its head."""
    if type(node) is cst.IndentedBlock:
        return block(low, node.body)
    out: list[p.Statement] = []
    for small in node.body:
        _small(low, small, out)
    return tuple(out)


def _small(low: Cursor, node: Any, out: list[p.Statement]) -> None:
    start = _one(low, node, _SMALL, out)
    if low.at > start:
        low.extents.append((start, low.at))


def _one(low: Cursor, node: Any, kinds: _Kinds, out: list[p.Statement]) -> int:
    """Lowers one statement by its kind, and gives where it starts."""
    start = low.begin()
    method = kinds.get(type(node))
    if method is None:
        low.skip(node)
    else:
        method(low, node, start, out)
    return start


def _expr_statement(low: Cursor, node: cst.Expr, start: int, out: list[p.Statement]) -> None:
    value = expression(low, node.value)
    out.append(p.Do(start, low.at, value))


def _assign(low: Cursor, node: cst.Assign, start: int, out: list[p.Statement]) -> None:
    targets = tuple([expression(low, target.target) for target in node.targets])
    value = expression(low, node.value)
    out.append(p.Assign(start, low.at, targets, value))


def _ann_assign(low: Cursor, node: cst.AnnAssign, start: int, out: list[p.Statement]) -> None:
    target = expression(low, node.target)
    annotation = expression(low, node.annotation.annotation)
    value = expression(low, node.value) if node.value is not None else None
    out.append(p.Assign(start, low.at, (target,), value, annotation))


def _aug_assign(low: Cursor, node: cst.AugAssign, start: int, out: list[p.Statement]) -> None:
    target = expression(low, node.target)
    operator = OPERATORS.get(type(node.operator).__name__.removesuffix("Assign"), "?")
    value = expression(low, node.value)
    out.append(p.Augment(start, low.at, operator, target, value))


def _return(low: Cursor, node: cst.Return, start: int, out: list[p.Statement]) -> None:
    low.find("return", word=True)
    value = expression(low, node.value) if node.value is not None else None
    out.append(p.Return(start, low.at, value))


def _raise(low: Cursor, node: cst.Raise, start: int, out: list[p.Statement]) -> None:
    low.find("raise", word=True)
    value = expression(low, node.exc) if node.exc is not None else None
    if node.cause is not None:
        low.skip(node.cause)
    out.append(p.Leave(start, low.at, "raise", value))


def _leave_loop(low: Cursor, node: Any, start: int, out: list[p.Statement]) -> None:
    kind = "break" if isinstance(node, cst.Break) else "continue"
    low.find(kind, word=True)
    out.append(p.Leave(start, low.at, kind, None))


def _outer(low: Cursor, node: Any, start: int, out: list[p.Statement]) -> None:
    low.skip(node)
    names = tuple([item.name.value for item in node.names])
    out.append(p.Outer(start, low.at, names, isinstance(node, cst.Global)))


def _del(low: Cursor, node: cst.Del, start: int, out: list[p.Statement]) -> None:
    """`del items[key]` takes the item out, as `items.pop(key)` does; a slice of it becomes empty."""
    low.find("del", word=True)
    targets = expression(low, node.target)
    for target in targets.items if isinstance(targets, p.Sequence) else (targets,):
        if not isinstance(target, p.Index):
            continue
        at = target.start
        if isinstance(target.key, p.Slice):
            out.append(p.Assign(at, low.at, (target,), p.Sequence(at, at, "list", ())))
        else:
            pop = p.Attribute(at, at, target.value, "pop")
            out.append(p.Do(at, low.at, p.Call(at, low.at, pop, ((None, target.key),))))


def _import(low: Cursor, node: cst.Import, start: int, out: list[p.Statement]) -> None:
    low.find("import", word=True)
    for alias in node.names:
        module = _dotted(alias.name)
        low.skip(alias)
        if alias.asname is not None:
            bound = alias.asname.name
            if isinstance(bound, cst.Name):
                out.append(p.Import(start, low.at, module, 0, (), bound.value, whole=True))
        else:
            out.append(p.Import(start, low.at, module, 0, (), module.split(".", 1)[0]))


def _import_from(low: Cursor, node: cst.ImportFrom, start: int, out: list[p.Statement]) -> None:
    module = _dotted(node.module) if node.module is not None else ""
    level = len(node.relative)
    low.find("from", word=True)
    if node.module is not None:
        low.skip(node.module)
    low.find("import", word=True)
    if isinstance(node.names, cst.ImportStar):
        low.find("*")
        names: tuple[tuple[str, str], ...] = (("*", "*"),)
    else:
        pairs = []
        for alias in node.names:
            low.skip(alias)
            name = _dotted(alias.name)
            bound = alias.asname.name if alias.asname is not None else alias.name
            if isinstance(bound, cst.Name):
                pairs.append((name, bound.value))
        names = tuple(pairs)
        if node.rpar is not None:
            low.find(")")
    out.append(p.Import(start, low.at, module, level, names))


def _evaluated(low: Cursor, node: Any, start: int, out: list[p.Statement]) -> None:
    """del, assert, and others whose expressions are evaluated and whose effect is not."""
    parts = tuple([expression(low, child) for child in node.children if isinstance(child, cst.BaseExpression)])
    if parts:
        out.append(p.Do(start, low.at, p.Opaque(start, low.at, "a statement without a value", parts)))


def _if(low: Cursor, node: cst.If, start: int, out: list[p.Statement]) -> None:
    ways = []
    otherwise: tuple[p.Statement, ...] = ()
    current: Any = node
    at = start
    while True:
        low.find("if" if current is node else "elif", word=True)
        test = expression(low, current.test)
        low.head(at)
        ways.append((test, _suite(low, current.body)))
        current = current.orelse
        if current is None:
            break
        at = low.begin()
        if isinstance(current, cst.Else):
            low.find("else", word=True)
            otherwise = _suite(low, current.body)
            break
    out.append(p.Branch(start, low.at, tuple(ways), otherwise))


def _for(low: Cursor, node: cst.For, start: int, out: list[p.Statement]) -> None:
    low.find("for", word=True)
    target = expression(low, node.target)
    iterable = expression(low, node.iter)
    low.head(start)
    body = _suite(low, node.body)
    out.append(p.Loop(start, low.at, target, iterable, body, _orelse(low, node)))


def _while(low: Cursor, node: cst.While, start: int, out: list[p.Statement]) -> None:
    low.find("while", word=True)
    test = expression(low, node.test)
    low.head(start)
    body = _suite(low, node.body)
    out.append(p.Loop(start, low.at, None, test, body, _orelse(low, node)))


def _orelse(low: Cursor, node: Any) -> tuple[p.Statement, ...]:
    if node.orelse is None:
        return ()
    low.find("else", word=True)
    return _suite(low, node.orelse.body)


def _with(low: Cursor, node: cst.With, start: int, out: list[p.Statement]) -> None:
    low.find("with", word=True)
    items = []
    for item in node.items:
        value = expression(low, item.item)
        target = None
        if item.asname is not None:
            target = expression(low, item.asname.name)
        items.append((value, target))
    low.head(start)
    out.append(p.With(start, low.at, tuple(items), _suite(low, node.body)))


def _try(low: Cursor, node: Any, start: int, out: list[p.Statement]) -> None:
    low.find("try", word=True)
    body = _suite(low, node.body)
    handlers = []
    for handler in node.handlers:
        low.find("except", word=True)
        if handler.type is not None:
            low.skip(handler.type)
        if handler.name is not None:
            low.skip(handler.name)
        handlers.append(_suite(low, handler.body))
    otherwise = _orelse(low, node)
    finally_: tuple[p.Statement, ...] = ()
    if node.finalbody is not None:
        low.find("finally", word=True)
        finally_ = _suite(low, node.finalbody.body)
    out.append(p.Try(start, low.at, body, tuple(handlers), otherwise, finally_))


def _match(low: Cursor, node: cst.Match, start: int, out: list[p.Statement]) -> None:
    low.find("match", word=True)
    subject = expression(low, node.subject)
    low.head(start)
    ways: list[tuple[p.Expression, tuple[p.Statement, ...]]] = []
    otherwise: tuple[p.Statement, ...] = ()
    for case in node.cases:
        low.find("case", word=True)
        at = low.at
        test = _pattern(low, case.pattern, subject)
        # What a pattern binds is a part of the subject.
        bound: list[p.Statement] = [
            p.Assign(at, at, (p.Name(at, at, name),), p.Opaque(at, at, "a pattern takes it out of a value"))
            for name in _captured(case.pattern)
        ]
        guards = (expression(low, case.guard),) if case.guard is not None else ()
        body = (*bound, *_suite(low, case.body))
        if case.guard is None and isinstance(case.pattern, cst.MatchAs) and case.pattern.pattern is None:
            otherwise = body
        elif test is None or case.guard is not None:
            looked_at = (*(() if ways else (subject,)), *guards)
            ways.append((p.Opaque(at, low.at, "a pattern", looked_at), body))
        else:
            ways.append((test, body))
    if not ways:
        out.append(p.Do(start, low.at, subject))
    out.append(p.Branch(start, low.at, tuple(ways), otherwise))


def _pattern(low: Cursor, node: Any, subject: p.Expression) -> p.Expression | None:
    """A comparison that says what a pattern says; None (and its leaves are behind) where none does."""
    at = low.at
    if isinstance(node, cst.MatchOr) and not node.lpar:
        tests = [_pattern(low, element.pattern, subject) for element in node.patterns]
        result: p.Expression | None = tests[0]
        for test in tests[1:]:
            result = p.Logic(at, low.at, "or", result, test) if result is not None and test is not None else None
        return result
    if isinstance(node, (cst.MatchValue, cst.MatchSingleton)) and isinstance(subject, (p.Name, p.Attribute)):
        value = expression(low, node.value)
        return p.Compare(at, low.at, "==", subject, value)
    low.skip(node)
    return None


def _function(low: Cursor, node: cst.FunctionDef, start: int, out: list[p.Statement]) -> None:
    decorators = _decorators(low, node)
    low.find("def", word=True)
    low.find(node.name.value, word=True)
    if node.type_parameters is not None:
        low.skip(node.type_parameters)
    low.find("(")
    given = parameters(low, node.params)
    low.find(")")
    if node.returns is not None:
        low.skip(node.returns)
    low.head(start)
    body = _suite(low, node.body)
    out.append(p.Function(start, low.at, node.name.value, given, body, decorators))


def _class(low: Cursor, node: cst.ClassDef, start: int, out: list[p.Statement]) -> None:
    decorators = _decorators(low, node)
    low.find("class", word=True)
    low.find(node.name.value, word=True)
    if node.type_parameters is not None:
        low.skip(node.type_parameters)
    bases = tuple([expression(low, base.value) for base in node.bases])
    keywords = []
    for keyword in node.keywords:
        if keyword.keyword is not None:
            low.find(keyword.keyword.value, word=True)
            keywords.append((keyword.keyword.value, expression(low, keyword.value)))
        else:
            low.skip(keyword.value)
    low.head(start)
    body = _suite(low, node.body)
    out.append(p.Class(start, low.at, node.name.value, bases, tuple(keywords), body, decorators))


def _decorators(low: Cursor, node: Any) -> tuple[p.Expression, ...]:
    return tuple([expression(low, decorator.decorator) for decorator in node.decorators])


def _captured(pattern: Any) -> list[str]:
    """The names that a pattern binds."""
    names: list[str] = []
    stack = [pattern]
    while stack:
        node = stack.pop()
        if isinstance(node, (cst.MatchAs, cst.MatchStar)) and node.name is not None:
            names.append(node.name.value)
        elif isinstance(node, cst.MatchMapping) and node.rest is not None:
            names.append(node.rest.value)
        if not isinstance(node, (cst.MatchValue, cst.MatchSingleton)):
            stack.extend(node.children)
    return names


def _dotted(node: Any) -> str:
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if isinstance(node, cst.Name):
        parts.append(node.value)
    return ".".join(reversed(parts))


_SMALL: _Kinds = {
    cst.Expr: _expr_statement,
    cst.Assign: _assign,
    cst.AnnAssign: _ann_assign,
    cst.AugAssign: _aug_assign,
    cst.Return: _return,
    cst.Raise: _raise,
    cst.Break: _leave_loop,
    cst.Continue: _leave_loop,
    cst.Import: _import,
    cst.ImportFrom: _import_from,
    cst.Assert: _evaluated,
    cst.Del: _del,
    cst.Global: _outer,
    cst.Nonlocal: _outer,
}
_COMPOUND: _Kinds = {
    cst.If: _if,
    cst.For: _for,
    cst.While: _while,
    cst.With: _with,
    cst.Try: _try,
    cst.TryStar: _try,
    cst.Match: _match,
    cst.FunctionDef: _function,
    cst.ClassDef: _class,
}
