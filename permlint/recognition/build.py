"""Makes the compact form of the tables: `python -m permlint.recognition.build` after a change of the TOML."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
COMPILED = DATA / "recognition.json"
CALLS = DATA / "calls.json"

_ASKS = {"accepts", "address", "adds", "config", "default", "default_empty", "default_if", "default_kept", "login", "logins",
         "mangles", "names", "note", "otherwise", "provider", "scope", "shown", "unless", "when"}  # fmt: skip
_REQUEST = {*_ASKS, "calls", "loose", "takes_over"}
_SETTING = {*_ASKS, "name", "path", "holds"}
_MAPPING = {*_ASKS, "entry", "values", "words"}
_DOCUMENT = {*_ASKS, "base", "beside", "files", "known", "path", "reads", "settings"}
_CARRIES = {"calls", "url", "params", "note"}
_CONSTANT = {"paths", "value", "capitals", "note"}
_KINDS = {"request": _REQUEST, "setting": _SETTING, "mapping": _MAPPING, "document": _DOCUMENT,
          "carries": _CARRIES, "constant": _CONSTANT}  # fmt: skip
_LIBRARY = {"name", "names", "needles", "uses", "wraps", "source", "date", "note", *_KINDS}
_CALL_KINDS = {
    "verb": {"names", "method"},
    "setter": {"calls", "on", "of", "key", "value", "many", "names", "into", "library", "source", "date", "note"},
    "runner": {"calls", "on", "names", "library", "source", "date", "note"},
    "session": {"on", "base", "told", "library", "source", "date"},
    "call": {
        "library",
        "calls",
        "method",
        "host",
        "path",
        "fields",
        "pairs",
        "rest",
        "version",
        "sends",
        "sent",
        "renames",
        "source",
        "date",
        "note",
    },
    "version": {"calls", "version", "library", "source", "date", "note"},
    "command": {
        "names",
        "library",
        "scheme",
        "takes",
        "flags",
        "valued",
        "items",
        "runs",
        "source",
        "date",
        "note",
    },
    "sdk": {"packages", "asynchronous", "methods", "source", "date", "note"},
}
_FILES = {"files", "folders", "document", "literal"}
_READER = {"calls", "name", "default", "splits", "scheme", "cast", *_FILES, "source", "date", "note"}
_ENVIRONMENT = {"files", "path", "source", "date", "note"}
_SETTINGS = {"objects", "environment", *_FILES, "source", "date", "note"}


class TableError(Exception):
    """A row of the tables is not of the form that they promise."""


def compiled() -> str:
    """The compact form of all tables as JSON. Raises TableError naming the row that is wrong."""
    libraries = _all("libraries")["library"]
    readers = _all("readers")
    kinds = ("requests", "settings", "mappings", "documents", "carries", "constants")
    out: dict[str, Any] = {"needles": [], "document_needles": [], **{kind: [] for kind in kinds}}
    for library in libraries:
        _check(library, _LIBRARY, f"library {library.get('name')}")
        if not library.get("source") or not library.get("date"):
            raise TableError(f"library {library['name']} names no source or date")
        out["document_needles" if "document" in library else "needles"] += library.get("needles", [])
        for kind, known in _KINDS.items():
            for row in library.get(kind, []):
                _check(row, known, f"library {library['name']}, {kind}")
                plural = "carries" if kind == "carries" else f"{kind}s"
                own = {key: library[key] for key in ("names", "uses", "wraps") if key in library and "scope" in known}
                kept = {key: value for key, value in row.items() if key != "note"}
                out[plural].append({"library": library["name"], **own, **kept})
    for reader in readers["reader"]:
        _check(reader, _READER, "reader")
    for settings in readers["settings"]:
        _check(settings, _SETTINGS, "settings")
    for environment in readers["environment"]:
        _check(environment, _ENVIRONMENT, "environment")
    out["environments"] = [_without_source(row) for row in readers["environment"]]
    out["document_needles"] = sorted(set(out["document_needles"]))
    out["readers"] = [_without_source(row) for row in readers["reader"]]
    out["objects"] = [_without_source(row) for row in readers["settings"]]
    out["telling"] = _all("clients")["telling"]["names"]
    out["needles"] = sorted({*out["needles"], *out["telling"]})
    return json.dumps(out, separators=(",", ":"), sort_keys=True) + "\n"


def compiled_calls() -> str:
    """The compact form of the tables of Graph calls. Raises TableError naming the row that is wrong."""
    data = _all("clients")
    _check(data, {"words", "answer", "foreign", "telling", *_CALL_KINDS}, "clients.toml")
    for kind, known in _CALL_KINDS.items():
        for row in data.get(kind, []):
            _check(row, known, f"clients.toml, {kind}")
    out = {
        "words": _without_source(data["words"]),
        "answer": _without_source(data["answer"]),
        "foreign": _without_source(data["foreign"]),
        "sdks": [_without_source(row) for row in data["sdk"]],
        "verbs": data["verb"],
        "setters": [_without_source(row) for row in data.get("setter", [])],
        "runners": [_without_source(row) for row in data.get("runner", [])],
        "sessions": [_without_source(row) for row in data["session"]],
        "calls": [_without_source(row) for row in data.get("call", [])],
        "versions": [_without_source(row) for row in data.get("version", [])],
        "commands": [_without_source(row) for row in data.get("command", [])],
    }
    return json.dumps(out, separators=(",", ":"), sort_keys=True) + "\n"


def _all(kind: str) -> dict[str, Any]:
    """The tables of one kind: of the file of that name, and of those that add a language's (`libraries_php.toml`).

    Raises TableError for rows that are out of order, and for a table that only the first file may hold.
    """
    import tomli

    out: dict[str, Any] = {}
    for path in sorted(DATA.glob(f"{kind}*.toml")):
        for name, rows in tomli.loads(path.read_text(encoding="utf-8")).items():
            if name == "library":
                names = [row.get("name", "") for row in rows]
                if names != sorted(names, key=str.lower):
                    raise TableError(f"{path.name} is not sorted by name")
            if name in out and not isinstance(rows, list):
                raise TableError(f"{path.name}: [{name}] stands in another file")
            out[name] = [*out.get(name, []), *rows] if isinstance(rows, list) else rows
    return out


def _check(row: dict[str, Any], known: set[str], where: str) -> None:
    unknown = set(row) - known
    if unknown:
        raise TableError(f"{where}: unknown key {min(unknown)!r}")


def _without_source(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ("source", "date", "note")}


def main() -> int:
    """Writes the compact form. Returns 0; 1 with a message where a table is wrong."""
    try:
        COMPILED.write_text(compiled(), encoding="utf-8")
        CALLS.write_text(compiled_calls(), encoding="utf-8")
    except TableError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
