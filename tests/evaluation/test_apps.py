"""The little apps of `tests/apps`: each scope is found where its marker stands, and nothing else is."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from permlint.analysis import analyse
from permlint.config import Config

FOLDER = Path(__file__).parent.parent / "apps"
SINKS = {
    ".py": 'URL = "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=" + ",".join(SCOPES)\n',
    ".js": "const DIALOG = 'https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=' + SCOPES.join(',');\n",
}
SINKS[".ts"] = SINKS[".js"]
FENCE = re.compile(r"^```(?P<language>\w+)(?: (?P<path>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
MARKER = re.compile(r"# (?P<kind>scope|unknown): (?P<what>[^#\n]+?)[ ]*(?=#|$)", re.MULTILINE)


class Found(NamedTuple):
    """A scope that a marker asks for, or that was found. exact: whether its place holds it letter by letter."""

    path: str
    line: int
    scope: str
    certain: bool
    exact: bool


def apps():
    for file in sorted(FOLDER.glob("*.md")):
        if file.name == "README.md":
            continue
        for section in re.split(r"^## ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            title = section.partition("\n")[0].strip()
            gap = [pytest.mark.xfail(reason="a known gap")] if title.endswith("not yet") else []
            yield pytest.param(section, id=f"{file.stem}: {title}", marks=gap)


def files_of(section):
    files = {block["path"] or "app.py": block["text"] for block in FENCE.finditer(section)}
    if not any("dialog/oauth" in text or "# no dialog" in text for text in files.values()):
        last = [path for path in files if path[path.rfind(".") :] in SINKS][-1]
        files[last] += SINKS[last[last.rfind(".") :]]
    return files


def wanted(files):
    scopes, unknown = set(), []
    for path, text in files.items():
        for number, line in enumerate(text.split("\n"), 1):
            for marker in MARKER.finditer(line):
                if marker["kind"] == "unknown":
                    unknown.append(marker["what"])
                    continue
                for name in marker["what"].split(","):
                    name = name.strip()
                    scope = name.strip("~?")
                    scopes.add(Found(path, number, scope, not name.endswith("?"), not name.startswith("~")))
    return scopes, unknown


def found(root, files):
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    analysis = analyse(Config(root=str(root)), sorted(files), as_of=datetime.date(2026, 9, 20))
    requests = [request for app in analysis.apps for request in app.requests]
    scopes = {}
    for request in requests:
        for scope in request.scopes:
            place = scope.place
            line = files[place.path].split("\n")[place.line - 1]
            exact = place.line == place.end_line and line[place.column - 1 : place.end_column - 1] == scope.text
            key = (place.path, place.line, scope.text)
            # The same string in two requests: sure if one of them is.
            before = scopes.get(key)
            scopes[key] = Found(*key, scope.certain or bool(before and before.certain), exact)
    return set(scopes.values()), requests


@pytest.mark.parametrize("section", list(apps()))
def test_scopes_are_found_where_they_stand(section, tmp_path):
    files = files_of(section)
    assert files, "an app without files"
    scopes, unknown = wanted(files)

    got, requests = found(tmp_path, files)

    shown = "\n".join(f"{r.place} {[s.text for s in r.scopes]} unknown: {r.unknown_because}" for r in requests)
    assert sorted(got) == sorted(scopes), shown
    reasons = [request.unknown_because for request in requests if not request.complete]
    assert bool(reasons) == bool(unknown), shown
    for reason in unknown:
        assert any(reason in because for because in reasons), shown
    assert bool(requests) == bool(scopes or unknown), shown
