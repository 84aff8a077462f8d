"""Paths: the host, version, parts and parameters in an address that is laid flat."""

from __future__ import annotations

import re
from typing import NamedTuple

from permlint.evaluation.values import External, Hole, Piece, Text, Unknown, Value, force
from permlint.recognition.addresses import HOLE, Flat, flat, placeholder

_URL = re.compile(r"(?:https?:)?//([\w.-]+)((?:/[^?#&]*|\0[^?#&]*)?)(?:[?&]([^#]*))?")
_VERSION = re.compile(r"v{1,2}(\d{1,2}(?:\.\d{1,2})?|\0)", re.IGNORECASE)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Url(NamedTuple):
    """Where an address with a host names what: the host in small letters, and the extents of its path and its query."""

    host: str
    path: tuple[int, int]
    query: tuple[int, int]


class Part(NamedTuple):
    """One part of a path.

    shown: with `{}` for what is unknown. name: what the code calls it. unknown: what the first unknown of it is. alone:
    whether it is one unknown and nothing else. origins: where it stands, a file and an offset, if that is known.
    """

    shown: str
    name: str = ""
    unknown: Unknown | None = None
    alone: bool = False
    origins: tuple[tuple[str, int], ...] = ()

    def is_path(self, words: frozenset[str]) -> bool:
        """Whether what is unknown may be more than one part: a name for a path, or a text nobody knows anything of."""
        if not (self.alone or self.shown.endswith("{}")):
            return False
        name = _HUMP.sub("_", self.name).lower().lstrip("_")
        return name in words or any(name.endswith(f"_{word}") for word in words)


def begins_on(text: Text, hosts: frozenset[str]) -> bool:
    """Whether a text begins as an address on one of some hosts."""
    known = "".join([piece.text for piece in text.pieces[:3] if isinstance(piece, Piece)])
    match = re.match(r"https?://([\w.-]+)", known)
    return match is not None and match[1].lower() in hosts


def is_version(text: str) -> bool:
    """Whether a text is a version as a path begins with it."""
    return _VERSION.fullmatch(text) is not None


def find_url(laid: Flat, at: int = 0) -> Url | None:
    """The address with a host that stands from a position on; None where none does."""
    match = _URL.match(laid.shape, at)
    return Url(match[1].lower(), match.span(2), match.span(3)) if match is not None else None


def read_path(laid: Flat, start: int) -> tuple[str | None, list[Part], dict[str, Value]]:
    """The version, the other parts and the parameters of a path that begins at a position and goes to the end.

    The version is as in `split_path`.
    """
    end = len(laid.shape.partition("?")[0])
    version, parts = split_path(laid, start, end)
    return version, parts, query(laid, end + 1, len(laid.shape))


def split_path(laid: Flat, start: int, end: int) -> tuple[str | None, list[Part]]:
    """The version in a path, and its other parts: None where it is not known whether or which, "" where there is none."""
    version: str | None = None
    out: list[Part] = []
    at = start
    raw: list[tuple[int, int]] = []
    for piece in laid.shape[start:end].split("/"):
        if piece:
            raw.append((at, at + len(piece)))
        at += len(piece) + 1
    for index, (low, high) in enumerate(raw):
        text = laid.shape[low:high]
        if index == 0:
            match = _VERSION.match(text)
            if match and (match.end() == len(text) or text[match.end() :].startswith(HOLE)):
                number = match[1]
                version = None if number == HOLE else f"v{number}" if "." in number else f"v{number}.0"
                low += match.end()
                if low >= high:
                    continue
            elif (text == HOLE and _names_version(laid, low)) or "VERSION" in placeholder(text).upper():
                continue
            elif not text.startswith(HOLE):
                version = ""
        out.append(_part(laid, low, high))
    return version, out


def _names_version(laid: Flat, at: int) -> bool:
    piece = laid.pieces[laid.owners[at]]
    if not isinstance(piece, Hole):
        return False
    inner = force(piece.value)
    names = [piece.name.lower(), inner.name.lower() if isinstance(inner, Unknown) else ""]
    return any("version" in name or name in ("api_v", "ver", "v") for name in names)


def _part(laid: Flat, low: int, high: int) -> Part:
    shown = laid.shape[low:high].replace(HOLE, "{}").replace("\1", "_")
    name = ""
    unknown: Unknown | None = None
    origins = []
    for at in range(low, high):
        piece = laid.pieces[laid.owners[at]]
        if isinstance(piece, Hole):
            inner = force(piece.value)
            own = inner.name if isinstance(inner, Unknown) else _last_name(inner)
            name = name or own or piece.name
            if isinstance(inner, Unknown) and inner.owner is not None and own:
                origins.append((inner.owner[0], inner.owner[1]))
            elif piece.spot is not None:
                origins.append(piece.spot)
            unknown = unknown or (inner if isinstance(inner, Unknown) else Unknown("it is only known at run time"))
        elif piece.origin is not None:
            origins.append((piece.origin.path, piece.spot(laid.offsets[at])))
    if called := placeholder(shown):
        return Part("{}", called, None, alone=False, origins=tuple(origins[:1]))
    return Part(shown, name, unknown, laid.shape[low:high] == HOLE, tuple(origins[:1]))


def _last_name(value: Value) -> str:
    """What the code calls something that comes from outside."""
    return value.paths[0].rpartition(".")[2].rstrip("()[]0") if isinstance(value, External) else ""


def end_of_path(laid: Flat) -> tuple[str, int] | None:
    """Where the last known character of an address before its query stands: its file and offset."""
    end = laid.shape.find("?")
    for at in range((end if end >= 0 else len(laid.shape)) - 1, -1, -1):
        piece = laid.pieces[laid.owners[at]]
        if isinstance(piece, Piece) and piece.origin is not None:
            return piece.origin.path, piece.spot(laid.offsets[at])
    return None


def query(laid: Flat, start: int, end: int) -> dict[str, Value]:
    """The parameters that characters start to end name in the form `a=b&c=d`."""
    out: dict[str, Value] = {}
    at = start
    for pair in laid.shape[start:end].split("&"):
        key, equals, _ = pair.partition("=")
        if equals and key:
            out[key] = laid.part(at + len(key) + 1, at + len(pair))
        at += len(pair) + 1
    return out


def encoded(text: Text) -> dict[str, Value] | None:
    """The parameters that a text of the form `a=b&c=d` sends; None for a text of another form."""
    laid = flat(text)
    if laid is None or not re.match(r"[\w.\[\]]+=", laid.shape):
        return None
    return query(laid, 0, len(laid.shape))
