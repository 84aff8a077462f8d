"""`diff` and `check --since`: a project against itself at a git revision."""

import json
import os
import subprocess
from pathlib import Path

import jsonschema
import pytest

import permlint

SCHEMA = json.loads((Path(permlint.__file__).parent / "schemas" / "diff.schema.json").read_text())
DIALOG = "https://www.facebook.com/v25.0/dialog/oauth?client_id=1&scope="
BEFORE = {"app/login.py": f'URL = "{DIALOG}email,user_likes"\n'}
NOW = {
    "app/login.py": f"""\
import requests

URL = "{DIALOG}email,pages_manage_posts,publish_actions"


def pages(token):
    return requests.get("https://graph.facebook.com/v25.0/me/accounts", params={{"access_token": token}})
"""
}


@pytest.fixture
def repository(project):
    """A repository whose only commit holds some files, and whose work tree then holds others."""

    def make(before, now):
        folder = project(before)
        git(folder, "init", "-q")
        git(folder, "add", "--all")
        git(folder, "commit", "-qm", "before")
        project(now)
        return folder

    return make


def git(folder, *args):
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", *args]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def test_text(repository, command):
    folder = repository(BEFORE, NOW)

    done = command("diff", "HEAD", cwd=folder)

    assert done.status == 0
    assert done.out.splitlines() == [
        "app default, since HEAD",
        "  newly asked for",
        "    pages_manage_posts  app/login.py:3; brings along pages_read_engagement, pages_show_list; needs App Review",
        "    publish_actions  app/login.py:3; no such permission today",
        "  newly needed",
        "    pages_show_list  app/login.py:7; needs App Review",
        "  no longer asked for: user_likes",
    ]


def test_what_a_needed_permission_depends_on_is_told_with_the_call(repository, command):
    call = 'import requests\n\nrequests.post("https://graph.facebook.com/v25.0/1/feed", data={"message": "x"})\n'
    folder = repository(BEFORE, {"app/post.py": call})

    out = command("diff", "HEAD", cwd=folder).out

    needed = [line.split()[:2] for line in out.splitlines() if line.startswith("    pages_")]
    assert ["pages_show_list", "app/post.py:3;"] in needed
    assert {where for _, where in needed} == {"app/post.py:3;"}


def test_markdown(repository, command):
    folder = repository(BEFORE, NOW)

    done = command("diff", "HEAD", "--format", "markdown", cwd=folder)

    row = (
        "| newly asked for | `pages_manage_posts` | app/login.py:3 | `pages_read_engagement`, `pages_show_list` | yes |"
    )
    assert row in done.out.splitlines()


def test_json(repository, command):
    folder = repository(BEFORE, NOW)

    data = json.loads(command("diff", "HEAD", "--format", "json", cwd=folder).out)

    jsonschema.validate(data, SCHEMA)
    assert data["since"] == "HEAD"
    assert [one["permission"] for one in data["apps"][0]["asked"]] == ["pages_manage_posts", "publish_actions"]


def test_nothing_changed(repository, command):
    folder = repository(BEFORE, {"README.md": "more\n"})

    assert command("diff", "HEAD", cwd=folder).out == "no permission is new or gone since HEAD\n"


def test_an_env_file_that_git_never_saw_did_not_change(repository, command):
    code = f'import os\nURL = "{DIALOG}" + os.environ["SCOPES"]\n'
    folder = repository({"app.py": code, ".gitignore": ".env\n"}, {".env": "SCOPES=email,user_likes\n"})

    assert command("diff", "HEAD", cwd=folder).out == "no permission is new or gone since HEAD\n"


def test_the_config_of_the_revision_counts_for_it(repository, command):
    apps = "[apps.web]\npaths = ['web/**']\n[apps.old]\npaths = ['old/**']\n"
    login = BEFORE["app/login.py"]
    folder = repository({"permlint.toml": apps, "old/a.py": login, "web/a.py": login}, {})
    (folder / "permlint.toml").write_text("[apps.web]\npaths = ['web/**', 'old/**']\n")

    data = json.loads(command("diff", "HEAD", "--format", "json", cwd=folder).out)

    found = {app["name"]: (len(app["asked"]), app["no_longer_asked"]) for app in data["apps"]}
    assert found == {"old": (0, ["email", "user_likes"]), "web": (0, [])}


