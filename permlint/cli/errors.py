"""What a command says when it cannot run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from permlint.config import Fault


class Failure(click.ClickException):
    """A run that cannot be done, for a reason that the user can cure. The message names the thing and the cure.

    faults: those of the config, where it is one that cannot be used.
    """

    exit_code = 2

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)


def unusable(faults: Sequence[Fault]) -> Failure:
    """The failure for what is wrong with a config."""
    return Failure("\n".join(map(str, faults)), faults)


def note(message: str, *, quiet: bool = False) -> None:
    """Says something on stderr that changes nothing."""
    if not quiet:
        click.echo(f"note: {message}", err=True)
