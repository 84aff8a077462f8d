"""Opens the project that a command's paths belong to: its config, its files, and which of them are shown."""

# Pathlib is not imported on the way of a run that finds nothing to do: start-up counts.
from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from permlint.cli.errors import Failure, note, unusable
from permlint.config import Config, ConfigError, load_config
from permlint.files.discovery import Listing, discover
from permlint.frontends import wants

if TYPE_CHECKING:
    from collections.abc import Sequence

    from permlint.places import Place

_NAMED = 3


@dataclass(frozen=True)
class Project:
    """What a run looks at and shows.

    shown: the paths that the user named, relative to the root; empty where all of the project is shown. overlay:
    content that stands in for a file's, by path.
    """

    config: Config
    listing: Listing
    cwd: str
    shown: tuple[str, ...] = ()
    overlay: dict[str, bytes] = field(default_factory=dict)

    def without(self, paths: Sequence[str]) -> Project:
        """The project without files that the user named for something else."""
        named = {_relative(path, self.cwd, self.config.root) for path in paths}
        files = [path for path in self.listing.files if path not in named]
        return replace(self, listing=replace(self.listing, files=files))

    def shows(self, place: Place) -> bool:
        """Whether the user asked for what stands there."""
        return self.names(place.path)

    def names(self, file: str) -> bool:
        """Whether a file is among those that the user named."""
        return not self.shown or any(file == path or file.startswith(path + "/") for path in self.shown)


def open_project(
    paths: Sequence[str],
    *,
    config: str | None,
    isolated: bool,
    stdin_filename: str | None = None,
    quiet: bool = False,
) -> Project:
    """Returns the project of these paths; none means the working directory, `-` the file that `stdin_filename` names.

    Raises Failure for paths and configs that cannot be used; says in a note which paths there is nothing to show of.
    """
    if config is not None and isolated:
        raise Failure("--config and --isolated exclude each other")
    try:
        cwd = os.path.realpath(os.getcwd())
    except OSError:
        raise Failure("the working directory is gone") from None
    given = _given(paths, stdin_filename)
    try:
        found = load_config(given, config=config, isolated=isolated, cwd=cwd)
    except ConfigError as error:
        raise unusable(error.faults) from None
    named = [_relative(path, cwd, found.root) for path in given]
    listing = discover(found, wants, named)
    overlay = {}
    if stdin_filename is not None:
        path = _relative(stdin_filename, cwd, found.root)
        overlay[path] = sys.stdin.buffer.read()
        if path not in listing.files and wants(path) and not found.is_excluded(path):
            listing = Listing(sorted([*listing.files, path]), listing.skipped, listing.projects, listing.by_git)
    _say_what_is_missing(given, named, found, listing, quiet=quiet)
    shown = () if not named or "" in named else tuple(dict.fromkeys(named))
    return Project(found, listing, cwd, shown, overlay)


def _given(paths: Sequence[str], stdin_filename: str | None) -> list[str]:
    """The paths that were named, `-` replaced by the file's name; each exists, or comes on standard input."""
    if "-" in paths and stdin_filename is None:
        raise Failure("the path - needs --stdin-filename PATH, the name of the file that comes on standard input")
    if stdin_filename is not None:
        if "-" not in paths:
            raise Failure("--stdin-filename needs the path -, which stands for standard input")
        if not stdin_filename or os.path.isdir(stdin_filename):
            raise Failure(f"--stdin-filename {stdin_filename or chr(39) * 2}: must name a file, not a folder")
        folder = os.path.dirname(os.path.abspath(stdin_filename))
        if not os.path.isdir(folder):
            raise Failure(f"--stdin-filename {stdin_filename}: there is no folder {folder}")
    given = []
    for path in paths:
        if path == "-":
            given.append(stdin_filename or path)
            continue
        try:
            found = os.path.lexists(path) and os.path.exists(path)
        except ValueError:  # a NUL character
            found = False
        if not found:
            if os.path.islink(path):
                raise Failure(f"{path}: a symbolic link that leads nowhere")
            raise Failure(f"{path}: no such file or folder")
        if not os.access(path, os.R_OK):
            raise Failure(f"{path}: no permission to read it")
        given.append(path)
    return given


def _relative(path: str, cwd: str, root: str) -> str:
    """A path relative to the root, with forward slashes; empty for the root itself."""
    full = os.path.realpath(os.path.join(cwd, path))
    return "" if full == root else os.path.relpath(full, root).replace(os.sep, "/")


def _say_what_is_missing(
    given: Sequence[str], named: Sequence[str], config: Config, listing: Listing, *, quiet: bool
) -> None:
    """Says which files that the user named nothing is shown of, and why: a hook names whatever was changed."""
    listed = set(listing.files) if named else set()
    excluded, foreign, tests = [], [], []
    for path, relative in zip(given, named, strict=True):
        if relative in listed:
            if config.is_test(relative):
                tests.append(path)
        elif not relative or os.path.isdir(path):
            if relative and config.excluded.matches_folder(relative):
                excluded.append(path)
        elif config.is_excluded(relative):
            excluded.append(path)
        else:
            foreign.append(path)
    for paths, what in (
        (excluded, "excluded from the project"),
        (foreign, "not of a kind that permlint reads"),
        (tests, "tests, examples or documentation, which are not judged"),
    ):
        if paths:
            note(f"nothing to show of {_some(paths)}: {what}", quiet=quiet)
    if listing.projects and (not named or "" in named):
        note(f"left out, since a config makes a project of its own: {_some(listing.projects)}; run permlint there too",
             quiet=quiet)  # fmt: skip


def _some(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
    return ", ".join(paths[:_NAMED]) + more
