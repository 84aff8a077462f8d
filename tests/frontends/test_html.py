"""Pages and templates: elements, their attributes, and scripts, each where it stands."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permlint import program as p
from permlint.frontends import Unreadable, lower


def elements(text, path="page.html"):
    """The elements of a page: (tag, {attribute: what its value is}); holes are written `<>`."""
    program = lower(path, text.encode())
    out = []
    for node in program.body:
        if isinstance(node, p.Do) and isinstance(node.value.function, p.Attribute) and node.value.arguments:
            mapping = node.value.arguments[0][1]
            out.append((node.value.function.name, {shown(key): shown(value) for key, value in mapping.entries}))
    return out


def shown(value):
    if isinstance(value, p.String):
        return "".join(part.value if isinstance(part, p.Text) else "<>" for part in value.parts)
    if isinstance(value, p.Mapping):
        return {shown(key): shown(inner) for key, inner in value.entries}
    return value.value if isinstance(value, p.Literal) else type(value).__name__


def places(program, text):
    """Each piece of literal text with the characters of the file that it says it stands at."""
    for node in program.body:
        for inner in p.inside(node):
            if isinstance(inner, p.Text) and inner.value:
                spots = inner.spots or tuple(range(inner.start, inner.start + len(inner.value) + 1))
                for char, start, end in zip(inner.value, spots, spots[1:], strict=False):
                    yield char, text[start:end]


def test_an_element_is_a_call_with_its_attributes():
    assert elements('<fb:login-button Scope="email" size=large async></fb:login-button><br>') == [
        ("fb:login-button", {"scope": "email", "size": "large", "async": True})
    ]


def test_entities_stand_for_their_characters_and_keep_their_places():
    text = '<a title="😀" href="x?a=1&amp;scope=&quot;b&#44;c&#x2c;d&quot;&copy=1">'
    program = lower("page.html", text.encode())
    assert elements(text) == [("a", {"title": "😀", "href": 'x?a=1&scope="b,c,d"&copy=1'})]
    for char, stood in places(program, text):
        assert char == stood or (stood.startswith("&") and stood.endswith(";"))


@pytest.mark.parametrize(
    "tag",
    [
        "{{ scope }}",
        "{{{ scope }}}",
        "{!! $scope !!}",
        "<?= $scope ?>",
        "<?php echo $scope; ?>",
        "<%= scope %>",
        '{% url "x" %}',
        "{% if x %}",
        "{# note #}",
    ],
)
def test_a_template_puts_in_what_its_tags_stand_for(tag):
    assert elements(f'<a data-scope="email,{tag},b" id=1>') == [("a", {"data-scope": "email,<>,b", "id": "1"})]


@pytest.mark.parametrize(
    ("path", "value", "seen"),
    [
        ("a.blade.php", "@json($a)", "<>"),
        ("a.blade.php", "@lang('a (b')", "<>"),
        ("a.blade.php", "@if (f($a)) b @endif", "<> b <>"),
        ("a.blade.php", "@{{ a }}", "@{{ a }}"),
        ("a.blade.php", "a@b.example", "a@b.example"),
        ("a.blade.php", "@handle", "@handle"),
        ("a.cshtml", "@Model.A", "<>"),
        ("a.cshtml", "x @(Model.A + f(')')) y", "x <> y"),
        ("a.cshtml", "@Html.Raw(a[b])!.C, d", "<>, d"),
        ("a.cshtml", "a@b.example", "a@b.example"),
        ("a.cshtml", "@@a", "@@a"),
        ("a.cshtml", "@* a *@b", "<>b"),
        ("a.jsp", "${a}#{b}c", "<><>c"),
        ("a.html", "${a} @b", "<> @b"),
    ],
)
def test_what_other_engines_put_in(path, value, seen):
    assert elements(f'<a data-scope="{value}">', path) == [("a", {"data-scope": seen})]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.blade.php", "@if ($a) run('email'); @endif"),
        ("a.blade.php", "let a = @json($b); @foreach ($a as $b) run('email'); @endforeach"),
        ("a.blade.php", "@php $a = '}'; @endphp run('email');"),
        ("a.cshtml", "let a = @Html.Raw(Model.A); run('email')"),
        ("a.cshtml", "@if (Model.A) { <text>run('email');</text> }"),
        ("a.cshtml", "@{ var a = 1; } run('email');"),
    ],
)
def test_scripts_with_other_engines_code(path, text):
    text = f"@section('x')\n@section Scripts {{\n<script>{text}</script>\n}}"
    program = lower(path, text.encode())
    calls = [node for one in program.body for node in p.inside(one) if isinstance(node, p.Call)]
    (argument,) = [
        shown(call.arguments[0][1]) for call in calls if isinstance(call.function, p.Name) and call.function.id == "run"
    ]
    assert argument == "email"


def test_a_script_that_a_template_may_make_whole_is_no_broken_one():
    assert not lower("a.html", b"<script>{% if a %} if (b) { {% endif %} run() {% if a %} } {% endif %}</script>").gaps
    assert lower("a.html", b"<script>if (b) { run(</script>").gaps


def test_tags_outside_of_values_are_passed_over():
    assert elements('<a {% if x %}class="b"{% endif %} {{ attrs }} id="c" {% if y %}checked{% endif %}>') == [
        ("a", {"class": "b", "id": "c", "checked": True})
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<script>run('email')</script>",
        "<script type='module'>run('email')</script>",
        "<script type='text/javascript'>{% if a %}run('email');{% endif %}</script>",
        "<script type='text/babel'>const x = <p style={{a: 1}}/>; run('email')</script>",
        "<script>let a = {{ a }}; run('email')</script>",
        "<script><?php if (1): ?> run('email') <?php endif ?></script>",
        '<p onclick="run(&quot;email&quot;)">',
        "<p onclick=\"run('email'); return false\">",
        "<script type='text/x-handlebars-template'><p onclick=\"run('email')\"></script>",
    ],
)
def test_scripts_are_run(text):
    program = lower("page.html", text.encode())
    calls = [node for one in program.body for node in p.inside(one) if isinstance(node, p.Call)]
    run = next(call for call in calls if isinstance(call.function, p.Name) and call.function.id == "run")
    argument = run.arguments[0][1]
    assert shown(argument) == "email"
    (piece,) = argument.parts
    assert text[piece.start : piece.start + 5] == "email"


@pytest.mark.parametrize("kind", ["application/json", "application/ld+json", "text/x-config", "importmap"])
def test_data_is_not_run(kind):
    assert elements(f"<script type='{kind}'>run('email')</script>") == [("script", {"type": kind})]


def test_what_a_form_sends_stands_beside_its_address():
    text = """<form action="x"><input type="hidden" name="scope" value="a"><p><input name=b value=c><input type=submit name=d value=e>
