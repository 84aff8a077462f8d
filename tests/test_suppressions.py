from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permlint.diagnostics import Diagnostic
from permlint.places import Place
from permlint.rule import Rule
from permlint.suppressions import Comment, match, parse, read, speaks_for, stale

PATH = "login.py"


def rule(code, name, phase="facts"):
    return Rule(code, name, "error", "", "", lambda _: (), phase=phase)


REMOVED, DEPENDENCY = rule("PRM101", "removed-permission"), rule("PRM104", "missing-dependency")
UNUSED = rule("PRM903", "unused-suppression", "suppressions")
KNOWN = (REMOVED, DEPENDENCY, UNUSED)


def at(line, column=1, end_column=80, end_line=None, cell=None):
    return Place(PATH, line, column, end_line or line, end_column, cell)


def one(text, line=3, column=5, **more):
    (found,) = parse(text, at(line, column, column + len(text)), (line,), **more)
    return found


def diagnostic(line, *, of=REMOVED, statement=None, cell=None, permission="publish_actions", column=5, app="default"):
    return Diagnostic(
        of.code,
        of.name,
        "error",
        "high",
        at(line, column, column + 15, cell=cell),
        "message",
        permission,
        app=app,
        statement=statement,
    )


# Reading


def test_codes_and_names_with_their_places_and_the_reason():
    found = one(" permlint: ignore[PRM201, removed-permission] the old shop needs it")
    assert found.place == at(3, 6, 50)
    assert found.rules == (("PRM201", at(3, 23, 29)), ("removed-permission", at(3, 31, 49)))
    assert found.reason == "the old shop needs it"
    assert found.lines == (3,)
    assert found.fault is None


@pytest.mark.parametrize(
    "text",
    [
        "permlint: ignore[PRM101]",
        "permlint:ignore[PRM101]",
        "permlint : ignore [PRM101]",
        "  permlint:  ignore[ PRM101 ]",
        "PERMLINT: Ignore[PRM101]",
        "permlint: ignore[PRM101,]",
        "noqa: E501  # permlint: ignore[PRM101]",
        "eslint-disable-line -- permlint: ignore[PRM101]",
        "* permlint: ignore[PRM101]",
        "\n * permlint: ignore[PRM101]\n ",
    ],
)
def test_lenient_forms(text):
    found = one(text)
    assert found.fault is None
    assert [name for name, _ in found.rules] == ["PRM101"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("permlint: ignore[PRM101]", ""),
        ("permlint: ignore[PRM101]: why", "why"),
        ("permlint: ignore[PRM101] - why", "why"),
        ("permlint: ignore[PRM101] why [not]  ", "why [not]"),
        ("permlint: ignore[PRM101] why  # noqa: E501", "why  # noqa: E501"),
    ],
)
def test_reasons(text, reason):
    assert one(text).reason == reason


@pytest.mark.parametrize(
    "text",
    [
        "",
        "permlint",
        "permlint finds this, see #12",
        "see the docs of permlint: ignore[PRM101] is how it is written",
        "xpermlint: ignore[PRM101]",
        "noqa",
    ],
)
def test_comments_that_say_nothing_to_permlint(text):
    assert parse(text, at(1), (1,)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("permlint: ignore", "the rules in brackets are missing"),
        ("permlint: ignore PRM101", "the rules in brackets are missing"),
        ("permlint: ignore[PRM101", "its bracket is never closed"),
        ("permlint: ignore[]", "its brackets are empty"),
        ("permlint: ignore[ , ]", "its brackets are empty"),
        ("permlint: disable=PRM101", "`disable=PRM101` is not a word it knows"),
        ("permlint: ignroe[PRM101]", "`ignroe` is not a word it knows"),
        ("permlint:", "a word is missing"),
        ("permlint: [PRM101]", "a word is missing"),
        ("permlint: ignore-file", "the rules in brackets are missing"),
    ],
)
def test_malformed_ones_are_kept_with_their_fault(text, fault):
    found = one(text)
    assert found.fault.startswith(fault)
    assert found.rules == ()
    assert found.lines == ()
    assert found.place.line == 3
    assert found.place.column == 5


def test_two_in_one_comment():
    first, second = parse("permlint: ignore[PRM101] a # permlint: ignore[PRM104] b", at(1), (1,))
    assert [name for name, _ in (*first.rules, *second.rules)] == ["PRM101", "PRM104"]
    assert (first.reason, second.reason) == ("a", "b")


