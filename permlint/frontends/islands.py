"""Template engines' tags in a text: what puts something in, and what only decides or loops."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from permlint import program as p
from permlint.frontends.syntax import BLANK, MARK, Island, Source

_LONGEST = 4_000
"""Tags are short; what looks like a longer one is something else, such as minified JavaScript."""

_TAGS = (("{{{", "}}}"), ("{{--", "--}}"), ("{{!--", "--}}"), ("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("{!!", "!!}"),
         ("<%--", "--%>"), ("<%", "%>"), ("<?", "?>"))  # fmt: skip
_OPEN = re.compile("|".join(re.escape(opening) for opening, _ in _TAGS))
_CLOSE = dict(_TAGS)
_LONG = ("{{--", "{{!--", "{#", "<%--", "<%", "<?")
"""Openings of tags that may be as long as they like."""
_COMMENT = re.compile(r"\{%-?\s*comment\b")
_END_OF_COMMENT = re.compile(r"\{%-?\s*endcomment\s*-?%\}")
_SIGNS = "{%<?!#-=~+* \t\r\n"

_SILENT = frozenset(
    (
        "if", "elif", "elsif", "elseif", "else", "unless", "for", "foreach", "while", "endif", "end", "endfor", "endforeach",
        "endwhile", "endunless", "with", "endwith", "range", "case", "when", "endcase", "block", "endblock", "define", "set",
        "endset", "assign", "capture", "endcapture", "load", "extends", "import", "from", "macro", "endmacro", "comment",
        "endcomment", "autoescape", "endautoescape", "spaceless", "endspaceless", "raw", "endraw", "verbatim", "endverbatim",
        "filter", "endfilter", "do", "empty", "ifchanged", "endifchanged", "regroup", "language", "use", "layout", "php",
    )
)  # fmt: skip
_WORD = re.compile(r"[A-Za-z_]+")


class Tag(NamedTuple):
    """A template engine's tag. start, end: where it stands; inside: where what it holds stands; silent: it puts nothing in."""

    start: int
    end: int
    inside: tuple[int, int]
    silent: bool


def tags(text: str, but_not: Iterable[tuple[int, int]] = (), literal: str = "") -> Iterator[Tag]:
    """The tags of Jinja, Django, Twig, Liquid, Blade, Handlebars, Mustache, Go, ERB, EJS and PHP in a text, in order.

    but_not: stretches in which double braces are the language's own. literal: the character behind which they are no tag.
    """
    without = [*but_not]
    closes: dict[str, int] = {}
    at = 0
    while match := _OPEN.search(text, at):
        start, opening = match.start(), match[0]
        at = start + 1
        if opening[0] == "{" and any(low <= start < high for low, high in without):
            continue
        if literal and text[start - 1 : start] == literal:
            at = match.end()
            continue
        if opening == "{#" and text[start + 2 : start + 3] not in (" ", "\n", "\r", "\t", "-", "#"):
            continue  # In JavaScript, a class with a private field.
        if opening == "<?" and not text.startswith(("<?php", "<?="), start):
            continue
        close = _CLOSE[opening]
        stop = closes.get(close, 0)
        if 0 <= stop < match.end():
            stop = closes[close] = text.find(close, match.end())
        if opening == "<?" and stop < 0:
            stop = len(text)  # The last tag of a PHP file is often left open.
        if stop < 0 or (opening not in _LONG and stop - start > _LONGEST):
            continue
        inside = (match.end(), stop)
        end = min(stop + len(close), len(text))
        if opening == "{%" and "endcomment" not in closes and _COMMENT.match(text, start):
            closed = _END_OF_COMMENT.search(text, end)
            if closed is None:
                closes["endcomment"] = -1
            else:
                end = closed.end()
        yield Tag(start, end, inside, _is_silent(opening, text[inside[0] : inside[1]]))
        at = end


def _is_silent(opening: str, inside: str) -> bool:
    """Whether a tag puts nothing in."""
    if opening in ("{!!", "{{{"):
        return False
    if opening in ("{{--", "{{!--", "{#", "<%--"):
        return True
    if opening == "<%":
        return inside[:1] not in ("=", "-") or inside[1:2] in ("\n", "\r")
    if opening == "<?":
        return not inside.startswith("=") and not re.match(r"php\s+(?:echo|print)\b", inside)
    if opening == "{{" and inside[:1] in ("#", "/", "^", "!"):
        return True
    word = _WORD.match(inside.lstrip(_SIGNS))
    return (
        word is not None
        and word[0] in _SILENT
        and (opening == "{%" or not inside.rstrip().startswith((word[0] + "(", word[0] + ".")))
    )


_HEAD = re.compile(r"[\s=\-]*([A-Za-z_]\w*)(?=\s+[\w\"']|\()")
_CALLED = re.compile(r"([A-Za-z_]\w*)\(([^()]*)\)")
_ARGUMENT = re.compile(r"(?:([A-Za-z_]\w*)\s*(?:=(?!=)|:(?!:))\s*)?(?:\"([^\"\\]*)\"|'([^'\\]*)'|[^\s,()\"']+)")


def calls(source: Source, tag: Tag) -> Iterator[p.Call]:
    """The tag as a call of a part of `template`, and the calls in it: those that are given a text by name.

    So `{% tag "a" scope="b" %}` and `{{ tag("a", scope="b") }}`, but no tag that only shows a value.
    """
    start, end = tag.inside
    found: list[tuple[tuple[int, int], tuple[int, int]]] = []
    head = _HEAD.match(source.text, start, end)
    if head is not None:
        found.append((head.span(1), (head.end(), end)))
    found += [(match.span(1), match.span(2)) for match in _CALLED.finditer(source.text, start, end)]
    for name, inside in dict(found).items():
        arguments: list[tuple[str | None, p.Expression]] = []
        for match in _ARGUMENT.finditer(source.text, *inside):
            group = 2 if match[2] is not None else 3
            if match[group] is None:
                value: p.Expression = p.Opaque(*match.span(), "a template's engine works it out")
            else:
                # What hides secrets has hidden them here.
                words = source.plain[slice(*match.span(group))]
                value = p.String(match.start(group) - 1, match.end(group) + 1, (p.Text(*match.span(group), words),))
            arguments.append((match[1], value))
        if any(key is not None and isinstance(value, p.String) for key, value in arguments):
            callee = p.Attribute(*name, p.Name(name[0], name[0], "template"), source.text[slice(*name)])
            yield p.Call(tag.start, tag.end, callee, tuple(arguments))


def shown(found: Iterable[Tag]) -> list[Island]:
    """Tags as a `Source` wants them."""
    return [(tag.start, tag.end, BLANK if tag.silent else MARK) for tag in found]


def between(text: str, stretches: Iterable[tuple[int, int]]) -> list[Island]:
    """What stands between stretches of a page, all of it a template's code."""
    out: list[Island] = []
    at = 0
    for start, end in [*stretches, (len(text), len(text))]:
        if at < start:
            silent = _is_silent("<?", text[at + 2 : start])
            out.append((at, start, BLANK if silent else MARK))
        at = max(at, end)
    return out
