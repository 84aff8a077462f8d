"""The project as it was at a revision of its git repository, for the commands that compare."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from permlint.cli.errors import Failure
from permlint.cli.project import Project, open_project
from permlint.config.locate import CONFIG_NAMES, read_config, repository_root
from permlint.files.revision import RevisionError, extract
from permlint.frontends import wants


@contextmanager
def earlier(project: Project, revision: str) -> Iterator[Project]:
    """The project at a revision, in a folder that is removed afterwards; its own config counts. Raises Failure."""
    root = project.config.root
    repository = repository_root(root)
    if repository is None:
        raise Failure(f"{root}: is in no git repository, so there is no {revision} to compare with")
    with tempfile.TemporaryDirectory(prefix="permlint-") as folder:
        folder = os.path.realpath(folder)
        try:
            extract(root, repository, revision, folder, lambda path: wants(path) or path.endswith(CONFIG_NAMES))
        except RevisionError as error:
            raise Failure(str(error)) from None
        except OSError as error:
            raise Failure(f"{revision}: its files can't be laid out: {error.strerror or error}") from None
        files = [os.path.join(folder, name) for name in CONFIG_NAMES]
        own = any(os.path.isfile(path) and _holds_config(path) for path in files)
        yield open_project([folder], config=None, isolated=not own, quiet=True)


def _holds_config(path: str) -> bool:
    try:
        return read_config(path) is not None
    except Exception:  # noqa: BLE001 -- opening the project says what is wrong with it
        return True
