"""What runs of one process remember for each other: never more than still holds."""

from __future__ import annotations

import datetime as dt
import os

import pytest

from permlint.analysis import analyse
from permlint.config import Config
from permlint.memory import Memory

AS_OF = dt.date(2026, 11, 21)
DIALOG = "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope="
LOGIN = f"from scopes import SCOPES\nURL = '{DIALOG}' + ','.join(SCOPES)\n"
GRAPH = 'GRAPH = "https://graph.facebook.com/v25.0"\n'
CALLER = "import httpx\n\nimport graph\n\n\ndef pages(token):\n    return httpx.get(graph.GRAPH + '/me/accounts')\n"


class Runs:
    """Runs of one project that share a memory; each is compared with one that has none."""

    def __init__(self, root, folder=None):
        self.root = root
        self.memory = Memory(folder, str(root))

    def __call__(self, overlay=None):
        files = sorted(str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file())
        files = sorted({*files, *(overlay or ())})
        config = Config(root=str(self.root))
        warm = analyse(config, files, as_of=AS_OF, overlay=overlay, memory=self.memory)
        cold = analyse(config, files, as_of=AS_OF, overlay=overlay)
        assert facts(warm) == facts(cold)
        return sorted({scope.text for app in warm.apps for _, scope in app.scopes()})


def facts(analysis):
    return [
        (app.requests, app.calls, app.edge, app.versions, app.unresolved, app.unreadable) for app in analysis.apps
    ] + [analysis.suppressions, analysis.skipped]


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "login.py").write_text(LOGIN)
    (folder / "scopes.py").write_text("SCOPES = ['email']\n")
    return folder


@pytest.mark.parametrize("cached", [False, True])
def test_each_run_sees_what_holds_now(root, tmp_path, cached):
    run = Runs(root, tmp_path / "cache" if cached else None)
    assert run() == ["email"]
    assert run() == ["email"]

    (root / "scopes.py").write_text("SCOPES = ['user_likes']\n")
    assert run() == ["user_likes"]

    assert run({"scopes.py": b"SCOPES = ['user_posts']\n"}) == ["user_posts"]
    assert run({"scopes.py": b"SCOPES = ['user_photos']\n"}) == ["user_photos"]
    assert run() == ["user_likes"]

    (root / "scopes.py").unlink()
    assert run() == []


def test_a_change_of_the_same_size_at_the_same_time_is_seen(root):
    run = Runs(root)
    for name in ("user_posts", "user_photo", "user_likes"):
        (root / "scopes.py").write_text(f"SCOPES = ['{name}']\n")
        os.utime(root / "scopes.py", ns=(10**18, 10**18))
        assert run() == [name]


def test_callers_come_and_go(root):
    (root / "graph.py").write_text(GRAPH)
    (root / "listing.py").write_text("import graph\n")
    run = Runs(root)
    for text in (CALLER, "import graph\n", CALLER):
        (root / "listing.py").write_text(text)
        run()
        run({"listing.py": b"import graph\n"})
        run({"listing.py": CALLER.encode()})
        run()
        run.memory.keep_only({"graph.py", "listing.py", "login.py", "scopes.py"})
        run()


def test_a_file_that_breaks_and_heals(root):
    run = Runs(root)
    for text in ("SCOPES = ['email'\n", "SCOPES = ['email', 'user_likes']\n", "def\n"):
        (root / "login.py").write_text(LOGIN + text)
        run()
        run()


def test_only_the_files_of_the_project_are_remembered(root):
    run = Runs(root)
    run()
    run.memory.keep_only({"login.py"})
    (root / "scopes.py").unlink()
    assert run() == []
