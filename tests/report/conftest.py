"""What the tests of the reports share: sources in memory, and a diagnostic like those that the rules yield."""

import pytest

from permlint import engine
from permlint.diagnostics import Diagnostic, Evidence
from permlint.places import Place
from permlint.report.formats import Report, render
from permlint.report.machine import Run
from permlint.report.source import Sources
from permlint.report.style import Style


@pytest.fixture
def sources():
    return lambda files: Sources(
        "/nowhere", {path: text if isinstance(text, bytes) else text.encode() for path, text in files.items()}
    )


@pytest.fixture
def diagnostic():
    return Diagnostic(
        code="PRM104",
        name="missing-dependency",
        severity="error",
        confidence="high",
        place=Place("storefront/scopes.py", 2, 6, 2, 24),
        message="pages_manage_posts depends on pages_read_engagement and pages_show_list; this app asks for neither",
        label="depends on pages_read_engagement (direct) and pages_show_list; this app asks for neither",
        permission="pages_manage_posts",
        missing=("pages_read_engagement", "pages_show_list"),
        help="ask for both in the same login, or App Review refuses it",
        evidence=(Evidence(Place("storefront/login.py", 31, 5, 31, 9), "asked for by Facebook Login"),),
        sources=("https://developers.facebook.com/docs/permissions",),
    )


@pytest.fixture
def rendered(sources):
    """Renders diagnostics in a format for programs; the project is the folder `shop` of its repository."""

    def make(format_, diagnostics, files=None, **more):
        report = Report(
            run=Run("permlint 0.1.0", "2026-09-20", "2026-11-21"),
            diagnostics=diagnostics,
            fingerprints=lambda: [f"{number:032x}" for number in range(len(diagnostics))],
            rules=engine.discover,
            sources=sources(files or {}),
            show=lambda path: path,
            in_repository=lambda path: f"shop/{path}",
            files=12,
            skipped={"gone": 1},
            unreadable=(),
            calls=(34, 31),
            fails=lambda each: each.severity != "note",
            style=Style(),
        )
        return render(format_, report._replace(**more))

    return make
