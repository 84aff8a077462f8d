"""Hides access tokens, app secrets and their like in whatever permlint shows or keeps."""

from __future__ import annotations

import re

_BARE = re.compile(
    r"""
      (?<![A-Za-z0-9])(?:EAA|IGQ|IGAA|THAA|THQ)[A-Za-z0-9_-]{16,}    # access tokens of Facebook, Instagram, Threads
    | (?<=\|)[A-Za-z0-9_-]{20,}                                      # app access tokens: app id | secret
    | (?<![A-Za-z0-9])(?:[0-9a-f]{32}|[0-9A-F]{32}|[0-9a-f]{64})(?![A-Za-z0-9])  # app secrets, client tokens, proofs
    | (?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?  # JSON web tokens
    | (?<=Bearer\ )[A-Za-z0-9._~+/|=-]{16,}
    """,
    re.VERBOSE,
)

_NAMED = re.compile(
    r"""
    (?<![A-Za-z0-9])
    (?P<name>[\w.-]{0,40}(?:secret|token|passw(?:or)?d|passphrase|pwd|api_?-?key|private_?-?key|access_?-?key|credential|proof)[\w.-]{0,40})
    (?P<close>["'`]?\s*\]?\s*(?::\s*[\w.\[\]| ]{1,40}=(?!=)|:=|=>|[:=](?!=)|,(?=\s*["'`]))\s*)
    (?:[rbuf]{0,2}(?P<quote>["'`])(?P<quoted>(?:\\.|(?!(?P=quote))[^\\\n])*)(?:(?P=quote)|$)
      |(?P<plain>[A-Za-z0-9+/_~=!@$%^*.|-]{8,}))
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)

_HARMLESS = re.compile(
    r"""
      (?:https?://|/)[^\s?]*            # an address without a query
    | \$?\{{0,2}[\w.\ ]*\}{1,2}        # a placeholder
    | <[\w\s.-]*>
    | %\(?\w*\)?s?
    | [A-Za-z_]*                        # a plain word
    | [a-z_]{1,30}(?:/[a-z_]{1,30})+    # a path of plain words
    | [A-Za-z_-]+(?:[ ,]+[A-Za-z_-]+)+  # words: a list of scopes, a sentence
    """,
    re.VERBOSE,
)
_NAMES_A_NAME = re.compile(
    r"(?i)(?:url|uri|path|file|endpoint|name|type|scopes?|field|header|expires|prefix|permissions?)\w*$"
)


def mask(text: str) -> str:
    """Returns the text with each secret in it replaced by as many `*`, so that columns stay what they are.

    Secrets are what looks like an access token, an app secret or a client token, and what stands as a value beside a
    name that says it is one. Line ends are kept.
    """
    if len(text) < 8:
        return text
    text = _BARE.sub(lambda found: "*" * len(found[0]), text)
    return _NAMED.sub(_hide, text)


def _hide(found: re.Match[str]) -> str:
    group = "quoted" if found["plain"] is None else "plain"
    value = found[group]
    if _NAMES_A_NAME.search(found["name"]) or not _is_secret(value, quoted=group == "quoted"):
        return found[0]
    start, end = found.start(group) - found.start(), found.end(group) - found.start()
    return found[0][:start] + "*" * (end - start) + found[0][end:]


def _is_secret(value: str, *, quoted: bool) -> bool:
    """Whether the value beside a secret's name is one: no placeholder, address, name or (unquoted) expression."""
    if quoted:
        return len(value) >= 4 and (len(value) > 200 or not _HARMLESS.fullmatch(value))
    return any(char.isdigit() for char in value) and "." not in value and not value.startswith(("$", "%"))
