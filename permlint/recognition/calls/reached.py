"""What a call reaches: a request of the API with its values, and the fact that it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from permlint.evaluation.running import Site, Step
from permlint.evaluation.values import Hole, Setting, Text, Value, known_text, settled
from permlint.facts import GraphCall
from permlint.places import Place
from permlint.recognition.calls.fields import asked_fields
from permlint.recognition.calls.paths import Part

Owner = tuple[str, int]
"""A function or class, by its file and offset."""

_WHOLE = (0, 1 << 60)
_MOST_PARAMETERS = 60
_LONGEST = 80


class Reached(NamedTuple):
    """A request that a call makes of the API.

    method, version: None where not known, "" for an address without a version. parts: of the path. closed: whether
    `parameters` is all that is sent. via: the client or library. end: the file and offset of the last known character of its
    path. because: why the path is not known.
    """

    host: str
    method: str | None
    version: str | None
    parts: list[Part]
    parameters: dict[str, Value]
    closed: bool
    via: str
    site: Site
    end: tuple[str, int] | None = None
    because: str | None = None


class Met(NamedTuple):
    """A call that was met, before callers are taken into account.

    wanted: the functions and classes whose callers or subclasses could tell the path.
    """

    call: GraphCall
    sink: Place
    wanted: frozenset[Owner]


def met(reached: Reached, path_words: frozenset[str]) -> Met:
    """The fact that a request becomes. path_words: what a variable is called that holds more than one part of a path."""
    wanted: frozenset[Owner] = frozenset()
    because = reached.because
    parts, parameters, site = reached.parts, reached.parameters, reached.site
    if parts and parts[-1].is_path(path_words):
        unknown = parts[-1].unknown
        because = unknown.because if unknown is not None else "its path is put together at run time"
        if unknown is not None and unknown.owner is not None:
            wanted = frozenset((unknown.owner,))
    place, statement = _outermost(site, reached.end, [origin for part in parts for origin in part.origins])
    fields = asked_fields(parameters.get("fields"))
    if fields == () and not reached.closed and "fields" not in parameters:
        fields = None
    shown = tuple(sorted((key, _plain(value)) for key, value in parameters.items() if key and "\0" not in key))
    call = GraphCall(
        place=place,
        statement=statement,
        via=reached.via,
        method=reached.method,
        host=reached.host,
        version=reached.version,
        segments=tuple([part.shown for part in parts]),
        names=tuple([part.name for part in parts]),
        fields=fields,
        parameters=shown[:_MOST_PARAMETERS],
        complete=because is None,
        unknown_because=because,
        outside=_from_outside(parameters.get("access_token")),
        closed=reached.closed,
    )
    return Met(call, site.program.place(site.start, site.end), wanted)


def build(found: Iterable[Met], known: set[Owner]) -> tuple[GraphCall, ...]:
    """The calls, each once. known: the functions that the project itself calls and the classes it derives from."""
    every = list(found)
    resolved = {one.sink for one in every if not one.wanted}
    out: dict[object, GraphCall] = {}
    for one in every:
        if one.wanted and one.wanted <= known and one.sink in resolved:
            continue
        call = one.call
        key = (call.place, call.method, call.host, call.segments)
        old = out.get(key)
        if old is None or (old.fields is not None and (call.fields is None or len(call.fields) > len(old.fields))):
            out[key] = call
    return tuple(sorted(out.values(), key=lambda call: (call.place, call.method or "", call.segments)))


def _outermost(site: Site, end: tuple[str, int] | None, origins: list[tuple[str, int]]) -> tuple[Place, Place]:
    """The outermost call on the way whose function holds what names the endpoint; the call itself if none does."""
    spots = [*reversed(origins), *([end] if end is not None else [])]
    for path, offset in spots:
        holding = list(_holding(site, path, offset))
        if holding:
            # Of functions that stand in each other the innermost one holds it.
            return _at(min(holding, key=lambda one: one[0])[1])
    for path, _ in spots:
        # A constant of a module: the last call that this module makes on the way.
        for step in reversed(site.chain):
            if step.program.path == path:
                return _at(step)
    return site.program.place(site.start, site.end), site.program.statement(site.start, site.end)


def _holding(site: Site, path: str, offset: int) -> Iterator[tuple[int, Step]]:
    """The calls on the way whose function holds an offset of a file, or that hold it themselves, and the size of each."""
    for step in site.chain:
        if step.program.path != path:
            continue
        inside = step.body != _WHOLE
        if (inside and step.body[0] <= offset < step.body[1]) or step.start <= offset < step.end:
            yield step.body[1] - step.body[0] if inside else step.end - step.start, step


def _at(step: Step) -> tuple[Place, Place]:
    return step.program.place(step.start, step.end), step.program.statement(step.start, step.end)


def _plain(value: Value) -> str | None:
    options = settled(value)
    known = known_text(options[0]) if len(options) == 1 else None
    return known if known is not None and len(known) <= _LONGEST else None


def _from_outside(token: Value | None) -> bool:
    """Whether the token that is sent is a setting, or written down: then no login of the app gives it."""
    if token is None:
        return False
    held = [
        piece.value
        for one in settled(token)
        if isinstance(one, Text)
        for piece in one.pieces
        if isinstance(piece, Hole)
    ]
    return any(isinstance(one, Setting) or known_text(one) for value in [token, *held] for one in settled(value))
