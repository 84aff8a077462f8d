"""Replaces a file whole or not at all."""

# Pathlib is not imported on the way of a run that finds nothing to do: start-up counts.
from __future__ import annotations

import os
import stat


def replace_file(path: str, content: bytes) -> None:
    """Gives a file new content; one that exists keeps its mode, and has to be writable. path: without symbolic links.

    Raises OSError.
    """
    if os.path.exists(path):
        with open(path, "ab"):
            pass  # To replace a file, the folder's permission would do; whoever made it read-only meant the content.
    beside = f"{path}.{os.getpid()}.tmp"
    try:
        with open(beside, "xb") as file:
            file.write(content)
        if os.path.exists(path):
            os.chmod(beside, stat.S_IMODE(os.stat(path).st_mode))
        os.replace(beside, path)
    except BaseException:
        if os.path.lexists(beside):
            os.unlink(beside)
        raise
