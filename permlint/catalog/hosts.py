"""The hosts of the Graph API: the family of logins whose tokens each takes, and hosts that answer like another."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

from permlint.catalog.compiled import read_compiled

__all__ = ["FAMILIES", "ME", "SAME"]

COMPILED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "hosts.json")


class Hosts(NamedTuple):
    """What hosts.toml says: families by host, hosts by the host like them, kinds of /me by family."""

    families: dict[str, str]
    same: dict[str, str]
    me: dict[str, frozenset[str]]


def read_hosts(path: str = COMPILED) -> Hosts:
    """Read a compiled file of hosts. Raises CatalogError, naming the file, if it can't be read."""
    return read_compiled(path, "the file of hosts", _hosts)


def _hosts(data: Any) -> Hosts:
    me = {name: frozenset(kinds) for name, kinds in data["me"].items()}
    return Hosts(dict(data["families"]), dict(data["same"]), me)


_HOSTS = read_hosts()
FAMILIES = _HOSTS.families
# Hosts that answer like another one.
SAME = _HOSTS.same
# The kinds of node that /me may be, by the family of the token.
ME = _HOSTS.me
