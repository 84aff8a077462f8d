"""Calls of the Graph API, in little apps: beside each line stands which calls are reported there.

A line at which calls are reported ends in `# => GET /me/accounts`, several separated by `;`. `?` stands for a method that is
not known, `{}` for an unknown part, `unresolved` for a call whose path is not known. Behind the path may stand the fields
(`[id,name]`, `[]` for none, `[?]` for fields that are not known) and `host=`, `version=` (`version=none`), `via=`, `outside`, `inside`
and `sends=a,b`; what a marker does not say is not compared.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

import pytest

from permlint.analysis import analyse
from permlint.config import Config

AS_OF = dt.date(2026, 11, 21)
_MARKER = re.compile(r"# => (.*?)\s*$")


def files_of(app):
    return {"app.py": app} if isinstance(app, str) else app


def short(call):
    return "unresolved" if not call.complete else f"{call.method or '?'} {call.endpoint}"


def details(call):
    """What a marker may say besides."""
    return {
        "fields": "?" if call.fields is None else ",".join(call.fields),
        "host": call.host or "none",
        "version": call.version or "none",
        "via": call.via,
        "sends": ",".join(name for name, _ in call.parameters),
        "outside": call.outside,
        "names": ",".join(call.names),
    }


def parse(text):
    """A marker's method and path, and what else it says."""
    said = {}
    fields = re.search(r"\[(.*?)\]", text)
    if fields:
        said["fields"] = fields[1]
        text = text.replace(fields[0], " ")
    words = []
    for word in text.split():
        name, equals, value = word.partition("=")
        if word in ("outside", "inside"):
            said["outside"] = word == "outside"
        elif equals and name in ("host", "version", "via", "sends", "names"):
            said[name] = value
        else:
            words.append(word)
    return " ".join(words), said


def expected(files):
    out = []
    for path, text in files.items():
        for number, line in enumerate(text.split("\n"), 1):
            marker = _MARKER.search(line)
            for one in marker[1].split(";") if marker else ():
                out.append(((path, number), *parse(one)))
    return out


def calls_in(root, app, *, only=None):
    files = files_of(app)
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    analysis = analyse(Config(root=str(root)), sorted(files), as_of=AS_OF)
    return [call for one in analysis.apps for call in one.calls]


@pytest.fixture
def check(tmp_path):
    """Compares the calls that permlint reports for an app with the app's markers. Returns the calls."""

    def run(app):
        files = files_of(app)
        calls = calls_in(tmp_path, app)
        wanted = expected(files)
        got = Counter(f"{call.place.path}:{call.place.line} {short(call)}" for call in calls)
        want = Counter(f"{where[0]}:{where[1]} {text}" for where, text, _ in wanted)
        assert sorted((got - want).elements()) == [], f"reported and not expected; missing: {(want - got)}"
        assert sorted((want - got).elements()) == [], "expected and not reported"
        for where, text, said in wanted:
            here = [call for call in calls if (call.place.path, call.place.line) == where and short(call) == text]
            shown = [details(call) for call in here]
            assert any(all(one[name] == value for name, value in said.items()) for one in shown), (where, said, shown)
        return calls

    return run


