"""Start-up is a feature: a run that finds nothing to do imports little."""

import os
import subprocess
import sys

import pytest

HEAVY = {
    "argparse",
    "asyncio",
    "concurrent.futures",
    "difflib",
    "hashlib",
    "email",
    "importlib.metadata",
    "json",
    "libcst",
    "lsprotocol",
    "logging",
    "multiprocessing",
    "pathlib",
    "pygls",
    "socket",
    "tempfile",
    "tomli",
    "unicodedata",
    "urllib.parse",
    "permlint.baseline",
    "permlint.engine",
    "permlint.fingerprints",
    "permlint.report.text",
    "permlint.rules",
    "permlint.silence",
    "xml.etree.ElementTree",
}


@pytest.mark.parametrize("files", [{}, {"readme.md": "", "pyproject.toml": "[project]\nname = 'x'\n"}])
def test_a_check_of_nothing_imports_little(project, files):
    code = (
        "import sys; before = set(sys.modules); from permlint.cli import run; status = run(['check']);"
        f"print(status, sorted({HEAVY!r} & (set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=project(files), capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[1:] == ["0 []"]


def test_where_nothing_changed_nothing_is_parsed_even_to_show_fixes(project, monkeypatch, tmp_path):
    url = "https://www.facebook.com/v26.0/dialog/oauth?client_id=1&scope=email,publish_actions"
    folder = project({"login.py": f"URL = '{url}'\n", "login.ts": f"const url = '{url}'\n"})
    for path in folder.iterdir():
        os.utime(path, ns=(10**18, 10**18 + 1))  # A file that was changed just now is read again.
    monkeypatch.setenv("PERMLINT_CACHE_DIR", str(tmp_path / "cache"))
    code = (
        "import sys; from permlint.cli import run; run(['check']);"
        "print(sorted({'libcst', 'tree_sitter'} & set(sys.modules)))"
    )
    once, again = (
        subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False).stdout
        for _ in range(2)
    )
    for told in (once, again):
        assert told.count("= fix: take it out") == 2
    assert once.endswith("['libcst', 'tree_sitter']\n")
    assert again.endswith("[]\n")
