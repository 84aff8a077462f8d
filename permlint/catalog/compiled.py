"""Reads the compiled files of the catalog."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from permlint.catalog.model import CatalogError

if TYPE_CHECKING:
    from collections.abc import Callable

Made = TypeVar("Made")


def read_compiled(path: str, what: str, make: Callable[[Any], Made]) -> Made:
    """Read a compiled JSON file and give what ``make`` makes of its data.

    ``what``: its name in a sentence in the singular (``the catalog``). Raises CatalogError, naming the file,
    if it can't be read or if ``make`` fails over its data in any of the ways that damaged data makes it fail.
    """
    try:
        with open(path, encoding="utf-8") as file:
            return make(json.load(file))
    except OSError as error:
        raise CatalogError(f"cannot read {what} {path}: {error.strerror or error}") from error
    except RecursionError as error:
        raise CatalogError(f"{what} {path} is damaged: nested too deeply") from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise CatalogError(f"{what} {path} is damaged: {type(error).__name__}: {error}") from error
