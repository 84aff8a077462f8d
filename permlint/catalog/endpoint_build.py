"""Compile what calls need into the JSON of run time: ``python -m permlint.catalog.endpoint_build``.

Reads ``data/endpoints_*.toml``, ``data/sdk_methods.toml`` and ``data/hosts.toml``, checks every row, and writes
``endpoints.json``, ``sdk.json`` and ``hosts.json`` beside them. They stay apart from ``catalog.json``: they are read
only where code calls something.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from permlint.catalog.build import compact
from permlint.catalog.model import CatalogError
from permlint.catalog.store import load

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parent / "data"
COMPILED = DATA / "endpoints.json"
SDK = DATA / "sdk.json"
HOSTS = DATA / "hosts.json"

Row = dict[str, Any]

KINDS = frozenset(
    {
        "dead",
        "feature",
        "inherits",
        "need",
        "none",
        "role",
        "unplaced",
        "unstated",
        "webhook",
    }
)
METHODS = frozenset({"ANY", "DELETE", "GET", "POST", "WEBHOOK"})
BASES = frozenset({"description", "error", "guide", "inferred", "reference", "report", "rule", "specification"})
TOKENS = frozenset({"app", "client", "instagram-user", "none", "page", "system-user", "threads-user", "user"})
TASKS = frozenset({"ADVERTISE", "ANALYZE", "CREATE_CONTENT", "EDIT_PROFILE", "MANAGE", "MESSAGING", "MODERATE"})
REQUIRED: dict[str, type] = {
    "hosts": list,
    "method": str,
    "path": str,
    "kind": str,
    "basis": str,
    "confidence": str,
    "source": str,
    "date": date,
}
OPTIONAL: dict[str, type] = {
    "all_of": list,
    "any_of": list,
    "sure": list,
    "fields": list,
    "when": list,
    "circumstance": str,
    "token": list,
    "tasks": list,
    "or_feature": list,
    "and_feature": list,
    "bm_role": list,
    "general": bool,
    "since": date,
    "until": date,
    "note": str,
    "also": list,
    "against": list,
}
NODE = ("title", "is", "words", "elsewhere", "classes", "fields")
CONDITION = frozenset({"param", "present", "is", "contains", "url", "default", "inside"})
TESTS = frozenset({"present", "is", "contains", "url"})
SEGMENT = re.compile(r"[a-z0-9_-]+|(act_)?\{[a-z-]+\}|\*")
METHOD_LINE = re.compile(
    r"(?P<name>\w+) (?P<verb>GET|POST|DELETE|PUT) (?P<path>\.|(?:\.|\^|me|)/[\w*./{}-]+)"
    r"(?: -> (?P<target>\w+))?(?: \(until (?P<until>[\d.]+)\))?"
)


def read_rows(folder: Path = DATA) -> dict[str, list[Row]]:
    """Read the TOML files: the rows of each file by its name, and the ``node`` and ``sign`` tables.

    Raises CatalogError if one is missing or no TOML.
    """
    files: dict[str, list[Row]] = {}
    for path in sorted(folder.glob("endpoints_*.toml")):
        data = _toml(path)
        if path.name == "endpoints_nodes.toml":
            files |= {"node": data["node"], "sign": data["sign"]}
        else:
            files[path.name] = data["endpoint"]
    return files


def read_sdk(folder: Path = DATA) -> Row:
    """Read the table of the SDK's methods. Raises CatalogError if it is missing or no TOML."""
    return _toml(folder / "sdk_methods.toml")


def read_hosts(folder: Path = DATA) -> Row:
    """Read the tables of hosts and their families. Raises CatalogError if they are missing or no TOML."""
    return _toml(folder / "hosts.toml")


def problems(files: dict[str, list[Row]]) -> list[str]:
    """Read every row and name everything that is wrong with it; nothing if all is well."""
    names = {row["name"] for row in files["node"]}
    found = [*_nodes(files)]
    for file, rows in files.items():
        if file in ("node", "sign"):
            continue
        for row in rows:
            where = f"{file}: {row.get('method')} {row.get('path')}"
            found += [f"{where}: {text}" for text in (*_shape(row), *_values(row, names))]
        keys = [sort_key(row) for row in rows if not REQUIRED.keys() - row.keys()]
        found += [f"{file}: not sorted, or twice: {b}" for a, b in pairwise(keys) if a >= b]
    return found


