"""Settings that stand outside the code, with what the code gives in their place."""

from __future__ import annotations

import pytest

TEXTS = {
    "os.getenv": 'import os\nSCOPE = os.getenv("FB_SCOPE", "email,user_posts")',
    "os.environ": 'import os\nSCOPE = os.environ.get("FB_SCOPE", "email,user_posts")',
    "os.environ, imported": 'from os import environ\nSCOPE = environ.get("FB_SCOPE") or "email,user_posts"',
    "python-decouple": 'from decouple import config\nSCOPE = config("FB_SCOPE", default="email,user_posts")',
    "python-decouple, own": (
        "from decouple import Config, RepositoryEnv\n"
        'config = Config(RepositoryEnv("x.env"))\nSCOPE = config("FB_SCOPE", "email,user_posts")'
    ),
    "django-environ": 'import environ\nenv = environ.Env()\nSCOPE = env("FB_SCOPE", default="email,user_posts")',
    "django-environ, str": 'import environ\nenv = environ.Env()\nSCOPE = env.str("FB_SCOPE", "email,user_posts")',
    "django-environ, scheme": (
        'import environ\nenv = environ.Env(DEBUG=(bool, False), FB_SCOPE=(str, "email,user_posts"))\nSCOPE = env("FB_SCOPE")'
    ),
    "environs": 'from environs import Env\nenv = Env()\nenv.read_env()\nSCOPE = env.str("FB_SCOPE", "email,user_posts")',
    "environs, the shared one": 'from environs import env\nSCOPE = env("FB_SCOPE", default="email,user_posts")',
    "starlette": (
        'from starlette.config import Config\nconfig = Config(".env")\nSCOPE = config("FB_SCOPE", cast=str, default="email,user_posts")'
    ),
    "dynaconf": (
        'from dynaconf import Dynaconf\nsettings = Dynaconf(settings_files=["settings.toml"])\n'
        'SCOPE = settings.get("FB_SCOPE", "email,user_posts")'
    ),
}
LISTS = {
    "python-decouple, Csv": 'from decouple import Csv, config\nSCOPE = config("FB_SCOPE", default="email,user_posts", cast=Csv())',
    "python-decouple, a function": (
        "from decouple import config\n"
        'SCOPE = config("FB_SCOPE", default="email, user_posts", cast=lambda v: [s.strip() for s in v.split(",")])'
    ),
    "django-environ": 'import environ\nenv = environ.Env()\nSCOPE = env.list("FB_SCOPE", default=["email", "user_posts"])',
    "django-environ, cast": 'import environ\nenv = environ.Env()\nSCOPE = env("FB_SCOPE", list, ["email", "user_posts"])',
    "django-environ, scheme": (
        'import environ\nenv = environ.Env(FB_SCOPE=(list, ["email", "user_posts"]))\nSCOPE = env.list("FB_SCOPE")'
    ),
    "environs": 'from environs import Env\nSCOPE = Env().list("FB_SCOPE", ["email", "user_posts"])',
    "starlette": (
        "from starlette.config import Config\nfrom starlette.datastructures import CommaSeparatedStrings\n"
        'SCOPE = Config()("FB_SCOPE", cast=CommaSeparatedStrings, default="email,user_posts")'
    ),
}
ASKS_TEXT = '\nURL = "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=" + SCOPE  # -> facebook-login: '
ASKS_LIST = "\nSOCIAL_AUTH_FACEBOOK_SCOPE = SCOPE  # -> facebook-login: "


@pytest.mark.parametrize("reader", TEXTS)
def test_a_default_is_asked_for_and_may_be_replaced(reader, check):
    check(TEXTS[reader] + ASKS_TEXT + "email user_posts incomplete\n")


@pytest.mark.parametrize("reader", LISTS)
def test_a_list_is_read_as_one(reader, check):
    check(LISTS[reader] + ASKS_LIST + "email user_posts incomplete\n")


@pytest.mark.parametrize("reader", sorted(TEXTS.keys() - {"dynaconf"}))
def test_the_env_file_counts_as_well(reader, check):
    app = TEXTS[reader] + ASKS_TEXT + "email(maybe) user_posts(maybe) user_likes(maybe) incomplete\n"
    check({".env": "FB_SCOPE=user_likes\n", "app.py": app})


def test_a_setting_without_a_default_is_open(check):
    check('import os\nSOCIAL_AUTH_FACEBOOK_SCOPE = os.environ["FB_SCOPES"].split()  # -> facebook-login: open\n')


def test_settings_of_the_project_are_found_through_the_framework(check):
    check(
        {
            "shop/settings.py": 'FB_SCOPES = ["email", "user_posts"]\n',
            "shop/views.py": """
import facebook
from django.conf import settings


def login(request):
    return facebook.GraphAPI().get_auth_url("1", "2", settings.FB_SCOPES)  # -> facebook-login: email user_posts
""",
        }
    )


def test_settings_of_a_flask_app(check):
    check(
        {
            "shop/config.py": 'class Config:\n    FB_SCOPES = "email,user_posts"\n',
            "shop/views.py": """
from flask import current_app
from flask_dance.contrib.facebook import make_facebook_blueprint


def blueprint():
    return make_facebook_blueprint("1", "2", scope=current_app.config["FB_SCOPES"])  # -> facebook-login: email user_posts
""",
        }
    )
