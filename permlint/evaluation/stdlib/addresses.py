"""What functions and methods do to addresses and the parameters of their queries: put together, add to, take apart, encode."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from permlint.evaluation import operations as ops
from permlint.evaluation.changing import query_of
from permlint.evaluation.library import Method, Operation
from permlint.evaluation.stdlib.adapters import first
from permlint.evaluation.stdlib.mappings import set_entry
from permlint.evaluation.values import (
    NOTHING,
    Address,
    Arguments,
    Item,
    List,
    Map,
    Piece,
    Query,
    Text,
    Unknown,
    Value,
    alternatives,
    either,
    force,
    known_text,
    literal,
    spread,
)

if TYPE_CHECKING:
    from permlint.evaluation.interpreter import Interpreter


def whole_url(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`parts.geturl()`."""
    return unsplit_url(run, Arguments([owner])) if isinstance(owner, List) else first(run, arguments)


def encoded_values(_: Interpreter, owner: Value, __: Arguments) -> Value:
    """`values.Encode()` of parameters that may each hold a list of values."""
    if not isinstance(owner, Map):
        return ops.query(owner)
    entries: dict[str, Item] = {}
    for name, item in owner.entries.items():
        held = force(item.value)
        only = held.items[0].value if isinstance(held, List) and len(held.items) == 1 else item.value
        entries[name] = Item(only, certain=item.certain, key=item.key)
    return ops.query(Map(entries, branch=owner.branch, missing=owner.missing))


def address_of(run: Interpreter, owner: Value, _: Arguments) -> Value:
    """`text.toUri()`."""
    return to_address(run, Arguments([owner]))


