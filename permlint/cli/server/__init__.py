"""The command `server`: a language server over standard input and output, for editors."""

from __future__ import annotations

import sys

from permlint.cli.errors import Failure, note


def server() -> int:
    """Serves one editor until it says goodbye or goes away. Returns the exit status. Raises Failure without pygls."""
    try:
        from permlint.cli.server.serving import serve
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise Failure("the server needs pygls 2 or newer: pip install 'permlint[server]'") from None
    if sys.stdin.isatty():
        note("this is for editors, which start it themselves; Ctrl-D ends it")
    return serve()