def test_only_what_the_change_brought_is_shown(repository, command):
    folder = repository({"a.py": f'URL = "{DIALOG}email,publish_actions"\n'}, {})
    (folder / "a.py").write_text(f'\n\nURL = "{DIALOG}email,publish_actions,manage_pages"\n')

    done = command("check", "--since", "HEAD", "--format", "concise", cwd=folder)

    assert done.status == 1
    assert [line.split()[1] for line in done.out.splitlines()] == ["PRM101"]
    assert "manage_pages" in done.out


@pytest.mark.parametrize("revision", ["nope", "--output=x", "HEAD:a.py", ""])
def test_what_is_no_revision(repository, command, revision):
    folder = repository(BEFORE, NOW)

    done = command("diff", "--", revision, cwd=folder)

    assert done.status == 2
    assert "no such revision" in done.err


def test_a_repository_that_git_does_not_read_is_said(repository, command):
    folder = repository(BEFORE, NOW)

    done = command("diff", "HEAD", cwd=folder, PATH="/nothing")
    assert (done.status, done.err) == (2, "Error: HEAD: git is not installed, or not on the PATH\n")

    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can give files away")
    os.chown(folder, 4321, 4321)
    os.chown(folder / ".git", 4321, 4321)
    done = command("diff", "HEAD", cwd=folder)
    assert done.status == 2
    assert (
        f"another user; run permlint as its owner, or trust it with `git config --global --add safe.directory {folder}`"
        in done.err
    )


def test_outside_a_repository(project, command):
    done = command("diff", "HEAD", cwd=project(BEFORE))

    assert done.status == 2
    assert "in no git repository" in done.err


def test_a_link_in_the_revision_is_not_followed(repository, command, tmp_path_factory):
    secret = tmp_path_factory.mktemp("outside") / "secret.py"
    secret.write_text(f'URL = "{DIALOG}user_posts"\n')
    folder = repository(BEFORE, {})
    (folder / "link.py").symlink_to(secret)
    git(folder, "add", "--all")
    git(folder, "commit", "-qm", "link")

    assert "user_posts" not in command("diff", "HEAD", cwd=folder).out


def test_what_stands_in_a_renamed_file_is_not_new(repository, command):
    old = f'URL = "{DIALOG}email,publish_actions"\n'
    folder = repository({"app/a b.py": old, "app/other.py": "import os\n"}, {})
    git(folder, "mv", "app/a b.py", "app/ü.py")
    (folder / "app/ü.py").write_text(old + f'NEW = "{DIALOG}manage_pages"\n', encoding="utf-8")

    found = [
        command("check", "--since", "HEAD", "--format", "concise", cwd=where).out for where in (folder, folder / "app")
    ]
    (folder / "app/permlint.toml").write_text("")
    found.append(command("check", "--since", "HEAD", "--format", "concise", cwd=folder / "app").out)

    for out in found:
        assert [line.split()[1:3] for line in out.splitlines()] == [["PRM101", "removed-permission"]]
        assert "manage_pages" in out


def test_a_filter_that_the_repository_names_is_not_run(repository, command):
    folder = repository({".gitattributes": "*.py filter=bad\n", **BEFORE}, NOW)
    git(folder, "config", "filter.bad.clean", "touch filtered; cat")

    command("check", "--since", "HEAD", cwd=folder)

    assert not (folder / "filtered").exists()


def test_a_config_of_the_revision_that_can_not_be_read(repository, command):
    folder = repository({"permlint.toml": "nonsense = 1\n", **BEFORE}, {"permlint.toml": ""})

    done = command("check", "--since", "HEAD", cwd=folder)

    assert done.status == 0
    assert "the config of HEAD can't be used, so today's counts for it too: permlint.toml:1: nonsense" in done.err


@pytest.mark.parametrize("options", [["--isolated"], ["--config", "ci/permlint.toml"]], ids=" ".join)
def test_a_config_named_on_the_command_line_counts_for_both(repository, command, options):
    files = {
        "permlint.toml": 'exclude = ["app/**"]\n',
        "ci/permlint.toml": "",
        "app/a.py": f'URL = "{DIALOG}email,publish_actions"\n',
    }
    folder = repository(files, {})

    done = command("check", "--since", "HEAD", *options, cwd=folder)

    assert (done.status, done.err) == (0, "")
