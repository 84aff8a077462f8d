"""Read what calls are written with: paths of the Graph API and the ``fields`` parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

DEPTH = 8
LONGEST = 20_000
_OPEN, _CLOSE = "{(", "})"
# Query texts are cut here rather than by urllib.parse, which takes as long to import as the table to load.
_SCHEMES = ("https://", "http://")


class Path(NamedTuple):
    """A path in pieces: ``{}`` as a whole segment has become None, an unknown one.

    ``host`` and ``version`` are None where the text names none; ``parameters`` are those of the query, as written.
    """

    host: str | None
    version: str | None
    segments: tuple[str | None, ...]
    parameters: dict[str, str | None]


def normalise_path(text: str) -> Path:
    """Take an address or path apart, with or without host, version, slashes and query; ``{}`` is a hole.

    A segment that is partly a hole stays as it is, so that ``act_{}`` still shows that it is an ad account.
    Never fails.
    """
    address, _, query = text.strip().partition("?")
    address = address.partition("#")[0]
    host = None
    for scheme in _SCHEMES:
        if address.lower().startswith(scheme):
            host, _, address = address[len(scheme) :].partition("/")
            host = host.rpartition("@")[2].partition(":")[0].lower() or None
            break
    parts = [part for part in address.split("/") if part]
    version = parts.pop(0) if parts and _is_version(parts[0]) else None
    segments = tuple(None if part == "{}" else _unquoted(part) for part in parts)
    return Path(None if host == "{}" else host, version, segments, _query(query))


def parse_fields(text: str) -> tuple[str, ...]:
    """Give the fields that a ``fields`` parameter asks for, nested ones dotted, modifiers left out.

    ``accounts{access_token},posts.limit(5){message}`` gives ``accounts``, ``accounts.access_token``, ``posts``,
    ``posts.message``; ``accounts.fields(access_token)`` is read as ``accounts{access_token}``. Holes and names that
    can be no field are left out; what is nested more than eight deep is dropped. Never fails, whatever the text.
    """
    found: dict[str, None] = {}
    stack: list[str] = []
    skipped = 0  # how many brackets are open around what is dropped
    brackets: list[str] = []  # what each open bracket holds: "fields" or "modifier"
    name, modifier = "", ""
    in_modifier = False

    def finish() -> None:
        if name and _is_field(name) and len(stack) < DEPTH:
            found[".".join((*stack, name))] = None

    for sign in text[:LONGEST]:
        if skipped:
            skipped += (sign in _OPEN) - (sign in _CLOSE)
        elif sign == ",":
            finish()
            name, modifier, in_modifier = "", "", False
        elif sign == ".":
            in_modifier, modifier = True, ""
        elif sign == "{" or (sign == "(" and in_modifier and modifier == "fields"):
            finish()
            if not name or len(stack) >= DEPTH:
                skipped = 1
                continue
            stack.append(name)
            brackets.append(name)
            name, modifier, in_modifier = "", "", False
        elif sign == "(":
            skipped = 1
        elif sign in _CLOSE:
            finish()
            name, modifier, in_modifier = "", "", False
            if brackets:
                name = brackets.pop()
                stack.pop()
        elif sign.isspace() or sign in "\"'[]":
            continue
        elif in_modifier:
            modifier += sign
        else:
            name += sign
    finish()
    return tuple(found)


def first_level(fields: Iterable[str]) -> dict[str, list[str]]:
    """Sort dotted fields by their first name: ``{"accounts": ["access_token"], "name": []}``."""
    levels: dict[str, list[str]] = {}
    for field in fields:
        name, _, rest = field.partition(".")
        inner = levels.setdefault(name, [])
        if rest:
            inner.append(rest)
    return levels


def _is_field(name: str) -> bool:
    return name.isascii() and name.replace("_", "").isalnum() and len(name) <= 100


def _is_version(part: str) -> bool:
    return (part[:1] in "vV" and part[1:].replace(".", "", 1).isdigit()) or part.lower() in ("v{}", "v{}.0", "v{}.{}")


def _query(text: str) -> dict[str, str | None]:
    parameters: dict[str, str | None] = {}
    for piece in text.partition("#")[0].split("&"):
        name, equals, value = piece.partition("=")
        if name and "{}" not in name:
            parameters[_unquoted(name)] = _unquoted(value) if equals and value != "{}" else None if equals else ""
    return parameters


def _unquoted(text: str) -> str:
    if "%" not in text and "+" not in text:
        return text
    from urllib.parse import unquote_plus

    return unquote_plus(text)
