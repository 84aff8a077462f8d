"""Commands of the shell that make HTTP calls: what their words say, told in the terms in which clients are told.

A row of the tables says what each option of a command is for the call (`[[command]]` in clients.toml); here its words are read
by these rows, as the command itself reads them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from permlint.evaluation import operations as ops
from permlint.evaluation.values import (
    Arguments,
    External,
    Hole,
    Item,
    Map,
    Piece,
    Text,
    Unknown,
    Value,
    force,
    known_text,
    literal,
    settled,
    spread,
)
from permlint.recognition.addresses import HOLE, flat

Row = dict[str, Any]
_METHODS = frozenset(("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"))
_MAX_NESTED = 4
_FROM_FILE = Unknown("it stands in a file")


def requests(
    rows: Mapping[str, Row], callee: Value, name: str, arguments: Arguments
) -> list[tuple[Value, str, Arguments]]:
    """The calls that a command makes, each as a client, a method of it, and arguments; the call itself where it is no command.

    rows: those of the tables, by the command's name.
    """
    row = rows.get(name) if isinstance(callee, External) and callee.paths[0] == name else None
    words = list(arguments.positional)
    for _ in range(_MAX_NESTED):
        if row is None or "runs" not in row:
            break
        words = _command_in(row, words)
        name = (known_text(words[0]) or "").rpartition("/")[2] if words else ""
        row, words = rows.get(name), words[1:]
    if row is None or "runs" in row:
        return [(callee, name, arguments)]
    told = _Told(row, arguments.named.get("stdin"), arguments.missing)
    told.read(words)
    client = External((f"{row['library']}.request",))
    return [(client, "request", Arguments([], named, arguments.missing)) for named in told.requests()]


def _command_in(row: Row, words: list[Value]) -> list[Value]:
    """The words of the command that a command runs (`sudo -u me curl address`)."""
    left = row["runs"]
    at = 0
    while at < len(words):
        word = known_text(words[at])
        if word is None:
            return []
        if word.startswith("-"):
            at += 1 + (word in row.get("valued", ()))
        elif "=" in word:
            at += 1  # A variable of its environment.
        elif left:
            left, at = left - 1, at + 1
        else:
            break
    return words[at:]


class _Told:
    """What the words of one command say. unknown: why there may be more of them than is known."""

    def __init__(self, row: Row, stdin: Value | None, unknown: Unknown | None) -> None:
        self._row = row
        self._stdin = stdin
        self._unknown = unknown
        self._addresses: list[Value] = []
        self._method: Value | None = None
        self._implied: str | None = None
        self._in_query = False
        self._sent = Map({})
        self._query = Map({})
        self._headers = Map({})

    def read(self, words: list[Value]) -> None:
        """Reads the words behind the command's name."""
        takes: Mapping[str, Any] = self._row.get("takes", {})
        valued: frozenset[str] = frozenset((*takes, *self._row.get("valued", ())))
        rest = list(reversed(words))
        options = True
        while rest:
            word = rest.pop()
            head = _head(word)
            if options and head == "--":
                options = False
            elif options and head.startswith("--"):
                name, equals, _ = head.partition("=")
                if name in valued and not equals and rest:
                    self._means(takes.get(name), rest.pop())
                elif equals:
                    self._means(takes.get(name), _without(word, len(name) + 1))
                else:
                    self._means(self._row.get("flags", {}).get(name), None)
            elif options and head.startswith("-") and len(head) > 1:
                self._cluster(word, head, valued, rest)
            else:
                self._word(word)

    def _cluster(self, word: Value, head: str, valued: frozenset[str], rest: list[Value]) -> None:
        """Short options in a row, of which the last may have a value: `-sX POST`, `-XPOST`."""
        for at, letter in enumerate(head[1:], 1):
            name = f"-{letter}"
            if name not in valued:
                self._means(self._row.get("flags", {}).get(name), None)
                continue
            whole = _shown(word)
            if len(whole) > at + 1:
                self._means(self._row.get("takes", {}).get(name), _without(word, at + 1))
            elif rest:
                self._means(self._row.get("takes", {}).get(name), rest.pop())
            return

    def _word(self, word: Value) -> None:
        """A word that is no option: the address, and where the row has items, a method before it and items behind it."""
        items: Mapping[str, Any] | None = self._row.get("items")
        if items is None:
            self._addresses.append(word)
        elif not self._addresses:
            known = known_text(word)
            if known is not None and known.upper() in _METHODS and self._method is None:
                self._method = literal(known.upper())
            else:
                self._addresses.append(word)
        else:
            sign, at = _separator(_head(word), items)
            if sign:
                name, value = _head(word)[:at].strip(), _without(word, at + len(sign))
                for meant in _each(items[sign]):
                    self._is(meant, value, name)

    def _means(self, meanings: str | list[str] | None, value: Value | None) -> None:
        for meant in _each(meanings):
            self._is(meant, value, None)

    def _is(self, meant: str, value: Value | None, name: str | None) -> None:
        """One thing that an option says. name: what is sent is called so, where that is known already."""
        kind, _, fixed = meant.partition("=")
        if kind == "method?":
            self._implied = self._implied or fixed
        elif kind == "method":
            self._method = literal(fixed) if fixed else value
        elif kind == "into":
            self._in_query = True
        elif value is None:
            return
        elif kind == "url":
            self._addresses.append(value)
        elif kind == "header":
            _put(self._headers, *((name, value) if name is not None else _pair(value, ":")))
        elif kind == "parameter":
            _put(self._query, *((name, value) if name is not None else _pair(value, "=")))
        elif kind == "field":
            _put(self._sent, *((name, value) if name is not None else _pair(value, "=")))
        elif kind == "file":
            _put(self._sent, name, _FROM_FILE)
        elif kind == "body":
            self._body(value)

    def _body(self, value: Value) -> None:
        """What is sent as it is written: `a=1&b=2`, JSON, or what the command is given to read."""
        known = known_text(value)
        if known is not None and known in ("@-", "-") and self._stdin is not None:
            value = self._stdin
        for option in settled(value):
            if not isinstance(option, Text) or _head(option).startswith("@"):
                self._sent.missing = self._sent.missing or _FROM_FILE
                continue
            sent = _decoded(option)
            if sent is None:
                self._sent.missing = self._sent.missing or Unknown("it is put together at run time")
            else:
                self._sent.entries.update(sent)

    def requests(self) -> Iterator[dict[str, Value]]:
        """For each address the arguments of a client's method."""
        method = self._method
        if method is None and self._unknown is None:
            implied = "GET" if self._in_query and self._implied != "HEAD" else self._implied or "GET"
            method = literal(implied)
        elif method is None:
            method = Unknown(self._unknown.because if self._unknown is not None else "")
        for address in self._addresses:
            named: dict[str, Value] = {"url": spread(address, self._whole), "method": method}
            if self._in_query:
                self._query.entries.update(self._sent.entries)
                self._query.missing = self._query.missing or self._sent.missing
            elif self._sent.entries or self._sent.missing is not None:
                named["data"] = self._sent
            if self._query.entries or self._query.missing is not None:
                named["params"] = self._query
            if self._headers.entries:
                named["headers"] = self._headers
            yield named

    def _whole(self, address: Value) -> Value:
        """An address with a scheme."""
        if not isinstance(address, Text) or not isinstance(address.pieces[0] if address.pieces else None, Piece):
            return address
        if "://" in address.shown():
            return address
        return ops.concat([literal(self._row["scheme"]), address])


