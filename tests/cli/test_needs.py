"""What calls need, in whole outputs: the inventory, the smallest list, the coverage of a check, and an endpoint."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

import permlint
from permlint.cli import run

SCHEMAS = Path(permlint.__file__).parent / "schemas"
LOGIN = """\
import requests
from flask_dance.contrib.facebook import make_facebook_blueprint

BASE = "https://graph.facebook.com/v24.0"
login = make_facebook_blueprint(scope=["email", "user_likes", "pages_show_list"])


def pages(token):
    return requests.get(f"{BASE}/me/accounts", params={"access_token": token}, timeout=10).json()


def post(page, text, token):
    return requests.post(f"{BASE}/{page}/feed", data={"message": text, "access_token": token}, timeout=10)
"""
ANYTHING = """

def anything(path, token):
    return requests.get(f"{BASE}/{path}", params={"access_token": token}, timeout=10)
"""
DAY = ["--as-of", "2026-11-21", "--no-cache"]


@pytest.fixture
def permlint_of(project, monkeypatch, capsys):
    """Runs a command on a project in this process and returns its status, stdout and stderr; times are `T`."""

    def command(files, *args):
        monkeypatch.chdir(project(files))
        monkeypatch.setenv("NO_COLOR", "1")
        status = run(args)
        captured = capsys.readouterr()
        return status, re.sub(r"\d\.\d s\)", "T s)", captured.out), captured.err

    return command


def valid(name, text):
    data = json.loads(text)
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(data)
    return data


def test_scopes(permlint_of):
    assert permlint_of({"shop.py": LOGIN + ANYTHING, "permlint.toml": ""}, "scopes", *DAY) == (
        0,
        """\
app default (Graph API v24.0)
  Facebook Login: 3 permissions, asked for in 1 place
    shop.py:5:9  flask-dance: make_facebook_blueprint(scope)
      email            shop.py:5:41
      pages_show_list  shop.py:5:64
      user_likes       shop.py:5:50
  calls of graph.facebook.com: 2 of 3 resolved
    GET    /me/accounts  shop.py:9  (requests)
    POST   /{}/feed      shop.py:13  (requests)
  needed
    pages_manage_posts     missing    shop.py:13
    pages_read_engagement  missing    shop.py:13; dependency of pages_manage_posts
    pages_show_list        requested  shop.py:9; dependency of pages_manage_posts, pages_read_engagement
  not known whether used
    email, user_likes: a call could not be resolved, and it may use it
  not known from the source
    shop.py:17:12  GET /{}: it is the argument 'path' of a call that nobody can see
""",
        "",
    )


def test_scopes_of_what_nothing_uses(permlint_of):
    _, out, _ = permlint_of({"shop.py": LOGIN, "permlint.toml": ""}, "scopes", *DAY)
    assert out.endswith(
        "  not used\n    email, user_likes: no call, no declared need and no other permission needs it\n"
    )


def test_many_places_are_counted(permlint_of):
    call = '    requests.get(f"{BASE}/me/accounts", timeout=10)\n'
    _, out, _ = permlint_of({"shop.py": LOGIN + "\n\ndef more():\n" + call * 5, "permlint.toml": ""}, "scopes", *DAY)
    assert "    GET    /me/accounts  shop.py:9, 17, 18 and 3 more  (requests)\n" in out


def test_unresolved(permlint_of):
    files = {"shop.py": LOGIN + ANYTHING, "permlint.toml": ""}
    assert permlint_of(files, "scopes", "--unresolved", *DAY)[1] == (
        """\
app default (Graph API v24.0)
  not known from the source
    shop.py:17:12  GET /{}: it is the argument 'path' of a call that nobody can see
"""
    )
    (app,) = valid("scopes", permlint_of({}, "scopes", "--unresolved", "--format", "json", *DAY)[1])["apps"]
    assert [(call["endpoint"], call["needs"], call["sources"]) for call in app["calls"]] == [("/{}", None, [])]
    assert app["coverage"] == {"calls": 3, "resolved": 2}


def test_an_endpoint_that_nobody_documents_is_unresolved(permlint_of):
    text = LOGIN.replace("/me/accounts", "/me/a/b").replace("graph.facebook.com", "graph.threads.net")
    out = permlint_of({"shop.py": text, "permlint.toml": ""}, "scopes", "--unresolved", *DAY)[1]
    assert "    shop.py:9:12  GET /me/a/b: no source in the catalog says what it needs\n" in out


def test_least(permlint_of):
    files = {"shop.py": LOGIN + ANYTHING, "permlint.toml": ""}
    assert permlint_of(files, "scopes", "--least", *DAY) == (
        0,
        """\
