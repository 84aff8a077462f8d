"""`check --watch`: the report comes again when a file has changed, and Ctrl-C ends it."""

import json
import os
import queue
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

EDITORS = Path(__file__).parents[2] / "docs" / "editors.md"
LOGIN = 'SCOPES = "{}"\nURL = "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=" + SCOPES\n'
SECONDS = 60


class Watch:
    def __init__(self, folder, *options):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PERMLINT_")}
        environment |= {"XDG_CACHE_HOME": str(folder.parent / "cache"), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "permlint", "check", "--watch", "--format", "concise", *options]
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def report(self):
        """All that is written until the next change is waited for."""
        lines = []
        while not (lines and lines[-1].startswith("note: watching")):
            line = self.lines.get(timeout=SECONDS)
            assert line is not None, lines
            lines.append(line)
        return "".join(lines)


@pytest.fixture
def watch(project):
    started = []

    def start(files, *options):
        folder = project(files)
        started.append(Watch(folder, *options))
        return folder, started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.wait(SECONDS)
        one.process.stdout.close()


def test_the_report_comes_again_with_each_change(watch):
    folder, running = watch({"permlint.toml": "", "login.py": LOGIN.format("manage_pages")})
    assert "PRM101" in running.report()

    (folder / "login.py").write_text(LOGIN.format("email"))
    assert running.report() == "note: checking 1 file\nnote: watching for changes; Ctrl-C ends it\n"

    (folder / "more.py").write_text(LOGIN.format("user_birthdayy"))
    assert "more.py:1:11: PRM103" in running.report()

    (folder / "permlint.toml").write_text("ignore = 3\n")
    assert "Error: permlint.toml:1: ignore" in running.report()

    (folder / "permlint.toml").write_text('ignore = ["PRM103"]\n')
    assert running.report() == "note: checking 2 files\nnote: watching for changes; Ctrl-C ends it\n"


def test_the_task_for_vs_code_reads_the_report(watch):
    (block,) = re.findall(r'```json\n(\{\n  "version".*?)```', EDITORS.read_text(encoding="utf-8"), re.DOTALL)
    (task,) = json.loads(block)["tasks"]
    matcher = task["problemMatcher"]
    assert task["command"] == "permlint check --watch --format concise"
    _, running = watch({"permlint.toml": "", "login.py": LOGIN.format("manage_pages")})

    first, *lines, last = running.report().splitlines()

    assert re.search(matcher["background"]["beginsPattern"], first)
    assert re.search(matcher["background"]["endsPattern"], last)
    found = [re.search(matcher["pattern"]["regexp"], line) for line in lines]
    assert [one and one.groups()[:4] for one in found] == [("login.py", "1", "11", "PRM101")]


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_ctrl_c_ends_it(watch):
    _, running = watch({"permlint.toml": "", "login.py": LOGIN.format("manage_pages")})
    running.report()

    running.process.send_signal(signal.SIGINT)

    assert running.process.wait(SECONDS) == 0
    assert running.lines.get(timeout=SECONDS) == "\n"
    assert running.lines.get(timeout=SECONDS) is None


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_it_only_looks(project, command, option):
    project({"permlint.toml": ""})

    done = command("check", "--watch", option)

    assert (done.status, done.err) == (2, f"Error: --watch only looks: it does not go with {option}\n")
