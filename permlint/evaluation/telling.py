"""What the observer is told: texts, named arguments, and the places where things happen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint import program as p
from permlint.evaluation import operations as ops
from permlint.evaluation.deciding import is_spare
from permlint.evaluation.running import Site
from permlint.evaluation.values import (
    Address,
    Arguments,
    Either,
    Item,
    Lazy,
    Map,
    Piece,
    Text,
    Value,
    alternatives,
    each_of,
    spread,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def site_of(run: Interpreter, node: p.Node) -> Site:
    """The place of a node in the frame that runs."""
    assert run.program is not None
    return Site(run.program, node.start, node.end, run.frame.number)


def call_site(run: Interpreter, node: p.Call) -> Site:
    """The place of a call, with the calls that lead to it."""
    assert run.program is not None
    return Site(run.program, node.start, node.end, run.frame.number, tuple(run.chain))


def here(run: Interpreter) -> Site:
    """The place of the innermost call that is being made."""
    step = run.chain[-1]
    return Site(step.program, step.start, step.end, run.frame.number, tuple(run.chain))


def tell(run: Interpreter, value: Value, node: p.Node) -> None:
    """Tells of the texts that a value may be. node: where it stands or is put together."""
    for one in each_of(value):
        if not isinstance(one, Text):
            continue
        if any(isinstance(piece, Piece) and "://" in piece.text for piece in one.pieces):
            # An address is worth reading the files that its parts come from.
            if is_spare(run):
                continue
            whole = ops.settled(one)
            for text in each_of(whole):
                if isinstance(text, Text):
                    _tell_text(run, text, node)
        else:
            _tell_text(run, one, node)


def _tell_text(run: Interpreter, text: Text, node: p.Node) -> None:
    if ops.is_template(text):
        run.templates.append((text, site_of(run, node)))
    else:
        run.observer.made(text, site_of(run, node))


def filled(run: Interpreter, template: Value) -> None:
    """Something was filled into a text: by itself it means nothing."""
    for one in alternatives(template) if not isinstance(template, Lazy) else ():
        if isinstance(one, Text):
            run.filled_in.update([(id(piece.origin), piece.start) for piece in one.pieces if isinstance(piece, Piece)])


def tell_unfilled(run: Interpreter) -> None:
    """Tells of the texts into which nobody has filled anything."""
    templates, run.templates = run.templates, []
    for text, site in templates:
        pieces = [piece for piece in text.pieces if isinstance(piece, Piece)]
        if not all((id(piece.origin), piece.start) in run.filled_in for piece in pieces):
            run.observer.made(ops.unfilled(text), site)


def tell_arguments(run: Interpreter, arguments: Arguments, node: p.Call) -> None:
    """Tells of the named arguments of a call as of a mapping."""
    assert run.program is not None
    entries = {name: Item(value) for name, value in arguments.named.items()}
    run.observer.mapped(Map(entries, span=(run.program, node.start, node.end)), site_of(run, node))


def as_given(run: Interpreter, arguments: Arguments, node: p.Node) -> Arguments:
    """Arguments as someone outside sees them: an address as its text."""
    values = [*arguments.positional, *arguments.named.values()]
    if not any(isinstance(one, Address) for value in values for one in each_of(value)):
        return arguments

    def plain(value: Value) -> Value:
        if isinstance(value, Either):
            return spread(value, plain)
        if not isinstance(value, Address):
            return value
        text = ops.address_text(value)
        tell(run, text, node)
        return text

    return Arguments(
        [plain(value) for value in arguments.positional],
        {name: plain(value) for name, value in arguments.named.items()},
        arguments.missing,
    )
