"""Compile the TOML files of ``data/`` into the JSON of run time: ``python -m permlint.catalog.build``."""

from __future__ import annotations

import json
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from permlint.catalog.model import CatalogError
from permlint.catalog.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

DATA = Path(__file__).parent / "data"
COMPILED = DATA / "catalog.json"

Row = dict[str, Any]
Rows = dict[str, list[Row]]

FAMILIES = frozenset(
    {
        "ads",
        "business",
        "commerce",
        "developer-tools",
        "gaming",
        "groups",
        "instagram-basic-display",
        "instagram-fb",
        "instagram-legacy",
        "instagram-login",
        "messenger",
        "oidc",
        "other",
        "pages",
        "threads",
        "user",
        "whatsapp",
    }
)

# What a row of each kind must and may hold, and of which type.
REQUIRED: dict[str, dict[str, type]] = {
    "permissions": {
        "name": str,
        "family": str,
        "summary": str,
        "logins": list,
        "review": str,
        "confidence": str,
    },
    "misspellings": {"text": str, "meant": list, "where": str},
    "features": {"name": str, "summary": str},
    "fields": {"name": str},
    "broader": {"narrower": str, "broader": str, "covers": str},
    "logins": {
        "id": str,
        "name": str,
        "group": str,
        "hosts": list,
        "scope_parameters": list,
        "separators": list,
        "allows": list,
        "allows_names": list,
        "refuses": list,
        "refuses_names": list,
    },
    "endpoints": {"login": str, "kind": str, "host": str, "path": str},
    "versions": {"api": str, "name": str, "released": date},
    "dependencies": {"id": str, "title": str, "row": list},
    "edge_statuses": {"name": str, "summary": str},
    "edge_operations": {"method": str, "host": str, "path": str, "summary": str, "result": str},
    "edge_errors": {"method": str, "code": int, "summary": str, "cure": str},
    "edge_general": {"code": int, "summary": str, "cure": str},
    "edge_words": {"text": str, "status": str},
    "dependency rows": {"name": str, "depends_on": list},
}
OPTIONAL: dict[str, dict[str, type | tuple[type, ...]]] = {
    "permissions": {
        "aliases": list,
        "allowed_usage": list,
        "listed": list,
        "seen": date,
        "introduced": dict,
        "deprecated": dict,
        "removed": (dict, bool),
        "last_known": date,
        "replacements": list,
        "scope_of": str,
        "graph": bool,
        "automatic": bool,
        "everyday": bool,
        "without_call": str,
        "note": str,
    },
    "features": {"aliases": list},
    "fields": {"permission": str},
    "broader": {"note": str},
    "logins": {"config_parameter": str, "usual": list, "versioned": bool, "closed": date, "note": str},
    "endpoints": {"legacy": bool, "note": str},
    "versions": {"expires": date, "note": str},
    "dependencies": {"until": date},
    "edge_errors": {"retry": bool},
    "edge_general": {"subcode": int, "retry": bool},
    "dependency rows": {"features": list, "accepted": dict, "accepted_source": str},
}
# Where the rows stand: file, table in it, and what they are sorted by.
FILES: dict[str, tuple[str, str, Callable[[Row], Any]]] = {
    "permissions": ("permissions.toml", "permission", lambda row: row["name"]),
    "misspellings": ("misspellings.toml", "misspelling", lambda row: row["text"]),
    "features": ("features.toml", "feature", lambda row: row["name"].casefold()),
    "fields": ("fields.toml", "field", lambda row: row["name"]),
    "broader": ("broader.toml", "broader", lambda row: (row["broader"], row["narrower"])),
    "logins": ("logins.toml", "login", lambda row: row["id"]),
    "endpoints": (
        "logins.toml",
        "endpoint",
        lambda row: (row["login"], row["kind"], row["host"], row["path"]),
    ),
    "versions": ("versions.toml", "version", lambda row: (row["api"], parse_version(row["name"]))),
    "dependencies": ("dependencies.toml", "table", lambda row: row["date"]),
    "edge_statuses": ("edge.toml", "status", lambda row: row["name"]),
    "edge_operations": ("edge.toml", "operation", lambda row: (row["method"], row["path"])),
    "edge_errors": ("edge.toml", "error", lambda row: (row["method"], row["code"])),
    "edge_general": ("edge.toml", "general", lambda row: (row["code"], row.get("subcode", 0))),
    "edge_words": ("edge.toml", "word", lambda row: row["text"]),
}
PARTS = {
    "introduced": {"date", "version", "approximate"},
    "deprecated": {"date", "version", "seen"},
    "removed": {"date", "version"},
}


