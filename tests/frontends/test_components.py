"""Components in one file: their scripts and the expressions in their markup, each where it stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permlint import program as p
from permlint.frontends import lower


def calls(path, text):
    """The calls of elements in a component: (callee, {attribute: value}); values by what `shown` makes of them."""
    program = lower(path, text.encode())
    out = []
    for statement in program.body:
        for node in p.inside(statement):
            if isinstance(node, p.Call) and len(node.arguments) == 1 and isinstance(node.arguments[0][1], p.Mapping):
                entries = node.arguments[0][1].entries
                out.append((shown(node.function), {shown(key): shown(value) for key, value in entries}))
    return out


def shown(value):
    match value:
        case None:
            return "..."
        case p.String():
            return "".join(part.value if isinstance(part, p.Text) else f"<{shown(part)}>" for part in value.parts)
        case p.Name():
            return value.id
        case p.Attribute():
            return f"{shown(value.value)}.{value.name}"
        case p.Mapping():
            return {shown(key): shown(inner) for key, inner in value.entries}
        case p.Literal():
            return value.value
    return type(value).__name__


@pytest.mark.parametrize(
    ("path", "text", "called"),
    [
        # Vue
        ("a.vue", '<template><a :href="b" id="c"/></template>', ("html.a", {"href": "b", "id": "c"})),
        ("a.vue", "<template><a v-bind:href='`x${b}`'/></template>", ("html.a", {"href": "x<b>"})),
        ("a.vue", '<template><a :options="{ scope: s }"/></template>', ("html.a", {"options": {"scope": "s"}})),
        ("a.vue", '<template><a v-bind="b" v-if="c" #d="e" v-model="f"/></template>', ("html.a", {"...": "b", "modelValue": "f"})),
        ("a.vue", '<template><a @click="b()" v-on:x="c = 1"/></template>', ("html.a", {"@click": "Function", "v-on:x": "Function"})),
        ("a.vue", '<template>{{ a < b }}<a :b="c"/>{{ "<p x=1>" }}</template>', ("html.a", {"b": "c"})),
        ("a.vue", '<template><fb-login :b="c"/></template><script setup>import FbLogin from "x"</script>', ("FbLogin", {"b": "c"})),
        ("a.vue", "<template><FB.Login b=c /></template><script setup>import * as FB from 'x'</script>", ("FB.Login", {"b": "c"})),
        ("a.vue", '<template><fb:login-button :scope="c" /></template>', ("html.fb:login-button", {"scope": "c"})),
        # Svelte
        ("a.svelte", "<a href={b} id=c>", ("html.a", {"href": "b", "id": "c"})),
        ("a.svelte", '<a href="{b}" id="x {c} y">', ("html.a", {"href": "b", "id": "x <c> y"})),
        ("a.svelte", "<a {href} {...b}>", ("html.a", {"href": "href", "...": "b"})),
        ("a.svelte", "<a on:click={() => { b('}', `}${'{'}`) }} c=d>", ("html.a", {"on:click": "Function", "c": "d"})),
        ("a.svelte", "{#if a < b}<a c={d}>{/if}", ("html.a", {"c": "d"})),
        ("a.svelte", "<FbLogin scope='email'/><script lang='ts'>import FbLogin from 'x'</script>", ("FbLogin", {"scope": "email"})),
        ("a.svelte", "<p>{@html f({a: b})}</p>", ("f", {"a": "b"})),
        ("a.svelte", "<p>{f({a: b})}</p>", ("f", {"a": "b"})),
        # Astro
        ("a.astro", "---\nconst b: string = 'x';\n---\n<a href={b}>", ("html.a", {"href": "b"})),
        ("a.astro", "---\n---\n{c.map((d) => <a href={d}>Don't</a>)}", ("html.a", {"href": "d"})),
        ("a.astro", "---\nimport A from 'x'\n---\n<A b='c'/>", ("A", {"b": "c"})),
    ],
)  # fmt: skip
def test_markup(path, text, called):
    assert called in calls(path, text)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.vue", "<script>run('email')</script>"),
        ("a.vue", "<script setup lang='ts'>const x = <T>(y: T) => y; run('email')</script>"),
        ("a.vue", "<script lang='tsx'>const x = <p/>; run('email')</script>"),
        ("a.vue", "<template>{{ '<script>' }}</template><script>run('email')</script>"),
        ("a.vue", "<template><p @click=\"run('email')\"/></template>"),
        ("a.vue", "<script>export default { mounted() { run('email') } }</script>"),
        ("a.vue", "<script>export default { methods: { x() { run('email') } } }</script>"),
        ("a.svelte", "<script context='module'>run('email')</script><script>let a = {}</script>"),
        ("a.svelte", "<p on:click={() => run('email')}>"),
        ("a.astro", "---\nrun('email')\n---\n<p>"),
        ("a.astro", "---\nconst x = 1\n---\n<script>run('email')</script>"),
    ],
)
def test_scripts(path, text):
    program = lower(path, text.encode())
    nodes = [node for statement in program.body for node in p.inside(statement)]
    run = next(
        node
        for node in nodes
        if isinstance(node, p.Call) and isinstance(node.function, p.Name) and node.function.id == "run"
    )
    (piece,) = run.arguments[0][1].parts
    assert text[piece.start : piece.end] == piece.value == "email"


def test_the_options_of_a_component_are_a_class():
    program = lower(
        "a.vue",
        b"<script>export default defineComponent({ props: ['a'], data() { const b = 1; return { c: b } },"
        b" computed: { d() { return this.c }, e: { get() { return 1 }, set(v) {} } }, methods: { f() {} } })</script>",
    )
    made, exported = program.body
    functions = {node.name: node for node in made.body if isinstance(node, p.Function)}
    assert functions.keys() == {p.CONSTRUCTOR, "d", "e", "f"}
    assert all(function.parameters[0].name == "this" for function in functions.values())
    assert [mark.id for mark in functions["d"].decorators] == [p.PROPERTY]
    assert [shown(statement.targets[0]) for statement in functions[p.CONSTRUCTOR].body] == ["b", "this.c"]
    assert (exported.targets[0].id, exported.value.id) == (p.DEFAULT, made.name)


PIECES = st.sampled_from(
    ["<script>", "</script>", "<script setup lang='ts'>", "<template>", "</template>", "<p ", ">", "/>", ":a=", '"', "'", "{", "}",
     "{{", "}}", "{#if ", "{/if}", "{@html ", "{...", "`", "${", "//", "/*", "*/", "---\n", "export default {", "data() {",
     "methods: {", "return {", "v-bind=", "@click=", "a", "(", ")", "=>", "é", "😀", "\n", "\r\n", " ", "<!--", "-->", "\\"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40), st.sampled_from(["vue", "svelte", "astro"]))
def test_wild_components_are_read(pieces, kind):
    text = "".join(pieces)
    for statement in lower(f"a.{kind}", text.encode()).body:
        for node in p.inside(statement):
            assert 0 <= node.start <= node.end <= len(text)


@pytest.mark.parametrize("kind", ["vue", "svelte", "astro"])
@pytest.mark.parametrize("piece", ["{", "{a}", "`", "{`${", "<p :a='", '<p a={b} :c="d">', "<a>", "export default {data() {", "'", "---\n", "{...a}", "{'"])  # fmt: skip
def test_deep_and_long_components_end_soon(kind, piece):
    text = piece * (100_000 // len(piece))
    started = time.perf_counter()
    lower(f"a.{kind}", text.encode())
    assert time.perf_counter() - started < 60
