"""The form in which a library wants scopes, and what it makes of the other one."""

from __future__ import annotations

import pytest

FACEBOOK = "https://www.facebook.com/v24.0/dialog/oauth"
TORNADO = """
import tornado.auth


class Login(tornado.auth.FacebookGraphMixin):
    def get(self):
        self.authorize_redirect"""
LETTERS = "letter by letter"
PYTHON = "as Python writes it"
MANGLED = {
    "aioauth-client": (
        'from aioauth_client import FacebookClient\nFacebookClient(client_id="1", scope=["email"])',
        PYTHON,
    ),
    "authomatic": ('CONFIG = {"fb": {"class_": "authomatic.providers.oauth2.Facebook", "scope": "email"}}', LETTERS),
    "django-allauth": ('SOCIALACCOUNT_PROVIDERS = {"facebook": {"SCOPE": "email"}}', LETTERS),
    "facebook-sdk": ('import facebook\nfacebook.GraphAPI().get_auth_url("1", "2", perms="email")', LETTERS),
    "facebook-sdk, scope": ('import facebook\nfacebook.GraphAPI().get_auth_url("1", "2", scope=["email"])', PYTHON),
    "flask-oauth": (
        'from flask_oauth import OAuth\nOAuth().remote_app("facebook", request_token_params={"scope": ["email"]})',
        PYTHON,
    ),
    "httpx-oauth": (
        'from httpx_oauth.clients.facebook import FacebookOAuth2\nFacebookOAuth2("1", "2", scopes="email")',
        LETTERS,
    ),
    "litestar-oauth": (
        'from litestar_oauth.contrib.litestar import OAuthConfig\nOAuthConfig(facebook_client_id="1", facebook_scope=["email"])',
        "wants one string",
    ),
    "omni-authify": ('from omni_authify import Facebook\nFacebook("1", "2", "3", "4", ["email"])', PYTHON),
    "python-facebook-api": (
        'from pyfacebook import ThreadsGraphAPI\nThreadsGraphAPI(app_id="1", scope="threads_basic", oauth_flow=True)',
        LETTERS,
    ),
    "pythreads": ('from pythreads.threads import Threads\nThreads.load_configuration(scopes="threads_basic")', LETTERS),
    "rauth": (
        f'from rauth import OAuth2Service\nOAuth2Service("1", "2", authorize_url="{FACEBOOK}").get_authorize_url(scope=["email"])',
        PYTHON,
    ),
    "social-auth": ('SOCIAL_AUTH_FACEBOOK_SCOPE = "email"', "raises TypeError"),
    "social-auth, canvas": ('SOCIAL_AUTH_FACEBOOK_APP_SCOPE = "email"', LETTERS),
    "streamlit-oauth": (
        f'from streamlit_oauth import OAuth2Component\nOAuth2Component("1", "2", "{FACEBOOK}").authorize_button("f", "x", ["email"])',
        "raises AttributeError",
    ),
    "supabase": (
        'def login(db):\n    db.auth.sign_in_with_oauth({"provider": "facebook", "options": {"scopes": ["email"]}})',
        "of which the server reads one",
    ),
    "swarmauri-auth-idp-facebook": (
        'from swarmauri_auth_idp_facebook import FacebookOAuth20Login\nFacebookOAuth20Login(scope=["email"])',
        "refuses a list",
    ),
    "tornado": (
        TORNADO + '(scope="email")',
        LETTERS,
    ),
    "tornado, extra_params": (
        TORNADO + '(extra_params={"scope": ["email"]})',
        PYTHON,
    ),
    "velruse": ('def includeme(config):\n    config.add_facebook_login("1", "2", scope=["email"])', PYTHON),
}


@pytest.mark.parametrize("library", MANGLED)
def test_the_other_form_is_told_with_what_comes_of_it(library, requests_of):
    code, consequence = MANGLED[library]
    faults = [fault for request in requests_of(code + "\n") for fault in request.faults]
    assert faults, "no fault of form"
    assert all(consequence in fault.consequence for fault in faults)
    wanted = {"list-for-string" if '["' in code else "string-for-list"}
    assert {fault.kind for fault in faults} == wanted


@pytest.mark.parametrize("library", MANGLED)
def test_the_right_form_is_no_fault(library, requests_of):
    code, _ = MANGLED[library]
    right = (
        code.replace('["email"]', '"email"')
        if '["' in code
        else code.replace('"email"', '["email"]').replace('"threads_basic"', '["threads_basic"]')
    )
    requests = requests_of(right + "\n")
    assert requests
    assert not [fault for request in requests for fault in request.faults]


@pytest.mark.parametrize("value", ["None", "[]", '""'])
def test_nothing_is_no_fault(value, requests_of):
    requests = requests_of(f"SOCIAL_AUTH_FACEBOOK_SCOPE = {value}\n")
    assert not [fault for request in requests for fault in request.faults]
