"""Files of data: what they hold, where it stands, and that nothing else is kept."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permlint import program as p
from permlint.frontends import Unreadable, is_data, language, lower


def read(path, text):
    """The document of a file as plain values; each text is checked to stand where it says."""
    data = text if isinstance(text, bytes) else text.encode()
    program = lower(path, data)
    plain = data.decode("utf-8-sig") if not isinstance(text, bytes) else data.decode("latin-1")
    if not program.body:
        return None
    (statement,) = program.body
    assert statement.targets[0].id == p.DEFAULT
    return plain_value(statement.value, plain)


def plain_value(node, text):
    if isinstance(node, p.Mapping):
        out = {}
        for key, value in node.entries:
            if key is None:
                out.update(plain_value(value, text) if isinstance(value, p.Mapping) else {"...": None})
            else:
                piece = key.parts[0]
                assert text[piece.start : piece.end] == piece.value
                out[piece.value] = plain_value(value, text)
        return out
    if isinstance(node, p.Sequence):
        items = [plain_value(item, text) for item in node.items]
        return tuple(items) if node.kind == "tuple" else items
    if isinstance(node, p.String):
        parts = []
        for part in node.parts:
            if isinstance(part, p.Text):
                held_to_its_place(part, text)
                parts.append(part.value)
            else:
                parts.append(part)
        return parts[0] if len(parts) == 1 else parts
    if isinstance(node, p.Literal):
        return node.value
    assert isinstance(node, (p.Opaque, p.Spread))
    return ...


def held_to_its_place(piece, text):
    if piece.spots is None:
        assert text[piece.start : piece.end] == piece.value
        return
    assert len(piece.spots) == len(piece.value) + 1
    for char, spot in zip(piece.value, piece.spots, strict=False):
        if char.isalnum() and text[spot] not in "\\&":
            assert text[spot] == char


# YAML ---------------------------------------------------------------------------------------------------------------------


def test_yaml_block_and_flow():
    assert read(
        "a.yaml", 'facebook:\n  scope:\n    - email # who\n    - user_likes\n  flow: {scope: [email, "user_likes"]}\n'
    ) == {"facebook": {"scope": ["email", "user_likes"], "flow": {"scope": ["email", "user_likes"]}}}


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("email,user_likes", "email,user_likes"),
        ("email\n    user_likes", "email user_likes"),
        ("email\n\n    user_likes", "email\nuser_likes"),
        ("'email user_likes'", "email user_likes"),
        ('"email\\u0020user_\\x6cikes"', "email user_likes"),
        ('"email \\\n    user_likes"', "email user_likes"),
        ("|\n    email\n    user_likes\n", "email\nuser_likes"),
        ("|-\n    email\n    user_likes\n\n", "email\nuser_likes"),
        (">\n    email,\n    user_likes\n", "email, user_likes"),
        ("|2\n    email\n", "  email"),
        ("true", True),
        ("no", False),
        ("~", None),
        ("", None),
    ],
)
def test_yaml_scalars(scalar, value):
    found = read("a.yml", f"a:\n  scope: {scalar}\n")["a"]["scope"]
    assert (found.strip() if isinstance(found, str) and scalar.startswith("|2") else found) == (
        value.strip() if isinstance(value, str) else value
    )


def test_yaml_anchors_and_merge_keys():
    text = "base: &base\n  provider: facebook\n  scope: email\none:\n  <<: *base\n  scope: user_likes\ntwo:\n  scope: user_posts\n  <<: [*base]\nthree: *base\n"
    found = read("a.yaml", text)
    assert found["one"] == {"provider": "facebook", "scope": "user_likes"}
    assert found["two"] == {"provider": "facebook", "scope": "user_posts"}
    assert found["three"] == {"provider": "facebook", "scope": "email"}


def test_yaml_documents():
    assert read("a.yaml", "scope: email\n---\nscope: user_likes\n") == ({"scope": "email"}, {"scope": "user_likes"})


def test_yaml_tags():
    assert read("a.yaml", "scope: !Ref FacebookScope\nother: !!str email\nlist: !Some [email]\n") == {
        "scope": ..., "other": "email", "list": ["email"],
    }  # fmt: skip


def test_an_alias_for_nothing():
    assert read("a.yaml", "scope: *nowhere\n") == {"scope": ...}


# JSON, TOML -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        '{"facebook": {"scope": ["email", "user_likes"], "enabled": true, "more": null}}',
        '// who\n{"facebook": {"scope": ["email", /* and */ "user_likes",], "enabled": true, "more": null,},}',
        '{"facebook": {"scope": ["email", "user\\u005flikes"], "enabled": true, "more": null}}',
    ],
)
def test_json(text):
    assert read("a.json", text) == {"facebook": {"scope": ["email", "user_likes"], "enabled": True, "more": None}}


def test_toml():
    text = (
        'top.scope = "email"\n[auth.external.facebook]\nenabled = true\nscopes = ["email", \'user_likes\']\n'
        '[[apps]]\nname = "one"\n[[apps]]\nname = "two"\noauth = {scope = """\nemail\nuser_likes"""}\n["a.b"]\nscope = "user_posts"\n'
    )
    assert read("a.toml", text) == {
        "top": {"scope": "email"},
        "auth": {"external": {"facebook": {"enabled": True, "scopes": ["email", "user_likes"]}}},
        "apps": [{"name": "one"}, {"name": "two", "oauth": {"scope": "email\nuser_likes"}}],
        "a.b": {"scope": "user_posts"},
    }


# Lines ------------------------------------------------------------------------------------------------------------------------


def test_ini():
    text = (
        "; who\n[facebook]\nscope = email, user_likes ; and why\nperms: 'email'\nscopes =\n    email\n    user_likes\nlist = [\"email\",\n"
        '  "user_likes"]\n[other section]\nscope=user_posts\n'
    )
    assert read("a.ini", text) == {
        "facebook": {
            "scope": "email, user_likes",
            "perms": "email",
            "scopes": "\nemail\nuser_likes",
            "list": ["email", "user_likes"],
        },
        "other section": {"scope": "user_posts"},
    }


def test_blocks_of_hocon():
    text = 'silhouette {\n  facebook {\n    authorizationURL = "https://www.facebook.com/v19.0/dialog/oauth"\n    scope = "email"\n  }\n}\nscope = "user_posts"\n'
    assert read("application.conf", text) == {
        "silhouette": {
            "facebook": {"authorizationURL": "https://www.facebook.com/v19.0/dialog/oauth", "scope": "email"}
        },
        "scope": "user_posts",
    }


def test_properties():
    text = (
        "# who\n! and why\na.facebook.scope=email, \\\n    user_likes\na.facebook.enabled: true\na.list.scope[0]=email\na.list.scope[1]=user_likes\n"
        "scope user\\u005fposts\n"
    )
    assert read("a.properties", text) == {
        "a": {
            "facebook": {"scope": "email, user_likes", "enabled": "true"},
            "list": {"scope": ["email", "user_likes"]},
        },
        "scope": "user_posts",
    }


def test_properties_in_latin_1():
    assert read("a.properties", "# é\nscope=email\n".encode("latin-1")) == {"scope": "email"}


# XML ----------------------------------------------------------------------------------------------------------------------------


def test_xml_attributes_and_elements():
    text = '<?xml version="1.0"?><!-- who --><p:providers xmlns:p="urn:x"><provider Name="Facebook" scope="email&amp;x"><scope>\n email </scope></provider></p:providers>'
    assert read("a.xml", text) == {
        "providers": {"provider": {"Name": "Facebook", "scope": "email"}},
    }


def test_android_resources():
    text = (
        '<resources>\n<string name="fb_scope" translatable="false">email,user_likes</string>\n'
        '<string-array name="fb_permissions"><item>email</item><item>user_likes</item></string-array></resources>'
    )
    assert read("res/values/strings.xml", text) == {
        "resources": {"fb_scope": "email,user_likes", "fb_permissions": ["email", "user_likes"]}
    }


def test_property_lists():
    text = (
        '<plist version="1.0"><dict><key>Scopes</key><array><string>email</string></array><key>On</key><true/>'
        "<key>Inner</key><dict><key>scope</key><string>email</string></dict></dict></plist>"
    )
    assert read("Info.plist", text)["plist"]["dict"] == {"Scopes": ["email"], "On": True, "Inner": {"scope": "email"}}


def test_entries_by_name_or_key():
    text = '<configuration><appSettings><add key="Scopes" value="email,user_likes"/></appSettings><bean><property name="scope" value="email"/></bean></configuration>'
    assert read("web.config", text) == {
        "configuration": {"appSettings": {"Scopes": "email,user_likes"}, "bean": {"scope": "email"}}
    }


# All -----------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "text", "line", "column", "length"),
    [
        ("a.yaml", "a: 😀\nb: {scope: [é_é, user_likes]}\n", 2, 18, 10),
        ("a.yaml", "x: y\r\nscope: |\r\n  email\r\n  user_likes\r\n", 4, 3, 10),
        ("a.json", '{"😀": "é",\r\n\t"scope": ["user_likes"]}', 2, 13, 10),
        ("a.toml", '# 😀\n"é" = 1\nscope = ["user_likes"]\n', 3, 11, 10),
        ("a.ini", "; 😀é\r\n[a]\r\nscope = user_likes\r\n", 3, 9, 10),
        ("a.properties", "# 😀é\r\nscope = \tuser_likes\r\n", 2, 10, 10),
        ("a.xml", "<a><!-- 😀é -->\n\t<scope>user_likes</scope></a>", 2, 9, 10),
        (".env", "# 😀é\r\nSCOPE=user_likes\r\n", 2, 7, 10),
    ],
)
def test_places_are_code_points(path, text, line, column, length):
    program = lower(path, text.encode())
    pieces = [node for node in p.inside(program.body[0]) if isinstance(node, p.Text) and "user_likes" in node.value]
    (piece,) = pieces
    start = piece.value.index("user_likes")
    spots = piece.spots or range(piece.start, piece.end + 1)
    place = program.place(spots[start], spots[start] + length)
    assert (place.line, place.column, place.end_column - place.column) == (line, column, length)


SECRETS = {
    "client_secret": "0123456789abcdef0123456789abcdef",
    "clientSecret": "swordfish",
    "password": "hunter",
    "token": "EAAGm0PX4ZCpsBAm0PX4ZCpsBA",
    "webhook": "https://hooks.slack.com/services/T024BE7LD/B024BE7LD/abcdefghijklmnop12345678",
    "dsn": "https://abc123@sentry.example/1",
    "database": "postgres://user:word@host/db",
    "mail": "someone@example.com",
    "app_id": "1234567890123456",
    "note": "Some sentence that nobody needs.",
    "paging": "https://graph.facebook.com/v24.0/1234_5678/comments?limit=25&after=MTAxNTEx",
}


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("a.yaml", "{}: {}\n"),
        ("a.yaml", "{}:\n  - '{}'\n"),
        ("a.yaml", "{}: |\n  {}\n"),
        ("a.json", '{{"{}": "{}"}}'),
        ("a.toml", '{} = "{}"\n'),
        ("a.ini", "[x]\n{} = {}\n"),
        ("a.properties", "x.{}={}\n"),
        ("a.xml", '<a {}="{}"/>'),
        ("a.xml", '<a><string name="{}">{}</string></a>'),
        ("docker-compose.yml", "services:\n  a:\n    environment:\n      - {}={}\n"),
    ],
)
def test_no_secret_is_kept(path, form, name):
    program = lower(path, form.format(name, SECRETS[name]).encode())
    kept = [node.value for node in p.inside(program.body[0]) if isinstance(node, p.Text)]
    assert not [text for text in kept if SECRETS[name] in text]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.yaml", "env:\n  - name: DB_PASSWORD\n    value: swordfish\n"),
        ("a.yaml", "env:\n  - {value: swordfish, key: DB_PASSWORD}\n"),
        ("a.json", '{"env": [{"name": "DB_PASSWORD", "value": "swordfish"}]}'),
        ("a.json", '{"env": {"DB_PASSWORD": {"value": "swordfish"}}}'),
        ("a.toml", '[[env]]\nkey = "DB_PASSWORD"\nvalue = "swordfish"\n'),
        ("a.xml", '<env><add key="DB_PASSWORD" value="swordfish"/></env>'),
    ],
)
def test_a_value_is_called_by_the_name_beside_it(path, text):
    def kept(text):
        return [node.value for node in p.inside(lower(path, text.encode()).body[0]) if isinstance(node, p.Text)]

    assert "swordfish" not in kept(text)
    assert "email,user_likes" in kept(
        text.replace("DB_PASSWORD", "FB_SCOPES").replace(
            "swordfish", '"email,user_likes"' if path == "a.yaml" else "email,user_likes"
        )
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("${FB_SCOPE:email,user_likes}", ["FB_SCOPE", "email,user_likes"]),
        ("${FB_SCOPE:-email}", ["FB_SCOPE", "email"]),
        ("${FB_SCOPE}", ["FB_SCOPE"]),
        ("${env:FB_SCOPE, 'email'}", ["FB_SCOPE", "'email'"]),
    ],
)
def test_placeholders_call_for_a_variable(text, parts):
    program = lower("a.yaml", f'scope: "{text}"\n'.encode())
    (call,) = [node for node in p.inside(program.body[0]) if isinstance(node, p.Call)]
    assert [value.parts[0].value for _, value in call.arguments] == parts


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.yaml", "# permlint: ignore-file[PRM101] x\na: b # permlint: ignore[PRM102]\n"),
        ("a.toml", '# permlint: ignore-file[PRM101] x\na = "b" # permlint: ignore[PRM102]\n'),
        ("a.jsonc", '// permlint: ignore-file[PRM101] x\n{"a": "b"} /* permlint: ignore[PRM102] */\n'),
        ("a.ini", "; permlint: ignore-file[PRM101] x\na = b # permlint: ignore[PRM102]\n"),
        ("a.xml", "<!-- permlint: ignore-file[PRM101] x -->\n<a>b</a> <!-- permlint: ignore[PRM102] -->\n"),
        (".env", "# permlint: ignore-file[PRM101] x\nSCOPES=email # permlint: ignore[PRM102]\n"),
    ],
)
def test_comments_that_name_permlint(path, text):
    program = lower(path, text.encode())
    assert [(comment.strip(), alone) for _, _, comment, alone in program.comments] == [
        ("permlint: ignore-file[PRM101] x", True),
        ("permlint: ignore[PRM102]", False),
    ]


def test_comments_of_properties():
    program = lower("a.properties", b"! permlint: ignore[PRM101] x\nscope=email\n")
    assert [(text.strip(), alone) for _, _, text, alone in program.comments] == [("permlint: ignore[PRM101] x", True)]


@pytest.mark.parametrize(
    "path",
    ["package-lock.json", "web/tsconfig.json", "locales/en.json", "tests/fixtures/answer.json", "api.postman_collection.json",
     "pom.xml", "pyproject.toml", "app.schema.json"],
)  # fmt: skip
def test_data_that_no_app_keeps_its_logins_in(path):
    assert language(path) is None


def test_kinds_of_data():
    for path in (
        "a.yaml",
        "b/a.yml",
        "a.toml",
        "a.json",
        "a.jsonc",
        "a.ini",
        "a.cfg",
        "a.conf",
        "a.properties",
        "a.xml",
        "Info.plist",
        ".env",
    ):
        assert is_data(path), path
    assert not is_data("a.py")


# Bad input -----------------------------------------------------------------------------------------------------------------------

PATHS = ["a.yaml", "a.json", "a.toml", "a.ini", "a.properties", "a.xml", ".env"]
SAMPLES = [
    "a: &x {scope: [email, 'b']}\nb: *x\nc: |\n  email\n---\n- <<: *x\n",
    '{"a": {"scope": ["email", "b\\u0041"]}, "b": [1, true, null]}',
    '[a.b]\nscope = ["email"]\n[[c]]\nx = {y = "z"}\ns = """\nq"""\n',
    "[a]\nscope = email ; b\nlist = [a,\n b]\nx {\n y = 1\n}\n",
    "a.b=c\\\n d\nscope[0] = \\u0041\n",
    '<a b="c&amp;"><d name="e">f</d><key>k</key><string>v</string><![CDATA[q]]></a>',
    "export A='b c' # d\nB=\"x_y\n",
]


@pytest.mark.parametrize("path", PATHS)
def test_truncated_files_are_read_as_far_as_they_go(path):
    for sample in SAMPLES:
        for end in range(len(sample)):
            assert lower(path, sample[:end].encode()).language == "settings"


@pytest.mark.parametrize("path", PATHS)
@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60) | st.text("a:-=[]{}\"'#&*<>/|!\n \t\\.,;$%", max_size=60))
def test_any_text_is_read(path, text):
    try:
        program = lower(path, text.encode("utf-8", "surrogatepass"))
    except Unreadable:
        return
    assert program.extents == sorted(program.extents)
    assert all(0 <= start <= end for start, end in program.extents)


@pytest.mark.parametrize("path", PATHS)
def test_bytes_that_are_no_text(path):
    with pytest.raises(Unreadable, match="NUL"):
        lower(path, b"scope: \0email")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.yaml", "[" * 100_000),
        ("a.yaml", "- " * 30_000),
        ("a.yaml", "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'x_y'}]\n" for n in range(30))),
        ("a.json", "[" * 100_000),
        ("a.json", '{"a":' * 100_000),
        ("a.toml", "a = " + "[" * 100_000),
        ("a.toml", "a = " + "{b=" * 30_000),
        ("a.toml", ".".join("a" * 10_000) + " = 1"),
        ("a.ini", "a {\n" * 50_000),
        ("a.properties", ".".join("a" * 20_000) + "=email"),
        ("a.properties", "\\" * 100_000),
        ("a.xml", "<a>" * 100_000),
        ("a.xml", "&a;" * 50_000),
    ],
    ids=lambda value: value[:12],
)
def test_deep_nesting_ends_quickly(path, text):
    started = time.process_time()
    try:
        program = lower(path, text.encode())
    except Unreadable as error:
        assert "nested too deeply" in error.reason
    else:
        assert sum(1 for statement in program.body for _ in p.inside(statement)) < 100_000
    assert time.process_time() - started < 60
