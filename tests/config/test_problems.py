"""What is wrong with a config is said at once, each fault with its file, line and key."""

import pytest

from permlint.config import ConfigError, load_config


def problems(folder, text, name="permlint.toml"):
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as caught:
        load_config(cwd=str(folder))
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('exclude = "a"', "permlint.toml:1: exclude: must be a list of strings, not a string"),
        ("\nexclude = [1]", "permlint.toml:2: exclude: must be a list of strings, and 1 is a number"),
        ('ignore = [""]', "permlint.toml:1: ignore: holds an empty string"),
        ('selct = ["PRM1"]', 'permlint.toml:1: selct: unknown key; did you mean "select"?'),
        (
            "zzz = 1",
            (
                "permlint.toml:1: zzz: unknown key; known are apps, exclude, extend-select, fail-on, graph-version, "
                "ignore, min-confidence, per-file-ignores, require-suppression-reason, select, severity, tests"
            ),
        ),
        (
            'require-suppression-reason = "yes"',
            "permlint.toml:1: require-suppression-reason: must be true or false, not a string",
        ),
        ('fail-on = "fatal"', "permlint.toml:1: fail-on: must be one of error, warning, note, never, not 'fatal'"),
        ("min-confidence = 1", "permlint.toml:1: min-confidence: must be one of high, medium, low, not 1"),
        (
            'graph-version = "24"',
            "permlint.toml:1: graph-version: must be a Graph API version such as \"v24.0\", not '24'",
        ),
        (
            '[severity]\nPRM1 = "bad"',
            "permlint.toml:2: severity.PRM1: must be one of error, warning, note, off, not 'bad'",
        ),
        ("severity = []", "permlint.toml:1: severity: must be a table, not a list"),
        (
            'per-file-ignores = {"a" = true}',
            "permlint.toml:1: per-file-ignores.a: must be a list of strings, not a boolean",
        ),
        ("apps = 2020-01-01", "permlint.toml:1: apps: must be a table, not a date"),
        ("[apps.a]", 'permlint.toml:1: apps.a: needs paths, such as paths = ["storefront/**"]'),
        (
            '[apps.a]\npaths = ["../b/**"]',
            "permlint.toml:2: apps.a.paths: '../b/**' leads out of the project; patterns are relative to the config's folder",
        ),
        (
            '[apps.a]\npaths = ["a"]\npath = ["b"]',
            'permlint.toml:3: apps.a.path: unknown key; did you mean "paths"?',
        ),
        (
            '[apps.a]\npaths = ["a"]\nrequests = [{permission = "email"}]',
            "permlint.toml:3: apps.a.requests: entry 1 needs a reason, a string that is not empty",
        ),
        (
            '[apps.a]\npaths = ["a"]\nneeds = [{permission = "email", reason = " "}]',
            "permlint.toml:3: apps.a.needs: entry 1 needs a reason, a string that is not empty",
        ),
        (
            '[apps.a]\npaths = ["a"]\nneeds = ["email"]',
            'permlint.toml:3: apps.a.needs: entry 1 must be {permission = "...", reason = "..."}, not a string',
        ),
        (
            '[apps.a]\npaths = ["a"]\nneeds = [{permission = "email", reason = "x", login = "threads"}]',
            "permlint.toml:3: apps.a.needs: entry 1: unknown key 'login'; known are permission, reason",
        ),
        (
            '[apps.a]\npaths = ["a"]\ncalls = [{callable = "fetch", path = "#0", reason = "x"}]',
            (
                "permlint.toml:3: apps.a.calls: entry 1: callable must be the dotted name of a function or method, such as "
                "\"shop.graph.Client.fetch\", not 'fetch'"
            ),
        ),
        (
            '[apps.a]\npaths = ["a"]\ncalls = [{callable = "a.b", path = "#0 {", reason = "x"}]',
            (
                'permlint.toml:3: apps.a.calls: entry 1: path must be an argument such as "#0|path", or a path such as '
                "\"/{#0|page_id}/feed\", not '#0 {'"
            ),
        ),
        (
            '[apps.a]\npaths = ["a"]\ncalls = [{callable = "a.b", path = "#0", method = "#x", reason = "x"}]',
            (
                "permlint.toml:3: apps.a.calls: entry 1: method must be GET, POST, PUT, PATCH, DELETE, HEAD or an argument such "
                "as \"#1|method\", not '#x'"
            ),
        ),
        (
            '[apps.a]\npaths = ["a"]\ncalls = [{callable = "a.b", path = "#0"}]',
            "permlint.toml:3: apps.a.calls: entry 1 needs a reason, a string that is not empty",
        ),
        (
            '[apps.a]\npaths = ["a"]\ncalls = [{callable = "a.b", path = "#0", host = 1, reason = "x"}]',
            "permlint.toml:3: apps.a.calls: entry 1: host must be a string, not a number",
        ),
        (
            '[apps.a]\npaths = ["a"]\nconfigurations = [{permissions = [], reason = "x"}]',
            "permlint.toml:3: apps.a.configurations: entry 1 needs an id, a string that is not empty",
        ),
        (
            '[apps.a]\npaths = ["a"]\nconfigurations = [{id = "1", permissions = "email", reason = "x"}]',
            "permlint.toml:3: apps.a.configurations: entry 1 needs permissions, a list of their names",
        ),
        (
            (
                '[apps.a]\npaths = ["a"]\n[[apps.a.configurations]]\nid = "1"\npermissions = []\nreason = "x"\n'
                '[[apps.a.configurations]]\nid = "1"\npermissions = []\nreason = "x"'
            ),
            "permlint.toml:3: apps.a.configurations: entry 2: the id 1 stands in another entry already",
        ),
        ("a = ", "permlint.toml:1: not valid TOML: Invalid value"),
        (b'# ok\na = "\xff"', "permlint.toml:2: not UTF-8"),
        ("a = " + "[" * 5000, "permlint.toml: nested too deeply"),
    ],
)
def test_problem(tmp_path, text, problem):
    assert problems(tmp_path, text) == [problem]


def test_all_at_once_in_the_order_of_the_file(tmp_path):
    text = """
[project]
name = "select"

[tool.permlint]
selct = ["PRM1"]
fail-on = 1

[tool.permlint.apps.shop]
paths = "shop"
requets = []
"""
    assert problems(tmp_path, text, "pyproject.toml") == [
        'pyproject.toml:6: selct: unknown key; did you mean "select"?',
        "pyproject.toml:7: fail-on: must be one of error, warning, note, never, not 1",
        "pyproject.toml:10: apps.shop.paths: must be a list of strings, not a string",
        'pyproject.toml:11: apps.shop.requets: unknown key; did you mean "requests"?',
    ]


def test_a_table_of_the_wrong_type_in_pyproject(tmp_path):
    assert problems(tmp_path, "[tool]\npermlint = 1\n", "pyproject.toml") == [
        "pyproject.toml:2: must be a table, not a number"
    ]


def test_too_large(tmp_path):
    assert problems(tmp_path, b"#" * 1_000_001) == [
        f"{tmp_path.resolve()}/permlint.toml: larger than 1 MB, which no config is"
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nothing.toml", "nothing.toml: no such config file"),
        ("folder", "folder: is a folder, not a config file"),
        ("pyproject.toml", "pyproject.toml: has no table [tool.permlint]"),
    ],
)
def test_explicit_config(tmp_path, name, message):
    (tmp_path / "folder").mkdir()
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    with pytest.raises(ConfigError) as caught:
        load_config(config=name, cwd=str(tmp_path))
    assert caught.value.problems == (message,)
