"""Batches: the requests that one call sends together."""

from __future__ import annotations

from collections.abc import Iterator

from permlint.evaluation.values import Constant, List, Map, Text, alternatives, force, known_text
from permlint.recognition.addresses import flat
from permlint.recognition.calls.paths import end_of_path, find_url, query, read_path
from permlint.recognition.calls.reached import Reached
from permlint.recognition.calls.targets import address_text

_BATCH = "the requests of its batch are put together at run time"


def unpacked(sent: Reached) -> Iterator[Reached]:
    """The requests of the batch that a request sends, one more standing for those that are not known; else itself."""
    if "batch" not in sent.parameters or sent.parts:
        yield sent
        return
    found = rest = False
    for option in alternatives(sent.parameters["batch"]):
        if not isinstance(option, List):
            rest = rest or not isinstance(option, Constant)
            continue
        rest = rest or option.missing is not None
        for item in option.items:
            entry = force(item.value)
            if not isinstance(entry, Map) or "relative_url" not in entry.entries:
                rest = True
                continue
            for one in _requests(entry, sent):
                yield one
                found = True
    if rest:
        yield sent._replace(method=None, parameters={}, closed=False, end=None, because=_BATCH)
    elif not found:
        yield sent


def _requests(entry: Map, sent: Reached) -> Iterator[Reached]:
    """What an entry of a batch asks for, which may depend on the run."""
    method = known_text(entry.entries["method"].value) if "method" in entry.entries else "GET"
    body = entry.entries.get("body")
    for relative in alternatives(entry.entries["relative_url"].value):
        address = address_text(relative)
        laid = flat(address) if address is not None else None
        if laid is None:
            continue
        url = find_url(laid)
        version, parts, parameters = read_path(laid, url.path[0] if url is not None else 0)
        for text in alternatives(body.value) if body is not None else ():
            shape = flat(text) if isinstance(text, Text) else None
            if shape is not None:
                parameters.update(query(shape, 0, len(shape.shape)))
        yield sent._replace(
            method=(method or "GET").upper(),
            version=version or sent.version,
            parts=parts,
            parameters=parameters,
            closed=True,
            end=end_of_path(laid),
        )
