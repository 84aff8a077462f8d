"""Little apps the whole way: what nothing uses is told, and nothing where it can't be known."""

from __future__ import annotations

import pytest

from permlint.testing import run_files

CODE = "PRM201"

HEAD = """\
import requests
from flask_dance.contrib.facebook import make_facebook_blueprint, facebook
"""

BAD = {
    "likes besides a profile": HEAD
    + """\
login = make_facebook_blueprint(
    scope=[
        "email",
        "user_likes",  # <- PRM201 user_likes
    ],
)


def me():
    return facebook.get("/me?fields=name,email").json()["name"]
""",
    "email that is never read": HEAD
    + """\
login = make_facebook_blueprint(scope="public_profile,email")  # <- PRM201 email


def me():
    return facebook.get("/me?fields=id,name").json()
""",
    "a dialog's address": """\
import requests
from urllib.parse import urlencode

SCOPES = [
    "email",
    "user_friends",
    "user_photos",  # <- PRM201 user_photos
]


def login_url(app_id):
    query = urlencode({"client_id": app_id, "scope": ",".join(SCOPES)})
    return "https://www.facebook.com/v24.0/dialog/oauth?" + query


def read(token):
    requests.get("https://graph.facebook.com/v24.0/me", params={"fields": "email", "access_token": token}, timeout=9)
    return requests.get("https://graph.facebook.com/v24.0/me/friends", params={"access_token": token}, timeout=9)
""",
    "a wrapper": {
        "login.py": """\
SOCIALACCOUNT_PROVIDERS = {
    "facebook": {
        "SCOPE": [
            "email",
            "user_birthday",  # <- PRM201 user_birthday
        ],
    },
}
INSTALLED_APPS = ["allauth.socialaccount.providers.facebook"]
""",
        "graph.py": """\
import requests


def read(path, token, **params):
    return requests.get(f"https://graph.facebook.com/v24.0/{path}", params={**params, "access_token": token}, timeout=9)


def profile(token):
    return read("me", token, fields="id,name,email")
""",
    },
    "a Page's posts are written, photos never": HEAD
    + """\
login = make_facebook_blueprint(
    scope="pages_show_list,pages_read_engagement,pages_manage_posts,user_photos"  # <- PRM201 user_photos
)


def publish(page_id, token, text):
    requests.get("https://graph.facebook.com/v24.0/me/accounts", params={"access_token": token}, timeout=9)
    return requests.post(f"https://graph.facebook.com/v24.0/{page_id}/feed", data={"message": text}, timeout=9)
""",
    "facebook-sdk": """\
import facebook
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(scope=["user_friends", "user_videos"])  # <- PRM201 user_videos


def friends(token):
    return facebook.GraphAPI(access_token=token).get_connections("me", "friends")
""",
    "a thread": """\
import asyncio

import requests
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(scope=["user_friends", "user_videos"])  # <- PRM201 user_videos


async def friends():
    return await asyncio.to_thread(requests.get, "https://graph.facebook.com/me/friends")
""",
}

