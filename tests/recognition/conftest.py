"""What the tests of the recognition share: they write a little app, run permlint over it the whole way and compare.

A line at which a request is reported ends in `# -> LOGIN: SCOPES`, several requests separated by `;`. A scope that the
library asks for by itself has `(library)` behind its name, one that only some branch asks for `(maybe)`. After the scopes
may come `incomplete` (not all is known), `open` (scopes may come from outside the source), `unresolved` (a note that a scope
is put together at run time) and `mangled` (the form is one that the library does not take).

A line at which calls are reported ends in `# => GET /me/accounts`, several separated by `;`. `?` stands for a method that is
not known, `{}` for an unknown part, `unresolved` for a call whose path is not known. Behind the path may stand the fields
(`[id,name]`, `[]` for none, `[?]` for fields that are not known) and `host=`, `version=` (`version=none`), `via=`, `outside`, `inside`
and `sends=a,b`; what a marker does not say is not compared.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

import pytest
import tomli

from permlint.analysis import analyse
from permlint.config import Config
from permlint.recognition import build
from permlint.recognition.prefilter import may_matter

AS_OF = dt.date(2026, 11, 21)
FLAGS = ("incomplete", "open", "unresolved", "mangled")
_MARKER = re.compile(r"# -> (.*?)\s*$")
_CALLS = re.compile(r"# => (.*?)\s*$")


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


def short(call):
    return "unresolved" if not call.complete else f"{call.method or '?'} {call.endpoint}"


def details(call):
    """What a marker may say besides."""
    return {
        "fields": "?" if call.fields is None else ",".join(call.fields),
        "host": call.host or "none",
        "version": call.version or "none",
        "via": call.via,
        "sends": ",".join(name for name, _ in call.parameters),
        "outside": call.outside,
        "names": ",".join(call.names),
    }


def parse(text):
    """A marker's method and path, and what else it says."""
    said = {}
    fields = re.search(r"\[(.*?)\]", text)
    if fields:
        said["fields"] = fields[1]
        text = text.replace(fields[0], " ")
    words = []
    for word in text.split():
        name, equals, value = word.partition("=")
        if word in ("outside", "inside"):
            said["outside"] = word == "outside"
        elif equals and name in ("host", "version", "via", "sends", "names"):
            said[name] = value
        else:
            words.append(word)
    return " ".join(words), said


def expected_calls(files):
    out = []
    for path, text in files.items():
        for number, line in enumerate(text.split("\n"), 1):
            marker = _CALLS.search(line)
            for one in marker[1].split(";") if marker else ():
                out.append(((path, number), *parse(one)))
    return out


def calls_in(root, app):
    files = files_of(app)
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    analysis = analyse(Config(root=str(root)), sorted(files), as_of=AS_OF)
    return [call for one in analysis.apps for call in one.calls]


@pytest.fixture
def check_calls(tmp_path):
    """Compares the calls that permlint reports for an app with the app's markers. Returns the calls."""

    def run(app):
        files = files_of(app)
        calls = calls_in(tmp_path, app)
        wanted = expected_calls(files)
        got = Counter(f"{call.place.path}:{call.place.line} {short(call)}" for call in calls)
        want = Counter(f"{where[0]}:{where[1]} {text}" for where, text, _ in wanted)
        assert sorted((got - want).elements()) == [], f"reported and not expected; missing: {(want - got)}"
        assert sorted((want - got).elements()) == [], "expected and not reported"
        for where, text, said in wanted:
            here = [call for call in calls if (call.place.path, call.place.line) == where and short(call) == text]
            shown = [details(call) for call in here]
            assert any(all(one[name] == value for name, value in said.items()) for one in shown), (where, said, shown)
        return calls

    return run


@pytest.fixture
def calls_of(tmp_path):
    """The calls that permlint reports for an app."""
    return lambda app: calls_in(tmp_path, app)


@pytest.fixture
def check_needles():
    """Checks that each library of a table has apps, and that each file of them that asks holds a needle of its library."""

    def run(table, apps):
        rows = tomli.loads((build.DATA / table).read_text(encoding="utf-8"))["library"]
        for row in rows:
            if not any(kind in row for kind in ("request", "setting", "mapping")):
                continue
            assert row["name"] in apps, f"no app of {row['name']}"
            for app in apps[row["name"]]:
                for text in app.values():
                    plain = re.sub("# -> .*", "", text).lower()
                    if "# -> " in text:
                        assert may_matter(plain.encode()), plain
                        assert any(needle in plain for needle in row["needles"]), (row["name"], plain)

    return run
