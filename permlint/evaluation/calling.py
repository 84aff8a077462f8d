"""Calls: of functions and classes of the project, of methods of known values, of what is outside or unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint import program as p
from permlint.evaluation import operations as ops
from permlint.evaluation.classes import as_member, fitting
from permlint.evaluation.names import whole_module
from permlint.evaluation.objects import construct
from permlint.evaluation.parts import class_part, instance_part, part_of
from permlint.evaluation.running import Method, Step, UnknownPart, same_unknown
from permlint.evaluation.telling import as_given, call_site, site_of, tell, tell_arguments
from permlint.evaluation.values import (
    Arguments,
    Bound,
    Class,
    External,
    Function,
    Instance,
    Lazy,
    List,
    Map,
    Module,
    Overloaded,
    Partial,
    Text,
    Unknown,
    Value,
    either,
    force,
    spread,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


_MOST_PARAMETERS = 3
_NOWHERE = p.Call(0, 0, p.Name(0, 0, ""), ())
"""The node of calls that the language's library makes, which stand at no place of their own."""


def call(run: Interpreter, node: p.Call) -> Value:
    """The value of a call as it is written; put off where its callee is in a file that is not worth reading for it."""
    callee = _callee(run, node.function)
    arguments = _arguments(run, node)
    if isinstance(callee, Lazy) and callee.value is None:
        if not _worth_forcing(run, callee):
            return _put_off(run, callee, arguments, node)
        callee = force(callee)
    function = node.function
    name = function.name if isinstance(function, p.Attribute) else function.id if isinstance(function, p.Name) else ""
    assert run.program is not None
    step = Step(run.program, node.start, node.end, run.frame.body, name)
    run.chain.append(step)
    try:
        return invoke(run, callee, arguments, node)
    finally:
        run.chain.pop()


def _arguments(run: Interpreter, node: p.Call) -> Arguments:
    positional: list[Value] = []
    named: dict[str, Value] = {}
    missing: Unknown | None = None
    for name, argument in node.arguments:
        value = run.evaluate(argument)
        if name is None:
            positional.append(value)
        elif name == "*":
            more = force(value)
            if isinstance(more, List) and more.missing is None:
                positional.extend([item.value for item in more.items])
            else:
                whose = ops.owner_of(more.missing or more if isinstance(more, List) else more)
                missing = missing or Unknown("its arguments are only known at run time", whose)
        elif name == "**":
            entries = force(value)
            if isinstance(entries, Map):
                named.update({key: item.value for key, item in entries.entries.items()})
                missing = missing or entries.missing
            else:
                missing = missing or Unknown("its arguments are only known at run time", ops.owner_of(entries))
        else:
            named[name] = value
            run.observer.bound(name, value, site_of(run, argument), "argument")
    return Arguments(positional, named, missing)


def _callee(run: Interpreter, node: p.Expression) -> Value:
    """What is called: where a part of an object and a method share a name, the method."""
    if not isinstance(node, p.Attribute):
        return run.evaluate(node)
    owner = run.evaluate(node.value)
    callee = part_of(run, node, owner)
    if isinstance(owner, Instance) and node.name in owner.attributes:
        if not isinstance(callee, (Function, Bound, Class, Partial, Method)):
            method = class_part(run, owner.cls, node.name, owner)
            return method if isinstance(method, Bound) else callee
    return callee


def _put_off(run: Interpreter, callee: Lazy, arguments: Arguments, node: p.Call) -> Lazy:
    """A call that is made when someone looks at its value, as from where it stands."""
    then = (run.branch, run.program, run.scope, run.frame)
    if arguments.named:
        tell_arguments(run, arguments, node)

    def later() -> Value:
        now = (run.branch, run.program, run.scope, run.frame)
        run.branch, run.program, run.scope, run.frame = then
        try:
            return invoke(run, force(callee), arguments, node)
        finally:
            run.branch, run.program, run.scope, run.frame = now

    return Lazy(later, callee.name, callee.path)


def _worth_forcing(run: Interpreter, callee: Lazy) -> bool:
    """Whether a call is worth reading the file that holds the callee: it matters, or the name tells something."""
    path = callee.path
    if callee.name in run.library.changing:
        return True
    return (
        path in run.roots
        or (path and path.rpartition("/")[2].partition(".")[0] == run.library.index)
        or run.observer.looks_at(callee.name)
    )


