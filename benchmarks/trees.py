"""The trees that are measured: made of the running Python's own library, the same for the same Python and versions."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "storefront"

# Folders and files that permlint passes over by default, or that hold data for tests: they would make the tree too cheap.
_PASSED_OVER = {
    "test",
    "tests",
    "idlelib",
    "lib2to3",
    "site-packages",
    "build",
    "dist",
    "docs",
    "examples",
    "vendor",
    "__pycache__",
}
_OURS = {"permlint", "rules", "benchmarks"}
_OLD = 1_700_000_000_123_456_789  # nanoseconds; a cache trusts files that were not changed just now


def library() -> list[Path]:
    """The source files of the running Python's library and of what is installed beside it, in a fixed order."""
    roots = {Path(sysconfig.get_paths()[name]) for name in ("stdlib", "purelib", "platlib")}
    found: list[Path] = []
    for root in sorted(roots):
        for folder, folders, files in os.walk(root):
            folders[:] = sorted(name for name in folders if name not in _PASSED_OVER | _OURS)
            found += [
                Path(folder, name)
                for name in sorted(files)
                if name.endswith(".py") and not name.startswith(("test_", "conftest")) and not name.endswith("_test.py")
            ]
    return [path for path in found if 200 < path.stat().st_size < 100_000]


def big(folder: Path, files: int, apps: int) -> int:
    """Makes a repository of about so many Python files, in which a few small apps touch Meta. Returns how many there are."""
    sources = library()
    made = 0
    for copy in range(1 + files // len(sources)):
        for number, source in enumerate(sources):
            target = folder / f"team_{copy:02}" / f"package_{number // 40:03}" / f"{source.stem}_{number:05}.py"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            made += 1
            if made >= files:
                break
        if made >= files:
            break
    for number in range(apps):
        made += app(folder / f"shop_{number:02}")
    settle(folder)
    return made


def edited(folder: Path, files: int) -> int:
    """Makes a tree as `big` does, with a file of 500 lines in one of its apps. Returns how many files there are."""
    one_file(folder / "one")
    shutil.move(folder / "one" / "login.py", _made(folder / "shop_00" / "storefront" / "checkout.py"))
    shutil.rmtree(folder / "one")
    return 1 + big(folder, files, 2)


def small(folder: Path) -> int:
    """Makes a repository of 40 Python files none of which touches Meta."""
    sources = [path for path in library() if _harmless(path)][:40]
    for number, source in enumerate(sources):
        shutil.copyfile(source, _made(folder / "package" / f"module_{number:02}.py"))
    settle(folder)
    return len(sources)


def copies(folder: Path, count: int) -> int:
    """Makes a repository of `count` copies of one tree: 60 library files and an app."""
    sources = [path for path in library() if _harmless(path)][:60]
    made = 0
    for copy in range(count):
        for number, source in enumerate(sources):
            shutil.copyfile(source, _made(folder / f"copy_{copy:02}" / "package" / f"module_{number:02}.py"))
        made += len(sources) + app(folder / f"copy_{copy:02}")
    settle(folder)
    return made


def app(folder: Path) -> int:
    """Copies the example app, without its config, and returns how many files it has."""
    sources = sorted((EXAMPLE / "storefront").glob("*.py"))
    for source in sources:
        shutil.copyfile(source, _made(folder / "storefront" / source.name))
    return len(sources)


def one_file(folder: Path) -> Path:
    """Makes one file of 500 lines that asks for scopes."""
    lines = ['"""The login of a shop, and much else."""', "", "from urllib.parse import urlencode", ""]
    lines += ['SCOPES = ["public_profile", "email", "pages_show_list", "pages_read_engagement"]', "", ""]
    lines += [
        "def login_url(app_id, redirect_uri, state):",
        '    query = {"client_id": app_id, "redirect_uri": redirect_uri, "state": state, "scope": ",".join(SCOPES)}',
        '    return "https://www.facebook.com/v25.0/dialog/oauth?" + urlencode(query)',
    ]
    number = 0
    while len(lines) < 490:
        lines += [
            "",
            "",
            f"def price_{number}(items, *, discount=0.0, rate=0.19):",
            '    """What these items cost, discount and tax in."""',
            "    total = 0.0",
            "    for item in items:",
            f'        if item["kind"] == "kind_{number}" and item.get("count", 0) > 0:',
            '            total += item["price"] * item["count"] * (1 - discount)',
            "    return round(total * (1 + rate), 2)",
        ]
        number += 1
    lines += ["# end"] * (500 - len(lines))
    path = _made(folder / "login.py")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    settle(folder)
    return path


def hostile() -> dict[str, str]:
    """Files that nobody writes by hand, by what is hostile in them."""
    url = 'URL = "https://www.facebook.com/v25.0/dialog/oauth?scope=email,pages_show_list"\n'
    rows = "".join(
        f'    {{"id": {number}, "scope": "pages_show_list,email", "name": "row {number}"}},\n'
        for number in range(100_000)
    )
    row = rows.index("\n") + 1
    quoted = '"email,"'
    graph = (
        "import requests\n"
        "def get(path):\n    return requests.get('https://graph.facebook.com/v24.0/' + path, timeout=9)\n"
    )
    return {
        "10,000 nested brackets": f"{url}x = {'[' * 10_000}{']' * 10_000}\n",
        "900 nested brackets": f"{url}x = {'[' * 900}{']' * 900}\n",
        "10,000 chained attributes": f"{url}x = a{'.b' * 10_000}\n",
        "5,000 chained calls": f"{url}x = a{'.b()' * 5_000}\n",
        "10,000 strings added up": f"{url}SCOPE = {' + '.join([quoted] * 10_000)}\n",
        "5,000 elifs": f"{url}if a == 0:\n    x = 'email'\n"
        + "".join(f"elif a == {n}:\n    x = 'email'\n" for n in range(1, 5_000)),
        "20 doublings of a list": url
        + "s = ['email', 'pages_show_list']\n"
        + "s = s + s\n" * 20
        + "scope = ','.join(s)\n",
        "2,000 functions that call the next": url
        + "".join(f"def f{n}(x):\n    return f{n + 1}(x) + f{n + 1}(x)\n" for n in range(2_000))
        + "scope = f0('email')\n",
        "10,000 calls of the Graph API": graph
        + "".join(f"def f{n}(page):\n    return get(f'{{page}}/feed?limit={n}')\n" for n in range(10_000)),
        "an SDK of 2,000 methods": graph
        + "class Node:\n    def __init__(self, id):\n        self.id = id\n"
        + "".join(f"    def edge{n}(self):\n        return get(f'{{self.id}}/edge{n}')\n" for n in range(2_000)),
        "a wrapper that calls itself with a longer path": graph
        + "def walk(path):\n    get(path)\n    return walk(path + '/next')\n"
        + "walk('me')\n",
        "1 MB of rows": f"{url}ROWS = [\n{rows[: 980_000 // row * row]}]\n",
        "10 MB of rows": f"{url}ROWS = [\n{rows * 2}]\n",
        "one line of 900 kB": f"{url}x = '{'pages_' * 150_000}'\n",
    }


def settle(folder: Path) -> None:
    """Makes a repository of a folder, and all its files old."""
    for path in folder.rglob("*"):
        os.utime(path, ns=(_OLD, _OLD))
    git = ["git", "-C", str(folder)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "--all"], check=True, stderr=subprocess.DEVNULL)


def _made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _harmless(path: Path) -> bool:
    content = path.read_bytes().lower()
    return not any(
        word in content for word in (b"facebook", b"instagram", b"threads", b"whatsapp", b"pages_", b"publish_")
    )
