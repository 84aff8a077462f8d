"""JSON keeps its contract: the schemas hold, places and secrets are right."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

import permlint
from permlint.app import App
from permlint.catalog import load
from permlint.diagnostics import Edit, Evidence, Fix
from permlint.facts import Request, Scope, UnresolvedScope
from permlint.fingerprints import Key
from permlint.places import Place
from permlint.report.formats import Baseline
from permlint.report.inventory import Inventory, render_scopes
from permlint.report.machine import Run, check_json, scopes_json
from permlint.report.style import Style

RUN = Run("permlint 0.1.0", "2026-09-20", "2026-11-21")
SCHEMAS = Path(permlint.__file__).parent / "schemas"


def same(path):
    return path


def valid(name, text):
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(text)
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(data)
    return data


def test_check(diagnostic):
    edit = Edit(Place("a.py", 2, 5, 2, 26), "")
    whole = replace(diagnostic, fix=Fix("drop it", safe=True, edits=(edit,)))
    text = check_json(RUN, [whole], same, files=12, skipped={"gone": 1}, calls=(34, 31), statistics=True)
    assert text.isascii()
    assert valid("check", text) == {
        "version": 1,
        "tool": "permlint 0.1.0",
        "catalog": "2026-09-20",
        "as_of": "2026-11-21",
        "diagnostics": [
            {
                "code": "PRM104",
                "name": "missing-dependency",
                "severity": "error",
                "confidence": "high",
                "permission": "pages_manage_posts",
                "missing": ["pages_read_engagement", "pages_show_list"],
                "path": "storefront/scopes.py",
                "line": 2,
                "column": 6,
                "end_line": 2,
                "end_column": 24,
                "app": "default",
                "message": diagnostic.message,
                "help": diagnostic.help,
                "evidence": [
                    {"path": "storefront/login.py", "line": 31, "column": 5, "note": "asked for by Facebook Login"}
                ],
                "sources": ["https://developers.facebook.com/docs/permissions"],
                "fix": {
                    "safe": True,
                    "title": "drop it",
                    "edits": [
                        {"path": "a.py", "line": 2, "column": 5, "end_line": 2, "end_column": 26, "replacement": ""}
                    ],
                },
            }
        ],
        "coverage": {"calls": 34, "resolved": 31},
        "summary": {"files": 12, "skipped": 1, "errors": 1, "warnings": 0, "notes": 0},
        "statistics": [{"code": "PRM104", "name": "missing-dependency", "count": 1}],
    }


def test_check_of_nothing():
    data = valid("check", check_json(RUN, [], same, files=0, skipped={}))
    assert data["diagnostics"] == []
    assert data["summary"] == {"files": 0, "skipped": 0, "errors": 0, "warnings": 0, "notes": 0}
    assert "statistics" not in data


def test_notebooks_and_names_that_are_not_utf_8(diagnostic):
    place = Place("caf\udce9/日.ipynb", 1, 2, 1, 3, cell=4)
    text = check_json(RUN, [replace(diagnostic, place=place, permission=None)], same, files=1, skipped={})
    first = valid("check", text)["diagnostics"][0]
    assert (first["path"], first["cell"], first["permission"]) == ("caf\udce9/日.ipynb", 4, None)


def test_secrets_are_hidden(diagnostic):
    secret = "EAA" + "b1" * 20
    loud = replace(
        diagnostic,
        permission=secret,
        message=f"no permission is called {secret}",
        help=secret,
        evidence=(Evidence(Place("a.py", 1, 1, 1, 2), secret),),
        fix=Fix("t", safe=True, edits=(Edit(Place("a.py", 1, 1, 1, 2), secret),)),
    )
    text = check_json(RUN, [loud], same, files=1, skipped={})
    assert secret not in text
    assert valid("check", text)["diagnostics"][0]["fix"] is None, "a masked fix would write the mask into the source"


@pytest.fixture
def app():
    place = Place("app/login.py", 7, 5, 7, 20)
    statement = Place("app/login.py", 7, 1, 8, 2)
    scopes = (
        Scope("email", Place("app/scopes.py", 1, 11, 1, 16), statement),
        Scope("pages_show_list", Place("app/login.py", 7, 41, 7, 56), statement),
        Scope("public_profile", place, statement, by="library"),
    )
    requests = (
        Request(place, statement, "facebook-login", "authlib: OAuth.register(client_kwargs.scope)", scopes),
        Request(
            Place("b.py", 1, 1, 1, 2),
            statement,
            "unknown",
            "scope=",
            (),
            complete=False,
            unknown_because="it comes from a caller",
            open=True,
        ),
    )
    return App(
        "default",
        load().as_of(dt.date(2026, 11, 21), "v24.0"),
        requests=requests,
        unresolved=(UnresolvedScope(Place("c.py", 3, 4, 3, 9), statement, "pages_{}", "built from a variable"),),
        declared={"business_management": "asked for in the dashboard"},
    )


def everywhere(_):
    return True


def test_scopes(app):
    data = valid("scopes", scopes_json(RUN, [Inventory(app, everywhere)], same))
    (only,) = data["apps"]
    assert (only["name"], only["graph_version"], only["open"]) == ("default", "v24.0", True)
    assert only["requests"][0] == {
        "path": "app/login.py",
        "line": 7,
        "column": 5,
        "login": "facebook-login",
        "via": "authlib: OAuth.register(client_kwargs.scope)",
        "complete": True,
        "unknown_because": None,
        "scopes": [
            {
                "permission": "email",
                "by": "code",
                "path": "app/scopes.py",
                "line": 1,
                "column": 11,
                "end_line": 1,
                "end_column": 16,
            },
            {
                "permission": "pages_show_list",
                "by": "code",
                "path": "app/login.py",
                "line": 7,
                "column": 41,
                "end_line": 7,
                "end_column": 56,
            },
            {
                "permission": "public_profile",
                "by": "library",
                "path": "app/login.py",
                "line": 7,
                "column": 5,
                "end_line": 7,
                "end_column": 20,
            },
        ],
    }
    assert [only[key] for key in ("calls", "permissions_edge", "needed")] == [[], [], []]
    assert only["unneeded"] == [
        {
            "permission": name,
            "verdict": "unknown",
            "because": "the app makes no call with it that permlint can see",
        }
        for name in ("email", "pages_show_list")
    ]
    assert only["coverage"] == {"calls": 0, "resolved": 0}


def test_scopes_of_some_paths(app):
    inventory = Inventory(app, lambda place: place.path == "app/scopes.py")
    data = valid("scopes", scopes_json(RUN, [inventory], same))
    assert [request["path"] for request in data["apps"][0]["requests"]] == ["app/login.py"]
    assert data["apps"][0]["open"] is True, "that is said of the app, not of what is shown"


def test_scopes_as_text(app):
    names = {"facebook-login": "Facebook Login"}
    assert (
        render_scopes([Inventory(app, everywhere)], names, same, Style())
        == """\
