"""The recognition tables at run time: rows by the last part of what they recognise."""

from __future__ import annotations

import functools
import json
import pathlib
from collections.abc import Iterator
from typing import Any

Row = dict[str, Any]


class Tables:
    """All rows, indexed. Rows stay plain mappings with the keys that the TOML files document."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.needles: list[str] = data["needles"]
        self.settings: dict[str, list[Row]] = {}
        self.loose_settings: list[Row] = []
        for row in data["settings"]:
            self.settings.setdefault(row["name"], []).append(row)
        self.requests = _index(data["requests"])
        self.carries = _index(data["carries"])
        self.readers = _index(data["readers"])
        self.objects: list[Row] = data["objects"]
        self.called_names = frozenset([*self.requests, *self.carries, *self.readers])

    def find(self, index: dict[str, list[tuple[list[str], Row]]], paths: tuple[str, ...]) -> Row | None:
        """The row whose pattern fits one of the dotted paths."""
        for path in paths:
            parts = path.split(".")
            for pattern, row in index.get(_last(path), ()):
                if fits(pattern, parts):
                    return row
        return None

    def loose(self, name: str) -> Iterator[Row]:
        """The request rows that a call of that name fits whatever it is called on."""
        seen: list[int] = []
        for _, row in self.requests.get(name, ()):
            if row.get("loose") and id(row) not in seen:
                seen.append(id(row))
                yield row


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _index(rows: list[Row]) -> dict[str, list[tuple[list[str], Row]]]:
    out: dict[str, list[tuple[list[str], Row]]] = {}
    for row in rows:
        for pattern in row["calls"]:
            out.setdefault(_last(pattern), []).append((pattern.split("."), row))
    return out


def fits(pattern: list[str], parts: list[str]) -> bool:
    """Whether a path fits a pattern, part by part; `*` fits one part, `**` any number."""
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(fits(pattern[1:], parts[skip:]) for skip in range(len(parts) + 1))
    if not parts:
        return False
    head, first = pattern[0], parts[0]
    return (head == first or (head == "*") or (head == "*()" and first.endswith("()"))) and fits(pattern[1:], parts[1:])


@functools.cache
def load() -> Tables:
    """The tables that permlint ships."""
    path = pathlib.Path(__file__).parent / "data" / "recognition.json"
    return Tables(json.loads(path.read_text(encoding="utf-8")))
