"""Calls of the Graph API, in little apps: beside each line stands which calls are reported there, as conftest.py explains."""

from __future__ import annotations

import pytest


@pytest.fixture
def check(check_calls):
    return check_calls


CLIENTS = {
    "requests": """\
import requests
TOKEN = "x"
requests.get("https://graph.facebook.com/v24.0/me/accounts", params={"access_token": TOKEN}, timeout=3)  # => GET /me/accounts version=v24.0 host=graph.facebook.com via=requests [] outside
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
    "urllib: data": """\
from urllib.request import Request, urlopen
def f(message, data=None):
    urlopen("https://graph.facebook.com/me/feed", b"message=hi")  # => POST /me/feed sends=message
    urlopen("https://graph.facebook.com/me/photos", data)  # => ? /me/photos
    urlopen("https://graph.facebook.com/me/likes", None, 10)  # => GET /me/likes
    return urlopen(Request("https://graph.facebook.com/me/albums", message.encode()))  # => POST /me/albums
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
    "http.client": """\
import http.client
connection = http.client.HTTPSConnection("graph.facebook.com")
connection.request("GET", "/v24.0/me/accounts")  # => GET /me/accounts version=v24.0
connection.request("POST", "/v24.0/me/feed", "message=hi")  # => POST /me/feed
other = http.client.HTTPSConnection("api.example.com")
other.request("GET", "/me/likes")
""",
    "a batch of equal calls in threads": """\
from concurrent.futures import ThreadPoolExecutor
import requests
URLS = ["https://graph.facebook.com/me/likes", "https://graph.facebook.com/me/posts"]
def f():
    with ThreadPoolExecutor() as pool:
        return list(pool.map(requests.get, URLS))  # => GET /me/likes; GET /me/posts
""",
    "yarl, furl": """\
import aiohttp
import requests
from furl import furl
from yarl import URL
async def f():
    async with aiohttp.ClientSession() as session:
        await session.get(URL("https://graph.facebook.com/me/accounts").with_query({"fields": "id"}))  # => GET /me/accounts [id]
    return requests.get(furl("https://graph.facebook.com/me/likes").add({"fields": "id"}).url)  # => GET /me/likes [id]
""",
    "others by name": """\
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
requests.post("https://graph-video.facebook.com/v24.0/me/videos")  # => POST /me/videos host=graph-video.facebook.com
requests.post("https://rupload.facebook.com/video-upload/v24.0/12")  # => POST /video-upload/v24.0/12 host=rupload.facebook.com
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
        {"relative_url": "https://graph.facebook.com/v23.0/me/likes?limit=5"},
    ]
    return requests.post("https://graph.facebook.com/", data={"batch": json.dumps(batch), "access_token": token})  # => GET /me [name,email]; POST /me/feed sends=message; GET /me/accounts; GET /me/likes version=v23.0
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
    "a batch of which not all is known": """\
import json
import requests
def f(ids, more):
    batch = [{"relative_url": f"{one}/feed"} for one in ids]
    requests.post("https://graph.facebook.com/", data={"batch": json.dumps(batch)})  # => unresolved
    requests.post("https://graph.facebook.com/", data={"batch": more})  # => unresolved
    some = [{"relative_url": "me/accounts"}]
    some.append({"method": "GET", "relative_url": "me/likes"})
    some.extend(more)
    return requests.post("https://graph.facebook.com", json={"batch": some})  # => GET /me/accounts; GET /me/likes; unresolved
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
    return answer.json()["name"]
""",
    "requests-oauthlib": """\
from requests_oauthlib import OAuth2Session
from requests_oauthlib.compliance_fixes import facebook_compliance_fix
def f(client_id, state):
    session = facebook_compliance_fix(OAuth2Session(client_id))
    plain = OAuth2Session(client_id, state=state)
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
    graph.search("place", q="coffee", fields="name")  # => GET /search [name] sends=fields,q,type
    graph.debug_access_token(token, "1", "2")  # => GET /debug_token
""",
    "facebook-sdk in a class": """\
from facebook import GraphAPI
class Poster:
    def __init__(self, token):
        self.graph = GraphAPI(token, version="3.1")
    def pages(self):
        return self.graph.get_connections("me", "accounts")["data"]  # => GET /me/accounts version=v3.1
    def post(self, page, text):
        self.graph.put_object(page, "feed", message=text)  # => POST /{}/feed
""",
    "facepy": """\
from facepy import GraphAPI  # for graph.facebook.com
def f(token, group):
    graph = GraphAPI(token)
    graph.get("me/posts")  # => GET /me/posts via=facepy
    graph.get(f"{group}/feed", fields="message")  # => GET /{}/feed [message]
    graph.post(path="me/feed", message="hi")  # => POST /me/feed
    graph.search("coffee", type="place")  # => GET /search
    graph.batch([{"method": "GET", "relative_url": "me/accounts"}, {"method": "POST", "relative_url": "me/feed"}])  # => GET /me/accounts ; POST /me/feed
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
    "pyfacebook's other APIs": """\
from pyfacebook import FacebookApi, IGBasicDisplayApi, ThreadsGraphAPI
def f(page_id):
    api = FacebookApi(access_token="t", version="v19.0")
    api.get_object("me", "id,email")  # => GET /me [id,email] version=v19.0
    api.get_objects("12,34", fields="name")  # => GET / sends=fields,ids
    api.post_object(page_id, "feed", None, {"message": "x"})  # => POST /{}/feed sends=message
    IGBasicDisplayApi(access_token="t").get_connection("me", "media", fields="id")  # => GET /me/media host=graph.instagram.com [id]
    threads = ThreadsGraphAPI(access_token="t")
    threads.get_object("me", fields="id,username")  # => GET /me host=graph.threads.net [id,username]
    return threads.post_object("me", "threads", params={"media_type": "TEXT"})  # => POST /me/threads host=graph.threads.net
""",
    "pymessenger": """\
from pymessenger.bot import Bot  # for graph.facebook.com
bot = Bot("token")
def f(sender):
    bot.send_text_message(sender, "hello")  # => POST /me/messages via=pymessenger
    bot.send_image_url(sender, "https://example.com/a.png")  # => POST /me/messages
    bot.send_raw({"recipient": {"id": sender}, "message": {"text": "hello"}})  # => POST /me/messages
    bot.set_get_started({"get_started": {"payload": "start"}})  # => POST /me/messenger_profile
    bot.remove_persistent_menu()  # => DELETE /me/messenger_profile
    return bot.get_user_info(sender, fields="name,locale")  # => GET /{} [name,locale]
""",
    "pywa": """\
from pywa import WhatsApp
from pywa.types import Message
wa = WhatsApp(phone_id="1", token="x")
wa.send_message(to="49", text="Hello")  # => POST /{}/messages via=pywa sends=messaging_product
wa.send_template(to="49", name="hello", language="en")  # => POST /{}/messages
wa.upload_media("a.png")  # => POST /{}/media
wa.get_media_url("12")  # => GET /12
wa.get_templates()  # => GET /{}/message_templates
@wa.on_message
def answer(client: WhatsApp, message: Message):
    client.mark_message_as_read(message.id)  # => POST /{}/messages
""",
    "heyoo": """\
from heyoo import WhatsApp
messenger = WhatsApp("token", phone_number_id="1")
messenger.send_message("Hello", "49")  # => POST /{}/messages via=heyoo sends=messaging_product
messenger.send_template("hello_world", "49")  # => POST /{}/messages
messenger.query_media_url("12")  # => GET /12
messenger.delete_media(media_id="12")  # => DELETE /12
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
def g(later):
    account = AdAccount("act_2")
    account.get_insights(is_async=False)  # => GET /act_2/insights
    account.get_insights(is_async=later)  # => ? /act_2/insights
    return account.get_campaigns(is_async=True)  # => GET /act_2/campaigns
""",
    "Meta's SDK: constants of fields": """from facebook_business.adobjects.adsinsights import AdsInsights
from facebook_business.adobjects.adaccount import AdAccount
WANTED = [AdsInsights.Field.spend, AdsInsights.Field.field_1d_click]
def f():
    return AdAccount("act_1").get_insights(fields=WANTED)  # => GET /act_1/insights [spend,1d_click]
""",
}


