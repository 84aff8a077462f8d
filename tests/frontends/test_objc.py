"""Objective-C: the form of its nodes and the places of its strings."""

from __future__ import annotations

import pytest

from permlint import program as p
from permlint.frontends import lower


def lowered(text, path="App.m"):
    return lower(path, text.encode())


def expression(text):
    (statement,) = lowered(f"void a() {{ {text}; }}").body[0].body
    return statement.value if isinstance(statement, p.Do) else statement


def test_a_message_is_a_call_by_its_first_keyword():
    call = expression("[b c:d e:f g:@[h]]")
    assert (call.function.name, [name for name, _ in call.arguments]) == ("c", [None, "e", "g"])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[[B alloc] init]", []),
        ("[B new]", []),
        ("[[B alloc] initWithGraphPath:a HTTPMethod:c]", ["graphPath", "HTTPMethod"]),
        ("[[B alloc] initWithURL:a]", ["URL"]),
    ],
)
def test_what_makes_an_object_is_a_call_of_its_class(text, names):
    call = expression(text)
    assert (call.function.id, [name for name, _ in call.arguments]) == ("B", names)


def test_a_setter_sets_the_part_of_its_name():
    statement = expression('[b setHTTPMethod:@"GET"]')
    assert isinstance(statement, p.Assign)
    assert (statement.targets[0].value.id, statement.targets[0].name) == ("b", "HTTPMethod")


def test_the_variable_behind_a_property_is_the_property():
    (cls,) = lowered("@implementation A\n- (void)b { _c = self.c; }\n@end\n").body
    (statement,) = cls.body[0].body
    assert statement.targets[0].name == statement.value.name == "c"


def test_strings_keep_their_places():
    text = '/* 🎉\té */ NSString *a = @"é\\n" @"b";\r\n#define C @"d"\nconst char *e = "f";\n'
    program = lowered(text)
    found = [node for one in program.body for node in p.inside(one) if isinstance(node, p.Text)]
    spots = [(node, node.spots or tuple(range(node.start, node.start + len(node.value) + 1))) for node in found]
    assert sorted((node.value, text[at[0] : at[-1]]) for node, at in spots) == [
        ("b", "b"),
        ("d", "d"),
        ("f", "f"),
        ("é\n", "é\\n"),
    ]


def test_a_header_of_another_language_holds_nothing():
    program = lowered('#include <string>\nnamespace a { template <class T> struct B { T c = "d"; }; }\n', "a.h")
    assert (program.body, program.gaps) == ((), ())


def test_comments_that_name_permlint_are_kept():
    program = lowered("// permlint: ignore[PRM101]\nint a; /* permlint: ignore */\n")
    assert [(text.strip(), alone) for _, _, text, alone in program.comments] == [
        ("permlint: ignore[PRM101]", True),
        ("permlint: ignore", False),
    ]
