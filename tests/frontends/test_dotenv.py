"""The `.env` front end: what may be scopes, where it stands, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permlint import program as p
from permlint.frontends import Unreadable, language, lower


def values(text):
    source = text if isinstance(text, bytes) else text.encode()
    program = lower(".env", source)
    plain = source.decode("utf-8-sig")
    out = {}
    for key, value in document(program).entries:
        piece = value.parts[0]
        assert plain[piece.start : piece.end] == piece.value
        assert plain[key.start : key.end] == key.parts[0].value
        out[key.parts[0].value] = piece.value
    return out


def document(program):
    """The mapping that a file of data stands for."""
    if not program.body:
        return p.Mapping(0, 0, ())
    (statement,) = program.body
    assert statement.targets[0].id == p.DEFAULT
    return statement.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("SCOPES=email", "email"),
        ("SCOPES = email,user_likes", "email,user_likes"),
        ("export SCOPES=email", "email"),
        ("SCOPES='email user_likes'", "email user_likes"),
        ('SCOPES="email" # who', "email"),
        ("SCOPES=email # who", "email"),
        ("SCOPES=email,user_likes\r\nA=b_c\r\n", "email,user_likes"),
        ("\ufeffSCOPES=email", "email"),
        ('SCOPES=["email", "user_likes"]', '["email", "user_likes"]'),
        ("SCOPES=email%20user_likes", "email%20user_likes"),
        ("  SCOPES=email  ", "email"),
    ],
)
def test_scopes(text, value):
    assert values(text)["SCOPES"] == value


def test_scopes_under_any_name():
    assert values("FACEBOOK=pages_show_list,user_likes\nVERSION=v24.0") == {
        "FACEBOOK": "pages_show_list,user_likes",
        "VERSION": "v24.0",
    }


@pytest.mark.parametrize(
    "line",
    [
        "SECRET=0123456789abcdef0123456789abcdef",
        "FB_SCOPE_SECRET=0123456789abcdef0123456789abcdef",
        "SCOPES=0123456789abcdef0123456789abcdef",
        "SCOPES=EAAGm0PX4ZCpsBAm0PX4ZCpsBA",
        "FB_TOKEN=abcdef_ghi",
        "DB_PASSWORD=hunter2",
        "DB_PASS=swordfish",
        "API_KEY=my_key",
        "DATABASE_URL=postgres://user:word@host/db",
        "NAME=Someone",
        "APP_ID=1234567890",
        "MAIL=a@b.c",
        "EMPTY=",
        "# SCOPES=email",
        "not a setting",
        "=email",
    ],
)
def test_no_other_value_is_kept(line):
    assert values(line) == {}


def test_comments_that_name_permlint():
    program = lower(".env", b"# permlint: ignore-file[PRM101] x\nSCOPES=email # permlint: ignore[PRM101]\n")

    assert [(text.strip(), alone) for _, _, text, alone in program.comments] == [
        ("permlint: ignore-file[PRM101] x", True),
        ("permlint: ignore[PRM101]", False),
    ]


def test_a_file_that_is_not_utf_8():
    (entry,) = document(lower(".env", b"# \xe9\nSCOPES=email")).entries
    assert entry[1].parts[0].value == "email"


def test_bytes_that_are_no_text():
    with pytest.raises(Unreadable, match="NUL"):
        lower(".env", b"SCOPES=\0")


@pytest.mark.parametrize(
    "name",
    [
        ".env",
        ".envrc",
        ".env.example",
        ".env-sample",
        "env.example",
        "env.dist",
        "prod.env",
        "app.env.sample",
        "env_template",
    ],
)
def test_the_family(name):
    assert language(f"deploy/{name}") == "dotenv"


@pytest.mark.parametrize("name", ["env.py", ".environment", "environment", "env.d.ts", "venv", "env.md", ".env.json"])
def test_no_file_of_the_family(name):
    assert language(name) != "dotenv"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80) | st.text("A=b_c'\"# \n\r\texport", max_size=50))
def test_any_text_is_read(text):
    try:
        program = lower(".env", text.encode("utf-8", "surrogatepass"))
    except Unreadable:
        return
    assert isinstance(document(program), p.Mapping)
