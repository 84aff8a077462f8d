from __future__ import annotations

from datetime import date

import pytest

from permlint import engine
from permlint.api import Finding, Rule
from permlint.app import App
from permlint.catalog import load
from permlint.diagnostics import Evidence
from permlint.facts import Request, Scope, Suppression, UnresolvedScope
from permlint.places import Place
from permlint.suppressions import parse

VIEW = load().as_of(date(2026, 11, 21))
OURS = [f"PRM{number}" for number in (*range(101, 108), 401, 402, 901, 902, 903)]


def at(line, path="login.py", column=5):
    return Place(path, line, column, line, column + 5)


def rule(code="ABC101", name="some-rule", *, severity="error", findings=(), check=None, **more):
    return Rule(code, name, severity, "says something", "", check or (lambda _: findings), **more)


def app(name="default", lines=(3,), path="login.py", **more):
    scopes = tuple(Scope("email", at(line, path), at(line, path)) for line in lines)
    login = more.pop("login", "facebook-login")
    request = Request(at(1, path), at(1, path), login, "somehow", scopes, **more.pop("request", {}))
    return App(name, VIEW, requests=(request,), **more)


def finding(line=3, path="login.py", **more):
    return Finding(at(line, path), more.pop("message", "email is wrong"), more.pop("permission", "email"), **more)


def ignore(text, line=3, *, whole_file=False, path="login.py"):
    (found,) = parse(f"permlint: {text}", at(line, path, 40), (line,))
    assert whole_file is (found.lines is None)
    return found


def run(*rules, apps=None, **more):
    return engine.run([app()] if apps is None else apps, rules, **more)


def test_a_finding_becomes_a_diagnostic():
    made = finding(missing=("a",), label="label", help="help", confidence="low", statement=at(2))
    (found,) = run(rule(findings=[made], sources=("https://example.com",))).diagnostics
    assert (found.code, found.name, found.severity, found.app) == ("ABC101", "some-rule", "error", "default")
    for name in ("place", "message", "permission", "missing", "label", "help", "confidence", "statement"):
        assert getattr(found, name) == getattr(made, name)
    assert found.sources == ("https://example.com",)


def test_the_findings_own_sources_go_before_the_rules():
    (found,) = run(rule(findings=[finding(sources=("a",))], sources=("b",))).diagnostics
    assert found.sources == ("a",)


@pytest.mark.parametrize(
    ("default", "own", "config", "result"),
    [
        ("error", None, {}, "error"),
        ("error", "note", {}, "note"),
        ("error", "note", {"ABC101": "warning"}, "warning"),
        ("error", None, {"ABC": "note", "some-rule": "warning"}, "warning"),
        ("error", None, {"XYZ": "note"}, "error"),
        ("off", None, {}, "warning"),
        ("off", None, {"ABC1": "error"}, "error"),
    ],
)
def test_severity(default, own, config, result):
    (found,) = run(rule(severity=default, findings=[finding(severity=own)]), severity=config).diagnostics
    assert found.severity == result


def test_a_rule_that_the_config_switches_off():
    assert run(rule(findings=[finding()]), severity={"ABC": "off"}).diagnostics == ()


def test_sorted_whatever_the_order_of_rules_and_findings():
    places = [finding(9), finding(2), finding(2, path="a.py"), finding(2, permission="aaa")]
    one, other = rule("ABC102", "b", findings=places), rule("ABC101", "a", findings=places[::-1])
    forth, back = run(one, other).diagnostics, run(other, one).diagnostics
    assert forth == back == tuple(sorted(forth, key=lambda each: each.sort_key()))
    assert len(forth) == 8


def test_one_diagnostic_for_each_code_place_and_permission():
    first, second, third = (Evidence(at(line), f"login {line}") for line in (20, 21, 22))
    (found,) = run(
        rule(
            findings=[
                finding(confidence="medium", evidence=(first, second), message="unsure"),
                finding(confidence="high", evidence=(second, third), message="sure"),
            ]
        )
    ).diagnostics
    assert (found.message, found.confidence) == ("sure", "high")
    assert found.evidence == (first, second, third)


def test_another_permission_or_app_at_the_same_place_is_another_diagnostic():
    found = run(rule(findings=[finding(), finding(permission="other")]), apps=[app("a"), app("b")]).diagnostics
    assert [(each.permission, each.app) for each in found] == [
        ("email", "a"),
        ("email", "b"),
        ("other", "a"),
        ("other", "b"),
    ]


def test_files_of_no_app_are_spared_rules_that_look_at_the_whole_app():
    whole, single = rule(findings=[finding()], whole_app=True), rule("ABC102", "single", findings=[finding()])
    assert [each.code for each in run(whole, single, apps=[app("", whole=False)]).diagnostics] == ["ABC102"]


def test_per_file_ignores():
    several = rule(findings=[finding(), finding(path="scripts/a.py")])
    result = run(several, per_file_ignores=lambda path: ("ABC1",) if path.startswith("scripts/") else ())
    assert [each.place.path for each in result.diagnostics] == ["login.py"]
    assert result.ignored == 1


def test_suppressed_diagnostics_are_kept_apart():
    comment = ignore("ignore[some-rule] why")
    result = run(rule(findings=[finding(), finding(4)]), suppressions={"login.py": (comment,)})
    assert [each.place.line for each in result.diagnostics] == [4]
    assert [(each.place.line, by) for each, by in result.suppressed] == [(3, comment)]


