"""What is too large, too deep or endless ends soon, in an answer that says what is not known."""

from __future__ import annotations

import datetime

import pytest

from permlint.analysis import analyse
from permlint.config import Config

DIALOG = "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope="
SINK = f'URL = "{DIALOG}" + ",".join(SCOPES)\n'


def requests_of(root, **files):
    for name, text in files.items():
        (root / f"{name}.py").write_text(text)
    analysis = analyse(Config(root=str(root)), [f"{name}.py" for name in files], as_of=datetime.date(2026, 9, 20))
    return [request for app in analysis.apps for request in app.requests]


BIG = {
    "a list of 2,000 items": "SCOPES = [\n" + "".join(f"    'user_x{n}',\n" for n in range(2_000)) + "]\n" + SINK,
    "a comprehension over 2,000 items": "SCOPES = [x.strip() for x in '" + ",".join(["email"] * 2_000) + "'.split(',')]\n" + SINK,
    "a list that doubles": "SCOPES = ['email']\n" + "SCOPES += SCOPES\n" * 40 + SINK,
    "a text that doubles": "x = 'email,'\n" + "x = x + x\n" * 40 + f"URL = '{DIALOG}' + x\n",
    "a list that appends itself": "SCOPES = ['email']\nSCOPES.append(SCOPES)\nSCOPES.extend(SCOPES)\n" + SINK,
    "a mapping that holds itself": f"import urllib.parse\na = {{'scope': 'email'}}\na['a'] = a\nURL = '{DIALOG}' + urllib.parse.urlencode(a)\n",
    "a product of choices": "import f\nx = ''\n" + "x = x + ('a,' if f.f() else 'b,')\n" * 60 + f"URL = '{DIALOG}email' + x\n",
    "a loop over its own list": "SCOPES = ['email']\nfor x in SCOPES:\n    SCOPES.append(x)\n" + SINK,
    "a loop that never ends": "SCOPES = []\nwhile True:\n    SCOPES.append('email')\n" + SINK,
    "loops in loops": "SCOPES = ['email']\n" + "".join("    " * n + f"for a{n} in range(100), [1, 2, 3] * 30:\n" for n in range(12)) + "    " * 12 + "SCOPES.append('user_likes')\n" + SINK,
    "comprehensions in comprehensions": "x = list('abcdefghij')\ny = ['a'] * 1 + ['b', 'c', 'd', 'e', 'f', 'g']\nSCOPES = ['email' for a in y for b in y for c in y for d in y for e in y for f in y for g in y]\n" + SINK,
    "a branch of 10,000 ways": "import f\ndef scopes():\n    x = f.f()\n" + "".join(f"    if x == {n}:\n        return ['user_x{n}']\n" for n in range(2_000)) + "    return ['email']\nSCOPES = scopes()\n" + SINK,
    "many branches, one after the other": "import f\nSCOPES = ['email']\n" + "".join(f"if f.f({n}):\n    SCOPES = SCOPES + ['user_x{n}']\n" for n in range(300)) + SINK,
    "branches in branches": "import f\nSCOPES = []\n" + "".join("    " * n + f"if f.f({n}):\n" for n in range(60)) + "    " * 60 + "SCOPES = ['email']\n" + SINK,
    "a call of calls": "def f0(): return ['email']\n" + "".join(f"def f{n}(): return f{n - 1}() + f{n - 1}()\n" for n in range(1, 40)) + "SCOPES = f39()\n" + SINK,
    "a call with calls": "def f(x): return [*x, *x]\nSCOPES = " + "f(" * 60 + "['email']" + ")" * 60 + "\n" + SINK,
    "recursion": "def f(n): return f(n + 1) + ['email'] + f(n + 2)\nSCOPES = f(0)\n" + SINK,
    "recursion of three": "def a(x): return b(x) + b(x)\ndef b(x): return c(x) + c(x)\ndef c(x): return a(x) + ['email']\nSCOPES = a([])\n" + SINK,
    "recursion of generators": "def f():\n    yield 'email'\n    yield from f()\n    yield from f()\nSCOPES = f()\n" + SINK,
    "recursion of lambdas": "f = lambda g: g(g)\nSCOPES = f(f)\n" + SINK,
    "a class of its own class": "class A:\n    def __init__(self): self.a = A()\n    scopes = ['email']\nSCOPES = A().scopes\n" + SINK,
    "properties of one another": "class A:\n    @property\n    def a(self): return self.b\n    @property\n    def b(self): return self.a\nSCOPES = A().a\n" + SINK,
    "str of itself": "class A:\n    def __str__(self): return str(self)\n    def __iter__(self): return iter(self)\n    def __getitem__(self, x): return self[x]\nSCOPES = [str(A()), f'{A()}', A()[1], *A(), 'email']\n" + SINK,
    "bases in a circle": "class A(B): pass\nclass B(A): pass\nclass A(B): scopes = ['email']\nSCOPES = A.scopes\n" + SINK,
    "a tower of classes": "class C0: scopes = ['email']\n" + "".join(f"class C{n}(C{n - 1}, C0): pass\n" for n in range(1, 60)) + "SCOPES = C59.scopes\n" + SINK,
    "a wide tower of classes": "class C0: scopes = ['email']\n" + "".join(f"class C{n}({', '.join(f'C{m}' for m in range(max(0, n - 6), n))}): pass\n" for n in range(1, 30)) + "SCOPES = C29.scopes\n" + SINK,
    "a metaclass and slots": "class M(type): pass\nclass A(metaclass=M):\n    __slots__ = ('x',)\n    scopes = ['email']\nSCOPES = A.scopes\n" + SINK,
    "300 functions": "".join(f"def f{n}(x=['email']):\n    return f{(n * 7 + 1) % 300}(x)\n" for n in range(300)) + f"def url(x): return '{DIALOG}' + ','.join(x)\nurl(f1())\n",
    "a long sum": "SCOPES = ['email']" + " + ['user_likes']" * 300 + "\n" + SINK,
    "a long sum of texts": "x = 'email'" + " + ',user_likes'" * 300 + f"\nURL = '{DIALOG}' + x\n",
    "a deep text": "x = 'email'" + ".strip()" * 80 + f"\nURL = '{DIALOG}' + x\n",
    "formats of formats": "x = '{0}{0}'\n" + "x = x.format(x)\n" * 30 + f"URL = '{DIALOG}' + x\n",
    "replacements that grow": "x = 'a'\n" + "x = x.replace('a', 'aaaa')\n" * 30 + f"URL = '{DIALOG}' + x\n",
    "joins that grow": "x = ['a', 'b']\n" + "x = [y for z in x for y in ','.join(x).split(',')]\n" * 20 + "SCOPES = x\n" + SINK,
    "globals that call": "S = []\ndef a():\n    global S\n    S = S + ['email']\n    b()\ndef b():\n    global S\n    S = S + S\n    a()\na()\nSCOPES = S\n" + SINK,
}  # fmt: skip


