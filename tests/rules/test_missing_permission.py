"""Little apps the whole way: a call needs what no login asks for, and silence where that is not certain."""

from __future__ import annotations

import pytest

from permlint.testing import run_files

CODE = "PRM202"

HEAD = """\
import os

import requests
from flask_dance.contrib.facebook import facebook, make_facebook_blueprint

GRAPH = "https://graph.facebook.com/v24.0"
"""

BAD = {
    "the list of Pages": HEAD
    + """\
login = make_facebook_blueprint(scope="email")


def pages():
    facebook.get("/me?fields=email")
    return facebook.get("/me/accounts").json()  # <- PRM202 pages_show_list
""",
    "a field": HEAD
    + """\
login = make_facebook_blueprint(scope="public_profile")


def me():
    return facebook.get("/me?fields=name,email").json()  # <- PRM202 email
""",
    "a script": {
        "app.py": HEAD + 'login = make_facebook_blueprint(scope="email")\n',
        "pages.sh": 'curl -s "https://graph.facebook.com/v24.0/me/accounts"  # <- PRM202 pages_show_list\n',
    },
    "a wrapper: at the place that names the endpoint": HEAD
    + """\
login = make_facebook_blueprint(scope="email")


def read(path, token):
    return requests.get(f"{GRAPH}/{path}", params={"access_token": token}, timeout=9)


def friends(token):
    return read("me/friends", token)  # <- PRM202 user_friends
""",
    "a webhook for leads": HEAD
    + """\
login = make_facebook_blueprint(scope="pages_show_list,pages_read_engagement,pages_manage_metadata,pages_manage_ads,ads_management")


def subscribe(page_id, token):
    return requests.post(  # <- PRM202 leads_retrieval
        f"{GRAPH}/{page_id}/subscribed_apps",
        data={"subscribed_fields": "leadgen", "access_token": token},
        timeout=9,
    )
""",
    "Instagram with Facebook Login": HEAD
    + """\
login = make_facebook_blueprint(scope="instagram_basic,pages_show_list,pages_read_engagement")


def publish(ig_user_id, image, token):
    made = requests.post(f"{GRAPH}/{ig_user_id}/media", data={"image_url": image}, timeout=9)  # <- PRM202 instagram_content_publish
    return requests.post(  # <- PRM202 instagram_content_publish
        f"{GRAPH}/{ig_user_id}/media_publish",
        data={"creation_id": made.json()["id"], "access_token": token},
        timeout=9,
    )
""",
    "Instagram Login": """\
import requests

URL = "https://www.instagram.com/oauth/authorize?client_id=1&response_type=code&scope=instagram_business_basic"


def publish(user_id, image):
    base = f"https://graph.instagram.com/v24.0/{user_id}"
    return requests.post(f"{base}/media", data={"image_url": image}, timeout=9)  # <- PRM202 instagram_business_content_publish
""",
    "Threads": """\
import requests

URL = "https://threads.net/oauth/authorize?client_id=1&response_type=code&scope=threads_basic"


def publish(user_id, text):
    return requests.post(f"https://graph.threads.net/v1.0/{user_id}/threads", data={"text": text}, timeout=9)  # <- PRM202 threads_content_publish
""",
    "a library's call": """\
import facebook
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(scope="email")


def pages(token):
    return facebook.GraphAPI(token).get_connections("me", "accounts")  # <- PRM202 pages_show_list
""",
    "a batch": HEAD
    + """\
login = make_facebook_blueprint(scope="email")


def read(token):
    batch = [{"relative_url": "me/accounts"}, {"relative_url": "me?fields=email"}]
    return requests.post(GRAPH, json={"batch": batch, "access_token": token}, timeout=9)  # <- PRM202 pages_show_list
""",
    "Meta's SDK": """\
from facebook_business.adobjects.adaccount import AdAccount
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(scope="ads_read,pages_read_engagement,pages_show_list")


def create(account):
    return AdAccount(f"act_{account}").create_campaign(params={"name": "spring"})  # <- PRM202 ads_management
""",
}

