"""Calls of Meta's own SDKs: which endpoint a method reaches is told by the class on whose object it is called."""

from __future__ import annotations

import re

from permlint.evaluation.running import Site
from permlint.evaluation.values import Arguments, Constant, External, Map, Value, settled, truth
from permlint.recognition.addresses import HOLE, flat
from permlint.recognition.arguments import text_of, values_of
from permlint.recognition.calls.paths import Part
from permlint.recognition.calls.reached import Reached
from permlint.recognition.calls.tables import CallTables
from permlint.recognition.tables import Row


def row_of(path: str, tables: CallTables) -> Row | None:
    """The row of Meta's SDK from whose package something comes by its dotted path; None where it comes from none."""
    for row in tables.sdks:
        for package in row["packages"]:
            if path.startswith(package) and path[len(package) :][:1] in ("", ".", "/", "\\"):
                return row
    return None


def class_of(path: str) -> str | None:
    """The class of Meta's SDK on whose object the method at the end of a path is called; None where it is none."""
    from permlint.catalog.endpoint_sdk import load_sdk

    owner = path.rpartition(".")[0]
    while owner.endswith("[]"):
        owner = owner[:-2]
    if not owner.endswith("()"):
        return None
    name = re.split(r"[./\\]", owner[:-2].removesuffix(".default"))[-1]
    # A module is called `ad-account` where its class is AdAccount.
    spelled = "".join([part[:1].upper() + part[1:] for part in name.split("-")])
    return spelled if load_sdk().has_class(spelled) else None


def requests(
    row: Row, cls: str, callee: External, name: str, arguments: Arguments, site: Site, host: str
) -> tuple[list[Reached], Value | None]:
    """The requests of a method of an object of Meta's SDK, and the object that it gives back; None where it gives none.

    cls, name: those of the object and the method. host: the API's.
    """
    from permlint.catalog.endpoint_sdk import load_sdk

    sdk = load_sdk()
    method = row.get("methods", {}).get(name, name)
    parameters, closed = _sent(arguments)
    asynchronous = arguments.get(None, row["asynchronous"]) if "asynchronous" in row else None
    promised = False if asynchronous is None else truth(asynchronous)
    calls = sdk.method(cls, method, asynchronous=promised is True)
    either_way = promised is None and calls != sdk.method(cls, method, asynchronous=True)
    package: str = row["packages"][0]
    known = _id_of(callee)
    if len(site.chain) > 1 and site.chain[-1].name != name:
        # The method was handed to a helper that calls it: the call stands where it was handed over.
        step = site.chain[-2]
        site = Site(step.program, step.start, step.end, site.frame)
    found: list[Reached] = []
    given: Value | None = None
    for call in calls:
        node = call.owners[0] if call.owners and not call.of_parent else ""
        unknown = Part(known) if known is not None else Part("{}", node)
        parts = [Part(segment) if segment is not None else unknown for segment in call.segments]
        verb = None if either_way else call.http_method
        found.append(Reached(host, verb, None, parts, parameters, closed, package, site))
        if call.returns:
            given = External((f"{package}.{call.returns}()",), callee)
    return found, given


def _sent(arguments: Arguments) -> tuple[dict[str, Value], bool]:
    """The parameters that a method sends, and whether they are all: it takes fields first, then the others."""
    parameters: dict[str, Value] = {}
    closed = arguments.missing is None
    fields, others = arguments.get(0, "fields"), arguments.get(1, "params")
    for option in settled(others) if others is not None else ():
        if isinstance(option, Map):
            parameters.update(values_of(option))
            closed = closed and option.missing is None
        elif not isinstance(option, Constant):
            closed = False
    if fields is not None:
        parameters["fields"] = fields
    return parameters, closed


def _id_of(callee: External) -> str | None:
    """The id with which the object was made, as a part of a path, `{}` for what is not known of it; None where nothing is."""
    owner: Value | None = callee.owner
    if not isinstance(owner, External) or owner.arguments is None or not owner.paths[0].endswith("()"):
        return None
    value = owner.arguments.get(0, "fbid")
    text = text_of(value) if value is not None else None
    laid = flat(text) if text is not None else None
    if laid is None or not laid.shape.strip(HOLE) or "/" in laid.shape:
        return None
    return laid.shape.replace(HOLE, "{}")
