"""Graph API calls: which call of a client or library reaches which endpoint, judged from its address and arguments."""

from __future__ import annotations

import functools
import json
import pathlib
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from permlint.evaluation import operations as ops
from permlint.evaluation.running import Site, Step, UnknownPart
from permlint.evaluation.values import (
    NOTHING,
    Arguments,
    Class,
    Constant,
    Either,
    External,
    Hole,
    Instance,
    Item,
    Lazy,
    List,
    Map,
    Piece,
    Setting,
    Text,
    Unknown,
    Value,
    alternatives,
    either,
    force,
    known_text,
    literal,
    settled,
    truth,
)
from permlint.facts import GraphCall
from permlint.places import Place
from permlint.program import DEFAULT, Program
from permlint.recognition.addresses import HOLE, Flat, flat, placeholder
from permlint.recognition.arguments import argument
from permlint.recognition.tables import fits, heads

Owner = tuple[str, int]

_URL = re.compile(r"(?:https?:)?//([\w.-]+)((?:/[^?#&]*|\0[^?#&]*)?)(?:[?&]([^#]*))?")
_VERSION_PART = re.compile(r"v{1,2}(\d{1,2}(?:\.\d{1,2})?|\0)", re.IGNORECASE)
_GAP = re.compile(r"(?<!:)//|/$")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BASE = re.compile(r"https?://[\w.-]+(?:/v?[\d.{}]*)*")
_METHODS = frozenset(("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"))
_MAX_FIELDS = 400
_MAX_EACH = 64
_MAX_DEPTH = 3
_WHOLE = (0, 1 << 60)
_BATCH = "the requests of its batch are put together at run time"


class CallTables:
    """The tables of clients and calls, indexed."""

    def __init__(self, data: dict[str, Any]) -> None:
        words = data["words"]
        self.path_words = frozenset(words["path"])
        self.bases: tuple[str, ...] = tuple(words["base"])
        self.registers = frozenset(words["register"])
        self.scope_names: tuple[str, ...] = tuple(words["scope"])
        self.profiles = frozenset(words["profile"])
        self.marketing: tuple[str, ...] = tuple(words["marketing"])
        self.host: str = words["host"]
        self.url_arguments: list[str] = words["url"]
        self.query_arguments: list[str] = words["query"]
        self.body_arguments: list[str] = words["body"]
        self.host_arguments: list[str] = words["hostname"]
        self.method_arguments: list[str] = words["method"]
        self.telling_options = frozenset(words["options"])
        self.base_methods = frozenset(words["base_method"])
        self.verbs: dict[str, str | None] = {name: row.get("method") for row in data["verbs"] for name in row["names"]}
        self.setters = _by_last(data.get("setters", ()))
        self.runners = _by_last(data.get("runners", ()))
        self.answer: dict[str, list[str]] = data["answer"]
        self.foreign_endings: tuple[str, ...] = tuple(data["foreign"]["endings"])
        self.foreign_needles: tuple[bytes, ...] = tuple([needle.encode() for needle in data["foreign"]["needles"]])
        self.sdks: list[dict[str, Any]] = data["sdks"]
        self.sessions: list[dict[str, Any]] = data["sessions"]
        self.calls = _by_last(data["calls"])
        self.heads = heads(data["calls"])
        self.commands: dict[str, dict[str, Any]] = {name: row for row in data["commands"] for name in row["names"]}


