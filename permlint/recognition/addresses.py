"""Addresses: the parts of a URL in a text that may have holes, and which login or API version it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from permlint.catalog import Catalog, Login
from permlint.evaluation.values import Hole, Piece, Text

HOLE = "\0"
_QUOTED = "\1"
_ADDRESS = re.compile(
    r"https?://([^/?#\s\"'<>\0]+|\0)((?:/[^?#\s\"'<>]*)?)(?:(\?)|$|(?=[#\s\"'<>]))|([^?#\s\"'<>]*/dialog/oauth/?)(\?)"
)
_PARAMETER = re.compile(r"(?:(?<=[?&;\0])|^)([A-Za-z_]+)=([^&#\s\"'<>]*)")
_WHOLE_PARAMETER = re.compile(r"(?:(?<=[?&;\0])|^)([A-Za-z_]+)=([^&#\"'<>]*)")
_VERSION = re.compile(r"https?://([\w.-]+)/(v\d{1,2}(?:\.\d{1,2})?)(?=[/?\0\s\"']|$)", re.IGNORECASE)
_DOUBLE_VERSION = re.compile(r"/vv(?=\d)")
_VERSION_HOLE = re.compile(r"/v?\0(?:\.\0)?/")
_PLACEHOLDER = re.compile(r"<([\w .:-]+)>|([A-Z]+(?:[_-][A-Z]+)+)")
_MAX_LENGTH = 20_000
_ALONE = re.compile(r"v\d{1,2}(?:\.\d{1,2})?", re.IGNORECASE)


class Flat(NamedTuple):
    """A text laid flat: `shape` holds its characters, `\\0` for a hole, `\\1` for a quoted character that could mislead.

    owners: for each character the index of its piece; offsets: and its position in that piece.
    """

    shape: str
    pieces: tuple[Piece | Hole, ...]
    owners: list[int]
    offsets: list[int]

    def part(self, start: int, end: int) -> Text:
        """Characters start to end as a text of their own."""
        out: list[Piece | Hole] = []
        at = start
        while at < end:
            owner = self.owners[at]
            last = at
            while last < end and self.owners[last] == owner:
                last += 1
            piece = self.pieces[owner]
            out.append(piece if isinstance(piece, Hole) else piece.cut(self.offsets[at], self.offsets[last - 1] + 1))
            at = last
        return Text(out)

    def place(self, start: int, end: int) -> tuple[Piece, int, int] | None:
        """Where characters start to end stand: their first piece and the offsets in its file; None across pieces."""
        if start >= end:
            return None
        owner = self.owners[start]
        piece = self.pieces[owner]
        if isinstance(piece, Hole) or piece.origin is None or self.owners[end - 1] != owner:
            return None
        first, last = self.offsets[start], self.offsets[end - 1]
        return piece, piece.spot(first), piece.spot(last + 1) if piece.spots is None else piece.spots[last + 1]


def flat(text: Text) -> Flat | None:
    """A text laid flat; None where it is too long to be an address."""
    shape: list[str] = []
    owners: list[int] = []
    offsets: list[int] = []
    size = 0
    for index, piece in enumerate(text.pieces):
        if isinstance(piece, Hole):
            shape.append(HOLE)
            owners.append(index)
            offsets.append(0)
            size += 1
        else:
            value = piece.text
            size += len(value)
            if size > _MAX_LENGTH:
                return None
            if piece.quoted:
                value = re.sub(r"[&?#=;\s\"'<>\0]", _QUOTED, value)
            elif HOLE in value:
                value = value.replace(HOLE, _QUOTED)
            shape.append(value)
            owners.extend([index] * len(value))
            offsets.extend(range(len(value)))
    return Flat("".join(shape), text.pieces, owners, offsets)


class Address(NamedTuple):
    """An address of a login's dialog. logins: those whose dialog it may be. parameters: of its query, by name.

    anchor: the file and offset of the first known character, to tell addresses apart. has_query: whether a `?` follows.
    """

    logins: tuple[Login, ...]
    parameters: dict[str, Text]
    anchor: tuple[str, int] | None
    has_query: bool


def dialog(text: Text, catalog: Catalog) -> Address | None:
    """The login dialog that a text addresses; None if it addresses something else."""
    if not any(
        isinstance(piece, Piece) and ("oauth" in piece.text or "onboard" in piece.text) for piece in text.pieces
    ):
        return None
    laid = flat(text)
    if laid is None:
        return None
    for match in _ADDRESS.finditer(laid.shape):
        host, path, question = match[1] or HOLE, match[2] or match[4] or "", match[3] or match[5]
        logins = _logins(host, path, catalog)
        if not logins:
            continue
        start = match.end() if question else len(laid.shape)
        parameters: dict[str, Text] = {}
        # A text that begins as an address is one to its end; within prose a blank ends it.
        pattern = _PARAMETER if match.start() else _WHOLE_PARAMETER
        for found in pattern.finditer(laid.shape, start):
            parameters.setdefault(found[1], laid.part(found.start(2), found.end(2)))
        return Address(logins, parameters, _anchor(laid.part(match.start(), match.end())), bool(question))
    return None


def _logins(host: str, path: str, catalog: Catalog) -> tuple[Login, ...]:
    """The logins with that dialog. A hole stands for a version, or, before `/dialog/oauth`, for the host and a version."""
    path = path.replace(HOLE + HOLE, HOLE)
    if host == HOLE:
        if not path.rstrip("/").endswith("/dialog/oauth"):
            return ()
        host, path = "www.facebook.com", "/dialog/oauth"
    # `/vv24.0/` is what comes of a version that already has its `v`: the mistake is not here.
    path = _DOUBLE_VERSION.sub("/v", path, count=1)
    variants = [path]
    if HOLE in path:
        version = _VERSION_HOLE.sub("/v1.0/", path, count=1)
        variants = [version, path.replace(HOLE, "/v1.0/").replace("//", "/"), path.replace(HOLE, "")]
    for variant in variants:
        found = tuple(
            [
                login
                for login in catalog.logins()
                if any(end.kind == "authorize" and end.matches(host, variant) for end in login.endpoints)
            ]
        )
        if found:
            return found
    return ()


def _anchor(text: Text) -> tuple[str, int] | None:
    for piece in text.pieces:
        if isinstance(piece, Piece) and piece.origin is not None and piece.text:
            return piece.origin.path, piece.spot(0)
    return None


class NamedVersion(NamedTuple):
    """A version in an address: its characters as written, their file and offsets, and the host and path around it.

    via: what else names it for all calls to that host, such as a library's setting.
    """

    version: str
    piece: Piece
    start: int
    end: int
    host: str
    rest: str
    via: str = ""


def version_alone(text: Text, host: str, via: str) -> NamedVersion | None:
    """The version that a text is, named for the calls to a host."""
    laid = flat(text)
    if laid is None or not _ALONE.fullmatch(laid.shape):
        return None
    place = laid.place(0, len(laid.shape))
    return NamedVersion(laid.shape, *place, host, "", via) if place is not None else None


def versions(text: Text, hosts: frozenset[str]) -> Iterator[NamedVersion]:
    """The API versions in a text's addresses on the given hosts."""
    if not any(isinstance(piece, Piece) and "://" in piece.text for piece in text.pieces):
        return
    laid = flat(text)
    if laid is None:
        return
    for match in _VERSION.finditer(laid.shape):
        host = match[1].lower()
        if host not in hosts:
            continue
        place = laid.place(match.start(2), match.end(2))
        if place is not None:
            piece, start, end = place
            yield NamedVersion(match[2], piece, start, end, host, laid.shape[match.end() : match.end() + 200])


