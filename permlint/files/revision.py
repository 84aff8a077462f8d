"""The files of a project as they were at a revision of its git repository."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Iterator

from permlint.files.git import paths_in, run_git
from permlint.files.reading import is_environment_file, read_file

_TREE = re.compile(rb"(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t([^\0]+)\0")
_REGULAR = (b"100644", b"100755")
_MAX_READ = 20_000_000
_AT_ONCE = 2_000


class RevisionError(Exception):
    """A revision that can't be read; the message says why, for a person."""


def extract(root: str, repository: str, revision: str, into: str, wants: Callable[[str], bool]) -> str:
    """Writes the files of a folder at a revision into another folder, and returns the commit's full name.

    root: the folder; repository: the root of the work tree that it is in; into: an empty folder; all absolute. wants: which
    files are of interest, by their path relative to the folder. Files of the `.env` family that git does not track are
    taken as they are now: what git never saw did not change. Raises RevisionError.
    """
    commit = _commit(root, repository, revision)
    tree = run_git(root, repository, ["ls-tree", "-r", "-z", "-l", commit])
    if tree is None:
        raise RevisionError(f"{revision}: git can't list its files")
    blobs = []
    for mode, _, blob, size, name in _TREE.findall(tree):
        path = os.fsdecode(name)
        if mode in _REGULAR and size.isdigit() and int(size) <= _MAX_READ and _is_inside(path) and wants(path):
            blobs.append((path, blob))
    for path, content in _contents(root, repository, blobs):
        _write(into, path, content)
    tracked = set(paths_in(run_git(root, repository, ["ls-files", "-z"]) or b""))
    for path in _untracked_settings(root, repository):
        if path not in tracked and wants(path) and not os.path.lexists(os.path.join(into, path)):
            try:
                _write(into, path, read_file(root, path, _MAX_READ))
            except OSError:
                continue
    return commit


def renames(root: str, repository: str, revision: str) -> dict[str, str]:
    """The files of a folder that were renamed since a revision, as far as git's index knows: what they were called then, and now.

    The arguments are those of `extract`. Raises RevisionError.
    """
    commit = _commit(root, repository, revision)
    # The index, not the work tree: to compare that, git may run filters that the repository names.
    options = [
        "--cached",
        "--name-status",
        "--diff-filter=R",
        "-M",
        "-z",
        "--relative",
        "--no-ext-diff",
        "--no-textconv",
    ]
    parts = paths_in(run_git(root, repository, ["diff", *options, commit]) or b"")
    return dict(zip(parts[1::3], parts[2::3], strict=True))


def _commit(root: str, repository: str, revision: str) -> str:
    """The full name of the commit that a revision stands for. Raises RevisionError."""
    named = run_git(
        root, repository, ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
    )
    if named is None:
        raise RevisionError(f"{revision or repr(revision)}: {_why_unknown(root, repository)}")
    return named.decode().strip()


def _why_unknown(root: str, repository: str) -> str:
    if run_git(root, repository, ["rev-parse", "--git-dir"]) is not None:
        return "git knows no such revision here; in CI, fetch it first (fetch-depth: 0)"

    import shutil

    if shutil.which("git") is None:
        return "git is not installed, or not on the PATH"
    if hasattr(os, "geteuid") and os.lstat(repository).st_uid != os.geteuid():
        return (
            "git does not read a repository that belongs to another user; run permlint as its owner, or trust it with "
            f"`git config --global --add safe.directory {shlex.quote(repository)}`"
        )
    return "git can't read this repository; `git status` says why"


def _untracked_settings(root: str, repository: str) -> Iterator[str]:
    for path in paths_in(run_git(root, repository, ["ls-files", "-z", "--others"]) or b""):
        if is_environment_file(path) and _is_inside(path):
            yield path


def _is_inside(path: str) -> bool:
    return not path.startswith("/") and ".." not in path.split("/") and "\\" not in path


def _contents(root: str, repository: str, blobs: list[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    for first in range(0, len(blobs), _AT_ONCE):
        some = blobs[first : first + _AT_ONCE]
        asked = b"".join([blob + b"\n" for _, blob in some])
        out = run_git(root, repository, ["cat-file", "--batch"], asked)
        if out is None:
            raise RevisionError("git can't read the files of the revision")
        at = 0
        for path, _ in some:
            end = out.index(b"\n", at)
            parts = out[at:end].split()
            if len(parts) != 3:
                raise RevisionError(f"{path}: git can't read it at the revision (a partial clone?)")
            size = int(parts[2])
            yield path, out[end + 1 : end + 1 + size]
            at = end + 2 + size


def _write(into: str, path: str, content: bytes) -> None:
    full = os.path.join(into, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "xb") as file:
        file.write(content)
