"""Shell scripts: the form of their nodes and the places of their words."""

from __future__ import annotations

import pytest

from permlint import program as p
from permlint.frontends import lower, passed_over


def lowered(text, path="run.sh"):
    return lower(path, text.encode())


def called(text):
    """The name and the arguments of the last command in a text."""
    statement = lowered(text).body[-1]
    return statement.value.function.id, statement.value.arguments


def shown(value):
    """A word's pieces, `{}` for what is put in."""
    return "".join([part.value if isinstance(part, p.Text) else "{}" for part in value.parts])


def test_words_keep_their_places(texts):
    text = (
        "# 🎉\té\r\n"
        "a=é b='🎉 \\n'\r\n"
        "c \"d\\\"e$f\\$g\" h'i'\"j\"k $'l\\u00e9\\'m' \\\r\n"
        '  n\\&o -p"$q"r ${s:-t\\}u}\r\n'
        "v <<W\r\n$x y\\$z\r\nW\r\n"
    )
    assert [one for one in texts(lowered(text), text) if one[0].strip()] == [
        ("é", "é"),
        ("🎉 \\n", "🎉 \\n"),
        ('d"e', 'd\\"e'),
        ("$g", "\\$g"),
        ("h", "h"),
        ("i", "i"),
        ("j", "j"),
        ("k", "k"),
        ("lé'm", "l\\u00e9\\'m"),
        ("n&o", "n\\&o"),
        ("-p", "-p"),
        ("r", "r"),
        ("t}u", "t\\}u"),
        (" y$z\r\n", " y\\$z\r\n"),
    ]


def test_latin_1_and_a_byte_order_mark_are_read():
    for data in (b"a='\xe9'\n", b"\xef\xbb\xbfa='\xc3\xa9'\n"):
        (assign,) = lower("a.sh", data).body
        assert shown(assign.value) == "é"


@pytest.mark.parametrize("path", ["a.sh", "a.bash", "a.zsh"])
def test_a_command_is_a_call_with_its_words(path):
    (statement,) = lowered("/usr/bin/curl -s 'a b' \"$c\"\n", path).body
    assert statement.value.function.id == "curl"
    assert [name for name, _ in statement.value.arguments] == [None, None, None]
    assert isinstance(statement.value.arguments[2][1], p.Name)
    assert statement.value.arguments[2][1].id == "$c"


def test_what_stands_for_several_words_is_spread():
    _, arguments = called('a "$@" "${b[@]}" $c "$d" ${@:2}\n')
    assert [name for name, _ in arguments] == ["*", "*", "*", None, "*"]


def test_what_a_command_is_given_to_read_is_an_argument():
    for text in ("a <<< 'b c'\n", "a <<E\nb c\nE\n", "echo 'b c' | a\n", "cat <<'E' | a\nb c\nE\n"):
        name, arguments = called(text)
        assert (name, [key for key, _ in arguments]) == ("a", ["stdin"])
    _, arguments = called("a b <<E c\nd\nE\n")
    assert [key for key, _ in arguments] == [None, None, "stdin"]


def test_what_is_put_into_a_document():
    _, arguments = called('a <<E\n"$b" ${c} $(d) \\$e\nE\n')
    assert shown(arguments[0][1]) == '"{}" {} {} $e\n'
    _, arguments = called("a <<'E'\n$b \\$c\nE\n")
    assert shown(arguments[0][1]) == "$b \\$c\n"


def test_a_function_is_given_what_it_is_called_with_and_yields_what_it_prints():
    (function,) = lowered('f() { local a=$1; b=2; echo "$a"; cd /tmp; ls >&2; g > /dev/null; }\n').body
    assert [(one.name, one.kind) for one in function.parameters] == [("$*", "rest")]
    outer, first, _, printed, *rest = function.body
    assert outer.names == ("$b",)
    assert isinstance(first.value, p.Index)
    assert isinstance(printed.value, p.Yield)
    assert not any(isinstance(one.value, p.Yield) for one in rest)


def test_names_that_a_function_binds_for_others():
    (function,) = lowered(
        "f() { declare a=1; local b; b=2; c=3; read -r d; for e in x; do :; done; X=$(g=1; g); (h=1); i[0]=1; }\n"
    ).body
    assert function.body[0].names == ("$X", "$c", "$d", "$e", "$i")


def test_files_that_are_sourced():
    body = lowered(
        'source lib/a.sh\n. "$(dirname "$0")/b.sh"\nsource "$DIR/../c.sh"\n. "${BASH_SOURCE%/*}/d.sh"\nsource "$e"\n'
    ).body
    assert [one.module for one in body if isinstance(one, p.Import)] == ["lib/a.sh", "./b.sh", "./../c.sh", "./d.sh"]


def test_a_test_that_guards_the_way_out_decides_nothing():
    (branch,) = lowered('if [ -z "$A" ]; then exit 1; fi\n').body
    assert isinstance(branch.ways[0][0], p.Opaque)
    (branch,) = lowered('if [ "$A" = b ]; then c; elif [[ $A != d ]]; then e; else f; fi\n').body
    assert [type(test) for test, _ in branch.ways] == [p.Compare, p.Compare]
    assert branch.otherwise


def test_the_script_is_given_arguments_that_nobody_knows():
    first, _ = lowered('a "$1"\n').body
    assert isinstance(first.value, p.Call)


def test_comments_that_name_permlint_are_kept():
    program = lowered('# permlint: ignore[PRM101]\na=1 # permlint: ignore\nb "# permlint: ignore"\n')
    assert [(text.strip(), alone) for _, _, text, alone in program.comments] == [
        ("permlint: ignore[PRM101]", True),
        ("permlint: ignore", False),
    ]


def test_secrets_are_in_no_program():
    program = lowered(
        'TOKEN="EAAB' + "x1Y2z3" * 8 + '"\ncurl -d "client_secret=0123456789abcdef0123456789abcdef" "$a"\n'
    )
    assert "x1Y2z3" not in repr(program.body)
    assert "89abcdef" not in repr(program.body)


def test_a_broken_script_is_read_as_far_as_it_goes():
    program = lowered('a "b"\nif [ -z ; then (\ncurl "https://graph.facebook.com/me"\n')
    assert "https://graph.facebook.com/me" in repr(program.body)


def test_without_its_grammar_a_script_is_passed_over(monkeypatch):
    monkeypatch.setattr("permlint.frontends._is_installed", lambda module: module != "tree_sitter_bash")
    assert passed_over("a.sh", b"") == "Shell (to read it: pip install 'permlint[all]')"
