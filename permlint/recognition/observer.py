"""The recogniser: the interpreter tells it what it meets; it notes what may ask for scopes or names an API version."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from permlint import program as p
from permlint.catalog import Catalog
from permlint.evaluation import operations as ops
from permlint.evaluation.running import Site
from permlint.evaluation.values import (
    NOTHING,
    Arguments,
    Bound,
    Constant,
    Either,
    External,
    Function,
    Item,
    Lazy,
    List,
    Map,
    Partial,
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
    spread,
    truth,
)
from permlint.frontends import DATA
from permlint.recognition import addresses, commands, documents, markup
from permlint.recognition.addresses import Address, NamedVersion
from permlint.recognition.arguments import argument, dig, text_of
from permlint.recognition.calls import tables as call_tables
from permlint.recognition.calls.recogniser import CallRecogniser
from permlint.recognition.calls.rows import fitting
from permlint.recognition.edge import EdgeRecogniser
from permlint.recognition.tables import Row, Tables

_NAMES_SCOPES = re.compile("scope|perm", re.IGNORECASE)
ANYBODY = "any other provider"
"""Stands for the name of a provider of which no row and no code knows."""


class Asked(NamedTuple):
    """Something that may be a request.

    value: what holds the scopes, None where none are given. row: of the library that asks, None where the app's own
    code does.
    logins: the logins it may be, the likeliest first. address: for a dialog's address put together by hand.
    switches: the values of the settings on which a row's default depends, by name.
    """

    site: Site
    value: Value | None
    logins: tuple[str, ...]
    via: str
    row: Row | None = None
    address: Address | None = None
    text: Text | None = None
    config: Value | None = None
    switches: Mapping[str, list[Value]] = MappingProxyType({})


class Recogniser:
    """Observes an interpreter's run.

    environment: gives the values of an environment variable; project_setting: of a name that settings files bind.
    asked, versions: what was met.
    """

    def __init__(
        self,
        tables: Tables,
        catalog: Catalog,
        environment: Callable[[str], list[Value]],
        project_setting: Callable[[str, Row], Value | None],
    ) -> None:
        self.tables = tables
        self.catalog = catalog
        self.environment = environment
        self.project_setting = project_setting
        self.asked: list[Asked] = []
        self.versions: list[tuple[NamedVersion, Site]] = []
        hosts = {host for login in catalog.logins() for host in login.hosts}
        hosts |= {end.host for login in catalog.logins() for end in login.endpoints}
        self._hosts = frozenset(hosts)
        self._targets: dict[tuple[str, str], Site] = {}
        self.scope_names = call_tables.load().scope_names
        self.graph = CallRecogniser(call_tables.load(), self._hosts)
        self.edge = EdgeRecogniser(call_tables.load())
        self._switches: dict[str, list[Value]] = {}
        self.supposable: dict[tuple[tuple[str, int], str], set[str]] = {}
        self._taken: set[tuple[str, int, int]] = set()

    # The interpreter's observer ------------------------------------------------------------------------------------

    def is_outside(self, name: str) -> bool:
        """Whether a row of the tables begins with this qualified name."""
        return name in self.tables.heads or name in self.graph.tables.heads

    def looks_at(self, name: str) -> bool:
        """Whether a call of that name is worth reading another file for."""
        return name in self.tables.called_names

    def called(self, callee: Value, name: str, arguments: Arguments, site: Site) -> Value | None:
        """A call of something outside the project, or of something unknown."""
        told: Value | None = None
        for client, method, given in commands.requests(call_tables.load().commands, callee, name, arguments):
            told = self._called(client, method, given, site)
        return told

    def _called(self, callee: Value, name: str, arguments: Arguments, site: Site) -> Value | None:
        before = len(self.graph.met)
        if isinstance(callee, External):
            self._names_version(callee, name, arguments, site)
        given = self.graph.called(callee, name, arguments, site)
        given = self.edge.called(self.graph.met[before:], given, callee, name, arguments, site)
        paths = callee.paths if isinstance(callee, External) else ()
        if paths:
            for path in paths:
                constant = self.tables.constants.get(f"{path}()")
                if constant is not None:
                    return _constant(constant)
            reader = self.tables.find(self.tables.readers, paths)
            if reader is not None:
                return self._read(reader, callee, arguments)
            for carrier in self.tables.every(self.tables.carries, paths):
                carried = self._carried(carrier, callee, arguments, site)
                if carried is not None:
                    return carried
        ours = False
        for row in self.tables.every(self.tables.requests, paths) if paths else self.tables.loose(name):
            asked = self._request(row, callee, arguments, site)
            if asked:
                return given
            ours = ours or asked is not None
        if not ours:
            self._beside_address(callee, arguments, site)
        return given

    def assigned(self, owner: Value, name: str, value: Value) -> None:
        """An attribute of something outside the project, or unknown, is set."""
        if isinstance(owner, External) and owner.arguments is not None and name in self.scope_names:
            # As if the call that made it had been given it.
            owner.arguments = Arguments(
                owner.arguments.positional, {**owner.arguments.named, name: value}, owner.arguments.missing
            )
        self.graph.assigned(owner, name, value)

    def made(self, text: Text, site: Site) -> None:
        """A text was written down or put together."""
        known = [piece.text for piece in text.pieces if isinstance(piece, Piece)]
        if any("<" in piece and self.tables.markup.search(piece) for piece in known):
            self._written(text, site)
        if not any("://" in piece or "oauth" in piece for piece in known):
            return
        for version in addresses.versions(text, self._hosts):
            self.versions.append((version, site))
        address = addresses.dialog(text, self.catalog)
        if address is not None and address.has_query:
            self.edge.addressed(address, site)
            login = address.logins[0]
            names = {name for one in address.logins for name in one.scope_parameters}
            value = next((address.parameters[name] for name in names if name in address.parameters), None)
            config = next(
                (
                    address.parameters[one.config_parameter]
                    for one in address.logins
                    if one.config_parameter and one.config_parameter in address.parameters
                ),
                None,
            )
            if value is None and config is None and "client_id" not in address.parameters:
                return
            ids = tuple([one.id for one in address.logins])
            self.asked.append(
                Asked(site, value, ids, f"dialog URL of {login.name}", address=address, text=text, config=config)
            )

    def _names_version(self, callee: External, name: str, arguments: Arguments, site: Site) -> None:
        """A call that sets the API's version for those that follow."""
        tables = call_tables.load()
        row = fitting(tables.versions, name, callee)
        if row is None:
            return
        for place in row["version"]:
            for text in settled(argument(arguments, place) or NOTHING):
                found = addresses.version_alone(text, tables.host, row["library"]) if isinstance(text, Text) else None
                if found is not None:
                    self.versions.append((found, site))

    def follows(self, owner: Value) -> bool:
        """Whether it is worth knowing what functions do with the parts of something outside the project."""
        return self.edge.follows(owner)

    def compared(self, operator: str, left: Value, right: Value, site: Site) -> None:
        """Two values are compared."""
        self.edge.compared(operator, left, right, site)

    def _written(self, text: Text, site: Site) -> None:
        """A page's elements are written in a text."""
        for tag, attributes in markup.elements(text):
            self.called(External((f"html.{tag}",)), tag, Arguments([attributes], {}), site)
            self.mapped(attributes, site)

    def mapped(self, mapping: Map, site: Site) -> None:
        """A mapping, a class's body or the named arguments of a call: scopes may stand beside a dialog's address."""
        for name in self.tables.mappings.keys() & mapping.entries.keys():
            for row in self.tables.mappings[name]:
                if self._is_of(mapping.entries[name].value, row["values"], words="words" in row):
                    self._setting_value(row, mapping, site)
        key = next((name for name in self.scope_names if name in mapping.entries), None)
        value: Value | None = mapping.entries[key].value if key else None
        address: Address | None = None
        # The address may stand in options of their own beside the scopes.
        inside = [
            one
            for item in mapping.entries.values()
            if isinstance(item.value, Map)
            for one in item.value.entries.values()
        ]
        for item in [*mapping.entries.values(), *(inside if value is not None else [])]:
            found = self._address(item.value)
            if found is not None and not found.parameters:
                address = found
                break
        if address is None:
            return
        if value is None:
            for item in mapping.entries.values():
                inner = item.value
                if isinstance(inner, Map):
                    key = next((name for name in self.scope_names if name in inner.entries), None)
                    if key:
                        value = inner.entries[key].value
                        break
        if value is None or not self._holds_scopes(value):
            return
        ids = tuple([login.id for login in address.logins])
        self.asked.append(Asked(site, value, ids, f"{key} beside the dialog URL", address=address))

    def bound(self, name: str, value: Value, site: Site, kind: str) -> None:
        """A name, an entry or a named argument got a value; or (kinds `module` and `class`) has it in the end."""
        if site.program.language == DATA:
            # What an entry of a file of data is called says nothing: where it stands does.
            if name == p.DEFAULT and kind == "module":
                self._document(value, site.program)
            return
        if name in self.tables.switches and kind != "name":
            self._switches.setdefault(name, []).append(value)
        if kind in ("module", "class"):
            self.graph.bound(name, value, site.program.path)
        elif kind != "name":
            self.edge.bound(name, value, site)
            self.graph.told(name, value, site)
        rows = self.tables.settings.get(name)
        if rows is None or kind == "name":
            # Names of modules and classes are looked at when their body has run.
            if rows is not None and kind == "name":
                self._targets.setdefault((site.program.path, name), site)
            return
        if kind in ("module", "class"):
            target = self._targets.get((site.program.path, name))
            if target is None:
                return  # A name that the body only imports.
            site = target
        if kind == "entry" and self._is_label(value):
            return
        for row in rows:
            self._setting(row, value, site)

    def _is_label(self, value: Value) -> bool:
        """Whether a text under a setting's name only describes it: none of its words is a permission's."""
        text = value.known() if isinstance(value, Text) else None
        return bool(text) and not any(self.catalog.permission(word) for word in re.split(r"[,\s]+", str(text)))

    # Readers ------------------------------------------------------------------------------------------------------

    def _read(self, row: Row, callee: Value, arguments: Arguments) -> Value | None:
        name = known_text(_scope_argument(row["name"], callee, arguments))
        if name is None:
            return None
        default = _first(row.get("default", []), callee, arguments)
        values: list[Value] = []
        if default is None and row.get("scheme"):
            default = _scheme_default(callee, name)
        if default is not None and not (isinstance(default, Constant) and default.value is None):
            values.append(default)
        if row.get("files"):
            found = self.project_setting(name, row)
            values += [found] if found is not None else []
            value = either(values or [Setting(name)])
        else:
            value = either([*values, *self._variable(name), Setting(name)])
        cast = _first(row.get("cast", []), callee, arguments)
        if row.get("splits") or (cast is not None and _splits(cast)):
            return _split_texts(value)
        return value

    def part(self, owner: External, name: str) -> Value | None:
        """The value of a part of an object that stands for the project's own settings; None if it is no such object."""
        for row in self.tables.objects:
            if any(path in row["objects"] for path in owner.paths):
                return self._environment_of(name) if row.get("environment") else self.project_setting(name, row)
        for path in owner.paths:
            constant = self.tables.constants.get(f"{path}.{name}")
            if constant is None and path in self.tables.in_capitals and name.isupper():
                constant = name.lower()
            if constant is not None:
                return _constant(constant)
        return None

    def _variable(self, name: str) -> list[Value]:
        """The values of a variable of the environment that are scopes or a version; not the ids that tests put in."""
        if _NAMES_SCOPES.search(name):
            return self.environment(name)
        return [value for value in self.environment(name) if self._is_of_use(known_text(value) or "")]

    def _is_of_use(self, text: str) -> bool:
        words = re.split(r"[^A-Za-z0-9_.]+", text)
        return "_" not in text or any(self.catalog.permission(word) is not None for word in words)

    def _environment_of(self, name: str) -> Value:
        # Where a class gives variables the names of its fields, their case does not count.
        return either([*(self._variable(name) or self._variable(name.upper())), Setting(name)])

    def _carried(self, row: Row, callee: Value, arguments: Arguments, site: Site) -> Value | None:
        url = next((found for key in row["url"] if (found := _whole_address(key, callee, arguments)) is not None), None)
        params = _first(row.get("params", []), callee, arguments)
        if url is None or (params is None and "params" in row):
            return None
        if params is None:
            return ops.as_text(url)
        result = ops.concat([url, literal("?"), ops.query(params)])
        for one in alternatives(result):
            if isinstance(one, Text):
                self.made(one, site)
        return result

    # Requests -----------------------------------------------------------------------------------------------------

    def _request(self, row: Row, callee: Value, arguments: Arguments, site: Site) -> bool | None:
        """Notes what a call asks for by a row. False where it asks for nothing, None where the row is not about it."""
        logins = self._logins(row, lambda key: _whole_address(key, callee, arguments))
        if logins is None and "logins" in row:
            self._supposable(row, callee, arguments)
        if logins is None or not _applies(row, lambda key: _scope_argument(key, callee, arguments)):
            return None
        value = _first(row.get("scope", []), callee, arguments)
        config = _first(row.get("config", []), callee, arguments)
        added = [found for key in row.get("adds", ()) if (found := _scope_argument(key, callee, arguments)) is not None]
        if added:
            value = ops.combined([_constant(row.get("default", [])) if value is None else value, *added])
        if value is None and config is None and arguments.missing is not None:
            value = arguments.missing
        before = list(_earlier_calls(callee)) if row.get("takes_over") else []
        if value is None and config is None and (not row.get("default") or (row.get("takes_over") and not before)):
            return False
        self._taken.update(before)
        self._note(row, value, logins, site, config)
        return True

    def _supposable(self, row: Row, callee: Value, arguments: Arguments) -> None:
        """Notes the argument on which it hangs which provider a call is for."""
        if not any(_scope_argument(key, callee, arguments) is not None for key in row.get("scope", ())):
            return
        for key in row["provider"]:
            value = _scope_argument(key, callee, arguments)
            for option in settled(value) if value is not None else ():
                if isinstance(option, Unknown) and option.owner is not None and option.name:
                    self.supposable.setdefault((option.owner, option.name), set()).update(row["logins"])

    def _note(self, row: Row, value: Value | None, logins: tuple[str, ...], site: Site, config: Value | None) -> None:
        if config is not None:
            others = [other for login in logins for other in self._sharing_dialog(login)]
            logins = tuple(dict.fromkeys([*logins, *others]))
        if isinstance(value, External):
            known = [self.tables.constants[path] for path in value.paths if path in self.tables.constants]
            value = _constant(known[0]) if known else value
        via = f"{row['library']}: {row.get('shown') or row.get('name') or row['calls'][0]}"
        self.asked.append(Asked(site, value, logins, via, row=row, config=config, switches=self._switches))
        if self._taken:
            self.asked = [
                one
                for one in self.asked
                if one.row is None or (one.site.program.path, one.site.start, one.site.end) not in self._taken
            ]

    def _sharing_dialog(self, login: str) -> list[str]:
        """The logins that the dialog of this one may be when it is given a configuration instead of scopes."""
        group = self.catalog.login(login).group
        return [
            one.id
            for one in self.catalog.logins()
            if one.group == group and one.config_parameter and one.scope_parameters
        ]

    def _logins(self, row: Row, get: Callable[[str], Value | None]) -> tuple[str, ...] | None:
        """The logins that a row's call or entry is for; None where it is for someone else's."""
        foreign = False
        for key in row.get("address", ()):
            stands = get(key)
            found = self._address(stands)
            if found is not None:
                return tuple([one.id for one in found.logins])
            text = known_text(stands)
            foreign = foreign or (text is not None and "://" in text and not any(host in text for host in self._hosts))
        if foreign:
            return None
        if "logins" in row:
            for key in row["provider"]:
                for name in _provider_names(get(key)):
                    if name in row["logins"]:
                        return _ids(row["logins"][name])
                    if name == ANYBODY:
                        return _ids(next(iter(row["logins"].values())))
            return None
        return _ids(row["login"]) if "login" in row else None

    def _is_of(self, value: Value, wanted: list[str], *, words: bool) -> bool:
        """Whether a value is one of some texts or things from outside. words: or a text that holds one of them as a word."""
        for option in alternatives(value) if not isinstance(value, Lazy) else ():
            if isinstance(option, External) and any(path in wanted for path in option.paths):
                return True
            if isinstance(option, Text):
                known = [piece.text for piece in option.pieces if isinstance(piece, Piece)] if words else ()
                if option.known() in wanted or any(word in wanted for piece in known for word in piece.split()):
                    return True
        return False

    def _address(self, value: Value | None) -> Address | None:
        if value is None:
            return None
        # A lazy value may mean reading another file: only for what is called like an address.
        lazy = isinstance(value, Lazy) and value.value is None
        for one in (alternatives(value) if _may_be_address(value) else ()) if lazy else settled(value):
            if isinstance(one, Text):
                found = addresses.dialog(one, self.catalog)
                if found is not None:
                    return found
        return None

    def _beside_address(self, callee: Value, arguments: Arguments, site: Site) -> None:
        """Any call that takes a dialog's address and, in the same call or an earlier one in its path, scopes."""
        address: Address | None = None
        for given in arguments.all():
            if isinstance(given, (Text, Either)):
                found = self._address(given)
                if found is not None and not any(name in found.parameters for name in self.scope_names):
                    address = found
                    break
        if address is None:
            address = self._earlier_address(callee)
            if address is None:
                return
        value = next((arguments.named[name] for name in self.scope_names if name in arguments.named), None)
        if value is None:
            for inner in arguments.all():
                if isinstance(inner, Map):
                    value = next(
                        (inner.entries[name].value for name in self.scope_names if name in inner.entries), None
                    )
                    if value is not None:
                        break
        for earlier in _earlier(callee):
            if value is None:
                value = next((earlier.named[name] for name in self.scope_names if name in earlier.named), None)
        if value is None:
            return
        ids = tuple([login.id for login in address.logins])
        self.asked.append(Asked(site, value, ids, "scope beside the dialog URL", address=address))

    def _earlier_address(self, callee: Value) -> Address | None:
        if not isinstance(callee, External) or callee.owner is None:
            return None
        for arguments in _earlier(callee.owner):
            for value in arguments.all():
                if isinstance(value, (Text, Either)):
                    found = self._address(value)
                    if found is not None:
                        return found
        return None

    def _holds_scopes(self, value: Value) -> bool:
        """Whether a value beside an address could hold scopes: texts or collections, not functions or numbers."""
        if isinstance(value, Lazy) and value.value is None:
            return True
        return any(isinstance(one, (Text, List, Setting)) for one in alternatives(value))

    def _document(self, document: Value, program: p.Program) -> None:
        """What a file of data asks for by where its values stand. Of several rows for one place the first counts."""
        told: set[tuple[int, int]] = set()
        followed: dict[tuple[str, ...], list[documents.Found]] = {}
        for row in self.tables.documents:
            if not documents.is_named(program.path, row.get("files", [])):
                continue
            path = tuple(row["path"])
            if path not in followed:
                followed[path] = list(documents.follow(document, row["path"]))
            for found in followed[path]:
                start, end = found.spot[1:] if found.spot is not None else _extent(found.value)
                if (start, end) in told:
                    continue
                site = Site(program, start, end, 0)
                if row.get("reads"):
                    self._endpoints(row, found.value, program)
                elif row.get("settings"):
                    for setting in self.tables.settings.get(found.name, ()):
                        self._setting(setting, found.value, site)
                elif self._setting_value(row, found.value, site, found.name):
                    told.add((start, end))

    def _endpoints(self, row: Row, value: Value, program: p.Program) -> None:
        """The addresses in a file of data that whoever reads it calls."""
        base = dig(value, row["base"].split(".")) if "base" in row else None
        for key in row["reads"]:
            for address in alternatives(dig(value, key.split(".")) or NOTHING):
                piece = address.pieces[0] if isinstance(address, Text) and address.pieces else None
                if isinstance(piece, Piece) and piece.origin is program:
                    site = Site(program, piece.spot(0), piece.spot(len(piece.text)), 0)
                    whole = address if base is None else ops.concat([base, address])
                    callee = External((f"{row['library']}.get",))
                    self.graph.called(callee, "get", Arguments([whole]), site)

    def _setting(self, row: Row, value: Value, site: Site) -> None:
        found: list[Value] = [value]
        for key in row.get("path", []):
            deeper: list[Value] = []
            for one in found:
                for option in alternatives(one):
                    if isinstance(option, Map):
                        if key == "*":
                            deeper += [item.value for item in option.entries.values()]
                        elif key in option.entries:
                            deeper.append(option.entries[key].value)
                    elif isinstance(option, List) and key == "[]":
                        deeper += [item.value for item in option.items]
            found = deeper
        for one in found:
            self._setting_value(row, one, site)

    def _setting_value(self, row: Row, value: Value, site: Site, name: str = "") -> bool:
        """Notes what a value asks for by a row, if anything. name: the key under which it stands, `@` in rows."""

        def part(key: str) -> Value | None:
            return literal(name) if key == "@" else dig(value, key.split("."))

        logins = self._logins(row, part)
        if logins is None or not _applies(row, part):
            return False
        if "beside" in row and all(part(key) is None for key in row["beside"]):
            return False
        scope: Value | None = value
        config: Value | None = None
        if "holds" in row:
            held = _held(value, row["holds"])
            if held is None:
                return False
            scope = None
            if isinstance(held, Piece) and held.origin is not None:
                site = Site(held.origin, held.spot(0), held.spot(len(held.text)), 0)
        elif "scope" in row:
            scope = next((found for key in row["scope"] if (found := part(key)) is not None), None)
            config = next((found for key in row.get("config", ()) if (found := part(key))), None)
            spans = [option.span for option in alternatives(value) if isinstance(option, Map) and option.span]
            if spans and site.program.language != DATA:
                program, start, _ = spans[0]
                site = Site(program, start, start + 1, 0)
        if scope is None and config is None and not row.get("default"):
            return False
        if row.get("known") and not self._names_permissions(scope):
            return False
        self._note(row, scope, logins, site, config)
        return True

    def _names_permissions(self, value: Value | None) -> bool:
        """Whether half or more of what stands where scopes may stand is in the catalog."""
        words: list[str] = []
        for option in alternatives(value) if value is not None else ():
            items = [item.value for item in option.items] if isinstance(option, List) else [option]
            words += [word for item in items for word in re.split(r"[,\s]+", known_text(item) or "") if word]
        known = sum(self.catalog.permission(word) is not None for word in words)
        return known > 0 and known * 2 >= len(words)


