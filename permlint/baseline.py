"""The baseline: the findings of old code, kept in a file, so that only new ones are shown."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from permlint.fingerprints import Key, Line, keys_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from permlint.diagnostics import Diagnostic

VERSION = 1
"""The version of the file's form; a reader ignores keys that it does not know."""


class BaselineError(Exception):
    """A baseline that cannot be read; the message says why, for a person."""


def parse(data: bytes) -> Counter[Key]:
    """Returns how many findings of each key a baseline holds. Raises BaselineError."""
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"not JSON: {str(error)[:120]}") from None
    if not isinstance(content, dict) or not isinstance(content.get("findings"), list):
        raise BaselineError('not a baseline: it has no list "findings"')
    if content.get("version") != VERSION:
        raise BaselineError(
            f"its version is {content.get('version')!r}, and this permlint reads version {VERSION}; "
            "`permlint baseline` writes it anew"
        )
    found: Counter[Key] = Counter()
    for number, entry in enumerate(content["findings"], 1):
        found[_key(entry, number)] += _count(entry, number)
    return found


def _key(entry: Any, number: int) -> Key:
    if not isinstance(entry, dict):
        raise BaselineError(f"finding {number} is not an object")
    values = []
    for name in Key._fields:
        value = entry.get(name)
        if value is None and name == "permission":
            value = ""
        if not isinstance(value, str):
            raise BaselineError(f"finding {number}: {name} must be a text")
        values.append(value)
    return Key(*values)


def _count(entry: Mapping[str, Any], number: int) -> int:
    count = entry.get("count", 1)
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise BaselineError(f"finding {number}: count must be a positive number, not {count!r}")
    return count


def render(diagnostics: Iterable[Diagnostic], line: Line) -> str:
    """Returns the baseline of these findings: one on each line, sorted, so that two branches merge. ASCII only."""
    counted = Counter(key for key, _ in keys_of(diagnostics, line))
    rows = []
    for key, count in sorted(counted.items()):
        entry: dict[str, Any] = {**key._asdict(), "permission": key.permission or None}
        rows.append(json.dumps(entry if count == 1 else {**entry, "count": count}))
    listed = "".join(f"\n    {row}," for row in rows)[:-1]
    return f'{{\n  "version": {VERSION},\n  "findings": [{listed}{chr(10) + "  " if rows else ""}]\n}}\n'


def match(
    diagnostics: Sequence[Diagnostic], accepted: Mapping[Key, int], line: Line
) -> tuple[list[Diagnostic], Counter[Key]]:
    """Returns the findings that a baseline does not hold, and its entries that match none, with how many of each.

    Of several findings with the same key the first ones are held back.
    """
    keys = keys_of(diagnostics, line)
    new = [each for each, (key, number) in zip(diagnostics, keys, strict=True) if number > accepted.get(key, 0)]
    return new, Counter(accepted) - Counter(key for key, _ in keys)
