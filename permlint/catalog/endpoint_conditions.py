"""What the parameters of a call say: whether a condition holds, and which method counts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from permlint.catalog.endpoint_rows import Condition


def state(condition: Condition, parameters: Mapping[str, str | None] | None, *, complete: bool) -> bool | None:
    """Tell whether a condition holds; None if that can't be known."""
    if parameters is None:
        return None
    there, value = _look_up(condition, parameters)
    if there is False and not complete:
        return None
    if there is None:
        return None
    if condition.present is not None:
        return there is condition.present
    if not there:
        return condition.default
    if value is None:
        return None
    text = value.casefold()
    if condition.url:
        return ":" in text or "." in text or "/" in text or ("{}" in text and None)
    if condition.values:
        return text in condition.values or ("{}" in text and None)
    return any(part.casefold() in text for part in condition.contains) or ("{}" in text and None)


def _look_up(condition: Condition, parameters: Mapping[str, str | None]) -> tuple[bool | None, str | None]:
    """Say whether a parameter is there (None: unknown) and its value; ``recipient.id`` looks into recipient too."""
    name = condition.param
    if name in parameters:
        return True, parameters[name]
    outer, dot, inner = name.partition(".")
    holder = outer if dot else condition.inside
    if holder is None or holder not in parameters:
        return False, None
    if any(key.startswith(f"{holder}.") for key in parameters):
        return False, None
    text = parameters[holder]
    if text is None or "{}" in text:
        return (True, None) if text is not None and f'"{inner or name}"' in text else (None, None)
    if f'"{inner or name}"' not in text and f"'{inner or name}'" not in text:
        return False, None
    return True, text if condition.contains or condition.present is not None else _value_in(text, inner or name)


def _value_in(text: str, name: str) -> str | None:
    """Find the text value of a key in JSON, None if that can't be read."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    for entry in data if isinstance(data, list) else [data]:
        if isinstance(entry, dict) and isinstance(entry.get(name), str):
            return str(entry[name])
    return None


def verb_of(method: str | None, parameters: Mapping[str, str | None]) -> str | None:
    """Give the method that counts: a parameter of that name replaces the request's own; None if it is not known."""
    verb = method.upper() if method else None
    if "method" in parameters:
        override = (parameters["method"] or "").upper()
        if override in ("DELETE", "GET", "POST") or not override:
            return override or None
    return {"PUT": "POST", "PATCH": "POST", "HEAD": "GET"}.get(verb, verb) if verb else None
