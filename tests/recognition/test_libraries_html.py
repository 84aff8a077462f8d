"""Login buttons and links of pages and templates, in little apps as people write them.

The markers are explained in conftest.py; in a page they are text behind the element.
"""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
import tomli

from permlint.recognition.prefilter import may_matter

BUTTON = '<fb:login-button scope="public_profile,email" onlogin="checkLoginState();"></fb:login-button>'

APPS = {
    "facebook-login-button": [
        {"index.html": f"<p>{BUTTON} # -> facebook-login: email public_profile\n"},
        {
            "resources/views/login.blade.php": f"@extends('layout')\n{BUTTON} # -> facebook-login: email public_profile\n"
        },
        # Over several lines, with a configuration, and by the old name of the attribute.
        {
            "login.twig": """
<div>
  <fb:login-button {# # -> facebook-login: email pages_show_list
      #} scope="email,pages_show_list"
      size="large">
  </fb:login-button>
  <fb:login-button config_id="{{ config }}"></fb:login-button> # -> facebook-login-for-business: open
  <fb:login-button perms="email,user_birthday" v="2">Connect</fb:login-button> # -> facebook-login: email user_birthday
  <fb:login-button autologoutlink="true"></fb:login-button>
</div>
"""
        },
        # By its class, whatever else it is.
        {
            "templates/login.jinja": """
<div data-width="" class="btn  fb-login-button {% if big %}big{% endif %}" data-scope="email,user_posts"></div> # -> facebook-login: email user_posts
<div class="fb-login-buttons" data-scope="user_likes"></div>
<div class="fb-like" data-scope="user_likes"></div>
"""
        },
        {
            "_form.html.erb": """
<%= form_with do %>
  <div class="fb-login-button" data-scope="email,<%= more %>"></div> # -> facebook-login: email open unresolved
<% end %>
"""
        },
        # In React, where a class has another name.
        {
            "Login.jsx": """
export const Login = () => (
  <div className="fb-login-button" data-scope="email,user_likes" /> // # -> facebook-login: email user_likes
);
export const Old = () => <fb:login-button scope="user_posts" />; // # -> facebook-login: user_posts
"""
        },
        # Written in a text of a program.
        {
            "button.js": """
const SCOPE = "email,user_likes";
document.body.innerHTML = `<p><fb:login-button scope="${SCOPE}" onlogin="go()"></fb:login-button></p>`; // # -> facebook-login: email user_likes
element.innerHTML = '<div class="fb-login-button" data-scope="user_posts"></div>'; // # -> facebook-login: user_posts
"""
        },
        {
            "page.py": '''
"""Write <fb:login-button scope="user_likes"> into the page."""
HTML = f"<fb:login-button scope='{','.join(['email', 'user_posts'])}'></fb:login-button>"  # -> facebook-login: email user_posts
'''
        },
        # Commented out, or the tag of something else.
        {
            "index.html": """
<!-- <fb:login-button scope="user_likes"></fb:login-button> -->
{# <fb:login-button scope="user_likes"></fb:login-button> #}
<login-button scope="user_likes"></login-button>
<fb:like scope="user_likes"></fb:like>
"""
        },
    ],
    "django-allauth": [
        {
            "templates/login.html": """{% load socialaccount %}
<a href="{% provider_login_url "facebook" scope="email,user_likes" auth_params="auth_type=rerequest" %}">x</a> # -> facebook-login: email user_likes
<a href="{% provider_login_url 'google' scope='profile' %}">x</a>
<a href="{% provider_login_url "facebook" process="connect" %}">x</a>
"""
        },
        {
            "templates/login.jinja": """
<a href="{{ provider_login_url('facebook', scope='email,user_posts') }}">x</a> # -> facebook-login: email user_posts
"""
        },
    ],
    "dialog URLs": [
        {
            "index.html": """
<a href="https://www.facebook.com/v24.0/dialog/oauth?client_id=1&amp;scope=email%2Cuser_likes&amp;state=x">Facebook</a> # -> facebook-login: email user_likes
<a href='https://www.facebook.com/v24.0/dialog/oauth?client_id={{ id }}&redirect_uri={% url "x" %}&scope=user_posts'>Facebook</a> # -> facebook-login: user_posts
<meta http-equiv="refresh" content="0;url=https://www.facebook.com/dialog/oauth?client_id=1&scope=user_photos"> # -> facebook-login: user_photos
<form action="https://www.facebook.com/v24.0/dialog/oauth" method="get"> # -> facebook-login: email pages_show_list
  <input type="hidden" name="client_id" value="1"><input type="hidden" name="scope" value="email,pages_show_list">
</form>
<button onclick="location.href='https://www.facebook.com/dialog/oauth?client_id=1&amp;scope=user_videos'">x</button> # -> facebook-login: user_videos
"""
        },
        {
            "login.php.ejs": """
<script>
  var scopes = ['email'];
  var extra = "user_likes";
</script>
<script>
  {% if a %}
  var id = {{ app.id }};
  {% endif %}
  window.location = "https://www.facebook.com/dialog/oauth?client_id=" + id + "&scope=" + scopes.concat([extra]).join(","); // # -> facebook-login: email user_likes
</script>
"""
        },
    ],
    "facebook-login-vuejs": [
        {
            "Login.vue": """
<template>
  <facebook-login app-id="1" :login-options="options" @login="done" /> # -> facebook-login: email user_likes
  <facebook-login app-id="1" /> # -> facebook-login: email (library)
</template>
<script>
import facebookLogin from "facebook-login-vuejs"
export default { components: { facebookLogin }, data: () => ({ options: { scope: "email,user_likes" } }) }
</script>
"""
        }
    ],
    "vue-facebook-signin-button": [
        {
            "Login.vue": """
<template><fb-signin-button :params="params" @success="done">x</fb-signin-button></template> # -> facebook-login: email user_likes
<script>
export default { data() { return { params: { scope: "email,user_likes", return_scopes: true } } }, methods: { done() { FB.api("/me") } } }
</script>
"""
        }
    ],
    "vue3-facebook-login": [
        {
            "Login.vue": """
<template><HFaceBookLogin app-id="1" scope="email,user_likes" fields="id" /></template> # -> facebook-login: email user_likes
<script setup>
import { HFaceBookLogin } from "@healerlab/vue3-facebook-login"
</script>
"""
        }
    ],
    "properties of components": [
        {
            "App.vue": """
<script setup>
import FacebookLogin from "./FacebookLogin.vue"
</script>
<template><FacebookLogin app-id="1" login-scope="email,user_likes" /></template>
""",
            "FacebookLogin.vue": """
<script setup lang="ts">
const props = defineProps<{ loginScope: string }>()
const login = () => {
  FB.login(() => {}, { scope: props.loginScope }) // # -> facebook-login: email user_likes
}
</script>
<template><button @click="login">x</button></template>
""",
        },
        {
            "App.svelte": """
<script>
  import FacebookLogin from "./FacebookLogin.svelte";
</script>
<FacebookLogin scopes={"email,user_likes"} />
""",
            "FacebookLogin.svelte": """
<script>
  export let scopes = "email";
</script>
<div class="fb-login-button" data-scope={scopes}></div> # -> facebook-login: email (maybe) email (maybe) user_likes (maybe) open unresolved
""",
        },
        {
            "index.astro": """---
import FacebookLogin from "./FacebookLogin.astro";
---
<FacebookLogin scope="email,user_likes" />
""",
            "FacebookLogin.astro": """---
const { scope } = Astro.props;
---
<fb:login-button scope={scope}></fb:login-button> # -> facebook-login: email user_likes
""",
        },
    ],
    "components": [
        {
            "Login.vue": """
<template>
  <div class="x fb-login-button" :data-scope="scopes + ',ads_read'" /> # -> facebook-login: ads_read email
  <a :href="`https://www.facebook.com/dialog/oauth?client_id=1&scope=${scopes}`">x</a> # -> facebook-login: email
</template>
<script>
export default {
  data: () => ({ scopes: "email" }),
  computed: {
    url() { return "https://www.facebook.com/dialog/oauth?client_id=1&scope=" + this.scopes + ",user_posts" } // # -> facebook-login: email user_posts
  },
  methods: { login() { window.location.href = this.url } },
}
</script>
""",
        },
        {
            "Login.vue": """
<script setup lang="ts">
import { ref } from "vue"
import { more } from "./scopes"
const scopes = ref<string>("email")
const go = () => {
  location.href = `https://www.facebook.com/dialog/oauth?client_id=1&scope=${scopes.value},${more.join(",")}` // # -> facebook-login: email user_likes user_posts
}
</script>
<template><div class="fb-login-button" :data-scope="scopes" @click="go()" /></template> # -> facebook-login: email
""",
            "scopes.ts": 'export const more = ["user_likes", "user_posts"];\n',
        },
        {
            "Login.svelte": """
<script lang="ts">
  let scopes: string = ["email", "user_likes"].join(",");
</script>
{#if ready}
  <div class="fb-login-button {size}" data-scope={scopes}></div> # -> facebook-login: email user_likes
  {@html `<fb:login-button scope="${scopes},user_posts"></fb:login-button>`} # -> facebook-login: email user_likes user_posts
  <a href="https://www.facebook.com/dialog/oauth?client_id={id}&scope={scopes}">x</a> # -> facebook-login: email user_likes
{/if}
""",
        },
        {
            "login.astro": """---
import { scopes } from "./scopes";
---
{ready && <div class="fb-login-button" data-scope={scopes.join(",")}>Don't</div>} # -> facebook-login: email user_likes
<a href={`https://www.facebook.com/dialog/oauth?client_id=1&scope=${scopes.join(",")}`}>x</a> # -> facebook-login: email user_likes
""",
            "scopes.ts": 'export const scopes = ["email", "user_likes"];\n',
        },
    ],
}


@pytest.mark.parametrize(
    "app", [pytest.param(app, id=f"{name} {number}") for name, apps in APPS.items() for number, app in enumerate(apps)]
)
def test_what_pages_ask_for(app, check):
    check(app)


def libraries():
    data = files("permlint.recognition").joinpath("data/libraries_html.toml").read_text(encoding="utf-8")
    return tomli.loads(data)["library"]


@pytest.mark.parametrize("library", libraries(), ids=lambda library: library["name"])
def test_each_file_that_asks_is_kept(library):
    texts = [text for app in APPS[library["name"]] for text in app.values() if "# -> " in text]
    assert texts
    for text in texts:
        bare = re.sub("# -> .*", "", text).lower()
        assert any(needle in bare for needle in library["needles"]), text
        assert may_matter(bare.encode())
