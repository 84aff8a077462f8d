"""The recogniser: told by the interpreter what it meets, it notes what may be a request for scopes or names an API version."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from permlint.catalog import Catalog
from permlint.evaluation import operations as ops
from permlint.evaluation.interpreter import Site
from permlint.evaluation.values import (
    Arguments,
    Constant,
    Either,
    External,
    Instance,
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
    spread,
)
from permlint.recognition import addresses
from permlint.recognition.addresses import Address, NamedVersion
from permlint.recognition.tables import Row, Tables

SCOPE_KEYS = ("scope", "scopes", "perms", "SCOPE", "SCOPES", "oauth_scopes", "default_scope", "default_scopes", "required_scopes")
"""Names beside a dialog's address under which scopes stand; `scope` is OAuth's own, the others are what people write."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that may be a request.

    value: what holds the scopes, None where none are given. row: of the library that asks, None where the app's own code does.
    logins: the logins it may be, the likeliest first. address: for a dialog's address put together by hand.
    """

    site: Site
    value: Value | None
    logins: tuple[str, ...]
    via: str
    row: Row | None = None
    address: Address | None = None
    text: Text | None = None
    config: Value | None = None


@dataclass
class Notes:
    """What was met."""

    asked: list[Asked] = field(default_factory=list)
    versions: list[tuple[NamedVersion, Site]] = field(default_factory=list)


class Recogniser:
    """Observes an interpreter's run. settings: gives the values of a configuration entry or environment variable by its name."""

    def __init__(
        self,
        tables: Tables,
        catalog: Catalog,
        environment: Callable[[str], list[Value]],
        project_setting: Callable[[str, list[str]], Value | None],
    ) -> None:
        self.tables = tables
        self.catalog = catalog
        self.environment = environment
        self.project_setting = project_setting
        self.notes = Notes()
        hosts = {host for login in catalog.logins() for host in login.hosts}
        hosts |= {end.host for login in catalog.logins() for end in login.endpoints}
        self._hosts = frozenset(hosts)
        self._targets: dict[tuple[str, str], Site] = {}

    # The interpreter's observer ------------------------------------------------------------------------------------

    def looks_at(self, name: str) -> bool:
        """Whether a call of that name is worth reading another file for."""
        return name in self.tables.called_names

    def called(self, callee: Value, name: str, arguments: Arguments, site: Site) -> Value | None:
        """A call of something outside the project, or of something unknown."""
        paths = callee.paths if isinstance(callee, External) else ()
        if paths:
            reader = self.tables.find(self.tables.readers, paths)
            if reader is not None:
                return self._read(reader, callee, arguments)
            carrier = self.tables.find(self.tables.carries, paths)
            if carrier is not None:
                return self._carried(carrier, arguments, site)
        row = self.tables.find(self.tables.requests, paths) if paths else None
        rows: Iterator[Row] = iter((row,)) if row is not None else self.tables.loose(name)
        for candidate in rows:
            if self._request(candidate, callee, arguments, site, sure=row is not None):
                return None
        self._beside_address(callee, arguments, site)
        return None

    def made(self, text: Text, site: Site) -> None:
        """A text was written down or put together."""
        if not any(isinstance(piece, Piece) and ("://" in piece.text or "oauth" in piece.text) for piece in text.pieces):
            return
        for version in addresses.versions(text, self._hosts):
            self.notes.versions.append((version, site))
        address = addresses.dialog(text, self.catalog)
        if address is not None and address.has_query:
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
            self.notes.asked.append(
                Asked(site, value, ids, f"dialog URL of {login.name}", address=address, text=text, config=config)
            )

    def mapped(self, mapping: Map, site: Site) -> None:
        """A mapping, a class's body or the named arguments of a call: scopes may stand beside a dialog's address."""
        key = next((name for name in SCOPE_KEYS if name in mapping.entries), None)
        value: Value | None = mapping.entries[key].value if key else None
        address: Address | None = None
        for item in mapping.entries.values():
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
                    key = next((name for name in SCOPE_KEYS if name in inner.entries), None)
                    if key:
                        value = inner.entries[key].value
                        break
        if value is None or not self._holds_scopes(value):
            return
        ids = tuple([login.id for login in address.logins])
        self.notes.asked.append(Asked(site, value, ids, f"{key} beside the dialog URL", address=address))

    def bound(self, name: str, value: Value, site: Site, kind: str) -> None:
        """A name, an entry or a named argument got a value; or (kinds `module` and `class`) has it in the end."""
        rows = self.tables.settings.get(name)
        if rows is None or kind == "name":
            # Names of modules and classes are looked at when their body has run.
            if rows is not None and kind == "name":
                self._targets.setdefault((site.program.path, name), site)
            return
        if kind in ("module", "class"):
            site = self._targets.get((site.program.path, name), site)
        for row in rows:
            self._setting(row, value, site)

    # Readers ------------------------------------------------------------------------------------------------------

    def _read(self, row: Row, callee: Value, arguments: Arguments) -> Value | None:
        name = known_text(argument(arguments, row["name"]))
        if name is None:
            return None
        default = next((found for key in row.get("default", []) if (found := argument(arguments, key)) is not None), None)
        values: list[Value] = []
        if default is None and row.get("scheme"):
            default = _scheme_default(callee, name)
        if default is not None and not (isinstance(default, Constant) and default.value is None):
            values.append(default)
        values += self.environment(name)
        value = either([*values, Setting(name)])
        cast = next((found for key in row.get("cast", []) if (found := argument(arguments, key)) is not None), None)
        if row.get("splits") or (cast is not None and _splits(cast)):
            return _split_texts(value)
        return value

    def setting(self, name: str) -> Value:
        """The value of an environment variable by its name."""
        return either([*self.environment(name), Setting(name)])

    def part(self, owner: External, name: str) -> Value | None:
        """The value of a part of an object that stands for the project's own settings; None if it is no such object."""
        for row in self.tables.objects:
            if any(path in row["objects"] for path in owner.paths):
                return self.project_setting(name, row["files"])
        return None

    def _carried(self, row: Row, arguments: Arguments, site: Site) -> Value | None:
        url = next((found for key in row["url"] if (found := argument(arguments, key)) is not None), None)
        params = next((found for key in row.get("params", []) if (found := argument(arguments, key)) is not None), None)
        if url is None:
            return None
        if params is None:
            return ops.as_text(url)
        result = ops.concat([url, ops.literal("?"), ops.query(params)])
        for one in alternatives(result):
            if isinstance(one, Text):
                self.made(one, site)
        return result

    # Requests -----------------------------------------------------------------------------------------------------

    def _request(self, row: Row, callee: Value, arguments: Arguments, site: Site, *, sure: bool) -> bool:
        login = self._login(row, callee, arguments, sure=sure)
        if login is None:
            return False
        value: Value | None = None
        for key in row.get("scope", []):
            value = _scope_argument(key, callee, arguments)
            if value is not None:
                break
        if value is None and arguments.missing is not None:
            value = arguments.missing
        if value is None and not row.get("default"):
            return True
        via = f"{row['library']}: {row.get('shown', row['calls'][0] if 'calls' in row else row['name'])}"
        self.notes.asked.append(Asked(site, value, login, via, row=row))
        return True

    def _login(self, row: Row, callee: Value, arguments: Arguments, *, sure: bool) -> tuple[str, ...] | None:
        if "logins" in row:
            for key in row["provider"]:
                name = known_text(_scope_argument(key, callee, arguments))
                if name is not None:
                    login = row["logins"].get(name.lower())
                    if login is not None:
                        return (login,)
            for key in row.get("address", ["authorize_url", "access_token_url", "api_base_url"]):
                found = self._address(_scope_argument(key, callee, arguments))
                if found is not None:
                    return tuple([one.id for one in found.logins])
            return None
        if "address" in row:
            for key in row["address"]:
                found = self._address(_scope_argument(key, callee, arguments))
                if found is not None:
                    return tuple([one.id for one in found.logins])
            return None
        return (row["login"],) if sure or "login" in row else None

    def _address(self, value: Value | None) -> Address | None:
        if value is None or (isinstance(value, Lazy) and value.value is None and not _may_be_address(value)):
            return None
        for one in alternatives(value):
            if isinstance(one, Text):
                found = addresses.dialog(one, self.catalog)
                if found is not None:
                    return found
        return None

    def _beside_address(self, callee: Value, arguments: Arguments, site: Site) -> None:
        """Any call that takes a dialog's address and, in the same call or an earlier one in its path, scopes."""
        address: Address | None = None
        for value in arguments.all():
            if isinstance(value, (Text, Either)):
                found = self._address(value)
                if found is not None and not any(name in found.parameters for name in SCOPE_KEYS):
                    address = found
                    break
        if address is None:
            address = self._earlier_address(callee)
            if address is None:
                return
        value = next((arguments.named[name] for name in SCOPE_KEYS if name in arguments.named), None)
        if value is None:
            for inner in arguments.all():
                if isinstance(inner, Map):
                    value = next((inner.entries[name].value for name in SCOPE_KEYS if name in inner.entries), None)
                    if value is not None:
                        break
        for earlier in _earlier(callee):
            if value is None:
                value = next((earlier.named[name] for name in SCOPE_KEYS if name in earlier.named), None)
        if value is None:
            return
        ids = tuple([login.id for login in address.logins])
        self.notes.asked.append(Asked(site, value, ids, "scope beside the dialog URL", address=address))

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

    def _setting_value(self, row: Row, value: Value, site: Site) -> None:
        if "logins" in row:
            login = self._provider(row, value)
            if login is None:
                return
        else:
            login = row["login"]
        scope: Value | None = value
        if row.get("scope"):
            scope = None
            for key in row["scope"]:
                scope = _dig(value, key.split("."))
                if scope is not None:
                    break
            span = next((option.span for option in alternatives(value) if isinstance(option, Map) and option.span), None)
            if span is not None:
                program, start, _ = span
                site = Site(program, start, start + 1, 0)
        if scope is None and not row.get("default"):
            return
        via = f"{row['library']}: {row.get('shown', row['name'])}"
        self.notes.asked.append(Asked(site, scope, (login,), via, row=row))

    def _provider(self, row: Row, value: Value) -> str | None:
        for key in row.get("provider", []):
            name = known_text(_dig(value, key.split(".")))
            if name is not None:
                login: str | None = row["logins"].get(name.lower())
                return login
        return None


