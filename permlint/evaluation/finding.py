"""How languages name files of a project: each way is a function from a name in an importing file to the file it means."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from permlint.evaluation.manifests import below

if TYPE_CHECKING:
    from permlint.evaluation.modules import Modules

Found = tuple["str | None", str]
"""A file, None for a package without one of its own; and its folder where it is a package."""
Finder = Callable[["Modules", str, str, int], "Found | None"]
"""Called with the importing file, the module's name, and its level: 0 for absolute, 1 for this package, 2 for the one above."""


def nowhere(modules: Modules, importer: str, module: str, level: int) -> Found | None:
    """No file imports another."""
    return None


# Dotted names of packages -------------------------------------------------------------------------------------------------------


def packages(suffixes: tuple[str, ...], index: str) -> Finder:
    """Dotted names from a source root or relative to the importer. index: the name of the file that is a package itself."""

    def find(modules: Modules, importer: str, module: str, level: int) -> Found | None:
        tail = module.replace(".", "/")
        folder = importer.rpartition("/")[0]
        if level:
            for _ in range(level - 1):
                if not folder:
                    return None
                folder = folder.rpartition("/")[0]
            return at(modules, folder, tail, importer)
        if not tail:
            return None
        while True:
            # The importer's own folder is searched for scripts; a package's own folder is not on the path.
            own = folder == importer.rpartition("/")[0]
            if not (own and any(modules.has(f"{folder}/{index}{suffix}".lstrip("/")) for suffix in suffixes)):
                found = at(modules, folder, tail, importer)
                if found is not None:
                    return found
            if not folder:
                break
            folder = folder.rpartition("/")[0]
        return elsewhere(modules, tail, importer)

    def elsewhere(modules: Modules, tail: str, importer: str) -> Found | None:
        """A source root that is no ancestor of the importer, such as `src/`, if only one fits and the name is long enough."""
        if "/" not in tail:
            return None
        first = tail.split("/", 1)[0]
        roots = {
            path[: path.index(f"{first}/")].rstrip("/")
            for path in modules.named(tail.rpartition("/")[2])
            if f"/{first}/" in f"/{path}"
        }
        found = [hit for root in sorted(roots) if (hit := at(modules, root, tail, importer)) is not None]
        return found[0] if len(found) == 1 else None

    def at(modules: Modules, folder: str, tail: str, importer: str) -> Found | None:
        base = f"{folder}/{tail}".strip("/") if folder else tail
        for suffix in suffixes:
            path = f"{base}/{index}{suffix}".lstrip("/")
            if path != importer and modules.has(path):
                return path, base.rstrip("/")
        if tail:
            for suffix in suffixes:
                path = base + suffix
                if path != importer and modules.has(path):
                    return path, ""
        if modules.has_folder(base.rstrip("/")) and (tail or folder):
            return None, base.rstrip("/")
        return None

    return find


# Paths --------------------------------------------------------------------------------------------------------------------------


