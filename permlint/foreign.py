"""Files that call the Graph API in a language that permlint does not read: where there are any, a scope may be used there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.files import discover, read_file
from permlint.frontends import passed_over, wants

if TYPE_CHECKING:
    from permlint.config import Config

_MAX_READ = 2_000_000
_MAX_FILES = 20_000


def foreign_callers(config: Config) -> tuple[str, ...]:
    """The paths of such files, relative to the project's root, at most three of them."""
    from permlint.recognition.calls.tables import load

    tables = load()
    found = []
    for path in discover(config, lambda name: name.endswith(tables.foreign_endings)).files[:_MAX_FILES]:
        if config.is_test(path):
            continue
        try:
            data = read_file(config.root, path, _MAX_READ).lower()
        except OSError:
            continue
        if wants(path) and passed_over(path, data) is None:
            continue
        if any(needle in data for needle in tables.foreign_needles):
            found.append(path)
            if len(found) == 3:
                break
    return tuple(found)
