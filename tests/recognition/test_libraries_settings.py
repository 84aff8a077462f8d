"""What files of configuration ask for by where a value stands in them, as people write such files.

The markers are explained in conftest.py; they stand where the key of the provider's mapping does.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
import tomli

from permlint.analysis import analyse
from permlint.config import Config

APPS = {
    "Apereo CAS": [
        {
            "etc/cas.yml": """
cas.authn.pac4j:
  facebook:  # -> facebook-login: email user_likes
    id: 1
    fields: id,name
    scope: email,user_likes
  twitter:
    id: 2
"""
        }
    ],
    "Auth0": [
        {
            "tenant/connections/facebook.json": """
{  // # -> facebook-login: email pages_show_list public_profile
  "name": "facebook",
  "strategy": "facebook",
  "options": {"email": true, "scope": "email,public_profile,pages_show_list", "public_profile": true}
}
""",
            "tenant/connections/google-oauth2.json": '{"name": "facebook-like", "strategy": "google-oauth2", "options": {"scope": ["email"]}}',
        }
    ],
    "Azure App Service": [
        {
            "azuredeploy.json": """
{"resources": [{"type": "Microsoft.Web/sites/config", "name": "authsettings", "properties": {
  "facebookAppId": "1",
  "facebookOAuthScopes": ["email", "user_photos"],  // # -> facebook-login: email user_photos
  "googleOAuthScopes": ["email"]
}}]}
"""
        }
    ],
    "Cognito": [
        {
            "template.yaml": """
Resources:
  Google:
    Type: AWS::Cognito::UserPoolIdentityProvider
    Properties:
      ProviderName: Google
      ProviderDetails: {authorize_scopes: email openid}
      ProviderType: Google
  Facebook:
    Type: AWS::Cognito::UserPoolIdentityProvider
    Properties:  # -> facebook-login: email public_profile
      UserPoolId: !Ref Pool
      ProviderName: Facebook
      ProviderType: Facebook
      ProviderDetails:
        client_id: !Ref FacebookId
        authorize_scopes: public_profile,email
"""
        }
    ],
    "configuration": [
        {
            "config/default.yaml": """
auth:
  providers:
    google:
      clientId: 1
      scope: [email, profile]
    facebook:  # -> facebook-login: email user_photos
      clientId: 2
      clientSecret: swordfish
      scope:
        - email
        - user_photos
    instagram:  # -> instagram-login: instagram_business_basic
      client_id: 3
      scopes: instagram_business_basic
    threads: {client_id: 4, scopes: [threads_basic]}  # -> threads: threads_basic
"""
        },
        {
            "server/providers.json": """
{
  "facebook-login": {  // # -> facebook-login: email
    "provider": "facebook", "module": "passport-facebook", "clientID": "1", "clientSecret": "2", "scope": ["email"]
  },
  "google-login": {"provider": "google", "module": "passport-google-oauth2", "clientID": "1", "scope": ["email"]}
}
""",
            "appsettings.json": """
{"Authentication": {"Facebook": {  // # -> facebook-login: email pages_show_list
  "AppId": "1", "AppSecret": "2", "Scope": ["email", "pages_show_list"]}}}
""",
            "config/gitlab.yml": """
omniauth:
  providers:
    - { name: 'facebook', app_id: 1, app_secret: 2, args: { scope: 'email,user_birthday' } }  # -> facebook-login: email user_birthday
    - { name: 'github', app_id: 1, args: { scope: 'user:email' } }
""",
        },
        # A dialog's address beside scopes needs no other evidence.
        {
            "conf/application.conf": """
silhouette {
  facebook {  # -> facebook-login: email user_posts
    authorizationURL = "https://www.facebook.com/v24.0/dialog/oauth"
    accessTokenURL = "https://graph.facebook.com/v24.0/oauth/access_token"
    scope = "email,user_posts"
  }
  google { }
}
""",
        },
    ],
    "Directus": [
        {
            ".env": """
AUTH_PROVIDERS="facebook"
AUTH_FACEBOOK_DRIVER="oauth2"
AUTH_FACEBOOK_CLIENT_SECRET="0123456789abcdef0123456789abcdef"
AUTH_FACEBOOK_SCOPE="email,user_likes"  # -> facebook-login: email user_likes
""",
            "docker-compose.yml": """
services:
  directus:
    environment:
      AUTH_FACEBOOK_SCOPE: "email"  # -> facebook-login: email
""",
        }
    ],
    "dynaconf": [
        {
            "settings.toml": """
[default]
SOCIAL_AUTH_FACEBOOK_SCOPE = ["email", "user_likes"]  # -> facebook-login: email user_likes
[default.SOCIALACCOUNT_PROVIDERS.facebook]  # -> facebook-login: email
SCOPE = ["email"]
"""
        },
        {
            "settings.yaml": 'SOCIAL_AUTH_FACEBOOK_SCOPE: [email]  # -> facebook-login: email\nGITHUB_SCOPE: ["user:email"]\n'
        },
    ],
    "Grant": [
        {
            "config/default.json": """
{
  "authentication": {"oauth": {
    "defaults": {"origin": "http://localhost:3030"},
    "google": {"key": "1", "secret": "2", "scope": ["email", "profile"]},
    "facebook": {"key": "3", "secret": "4", "scope": ["email, public_profile"]}  // # -> facebook-login: email public_profile
  }}
}
"""
        }
    ],
    "HWIOAuthBundle": [
        {
            "config/packages/hwi_oauth.yaml": """
