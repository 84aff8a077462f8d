"""Version names such as ``v19.0``: read and compared as numbers."""

from __future__ import annotations

from functools import lru_cache

from permlint.catalog.model import CatalogError


@lru_cache(maxsize=1_000)
def parse_version(name: str) -> tuple[int, int]:
    """Read a version's name, ``v19.0`` to ``(19, 0)``.

    Raises CatalogError if it is not of the form vN.N; whether such a version ever existed is not asked.
    """
    major, dot, minor = name[1:].partition(".")
    if not (name[:1] == "v" and dot and name.isascii() and major.isdigit() and minor.isdigit()):
        raise CatalogError(f"not a version of the form vN.N, such as v19.0: {name[:40]!r}")
    if len(name) > 12:
        raise CatalogError(f"no version has a name this long: {name[:40]!r}")
    return int(major), int(minor)


def compare_versions(first: str, second: str) -> int:
    """Say which of two versions is older: -1 the first, 1 the second, 0 neither.

    Raises CatalogError as ``parse_version`` does.
    """
    one, other = parse_version(first), parse_version(second)
    return (one > other) - (one < other)
