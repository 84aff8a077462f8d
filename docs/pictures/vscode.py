"""Makes the picture of VS Code: the settings that docs/editors.md shows, in code-server, with the server on an example.

    python docs/pictures/vscode.py EXTENSIONS

EXTENSIONS is the folder in which code-server has the extension Generic LSP Client (v2). Needs code-server and Chromium,
and playwright (`pip install playwright`), besides permlint with its extra `server`.
"""

# ruff: noqa: S603, S607, T201, INP001
from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parent.parent / "examples" / "storefront"
PORT = 8765
WIDTH, HEIGHT = 960, 640
SECONDS = 60
QUIET = {
    "chat.disableAIFeatures": True,
    "workbench.startupEditor": "none",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "editor.minimap.enabled": False,
}
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def settings() -> dict[str, object]:
    """The settings in the docs, and what keeps the picture free of other things."""
    (shown,) = re.findall(r"```json\n(\{\n  \"glspc.*?)```", (HERE.parent / "editors.md").read_text(), re.DOTALL)
    return {**json.loads(shown), **QUIET}


def photograph(folder: Path) -> None:
    """Opens a file, goes to a finding, and takes the picture of its hover and of the list of problems."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_default_timeout(SECONDS * 1000)
        page.goto(f"http://127.0.0.1:{PORT}/?folder={folder}")
        page.wait_for_selector("#status\\.problems[aria-label*=Errors]")

        def command(text: str) -> None:
            page.keyboard.press("F1")
            page.wait_for_selector(".quick-input-widget input")
            page.keyboard.type(text)
            page.wait_for_timeout(1000)
            page.keyboard.press("Enter")
            page.wait_for_timeout(1000)

        page.wait_for_timeout(3000)
        page.keyboard.press("Control+P")
        page.wait_for_selector(".quick-input-widget input")
        page.keyboard.type("scopes.py")
        page.wait_for_selector(".quick-input-list .monaco-list-row[aria-label*='scopes.py']")
        page.keyboard.press("Enter")
        page.wait_for_selector(".squiggly-error")
        command("View: Toggle Primary Side Bar Visibility")
        command("View: Focus Problems")
        command("View: Focus Active Editor Group")
        page.keyboard.press("Control+G")
        page.wait_for_timeout(500)
        page.keyboard.type("4:32")
        page.keyboard.press("Enter")
        command("Show or Focus Hover")
        page.wait_for_selector(".monaco-hover:visible")
        page.wait_for_timeout(1000)
        page.screenshot(path=HERE / "vscode.png")
        browser.close()


def main() -> None:
    """Makes the picture."""
    with tempfile.TemporaryDirectory() as work:
        folder, data = Path(work) / "shop", Path(work) / "data"
        shutil.copytree(EXAMPLE, folder)
        (data / "User").mkdir(parents=True)
        (data / "User" / "settings.json").write_text(json.dumps(settings()))
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        # As from a terminal: else the environment is that of a login shell.
        environment = {**os.environ, "PATH": path, "VSCODE_CLI": "1", "XDG_CACHE_HOME": work}
        options = ["--auth", "none", "--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"]
        places = ["--bind-addr", f"127.0.0.1:{PORT}", "--user-data-dir", data, "--extensions-dir", sys.argv[1]]
        server = subprocess.Popen(["code-server", *options, *places], env=environment)
        try:
            for _ in range(SECONDS):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz").close()
                    break
                except OSError:
                    time.sleep(1)
            photograph(folder)
        finally:
            server.terminate()
            server.wait()
    print(f"vscode.png: {(HERE / 'vscode.png').stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
