"""What is installed: every package, with its data, and the rules under their own name only."""

import importlib.resources
import importlib.util
from pathlib import Path

import tomli

ROOT = Path(__file__).parent.parent
SETUPTOOLS = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]


def test_every_package_is_named():
    folders = [path.parent.relative_to(ROOT) for path in ROOT.glob("permlint/**/__init__.py")]
    assert SETUPTOOLS["packages"] == sorted([*(".".join(folder.parts) for folder in folders), "permlint.rules"])
    assert SETUPTOOLS["package-dir"] == {"permlint.rules": "rules"}


def test_every_data_file_is_installed():
    patterns = SETUPTOOLS["package-data"]["*"]
    packages = [
        ROOT / "rules" if name == "permlint.rules" else ROOT.joinpath(*name.split("."))
        for name in SETUPTOOLS["packages"]
    ]
    named = {path for package in packages for pattern in patterns for path in package.glob(pattern)}
    data = {
        path
        for folder in ("permlint", "rules")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    assert data - named == set()


def test_rules_are_found_under_their_own_name():
    assert importlib.util.find_spec("permlint.rules") is not None
    assert importlib.resources.files("permlint").joinpath("schemas/check.schema.json").is_file()
    assert importlib.resources.files("permlint").joinpath("py.typed").is_file()


def test_no_module_imports_the_rules_by_the_folders_name():
    wrong = [
        path.relative_to(ROOT)
        for folder in ("permlint", "rules", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if path != Path(__file__)
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip().startswith(("import rules", "from rules"))
    ]
    assert wrong == []