@pytest.mark.parametrize("app", LIBRARIES.values(), ids=LIBRARIES)
def test_libraries(check, app):
    check(app)


WRAPPERS = {
    "function": """\
import requests
GRAPH = "https://graph.facebook.com/v24.0"
def api(path, **params):
    return requests.get(f"{GRAPH}/{path}", params=params).json()
def pages(token):
    return api("me/accounts", access_token=token)  # => GET /me/accounts version=v24.0
def profile(token):
    return api("me", fields="id,email", access_token=token)  # => GET /me [id,email]
""",
    "function with a method": """\
import requests
def call(method, endpoint, token, data=None):
    url = "https://graph.facebook.com/v24.0/" + endpoint
    return requests.request(method, url, params={"access_token": token}, json=data)
def f(token, page_id):
    call("GET", "me/accounts", token)  # => GET /me/accounts
    call("POST", f"{page_id}/feed", token, {"message": "x"})  # => POST /{}/feed
    call(method="delete", endpoint=page_id + "/subscribed_apps", token=token)  # => DELETE /{}/subscribed_apps
""",
    "method": """\
import requests
class Graph:
    BASE = "https://graph.facebook.com/v24.0"
    def __init__(self, token):
        self.token = token
    def _get(self, path, params=None):
        return requests.get(f"{self.BASE}/{path}", params={**(params or {}), "access_token": self.token}).json()
    def pages(self):
        return self._get("me/accounts")  # => GET /me/accounts
    def insights(self, page_id):
        return self._get(f"{page_id}/insights", {"metric": "page_fans"})  # => GET /{}/insights
def f(token):
    return Graph(token).pages()
""",
    "method called from outside": """\
import requests
class Graph:
    def __init__(self, token, base="https://graph.facebook.com/v24.0"):
        self.base = base
        self.token = token
    def get(self, path):
        return requests.get(self.base + path, headers={"Authorization": "Bearer " + self.token})
def f(token):
    graph = Graph(token)
    graph.get("/me/accounts")  # => GET /me/accounts
    return graph.get("/me/likes")  # => GET /me/likes
""",
    "inherited": """\
import requests
class Base:
    host = None
    def fetch(self, path):
        return requests.get(f"https://{self.host}/v24.0/{path}").json()
class Facebook(Base):
    host = "graph.facebook.com"
    def pages(self):
        return self.fetch("me/accounts")  # => GET /me/accounts host=graph.facebook.com
class Instagram(Base):
    host = "graph.instagram.com"
    def media(self):
        return self.fetch("me/media")  # => GET /me/media host=graph.instagram.com
""",
    "partial": """\
import functools
import requests
def call(method, path):
    return requests.request(method, "https://graph.facebook.com/v24.0/" + path)
post = functools.partial(call, "POST")
def f(page):
    post("me/feed")  # => POST /me/feed
    functools.partial(requests.get, "https://graph.facebook.com/me/photos")()  # => GET /me/photos
""",
    "defaults": """\
import requests
def media(path="me/media", host="https://graph.instagram.com"):
    return requests.get(f"{host}/{path}")  # => GET /me/media host=graph.instagram.com
def f():
    media()
    media("me/stories")  # => GET /me/stories
""",
    "two levels deep": """\
import requests
def send(verb, url, params):
    return requests.request(verb, url, params=params)
def get(path, **params):
    return send("GET", f"https://graph.facebook.com/v24.0/{path}", params)
def f(token):
    return get("me/accounts", access_token=token, fields="id")  # => GET /me/accounts [id]
def g(token):
    return get("me/photos")  # => GET /me/photos
""",
    "the endpoint is named in the middle": """\
import requests
def get(path, token):
    return requests.get("https://graph.facebook.com/v24.0/" + path, params={"access_token": token})
def pages(token):
    return get("me/accounts", token)  # => GET /me/accounts
def home(token):
    return pages(token)
def both(token):
    return home(token), pages(token)
""",
    "another module": {
        "app/graph.py": """\
import requests
from app import config
def graph_get(path, token):
    return requests.get(f"{config.GRAPH}/{path}", params={"access_token": token})
""",
        "app/config.py": """\
GRAPH = "https://graph.facebook.com/v24.0"
""",
        "app/__init__.py": "",
        "app/views.py": """\
from app.graph import graph_get
def pages(token):
    return graph_get("me/accounts", token)  # => GET /me/accounts
""",
        "app/jobs.py": """\
from app import graph
def likes(token):
    return graph.graph_get(path="me/likes", token=token)  # => GET /me/likes
""",
    },
    "a class in another module": {
        "client.py": """\
import requests
class GraphClient:
    def __init__(self, token):
        self.token = token
        self.session = requests.Session()
    def request(self, method, path, **kwargs):
        return self.session.request(method, "https://graph.facebook.com/v24.0" + path, **kwargs)
    def get(self, path, **kwargs):
        return self.request("GET", path, **kwargs)
""",
        "use.py": """\
from client import GraphClient
def pages(token):
    client = GraphClient(token)
    client.request("POST", "/me/feed", json={"message": "x"})  # => POST /me/feed
    return client.get("/me/accounts", params={"fields": "id"})  # => GET /me/accounts [id]
""",
    },
    "settings constant": {
        "settings.py": """\
FACEBOOK_GRAPH_URL = "https://graph.facebook.com/v23.0"
""",
        "views.py": """\
import requests
from django.conf import settings
def f(token):
    return requests.get(f"{settings.FACEBOOK_GRAPH_URL}/me/accounts", params={"access_token": token})  # => GET /me/accounts version=v23.0
""",
    },
    "environment default": """\
import os
import requests
BASE = os.environ.get("GRAPH_URL", "https://graph.facebook.com/v22.0")
def f():
    return requests.get(BASE + "/me/accounts")  # => GET /me/accounts version=v22.0
""",
    "a client's subclass": """\
import httpx
from requests_toolbelt.sessions import BaseUrlSession
class Graph(httpx.Client):
    def __init__(self):
        super().__init__(base_url="https://graph.facebook.com/v24.0")
    def pages(self):
        return self.get("/me/accounts")  # => GET /me/accounts
def f():
    session = BaseUrlSession(base_url="https://graph.facebook.com/")
    session.get("me/likes")  # => GET /me/likes
""",
    "a short name in another module": {
        "app/graph.py": """\
import requests
def get(path, token):
    return requests.get(f"https://graph.facebook.com/{path}", params={"access_token": token})
""",
        "app/views.py": """\
from app.graph import get
def pages(token):
    return get("me/accounts", token)  # => GET /me/accounts
""",
    },
    "asynchronous wrapper": """\
import httpx
class Threads:
    def __init__(self, token):
        self.client = httpx.AsyncClient(base_url="https://graph.threads.net/v1.0")
        self.token = token
    async def _call(self, method, path, **params):
        answer = await self.client.request(method, path, params={"access_token": self.token, **params})
        return answer.json()
    async def publish(self, user, text):
        made = await self._call("POST", f"/{user}/threads", media_type="TEXT", text=text)  # => POST /{}/threads host=graph.threads.net
        return await self._call("POST", f"/{user}/threads_publish", creation_id=made["id"])  # => POST /{}/threads_publish sends=access_token,creation_id
""",
    "decorated": """\
import requests
def retry(function):
    def inner(*args, **kwargs):
        return function(*args, **kwargs)
    return inner
@retry
def get(path):
    return requests.get("https://graph.facebook.com/" + path)
def f():
    return get("me/accounts")  # => GET /me/accounts
""",
    "an address is built by a function": """\
import requests
def graph_url(path, version="v24.0"):
    return f"https://graph.facebook.com/{version}/{path}"
def f(page):
    requests.get(graph_url("me/accounts"))  # => GET /me/accounts version=v24.0
    return requests.post(graph_url(f"{page}/feed", version="v23.0"))  # => POST /{}/feed version=v23.0
""",
    "a table of addresses": """\
import requests
URLS = {"pages": "https://graph.facebook.com/me/accounts", "likes": "https://graph.facebook.com/me/likes"}
class Urls:
    PHOTOS = "https://graph.facebook.com/me/photos"
def f(kind):
    requests.get(URLS["pages"])  # => GET /me/accounts
    requests.get(Urls.PHOTOS)  # => GET /me/photos
""",
    "nobody calls the wrapper": """\
import requests
class Client:
    def get(self, path):
        return requests.get("https://graph.facebook.com/v24.0/" + path)  # => unresolved
    def node(self, page_id):
        return requests.get(f"https://graph.facebook.com/v24.0/{page_id}")  # => GET /{} names=page_id
""",
    "a property holds the base": """\
import requests
class Graph:
    def __init__(self, version="v24.0"):
        self.version = version
    @property
    def base(self):
        return f"https://graph.facebook.com/{self.version}"
    def url(self, *parts):
        return "/".join([self.base, *parts])
    def pages(self):
        return requests.get(self.url("me", "accounts"))  # => GET /me/accounts
""",
    "a wrapper is handed to a thread": """\
import asyncio
import requests
def api(path):
    return requests.get("https://graph.facebook.com/" + path)
async def f():
    api("me")  # => GET /me
    return await asyncio.to_thread(api, "me/accounts")  # => GET /me/accounts
""",
    "a path of yarl": """\
import aiohttp
from yarl import URL
async def f():
    async with aiohttp.ClientSession() as session:
        return await session.get(URL("https://graph.facebook.com") / "me" / "likes")  # => GET /me/likes
""",
    "a lambda": """\
import requests
get = lambda path: requests.get("https://graph.facebook.com/" + path)
def f():
    return get("me/accounts")  # => GET /me/accounts
""",
    "handed to a thread": """\
import asyncio
from concurrent.futures import ThreadPoolExecutor
import requests
async def f(token):
    await asyncio.to_thread(requests.get, "https://graph.facebook.com/me/accounts")  # => GET /me/accounts
    loop = asyncio.get_event_loop()
    await loop.run_in_executor(None, requests.post, "https://graph.facebook.com/me/feed")  # => POST /me/feed
    with ThreadPoolExecutor() as pool:
        pool.submit(requests.get, "https://graph.facebook.com/me/likes")  # => GET /me/likes
""",
}
OPEN = {
    "a path of yarl": "`/` of something from outside is not followed",
}