def invoke(run: Interpreter, callee: Value, arguments: Arguments, node: p.Call = _NOWHERE) -> Value:
    """The value of a call, whatever is called. node: where it is written; without it the language's library makes it."""

    def one(callee: Value) -> Value:
        run.step()
        if run.stand_ins and _stands_in(run, callee, arguments, node):
            return Unknown("it is the result of a function that the config describes")
        if isinstance(callee, Function):
            return run.apply(callee, arguments, None)
        if isinstance(callee, Bound):
            return run.apply(callee.function, arguments, callee.owner)
        if isinstance(callee, Overloaded):
            chosen = [_seen_through(run, function, callee) for function in fitting(run, callee, arguments)]
            return either([invoke(run, function, arguments, node) for function in chosen])
        if isinstance(callee, Class):
            return construct(run, callee, arguments, node)
        if isinstance(callee, Partial):
            joined = Arguments(
                [*callee.arguments.positional, *arguments.positional],
                {**callee.arguments.named, **arguments.named},
                callee.arguments.missing or arguments.missing,
            )
            return invoke(run, callee.function, joined, node)
        if isinstance(callee, Method):
            result = run.library.method(run, callee.owner, callee.name, arguments)
            tell(run, result, node)
            return result
        if isinstance(callee, External):
            return _call_outside(run, callee, arguments, node)
        if isinstance(callee, (Text, List, Map)):
            return callee  # A method that gives what it is called on again, or a part of that.
        if isinstance(callee, Module) and (whole := whole_module(run, callee)) is not callee:
            return invoke(run, whole, arguments, node)
        if isinstance(callee, Instance):
            method = instance_part(run, callee, p.CALLED)
            if isinstance(method, Bound):
                return run.apply(method.function, arguments, method.owner)
        return _call_unknown(run, callee, arguments, node)

    return spread(callee, one)


def _seen_through(run: Interpreter, function: Function, callee: Overloaded) -> Value:
    if callee.owner is None or callee.cls is None:
        return function
    return as_member(run, function, callee.owner, callee.cls)


def _stands_in(run: Interpreter, callee: Value, arguments: Arguments, node: p.Call) -> bool:
    """Whether a function of the project is one of `stand_ins`: then the observer is told, as of one outside of it."""
    function = callee.function if isinstance(callee, Bound) else callee
    if not isinstance(function, Function):
        return False
    if not any(each.endswith(f".{function.node.name}") for each in run.stand_ins):
        return False
    module = function.program.path.rpartition(".")[0].removesuffix("/__init__").replace("/", ".")
    cls = f".{function.cls.node.name}" if function.cls is not None else ""
    path = f"{module}{cls}.{function.node.name}"
    if not any(path == each or path.endswith(f".{each}") for each in run.stand_ins):
        return False
    run.stood_in.add((function.program, function.node.start, function.node.end))
    run.observer.called(External((path,)), function.node.name, arguments, call_site(run, node))
    return True


def _call_outside(run: Interpreter, callee: External, arguments: Arguments, node: p.Call) -> Value:
    assert run.program is not None
    if not callee.paths[0].startswith("<"):  # Words of the program form leave what they are given as it is.
        arguments = as_given(run, arguments, node)
    known = run.library.function(run, callee, arguments)
    if known is not None:
        tell(run, known, node)
        return known
    name = callee.paths[0].rpartition(".")[2]
    if arguments.named:
        tell_arguments(run, arguments, node)
    told = run.observer.called(callee, name, arguments, call_site(run, node))
    if told is not None:
        if isinstance(told, List) and told.span is None:
            told.branch = run.branch  # It is made here.
        tell(run, told, node)
        _answer_to(run, told, arguments, node)
        return told
    method = run.library.methods.get(name)
    owner = callee.owner
    if method is not None and arguments.functions() and owner is not None and run.observer.follows(owner):
        return method(run, owner, arguments)
    _handed_over(run, arguments, node)
    _called_back(run, callee, arguments)
    # Where a part is read by calling a method, its path says no more than that.
    read = (
        run.library.bare and not any(arguments.all()) and name[:1].islower() and isinstance(node.function, p.Attribute)
    )
    return External(
        callee.paths if read else tuple([f"{path}()" for path in callee.paths]),
        callee.owner,
        arguments,
        (run.program, node.start, node.end),
    )


def _answer_to(run: Interpreter, answer: Value, arguments: Arguments, node: p.Call) -> None:
    """Functions that are handed to a call are called with its answer, wherever among their parameters that stands."""
    for function in arguments.functions() if isinstance(answer, External) else ():
        invoke(run, function, Arguments([answer] * _MOST_PARAMETERS), node)


def _handed_over(run: Interpreter, arguments: Arguments, node: p.Call) -> None:
    """A function of the project that is handed to one outside, with what to call it with (`to_thread(read, "me")`)."""
    for index, value in enumerate(arguments.positional[:-1]):
        if isinstance(value, (Function, Bound)):
            missing = arguments.missing or Unknown("it may be handed over by something outside the project")
            invoke(run, value, Arguments(arguments.positional[index + 1 :], dict(arguments.named), missing), node)
            return


def _called_back(run: Interpreter, callee: External, arguments: Arguments) -> None:
    """A function without a name that is handed to one outside: that one calls it with something of its own."""
    last = arguments.named.get("&") or (arguments.positional[-1] if arguments.positional else None)
    if isinstance(last, Function) and not last.node.name:
        run.handed[last.key] = External(tuple([f"{path}(0)" for path in callee.paths]), callee)


def _call_unknown(run: Interpreter, callee: Value, arguments: Arguments, node: p.Call) -> Value:
    name = callee.name if isinstance(callee, UnknownPart) else ""
    arguments = as_given(run, arguments, node)
    if arguments.named:
        tell_arguments(run, arguments, node)
    told = run.observer.called(callee, name, arguments, call_site(run, node))
    if told is not None:
        _answer_to(run, told, arguments, node)
        return told
    _handed_over(run, arguments, node)
    if isinstance(callee, Unknown):
        return same_unknown(callee)
    return Unknown("it is the result of something that permlint does not follow")
