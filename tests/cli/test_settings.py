"""`permlint config`: the settings that count, and where each comes from."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

import permlint
from permlint.cli.settings import app_settings_of, settings_of
from permlint.config import AppConfig, Config, load_config

SCHEMAS = Path(permlint.__file__).parent / "schemas"
CONFIG = """\
[tool.other]
select = 1

[tool.permlint]
exclude = ["legacy/**"]
severity = { missing-dependency = "warning" }
select = ["PRM1"]
graph-version = "v24.0"

[tool.permlint.per-file-ignores]
"scripts/*.py" = ["PRM2"]

[tool.permlint.apps.shop]
paths = ["shop/**"]
requests = [{ permission = "business_management", reason = 'in the "dashboard"' }]
calls = [{ callable = "a.b", path = "#0", reason = "r" }]
[[tool.permlint.apps.shop.configurations]]
id = "1"
permissions = ["ads_read"]
reason = "r"
"""


@pytest.fixture
def shop(project):
    return project({"pyproject.toml": CONFIG, "shop/a.py": ""})


def test_text(shop, command):
    done = command("config", "shop", cwd=shop)
    assert (done.status, done.err) == (0, "")
    head = done.out.splitlines()
    assert head[:2] == ["# project: .", "# config: pyproject.toml"]
    said = [
        line for line in head[2:] if not line.startswith(("# exclude, by default: node_", "# tests, by default: t"))
    ]
    assert said == [
        'exclude = ["legacy/**"]  # pyproject.toml:5',
        "tests = []  # default",
        'per-file-ignores = {"scripts/*.py" = ["PRM2"]}  # pyproject.toml:10',
        'severity = {"missing-dependency" = "warning"}  # pyproject.toml:6',
        'fail-on = "warning"  # default',
        'select = ["PRM1"]  # pyproject.toml:7',
        "extend-select = []  # default",
        "ignore = []  # default",
        'min-confidence = "low"  # default',
        'graph-version = "v24.0"  # pyproject.toml:8',
        "require-suppression-reason = false  # default",
        "",
        '[apps."shop"]  # pyproject.toml:13',
        'paths = ["shop/**"]  # pyproject.toml:14',
        'graph-version = "v24.0"  # pyproject.toml:8',
        'requests = [{"permission" = "business_management", "reason" = "in the \\"dashboard\\""}]  # pyproject.toml:15',
        'calls = [{"callable" = "a.b", "path" = "#0", "reason" = "r"}]  # pyproject.toml:16',
        'configurations = [{"id" = "1", "permissions" = ["ads_read"], "reason" = "r"}]  # pyproject.toml:17',
    ]


def test_the_text_is_a_config_that_says_the_same(shop, command, tmp_path_factory):
    there = tmp_path_factory.mktemp("copy")
    (there / "permlint.toml").write_text(command("config").out)
    copy = load_config(cwd=str(there))
    assert replace(copy, root="", file=None) == replace(load_config(cwd=str(shop)), root="", file=None)


def test_json(shop, command):
    data = json.loads(command("config", "--format", "json", cwd=shop / "shop").out)
    schema = json.loads((SCHEMAS / "settings.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(data)
    assert data["settings"]["exclude"]["value"] == ["legacy/**"]
    assert "node_modules/" in data["settings"]["exclude"]["default"]
    assert data["settings"]["fail-on"] == {"value": "warning", "from": None}
    assert data["settings"]["select"]["from"] == {"path": str(shop / "pyproject.toml"), "line": 7}
    assert data["apps"]["shop"]["graph-version"]["from"]["line"] == 8


def test_nothing_that_can_be_set_is_forgotten():
    schema = json.loads((SCHEMAS / "config.schema.json").read_text())
    assert {*settings_of(Config("/r")), "apps"} == set(schema["properties"])
    assert set(app_settings_of(AppConfig("a"))) == set(schema["definitions"]["app"]["properties"])


def test_without_a_config(project, command):
    project({"a.py": ""})
    done = command("config")
    assert done.out.startswith("# project: .\n# config: none\n")
    assert "# select: the rules that are on by default  # default\n" in done.out
    assert command("config", "--isolated").out == done.out


def test_a_config_that_is_wrong(project, command):
    project({"permlint.toml": "selct = 1\nfail-on = 2\n"})
    done = command("config")
    assert (done.status, done.out, done.err.count("permlint.toml:")) == (2, "", 2)
