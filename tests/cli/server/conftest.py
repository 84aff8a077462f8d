"""What the tests of the language server share: projects in a folder, and clients that are gone after the test."""

import pytest
from language_client import Client


@pytest.fixture
def folder(tmp_path):
    where = tmp_path / "app"
    where.mkdir()
    return where


@pytest.fixture
def write(folder):
    def files(texts):
        for path, text in texts.items():
            full = folder / path
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_bytes(text.encode())
        return folder

    return files


@pytest.fixture
def start(folder, tmp_path):
    clients = []

    def client(where=folder, **options):
        clients.append(Client(where, cache=tmp_path / "cache", **options))
        return clients[-1]

    yield client
    for one in clients:
        one.kill()
        assert "Traceback" not in one.stderr()
        assert "Traceback" not in str(one.received)
