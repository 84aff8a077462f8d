"""Swift: the form of its nodes and the places of its strings."""

from __future__ import annotations

from permlint import program as p
from permlint.frontends import lower


def lowered(text):
    return lower("app.swift", text.encode())


def test_strings_keep_their_places(texts):
    text = '/* 🎉\té */ let a = "é\\u{1F389}\\(b)c"; let d = #"\\n"x"#\r\nlet e = """\r\nf\\(g.h)\r\n"""\n'
    assert list(texts(lowered(text), text)) == [
        ("é🎉", "é\\u{1F389}"),
        ("c", "c"),
        ('\\n"x', '\\n"x'),
        ("\r\nf", "\r\nf"),
        ("\r\n", "\r\n"),
    ]


def test_a_function_behind_the_parentheses_is_one_more_argument():
    (statement,) = lowered("a.b(c: d) { e in f(e) }").body
    (first, second) = statement.value.arguments
    assert (first[0], second[0]) == ("c", None)
    assert isinstance(second[1], p.Function)


def test_an_argument_is_named_by_its_label():
    (function,) = lowered("func a(_ b: String, with c: [String] = [], d: Int) { return }").body
    assert [one.name for one in function.parameters] == ["b", "with", "d"]
    assert function.parameters[1].default is not None
    (bound,) = [one for one in function.body if isinstance(one, p.Assign)]
    assert (bound.targets[0].id, bound.value.id) == ("c", "with")


def test_a_member_of_a_type_that_is_declared_is_a_part_of_it():
    declared, other = lowered("let a: [Scope] = [.email]\nlet b = [.email]\n").body
    assert [statement.value.items[0].value.id for statement in (declared, other)] == ["Scope", ""]


def test_an_extension_of_a_type_of_the_file_is_a_part_of_it():
    (cls,) = lowered("class A { func b() {} }\nextension A { func c() {} }\n").body
    assert [one.name for one in cls.body] == ["b", "c"]


def test_a_single_expression_is_returned():
    (function, variable) = lowered('func a() -> String { "b" }\nvar c: String { d }\n').body
    assert isinstance(function.body[-1], p.Return)
    assert isinstance(variable.value.function.body[-1], p.Return)


def test_comments_that_name_permlint_are_kept():
    program = lowered("// permlint: ignore[PRM101]\nlet a = 1 /* permlint: ignore */\n")
    assert [(text.strip(), alone) for _, _, text, alone in program.comments] == [
        ("permlint: ignore[PRM101]", True),
        ("permlint: ignore", False),
    ]
