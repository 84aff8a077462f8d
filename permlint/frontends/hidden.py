"""Keeps secrets out of programs: what a program does not hold reaches no report and no cache."""

from __future__ import annotations

import re

from permlint.secrets import mask

_WORDS_OF_SECRETS = (
    "secret", "token", "passw", "passphrase", "pwd", "api_key", "apikey", "api-key", "private_key", "privatekey",
    "private-key", "access_key", "accesskey", "access-key", "credential", "proof", "bearer ", "eaa", "igq", "igaa", "thaa",
    "thq", "eyj",
)  # fmt: skip
_SHAPES_OF_SECRETS = (re.compile(r"\|[A-Za-z0-9_-]{20}"), re.compile(r"[0-9a-fA-F]{32}"))
_LINES = 3
_MAX_VALUE = 4_000

_NAMES_A_SECRET = re.compile(
    r"secret|token|pass|pwd|key|cred|proof|private|salt|hash|dsn|sign|auth_?code", re.IGNORECASE
)
_NAMES_A_PLACE = re.compile(r"ur[il]$|endpoint$", re.IGNORECASE)
_NAMES_SCOPES = re.compile(r"scope|perm", re.IGNORECASE)
_BETWEEN = re.compile(r"%20|%2C", re.IGNORECASE)
_WORDS = re.compile(r"[\[\s\"']*[A-Za-z][A-Za-z0-9_.]*(?:[,;|+\s\"']+[A-Za-z][A-Za-z0-9_.]*)*[\]\s\"',;]*")
_WORD = re.compile(r"[A-Za-z0-9_.]+")
_PERMISSION = re.compile(r"[a-z]+(?:_[a-z0-9]+)+")
_VERSION = re.compile(r"v?\d{1,2}(?:\.\d{1,2})?")
_NAME = re.compile(r"(?=.{1,80}$)[A-Za-z_$@][A-Za-z_.$*-]*(?:/[A-Za-z_.$*-]+)*")
_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9.{}$_-]+(?::\d+)?(?:/(?:v\d{1,2}(?:\.\d{1,2})?(?=[/?]|$)|[A-Za-z_.{}$-]*))*"
    r"(?:\?[A-Za-z_]+=[\w,.:/%+{}$ -]*(?:&[A-Za-z_]+=[\w,.:/%+{}$ -]*)*)?"
)
_PATH = re.compile(
    r"(?:/(?:v\d{1,2}(?:\.\d{1,2})?(?=[/?]|$)|[A-Za-z_.{}$-]*))+(?:\?[A-Za-z_]+=[\w,.{}$-]*(?:&[A-Za-z_]+=[\w,.{}$-]*)*)?"
)
_VARIABLE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)", re.DOTALL)
_VARIABLE_NAME = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_LONG = re.compile(r"(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{16,}")
_PUT_IN = re.compile(r"\$\{[^{}]*\}|\{\{[^{}]*\}\}")


def hide(text: str) -> str:
    """A source text with each secret in it masked by as many characters.

    Only the lines near what may name or begin a secret are looked at closely: looking at all of them would cost a quarter of
    the parser's time.
    """
    lower = text.lower()
    if len(lower) != len(text):  # A letter whose lower case is longer.
        return mask(text)
    hints = [match.start() for shape in _SHAPES_OF_SECRETS for match in shape.finditer(text)]
    for word in _WORDS_OF_SECRETS:
        at = lower.find(word)
        while at >= 0:
            hints.append(at)
            at = lower.find(word, at + 1)
    out: list[str] = []
    done = 0
    for hint in sorted(hints):
        if hint < done:
            continue
        start = max(text.rfind("\n", 0, hint) + 1, done)
        end = hint
        for _ in range(_LINES):
            end = text.find("\n", end) + 1
            if end == 0:
                end = len(text)
                break
        out += [text[done:start], mask(text[start:end])]
        done = end
    return "".join([*out, text[done:]]) if out else text


def may_be_scopes(name: str, value: str) -> bool:
    """Whether an environment file's value could be a list of scopes (or a version's number); no other value is kept."""
    if mask(f'{name}="{value}"') != f'{name}="{value}"':
        return False
    if _VERSION.fullmatch(value):
        return True
    value = _BETWEEN.sub(",", value)
    if not _WORDS.fullmatch(value):
        return False
    words = _WORD.findall(value)
    if _NAMES_SCOPES.search(name):
        return all(len(word) < 60 for word in words)
    return not _NAMES_A_SECRET.search(name) and all(map(_PERMISSION.fullmatch, words))


def may_be_needed(name: str, value: str) -> bool:
    """Whether a value of a configuration file is kept: scopes, the name of a provider or a library, an address without ids.

    name: the key under which it stands.
    """
    if len(value) > _MAX_VALUE:
        return False
    if may_be_scopes(name, value):
        return True
    variable = _VARIABLE.fullmatch(value)
    if variable is not None:  # One of a list of them.
        return may_be_scopes(variable[1], variable[2])
    bare = _PUT_IN.sub("", value)
    if bare != value and _NAMES_SCOPES.search(name) and (not bare or may_be_scopes(name, bare)):
        return True
    if name.lower() in ("name", "key", "variable") and _VARIABLE_NAME.fullmatch(value) and not _LONG.search(value):
        return True
    if _NAMES_A_SECRET.search(name) and not _NAMES_A_PLACE.search(name):
        return False
    if mask(f'{name}="{value}"') != f'{name}="{value}"' or _LONG.search(value):
        return False
    return bool(_NAME.fullmatch(value) or _ADDRESS.fullmatch(value) or _PATH.fullmatch(value))
