"""What the runs of one process remember for each other: as the cache does between processes, with programs as they are.

The first run begins with what the cache holds, and leaves there what it found; those after it have no use for it.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from permlint.cache import Cache, digest_of, settled, stamp
from permlint.frontends import Unreadable, lower

if TYPE_CHECKING:
    import os
    from collections.abc import Collection
    from pathlib import Path

    from permlint.cache import Stamp
    from permlint.program import Program

_MOST_SEARCHES = 20
_MOST_PROGRAMS = 4
"""Of one file: as it is and as it was when it last parsed, and as it would be with what completion tries."""


class _File(NamedTuple):
    """What is known of a file. since: when it was read, in nanoseconds."""

    stamp: Stamp
    since: int
    matters: bool
    digest: str


class Memory:
    """The files of one project, known by what tells their content, and the newest programs of each.

    folder: that of the cache, None for no cache. root: the project's folder. Its methods are those of `Cache`; besides, it knows
    programs of content that stands in for a file's.
    """

    def __init__(self, folder: Path | None, root: str) -> None:
        self._cache = None if folder is None else Cache(folder, root)
        self._files: dict[str, _File] = {}
        self._programs: dict[str, dict[str, Program | Unreadable]] = {}
        self._held: dict[str, dict[str, bool]] = {}

    def known(self, path: str, status: os.stat_result) -> tuple[bool, str] | None:
        """Whether a file matters and its content's digest, if it has not changed since that was found out."""
        found = self._files.get(path)
        if found is not None and found.stamp == stamp(status) and settled(found.stamp, found.since):
            return found.matters, found.digest
        self._forget(path)
        known = None if self._cache is None else self._cache.known(path, status)
        if known is not None:
            self._files[path] = _File(stamp(status), time.time_ns(), *known)
        return known

    def remember(self, path: str, status: os.stat_result, data: bytes, *, matters: bool) -> str:
        """Notes whether a file matters. Returns the digest of its content, empty for one that does not matter."""
        if self._cache is not None:
            self._cache.remember(path, status, data, matters=matters)
        digest = digest_of(data) if matters else ""
        self._files[path] = _File(stamp(status), time.time_ns(), matters, digest)
        return digest

    def program(self, path: str, digest: str) -> Program | Unreadable | None:
        """The program of a file with this content, or why it has none; None where that is not known."""
        found = self._programs.get(path, {}).get(digest)
        if found is None and self._cache is not None:
            found = self._cache.program(path, digest)
        if found is not None:
            self._hold(path, digest, found)
        return found

    def keep(self, path: str, digest: str, found: Program | Unreadable) -> None:
        """Notes the program of a file."""
        self._hold(path, digest, found)
        if self._cache is not None:
            self._cache.keep(path, digest, found)

    def read(self, path: str, data: bytes) -> Program | Unreadable:
        """The program in a file's bytes, or why there is none."""
        digest = digest_of(data)
        found = self.program(path, digest)
        if found is None:
            try:
                found = lower(path, data)
            except Unreadable as error:
                found = error
            self.keep(path, digest, found)
        return found

    def search(self, key: str) -> list[str] | None:
        """What a search through the project's files found, if no file has changed since; None where that is not known."""
        return None if self._cache is None else self._cache.search(key)

    def keep_search(self, key: str, found: list[str]) -> None:
        """Notes what a search through the project's files found."""
        if self._cache is not None:
            self._cache.keep_search(key, found)

    def held(self, key: str) -> dict[str, bool]:
        """The files that a search has gone through, as far as they have not changed since, and whether they were found."""
        if key not in self._held and len(self._held) >= _MOST_SEARCHES:
            del self._held[next(iter(self._held))]
        return self._held.setdefault(key, {})

    def keep_only(self, paths: Collection[str]) -> None:
        """Forgets all other files."""
        for path in [path for path in {*self._files, *self._programs} if path not in paths]:
            self._forget(path)
            self._programs.pop(path, None)

    def save(self) -> None:
        """Writes the cache after the first run, and lets it go."""
        if self._cache is not None:
            self._cache.save()
            self._cache = None

    def _hold(self, path: str, digest: str, found: Program | Unreadable) -> None:
        held = self._programs.setdefault(path, {})
        held.pop(digest, None)
        held[digest] = found
        if len(held) > _MOST_PROGRAMS:
            del held[next(iter(held))]

    def _forget(self, path: str) -> None:
        self._files.pop(path, None)
        for found in self._held.values():
            found.pop(path, None)
