"""Rules over files of data: the places that are shown, and the comments and the config that silence them."""

from __future__ import annotations

from pathlib import Path

import pytest

import permlint.cli

FILES = {
    "application.yml": (
        "spring:\n  security:\n    oauth2:\n      client:\n        registration:\n          facebook:\n            scope: email,read_stream{}\n",
        "  # permlint: ignore[PRM101] old",
    ),
    "list.yaml": (
        "facebook:\n  client_id: 1\n  scope:\n    - email\n    - read_stream{}\n",
        " # permlint: ignore[PRM101] old",
    ),
    "app.properties": (
        "{}spring.security.oauth2.client.registration.facebook.scope=email,read_stream\n",
        "# permlint: ignore[PRM101] old\n",
    ),
    "config.toml": (
        '[facebook]\nclient_id = "1"\nscopes = [\n  "email",\n  "read_stream",{}\n]\n',
        "  # permlint: ignore[PRM101] old",
    ),
    "app.ini": ("[facebook]\nclient_id = 1\n{}scope = email read_stream\n", "; permlint: ignore[PRM101] old\n"),
    "oauth.xml": (
        '<r>\n{}<facebook client-id="1" scope="email,read_stream"/></r>\n',
        "<!-- permlint: ignore[PRM101] old -->\n",
    ),
    "login.jsonc": (
        '{{"facebook": {{"clientID": "1",\n  "scope": ["email", "read_stream"]{}\n}}}}\n',
        " // permlint: ignore[PRM101] old",
    ),
    ".env": ("AUTH_FACEBOOK_SCOPE=email,read_stream{}\n", " # permlint: ignore[PRM101] old"),
}


def removed(done):
    return [line for line in done.out.splitlines() if " PRM101 " in line]


@pytest.fixture
def check(project, monkeypatch, capfd):
    def run(files, *args):
        monkeypatch.chdir(project(files))
        permlint.cli.run(["check", "--no-cache", "--format", "concise", "--select", "PRM101,PRM903", *args])
        return capfd.readouterr()

    return run


@pytest.mark.parametrize("path", FILES)
def test_a_removed_permission_is_shown_where_it_stands(path, check):
    text = FILES[path][0].format("")
    line = next(number for number, one in enumerate(text.split("\n"), 1) if "read_stream" in one)
    column = text.split("\n")[line - 1].index("read_stream") + 1
    (found,) = removed(check({path: text}))
    assert found.startswith(f"{path}:{line}:{column}: ")


@pytest.mark.parametrize("path", FILES)
def test_a_comment_silences_it(path, check):
    text, comment = FILES[path]
    assert check({path: text.format(comment)}).out == ""


def test_json_is_silenced_by_the_config(check):
    files = {
        "login.json": FILES["login.jsonc"][0].format(""),
        "permlint.toml": 'per-file-ignores = { "login.json" = ["PRM101"] }\n',
    }
    assert removed(check(files)) == []
    assert removed(check({"login.json": files["login.json"], "permlint.toml": ""}))


def test_a_comment_for_the_whole_file(check):
    text = "# permlint: ignore-file[PRM101] old\n" + FILES["list.yaml"][0].format("")
    assert check({"list.yaml": text}).out == ""


def test_a_comment_that_silences_nothing(check):
    out = check({"list.yaml": "facebook:\n  client_id: 1\n  scope: email # permlint: ignore[PRM101] none\n"}).out
    assert "list.yaml:3:18: " in out
    assert "PRM903" in out


@pytest.mark.parametrize("path", sorted(set(FILES) - {"login.jsonc"}))
def test_comments_are_written(path, check, capfd):
    text = FILES[path][0].format("")
    check({path: text})
    assert permlint.cli.run(["check", "--no-cache", "--select", "PRM101", "--add-suppressions", "--reason", "old"]) == 0
    capfd.readouterr()
    permlint.cli.run(["check", "--no-cache", "--format", "concise", "--select", "PRM101,PRM903"])
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("path", FILES)
def test_an_edit_changes_the_name_alone(path, check):
    text = FILES[path][0].format("").replace("read_stream", "public_profil")
    check({path: text})
    permlint.cli.run(["check", "--no-cache", "--select", "PRM103", "--fix", "--unsafe-fixes"])
    assert Path(path).read_text(encoding="utf-8") == text.replace("public_profil", "public_profile")
