"""Reads one file of a project, and nothing that is not a file of the project."""

from __future__ import annotations

import errno
import os
import stat

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


def read_file(root: str, path: str, limit: int = 0) -> bytes:
    """Returns the content of a file of the project.

    root: the project's folder. path: relative to it, as `discover` lists it. limit: the most bytes to return, 0 for
    all; a caller who asks for one more than it can use sees that a file is too long.

    Raises OSError, for which `why_unreadable` has words: FileNotFoundError for a file that is gone, and likewise for
    symbolic links, pipes, devices and folders, which are not read.
    """
    handle = os.open(f"{root}/{path}", _FLAGS)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", path)
        wanted = min(status.st_size, limit) if limit else status.st_size
        content = os.read(handle, wanted + 1 if not limit or wanted < limit else wanted)
        if len(content) < wanted or (not limit and len(content) > wanted):
            parts = [content]
            size = len(content)
            while (not limit or size < limit) and (part := os.read(handle, 1 << 20)):
                parts.append(part)
                size += len(part)
            content = b"".join(parts)
        return content[:limit] if limit else content
    finally:
        os.close(handle)


def why_unreadable(error: OSError) -> str:
    """Returns for a person, in few words and without the path, why a file could not be read."""
    if error.errno == errno.ELOOP:
        return "a symbolic link"
    if error.errno == errno.EINVAL:
        return "not a regular file"
    if error.errno in (errno.EACCES, errno.EPERM):
        return "no permission to read it"
    if error.errno == errno.ENOENT:
        return "gone"
    return (error.strerror or "cannot be read").lower()


_KINDS = ("example", "sample", "dist", "template", "tmpl", "default", "defaults", "local", "dev", "development", "prod",
          "production", "staging", "docker")  # fmt: skip


def is_environment_file(path: str) -> bool:
    """Whether a file is of the `.env` family: `.env`, `.env.local`, `production.env`, `.envrc`, `env.example`."""
    name = path[path.rfind("/") + 1 :]
    if "env" not in name:
        return False
    if name in (".env", ".envrc") or name.startswith((".env.", ".env-", ".env_")) or name.endswith(".env"):
        return True
    return name.endswith(_KINDS) and (name.startswith(("env.", "env-", "env_")) or ".env" in name)