def cases(apps):
    return [
        pytest.param(app, id=name, marks=[pytest.mark.xfail(reason=OPEN[name])] if name in OPEN else [])
        for name, app in apps.items()
    ]


@pytest.mark.parametrize("app", cases(WRAPPERS))
def test_wrappers(check, app):
    check(app)


TRAPS = {
    "other hosts": """\
import requests
requests.get("https://api.example.com/me/accounts")
requests.get("https://graph.microsoft.com/v1.0/me")
requests.get("https://www.facebook.com/zuck")
requests.get("https://developers.facebook.com/docs")
requests.get("https://graph.facebook.com.example.com/me")
requests.get("https://example.com/?next=https://graph.facebook.com/me/accounts")
""",
    "nothing is called": '''\
"""GET https://graph.facebook.com/v24.0/me/accounts lists the Pages."""
import logging
URL = "https://graph.facebook.com/v24.0/me/accounts"
log = logging.getLogger(__name__)
def f(user):
    """See https://graph.facebook.com/me/likes."""
    built = f"https://graph.facebook.com/{user}/feed"
    log.info("calling https://graph.facebook.com/me/photos")
    log.debug("calling %s", built)
    logging.warning(URL)
    print("https://graph.facebook.com/me/videos", built)
    raise ValueError(f"https://graph.facebook.com/{user} failed")
''',
    "reading an answer": """\
import requests
from authlib.integrations.flask_client import OAuth
oauth = OAuth()
oauth.register("facebook", api_base_url="https://graph.facebook.com/")
def f(token):
    answer = requests.get("https://graph.facebook.com/me?fields=name")  # => GET /me
    data = answer.json()
    data.get("name")
    answer.json().get("email", "none")
    answer.headers.get("x-app-usage")
    reply = oauth.facebook.get("me/accounts")  # => GET /me/accounts
    reply.json().get("data")
    for page in reply.json().get("data", []):
        page.get("access_token")
    return reply.headers.get("etag")
""",
    "an answer of a client with a base address": """\
import httpx
client = httpx.Client(base_url="https://graph.facebook.com/v24.0")
def f():
    answer = client.get("/me")  # => GET /me
    client.headers.get("user-agent")
    client.cookies.get("session")
    return answer.json().get("name")
""",
    "dictionaries and caches": """\
import os
import redis
from flask import request, session
cache = redis.Redis()
def f(settings):
    cache.get("accounts")
    os.environ.get("FACEBOOK_URL")
    os.environ.get("FACEBOOK_URL", "https://graph.facebook.com/me/accounts")
    settings.get("url", "https://graph.facebook.com/me/likes")
    request.args.get("code")
    session.get("facebook_token")
    return settings.get("graph.facebook.com")
""",
    "addresses handed to what does not call": """\
from urllib.parse import urlparse, urlencode
import re
def f(token):
    urlparse("https://graph.facebook.com/me/accounts")
    re.match("https://graph.facebook.com/(.*)", "x")
    allowed = ["https://graph.facebook.com/me/feed"]
    allowed.append("https://graph.facebook.com/me/likes")
    return "https://graph.facebook.com/me?" + urlencode({"access_token": token}), {"url": "https://graph.facebook.com/me/photos"}
""",
    "the login's own addresses": """\
from requests_oauthlib import OAuth2Session
AUTHORIZE = "https://www.facebook.com/dialog/oauth"
def f():
    session = OAuth2Session("1", scope="email")
    return session.authorization_url(AUTHORIZE)
""",
    "a picture's address": """\
def avatar(user_id):
    return {"src": f"https://graph.facebook.com/{user_id}/picture?type=large"}
""",
    "mocks and routes": """\
from flask import Flask
app = Flask(__name__)
FACEBOOK = "https://graph.facebook.com"
@app.get("/me/accounts")
def accounts():
    return {}
@app.post("/me/feed")
def feed():
    return {}
""",
}


@pytest.mark.parametrize("app", cases(TRAPS))
def test_what_is_no_call(check, app):
    check(app)


def test_a_call_says_why_it_is_not_resolved(check):
    (call,) = check(ADDRESSES["unresolved"].partition("def g")[0])
    assert call.unknown_because == "it is the argument 'path' of a call that nobody can see"


def test_a_test_file_calls_nothing(calls_of):
    app = {"tests/test_graph.py": CLIENTS["requests"], "app.py": CLIENTS["niquests"]}
    assert {call.place.path for call in calls_of(app)} == {"app.py"}


def test_the_place_is_the_whole_call_that_names_the_endpoint(check):
    calls = check(WRAPPERS["function"])
    assert [(call.place.line, call.place.column, call.place.end_column) for call in calls] == [
        (6, 12, 50),
        (8, 12, 60),
    ]
    assert [call.statement.column for call in calls] == [5, 5]


def test_a_secret_in_an_address_is_not_kept(check):
    token = "EAAB" + "x7Yz" * 30
    (call,) = check(
        f'import requests\nrequests.get("https://graph.facebook.com/me", params={{"access_token": "{token}"}})  # => GET /me\n'
    )
    assert token not in repr(call)
