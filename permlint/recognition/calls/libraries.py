"""Calls of what calls the API in the app's place: methods of libraries as their rows say, functions as the config says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from permlint.evaluation import operations as ops
from permlint.evaluation.running import Site
from permlint.evaluation.values import (
    NOTHING,
    Arguments,
    External,
    Map,
    Text,
    Value,
    alternatives,
    literal,
    settled,
)
from permlint.recognition.addresses import flat
from permlint.recognition.arguments import argument, values_of
from permlint.recognition.calls.batches import unpacked
from permlint.recognition.calls.fields import renamed
from permlint.recognition.calls.methods import METHODS, own_method, row_method
from permlint.recognition.calls.objects import told_version
from permlint.recognition.calls.paths import end_of_path, find_url, read_path
from permlint.recognition.calls.reached import Reached
from permlint.recognition.calls.rows import as_text, pairs, segments
from permlint.recognition.calls.tables import CallTables
from permlint.recognition.calls.targets import expanded
from permlint.recognition.tables import Row


def of_library(
    row: Row, callee: External, arguments: Arguments, site: Site, tables: CallTables, hosts: frozenset[str]
) -> Iterator[Reached]:
    """The requests of a library's method that calls an endpoint. hosts: those of the API; what reaches others is left out."""
    path: list[Value] = []
    for element in row["path"]:
        for segment in segments(element, arguments):
            path += [literal("/"), segment]
    parameters, closed = _sent(row, arguments)
    method = row_method(row, arguments)
    options = [one for one in settled(ops.concat(path)) if isinstance(one, Text)]
    for text in [each for one in options for each in expanded(one)]:
        laid = flat(text)
        if laid is None or laid.shape[1:] in METHODS:
            continue
        url = find_url(laid, 1)
        version, parts, asked = read_path(laid, url.path[0] if url is not None else 0)
        if not version and (url is None or "version" in row):
            version = told_version(callee, arguments, row.get("version", ()))
        host = url.host if url is not None else row.get("host", tables.host)
        if host in hosts:
            end = end_of_path(laid)
            every = {**parameters, **asked}
            yield from unpacked(Reached(host, method, version, parts, every, closed, row["library"], site, end))


def _sent(row: Row, arguments: Arguments) -> tuple[dict[str, Value], bool]:
    """The parameters that a library sends for a call, and whether they are all."""
    parameters: dict[str, Value] = {name: literal(sent) for name, sent in row.get("sent", {}).items()}
    parameters.update(arguments.named if row.get("rest") else {})
    closed = True
    for key in row.get("fields", ()):
        sent = argument(arguments, key)
        for option in settled(sent) if sent is not None else ():
            if isinstance(option, Map):
                parameters.update(values_of(option))
                closed = closed and option.missing is None
    for name, key in row.get("sends", {}).items():
        sent = literal(key[1:]) if key.startswith("=") else argument(arguments, key)
        if sent is not None:
            parameters[name] = renamed(sent, row["renames"]) if "renames" in row else sent
    parameters.update(pairs(row.get("pairs", ()), arguments))
    return parameters, closed


def of_own(row: Row, arguments: Arguments, site: Site, tables: CallTables, hosts: frozenset[str]) -> Iterator[Reached]:
    """The requests of a function of the app's own. row: its name, method, host and path, as the config gives them."""
    path: str = row["path"]
    whole = not path.startswith("/")
    pieces = [f"{{{path}}}"] if whole else [piece for piece in re.split(r"(\{[^{}]*\})", path) if piece]
    values = [as_text(piece, arguments) for piece in pieces]
    method = own_method(row["method"], arguments)
    for option in alternatives(ops.concat(values)):
        for text in expanded(option if isinstance(option, Text) else None):
            laid = flat(text)
            if laid is None:
                continue
            url = find_url(laid)
            host = url.host if url is not None else row["host"] or tables.host
            if host not in hosts:
                continue
            version, parts, parameters = read_path(laid, url.path[0] if url is not None else 0)
            if url is None:
                version = version or None  # The function may put one before the path.
            if whole and len(parts) == 1 and parts[0].alone and len(text.pieces) == 1:
                parts[0] = parts[0]._replace(name="path")  # What is handed over is the path, whatever its name.
            for name in (*tables.query_arguments, *tables.body_arguments):
                for sent in settled(arguments.named.get(name, NOTHING)):
                    if isinstance(sent, Map):
                        parameters.update(values_of(sent))
            yield Reached(host, method, version, parts, parameters, False, row["callable"], site, end_of_path(laid))
