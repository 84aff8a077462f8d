"""Lists the files of a project that are to be looked at."""

# Pathlib is four times slower on a large tree, and slow to import.
from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from permlint.config.locate import CONFIG_NAMES, read_config, repository_root
from permlint.files.cache import cache_folder
from permlint.files.git import listed_by_git

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from permlint.config import Config

_NESTED = tuple("/" + name for name in CONFIG_NAMES)


@dataclass(frozen=True)
class Listing:
    """The files of a project.

    files: sorted paths relative to the root, with forward slashes. skipped: how many files or folders were passed
    over, by the reason why; what the config or git leaves out is not counted. projects: folders in the project that
    have a config, and so a project, of their own; nothing of theirs is in `files`. by_git: whether git named the
    files.
    """

    files: list[str]
    skipped: dict[str, int] = field(default_factory=dict)
    projects: tuple[str, ...] = ()
    by_git: bool = False


def discover(config: Config, wants: Callable[[str], bool], named: Sequence[str] = ()) -> Listing:
    """Returns the files of the project that are to be looked at.

    wants: whether a file is of interest, judging from its path. named: paths (relative to the root) that the user
    named: what of them exists is listed though git ignores it, unless the config excludes it.

    In a git work tree git says which files there are: tracked ones, and new ones that it does not ignore; and those
    of the `.env` family though it does ignore them. Elsewhere, or where git refuses, the tree is walked. Symbolic
    links are never followed, and permlint's own cache is never listed. Never raises: what cannot be read is counted.
    """
    skipped: dict[str, int] = {}
    repository = repository_root(config.root)
    found = listed_by_git(config.root, repository) if repository is not None else None
    by_git = bool(found)
    if not found:
        found = _walk(config, "", skipped)
    if named:
        found = [*found, *_left_out(config, found, named, skipped)]
    projects = _projects(config, found) if config.nested else ()
    excluded = config.excluded.matches
    files = [path for path in found if wants(path) and not excluded(path)]
    apart = (*projects, *_cache_below(config.root))
    if apart:
        below = tuple(folder + "/" for folder in apart)
        files = [path for path in files if not path.startswith(below)]
    return Listing(sorted(set(files)), skipped, projects, by_git)


def _cache_below(root: str) -> list[str]:
    """The folder of permlint's own cache, where it is in the project: what CI keeps between runs often has to be there."""
    folder = cache_folder()
    full = "" if folder is None else os.path.realpath(folder)
    return [os.path.relpath(full, root).replace(os.sep, "/")] if full.startswith(root + os.sep) else []


def _left_out(config: Config, found: Iterable[str], named: Sequence[str], skipped: dict[str, int]) -> Iterator[str]:
    """The files that the user named, or that lie in folders that the user named, where git lists nothing of them."""
    known = set(found)
    for path in named:
        if not path or path in known:
            continue
        full = os.path.join(config.root, path)
        if os.path.islink(full):
            continue
        if os.path.isfile(full):
            yield path
        elif os.path.isdir(full) and not any(other.startswith(path + "/") for other in known):
            yield from _walk(config, path, skipped)


def _projects(config: Config, found: Iterable[str]) -> tuple[str, ...]:
    """The folders below the root that have a config of their own."""
    projects = []
    for path in found:
        if path.endswith(_NESTED) and not config.is_excluded(path):
            try:
                own = read_config(os.path.join(config.root, path)) is not None
            except Exception:  # noqa: BLE001 -- whatever is wrong with it is said when that project is judged
                own = False
            if own:
                projects.append(path.rpartition("/")[0])
    return tuple(sorted(projects))


def _walk(config: Config, start: str, skipped: dict[str, int]) -> list[str]:
    """All files below a folder (relative to the root, "" for the root), without following symbolic links."""
    excluded = config.excluded.matches_folder
    found: list[str] = []
    folders = [start]
    while folders:
        folder = folders.pop()
        prefix = folder + "/" if folder else ""
        try:
            with os.scandir(os.path.join(config.root, folder)) as entries:
                for entry in entries:
                    path = prefix + entry.name
                    try:
                        if entry.is_file(follow_symlinks=False):
                            found.append(path)
                        elif entry.is_dir(follow_symlinks=False) and entry.name != ".git" and not excluded(path):
                            folders.append(path)
                    except OSError:
                        _count(skipped, "unreadable")
        except FileNotFoundError:
            continue
        except OSError:
            _count(skipped, "unreadable folder")
    return found


def _count(skipped: dict[str, int], reason: str) -> None:
    skipped[reason] = skipped.get(reason, 0) + 1
