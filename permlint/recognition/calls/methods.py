"""HTTP methods: which one a value names, and which one a call uses."""

from __future__ import annotations

from collections.abc import Iterable

from permlint.evaluation.values import NOTHING, Arguments, External, Hole, Text, Unknown, Value, force, known_text
from permlint.recognition.calls.rows import as_text
from permlint.recognition.tables import Row

METHODS = frozenset(("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"))


def method_named(value: Value) -> str | None:
    """The HTTP method that a text is, or a constant is called like (`HttpMethod.POST`)."""
    text = known_text(value) if not isinstance(value, (External, Unknown)) else _constant(value)
    return text.upper() if text is not None and text.upper() in METHODS else None


def says_method(value: Value) -> bool:
    """Whether a text or a constant names an HTTP method."""
    return isinstance(value, (Text, External)) and method_named(value) is not None


def sent_method(arguments: Arguments, names: Iterable[str], *, posts: bool | None) -> str | None:
    """The method of a client's call whose own name says none; None where it is not known.

    names: of the arguments that say it. posts: whether the call posts where none does, None where that is not known.
    """
    named = [arguments.named[name] for name in names if name in arguments.named]
    for value in [*named, *arguments.positional[:3]]:
        method = method_named(value)
        if method is not None:
            return method
    if named or (len(arguments.positional) > 1 and isinstance(arguments.positional[0], Unknown)):
        return None
    return None if posts is None else "POST" if posts else "GET"


def row_method(row: Row, arguments: Arguments) -> str | None:
    """The method of a library's call: the row's, or that of the argument that the row names; None where it is not known."""
    if "method" not in row:
        if "method" in arguments.named:
            return (known_text(arguments.named["method"]) or "").upper() or None
        return "POST" if "post_args" in arguments.named else "GET"
    method: str = row["method"]
    if not method.startswith("{"):
        return method
    given = as_text(method, arguments)
    if isinstance(given, Text) and any(isinstance(piece, Hole) for piece in given.pieces):
        held = force(next((piece.value for piece in given.pieces if isinstance(piece, Hole)), NOTHING))
        if isinstance(held, External) and method_named(held) is not None:
            return method_named(held)
        if isinstance(held, Unknown):
            return None
    known = (known_text(given) or "").upper()
    return known if known in METHODS else method[1:-1].partition("=")[2] or None


def own_method(method: str | None, arguments: Arguments) -> str | None:
    """The method of a function of the app's own. method: itself, or the argument that holds it; None where it is not known."""
    if method is None or method in METHODS:
        return method
    known = (known_text(as_text(f"{{{method}}}", arguments)) or "").upper()
    return known if known in METHODS else None


def _constant(value: Value) -> str | None:
    if not isinstance(value, External):
        return None
    _, dot, name = value.paths[0].rpartition(".")
    # `HttpMethod.Get` or `.get`, or `GET` where it is imported by itself: a function may be called `get`.
    return name.upper() if name.upper() in METHODS and (dot or name.isupper()) else None
