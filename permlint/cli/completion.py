"""What a shell is offered where a rule, a permission or a file can stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from collections.abc import Iterable


def files() -> list[CompletionItem]:
    """Returns what tells the shell to offer files."""
    return [CompletionItem("", type="file")]


def rules(incomplete: str, *, several: bool) -> list[CompletionItem]:
    """Returns codes and names of rules. several: they are a list separated by commas, of which the last is offered."""
    from permlint import engine

    before, comma, last = incomplete.rpartition(",") if several else ("", "", incomplete)
    try:
        known = engine.discover()
    except engine.RuleError:
        return []
    words = [(word, rule.summary) for rule in known for word in (rule.code, rule.name)]
    return _offered(words, last, before + comma)


def permissions(incomplete: str) -> list[CompletionItem]:
    """Returns names of permissions."""
    from permlint.catalog import load

    return _offered([(each.name, "") for each in load().permissions()], incomplete)


def _offered(words: Iterable[tuple[str, str]], incomplete: str, before: str = "") -> list[CompletionItem]:
    return [
        CompletionItem(before + word, help=said or None)
        for word, said in words
        if word.lower().startswith(incomplete.lower())
    ]
