"""Makes the pictures of the docs from the real thing: permlint in a terminal, and its server in Neovim.

    python docs/pictures/make.py

Needs tmux, Neovim 0.11 or newer, and rich (`pip install rich`), besides permlint with its extra `server`.
"""

# ruff: noqa: S603, T201, INP001
from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parent.parent / "examples" / "storefront"
WIDTH, HEIGHT = 118, 26
SECONDS = 60
SETUP = """
vim.opt.swapfile = false
vim.opt.termguicolors = true
vim.opt.number = true
vim.opt.laststatus = 0
vim.lsp.config("permlint", { cmd = { "permlint", "server" }, filetypes = { "python" }, root_markers = { "permlint.toml" } })
vim.lsp.enable("permlint")
vim.diagnostic.config({ virtual_text = { severity = { min = vim.diagnostic.severity.ERROR } } })
"""


class Terminal:
    """A terminal of its own, in which a person types. folder: where it starts."""

    def __init__(self, folder: Path) -> None:
        self._tmux = ["tmux", "-L", f"permlint-pictures-{os.getpid()}"]
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        environment = {
            **os.environ,
            "PATH": path,
            "PS1": "$ ",
            "LC_ALL": "C.UTF-8",
            "XDG_CACHE_HOME": str(folder.parent),
        }
        size = ["-x", str(WIDTH), "-y", str(HEIGHT)]
        shell = ["bash", "--noprofile", "--norc"]
        subprocess.run(
            [*self._tmux, "-f", os.devnull, "new-session", "-d", *size, *shell], cwd=folder, env=environment, check=True
        )
        subprocess.run([*self._tmux, "set", "-g", "default-terminal", "tmux-256color"], check=True)

    def type(self, *keys: str) -> None:
        """Types keys, by the names that tmux gives them."""
        subprocess.run([*self._tmux, "send-keys", *keys], check=True)

    def until(self, wanted: str) -> str:
        """What the terminal shows, colours included, once it shows a text and has settled."""
        deadline, before = time.monotonic() + SECONDS, ""
        while True:
            shown = subprocess.run(
                [*self._tmux, "capture-pane", "-e", "-p"], check=True, capture_output=True
            ).stdout.decode()
            if re.search(wanted, re.sub(r"\x1b\[[0-9;:]*m", "", shown)) and shown == before:
                return shown
            if time.monotonic() > deadline:
                sys.exit(f"{wanted!r} never came:\n{shown}")
            before = shown
            time.sleep(0.5)

    def close(self) -> None:
        """Ends it, with all that runs in it."""
        subprocess.run([*self._tmux, "kill-server"], check=False)


def picture(name: str, title: str, shown: str) -> None:
    """Writes what a terminal shows as an SVG, without the fonts that it would fetch."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(shown.rstrip()), no_wrap=True, crop=True)
    svg = console.export_svg(title=title, theme=MONOKAI, unique_id=name)
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", "DejaVu Sans Mono, Menlo, Consolas")
    (HERE / f"{name}.svg").write_text(re.sub(r"\n\s+", "\n", svg), encoding="utf-8")
    print(f"{name}.svg: {len(svg) // 1000} kB")


def main() -> None:
    """Makes all pictures."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "shop"
        shutil.copytree(EXAMPLE, folder)
        (folder.parent / "init.lua").write_text(SETUP, encoding="utf-8")
        terminal = Terminal(folder)
        try:
            terminal.type("permlint check --select PRM101,PRM103 storefront/scopes.py", "Enter")
            shown = terminal.until(r"\d errors? in")
            picture("check", "permlint check", shown)
            terminal.type("clear; nvim -u ../init.lua storefront/scopes.py", "Enter")
            terminal.until("■")
            terminal.type("/pages_manage_posts", "Enter", "K")
            picture("hover", "hover", terminal.until("(?s)In the app storefront.*Needed by"))
            terminal.type("g", "g")
            terminal.until("^(?s:(?!Status).)*$")
            terminal.type("/pages_manage_posts", "Enter", "gra")
            picture("action", "code action", terminal.until("Ignore PRM104"))
        finally:
            terminal.close()


if __name__ == "__main__":
    main()
