"""The project's config: where it is found, what it says, and what is wrong with it."""

# Pathlib is not imported on the way of a run that finds nothing to do: start-up counts.
from __future__ import annotations

import os
from typing import TYPE_CHECKING

from permlint.config.errors import ConfigError, Fault, Spot
from permlint.config.locate import CONFIG_NAMES, common_root, is_below, nearest_config, read_config, shown_path
from permlint.config.model import (
    DEFAULT_EXCLUDE,
    DEFAULT_TESTS,
    AppConfig,
    Config,
    Configuration,
    Declared,
    DeclaredCall,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "CONFIG_NAMES",
    "DEFAULT_EXCLUDE",
    "DEFAULT_TESTS",
    "AppConfig",
    "Config",
    "ConfigError",
    "Configuration",
    "Declared",
    "DeclaredCall",
    "Fault",
    "Spot",
    "load_config",
    "shown_path",
]


def load_config(
    paths: Sequence[str] = (), *, config: str | None = None, isolated: bool = False, cwd: str | None = None
) -> Config:
    """Returns the config of the project that the paths belong to.

    paths: files or folders that exist, or files that a folder of theirs will hold; none means `cwd`. config: a config
    file to use instead of the one that would be found; the project is then its folder if all paths lie in it, else
    the repository. isolated: reads no config file at all. cwd: what relative paths start from, the working directory
    if None.

    Raises ConfigError if the paths belong to two projects, or with all that is wrong with the config.
    """
    here = os.path.realpath(cwd or os.getcwd())
    full = [os.path.realpath(os.path.join(here, path)) for path in paths] or [here]
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in full]
    if config is not None:
        file = os.path.realpath(os.path.join(here, config))
        content = read_config(file, config)
        if content is None:
            raise ConfigError([Fault(Spot(file, config), "has no table [tool.permlint]")])
        root = os.path.dirname(file)
        if not all(is_below(folder, root) for folder in folders):
            root = common_root(folders)
        return _parse(content, root, file, here, nested=False)
    if isolated:
        return Config(root=common_root(folders), nested=False)
    known: dict[str, str | None] = {}
    first, *others = folders
    found = nearest_config(first, known)
    for folder in others:
        other = nearest_config(folder, known)
        if other != found:
            one = f"{shown_path(first, here)} ({_shown_config(found, here)})"
            two = f"{shown_path(folder, here)} ({_shown_config(other, here)})"
            raise ConfigError([Fault(None, f"{one} and {two} are in two projects; run permlint for each of them")])
    if found is None:
        return Config(root=common_root(folders))
    content = read_config(found)
    return _parse(content or b"", os.path.dirname(found), found, here, nested=True)


def _parse(content: bytes, root: str, file: str, here: str, *, nested: bool) -> Config:
    from permlint.config.schema import parse_config  # only where there is a config

    pyproject = os.path.basename(file) == "pyproject.toml"
    return parse_config(content, root=root, file=file, shown=shown_path(file, here), pyproject=pyproject, nested=nested)


def _shown_config(path: str | None, here: str) -> str:
    return "no config" if path is None else shown_path(path, here)
