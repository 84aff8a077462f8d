"""What rows say of calls: which callee one fits, and what its elements stand for in a call's arguments.

An element is a text, or `{a|#0|b=default}`: the first argument given of some, by name or position, or a text in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from permlint.evaluation.values import (
    NOTHING,
    Arguments,
    Constant,
    Either,
    External,
    Hole,
    List,
    Text,
    Unknown,
    Value,
    force,
    known_text,
    literal,
    settled,
)
from permlint.recognition.arguments import argument
from permlint.recognition.tables import Row, fits

_MOST = 64


def fitting(rows: dict[str, list[Row]], name: str, callee: External) -> Row | None:
    """The row of which a pattern fits a callee. rows: by the last part of what they fit, which is `name`."""
    for row in rows.get(name, ()):
        if any(fits(row["pattern"], path.split(".")) for path in callee.paths):
            return row
    return None


def is_named(path: str, name: str) -> bool:
    """Whether a dotted path, `()` for results of calls, is that of a function or method of this name, or ends in it."""
    plain = path.replace("()", "")
    return plain == name or plain.endswith(f".{name}")


def as_text(element: str, arguments: Arguments) -> Value:
    """What an element stands for, as a text or several; a hole where its argument is no text or is not given."""
    if not element.startswith("{"):
        return literal(element)
    keys, _, default = element[1:-1].partition("=")
    ordered = sorted(keys.split("|"), key=lambda key: key.startswith("#"))
    name = "" if ordered[0].startswith("#") else ordered[0]
    found = next((value for key in ordered if (value := argument(arguments, key)) is not None), None)
    if found is None:
        return literal(default) if default else Text((Hole(Unknown("it is not given"), name=name),))
    return _text_of(found, name)


def as_given(element: str, arguments: Arguments) -> Value:
    """What an element without a default stands for, its argument as it is."""
    if not element.startswith("{"):
        return literal(element)
    found = [argument(arguments, key) for key in element[1:-1].split("|")]
    return next((value for value in found if value is not None), Unknown("it is not given"))


def segments(element: str, arguments: Arguments) -> list[Value]:
    """The segments of a path that an element stands for: several where the argument is a list of them."""
    found = as_text(element, arguments)
    held = found.pieces[0] if isinstance(found, Text) and len(found.pieces) == 1 else None
    listed = force(held.value) if isinstance(held, Hole) else None
    if not isinstance(listed, List):
        return [found]
    more = [Text((Hole(listed.missing, name="path"),))] if listed.missing is not None else []
    return [*[_text_of(item.value) for item in listed.items[:_MOST]], *more]


def pairs(makers: Iterable[str], arguments: Arguments) -> Iterator[tuple[str, Value]]:
    """What the arguments send that are made by one of some calls from a name and a value: `Parameter.with(name, value)`."""
    for value in arguments.all() if makers else ():
        for option in settled(value):
            if not isinstance(option, External) or option.arguments is None:
                continue
            if any(is_named(path, maker) for path in option.paths for maker in makers):
                name = known_text(option.arguments.get(0))
                if name is not None:
                    yield name, option.arguments.get(1) or NOTHING


def _text_of(value: Value, name: str = "") -> Value:
    return value if isinstance(value, (Text, Either, Constant)) else Text((Hole(value, name=name),))
