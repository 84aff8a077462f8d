"""Weighs what several rows say of a call that all apply to it: what is certain, and which features of App Review do instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permlint.catalog.endpoint_clauses import agreed, alternatives, both, clauses_of, leading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from permlint.catalog.endpoint_clauses import Clauses
    from permlint.catalog.endpoint_rows import Row


def certain_of(
    groups: list[list[tuple[Row, bool]]], depends: Mapping[str, Sequence[str]]
) -> tuple[Clauses, frozenset[str]]:
    """Say what is certain: what all nodes that it may be agree on; and the features that do instead.

    ``groups``: the rows by path and host; beside each whether it certainly applies. ``depends``: on which other permissions
    one depends.
    """
    weighed: list[Clauses] = []
    guarded: list[Clauses] = []
    unless: set[str] = set()
    ruled = any(is_rule(rows[0][0]) for rows in groups)
    for rows in groups:
        clauses, lifted = weigh(rows, depends)
        if clauses is not None:
            weighed.append(clauses)
            unless |= lifted
            continue
        doubtful, _ = weigh([(row._replace(confidence="medium"), sure) for row, sure in rows], depends)
        if not ruled:
            guarded.append(doubtful or frozenset())
    if not weighed:
        return frozenset(), frozenset()
    agreeing = agreed(weighed)
    agreeing = frozenset(one for one in agreeing if all(any(own <= one for own in part) for part in guarded))
    return agreeing, frozenset(unless if agreeing else ())


def weigh(
    rows: Iterable[tuple[Row, bool]], depends: Mapping[str, Sequence[str]]
) -> tuple[Clauses | None, frozenset[str]]:
    """Weigh the rows of one path: the certain clauses (None: no row that could say), and the features instead.

    Rows whose conditions hold stand in for those without any; rows that may apply are further alternatives.
    """
    plain: list[Row] = []
    special: dict[str, list[Row]] = {}
    perhaps: list[Row] = []
    for row, sure in rows:
        if not row.trusted:
            continue
        marks = [str(condition) for group in row.when for condition in group if not condition.is_guard]
        if not sure:
            perhaps.append(row)
        elif marks:
            special.setdefault(" ".join(marks), []).append(row)
        else:
            plain.append(row)
    sets = list(special.values()) if special else [plain + perhaps]
    certain: Clauses = frozenset()
    unless: set[str] = set()
    said = False
    for part in sets:
        clauses, lifted = _settle(part, depends)
        if clauses is not None:
            said = True
            certain = both(certain, clauses)
            unless |= lifted
    return (certain if said else None), frozenset(unless)


def _settle(rows: list[Row], depends: Mapping[str, Sequence[str]]) -> tuple[Clauses | None, frozenset[str]]:
    """Settle the alternatives of one path under one set of conditions."""
    said = [row for row in rows if row.kind in ("need", "none", "role")]
    unless = {feature for row in rows if row.kind == "feature" for feature in (*row.or_feature, *row.and_feature)}
    unless |= {feature for row in said for feature in row.or_feature}
    if any(row.kind == "inherits" for row in rows):
        return (frozenset() if said else None), frozenset()
    if not said:
        return (frozenset() if unless else None), frozenset(unless)
    stated = [clauses_of(row.all_of, row.any_of) for row in said]
    firm = frozenset().union(*(part for row, part in zip(said, stated, strict=True) if row.sure is None))
    sure = [part if row.sure is None else clauses_of(row.sure, ()) for row, part in zip(said, stated, strict=True)]
    common = agreed(stated) & firm
    return both(alternatives([leading(part, common, depends) for part in sure]), common), frozenset(unless)


def is_rule(row: Row) -> bool:
    """Tell whether it is a rule of a whole node: it says what is certain where the rows of an edge are weak."""
    return row.segments[-1:] == ("*",)