@pytest.mark.parametrize("name", ["default", ""])
def test_a_rule_that_fails_is_named(name):
    def check(_):
        yield finding()
        raise KeyError("email")

    with pytest.raises(engine.RuleCrash) as caught:
        run(rule(check=check), apps=[app(name)])
    of = f" on the app '{name}'" if name else ""
    assert str(caught.value) == f"the rule ABC101 some-rule failed{of}: KeyError: 'email'"
    assert isinstance(caught.value.__cause__, KeyError)


@pytest.mark.parametrize("found", [["text"], None, 3])
def test_a_rule_that_yields_something_else_is_named(found):
    with pytest.raises(engine.RuleCrash, match="ABC101 some-rule failed"):
        run(rule(check=lambda _: found))


def test_no_apps_and_no_rules():
    assert run(apps=[]).diagnostics == ()
    assert run(rule(findings=[finding()]), apps=[]).diagnostics == ()


# Suppressions that silence nothing


def unused(*rules, comments, apps=None, **more):
    ours = next(each for each in engine.discover() if each.code == "PRM903")
    by_path: dict[str, tuple[Suppression, ...]] = {}
    for each in comments:
        by_path[each.place.path] = (*by_path.get(each.place.path, ()), each)
    result = run(*rules, ours, apps=apps, suppressions=by_path, known=more.pop("known", (*rules, ours)), **more)
    return [each for each in result.diagnostics if each.code == "PRM903"]


def test_a_stale_suppression_is_reported():
    comment = ignore("ignore[ABC101]")
    (found,) = unused(rule(), comments=[comment])
    assert found.place == comment.place
    assert found.message == "this comment silences nothing (ABC101)"
    assert found.severity == "warning"
    assert found.app == "default"


def test_one_that_is_used_is_not():
    assert unused(rule(findings=[finding()]), comments=[ignore("ignore[ABC101]")]) == []


def test_rules_that_are_not_run_are_left_alone():
    other = rule("ABC102", "other")
    assert unused(rule(), comments=[ignore("ignore[ABC102]")], known=(rule(), other)) == []
    assert unused(rule(), comments=[ignore("ignore[ABC101]")], severity={"ABC101": "off"}) == []
    assert unused(rule(), comments=[ignore("ignore[ABC101]")], per_file_ignores=lambda _: ("ABC",)) == []


def test_unknown_rules_and_malformed_comments_are_reported():
    found = unused(rule(), comments=[ignore("ignore[ABC999]"), ignore("ignore", 5)])
    assert [each.message for each in found] == [
        "this comment silences nothing: there is no rule ABC999",
        "this comment silences nothing: the rules in brackets are missing; write `permlint: ignore[PRM101] reason`",
    ]


def test_not_selected_it_says_nothing():
    result = run(rule(), suppressions={"login.py": (ignore("ignore[ABC101]"),)})
    assert result.diagnostics == ()


@pytest.mark.parametrize(
    "unclear",
    [
        app(login="unknown"),
        app(request={"complete": False}),
        app(request={"open": True, "complete": False}),
        app(unresolved=(UnresolvedScope(at(3), at(3), "{}", "an argument"),)),
    ],
)
def test_nothing_is_said_where_the_verdict_is_unknown(unclear):
    assert unused(rule(), comments=[ignore("ignore[ABC101]")], apps=[unclear]) == []


def test_elsewhere_in_the_same_app_it_is_said():
    unclear = app(unresolved=(UnresolvedScope(at(30), at(30), "{}", "an argument"),))
    assert len(unused(rule(), comments=[ignore("ignore[ABC101]")], apps=[unclear])) == 1


def test_rules_about_the_whole_app_come_to_no_verdict_in_an_open_one():
    about_all = rule(whole_app=True)
    closed, opened = app(), app(request={"open": True, "complete": False})
    assert len(unused(about_all, comments=[ignore("ignore[ABC101]", 9)], apps=[closed])) == 1
    assert unused(about_all, comments=[ignore("ignore[ABC101]", 9)], apps=[opened]) == []


def test_reported_once_for_a_file_of_several_apps():
    assert [each.app for each in unused(rule(), comments=[ignore("ignore[ABC101]")], apps=[app("a"), app("b")])] == [
        "a"
    ]


def test_used_in_one_app_is_used():
    def only_b(one):
        return [finding()] if one.name == "b" else []

    assert unused(rule(check=only_b), comments=[ignore("ignore[ABC101]")], apps=[app("a"), app("b")]) == []


def test_reported_in_the_app_that_the_file_belongs_to():
    apps = [app("a", path="a.py"), app("b", path="b.py")]
    (found,) = unused(rule(), comments=[ignore("ignore[ABC101]", path="b.py")], apps=apps)
    assert found.app == "b"
    (found,) = unused(rule(), comments=[ignore("ignore[ABC101]", path="c.py")], apps=apps)
    assert found.app == "a"


def test_it_can_be_silenced_itself():
    assert unused(rule(), comments=[ignore("ignore[ABC101, PRM903]")]) == []
    assert (
        unused(
            rule(), comments=[ignore("ignore-file[unused-suppression]", 1, whole_file=True), ignore("ignore[ABC101]")]
        )
        == []
    )


def test_alone_on_its_line_it_can_be_silenced_too():
    above = ignore("ignore[ABC101, PRM903]", 2)._replace(lines=(3,))
    assert unused(rule(), comments=[above]) == []
