"""The formats of the real command: the exit status is the same in each, and each loads what it needs and no more."""

import json
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from permlint.cli import run
from permlint.report.formats import MODULES

LOGIN = """\
from urllib.parse import urlencode

SCOPES = ["email", "publish_actions"]
URL = "https://www.facebook.com/v24.0/dialog/oauth?" + urlencode({"scope": ",".join(SCOPES)})
"""
APP = {"permlint.toml": "", "my app/login.py": LOGIN}
BROKEN = {"permlint.toml": "", "login.py": LOGIN + "def :\n"}
OPTIONS = ["check", "--as-of", "2026-11-21", "--select", "PRM101,PRM901"]
FORMATS = ["text", "concise", *MODULES]


@pytest.fixture
def status(project, monkeypatch):
    """Runs a command in this process and returns its exit status."""

    def run_in(files, *args):
        monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
        monkeypatch.chdir(project(files))
        return run(["check", "--no-cache", "--as-of", "2026-11-21", *args])

    return run_in


@pytest.mark.parametrize("format_", FORMATS)
def test_the_exit_status_is_that_of_every_format(status, capsys, format_):
    files = {"permlint.toml": "", "clean/a.py": "", "foul/a.py": LOGIN}
    assert status(files, "--format", format_) == 1
    assert status(files, "--format", format_, "clean") == 0
    assert status(files, "--format", format_, "--exit-zero") == 0
    assert capsys.readouterr().err == ""
    assert status(files, "--format", format_, "nowhere") == 2


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_that_can_not_be_read_is_no_clean_run(status, capsys, format_):
    assert status(BROKEN, "--format", format_) == 1
    assert "login.py" in capsys.readouterr().out


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("files", [{}, APP], ids=["nothing", "findings"])
def test_a_format_loads_its_own_module_only(project, files, format_):
    code = (
        "import sys; from permlint.cli import run; "
        f"run(['check', '--no-cache', '--output', 'report', '--format', {format_!r}]); print(*sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=project(files), capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    shared = {"permlint.report.machine"} if format_ in MODULES else set()
    assert loaded & set(MODULES.values()) <= {MODULES.get(format_, ""), *shared}
    if format_ in MODULES:
        assert MODULES[format_] in loaded


def test_sarif(project, command):
    folder = project({f"shop/{path}": content for path, content in APP.items()})
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    done = command(*OPTIONS, "--format", "sarif", cwd=folder / "shop")
    (run,) = json.loads(done.out)["runs"]
    (result,) = run["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "shop/my%20app/login.py"
    moved = folder / "shop" / "my app" / "login.py"
    moved.write_text("import os\n\n" + LOGIN)
    (again,) = json.loads(command(*OPTIONS, "--format", "sarif", cwd=moved.parent).out)["runs"][0]["results"]
    assert again["locations"][0]["physicalLocation"]["region"]["startLine"] == 5
    assert again["partialFingerprints"] == result["partialFingerprints"]
    (issue,) = json.loads(command(*OPTIONS, "--format", "gitlab", cwd=moved.parent).out)
    assert (issue["fingerprint"], issue["location"]["path"]) == (
        result["partialFingerprints"]["permlint/v1"],
        "shop/my app/login.py",
    )


def test_a_sarif_run_of_a_file_that_can_not_be_read_says_so(project, command):
    project(BROKEN)
    # The rule is not selected: the run is no success all the same.
    done = command("check", "--select", "PRM101", "--format", "sarif")
    (invocation,) = json.loads(done.out)["runs"][0]["invocations"]
    assert (done.status, invocation["executionSuccessful"]) == (0, False)
    assert invocation["toolExecutionNotifications"][0]["message"]["text"].startswith("login.py could not be read: ")


def test_github(project, command, tmp_path_factory):
    folder = project({f"shop/{path}": content for path, content in APP.items()})
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    summary = tmp_path_factory.mktemp("step") / "summary"
    summary.write_text("before\n")
    done = command(*OPTIONS, "--format", "github", cwd=folder / "shop", GITHUB_STEP_SUMMARY=str(summary))
    assert done.out.startswith("::error file=shop/my app/login.py,line=3,endLine=3,col=21,endColumn=36,title=PRM101 ")
    assert summary.read_text().startswith("before\n### permlint: 1 error\n")


def test_a_summary_that_can_not_be_written_changes_no_status(project, command):
    folder = project(APP)
    done = command(*OPTIONS, "--format", "github", GITHUB_STEP_SUMMARY=str(folder))
    assert done.status == 1
    assert "cannot be written" in done.err
    other = command(*OPTIONS, "--format", "json", GITHUB_STEP_SUMMARY=str(folder))
    assert other.err == ""


def test_junit_knows_what_fails(project, command):
    project({**APP, "permlint.toml": 'fail-on = "never"'})
    done = command(*OPTIONS, "--format", "junit")
    assert (done.status, ET.fromstring(done.out).get("failures")) == (0, "0")
    project({**APP, "permlint.toml": ""})
    done = command(*OPTIONS, "--format", "junit")
    assert (done.status, ET.fromstring(done.out).get("failures")) == (1, "1")


def test_rdjson_is_relative_to_the_working_directory(project, command):
    folder = project(APP)
    done = command(*OPTIONS, "--format", "rdjson", cwd=folder / "my app")
    (only,) = json.loads(done.out)["diagnostics"]
    assert only["location"]["path"] == "login.py"
