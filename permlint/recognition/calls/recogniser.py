"""The recogniser of calls: the interpreter tells it what it meets; it notes what reaches the Graph API."""

from __future__ import annotations

import re
from collections.abc import Iterable

from permlint.evaluation.running import Site
from permlint.evaluation.values import (
    NOTHING,
    Arguments,
    External,
    List,
    Map,
    Piece,
    Text,
    Value,
    settled,
)
from permlint.program import DEFAULT
from permlint.recognition.calls import clients, libraries, sdk
from permlint.recognition.calls.bases import Bases
from permlint.recognition.calls.methods import says_method
from permlint.recognition.calls.objects import gathered, told_by_setter
from permlint.recognition.calls.paths import begins_on
from permlint.recognition.calls.reached import Met, Owner, Reached, met
from permlint.recognition.calls.rows import fitting, is_named
from permlint.recognition.calls.tables import CallTables, api_hosts
from permlint.recognition.calls.targets import targets, unknown_beginnings
from permlint.recognition.tables import Row

_BASE = re.compile(r"https?://[\w.-]+(?:/v?[\d.{}]*)*")
_MOST_ADDRESSES = 64
_DEEPEST = 3


class CallRecogniser:
    """Told of every call of something outside the project or unknown, it notes those that reach the Graph API.

    hosts: the platform's hosts. met: what was noted. own: rows of the app's own functions that call it, from the config.
    addresses: names of modules, classes and entries that hold a base address, each with its file: other files may build on it.
    wanted: classes whose users or subclasses may know the beginning of an address.
    """

    def __init__(self, tables: CallTables, hosts: frozenset[str]) -> None:
        self.tables = tables
        # Those that only show dialogs are left out, and those added that answer like one of the API's.
        self._hosts = api_hosts() if hosts & api_hosts() else hosts
        self.met: list[Met] = []
        self.own: list[Row] = []
        self.addresses: set[tuple[str, str]] = set()
        self.wanted: set[Owner] = set()
        self._bases = Bases(tables, self._hosts)
        self._sent: dict[int, tuple[Value, str, Arguments, Site, list[Met]]] = {}

    def bound(self, name: str, value: Value, path: str) -> None:
        """A name of a module or class has a value in the end; other files may build on it if it is an address of the API."""
        for option in settled(value):
            if name == DEFAULT and isinstance(option, Map):
                for key, item in option.entries.items():
                    if self._holds_address(item.value, _DEEPEST):
                        self.addresses.add((key, path))
            elif self._holds_address(option, _DEEPEST):
                self.addresses.add(("" if name == DEFAULT else name, path))

    def _holds_address(self, value: Value, depth: int) -> bool:
        for option in settled(value):
            if isinstance(option, Text) and begins_on(option, self._hosts):
                return True
            if depth and isinstance(option, Map):
                if any(self._holds_address(item.value, depth - 1) for item in option.entries.values()):
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
            if isinstance(option, Text) and begins_on(option, self._hosts):
                if name in self.tables.profiles:
                    self._note(
                        clients.requests(NOTHING, name, "GET", option, Arguments(), site, self.tables, self._hosts)
                    )
                elif _BASE.fullmatch(option.shown()):
                    self.addresses.add((name, site.program.path))

    def assigned(self, owner: Value, name: str, value: Value) -> None:
        """An attribute is set of something that the project did not make: it may be a client's base address."""
        self._bases.assigned(owner, name, value)

    def called(self, callee: Value, name: str, arguments: Arguments, site: Site) -> Value | None:
        """A call of a function or method by its name; returns what it gives back where that is an object of Meta's SDK."""
        for path in callee.paths if isinstance(callee, External) else ():
            row = sdk.row_of(path, self.tables)
            cls = sdk.class_of(path) if row is not None else None
            if isinstance(callee, External) and row is not None and cls is not None:
                found, given = sdk.requests(row, cls, callee, name, arguments, site, self.tables.host)
                self._note(found)
                return given
        self._keep(callee, name, arguments, site)
        return None

    def _note(self, found: Iterable[Reached]) -> None:
        for one in found:
            self.met.append(met(one, self.tables.path_words))

    def _keep(self, callee: Value, name: str, arguments: Arguments, site: Site) -> None:
        """Keeps what a call has noted with its arguments, which may be told more (`connection.setRequestMethod`)."""
        before = len(self.met)
        self._called(callee, name, arguments, site)
        if len(self.met) > before:
            self._sent[id(arguments)] = (callee, name, arguments, site, self.met[before:])

    def _told_more(self, old: Arguments, new: Arguments) -> None:
        """A call that was noted is told more of what it sends."""
        known = self._sent.pop(id(old), None)
        if known is None:
            return
        callee, name, _, site, noted = known
        self.met = [one for one in self.met if not any(one is each for each in noted)]
        self._keep(callee, name, new, site)

    def _called(self, callee: Value, name: str, arguments: Arguments, site: Site) -> None:
        if name in self.tables.registers:
            self._bases.register(arguments)
        if isinstance(callee, External):
            if name == "__init__" and callee.owner is not None:
                self._bases.made(callee.owner, arguments)
            if self._by_row(callee, name, arguments, site):
                return
            runner = fitting(self.tables.runners, name, callee)
            if runner is not None:
                arguments, site = gathered(runner, callee, arguments, site)
        self._handed_over(arguments, site)
        if isinstance(callee, External) and name.endswith("()"):
            # A client that is a function itself (`axios.create({baseURL})("/me")`).
            callee, name = callee.part("request"), "request"
            if self._bases.of(callee) is None:
                return
        self._by_client(callee, name, arguments, site)

    def _by_row(self, callee: External, name: str, arguments: Arguments, site: Site) -> bool:
        """Notes what a row says of a call; False where none speaks of it.

        It may be the config's, that of a library's method, or that of a setter, which tells an object what to send.
        """
        for row in self.own:
            if any(is_named(path, row["callable"]) for path in callee.paths):
                self._note(libraries.of_own(row, arguments, site, self.tables, self._hosts))
                return True
        library = fitting(self.tables.calls, name, callee)
        if library is not None:
            self._note(libraries.of_library(library, callee, arguments, site, self.tables, self._hosts))
            return True
        setter = fitting(self.tables.setters, name, callee)
        if setter is None:
            return False
        told = told_by_setter(setter, callee, arguments, site)
        if told is not None:
            self._told_more(*told)
        return True

    def _handed_over(self, arguments: Arguments, site: Site) -> None:
        """A function that is handed over with its arguments: `to_thread(requests.get, address)`, `map(get, addresses)`."""
        for number, value in enumerate(arguments.positional[:2]):
            if isinstance(value, External) and not value.paths[0].endswith(")"):
                name = value.paths[0].rpartition(".")[2]
                if name in self.tables.verbs:
                    rest = arguments.positional[number + 1 :]
                    each = [
                        item.value for one in rest[:1] if isinstance(one, List) for item in one.items[:_MOST_ADDRESSES]
                    ]
                    for given in [[item] for item in each] or [rest]:
                        self._called(value, name, Arguments(given, arguments.named, arguments.missing), site)
                return

    def _by_client(self, callee: Value, name: str, arguments: Arguments, site: Site) -> None:
        """A call by a name that clients have, or with an argument that names an HTTP method."""
        verb = self.tables.verbs.get(name, "")
        arguments = clients.opened(arguments, self.tables, addressed=verb != "")
        says = any(name in arguments.named for name in self.tables.method_arguments)
        if verb == "" and not says and not any(says_method(value) for value in arguments.positional[:2]):
            return
        if arguments.positional and says_method(arguments.positional[0]):
            verb = None  # As in `stream("POST", address)`.
        base = self._bases.of(callee)
        found = targets(arguments, base, self.tables, self._hosts, keyed=bool(verb))
        for text in found:
            self._note(clients.requests(callee, name, verb or None, text, arguments, site, self.tables, self._hosts))
        if not found:
            self.wanted.update(unknown_beginnings(arguments))