</form><input type="hidden" name="f" value="g">"""
    assert ("form", {"action": "x", "fields": {"scope": "a", "b": "c"}}) in elements(text)


def test_a_page_that_leads_elsewhere_at_once():
    assert elements('<meta http-equiv="Refresh" content="0; URL=https://a.example/">') == [
        ("meta", {"http-equiv": "Refresh", "content": "https://a.example/"})
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<!-- permlint: ignore[PRM101] why -->",
        "{# permlint: ignore[PRM101] why #}",
        "{{!-- permlint: ignore[PRM101] why --}}",
        "{{-- permlint: ignore[PRM101] why --}}",
        "{{! permlint: ignore[PRM101] why }}",
        "<%# permlint: ignore[PRM101] why %>",
        "<%-- permlint: ignore[PRM101] why --%>",
        "<script>// permlint: ignore[PRM101] why\n</script>",
    ],
)
def test_comments(text):
    ((start, end, words, _),) = lower("page.html", text.encode()).comments
    assert words.strip() == "permlint: ignore[PRM101] why"
    assert text[start:end] == words


def test_what_is_commented_out_is_not_there():
    text = "<!-- <a b=c> -->{% comment %}<a b=c>{% endcomment %}{# <a b=c> #}{{-- <a b=c> --}}"
    assert elements(text) == []


def test_places_are_exact_whatever_the_line_ends_and_letters():
    for text in ('<p>\t😀é\r\n<a\r\n data-scope="é😀 email"\r\n>', '<p>é</p><script>a("é", "😀")</script>'):
        program = lower("page.html", text.encode())
        assert all(char == stood for char, stood in places(program, text))
    latin = '<p>é<a data-scope="é email">'
    program = lower("page.html", latin.encode("latin-1"))
    assert all(char == stood for char, stood in places(program, latin))


PIECES = st.sampled_from(
    ["<", ">", "</", "/>", "<a ", "<script>", "</script>", "<form>", "</form>", '"', "'", "=", "{{", "}}", "{%", "%}", "<?php ",
     "?>", "<%", "%>", "{#", "#}", "<!--", "-->", "&amp;", "&#", ";", " ", "\n", "on=", "onclick=", "é", "😀", "a", "{", "}",
     "<fb:login-button scope=", "\r\n", "@if (", "@a", "@{", "@(", "@endif", "@*", "*@", ")", "</text>", "`", "${", "//", "permlint: ignore[PRM101]", "{{--", "--}}", "{!!", "!!}"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_wild_pages_are_read(pieces):
    text = "".join(pieces)
    for path in ("page.html", "page.blade.php", "page.cshtml"):
        program = lower(path, text.encode())
        for node in program.body:
            for inner in p.inside(node):
                assert 0 <= inner.start <= inner.end <= len(text)


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200))
def test_wild_bytes_are_read_or_refused(data):
    try:
        lower("page.html", data)
    except Unreadable:
        pass


@pytest.mark.parametrize("piece", ["<div>", "{{", "{%", "<%", "<!--", "<a b='", "{#", "<script>", "&", "<form>", "{{--", "<p onclick='a(' ", "@if (", "@{", "@(a", "@* ", "{% comment %}", "é<p onclick='&amp;'>"])  # fmt: skip
def test_deep_and_long_pages_end_soon(piece):
    text = piece * (100_000 // len(piece))
    started = time.perf_counter()
    for path in ("page.html", "page.blade.php", "page.cshtml"):
        lower(path, text.encode())
    assert time.perf_counter() - started < 60


def test_a_page_around_another_language():
    from permlint.frontends import html
    from permlint.frontends.syntax import Lowering, Source

    text = """<?php $a = "<b c=d>"; ?>
<a href="é?x=<?= $a ?>&amp;scope=email" <?php if ($a): ?>class="x"<?php endif ?>>
<script>var y = <?php echo $a ?>; <?php if ($a) { ?>run("email")<?php } ?></script>
<?php $z = '<e f=g>';"""
    stretches, at = [], 0
    for match in re.finditer(r"<\?.*?(\?>|\Z)", text, re.DOTALL):
        stretches.append((at, match.start()))
        at = match.end()
    source = Source(text)
    low = Lowering(source, html.SYNTAX)
    body = html.lower_stretches(source, [*stretches, (at, len(text))], low)
    program = low.program("a.php", "php", body)
    element, *script = program.body
    key, value = element.value.arguments[0][1].entries[0]
    assert [shown(key), shown(value)] == ["href", "é?x=<>&scope=email"]
    assert len(element.value.arguments[0][1].entries) == 2
    run = next(node for one in script for node in p.inside(one) if isinstance(node, p.Name) and node.id == "run")
    assert text[run.start : run.end] == "run"
    assert "e" not in {node.name for one in program.body for node in p.inside(one) if isinstance(node, p.Attribute)}
