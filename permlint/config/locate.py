"""Finds the project that the paths of a run belong to: its folder and its config file."""

# Pathlib is not imported on the way of a run that finds nothing to do: start-up counts.
from __future__ import annotations

import os
from typing import TYPE_CHECKING

from permlint.config.errors import ConfigError, Fault, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable

CONFIG_NAMES = ("permlint.toml", "pyproject.toml")
"""The names of config files; pyproject.toml counts where it has a table `tool.permlint`."""

_LARGEST = 1_000_000
_REPOSITORIES = (".git", ".hg", ".svn", ".jj")


def read_config(path: str, shown: str | None = None) -> bytes | None:
    """Returns the content of a config file, None for a pyproject.toml that has nothing for permlint.

    shown: how messages name it. Raises ConfigError if it cannot be read.
    """
    spot = Spot(path, shown or path)
    try:
        with open(path, "rb") as file:
            content = file.read(_LARGEST + 1)
    except IsADirectoryError:
        raise ConfigError([Fault(spot, "is a folder, not a config file")]) from None
    except FileNotFoundError:
        raise ConfigError([Fault(spot, "no such config file")]) from None
    except OSError as error:
        raise ConfigError([Fault(spot, f"cannot be read: {error.strerror or error}")]) from None
    if len(content) > _LARGEST:
        raise ConfigError([Fault(spot, f"larger than {_LARGEST // 1_000_000} MB, which no config is")])
    if os.path.basename(path) == "pyproject.toml" and not _has_table(content):
        return None
    return content


def _has_table(content: bytes) -> bool:
    """Whether a pyproject.toml has a table for permlint; one that mentions it and is broken counts as having it."""
    if b"permlint" not in content or b"tool" not in content:
        return False
    import tomli  # only where a config has to be parsed

    try:
        tool = tomli.loads(content.decode("utf-8-sig")).get("tool")
    except (ValueError, RecursionError):
        return True
    return isinstance(tool, dict) and "permlint" in tool


def config_in(folder: str) -> str | None:
    """Returns the path of the config file that stands in this folder, None if there is none.

    Raises ConfigError if there are two, or one that cannot be read.
    """
    found = []
    for name in CONFIG_NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path) and read_config(path) is not None:
            found.append(path)
    if len(found) > 1:
        both = "both permlint.toml and pyproject.toml configure permlint here; keep one"
        raise ConfigError([Fault(Spot(found[0], folder), both)])
    return found[0] if found else None


def nearest_config(folder: str, known: dict[str, str | None]) -> str | None:
    """Returns the path of the nearest config file in a folder or above it. known: answers of the same run."""
    if folder not in known:
        above = os.path.dirname(folder)
        known[folder] = config_in(folder) or (nearest_config(above, known) if above != folder else None)
    return known[folder]


def repository_root(folder: str) -> str | None:
    """Returns the root of the version-controlled tree that a folder stands in, None if it stands in none."""
    while True:
        for name in _REPOSITORIES:
            if os.path.exists(os.path.join(folder, name)):
                return folder
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def common_root(folders: Iterable[str]) -> str:
    """Returns the folder that is the project where no config says so: the repository's root, else the common folder.

    Raises ConfigError where the folders have no project in common.
    """
    folders = sorted(set(folders))
    roots = {folder: repository_root(folder) for folder in folders}
    first = folders[0]
    for folder, root in roots.items():
        if root != roots[first]:
            raise ConfigError([Fault(None, f"{first} and {folder} are in two projects; run permlint for each of them")])
    found = roots[first]
    if found is not None:
        return found
    try:
        common = os.path.commonpath(folders)
    except ValueError:
        common = os.path.dirname(first)
    if len(folders) > 1 and os.path.dirname(common) == common and common not in folders:
        apart = f"{first} and {folders[-1]} have no folder in common; run permlint for each of them"
        raise ConfigError([Fault(None, apart)])
    return common


def is_below(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies in it; both absolute."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def shown_path(path: str, cwd: str) -> str:
    """Returns an absolute path as a person knows it: relative to the working directory where it lies below that."""
    if path == cwd:
        return "."
    return path[len(cwd.rstrip(os.sep)) + 1 :].replace(os.sep, "/") if is_below(path, cwd) else path
