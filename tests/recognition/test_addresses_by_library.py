"""Addresses of a dialog that a library puts together out of an address and parameters."""

from __future__ import annotations

import pytest

DIALOG = "https://www.facebook.com/v24.0/dialog/oauth"
HEAD = f"""
DIALOG = "{DIALOG}"
PARAMS = {{"client_id": "1", "redirect_uri": "https://example.com", "scope": "email,pages_show_list"}}
"""
WAYS = {
    "authlib": "from authlib.common.urls import add_params_to_uri\nurl = add_params_to_uri(DIALOG, PARAMS)  # -> EXPECTED",
    "furl": "from furl import furl\nurl = furl(DIALOG).add(PARAMS).url  # -> EXPECTED",
    "furl, named": "from furl import furl\nurl = furl(DIALOG).set(args=PARAMS).tostr()  # -> EXPECTED",
    "furl, changed in place": "import furl\nf = furl.furl(DIALOG)\nf.args.update(PARAMS)  # -> EXPECTED",
    "furl, at once": "from furl import furl\nurl = furl(DIALOG, args=PARAMS).url  # -> EXPECTED",
    "httpx.URL": "import httpx\nurl = str(httpx.URL(DIALOG, params=PARAMS))  # -> EXPECTED",
    "httpx.URL, merged": "import httpx\nurl = httpx.URL(DIALOG).copy_merge_params(PARAMS)  # -> EXPECTED",
    "httpx.URL, from parts": (
        "import httpx\n"
        'url = httpx.URL(scheme="https", host="www.facebook.com", path="/v24.0/dialog/oauth", params=PARAMS)  # -> EXPECTED'
    ),
    "httpx.Request": 'import httpx\nurl = httpx.Request("GET", DIALOG, params=PARAMS).url  # -> EXPECTED',
    "httpx.QueryParams": "import httpx\nurl = f'{DIALOG}?{httpx.QueryParams(PARAMS)}'  # -> EXPECTED",
    "oauthlib": "from oauthlib.common import add_params_to_uri\nurl = add_params_to_uri(DIALOG, PARAMS.items())  # -> EXPECTED",
    "requests.Request": 'import requests\nurl = requests.Request("GET", DIALOG, params=PARAMS).prepare().url  # -> EXPECTED',
    "requests.PreparedRequest": (
        "from requests.models import PreparedRequest\nreq = PreparedRequest()\nreq.prepare_url(DIALOG, PARAMS)  # -> EXPECTED\n"
        "url = req.url"
    ),
    "starlette": (
        "from starlette.datastructures import URL\n"
        'url = URL(DIALOG).include_query_params(client_id="1", scope="email,pages_show_list")  # -> EXPECTED'
    ),
    "tornado": "from tornado.httputil import url_concat\nurl = url_concat(DIALOG, PARAMS)  # -> EXPECTED",
    "w3lib": "from w3lib.url import add_or_replace_parameters\nurl = add_or_replace_parameters(DIALOG, PARAMS)  # -> EXPECTED",
    "yarl": "from yarl import URL\nurl = URL(DIALOG).with_query(PARAMS)  # -> EXPECTED",
    "yarl, named": "from yarl import URL\nurl = str(URL(DIALOG).update_query(client_id='1', scope='email,pages_show_list'))  # -> EXPECTED",
    "yarl, from parts": (
        "import yarl\n"
        'url = yarl.URL.build(scheme="https", host="www.facebook.com", path="/v24.0/dialog/oauth", query=PARAMS)  # -> EXPECTED'
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_library_puts_the_address_together(way, check):
    code = WAYS[way].replace("EXPECTED", "facebook-login: email pages_show_list")
    (request,) = check(HEAD + code + "\n")
    lines = (HEAD + code).split("\n")
    for scope in request.scopes:
        place = scope.place
        assert lines[place.line - 1][place.column - 1 : place.end_column - 1] == scope.text, "where it is written"


@pytest.mark.parametrize("way", WAYS)
def test_an_address_of_someone_else_asks_for_nothing(way, check):
    code = WAYS[way].partition("  # ->")[0].replace("www.facebook.com", "accounts.example.org")
    check(HEAD.replace("www.facebook.com", "accounts.example.org") + code + "\n")
