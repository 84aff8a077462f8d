"""The file of a baseline, and what it holds back."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import permlint
from permlint.baseline import BaselineError, match, parse, render
from permlint.diagnostics import Diagnostic
from permlint.places import Place

SCHEMA = json.loads((Path(permlint.__file__).parent / "schemas" / "baseline.schema.json").read_text())


def found(path, line, permission):
    return Diagnostic(
        "PRM201", "unneeded-permission", "warning", "high", Place(path, line, 1, line, 3), "m", permission
    )


def line(_path, number, _cell=None):
    return f"NAME{number % 2} = []"


FINDINGS = st.lists(
    st.builds(
        found,
        st.sampled_from(["a.py", "b \u00e9.py"]),
        st.integers(1, 4),
        st.sampled_from(["email", "user_likes", None]),
    ),
    max_size=12,
)


@given(FINDINGS, FINDINGS)
def test_a_baseline_holds_back_what_it_was_made_of(old, added):
    text = render(old, line)
    assert text.isascii()
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(text))
    accepted = parse(text.encode())
    assert match(old, accepted, line) == ([], {})
    new, stale = match([*old, *added], accepted, line)
    assert (len(new), stale) == (len(added), {})
    new, stale = match([], accepted, line)
    assert (new, sum(stale.values())) == ([], len(old))


def test_the_file():
    diagnostics = [found("b.py", 1, "email"), found("a.py", 1, "email"), found("a.py", 3, "email")]
    assert (
        render(diagnostics, line)
        == """\
{
  "version": 1,
  "findings": [
    {"path": "a.py", "code": "PRM201", "permission": "email", "context": "NAME1 NA", "count": 2},
    {"path": "b.py", "code": "PRM201", "permission": "email", "context": "NAME1 NA"}
  ]
}
"""
    )
    assert render([], line) == '{\n  "version": 1,\n  "findings": []\n}\n'


ENTRY = {"path": "a.py", "code": "PRM201", "permission": "email", "context": "x"}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("\udcff", "not JSON"),
        ([], 'no list "findings"'),
        ({"version": 1, "findings": {}}, 'no list "findings"'),
        ({"version": 2, "findings": []}, "its version is 2, and this permlint reads version 1"),
        ({"version": 1, "findings": [ENTRY, 7]}, "finding 2 is not an object"),
        ({"version": 1, "findings": [{**ENTRY, "path": None}]}, "finding 1: path must be a text"),
        ({"version": 1, "findings": [{**ENTRY, "permission": 1}]}, "finding 1: permission must be a text"),
        ({"version": 1, "findings": [{**ENTRY, "count": 0}]}, "finding 1: count must be a positive number, not 0"),
        (
            {"version": 1, "findings": [{**ENTRY, "count": True}]},
            "finding 1: count must be a positive number, not True",
        ),
    ],
)
def test_a_file_that_is_none(content, why):
    data = content if isinstance(content, str) else json.dumps(content)
    with pytest.raises(BaselineError, match=why):
        parse(data.encode("utf-8", "surrogateescape"))


def test_unknown_keys_are_ignored():
    assert sum(parse(json.dumps({"version": 1, "new": 1, "findings": [{**ENTRY, "new": 2}]}).encode()).values()) == 1
