"""Where permlint keeps what it remembers between runs: in the user's cache folder, never in the project."""

# Pathlib is not imported on the way of a run that finds nothing to do: start-up counts.
from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def cache_folder(environ: Mapping[str, str] | None = None) -> str | None:
    """Returns the folder of the cache, which need not exist; None where the user has no home.

    It is `permlint` in PERMLINT_CACHE_DIR, else in the platform's folder for caches. All of it is permlint's own.
    """
    environ = os.environ if environ is None else environ
    base = environ.get("PERMLINT_CACHE_DIR") or environ.get("XDG_CACHE_HOME")
    if not base and sys.platform == "win32":
        base = environ.get("LOCALAPPDATA")
    if not base:
        home = os.path.expanduser("~")
        if not os.path.isabs(home):
            return None
        base = os.path.join(home, "Library", "Caches") if sys.platform == "darwin" else os.path.join(home, ".cache")
    return os.path.join(os.path.abspath(base), "permlint")


def remove_cache(folder: str) -> int:
    """Removes the cache and returns how many files it held. Raises OSError if some of it cannot be removed."""
    import shutil  # 2 ms

    if os.path.islink(folder) or not os.path.isdir(folder):
        return 0
    count = sum(len(files) for _, _, files in os.walk(folder))
    shutil.rmtree(folder)
    return count
