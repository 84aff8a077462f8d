"""`grants --live` and `grants revoke` against a real HTTP server: what they ask, what they say, and where the token goes."""

import io
import json
import socket
import time
from typing import NamedTuple

import pytest
from graph_server import (
    TOKEN,
    GraphServer,
    cut_off,
    drips,
    fails,
    floods,
    hangs_up,
    redirects,
    says,
    silent,
)

import permlint.cli

APP = {
    "login.py": """\
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(scope=["email", "pages_show_list"])
""",
    "pages.py": """\
import requests


def pages(token):
    address = "https://graph.facebook.com/v24.0/me/accounts"
    return requests.get(address, params={"access_token": token}, timeout=10).json()


def profile(token):
    address = "https://graph.facebook.com/v24.0/me?fields=id,email"
    return requests.get(address, params={"access_token": token}, timeout=10).json()
""",
}
ALL = {"email": "granted", "pages_show_list": "granted", "public_profile": "granted"}


class Done(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def server():
    with GraphServer(ALL) as running:
        yield running


@pytest.fixture
def live(project, server, monkeypatch, capfd):
    """Runs `grants --live` (or another command) over the app against the server, and holds that nothing shows the token."""
    folder = project(APP)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder.parent / "cache"))

    def run(*args, words=("grants", "--live"), token=TOKEN, base=None, **environ):
        for name, value in {"PERMLINT_TOKEN": token, **environ}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
        status = permlint.cli.run([*words, "--api-base", base or server.base, *args])
        out, err = capfd.readouterr()
        assert TOKEN not in out + err
        assert "internal error" not in err
        return Done(status, out, err)

    return run


def test_all_is_well(live, server):
    done = live()
    assert (done.status, done.err) == (0, "")
    assert done.out.endswith("\nnothing to do\n")
    (method, path, headers) = server.seen[0]
    assert (method, path) == ("GET", "/v24.0/me/permissions")
    assert headers["Authorization"] == f"Bearer {TOKEN}"


def test_what_is_to_be_done(live, server):
    server.grants |= {"pages_show_list": "declined", "user_likes": "granted"}
    done = live("--user", "1001")
    assert done.status == 1
    assert server.requests == ["GET /v24.0/1001/permissions"]
    assert "ask again with auth_type=rerequest at login.py:3" in done.out
    assert f"DELETE {server.base}/v24.0/{{user-id}}/permissions/user_likes" in done.out


def test_json(live):
    done = live("--format", "json")
    data = json.loads(done.out)
    assert data["users"] == ["me"]
    assert {row["permission"]: row["counts"] for row in data["permissions"]} == {name: {"granted": 1} for name in ALL}


def test_pages_are_put_together_and_their_addresses_carry_no_token(live, server):
    server.page = 1
    assert live().status == 0
    assert server.requests == [
        "GET /v24.0/me/permissions",
        "GET /v24.0/me/permissions?limit=1&after=1",
        "GET /v24.0/me/permissions?limit=1&after=2",
    ]
    assert all(headers["Authorization"] == f"Bearer {TOKEN}" for _, _, headers in server.seen)


def test_a_next_page_on_another_host_is_not_asked(live, server):
    server.page = 1
    with GraphServer(ALL) as other:
        server.next_base = other.base.replace("127.0.0.1", "localhost")
        done = live()
        assert other.seen == []
    assert done.status == 2
    assert "the next page of" in done.err
    assert "is on another host, localhost" in done.err


def test_pages_without_an_end(live, server):
    node = b'{"data": [], "paging": {"next": "%s/v24.0/me/permissions?after=1"}}' % server.base.encode()
    server.faults = [says(200, node)] * 3
    done = live()
    assert done.status == 2
    assert "page after page without an end (2 read)" in done.err


def test_the_token_on_standard_input(project, command, server):
    project(APP)
    done = command(
        "grants", "--live", "--token-stdin", "--api-base", server.base, stdin=f"{TOKEN}\n".encode(), PERMLINT_TOKEN=""
    )
    assert done.status == 0
    assert server.seen[0][2]["Authorization"] == f"Bearer {TOKEN}"


def test_the_token_in_another_variable(live):
    assert live("--token-env", "MY_TOKEN", token="", MY_TOKEN=TOKEN).status == 0


