"""Little apps the whole way: a narrower permission covers every call seen, or it does not."""

from __future__ import annotations

import pytest

from permlint.testing import run_files

CODE = "PRM203"

HEAD = """\
import requests
from facebook_business.adobjects.adaccount import AdAccount
from flask_dance.contrib.facebook import make_facebook_blueprint

GRAPH = "https://graph.facebook.com/v25.0"
"""
ASKS = 'login = make_facebook_blueprint(scope="ads_management,pages_read_engagement,pages_show_list")'
BAD_ASKS = f"{ASKS}  # <- PRM203 ads_management\n"
READS = """

def spend(account, token):
    return requests.get(f"{GRAPH}/act_{account}/insights", params={"fields": "spend", "access_token": token}, timeout=9)
"""

BAD = {
    "insights": HEAD + BAD_ASKS + READS,
    "several reads": HEAD
    + BAD_ASKS
    + READS
    + """

def names(account):
    requests.get(f"{GRAPH}/me/adaccounts", timeout=9)
    return requests.get(f"{GRAPH}/act_{account}/campaigns", timeout=9)
""",
    "Meta's SDK": HEAD
    + BAD_ASKS
    + """

def spend(account):
    return AdAccount(f"act_{account}").get_insights(fields=["spend"])
""",
    "a batch": HEAD
    + BAD_ASKS
    + """

def spend(account):
    batch = [{"relative_url": f"act_{account}/insights"}, {"relative_url": f"act_{account}/campaigns"}]
    return requests.post(GRAPH, json={"batch": batch}, timeout=9)
""",
    "a wrapper": HEAD
    + BAD_ASKS
    + """

def read(path):
    return requests.get(f"{GRAPH}/{path}", timeout=9)


def spend(account):
    return read(f"act_{account}/insights")
""",
    "besides another call": HEAD
    + BAD_ASKS
    + READS
    + """

def pages():
    return requests.get(f"{GRAPH}/me/accounts", timeout=9)
""",
}

GOOD = {
    "it also writes": HEAD
    + ASKS
    + READS
    + """

def pause(account):
    return requests.post(f"{GRAPH}/act_{account}/campaigns", json={"status": "PAUSED"}, timeout=9)
""",
    "it writes with Meta's SDK": HEAD
    + ASKS
    + READS
    + """

def create(account):
    return AdAccount(f"act_{account}").create_campaign(params={"name": "spring"})
""",
    "it writes by a method that is handed over": HEAD
    + ASKS
    + READS
    + """

def retry(function, **arguments):
    return function(**arguments)


def create(account):
    return retry(AdAccount(f"act_{account}").create_campaign, params={"name": "spring"})
""",
    "the narrower one is asked for": HEAD + ASKS.replace("ads_management", "ads_read") + READS,
    "a call that can't be known": HEAD
    + ASKS
    + READS
    + """

def call(method, path):
    return requests.request(method, f"{GRAPH}/{path}", timeout=9)
""",
    "an edge that the catalog does not know": HEAD
    + ASKS
    + READS
    + """

def other(node):
    return requests.get(f"{GRAPH}/{node}/brand_new_edge", timeout=9)
""",
    "declared": {
        "app.py": HEAD + ASKS + READS,
        "permlint.toml": """\
[apps.default]
paths = ["**"]
needs = [{permission = "ads_management", reason = "campaigns are paused by another service"}]
""",
    },
    "another one depends on it": HEAD
    + ASKS.replace("ads_management", "ads_management,pages_manage_ads,leads_retrieval")
    + READS,
    "JavaScript": {"app.py": HEAD + ASKS + READS, "web/ads.js": 'FB.api("/act_1/campaigns", "POST", {});\n'},
    "it is not used at all": HEAD
    + ASKS
    + """

def me():
    return requests.get(f"{GRAPH}/me?fields=name", timeout=9)
""",
}


@pytest.mark.parametrize("app", BAD.values(), ids=BAD)
def test_bad(app, problems):
    assert problems(CODE, app, bad=True) == []


@pytest.mark.parametrize("app", GOOD.values(), ids=GOOD)
def test_good(app, problems):
    assert problems(CODE, app, bad=False) == []


def test_it_names_the_narrower_one_and_the_calls():
    (found,) = [each for each in run_files({"app.py": BAD["several reads"]}) if each.code == CODE]
    assert found.help == "ask for ads_read instead"
    assert "ads_read covers every call that uses ads_management" in found.message
    assert sum(each.note == "ads_read is enough for this call" for each in found.evidence) == 3
    assert found.sources[0].startswith("https://")