hwi_oauth:
  firewall_names: [main]
  resource_owners:
    google: {type: google, scope: email}
    my_facebook:  # -> facebook-login: email public_profile
      type: facebook
      client_id: "%env(FACEBOOK_ID)%"
      client_secret: "%env(FACEBOOK_SECRET)%"
      scope: "email public_profile"
"""
        }
    ],
    "Keycloak": [
        {
            "realm-export.json": """
{
  "realm": "shop", "identityProviders": [
    {  // # -> facebook-login: email pages_show_list
      "alias": "facebook", "providerId": "facebook", "enabled": true,
      "config": {"clientId": "1", "clientSecret": "**********", "defaultScope": "email pages_show_list"}
    },
    {  // # -> facebook-login: email (library)
      "alias": "fb", "providerId": "facebook", "enabled": true, "config": {"clientId": "1", "defaultScope": ""}
    },
    {"alias": "google", "providerId": "google", "config": {"defaultScope": "email"}}
  ]
}
"""
        }
    ],
    "nhost": [
        {
            "nhost/nhost.toml": """
[auth.method.oauth.facebook]  # -> facebook-login: email user_likes
enabled = true
clientId = "1"
scope = ["email", "user_likes"]

[auth.method.oauth.github]
enabled = true
scope = ["user:email"]
"""
        },
        {"nhost/nhost.toml": '[auth.method.oauth.facebook]\nenabled = false\nscope = ["user_likes"]\n'},
    ],
    "oauth2-proxy": [
        {
            "deploy/oauth2-proxy.cfg": """
provider = "facebook"  # -> facebook-login: email (library) public_profile (library)
client_id = "1"
email_domains = ["*"]
""",
            "oauth2-proxy-alpha.yaml": """
providers:
  - provider: facebook  # -> facebook-login: email
    clientID: "1"
    scope: email
""",
        }
    ],
    "Ory Kratos": [
        {
            "kratos.yml": """
selfservice:
  methods:
    oidc:
      enabled: true
      config:
        providers:
          - id: fb  # -> facebook-login: email user_birthday
            provider: facebook
            client_id: 1
            client_secret: 0123456789abcdef0123456789abcdef
            mapper_url: file:///etc/config/oidc.facebook.jsonnet
            scope:
              - email
              - user_birthday
            requested_claims: {id_token: {email: {essential: true}}}
          - id: google
            provider: google
            scope: [email]
"""
        }
    ],
    "Quarkus": [
        {
            "src/main/resources/application.yaml": """
quarkus:
  oidc:  # -> facebook-login: email (library) openid (library) public_profile (library)
    provider: facebook
    client-id: 1
    more:  # -> facebook-login: email user_likes
      provider: facebook
      client-id: 2
      authentication:
        scopes: [email, user_likes]
"""
        }
    ],
    "Spring Security": [
        {
            "src/main/resources/application.yml": """
spring:
  security:
    oauth2:
      client:
        registration:
          facebook:  # -> facebook-login: email user_friends
            client-id: 1
            client-secret: 0123456789abcdef0123456789abcdef
            scope: email, user_friends
          pages:  # -> facebook-login: pages_show_list
            provider: facebook
            client-id: 1
            scope:
              - pages_show_list
          google:
            client-id: 2
            scope: email
---
spring.security.oauth2.client.registration.facebook.client-id: 3  # -> facebook-login: email (library) public_profile (library)
spring.config.activate.on-profile: test
"""
        }
    ],
    "Supabase": [
        {
            "supabase/config.toml": """
[auth]
enabled = true

[auth.external.facebook]  # -> facebook-login: email (library)
enabled = true
client_id = "env(FACEBOOK_ID)"
secret = "env(FACEBOOK_SECRET)"