pages_manage_posts,pages_read_engagement,pages_show_list
# kept out, unknown: email, user_likes
# 1 call may need more: `permlint scopes --unresolved` lists it
""",
        "",
    )
    data = valid("least", permlint_of({}, "scopes", "--least", "--format", "json", *DAY)[1])
    because = "a call could not be resolved, and it may use it"
    assert data["apps"] == [
        {
            "name": "default",
            "least": [
                {
                    "family": "facebook",
                    "scopes": ["pages_manage_posts", "pages_read_engagement", "pages_show_list"],
                    "kept_out": [
                        {"permission": "email", "because": because},
                        {"permission": "user_likes", "because": because},
                    ],
                    "unresolved": 1,
                }
            ],
            "coverage": {"calls": 3, "resolved": 2},
        }
    ]


def test_least_of_several_apps_and_families(permlint_of):
    config = """\
[apps.shop]
paths = ["shop.py"]
needs = [{permission = "pages_messaging", reason = "a webhook that is set up in the dashboard"}]
[apps.news]
paths = ["news.py"]
"""
    news = 'import requests\n\nrequests.get("https://graph.threads.net/v1.0/me/threads", timeout=10)\n'
    files = {"shop.py": LOGIN, "news.py": news, "permlint.toml": config}
    assert (
        permlint_of(files, "scopes", "--least", *DAY)[1]
        == """\
# app shop, facebook
pages_manage_metadata,pages_manage_posts,pages_messaging,pages_read_engagement,pages_show_list
# app news, threads
threads_basic
"""
    )


def test_least_takes_the_narrowest_of_a_choice(permlint_of):
    text = """\
import requests
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(scope=["ads_management", "pages_read_engagement", "pages_show_list"])


def spend(account, token):
    address = f"https://graph.facebook.com/v25.0/act_{account}/insights"
    return requests.get(address, params={"fields": "spend", "access_token": token}, timeout=10).json()
"""
    out = permlint_of({"report.py": text, "permlint.toml": ""}, "scopes", "--least", *DAY)[1]
    assert out == "ads_read\n"


def test_least_of_nothing(permlint_of):
    assert permlint_of({"a.py": "", "permlint.toml": ""}, "scopes", "--least") == (
        0,
        "# no call of the project needs a permission that permlint can see\n",
        "",
    )
    assert permlint_of({}, "scopes", "--least", "--unresolved") == (
        2,
        "",
        "Error: --unresolved and --least exclude each other\n",
    )


def test_coverage_of_a_check(permlint_of):
    files = {"shop.py": LOGIN + ANYTHING, "permlint.toml": ""}
    _, out, _ = permlint_of(files, "check", *DAY)
    assert out.endswith(
        "2 errors in 1 file (1 file looked at, T s)\n"
        "2 of 3 Graph calls resolved; `permlint scopes --unresolved` lists the other one\n"
    )
    assert "resolved" not in permlint_of({}, "check", "--quiet", *DAY)[1]
    checked = valid("check", permlint_of({}, "check", "--format", "json", *DAY)[1])
    (app,) = valid("scopes", permlint_of({}, "scopes", "--format", "json", *DAY)[1])["apps"]
    assert checked["coverage"] == app["coverage"] == {"calls": 3, "resolved": 2}


def test_coverage_is_not_said_where_it_bears_on_nothing(permlint_of):
    resolved = permlint_of({"shop.py": LOGIN, "permlint.toml": ""}, "check", *DAY)[1]
    assert "Graph calls resolved" not in resolved
    no_login = LOGIN.replace("login = make", "# login = make") + ANYTHING
    assert permlint_of({"shop.py": no_login}, "check", *DAY)[1] == "no problems found (1 file looked at, T s)\n"


def test_coverage_counts_what_apps_share_once(permlint_of):
    config = '[apps.a]\npaths = ["*.py"]\n[apps.b]\npaths = ["*.py"]\n'
    files = {"shop.py": LOGIN + ANYTHING, "permlint.toml": config}
    assert valid("check", permlint_of(files, "check", "--format", "json", *DAY)[1])["coverage"]["calls"] == 3


def test_endpoint(permlint_of):
    status, out, err = permlint_of({}, "endpoint", "get me/accounts", "--as-of", "2026-11-21")
    assert (status, err) == (0, "")
    assert (
        out
        == """\