GOOD = {
    "email by a field": HEAD
    + """\
login = make_facebook_blueprint(scope="email")


def me():
    return facebook.get("/me?fields=email").json()
""",
    "a handed-over call": """\
import asyncio

import requests
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(scope=["user_friends"])


async def friends(token):
    requests.get("https://graph.facebook.com/me?fields=name", timeout=9)
    return await asyncio.to_thread(requests.get, "https://graph.facebook.com/me/friends")
""",
    "a batch": HEAD
    + """\
import json

login = make_facebook_blueprint(scope="email,user_friends")


def read(token):
    batch = [{"method": "GET", "relative_url": "me?fields=email"}, {"method": "GET", "relative_url": "me/friends"}]
    return requests.post("https://graph.facebook.com", data={"batch": json.dumps(batch), "access_token": token}, timeout=9)
""",
    "leads by a webhook": HEAD
    + """\
login = make_facebook_blueprint(
    scope="pages_show_list,pages_read_engagement,pages_manage_metadata,pages_manage_ads,leads_retrieval"
)


def subscribe(page_id, token):
    address = f"https://graph.facebook.com/v24.0/{page_id}/subscribed_apps"
    return requests.post(address, data={"subscribed_fields": "leadgen", "access_token": token}, timeout=9)
""",
    "Instagram with Facebook Login": HEAD
    + """\
login = make_facebook_blueprint(
    scope="instagram_basic,instagram_content_publish,pages_show_list,pages_read_engagement"
)


def publish(ig_user_id, image, token):
    base = f"https://graph.facebook.com/v24.0/{ig_user_id}"
    made = requests.post(f"{base}/media", data={"image_url": image, "access_token": token}, timeout=9).json()
    return requests.post(f"{base}/media_publish", data={"creation_id": made["id"], "access_token": token}, timeout=9)
""",
    "Instagram Login": """\
import requests

AUTHORIZE = (
    "https://www.instagram.com/oauth/authorize?client_id=1&response_type=code&redirect_uri=https://example.com/"
    "&scope=instagram_business_basic,instagram_business_content_publish"
)


def publish(user_id, image, token):
    base = f"https://graph.instagram.com/v24.0/{user_id}"
    made = requests.post(f"{base}/media", data={"image_url": image, "access_token": token}, timeout=9).json()
    return requests.post(f"{base}/media_publish", data={"creation_id": made["id"]}, timeout=9)
""",
    "Threads": """\
import requests

AUTHORIZE = "https://threads.net/oauth/authorize?client_id=1&response_type=code&scope=threads_basic,threads_content_publish"


def publish(user_id, text):
    base = "https://graph.threads.net/v1.0"
    made = requests.post(f"{base}/{user_id}/threads", params={"media_type": "TEXT", "text": text}, timeout=9).json()
    return requests.post(f"{base}/{user_id}/threads_publish", params={"creation_id": made["id"]}, timeout=9)
""",
    "Meta's SDK": """\
from facebook_business.adobjects.adaccount import AdAccount
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(scope="ads_read")


def spend(account):
    return AdAccount(f"act_{account}").get_insights(fields=["spend"])
""",
    "what is read is only known at run time": HEAD
    + """\
login = make_facebook_blueprint(scope="user_likes")


def read(edge):
    facebook.get("/me?fields=name")
    return facebook.get(f"/me/{edge}").json()
""",
    "fields are only known at run time": HEAD
    + """\
login = make_facebook_blueprint(scope="user_birthday,user_hometown")


def read(fields):
    return facebook.get("/me", params={"fields": fields}).json()
""",
    "nothing is called": HEAD + 'login = make_facebook_blueprint(scope="user_likes")\n',
    "JavaScript": {
        "app.py": BAD["likes besides a profile"].replace("  # <- PRM201 user_likes", ""),
        "static/likes.js": 'FB.api("/me/likes", show);\n',
    },
    "declared": {
        "app.py": BAD["likes besides a profile"].replace("  # <- PRM201 user_likes", ""),
        "permlint.toml": """\
[apps.default]
paths = ["**"]
needs = [{permission = "user_likes", reason = "a widget that marketing sets up shows them"}]
""",
    },
    "suppressed": BAD["email that is never read"].replace("# <- PRM201 email", "# permlint: ignore[PRM201] next month"),
    "a library asks by itself": """\
from social_core.backends.facebook import FacebookOAuth2
import requests

SOCIAL_AUTH_FACEBOOK_SCOPE = []


def read():
    return requests.get("https://graph.facebook.com/me?fields=name", timeout=9)
""",
}


@pytest.mark.parametrize("app", BAD.values(), ids=BAD)
def test_bad(app, problems):
    assert problems(CODE, app, bad=True) == []


@pytest.mark.parametrize("app", GOOD.values(), ids=GOOD)
def test_good(app, problems):
    assert problems(CODE, app, bad=False) == []


def test_the_other_places_are_evidence():
    text = HEAD + (
        'one = make_facebook_blueprint(scope=["user_likes"])\n'
        'two = make_facebook_blueprint(scope=["user_likes"])\n\n\n'
        "def me():\n"
        '    return facebook.get("/me?fields=name")\n'
    )
    (found,) = [each for each in run_files({"app.py": text}) if each.code == CODE]
    assert found.place.line == 3
    assert any(each.place.line == 4 and "asked for here too" in each.note for each in found.evidence)
    assert found.confidence == "medium"


def test_what_a_login_library_reads_by_itself_is_used():
    found = run_files(
        {
            "settings.py": 'SOCIALACCOUNT_PROVIDERS = {"facebook": {"SCOPE": ["email", "user_likes"]}}\n',
            "views.py": (
                "import requests\n\n\ndef name(token):\n"
                '    sent = {"fields": "id,name", "access_token": token}\n'
                '    return requests.get("https://graph.facebook.com/v26.0/me", params=sent, timeout=9).json()\n'
            ),
        }
    )
    assert [(each.code, each.permission) for each in found] == [("PRM201", "user_likes")]
