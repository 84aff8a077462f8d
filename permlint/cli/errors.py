"""What a command says when it cannot run."""

from __future__ import annotations

import click


class Failure(click.ClickException):
    """A run that cannot be done, for a reason that the user can cure. The message names the thing and the cure."""

    exit_code = 2


def note(message: str, *, quiet: bool = False) -> None:
    """Says something on stderr that changes nothing."""
    if not quiet:
        click.echo(f"note: {message}", err=True)
