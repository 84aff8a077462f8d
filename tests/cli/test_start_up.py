"""Start-up is a feature: a run that finds nothing to do imports little."""

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
