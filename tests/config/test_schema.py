"""The JSON schema of the config says what the reader of the config says."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import tomli

import permlint
from permlint.config import ConfigError
from permlint.config.schema import parse_config

SCHEMA = json.loads((Path(permlint.__file__).parent / "schemas" / "config.schema.json").read_text())
APP = '[apps.a]\npaths = ["a"]\n'
EVERYTHING = """\
exclude = ["a"]
tests = ["b"]
per-file-ignores = { "c" = ["PRM2"] }
severity = { PRM1 = "off" }
fail-on = "never"
select = ["PRM"]
extend-select = ["PRM3"]
ignore = ["PRM4"]
min-confidence = "high"
graph-version = "v24.0"
require-suppression-reason = true

[apps.a]
paths = ["a"]
graph-version = "v23.0"
requests = [{ permission = "email", reason = "r", login = "facebook-login" }]
needs = [{ permission = "email", reason = "r" }]
calls = [{ callable = "a.b", path = "#0", reason = "r", method = "GET", host = "graph.facebook.com" }]
configurations = [{ id = "1", permissions = ["email"], reason = "r", login = "facebook-login" }]
"""


def problems(text):
    """What the reader says."""
    try:
        parse_config(
            text.encode(), root="/r", file="/r/permlint.toml", shown="permlint.toml", pyproject=False, nested=True
        )
    except ConfigError as error:
        return list(error.problems)
    return []


def known_to_the_reader(text):
    """The keys that are known beside `zzz`, by the message about it."""
    (problem,) = problems(text)
    return set(re.search(r"known are (.*)", problem)[1].split(", "))


def test_it_is_a_schema():
    jsonschema.Draft7Validator.check_schema(SCHEMA)


def test_it_knows_the_same_keys():
    app = SCHEMA["definitions"]["app"]["properties"]
    assert known_to_the_reader("zzz = 1") == set(SCHEMA["properties"])
    assert known_to_the_reader(APP + "zzz = 1") == set(app)
    for key in ("requests", "needs", "calls", "configurations"):
        entry = ", ".join(
            f'{name} = "a.b"' for name in app[key]["items"]["required"] if name not in ("permissions", "path")
        )
        entry += ', path = "#0"' if key == "calls" else ', permissions = ["a"]' if key == "configurations" else ""
        assert known_to_the_reader(APP + f"{key} = [{{ {entry}, zzz = 1 }}]") == set(app[key]["items"]["properties"])


def test_both_take_everything():
    assert problems(EVERYTHING) == []
    table = tomli.loads(EVERYTHING)
    jsonschema.Draft7Validator(SCHEMA).validate(table)
    assert set(table) == set(SCHEMA["properties"])
    assert set(table["apps"]["a"]) == set(SCHEMA["definitions"]["app"]["properties"])


@pytest.mark.parametrize(
    "text",
    [
        'exclude = "a"',
        "exclude = [1]",
        'ignore = [""]',
        "per-file-ignores = []",
        'per-file-ignores = { "a" = "PRM1" }',
        'severity = { PRM1 = "bad" }',
        'fail-on = "fatal"',
        "min-confidence = 1",
        'graph-version = "24"',
        'require-suppression-reason = "yes"',
        "apps = 1",
        "[apps.a]",
        "[apps.a]\npaths = []",
        APP + 'requests = [{ permission = "email" }]',
        APP + 'needs = [{ permission = " ", reason = "r" }]',
        APP + 'needs = [{ permission = "email", reason = "r", login = "x" }]',
        APP + 'calls = [{ callable = "a.b", path = "#0" }]',
        APP + 'calls = [{ callable = "a.b", path = "#0", reason = "r", host = 1 }]',
        APP + 'configurations = [{ id = "1", reason = "r" }]',
        APP + 'configurations = [{ id = "1", permissions = "email", reason = "r" }]',
    ],
)
def test_both_refuse(text):
    assert problems(text)
    assert not jsonschema.Draft7Validator(SCHEMA).is_valid(tomli.loads(text))
