"""`permlint grants` over saved answers: what it says of people's grants, and of files that hold none."""

import json
import sys
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import permlint
import permlint.cli
from permlint.grants import AnswerError, Grants, read_answer

SCHEMA = json.loads((Path(permlint.__file__).parent / "schemas" / "grants.schema.json").read_text())

CALLS = """\
import requests


def read(path, token):
    return requests.get(f"https://graph.facebook.com/v24.0/{path}", params={"access_token": token}, timeout=10).json()


def pages(token):
    return read("me/accounts", token), read("me?fields=id,email", token)


def post(page_id, token):
    requests.post(f"https://graph.facebook.com/v24.0/{page_id}/feed", data={"access_token": token, "message": "hello"})
"""
LOGIN = """\
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(scope=["public_profile", "email", "pages_show_list", "user_likes"])
"""
APP = {"login.py": LOGIN, "calls.py": CALLS}
FINE = {"email": "granted", "pages_show_list": "granted", "public_profile": "granted", "user_likes": "granted"}
ENOUGH = FINE | {"pages_manage_posts": "granted", "pages_read_engagement": "granted"}


class Done(NamedTuple):
    status: int
    out: str
    err: str


def edge(statuses, **more):
    data = [{"permission": name, "status": status} for name, status in statuses.items()]
    return json.dumps({"data": data, **more})


@pytest.fixture
def grants(project, monkeypatch, capfd):
    """Runs the command over files with answers (a mapping is an answer of the edge) and an app."""

    def run(*answers, app=APP, args=()):
        names = [f"user{number}.json" for number in range(1, len(answers) + 1)]
        texts = [edge(answer) if isinstance(answer, dict) else answer for answer in answers]
        monkeypatch.chdir(project({**app, **dict(zip(names, texts, strict=True))}))
        status = permlint.cli.run(["grants", *names, "--no-cache", "--as-of", "2026-11-21", *args])
        out, err = capfd.readouterr()
        assert "internal error" not in err
        return Done(status, out, err)

    return run


def actions(done):
    """Kind, permission, status and number of people of what is to be done; the JSON keeps its contract."""
    data = json.loads(done.out)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    return [
        (each["kind"], row["permission"], each["status"], len(each["users"]))
        for row in data["permissions"]
        for each in row["actions"]
    ]


JSON = ("--format", "json")


def test_nothing_to_do(grants):
    done = grants(ENOUGH)
    assert (done.status, done.err) == (0, "")
    assert (
        done.out
        == """\
app default (Graph API v24.0), 1 user

permission             asked for   needed by    status
email                  login.py:3  calls.py:9   granted
pages_manage_posts     -           calls.py:13  granted
pages_read_engagement  -           calls.py:13  granted
pages_show_list        login.py:3  calls.py:9   granted
public_profile         login.py:3  -            granted
user_likes             login.py:3  -            granted

nothing to do
"""
    )


def test_each_thing_that_there_is_to_do(grants):
    statuses = ENOUGH | {"email": "declined", "pages_show_list": "expired", "user_posts": "granted"}
    del statuses["pages_manage_posts"]
    done = grants(statuses)
    assert done.status == 1
    assert (
        done.out.partition("to do\n")[2]
        == """\
  email  declined, so GET /me at calls.py:9 fails or comes back incomplete
    explain what it is for, and ask again with auth_type=rerequest at login.py:3
  pages_manage_posts  not granted, so POST /{}/feed at calls.py:13 fails
    no login asks for it: add pages_manage_posts at login.py:3
  pages_show_list  expired: not used for 90 days, so GET /me/accounts at calls.py:9 fails or comes back incomplete
    ask again at login.py:3
  user_posts  granted, and nothing asks for it or needs it
    take it back: DELETE https://graph.facebook.com/v24.0/{user-id}/permissions/user_posts
    or, with the user's token: permlint grants revoke user_posts
"""
    )


