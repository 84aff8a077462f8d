"""What each expression may be in a run of the interpreter."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.evaluation import operations as ops
from permlint.evaluation.assigning import assign_to
from permlint.evaluation.calling import call, invoke
from permlint.evaluation.changing import extend, is_certain, put
from permlint.evaluation.deciding import as_here, beside, where
from permlint.evaluation.names import bound_elsewhere, seen, seen_outside, settings_constant
from permlint.evaluation.operators import as_text, entry, iterated, operate, slice_of
from permlint.evaluation.parts import at_hand, part_of
from permlint.evaluation.scopes import Scope
from permlint.evaluation.telling import site_of, tell
from permlint.evaluation.values import (
    ANY_WAY,
    MAX_ITEMS,
    NOTHING,
    Arguments,
    Constant,
    Either,
    Equality,
    External,
    Function,
    Hole,
    Item,
    Lazy,
    List,
    Map,
    Piece,
    Text,
    Unknown,
    Value,
    decider,
    either,
    kept,
    known_text,
    literal,
    spread,
    truth,
    united,
    ways_of,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def _text(run: Interpreter, node: p.Text) -> Value:
    """Literal characters, with their place."""
    return Text((Piece(node.value, run.program, node.start, node.spots),))


def _string(run: Interpreter, node: p.String) -> Value:
    if len(node.parts) == 1 and isinstance(node.parts[0], p.Text):
        result: Value = _text(run, node.parts[0])
    else:
        result = ops.concat([_named(run, part, as_text(run, run.evaluate(part))) for part in node.parts])
    tell(run, result, node)
    return result


def _named(run: Interpreter, node: p.Expression, value: Value) -> Value:
    """A value for a text; one that is not known keeps the name that the code gives it."""
    if isinstance(value, Either):
        return united([(_named(run, node, one), way) for one, way in ways_of(value)])
    if isinstance(value, (Text, Constant)) or (isinstance(value, Lazy) and value.value is not None):
        return value
    start = node.start
    while isinstance(node, (p.Call, p.Index)):
        node = node.function if isinstance(node, p.Call) else node.key if isinstance(node.key, p.String) else node.value
    name = ""
    if isinstance(node, p.Name):
        name = p.bare(node.id)
    elif isinstance(node, p.Attribute):
        name = node.name
    elif isinstance(node, p.String) and len(node.parts) == 1 and isinstance(node.parts[0], p.Text):
        name = node.parts[0].value
    assert run.program is not None
    return Text((Hole(value, name=name, spot=(run.program.path, start)),))


def _literal(run: Interpreter, node: p.Literal) -> Value:
    return NOTHING if node.value is None else Constant(node.value)


def _sequence(run: Interpreter, node: p.Sequence) -> Value:
    assert run.program is not None
    items: list[Item] = []
    missing: Unknown | None = None
    for inner in node.items:
        if isinstance(inner, p.Spread):
            more = ops.combined([iterated(run, run.evaluate(inner.value))])
            assert isinstance(more, List)
            items.extend(more.items)
            missing = missing or more.missing
        else:
            items.append(Item(run.evaluate(inner)))
    if len(items) > MAX_ITEMS:
        items, missing = items[:MAX_ITEMS], missing or Unknown("it has too many items")
    return List(items, node.kind, branch=run.branch, missing=missing, span=(run.program, node.start, node.end))


def _mapping(run: Interpreter, node: p.Mapping) -> Value:
    assert run.program is not None
    result = Map({}, branch=run.branch, span=(run.program, node.start, node.end))
    for key_node, value_node in node.entries:
        if key_node is None:
            extend(run, result, run.evaluate(value_node))
            continue
        key = run.evaluate(key_node)
        name = (
            key.paths[0] if isinstance(key, External) and not key.paths[0].endswith(("()", "[]")) else known_text(key)
        )
        with beside(run, name, node):
            value = run.evaluate(value_node)
        if name is None:
            result.missing = result.missing or Unknown("some of its keys are only known at run time")
            result.entries[f"\0{len(result.entries)}"] = Item(value)
        else:
            put(run, result, name, value, key_node)
            run.observer.bound(name, value, site_of(run, key_node), "entry")
    run.observer.mapped(result, site_of(run, node))
    return result


def _spread(run: Interpreter, node: p.Spread) -> Value:
    return run.evaluate(node.value)


def _name(run: Interpreter, node: p.Name) -> Value:
    assert run.scope is not None
    library = run.library
    found = seen(run, node.id) if library.receiver else run.scope.find(node.id)
    if found is not None:
        return as_here(run, at_hand(run, found))
    library = run.library
    if (library.implicit is not None or library.siblings) and node.id not in library.functions:
        implied = bound_elsewhere(run, node.id, library.implicit)
        if implied is not None:
            return at_hand(run, implied)
    if library.receiver and (inherited := seen_outside(run, node.id)) is not None:
        return inherited
    constant = settings_constant(run, node.id)
    if constant is not None:
        return constant
    if library.knows(node.id):
        return External((node.id, *_imported_with_all(run, node.id)))
    if library.environment and p.bare(node.id).isidentifier():
        read = p.Call(node.start, node.end, p.Name(node.start, node.end, library.environment), ())
        value = invoke(run, External((library.environment,)), Arguments([literal(p.bare(node.id))]), read)
        # From now on it is bound, as the language has it: where only some way binds it anew, it may be either.
        scope = run.scope.outermost()
        scope.names[node.id] = scope.read[node.id] = value
        return value
    return Unknown(f"{p.bare(node.id)} is not defined in this file")


def _imported_with_all(run: Interpreter, name: str) -> list[str]:
    """What a name may be that begins like a class's: a part of a module from which everything is imported."""
    stars = run.scope.outermost().stars if run.scope is not None and name[:1].isupper() else ()
    return [f"{module}.{name}" for module in stars]


