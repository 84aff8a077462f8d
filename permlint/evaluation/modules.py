"""The project's files as modules: which file a name means, and the reading of files on demand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from permlint import program as p
from permlint.evaluation.finding import Finder, Found
from permlint.evaluation.manifests import Manifests


class Modules:
    """Finds and reads the project's modules.

    paths: all files of the project that could be modules. read: gives the program in a file, None where it can't be read.
    finder: how the language of a file names other files. text: the characters of any file of the project by its path, None
    where there is none.
    """

    def __init__(
        self,
        paths: Iterable[str],
        read: Callable[[str], p.Program | None],
        finder: Callable[[str], Finder],
        text: Callable[[str], str | None],
    ) -> None:
        self._read = read
        self.text = text
        self.manifests = Manifests(self)
        self._finder = finder
        self._programs: dict[str, p.Program | None] = {}
        self._paths = set(paths)
        self.folders: set[str] = set()
        self._by_name: dict[str, list[str]] = {}
        for path in self._paths:
            folder = path.rpartition("/")[0]
            while folder not in self.folders:
                self.folders.add(folder)
                if not folder:
                    break
                folder = folder.rpartition("/")[0]
        self._found: dict[tuple[str, str, int], Found | None] = {}
        self._in_folder: dict[str, list[str]] = {}
        self._declared: dict[tuple[str, tuple[str, ...], tuple[str, ...]], dict[str, list[str]]] = {}
        self._lines: dict[str, dict[str, list[str]]] = {}

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
        return folder in self.folders

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
        key = (folder, suffixes, before)
        index = self._declared.get(key)
        if index is None:
            index = self._declared[key] = {}
            pattern = re.compile(f"(?:{'|'.join([re.escape(one) for one in before])})(\\w+)")
            for path in self.inside(folder):
                if path.endswith(suffixes):
                    for word in dict.fromkeys(pattern.findall(self.text(path) or "")):
                        index.setdefault(word, []).append(path)
        return index.get(name, [])

    def everywhere(self, name: str, suffixes: tuple[str, ...], pattern: str) -> list[str]:
        """The files of the whole project that declare a name; sorted.

        suffixes: the endings of files that are looked at. pattern: its group is the name that a line declares.
        """
        index = self._lines.get(pattern)
        if index is None:
            index = self._lines[pattern] = {}
            find = re.compile(pattern, re.MULTILINE | re.ASCII).findall
            for path in sorted([path for path in self._paths if path.endswith(suffixes)]):
                for word in dict.fromkeys(find(self.text(path) or "")):
                    index.setdefault(word, []).append(path)
        return index.get(name, [])

    def inside(self, folder: str) -> list[str]:
        """The files right in a folder; sorted."""
        if not self._in_folder:
            for path in sorted(self._paths):
                self._in_folder.setdefault(path.rpartition("/")[0], []).append(path)
        return self._in_folder.get(folder, [])

    def holds(self, path: str, *texts: str) -> bool:
        """Whether a file of the project's folder holds one of some texts; False where it can't be read."""
        whole = self.text(path) or ""
        return any(text in whole for text in texts)

    def ending(self, tail: str) -> list[str]:
        """The files whose path ends in these folders and this name; sorted."""
        stem = tail[tail.rfind("/") + 1 :].rpartition(".")[0]
        return [path for path in self.named(stem) if path == tail or path.endswith(f"/{tail}")]

    def find(self, importer: str, module: str, level: int) -> Found | None:
        """The file that a module's name means in the importing file, and its folder where it is a package.

        Returns (path, folder): path is None for a package without a file of its own. None: not one of the project's.
        """
        key = (importer, module, level)
        if key not in self._found:
            self._found[key] = self._finder(importer)(self, importer, module, level)
        return self._found[key]