def _by_last(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Rows by the last part of each path that they fit."""
    out: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        for pattern in row["calls"]:
            out.setdefault(pattern.rpartition(".")[2], []).append({**row, "pattern": pattern.split(".")})
    return out


def _fitting(rows: dict[str, list[dict[str, Any]]], name: str, callee: Value) -> dict[str, Any] | None:
    """The row of which a pattern fits a callee."""
    for row in rows.get(name, ()):
        if isinstance(callee, External) and any(fits(row["pattern"], path.split(".")) for path in callee.paths):
            return row
    return None


@functools.cache
def load() -> CallTables:
    """The tables that permlint ships."""
    path = pathlib.Path(__file__).parent / "data" / "calls.json"
    return CallTables(json.loads(path.read_text(encoding="utf-8")))


@functools.cache
def api_hosts() -> frozenset[str]:
    """The hosts of the API itself, those that answer like another one included; not those that only show dialogs."""
    from permlint import catalog
    from permlint.catalog.hosts import FAMILIES, SAME

    logins = catalog.load().logins()
    dialogs = {end.host for login in logins for end in login.endpoints if end.kind == "authorize"}
    answering = {end.host for login in logins for end in login.endpoints if end.kind != "authorize"}
    others = frozenset(FAMILIES) | {host for host, other in SAME.items() if other in FAMILIES}
    return (others - dialogs) | answering | {host for login in logins for host in login.hosts}


class Met(NamedTuple):
    """A call that was met, before callers are taken into account.

    wanted: the functions and classes whose callers or subclasses could tell the path.
    """

    call: GraphCall
    sink: Place
    wanted: frozenset[Owner]


@dataclass
class CallRecogniser:
    """Told of every call of something outside the project or unknown, it notes those that reach the Graph API.

    hosts: the platform's hosts. own: rows of the app's own functions that call it, from the config.
    registered: base addresses of named clients (`oauth.register("facebook", api_base_url=...)`). wanted: classes whose users or
    subclasses may know the beginning of an address.
    """

    tables: CallTables
    hosts: frozenset[str]
    met: list[Met] = field(default_factory=list)
    registered: dict[str, Text] = field(default_factory=dict)
    bases: dict[int, tuple[Value, Text]] = field(default_factory=dict)
    addresses: set[tuple[str, str]] = field(default_factory=set)
    own: list[dict[str, Any]] = field(default_factory=list)
    wanted: set[Owner] = field(default_factory=set)
    sent: dict[int, tuple[Value, str, Arguments, Site, list[Met]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """The hosts that only show dialogs are left out, and those added that answer like one of the API's."""
        self.hosts = api_hosts() if self.hosts & api_hosts() else self.hosts

    def bound(self, name: str, value: Value, path: str) -> None:
        """A name of a module or class has a value in the end; other files may build on it if it is an address of the API."""
        for option in settled(value):
            if name == DEFAULT and isinstance(option, Map):
                for key, item in option.entries.items():
                    if self._holds_address(item.value, _MAX_DEPTH):
                        self.addresses.add((key, path))
            elif self._holds_address(option, _MAX_DEPTH):
                self.addresses.add(("" if name == DEFAULT else name, path))

    def _holds_address(self, value: Value, depth: int) -> bool:
        for option in settled(value):
            if isinstance(option, Text) and self._host(option):
                return True
            if (
                depth
                and isinstance(option, Map)
                and any(self._holds_address(item.value, depth - 1) for item in option.entries.values())
            ):
                return True
        return False

    def told(self, name: str, value: Value, site: Site) -> None:
        """An entry or a named argument has a value.

        It may be the address from which a login library reads the profile by itself, or one on which other files build.
        """
        for option in settled(value):
            first = option.pieces[0] if isinstance(option, Text) and option.pieces else None
            if not isinstance(first, Piece) or not first.text.startswith("http"):
                continue
            if isinstance(option, Text) and self._host(option):
                if name in self.tables.profiles:
                    self._note(NOTHING, name, "GET", option, Arguments(), site)
                elif _BASE.fullmatch(option.shown()):
                    self.addresses.add((name, site.program.path))

    def assigned(self, owner: Value, name: str, value: Value) -> None:
        """`client.base_url = ...` of a client that the project did not make."""
        if name in self.tables.bases:
            for option in alternatives(value):
                if isinstance(option, Text) and self._host(option):
                    self.bases[id(owner)] = (owner, option)

    def called(self, callee: Value, name: str, arguments: Arguments, site: Site) -> Value | None:
        """A call of a function or method by its name; returns what it gives back where that is an object of Meta's SDK."""
        if isinstance(callee, External):
            for path in callee.paths:
                row = self._sdk_of(path)
                if row is not None and (cls := _sdk_class(path)) is not None:
                    return self._sdk(row, cls, callee, name, arguments, site)
        self._sent(callee, name, arguments, site)
        return None

    def _sent(self, callee: Value, name: str, arguments: Arguments, site: Site) -> None:
        """As `_called`; what is noted is kept with its arguments, which may be told more (`connection.setRequestMethod`)."""
        before = len(self.met)
        self._called(callee, name, arguments, site)
        if len(self.met) > before:
            self.sent[id(arguments)] = (callee, name, arguments, site, self.met[before:])

    def _told_more(self, old: Arguments, new: Arguments) -> None:
        """A call that was noted is told more of what it sends."""
        known = self.sent.pop(id(old), None)
        if known is None:
            return
        callee, name, _, site, met = known
        self.met = [one for one in self.met if not any(one is each for each in met)]
        self._sent(callee, name, new, site)

    def _sdk_of(self, path: str) -> dict[str, Any] | None:
        """The row of Meta's SDK from whose package something comes."""
        for row in self.tables.sdks:
            for package in row["packages"]:
                if path.startswith(package) and path[len(package) :][:1] in ("", ".", "/", "\\"):
                    return row
        return None

    def _sdk(
        self, row: dict[str, Any], cls: str, callee: External, name: str, arguments: Arguments, site: Site
    ) -> Value | None:
        """A method of an object of a class of Meta's SDK."""
        from permlint.catalog.endpoint_sdk import load_sdk

        sdk = load_sdk()
        method = row.get("methods", {}).get(name, name)
        parameters: dict[str, Value] = {}
        fields = arguments.get(0, "fields")
        sent = arguments.get(1, "params")
        closed = arguments.missing is None
        for option in settled(sent) if sent is not None else ():
            if isinstance(option, Map):
                parameters.update({key: item.value for key, item in option.entries.items()})
                closed = closed and option.missing is None
            elif not isinstance(option, Constant):
                closed = False
        if fields is not None:
            parameters["fields"] = fields
        asynchronous = arguments.get(None, row["asynchronous"]) if "asynchronous" in row else None
        promised = False if asynchronous is None else truth(asynchronous)
        calls = sdk.method(cls, method, asynchronous=promised is True)
        either_way = promised is None and calls != sdk.method(cls, method, asynchronous=True)
        result: Value | None = None
        made = _made_from(callee)
        if len(site.chain) > 1 and site.chain[-1].name != name:
            # The method was handed to a helper that calls it: the call stands where it was handed over.
            step = site.chain[-2]
            site = Site(step.program, step.start, step.end, site.frame)
        for call in calls:
            parts: list[_Part] = []
            for segment in call.segments:
                if segment is not None:
                    parts.append(_Part(segment, "", None, alone=False, origins=()))
                elif (known := _sdk_id(made)) is not None:
                    parts.append(_Part(known, "", None, alone=False, origins=()))
                else:
                    node = call.owners[0] if call.owners and not call.of_parent else ""
                    parts.append(_Part("{}", node, None, alone=False, origins=()))
            self._add(
                self.tables.host,
                None if either_way else call.http_method,
                None,
                parts,
                parameters,
                not closed,
                row["packages"][0],
                site,
                Text(()),
                Flat("", (), [], []),
            )
            if call.returns:
                result = External((f"{row['packages'][0]}.{call.returns}()",), callee)
        return result

    def _called(self, callee: Value, name: str, arguments: Arguments, site: Site) -> None:
        if name in self.tables.registers:
            self._register(arguments)
        if name == "__init__" and isinstance(callee, External) and callee.owner is not None:
            for base in self.tables.bases:
                if base in arguments.named:
                    self.assigned(callee.owner, base, arguments.named[base])
        if isinstance(callee, External):
            for row in self.own:
                if any(is_named(path, row["callable"]) for path in callee.paths):
                    self._own(row, arguments, site)
                    return
            library = _fitting(self.tables.calls, name, callee)
            if library is not None:
                self._library(library, callee, arguments, site)
                return
            setter = _fitting(self.tables.setters, name, callee)
            if setter is not None:
                told = _set(setter, callee, arguments, site)
                if told is not None:
                    self._told_more(*told)
                return
            runner = _fitting(self.tables.runners, name, callee)
            if runner is not None:
                arguments, site = _gathered(runner, callee, arguments, site)
        self._handed_over(arguments, site)
        if isinstance(callee, External) and name.endswith("()"):
            # A client that is a function itself (`axios.create({baseURL})("/me")`).
            whole, name = callee.part("request"), "request"
            if self._base(whole) is None:
                return
            callee = whole
        verb = self.tables.verbs.get(name, "")
        arguments = self._opened(arguments, addressed=verb != "")
        says = any(name in arguments.named for name in self.tables.method_arguments)
        if verb == "" and not says and not any(_says_method(value) for value in arguments.positional[:2]):
            return
        if arguments.positional and _says_method(arguments.positional[0]):
            verb = None  # As in `stream("POST", address)`.
        found = list(self._addresses(callee, arguments, keyed=bool(verb)))
        for text in _without_gaps(found):
            self._note(callee, name, verb or None, text, arguments, site)
        if not found:
            self._missed(arguments)

    def _missed(self, arguments: Arguments) -> None:
        """Of an address of which a class's users or subclasses know the beginning (`$this->host . "/me"`), they are wanted."""
        for value in arguments.positional[:2]:
            for text in settled(value):
                pieces = text.pieces if isinstance(text, Text) else ()
                first = force(pieces[0].value) if len(pieces) > 1 and isinstance(pieces[0], Hole) else None
                if isinstance(first, UnknownPart) and first.owner is not None:
                    if isinstance(pieces[1], Piece) and pieces[1].text.startswith("/"):
                        self.wanted.add(first.owner)

    def _opened(self, arguments: Arguments, *, addressed: bool) -> Arguments:
        """Arguments with what an options object holds (`fetch(address, {method, body})`) as named ones.

        addressed: it may hold nothing but the address.
        """
        telling = self.tables.telling_options.union(self.tables.url_arguments[:2] if addressed else ())
        for number, value in enumerate(arguments.positional[:4]):
            for option in settled(value):
                if isinstance(option, Map) and not telling.isdisjoint(option.entries):
                    named = {key: item.value for key, item in option.entries.items()}
                    positional = list(arguments.positional)
                    positional[number] = NOTHING
                    return Arguments(positional, {**named, **arguments.named}, arguments.missing or option.missing)
        return arguments

    def _handed_over(self, arguments: Arguments, site: Site) -> None:
        """A function that is handed over with its arguments: `to_thread(requests.get, address)`, `map(get, addresses)`."""
        for number, value in enumerate(arguments.positional[:2]):
            if isinstance(value, External) and not value.paths[0].endswith(")"):
                name = value.paths[0].rpartition(".")[2]
                if name in self.tables.verbs:
                    rest = arguments.positional[number + 1 :]
                    each = [item.value for one in rest[:1] if isinstance(one, List) for item in one.items[:_MAX_EACH]]
                    for given in [[item] for item in each] or [rest]:
                        self._called(value, name, Arguments(given, arguments.named, arguments.missing), site)
                return

    def _library(self, row: dict[str, Any], callee: External, arguments: Arguments, site: Site) -> None:
        """A method of a library that calls an endpoint, as its row says."""
        parts: list[Value] = []
        for element in row["path"]:
            for segment in _segments(element, arguments):
                parts += [literal("/"), segment]
        parameters: dict[str, Value] = {name: literal(sent) for name, sent in row.get("sent", {}).items()}
        parameters.update(arguments.named if row.get("rest") else {})
        closed = True
        for key in row.get("fields", ()):
            sent = argument(arguments, key)
            for option in settled(sent) if sent is not None else ():
                if isinstance(option, Map):
                    parameters.update({key: item.value for key, item in option.entries.items()})
                    closed = closed and option.missing is None
        for name, key in row.get("sends", {}).items():
            sent = literal(key[1:]) if key.startswith("=") else argument(arguments, key)
            if sent is not None:
                parameters[name] = _renamed(sent, row["renames"]) if "renames" in row else sent
        parameters.update(_pairs(row.get("pairs", ()), arguments))
        method = self._library_method(row, arguments)
        options = [one for one in settled(ops.concat(parts)) if isinstance(one, Text)]
        for text in [each for one in options for each in self._expanded(one, True)]:
            laid = flat(text)
            if laid is None or laid.shape[1:] in _METHODS:
                continue
            found = _URL.match(laid.shape, 1)
            start = found.start(2) if found is not None else 0
            path, _, _ = laid.shape.partition("?")
            version, segments = _split_path(laid, start, len(path))
            version = version or _version_of(callee, arguments, row.get("version", ()))
            if "?" in laid.shape:
                parameters = {**parameters, **_query(laid, len(path) + 1, len(laid.shape))}
            host = found[1].lower() if found is not None else row.get("host", self.tables.host)
            if host not in self.hosts:
                continue
            if "batch" in parameters and not segments:
                if self._batch(parameters["batch"], host, version, row["library"], site, text):
                    continue
            self._add(host, method, version, segments, parameters, not closed, row["library"], site, text, laid)

    def _library_method(self, row: dict[str, Any], arguments: Arguments) -> str | None:
        """The HTTP method of a library's call: the row's, or that of the argument that the row names."""
        if "method" not in row:
            if "method" in arguments.named:
                return (known_text(arguments.named["method"]) or "").upper() or None
            return "POST" if "post_args" in arguments.named else "GET"
        method: str = row["method"]
        if not method.startswith("{"):
            return method
        given = _argument(method, arguments)
        if isinstance(given, Text) and any(isinstance(piece, Hole) for piece in given.pieces):
            held = force(next((piece.value for piece in given.pieces if isinstance(piece, Hole)), NOTHING))
            if isinstance(held, External) and _method_named(held) is not None:
                return _method_named(held)
            if isinstance(held, Unknown):
                return None
        known = (known_text(given) or "").upper()
        return known if known in _METHODS else method[1:-1].partition("=")[2] or None

    def _own(self, row: dict[str, Any], arguments: Arguments, site: Site) -> None:
        """A function of the app's own, as the config describes it."""
        path: str = row["path"]
        whole = not path.startswith("/")
        pieces = [f"{{{path}}}"] if whole else [piece for piece in re.split(r"(\{[^{}]*\})", path) if piece]
        values = [_argument(piece, arguments) for piece in pieces]
        method = row["method"]
        if method is not None and method not in _METHODS:
            method = (known_text(_argument(f"{{{method}}}", arguments)) or "").upper()
            method = method if method in _METHODS else None
        for option in alternatives(ops.concat(values)):
            for text in self._expanded(option if isinstance(option, Text) else None, True):
                laid = flat(text)
                if laid is None:
                    continue
                found = _URL.match(laid.shape)
                start = found.start(2) if found is not None else 0
                end = len(laid.shape.partition("?")[0])
                host = found[1].lower() if found is not None else row["host"] or self.tables.host
                if host not in self.hosts:
                    continue
                version, parts = _split_path(laid, start, end)
                if whole and len(parts) == 1 and parts[0].alone and len(text.pieces) == 1:
                    parts[0] = replace(parts[0], name="path")  # What is handed over is the path, whatever its name.
                parameters = _query(laid, end + 1, len(laid.shape)) if end < len(laid.shape) else {}
                for name in (*self.tables.query_arguments, *self.tables.body_arguments):
                    for sent in settled(arguments.named.get(name, NOTHING)):
                        if isinstance(sent, Map):
                            parameters.update({key: item.value for key, item in sent.entries.items()})
                self._add(host, method, version, parts, parameters, True, row["callable"], site, text, laid)

    def _register(self, arguments: Arguments) -> None:
        name = known_text(arguments.get(0, "name"))
        base = arguments.get(None, *self.tables.bases)
        if name is not None and base is not None:
            for option in alternatives(base):
                if isinstance(option, Text) and self._host(option):
                    self.registered[name] = option

    def _host(self, text: Text) -> bool:
        known = "".join([piece.text for piece in text.pieces[:3] if isinstance(piece, Piece)])
        match = re.match(r"https?://([\w.-]+)", known)
        return match is not None and match[1].lower() in self.hosts

    def _addresses(self, callee: Value, arguments: Arguments, *, keyed: bool) -> Iterator[Text]:
        """The addresses that a call may reach. keyed: of `get(text, address)` the address may be a mapping's default."""
        given = [arguments.named[name] for name in self.tables.url_arguments if name in arguments.named]
        host = next((arguments.named[name] for name in self.tables.host_arguments if name in arguments.named), None)
        if host is not None and given:
            given = [ops.concat([literal("" if "://" in text else "https://"), host, path])
                     for text in [known_text(host) or ""] for path in given]  # fmt: skip
        first = known_text(arguments.positional[0]) if keyed and arguments.positional else None
        given += arguments.positional[: 3 if first is None or "/" in first or first.upper() in _METHODS else 1]
        base = self._base(callee)
        for value in given:
            options = alternatives(value)
            found = [
                text
                for option in options
                for text in self._expanded(_address_text(option, self.tables.verbs), base is not None)
            ]
            here = [text for text in found if self._host(text)]
            # A part that may be empty is not: no one calls an address with two slashes in a row.
            here = [text for text in here if "//" not in text.shown()[len("https://") :]] or here
            if here:
                yield from here
                return
            if base is not None and found:
                for text in found:
                    known = text.known()
                    if known is not None and known.upper() in _METHODS:
                        break
                    if isinstance(text.pieces[0] if text.pieces else None, Piece) and "://" in text.shown():
                        return
                    joined = ops.concat([ops.strip(base, "/", "right"), literal("/"), ops.strip(text, "/", "left")])
                    if isinstance(joined, Text):
                        yield joined
                else:
                    return

    def _expanded(self, text: Text | None, based: bool) -> list[Text]:
        """A text with what was not looked at yet looked at, if it may be an address."""
        if text is None:
            return []
        holes = [piece for piece in text.pieces if isinstance(piece, Hole)]
        if not any(isinstance(hole.value, (Lazy, Either)) for hole in holes):
            return [text]
        first = text.pieces[0]
        if isinstance(first, Piece) and not based and not self._host(text):
            return [text]
        if isinstance(first, Hole) and not based and not isinstance(first.value, (Lazy, Either)):
            return [text]
        parts: list[Value] = []
        for piece in text.pieces:
            if isinstance(piece, Hole) and isinstance(piece.value, (Lazy, Either)):
                known = [
                    one for one in alternatives(piece.value) if isinstance(one, (Text, Constant)) and one is not NOTHING
                ]
                parts.append(either(known) if known else Text((piece,)))
            else:
                parts.append(Text((piece,)))
        return [one for one in alternatives(ops.concat(parts)) if isinstance(one, Text)]

    def _base(self, callee: Value) -> Text | None:
        """The base address of the client that a method is called on."""
        whole = getattr(callee, "whole", None) or getattr(callee, "owner", None)
        for _ in range(4):
            known = self.bases.get(id(whole))
            if known is not None:
                return known[1]
            whole = getattr(whole, "whole", None) or getattr(whole, "owner", None)
        if not isinstance(callee, External):
            return None
        for path in callee.paths:
            head = path.rpartition(".")[0]
            for row in self.tables.sessions:
                if head in row["on"]:
                    return Text((Piece(row["base"]),)) if "base" in row else self._told_base(callee, row["told"])
            parts = head.split(".")[1:]
            if any(part.endswith("()") and part[:-2] in self.tables.verbs for part in parts):
                return None  # An answer is no client.
            for part in parts:
                if part in self.registered:
                    return self.registered[part]
        owner: Value | None = callee.owner
        if (own := self._base_of_class(owner)) is not None:
            return own
        if isinstance(owner, External) and not owner.paths[0].endswith("()"):
            return None  # Such as `client.headers.get(name)`.
        for _ in range(5):
            if not isinstance(owner, External):
                return None
            if owner.arguments is not None:
                made = _made(owner)
                if made in self.tables.verbs:
                    return None  # An answer is no client.
                if made == "create_client":
                    named = known_text(owner.arguments.get(0, "name"))
                    if named in self.registered:
                        return self.registered[named]
                value = _entry(owner.arguments, self.tables.bases)
                if value is None and made in self.tables.base_methods:
                    value = owner.arguments.get(0)
                if value is None and made[:1].isupper() and len(owner.arguments.positional) == 1:
                    value = owner.arguments.positional[0]
                if value is not None:
                    for option in alternatives(value):
                        if isinstance(option, Text) and self._host(option):
                            return option
                        if isinstance(option, Text) and option.known() in self.hosts:
                            return Text((Piece("https://"), *option.pieces))
            owner = owner.owner
        return None

    def _told_base(self, callee: External, key: str) -> Text | None:
        """The base address that an argument of the call holds which made a client."""
        owner = callee.owner
        value = argument(owner.arguments, key) if isinstance(owner, External) and owner.arguments is not None else None
        options = alternatives(value) if value is not None else ()
        return next((option for option in options if isinstance(option, Text) and self._host(option)), None)

    def _base_of_class(self, owner: Value | None) -> Text | None:
        """The base address that a class of the project says of itself, where it takes its calls from a library."""
        while isinstance(owner, External):
            owner = owner.owner
        cls = owner.cls if isinstance(owner, Instance) else owner
        for name, value in cls.names.items() if isinstance(cls, Class) else ():
            held = [value] if name in self.tables.bases else []
            held += [one.entries[key].value for one in settled(value) if isinstance(one, Map)
                     for key in self.tables.bases if key in one.entries]  # fmt: skip
            for option in (option for one in held for option in settled(one)):
                if isinstance(option, Text) and self._host(option):
                    return option
        return None

    def _note(self, callee: Value, name: str, verb: str | None, text: Text, arguments: Arguments, site: Site) -> None:
        laid = flat(text)
        if laid is None:
            return
        match = _URL.match(laid.shape)
        if match is None or match[1].lower() not in self.hosts:
            return
        version, parts = _split_path(laid, match.start(2), match.end(2))
        parameters: dict[str, Value] = {}
        unknown_parameters = False
        if match[3]:
            parameters.update(_query(laid, match.start(3), match.end(3)))
        body = False
        for kind, names in (("query", self.tables.query_arguments), ("body", self.tables.body_arguments)):
            for key in names:
                value = arguments.named.get(key)
                if value is None:
                    continue
                for option in alternatives(value):
                    if isinstance(option, Map):
                        parameters.update({key: item.value for key, item in option.entries.items()})
                        unknown_parameters = unknown_parameters or option.missing is not None
                        body = body or kind == "body"
                    elif isinstance(option, Text) and (encoded := _encoded(option)) is not None:
                        parameters.update(encoded)
                    elif not isinstance(option, Constant):
                        unknown_parameters = True
        unknown_parameters = unknown_parameters or arguments.missing is not None
        if not any(each in arguments.named for each in self.tables.query_arguments):
            for value in arguments.positional[1:4]:
                for option in alternatives(value):
                    if isinstance(option, Map):
                        parameters.update({key: item.value for key, item in option.entries.items()})
        for carried in _tokens(callee, arguments):
            parameters.setdefault("access_token", carried)
        library = callee.paths[0].split(".", 1)[0].removesuffix("()") if isinstance(callee, External) else "HTTP client"
        posts: bool | None = False
        if name in ("urlopen", "Request"):
            sent = arguments.get(1 if library.startswith("urllib") else None, "data")
            empty = [isinstance(option, Constant) for option in settled(sent)] if sent is not None else [True]
            posts = True if body or not any(empty) else False if all(empty) else None
            if library.startswith("urllib") and len(arguments.positional) > 1:
                for option in settled(arguments.positional[1]):
                    parameters.update((_encoded(option) if isinstance(option, Text) else None) or {})
        method = self._method(verb, arguments, body=posts)
        if "batch" in parameters and not parts:
            if self._batch(parameters["batch"], match[1].lower(), version, library, site, text):
                return
        self._add(match[1].lower(), method, version, parts, parameters, unknown_parameters, library, site, text, laid)

    def _batch(self, value: Value, host: str, version: str | None, library: str, site: Site, text: Text) -> bool:
        """Notes each request of a batch as a call of its own, and one for those that are not known; False for none."""
        found = rest = False
        for option in alternatives(value):
            if not isinstance(option, List):
                rest = rest or not isinstance(option, Constant)
                continue
            rest = rest or option.missing is not None
            for item in option.items:
                entry = force(item.value)
                if not isinstance(entry, Map) or "relative_url" not in entry.entries:
                    rest = True
                    continue
                method = known_text(entry.entries["method"].value) if "method" in entry.entries else "GET"
                for relative in alternatives(entry.entries["relative_url"].value):
                    address = _address_text(relative)
                    laid = flat(address) if address is not None else None
                    if laid is None or address is None:
                        continue
                    path, _, _ = laid.shape.partition("?")
                    inner, parts = _split_path(laid, 0, len(path))
                    parameters = _query(laid, len(path) + 1, len(laid.shape)) if "?" in laid.shape else {}
                    body = entry.entries.get("body")
                    if body is not None:
                        for text_body in alternatives(body.value):
                            shape = flat(text_body) if isinstance(text_body, Text) else None
                            if shape is not None:
                                parameters.update(_query(shape, 0, len(shape.shape)))
                    self._add(
                        host,
                        (method or "GET").upper(),
                        inner or version,
                        parts,
                        parameters,
                        False,
                        library,
                        site,
                        address,
                        laid,
                    )
                    found = True
        if rest:
            self._add(host, None, version, [], {}, True, library, site, text, Flat("", (), [], []), _BATCH)
        return found or rest

    def _method(self, verb: str | None, arguments: Arguments, *, body: bool | None) -> str | None:
        """The method; body: whether the call posts where no argument says otherwise, None where that is not known."""
        if verb:
            return verb
        named = [arguments.named[name] for name in self.tables.method_arguments if name in arguments.named]
        for value in [*named, *arguments.positional[:3]]:
            method = _method_named(value)
            if method is not None:
                return method
        if named or (len(arguments.positional) > 1 and isinstance(arguments.positional[0], Unknown)):
            return None
        return None if body is None else "POST" if body else "GET"

    def _add(
        self,
        host: str,
        method: str | None,
        version: str | None,
        parts: list[_Part],
        parameters: dict[str, Value],
        unknown_parameters: bool,
        library: str,
        site: Site,
        text: Text,
        laid: Flat,
        because: str | None = None,
    ) -> None:
        wanted: set[Owner] = set()
        if parts and parts[-1].is_path(self.tables.path_words):
            unknown = parts[-1].unknown
            because = unknown.because if unknown is not None else "its path is put together at run time"
            if unknown is not None and unknown.owner is not None:
                wanted.add(unknown.owner)
        place, statement = _outermost(site, _path_piece(text, laid), _origins(parts))
        fields = _fields(parameters.get("fields"))
        if fields == () and unknown_parameters and "fields" not in parameters:
            fields = None
        shown = tuple(sorted((key, _plain(value)) for key, value in parameters.items() if key and "\0" not in key))
        self.met.append(
            Met(
                GraphCall(
                    place=place,
                    statement=statement,
                    via=library,
                    method=method,
                    host=host,
                    version=version,
                    segments=tuple([part.shown for part in parts]),
                    names=tuple([part.name for part in parts]),
                    fields=fields,
                    parameters=shown[:60],
                    complete=because is None,
                    unknown_because=because,
                    outside=_from_outside(parameters),
                    closed=not unknown_parameters,
                ),
                site.program.place(site.start, site.end),
                frozenset(wanted),
            )
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a path. shown: with `{}` for what is unknown. name: what the code calls it. origins: where it stands."""

    shown: str
    name: str
    unknown: Unknown | None
    alone: bool
    origins: tuple[tuple[str, int], ...]

    def is_path(self, words: frozenset[str]) -> bool:
        """Whether what is unknown may be more than one part: a name for a path, or a text nobody knows anything of."""
        if not (self.alone or self.shown.endswith("{}")):
            return False
        name = _HUMP.sub("_", self.name).lower().lstrip("_")
        return name in words or any(name.endswith(f"_{word}") for word in words)


def _split_path(laid: Flat, start: int, end: int) -> tuple[str | None, list[_Part]]:
    """The version in a path and its other parts."""
    shape = laid.shape[start:end]
    version: str | None = None
    out: list[_Part] = []
    at = start
    raw: list[tuple[int, int]] = []
    for piece in shape.split("/"):
        if piece:
            raw.append((at, at + len(piece)))
        at += len(piece) + 1
    for index, (low, high) in enumerate(raw):
        text = laid.shape[low:high]
        if index == 0:
            match = _VERSION_PART.match(text)
            if match and (match.end() == len(text) or text[match.end() :].startswith(HOLE)):
                number = match[1]
                version = None if number == HOLE else f"v{number}" if "." in number else f"v{number}.0"
                low += match.end()
                if low >= high:
                    continue
                text = laid.shape[low:high]
            elif (text == HOLE and _names_version(laid, low)) or "VERSION" in placeholder(text).upper():
                continue
        out.append(_part(laid, low, high))
    return version, out


def _names_version(laid: Flat, at: int) -> bool:
    piece = laid.pieces[laid.owners[at]]
    if not isinstance(piece, Hole):
        return False
    inner = force(piece.value)
    names = [piece.name.lower(), inner.name.lower() if isinstance(inner, Unknown) else ""]
    return any("version" in name or name in ("api_v", "ver", "v") for name in names)


def _part(laid: Flat, low: int, high: int) -> _Part:
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
        return _Part("{}", called, None, alone=False, origins=tuple(origins[:1]))
    return _Part(shown, name, unknown, laid.shape[low:high] == HOLE, tuple(origins[:1]))


def _last_name(value: Value) -> str:
    """What the code calls something that comes from outside."""
    return value.paths[0].rpartition(".")[2].rstrip("()[]0") if isinstance(value, External) else ""


def _origins(parts: list[_Part]) -> list[tuple[str, int]]:
    return [origin for part in parts for origin in part.origins]


def _path_piece(text: Text, laid: Flat) -> tuple[str, int] | None:
    """Where the last known characters of an address before its query stand."""
    end = laid.shape.find("?")
    for at in range((end if end >= 0 else len(laid.shape)) - 1, -1, -1):
        piece = laid.pieces[laid.owners[at]]
        if isinstance(piece, Piece) and piece.origin is not None:
            return piece.origin.path, piece.spot(laid.offsets[at])
    return None


def _outermost(site: Site, piece: tuple[str, int] | None, origins: list[tuple[str, int]]) -> tuple[Place, Place]:
    """The outermost call on the way whose function holds what names the endpoint; the call itself if none does."""
    steps = site.chain
    spots = [*reversed(origins), *([piece] if piece is not None else [])]
    for path, offset in spots:
        holding = [
            (step.body[1] - step.body[0] if step.body != _WHOLE else step.end - step.start, step)
            for step in steps
            if step.program.path == path
            and ((step.body != _WHOLE and step.body[0] <= offset < step.body[1]) or (step.start <= offset < step.end))
        ]
        if holding:
            # Of functions that stand in each other the innermost one holds it.
            return _at(min(holding, key=lambda one: one[0])[1])
    for path, _ in spots:
        # A constant of a module: the last call that this module makes on the way.
        for step in reversed(steps):
            if step.program.path == path:
                return _at(step)
    return site.program.place(site.start, site.end), site.program.statement(site.start, site.end)


def _at(step: Step) -> tuple[Place, Place]:
    return step.program.place(step.start, step.end), step.program.statement(step.start, step.end)


def _query(laid: Flat, start: int, end: int) -> dict[str, Value]:
    out: dict[str, Value] = {}
    at = start
    for pair in laid.shape[start:end].split("&"):
        key, equals, _ = pair.partition("=")
        if equals and key:
            out[key] = laid.part(at + len(key) + 1, at + len(pair))
        at += len(pair) + 1
    return out


def _encoded(text: Text) -> dict[str, Value] | None:
    """What a text of the form `a=b&c=d` sends; None for a text of another form."""
    laid = flat(text)
    if laid is None or not re.match(r"[\w.\[\]]+=", laid.shape):
        return None
    return _query(laid, 0, len(laid.shape))


def _tokens(callee: Value, arguments: Arguments) -> Iterator[Value]:
    """The tokens that a call sends beside its parameters: in its headers, or as its client was told."""
    owner: Value | None = callee.owner if isinstance(callee, External) else None
    given = [arguments]
    while isinstance(owner, External) and len(given) < 4:
        if owner.arguments is not None:
            given.append(owner.arguments)
        owner = owner.owner
    for number, one in enumerate(given):
        for name, key in (("headers", "Authorization"), ("params", "access_token")):
            if not number and name == "params":
                continue
            for option in alternatives(one.named.get(name, NOTHING)):
                if isinstance(option, Map) and key in option.entries:
                    yield option.entries[key].value


def _entry(arguments: Arguments, names: Iterable[str]) -> Value | None:
    """A named argument, or an entry of a mapping or of options that are given by position."""
    for name in names:
        if name in arguments.named:
            return arguments.named[name]
        for value in arguments.positional:
            for option in settled(value):
                if isinstance(option, Map) and name in option.entries:
                    return option.entries[name].value
                if isinstance(option, External) and option.arguments is not None and name in option.arguments.named:
                    return option.arguments.named[name]
    return None


def _set(row: dict[str, Any], callee: External, arguments: Arguments, site: Site) -> tuple[Arguments, Arguments] | None:
    """A call that tells an object what it is to send, as its row says. Gives the object's arguments before and after."""
    place: str | None = row.get("on")
    owner = force(argument(arguments, place) or NOTHING) if place is not None else callee.owner
    while "of" in row and isinstance(owner, External) and not (owner.arguments and _made(owner) in row["of"]):
        owner = owner.owner
    if not isinstance(owner, External) or owner.arguments is None:
        return None
    if "many" in row:
        mapping = force(argument(arguments, row["many"]) or NOTHING)
        pairs = [(key, item.value) for key, item in mapping.entries.items()] if isinstance(mapping, Map) else []
    else:
        key = force(_raw(row["key"], arguments))
        name = key.paths[0] if isinstance(key, External) else known_text(key)
        pairs = [(name, _raw(row["value"], arguments))] if name is not None else []
    named = dict(owner.arguments.named)
    if "into" in row:
        old = named.get(row["into"])
        entries = old.entries if isinstance(old, Map) else {}
        named[row["into"]] = Map({**entries, **{name: Item(value) for name, value in pairs}})
        pairs = []
    for name, value in pairs:
        meanings = row["names"].get(name.rpartition(".")[2], ())
        for meaning in [meanings] if isinstance(meanings, str) else meanings:
            meant, _, fixed = meaning.partition("=")
            if (meant.endswith("?") and meant[:-1] in named) or (fixed and truth(value) is False):
                continue
            named[meant.rstrip("?")] = literal(fixed) if fixed else value
            if meant == "url":
                owner.call = (site.program, site.start, site.end)
    before = owner.arguments
    owner.arguments = Arguments(before.positional, named, before.missing)
    return before, owner.arguments


def _gathered(row: dict[str, Any], callee: External, arguments: Arguments, site: Site) -> tuple[Arguments, Site]:
    """What the object that a call runs was told: by the calls of its path, or by those that made and set it.

    And where it was told the address, which is what a reader of the code looks for.
    """
    named = dict(arguments.named)
    positional = list(arguments.positional)
    owner: Value | None = callee.owner
    if "on" in row:
        owner = force(argument(arguments, row["on"]) or NOTHING)
        if isinstance(owner, External):
            positional = list(owner.arguments.positional) if owner.arguments is not None else []
    for _ in range(20):
        if not isinstance(owner, External):
            break
        if owner.arguments is not None:
            for key, value in owner.arguments.named.items():
                named.setdefault(key, value)
            for element in row["names"].get(_made(owner), ()):
                key, _, source = element.partition("=")
                if source.startswith("#"):
                    given = argument(owner.arguments, source)
                    if given is not None:
                        named.setdefault(key, given)
                else:
                    named.setdefault(key, literal(source))
            if "on" in row and owner.call is not None:
                site = _moved(site, *owner.call)
        owner = owner.owner
    return Arguments(positional, named, arguments.missing), site


def _moved(site: Site, program: Program, start: int, end: int) -> Site:
    """Another place in the same function in place of a call's own."""
    last = site.chain[-1] if site.chain else None
    if last is None or last.program is not program or not last.body[0] <= start < last.body[1]:
        return site
    return Site(program, start, end, site.frame, (*site.chain[:-1], last._replace(start=start, end=end)))


def _without_gaps(texts: list[Text]) -> list[Text]:
    """Of several addresses of one call those that lack no part: `${id ?? ""}` stands for an id, not for nothing."""
    if len(texts) < 2:
        return texts
    return [text for text in texts if not _GAP.search(text.shown().partition("?")[0])] or texts


def _address_text(value: Value, noted: Container[str] = ()) -> Text | None:
    """The address that a value is or carries. noted: names of calls that are noted where they stand."""
    if isinstance(value, Text):
        return value
    if isinstance(value, External) and value.arguments is not None:
        if _made(value) in noted:
            return None
        # `URL(address)` and other carriers of an address.
        for inner in value.arguments.all():
            if isinstance(inner, Text):
                return inner
    return None


def _made(value: External) -> str:
    """The name of the call whose result a value is."""
    return value.paths[0].removesuffix("()").rpartition(".")[2]


def _made_from(callee: External) -> Value | None:
    """The id with which the object was made that a method is called on."""
    owner: Value | None = callee.owner
    if isinstance(owner, External) and owner.arguments is not None and owner.paths[0].endswith("()"):
        return owner.arguments.get(0, "fbid")
    return None


def _version_of(callee: External, arguments: Arguments, names: Iterable[str]) -> str | None:
    """The version that a call names, or that the object was told of which a method is called."""
    owner: Value | None = External(callee.paths, callee.owner, arguments)
    while isinstance(owner, External) and names:
        known = known_text(_entry(owner.arguments, names)) if owner.arguments is not None else None
        if known is not None and _VERSION_PART.fullmatch(known):
            return known if "." in known else f"{known}.0"
        owner = owner.owner
    return None


def _sdk_class(path: str) -> str | None:
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


def _sdk_id(value: Value | None) -> str | None:
    """An id as a part of a path, `{}` for what is not known of it; None where nothing is."""
    text = text_of(value) if value is not None else None
    laid = flat(text) if text is not None else None
    if laid is None or not laid.shape.strip(HOLE) or "/" in laid.shape:
        return None
    return laid.shape.replace(HOLE, "{}")


def _argument(element: str, arguments: Arguments) -> Value:
    """A segment of a row's path: itself, or the argument that `{#0|name=default}` names."""
    if not element.startswith("{"):
        return literal(element)
    keys, _, default = element[1:-1].partition("=")
    ordered = sorted(keys.split("|"), key=lambda key: key.startswith("#"))
    name = "" if ordered[0].startswith("#") else ordered[0]
    found = next((value for key in ordered if (value := argument(arguments, key)) is not None), None)
    if found is None:
        return literal(default) if default else Text((Hole(Unknown("it is not given"), name=name),))
    return _as_text(found, name)


def _raw(element: str, arguments: Arguments) -> Value:
    """As `_argument`, with the argument as it is."""
    found = (
        [argument(arguments, key) for key in element[1:-1].split("|")]
        if element.startswith("{")
        else [literal(element)]
    )
    return next((value for value in found if value is not None), Unknown("it is not given"))


def _segments(element: str, arguments: Arguments) -> list[Value]:
    """The segments that an element of a row's path stands for: several where the argument is a list of them."""
    found = _argument(element, arguments)
    held = found.pieces[0] if isinstance(found, Text) and len(found.pieces) == 1 else None
    listed = force(held.value) if isinstance(held, Hole) else None
    if not isinstance(listed, List):
        return [found]
    more = [Text((Hole(listed.missing, name="path"),))] if listed.missing is not None else []
    return [*[_as_text(item.value) for item in listed.items[:_MAX_EACH]], *more]


def _as_text(value: Value, name: str = "") -> Value:
    return value if isinstance(value, (Text, Either, Constant)) else Text((Hole(value, name=name),))


def _renamed(value: Value, names: dict[str, str]) -> Value:
    """Fields by the names that Meta gives them. names: of those that a library calls otherwise."""
    fields = _fields(value)
    return (
        Unknown("it is computed at run time")
        if fields is None
        else literal(",".join([names.get(f, f) for f in fields]))
    )


def is_named(path: str, name: str) -> bool:
    """Whether a dotted path, `()` for results of calls, is that of a function or method of this name, or ends in it."""
    plain = path.replace("()", "")
    return plain == name or plain.endswith(f".{name}")


def text_of(value: Value) -> Text | None:
    """A text, or the first of several."""
    return next((one for one in settled(value) if isinstance(one, Text)), None)


def _says_method(value: Value) -> bool:
    return isinstance(value, (Text, External)) and _method_named(value) is not None


def _method_named(value: Value) -> str | None:
    """The HTTP method that a text is, or a constant is called like (`HttpMethod.POST`)."""
    text = known_text(value) if not isinstance(value, (External, Unknown)) else _external_method(value)
    return text.upper() if text is not None and text.upper() in _METHODS else None


def _external_method(value: Value) -> str | None:
    if not isinstance(value, External):
        return None
    _, dot, name = value.paths[0].rpartition(".")
    # `HttpMethod.Get` or `.get`, or `GET` where it is imported by itself: a function may be called `get`.
    return name.upper() if name.upper() in _METHODS and (dot or name.isupper()) else None


def _pairs(makers: Iterable[str], arguments: Arguments) -> Iterator[tuple[str, Value]]:
    """What the arguments send that are made by one of some calls from a name and a value: `Parameter.with(name, value)`."""
    for value in arguments.all() if makers else ():
        for option in settled(value):
            given = option.arguments if isinstance(option, External) else None
            if given is None or not any(is_named(path, maker) for path in option.paths for maker in makers):  # type: ignore[attr-defined]
                continue
            name = known_text(given.get(0))
            if name is not None:
                yield name, given.get(1) or NOTHING


def _fields(value: Value | None) -> tuple[str, ...] | None:
    """The fields that a call asks for; None where they are only known at run time."""
    if value is None:
        return ()
    names: list[str] = []
    for option in alternatives(value):
        if isinstance(option, List):
            if option.missing is not None:
                return None
            texts = [_field_text(item.value) for item in option.items]
        else:
            texts = [_field_text(option)]
        for text in texts:
            if text is None:
                return None
            names += split_fields(text)
    return tuple(dict.fromkeys(names))[:_MAX_FIELDS]


def _field_text(value: Value) -> str | None:
    """What a value names as fields; a constant of Meta's SDK (`AdAccount.Field.name`) is called as its field."""
    value = force(value)
    if isinstance(value, External):
        owner, _, name = value.paths[0].rpartition(".")
        if not re.search(r"[./\\]\w*Fields?$", owner):
            return None
        from permlint.catalog.endpoint_sdk import load_sdk

        return load_sdk().field(name.lower() if name.isupper() else name)
    return known_text(value)


def split_fields(text: str) -> list[str]:
    """The names in a field expansion, nested ones as `a.b`, without their modifiers: `accounts{access_token},posts.limit(5)`."""
    out: list[str] = []
    stack: list[str] = []
    name = ""
    depth = 0
    for char in text:
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif char == "{":
            stack.append(_field_name(name))
            name = ""
        elif char in ",}":
            if _field_name(name):
                out.append(".".join([*stack, _field_name(name)]))
            name = ""
            if char == "}" and stack:
                closed = ".".join(stack)
                if closed not in out:
                    out.append(closed)
                stack.pop()
        else:
            name += char
        if len(out) > _MAX_FIELDS:
            break
    if _field_name(name):
        out.append(".".join([*stack, _field_name(name)]))
    return out


def _field_name(text: str) -> str:
    return text.strip().split(".", 1)[0].strip().lower()


def _plain(value: Value) -> str | None:
    options = settled(value)
    known = known_text(options[0]) if len(options) == 1 else None
    return known if known is not None and len(known) <= 80 else None


def _from_outside(parameters: dict[str, Value]) -> bool:
    """Whether the token that is sent is a setting, or written down: then no login of the app gives it."""
    token = parameters.get("access_token")
    if token is None:
        return False
    values = [
        piece.value
        for one in settled(token)
        if isinstance(one, Text)
        for piece in one.pieces
        if isinstance(piece, Hole)
    ]
    return any(isinstance(one, Setting) or known_text(one) for value in [token, *values] for one in settled(value))


def build(met: Iterable[Met], known: set[Owner]) -> tuple[GraphCall, ...]:
    """The calls, each once. known: the functions that the project itself calls and the classes it derives from."""
    met = list(met)
    resolved = {one.sink for one in met if not one.wanted}
    out: dict[object, GraphCall] = {}
    for one in met:
        if one.wanted and one.wanted <= known and one.sink in resolved:
            continue
        call = one.call
        key = (call.place, call.method, call.host, call.segments)
        old = out.get(key)
        if old is None or (old.fields is not None and (call.fields is None or len(call.fields) > len(old.fields))):
            out[key] = call
    return tuple(sorted(out.values(), key=lambda call: (call.place, call.method or "", call.segments)))
