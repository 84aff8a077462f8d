"""The recipes of docs/ci.md, run as they stand there."""

import json
import re
import shlex
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


def test_the_image_installs_and_runs_what_there_is():
    (body,) = [body for kind, body in BLOCKS if kind == "dockerfile"]

    assert json.loads(re.search(r"^ENTRYPOINT (.*)$", body, re.MULTILINE)[1]) == ["permlint"]
    assert "pip install --no-cache-dir permlint" in body