def sdk_problems(data: Row) -> list[str]:
    """Name every line of the SDK's table that can't be read."""
    lines = [("base", line) for line in data["base"]]
    lines += [(name, line) for name, row in data["classes"].items() for line in row.get("methods", ())]
    found = [f"{where}: {line}" for where, line in lines if METHOD_LINE.fullmatch(line) is None]
    methods = {line.split(" ", 1)[0] for _, line in lines}
    found += [f"asynchronous: no method {name}" for pair in data["asynchronous"].items() for name in {*pair} - methods]
    if list(data["classes"]) != sorted(data["classes"]) or data["plain"] != sorted(set(data["plain"])):
        found.append("sdk_methods.toml: not sorted")
    return found


def hosts_problems(data: Row, files: dict[str, list[Row]]) -> list[str]:
    """Name everything that is wrong with the tables of hosts: with their rows, or what they name."""
    families, hosts = data["family"], data["host"]
    found = [
        f"hosts.toml: not sorted, or twice: {b['name']}"
        for rows in (families, hosts)
        for a, b in pairwise(rows)
        if a["name"] >= b["name"]
    ]
    for row in (*families, *hosts):
        if not row.get("source") or not isinstance(row.get("date"), date):
            found.append(f"hosts.toml: {row['name']}: lacks a source or a date")
    nodes = {row["name"] for row in files["node"]}
    names = {row["name"] for row in families}
    taking = {row["name"] for row in hosts if "family" in row}
    for row in families:
        if set(row) != {"name", "me", "source", "date"} or row["me"] != sorted(set(row["me"]) & nodes):
            found.append(f"hosts.toml: {row['name']}: me is not sorted, or names no node")
    for row in hosts:
        if len(row.keys() & {"family", "like"}) != 1 or set(row) - {"name", "family", "like", "source", "date"}:
            found.append(f"hosts.toml: {row['name']}: needs either family or like")
        elif row.get("family", families[0]["name"]) not in names or row.get("like", min(taking)) not in taking:
            found.append(f"hosts.toml: {row['name']}: names no family, or no host that has one")
    return found


def compiled(files: dict[str, list[Row]], sdk: Row) -> str:
    """Give the JSON text of what calls need, always the same for the same rows."""
    rows = sorted((row for file, table in files.items() if file not in ("node", "sign") for row in table), key=sort_key)
    sources = sorted(
        {row["source"] for row in rows}
        | {entry["source"] for row in rows for key in ("also", "against") for entry in row.get(key, ())}
    )
    number = {source: at for at, source in enumerate(sources)}
    index: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        if row["kind"] not in ("webhook", "unplaced"):
            fixed = [part for part in row["path"].split("/") if part and "{" not in part]
            index.setdefault(fixed[-1] if fixed else "", []).append(at)
    data: dict[str, Any] = {
        "sources": sources,
        "nodes": {row["name"]: _node(row) for row in files["node"]},
        "signs": [{key: row[key] for key in ("edge", "fields", "nodes") if key in row} for row in files["sign"]],
        "gives": _gives(files, sdk),
        "depends": _depends(rows),
        "index": index,
        "rows": [_flat(row, number) for row in rows],
    }
    parts = []
    for key, value in data.items():
        if key == "rows":
            lines = ",\n".join(compact(row) for row in value)
            parts.append(f'"rows": [\n{lines}\n]')
        else:
            parts.append(f'"{key}": {compact(value)}')
    return "{" + ",\n".join(parts) + "}\n"


def compiled_sdk(data: Row) -> str:
    """Give the JSON text of the SDK's methods: by class, by method, what each one calls."""
    classes: dict[str, Any] = {name: {} for name in data["plain"]}
    endpoints: dict[str, str] = {}
    for name, row in data["classes"].items():
        if "endpoint" in row:
            endpoints[name] = row["endpoint"]
        classes[name] = _methods(row.get("methods", ()))
    parts = {
        "source": data["source"],
        "version": data["version"],
        "date": data["date"],
        "base": _methods(data["base"]),
        "asynchronous": data["asynchronous"],
        "fields": data["fields"],
        "endpoints": endpoints,
    }
    text = ",\n".join(f'"{key}": {compact(value)}' for key, value in parts.items())
    lines = ",\n".join(f'"{name}": {compact(classes[name])}' for name in sorted(classes))
    return "{" + text + ',\n"classes": {\n' + lines + "\n}}\n"