CLIENTS = {
    "requests": """\
import requests
TOKEN = "x"
requests.get("https://graph.facebook.com/v24.0/me/accounts", params={"access_token": TOKEN}, timeout=3)  # => GET /me/accounts version=v24.0 host=graph.facebook.com via=requests [] inside
requests.post("https://graph.facebook.com/v24.0/12/feed", data={"message": "hi"})  # => POST /12/feed sends=message
requests.delete("https://graph.facebook.com/12_34")  # => DELETE /12_34 version=none
requests.put("https://graph.facebook.com/12", json={"a": 1})  # => PUT /12
requests.patch("https://graph.facebook.com/12", json={"a": 1})  # => PATCH /12
requests.head("https://graph.facebook.com/me")  # => HEAD /me
requests.request("POST", "https://graph.facebook.com/me/feed", data={})  # => POST /me/feed
requests.request(method="delete", url="https://graph.facebook.com/12")  # => DELETE /12
requests.api.get("https://graph.facebook.com/me/photos")  # => GET /me/photos
""",
    "requests from import": """\
from requests import get, post as send
get("https://graph.facebook.com/me?fields=id,name,email")  # => GET /me [id,name,email]
send(url="https://graph.facebook.com/me/feed", json={"message": "x"})  # => POST /me/feed
""",
    "requests.Session": """\
import requests
session = requests.Session()
session.headers.update({"Authorization": "Bearer x"})
session.get("https://graph.facebook.com/v24.0/me/accounts")  # => GET /me/accounts
with requests.session() as s:
    s.post("https://graph.facebook.com/v24.0/me/photos", files={})  # => POST /me/photos

class Client:
    def __init__(self):
        self.http = requests.Session()

    def pages(self):
        return self.http.get("https://graph.facebook.com/v24.0/me/accounts").json()  # => GET /me/accounts
""",
    "requests: prepared": """\
import requests
def send(token):
    prepared = requests.Request("POST", "https://graph.facebook.com/v24.0/me/feed", data={"message": "a"}).prepare()  # => POST /me/feed
    return requests.Session().send(prepared)
def read():
    request = requests.Request(method="GET", url="https://graph.facebook.com/me/likes")  # => GET /me/likes
    return requests.Session().send(request.prepare())
""",
    "httpx": """\
import httpx
httpx.get("https://graph.facebook.com/me", params={"fields": "id,name"})  # => GET /me [id,name] via=httpx
async def f(token):
    async with httpx.AsyncClient() as client:
        answer = await client.get("https://graph.facebook.com/v24.0/me/accounts")  # => GET /me/accounts
        await client.request("DELETE", f"https://graph.facebook.com/{token}/permissions")  # => DELETE /{}/permissions
        async with client.stream("GET", "https://graph.facebook.com/me/videos") as reply:  # => GET /me/videos
            return answer, reply
""",
    "httpx base_url": """\
import httpx
GRAPH = "https://graph.facebook.com/v24.0"
async def f(user):
    async with httpx.AsyncClient(base_url=GRAPH, timeout=10) as client:
        await client.get("/me/accounts")  # => GET /me/accounts version=v24.0
        await client.post(f"/{user}/feed", data={"message": "m"})  # => POST /{}/feed names=user,
        await client.get(url="me", params={"fields": ["id", "email"]})  # => GET /me [id,email]
client = httpx.Client(base_url="https://graph.facebook.com")
def g():
    return client.get("/v24.0/me/photos")  # => GET /me/photos version=v24.0
""",
    "aiohttp": """\
import aiohttp
async def f(page):
    async with aiohttp.ClientSession() as session:
        async with session.get("https://graph.facebook.com/me/accounts", params={"limit": 5}) as reply:  # => GET /me/accounts sends=limit
            await reply.json()
        async with session.post(f"https://graph.facebook.com/v24.0/{page}/photos", json={}) as reply:  # => POST /{}/photos
            pass
        async with session.request("GET", "https://graph.facebook.com/me") as reply:  # => GET /me
            pass
""",
    "aiohttp base": """\
import aiohttp
async def f(page):
    async with aiohttp.ClientSession("https://graph.facebook.com") as session:
        async with session.get("/v24.0/me/accounts") as reply:  # => GET /me/accounts
            await reply.json()
""",
    "urllib": """\
import json
import urllib.request
from urllib.parse import urlencode
from urllib.request import Request, urlopen
def f(token):
    urlopen("https://graph.facebook.com/me?access_token=" + token)  # => GET /me
    urllib.request.urlopen("https://graph.facebook.com/me/accounts?" + urlencode({"access_token": token}))  # => GET /me/accounts
    urllib.request.urlopen("https://graph.facebook.com/me/feed", data=urlencode({"message": "a"}).encode())  # => POST /me/feed
    request = Request("https://graph.facebook.com/v24.0/me/photos", data=json.dumps({"url": "x"}).encode())  # => POST /me/photos
    urlopen(request)
    urlopen(Request("https://graph.facebook.com/v24.0/12", method="DELETE"))  # => DELETE /12
    plain = urllib.request.Request("https://graph.facebook.com/me/likes")  # => GET /me/likes
    return urllib.request.urlopen(plain).read()
""",
    "urllib3": """\
import urllib3
http = urllib3.PoolManager()
http.request("GET", "https://graph.facebook.com/me/accounts", fields={"access_token": "x"})  # => GET /me/accounts
http.request("POST", "https://graph.facebook.com/me/feed", fields={"message": "x"})  # => POST /me/feed
urllib3.request("GET", "https://graph.facebook.com/me")  # => GET /me
""",
    "tornado": """\
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
async def f(token):
    client = AsyncHTTPClient()
    await client.fetch("https://graph.facebook.com/me/accounts")  # => GET /me/accounts
    await client.fetch("https://graph.facebook.com/me/feed", method="POST", body="message=hi")  # => POST /me/feed
    request = HTTPRequest("https://graph.facebook.com/me/likes", method="GET")  # => GET /me/likes
    await client.fetch(request)
""",
    "asks": """\
import asks
async def f():
    await asks.get("https://graph.facebook.com/me/accounts")  # => GET /me/accounts via=asks
    session = asks.Session("https://graph.facebook.com")
    await session.get(path="/me/photos")  # => GET /me/photos
""",
    "niquests": """\
import niquests
niquests.get("https://graph.facebook.com/me/accounts")  # => GET /me/accounts via=niquests
async def f():
    async with niquests.AsyncSession() as session:
        await session.post("https://graph.facebook.com/me/feed", data={"message": "m"})  # => POST /me/feed
""",
    "http.client and others by name": """\
from django_http import fetch_json
def f(client):
    client.get("https://graph.facebook.com/me/accounts")  # => GET /me/accounts
    return client.request("PUT", "https://graph.facebook.com/12")  # => PUT /12
""",
}


