"""Ruby: the form of its nodes and the places of its strings."""

from __future__ import annotations

from permlint import program as p
from permlint.frontends import lower


def lowered(text):
    return lower("app.rb", text.encode())


def test_strings_keep_their_places(texts):
    text = "# 🎉\té\r\na = [:é, :\"b\", 'c', \"d\\u{1F389}#{e}f\", %q(g), *%w[h i], %i(j), k: 1, 'l' => <<~M]\r\n  n#{o}\r\nM\r\n"
    assert list(texts(lowered(text), text)) == [
        ("é", "é"),
        ("b", "b"),
        ("c", "c"),
        ("d🎉", "d\\u{1F389}"),
        ("f", "f"),
        ("g", "g"),
        ("h", "h"),
        ("i", "i"),
        ("j", "j"),
        ("k", "k"),
        ("l", "l"),
        ("  n", "  n"),
        ("\r\n", "\r\n"),
    ]


def test_a_name_that_nothing_binds_is_a_call():
    first, second, third = lowered("a = b\na.c\nd\n").body
    assert isinstance(first.value, p.Call)
    assert isinstance(second.value.function.value, p.Name)
    assert isinstance(third.value, p.Call)


def test_the_last_value_of_a_method_is_returned():
    (method,) = lowered("def a(b)\n  if b\n    'c'\n  else\n    d = 'e'\n  end\nend\n").body
    (branch,) = method.body
    assert isinstance(branch.ways[0][1][-1], p.Return)
    assert isinstance(branch.otherwise[-1], p.Return)


def test_a_block_is_an_argument():
    (statement,) = lowered("a.b(1) { |c| c }\n").body
    assert [name for name, _ in statement.value.arguments] == [None, "&"]
    assert [one.name for one in statement.value.arguments[1][1].parameters] == ["c"]


def test_what_stands_in_a_module_is_bound_under_its_whole_name():
    body = lowered("module A\n  module B\n    C = 1\n  end\nend\nD::E\nA::B\n").body
    assert [one.targets[0].id for one in body if isinstance(one, p.Assign)] == ["A::B", "A::B::C"]


def test_variables_of_an_object_are_not_its_methods():
    (cls,) = lowered("class A\n  attr_reader :b\n  def c = @b\nend\n").body
    reader, method = cls.body
    assert reader.body[0].value.name == method.body[0].value.name == "@b"


def test_comments_that_name_permlint_are_kept():
    program = lowered("# permlint: ignore[PRM101]\na = 1 # permlint: ignore\n")
    assert [(text.strip(), alone) for _, _, text, alone in program.comments] == [
        ("permlint: ignore[PRM101]", True),
        ("permlint: ignore", False),
    ]
