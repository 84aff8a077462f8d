"""Deciding: of values that one unknown key chooses, those that belong to where the code stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from permlint import program as p
from permlint.evaluation.values import Either, Equality, Text, Value, agree, known_text, within

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


@contextmanager
def where(run: Interpreter, test: Value) -> Iterator[None]:
    """What runs in it runs where a test holds."""
    frame = run.frame
    before = frame.way
    if isinstance(test, Equality) and agree(before, test.way):
        frame.way = before | test.way
    try:
        yield
    finally:
        frame.way = before


@contextmanager
def beside(run: Interpreter, name: str | None, table: p.Mapping) -> Iterator[None]:
    """What runs in it makes the entry of that name (None: not known) of a table."""
    frame = run.frame
    before = frame.beside
    frame.beside = None if name is None or len(table.entries) < 2 else (name, table)
    try:
        yield
    finally:
        frame.beside = before


def as_here(run: Interpreter, value: Value) -> Value:
    """What the value may be here: where its key is known to be something, and in a table, under the same key.

    An entry of a table goes with the entry of that name of another one, if they share names: one key chooses from both.
    """
    frame = run.frame
    if not isinstance(value, Either) or not any(value.ways):
        return value
    if frame.way:
        value = within(value, frame.way)
    if frame.beside is None or not isinstance(value, Either):
        return value
    name, table = frame.beside
    chosen = [pair for way in value.ways for pair in way]
    keys = {key for key, of in chosen if of == name}
    if keys:
        here = _names(table)
        for key in keys:
            if len({of for other, of in chosen if other == key} & here) > 1:
                value = within(value, frozenset([(key, name)]))
    return value


def is_spare(run: Interpreter) -> bool:
    """Whether what is made here belongs to an entry of a table from which a variable at hand chooses another one."""
    if run.frame.beside is None or run.scope is None or run.scope.kind != "function":
        return False
    name, table = run.frame.beside
    said = {known_text(value) for value in run.scope.names.values() if isinstance(value, Text)}
    return name not in said and not said.isdisjoint(_names(table))


def _names(table: p.Mapping) -> set[str]:
    """The names of a table's entries, as far as they are written out."""
    keys = [key for key, _ in table.entries if isinstance(key, p.String)]
    return {"".join([part.value for part in key.parts if isinstance(part, p.Text)]) for key in keys}