def test_several_people_are_counted(grants):
    done = grants(ENOUGH, ENOUGH | {"email": "declined"}, ENOUGH | {"email": "declined"}, args=JSON)
    assert actions(done) == [("ask-again", "email", "declined", 2)]
    (row,) = [row for row in json.loads(done.out)["permissions"] if row["permission"] == "email"]
    assert row["counts"] == {"declined": 2, "granted": 1}
    assert row["actions"][0]["users"] == ["user2.json", "user3.json"]
    assert row["actions"][0]["auth_type"] == "rerequest"
    assert row["actions"][0]["logins"] == [{"path": "login.py", "line": 3, "column": 9}]


def test_what_nothing_needs_may_be_declined(grants):
    assert actions(grants(ENOUGH | {"user_likes": "declined"}, args=JSON)) == []


def test_a_choice_is_served_by_either(grants):
    calls = """\
import requests
requests.get("https://graph.facebook.com/v24.0/act_12/insights", params={"access_token": "x"})
"""
    login = LOGIN.replace("user_likes", "ads_read")
    app = {"login.py": login, "calls.py": calls}
    assert actions(grants({"ads_management": "granted", "ads_read": "declined"}, app=app, args=JSON)) == []
    assert ("ask-again", "ads_read", "declined", 1) in actions(grants({"ads_read": "declined"}, app=app, args=JSON))


def test_what_another_permission_depends_on(grants):
    statuses = ENOUGH | {"pages_read_engagement": "declined"}
    done = grants(statuses, args=JSON)
    assert ("add", "pages_read_engagement", "declined", 1) in actions(done)


@pytest.mark.parametrize(
    "more",
    [
        {"other.py": 'x = "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&config_id=2"\n'},
        {"other.py": "from calls import read\ndef f(p, t):\n    return read(p, t)\n"},
    ],
    ids=["a configuration may ask for it", "a call may need it"],
)
def test_nothing_is_taken_back_where_the_app_may_use_it(grants, more):
    assert actions(grants(ENOUGH | {"user_posts": "granted"}, app=APP | more, args=JSON)) == []


def test_what_the_config_declares(grants):
    config = 'needs = [{ permission = "user_posts", reason = "in the phone app" }]\n'
    app = APP | {"permlint.toml": f'[apps.shop]\npaths = ["**"]\n{config}'}
    done = grants(ENOUGH | {"user_posts": "granted"}, app=app, args=JSON)
    assert actions(done) == []
    assert json.loads(done.out)["app"] == "shop"


def test_several_apps(grants):
    app = APP | {"permlint.toml": '[apps.a]\npaths = ["**"]\n[apps.b]\npaths = ["none/**"]\n'}
    done = grants(ENOUGH, app=app)
    assert done.status == 2
    assert "name one with --app: a, b" in done.err
    assert grants(ENOUGH, app=app, args=("--app", "a")).status == 0
    assert "there is a, b" in grants(ENOUGH, app=app, args=("--app", "c")).err


def test_names_are_those_of_today(grants):
    done = grants(ENOUGH | {"page_events": "granted"}, args=JSON)
    assert "pages_events" in [row["permission"] for row in json.loads(done.out)["permissions"]]


# Forms of answers -------------------------------------------------------------------------------------------------------


def test_a_looked_up_token(grants):
    token = {
        "scopes": ["email", "pages_show_list"],
        "granular_scopes": [{"scope": "pages_manage_posts"}],
        "is_valid": True,
    }
    done = grants(json.dumps({"data": token}), args=JSON)
    found = actions(done)
    assert ("add", "pages_read_engagement", "absent", 1) in found
    assert [each for each in found if each[1] in ("email", "pages_show_list", "pages_manage_posts")] == []
    invalid = grants(json.dumps({"data": {**token, "is_valid": False}}))
    assert "user1.json: the token is not valid" in invalid.err


def test_a_looked_up_token_does_not_say_whether_it_was_declined(grants):
    done = grants(json.dumps({"data": {"scopes": ["pages_show_list"]}}), args=JSON)
    assert ("ask-again", "email", "absent", 1) in actions(done)