def test_places_in_a_comment_of_several_lines():
    (found,) = parse("\n   permlint: ignore[PRM101]\n", at(7, 10, 1, end_line=9), (10,))
    assert found.place == Place(PATH, 8, 4, 8, 28)
    assert found.rules[0][1] == Place(PATH, 8, 21, 8, 27)


def test_a_whole_file():
    assert one("permlint: ignore-file[PRM101] generated").lines is None
    late = one("permlint: ignore-file[PRM101]", late=True)
    assert "only before the first statement" in late.fault
    assert late.rules == ()


# The lines that a comment speaks for


def comment(text, line, *, alone, column=1, end_line=None, cell=None):
    return Comment(text, at(line, column, column + len(text), end_line, cell), alone)


IGNORE = "permlint: ignore[PRM101]"


def test_at_a_lines_end_it_speaks_for_the_line():
    (found,) = read([comment(IGNORE, 4, alone=False)])
    assert found.lines == (4,)


def test_alone_it_speaks_for_the_next_line():
    (found,) = read([comment(IGNORE, 4, alone=True)])
    assert found.lines == (5,)


def test_comments_above_each_other_speak_for_the_line_below_them_all():
    found = read([comment(IGNORE, 4, alone=True), comment("why", 5, alone=True), comment(IGNORE, 6, alone=True)])
    assert [each.lines for each in found] == [(7,), (7,)]


def test_a_comment_of_several_lines_speaks_for_the_line_below_its_end():
    (found,) = read([comment(f"\n{IGNORE}\n", 4, alone=True, end_line=6)])
    assert found.lines == (7,)


def test_cells_of_a_notebook_are_apart():
    found = read([comment(IGNORE, 1, alone=True, cell=1), comment("x", 2, alone=True, cell=2)])
    assert [(each.lines, each.place.cell) for each in found] == [((2,), 1)]


@pytest.mark.parametrize(("line", "column", "counts"), [(1, 1, True), (2, 1, False), (2, 20, False), (3, 1, False)])
def test_ignore_file_counts_before_the_first_statement_only(line, column, counts):
    where = comment("permlint: ignore-file[PRM101]", line, alone=column == 1, column=column)
    (found,) = read([where], first_statement=at(2, 1))
    assert (found.fault is None) is counts


def test_ignore_file_in_a_file_without_statements():
    (found,) = read([comment("permlint: ignore-file[PRM101]", 9, alone=True)])
    assert found.lines is None


# Matching


def suppression(text=IGNORE, lines=(4,), cell=None, line=None):
    (found,) = parse(text, at(line or (lines or (1,))[0], 30, 80, cell=cell), lines)
    return found


def silenced(found, *diagnostics):
    result = match(diagnostics, {PATH: found})
    assert len(result.kept) + len(result.silenced) == len(diagnostics)
    return [each for each, _ in result.silenced]


@pytest.mark.parametrize("word", ["PRM101", "prm101", "removed-permission", "PRM104, PRM101"])
def test_silences_by_code_and_name(word):
    hit = diagnostic(4)
    assert silenced([suppression(f"permlint: ignore[{word}]")], hit) == [hit]


@pytest.mark.parametrize("word", ["PRM104", "PRM1", "PRM", "missing-dependency", "*"])
def test_does_not_silence_other_rules_nor_by_prefix(word):
    assert silenced([suppression(f"permlint: ignore[{word}]")], diagnostic(4)) == []


@pytest.mark.parametrize(("line", "hits"), [(1, False), (2, True), (5, True), (9, True), (10, False)])
def test_any_line_of_the_statement(line, hits):
    hit = diagnostic(5, statement=at(2, end_line=9))
    assert bool(silenced([suppression(lines=(line,))], hit)) is hits


def test_beside_one_string_it_silences_that_string_alone():
    whole = at(2, end_line=9)
    first, second = diagnostic(4, statement=whole), diagnostic(5, statement=whole, permission="user_groups")
    assert silenced([suppression(lines=(4,))], first, second) == [first]
    assert silenced([suppression(lines=(9,))], first, second) == [first, second]
    assert silenced([suppression(lines=(2,))], first, second) == [first, second]


def test_all_strings_of_a_line():
    first, second = diagnostic(4), diagnostic(4, permission="user_groups", column=30)
    assert silenced([suppression()], first, second) == [first, second]


def test_each_app_that_earns_it():
    first, second = diagnostic(4), diagnostic(4, app="other")
    assert silenced([suppression()], first, second) == [first, second]


