"""The project as it was at a revision of its git repository, for the commands that compare."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from permlint.cli.errors import Failure, note
from permlint.cli.project import Project, open_project
from permlint.config.locate import CONFIG_NAMES, read_config, repository_root
from permlint.files.discovery import discover
from permlint.files.revision import RevisionError, extract, renames
from permlint.frontends import wants


@contextmanager
def earlier(project: Project, revision: str, *, own_config: bool) -> Iterator[Project]:
    """The project at a revision, in a folder that is removed afterwards. Raises Failure.

    own_config: its own config counts; where that can't be read, and without own_config, today's does.
    """
    root = project.config.root
    repository = _repository(root, revision)
    with tempfile.TemporaryDirectory(prefix="permlint-") as folder:
        folder = os.path.realpath(folder)
        try:
            extract(root, repository, revision, folder, lambda path: wants(path) or path.endswith(CONFIG_NAMES))
        except RevisionError as error:
            raise Failure(str(error)) from None
        except OSError as error:
            raise Failure(f"{revision}: its files can't be laid out: {error.strerror or error}") from None
        then = _with_own_config(folder, revision) if own_config else None
        if then is None:
            config = replace(project.config, root=folder)
            then = Project(config, discover(config, wants), folder)
        yield then


def _with_own_config(folder: str, revision: str) -> Project | None:
    """The project in a folder; None where its config can't be read, which is said in a note."""
    files = [os.path.join(folder, name) for name in CONFIG_NAMES]
    own = any(os.path.isfile(path) and _holds_config(path) for path in files)
    try:
        return open_project([folder], config=None, isolated=not own, quiet=True)
    except Failure as failure:
        said = failure.message.replace(folder + os.sep, "")
        note(f"the config of {revision} can't be used, so today's counts for it too: {said}")
        return None


def renamed(project: Project, revision: str) -> dict[str, str]:
    """What the project's files were called at a revision, and what they are called now. Raises Failure."""
    root = project.config.root
    try:
        return renames(root, _repository(root, revision), revision)
    except RevisionError as error:
        raise Failure(str(error)) from None


def _repository(root: str, revision: str) -> str:
    repository = repository_root(root)
    if repository is None:
        raise Failure(f"{root}: is in no git repository, so there is no {revision} to compare with")
    return repository


def _holds_config(path: str) -> bool:
    try:
        return read_config(path) is not None
    except Exception:  # noqa: BLE001 -- opening the project says what is wrong with it
        return True
