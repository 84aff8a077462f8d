"""Runs every rule's examples the whole way, and holds what is true of every rule."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from permlint import engine, rulepages
from permlint.testing import check_example, expected

RULES = engine.discover()
EXAMPLES = [
    pytest.param(rule, example, kind == "bad", id=f"{rule.code}-{kind}-{number}")
    for rule in RULES
    for kind, examples in (("bad", rule.bad), ("good", rule.good))
    for number, example in enumerate(examples, 1)
]
FOLDER = Path(import_module("permlint.rules").__file__).parent


@pytest.mark.parametrize(("rule", "example", "bad"), EXAMPLES)
def test_example(rule, example, bad):
    assert check_example(rule, example, bad=bad) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_examples_of_both_kinds(rule):
    assert rule.bad
    assert rule.good
    assert all(any(each.code == rule.code for each in expected(example.files)) for example in rule.bad)
    assert all(not expected(example.files) for example in rule.good)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_is_documented(rule):
    headings = re.findall(r"^## (.*)$", rule.doc, re.MULTILINE)
    assert headings[:4] == ["What it does", "Why it matters", "What to do", "When it stays silent"]
    assert rule.doc.splitlines()[0] == f"{rule.summary}."
    assert rule.name in rulepages.table(RULES)


def test_a_module_is_named_as_its_rule():
    modules = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
    assert modules == {rule.name.replace("-", "_") for rule in RULES}


def test_rules_import_nothing_of_permlint_but_its_api_and_hold_no_tests():
    for path in FOLDER.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        logic = text.partition("RULE = Rule(")[0]
        imports = re.findall(r"^\s*(?:from|import)\s+(permlint[\w.]*|rules[\w.]*)", logic, re.MULTILINE)
        assert set(imports) <= {"permlint.api"}, path
        assert "test" not in path.stem


def test_a_rule_is_a_screen_of_logic():
    for path in FOLDER.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        logic = text.split('"""\n', 2)[-1].partition("RULE = Rule(")[0]
        assert len(logic.splitlines()) <= 100, path
