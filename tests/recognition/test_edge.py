"""What deals with granted permissions, in little apps: beside each line stands what is reported there.

A line at which something is reported ends in `# => KIND WORD`, several separated by `;`; the word is the permission, the status or
the field, nothing where there is none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

import pytest

from permlint.analysis import analyse
from permlint.config import Config

AS_OF = dt.date(2026, 11, 21)
_MARKER = re.compile(r"(?:#|//) => (.*?)\s*$")
HEAD = """\
import httpx, requests
EDGE = "https://graph.facebook.com/v24.0/me/permissions"
"""


@pytest.fixture
def uses(tmp_path):
    """What permlint reports of an app: its files by path, or the text of one."""

    def run(app):
        files = {"app.py": app} if isinstance(app, str) else app
        for path, text in files.items():
            (tmp_path / path).write_text(text, encoding="utf-8")
        analysis = analyse(Config(root=str(tmp_path)), sorted(files), as_of=AS_OF)
        return [use for one in analysis.apps for use in one.edge]

    return run


@pytest.fixture
def check(uses):
    """Compares it with the app's markers."""

    def run(app):
        files = {"app.py": app} if isinstance(app, str) else app
        wanted = Counter(
            f"{path}:{number} {' '.join(each.split())}"
            for path, text in files.items()
            for number, line in enumerate(text.split("\n"), 1)
            if (marker := _MARKER.search(line))
            for each in marker[1].split(";")
        )
        found = uses(app)
        got = Counter(
            f"{use.place.path}:{use.place.line} {use.kind} {use.permission or use.status or use.field or ''}".rstrip()
            for use in found
        )
        assert (sorted((got - wanted).elements()), sorted((wanted - got).elements())) == ([], [])
        return found

    return run


CALLS = {
    "by the path": """\
requests.delete(f"{EDGE}/email")  # => revocation email
requests.delete(EDGE + "/" + name)  # => revocation
requests.delete(EDGE + "/")  # => deauthorization
requests.get(EDGE)  # => read
requests.get(EDGE + "/email")  # => read email
requests.head(EDGE)  # => read
requests.post(EDGE)  # => unsupported
requests.put(EDGE + "/email")  # => unsupported email
requests.request(method, EDGE)  # => unknown
""",
    "by the parameter": """\
requests.delete(EDGE, params={"permission": "email"})  # => revocation email
requests.delete(f"{EDGE}?permission=email")  # => revocation email
requests.delete(EDGE, params={"permission": name})  # => revocation
requests.delete(EDGE, params={"access_token": token})  # => deauthorization
requests.delete(EDGE, params=sent)  # => revocation
""",
    "another method than it looks": """\
requests.post(EDGE, data={"method": "delete"})  # => deauthorization
requests.get(EDGE + "?method=DELETE&permission=email")  # => revocation email
requests.post(EDGE, data={"method": method})  # => unknown
requests.post(EDGE, data={"method": "get"})  # => read
""",
    "a name for each": """\
for name in ("email", "user_likes"):
    requests.delete(f"{EDGE}/{name}")  # => revocation email; revocation user_likes
""",
    "nodes that may be a person": """\
def f(user_id, x, page_id, app_id):
    requests.get(f"https://graph.facebook.com/{user_id}/permissions")  # => read
    requests.get(f"https://graph.facebook.com/{x}/permissions")  # => read
    requests.get("https://graph.facebook.com/100001/permissions")  # => read
    requests.get(f"https://graph.facebook.com/{page_id}/permissions")
    requests.get(f"https://graph.facebook.com/{app_id}/permissions")
    requests.get("https://graph.facebook.com/me/permissions/email/more")
    requests.get("https://api.example.org/me/permissions")
""",
    "by a field": """\
requests.get("https://graph.facebook.com/me", params={"fields": "id,permissions"})  # => read
requests.get("https://graph.facebook.com/me?fields=permissions{status}")  # => read
requests.get("https://graph.facebook.com/100001?fields=permissions")
requests.post("https://graph.facebook.com/me?fields=permissions")
""",
    "tokens": """\
requests.get("https://graph.facebook.com/debug_token", params={"input_token": token})  # => debug-token
""",
    "Meta's SDK": """\
from facebook_business.adobjects.user import User
for one in User(fbid="me").get_permissions():  # => read
    one["status"] == "granted"  # => status granted
User("me").delete_permissions(params={"permission": "email"})  # => revocation email
""",
    "facebook-sdk": """\
import facebook
facebook.GraphAPI(token).get_permissions(7)  # => read
facebook.GraphAPI(token).request("me/permissions", method="DELETE")  # => deauthorization
""",
    "a batch": """\
import json
requests.post("https://graph.facebook.com", data={"batch": json.dumps([{"method": "GET", "relative_url": "me/permissions"}])})  # => read
""",
    "another API": """\
requests.delete("https://graph.instagram.com/me/permissions")  # => deauthorization
""",
}