def compiled_hosts(data: Row) -> str:
    """Give the JSON text of the hosts: their families, the hosts like them, and what /me is for each family."""
    parts = {
        "families": {row["name"]: row["family"] for row in data["host"] if "family" in row},
        "same": {row["name"]: row["like"] for row in data["host"] if "like" in row},
        "me": {row["name"]: row["me"] for row in data["family"]},
    }
    return "{" + ",\n".join(f'"{key}": {compact(value)}' for key, value in parts.items()) + "}\n"


def main() -> int:
    """Check the data and write the compiled files; 1 if something is wrong, told on stderr."""
    try:
        files, sdk, hosts = read_rows(), read_sdk(), read_hosts()
    except CatalogError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    wrong = problems(files) + sdk_problems(sdk) + hosts_problems(hosts, files)
    if wrong:
        sys.stderr.write("".join(f"{line}\n" for line in wrong))
        return 1
    COMPILED.write_text(compiled(files, sdk), encoding="utf-8", newline="\n")
    SDK.write_text(compiled_sdk(sdk), encoding="utf-8", newline="\n")
    HOSTS.write_text(compiled_hosts(hosts), encoding="utf-8", newline="\n")
    return 0


def sort_key(row: Row) -> tuple[Any, ...]:
    """Say where a row stands in its file: by host, path, method, and by what tells it from its neighbours."""
    return (
        row["hosts"],
        row["path"],
        row["method"],
        row["kind"],
        row.get("fields", []),
        json.dumps(row.get("when", []), sort_keys=True),
        row.get("circumstance", ""),
        row.get("all_of", []),
        row.get("any_of", []),
        row.get("sure", []),
        row["source"],
    )


def _toml(path: Path) -> Row:
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogError(f"{path.name}: {error}") from error


def _shape(row: Row) -> Iterator[str]:
    known = REQUIRED | OPTIONAL
    for key in sorted(REQUIRED.keys() - row.keys()):
        yield f"lacks {key}"
    for key, value in row.items():
        if key not in known:
            yield f"unknown key {key}"
        elif not isinstance(value, known[key]):
            yield f"{key} is of the wrong type"
    for key, needed in (("also", {"source", "date"}), ("against", {"all_of", "note", "source", "date"})):
        yield from (f"{key}: {sorted(entry)}" for entry in row.get(key, ()) if set(entry) != needed)
    for source in (row, *row.get("also", ()), *row.get("against", ())):
        if not isinstance(source.get("date"), date) or not source.get("source"):
            yield "a source without a name or a date"


def _values(row: Row, nodes: set[str]) -> Iterator[str]:
    for key, value, choice in (
        ("kind", [row.get("kind")], KINDS),
        ("method", [row.get("method")], METHODS),
        ("basis", [row.get("basis")], BASES),
        ("confidence", [row.get("confidence")], {"high", "medium", "low"}),
        ("token", row.get("token", ()), TOKENS),
        ("tasks", row.get("tasks", ()), TASKS),
    ):
        yield from (f"{key} is {one}" for one in value if one not in choice)
    catalog = load()
    for name in sorted(_named(row)):
        if catalog.canonical(name) != name:
            yield f"{name} is no permission"
    for key in ("all_of", "sure", "fields", "bm_role", "token", "hosts"):
        if row.get(key, []) != sorted(set(row.get(key, ()))):
            yield f"{key} is not sorted"
    needs = bool(row.get("all_of") or row.get("any_of"))
    if row.get("kind") == "need" and not needs:
        yield "a need that names nothing"
    if not set(row.get("sure", ())) <= set(row.get("all_of", ())):
        yield "sure holds what all_of lacks"
    if "since" in row and "until" in row and row["since"] >= row["until"]:
        yield "since lies behind until"
    for feature in (*row.get("or_feature", ()), *row.get("and_feature", ())):
        if catalog.feature(feature) is None:
            yield f"{feature} is no feature"
    for condition in row.get("when", ()):
        for one in condition.get("any", [condition]):
            if "param" not in one or not set(one) <= CONDITION or len(set(one) & TESTS) != 1:
                yield f"a condition of unknown form: {one}"
    if row.get("kind") in ("webhook", "unplaced"):
        return
    path = row.get("path", "")
    if not path.startswith("/") or not all(SEGMENT.fullmatch(part) for part in path.split("/")[1:] if path != "/"):
        yield "a path of unknown form"
    elif (first := node_of(path)) is not None and first not in nodes:
        yield f"an unknown node: {first}"


