"""The command `config`: the settings that count, and where each of them comes from."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Literal

from permlint import __version__
from permlint.cli.output import write
from permlint.cli.project import open_project
from permlint.config import DEFAULT_EXCLUDE, DEFAULT_TESTS, shown_path
from permlint.config.locate import read_config
from permlint.config.schema import lines_of_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from permlint.config import AppConfig, Config

_DEFAULTS = {"exclude": DEFAULT_EXCLUDE, "tests": DEFAULT_TESTS}
_WITHOUT = {
    "select": "the rules that are on by default",
    "graph-version": "the newest that the app names, else the newest that lives",
}


def config(paths: Sequence[str], *, config: str | None, isolated: bool, format_: Literal["text", "json"]) -> int:
    """Writes the settings of a project. The arguments are the command's; returns the exit status."""
    project = open_project(paths, config=config, isolated=isolated, quiet=True)
    found = project.config
    lines: dict[tuple[str, ...], int] = {}
    if found.file is not None:
        content = read_config(found.file) or b""
        lines = lines_of_keys(content, pyproject=os.path.basename(found.file) == "pyproject.toml")
    file = None if found.file is None else shown_path(found.file, project.cwd)
    root = shown_path(found.root, project.cwd)
    if format_ == "json":
        from permlint.report.machine import VERSION, dump

        data = {"version": VERSION, "tool": f"permlint {__version__}", "root": root, "config": file}
        write(dump({**data, **_data(found, file, lines)}), None)
    else:
        write("".join(f"{line}\n" for line in _text(found, root, file, lines)), None)
    return 0


def settings_of(config: Config) -> dict[str, Any]:
    """Returns what can be set for a project, by its key in the config, but for the apps; None where there is no value."""
    return {
        "exclude": list(config.exclude),
        "tests": list(config.tests),
        "per-file-ignores": {pattern: list(rules) for pattern, rules in config.per_file_ignores},
        "severity": dict(config.severity),
        "fail-on": config.fail_on,
        "select": None if config.select is None else list(config.select),
        "extend-select": list(config.extend_select),
        "ignore": list(config.ignore),
        "min-confidence": config.min_confidence,
        "graph-version": config.graph_version,
        "require-suppression-reason": config.require_suppression_reason,
    }


def app_settings_of(app: AppConfig) -> dict[str, Any]:
    """Returns what can be set for an app, by its key in the config; None where there is no value."""
    return {
        "paths": list(app.paths),
        "graph-version": app.graph_version,
        **{
            key: [{name: value for name, value in _fields(one).items() if value is not None} for one in entries]
            for key, entries in (
                ("requests", app.requests),
                ("needs", app.needs),
                ("calls", app.calls),
                ("configurations", app.configurations),
            )
        },
    }


def _fields(entry: object) -> dict[str, Any]:
    fields = {key: value for key, value in vars(entry).items() if key != "where"}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in fields.items()}


def _line(key: tuple[str, ...], lines: Mapping[tuple[str, ...], int]) -> int | None:
    """The line that sets a key; an app has its Graph API version from the project where it sets none itself."""
    return lines.get(key) or (lines.get(key[-1:]) if key[-1] == "graph-version" else None)


def _data(config: Config, file: str | None, lines: Mapping[tuple[str, ...], int]) -> dict[str, Any]:
    def setting(value: Any, *key: str) -> dict[str, Any]:
        line = _line(key, lines)
        data: dict[str, Any] = {"value": value, "from": None if line is None else {"path": file, "line": line}}
        if key[0] in _DEFAULTS:
            data["default"] = list(_DEFAULTS[key[0]])
        return data

    return {
        "settings": {key: setting(value, key) for key, value in settings_of(config).items()},
        "apps": {
            app.name: {key: setting(value, "apps", app.name, key) for key, value in app_settings_of(app).items()}
            for app in config.apps
        },
    }


def _text(config: Config, root: str, file: str | None, lines: Mapping[tuple[str, ...], int]) -> Iterator[str]:
    """The settings as a config file, with a comment at each that says where it comes from."""

    def origin(*key: str) -> str:
        line = _line(key, lines)
        return "default" if line is None else f"{file}:{line}"

    yield f"# project: {root}"
    yield f"# config: {file or 'none'}"
    for key, value in settings_of(config).items():
        if key in _DEFAULTS:
            yield f"# {key}, by default: {', '.join(_DEFAULTS[key])}"
        if value is None:
            yield f"# {key}: {_WITHOUT[key]}  # default"
        else:
            yield f"{key} = {_toml(value)}  # {origin(key)}"
    for app in config.apps:
        yield ""
        yield f"[apps.{json.dumps(app.name)}]  # {origin('apps', app.name)}"
        for key, value in app_settings_of(app).items():
            if value:
                yield f"{key} = {_toml(value)}  # {origin('apps', app.name, key)}"


def _toml(value: object) -> str:
    """A value as TOML on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{json.dumps(key)} = {_toml(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value)
