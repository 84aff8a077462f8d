"""What the tests of front ends share."""

from __future__ import annotations

import pytest

from permlint import program as p


@pytest.fixture
def texts():
    """Each piece of literal text of a program with the characters of the file that it says it stands at."""

    def run(program, text):
        found = [node for statement in program.body for node in p.inside(statement) if isinstance(node, p.Text)]
        for node in sorted(found, key=lambda node: node.start):
            spots = node.spots or tuple(range(node.start, node.start + len(node.value) + 1))
            if node.value:
                yield node.value, text[spots[0] : spots[-1]]

    return run
