"""Files of requests for an editor's HTTP client."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permlint.analysis import analyse
from permlint.config import Config
from permlint.frontends import Unreadable, lower


@pytest.fixture
def calls(tmp_path):
    def run(text):
        import datetime

        (tmp_path / "api.http").write_bytes(text.encode() if isinstance(text, str) else text)
        analysis = analyse(Config(root=str(tmp_path)), ["api.http"], as_of=datetime.date(2026, 11, 21))
        return [
            (call.place.line, call.method, call.host, call.version, call.endpoint)
            for app in analysis.apps
            for call in app.calls
        ]

    return run


def test_the_documents_own_sample(calls):
    text = "GET /v19.0/{user-id}/permissions HTTP/1.1\nHost: graph.facebook.com\n"

    assert calls(text) == [(1, "GET", "graph.facebook.com", "v19.0", "/{user-id}/permissions")]


REQUESTS = """\
# permissions of a person
@token = x
### all
GET https://graph.facebook.com/v24.0/me/accounts
    ?fields=id,name
    &access_token={{token}}
Accept: application/json

### take one back
DELETE https://graph.facebook.com/v24.0/{{user}}/permissions/user_likes HTTP/1.1
Authorization: Bearer {{token}}

### post
POST /v24.0/{{page}}/feed
Host: graph.facebook.com
Content-Type: application/x-www-form-urlencoded

message=GET /me&access_token={{token}}

### somebody else's
GET https://api.example.com/me
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_requests(calls, end):
    assert calls(REQUESTS.replace("\n", end)) == [
        (4, "GET", "graph.facebook.com", "v24.0", "/me/accounts"),
        (10, "DELETE", "graph.facebook.com", "v24.0", "/{}/permissions/user_likes"),
        (14, "POST", "graph.facebook.com", "v24.0", "/{}/feed"),
    ]


def test_comments_that_name_permlint_are_kept():
    text = "# permlint: ignore[PRM401] the old version is meant\nGET https://graph.facebook.com/v2.0/me\n"

    assert [comment[2].strip() for comment in lower("a.http", text.encode()).comments] == [
        "permlint: ignore[PRM401] the old version is meant"
    ]


@given(st.text(alphabet=st.sampled_from(list("GETPOS /:{}#\n\r\tabc?&=é🙂.hostHost")), max_size=200))
def test_wild_input(text):
    try:
        program = lower("a.http", text.encode("utf-8", "replace"))
    except Unreadable:
        return
    assert all(0 <= one.start <= one.end <= len(text) for one in program.body)
