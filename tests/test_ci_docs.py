"""The recipes of docs/ci.md, run as they stand there."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import venv
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml

from permlint import cli

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
BLOCKS = [(kind, body) for kind, body in re.findall(r"^```(\w+)\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)]
COMMANDS = [
    line.strip(" -").partition("#")[0].strip()
    for kind, body in BLOCKS
    if kind in ("sh", "yaml")
    for line in body.splitlines()
    if re.match(r"[ -]*permlint ", line)
]
READERS = {"gitlab": json.loads, "rdjson": json.loads, "sarif": json.loads, "junit": ET.fromstring}


@pytest.mark.parametrize("command", COMMANDS)
def test_commands(command, tmp_path, monkeypatch):
    (tmp_path / "login.py").write_text(
        'URL = "https://www.facebook.com/v26.0/dialog/oauth?client_id=1&scope=email,publish_actions"\n'
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    words = shlex.split(command)

    assert cli.run(words[1:]) == 1

    report = (tmp_path / words[words.index("--output") + 1]).read_text()
    read = READERS[words[words.index("--format") + 1]](report)
    assert "publish_actions" in (report if not isinstance(read, ET.Element) else ET.tostring(read, "unicode"))


def test_the_recipes_that_are_yaml_are():
    names = {step["id"] for step in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    read = [yaml.safe_load(body) for kind, body in BLOCKS if kind == "yaml"]

    assert {hook["id"] for one in read for repo in one.get("repos", ()) for hook in repo["hooks"]} <= names
    inputs = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    steps = [step for one in read for job in one.get("jobs", {}).values() for step in job["steps"]]
    assert {key for step in steps if "permlint@" in step["uses"] for key in step["with"]} <= set(inputs)


def test_the_image_installs_and_runs_what_there_is(tmp_path):
    """The steps of the image in a virtual environment in its place; its system's packages are taken for installed."""
    (body,) = [body for kind, body in BLOCKS if kind == "dockerfile"]
    steps = [line.partition(" ")[::2] for line in body.splitlines()]
    image = tmp_path / "image"
    venv.create(image, with_pip=True)
    wheels = tmp_path / "wheels"
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", wheels, ROOT],
        check=True,
        capture_output=True,
    )
    environment = {**os.environ, "PATH": f"{image / 'bin'}:{os.environ['PATH']}", "PIP_FIND_LINKS": str(wheels)}
    for name, value in steps:
        if name == "RUN" and not value.startswith("apt-get "):
            subprocess.run(value, shell=True, check=True, env=environment, capture_output=True)
    app = tmp_path / "app"
    shutil.copytree(ROOT / "examples" / "storefront", app)
    before = {path: path.stat().st_mtime_ns for path in app.rglob("*")}
    told = dict(steps)

    done = subprocess.run(
        [*json.loads(told["ENTRYPOINT"]), *json.loads(told["CMD"])],
        cwd=app,
        env={"PATH": environment["PATH"], "HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (1, "")
    assert " error  PRM101 " in done.stdout
    assert {path: path.stat().st_mtime_ns for path in app.rglob("*")} == before
