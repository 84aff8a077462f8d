"""The command line: from arguments to exit status. What the commands do is imported when one of them runs."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["run"]

FAILED = 2
"""The exit status of a run that could not be done."""


def run(args: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit status: 0 nothing to act on, 1 findings, 2 could not run.

    args: the arguments, those of the process if None. Never raises for bad input; a fault of permlint's own is one
    message, and a traceback where PERMLINT_DEBUG is set.
    """
    # A run makes many objects that live to its end: looking for garbage among them again and again only costs time.
    gc.set_threshold(200_000, 20, 100)
    from permlint.cli.commands import permlint  # after the entry, so that `import permlint.cli` is cheap

    try:
        status = permlint.main(args=args, prog_name="permlint", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return FAILED
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        return FAILED
    except BrokenPipeError:
        from permlint.cli.output import forget_stdout

        forget_stdout()
        return 0
    except Exception as error:  # noqa: BLE001 -- the last door: whatever comes here is our fault, and is said so
        return _internal_error(error)
    return status if isinstance(status, int) else 0


def _internal_error(error: Exception) -> int:
    from permlint import __version__

    if os.environ.get("PERMLINT_DEBUG"):
        import traceback

        traceback.print_exc()
    said = " ".join(str(error).split())[:500]
    click.echo(
        f"internal error in permlint {__version__}: {type(error).__name__}: {said}\n"
        "Please report it, with what PERMLINT_DEBUG=1 in the environment adds to this message.",
        err=True,
    )
    return FAILED
