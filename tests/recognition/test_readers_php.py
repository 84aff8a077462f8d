"""Settings that PHP code reads, and the files that hold them; the markers are explained in conftest.py."""

from __future__ import annotations

import pytest

DIALOG = "'https://www.facebook.com/v19.0/dialog/oauth?client_id=1&scope=' . "
ENV = "# facebook\nFB_SCOPES=email,pages_show_list\n"
FOUND = "// # -> facebook-login: email pages_show_list incomplete"
APPS = {
    "getenv": {"a.php": f"<?php\n$url = {DIALOG}getenv('FB_SCOPES'); {FOUND}\n", ".env": ENV},
    "env": {"a.php": f"<?php\n$url = {DIALOG}env('FB_SCOPES'); {FOUND}\n", ".env": ENV},
    "$_ENV": {"a.php": f"<?php\n$url = {DIALOG}$_ENV['FB_SCOPES']; {FOUND}\n", ".env": ENV},
    "$_SERVER": {"a.php": f"<?php\n$url = {DIALOG}$_SERVER['FB_SCOPES']; {FOUND}\n", ".env": ENV},
    "a default": {
        "a.php": f"<?php\n$url = {DIALOG}env('FB_SCOPES', 'email'); // # -> facebook-login: email incomplete\n",
    },
    "config()": {
        "app/Login.php": f"<?php\n$url = {DIALOG}implode(',', config('services.facebook.scopes')); // # -> facebook-login: email pages_show_list\n",
        "config/services.php": "<?php\nreturn ['facebook' => ['scopes' => ['email', 'pages_show_list']]];\n",
    },
    "config() that reads the environment": {
        "app/Login.php": f"<?php\n$url = {DIALOG}config('services.facebook.scopes'); {FOUND}\n",
        "config/services.php": "<?php\nreturn ['facebook' => ['scopes' => env('FB_SCOPES')]];\n",
        ".env": ENV,
    },
    "Config::get": {
        "app/Login.php": (
            "<?php\nuse Illuminate\\Support\\Facades\\Config;\n"
            f"$url = {DIALOG}Config::get('facebook.scope'); // # -> facebook-login: email\n"
        ),
        "config/facebook.php": "<?php\nreturn ['scope' => 'email'];\n",
    },
    "a file that returns its settings": {
        "login.php": f"<?php\n$config = require __DIR__ . '/settings/fb.php';\n$url = {DIALOG}$config['scope']; // # -> facebook-login: email\n",
        "settings/fb.php": "<?php\nreturn ['scope' => 'email'];\n",
    },
    "constants of a class in another file": {
        "src/Login.php": (
            "<?php\nnamespace App;\nuse App\\Config\\Meta;\n"
            f"class Login {{ function url() {{ return {DIALOG}implode(',', Meta::SCOPES); }} }} // # -> facebook-login: email pages_show_list\n"
        ),
        "src/Config/Meta.php": (
            "<?php\nnamespace App\\Config;\nfinal class Meta { const BASE = ['email']; const SCOPES = [...self::BASE, 'pages_show_list']; }\n"
        ),
    },
    "an enumeration": {
        "a.php": (
            "<?php\nenum Scope: string { case Email = 'email'; case Pages = 'pages_show_list'; }\n"
            f"$url = {DIALOG}implode(',', array_column(Scope::cases(), 'value')); // # -> facebook-login: email pages_show_list\n"
            f"$other = {DIALOG}implode(' ', array_map(fn(Scope $s) => $s->value, [Scope::Email])); // # -> facebook-login: email\n"
        ),
    },
}


@pytest.mark.parametrize("app", APPS.values(), ids=APPS)
def test_settings(check, app):
    check(app)
