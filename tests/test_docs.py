"""The pages in docs/rules say what the rules say. `python tests/test_docs.py` writes them anew."""

import re
from pathlib import Path

from permlint import engine
from permlint.rulepages import page, table

RULES = Path(__file__).parent.parent / "docs" / "rules"
INDEX = """\
# Rules

`permlint rule CODE` shows the same pages. Rules are named by code, by the beginning of one, or by name.

"""


def pages():
    """The pages by file name."""
    rules = engine.discover()
    return {"README.md": INDEX + table(rules), **{f"{rule.name}.md": page(rule) for rule in rules}}


def test_the_pages_are_fresh():
    there = {path.name: path.read_text(encoding="utf-8") for path in RULES.iterdir()}
    assert there == pages(), "run `python tests/test_docs.py`"


def test_links_lead_somewhere():
    for name, text in pages().items():
        for link in re.findall(r"\]\(([^)#]+)", re.sub(r"(?ms)^(`{3,}).*?^\1$", "", text)):
            assert link.startswith("https://") or (RULES / link).exists(), (name, link)


def main():
    """Writes the pages, and removes those of rules that are no more."""
    RULES.mkdir(parents=True, exist_ok=True)
    made = pages()
    for path in RULES.iterdir():
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (RULES / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
