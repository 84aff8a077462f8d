"""What manifests say of names in imports: `tsconfig.json` and `jsconfig.json` of aliases, `package.json` of packages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from permlint.evaluation.modules import Modules

_COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_COMMA = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])')
_ALIASES = ("tsconfig.json", "jsconfig.json")
_DEPENDENCIES = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
_OWN = ("workspace:", "file:", "link:", "portal:", "*")
_MAX_EXTENDS = 5
_MAX_FOLDERS = 5_000

Aliases = tuple[tuple[str, tuple[str, ...]], ...]
"""Names, with `*` for any end, and the paths in the project that each stands for."""


class Manifests:
    """The manifests of one project, read when first asked for."""

    def __init__(self, modules: Modules) -> None:
        self._modules = modules
        self._documents: dict[str, dict[str, Any]] = {}
        self._aliases: dict[str, Aliases | None] = {}
        self._by_folder: dict[str, list[str]] = {}

    def aliased(self, importer: str, module: str) -> Iterator[str]:
        """The paths, without endings, that a name may stand for in an importing file, by the nearest list of aliases."""
        for folder in _above(importer):
            for name in _ALIASES:
                aliases = self._aliases_in(f"{folder}/{name}".lstrip("/"))
                if aliases is None:
                    continue
                for pattern, targets in aliases:
                    start, star, end = pattern.partition("*")
                    if module == pattern if not star else module.startswith(start) and module.endswith(end):
                        found = module[len(start) : len(module) - len(end)] if star else ""
                        yield from [target.replace("*", found, 1) for target in targets]
                return

    def is_foreign(self, importer: str, module: str) -> bool:
        """Whether a name is of a package that the project says it gets from outside."""
        version = self._version(importer, _package(module))
        return version is not None and not version.startswith(_OWN)

    def package(self, importer: str, module: str) -> tuple[str, str] | None:
        """The folder of a package of the project itself, and what of the name leads further into it."""
        name = _package(module)
        version = self._version(importer, name)
        if version is not None and not version.startswith(_OWN):
            return None
        rest = module[len(name) + 1 :]
        # Its folder is mostly called like the package; only what is declared to be the project's own is worth a long search.
        likely = self._folders(name.rpartition("/")[2])
        for folder in likely if version is None else [*likely, *sorted(self._modules.folders)[:_MAX_FOLDERS]]:
            if self._document(f"{folder}/package.json".lstrip("/")).get("name") == name:
                return folder, rest
        return None

    def main(self, folder: str) -> str | None:
        """The file that a package's manifest names as its entry, None where it names none."""
        entry = self._document(f"{folder}/package.json").get("main")
        return below(folder, entry) if isinstance(entry, str) else None

    def _version(self, importer: str, name: str) -> str | None:
        for folder in _above(importer):
            document = self._document(f"{folder}/package.json".lstrip("/"))
            for kind in _DEPENDENCIES:
                listed = document.get(kind)
                if isinstance(listed, dict) and isinstance(listed.get(name), str):
                    return str(listed[name])
        return None

    def _folders(self, name: str) -> list[str]:
        if not self._by_folder:
            for folder in sorted(self._modules.folders):
                self._by_folder.setdefault(folder.rpartition("/")[2], []).append(folder)
        return self._by_folder.get(name, [])

    def _aliases_in(self, path: str, depth: int = 0) -> Aliases | None:
        """The aliases that a file lists, or one that it extends; None where there is no such file."""
        if path not in self._aliases:
            self._aliases[path] = None  # For whoever asks while the answer is being found: files may extend each other.
            document = self._document(path)
            if document:
                self._aliases[path] = self._listed(path, document, depth)
        return self._aliases[path]

    def _listed(self, path: str, document: dict[str, Any], depth: int) -> Aliases:
        folder = path.rpartition("/")[0]
        options = document.get("compilerOptions")
        options = options if isinstance(options, dict) else {}
        listed, base = options.get("paths"), options.get("baseUrl")
        root = below(folder, base) if isinstance(base, str) else folder
        found: list[tuple[str, tuple[str, ...]]] = []
        for name, targets in listed.items() if isinstance(listed, dict) else ():
            written = [one for one in targets if isinstance(one, str)] if isinstance(targets, list) else []
            paths = [below(root or "", one) for one in written]
            found.append((name, tuple([one for one in paths if one is not None])))
        # The longest name before its `*` counts.
        found.sort(key=lambda pair: len(pair[0].partition("*")[0]), reverse=True)
        if not isinstance(listed, dict) and depth < _MAX_EXTENDS:
            extended = document.get("extends")
            for one in extended if isinstance(extended, list) else [extended]:
                other = below(folder, one) if isinstance(one, str) and one.startswith(".") else None
                if other is not None:
                    whole = other if other.endswith(".json") else f"{other}.json"
                    found += self._aliases_in(whole, depth + 1) or ()
        if isinstance(base, str) and root is not None:
            found.append(("*", (f"{root}/*".lstrip("/"),)))
        return tuple(found)

    def _document(self, path: str) -> dict[str, Any]:
        """What a JSON file holds, comments and trailing commas put aside; nothing where there is none that can be read."""
        known = self._documents.get(path)
        if known is None:
            known = {}
            folder = path.rpartition("/")[0]
            text = self._modules.text(path) if not folder or self._modules.has_folder(folder) else None
            if text:
                plain = _COMMENT.sub(lambda match: match[1] or " ", text)
                try:
                    made = json.loads(_COMMA.sub(lambda match: match[1] or "", plain))
                except (ValueError, RecursionError):
                    made = {}
                known = made if isinstance(made, dict) else {}
            self._documents[path] = known
        return known


def _above(path: str) -> Iterator[str]:
    """The folders that a file is in, the innermost first."""
    folder = path
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder


def _package(module: str) -> str:
    """The name of the package in a module's name."""
    return "/".join(module.split("/")[: 2 if module.startswith("@") else 1])


def below(folder: str, path: str) -> str | None:
    """A path as a manifest in a folder writes it; None where it leads out of the project."""
    parts = folder.split("/") if folder else []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
