"""The JSON of the commands that explain things: what the schemas say is all there, and nothing else is."""

import json
from pathlib import Path

import jsonschema
import pytest

import permlint
from permlint.catalog import load
from permlint.cli import run

SCHEMAS = Path(permlint.__file__).parent / "schemas"


def closed(schema):
    """The schema with no room for keys that it does not name. Its readers ignore such keys; its writer has none."""
    if isinstance(schema, dict):
        shut = {"additionalProperties": False} if "properties" in schema and schema.get("type") != "array" else {}
        return {key: closed(value) for key, value in schema.items()} | shut
    return [closed(each) for each in schema] if isinstance(schema, list) else schema


@pytest.fixture
def valid(capsys):
    """Runs a command with --format json in this process and returns its data, which its schema describes in full."""

    def check(*args):
        assert run([*args, "--format", "json"]) == 0
        data = json.loads(capsys.readouterr().out)
        schema = json.loads((SCHEMAS / f"{args[0]}.schema.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        shut = closed(schema)
        jsonschema.Draft202012Validator(shut, format_checker=jsonschema.FormatChecker()).validate(data)
        return data

    return check


def test_rules(valid):
    for each in valid("rule")["rules"]:
        assert valid("rule", each["code"])["name"] == each["name"]


@pytest.mark.parametrize("day", ["2012-01-01", "2026-11-21"])
def test_permissions(valid, day):
    listed = {each["name"] for each in valid("permission", "--as-of", day)["permissions"]}
    names = {each.name for each in load().permissions()}
    assert listed == names
    for name in sorted(names)[::7]:
        assert valid("permission", name, "--as-of", day)["name"] == name


@pytest.mark.parametrize(
    ("name", "key"),
    [("Page Public Content Access", "feature"), ("picture", "field"), ("ad_reads", "misspelling_of")],
)
def test_what_is_no_permission(valid, name, key):
    data = valid("permission", name)
    assert data["status"] == "absent"
    assert data[key]


@pytest.mark.parametrize(
    "call",
    [
        "GET /me/accounts",
        "POST /{}/feed",
        "GET /me?fields=email,birthday",
        "DELETE /{}/permissions",
        "POST /{}/messages",
        "GET graph.threads.net/v1.0/me/threads",
        "GET graph.instagram.com/me/media",
        "GET /nothing",
    ],
)
def test_endpoints(valid, call):
    data = valid("endpoint", call)
    assert (data["needs"] is None) is not data["known"]


def test_every_schema_is_used():
    """Each is held by a test; a new one needs one too."""
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.parent.rglob("test_*.py"))
    for path in SCHEMAS.iterdir():
        name = path.name.removesuffix(".schema.json")
        assert path.name in tests or f'valid("{name}"' in tests, path.name
