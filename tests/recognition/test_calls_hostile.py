"""Sources that could keep the analysis of calls busy for ever: each ends within the budgets, with a sensible result."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

RUN = """
import json, resource, sys, time
from datetime import date
from permlint.analysis import analyse
from permlint.config import Config
from permlint.evaluation import interpreter

made = []
start = interpreter.Interpreter.__init__
def keep(self, *args, **kwargs):
    start(self, *args, **kwargs)
    made.append(self)
interpreter.Interpreter.__init__ = keep
began = time.perf_counter()
root, *files = sys.argv[1:]
(app,) = analyse(Config(root=root), files, as_of=date(2026, 11, 21)).apps
app.needs.used
(one,) = made
print(json.dumps({
    "calls": sorted({call.endpoint if call.complete else "unresolved" for call in app.calls}),
    "count": len(app.calls),
    "spent": sorted(set(one.spent)),
    "steps": one._total,
    "most": interpreter._ALL_STEPS + interpreter._ROOT_STEPS,
    "seconds": round(time.perf_counter() - began, 2),
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
}))
"""

HEAD = "import requests\nGRAPH = 'https://graph.facebook.com/v24.0'\n"


def run(root, files):
    for path, text in files.items():
        (root / path).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(root), *files], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    result = json.loads(done.stdout)
    assert result["steps"] <= result["most"]
    return result


def many_sites(key="since"):
    lines = "".join(f"    requests.get(f'{{GRAPH}}/{{page}}/feed', params={{'{key}': {n}}})\n" for n in range(100))
    return "".join(f"def f{n}(page):\n{lines}" for n in range(100))


def many_wrapped():
    return "def read(path):\n    return requests.get(f'{GRAPH}/{path}')\n" + "".join(
        f"def f{n}():\n    return read('me/edge{n}')\n" for n in range(3000)
    )


def generated_sdk():
    methods = "".join(
        f"    def get_edge{n}(self, fields=None, params=None):\n        return self.call('GET', f'/{{self.id}}/edge{n}', fields, params)\n"
        for n in range(2000)
    )
    return (
        "class Node:\n    def __init__(self, id):\n        self.id = id\n"
        "    def call(self, method, path, fields, params):\n"
        "        return requests.request(method, GRAPH + path, params={'fields': fields, **(params or {})})\n" + methods
    )


APPS = {
    "wrappers call one another": (
        {
            "a.py": HEAD + "def one(path, n):\n    return two(path, n) if n else requests.get(f'{GRAPH}/{path}')\n"
            "def two(path, n):\n    return one(path, n - 1)\n"
            "def f():\n    return one('me/accounts', 3)\n"
        },
        {"/me/accounts"},
    ),
    "a wrapper calls itself with a longer path": (
        {
            "a.py": HEAD + "def read(path):\n    requests.get(f'{GRAPH}/{path}')\n    return read(path + '/x')\n"
            "def f():\n    return read('me')\n"
        },
        {"/me", "/me/x"},
    ),
    "a wrapper calls itself twice": (
        {
            "a.py": HEAD
            + "def read(path, n=0):\n    requests.get(f'{GRAPH}/{path}')\n"
            + "".join(f"    read(path + '/{letter}', n + 1)\n" for letter in "abcdefgh")
            + "def f():\n    return read('me')\n"
        },
        {"/me"},
    ),
    "an address that grows in a loop": (
        {
            "a.py": HEAD
            + "def f(n):\n    url = GRAPH + '/me'\n    while n:\n        requests.get(url)\n        url += '/x'\n"
            "    for a in range(9**9):\n        url = url + url\n        requests.get(url)\n"
        },
        {"/me"},
    ),
    "ten thousand call sites": ({"a.py": HEAD + many_sites()}, {"/{}/feed"}),
    "ten thousand call sites with keys that end like a prefix of a string": (
        {"a.py": HEAD + many_sites("limit")},
        {"/{}/feed"},
    ),
    "three thousand users of a wrapper": ({"a.py": HEAD + many_wrapped()}, {"/me/edge0", "/me/edge2999"}),
    "two thousand generated methods": ({"a.py": HEAD + generated_sdk()}, {"/{}/edge0", "/{}/edge1999"}),
    "modules that import one another": (
        {
            "a.py": HEAD
            + "import b\ndef read(path):\n    return requests.get(f'{GRAPH}/{path}')\ndef f():\n    return b.again('me/accounts')\n",
            "b.py": "# facebook.com/dialog/oauth\nimport a\nfrom c import *\ndef again(path):\n    return a.read(path)\n",
            "c.py": "# facebook.com/dialog/oauth\nfrom b import *\nfrom a import *\ndef third():\n    return again('me/likes')\n",
        },
        {"/me/accounts"},
    ),
    "classes that inherit from one another": (
        {
            "a.py": HEAD
            + "from b import B\nclass A(B):\n    def get(self, path):\n        return requests.get(f'{GRAPH}/{path}')\n"
            "    def pages(self):\n        return self.get('me/accounts')\n",
            "b.py": "# facebook.com/dialog/oauth\nfrom a import A\nclass B(A):\n    def likes(self):\n        return self.get('me/likes')\n",
        },
        {"/me/accounts"},
    ),
    "branches in branches": (
        {
            "a.py": HEAD
            + "def read(path):\n    return requests.get(f'{GRAPH}/{path}')\ndef f(x):\n    path = 'me'\n"
            + "".join(f"    if x == {n}:\n        path = path + '/e{n}'\n" for n in range(40))
            + "    return read(path)\n"
        },
        set(),
    ),
    "a batch of thousands": (
        {
            "a.py": HEAD
            + "def f():\n    batch = ["
            + ", ".join(f"{{'relative_url': 'me/edge{n}'}}" for n in range(5000))
            + "]\n    requests.post(GRAPH, json={'batch': batch})\n"
        },
        {"/me/edge0"},
    ),
    "a field expansion without an end": (
        {"a.py": HEAD + "requests.get(GRAPH + '/me?fields=" + "a{" * 3000 + "')\n"},
        {"/me"},
    ),
    "decorators and partials of themselves": (
        {
            "a.py": HEAD
            + "from functools import partial\ndef read(path):\n    return requests.get(f'{GRAPH}/{path}')\n"
            "read = partial(read, 'me')\nfor _ in range(50):\n    read = partial(read)\n"
            "def f():\n    return read()\ng = lambda h: h(h)\ng(g)\n"
        },
        {"/me"},
    ),
}


@pytest.mark.parametrize(
    ("files", "wanted"),
    [pytest.param(*app, id=name) for name, app in APPS.items()],
)
def test_it_ends(tmp_path, files, wanted):
    result = run(tmp_path, files)
    assert wanted <= set(result["calls"]), result
    sys.stdout.write(
        f"{result['seconds']} s, {result['megabytes']} MB, {result['steps']} steps, {result['spent']}, {result['count']} calls\n"
    )