def _nodes(files: dict[str, list[Row]]) -> Iterator[str]:
    names = [row["name"] for row in files["node"]]
    if names != sorted(set(names)):
        yield "endpoints_nodes.toml: the nodes are not sorted"
    signs = [(row.get("edge", ""), row["fields"]) for row in files["sign"]]
    if signs != sorted(signs):
        yield "endpoints_nodes.toml: the signs are not sorted"
    taken: dict[str, str] = {}
    for row in files["node"]:
        yield from (f"{row['name']}: is {other}, which is no node" for other in row.get("is", ()) if other not in names)
        for name in row.get("classes", ()):
            if taken.setdefault(name, row["name"]) != row["name"]:
                yield f"{name} stands for both {taken[name]} and {row['name']}"
    for row in files["sign"]:
        yield from (f"sign: {node} is no node" for node in row["nodes"] if node not in names)


def node_of(path: str) -> str | None:
    """Say which node a path begins with, None if with a fixed word."""
    first = path.split("/")[1] if "/" in path else ""
    found = re.search(r"\{([a-z-]+)\}", first)
    return found.group(1).removesuffix("-id") if found else None


def _named(row: Row) -> set[str]:
    groups = [row.get("all_of", ()), row.get("bm_role", ()), *row.get("any_of", ())]
    groups += [entry["all_of"] for entry in row.get("against", ())]
    return {name for group in groups for name in group}


def _node(row: Row) -> Row:
    return {key: row[key] for key in NODE if key in row}


def _flat(row: Row, number: dict[str, int]) -> Row:
    """Cut a row to what run time wants: sources as numbers, its days those of its permissions too."""
    flat = dict(row)
    catalog = load()
    automatic = {p.name for p in catalog.permissions() if p.automatic}
    since, until = _days(row)
    flat |= {key: day for key, day in (("since", since), ("until", until)) if day is not None}
    if automatic & set(row.get("all_of", ())):
        flat["sure"] = sorted(set(row["sure"] if "sure" in row else row["all_of"]) - automatic)
    flat["source"] = number[row["source"]]
    for key in ("also", "against"):
        if key in row:
            flat[key] = [entry | {"source": number[entry["source"]]} for entry in row[key]]
    return flat


def _days(row: Row) -> tuple[date | None, date | None]:
    """Give from when until when a row holds: as it says, and as long as all its permissions exist."""
    catalog = load()
    view = catalog.as_of(catalog.date)
    since = [row["since"]] if "since" in row else []
    until = [row["until"]] if "until" in row else []
    for name in row.get("all_of", ()):
        permission = catalog.permission(name)
        if permission is None:
            continue
        if permission.first_known:
            since.append(permission.first_known)
        status = view.status(name)
        if status.removed:
            until.append(status.removed)
        elif status.kind == "removed":
            until.append(date(2010, 4, 21))
    return max(since, default=None), min(until, default=None)


def _depends(rows: list[Row]) -> dict[str, list[str]]:
    """Give what each permission that a row names depends on, by the newest table, as far as rows name it too."""
    catalog = load()
    view = catalog.as_of(catalog.date)
    named = {name for row in rows for name in row.get("all_of", ())}
    found = {name: sorted(named & set(view.dependencies(name))) for name in sorted(named)}
    return {name: names for name, names in found.items() if names}


def _gives(files: dict[str, list[Row]], sdk: Row) -> dict[str, str]:
    """Say what node an edge of a node gives, from the classes of the SDK's methods: {"user/accounts": "page"}."""
    kinds = {name: row["name"] for row in files["node"] for name in row.get("classes", ())}
    gives: dict[str, set[str]] = {}
    for name, row in sdk["classes"].items():
        for line in row.get("methods", ()):
            found = METHOD_LINE.fullmatch(line)
            if found is None or found["verb"] != "GET" or not found["path"].startswith("./") or found["until"]:
                continue
            here, there = kinds.get(name), kinds.get(found["target"] or "")
            if here and there:
                gives.setdefault(f"{here}/{found['path'][2:]}", set()).add(there)
    return {edge: there.pop() for edge, there in sorted(gives.items()) if len(there) == 1}


def _methods(lines: Any) -> dict[str, list[list[str]]]:
    methods: dict[str, list[list[str]]] = {}
    for line in lines:
        found = METHOD_LINE.fullmatch(line)
        if found is None:
            raise CatalogError(f"sdk_methods.toml: {line}")
        call = [found["verb"], found["path"], found["target"] or "", found["until"] or ""]
        while not call[-1]:
            call.pop()
        methods.setdefault(found["name"], []).append(call)
    return methods


if __name__ == "__main__":
    raise SystemExit(main())