@pytest.mark.parametrize(
    ("args", "token", "message"),
    [
        ((), "", "no token: PERMLINT_TOKEN is not set or empty"),
        (("--token-env", "NO_SUCH"), TOKEN, "no token: that variable is not set or empty"),
        (("--token-env", TOKEN + "|"), "", "name the environment variable that holds the token, not the token"),
        (("--token-env", "A", "--token-stdin"), "", "exclude each other"),
        (("--token-stdin",), "", "no token on standard input"),
        ((), "two words", "what the environment variable holds is no access token"),
        ((), "line\nX-Header: 1", "what the environment variable holds is no access token"),
        ((), "gr\u00fcn", "what the environment variable holds is no access token"),
        (("--user", "../me"), TOKEN, "--user: me, or the id of a person"),
        (("--user", ""), TOKEN, "--user: me, or the id of a person"),
    ],
)
def test_what_is_wrong_before_anything_is_sent(live, server, args, token, message):
    done = live(*args, token=token)
    assert done.status == 2
    assert message in done.err
    assert server.seen == []


@pytest.mark.parametrize(
    "base",
    [
        "http://graph.facebook.com",
        "ftp://127.0.0.1",
        "graph.facebook.com",
        "https://",
        "https://user:pass@graph.facebook.com",
        "https://graph.facebook.com/?x=1",
        "https://graph.facebook.com:port",
        "https://[::1",
        "http://127.0.0.1.example.org",
    ],
)
def test_addresses_that_the_token_is_not_sent_to(live, base):
    done = live(base=base)
    assert done.status == 2
    assert "--api-base:" in done.err


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (fails(400, 200), ["error 200; the permissions do not suffice", "use a token of that person, or of the app"]),
        (fails(400, 100), ["error 100; a parameter is wrong", "check the id of the person and the parameters"]),
        (fails(400, 190, subcode=463), ["error 190, subcode 463; the access token has expired", "has to log in again"]),
        (fails(400, 190, subcode=9999), ["error 190, subcode 9999; the access token is not valid"]),
        (fails(400, 459), ["error 459; the person has to clear a checkpoint"]),
        (fails(400, 368), ["error 368; the action was judged abusive"]),
        (fails(400, 104), ["error 104; the signature is wrong", "appsecret_proof"]),
        (
            fails(400, 4711, "So what?"),
            ["error 4711; of which the documents", 'it says "So what?"', "fbtrace_id AbCdEf123"],
        ),
        (fails(400, None), ["an error without a code"]),
        (fails(200, 190), ["error 190"]),
        (fails(400, 190, f"Bad {TOKEN}\x1b[2J"), ['it says "Bad ******** [2J"']),
        (says(400, b'{"error": "invalid_request"}'), ["answers with an error: invalid_request"]),
        (says(200, b"<html>Sorry</html>", "text/html"), ["no JSON, or cut off (HTTP 200, text/html)"]),
        (says(200, b"["), ["no JSON, or cut off"]),
        (says(200, b"[" * 100_000), ["no JSON, or cut off"]),
        (says(200, b"\xff\xfe"), ["no JSON, or cut off"]),
        (says(200, b"true"), ["something else than a list of permissions"]),
        (says(200, b'{"data": {}}'), ["something else than a list of permissions"]),
        (says(200, b'{"data": [{"permission": 1}]}'), ["item 1 of its list is not of the form"]),
        (says(200, b'{"data": [], "paging": {"next": 1}}'), ["gives no address for the next page"]),
        (says(404, b"{}"), ["answers with HTTP 404"]),
        (floods, ["larger than 2 MB"]),
    ],
)
def test_errors_are_told_with_what_to_do(live, server, fault, said):
    server.faults = [fault]
    done = live("--retries", "0")
    assert done.status == 2
    assert all(part in done.err for part in said), done.err
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    "fault",
    [
        fails(400, 613),
        fails(400, 2),
        fails(400, 4),
        fails(503, 1),
        fails(400, 4711, is_transient=True),
        fails(429, 4711, headers={"Retry_After": "1"}),
        says(502, b"<html>Bad gateway</html>", "text/html"),
        hangs_up,
        cut_off,
    ],
)
def test_what_may_pass_is_tried_again(live, server, fault):
    server.faults = [fault]
    assert live().status == 0
    assert len(server.seen) == 2


def test_it_is_not_tried_for_ever(live, server):
    server.faults = [fails(503, 2)] * 9
    done = live("--retries", "1")
    assert done.status == 2
    assert "(tried 2 times)" in done.err
    assert len(server.seen) == 2


