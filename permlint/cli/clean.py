"""The command `clean`."""

from __future__ import annotations

import click

from permlint.cli.errors import Failure
from permlint.files.cache import cache_folder, remove_cache


def clean() -> int:
    """Removes the cache and says so. Returns the exit status."""
    folder = cache_folder()
    try:
        count = remove_cache(folder) if folder else 0
    except OSError as error:
        raise Failure(f"{folder} cannot be removed: {error.strerror or error}") from None
    click.echo(f"removed {count} cached files from {folder}" if count else "the cache is empty")
    return 0
