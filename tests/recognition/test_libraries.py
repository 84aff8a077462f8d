"""Each library that asks for scopes, in little apps of the kind that people write with it.

The markers are explained in conftest.py. Each app is a file, or several by their paths.
"""

from __future__ import annotations

import re

import pytest
import tomli

APPS = {
    "aioauth-client": [
        """
from aioauth_client import FacebookClient, GoogleClient

facebook = FacebookClient(client_id="1", client_secret="2")
google = GoogleClient(client_id="1", client_secret="2", scope="email profile")


async def login(request):
    google.get_authorize_url(scope="email profile")
    return facebook.get_authorize_url(scope="email,pages_show_list")  # -> facebook-login: email pages_show_list
""",
        """
from aioauth_client import FacebookClient

SCOPES = ["email", "user_likes"]
facebook = FacebookClient(client_id="1", client_secret="2", scope=",".join(SCOPES))  # -> facebook-login: email user_likes
""",
        """
from aioauth_client import FacebookClient

facebook = FacebookClient(client_id="1", client_secret="2", scope="email")
url = facebook.get_authorize_url(redirect_uri="https://example.com")  # -> facebook-login: email
""",
    ],
    "authlib": [
        # Scopes that only the redirect names
        """
from authlib.integrations.starlette_client import OAuth

oauth = OAuth()
oauth.register(name="threads", authorize_url="https://threads.net/oauth/authorize", client_id="1", client_secret="2")
oauth.register(name="instagram", authorize_url="https://www.instagram.com/oauth/authorize", client_id="1", client_secret="2")


async def threads(request):
    return await oauth.threads.authorize_redirect(request, "https://example.com", scope="threads_basic")  # -> threads: threads_basic


async def instagram(request):
    client = oauth.create_client("instagram")
    return await client.authorize_redirect(request, "https://example.com", scope="instagram_business_basic")  # -> instagram-login: instagram_business_basic
""",
        # Flask
        """
from authlib.integrations.flask_client import OAuth
from flask import Flask, url_for

app = Flask(__name__)
oauth = OAuth(app)
oauth.register(  # -> facebook-login: email public_profile
    name="facebook",
    access_token_url="https://graph.facebook.com/oauth/access_token",
    authorize_url="https://www.facebook.com/dialog/oauth",
    api_base_url="https://graph.facebook.com/",
    client_kwargs={"scope": "email public_profile"},
)
oauth.register(
    name="google",
    server_metadata_url="https://accounts.google.com/.well-known/openid-configuration",
    client_kwargs={"scope": "openid email profile"},
)


@app.route("/login")
def login():
    return oauth.facebook.authorize_redirect(url_for("authorize", _external=True))


@app.route("/more")
def more():
    uri = url_for("authorize", _external=True)
    return oauth.facebook.authorize_redirect(uri, scope=["email", "pages_show_list"])  # -> facebook-login: email pages_show_list


@app.route("/google")
def google():
    return oauth.google.authorize_redirect(url_for("authorize", _external=True), scope="openid email")
""",
        # Starlette, with the client in another file
        {
            "shop/clients.py": """
from authlib.integrations.starlette_client import OAuth

oauth = OAuth()
""",
            "shop/login.py": """
from shop.clients import oauth

SCOPES = ("email", "instagram_basic")
oauth.register("facebook", client_id="1", client_kwargs={"scope": SCOPES})  # -> facebook-login: email instagram_basic


async def login(request):
    facebook = oauth.create_client("facebook")
    return await facebook.authorize_redirect(request, "https://example.com", scope="email")  # -> facebook-login: email


async def github(request):
    return await oauth.create_client("github").authorize_redirect(request, "https://example.com", scope="user:email")
""",
        },
        # Settings of Flask and Starlette, and of Django
        """
from flask import Flask

app = Flask(__name__)
app.config["FACEBOOK_CLIENT_KWARGS"] = {"scope": "email user_posts"}  # -> facebook-login: email user_posts
app.config["GITHUB_CLIENT_KWARGS"] = {"scope": "user:email"}
""",
        """
AUTHLIB_OAUTH_CLIENTS = {
    "google": {"client_kwargs": {"scope": "openid email"}},
    "facebook": {  # -> facebook-login: email user_birthday
        "client_id": "1",
        "client_kwargs": {"scope": "email user_birthday"},
    },
    "threads": {"client_kwargs": {"scope": "threads_basic"}},  # -> threads: threads_basic
}
""",
        # The dialog of an older version of the library, and other names for the provider
        """
from authlib.flask.client import OAuth

oauth = OAuth()
oauth.register(  # -> facebook-login: pages_show_list
    "meta",
    authorize_url="https://www.facebook.com/v3.2/dialog/oauth",
    client_kwargs={"scope": "pages_show_list"},
)
oauth.register(  # -> instagram-login: instagram_business_basic
    "insta",
    authorize_url="https://www.instagram.com/oauth/authorize",
    client_kwargs={"scope": "instagram_business_basic"},
)
oauth.register("threads", authorize_url="https://threads.example.org/oauth/authorize", client_kwargs={"scope": "read"})
""",
        # The receiver is not known
        """
def init_oauth(oauth):
    oauth.register(name="facebook", client_kwargs={"scope": "email"})  # -> facebook-login: email
    oauth.register(name="google", client_kwargs={"scope": "email"})
    oauth.register("facebook")
""",
        # Sessions
        """
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.integrations.requests_client import OAuth2Session

DIALOG = "https://www.facebook.com/v24.0/dialog/oauth"
SCOPE = "email,pages_show_list"

client = OAuth2Session("1", "2", scope=SCOPE, redirect_uri="https://example.com")
uri, state = client.create_authorization_url(DIALOG)  # -> facebook-login: email pages_show_list


async def login():
    async with AsyncOAuth2Client("1", "2") as other:
        return other.create_authorization_url(DIALOG, scope=["ads_read"])  # -> facebook-login: ads_read


github = OAuth2Session("1", "2", scope="user:email")
github.create_authorization_url("https://github.com/login/oauth/authorize")
""",
        # A configuration of the dashboard
        """
from authlib.integrations.flask_client import OAuth

oauth = OAuth()
oauth.register("facebook", client_id="1", authorize_params={"config_id": "42"})  # -> facebook-login-for-business: open
""",
    ],
    "authomatic": [
        """
from authomatic import Authomatic
from authomatic.providers import oauth2

CONFIG = {
    "fb": {  # -> facebook-login: email user_likes
        "class_": oauth2.Facebook,
        "consumer_key": "1",
        "consumer_secret": "2",
        "scope": ["email", "user_likes"],
    },
    "google": {"class_": oauth2.Google, "scope": ["email"]},
}
authomatic = Authomatic(CONFIG, "a secret")
""",
        """
from authomatic.providers import oauth2

CONFIG = {
    "fb": {  # -> facebook-login: email public_profile user_birthday user_location publish_actions; facebook-login: offline_access(library)
        "class_": oauth2.Facebook,
        "scope": oauth2.Facebook.user_info_scope + ["publish_actions"],
        "offline": True,
    },
}
""",
        """
CONFIG = {
    "fb": {"class_": "authomatic.providers.oauth2.Facebook", "scope": "email"},  # -> facebook-login: email mangled
    "vk": {"class_": "authomatic.providers.oauth2.VK", "scope": "email"},
}
""",
    ],
    "django-allauth": [
        """
SOCIALACCOUNT_QUERY_EMAIL = True
SOCIALACCOUNT_PROVIDERS = {
    "facebook": {  # -> facebook-login: email public_profile
        "METHOD": "oauth2",
        "SCOPE": ["email", "public_profile"],
        "AUTH_PARAMS": {"auth_type": "reauthenticate"},
        "FIELDS": ["id", "email", "name"],
        "VERSION": "v19.0",
    },
    "google": {"SCOPE": ["profile", "email"], "AUTH_PARAMS": {"access_type": "online"}},
}
""",
        # What stands in APPS counts more
        """
SOCIALACCOUNT_PROVIDERS = {
    "facebook": {  # -> facebook-login: pages_show_list
        "SCOPE": ["email"],
        "APPS": [{"client_id": "1", "secret": "2", "settings": {"scope": ["pages_show_list"]}}],
    },
    "github": {"APPS": [{"client_id": "1", "settings": {"scope": ["user"]}}]},
}
""",
        # Without SCOPE, with and without the address of the user
        """
ACCOUNT_EMAIL_REQUIRED = True
SOCIALACCOUNT_PROVIDERS = {
    "facebook": {"METHOD": "js_sdk"},  # -> facebook-login: email(library)
    "instagram": {},  # -> instagram-basic-display: user_profile(library)
}
""",
        """
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "allauth.socialaccount.providers.facebook",  # -> facebook-login: email(library)
    "allauth.socialaccount.providers.google",
]
""",
        """
SOCIALACCOUNT_QUERY_EMAIL = False
ACCOUNT_EMAIL_REQUIRED = True
INSTALLED_APPS = ["allauth.socialaccount.providers.facebook"]
SOCIALACCOUNT_PROVIDERS = {"facebook": {"METHOD": "oauth2"}}
""",
        # A setting replaces what the library asks for, wherever it stands
        {
            "site/settings/base.py": """
INSTALLED_APPS = ["allauth", "allauth.socialaccount.providers.facebook"]
SOCIALACCOUNT_QUERY_EMAIL = True
""",
            "site/settings/production.py": """
from .base import *

SOCIALACCOUNT_PROVIDERS = {"facebook": {"SCOPE": ["user_friends"]}}  # -> facebook-login: user_friends
""",
        },
        """
SOCIALACCOUNT_PROVIDERS = {"facebook": {"SCOPE": "email"}}  # -> facebook-login: email mangled
""",
        """
SOCIALACCOUNT_PROVIDERS = {
    "facebook": {"AUTH_PARAMS": {"config_id": "42"}},  # -> facebook-login-for-business: open
}
""",
    ],
    "django-facebook": [
        """
FACEBOOK_APP_ID = "1"
FACEBOOK_DEFAULT_SCOPE = ["email", "user_likes"]  # -> facebook-login: email user_likes
INSTALLED_APPS = ["django_facebook"]
""",
        """
INSTALLED_APPS = [
    "django_facebook",  # -> facebook-login: email(library) user_about_me(library) user_birthday(library) user_website(library)
]
""",
        """
from django_facebook.decorators import facebook_required


@facebook_required(scope="publish_actions,user_photos")  # -> facebook-login: publish_actions user_photos
def wall_post(request):
    pass
""",
    ],
    "django-social-auth": [
        """
AUTHENTICATION_BACKENDS = ("social_auth.backends.facebook.FacebookBackend",)
FACEBOOK_EXTENDED_PERMISSIONS = ["email", "publish_stream"]  # -> facebook-login: email publish_stream
""",
    ],
    "facebook-business": [
        """
from facebook_business.adobjects.business import Business
from facebook_business.api import FacebookAdsApi

FacebookAdsApi.init(access_token="x")


def make(business_id):
    return Business(business_id).create_system_user_access_token(  # -> business-manager: ads_read business_management
        params={"scope": ["ads_read", "business_management"], "appsecret_proof": "x"},
    )


def other(business_id):
    Business(business_id).create_access_token([], {"scope": ["ads_management"]})  # -> business-manager: ads_management
""",
        """
from flask_jwt_extended import create_access_token


def facebook_login(user):
    return create_access_token(identity=user, params={"scope": ["pages_show_list"]})
""",
    ],
    "facebook-sdk": [
        """
import facebook

SCOPES = ["email", "pages_show_list"]
graph = facebook.GraphAPI(version="3.1")
url = graph.get_auth_url("1", "https://example.com", SCOPES)  # -> facebook-login: email pages_show_list
again = facebook.GraphAPI().get_auth_url("1", "https://example.com", perms="email")  # -> facebook-login: email mangled
third = graph.get_auth_url("1", "https://example.com", scope="user_posts")  # -> facebook-login: user_posts
""",
        # Versions before 3 have a function; a receiver may be unknown
        """
from facebook import auth_url

url = auth_url("1", "https://example.com", ["user_photos"])  # -> facebook-login: user_photos


def build(graph):
    return graph.get_auth_url("1", "https://example.com", perms=["user_videos"])  # -> facebook-login: user_videos


def other(client):
    return client.get_auth_url("1", "https://example.com", ["user_videos"])
""",
        # A module of the app's own has the same name
        {
            "facebook.py": """
class GraphAPI:
    def get_auth_url(self, *args):
        return args
""",
            "app.py": """
import facebook

facebook.GraphAPI().get_auth_url("1", "2", ["user_posts"])
""",
        },
    ],
    "fastapi-sso": [
        """
from fastapi import FastAPI
from fastapi_sso.sso.facebook import FacebookSSO
from fastapi_sso.sso.google import GoogleSSO

sso = FacebookSSO(client_id="1", client_secret="2", redirect_uri="https://example.com")  # -> facebook-login: email(library)
google = GoogleSSO(client_id="1", client_secret="2", scope=["openid"])
""",
        """
from fastapi_sso import FacebookSSO


def get_sso():
    return FacebookSSO("1", "2", scope=["public_profile", "user_posts"])  # -> facebook-login: public_profile user_posts


def empty():
    return FacebookSSO("1", "2", scope=[])  # -> facebook-login: email(library)
""",
    ],
    "flask-appbuilder": [
        """
from flask_appbuilder.security.manager import AUTH_OAUTH

AUTH_TYPE = AUTH_OAUTH
OAUTH_PROVIDERS = [
    {
        "name": "google",
        "remote_app": {"client_id": "1", "client_kwargs": {"scope": "email profile"}},
    },
    {  # -> facebook-login: email public_profile
        "name": "facebook",
        "icon": "fa-facebook",
        "token_key": "access_token",
        "remote_app": {
            "client_id": "1",
            "client_kwargs": {"scope": "email public_profile"},
            "authorize_url": "https://www.facebook.com/dialog/oauth",
        },
    },
]
""",
        # Another name: the address says what it is. And the form of version 2.
        """
OAUTH_PROVIDERS = [
    {  # -> facebook-login: ads_read
        "name": "company",
        "remote_app": {
            "authorize_url": "https://www.facebook.com/v19.0/dialog/oauth",
            "client_kwargs": {"scope": "ads_read"},
        },
    },
    {  # -> facebook-login: email
        "name": "facebook",
        "remote_app": {"request_token_params": {"scope": "email"}, "consumer_key": "1"},
    },
    {
        "name": "meta",
        "remote_app": {"authorize_url": "https://sso.example.org/authorize", "client_kwargs": {"scope": "email"}},
    },
]
""",
    ],
    "flask-dance": [
        """
from flask_dance.contrib.facebook import facebook, make_facebook_blueprint
from flask_dance.contrib.google import make_google_blueprint

blueprint = make_facebook_blueprint(  # -> facebook-login: email user_friends
    client_id="1", client_secret="2", scope="email,user_friends", rerequest_declined_permissions=True
)
google = make_google_blueprint(client_id="1", client_secret="2", scope=["profile", "email"])
bare = make_facebook_blueprint(client_id="1", client_secret="2")
""",
        """
from flask_dance.consumer import OAuth2ConsumerBlueprint
from flask_dance.contrib.facebook import make_facebook_blueprint

old = make_facebook_blueprint("1", "2", ["email"])  # -> facebook-login: email
own = OAuth2ConsumerBlueprint(  # -> facebook-login: pages_show_list
    "meta", __name__, client_id="1", scope=["pages_show_list"],
    authorization_url="https://www.facebook.com/v24.0/dialog/oauth",
)
""",
    ],
    "flask-oauth": [
        """
from flask_oauth import OAuth

oauth = OAuth()
facebook = oauth.remote_app(  # -> facebook-login: email
    "facebook",
    base_url="https://graph.facebook.com/",
    request_token_url=None,
    access_token_url="/oauth/access_token",
    authorize_url="https://www.facebook.com/dialog/oauth",
    request_token_params={"scope": "email"},
)
twitter = oauth.remote_app("twitter", request_token_params={"scope": "email"})
other = oauth.remote_app("facebook", request_token_params={"scope": ["email"]})  # -> facebook-login: email mangled
""",
        # Older names of the extension
        """
from flaskext.oauth import OAuth

facebook = OAuth().remote_app("facebook", request_token_params={"scope": "email"})  # -> facebook-login: email
""",
        """
from flask.ext.oauth import OAuth

facebook = OAuth().remote_app("facebook", request_token_params={"scope": "user_likes"})  # -> facebook-login: user_likes
""",
    ],
    "flask-oauthlib": [
        """
from flask_oauthlib.client import OAuth

oauth = OAuth()
facebook = oauth.remote_app(  # -> facebook-login: email ads_management
    "facebook",
    consumer_key="1",
    consumer_secret="2",
    request_token_params={"scope": "email,ads_management"},
    base_url="https://graph.facebook.com",
    access_token_url="/oauth/access_token",
    authorize_url="https://www.facebook.com/dialog/oauth",
)
github = oauth.remote_app(
    "github",
    request_token_params={"scope": "user:email"},
    authorize_url="https://github.com/login/oauth/authorize",
)
""",
        """
from flask_oauthlib.contrib.apps import facebook, github

from shop.extensions import oauth

facebook.register_to(oauth)  # -> facebook-login: email(library)
facebook.register_to(oauth, scope=["email", "user_posts"])  # -> facebook-login: email user_posts
github.register_to(oauth, scope=["user:email"])
""",
    ],
    "httpx-oauth": [
        """
from httpx_oauth.clients.facebook import FacebookOAuth2
from httpx_oauth.clients.google import GoogleOAuth2

facebook = FacebookOAuth2("1", "2")  # -> facebook-login: email(library) public_profile(library)
google = GoogleOAuth2("1", "2", scopes=["email"])
other = FacebookOAuth2("1", "2", ["email", "user_likes"])  # -> facebook-login: email user_likes
third = FacebookOAuth2("1", "2", scopes="email")  # -> facebook-login: email mangled
""",
        # What the call names replaces what the client would ask for
        """
from httpx_oauth.clients.facebook import BASE_SCOPES, FacebookOAuth2

client = FacebookOAuth2("1", "2")


async def login():
    return await client.get_authorization_url(  # -> facebook-login: pages_show_list
        "https://example.com", scope=["pages_show_list"]
    )
""",
        """
from httpx_oauth.clients.facebook import FacebookOAuth2
from httpx_oauth.oauth2 import OAuth2

client = FacebookOAuth2("1", "2", scopes=["email"])
own = OAuth2("1", "2", "https://www.facebook.com/v24.0/dialog/oauth", "https://graph.facebook.com/oauth/access_token",
             base_scopes=["ads_read"])


async def login():
    await own.get_authorization_url("https://example.com")  # -> facebook-login: ads_read
    return await client.get_authorization_url("https://example.com")  # -> facebook-login: email
""",
        # fastapi-users
        """
from fastapi_users import FastAPIUsers
from httpx_oauth.clients.facebook import FacebookOAuth2

facebook_oauth_client = FacebookOAuth2("1", "2")  # -> facebook-login: email(library) public_profile(library)
fastapi_users = FastAPIUsers(None, [])
router = fastapi_users.get_oauth_router(facebook_oauth_client, None, "SECRET")
""",
    ],
    "litestar-oauth": [
        """
from litestar_oauth.contrib.litestar import OAuthConfig, OAuthPlugin

plugin = OAuthPlugin(
    config=OAuthConfig(  # -> facebook-login: email user_birthday
        redirect_base_url="https://example.com",
        google_client_id="1",
        google_scope="openid email",
        facebook_client_id="1",
        facebook_client_secret="2",
        facebook_scope="email user_birthday",
    )
)
default = OAuthConfig(redirect_base_url="x", facebook_client_id="1")  # -> facebook-login: email(library) public_profile(library)
other = OAuthConfig(redirect_base_url="x", github_client_id="1")
""",
        """
from litestar_oauth.providers.facebook import FacebookOAuthProvider
from litestar_oauth.providers.github import GitHubOAuthProvider

provider = FacebookOAuthProvider("1", "2", scope=["email"])  # -> facebook-login: email
github = GitHubOAuthProvider("1", "2", scope=["user"])
other = FacebookOAuthProvider("1", "2")


async def login():
    return await other.get_authorization_url("https://example.com", state="x")  # -> facebook-login: email(library) public_profile(library)
""",
    ],
    "litestar-sso": [
        """
from litestar_sso import FacebookSSO, GoogleSSO

facebook = FacebookSSO("1", "2", scope=["email", "user_posts"])  # -> facebook-login: email user_posts
google = GoogleSSO("1", "2", scope=["openid"])
""",
        """
from litestar_sso.sso.facebook import FacebookSSO

facebook = FacebookSSO("1", "2")  # -> facebook-login: email(library)
""",
    ],
    "loginpass": [
        """
from authlib.integrations.flask_client import OAuth
from flask import Flask
from loginpass import Facebook, GitHub, create_flask_blueprint

app = Flask(__name__)
oauth = OAuth(app)
bp = create_flask_blueprint([GitHub, Facebook], oauth, None)  # -> facebook-login: email(library) public_profile(library)
other = create_flask_blueprint([GitHub], oauth, None)
""",
        # A setting of Authlib replaces it; the order of arguments of an older version
        """
from loginpass import Facebook, create_flask_blueprint

FACEBOOK_CLIENT_KWARGS = {"scope": "email"}  # -> facebook-login: email


def make(oauth):
    return create_flask_blueprint(oauth, [Facebook], None)
""",
    ],
    "meta-ads-mcp": [
        """
from meta_ads_mcp import main

if __name__ == "__main__":
    main()  # -> facebook-login: business_management(library) public_profile(library) pages_show_list(library) pages_read_engagement(library)
""",
    ],
    "oauth-dropins": [
        """
from oauth_dropins import facebook, instagram, threads, github

SCOPES = ["pages_show_list", "pages_manage_posts"]
routes = [
    ("/facebook", facebook.Start.as_view("/facebook", "/facebook/cb", scopes=SCOPES)),  # -> facebook-login: pages_show_list pages_manage_posts
    ("/plain", facebook.Start.as_view("/facebook", "/facebook/cb")),
    ("/threads", threads.Start.as_view("/threads", "/threads/cb", scopes="threads_content_publish")),  # -> threads: threads_basic(library) threads_content_publish
    ("/bare", threads.Start.as_view("/threads", "/threads/cb")),  # -> threads: threads_basic(library)
    ("/github", github.Start.as_view("/github", "/github/cb", scopes=["repo"])),
]


def start():
    return facebook.Start("/facebook/cb", scopes="email").redirect_url()  # -> facebook-login: email


def old():
    return instagram.Start("/instagram/cb").redirect_url()  # -> instagram-basic-display: basic(library)
""",
    ],
    "oauthlib": [
        """
from oauthlib.oauth2 import WebApplicationClient

client = WebApplicationClient("1")
url = client.prepare_request_uri(  # -> facebook-login: email user_posts
    "https://www.facebook.com/v24.0/dialog/oauth",
    redirect_uri="https://example.com",
    scope=["email", "user_posts"],
)
google = client.prepare_request_uri("https://accounts.google.com/o/oauth2/auth", scope=["email"])
other, headers, body = client.prepare_authorization_request(  # -> facebook-login: ads_read
    "https://www.facebook.com/v24.0/dialog/oauth", scope="ads_read"
)
""",
    ],
    "omni-authify": [
        """
OMNI_AUTHIFY = {
    "PROVIDERS": {
        "github": {"client_id": "1", "scope": "user,repo"},
        "facebook": {  # -> facebook-login: email public_profile
            "client_id": "1",
            "scope": "email,public_profile",
            "fields": "id,name,email,picture",
        },
    }
}
""",
        """
from omni_authify import Facebook, GitHub

facebook = Facebook("1", "2", "https://example.com", "id,name", "email")  # -> facebook-login: email
github = GitHub("1", "2", "https://example.com", "user")
other = Facebook("1", "2", "https://example.com", "id,name", "email")
url = other.get_authorization_url(scope="email,user_posts")  # -> facebook-login: email user_posts
""",
    ],
    "python-facebook-api": [
        """
from pyfacebook import GraphAPI

reader = GraphAPI(access_token="x")
api = GraphAPI(app_id="1", app_secret="2", oauth_flow=True)  # -> facebook-login: public_profile(library)
other = GraphAPI(app_id="1", app_secret="2", oauth_flow=True, scope=["email"])  # -> facebook-login: email
""",
        """
from pyfacebook import FacebookApi, IGBusinessApi

api = FacebookApi(app_id="1", app_secret="2", oauth_flow=True, redirect_uri="https://example.com")
url, state = api.get_authorization_url(scope=["email", "pages_show_list"])  # -> facebook-login: email pages_show_list
again, state = IGBusinessApi(app_id="1", app_secret="2").get_authorization_url()  # -> facebook-login: public_profile(library)
config, state = api.get_authorization_url(url_kwargs={"config_id": "42"})  # -> facebook-login: public_profile(library) open
""",
        """
from pyfacebook import BasicDisplayAPI, ThreadsGraphAPI

basic = BasicDisplayAPI(app_id="1", app_secret="2")
basic.get_authorization_url()  # -> instagram-basic-display: user_profile(library) user_media(library)
threads = ThreadsGraphAPI(app_id="1", app_secret="2", oauth_flow=True)  # -> threads: threads_basic(library)
letters = ThreadsGraphAPI(app_id="1", app_secret="2", scope="threads_basic")  # -> threads: threads_basic mangled
""",
    ],
    "pythreads": [
        """
from pythreads.threads import Threads

config = Threads.load_configuration(scopes=["threads_basic", "threads_delete"])  # -> threads: threads_basic threads_delete
url, state = Threads.authorization_url(config)
""",
        """
from pythreads.threads import Threads

config = Threads.load_configuration()  # -> threads: threads_basic(library) threads_content_publish(library) threads_manage_insights(library) threads_manage_replies(library) threads_read_replies(library)
""",
    ],
    "rauth": [
        """
from rauth import OAuth2Service

facebook = OAuth2Service(
    client_id="1",
    client_secret="2",
    name="facebook",
    authorize_url="https://graph.facebook.com/oauth/authorize",
    access_token_url="https://graph.facebook.com/oauth/access_token",
    base_url="https://graph.facebook.com/",
)
url = facebook.get_authorize_url(scope="read_stream", response_type="code")  # -> facebook-login: read_stream
foursquare = OAuth2Service("1", "2", authorize_url="https://foursquare.com/oauth2/authenticate")
other = foursquare.get_authorize_url(scope="email")
""",
    ],
    "requests-oauthlib": [
        """
from requests_oauthlib import OAuth2Session
from requests_oauthlib.compliance_fixes import facebook_compliance_fix

DIALOG = "https://www.facebook.com/dialog/oauth"
SCOPE = ["email", "pages_show_list"]
facebook = OAuth2Session("1", redirect_uri="https://example.com", scope=SCOPE)
facebook = facebook_compliance_fix(facebook)
url, state = facebook.authorization_url(DIALOG)  # -> facebook-login: email pages_show_list
google = OAuth2Session("1", scope=["openid", "email"])
google.authorization_url("https://accounts.google.com/o/oauth2/v2/auth", access_type="offline")
""",
        """
from oauthlib.oauth2 import WebApplicationClient
from requests_oauthlib import OAuth2Session


def url():
    session = OAuth2Session("1", WebApplicationClient("1"), None, None, "ads_read")
    return session.authorization_url("https://www.facebook.com/v24.0/dialog/oauth")  # -> facebook-login: ads_read


def later():
    session = OAuth2Session("1")
    session.scope = ["email", "user_posts"]
    return session.authorization_url("https://www.facebook.com/v24.0/dialog/oauth")  # -> facebook-login: email user_posts


def business():
    return OAuth2Session("1").authorization_url("https://www.facebook.com/v24.0/dialog/oauth", config_id="42")  # -> facebook-login-for-business: open
""",
    ],
    "social-auth": [
        # social-auth-app-django
        """
AUTHENTICATION_BACKENDS = ["social_core.backends.facebook.FacebookOAuth2"]
SOCIAL_AUTH_FACEBOOK_KEY = "1"
SOCIAL_AUTH_FACEBOOK_SCOPE = ["email", "user_link"]  # -> facebook-login: email user_link
SOCIAL_AUTH_FACEBOOK_APP_SCOPE = ["email"]  # -> facebook-login: email
SOCIAL_AUTH_FACEBOOK_LIMITED_LOGIN_SCOPE = ["openid"]  # -> facebook-login: openid
SOCIAL_AUTH_INSTAGRAM_SCOPE = ["instagram_business_basic"]  # -> instagram-login: instagram_business_basic
SOCIAL_AUTH_GOOGLE_OAUTH2_SCOPE = ["email", "profile"]
SOCIAL_AUTH_FACEBOOK_PROFILE_EXTRA_PARAMS = {"fields": "id, name, email, picture.type(large), link"}
""",
        # social-auth-app-flask, drf-social-oauth2, and classes of settings
        """
from flask import Flask

app = Flask(__name__)
app.config["SOCIAL_AUTH_FACEBOOK_SCOPE"] = "email"  # -> facebook-login: email mangled
""",
        """
import os

from drf_social_oauth2 import urls


class Base:
    SOCIAL_AUTH_FACEBOOK_SCOPE = os.environ.get("FB_SCOPES", "email,user_posts").split(",")  # -> facebook-login: email user_posts incomplete
""",
        # Settings in several files: each request is where its setting is
        {
            "site/settings/base.py": """
SOCIAL_AUTH_FACEBOOK_SCOPE = ["email"]  # -> facebook-login: email
""",
            "site/settings/production.py": """
from .base import *

DEBUG = False
""",
            "site/settings/local.py": """
from .base import *

SOCIAL_AUTH_FACEBOOK_SCOPE = ["email", "user_posts"]  # -> facebook-login: email user_posts
""",
        },
        """
SOCIAL_AUTH_INSTAGRAM_SCOPE = ["basic", "public_content"]  # -> instagram-basic-display: basic public_content
SOCIAL_AUTH_FACEBOOK_AUTH_EXTRA_ARGUMENTS = {"config_id": "42"}  # -> facebook-login-for-business: open
""",
        """
SOCIAL_AUTH_FACEBOOK_AUTH_EXTRA_ARGUMENTS = {"auth_type": "rerequest"}
""",
    ],
    "streamlit-oauth": [
        """
import streamlit as st
from streamlit_oauth import OAuth2Component

facebook = OAuth2Component(
    "1", "2", "https://www.facebook.com/v24.0/dialog/oauth", "https://graph.facebook.com/v24.0/oauth/access_token", None, None
)
result = facebook.authorize_button("Facebook", "https://example.com", "email pages_show_list")  # -> facebook-login: email pages_show_list
google = OAuth2Component("1", "2", authorize_endpoint="https://accounts.google.com/o/oauth2/v2/auth")
google.authorize_button("Google", "https://example.com", "openid email")
named = OAuth2Component("1", "2", authorize_endpoint="https://www.facebook.com/v24.0/dialog/oauth")
named.authorize_button(name="f", redirect_uri="x", scope=["email"])  # -> facebook-login: email mangled
""",
    ],
    "supabase": [
        """
from supabase import create_client

supabase = create_client("https://x.supabase.co", "key")
supabase.auth.sign_in_with_oauth(  # -> facebook-login: email(library) pages_show_list
    {"provider": "facebook", "options": {"scopes": "pages_show_list"}}
)
supabase.auth.sign_in_with_oauth({"provider": "github", "options": {"scopes": "repo"}})
""",
        """
async def login(client):
    return await client.auth.sign_in_with_oauth({"provider": "facebook"})  # -> facebook-login: email(library)
""",
    ],
    "supabase, version 0": [
        """
from gotrue import Client

client = Client(url="https://x.supabase.co/auth/v1")
client.sign_in(provider="facebook", scopes="user_posts")  # -> facebook-login: email(library) user_posts
client.sign_in(provider="google", scopes="email")
""",
    ],
    "swarmauri-auth-idp-facebook": [
        """
from swarmauri_auth_idp_facebook import FacebookOAuth20Login, FacebookOIDC10Login

login = FacebookOAuth20Login(client_id="1", client_secret=b"2", redirect_uri="x", scope="email user_posts")  # -> facebook-login: email user_posts
bare = FacebookOIDC10Login(client_id="1", client_secret=b"2", redirect_uri="x")  # -> facebook-login: openid(library) email(library) public_profile(library)
""",
    ],
    "threadspipepy": [
        """
from threadspipepy.threadspipe import ThreadsPipe

api = ThreadsPipe(access_token="x", user_id="1")
api.get_auth_token("1", "https://example.com", scope=["basic", "publish"])  # -> threads: threads_basic threads_content_publish
""",
        """
from threadspipepy.threadspipe import ThreadsPipe

api = ThreadsPipe(access_token="x", user_id="1")
api.get_auth_token("1", "https://example.com", "insights")  # -> threads: threads_manage_insights
api.get_auth_token("1", "https://example.com", "all")  # -> threads: threads_basic threads_content_publish threads_read_replies threads_manage_replies threads_manage_insights
api.get_auth_token("1", "x")  # -> threads: threads_basic(library) threads_content_publish(library) threads_read_replies(library) threads_manage_replies(library) threads_manage_insights(library)
""",
    ],
    "tornado": [
        """
import tornado.auth
import tornado.web


class FacebookLogin(tornado.web.RequestHandler, tornado.auth.FacebookGraphMixin):
    async def get(self):
        if self.get_argument("code", None):
            return
        self.authorize_redirect(  # -> facebook-login: email user_posts
            redirect_uri="https://example.com", client_id="1", scope=["email", "user_posts"]
        )


class GoogleLogin(tornado.web.RequestHandler, tornado.auth.GoogleOAuth2Mixin):
    async def get(self):
        self.authorize_redirect(redirect_uri="https://example.com", client_id="1", scope=["profile", "email"])
""",
        """
import tornado.auth
from tornado.web import RequestHandler


class Login(RequestHandler, tornado.auth.FacebookGraphMixin):
    def get(self):
        self.authorize_redirect(client_id="1", extra_params={"scope": "read_stream,offline_access"})  # -> facebook-login: read_stream offline_access

    def post(self):
        self.authorize_redirect(client_id="1", scope="email")  # -> facebook-login: email mangled
""",
    ],
    "velruse": [
        """
def includeme(config):
    config.include("velruse.providers.facebook")
    config.add_facebook_login("1", "2", scope="email,user_about_me")  # -> facebook-login: email user_about_me
    config.add_github_login("1", "2", scope="user:email")
""",
        """
settings = {
    "facebook.consumer_key": "1",
    "facebook.scope": "email",  # -> facebook-login: email
    "github.scope": "user:email",
}
""",
    ],
}


