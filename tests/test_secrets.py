"""What is a secret is hidden, what is not is left alone, and columns stay what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permlint.secrets import mask

TOKEN = "EAA" + "Gm0PX4ZCpsBA" * 4
SECRET = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f'graph = GraphAPI("{TOKEN}")', TOKEN),
        (f"x = 'IGQVJ{'Wm5abc' * 6}'", "IGQVJ" + "Wm5abc" * 6),
        (f"x = 'IGAA{'Wm5abc' * 6}'", "IGAA" + "Wm5abc" * 6),
        (f"x = 'THAA{'Wm5abc' * 6}'", "THAA" + "Wm5abc" * 6),
        ("GraphAPI('123456789|aBcDeFgHiJkLmNoPqRsT')", "aBcDeFgHiJkLmNoPqRsT"),
        (f"f('{SECRET}')", SECRET),
        (f"f('{SECRET.upper()}')", SECRET.upper()),
        ('APP_SECRET = "s3cr3t-value"', "s3cr3t-value"),
        ("FB_APP_SECRET=s3cr3tvalue", "s3cr3tvalue"),
        ("export CLIENT_TOKEN=abc12345xyz", "abc12345xyz"),
        ('{"password": "hunter2!"}', "hunter2!"),
        ('settings["API_KEY"] = "k3y-k3y-k3y"', "k3y-k3y-k3y"),
        ("  client_secret: abc12345def", "abc12345def"),
        ("url = f'https://x/me?access_token=abc123def456&fields=id'", "abc123def456"),
        ("os.environ.setdefault('APP_SECRET', 'v4lue-v4lue')", "v4lue-v4lue"),
        ("headers = {'Authorization': 'Bearer abcdef123456ghijkl'}", "abcdef123456ghijkl"),
        ('secret: str = "v4lue-v4lue"', "v4lue-v4lue"),
        ("token = 'eyJhbGciOi12345.eyJzdWIiOi12345.c2ln'", "eyJhbGciOi12345.eyJzdWIiOi12345.c2ln"),
    ],
)
def test_hidden(text, secret):
    assert mask(text) == text.replace(secret, "*" * len(secret))


@pytest.mark.parametrize(
    "text",
    [
        "",
        'SCOPES = ["pages_manage_posts", "email"]',
        "access_token = get_token(request)",
        "token = response.json()['access_token']",
        "params = {'access_token': token}",
        "def login(token: str, secret: Optional[str] = None):",
        'TOKEN_URL = "https://graph.facebook.com/v19.0/oauth/access_token"',
        "access_token_url='https://graph.facebook.com/oauth/access_token'",
        "token = facebook.fetch(scope='email,user_photos')",
        "APP_SECRET = os.environ['FACEBOOK_APP_SECRET']",
        "APP_SECRET=${FACEBOOK_APP_SECRET}",
        "token_scopes = 'email user_photos'",
        "if token == 'access':",
        "https://www.facebook.com/v24.0/dialog/oauth?client_id=123456789012345&scope=email",
        "secret = '<your secret>'",
        "tokens = tokenize(text)",
        "token = '{0}'.format(x1)",
        "secret = '${APP_SECRET_1}'",
        "secret = '{{ app_secret_2 }}'",
        "token = 'https://graph.facebook.com/v19.0/token'",
    ],
)
def test_left_alone(text):
    assert mask(text) == text


@given(st.text())
def test_columns_and_lines_stay(text):
    hidden = mask(text)
    assert len(hidden) == len(text)
    assert hidden.splitlines(keepends=True) == text.splitlines(keepends=True) or "*" in hidden
    assert all(new in (old, "*") for new, old in zip(hidden, text, strict=True))
    assert [at for at, char in enumerate(text) if char in "\r\n"] == [
        at for at, char in enumerate(hidden) if char in "\r\n"
    ]


def test_long_lines_take_no_time():
    mask("token = " * 20_000)
    mask("a" * 200_000)
    mask("secret" * 30_000)
    mask('"' * 100_000)