def _extent(value: Value) -> tuple[int, int]:
    """Where a mapping of a file begins."""
    for option in alternatives(value):
        if isinstance(option, Map) and option.span is not None:
            return option.span[1], option.span[1] + 1
    return 0, 0


def _scope_argument(key: str, callee: Value, arguments: Arguments) -> Value | None:
    """As `argument`; `^name` looks at the earlier calls in the callee's path, `^method()#0` at those of one method."""
    if not key.startswith("^"):
        return argument(arguments, key)
    method, _, key = key[1:].rpartition("()")
    owner: Value | None = callee
    while isinstance(owner, External):
        if owner.arguments is not None and (not method or owner.paths[0].endswith(f".{method}()")):
            found = argument(owner.arguments, key)
            if found is not None:
                return found
        owner = owner.owner
    return None


def _first(keys: list[str], callee: Value, arguments: Arguments) -> Value | None:
    return next((found for key in keys if (found := _scope_argument(key, callee, arguments)) is not None), None)


def _whole_address(key: str, callee: Value, arguments: Arguments) -> Value | None:
    """As `_scope_argument`; `host+path` puts an address together."""
    parts = [_scope_argument(part, callee, arguments) for part in key.split("+")]
    if len(parts) == 1:
        return parts[0]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    host = text_of(known[0])
    whole = host is not None and "://" in host.shown()
    return ops.concat([*([] if whole else [literal("https://")]), *known])