@pytest.mark.parametrize(
    "app",
    [
        pytest.param(app, id=f"{library} {number}")
        for library, apps in APPS.items()
        for number, app in enumerate(apps, 1)
    ],
)
def test_what_a_library_is_asked_for(app, check):
    check(app)


def test_a_request_says_how_it_asks(requests_of):
    (request,) = requests_of(APPS["flask-dance"][0])
    assert request.via == "flask-dance: make_facebook_blueprint(scope)"


def libraries():
    from permlint.recognition import build

    rows = tomli.loads((build.DATA / "libraries.toml").read_text(encoding="utf-8"))["library"]
    return [row for row in rows if any(kind in row for kind in ("request", "setting", "mapping"))]


@pytest.mark.parametrize("library", libraries(), ids=lambda library: library["name"])
def test_each_file_that_asks_holds_a_needle_of_its_library(library):
    apps = [app for name, more in APPS.items() if name.partition(",")[0] == library["name"] for app in more]
    assert apps, "no app of this library"
    for app in apps:
        for text in files_with_markers(app):
            assert any(needle in text for needle in library["needles"]), text


@pytest.mark.parametrize("library", libraries(), ids=lambda library: library["name"])
def test_the_prefilter_keeps_each_file_that_asks(library):
    from permlint.recognition.prefilter import may_matter

    apps = [app for name, more in APPS.items() if name.partition(",")[0] == library["name"] for app in more]
    for app in apps:
        for text in files_with_markers(app):
            assert may_matter(text.encode())


def files_with_markers(app):
    """The files of an app in which something is asked for, without the markers, in lower case."""
    texts = [app] if isinstance(app, str) else app.values()
    return [re.sub("# -> .*", "", text).lower() for text in texts if "# -> " in text]
