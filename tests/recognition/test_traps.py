"""What looks like a request of a library's and is none."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

TRAPS = {
    "other providers of the same libraries": """
from authlib.integrations.flask_client import OAuth
from flask_dance.contrib.github import make_github_blueprint
from httpx_oauth.clients.google import GoogleOAuth2

facebook_url = "https://graph.facebook.com/me"
oauth = OAuth()
oauth.register("google", client_kwargs={"scope": "openid email pages_show_list"})
blueprint = make_github_blueprint(client_id="1", scope="user:email")
google = GoogleOAuth2("1", "2", scopes=["email"])
""",
    "the provider decides at run time": """
from authlib.integrations.flask_client import OAuth

oauth = OAuth()


def login(name):
    return oauth.create_client(name).authorize_redirect("https://example.com", scope="facebook")
""",
    "a scope of another provider in the same mapping": """
SOCIALACCOUNT_PROVIDERS = {
    "facebook": {"METHOD": "oauth2", "VERSION": "v19.0"},
    "google": {"SCOPE": ["profile", "email"]},
    "linkedin_oauth2": {"SCOPE": ["r_basicprofile", "r_emailaddress"]},
}
""",
    "a docstring and a label": '''
"""Log in with make_facebook_blueprint(scope="email,pages_show_list") of flask_dance."""

LABELS = {"pages_show_list": "Show the list of pages", "SOCIAL_AUTH_FACEBOOK_SCOPE": "scopes"}
HELP = "set SOCIAL_AUTH_FACEBOOK_SCOPE = ['email']"
''',
    "a comparison": """
import settings


def granted(permission):
    return permission == "pages_show_list" or permission in settings.SOCIAL_AUTH_FACEBOOK_SCOPE


def check(config):
    if config.get("FACEBOOK_DEFAULT_SCOPE") == ["email", "user_posts"]:
        return True
    return "facebook" in config.SOCIALACCOUNT_PROVIDERS
""",
    "a function's own parameter": """
def configure(SOCIAL_AUTH_FACEBOOK_KEY, scope=("email", "pages_show_list")):
    provider = "facebook"
    return provider, scope
""",
    "a register that registers something else": """
from click import Group
from prometheus_client import CollectorRegistry

CollectorRegistry().register("facebook")
Group().register(name="facebook", labels={"scope": "email"})
""",
    "a class of the app's own with a library's name": """
class FacebookSSO:
    def __init__(self, client_id, scope=None):
        self.scope = scope


sso = FacebookSSO("facebook", scope=["email", "pages_show_list"])
""",
    "a token of one's own": """
from fastapi.security import OAuth2PasswordBearer
from flask_jwt_extended import create_access_token

oauth2 = OAuth2PasswordBearer(tokenUrl="token", scopes={"pages_show_list": "facebook pages"})
token = create_access_token("user", additional_claims={"scope": ["email"]})
""",
    "an address that is not the provider's": """
from authlib.integrations.flask_client import OAuth

oauth = OAuth()
oauth.register(
    "facebook", authorize_url="https://facebook.mock.example.org/authorize", client_kwargs={"scope": "email"}
)
""",
    "installed apps of other providers": """
SOCIALACCOUNT_QUERY_EMAIL = True
INSTALLED_APPS = ["allauth", "allauth.socialaccount", "allauth.socialaccount.providers.google", "facebook_pages"]
""",
    "supabase with another provider, and sign_in of something else": """
def login(supabase, facebook):
    supabase.auth.sign_in_with_oauth({"provider": "google", "options": {"scopes": "email"}})
    facebook.sign_in(provider="facebook", scopes="email")
""",
}


@pytest.mark.parametrize("trap", TRAPS)
def test_nothing_is_asked_for(trap, check):
    check(TRAPS[trap])


def test_one_call_is_one_request_though_it_names_the_dialog_too(requests_of):
    (request,) = requests_of(
        """
OAUTH_PROVIDERS = [
    {
        "name": "facebook",
        "remote_app": {
            "authorize_url": "https://www.facebook.com/v19.0/dialog/oauth",
            "client_kwargs": {"scope": "email pages_show_list"},
        },
    },
]
"""
    )
    assert request.via.startswith("flask-appbuilder")


def test_a_docstring_asks_for_nothing(requests_of):
    address = "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=user_likes"
    assert requests_of(f'"""{address}"""\n\n\ndef login():\n    """{address}"""\n') == []


def test_the_same_in_the_inventory_that_the_command_prints(tmp_path):
    (tmp_path / "settings.py").write_text('SOCIAL_AUTH_FACEBOOK_SCOPE = ["email", "user_posts"]\n', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "permlint", "scopes", ".", "--isolated", "--no-cache", "--format", "json"],
        cwd=tmp_path, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    (app,) = json.loads(done.stdout)["apps"]
    (request,) = app["requests"]
    assert (request["login"], request["via"]) == ("facebook-login", "social-auth: SOCIAL_AUTH_FACEBOOK_SCOPE")
    assert [(scope["permission"], scope["by"], scope["column"]) for scope in request["scopes"]] == [
        ("email", "code", 32), ("user_posts", "code", 41)
    ]  # fmt: skip


def test_what_a_library_asks_for_stands_where_it_is_brought_in(requests_of):
    (request,) = requests_of("from fastapi_sso.sso.facebook import FacebookSSO\n\nsso = FacebookSSO('1', '2')\n")
    (scope,) = request.scopes
    assert (scope.by, scope.place.line, scope.place.column, scope.place.end_column) == ("library", 3, 7, 28)