@pytest.mark.parametrize("app", CLIENTS.values(), ids=CLIENTS)
def test_http_clients(check, app):
    check(app)


ADDRESSES = {
    "urljoin": """\
from urllib.parse import urljoin
import requests
GRAPH = "https://graph.facebook.com/v24.0/"
def f(page):
    requests.get(urljoin(GRAPH, "me/accounts"))  # => GET /me/accounts version=v24.0
    requests.post(urljoin(GRAPH, f"{page}/feed"))  # => POST /{}/feed
    requests.get(urljoin("https://graph.facebook.com", "/v24.0/me"))  # => GET /me version=v24.0
""",
    "percent, format, join, plus": """\
import requests
def f(user, token, page_id):
    requests.get("https://graph.facebook.com/%s/friends?access_token=%s" % (user, token))  # => GET /{}/friends names=user,
    requests.get("https://graph.facebook.com/v24.0/{}/albums".format(user))  # => GET /{}/albums
    requests.get("https://graph.facebook.com/{version}/{page}/feed".format(version="v24.0", page=page_id))  # => GET /{}/feed version=v24.0 names=page_id,
    requests.get("https://graph.facebook.com/" + page_id + "/posts")  # => GET /{}/posts names=page_id,
    requests.get("/".join(["https://graph.facebook.com", "v24.0", "me", "accounts"]))  # => GET /me/accounts version=v24.0
    requests.get("https://graph.facebook.com/%(id)s/tagged" % {"id": page_id})  # => GET /{}/tagged
""",
    "versions": """\
import os
import requests
VERSION = "v23.0"
BARE = "22.0"
requests.get(f"https://graph.facebook.com/{VERSION}/me/accounts")  # => GET /me/accounts version=v23.0
requests.get(f"https://graph.facebook.com/v{BARE}/me/feed")  # => GET /me/feed version=v22.0
requests.get("https://graph.facebook.com/me/likes")  # => GET /me/likes version=none
requests.get(f"https://graph.facebook.com/{os.environ['GRAPH_VERSION']}/me/photos")  # => GET /me/photos version=none
requests.get(f"https://graph.facebook.com/{os.getenv('API_VERSION', 'v21.0')}/me/videos")  # => GET /me/videos
def f(api_version, user_id):
    requests.get(f"https://graph.facebook.com/{api_version}/{user_id}/events")  # => GET /{}/events version=none
    requests.get(f"https://graph.facebook.com/v{api_version}/{user_id}/groups")  # => GET /{}/groups
""",
    "a settings object's version": """\
import requests
from django.conf import settings
def f():
    return requests.get(f"https://graph.facebook.com/{settings.FB_VERSION}/me/accounts")  # => GET /me/accounts
""",
    "nodes": """\
import requests
def f(account_id, ad_account):
    requests.get(f"https://graph.facebook.com/v25.0/act_{account_id}/insights")  # => GET /act_{}/insights
    requests.get("https://graph.facebook.com/v25.0/act_123/campaigns")  # => GET /act_123/campaigns
    requests.get(f"https://graph.facebook.com/v25.0/{ad_account}")  # => GET /{} names=ad_account
    requests.get("https://graph.facebook.com/v25.0/?ids=1,2")  # => GET / sends=ids
    requests.get("https://graph.facebook.com/", params={"ids": "1,2", "fields": "name"})  # => GET / [name]
""",
    "hosts": """\
import requests
requests.get("https://graph.instagram.com/me?fields=id,username")  # => GET /me host=graph.instagram.com [id,username]
requests.get("https://graph.instagram.com/v24.0/me/media")  # => GET /me/media host=graph.instagram.com
requests.post("https://graph.threads.net/v1.0/me/threads")  # => POST /me/threads host=graph.threads.net
requests.post("https://graph.threads.com/v1.0/me/threads_publish")  # => POST /me/threads_publish host=graph.threads.com
requests.get("http://graph.facebook.com/me/accounts")  # => GET /me/accounts
requests.get("https://GRAPH.facebook.com/me/feed")  # => GET /me/feed host=graph.facebook.com
""",
    "fields": """\
import requests
FIELDS = ["id", "name"]
URL = "https://graph.facebook.com/me"
def f(wanted):
    requests.get(URL, params={"fields": "id,name,email"})  # => GET /me [id,name,email]
    requests.get(URL, params={"fields": ",".join(FIELDS)})  # => GET /me [id,name]
    requests.get(URL, params={"fields": ",".join([*FIELDS, "email"])})  # => GET /me [id,name,email]
    requests.get(URL, params=dict(fields="id", access_token="x"))  # => GET /me [id]
    requests.get(URL, {"fields": "birthday"})  # => GET /me [birthday]
    requests.get(URL + "?fields=accounts{access_token,name},likes.limit(5)&limit=3")  # => GET /me [accounts.access_token,accounts.name,accounts,likes]
    requests.get(URL, params={"fields": wanted})  # => GET /me [?]
    requests.get(URL, params=wanted)  # => GET /me [?]
    requests.get(URL)  # => GET /me []
    params = {"access_token": "x"}
    params["fields"] = "hometown"
    requests.get(URL, params=params)  # => GET /me [hometown]
""",
    "tokens": """\
import os
import requests
from flask import session
TOKEN = os.environ["PAGE_TOKEN"]
requests.get("https://graph.facebook.com/me/accounts", params={"access_token": TOKEN})  # => GET /me/accounts outside
requests.get("https://graph.facebook.com/me/feed?access_token=" + os.getenv("TOKEN"))  # => GET /me/feed outside
def f(token):
    requests.get("https://graph.facebook.com/me/likes", params={"access_token": token})  # => GET /me/likes inside
    requests.get("https://graph.facebook.com/me/photos", params={"access_token": session["token"]})  # => GET /me/photos inside
    headers = {"Authorization": f"Bearer {TOKEN}"}
    requests.get("https://graph.facebook.com/me/videos", headers=headers)  # => GET /me/videos outside
    requests.get("https://graph.facebook.com/me/events", headers={"Authorization": "Bearer " + token})  # => GET /me/events inside
""",
    "batch": """\
import json
import requests
def f(token):
    batch = [
        {"method": "GET", "relative_url": "me?fields=name,email"},
        {"method": "POST", "relative_url": "v24.0/me/feed", "body": "message=hello"},
        {"relative_url": "me/accounts"},
    ]
    return requests.post("https://graph.facebook.com/", data={"batch": json.dumps(batch), "access_token": token})  # => GET /me [name,email]; POST /me/feed sends=message; GET /me/accounts
""",
    "batch of a version": """\
import json
import requests
def f(token):
    return requests.post(  # => DELETE /12 version=v24.0; GET /{}/insights
        "https://graph.facebook.com/v24.0",
        params={"batch": json.dumps([dict(method="DELETE", relative_url="12"), {"method": "GET", "relative_url": f"{token}/insights"}])},
    )
""",
    "conditional": """\
import requests
def f(video, page):
    edge = "videos" if video else "photos"
    requests.post(f"https://graph.facebook.com/v24.0/{page}/{edge}")  # => POST /{}/videos; POST /{}/photos
    for connection in ("likes", "comments"):
        requests.get("https://graph.facebook.com/12/" + connection)  # => GET /12/likes; GET /12/comments
    base = "https://graph.facebook.com"
    if page:
        base = "https://graph.instagram.com"
    requests.get(base + "/me")  # => GET /me host=graph.facebook.com; GET /me host=graph.instagram.com
""",
    "parameters added in steps": """\
import requests
def f(after=None):
    url = "https://graph.facebook.com/v24.0/me/accounts"
    while url:
        answer = requests.get(url, params={"fields": "id"}).json()  # => GET /me/accounts [id]
        url = answer.get("paging", {}).get("next")
""",
    "unknown method": """\
import requests
def f(verb):
    return requests.request(verb, "https://graph.facebook.com/v24.0/12/feed")  # => ? /12/feed
def g(how, page):
    return requests.request(method=how, url=f"https://graph.facebook.com/{page}/x")  # => ? /{}/x
""",
    "unresolved": """\
import requests
def f(path, token):
    return requests.get(f"https://graph.facebook.com/v24.0/{path}", params={"access_token": token})  # => unresolved
def g(endpoint):
    return requests.post("https://graph.facebook.com/" + endpoint)  # => unresolved
""",
}


