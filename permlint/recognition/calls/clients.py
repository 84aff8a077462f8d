"""Calls of HTTP clients: the request that a client makes of an address of the API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from permlint.evaluation.running import Site
from permlint.evaluation.values import (
    NOTHING,
    Arguments,
    Constant,
    External,
    Map,
    Text,
    Value,
    alternatives,
    settled,
)
from permlint.recognition.addresses import flat
from permlint.recognition.arguments import values_of
from permlint.recognition.calls.batches import unpacked
from permlint.recognition.calls.methods import sent_method
from permlint.recognition.calls.objects import tokens
from permlint.recognition.calls.paths import encoded, end_of_path, find_url, query, split_path
from permlint.recognition.calls.reached import Reached
from permlint.recognition.calls.tables import CallTables


class _Sent(NamedTuple):
    """What the arguments of a call send. closed: whether it is all. body: whether some of it is said to be a body."""

    parameters: dict[str, Value]
    closed: bool
    body: bool


def requests(
    callee: Value,
    name: str,
    verb: str | None,
    text: Text,
    arguments: Arguments,
    site: Site,
    tables: CallTables,
    hosts: frozenset[str],
) -> Iterator[Reached]:
    """The requests that a call makes of an address; none where it is not on one of the API's hosts.

    verb: the HTTP method that the call's name says, None where it says none.
    """
    laid = flat(text)
    url = find_url(laid) if laid is not None else None
    if laid is None or url is None or url.host not in hosts:
        return
    version, parts = split_path(laid, *url.path)
    sent = _sent(arguments, tables)
    parameters = {**query(laid, *url.query), **sent.parameters}
    for token in tokens(callee, arguments):
        parameters.setdefault("access_token", token)
    library = callee.paths[0].split(".", 1)[0].removesuffix("()") if isinstance(callee, External) else "HTTP client"
    posts: bool | None = False
    if name in ("urlopen", "Request"):
        posts, form = _posted(arguments, sent, positional=library.startswith("urllib"))
        parameters.update(form)
    method = verb or sent_method(arguments, tables.method_arguments, posts=posts)
    end = end_of_path(laid)
    yield from unpacked(Reached(url.host, method, version, parts, parameters, sent.closed, library, site, end))


def _sent(arguments: Arguments, tables: CallTables) -> _Sent:
    parameters: dict[str, Value] = {}
    closed = True
    body = False
    for kind, names in (("query", tables.query_arguments), ("body", tables.body_arguments)):
        for value in [arguments.named[name] for name in names if name in arguments.named]:
            for option in alternatives(value):
                if isinstance(option, Map):
                    parameters.update(values_of(option))
                    closed = closed and option.missing is None
                    body = body or kind == "body"
                elif isinstance(option, Text) and (form := encoded(option)) is not None:
                    parameters.update(form)
                elif not isinstance(option, Constant):
                    closed = False
    closed = closed and arguments.missing is None
    if not any(name in arguments.named for name in tables.query_arguments):
        for value in arguments.positional[1:4]:
            for option in alternatives(value):
                if isinstance(option, Map):
                    parameters.update(values_of(option))
    return _Sent(parameters, closed, body)


def _posted(arguments: Arguments, sent: _Sent, *, positional: bool) -> tuple[bool | None, dict[str, Value]]:
    """Whether a call posts that does so where it has data, None where that is not known, and the form among its data.

    positional: whether data may be given by position, behind the address.
    """
    data = arguments.get(1 if positional else None, "data")
    empty = [isinstance(option, Constant) for option in settled(data)] if data is not None else [True]
    posts = True if sent.body or not any(empty) else False if all(empty) else None
    form: dict[str, Value] = {}
    if positional and len(arguments.positional) > 1:
        for option in settled(arguments.positional[1]):
            form.update((encoded(option) if isinstance(option, Text) else None) or {})
    return posts, form


def opened(arguments: Arguments, tables: CallTables, *, addressed: bool) -> Arguments:
    """Arguments with what an options object holds (`fetch(address, {method, body})`) as named ones.

    addressed: it may hold nothing but the address.
    """
    telling = tables.telling_options.union(tables.url_arguments[:2] if addressed else ())
    for number, value in enumerate(arguments.positional[:4]):
        for option in settled(value):
            if isinstance(option, Map) and not telling.isdisjoint(option.entries):
                positional = list(arguments.positional)
                positional[number] = NOTHING
                named = {**values_of(option), **arguments.named}
                return Arguments(positional, named, arguments.missing or option.missing)
    return arguments
