"""Paths as reports name them: relative to the working directory, with forward slashes."""

# Pathlib cannot climb (`../`) before Python 3.12.
from __future__ import annotations

import os
from collections.abc import Callable

ShowPath = Callable[[str], str]
"""Turns a path that is relative to the project's root into one to show."""


def paths_from(root: str, cwd: str) -> ShowPath:
    """Returns what turns paths relative to `root` into paths relative to `cwd`; both absolute, links resolved."""
    try:
        lead = os.path.relpath(root, cwd).replace(os.sep, "/")
    except ValueError:  # another drive
        lead = root.replace(os.sep, "/")
    if lead == ".":
        return lambda path: path
    up = lead.split("/")
    down = [] if up[-1] != ".." else cwd[len(root.rstrip(os.sep)) + 1 :].replace(os.sep, "/").split("/")
    if not down:
        return lambda path: f"{lead}/{path}"
    below = "/".join(down) + "/"

    def show(path: str) -> str:
        if path.startswith(below):
            return path[len(below) :]
        parts = path.split("/")
        same = 0
        while same < min(len(parts) - 1, len(down)) and parts[same] == down[same]:
            same += 1
        return "/".join([".."] * (len(down) - same) + parts[same:])

    return show
