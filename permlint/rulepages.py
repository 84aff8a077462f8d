"""The page of a rule, made of its own documentation and examples: for `permlint rule CODE` and for the docs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from permlint.rule import Example, Rule

_LANGUAGES = {
    ".cs": "csharp",
    ".dart": "dart",
    ".env": "shell",
    ".go": "go",
    ".html": "html",
    ".java": "java",
    ".js": "javascript",
    ".json": "json",
    ".jsx": "jsx",
    ".kt": "kotlin",
    ".php": "php",
    ".py": "python",
    ".rb": "ruby",
    ".swift": "swift",
    ".toml": "toml",
    ".ts": "typescript",
    ".tsx": "tsx",
    ".xml": "xml",
    ".yaml": "yaml",
    ".yml": "yaml",
}
_BEFORE_EXAMPLES = ("What it does", "Why it matters")


def page(rule: Rule) -> str:
    """The whole page of a rule as Markdown, ending in one line end.

    The examples come behind the sections that say what the rule does and why it matters, before all others.
    """
    lead, sections = _sections(rule.doc)
    first = [text for title, text in sections if title in _BEFORE_EXAMPLES]
    rest = [text for title, text in sections if title not in _BEFORE_EXAMPLES]
    parts = [
        f"# {rule.code} {rule.name}",
        f"Default severity: **{rule.severity}**" + (" (runs only when selected)" if rule.severity == "off" else ""),
        _with_stop(lead or rule.summary),
        *first,
        *_examples("Example", rule.bad),
        *_examples("Use instead", rule.good),
        *rest,
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def table(rules: Iterable[Rule]) -> str:
    """All rules as a Markdown table, each linked to its page `<name>.md`."""
    rows = ["| code | name | default | says |", "| --- | --- | --- | --- |"]
    rows += [f"| {rule.code} | [{rule.name}]({rule.name}.md) | {rule.severity} | {rule.summary} |" for rule in rules]
    return "\n".join(rows) + "\n"


def _sections(doc: str) -> tuple[str, list[tuple[str, str]]]:
    """What stands before the first `## ` heading, and each section with its title, code blocks left whole."""
    lead: list[str] = []
    sections: list[tuple[str, list[str]]] = []
    fence = ""
    for line in doc.strip().splitlines():
        mark = re.match(r" {0,3}(`{3,}|~{3,})", line)
        if mark:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        if line.startswith("## ") and not fence:
            sections.append((line[3:].strip(), [line]))
        else:
            (sections[-1][1] if sections else lead).append(line)
    return "\n".join(lead).strip(), [(title, "\n".join(lines).strip()) for title, lines in sections]


def _examples(heading: str, examples: Iterable[Example]) -> Iterator[str]:
    for number, example in enumerate(examples):
        if number == 0:
            yield f"## {heading}"
        options = [
            text
            for text in (
                f"as of {example.as_of}" if example.as_of else "",
                f"Graph API {example.graph_version}" if example.graph_version else "",
            )
            if text
        ]
        title = example.title + (f" ({', '.join(options)})" if options and example.title else "")
        if title or options:
            yield _with_stop(title or ", ".join(options).capitalize())
        for path, text in example.files.items():
            yield f"`{path}`"
            yield _block(path, text)


def _block(path: str, text: str) -> str:
    """A code block, its fence longer than any in the text."""
    fence = max(["```", *(f"{run}`" for run in re.findall(r"`{3,}", text))], key=len)
    suffix = "." + path.rpartition("/")[2].rpartition(".")[2]
    return f"{fence}{_LANGUAGES.get(suffix, '')}\n{text.rstrip()}\n{fence}"


def _with_stop(text: str) -> str:
    return text if text.endswith((".", "!", "?", ":")) else f"{text}."
