"""Where the project is, which config holds for it, and what the config says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from permlint.config import AppConfig, Config, ConfigError, Configuration, Declared, DeclaredCall, load_config

ROOT = Path(__file__).parents[2]


def write(folder, files):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def root_of(folder, paths=(), **options):
    return os.path.relpath(load_config(paths, cwd=str(folder), **options).root, os.path.realpath(folder))


@pytest.mark.parametrize(
    ("files", "paths", "root"),
    [
        ({"permlint.toml": "", "a/b/c.py": ""}, ["a/b/c.py"], "."),
        ({"pyproject.toml": "[tool.permlint]", "a/b/c.py": ""}, ["a/b"], "."),
        ({"pyproject.toml": "[tool.other]", ".git/HEAD": "", "a/b/c.py": ""}, ["a/b"], "."),
        ({".git/HEAD": "", "a/permlint.toml": "", "a/b/c.py": ""}, ["a/b/c.py"], "a"),
        ({".git": "gitdir: x", "a/b.py": ""}, ["a/b.py"], "."),
        ({".hg/x": "", "a/b.py": ""}, ["a"], "."),
        ({"a/b/c.py": "", "a/d/e.py": ""}, ["a/b/c.py", "a/d"], "a"),
        ({"a/b.py": ""}, ["a/b.py"], "a"),
        ({"a/b.py": ""}, [], "."),
        ({"permlint.toml": "", "pyproject.toml": "# tool.permlint is elsewhere\n", "a.py": ""}, ["a.py"], "."),
    ],
)
def test_root(tmp_path, files, paths, root):
    write(tmp_path, files)
    assert root_of(tmp_path, paths) == root


def test_explicit_config(tmp_path):
    write(tmp_path, {"permlint.toml": "", "a/b.py": "", "ci/permlint.toml": 'fail-on = "error"', ".git/HEAD": ""})
    assert root_of(tmp_path, ["a"], config="ci/permlint.toml") == "."
    config = load_config(["a"], config="ci/permlint.toml", cwd=str(tmp_path))
    assert (config.fail_on, config.nested) == ("error", False)
    assert root_of(tmp_path, ["ci"], config="ci/permlint.toml") == "ci"


def test_isolated_reads_no_config(tmp_path):
    write(tmp_path, {"permlint.toml": "nonsense", "a/b.py": ""})
    config = load_config(["a"], isolated=True, cwd=str(tmp_path))
    assert config == Config(root=os.path.realpath(tmp_path / "a"), nested=False)


def test_a_link_is_where_it_leads(tmp_path):
    write(tmp_path, {"real/permlint.toml": "", "real/a.py": "", "other/x.py": ""})
    (tmp_path / "other/link.py").symlink_to(tmp_path / "real/a.py")
    assert root_of(tmp_path, ["other/link.py"]) == "real"


def test_everything_that_can_be_said(tmp_path):
    write(
        tmp_path,
        {
            "pyproject.toml": """
[tool.permlint]
exclude = ["legacy/**"]
tests = ["checks/**", "!examples/"]
per-file-ignores = {"scripts/*" = ["PRM2"], "b.py" = ["wrong-login"]}
severity = {"PRM104" = "warning", "PRM201" = "off"}
fail-on = "never"
select = ["PRM"]
extend-select = ["PRM304"]
ignore = ["PRM402"]
min-confidence = "medium"
graph-version = "v24.0"
require-suppression-reason = true

[tool.permlint.apps.storefront]
paths = ["storefront/**", "shared/**"]
requests = [{permission = "business_management", reason = "dashboard", login = "facebook-login-for-business"}]
needs = [{permission = "pages_messaging", reason = "webhook"}]

