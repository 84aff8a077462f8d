"""The rules about the permissions edge, where their examples do not reach."""

from __future__ import annotations

import pytest

from permlint import engine
from permlint.testing import run_files

HEAD = """\
import requests
EDGE = "https://graph.facebook.com/v24.0/me/permissions"
"""
LOGIN = """\
from flask_dance.contrib.facebook import make_facebook_blueprint
login = make_facebook_blueprint(scope=["email", "user_likes"])
"""
OPEN = 'DIALOG = "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&config_id=2"\n'

BAD = {
    "PRM301": [
        'd = [o for o in requests.get(EDGE).json()["data"] if o["status"] == "Granted"]  # <- PRM301\n',
        'd = [o for o in requests.get(EDGE).json()["data"] if o["status"].upper() == "DENIED"]  # <- PRM301\n',
        'd = {"permission": "email", "status": "active"} in requests.get(EDGE).json()["data"]  # <- PRM301\n',
        'd = [o for o in requests.get(EDGE).json()["data"] if o["status"] in ("denied", "granted")]  # <- PRM301\n',
    ],
    "PRM302": [
        'requests.post(EDGE, data={"method": "delete", "permission": "user_photos"})  # <- PRM302 user_photos\n',
        'for name in ("email", "user_like"):\n    requests.delete(f"{EDGE}/{name}")  # <- PRM302 user_like\n',
    ],
    "PRM303": [
        "requests.put(EDGE)  # <- PRM303\n",
        'requests.post(f"{EDGE}/email")  # <- PRM303\n',
        'requests.get(EDGE, params={"method": "post"})  # <- PRM303\n',
    ],
    "PRM305": [
        "d = requests.delete(EDGE).json() is True  # <- PRM305\n",
        'd = requests.delete(EDGE, params={"permission": "email"}).text.strip().lower() != "true"  # <- PRM305\n',
    ],
}
GOOD = {
    "PRM301": [
        'd = [o for o in requests.get(EDGE).json()["data"] if o["status"].lower() in ("granted", "active")]\n',
        'd = [o for o in requests.get(EDGE).json()["data"] if o["status"].upper() == "GRANTED"]\n',
        'd = [o for o in requests.get(EDGE).json()["data"] if o["status"] == ""]\n',
        'd = requests.get("https://graph.instagram.com/me/permissions").json()["data"][0]["status"] == "denied"\n',
    ],
    "PRM302": [
        'requests.delete(f"{EDGE}/public_profile")\n',
        "requests.delete(EDGE, params=sent)\n",
        'requests.delete("https://graph.instagram.com/me/permissions/user_photos")\n',
        OPEN + 'requests.delete(f"{EDGE}/user_photos")\n',
        'requests.get(f"{EDGE}/user_photos")\n',
    ],
    "PRM303": [
        (
            'def f(page_id, x):\n    requests.post(f"https://graph.facebook.com/{page_id}/permissions")\n'
            '    requests.post(f"https://graph.facebook.com/{x}/permissions")\n'
        ),
        "requests.request(method, EDGE)\n",
        'requests.post(EDGE, data={"method": method})\n',
        'requests.post("https://graph.instagram.com/me/permissions")\n',
    ],
    "PRM304": [
        "requests.get(EDGE)\n",
        "requests.request(method, EDGE)\n",
        'requests.get("https://graph.facebook.com/debug_token", params={"input_token": token})\n',
        'DIALOG = "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=email&return_scopes=true"\n',
        'def f(path):\n    requests.get(f"https://graph.facebook.com/{path}")\n',
    ],
    "PRM305": [
        'd = requests.delete(f"{EDGE}/email").text == "true"\n',
        'd = requests.delete(EDGE).text == "ok"\n',
        "d = requests.delete(EDGE).ok is True\n",
        'd = requests.get(EDGE).text == "true"\n',
    ],
}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in BAD.items() for text in texts])
def test_bad(problems, code, text):
    assert problems(code, {"login.py": LOGIN, "app.py": HEAD + text}, bad=True) == []


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in GOOD.items() for text in texts])
def test_good(problems, code, text):
    assert problems(code, {"login.py": LOGIN, "app.py": HEAD + text}, bad=False) == []


def test_an_app_without_a_login_may_take_back_what_it_likes(problems):
    assert problems("PRM302", HEAD + 'requests.delete(f"{EDGE}/user_photos")\n', bad=False) == []


def test_what_the_config_declares_may_be_taken_back(problems):
    config = '[apps.a]\npaths = ["**"]\nrequests = [{ permission = "user_photos", reason = "in the phone app" }]\n'
    app = {"login.py": LOGIN, "app.py": HEAD + 'requests.delete(f"{EDGE}/user_photos")\n', "permlint.toml": config}
    assert problems("PRM302", app, bad=False) == []


def test_it_is_off_unless_it_is_selected():
    rules = engine.discover()
    assert [rule.code for rule in rules if rule.severity == "off"] == ["PRM304", "PRM403"]
    assert "PRM304" not in {each.code for each in run_files({"login.py": LOGIN})}
    (found,) = run_files({"login.py": LOGIN}, rules=[rule for rule in rules if rule.code == "PRM304"])
    assert (found.place.line, found.severity) == (2, "warning")
    assert "email and user_likes" in found.message


@pytest.mark.parametrize("scopes", ['["public_profile"]', "[]"])
def test_nothing_to_decline(problems, scopes):
    assert problems("PRM304", LOGIN.replace('["email", "user_likes"]', scopes), bad=False) == []


def test_a_suppression_works_where_a_status_is_compared():
    text = 'd = [o for o in requests.get(EDGE).json()["data"] if o["status"] == "denied"]  # permlint: ignore[PRM301] old\n'
    assert run_files({"app.py": HEAD + text}) == []


def test_the_text_that_is_meant_is_offered():
    text = 'd = [o for o in requests.get(EDGE).json()["data"] if o["status"] == "revoked"]\n'
    (found,) = [each for each in run_files({"app.py": HEAD + text}) if each.code == "PRM301"]
    assert found.remedy is not None
    (change,) = found.remedy.changes
    assert (change.old, change.names, change.place) == ("revoked", ("declined",), found.place)
