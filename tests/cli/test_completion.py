"""Shell completion, asked as the scripts of the shells ask."""

import shutil
import subprocess

import pytest

from permlint.catalog import load


@pytest.fixture
def offered(command):
    """What bash is offered for the last of these words: kinds and values."""

    def ask(*words):
        done = command(
            _PERMLINT_COMPLETE="bash_complete", COMP_WORDS=" ".join(["permlint", *words]), COMP_CWORD=str(len(words))
        )
        assert (done.status, done.err) == (0, "")
        return [tuple(line.split(",", 1)) for line in done.out.splitlines() if line]

    return ask


def plain(*words):
    return [("plain", word) for word in words]


def test_commands_and_formats(offered):
    assert offered("ba") == plain("baseline")
    assert offered("check", "--format", "s") == plain("sarif")
    assert offered("check", "--add") == plain("--add-suppressions")


def test_rules(offered):
    assert offered("rule", "removed") == plain("removed-permission")
    assert offered("check", "--select", "prm90") == plain("PRM901", "PRM902", "PRM903")
    assert offered("check", "--ignore", "PRM101,wrong") == plain("PRM101,wrong-login")
    assert offered("rule", "PRM101,w") == []


def test_permissions(offered):
    names = [each.name for each in load().permissions() if each.name.startswith("pages_show")]
    assert offered("permission", "pages_show") == plain(*names)


@pytest.mark.parametrize(
    "words", [("check", "st"), ("check", "--baseline", ""), ("scopes", "--config", ""), ("baseline", "-o", "")]
)
def test_files(offered, words):
    assert offered(*words) == [("file", "")]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_scripts(command, shell):
    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}")
    done = command(_PERMLINT_COMPLETE=f"{shell}_source")
    assert done.status == 0
    subprocess.run([shell, "-n"], input=done.out.encode(), check=True)
