"""The project's files as modules: which file a name means, and the reading of files on demand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from permlint import program as p
from permlint.evaluation.finding import Finder, Found


class Modules:
    """Finds and reads the project's modules.

    paths: all files of the project that could be modules. read: gives the program in a file, None where it can't be read.
    finder: how the language of a file names other files. data: the bytes of a file of the project, of whatever kind; none where it can't be read.
    """

    def __init__(
        self,
        paths: Iterable[str],
        read: Callable[[str], p.Program | None],
        finder: Callable[[str], Finder],
        data: Callable[[str], bytes] = lambda _: b"",
    ) -> None:
        self._read = read
        self._finder = finder
        self._data = data
        self._programs: dict[str, p.Program | None] = {}
        self._paths = set(paths)
        self._folders: set[str] = set()
        self._by_name: dict[str, list[str]] = {}
        for path in self._paths:
            folder = path.rpartition("/")[0]
            while folder not in self._folders:
                self._folders.add(folder)
                if not folder:
                    break
                folder = folder.rpartition("/")[0]
        self._found: dict[tuple[str, str, int], Found | None] = {}
        self._in_folder: dict[str, list[str]] = {}
        self._declared: dict[tuple[str, tuple[str, ...]], dict[str, list[str]]] = {}

    def program(self, path: str) -> p.Program | None:
        """The program in a file, read when first asked for."""
        if path not in self._programs:
            self._programs[path] = self._read(path)
        return self._programs[path]

    def has(self, path: str) -> bool:
        """Whether it is a file of the project."""
        return path in self._paths

    def has_folder(self, folder: str) -> bool:
        """Whether it is a folder that holds files of the project."""
        return folder in self._folders

    def named(self, name: str) -> list[str]:
        """The files whose name without its suffix, or whose folder's name, is this; sorted."""
        if not self._by_name:
            for path in sorted(self._paths):
                folder, _, file = path.rpartition("/")
                stem = file.rpartition(".")[0]
                self._by_name.setdefault(stem, []).append(path)
                parent = folder.rpartition("/")[2]
                if parent and parent != stem:
                    self._by_name.setdefault(parent, []).append(path)
        return self._by_name.get(name, [])

    def declaring(self, folder: str, name: str, suffixes: tuple[str, ...], before: tuple[str, ...]) -> list[str]:
        """The files right in a folder that may declare a name; sorted.

        suffixes: the endings of files that are looked at. before: what stands before a name where it is declared.
        """
        index = self._declared.get((folder, suffixes))
        if index is None:
            index = self._declared[folder, suffixes] = {}
            pattern = re.compile(b"(?:" + b"|".join([re.escape(one.encode()) for one in before]) + rb")(\w+)")
            for path in self.inside(folder):
                if path.endswith(suffixes):
                    for word in dict.fromkeys(pattern.findall(self._data(path))):
                        index.setdefault(word.decode("utf-8", "replace"), []).append(path)
        return index.get(name, [])

    def inside(self, folder: str) -> list[str]:
        """The files right in a folder; sorted."""
        if not self._in_folder:
            for path in sorted(self._paths):
                self._in_folder.setdefault(path.rpartition("/")[0], []).append(path)
        return self._in_folder.get(folder, [])

    def holds(self, path: str, *texts: str) -> bool:
        """Whether a file of the project's folder holds one of some texts; False where it can't be read."""
        data = self._data(path)
        return any(text.encode() in data for text in texts)

    def find(self, importer: str, module: str, level: int) -> Found | None:
        """The file that a module's name means in the importing file, and its folder where it is a package.

        Returns (path, folder): path is None for a package without a file of its own. None: not one of the project's.
        """
        key = (importer, module, level)
        if key not in self._found:
            self._found[key] = self._finder(importer)(self, importer, module, level)
        return self._found[key]