GET /me/accounts
  needs         pages_show_list
  may use       business_management
  note          Lists a Page only if the permission was granted for that Page.
                the Page belongs to a business: business_management and pages_show_list

  GET /{user-id}/accounts (graph.facebook.com): pages_show_list
    https://developers.facebook.com/docs/graph-api/reference/user/accounts/ (2024-02-02)
    https://developers.facebook.com/documentation/business-messaging/messenger-platform/get-started (2026-05-05)
  GET /{user-id}/accounts (graph.facebook.com): business_management, pages_show_list if the Page belongs to a business
    https://github.com/fbsamples/reels_publishing_apis/pull/38 (2023-09-26)
    https://developers.facebook.com/docs/graph-api/reference/user/accounts/ (2024-02-02)
"""
    )
    data = json.loads(permlint_of({}, "endpoint", "/me/accounts", "--format", "json")[1])
    assert data["needs"] == {"all_of": ["pages_show_list"], "any_of": []}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("", "'' is no call: write a method and a path, such as 'GET /me/accounts'"),
        ("GET", "'GET' names no path: write one, such as 'GET /me/accounts'"),
        ("POST /", "'POST /' is no call: write a method and a path, such as 'GET /me/accounts'"),
        ("GET /me twice", "'GET /me twice' is no call: write a method and a path, such as 'GET /me/accounts'"),
        ("FETCH /me", "'FETCH' is no method of the Graph API; there are GET, POST, DELETE, PUT, PATCH, HEAD"),
        (
            "GET https://example.com/me",
            (
                "example.com is no host of the Graph API; there are graph.facebook.com, graph.instagram.com, "
                "graph.threads.com, graph.threads.net"
            ),
        ),
    ],
)
def test_what_is_no_call(permlint_of, call, message):
    assert permlint_of({}, "endpoint", call) == (2, "", f"Error: {message}\n")


def test_endpoints_of_a_permission(permlint_of):
    _, out, _ = permlint_of({}, "permission", "email", "--as-of", "2026-11-21")
    assert "  endpoints     GET /{user-id}, field email\n" in out
    _, out, _ = permlint_of({}, "permission", "pages_show_list")
    data = json.loads(permlint_of({}, "permission", "pages_show_list", "--format", "json")[1])
    assert (
        f"                and {len(data['endpoints']) - 8} more; --format json has all {len(data['endpoints'])}\n"
        in out
    )
    assert {"host", "method", "path", "fields", "sources"} == set(data["endpoints"][0])


CLIENT = """\
import jobs


class GraphClient:
    def __init__(self, token):
        self.token = token

    def fetch(self, path, method="GET"):
        return jobs.queued(self.token, path, method)
"""
USE = """\
from ourpackage import Client
from shop.graph import GraphClient

URL = "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&config_id=1234&response_type=code"


def pages(token):
    return GraphClient(token).fetch("me/accounts")


def unlike(token, post):
    client = GraphClient(token)
    client.fetch(f"{post}/likes", method="DELETE")


def anything(token, target):
    return GraphClient(token).fetch(target)


def post(token, page):
    Client(token).page_post(page, message="new")
"""
OWN = """\
[apps.shop]
paths = ["**"]

[[apps.shop.calls]]
callable = "shop.graph.GraphClient.fetch"
path = "#0|path"
method = "#1|method=GET"
reason = "it queues its calls"

[[apps.shop.calls]]
callable = "ourpackage.Client.page_post"
path = "/{#0|page_id}/feed"
method = "POST"
reason = "a package of our own"

[[apps.shop.configurations]]
id = "1234"
permissions = ["pages_show_list", "pages_manage_posts", "user_likes"]
reason = "set up in the dashboard"
"""
FILES = {"shop/__init__.py": "", "shop/graph.py": CLIENT, "shop/use.py": USE, "permlint.toml": OWN}


def test_calls_and_configurations_of_the_config(permlint_of):
    assert permlint_of(FILES, "scopes", *DAY) == (
        0,
        """\