def test_an_answer_of_which_pages_are_missing(grants):
    done = grants(edge({"email": "granted"}, paging={"next": "https://graph.facebook.com/..."}), args=JSON)
    assert actions(done) == []
    assert "there are more pages" in done.err
    (row,) = [row for row in json.loads(done.out)["permissions"] if row["permission"] == "pages_show_list"]
    assert row["counts"] == {"unknown": 1}


def test_the_list_alone_and_a_status_that_is_new(grants):
    nodes = json.loads(edge(ENOUGH | {"email": "paused"}))["data"]
    done = grants(json.dumps(nodes))
    assert done.status == 0
    assert "paused" in done.out


def test_standard_input(command, project):
    project(APP)
    done = command("grants", "-", stdin=edge(ENOUGH).encode())
    assert (done.status, done.err) == (0, "")
    assert "standard input can only be named once" in command("grants", "-", "-").err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "user1.json:1:1: is no JSON, or cut off"),
        ('{"data": [{"permission": "em', "user1.json:1:26: is no JSON, or cut off"),
        ("<html>", "is no JSON"),
        ("[" * 100_000, "user1.json"),
        ("12", "it is no answer of the permissions edge"),
        ("null", "it is no answer of the permissions edge"),
        ("{}", "it holds no list of permissions under data, and no scopes of a token"),
        ('{"data": null}', "it is no answer of the permissions edge"),
        ('{"data": {"scopes": "email"}}', "no scopes of a token"),
        ('{"data": ["email"]}', "item 1 of its list is not of the form"),
        ('{"data": [{"permission": "email", "installed": 1}]}', "item 1 of its list is not of the form"),
        ('{"error": {"code": 190, "message": "Bad token"}}', "it is an error: code 190: Bad token"),
        (json.dumps({"data": [{"permission": "x", "status": "y"}] * 10_001}), "more than 10000 items"),
        (" " * 2_000_001, "larger than 2 MB"),
    ],
)
def test_files_that_hold_no_answer(grants, text, said):
    done = grants(text)
    assert done.status == 2
    assert said in done.err
    assert "user1.json" in done.err


def test_files_that_cannot_be_read(grants, tmp_path):
    (tmp_path / "latin.json").write_bytes(b'{"data": "\xe9"}')
    assert "no-such.json: cannot be read: No such file" in grants(args=("no-such.json",)).err
    assert "latin.json: is not UTF-8 text" in grants(args=("latin.json",)).err
    assert ": cannot be read: Is a directory" in grants(args=(str(tmp_path),)).err
    assert "a\0b: cannot be read" in grants(args=("a\0b",)).err


def test_what_names_nothing_to_read(grants):
    assert "name the files with saved answers" in grants().err
    assert "name the files with saved answers" in grants(ENOUGH, args=("--live",)).err
    assert "a token is only used with --live" in grants(ENOUGH, args=("--token-stdin",)).err


def test_a_project_without_code(grants):
    done = grants(ENOUGH, app={"readme.md": ""})
    assert done.status == 2
    assert "name its folder with --project" in done.err


def test_secrets_and_control_characters_of_an_answer_are_not_shown(grants):
    secret = "EAAabcdefghijklmnopqrstuvwxyz0123456789"
    done = grants(ENOUGH | {secret: "granted", "a\x1b[2Jb": "grant\ned"})
    assert secret not in done.out
    assert "\x1b" not in done.out
    assert secret not in grants(json.dumps({"error": {"code": 1, "message": secret}})).err


def test_the_client_is_only_imported_where_it_is_used(grants):
    before = {name for name in sys.modules if name.partition(".")[0] == "urllib3"}
    grants(ENOUGH)
    assert {name for name in sys.modules if name.partition(".")[0] == "urllib3"} == before


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["granted", "email", "declined"]),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(
                ["data", "permission", "status", "scopes", "granular_scopes", "scope", "paging", "next", "error"]
            ),
            inner,
        )
    ),
)


@given(JSONS)
def test_any_answer_is_read_or_refused(data):
    try:
        found = read_answer(data, "x")
    except AnswerError as error:
        assert str(error)
    else:
        assert isinstance(found, Grants)
        assert all(isinstance(name, str) and isinstance(status, str) for name, status in found.statuses.items())
