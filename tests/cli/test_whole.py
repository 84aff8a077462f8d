"""The real command over little apps, from files to output: nothing is replaced here."""

import json
import subprocess

import pytest

LOGIN = """\
from urllib.parse import urlencode

from storefront.scopes import SCOPES


def login_url(app_id, redirect_uri, state):
    query = urlencode(
        {
            "client_id": app_id,
            "client_secret": "s3cr3t-v4lue-1",
            "redirect_uri": redirect_uri,
            "state": state,
            "scope": ",".join(SCOPES),
        },
    )
    return f"https://www.facebook.com/v24.0/dialog/oauth?{query}"
"""
SCOPES = """\
SCOPES = [
    "public_profile",
    "pages_manage_posts",
]
"""
APP = {"permlint.toml": "", "storefront/__init__.py": "", "storefront/login.py": LOGIN, "storefront/scopes.py": SCOPES}
OPTIONS = ["--as-of", "2026-11-21", "--select", "PRM104"]

NO_NETWORK = """\
import socket


def refuse(*args, **options):
    raise AssertionError("the network is not to be used")


for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
    setattr(socket, name, refuse)
"""


def test_the_picture_of_the_design(project, command):
    project(APP)
    done = command("check", *OPTIONS)
    assert done.status == 1
    assert done.out.startswith("""\
storefront/scopes.py:3:6  error  PRM104 missing-dependency
    3 |     "pages_manage_posts",
      |      ^^^^^^^^^^^^^^^^^^ depends on pages_read_engagement and pages_show_list (direct); this app asks for neither
      = asked for by Facebook Login at storefront/login.py:""")
    assert "\n\n1 error in 1 file (" in done.out
    assert "s3cr3t" not in done.out


@pytest.mark.parametrize("paths", [["storefront/scopes.py"], ["storefront"], ["."], []])
def test_one_file_is_judged_as_part_of_its_project(project, command, paths):
    project(APP)
    done = command("check", *OPTIONS, "--format", "concise", *paths)
    assert done.out.startswith("storefront/scopes.py:3:6: PRM104 missing-dependency pages_manage_posts ")
    other = command("check", *OPTIONS, "--format", "concise", "storefront/login.py")
    assert (other.status, other.out) == (0, "")


def test_json_is_the_same_twice_and_by_git(project, command):
    folder = project(APP)
    first = command("check", *OPTIONS, "--format", "json")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    second = command("check", *OPTIONS, "--format", "json")
    assert first == second
    (only,) = json.loads(first.out)["diagnostics"]
    assert (only["path"], only["line"], only["column"], only["end_column"]) == ("storefront/scopes.py", 3, 6, 24)
    assert only["missing"] == ["pages_read_engagement", "pages_show_list"]


def test_scopes(project, command):
    project(APP)
    done = command("scopes", "--format", "json", "--as-of", "2026-11-21")
    assert done.status == 0
    (app,) = json.loads(done.out)["apps"]
    (request,) = app["requests"]
    assert (app["name"], app["graph_version"], request["login"]) == ("default", "v24.0", "facebook-login")
    assert [(scope["permission"], scope["path"], scope["line"], scope["column"]) for scope in request["scopes"]] == [
        ("public_profile", "storefront/scopes.py", 2, 6),
        ("pages_manage_posts", "storefront/scopes.py", 3, 6),
    ]


def test_standard_input(project, command):
    project(APP)
    cured = SCOPES.replace("]", '    "pages_show_list",\n    "pages_read_engagement",\n]').encode()
    args = ["check", *OPTIONS, "-", "--stdin-filename", "storefront/scopes.py"]
    assert command(*args, stdin=SCOPES.encode()).status == 1
    assert command(*args, stdin=cured).status == 0


def test_no_command_uses_the_network(project, command, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    (folder / "sitecustomize.py").write_text(NO_NETWORK)
    project(APP)
    for args in (
        ["check", *OPTIONS],
        ["scopes"],
        ["rule"],
        ["permission", "email"],
        ["endpoint", "/me"],
        ["--version"],
        ["clean"],
    ):
        done = command(*args, PYTHONPATH=str(folder))
        assert done.status == (1 if args[0] == "check" else 0)
        assert "network" not in done.err


def test_an_unreadable_file_is_a_finding(project, command):
    project(
        {
            "permlint.toml": "",
            "a.py": 'scope = "pages_manage_posts"\nurl = "https://www.facebook.com/dialog/oauth"\ndef :\n',
        }
    )
    done = command("check", "--select", "PRM901", "--format", "concise")
    assert done.status == 1
    assert done.out.startswith("a.py:3:")
    assert "PRM901 unreadable-file" in done.out