def _attribute(run: Interpreter, node: p.Attribute) -> Value:
    return as_here(run, part_of(run, node, run.evaluate(node.value)))


def _index(run: Interpreter, node: p.Index) -> Value:
    owner = run.evaluate(node.value)
    if isinstance(node.key, p.Slice):
        part = slice_of(run, node.key)
        return spread(owner, lambda value: _sliced(value, part))
    key = run.evaluate(node.key)
    return as_here(run, entry(run, owner, key, site_of(run, node)))


def _slice(run: Interpreter, node: p.Slice) -> Value:
    for bound in (node.lower, node.upper, node.step):
        if bound is not None:
            run.evaluate(bound)
    return Unknown("it is a range")


def _binary(run: Interpreter, node: p.Binary) -> Value:
    left = run.evaluate(node.left)
    right = run.evaluate(node.right)
    if node.operator == "+" and isinstance(left, Text):
        right = _named_part(run, node.right, right)
    elif node.operator == "+" and isinstance(right, Text):
        left = _named_part(run, node.left, left)
    result = operate(run, node.operator, left, right)
    tell(run, result, node)
    return result


def _named_part(run: Interpreter, node: p.Expression, value: Value) -> Value:
    return _named(run, node, value) if isinstance(value, (Unknown, External)) else value


def _not(run: Interpreter, node: p.Not) -> Value:
    known = truth(run.evaluate(node.value))
    return Unknown("it is decided at run time") if known is None else Constant(not known)


def _logic(run: Interpreter, node: p.Logic) -> Value:
    left = run.evaluate(node.left)
    known = truth(left)
    if node.operator == "and":
        if known is False:
            return left
        right = run.evaluate(node.right)
        return right if known else either([right, Constant(False)])
    if node.operator == "??":
        if isinstance(left, (Text, List, Map)):
            return left
        right = run.evaluate(node.right)
        return united([*kept(left, lambda value: value is not NOTHING), (right, ANY_WAY)])
    if known:
        return left
    right = run.evaluate(node.right)
    if known is False:
        return right
    return united([*kept(left, lambda value: truth(value) is not False), (right, ANY_WAY)])


def _compare(run: Interpreter, node: p.Compare) -> Value:
    left = run.evaluate(node.left)
    right = run.evaluate(node.right)
    known: bool | None = None
    if node.operator in ("in", "not in") and not isinstance(right, Lazy):
        known = ops.contains(left, right)
    elif node.operator in ("==", "!=", "is", "is not", "===", "!==") and not (
        isinstance(left, Lazy) or isinstance(right, Lazy)
    ):
        known = ops.equal(left, right)
    run.observer.compared(node.operator, left, right, site_of(run, node))
    if known is None:
        reason = "it is decided at run time"
        if node.operator in ("==", "==="):
            key, text = (left, known_text(right)) if isinstance(right, Text) else (right, known_text(left))
            if text is not None and isinstance(key, (Unknown, External, Text)):
                return Equality(reason, frozenset([(decider(key), text)]))
        return Unknown(reason)
    return Constant(known != (node.operator in ("not in", "!=", "is not", "!==")))


def _choice(run: Interpreter, node: p.Choice) -> Value:
    test = run.evaluate(node.test)
    known = truth(test)
    if known is None:
        with where(run, test):
            yes = run.evaluate(node.yes)
        return either([yes, run.evaluate(node.no)])
    return run.evaluate(node.yes if known else node.no)


def _comprehension(run: Interpreter, node: p.Comprehension) -> Value:
    assert run.scope is not None
    outer = run.scope
    run.scope = Scope("function", outer.program, outer)
    items: list[Item] = []
    pairs: dict[str, Item] = {}
    holder = List([])
    try:
        _clause(run, node, 0, True, items, pairs, holder)  # the outermost clause always runs
    finally:
        run.scope = outer
    if node.kind == "mapping":
        return Map(pairs, branch=run.branch, missing=holder.missing)
    kind = "set" if node.kind == "set" else "list" if node.kind == "list" else "generator"
    result = List(items, kind, branch=run.branch, missing=holder.missing)
    return ops.unique(result, kind) if kind == "set" else result