app shop (Graph API v24.0)
  Facebook Login for Business: 3 permissions, asked for in 1 place
    shop/use.py:4:7  dialog URL of Facebook Login
      pages_manage_posts  shop/use.py:4:7 (in the configuration)
      pages_show_list     shop/use.py:4:7 (in the configuration)
      user_likes          shop/use.py:4:7 (in the configuration)
  calls of graph.facebook.com: 3 of 4 resolved
    GET    /me/accounts  shop/use.py:8  (shop.graph.GraphClient.fetch)
    POST   /{}/feed      shop/use.py:21  (ourpackage.Client.page_post)
    DELETE /{}/likes     shop/use.py:13  (shop.graph.GraphClient.fetch)
  needed
    pages_manage_engagement  missing    shop/use.py:13
    pages_manage_posts       requested  shop/use.py:21
    pages_read_engagement    missing    shop/use.py:21; dependency of pages_manage_posts
    pages_read_user_content  missing    dependency of pages_manage_engagement
    pages_show_list          requested  shop/use.py:8; dependency of PLACES
  not known whether used
    user_likes: a call could not be resolved, and it may use it
  not known from the source
    shop/use.py:17:12  GET /{}: it is the argument 'target' of a call that nobody can see
""".replace("PLACES", "pages_manage_engagement, pages_manage_posts, pages_read_engagement"),
        "",
    )
    (app,) = valid("scopes", permlint_of({}, "scopes", "--format", "json", *DAY)[1])["apps"]
    (request,) = app["requests"]
    assert (request["complete"], request["unknown_because"], app["open"]) == (True, None, False)
    assert {scope["by"] for scope in request["scopes"]} == {"config"}
    out = permlint_of({}, "check", "--format", "concise", *DAY)[1]
    assert "shop/use.py:4:7: PRM104 missing-dependency" in out


def test_what_the_config_says_counts_for_its_app_only(permlint_of):
    config = OWN.replace('["**"]', '["shop/login.py"]') + '[apps.other]\npaths = ["shop/**"]\n'
    out = permlint_of({**FILES, "permlint.toml": config}, "scopes", "--format", "json", *DAY)[1]
    other = next(app for app in json.loads(out)["apps"] if app["name"] == "other")
    assert (other["calls"], other["open"]) == ([], True)


def test_an_entry_that_matches_nothing_is_noted(permlint_of):
    config = OWN.replace("page_post", "reel_post").replace("1234", "99")
    notes = (
        "note: permlint.toml:10: apps.shop.calls: entry 2 matches nothing: the app does not call ourpackage.Client.reel_post\n"
        "note: permlint.toml:16: apps.shop.configurations: entry 1 matches nothing: no login of the app has config_id 99\n"
    )
    assert permlint_of({**FILES, "permlint.toml": config}, "scopes", *DAY)[2] == notes
    assert permlint_of({}, "check", *DAY)[2] == notes
    assert permlint_of({}, "check", "--quiet", *DAY)[2] == ""


def test_names_of_the_config_are_checked(permlint_of):
    config = """\
[apps.shop]
paths = ["**"]
requests = [{permission = "pages_show_lists", reason = "x", login = "facebook"}]
needs = [{permission = "email", reason = "x"}, {permission = "zzzz", reason = "x"}]
calls = [{callable = "a.b", path = "#0", host = "example.com", reason = "x"}]
configurations = [{id = "1", permissions = ["emial"], reason = "x"}]
"""
    logins = (
        "business-manager, facebook-login, facebook-login-for-business, instagram-basic-display, instagram-login, "
        "threads, whatsapp-embedded-signup"
    )
    hosts = "graph.facebook.com, graph.instagram.com, graph.threads.com, graph.threads.net"
    for command in ("check", "scopes"):
        status, out, err = permlint_of({"a.py": "", "permlint.toml": config}, command)
        assert (status, out) == (2, "")
        assert err == (
            "Error: permlint.toml:3: apps.shop.requests: entry 1: no permission is called 'pages_show_lists'; "
            "did you mean pages_show_list?\n"
            "permlint.toml:4: apps.shop.needs: entry 2: no permission is called 'zzzz'; `permlint permission` lists them\n"
            "permlint.toml:6: apps.shop.configurations: entry 1: no permission is called 'emial'; did you mean email?\n"
            f"permlint.toml:3: apps.shop.requests: entry 1: 'facebook' is no login; there are {logins}\n"
            f"permlint.toml:5: apps.shop.calls: entry 1: 'example.com' is no host of the Graph API; there are {hosts}\n"
        )
