"""Who may import whom: the layers of pyproject.toml, and what import-linter can't see."""

import ast
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest
import tomli

ROOT = Path(__file__).parent.parent
ENGINE = sorted((ROOT / "permlint").rglob("*.py"))
RULES = sorted((ROOT / "rules").glob("*.py"))
CONTRACTS = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]


def imported(path):
    """The dotted names that a module imports anywhere in it."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.skipif(importlib.util.find_spec("importlinter") is None, reason="needs import-linter")
def test_the_contracts_hold():
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def modules_of(folder):
    """The modules and packages right in a folder."""
    inner = {path.parent.name for path in folder.glob("*/__init__.py")}
    return ({path.stem for path in folder.glob("*.py")} | inner) - {"__init__"}


def placed_in(container):
    (layers,) = [contract["layers"] for contract in CONTRACTS if contract.get("containers") == [container]]
    return sorted(name for layer in layers for name in re.split(" [|:] ", layer))


def test_the_layers_are_exhaustive():
    assert next(contract for contract in CONTRACTS if contract["type"] == "layers")["exhaustive"] is True
    assert placed_in("permlint") == sorted(modules_of(ROOT / "permlint"))


def test_the_layers_of_evaluation_are_exhaustive_but_for_the_tables_of_languages():
    there = {name for name in modules_of(ROOT / "permlint" / "evaluation") if not name.endswith("_names")}
    assert placed_in("permlint.evaluation") == sorted(there)


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_rules_import_the_api_and_the_standard_library(path):
    names = {name for name in imported(path) if not name.startswith("permlint.api")}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_engine_imports_no_rule(path):
    assert not [name for name in imported(path) if name.startswith(("permlint.rules", "rules."))]
    assert "rules" not in set(imported(path))


def test_rules_are_not_loaded_twice():
    """`import rules` works from the checkout too, and makes every rule a second time: nobody does so."""
    code = (
        "import sys; from permlint import engine; rules = engine.discover();"
        "print(sorted(name for name in sys.modules if name.partition('.')[0] == 'rules'), len({rule.code for rule in rules}) == len(rules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "True"]


def test_no_test_stands_among_the_rules():
    assert [path.name for path in (ROOT / "rules").rglob("*") if "test" in path.name.lower()] == []
