"""What each statement does in a run of the interpreter. True: its end is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.evaluation import operations as ops
from permlint.evaluation.assigning import assign_to
from permlint.evaluation.changing import append, extend, fork, unite
from permlint.evaluation.classes import beside
from permlint.evaluation.deciding import where
from permlint.evaluation.expressions import function_value
from permlint.evaluation.names import bind, declared_object, import_
from permlint.evaluation.objects import as_type, declared_type
from permlint.evaluation.operators import iterated, operate
from permlint.evaluation.running import Frame, Site
from permlint.evaluation.scopes import Scope
from permlint.evaluation.telling import tell
from permlint.evaluation.values import (
    NOTHING,
    Class,
    External,
    Item,
    List,
    Map,
    Text,
    Unknown,
    Value,
    either,
    force,
    truth,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter

_MAX_UNROLLED = 64


def _assign(run: Interpreter, node: p.Assign) -> bool:
    declares = node.annotation is not None and run.library.declares
    kind = declared_type(run, node.annotation, node.targets) if declares else None
    if node.value is None:
        if node.annotation is not None and run.in_class() and isinstance(node.targets[0], p.Name):
            cls = run.frame.cls
            held: Value = (declared_object(run, node.annotation, own=True) if run.library.typed else None) or Unknown(
                "it has no default", cls.key if cls else None
            )
            run.names().setdefault(node.targets[0].id, as_type(run, held, kind))
        return True
    value = as_type(run, run.evaluate(node.value), kind)
    for target in node.targets:
        assign_to(run, target, value, declares=declares)
    return True


def _augment(run: Interpreter, node: p.Augment) -> bool:
    old = run.evaluate(node.target)
    value = run.evaluate(node.value)
    forced = force(old)
    in_place = isinstance(forced, Map) or (isinstance(forced, List) and forced.kind in ("list", "set"))
    if node.operator in ("+", "|") and isinstance(forced, (List, Map)) and in_place:
        if run.library.declares and isinstance(forced, List) and isinstance(force(value), (Text, External)):
            append(run, forced, value, certain=True)
        else:
            extend(run, forced, value)
        return True
    result = operate(run, node.operator, old, value)
    tell(run, result, node)
    assign_to(run, node.target, result)
    return True


def _do(run: Interpreter, node: p.Do) -> bool:
    if isinstance(node.value, p.String) and all(isinstance(part, p.Text) for part in node.value.parts):
        return True  # A text that nothing is done with is a comment, such as Python's docstrings.
    run.evaluate(node.value)
    return True


def _return(run: Interpreter, node: p.Return) -> bool:
    run.frame.returns.append(NOTHING if node.value is None else run.evaluate(node.value))
    run.frame.exits.add("return")
    return False


def _leave(run: Interpreter, node: p.Leave) -> bool:
    if node.value is not None:
        run.evaluate(node.value)
    run.frame.exits.add(node.kind)
    if node.kind != "raise":
        run.frame.left.append((node.kind, run.names()))
    return False


def _branch(run: Interpreter, node: p.Branch) -> bool:
    ways: list[tuple[Value, Iterable[p.Statement]]] = []
    decided = False
    for node_test, body in node.ways:
        test = run.evaluate(node_test)
        known = truth(test)
        if known is False:
            continue
        ways.append((test, body))
        if known:
            decided = True
            break
    if not decided:
        ways.append((NOTHING, node.otherwise))
    if len(ways) == 1:
        return run.block(ways[0][1])
    return fork(run, [partial(_taken, run, test, body) for test, body in ways])


def _taken(run: Interpreter, test: Value, body: Iterable[p.Statement]) -> bool:
    with where(run, test):
        return run.block(body)


def _loop(run: Interpreter, node: p.Loop) -> bool:
    iterable = run.evaluate(node.iterable)
    target = node.target
    frame, outer = run.frame, run.branch
    before = (frame.exits, frame.left)
    exits: set[str] = set()
    broken: list[dict[str, Value]] = []
    reached = True
    for turn in _turns(run, node, target, iterable):
        frame.exits, frame.left = set(), []
        run.branch = (*outer, run.number()) if exits & {"break", "return"} else outer
        reached = turn()
        exits |= frame.exits
        unite(run.names(), [names for kind, names in frame.left if kind == "continue"], also=reached)
        broken += [names for kind, names in frame.left if kind == "break"]
        reached = reached or "continue" in frame.exits
        if not reached:
            break
    frame.exits, frame.left = before[0] | (exits - {"break", "continue"}), before[1]
    run.branch = (*outer, run.number()) if "return" in exits else outer
    if reached and node.otherwise:
        if broken:
            fork(run, [lambda: run.block(node.otherwise), lambda: True])
        else:
            reached = run.block(node.otherwise)
    unite(run.names(), broken, also=reached)
    return reached or bool(broken)


def _turns(
    run: Interpreter, node: p.Loop, target: p.Expression | None, iterable: Value
) -> Iterator[Callable[[], bool]]:
    """The runs of a loop's body, each False where its end is not reached."""

    def maybe() -> bool:
        return fork(run, [lambda: run.block(node.body), lambda: True])

    if target is None:
        known = truth(iterable)
        if known is not False:
            yield (lambda: run.block(node.body)) if known else maybe
        return
    source = ops.items_of(iterated(run, iterable))
    for item in source.items[:_MAX_UNROLLED]:
        assign_to(run, target, item.value, declares=True)
        yield (lambda: run.block(node.body)) if item.certain else maybe
    rest = source.missing
    if rest is not None or len(source.items) > _MAX_UNROLLED:
        value: Value = rest.one() if rest is not None else Unknown("it is one of very many items")

        def once() -> bool:
            assign_to(run, target, value, declares=True)
            return run.block(node.body)

        yield lambda: fork(run, [once, lambda: True])