app default (Graph API v24.0)
  Facebook Login: 3 permissions, asked for in 1 place
    app/login.py:7:5  authlib: OAuth.register(client_kwargs.scope)
      email            app/scopes.py:1:11
      pages_show_list  app/login.py:7:41
      public_profile   app/login.py:7:5 (by the library)
  a login that could not be told: 0 permissions, asked for in 1 place
    b.py:1:1  scope=
  declared in the config
    business_management  asked for in the dashboard
  not known whether used
    email, pages_show_list: the app makes no call with it that permlint can see
  not known from the source
    b.py:1:1  scope=: it comes from a caller
    c.py:3:4  pages_{}: built from a variable
  The app may ask for more than its source shows.
"""
    )
    assert (
        render_scopes([Inventory(app, everywhere, unresolved=True)], names, same, Style())
        == """\
app default (Graph API v24.0)
  not known from the source
    b.py:1:1  scope=: it comes from a caller
    c.py:3:4  pages_{}: built from a variable
"""
    )
    empty = App("", app.catalog, whole=False)
    assert (
        render_scopes([Inventory(empty, everywhere)], names, same, Style())
        == """\
files of no app (Graph API v24.0)
  asks for nothing
"""
    )


def test_the_contract_of_needs_is_in_the_schema():
    data = {
        "version": 1,
        "tool": "permlint 0.1.0",
        "catalog": "2026-09-20",
        "as_of": "2026-11-21",
        "apps": [
            {
                "name": "default",
                "graph_version": "v24.0",
                "open": False,
                "requests": [],
                "calls": [
                    {
                        "path": "a.py",
                        "line": 30,
                        "column": 9,
                        "via": "requests",
                        "method": "GET",
                        "host": "graph.facebook.com",
                        "graph_version": "v19.0",
                        "endpoint": "/me/accounts",
                        "fields": ["id", "name"],
                        "complete": True,
                        "unknown_because": None,
                        "needs": {"all_of": ["pages_show_list"], "any_of": []},
                        "sources": ["https://developers.facebook.com"],
                    }
                ],
                "permissions_edge": [],
                "needed": [
                    {
                        "permission": "pages_show_list",
                        "status": "requested",
                        "because": [{"path": "a.py", "line": 30}, {"dependency_of": "pages_manage_posts"}],
                    }
                ],
                "unneeded": [{"permission": "user_likes", "verdict": "unneeded"}],
                "coverage": {"calls": 34, "resolved": 31},
            }
        ],
    }
    assert valid("scopes", json.dumps(data)) == data


def test_a_baseline(diagnostic):
    held = Baseline(3, (Key("a.py", "PRM101", "publish_actions", "SCOPES"), Key("a.py", "PRM401", "", "URL v2.0")))
    data = valid("check", check_json(RUN, [diagnostic], same, files=1, skipped={}, baseline=held))
    assert data["baseline"] == {
        "accepted": 3,
        "stale": [
            {"path": "a.py", "code": "PRM101", "permission": "publish_actions", "context": "SCOPES"},
            {"path": "a.py", "code": "PRM401", "permission": None, "context": "URL v2.0"},
        ],
    }
