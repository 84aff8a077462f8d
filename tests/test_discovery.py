from __future__ import annotations

import sys
from importlib import metadata

import pytest

from permlint import discovery, engine
from permlint.api import Rule

OURS = [
    f"PRM{number}" for number in (*range(101, 108), *range(201, 204), *range(301, 306), 401, 402, 403, 901, 902, 903)
]


def rule(code, name, severity="error"):
    return Rule(code, name, severity, "says something", "", lambda _: ())


# Discovery


def test_finds_our_rules_through_the_entry_point():
    rules = engine.discover()
    assert [each.code for each in rules if each.code.startswith("PRM")] == OURS


def test_the_cheap_way_finds_what_importlib_metadata_finds():
    cheap = discovery._entry_points_in([path or "." for path in sys.path])
    assert set(cheap) == {(each.name, each.value) for each in metadata.entry_points(group="permlint.rules")}


def install(folder, monkeypatch, name, value, **modules):
    """Puts a distribution with an entry point, and its modules, on the path."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        f"[console_scripts]\nx = y:z\n\n[permlint.rules]\n# ours\n{name} = {value}\n"
    )
    for path, text in modules.items():
        file = folder / f"{path.replace('__', '/')}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        monkeypatch.delitem(sys.modules, path.replace("__", "."), raising=False)
    monkeypatch.syspath_prepend(str(folder))


def module(code="ABC101", name="some-rule", variable="RULE"):
    made = f'Rule("{code}", "{name}", "error", "s", "d", lambda app: ())'
    return f"from permlint.api import Rule\n{variable} = {made if variable == 'RULE' else f'[{made}]'}\n"


@pytest.fixture(params=["cheap", "importlib.metadata"])
def way(request, monkeypatch):
    if request.param != "cheap":
        monkeypatch.setattr(discovery, "_is_path_finder", lambda _: False)
    return request.param


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    ("value", "modules"),
    [
        ("one_module", {"one_module": module()}),
        ("several_rules", {"several_rules": module(variable="RULES")}),
        ("by_attribute:MINE", {"by_attribute": module().replace("RULE =", "MINE =")}),
        ("by_attribute_too:MINE [extra]", {"by_attribute_too": module().replace("RULE =", "MINE =")}),
        (
            "a_package",
            {"a_package/__init__": '"""Rules."""', "a_package/some_rule": module(), "a_package/_helper": "x = 1"},
        ),
    ],
)
def test_third_parties_come_in_by_the_same_door(tmp_path, monkeypatch, value, modules):
    install(tmp_path, monkeypatch, "third", value, **modules)
    assert "ABC101" in [each.code for each in engine.discover()]


def test_of_a_distribution_that_is_there_twice_the_first_counts(tmp_path, monkeypatch):
    install(tmp_path / "second", monkeypatch, "Twice_There", "second_one", second_one=module("ABC102", "other-rule"))
    install(tmp_path / "first", monkeypatch, "twice_there", "first_one", first_one=module())
    codes = [each.code for each in engine.discover()]
    assert "ABC101" in codes
    assert "ABC102" not in codes


def test_folders_that_cannot_be_read_and_damaged_files_are_passed_over(tmp_path, monkeypatch):
    (tmp_path / "bad-1.dist-info").mkdir()
    (tmp_path / "bad-1.dist-info" / "entry_points.txt").write_bytes(b"\xff\xfe[permlint.rules]")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path / "nowhere"))
    assert len(engine.discover()) >= len(OURS)


def test_an_archive_on_the_path_goes_through_importlib_metadata(tmp_path, monkeypatch):
    (tmp_path / "some.zip").write_bytes(b"")
    monkeypatch.syspath_prepend(str(tmp_path / "some.zip"))
    monkeypatch.setattr(metadata, "entry_points", lambda **_: [])
    with pytest.raises(engine.RuleError, match="no rules are installed"):
        engine.discover()


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("no_rule", "x = 1", "no_rule (rules of 'third') holds no rule"),
        ("wrong_rule", "RULE = 1", "wrong_rule (rules of 'third') holds no rule"),
        ("no_rules", "RULES = []", "no_rules (rules of 'third') holds no rule"),
        ("broken_rule", "1 / 0", "broken_rule (rules of 'third') can't be loaded: ZeroDivisionError: division by zero"),
        ("misspelt_rule", "def", "misspelt_rule (rules of 'third') can't be loaded: SyntaxError"),
        ("odd_code", module("abc"), "'abc' is no code"),
        ("odd_name", module(name="Some Rule"), "'Some Rule' is no name"),
        ("same_code", module("PRM101"), "two rules are called PRM101: one in "),
        ("same_name", module(name="removed-permission"), "two rules are called removed-permission: one in "),
    ],
)
def test_broken_rules_are_named(tmp_path, monkeypatch, name, text, says):
    install(tmp_path, monkeypatch, "third", name, **{name: text})
    with pytest.raises(engine.RuleError) as caught:
        engine.discover()
    assert says in str(caught.value)
    if "two rules" in says:
        assert "permlint.rules.removed_permission" in str(caught.value)
        assert name in str(caught.value)


def test_an_entry_point_that_leads_nowhere(tmp_path, monkeypatch):
    install(tmp_path, monkeypatch, "third", "nowhere_to_be_found")
    with pytest.raises(engine.RuleError, match=r"nowhere_to_be_found .* ModuleNotFoundError"):
        engine.discover()


# Selection

RULES = (
    rule("PRM101", "removed-permission"),
    rule("PRM104", "missing-dependency"),
    rule("PRM304", "declined-not-handled", severity="off"),
    rule("PRM401", "expired-graph-version"),
    rule("XYZ101", "house-style"),
)


def codes(**more):
    return [each.code for each in engine.select(RULES, **more)]


def test_all_but_those_that_are_off_by_default():
    assert codes() == ["PRM101", "PRM104", "PRM401", "XYZ101"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["PRM101"], ["PRM101"]),
        (["prm101"], ["PRM101"]),
        (["removed-permission"], ["PRM101"]),
        (["PRM1"], ["PRM101", "PRM104"]),
        (["PRM"], ["PRM101", "PRM104", "PRM304", "PRM401"]),
        (["declined-not-handled", "XYZ"], ["PRM304", "XYZ101"]),
        ([], []),
    ],
)
def test_select(words, found):
    assert codes(select=words) == found


def test_extend_select_and_ignore():
    assert codes(extend_select=["PRM304"]) == ["PRM101", "PRM104", "PRM304", "PRM401", "XYZ101"]
    assert codes(ignore=["PRM1", "house-style"]) == ["PRM401"]
    assert codes(select=["PRM1"], extend_select=["PRM4"], ignore=["PRM104"]) == ["PRM101", "PRM401"]


def test_the_exacter_word_wins_and_ignore_among_equals():
    assert codes(select=["PRM101"], ignore=["PRM1"]) == ["PRM101"]
    assert codes(select=["PRM1"], ignore=["PRM101"]) == ["PRM104"]
    assert codes(select=["PRM101"], ignore=["removed-permission"]) == []
    assert codes(extend_select=["PRM304"], ignore=["PRM"]) == ["PRM304", "XYZ101"]


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("PRM105", "no rule is called 'PRM105'; did you mean PRM"),
        ("removed-permision", "did you mean removed-permission?"),
        ("", "no rule is called ''"),
        ("removed", "no rule is called 'removed'"),
        ("qqq", "no rule is called 'qqq'; `permlint rule` lists them"),
    ],
)
@pytest.mark.parametrize("option", ["select", "extend_select", "ignore"])
def test_a_word_that_names_no_rule(option, word, says):
    with pytest.raises(engine.SelectionError) as caught:
        engine.select(RULES, **{option: [word]})
    assert says in str(caught.value)


def test_all_wrong_words_at_once():
    with pytest.raises(engine.SelectionError, match=r"'nope'.*'nada'"):
        engine.select(RULES, ["nope"], ["nada"])
