"""Patterns of paths, read as .gitignore reads them, and quick enough to ask for every file of a large tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MAGIC = frozenset("*?[\\")


class Patterns:
    """A list of patterns as one question, whether a path matches.

    Patterns are .gitignore's: `*` and `?` stop at a slash, `**` does not, `[a-z]` and `[!a-z]` are sets, a backslash
    takes the next character as it is. Without a slash (but a last one) a pattern matches at any depth, else from the
    root, as with `./` in front. A slash at the end matches folders only. What matches a folder matches all below it.
    `!` in front takes back what earlier patterns matched; the last pattern that matches decides, and a file below a
    matched folder can be taken back too.

    Paths are relative, of files, with forward slashes.
    """

    __slots__ = ("_runs", "has_exceptions")

    def __init__(self, patterns: Iterable[str]) -> None:
        runs: list[tuple[bool, list[str]]] = []
        for pattern in patterns:
            wanted = not pattern.startswith("!")
            if not runs or runs[-1][0] is not wanted:
                runs.append((wanted, []))
            runs[-1][1].append(pattern if wanted else pattern[1:])
        while runs and not runs[0][0]:
            del runs[0]
        self.has_exceptions = len(runs) > 1
        """Whether some pattern takes back what another matched: a matched folder may hold files that do not."""
        self._runs = tuple((wanted, _Run(run)) for wanted, run in reversed(runs))

    def __bool__(self) -> bool:
        return bool(self._runs)

    def matches(self, path: str) -> bool:
        """Whether the file at this path matches."""
        for wanted, run in self._runs:
            if run.matches(path):
                return wanted
        return False

    def matches_folder(self, path: str) -> bool:
        """Whether the folder at this path, and so each file in it, matches; never so where there are exceptions."""
        return bool(self._runs) and not self.has_exceptions and self._runs[0][1].folder(path)


class _Run:
    """Patterns that all say the same, sorted by how quickly they can be asked."""

    __slots__ = ("_folder_names", "_folders", "_names", "_others", "_parts", "_regex", "_suffixes")

    def __init__(self, patterns: Iterable[str]) -> None:
        names: set[str] = set()
        folder_names: set[str] = set()
        suffixes: list[str] = []
        parts: list[tuple[str, str, int]] = []
        others: list[str] = []
        for given in patterns:
            pattern = given[1:] if given.startswith("./") else given
            plain = pattern.removeprefix("**/")
            of_folder = plain.endswith("/")
            plain = plain.rstrip("/")
            if not plain or plain == "**":
                others.append(pattern)
            elif "/" not in plain and _MAGIC.isdisjoint(plain):
                (folder_names if of_folder else names).add(plain)
            elif (
                "/" not in plain
                and not of_folder
                and plain.count("*") == 1
                and _MAGIC.isdisjoint(plain.replace("*", ""))
            ):
                head, _, tail = plain.partition("*")
                if head:
                    parts.append((head, tail, len(plain) - 1))
                else:
                    suffixes.append(tail)
            else:
                others.append(pattern)
        self._names = frozenset(names)
        self._folder_names = frozenset(folder_names)
        self._suffixes = tuple(suffixes)
        self._parts = tuple(parts)
        self._others = tuple(others)
        self._regex: Callable[[str], object] | None = None
        self._folders: dict[str, bool] = {"": False}

    def matches(self, path: str) -> bool:
        folder, _, name = path.rpartition("/")
        known = self._folders.get(folder)
        if known is None:
            known = self.folder(folder)
        return known or self._names_it(name) or (bool(self._others) and self._search(path))

    def folder(self, path: str) -> bool:
        """Whether a folder matches, remembered, since a tree has many more files than folders."""
        known = self._folders.get(path)
        if known is None:
            above, _, name = path.rpartition("/")
            known = self._folders[path] = (
                self.folder(above)
                or name in self._folder_names
                or self._names_it(name)
                or (bool(self._others) and self._search(path + "/"))
            )
        return known

    def _names_it(self, name: str) -> bool:
        if name in self._names or name.endswith(self._suffixes):
            return True
        for head, tail, shortest in self._parts:
            if name.startswith(head) and name.endswith(tail) and len(name) >= shortest:
                return True
        return False

    def _search(self, path: str) -> bool:
        if self._regex is None:
            self._regex = re.compile("|".join(translate(pattern) for pattern in self._others), re.DOTALL).match
        return self._regex(path) is not None


def translate(pattern: str) -> str:
    """Returns the regular expression, for `re.match` with DOTALL, of one pattern without a leading `!`.

    It matches paths of files and, where they end in a slash, of folders.
    """
    of_folder = pattern.endswith("/")
    pattern = pattern.rstrip("/")
    anchored = "/" in pattern
    pattern = pattern.removeprefix("/")
    out = [] if anchored else ["(?:.*/)?"]
    at, end = 0, len(pattern)
    while at < end:
        char = pattern[at]
        at += 1
        if char == "*":
            stars = at - 1
            while at < end and pattern[at] == "*":
                at += 1
            whole = at - stars >= 2 and (stars == 0 or pattern[stars - 1] == "/") and (at == end or pattern[at] == "/")
            if not whole:
                if out and out[-1] == "[^/]*":
                    continue
                out.append("[^/]*")
            elif at == end:
                out.append(".+")
            else:
                at += 1
                if not out or out[-1] != "(?:.*/)?":
                    out.append("(?:.*/)?")
        elif char == "?":
            out.append("[^/]")
        elif char == "[":
            close = pattern.find("]", at + (2 if pattern[at : at + 1] in "!^" and pattern[at : at + 1] else 1))
            if close < 0:
                out.append(r"\[")
            else:
                out.append(_set_of(pattern[at:close]))
                at = close + 1
        elif char == "\\" and at < end:
            out.append(re.escape(pattern[at]))
            at += 1
        else:
            out.append(re.escape(char))
    out.append("/" if of_folder else r"(?:/|\Z)")
    return "".join(out)


def _set_of(body: str) -> str:
    """The regular expression of the inside of a `[...]`; a range the wrong way round matches nothing."""
    negated = body[:1] in ("!", "^")
    chars = body[1:] if negated else body
    parts = []
    at = 0
    while at < len(chars):
        first = chars[at]
        if chars[at + 1 : at + 2] == "-" and at + 2 < len(chars):
            last = chars[at + 2]
            if first <= last:
                parts.append(f"{re.escape(first)}-{re.escape(last)}")
            at += 3
        else:
            parts.append(re.escape(first))
            at += 1
    if not parts:
        return "[^/]" if negated else "(?!)"
    return f"(?!/)[{'^' if negated else ''}{''.join(parts)}]"
