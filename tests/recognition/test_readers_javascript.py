"""Settings that JavaScript reads from outside, with what the code or a file of the project gives in their place."""

from __future__ import annotations

import pytest

LOGIN = "window.location.href = `https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=${SCOPE}`;  // # -> facebook-login: "

READERS = {
    "env-var": "import * as env from 'env-var';\nconst SCOPE = env.get('FB_SCOPE').default('email,user_posts').asString();\n",
    "NestJS": (
        "import { ConfigService } from '@nestjs/config';\nconst config = new ConfigService();\n"
        "const SCOPE = config.get('FB_SCOPE', 'email,user_posts');\n"
    ),
    "NestJS, or else": (
        "import { ConfigService } from '@nestjs/config';\nconst config = new ConfigService();\n"
        "const SCOPE = config.getOrThrow('FB_SCOPE', 'email,user_posts');\n"
    ),
}


@pytest.mark.parametrize("reader", READERS)
def test_a_default_is_asked_for_and_may_be_replaced(reader, check):
    check({"src/login.ts": READERS[reader] + LOGIN + "email user_posts incomplete\n"})


def test_a_list_is_read_as_one(check):
    check(
        {
            "src/login.ts": "const env = require('env-var');\n"
            "const SCOPE = env.get('FB_SCOPE').required().default('email,user_posts').asArray();\n"
            "FB.login(console.log, { scope: SCOPE.join() });  // # -> facebook-login: email user_posts incomplete\n"
        }
    )


def test_a_setting_of_node_config_stands_in_its_files(check):
    check(
        {
            "config/default.json": '{"facebook": {"scope": "email,user_likes"}}',
            "src/login.ts": "import config from 'config';\nconst SCOPE = config.get('facebook.scope');\n"
            + LOGIN
            + "email user_likes\n",
        }
    )
