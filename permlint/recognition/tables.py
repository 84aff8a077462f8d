"""The recognition tables at run time: rows by the last part of what they recognise."""

from __future__ import annotations

import functools
import json
import pathlib
import re
from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]


class Tables:
    """All rows, indexed. Rows stay plain mappings with the keys that the TOML files document."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.needles: list[str] = data["needles"]
        self.telling: list[str] = data["telling"]
        self.settings: dict[str, list[Row]] = {}
        for row in data["settings"]:
            self.settings.setdefault(row["name"], []).append(row)
        self.mappings: dict[str, list[Row]] = {}
        for row in data["mappings"]:
            self.mappings.setdefault(row["entry"], []).append(row)
        self.constants: dict[str, str | list[str] | dict[str, str]] = {
            path: row["value"] for row in data["constants"] if "value" in row for path in row["paths"]
        }
        self.in_capitals = frozenset(
            [path for row in data["constants"] if row.get("capitals") for path in row["paths"]]
        )
        self.switches = frozenset(
            [
                key.partition("=")[0]
                for kind in ("requests", "settings", "mappings", "documents")
                for row in data[kind]
                for key in row.get("default_if", ())
            ]
        )
        self.requests = _index(data["requests"])
        self.markup = _markup(data)
        self.carries = _index(data["carries"])
        self.readers = _index(data["readers"])
        self.objects: list[Row] = data["objects"]
        self.heads = heads([*data["requests"], *data["carries"], *data["readers"]])
        self.documents: list[Row] = sorted(data["documents"], key=lambda row: bool(row.get("known")))
        self.environments: list[Row] = data["environments"]
        self.document_needles: list[str] = data["document_needles"]
        self.called_names = frozenset([*self.requests, *self.carries, *self.readers])

    def find(self, index: dict[str, list[tuple[list[str], Row]]], paths: tuple[str, ...]) -> Row | None:
        """The row whose pattern fits one of the dotted paths."""
        return next(iter(self.every(index, paths)), None)

    def every(self, index: dict[str, list[tuple[list[str], Row]]], paths: tuple[str, ...]) -> list[Row]:
        """The rows of which a pattern fits one of the dotted paths, in the order of the tables."""
        out: list[Row] = []
        for path in paths:
            known = index.get(_last(path))
            if known:
                parts = path.split(".")
                out += [row for pattern, row in known if row not in out and fits(pattern, parts)]
        return out

    def loose(self, name: str) -> list[Row]:
        """The request rows that a call of that name fits whatever it is called on."""
        out: list[Row] = []
        for _, row in self.requests.get(name, ()):
            if row.get("loose") and row not in out:
                out.append(row)
        return out


def heads(rows: Iterable[Row]) -> frozenset[str]:
    """The qualified names with which the paths of some rows begin."""
    found = {pattern.partition(".")[0].removesuffix("()") for row in rows for pattern in row["calls"]}
    return frozenset([name for name in found if "\\" in name])


def _markup(data: dict[str, Any]) -> re.Pattern[str]:
    """What a text holds in which an element of a page is written that a row is about."""
    tags = {
        "<" + path.removeprefix("html.")
        for row in data["requests"]
        for path in row["calls"]
        if path.startswith("html.")
    }
    words = {word for row in data["mappings"] if row.get("words") for word in row["values"]}
    return re.compile("|".join(rf"{re.escape(one)}\b" for one in sorted(tags | words)))


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
    return (head in (first, "*") or (head == "*()" and first.endswith("()"))) and fits(pattern[1:], parts[1:])


@functools.cache
def load() -> Tables:
    """The tables that permlint ships."""
    path = pathlib.Path(__file__).parent / "data" / "recognition.json"
    return Tables(json.loads(path.read_text(encoding="utf-8")))
