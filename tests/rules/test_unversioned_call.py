from __future__ import annotations

import pytest

from permlint import engine
from permlint.testing import expected, run_files

APPS = {
    "other clients, and a base address": {
        "a.ts": """\
import axios from "axios";

const graph = axios.create({ baseURL: "https://graph.facebook.com" });

export const pages = (token: string) => graph.get("/me/accounts", { params: { access_token: token } }); // <- PRM403
export const named = (token: string) => graph.get("/v25.0/me/accounts", { params: { access_token: token } });
""",
    },
    "Instagram's host has versions too": {
        "a.php": """\
<?php
$me = file_get_contents("https://graph.instagram.com/me?access_token=" . $token); // <- PRM403
$old = file_get_contents("https://graph.instagram.com/v25.0/me?access_token=" . $token);
""",
    },
    "Threads' host has none of the Graph API's": {
        "a.py": """\
import requests


def me(token):
    return requests.get("https://graph.threads.net/me", params={"access_token": token}, timeout=9)
""",
    },
    "what is not known, or may be a version": {
        "a.py": """\
import os
import requests

VERSION = os.environ["GRAPH_VERSION"]


def feed(where, token):
    requests.get(f"https://graph.facebook.com/{where}/feed", params={"access_token": token}, timeout=9)
    requests.get(f"https://graph.facebook.com/{VERSION}/me/feed", params={"access_token": token}, timeout=9)
    requests.get(f"https://graph.facebook.com/v{VERSION}/me/feed", params={"access_token": token}, timeout=9)
""",
    },
    "libraries that put one in front": {
        "a.py": """\
import facebook


def me(token):
    return facebook.GraphAPI(token, version="3.1").get_object("me"), facebook.GraphAPI(token).get_object("me")
""",
    },
    "addresses that Meta shows without one": {
        "a.js": """\
const short = (q) => fetch("https://graph.facebook.com/oauth/access_token?" + new URLSearchParams(q));
const long = (q) => fetch("https://graph.instagram.com/access_token?" + new URLSearchParams(q));
const later = (q) => fetch("https://graph.instagram.com/refresh_access_token?" + new URLSearchParams(q));
""",
    },
}


@pytest.mark.parametrize("name", APPS)
def test_apps(name):
    rules = [rule for rule in engine.discover() if rule.code == "PRM403"]
    found = run_files(APPS[name], rules=rules, as_of="2026-11-21")
    assert [(one.place.path, one.place.line) for one in found] == [(e.path, e.line) for e in expected(APPS[name])]
