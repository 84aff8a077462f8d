"""What is certain when several sources each say something else: a little logic of permissions.

Clauses are "one of these" each, and all of them hold: ``{{a}, {b, c}}`` reads *a, and b or c*.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Clauses = frozenset[frozenset[str]]
NOTHING: Clauses = frozenset()
# Alternatives are told as "one of these" only as long as a person can make use of it.
WIDEST = 3


def clauses_of(all_of: Iterable[str], any_of: Iterable[frozenset[str]]) -> Clauses:
    """Write down all of some permissions and one of each group."""
    return _smallest({frozenset({name}) for name in all_of} | set(any_of))


def both(one: Clauses, other: Clauses) -> Clauses:
    """Give what holds if both hold."""
    return _smallest(one | other) if one and other else one or other


def alternatives(parts: Sequence[Clauses]) -> Clauses:
    """Give what is certain if one of several holds, nobody knows which: *a and b* or *a and c* is *a, and b or c*.

    What would need a choice among more than three permissions that no source names together is left out.
    """
    distinct = list(dict.fromkeys(parts))
    if not distinct:
        return NOTHING
    certain = distinct[0]
    stated = {clause for part in distinct for clause in part}
    for part in distinct[1:]:
        joined = {one | other for one in certain for other in part}
        certain = _smallest({clause for clause in joined if len(clause) <= WIDEST or clause in stated})
    return certain


def leading(part: Clauses, common: Clauses, depends: Mapping[str, Iterable[str]]) -> Clauses:
    """Leave of one alternative what leads: neither what all share nor what another of its permissions depends on.

    Of *instagram_manage_messages and instagram_basic* against *pages_messaging* a person wants to hear of the first
    and the last, not every pair. An alternative that says nothing beyond what all share stays as it is.
    """
    rest = part - common
    singles = {name for clause in rest if len(clause) == 1 for name in clause}
    below = {other for name in singles for other in depends.get(name, ()) if name not in depends.get(other, ())}
    return frozenset(clause for clause in rest if not (len(clause) == 1 and clause <= below)) or part


def agreed(parts: Sequence[Clauses]) -> Clauses:
    """Give what different things agree on: clauses that one of them states and that hold for all of them."""
    distinct = list(dict.fromkeys(parts))
    if not distinct:
        return NOTHING
    stated = {clause for part in distinct for clause in part}
    return _smallest({clause for clause in stated if all(any(own <= clause for own in part) for part in distinct)})


def _smallest(clauses: Iterable[frozenset[str]]) -> Clauses:
    """Leave out clauses that a smaller one already says."""
    every = set(clauses)
    return frozenset(clause for clause in every if not any(other < clause for other in every))
