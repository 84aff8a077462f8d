"""What the tests of the recognition share: they write a little app, run permlint over it the whole way and compare.

A line at which a request is reported ends in `# -> LOGIN: SCOPES`, several requests separated by `;`. A scope that the
library asks for by itself has `(library)` behind its name, one that only some branch asks for `(maybe)`. After the scopes
may come `incomplete` (not all is known), `open` (scopes may come from outside the source), `unresolved` (a note that a scope
is put together at run time) and `mangled` (the form is one that the library does not take).
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

import pytest

from permlint.analysis import analyse
from permlint.config import Config

AS_OF = dt.date(2026, 11, 21)
FLAGS = ("incomplete", "open", "unresolved", "mangled")
_MARKER = re.compile(r"# -> (.*?)\s*$")


def files_of(app):
    """The files of an app: a text is its `app.py`."""
    return {"app.py": app} if isinstance(app, str) else app


def expected(files):
    """The requests that the markers ask for, each as `path:line login: scopes`."""
    out = Counter()
    for path, text in files.items():
        for number, line in enumerate(text.split("\n"), 1):
            marker = _MARKER.search(line)
            for request in marker[1].split(";") if marker else ():
                login, _, words = request.strip().partition(":")
                scopes = sorted(re.sub(r" \(", "(", words).split())
                out[f"{path}:{number} {login}: {' '.join(scopes)}"] += 1
    return out


def found(root, files):
    """The requests that permlint reports, written in the same way, and the facts themselves."""
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    analysis = analyse(Config(root=str(root)), sorted(files), as_of=AS_OF)
    requests = [request for app in analysis.apps for request in app.requests]
    notes = {(note.place.path, note.place.line) for app in analysis.apps for note in app.unresolved}
    out = Counter()
    for request in requests:
        words = [
            scope.text + ("(library)" if scope.by == "library" else "") + ("" if scope.certain else "(maybe)")
            for scope in request.scopes
        ]
        is_so = (
            not request.complete and not request.open,
            request.open,
            (request.place.path, request.place.line) in notes,
            bool(request.faults),
        )
        words += [flag for flag, holds in zip(FLAGS, is_so, strict=True) if holds]
        out[f"{request.place.path}:{request.place.line} {request.login}: {' '.join(sorted(words))}"] += 1
    return out, requests


@pytest.fixture
def check(tmp_path):
    """Runs permlint over an app and compares what it reports with the app's markers. Returns the requests."""

    def run(app):
        files = files_of(app)
        got, requests = found(tmp_path, files)
        wanted = expected(files)
        shown = "\n".join(f"{request.via}: {request.unknown_because}" for request in requests)
        assert sorted((got - wanted).elements()) == [], f"reported and not expected\n{shown}"
        assert sorted((wanted - got).elements()) == [], f"expected and not reported\n{shown}"
        return requests

    return run


@pytest.fixture
def requests_of(tmp_path):
    """The requests that permlint reports for an app."""
    return lambda app: found(tmp_path, files_of(app))[1]
