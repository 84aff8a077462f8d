"""The hook for pre-commit, by pre-commit itself."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import tomli

ROOT = Path(__file__).parent.parent.parent
PATH = ROOT / ".pre-commit-hooks.yaml"
HOOKS = PATH.read_text(encoding="utf-8")
FILES = re.compile(re.search(r"^  files: (.*)$", HOOKS, re.MULTILINE)[1])

needs_tools = pytest.mark.skipif(
    importlib.util.find_spec("pre_commit") is None or shutil.which("git") is None, reason="needs pre-commit and git"
)

CONFIG = """\
repos:
  - repo: {repo}
    rev: {rev}
    hooks:
      - id: {hook}
"""
LOGIN = """\
import os
from urllib.parse import urlencode

URL = "https://www.facebook.com/v24.0/dialog/oauth?" + urlencode({"scope": os.environ["FACEBOOK_SCOPES"]})
"""


@pytest.mark.parametrize(
    "path",
    [
        "a.py",
        "b/a.pyi",
        "a.pyw",
        "b/a.ipynb",
        ".env",
        "b/.env.local",
        ".env.example",
        "b/production.env",
        "permlint.toml",
        "pyproject.toml",
    ],
)
def test_what_starts_the_hook(path):
    assert FILES.search(path)


@pytest.mark.parametrize("path", ["README.md", "a.pyc", "environment", "b.env/a.txt", "poetry.lock", "a.py/b.txt"])
def test_what_does_not_start_the_hook(path):
    assert not FILES.search(path)


def fresh():
    """The file with what starts the hooks written anew: `python tests/hooks/test_pre_commit.py`."""
    from permlint.frontends import _BY_SUFFIX

    endings = "|".join(re.escape(suffix[1:]) for suffix in sorted(_BY_SUFFIX))
    files = rf"(^|/)([^/]+\.({endings})|\.?env[._-][^/]*|\.envrc|\.env|[^/]+\.env)$"
    return re.sub(r"^  files: .*$", lambda _: f"  files: {files}", HOOKS, flags=re.MULTILINE)


def test_what_starts_the_hooks_is_fresh():
    assert fresh() == HOOKS


def test_every_file_that_permlint_reads_starts_the_hook():
    from permlint.frontends import _BY_SUFFIX, wants

    assert all(FILES.search(f"folder/name{suffix}") for suffix in _BY_SUFFIX)
    assert all(wants(path) and FILES.search(path) for path in (".env", ".env.local", "x/prod.env"))


@pytest.fixture
def run(tmp_path):
    """Runs a command in a folder of the test's, with nothing of this machine's settings of git and pre-commit."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT", "PERMLINT_"))
    }
    environment |= {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "NO_COLOR": "1",
    }
    for who in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{who}_NAME": "test", f"GIT_{who}_EMAIL": "test@example.com"}

    def command(folder, *args):
        done = subprocess.run(
            args, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        return done.returncode, done.stdout + done.stderr

    return command


@pytest.fixture
def repository(tmp_path, run):
    """A repository of permlint as it stands here, as pre-commit clones it, and its revision."""
    folder = tmp_path / "permlint"
    packages = ("permlint", "rules")
    for name in packages:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, folder / name)
    for args in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "all")):
        assert run(folder, "git", *args)[0] == 0
    return folder, run(folder, "git", "rev-parse", "HEAD")[1].strip()


@needs_tools
def test_the_hook(repository, run, tmp_path):
    repo, rev = repository
    app = tmp_path / "app"
    app.mkdir()
    (app / "permlint.toml").write_text('extend-select = ["PRM1"]\n')
    (app / "login.py").write_text(LOGIN)
    (app / "notes.md").write_text("notes\n")
    (app / ".pre-commit-config.yaml").write_text(CONFIG.format(repo=repo, rev=rev, hook="permlint"))
    assert run(app, "git", "init", "-q")[0] == 0

    def pre_commit():
        return run(app, sys.executable, "-m", "pre_commit", "run", "--verbose")

    # Only a `.env` file is about to be committed, and a scope in it is wrong.
    (app / ".env").write_text("FACEBOOK_SCOPES=email,manage_pages\n")
    run(app, "git", "add", ".pre-commit-config.yaml", "login.py", "permlint.toml")
    run(app, "git", "commit", "-qm", "before")
    run(app, "git", "add", "-f", ".env")
    status, said = pre_commit()
    assert status == 1, said
    assert ".env:1:23  error  PRM101 removed-permission" in said

    (app / ".env").write_text("FACEBOOK_SCOPES=email\n")
    run(app, "git", "add", "-f", ".env")
    status, said = pre_commit()
    assert status == 0, said
    assert "Passed" in said

    run(app, "git", "commit", "-qm", "cured")
    run(app, "git", "add", "notes.md")
    status, said = pre_commit()
    assert (status, "no files to check" in said) == (0, True), said


@needs_tools
def test_the_quick_hook(repository, run, tmp_path):
    repo, rev = repository
    app = tmp_path / "quick"
    app.mkdir()
    (app / "scopes.py").write_text('SCOPES = ["email", "manage_pages"]\n')
    (app / "login.py").write_text(
        "from scopes import SCOPES\n\n"
        'URL = "https://www.facebook.com/v26.0/dialog/oauth?client_id=1&scope=publish_actions," + ",".join(SCOPES)\n'
    )
    (app / ".pre-commit-config.yaml").write_text(CONFIG.format(repo=repo, rev=rev, hook="permlint-files"))
    run(app, "git", "init", "-q")
    run(app, "git", "add", ".pre-commit-config.yaml", "scopes.py")
    run(app, "git", "commit", "-qm", "before")
    run(app, "git", "add", "login.py")

    status, said = run(app, sys.executable, "-m", "pre_commit", "run", "--verbose")

    assert status == 1, said
    assert "login.py:3:70  error  PRM101" in said
    assert "manage_pages" not in said.replace('"manage_pages"', "")


def test_the_hooks_command_is_the_one_that_is_installed():
    scripts = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert re.search(r"^  entry: (\S+)", HOOKS, re.MULTILINE)[1] in scripts


if __name__ == "__main__":
    PATH.write_text(fresh(), encoding="utf-8")