def _clause(
    run: Interpreter,
    node: p.Comprehension,
    depth: int,
    certain: bool,
    items: list[Item],
    pairs: dict[str, Item],
    holder: List,
) -> None:
    if depth == len(node.clauses):
        value = run.evaluate(node.item)
        if node.key is not None:
            key = run.evaluate(node.key)
            name = known_text(key)
            if name is None:
                reason = "some of its keys are only known at run time"
                holder.missing = holder.missing or Unknown(reason, sample=value)
            else:
                pairs[name] = Item(value, certain=certain, key=ops.spot_of(key))
        elif len(items) < MAX_ITEMS:
            items.append(Item(value, certain=certain))
        return
    target, iterable, conditions = node.clauses[depth]
    inner = run.scope
    if depth == 0 and inner is not None:
        run.scope = inner.parent  # The names of a class are seen from here only.
    source = ops.items_of(iterated(run, run.evaluate(iterable)))
    run.scope = inner
    rest = source.missing
    if rest is not None and not source.items:
        # What is built for an unknown item is still looked at, and then no more than a sample.
        assign_to(run, target, rest.one())
        for condition in conditions:
            run.evaluate(condition)
        made: list[Item] = []
        named: dict[str, Item] = {}
        more = List([])
        _clause(run, node, depth + 1, False, made, named, more)
        if rest.sample is not None:
            built = [item.value for item in (*made, *named.values())]
            sample = built[0] if built else more.missing.sample if more.missing is not None else None
            rest = Unknown(rest.because, rest.owner, rest.name, sample)
        holder.missing = holder.missing or rest
        return
    holder.missing = holder.missing or rest
    for item in list(source.items):
        assign_to(run, target, item.value)
        sure = certain and item.certain
        keep = True
        for condition in conditions:
            known = truth(run.evaluate(condition))
            if known is False:
                keep = False
                break
            if known is None and not _only_checks(condition, target):
                sure = False
        if keep:
            _clause(run, node, depth + 1, sure, items, pairs, holder)


def _only_checks(condition: p.Expression, target: p.Expression) -> bool:
    """`if x` and `if x.strip()` over x leave out what is empty, which no scope is."""
    while isinstance(condition, (p.Call, p.Attribute)):
        condition = condition.function if isinstance(condition, p.Call) else condition.value
    return isinstance(condition, p.Name) and isinstance(target, p.Name) and condition.id == target.id


def _bind_expression(run: Interpreter, node: p.Bind) -> Value:
    value = run.evaluate(node.value)
    assign_to(run, node.target, value)
    return value


def _yield(run: Interpreter, node: p.Yield) -> Value:
    value = run.evaluate(node.value)
    if run.frame.yields is None:
        run.frame.yields = []
    certain = is_certain(run, run.frame.branch)
    if node.all:
        more = ops.items_of(iterated(run, value))
        run.frame.yields.extend([Item(item.value, certain=item.certain and certain) for item in more.items])
    else:
        run.frame.yields.append(Item(value, certain=certain))
    return Unknown("it is sent in at run time")


def _opaque(run: Interpreter, node: p.Opaque) -> Value:
    for part in node.parts:
        run.evaluate(part)
    return Unknown(node.because)


def _lambda(run: Interpreter, node: p.Function) -> Value:
    return function_value(run, node)


def function_value(run: Interpreter, node: p.Function) -> Function:
    """A function of the project as the code around it makes it, with the values that its parameters default to."""
    assert run.program is not None
    assert run.scope is not None
    defaults = {
        parameter.name: run.evaluate(parameter.default)
        for parameter in node.parameters
        if parameter.default is not None
    }
    cls = run.frame.cls if run.in_class() else None
    value = Function(node, run.program, run.scope, defaults, cls)
    run.functions.setdefault(value.key, value)
    return value


def _sliced(value: Value, part: slice | None) -> Value:
    if part is None:
        return Unknown("it is cut at run time", sample=ops.item_of(value))
    found = ops.sliced(value, part)
    if found is None:
        return Unknown("it is cut at run time", ops.owner_of(value), sample=ops.item_of(value))
    return found


EXPRESSIONS: dict[type, Callable[..., Value]] = {
    p.Text: _text,
    p.String: _string,
    p.Literal: _literal,
    p.Sequence: _sequence,
    p.Mapping: _mapping,
    p.Spread: _spread,
    p.Name: _name,
    p.Attribute: _attribute,
    p.Index: _index,
    p.Slice: _slice,
    p.Call: call,
    p.Binary: _binary,
    p.Not: _not,
    p.Logic: _logic,
    p.Compare: _compare,
    p.Choice: _choice,
    p.Comprehension: _comprehension,
    p.Bind: _bind_expression,
    p.Yield: _yield,
    p.Opaque: _opaque,
    p.Function: _lambda,
}
