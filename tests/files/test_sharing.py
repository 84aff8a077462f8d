"""Files are ruled out in several processes, and one that fails rules nothing out."""

import os
import sys

import pytest

from permlint.files.sharing import processes_for, ruled_out

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks on Linux only")

PATHS = [f"{number}.py" for number in range(1_000)]


def is_even(path):
    return int(path.removesuffix(".py")) % 2 == 0


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("count", [2, 3, 8])
def test_the_answer_is_that_of_one_process(count):
    assert ruled_out(is_even, PATHS, count) == set(PATHS[::2])


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_file_that_fails_is_not_ruled_out():
    def fails_on_four(path):
        if path == "4.py":
            raise PermissionError
        return is_even(path)

    assert ruled_out(fails_on_four, PATHS, 2) == set(PATHS[::2]) - {"4.py"}


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_process_that_dies_rules_nothing_out():
    parent = os.getpid()

    def dies(path):
        if os.getpid() != parent and path == "501.py":
            os._exit(3)
        return is_even(path)

    assert ruled_out(dies, PATHS, 2) == set(PATHS[0::2])
    assert ruled_out(dies, PATHS, 4) == {path for path in PATHS[::2] if int(path[:-3]) % 4 != 501 % 4}


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_fault_here_leaves_no_process_behind():
    parent = os.getpid()

    def fails(path):
        if os.getpid() == parent:
            raise KeyboardInterrupt
        return is_even(path)

    with pytest.raises(KeyboardInterrupt):
        ruled_out(fails, PATHS, 3)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_few_files_are_not_worth_a_process():
    assert processes_for(10) == 1
    assert 1 <= processes_for(100_000) <= 8
    assert ruled_out(is_even, PATHS, 1) == set()
