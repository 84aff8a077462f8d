"""The tables of clients and calls at run time, and the hosts of the API."""

from __future__ import annotations

import functools
import json
import pathlib
from collections.abc import Iterable
from typing import Any

from permlint.recognition.tables import Row, heads


class CallTables:
    """The tables of clients and calls, indexed."""

    def __init__(self, data: dict[str, Any]) -> None:
        words = data["words"]
        self.path_words = frozenset(words["path"])
        self.bases: tuple[str, ...] = tuple(words["base"])
        self.registers = frozenset(words["register"])
        self.scope_names: tuple[str, ...] = tuple(words["scope"])
        self.profiles = frozenset(words["profile"])
        self.marketing: tuple[str, ...] = tuple(words["marketing"])
        self.host: str = words["host"]
        self.url_arguments: list[str] = words["url"]
        self.query_arguments: list[str] = words["query"]
        self.body_arguments: list[str] = words["body"]
        self.host_arguments: list[str] = words["hostname"]
        self.method_arguments: list[str] = words["method"]
        self.telling_options = frozenset(words["options"])
        self.base_methods = frozenset(words["base_method"])
        self.verbs: dict[str, str | None] = {name: row.get("method") for row in data["verbs"] for name in row["names"]}
        self.setters = _by_last(data.get("setters", ()))
        self.runners = _by_last(data.get("runners", ()))
        self.answer: dict[str, list[str]] = data["answer"]
        self.foreign_endings: tuple[str, ...] = tuple(data["foreign"]["endings"])
        self.foreign_needles: tuple[bytes, ...] = tuple([needle.encode() for needle in data["foreign"]["needles"]])
        self.sdks: list[Row] = data["sdks"]
        self.sessions: list[Row] = data["sessions"]
        self.calls = _by_last(data["calls"])
        self.heads = heads(data["calls"])
        self.versions = _by_last(data["versions"])
        self.commands: dict[str, Row] = {name: row for row in data["commands"] for name in row["names"]}


def _by_last(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by the last part of each path that they fit."""
    out: dict[str, list[Row]] = {}
    for row in rows:
        for pattern in row["calls"]:
            out.setdefault(pattern.rpartition(".")[2], []).append({**row, "pattern": pattern.split(".")})
    return out


@functools.cache
def load() -> CallTables:
    """The tables that permlint ships."""
    path = pathlib.Path(__file__).parent.parent / "data" / "calls.json"
    return CallTables(json.loads(path.read_text(encoding="utf-8")))


@functools.cache
def api_hosts() -> frozenset[str]:
    """The hosts of the API itself, those that answer like another one included; not those that only show dialogs."""
    from permlint import catalog
    from permlint.catalog.hosts import FAMILIES, SAME

    logins = catalog.load().logins()
    dialogs = {end.host for login in logins for end in login.endpoints if end.kind == "authorize"}
    answering = {end.host for login in logins for end in login.endpoints if end.kind != "authorize"}
    others = frozenset(FAMILIES) | {host for host, other in SAME.items() if other in FAMILIES}
    return (others - dialogs) | answering | {host for login in logins for host in login.hosts}