@pytest.mark.parametrize("source", BIG.values(), ids=BIG)
def test_it_ends_and_the_dialog_is_seen(source, tmp_path):
    assert requests_of(tmp_path, login=source)


def test_of_very_many_scopes_the_first_are_known(tmp_path):
    (request,) = requests_of(tmp_path, login=BIG["a list of 2,000 items"])

    assert len(request.scopes) >= 100
    assert not request.complete
    assert "too many" in request.unknown_because


def test_what_takes_too_long_is_not_known(tmp_path):
    source = BIG["loops in loops"]
    (request,) = requests_of(tmp_path, login=source)

    assert "too" in request.unknown_because
    assert "email" in {scope.text for scope in request.scopes}


def test_where_the_budget_is_spent_the_rest_goes_on(tmp_path):
    spent = (
        "x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0] * 1\n"
        + "".join("    " * n + f"for a{n} in x:\n" for n in range(9))
        + "    " * 9
        + "y = 1\n"
    )
    requests = requests_of(
        tmp_path, first=f"FACEBOOK = '{DIALOG}user_posts'\n" + spent, login=f"URL = '{DIALOG}email'\n"
    )

    assert {scope.text for request in requests for scope in request.scopes} == {"user_posts", "email"}


def test_modules_in_a_circle(tmp_path):
    names = [f"m{n}" for n in range(30)]
    files = {
        name: f"from {names[(n + 1) % 30]} import *\nfrom {names[(n + 7) % 30]} import S{(n + 7) % 30} as T\nimport {names[n - 1]}\n"
        f"S{n} = ['email'] if {n} == 3 else T\nFACEBOOK = '{DIALOG}' + ','.join(T)\n"
        for n, name in enumerate(names)
    }

    requests = requests_of(tmp_path, **files)

    assert len(requests) >= 30


def test_the_answer_does_not_depend_on_the_order_of_the_files(tmp_path):
    files = {
        "a.py": f"from b import S\nURL = '{DIALOG}' + ','.join(S)\n",
        "b.py": "from c import T\nS = T + ['user_likes']  # facebook\n",
        "c.py": "import b\nT = ['email']\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    answers = {
        repr(analyse(Config(root=str(tmp_path)), order, as_of=datetime.date(2026, 9, 20)).apps[0].requests)
        for order in (["a.py", "b.py", "c.py"], ["c.py", "b.py", "a.py"], ["b.py", "c.py", "a.py"])
    }

    assert len(answers) == 1
    assert "user_likes" in answers.pop()
