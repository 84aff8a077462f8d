"""The last line of a report, in a module of its own: it is all that a run without findings has to load."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from permlint.diagnostics import Diagnostic
    from permlint.report.style import Style


def render_summary(
    diagnostics: Sequence[Diagnostic],
    *,
    files: int,
    skipped: Mapping[str, int],
    seconds: float,
    accepted: int = 0,
    style: Style | None = None,
) -> str:
    """Returns the last line: what was found, in how many files, and what was looked at.

    files: how many files were looked at. skipped: how many were passed over, by reason.
    accepted: how many findings a baseline holds back.
    """
    looked = [plural(files, "file") + " looked at"]
    passed = sum(skipped.values())
    if passed:
        reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(skipped.items()))
        looked.append(f"{passed} skipped: {reasons}")
    if accepted:
        looked.append(f"{plural(accepted, 'finding')} held back as old")
    tail = f"({', '.join(looked)}, {seconds:.1f} s)"
    if not diagnostics:
        said_nothing = (
            f"no {'new ' if accepted else ''}problems found"
            if files or passed
            else "nothing checked: no file of a kind that permlint reads"
        )
        return f"{said_nothing} {tail}\n"
    said = []
    for severity in ("error", "warning", "note"):
        count = sum(each.severity == severity for each in diagnostics)
        if count:
            text = plural(count, severity)
            said.append(style.paint(text, severity) if style else text)
    where = plural(len({each.place.path for each in diagnostics}), "file")
    return f"{', '.join(said)} in {where} {tail}\n"


def render_coverage(calls: int, resolved: int) -> str:
    """Returns the line that says of how many calls it is known what they need; empty where of all."""
    left = calls - resolved
    if not left:
        return ""
    others = "the other one" if left == 1 else f"the other {left}"
    return f"{resolved} of {plural(calls, 'Graph call')} resolved; `permlint scopes --unresolved` lists {others}\n"


def render_fixable(diagnostics: Sequence[Diagnostic]) -> str:
    """Returns the line that says how to have findings fixed; empty where there is no fix."""
    fixes = [each.fix for each in diagnostics if each.fix is not None]
    safe = sum(fix.safe for fix in fixes)
    unsafe = len(fixes) - safe
    if not unsafe:
        return f"{safe} can be fixed with --fix\n" if safe else ""
    if not safe:
        return f"{unsafe} can be fixed with --fix --unsafe-fixes, for review\n"
    return f"{safe} can be fixed with --fix, {unsafe} more with --unsafe-fixes, for review\n"


def plural(count: int, word: str) -> str:
    """Returns `1 file`, `2 files`."""
    return f"{count} {word}{'' if count == 1 else 's'}"