def argument(arguments: Arguments, key: str) -> Value | None:
    """An argument by a row's key: `#1` by position, else by name; `a.b` goes into a mapping."""
    if key.startswith("#"):
        return arguments.get(int(key[1:]))
    name, _, rest = key.partition(".")
    value = arguments.named.get(name)
    if value is None or not rest:
        return value
    return _dig(value, rest.split("."))


def _dig(value: Value, keys: list[str]) -> Value | None:
    for key in keys:
        found: list[Value] = []
        for option in alternatives(value):
            if isinstance(option, Map) and key in option.entries:
                item = option.entries[key]
                found.append(item.value)
            elif isinstance(option, Instance) and key in option.attributes:
                found.append(option.attributes[key])
        if not found:
            return None
        value = either(found)
    return value


def _scope_argument(key: str, callee: Value, arguments: Arguments) -> Value | None:
    """As `argument`; `^name` looks at the earlier calls in the callee's path."""
    if not key.startswith("^"):
        return argument(arguments, key)
    owner: Value | None = callee
    while isinstance(owner, External):
        if owner.arguments is not None:
            found = argument(owner.arguments, key[1:])
            if found is not None:
                return found
        owner = owner.owner
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
    return isinstance(cast, External) and any(path.endswith(("Csv()", "CommaSeparatedStrings", "list")) for path in cast.paths)


def _split_texts(value: Value) -> Value:
    def one(value: Value) -> Value:
        return ops.split(value, ",") if isinstance(value, Text) else value

    return spread(value, one)


def _may_be_address(value: Lazy) -> bool:
    name = value.name.lower()
    return any(word in name for word in ("url", "uri", "auth", "endpoint", "dialog"))