@pytest.mark.parametrize("app", [pytest.param(HEAD + app, id=name) for name, app in CALLS.items()])
def test_calls(check, app):
    check(app)


ANSWERS = {
    "comprehensions": """\
data = requests.get(EDGE).json()["data"]  # => read
a = [one["permission"] for one in data if one["status"] == "granted"]  # => status granted
b = {one["permission"]: one["status"] for one in data}
b["email"] == "declined"  # => status declined
b.get("email", "x") != "y"  # => status y
"expired" in b.values()  # => status expired
"email" in b
c = {one["permission"] for one in data if one.get("status") not in ("active", "granted")}  # => status active; status granted
"email" in c  # => check email
any(one["status"] == "z" for one in data)  # => status z
list(filter(lambda one: one["status"] == "w", data))  # => status w
[one for one in list(data) if one["status"] == "v"]  # => status v
next(iter(data))["status"] == "u"  # => status u
data[0]["status"] == "t"  # => status t
""",
    "loops": """\
def f():
    answer = requests.get(EDGE)  # => read
    answer.raise_for_status()
    if answer.status_code == 200 and answer.reason == "OK":
        for one in answer.json().get("data", []):
            if one["permission"] == "email" and one["status"] == "granted":  # => check email; status granted
                return True
            match one["permission"]:
                case "user_likes":
                    pass
            status = one["status"]
            match status:
                case "granted" | "expired":  # => status granted; status expired
                    pass
""",
    "collections of its own": """\
def f(kept):
    rows, page = [], EDGE
    while page:
        answer = httpx.get(page).json()  # => read
        rows.extend(answer["data"][:100])
        page = answer.get("paging", {}).get("next")
    nodes = []
    for row in rows:
        if not isinstance(row, dict):
            continue
        nodes.append({"name": row["permission"], "status": row["status"].strip().lower()})
    return [node for node in nodes if node["status"] == "declined"]  # => status declined
""",
    "whole nodes": """\
data = httpx.get(EDGE).json()["data"]  # => read
{"permission": "email", "status": "granted"} in data  # => check email; status granted
[one for one in data if one == {"permission": "user_likes", "status": "no"}]  # => check user_likes; status no
""",
    "decoded texts": """\
import json
from urllib.request import urlopen
data = json.loads(requests.get(EDGE).text)  # => read
data["data"][0]["status"] == "a"  # => status a
data = json.load(urlopen(EDGE))  # => read
data["data"][0]["status"] == "b"  # => status b
""",
    "waiting": """\
import asyncio
async def f():
    async with httpx.AsyncClient() as client:
        one = await client.get(EDGE)  # => read
    two = await asyncio.to_thread(requests.get, EDGE)  # => read
    return one.json()["data"][0]["status"] == "a" or two.json()["data"][0]["status"] == "b"  # => status a; status b
""",
    "texts made of it": """\
data = requests.get(EDGE).json()["data"]  # => read
[one for one in data if str(one.get("status", "")).strip().lower() == "denied"]  # => status denied
[one for one in data if f'{one["status"]}' == "revoked"]  # => status revoked
[one for one in data if one["status"][:3] == "gra"]
[one for one in data if one["status"].encode().hex() == "6772"]
[one for one in data if KINDS[one["status"]] == "good"]
""",
    "constants": """\
from enum import Enum
class Status(str, Enum):
    DENIED = "denied"  # => status denied
GOOD = ["granted"]  # => status granted
data = requests.get(EDGE).json()["data"]  # => read
[one for one in data if one["status"] in GOOD or one["status"] == Status.DENIED]
""",
    "other parts": """\
answer = requests.get(EDGE).json()  # => read
answer["status"] == "ok"
answer["error"]["status"] == "no"
for one in answer["data"]:
    one["state"] == "granted"
    one["status"] == 1
    one["status"] is None
    one["status"] == other
    one["status"] > "granted"
""",
    "by a field": """\
me = requests.get("https://graph.facebook.com/me?fields=permissions,accounts{status}").json()  # => read
[one for one in me["permissions"]["data"] if one["status"] == "granted"]  # => status granted
[one for one in me["accounts"]["data"] if one["status"] == "granted"]
""",
    "not from the edge": """\
data = requests.get("https://graph.facebook.com/me/accounts").json()["data"]
[one for one in data if one["status"] == "denied"]
order = requests.get("https://example.org/me/permissions").json()["data"]
[one for one in order if one["status"] == "denied"]
def f(one):
    return one["status"] == "denied"
""",
    "tokens": """\
token = requests.get("https://graph.facebook.com/debug_token").json()["data"]  # => debug-token
token["is_valid"] and "email" in token["scopes"]  # => token-scopes scopes; check email
missing = [name for name in ("user_likes", "email") if name not in token.get("scopes", [])]  # => token-scopes scopes; check user_likes; check email
for one in token["granular_scopes"]:  # => token-scopes granular_scopes
    if one["scope"] == "pages_show_list":  # => check pages_show_list
        one["target_ids"]
token["type"] == "USER"
""",
    "outcomes": """\
answer = requests.delete(EDGE)  # => deauthorization
answer.text == "true"  # => outcome true
answer.content.decode() == "true"  # => outcome true
answer.json() is True  # => outcome
answer.json() == {"success": True}
answer.json()["success"] is True
answer.status_code == 200
answer.ok is True
""",
}


