"""What the tests of the reports share: sources in memory, and a diagnostic like those that the rules yield."""

import pytest

from permlint.diagnostics import Diagnostic, Evidence
from permlint.places import Place
from permlint.report.source import Sources


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