def read_rows(folder: Path = DATA) -> Rows:
    """Read the TOML files of a folder, untouched. Raises CatalogError if one is missing or no TOML."""
    rows: Rows = {}
    for kind, (file, table, _) in FILES.items():
        rows[kind] = _table(folder / file, table)
    return rows


def problems(rows: Rows) -> list[str]:
    """Read the whole catalog and name everything that is wrong with it; nothing if all is well."""
    shape = [*_shapes(rows)]
    return shape or [*_order(rows), *_permissions(rows), *_names(rows), *_dependencies(rows), *_logins(rows)]


def compiled(rows: Rows) -> str:
    """Give the JSON text of the catalog, always the same for the same rows, one row a line."""
    data: dict[str, Any] = dict(rows)
    data["permissions"] = [_flat(row) for row in rows["permissions"]]
    parts = [f'"date": {compact(max(table["date"] for table in rows["dependencies"]))}']
    for kind in sorted(data):
        lines = ",\n".join(compact(row) for row in data[kind])
        parts.append(f'"{kind}": [\n{lines}\n]')
    return "{" + ",\n".join(parts) + "}\n"


def main() -> int:
    """Check the data and write the compiled catalog; 1 if something is wrong with it, told on stderr."""
    try:
        rows = read_rows()
    except CatalogError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    wrong = problems(rows)
    if wrong:
        sys.stderr.write("".join(f"{line}\n" for line in wrong))
        return 1
    COMPILED.write_text(compiled(rows), encoding="utf-8", newline="\n")
    return 0


def _table(path: Path, table: str) -> list[Row]:
    try:
        rows = tomli.loads(path.read_text(encoding="utf-8"))[table]
    except (OSError, ValueError) as error:
        raise CatalogError(f"{path.name}: {error}") from error
    except KeyError:
        raise CatalogError(f"{path.name}: holds no [[{table}]]") from None
    if not (isinstance(rows, list) and all(isinstance(row, dict) for row in rows)):
        raise CatalogError(f"{path.name}: {table} is no array of tables")
    return rows