def _each(meanings: str | list[str] | None) -> list[str]:
    return [meanings] if isinstance(meanings, str) else meanings or []


def _head(word: Value) -> str:
    """The known characters with which a word begins."""
    word = force(word)
    first = word.pieces[0] if isinstance(word, Text) and word.pieces else None
    return "".join(_known_start(word)) if isinstance(first, Piece) and isinstance(word, Text) else ""


def _known_start(text: Text) -> Iterator[str]:
    for piece in text.pieces:
        if isinstance(piece, Hole):
            return
        yield piece.text


def _shown(word: Value) -> str:
    word = force(word)
    return word.shown() if isinstance(word, Text) else ""


def _without(word: Value, count: int) -> Value:
    """A word without its first characters, which are known."""
    word = force(word)
    if not isinstance(word, Text):
        return word
    pieces: list[Piece | Hole] = []
    for piece in word.pieces:
        if isinstance(piece, Piece) and count:
            left = min(count, len(piece.text))
            count -= left
            if left < len(piece.text):
                pieces.append(piece.cut(left, len(piece.text)))
        else:
            pieces.append(piece)
    if len(pieces) == 1 and isinstance(pieces[0], Hole):
        return pieces[0].value
    return Text(pieces or (Piece(""),))


def _separator(head: str, items: Mapping[str, Any]) -> tuple[str, int]:
    """The first sign in an item that separates its name from its value, the longest of those at one place."""
    found = [(at, -len(sign), sign) for sign in items if (at := head.find(sign)) >= 0]
    at, _, sign = min(found, default=(0, 0, ""))
    return sign, at


def _pair(value: Value, sign: str) -> tuple[str | None, Value]:
    """`name=value`, `name@file`."""
    head = _head(value)
    name, found, rest = head.partition(sign)
    if not found:
        before, at, _ = head.partition("@")
        return (before or None, _FROM_FILE) if at else (None, value)
    if rest[:1] == "@":
        return name, _FROM_FILE
    blanks = len(rest) - len(rest.lstrip()) if sign == ":" else 0
    return name.strip() or None, _without(value, len(name) + 1 + blanks)


def _put(into: Map, name: str | None, value: Value) -> None:
    if name is None:
        into.missing = into.missing or Unknown("some of it is only known at run time")
    else:
        into.entries[name] = Item(value)


def _decoded(text: Text) -> dict[str, Item] | None:
    """What a text sends that is a form or a JSON object; None for any other."""
    laid = flat(text)
    if laid is None:
        return None
    shape = laid.shape
    if shape.lstrip()[:1] == "{":
        return _json(shape)
    out: dict[str, Item] = {}
    at = 0
    for pair in shape.split("&"):
        name, equals, _ = pair.partition("=")
        if not equals or not name or HOLE in name:
            return None
        out[name] = Item(laid.part(at + len(name) + 1, at + len(pair)))
        at += len(pair) + 1
    return out


def _json(shape: str) -> dict[str, Item] | None:
    """The entries of a JSON object in which `HOLE` stands for what is not known."""
    out: list[str] = []
    quoted = escaped = False
    for char in shape:
        if char == HOLE and not quoted:
            char = f'"{HOLE}"'
        elif escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == '"':
            quoted = not quoted
        out.append(char)
    try:
        held = json.loads("".join(out), strict=False)
    except (ValueError, RecursionError):
        return None
    return {name: Item(_plain(value)) for name, value in held.items()} if isinstance(held, dict) else None


def _plain(value: object) -> Value:
    if isinstance(value, str) and HOLE not in value:
        return literal(value)
    if isinstance(value, list) and value and all(isinstance(one, str) and HOLE not in one for one in value):
        return literal(",".join(value))
    return Unknown("it is put together at run time")