[tool.permlint.apps.admin]
paths = ["admin/", "shared/"]
graph-version = "v22.0"
"""
        },
    )
    config = load_config(cwd=str(tmp_path))
    storefront = AppConfig(
        "storefront",
        ("storefront/**", "shared/**"),
        "v24.0",
        (Declared("business_management", "dashboard", "facebook-login-for-business"),),
        (Declared("pages_messaging", "webhook"),),
    )
    assert config == Config(
        root=os.path.realpath(tmp_path),
        file=os.path.realpath(tmp_path / "pyproject.toml"),
        exclude=("legacy/**",),
        tests=("checks/**", "!examples/"),
        per_file_ignores=(("scripts/*", ("PRM2",)), ("b.py", ("wrong-login",))),
        severity=(("PRM104", "warning"), ("PRM201", "off")),
        fail_on="never",
        select=("PRM",),
        extend_select=("PRM304",),
        ignore=("PRM402",),
        min_confidence="medium",
        graph_version="v24.0",
        require_suppression_reason=True,
        apps=(storefront, AppConfig("admin", ("admin/", "shared/"), "v22.0")),
    )
    assert config.app("storefront") is config.apps[0]
    assert config.apps_of("shared/a.py") == ("storefront", "admin")
    assert config.apps_of("admin/a.py") == ("admin",)
    assert config.apps_of("a.py") == ()
    assert config.ignores_for("scripts/a/b.py") == ("PRM2", "wrong-login")
    assert config.ignores_for("a/b.py") == ("wrong-login",)
    assert config.is_excluded("legacy/a.py")
    assert config.is_test("checks/a.py")
    assert not config.is_test("examples/a.py"), "a pattern with ! takes a default back"


def test_without_a_config():
    config = Config(root="/r")
    assert config.apps_of("a.py") == ("default",)
    assert config.app("default") == AppConfig("default")
    assert config.ignores_for("a.py") == ()


@pytest.mark.parametrize(
    "path",
    [
        "node_modules/a/b.py",
        "a/vendor/b.py",
        ".venv/x.py",
        "venv/lib/site-packages/x.py",
        "dist/a.py",
        "a/jquery.min.js",
    ],
)
def test_excluded_by_default(path):
    assert Config(root="/r").is_excluded(path)


@pytest.mark.parametrize(
    "path", ["builder/a.py", "env/settings.py", "vendors.py", "app/distance.py", ".env", ".env.local"]
)
def test_not_excluded_by_default(path):
    assert not Config(root="/r").is_excluded(path)


@pytest.mark.parametrize(
    "path",
    [
        "tests/a.py",
        "a/test/b.py",
        "test_a.py",
        "a/b_test.py",
        "conftest.py",
        "docs/conf.py",
        "examples/app.py",
        "web/a.test.ts",
    ],
)
def test_tests_by_default(path):
    assert Config(root="/r").is_test(path)


@pytest.mark.parametrize(
    "path", ["test.py", "app/test.py", "latest.py", "attestation.py", "testing_ground/a.py", "app.py"]
)
def test_not_tests_by_default(path):
    assert not Config(root="/r").is_test(path)


def test_a_project_below_a_folder_called_tests_is_no_test(tmp_path):
    write(tmp_path, {"tests/examples/shop/permlint.toml": "", "tests/examples/shop/app.py": ""})
    config = load_config(["tests/examples/shop/app.py"], cwd=str(tmp_path))
    assert not config.is_test("app.py")


def test_tomli_is_not_imported_where_no_config_has_to_be_parsed(tmp_path):
    write(tmp_path, {"pyproject.toml": '[tool.other]\nname = "app"\n', "a.py": ""})
    code = (
        "import sys; from permlint.config import load_config; load_config(['a.py']);"
        "print({'tomli', 'json', 'difflib', 'pathlib', 'subprocess', 'pathspec'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {[str(ROOT), *sys.path]!r}; {code}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("set()\n", "")


@pytest.mark.parametrize(
    ("files", "paths", "message"),
    [
        (
            {"a/permlint.toml": "", "b/permlint.toml": "", "a/x.py": "", "b/y.py": ""},
            ["a/x.py", "b/y.py"],
            "a (a/permlint.toml) and b (b/permlint.toml) are in two projects; run permlint for each of them",
        ),
        (
            {"a/permlint.toml": "", "a/x.py": "", "y.py": ""},
            ["a/x.py", "y.py"],
            "a (a/permlint.toml) and . (no config) are in two projects; run permlint for each of them",
        ),
        (
            {"permlint.toml": "", "pyproject.toml": "[tool.permlint]\n"},
            [],
            "{cwd}: both permlint.toml and pyproject.toml configure permlint here; keep one",
        ),
        (
            {"a/.git/HEAD": "", "b/.git/HEAD": ""},
            ["a", "b"],
            "{cwd}/a and {cwd}/b are in two projects; run permlint for each of them",
        ),
    ],
)
def test_two_projects(tmp_path, files, paths, message):
    write(tmp_path, files)
    with pytest.raises(ConfigError) as caught:
        load_config(paths, cwd=str(tmp_path))
    assert caught.value.problems == (message.format(cwd=os.path.realpath(tmp_path)),)


def test_nothing_in_common(tmp_path):
    write(tmp_path, {"a/x.py": ""})
    with pytest.raises(ConfigError, match="have no folder in common; run permlint for each of them"):
        load_config([str(tmp_path / "a"), "/etc"], cwd=str(tmp_path), isolated=True)


def test_calls_and_configurations(tmp_path):
    (tmp_path / "permlint.toml").write_text(
        """\
[apps.shop]
paths = ["**"]
calls = [
    {callable = " shop.graph.Client.fetch ", path = "#0|path", method = "#1|method=GET", reason = "queued"},
    {callable = "ours.post", path = "/{page_id}/feed", host = "graph.facebook.com", reason = "a package"},
]
[[apps.shop.configurations]]
id = "12"
permissions = ["email"]
login = "facebook-login-for-business"
reason = "in the dashboard"
"""
    )
    (app,) = load_config(cwd=str(tmp_path)).apps
    assert app.calls == (
        DeclaredCall("shop.graph.Client.fetch", "#0|path", "queued", "#1|method=GET"),
        DeclaredCall("ours.post", "/{page_id}/feed", "a package", None, "graph.facebook.com"),
    )
    assert app.configurations == (Configuration("12", ("email",), "in the dashboard", "facebook-login-for-business"),)
    assert [str(one.where) for one in (*app.calls, *app.configurations)] == [
        "permlint.toml:3: apps.shop.calls: entry 1",
        "permlint.toml:3: apps.shop.calls: entry 2",
        "permlint.toml:7: apps.shop.configurations: entry 1",
    ]