@pytest.mark.parametrize("where", ["https://login.example.org/x", "/elsewhere", "", "//example.org", "http://[::1"])
def test_redirects_are_not_followed(live, server, where):
    server.faults = [redirects(where)]
    done = live()
    assert done.status == 2
    assert "sends us on to" in done.err
    assert "--api-base" in done.err
    assert len(server.seen) == 1


@pytest.mark.parametrize("fault", [silent, drips])
def test_a_slow_server(live, server, fault):
    server.faults = [fault]
    start = time.monotonic()
    done = live("--timeout", "0.7", "--retries", "0")
    assert time.monotonic() - start < 60
    assert done.status == 2
    assert "has not answered within 0.7 seconds" in done.err


def test_nobody_there(live):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    done = live("--retries", "0", base=f"http://127.0.0.1:{port}")
    assert done.status == 2
    assert "can't be reached" in done.err


def test_a_proxy_of_the_environment_never_gets_the_token(live):
    with GraphServer({}) as proxy:
        assert live(HTTP_PROXY=proxy.base, http_proxy=proxy.base, ALL_PROXY=proxy.base).status == 0
        assert proxy.seen == []


def test_nothing_keeps_the_token(live, tmp_path):
    assert live("--output", "report.txt").status == 0
    cache = tmp_path.parent / "cache"
    files = [path for folder in (tmp_path, cache) for path in folder.rglob("*") if path.is_file()]
    assert len(files) > len(APP) + 1
    assert not [path for path in files if TOKEN.encode() in path.read_bytes()]


def test_without_the_client(project, command, tmp_path):
    project(APP)
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "urllib3.py").write_text("raise ImportError")
    done = command("grants", "--live", PYTHONPATH=str(tmp_path / "lib"), PERMLINT_TOKEN=TOKEN)
    assert done.status == 2
    assert "pip install 'permlint[live]'" in done.err


# Taking back ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def revoke(live):
    return lambda *args, **more: live(*args, words=("grants", "revoke"), **more)


def test_taking_back(revoke, server):
    done = revoke("email", "pages_show_list", "email", "--yes", "--graph-version", "v24.0", "--user", "1001")
    assert (done.status, done.out) == (0, "taken back: email\ntaken back: pages_show_list\n")
    assert server.requests == [
        "DELETE /v24.0/1001/permissions/email",
        "DELETE /v24.0/1001/permissions/pages_show_list",
    ]
    assert server.grants == {"public_profile": "granted"}


def test_both_answers_that_the_documents_name_mean_that_it_is_done(revoke, server):
    server.deletes_answer = {"success": True}
    assert revoke("email", "--yes").status == 0
    server.deletes_answer = {"success": False}
    done = revoke("pages_show_list", "--yes")
    assert done.status == 2
    assert "does not say that pages_show_list was taken back" in done.err


def test_a_dry_run_sends_nothing_and_needs_no_token(revoke, server):
    done = revoke("email", "--dry-run", "--graph-version", "v24.0", token="")
    assert (done.status, done.out) == (0, f"DELETE {server.base}/v24.0/me/permissions/email\n")
    assert server.seen == []


def test_it_asks_first(revoke, server):
    done = revoke("email")
    assert done.status == 2
    assert "add --yes" in done.err
    assert "--yes" in revoke("email", "--token-stdin").err
    assert server.seen == []


@pytest.mark.parametrize("name", ["", "../accounts", "email/..", "Email", "e", "email?x", "x" * 101])
def test_names_that_are_none(revoke, server, name):
    done = revoke(name, "--yes")
    assert done.status == 2
    assert "is no name of a permission" in done.err
    assert server.seen == []


def test_a_failure_says_what_was_done_before(revoke, server):
    done = revoke("email", "user_likez", "pages_show_list", "--yes")
    assert done.status == 2
    assert "did you mean user_likes" in done.err
    assert "user_likez: " in done.err
    assert "error 100; a parameter is wrong" in done.err
    assert "check the name of the permission" in done.err
    assert "taken back before that: email" in done.err
    assert "pages_show_list" in server.grants


@pytest.mark.parametrize(
    ("code", "said"), [(613, "too many calls"), (102, "log in again"), (240, "a token of that person")]
)
def test_errors_of_taking_back(revoke, server, code, said):
    server.faults = [fails(400, code)]
    done = revoke("email", "--yes", "--retries", "0")
    assert done.status == 2
    assert said in done.err
    assert "nothing was taken back" in done.err


def test_what_may_pass_is_sent_again(revoke, server):
    server.faults = [fails(400, 613)]
    assert revoke("email", "--yes").status == 0
    assert len(server.seen) == 2