def placeholder(segment: str) -> str:
    """What a part of a path is called in which something is still to be filled in by hand; empty for any other.

    So `<PAGE_ID>` and `YOUR_PAGE_ID`: no path of the API has such a part.
    """
    match = _PLACEHOLDER.fullmatch(segment)
    return next((name for name in match.groups() if name), "") if match is not None else ""


def split_scopes(text: Text, separators: Iterable[str]) -> list[Text]:
    """The parts of a scope text between separators, without blanks; parts may be empty or have holes."""
    marks = "".join(separators)
    laid = flat(text)
    if laid is None:
        return []
    shape = laid.shape
    raw: list[str] = []
    # A quoted `\1` may be a blank that separates scopes: look at the character itself.
    for index, char in enumerate(shape):
        piece = laid.pieces[laid.owners[index]]
        raw.append(piece.text[laid.offsets[index]] if isinstance(piece, Piece) else char)
    out: list[Text] = []
    start = 0
    at = 0
    encoded = {"%2c": ",", "%20": " ", "%0a": " ", "%0d": " "}
    while at <= len(raw):
        width = 1
        ends = at == len(raw)
        if not ends:
            char = raw[at]
            owner = laid.pieces[laid.owners[at]]
            if isinstance(owner, Piece) and not owner.quoted:
                code = "".join(raw[at : at + 3]).lower()
                if code in encoded:
                    char, width = encoded[code], 3
                elif char == "+":
                    char = " "
            ends = char in marks or char.isspace()
        if ends:
            out.append(_trimmed(laid, raw, start, at))
            start = at + width
        at += width
    return out


def _trimmed(laid: Flat, raw: list[str], start: int, end: int) -> Text:
    while start < end and raw[start].isspace():
        start += 1
    while end > start and raw[end - 1].isspace():
        end -= 1
    return laid.part(start, end)
