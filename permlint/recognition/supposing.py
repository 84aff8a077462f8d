"""Logins whose provider is an argument (`/auth/{provider}`): what they ask for where the argument is each that a row knows.

The code itself must tell the provider from others: what it would ask anybody for is no evidence that it asks this one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from permlint.evaluation.values import literal
from permlint.recognition.observer import ANYBODY, Asked, Recogniser
from permlint.recognition.requests import scopes_of

if TYPE_CHECKING:
    from permlint.catalog import Catalog
    from permlint.evaluation.interpreter import Interpreter

_MAX_RUNS = 40


def suppose(recogniser: Recogniser, interpreter: Interpreter, catalog: Catalog) -> None:
    """Adds to what the recogniser has noted what is asked for under each provider."""
    runs = 0
    for (function, parameter), providers in sorted(recogniser.supposable.items()):
        if runs > _MAX_RUNS:
            break

        def asked(name: str, key: tuple[str, int] = function, parameter: str = parameter) -> list[Asked]:
            return _meanwhile(recogniser, lambda: interpreter.suppose(key, parameter, literal(name)))

        anybody = {scopes_of(one, catalog) for one in asked(ANYBODY)}
        for name in sorted(providers):
            runs += 1
            for one in asked(name):
                scopes = scopes_of(one, catalog)
                if one.row is not None and name in one.row.get("logins", ()) and scopes and scopes not in anybody:
                    recogniser.asked.append(one)


def _meanwhile(recogniser: Recogniser, run: Callable[[], None]) -> list[Asked]:
    """What is noted while something runs; it is not kept."""
    before, recogniser.asked = recogniser.asked, []
    try:
        run()
        return recogniser.asked
    finally:
        recogniser.asked = before