@pytest.mark.parametrize("app", [pytest.param(HEAD + app, id=name) for name, app in ANSWERS.items()])
def test_answers(check, app):
    check(app)


def test_through_a_client_and_two_modules(check):
    check(
        {
            "graph.py": """\
import httpx


class Graph:
    def __init__(self, token):
        self.http = httpx.Client(base_url="https://graph.facebook.com/v24.0")
        self.token = token

    def send(self, method, node, edge, **more):
        return self.http.request(method, f"/{node}/{edge}", params={"access_token": self.token, **more}).json()

    def grants(self, user="me"):
        return {one["permission"]: one["status"] for one in self.send("GET", user, "permissions")["data"]}  # => read
""",
            "account.py": """\
from graph import Graph


def may(token, name):
    return Graph(token).grants().get(name) == "ok"  # => status ok


def forget(token):
    return Graph(token).send("DELETE", "me", "permissions", permission="user_likes")  # => revocation user_likes
""",
        }
    )


LOGINS = {
    "an address": """\
url = "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=email&auth_type=rerequest&return_scopes=true"  # => rerequest; return-scopes
url = "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=email&auth_type=reauthenticate&return_scopes=false"
""",
    "parameters": """\
from urllib.parse import urlencode
query = {"client_id": 1, "scope": "email", "auth_type": "rerequest"}  # => rerequest
query["return_scopes"] = True  # => return-scopes
"https://www.facebook.com/v24.0/dialog/oauth?" + urlencode(query)
""",
    "settings": """\
INSTALLED_APPS = ["allauth.socialaccount.providers.facebook"]
SOCIALACCOUNT_PROVIDERS = {"facebook": {"SCOPE": ["email"], "AUTH_PARAMS": {"auth_type": "reauthorize,rerequest"}}}  # => rerequest
""",
    "an argument": """\
oauth.facebook.authorize_redirect(url, auth_type="rerequest", return_scopes="1")  # => rerequest; return-scopes
connect(facebook, auth_type="password", return_scopes=None)
""",
}