def paths(suffixes: tuple[str, ...], index: str, stand_ins: Iterable[tuple[str, str]] = ()) -> Finder:
    """Paths relative to the importer, aliases, and packages of the project itself.

    An alias is one that a manifest names, or it is found by its end (`@/config/meta`).

    suffixes: what may be left out of a name, the likeliest first. index: the name of a folder's own file. stand_ins: suffixes
    that are written for files with another one (`./scopes.js` for `scopes.ts`).
    """
    written = tuple(stand_ins)

    def find(modules: Modules, importer: str, module: str, level: int) -> Found | None:
        if module.startswith("."):
            base = below(importer.rpartition("/")[0], module)
            return at(modules, base) if base is not None else None
        known = modules.manifests
        for base in known.aliased(importer, module):
            if (hit := at(modules, base)) is not None:
                return hit
        package = known.package(importer, module)
        if package is not None:
            return inside(modules, *package)
        return None if known.is_foreign(importer, module) else aliased(modules, importer, module)

    def inside(modules: Modules, folder: str, rest: str) -> Found | None:
        """A package of the project: its sources count more than what is made of them."""
        main = None if rest else modules.manifests.main(folder)
        tries = [f"{folder}/src/{rest}", f"{folder}/{rest}", *([main] if main is not None else [])]
        return next((hit for base in tries if (hit := at(modules, base.rstrip("/"))) is not None), None)

    def at(modules: Modules, base: str) -> Found | None:
        if modules.has(base):
            return base, ""
        for suffix in suffixes:
            if modules.has(base + suffix):
                return base + suffix, ""
        for there, meant in written:
            if base.endswith(there) and modules.has(base.removesuffix(there) + meant):
                return base.removesuffix(there) + meant, ""
        for suffix in suffixes:
            path = f"{base}/{index}{suffix}".lstrip("/")
            if modules.has(path):
                return path, ""
        return None

    def aliased(modules: Modules, importer: str, module: str) -> Found | None:
        """The file whose path ends like the module's name, without its first parts, if only one does; the nearest otherwise."""
        parts = [part for part in module.split("/") if part]
        if len(parts) < 2 and not module.startswith("/"):
            return None
        for skip in (
            range(len(parts) - 1) if module[:1] not in "@~#/" else range(1 - module.startswith("/"), len(parts))
        ):
            tail = parts[skip:]
            if len(tail) < 2 and (skip > 1 or len(parts[0]) > 1):
                return None
            hits = _ending(modules, tail, suffixes, index)
            if len(hits) > 1:
                hits = nearest(importer, hits)
            if len(hits) == 1:
                return hits[0], ""
        return None

    return find


def _ending(modules: Modules, tail: list[str], suffixes: tuple[str, ...], index: str) -> list[str]:
    end = "/".join(tail)
    last = tail[-1]
    stem = last.rpartition(".")[0] if "." in last else last
    names = {f"{end}{suffix}" for suffix in ("", *suffixes)} | {f"{end}/{index}{suffix}" for suffix in suffixes}
    found = []
    for path in dict.fromkeys([*modules.named(last), *modules.named(stem)]):
        if any(path == name or path.endswith(f"/{name}") for name in names):
            found.append(path)
    return found


def nearest(importer: str, candidates: Iterable[str]) -> list[str]:
    """Those of some files whose path has most in common with the importer's."""
    mine = importer.split("/")

    def common(path: str) -> int:
        count = 0
        for ours, theirs in zip(mine, path.split("/"), strict=False):
            if ours != theirs:
                break
            count += 1
        return count

    scored = [(common(path), path) for path in candidates]
    best = max((score for score, _ in scored), default=0)
    return [path for score, path in scored if score == best]


def addresses(scheme: str, source: str, suffix: str) -> Finder:
    """Paths relative to the importer, or, behind a scheme and a package's name (`package:app/scopes`), to its sources.

    source: the folder of a package's sources. suffix: left out of the name.
    """

    def find(modules: Modules, importer: str, module: str, level: int) -> Found | None:
        if not module.startswith(scheme):
            path = below(importer.rpartition("/")[0], module + suffix)
            return (path, "") if path is not None and ":" not in module and modules.has(path) else None
        package, _, rest = module.removeprefix(scheme).partition("/")
        own = f"{importer.rpartition(f'{source}/')[0]}{source}/{rest}{suffix}"
        if f"/{source}/" in f"/{importer}" and modules.has(own):
            return own, ""
        end = f"/{package}/{source}/{rest}{suffix}"
        hits = [path for path in modules.named(rest.rpartition("/")[2]) if f"/{path}".endswith(end)]
        return (hits[0], "") if len(hits) == 1 else None

    return find


def scripts(modules: Modules, importer: str, module: str, level: int) -> Found | None:
    """Paths from the importer's folder or one above it: where a script is run from, nobody says. Else by the path's end."""
    folder = importer.rpartition("/")[0]
    while True:
        path = below(folder, module)
        if path is not None and path != importer and modules.has(path):
            return path, ""
        if not folder:
            break
        folder = folder.rpartition("/")[0]
    hits = [path for path in modules.ending(module.removeprefix("./")) if path != importer]
    found = nearest(importer, hits)
    return (found[0], "") if len(found) == 1 else None


# Qualified names of classes -----------------------------------------------------------------------------------------------------