def compact(value: Any) -> str:
    """Give the JSON text of a value on one line, always the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=date.isoformat)


def _flat(row: Row) -> Row:
    """Spread {version, date} over keys of their own, as the record at run time has them."""
    flat = {key: value for key, value in row.items() if key not in PARTS}
    for key, value in row.items():
        if key == "removed":
            flat["is_removed"] = True
        for part, held in value.items() if isinstance(value, dict) else ():
            flat[key if part == "date" else f"{key}_{part}"] = held
    return flat


def _shapes(rows: Rows) -> Iterator[str]:
    tables = [(kind, row) for kind in FILES for row in rows[kind]]
    tables += [("dependency rows", row) for table in rows["dependencies"] for row in table.get("row", ())]
    for kind, row in tables:
        required = REQUIRED[kind] | {"source": str, "date": date}
        known = required | OPTIONAL.get(kind, {})
        where = f"{kind}: {next((row[k] for k in ('name', 'text', 'id', 'narrower', 'path') if k in row), '?')}"
        for key in required.keys() - row.keys():
            yield f"{where}: lacks {key}"
        for key, value in row.items():
            if key not in known:
                yield f"{where}: unknown key {key}"
            elif not isinstance(value, known[key]):
                yield f"{where}: {key} is of the wrong type"
            elif isinstance(value, list) and key != "row" and not all(isinstance(item, str) for item in value):
                yield f"{where}: {key} holds something that is no string"
            elif isinstance(value, dict) and not (value and value.keys() <= PARTS.get(key, value.keys())):
                yield f"{where}: {key} holds unknown keys"
        if not str(row.get("source", "https://")).startswith(("https://", "http://")):
            yield f"{where}: the source is no URL"


def _order(rows: Rows) -> Iterator[str]:
    for kind, (file, _, key) in FILES.items():
        yield from _sorted(f"{file} ({kind})", [key(row) for row in rows[kind]])
    for table in rows["dependencies"]:
        yield from _sorted(f"dependencies.toml ({table['id']})", [row["name"] for row in table["row"]])


def _sorted(where: str, keys: list[Any]) -> Iterator[str]:
    for one, other in pairwise(keys):
        if one == other:
            yield f"{where}: twice {one}"
        elif one > other:
            yield f"{where}: {other} stands behind {one}"


def _permissions(rows: Rows) -> Iterator[str]:
    releases = {row["name"]: row["released"] for row in rows["versions"] if row["api"] == "graph"}
    tables = {table["id"] for table in rows["dependencies"]}
    for row in rows["permissions"]:
        name = row["name"]
        for key, choice in (
            ("family", FAMILIES),
            ("review", {"yes", "no", "unknown"}),
            ("confidence", {"high", "medium", "low"}),
        ):
            if row[key] not in choice:
                yield f"{name}: {key} is {row[key]}"
        if not set(row.get("listed", ())) <= tables:
            yield f"{name}: listed in an unknown table"
        days = []
        for key in ("introduced", "deprecated", "removed"):
            part = row.get(key)
            if not isinstance(part, dict):
                continue
            version = part.get("version")
            if version is not None and version not in releases:
                yield f"{name}: {key} in {version}, which never existed"
            day = part.get("date") or part.get("seen") or releases.get(version or "")
            if day is None:
                yield f"{name}: {key} says neither when nor in which version"
            elif key == "introduced" and version is not None and day != releases.get(version):
                yield f"{name}: {key} in {version} on another day than its release"
            else:
                days.append(day)
        if "seen" in row:
            days.insert(0, row["seen"])
            if "introduced" in row:
                yield f"{name}: both introduced and seen"
        days += [row["last_known"]] if "last_known" in row else []
        if days != sorted(days):
            yield f"{name}: its dates are not in order"
        if row.get("removed") is False:
            yield f"{name}: removed is true or left out"
        if {"removed", "last_known"} <= row.keys():
            yield f"{name}: removed, so its status is known"


def _names(rows: Rows) -> Iterator[str]:
    permissions = {row["name"] for row in rows["permissions"]}
    aliases = [alias for row in rows["permissions"] for alias in row.get("aliases", ())]
    taken = [*permissions, *aliases]
    yield from (f"{name}: both a name and an alias, or an alias twice" for name in _twice(taken))
    wrong = {row["text"] for row in rows["misspellings"]}
    fields = {row["name"] for row in rows["fields"]}
    yield from (f"{name}: a permission, not a misspelling" for name in sorted(wrong & set(taken)))
    yield from (f"{name}: a permission, not a field" for name in sorted(fields & set(taken)))
    mentions: list[tuple[str, Iterable[str]]] = []
    for row in rows["permissions"]:
        meant = [row["scope_of"]] if "scope_of" in row else []
        mentions.append((row["name"], [*row.get("replacements", ()), *meant]))
    mentions += [(row["text"], row["meant"]) for row in rows["misspellings"]]
    mentions += [(row["name"], [row["permission"]]) for row in rows["fields"] if "permission" in row]
    mentions += [("broader.toml", [row["narrower"], row["broader"]]) for row in rows["broader"]]
    mentions += [(row["id"], [*row["allows_names"], *row["refuses_names"]]) for row in rows["logins"]]
    for table in rows["dependencies"]:
        mentions += [(table["id"], [row["name"], *row["depends_on"]]) for row in table["row"]]
        for row in table["row"]:
            for dependency, others in row.get("accepted", {}).items():
                mentions.append((table["id"], [dependency, *others]))
    for where, names in mentions:
        yield from (f"{where}: names {name}, which is no permission" for name in names if name not in permissions)
    graph = {row["name"]: list(row.get("replacements", ())) for row in rows["permissions"]}
    yield from (f"{name}: its replacements lead back to it" for name in _cycles(graph))
    statuses = {row["name"] for row in rows["edge_statuses"]}
    for row in rows["edge_words"]:
        if row["text"] in statuses or row["status"] not in statuses:
            yield f"edge.toml: {row['text']}: a status itself, or stands for none"
    words = ["".join(w for w in n.casefold() if w not in " _-") for r in rows["features"] for n in _names_of(r)]
    yield from (f"features.toml: twice {word}" for word in _twice(words))


def _names_of(row: Row) -> list[str]:
    return [row["name"], *row.get("aliases", ())]


def _dependencies(rows: Rows) -> Iterator[str]:
    tables = rows["dependencies"]
    features = {row["name"] for row in rows["features"]}
    for table in tables:
        graph = {row["name"]: row["depends_on"] for row in table["row"]}
        yield from (f"dependencies.toml ({table['id']}): {name} depends on itself" for name in _cycles(graph))
        for row in table["row"]:
            if not row["depends_on"] or row["depends_on"] != sorted(set(row["depends_on"])):
                yield f"dependencies.toml ({table['id']}): {row['name']}: empty or not sorted"
            if not set(row.get("features", ())) <= features:
                yield f"dependencies.toml ({table['id']}): {row['name']}: an unknown feature"
    for table, later in pairwise(tables):
        if not table["date"] <= table.get("until", table["date"]) < later["date"]:
            yield f"dependencies.toml ({table['id']}): until lies outside its time"
    if tables and "until" in tables[-1]:
        yield "dependencies.toml: the newest table has no until"


def _logins(rows: Rows) -> Iterator[str]:
    logins = {row["id"]: row for row in rows["logins"]}
    for row in rows["logins"]:
        if not set(row["allows"]) | set(row["refuses"]) <= FAMILIES:
            yield f"{row['id']}: an unknown family"
        for one, other in (("allows", "refuses"), ("allows_names", "refuses_names")):
            yield from (f"{row['id']}: both allows and refuses {x}" for x in sorted({*row[one]} & {*row[other]}))
    for row in rows["endpoints"]:
        if row["login"] not in logins or row["kind"] not in {"authorize", "token"}:
            yield f"logins.toml: {row['host']}{row['path']}: an unknown login or kind"
    for row in rows["permissions"]:
        for login in row["logins"]:
            rules = logins.get(login)
            if rules is None:
                yield f"{row['name']}: an unknown login {login}"
                continue
            named = row["name"] in rules["allows_names"]
            if row["name"] in rules["refuses_names"] or (row["family"] in rules["refuses"] and not named):
                yield f"{row['name']}: {login} refuses it"
    for row in rows["versions"]:
        if row["api"] not in {"graph", "marketing"}:
            yield f"versions.toml: an unknown api {row['api']}"
        if row.get("expires", date.max) <= row["released"]:
            yield f"versions.toml: {row['name']} expires before it is released"


def _twice(names: Iterable[str]) -> list[str]:
    given = list(names)
    return sorted({name for name in given if given.count(name) > 1})


def _cycles(graph: dict[str, list[str]]) -> list[str]:
    """Give the nodes that can be reached from themselves."""
    found = []
    for start, first in graph.items():
        reached: set[str] = set()
        edge = list(first)
        while edge:
            at = edge.pop()
            if at not in reached:
                reached.add(at)
                edge += graph.get(at, ())
        if start in reached:
            found.append(start)
    return found


if __name__ == "__main__":
    raise SystemExit(main())
