"""The GitHub Action, through its own scripts as a runner starts them."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
DIALOG = "https://www.facebook.com/v25.0/dialog/oauth?client_id=1&scope="

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")


@pytest.fixture
def step(tmp_path):
    """Runs a step of the action, with the inputs that are given and the defaults of the others, and returns its outputs."""
    (tmp_path / "app").mkdir()
    for name in ("output", "summary", "path"):
        (tmp_path / name).write_text("")

    def run(name, **inputs):
        given = {key: str(value["default"]) for key, value in ACTION["inputs"].items()} | inputs
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "PERMLINT_"))}
        environment |= {
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(tmp_path / "output"),
            "GITHUB_PATH": str(tmp_path / "path"),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
            "RUNNER_TEMP": str(tmp_path),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), environment["PATH"]]),
        }
        for key, value in STEPS[name].get("env", {}).items():
            environment[key] = given[value.removeprefix("${{ inputs.").removesuffix(" }}")]
        done = subprocess.run(
            ["bash", "-c", STEPS[name]["run"]],
            cwd=tmp_path / "app",
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        outputs = dict(line.split("=", 1) for line in (tmp_path / "output").read_text().splitlines())
        return done, outputs

    return run


def test_findings_are_annotations_and_do_not_end_the_step(step, tmp_path):
    (tmp_path / "app" / "my login.py").write_text(f'URL = "{DIALOG}email,publish_actions"\n')

    done, outputs = step("Check")

    assert done.returncode == 0, done.stderr
    assert "::error file=my login.py,line=1," in done.stdout
    assert outputs == {"status": "1"}
    assert "PRM101" in (tmp_path / "summary").read_text()


def test_paths_and_options_may_stand_on_several_lines(step, tmp_path):
    for name in ("a.py", "b.py", "c.py"):
        (tmp_path / "app" / name).write_text(f'URL = "{DIALOG}email,publish_actions"\n')

    done, outputs = step("Check", paths="a.py\nb.py\n", args="--select PRM101\n--exit-zero\n")

    assert outputs == {"status": "0"}
    assert [name for name in ("a.py", "b.py", "c.py") if f"file={name}" in done.stdout] == ["a.py", "b.py"]


def test_nothing_to_act_on(step, tmp_path):
    (tmp_path / "app" / "login.py").write_text(f'URL = "{DIALOG}email"\n')

    assert step("Check")[1] == {"status": "0"}


def test_a_run_that_fails_is_no_run_without_findings(step):
    done, outputs = step("Check", args="--select NOPE", sarif="true")

    assert outputs == {"status": "2"}
    assert "NOPE" in done.stderr


def test_sarif(step, tmp_path):
    (tmp_path / "app" / "login.py").write_text(f'URL = "{DIALOG}email,publish_actions"\n')

    _, outputs = step("Check", sarif="true")

    report = json.loads(Path(outputs["sarif"]).read_text())
    assert [result["ruleId"] for result in report["runs"][0]["results"]] == ["PRM101"]
    assert (tmp_path / "summary").read_text().count("PRM101") == 1


def test_what_a_pull_request_brings(step, tmp_path):
    app = tmp_path / "app"
    (app / "login.py").write_text(f'URL = "{DIALOG}email,publish_actions"\n')
    for args in (["init", "-q"], ["add", "--all"], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"]):
        subprocess.run(["git", *args], cwd=app, check=True, capture_output=True)
    (app / "login.py").write_text(f'\nURL = "{DIALOG}email,publish_actions,pages_messaging"\n')

    done, outputs = step("Check", since="HEAD")

    assert outputs == {"status": "1"}
    assert "pages_messaging" in done.stdout
    assert "publish_actions" not in done.stdout
    assert "| newly asked for | `pages_messaging` |" in (tmp_path / "summary").read_text()


@pytest.mark.parametrize("status", ["0", "1", "2"])
def test_the_last_step_ends_with_the_status(status):
    done = subprocess.run(["bash", "-c", STEPS["Result"]["run"]], env={"STATUS": status}, check=False)

    assert done.returncode == int(status)


def test_the_install_puts_its_own_version_on_the_path(step, tmp_path):
    done, _ = step("Install permlint")

    assert done.returncode == 0, done.stderr
    folder = (tmp_path / "path").read_text().strip()
    said = subprocess.run([f"{folder}/permlint", "--version"], capture_output=True, text=True, check=True).stdout
    assert said.startswith("permlint ")
