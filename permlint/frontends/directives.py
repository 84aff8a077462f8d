"""Template engines that mark their code by `@`: Blade's directives and Razor's expressions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from permlint.frontends.islands import Tag, tags

_LONGEST = 20_000
_MAX_UNCLOSED = 20
"""After so many brackets that nothing closes the rest is taken for text."""
_STRINGS = r"""'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*\""""
_PARTS = {
    "(": re.compile(_STRINGS + "|[()]", re.DOTALL),
    "{": re.compile(_STRINGS + "|[{}]", re.DOTALL),
    "[": re.compile(_STRINGS + r"|[\[\]]", re.DOTALL),
}

_DIRECTIVE = re.compile(r"(?<![\w@])@([A-Za-z]\w*)([ \t]*\()?")
_ALONE = frozenset(
    (
        "append", "auth", "break", "case", "continue", "csrf", "default", "else", "empty", "guest", "once", "overwrite", "parent",
        "php", "production", "show", "stop", "verbatim",
    )
)  # fmt: skip
_PUTTING_IN = frozenset(("asset", "choice", "csrf", "include", "js", "json", "lang", "method", "parent", "yield"))
_END_OF_PHP = "@endphp"

_RAZOR = re.compile(
    r"(?P<text></?text>)|(?<![\w@])@(?:"
    r"(?P<comment>\*)|(?P<block>\{)|(?P<value>\()"
    r"|(?P<head>(?:if|for|foreach|while|switch|using|lock)\s*\()"
    r"|(?P<code>(?:functions|code)\s*\{)"
    r"|(?P<line>(?:model|using|inject|inherits|page|layout|namespace|addTagHelper|removeTagHelper|implements|attribute|section)\b)"
    r"|(?P<name>[A-Za-z_]\w*))"
)
_MORE = re.compile(r"[!?]?\.[A-Za-z_]\w*|[!?]?[(\[]")


def blade(text: str) -> Iterator[Tag]:
    """The tags and directives of a Blade template, in order."""
    return _merged(list(tags(text, literal="@")), text, _DIRECTIVE, _directive)


def razor(text: str) -> Iterator[Tag]:
    """The code in a Razor page, in order."""
    return _merged([], text, _RAZOR, _expression)


def _merged(
    known: list[Tag], text: str, pattern: re.Pattern[str], made: Callable[[str, re.Match[str]], Tag | None]
) -> Iterator[Tag]:
    """Known tags, and between them those that start where a pattern fits."""
    at = unclosed = 0
    for tag in [*known, None]:
        limit = len(text) if tag is None else tag.start
        while unclosed < _MAX_UNCLOSED and (match := pattern.search(text, at, limit)):
            found = made(text, match)
            unclosed += found is None and match[0].endswith(("(", "{", "*"))
            at = match.end() if found is None else max(found.end, match.end())
            if found is not None:
                yield found
        if tag is not None and tag.start >= at:
            yield tag
            at = tag.end


def _directive(text: str, match: re.Match[str]) -> Tag | None:
    name = match[1]
    if match[2] is None:
        if name not in _ALONE and not name.startswith("end"):
            return None
        end = match.end()
        if name == "php":
            closed = text.find(_END_OF_PHP, end, end + _LONGEST)
            end = end if closed < 0 else closed + len(_END_OF_PHP)
        return Tag(match.start(), end, (end, end), name not in _PUTTING_IN)
    closed_at = closing(text, match.end() - 1)
    if closed_at is None:
        return None
    return Tag(match.start(), closed_at, (match.end(), closed_at - 1), name not in _PUTTING_IN)


def _expression(text: str, match: re.Match[str]) -> Tag | None:
    start, end = match.span()
    stop: int | None
    if match["text"]:
        return Tag(start, end, (end, end), silent=True)
    if match["comment"]:
        stop = text.find("*@", end)
        return None if stop < 0 else Tag(start, stop + 2, (end, stop), silent=True)
    if match["line"]:
        stop = min([at for sign in "\r\n{" if (at := text.find(sign, end, end + _LONGEST)) >= 0], default=len(text))
        return Tag(start, stop, (end, stop), silent=True)
    if match["name"]:
        while more := _MORE.match(text, end):
            stop = closing(text, more.end() - 1) if more[0][-1] in "([" else more.end()
            if stop is None:
                break
            end = stop
        return Tag(start, end, (start + 1, end), silent=False)
    stop = closing(text, end - 1)
    return None if stop is None else Tag(start, stop, (end, stop - 1), silent=not match["value"])


def closing(text: str, opened: int) -> int | None:
    """The end of what a bracket opens; None where nothing closes it. Brackets in strings do not count."""
    opening = text[opened]
    depth = 0
    for match in _PARTS[opening].finditer(text, opened, opened + _LONGEST):
        if match[0] == opening:
            depth += 1
        elif len(match[0]) == 1:
            depth -= 1
            if not depth:
                return match.end()
    return None