def classes(
    suffixes: tuple[str, ...], separators: str, spell: Callable[[str], str] = str, *, whole: bool = False
) -> Finder:
    """Qualified names whose last part is a class in a file of that name, below folders like the parts before it.

    separators: what may stand between the parts. spell: makes a file's name of a class's. whole: each part has its folder.
    """

    def find(modules: Modules, importer: str, module: str, level: int) -> Found | None:
        for separator in separators:
            module = module.replace(separator, "/")
        parts = [part for part in module.split("/") if part]
        if not parts:
            return None
        name = spell(parts[-1])
        hits = [path for path in modules.named(name) if path.endswith(suffixes) and _stem(path) == name]
        scored = [(_agreeing(parts[:-1], path), path) for path in hits]
        best = max((score for score, _ in scored), default=-1)
        if best < (len(parts) - 1 if whole else min(1, len(parts) - 1)):
            return None
        hits = [path for score, path in scored if score == best]
        if len(hits) > 1:
            hits = nearest(importer, hits)
        return (hits[0], "") if len(hits) == 1 else None

    return find


def declared_packages(suffixes: tuple[str, ...], keyword: str) -> Finder:
    """Qualified names of packages: folders of which a file says that it belongs there. keyword: what it says it with."""

    def find(modules: Modules, importer: str, module: str, level: int) -> Found | None:
        last = module.rpartition(".")[2]
        ends = tuple([f"{keyword}{module}{end}" for end in ("\n", "\r", ";", " ")])
        folders = dict.fromkeys([path.rpartition("/")[0] for path in modules.named(last) if path.endswith(suffixes)])
        found = [
            folder
            for folder in folders
            if any(path.endswith(suffixes) and modules.holds(path, *ends) for path in modules.inside(folder))
        ]
        if len(found) > 1:
            found = [path.rpartition("/")[0] for path in nearest(importer, [f"{folder}/" for folder in found])]
        return (None, found[0]) if found else None

    return find


def paths_in_module(suffixes: tuple[str, ...], file: str, keyword: str) -> Finder:
    """Paths that begin with the name of a module, which a file at its root says.

    file, keyword: that file, and what stands before the name.
    """

    def find(modules: Modules, importer: str, module: str, level: int) -> Found | None:
        parts = module.split("/")
        for count in range(1, len(parts) + 1):
            name, tail = "/".join(parts[:count]), "/".join(parts[count:])
            ends = tuple([f"{keyword}{name}{end}" for end in ("\n", "\r", " ")])
            folder = importer.rpartition("/")[0]
            while True:
                below = f"{folder}/{tail}".strip("/")
                if modules.has_folder(below) and modules.holds(f"{folder}/{file}".lstrip("/"), *ends):
                    return None, below
                if not folder:
                    break
                folder = folder.rpartition("/")[0]
        return None

    return find


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _agreeing(parts: list[str], path: str) -> int:
    """How many folders of a path, from its end, are called like the last parts."""
    folders = path.split("/")[:-1]
    count = 0
    for part, folder in zip(reversed(parts), reversed(folders), strict=False):
        if part.lower() != folder.lower():
            break
        count += 1
    return count


# Names that all files of a program share ----------------------------------------------------------------------------------------


def declared_in(suffixes: tuple[str, ...], separator: str, pattern: str) -> Finder:
    """As `declared`, for names of modules in modules: a file that declares the last part, and best the one before it too."""

    def find(modules: Modules, importer: str, module: str, level: int) -> Found | None:
        parts = module.split(separator)
        hits = [path for path in modules.everywhere(parts[-1], suffixes, pattern) if path != importer]
        if len(parts) > 1:
            around = set(modules.everywhere(parts[-2], suffixes, pattern))
            hits = [path for path in hits if path in around]
        if len(hits) > 1:
            hits = nearest(importer, hits)
        return (hits[0], "") if len(hits) == 1 else None

    return find


def declared(suffixes: tuple[str, ...], pattern: str) -> Finder:
    """Names without an import: the file that declares one, the nearest of several. pattern: as in `Modules.everywhere`."""

    def find(modules: Modules, importer: str, module: str, level: int) -> Found | None:
        hits = [path for path in modules.everywhere(module, suffixes, pattern) if path != importer]
        if len(hits) > 1:
            hits = nearest(importer, hits)
        return (hits[0], "") if len(hits) == 1 else None

    return find
