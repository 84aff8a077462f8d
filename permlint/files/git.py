"""Asks git which files a work tree holds, trusting neither its config nor its environment."""

# A fixed command line; git is whatever the user's PATH says it is.
# ruff: noqa: S603
from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPTIONS = (
    # Each of these runs a command of the repository's choice, or reaches for the network, if left to its config.
    ("core.fsmonitor", "false"),
    ("core.hooksPath", os.devnull),
    ("core.sshCommand", "false"),
    ("core.untrackedCache", "false"),
    ("safe.bareRepository", "explicit"),
    ("protocol.allow", "never"),
)
_PATTERNS = ("!.env", "!.env.*", "!*.env", ".env/", ".env.*/", "*.env/")
"""Added to what git ignores: files of the `.env` family are not ignored, folders of such a name always are."""

_LOCAL = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_EXTERNAL_DIFF",
    "GIT_GLOB_PATHSPECS",
    "GIT_GRAFT_FILE",
    "GIT_ICASE_PATHSPECS",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_NAMESPACE",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
)
"""What a hook's environment says of the repository it runs for; here the folder alone says it."""


def run_git(folder: str, repository: str, arguments: Sequence[str], stdin: bytes = b"") -> bytes | None:
    """Returns what a git command prints; None where git is missing, refuses or fails.

    folder: where it runs; repository: the root of its work tree; both absolute.
    """
    import subprocess  # 4 ms, only where there is a repository

    command = ["git", "--no-pager", "--no-optional-locks"]
    for name, value in _OPTIONS:
        command += ("-c", f"{name}={value}")
    environment = {name: value for name, value in os.environ.items() if name not in _LOCAL}
    environment.update(
        # The work tree is where its `.git` is, whatever a config says, and no other repository above it counts.
        GIT_WORK_TREE=repository,
        GIT_CEILING_DIRECTORIES=os.path.dirname(repository),
        GIT_ALLOW_PROTOCOL="none",
        GIT_NO_LAZY_FETCH="1",
        GIT_TERMINAL_PROMPT="0",
    )
    try:
        done = subprocess.run(
            [*command, *arguments],
            cwd=folder,
            env=environment,
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def listed_by_git(folder: str, repository: str) -> list[str] | None:
    """Returns the paths, relative to the folder, of the files that git tracks or would track, and of the `.env` family.

    repository: the root of the work tree that the folder is in, or the folder itself; both absolute.
    Tracked files that are gone are among them. Returns None where git is missing, refuses or fails.
    """
    arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for pattern in _PATTERNS:
        arguments += ("-x", pattern)
    out = run_git(folder, repository, arguments)
    return None if out is None else paths_in(out)


def paths_in(out: bytes) -> list[str]:
    """The paths that git prints between NUL characters, but for those that are no files of the folder."""
    paths = os.fsdecode(out).split("\0")
    paths.pop()
    if b"/\0" in out:  # a nested repository is listed as a folder
        paths = [path for path in paths if not path.endswith("/")]
    if out.startswith((b"/", b"../")) or b"\0/" in out or b"\0../" in out:  # git says no such thing, but it is not ours
        paths = [path for path in paths if not path.startswith(("/", "../"))]
    return paths