[auth.external.google]
enabled = true
"""
        },
        {"supabase/config.toml": "[auth.external.facebook]\nenabled = false\n"},
    ],
    "velruse": [
        {
            "production.ini": "[app:main]\nfacebook.scope = email  # -> facebook-login: email\ngithub.scope = user:email\n"
        }
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
def test_what_a_file_asks_for(app, check):
    check(app)


def test_properties(requests_of):
    (request,) = requests_of(
        {
            "application.properties": (
                "spring.security.oauth2.client.registration.facebook.client-id=1\n"
                "spring.security.oauth2.client.registration.facebook.scope=email,\\\n   user_friends\n"
                "spring.security.oauth2.client.registration.google.scope=email\n"
            )
        }
    )
    assert [(scope.text, scope.place.line, scope.place.column) for scope in request.scopes] == [
        ("email", 2, 59),
        ("user_friends", 3, 4),
    ]


def test_xml(requests_of):
    (request,) = requests_of(
        {
            "context.xml": '<beans xmlns:oauth="urn:x"><oauth:resource id="facebook" client-id="1"\n'
            ' user-authorization-uri="https://www.facebook.com/dialog/oauth" scope="email,user_likes"/></beans>\n'
        }
    )
    assert [(scope.text, scope.place.line) for scope in request.scopes] == [("email", 2), ("user_likes", 2)]


TRAPS = {
    "a catalogue of scopes": {
        "providers.scopes.yaml": "# scopes of each provider\nfacebook:\n  - ads_management\n  - email\nthreads:\n  - threads_basic\n"
    },
    "permissions that are described": {
        "permissions.yaml": "scopes:\n- permission: ads_read\n  provider: facebook\n  notes: needed\n  permissions: [ads_management]\n"
    },
    "an answer of debug_token": {
        "answer.json": '{"data": {"app_id": "1", "type": "USER", "application": "facebook", "scopes": ["pages_show_list", "email"]}}'
    },
    "an answer with permissions": {
        "answer.json": '{"access_token": "x", "user_id": 1, "permissions": "instagram_business_basic"}'
    },
    "an example of a web hook": {"hook.json": '{"object": "whatsapp_business_account", "scope": "facebook"}'},
    "somebody else's scopes": {"config/default.json": '{"facebook": {"clientId": "1", "scope": ["read", "write"]}}'},
    "roles of the app": {"config/roles.yaml": "facebook:\n  permissions: [publish, edit]\n  client_id: 1\n"},
    "a translation": {"config/de.yml": "facebook:\n  scope: Seiten und E-Mail\n  pages_show_list: Seiten sehen\n"},
    "an identity provider of another kind": {
        "realm.json": '{"identityProviders": [{"alias": "facebook", "providerId": "oidc", "config": {"defaultScope": "openid email"}}]}'
    },
    "a page's address": {
        "site.yaml": "facebook:\n  url: https://www.facebook.com/shop\n  id: 1\ngoogle: {client_id: 1, scope: email}\n"
    },
    "a commented provider": {"supabase/config.toml": "[auth]\n# [auth.external.facebook]\n# enabled = true\n"},
}


@pytest.mark.parametrize("app", TRAPS.values(), ids=TRAPS)
def test_traps(app, requests_of):
    assert requests_of(app) == []


def rows():
    from permlint.recognition import build

    return tomli.loads((build.DATA / "libraries_settings.toml").read_text(encoding="utf-8"))["library"]


@pytest.mark.parametrize(
    "library", [row for row in rows() if "reads" not in row["document"][0]], ids=lambda row: row["name"]
)
def test_each_file_that_asks_holds_a_needle_of_its_library(library):
    from permlint.recognition.prefilter import may_matter

    for app in APPS[library["name"]]:
        for text in app.values():
            if "# -> " in text:
                bare = re.sub("# -> .*", "", text)
                parts = [needle.split(" + ") for needle in library["needles"]]
                assert any(all(part in bare.lower() for part in needle) for needle in parts), text
                assert may_matter(bare.encode(), document=True), text


@pytest.mark.parametrize("library", rows(), ids=lambda row: row["name"])
def test_a_row_says_what_it_needs(library):
    assert library["source"].startswith("https://")
    assert library["date"]
    assert all(needle == needle.lower() and len(needle) >= 5 for needle in library["needles"])
    for row in library["document"]:
        assert row["shown"]
        assert row.get("settings") or row.get("reads") or "login" in row or ("provider" in row and "logins" in row)
        assert "default" in row or row.get("scope") != []


# Endpoints ------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def calls_of(tmp_path):
    """The calls that permlint reports for an app."""

    def run(files):
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
        analysis = analyse(Config(root=str(tmp_path)), sorted(files), as_of=dt.date(2026, 11, 21))
        return [(call.place.line, call.method, call.host, call.endpoint) for app in analysis.apps for call in app.calls]

    return run


def test_addresses_that_a_table_of_providers_calls(calls_of):
    assert calls_of(
        {
            "providers.yaml": """
facebook-system:
  proxy:
    base_url: https://graph.facebook.com
    verification:
      method: GET
      endpoints:
        - /v24.0/me
  scopes: none
other:
  proxy:
    base_url: https://api.example.com
    verification: {endpoints: [/me]}
"""
        }
    ) == [(8, "GET", "graph.facebook.com", "/me")]


def test_addresses_in_xml(calls_of):
    text = (
        '<Providers><Provider Name="Facebook"><Environment>\n<Configuration AuthorizationEndpoint="https://www.facebook.com/v24.0/dialog/oauth"\n'
        ' UserInfoEndpoint="https://graph.facebook.com/v24.0/me"/></Environment></Provider>\n'
        '<Provider Name="Other"><Environment><Configuration UserInfoEndpoint="https://api.example.com/me"/></Environment></Provider></Providers>'
    )
    assert calls_of({"Providers.xml": text}) == [(3, "GET", "graph.facebook.com", "/me")]


def test_an_address_alone_is_no_call(calls_of):
    assert (
        calls_of(
            {"config/default.json": '{"facebook": {"scope": "x", "profile": "https://graph.facebook.com/v24.0/me"}}'}
        )
        == []
    )