def _earlier_calls(callee: Value) -> Iterator[tuple[str, int, int]]:
    """Where the earlier calls in a callee's path stand."""
    owner: Value | None = callee.owner if isinstance(callee, External) else None
    while isinstance(owner, External):
        if owner.call is not None:
            program, start, end = owner.call
            yield program.path, start, end
        owner = owner.owner


def _provider_names(value: Value | None) -> Iterator[str]:
    """What a value calls a provider: a text, the last part of something from outside, or the items of a list."""
    for option in alternatives(value) if value is not None else ():
        if isinstance(option, Text):
            yield (option.known() or "").lower()
        elif isinstance(option, External):
            for path in option.paths:
                owner, _, last = path.rpartition(".")
                yield last.lower()
                if last.endswith("()"):
                    yield owner.rpartition(".")[2].lower()  # `FacebookApi.instance()`
        elif isinstance(option, List):
            for item in option.items:
                if not isinstance(force(item.value), List):
                    yield from _provider_names(item.value)


def _ids(logins: str | list[str]) -> tuple[str, ...]:
    return (logins,) if isinstance(logins, str) else tuple(logins)


def _applies(row: Row, get: Callable[[str], Value | None]) -> bool:
    """Whether what a row wants to be there is, and what it rules out is not."""
    return all(_is_on(get(key)) for key in row.get("when", ())) and not any(
        _is_on(get(key)) for key in row.get("unless", ())
    )