@pytest.mark.parametrize("app", ADDRESSES.values(), ids=ADDRESSES)
def test_addresses(check, app):
    check(app)


LIBRARIES = {
    "authlib": """\
from authlib.integrations.flask_client import OAuth
oauth = OAuth()
oauth.register("facebook", api_base_url="https://graph.facebook.com/v24.0/", client_kwargs={"scope": "email"})
def f(token):
    profile = oauth.facebook.get("me?fields=id,email", token=token).json()  # => GET /me [id,email] version=v24.0
    oauth.facebook.post("me/feed", data={"message": "x"})  # => POST /me/feed
    return profile.get("name")
""",
    "authlib: create_client and full address": """\
from authlib.integrations.starlette_client import OAuth
oauth = OAuth()
facebook = oauth.register(name="facebook", api_base_url="https://graph.facebook.com")
async def f(token):
    await facebook.get("me/accounts", token=token)  # => GET /me/accounts
    client = oauth.create_client("facebook")
    await client.get("https://graph.facebook.com/me", params={"fields": "email"})  # => GET /me [email]
""",
    "flask-dance": """\
from flask_dance.contrib.facebook import facebook, make_facebook_blueprint
blueprint = make_facebook_blueprint(scope="email")
def f():
    answer = facebook.get("/me?fields=name,email")  # => GET /me [name,email] via=flask_dance
    blueprint.session.get("/me/accounts")  # => GET /me/accounts
    return answer.json()["name"]
""",
    "requests-oauthlib": """\
from requests_oauthlib import OAuth2Session
from requests_oauthlib.compliance_fixes import facebook_compliance_fix
def f(client_id, state):
    session = facebook_compliance_fix(OAuth2Session(client_id))
    plain = OAuth2Session(client_id, state=state)
    plain.fetch_token("https://graph.facebook.com/oauth/access_token", client_secret="x")  # => POST /oauth/access_token
    plain.get("https://graph.facebook.com/me?fields=email").json()  # => GET /me [email]
    return session.get("https://graph.facebook.com/me/accounts")  # => GET /me/accounts
""",
    "rauth": """\
from rauth import OAuth2Service
facebook = OAuth2Service(client_id="1", client_secret="2", name="facebook", base_url="https://graph.facebook.com/")
def f(code):
    session = facebook.get_auth_session(data={"code": code})
    return session.get("me").json()  # => GET /me
""",
    "facebook-sdk": """\
import facebook
def f(token, page_id):
    graph = facebook.GraphAPI(access_token=token, version="3.1")
    graph.get_object("me", fields="id,email")  # => GET /me [id,email] via=facebook-sdk
    graph.get_object(id=page_id, fields="fan_count")  # => GET /{} [fan_count]
    graph.get_connections("me", "accounts")  # => GET /me/accounts
    graph.get_connections(id=page_id, connection_name="feed")  # => GET /{}/feed
    graph.get_all_connections(page_id, "posts")  # => GET /{}/posts
    graph.put_object(parent_object="me", connection_name="feed", message="hi")  # => POST /me/feed
    graph.put_object(page_id, "feed", message="hi")  # => POST /{}/feed
    graph.put_comment(object_id="1_2", message="hi")  # => POST /1_2/comments
    graph.put_like(object_id="1_2")  # => POST /1_2/likes
    graph.put_photo(image=open("a.jpg", "rb"))  # => POST /me/photos
    graph.put_photo(image=b"", album_path=page_id + "/photos")  # => POST /{}/photos
    graph.delete_object(id="12_3")  # => DELETE /12_3
    graph.get_permissions("12")  # => GET /12/permissions
    graph.request("/v24.0/me/albums")  # => GET /me/albums
    graph.request(f"{page_id}/subscribed_apps", args={"subscribed_fields": "feed"}, method="POST")  # => POST /{}/subscribed_apps
    graph.request("me/feed", post_args={"message": "m"})  # => POST /me/feed
    return graph.get_objects(["1", "2"], fields="name")  # => GET / [name]
""",
    "facebook-sdk in a class": """\
from facebook import GraphAPI
class Poster:
    def __init__(self, token):
        self.graph = GraphAPI(token)
    def pages(self):
        return self.graph.get_connections("me", "accounts")["data"]  # => GET /me/accounts
    def post(self, page, text):
        self.graph.put_object(page, "feed", message=text)  # => POST /{}/feed
""",
    "facepy": """\
from facepy import GraphAPI
def f(token, group):
    graph = GraphAPI(token)
    graph.get("me/posts")  # => GET /me/posts via=facepy
    graph.get(f"{group}/feed", fields="message")  # => GET /{}/feed [message]
    graph.post(path="me/feed", message="hi")  # => POST /me/feed
    return graph.delete("12_3")  # => DELETE /12_3
""",
    "pyfacebook": """\
from pyfacebook import GraphAPI
def f(page_id):
    api = GraphAPI(app_id="1", app_secret="2", access_token="t")
    api.get_object(object_id="me", fields="id,email")  # => GET /me [id,email]
    api.get_connection(object_id="me", connection="accounts")  # => GET /me/accounts
    api.get_full_connections(page_id, "posts", fields="message")  # => GET /{}/posts [message]
    api.post_object(object_id=page_id, connection="feed", data={"message": "x"})  # => POST /{}/feed
    api.delete_object(object_id="12", connection="likes")  # => DELETE /12/likes
    return api.get("me/photos", args={"fields": "id"})  # => GET /me/photos [id]
""",
    "pymessenger": """\
from pymessenger.bot import Bot
bot = Bot("token")
def f(sender):
    bot.send_text_message(sender, "hello")  # => POST /me/messages via=pymessenger
    bot.send_image_url(sender, "https://example.com/a.png")  # => POST /me/messages
""",
    "tornado's mixin": """\
import tornado.auth
import tornado.web
class Main(tornado.web.RequestHandler, tornado.auth.FacebookGraphMixin):
    async def get(self):
        await self.facebook_request("/me/feed", post_args={"message": "m"}, access_token=self.token)  # => POST /me/feed via=tornado
        return await self.facebook_request(path="/me/accounts", access_token=self.token, fields="id")  # => GET /me/accounts [id]
""",
    "Meta's SDK": """\
from facebook_business.api import FacebookAdsApi
from facebook_business.adobjects.adaccount import AdAccount
from facebook_business.adobjects.campaign import Campaign
from facebook_business.adobjects.user import User
from facebook_business.adobjects.page import Page
def f(account, token):
    FacebookAdsApi.init(access_token=token)
    ads = AdAccount(f"act_{account}")
    ads.get_insights(fields=["spend", "impressions"], params={"level": "ad"})  # => GET /act_{}/insights [spend,impressions] sends=fields,level via=facebook_business
    for campaign in ads.get_campaigns(fields=[Campaign.Field.id, Campaign.Field.name]):  # => GET /act_{}/campaigns [id,name]
        campaign.api_update(params={"status": "PAUSED"})  # => POST /{}
    User("me").get_accounts()  # => GET /me/accounts
    me = User(fbid="me")
    me.api_get(fields=[User.Field.id])  # => GET /me [id]
    ads.api_get(fields=[AdAccount.Field.name, AdAccount.Field.balance])  # => GET /act_{} [name,balance]
    Page("12").create_feed(params={"message": "m"})  # => POST /12/feed
    Campaign("55").api_delete()  # => DELETE /55
""",
    "Meta's SDK: chains": """\
from facebook_business.adobjects.adaccount import AdAccount
def f(account_id):
    campaigns = AdAccount(account_id).get_campaigns()  # => GET /{}/campaigns
    campaigns[0].get_ad_sets()  # => GET /{}/adsets
    new = AdAccount("act_1").create_campaign(fields=[], params={"name": "a"})  # => POST /act_1/campaigns
    return new.api_get(fields=["name"])  # => GET /{} [name]
""",
    "Meta's SDK: a method is handed over": """\
import time
from facebook_business.adobjects.adaccount import AdAccount
def retry(function, *args, **kwargs):
    for _ in range(3):
        try:
            return function(*args, **kwargs)
        except Exception:
            time.sleep(1)
def f():
    account = AdAccount("act_1")
    retry(account.create_campaign, fields=[], params={"name": "a"})  # => POST /act_1/campaigns
    return retry(account.get_insights, params={"level": "ad"}, fields=["spend"])  # => GET /act_1/insights [spend]
""",
    "Meta's SDK: asynchronous": """\
from facebook_business.adobjects.adaccount import AdAccount
def f():
    account = AdAccount("act_1")
    return account.get_insights(params={"level": "ad"}, is_async=True)  # => POST /act_1/insights
""",
}


@pytest.mark.parametrize("app", LIBRARIES.values(), ids=LIBRARIES)
def test_libraries(check, app):
    check(app)
