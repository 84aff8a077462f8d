"""README shows what is true. `python tests/test_readme.py` writes its generated parts anew."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from permlint import engine
from permlint.config.schema import parse_config
from permlint.report.formats import MODULES

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
DAY = "2026-11-21"
SHOWN = ("PRM101", "PRM104")
COMMANDS = (
    "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/permlint check examples/storefront",
    "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest",
)


def output():
    """The first finding of each of the rules shown, and the summary, as the first command prints them on DAY."""
    command = [sys.executable, "-m", "permlint", "check", "examples/storefront", "--no-cache", "--as-of", DAY]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    *findings, summary = done.stdout.rstrip("\n").split("\n\n")
    shown = [next(each for each in findings if f" {code} " in each.splitlines()[0]) for code in SHOWN]
    text = "\n\n".join([*shown, re.sub(r"\d+\.\d+ s\)", "0.3 s)", summary)])
    return f"```\n{text}\n```"


def rules():
    """The table of the rules that there are."""
    rows = [
        f"| {rule.code} | [{rule.name}](docs/rules/{rule.name}.md) | {rule.severity} | {rule.summary} |"
        for rule in engine.discover()
    ]
    return "\n".join(["| code | name | default | says |", "| --- | --- | --- | --- |", *rows])


def grants():
    """What `permlint grants` prints of the example's five users on DAY."""
    files = sorted(f"grants/{path.name}" for path in (ROOT / "examples/storefront/grants").iterdir())
    command = [sys.executable, "-m", "permlint", "grants", *files, "--no-cache", "--as-of", DAY]
    done = subprocess.run(
        command,
        cwd=ROOT / "examples/storefront",
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stderr) == (1, "")
    return f"```\n$ permlint grants grants/*.json\n{done.stdout}```"


GENERATED = {"output": output, "rules": rules, "grants": grants}


def part(name):
    """What stands between the marks of this name."""
    found = re.search(
        rf"<!-- begin: {name} -->\n(.*?)<!-- end: {name} -->", README.read_text(encoding="utf-8"), re.DOTALL
    )
    return found[1]


@pytest.mark.parametrize("name", GENERATED)
def test_what_is_generated_is_fresh(name):
    assert part(name) == GENERATED[name]() + "\n", "run `python tests/test_readme.py`"


def test_there_are_two_commands():
    assert tuple(re.findall(r"^python3 .*", README.read_text(encoding="utf-8"), re.MULTILINE)) == COMMANDS


def test_the_config_is_valid():
    config = part("config").removeprefix("```toml\n").removesuffix("```\n").encode()
    found = parse_config(
        config, root=str(ROOT), file="permlint.toml", shown="permlint.toml", pyproject=False, nested=True
    )
    assert [app.name for app in found.apps] == ["storefront"]
    known = engine.discover()
    engine.check_words(
        known, [word for word, _ in found.severity] + [word for _, words in found.per_file_ignores for word in words]
    )


def test_every_format_is_named():
    rows = re.findall(r"^\| ((?:`[a-z]+`(?:, )?)+) \|", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert {name.strip("` ") for row in rows for name in row.split(",")} == {"text", "concise", *MODULES}


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "examples/storefront/README.md"])
def test_links_lead_somewhere(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#]+)", text):
        assert link.startswith("https://") or (ROOT / name).parent.joinpath(link).exists(), link


def main():
    """Writes the generated parts."""
    text = README.read_text(encoding="utf-8")
    for name, make in GENERATED.items():
        begin, end = f"<!-- begin: {name} -->\n", f"<!-- end: {name} -->"
        head, _, rest = text.partition(begin)
        text = f"{head}{begin}{make()}\n{end}{rest.partition(end)[2]}"
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
