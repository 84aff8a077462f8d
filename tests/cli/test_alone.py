"""`check --alone`: files by themselves, for a quick hook."""

DIALOG = "https://www.facebook.com/v25.0/dialog/oauth?client_id=1&scope="
APP = {
    "login.py": f'from scopes import SCOPES\n\nURL = "{DIALOG}publish_pages," + ",".join(SCOPES)\n',
    "scopes.py": 'SCOPES = ["email", "publish_actions", "pages_manage_posts"]\n',
    "calls.py": 'import requests\n\nrequests.get("https://graph.facebook.com/v25.0/me/accounts")\n',
}


def codes(done):
    return [(line.split(":")[0], line.split()[1]) for line in done.out.splitlines()]


def test_only_rules_that_need_no_other_file_speak(project, command):
    folder = project(APP)

    done = command("check", "--alone", "--format", "concise", "login.py", "scopes.py", "calls.py", cwd=folder)

    assert codes(done) == [("login.py", "PRM101"), ("scopes.py", "PRM101")]
    assert done.status == 1


def test_what_a_file_imports_is_read(project, command):
    folder = project(APP)

    done = command("check", "--alone", "--format", "concise", "login.py", cwd=folder)

    assert codes(done) == [("login.py", "PRM101")]


def test_the_whole_project_says_more(project, command):
    done = command("check", "--format", "concise", cwd=project(APP))

    assert {"PRM104", "PRM202"} <= {code for _, code in codes(done)}