def _is_on(value: Value | None) -> bool:
    return value is not None and truth(value) is not False


def _constant(names: str | list[str] | dict[str, str]) -> Value:
    """A value that a library keeps under a name: no file of the project holds it."""
    if isinstance(names, str):
        return literal(names)
    if isinstance(names, dict):
        return Map({name: Item(literal(value)) for name, value in names.items()})
    return List([Item(literal(name)) for name in names])


def _held(value: Value, names: list[str]) -> Piece | External | None:
    """The item of a list that is one of some names, where it stands, or something from outside of such a path."""
    for option in alternatives(value):
        for item in option.items if isinstance(option, List) else ():
            for held in settled(item.value):
                if isinstance(held, Text) and held.known() in names and isinstance(held.pieces[0], Piece):
                    return held.pieces[0]
                if isinstance(held, External) and any(path in names for path in held.paths):
                    return held
    return None


def _earlier(value: Value | None, depth: int = 0) -> Iterator[Arguments]:
    """The arguments of the calls that led to a value, last first, and of what they were given."""
    while isinstance(value, External) and depth < 6:
        depth += 1
        if value.arguments is not None:
            yield value.arguments
            for inner in value.arguments.positional[:2]:
                yield from _earlier(inner, depth)
        value = value.owner


def _scheme_default(callee: Value, name: str) -> Value | None:
    owner: Value | None = callee
    while isinstance(owner, External):
        if owner.arguments is not None and name in owner.arguments.named:
            pair = force(owner.arguments.named[name])
            if isinstance(pair, List) and len(pair.items) == 2:
                return pair.items[1].value
            return None
        owner = owner.owner
    return None


def _splits(cast: Value) -> bool:
    """Whether a reader's `cast` makes a list of a text at its commas."""
    cast = force(cast)
    if isinstance(cast, (Function, Bound, Partial)):
        return True  # `cast=lambda value: value.split(",")`, as the documentation of readers suggests.
    ends = ("Csv()", "CommaSeparatedStrings", "list")
    return isinstance(cast, External) and any(path.endswith(ends) for path in cast.paths)


def _split_texts(value: Value) -> Value:
    def one(value: Value) -> Value:
        return ops.split(value, ",") if isinstance(value, Text) else value

    return spread(value, one)


def _may_be_address(value: Value) -> bool:
    name = value.name.lower() if isinstance(value, Lazy) else ""
    return any(word in name for word in ("url", "uri", "auth", "endpoint", "dialog"))