def with_parameter(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`address.appendQueryParameter(name, value)`: the address with one more parameter."""
    name, value = known_text(arguments.get(0)), arguments.get(1)
    if not isinstance(owner, Address):
        return set_entry(run, owner, arguments)
    if name is None:
        query = Query(dict(owner.query.entries), missing=Unknown("some of its parameters are only known at run time"))
        return Address(owner.base, query)
    owner.query = owner.query.given({name: value or NOTHING})
    return owner


def with_path(separator: str) -> Method:
    """`address.appendPath(segment)`: the address with more behind its path."""

    def method(_: Interpreter, owner: Value, arguments: Arguments) -> Value:
        if not isinstance(owner, Address):
            return Unknown("it is computed at run time")
        for value in arguments.positional:
            base = ops.strip(owner.base, "/", "right") if separator else owner.base
            whole = ops.concat([base, literal(separator), ops.strip(ops.as_text(value), "/", "left")])
            if not isinstance(whole, Text):
                return Unknown("it is put together at run time")
            owner.base = whole
        return owner

    return method


def with_head(mark: str) -> Method:
    """`address.scheme(name)` and `address.host(name)` of an address that is put together. mark: what follows the name."""

    def method(_: Interpreter, owner: Value, arguments: Arguments) -> Value:
        whole = (
            ops.concat([owner.base, ops.as_text(arguments.get(0) or NOTHING), literal(mark)])
            if isinstance(owner, Address)
            else None
        )
        if isinstance(owner, Address) and isinstance(whole, Text):
            owner.base = whole
            return owner
        return Unknown("it is put together at run time")

    return method


def builder_of_address(run: Interpreter, _: Arguments) -> Value:
    """`Uri.Builder()`: an address of which nothing is said yet."""
    return Address(Text(()), Query({}, branch=run.branch))


def address_from_parts(run: Interpreter, arguments: Arguments) -> Value:
    """`URL{Scheme: ..., Host: ..., Path: ..., RawQuery: ...}`."""
    host = arguments.get(None, "Host")
    if host is None:
        return Address(Text(()), Query({}, branch=run.branch))
    scheme = arguments.get(None, "Scheme") or literal("https")
    path = ops.strip(ops.as_text(arguments.get(None, "Path") or literal("")), "/", "left")
    whole = ops.concat([scheme, literal("://"), host, literal("/"), path])
    if not isinstance(whole, Text):
        return Unknown("it is put together at run time")
    query = Query({}, branch=run.branch)
    asked = arguments.get(None, "RawQuery")
    return Address(whole, query.given(ops.parameters_of(asked)) if asked is not None else query)


def with_query(run: Interpreter, arguments: Arguments) -> Value:
    """`AddQueryString(address, parameters)` and `AddQueryString(address, name, value)`."""
    made = to_address(run, Arguments(arguments.positional[:1]))
    for one in alternatives(made):
        if isinstance(one, Address) and len(arguments.positional) > 2:
            with_parameter(run, one, Arguments(arguments.positional[1:]))
        elif isinstance(one, Address):
            one.query = to_query(run, Arguments(arguments.positional[1:2]))
    return spread(made, ops.as_text)


def joined_path(_: Interpreter, arguments: Arguments) -> Value:
    """`JoinPath(base, part, part)`."""
    parts: list[Value] = []
    for number, value in enumerate(arguments.positional):
        text = ops.as_text(value)
        parts.append(ops.strip(text, "/", "both") if number else ops.strip(text, "/", "right"))
        parts.append(literal("/"))
    return ops.concat(parts[:-1])


def encode_query(_: Interpreter, arguments: Arguments) -> Value:
    """`urlencode(parameters)`."""
    parameters = arguments.get(0, "query")
    return ops.query(parameters) if parameters is not None else Unknown("it is encoded at run time")


def quote_text(_: Interpreter, arguments: Arguments) -> Value:
    """`quote(text)`."""
    text = arguments.get(0, "string")
    return ops.quoted(text) if text is not None else Unknown("it is encoded at run time")


def to_query(run: Interpreter, arguments: Arguments) -> Query:
    """`URLSearchParams(parameters)`: a mapping whose text is a query."""
    return query_of(run, arguments.get(0) or NOTHING)


def to_address(run: Interpreter, arguments: Arguments) -> Value:
    """`URL(address, base)`: an address whose parameters can still be changed."""
    if not arguments.positional:
        return Address(Text(()), Query({}, branch=run.branch))
    text = arguments.get(0) or NOTHING
    base = arguments.get(1)
    whole = joined_url(run, Arguments([base, text])) if base is not None else ops.as_text(text)
    unknown = Unknown("it comes with an address that is only known at run time")
    options = [
        Address(one, Query({}, branch=run.branch, rest=unknown if one.known() is None else None))
        for one in alternatives(whole)
        if isinstance(one, Text)
    ]
    return either(options) if options else Unknown("it is put together at run time")


def path_added(_: Interpreter, owner: Value, arguments: Arguments) -> Value:
    """`address.appendingPathComponent(part)`."""
    part = arguments.get(0) or Unknown("it is put together at run time")
    return ops.concat([ops.strip(owner, "/", "right"), literal("/"), ops.strip(part, "/", "left")])


def address_of_parts(scheme: str, host: tuple[str, ...], path: tuple[str, ...], query: tuple[str, ...]) -> Operation:
    """A function that puts an address together.

    scheme: empty where an argument of that name says it. host, path, query: the arguments that hold them, `#1` by position.
    """

    def given(arguments: Arguments, keys: tuple[str, ...]) -> Value | None:
        found = [arguments.get(int(key[1:])) if key.startswith("#") else arguments.named.get(key) for key in keys]
        return next((value for value in found if value is not None), None)

    def operation(run: Interpreter, arguments: Arguments) -> Value:
        where = given(arguments, host)
        if where is None:
            return first(run, arguments)
        rest = given(arguments, path)
        address = Address(Text(()), Query({}, branch=run.branch))
        address.parts = {
            "scheme": literal(scheme) if scheme else arguments.get(None, "scheme") or literal("https"),
            "host": where,
        }
        if rest is not None:
            rest = force(rest)
            address.parts["path"] = ops.joined(literal("/"), rest) if isinstance(rest, List) else rest
        parameters = given(arguments, query)
        if parameters is not None:
            address.query = to_query(run, Arguments([parameters]))
        return ops.address_text(address)

    return operation


def with_parameters(name: str) -> Method:
    """`address.replace(queryParameters=...)`: the address with other parameters."""

    def method(run: Interpreter, owner: Value, arguments: Arguments) -> Value:
        parameters = arguments.named.get(name)
        if parameters is None or not isinstance(owner, Text):
            return owner
        return ops.concat([owner, literal("?"), ops.query(parameters)])

    return method


def split_url(_: Interpreter, arguments: Arguments) -> Value:
    """`urlparse(address)`: its parts."""
    text = arguments.get(0, "url")
    known = known_text(text)
    match = _URL.fullmatch(known) if known is not None else None
    whole = force(text) if text is not None else None
    if match is None or not isinstance(whole, Text):
        return Unknown("it is taken apart at run time")
    spans = [match.span(name) for name in ("scheme", "host", "path", "none", "query", "fragment")]
    items = [Item(ops.cut(whole, *span) if span[0] >= 0 else literal("")) for span in spans]
    return List(items, "tuple", fields=("scheme", "netloc", "path", "params", "query", "fragment"))


_URL = re.compile(
    r"(?:(?P<scheme>[A-Za-z][\w+.-]*)://)?(?P<host>[^/?#]*)(?P<path>[^?#]*)(?P<none>)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.DOTALL,
)


def joined_url(_: Interpreter, arguments: Arguments) -> Value:
    """`urljoin(base, path)`."""
    base = arguments.get(0, "base")
    path = arguments.get(1, "url")
    if base is None or path is None:
        return Unknown("it is put together at run time")

    def one(base: Value) -> Value:
        target = force(path)
        if isinstance(target, Text):
            head = target.pieces[0] if target.pieces else None
            if isinstance(head, Piece) and "://" in head.text:
                return target
            known = base.known() if isinstance(base, Text) else None
            if known is not None and isinstance(base, Text):
                scheme = known.find("://")
                cut = len(known)
                if isinstance(head, Piece) and head.text.startswith("/"):
                    slash = known.find("/", scheme + 3)
                    cut = slash if slash >= 0 else len(known)
                elif not known.endswith("/"):
                    cut = max(known.rfind("/"), scheme + 2) + 1
                    if cut <= scheme + 3:
                        return ops.concat([base, literal("/"), target])
                return ops.concat([ops.cut(base, 0, cut), target])
        return ops.concat([base, target])

    return spread(base, one)


def unsplit_url(_: Interpreter, arguments: Arguments) -> Value:
    """`urlunparse((scheme, host, path, parameters, query, fragment))` and `urlunsplit`."""
    parts = ops.items_of(arguments.get(0) or NOTHING)
    if parts.missing is not None or len(parts.items) not in (5, 6):
        return Unknown("it is put together at run time")
    values = [item.value for item in parts.items]
    question = values[3] if len(values) == 5 else values[4]
    return ops.concat([values[0], literal("://"), values[1], values[2], literal("?"), question])


def named_value(_: Interpreter, arguments: Arguments) -> Value:
    """`URLQueryItem(name, value)`."""
    name, value = arguments.get(0, "name") or NOTHING, arguments.get(1, "value") or NOTHING
    return List([Item(name), Item(value)], "tuple", fields=("name", "value"))
