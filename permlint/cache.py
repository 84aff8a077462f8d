"""What a run remembers for the next: which files matter and the programs in them, keyed by content.

One JSON file for a project, written whole and put in place at once, so that two runs can share it and a damaged one is only
a cold start. It holds no text of a file but what the small program form holds of files that matter, with secrets masked.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from permlint import __version__
from permlint.frontends import Unreadable
from permlint.program import Program, decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterable

_COARSE = 1_000_000_000
_MARGIN = 100_000_000
_WIDE_MARGIN = 2_000_000_000

Stamp = tuple[int, int, int, int]
"""Size, time of change in nanoseconds, inode, and time of the last change of any of these."""


def stamp(status: os.stat_result) -> Stamp:
    """What tells a file's content from another without reading it."""
    return status.st_size, status.st_mtime_ns, status.st_ino, status.st_ctime_ns


def stamps(root: str, paths: Iterable[str]) -> list[Stamp | None]:
    """The stamps of files below a folder, None for one that is gone."""
    found: list[Stamp | None] = []
    for path in paths:
        try:
            found.append(stamp(os.lstat(f"{root}/{path}")))
        except OSError:
            found.append(None)
    return found


def settled(known: Stamp, since: int) -> bool:
    """Whether a file had last changed so long before it was read that its stamp tells its content. since: in nanoseconds."""
    margin = _WIDE_MARGIN if known[1] % _COARSE == 0 else _MARGIN
    return max(known[1], known[3]) + margin <= since


class Cache:
    """The cache of one project. All methods work, and remember nothing, where the folder can't be used."""

    def __init__(self, folder: Path, root: str) -> None:
        name = hashlib.sha256(root.encode("utf-8", "surrogateescape")).hexdigest()[:24]
        self._path = folder / f"{name}.json"
        self._key = _key()
        self._started = time.time_ns()
        self._old_files: dict[str, list[Any]] = {}
        self._old_programs: dict[str, Any] = {}
        self._old_searches: dict[str, list[str]] = {}
        self._searches: dict[str, list[str]] = {}
        self._fresh = False
        self._files: dict[str, list[Any]] = {}
        self._programs: dict[str, Any] = {}
        self._written = 0
        self._changed = False
        self._load()

    def _load(self) -> None:
        try:
            data = json.loads(self._path.read_bytes())
            if data["key"] == self._key and isinstance(data["files"], dict) and isinstance(data["programs"], dict):
                self._old_files, self._old_programs = data["files"], data["programs"]
                self._old_searches = data["searches"]
                self._written = int(data["written"])
        except (OSError, ValueError, TypeError, LookupError, RecursionError):
            self._changed = True

    def known(self, path: str, status: os.stat_result) -> tuple[bool, str] | None:
        """Whether a file matters and its content's digest, if it has not changed since that was found out."""
        entry = self._old_files.get(path)
        if entry is None:
            return None
        try:
            *known, matters, digest = entry
            if tuple(known) != stamp(status) or not settled(stamp(status), self._written):
                return None
            self._files[path] = entry
            return bool(matters), str(digest)
        except (TypeError, ValueError):
            return None

    def remember(self, path: str, status: os.stat_result, data: bytes, *, matters: bool) -> str:
        """Notes whether a file matters. Returns the digest of its content, empty for one that does not matter."""
        self._fresh = True
        digest = digest_of(data) if matters else ""
        entry: list[Any] = [*stamp(status), matters, digest]
        if self._old_files.get(path) != entry or entry[1] + _WIDE_MARGIN > self._written:
            self._changed = True
        self._files[path] = entry
        return digest

    def program(self, path: str, digest: str) -> Program | Unreadable | None:
        """The program of a file with this content, or why it has none; None where that is not known."""
        entry = self._old_programs.get(f"{path}:{digest}") if digest else None
        if entry is None:
            return None
        try:
            if isinstance(entry, dict) and "unreadable" in entry:
                reason, line, column = entry["unreadable"]
                found: Program | Unreadable = Unreadable(str(reason), int(line), int(column))
            else:
                found = decode(entry)
        except (TypeError, ValueError, LookupError, RecursionError):
            self._changed = True
            return None
        self._programs[f"{path}:{digest}"] = entry
        return found

    def keep(self, path: str, digest: str, found: Program | Unreadable) -> None:
        """Notes the program of a file."""
        self._changed = True
        if isinstance(found, Unreadable):
            self._programs[f"{path}:{digest}"] = {"unreadable": [found.reason, found.line, found.column]}
        else:
            with contextlib.suppress(RecursionError):
                self._programs[f"{path}:{digest}"] = encode(found)

    def search(self, key: str) -> list[str] | None:
        """What a search through the project's files found, if no file has changed since; None where that is not known."""
        found = self._old_searches.get(key)
        if found is None or self._fresh or len(self._files) != len(self._old_files):
            return None
        self._searches[key] = found
        return [str(path) for path in found]

    def keep_search(self, key: str, found: list[str]) -> None:
        """Notes what a search through the project's files found."""
        self._changed = True
        self._searches[key] = found

    def save(self) -> None:
        """Writes what this run found, unless nothing is new."""
        if not self._changed and len(self._files) == len(self._old_files):
            return
        data = {"key": self._key, "written": self._started, "files": self._files, "programs": self._programs,
                "searches": self._searches}  # fmt: skip
        with contextlib.suppress(OSError, ValueError, RecursionError):
            text = json.dumps(data, separators=(",", ":"))
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            temporary = self._path.with_name(f"{self._path.name}.{os.getpid()}.tmp")
            try:
                descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
                with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                    file.write(text)
                os.replace(temporary, self._path)
            finally:
                with contextlib.suppress(OSError):
                    temporary.unlink()


def digest_of(data: bytes) -> str:
    """Tells a file's content from all others."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _key() -> str:
    """Changes with permlint's version, its tables and the code that makes programs of files."""
    here = Path(__file__).parent
    parts = [__version__]
    names = ["catalog/data/catalog.json", "recognition/data/recognition.json", "program.py", "recognition/prefilter.py",
             "secrets.py", *sorted(f"frontends/{file.name}" for file in (here / "frontends").glob("*.py"))]  # fmt: skip
    for name in names:
        with contextlib.suppress(OSError):
            status = (here / name).stat()
            parts.append(f"{name}:{status.st_size}:{status.st_mtime_ns}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