GOOD = {
    "asked for": HEAD
    + """\
login = make_facebook_blueprint(scope="pages_show_list")


def pages():
    return facebook.get("/me/accounts").json()
""",
    "asked for by another login": HEAD
    + """\
login = make_facebook_blueprint(scope="email")
DIALOG = "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=pages_show_list"


def pages():
    return facebook.get("/me/accounts").json()
""",
    "no login": HEAD
    + """\
def pages(token):
    return requests.get(f"{GRAPH}/me/accounts", params={"access_token": token}, timeout=9)
""",
    "scopes from the environment": HEAD
    + """\
login = make_facebook_blueprint(scope=os.environ["FACEBOOK_SCOPES"])


def pages():
    return facebook.get("/me/accounts").json()
""",
    "a login of the dashboard's": HEAD
    + """\
URL = "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&config_id=22"
login = make_facebook_blueprint(scope="email")


def pages():
    return facebook.get("/me/accounts").json()
""",
    "a token from the environment": HEAD
    + """\
login = make_facebook_blueprint(scope="email")
TOKEN = os.environ["PAGE_TOKEN"]


def post(page_id, text):
    requests.get(f"{GRAPH}/me/accounts", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=9)
    return requests.post(f"{GRAPH}/{page_id}/feed", data={"message": text, "access_token": TOKEN}, timeout=9)
""",
    "a token that is written down": HEAD
    + """\
login = make_facebook_blueprint(scope="email")
TOKEN = "EAAB"


def pages():
    return requests.get(f"{GRAPH}/me/accounts", params={"access_token": TOKEN}, timeout=9)
""",
    "tokens that scripts are given": {
        "app.py": HEAD + 'login = make_facebook_blueprint(scope="email")\n',
        "bin/pages.sh": """\
API=https://graph.facebook.com/v24.0
curl "$API/me/accounts?access_token=YOUR_TOKEN"
curl "$API/me/accounts" -H "Authorization: Bearer $FB_TOKEN"
curl -G "$API/me/accounts" -d "access_token=$1"
TOKEN=$(jq -r .token secrets.json)
curl "$API/me/accounts?access_token=${TOKEN}"
read -rsp "Token: " TYPED
accounts() { curl -s "$API/me/accounts" --data-urlencode "access_token=$1" -G; }
accounts "$TYPED"
accounts "$(cat token.txt)"
""",
    },
    "another family": """\
import requests
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(scope="email")


def publish(user_id, text):
    return requests.post(f"https://graph.threads.net/v1.0/{user_id}/threads", data={"text": text}, timeout=9)
""",
    "a system user's advertising": """\
from facebook_business.adobjects.adaccount import AdAccount
from flask_dance.contrib.facebook import make_facebook_blueprint

login = make_facebook_blueprint(scope="email")


def create(account):
    return AdAccount(f"act_{account}").create_campaign(params={"name": "spring"})
""",
    "leads of an app that asks for nothing else of advertising": HEAD
    + """\
login = make_facebook_blueprint(scope="pages_show_list,pages_read_engagement,pages_manage_metadata,pages_manage_ads")


def subscribe(page_id, token):
    address = f"{GRAPH}/{page_id}/subscribed_apps"
    return requests.post(address, data={"subscribed_fields": "leadgen", "access_token": token}, timeout=9)
""",
    "WhatsApp": HEAD
    + """\
login = make_facebook_blueprint(scope="email")


def send(phone_number_id, to, token):
    body = {"messaging_product": "whatsapp", "to": to}
    return requests.post(f"{GRAPH}/{phone_number_id}/messages", json=body, headers={"Authorization": token}, timeout=9)
""",
    "a node that can't be known": HEAD
    + """\
login = make_facebook_blueprint(scope="email")


def read(object_id):
    facebook.get(f"/{object_id}")
    facebook.get(f"/{object_id}/comments")
    return facebook.get("/me/permissions")
""",
    "declared": {
        "app.py": BAD["the list of Pages"].replace("  # <- PRM202 pages_show_list", ""),
        "permlint.toml": """\
[apps.default]
paths = ["**"]
requests = [{permission = "pages_show_list", reason = "asked for in the dashboard's configuration"}]
""",
    },
    "what needs no permission": HEAD
    + """\
login = make_facebook_blueprint(scope="public_profile")


def read(token):
    facebook.get("/me?fields=id,name,picture")
    requests.get(f"{GRAPH}/debug_token", params={"input_token": token}, timeout=9)
    requests.delete(f"{GRAPH}/me/permissions", timeout=9)
    return requests.get(f"{GRAPH}/oauth/access_token", params={"fb_exchange_token": token}, timeout=9)
""",
}


@pytest.mark.parametrize("app", BAD.values(), ids=BAD)
def test_bad(app, problems):
    assert problems(CODE, app, bad=True) == []


@pytest.mark.parametrize("app", GOOD.values(), ids=GOOD)
def test_good(app, problems):
    assert problems(CODE, app, bad=False) == []


def test_the_login_is_evidence_and_the_help_says_what_to_do():
    (found,) = [each for each in run_files({"app.py": BAD["the list of Pages"]}) if each.code == CODE]
    assert found.message == "GET /me/accounts needs pages_show_list, and no login of this app asks for it"
    assert found.evidence[0].note == "this login does not ask for it"
    assert "pages_show_list" in found.help
    assert found.sources


def test_a_choice_names_the_others():
    text = HEAD + (
        'login = make_facebook_blueprint(scope="email,catalog_management,ads_management")\n\n\n'
        "def send(recipient):\n"
        '    return requests.post(f"{GRAPH}/me/messages", json={"recipient": recipient, "message": {}}, timeout=9)\n'
    )
    found = [each for each in run_files({"app.py": text}) if each.code == CODE]
    (each,) = found
    assert each.permission == "pages_messaging"
    assert "needs pages_messaging (or instagram_manage_comments or instagram_manage_messages), and" in each.message
