"""Names in imports that a project's own manifests explain: aliases, packages of the project, and packages from outside."""

from __future__ import annotations

import datetime as dt

import pytest

from permlint.analysis import analyse
from permlint.config import Config

LOGIN = "FB.login(done, {{ scope: SCOPES.join(',') }}); import {{ SCOPES }} from '{name}';\n"
SCOPES = "export const SCOPES = ['email', 'user_likes'];\n"


def asked(root, files):
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    sources = sorted(path for path in files if not path.endswith(".json"))
    analysis = analyse(Config(root=str(root)), sources, as_of=dt.date(2026, 11, 21))
    return sorted({scope.text for app in analysis.apps for request in app.requests for scope in request.scopes})


FOUND = {
    "an alias of tsconfig, with comments and trailing commas": {
        "tsconfig.json": '{ // paths\n "compilerOptions": { /* "a/*" */ "paths": { "~meta/*": ["./libs/meta/src/*"], }, }, }',
        "libs/meta/src/login/words.ts": SCOPES,
        "apps/web/login.ts": LOGIN.format(name="~meta/login/words"),
    },
    "a whole name, from an extended file, below a base": {
        "tsconfig.base.json": '{"compilerOptions": {"baseUrl": "./packages", "paths": {"@acme/meta": ["meta/lib/main.ts"]}}}',
        "apps/web/tsconfig.json": '{"extends": "../../tsconfig.base", "compilerOptions": {"strict": true}}',
        "packages/meta/lib/main.ts": SCOPES,
        "apps/web/login.ts": LOGIN.format(name="@acme/meta"),
    },
    "a base alone": {
        "jsconfig.json": '{"compilerOptions": {"baseUrl": "src"}}',
        "src/words/index.js": SCOPES,
        "src/pages/login.js": LOGIN.format(name="words"),
    },
    "a package of the project": {
        "package.json": '{"name": "acme", "workspaces": ["packages/*"]}',
        "packages/meta/package.json": '{"name": "@acme/meta", "main": "dist/index.js"}',
        "packages/meta/src/index.ts": "export * from './words';\n",
        "packages/meta/src/words.ts": SCOPES,
        "apps/web/package.json": '{"dependencies": {"@acme/meta": "workspace:*"}}',
        "apps/web/login.ts": LOGIN.format(name="@acme/meta"),
    },
    "a part of a package of the project": {
        "packages/meta/package.json": '{"name": "@acme/meta"}',
        "packages/meta/words.js": SCOPES,
        "apps/web/login.ts": LOGIN.format(name="@acme/meta/words"),
    },
    "the entry that a package names": {
        "packages/meta/package.json": '{"name": "meta-words", "main": "./lib/all.js"}',
        "packages/meta/lib/all.js": SCOPES,
        "apps/web/package.json": '{"devDependencies": {"meta-words": "file:../../packages/meta"}}',
        "apps/web/login.js": LOGIN.format(name="meta-words"),
    },
    "an alias that only a bundler knows": {
        "src/config/words.ts": SCOPES,
        "src/pages/login.ts": LOGIN.format(name="@/config/words"),
    },
}


@pytest.mark.parametrize("files", FOUND.values(), ids=FOUND)
def test_a_name_means_a_file_of_the_project(tmp_path, files):
    assert asked(tmp_path, files) == ["email", "user_likes"]


FOREIGN = {
    "a package by a scope": {
        "package.json": '{"dependencies": {"@words/config": "^1.0.0"}}',
        "src/config.ts": SCOPES,
        "src/login.ts": LOGIN.format(name="@words/config"),
    },
    "a part of a package": {
        "package.json": '{"peerDependencies": {"next-words": "5"}}',
        "src/providers/facebook.ts": SCOPES,
        "src/login.ts": LOGIN.format(name="next-words/providers/facebook"),
    },
    "a package that nobody declares, by its scope alone": {
        "src/config.ts": SCOPES,
        "src/login.ts": LOGIN.format(name="@words/config"),
    },
    "an alias that leads out of the project": {
        "tsconfig.json": '{"compilerOptions": {"paths": {"@out/*": ["../../*"]}}}',
        "src/login.ts": LOGIN.format(name="@out/words"),
    },
}


@pytest.mark.parametrize("files", FOREIGN.values(), ids=FOREIGN)
def test_a_name_from_outside_means_no_file_of_the_project(tmp_path, files):
    assert asked(tmp_path, files) == []


@pytest.mark.parametrize(
    "manifest",
    [
        "{", "[]", '"x"', "\x00", '{"compilerOptions": 3}', '{"compilerOptions": {"paths": [1]}, "extends": "./tsconfig.json"}',
        '{"compilerOptions": {"paths": {"@a/*": "src/*", "@b/*": [3]}}}', "[" * 50_000,
    ],
)  # fmt: skip
def test_a_manifest_that_says_nothing_is_passed_over(tmp_path, manifest):
    files = {
        "tsconfig.json": manifest,
        "package.json": manifest,
        "src/config/words.ts": SCOPES,
        "src/login.ts": LOGIN.format(name="@/config/words"),
    }
    assert asked(tmp_path, files) == ["email", "user_likes"]