@pytest.mark.parametrize("app", [pytest.param(app, id=name) for name, app in LOGINS.items()])
def test_logins(check, app):
    check(app)


JAVASCRIPT = {
    "functions": """\
const EDGE = "https://graph.facebook.com/v24.0/me/permissions";
export async function granted(token) {
  const { data } = await (await fetch(`${EDGE}?access_token=${token}`)).json(); // => read
  const names = data.filter((one) => one.status === "granted").map((one) => one.permission); // => status granted
  const one = data.find(({ permission, status }) => permission === "email" && status !== "x"); // => check email; status x
  data.forEach((each) => { if (each.status == "y") stop(); }); // => status y
  return names.includes("user_likes") && data.some((each) => each.status === "z"); // => check user_likes; status z
}
""",
    "promises": """\
fetch("https://graph.facebook.com/me/permissions") // => read
  .then((answer) => answer.json())
  .then(({ data }) => data.every((one) => one.status !== "approved")); // => status approved
""",
    "callbacks": """\
const request = require("request");
request.get("https://graph.facebook.com/me/permissions", (error, answer, body) => { // => read
  const statuses = {};
  JSON.parse(body).data.forEach((one) => { statuses[one.permission] = one.status; });
  if (statuses["email"] === "x") stop(); // => status x
  const others = Object.fromEntries(JSON.parse(body).data.map((one) => [one.permission, one.status]));
  if (others["email"] === "y") stop(); // => status y
});
""",
    "Meta's own SDK": """\
FB.login(done, { scope: "email", auth_type: "rerequest", return_scopes: true }); // => rerequest; return-scopes
FB.api("/me/permissions", function (response) { // => read
  for (const one of response.data) {
    if (one.permission === "email" && one.status === "declined") stop(); // => check email; status declined
  }
});
FB.api("/me/permissions/email", "delete", function (response) {}); // => revocation email
""",
    "tokens and outcomes": """\
const token = await (await fetch("https://graph.facebook.com/debug_token?input_token=x")).json(); // => debug-token
if (token.data.scopes.includes("email")) stop(); // => check email
if (token.data.granular_scopes.some((one) => one.scope === "ads_read")) stop(); // => check ads_read
const done = await fetch("https://graph.facebook.com/me/permissions", { method: "DELETE" }); // => deauthorization
if ((await done.text()) === "true") stop(); // => outcome true
""",
}


@pytest.mark.parametrize("app", [pytest.param({"app.js": app}, id=name) for name, app in JAVASCRIPT.items()])
def test_javascript(check, app):
    check(app)


def test_places_and_what_a_status_was_compared_beside(uses):
    app = (
        HEAD
        + 'x = [o for o in requests.get(EDGE).json()["data"] if o["status"].upper() in {"GRANTED": 1, "DENIED": 2}]\n'
    )
    read, first, second = sorted(uses(app), key=lambda use: use.place.column)
    assert (read.kind, read.person, read.call.endpoint) == ("read", True, "/me/permissions")
    assert app.splitlines()[2][first.place.column - 1 : first.place.end_column - 1] == "GRANTED"
    assert (first.folded, first.beside) == (True, ("GRANTED", "DENIED"))
    assert second.call.place == read.place


def test_tests_are_not_looked_at(tmp_path):
    (tmp_path / "test_app.py").write_text(HEAD + "requests.get(EDGE)\n")
    (analysis,) = analyse(Config(root=str(tmp_path), tests=("test_*.py",)), ["test_app.py"], as_of=AS_OF).apps
    assert analysis.edge == ()