def _with(run: Interpreter, node: p.With) -> bool:
    for item, target in node.items:
        value = run.evaluate(item)
        if target is not None:
            assign_to(run, target, value, declares=True)
    return run.block(node.body)


def _try(run: Interpreter, node: p.Try) -> bool:
    assert run.scope is not None
    before = dict(run.scope.names)

    def body() -> bool:
        return run.block(node.body) and run.block(node.otherwise)

    def handler(statements: Iterable[p.Statement]) -> bool:
        # The body may have failed anywhere: what it bound may or may not be bound.
        assert run.scope is not None
        for name, value in after.items():
            old = before.get(name)
            run.scope.names[name] = value if old is None or old is value else either([old, value])
        return run.block(statements)

    reached = body()
    after = dict(run.scope.names)
    if node.handlers:
        ways: list[Callable[[], bool]] = [lambda: reached]
        ways += [partial(handler, handled) for handled in node.handlers]
        reached = fork(run, ways)
    return run.block(node.finally_) and reached


def _function(run: Interpreter, node: p.Function) -> bool:
    value = function_value(run, node)
    for decorator in reversed(node.decorators):
        run.evaluate(decorator)
    bind(run, node.name, beside(run, value) if run.library.declares else value)
    return True


def _class(run: Interpreter, node: p.Class) -> bool:
    assert run.program is not None
    assert run.scope is not None
    for decorator in node.decorators:
        run.evaluate(decorator)
    bases = [run.evaluate(base) for base in node.bases]
    for _, keyword in node.keywords:
        run.evaluate(keyword)
    scope = Scope("class", run.program, run.scope)
    cls = Class(node, run.program, scope.names, bases)
    scope.cls, cls.types = cls, scope.types
    outer_scope, outer_frame = run.scope, run.frame
    if run.library.declares:
        bind(run, node.name, cls)  # What it declares may make objects of it.
    run.scope, run.frame = scope, Frame(run.number(), cls)
    try:
        run.block(node.body)
    finally:
        run.scope, run.frame = outer_scope, outer_frame
    cls.names = scope.names
    run.classes.setdefault(cls.key, cls)
    bind(run, node.name, cls)
    for name, value in list(cls.names.items()):
        run.observer.bound(name, value, Site(run.program, node.start, node.end, 0), "class")
    run.observer.mapped(
        Map({name: Item(value) for name, value in cls.names.items()}, span=(run.program, node.start, node.end)),
        Site(run.program, node.start, node.end, run.frame.number),
    )
    return True


def _import_statement(run: Interpreter, node: p.Import) -> bool:
    import_(run, node)
    return True


def _outer(run: Interpreter, node: p.Outer) -> bool:
    assert run.scope is not None
    scope = run.scope.parent
    for name in node.names:
        found = scope
        while (
            found is not None
            and found.parent is not None
            and (node.file or found.kind == "class" or name not in found.names)
        ):
            found = found.parent
        if found is not None:
            run.scope.outer = {**(run.scope.outer or {}), name: found}
    return True


def _embedded(run: Interpreter, node: p.Embedded) -> bool:
    assert run.program is not None
    outer = (run.program, run.scope, run.frame)
    run.program = run.program.of_language(node.language)
    run.scope, run.frame = Scope("module", run.program), Frame(run.number())
    try:
        run.block(node.body)
        for name, value in list(run.scope.names.items()):
            run.observer.bound(name, value, Site(run.program, 0, 0, 0), "module")
    finally:
        run.program, run.scope, run.frame = outer
    return True


STATEMENTS: dict[type, Callable[..., bool]] = {
    p.Assign: _assign,
    p.Augment: _augment,
    p.Do: _do,
    p.Return: _return,
    p.Leave: _leave,
    p.Outer: _outer,
    p.Branch: _branch,
    p.Loop: _loop,
    p.With: _with,
    p.Try: _try,
    p.Function: _function,
    p.Class: _class,
    p.Import: _import_statement,
    p.Embedded: _embedded,
}