def test_another_file_is_left_alone():
    hit = diagnostic(4)
    assert match([hit], {"other.py": [suppression()]}).kept == (hit,)


def test_a_cell_of_a_notebook():
    first, second = diagnostic(4, cell=1), diagnostic(4, cell=2)
    assert silenced([suppression(cell=2)], first, second) == [second]


def test_a_whole_notebook():
    first, second = diagnostic(4, cell=1), diagnostic(4, cell=2)
    found = suppression("permlint: ignore-file[PRM101]", None, cell=1)
    assert silenced([found], first, second) == [first, second]


def test_a_faulty_one_silences_nothing():
    assert silenced([suppression("permlint: ignore")], diagnostic(4)) == []


# What is stale


def entries(found, *diagnostics, judged=lambda *_: True):
    used = match(diagnostics, {PATH: found}).used
    return [(each.place, each.rule, each.fault) for each in stale(found, used, KNOWN, judged)]


def test_one_that_is_used_is_not_stale():
    assert entries([suppression()], diagnostic(4)) == []


def test_one_that_silences_nothing_is_stale_as_a_whole():
    found = suppression("permlint: ignore[PRM101, missing-dependency]")
    assert entries([found]) == [(found.place, "PRM101, missing-dependency", None)]


def test_one_rule_of_several():
    found = suppression("permlint: ignore[PRM101, PRM104]")
    assert entries([found], diagnostic(4)) == [(found.rules[1][1], "PRM104", None)]


def test_rules_that_came_to_no_verdict_are_left_alone():
    found = suppression("permlint: ignore[PRM101, PRM104]")
    assert entries([found], judged=lambda _, rule: rule is REMOVED) == [(found.rules[0][1], "PRM101", None)]
    assert entries([found], judged=lambda *_: False) == []


def test_faults_are_reported_whatever_is_judged():
    found = suppression("permlint: ignore")
    ((place, rule, fault),) = entries([found], judged=lambda *_: False)
    assert (place, rule) == (found.place, "")
    assert fault.startswith("the rules in brackets are missing")


def test_an_unknown_rule_is_a_fault_of_its_own():
    found = suppression("permlint: ignore[removed-permision, PRM101]")
    assert entries([found], diagnostic(4)) == [
        (
            found.rules[0][1],
            "removed-permision",
            "there is no rule removed-permision; did you mean removed-permission?",
        )
    ]


def test_silencing_this_very_rule_is_never_stale():
    assert entries([suppression("permlint: ignore[PRM903]")]) == []


def test_redundant_ones_count_as_used():
    found = [suppression("permlint: ignore-file[PRM101]", None, line=1), suppression()]
    assert entries(found, diagnostic(4)) == []


# Whatever the text

WORDS = st.sampled_from(
    [
        "permlint",
        ":",
        "ignore",
        "-file",
        "[",
        "]",
        "PRM101",
        ",",
        " ",
        "#",
        "//",
        "\n",
        "\r",
        "\t",
        "é",
        "\N{PILE OF POO}",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=25).map("".join))


@given(text=TEXTS, line=st.integers(1, 9), column=st.integers(1, 9), late=st.booleans())
def test_any_text_gives_suppressions_whose_places_hold_what_they_say(text, line, column, late):
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    grid = {line: " " * (column - 1) + rows[0], **{line + number: row for number, row in enumerate(rows) if number}}
    for found in parse(text, at(line, column, 1, end_line=line + len(rows) - 1), (line,), late=late):
        assert found.place.line == found.place.end_line
        said = grid[found.place.line][found.place.column - 1 : found.place.end_column - 1]
        assert said.lower().startswith("permlint")
        assert said == said.rstrip()
        if found.fault is not None:
            assert (found.rules, found.lines) == ((), ())
            continue
        assert said.endswith("]")
        assert found.rules
        assert found.lines in (None, (line,))
        for name, place in found.rules:
            assert name
            assert name == name.strip()
            assert grid[place.line][place.column - 1 : place.end_column - 1] == name
            assert place.path == PATH


@given(text=TEXTS)
def test_any_comment_can_be_matched(text):
    found = read([Comment(text, at(3, 10, end_line=3 + text.count("\n")), alone=False)])
    hit = diagnostic(3)
    result = match([hit], {PATH: found})
    speaks = any(name.lower() in ("prm101", "removed-permission") for each in found for name, _ in each.rules)
    assert bool(result.silenced) is speaks
    assert all(speaks_for(each, hit.place) for _, each in result.silenced)
    stale(found, result.used, KNOWN, lambda *_: True)
