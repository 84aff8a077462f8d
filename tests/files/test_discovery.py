"""Which files of a project are looked at: as git says, or by a walk; never outside the project."""

import os
import subprocess

import pytest

from permlint.config import Config, load_config
from permlint.files import Listing, discover


def write(folder, *paths, **texts):
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(texts.get("text", ""))


def git(folder, *args):
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", *args], cwd=folder, check=True, capture_output=True
    )


def wants(path):
    name = path.rpartition("/")[2]
    return name.endswith((".py", ".env")) or name.startswith(".env")


def found(folder, *named, **options):
    return discover(Config(root=os.path.realpath(folder), **options), wants, named)


@pytest.fixture
def repository(tmp_path):
    git(tmp_path, "init", "-q")
    return tmp_path


def test_git_says(repository):
    write(repository, "a.py", "b/new.py", "b/readme.md", "ignored/c.py", "d.py")
    write(repository, ".gitignore", text="ignored/\n")
    git(repository, "add", "a.py", "d.py")
    assert found(repository) == Listing(["a.py", "b/new.py", "d.py"], {}, (), by_git=True)


def test_git_below_the_root_of_the_repository(repository):
    write(repository, "a.py", "b/c.py")
    assert found(repository / "b").files == ["c.py"]


def test_environment_files_are_read_though_git_ignores_them(repository):
    write(
        repository, ".env", "a/.env.local", "a/prod.env", "node_modules/x/.env", ".env.d/x.py", "venv.env/y.py", "b.py"
    )
    write(repository, ".gitignore", text=".env*\n*.env\nnode_modules\n")
    assert found(repository).files == [".env", "a/.env.local", "a/prod.env", "b.py"]


def test_conflicts_list_a_file_once(repository):
    write(repository, "a.py", text="1")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "1")
    git(repository, "checkout", "-qb", "other")
    write(repository, "a.py", text="2")
    git(repository, "commit", "-qam", "2")
    git(repository, "checkout", "-q", "-")
    write(repository, "a.py", text="3")
    git(repository, "commit", "-qam", "3")
    subprocess.run(["git", "merge", "other"], cwd=repository, capture_output=True, check=False)
    assert found(repository).files == ["a.py"]


def test_a_nested_repository_is_not_part_of_the_project(repository):
    write(repository, "a.py", "inner/b.py")
    git(repository / "inner", "init", "-q")
    assert found(repository).files == ["a.py"]


def test_names_that_are_not_utf_8(repository):
    name = os.fsdecode(b"caf\xe9.py")
    try:
        write(repository, name)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert found(repository).files == [name]


def test_newlines_and_quotes_in_names(repository):
    write(repository, 'a\n"b".py')
    assert found(repository).files == ['a\n"b".py']


@pytest.mark.parametrize("by_git", [True, False])
def test_excludes_hold_for_files_named_by_hand(tmp_path, by_git):
    if by_git:
        git(tmp_path, "init", "-q")
    write(tmp_path, "a.py", "vendor/b.py", "legacy/c.py", "legacy/keep/d.py")
    exclude = ("legacy/", "!legacy/keep/")
    listing = found(tmp_path, "vendor/b.py", "legacy/c.py", exclude=exclude)
    assert listing.files == ["a.py", "legacy/keep/d.py"]
    assert listing.by_git is by_git


def test_ignored_files_named_by_hand_are_listed(repository):
    write(repository, "a.py", "out/b.py", "out/c.py", "out/more/d.py", "local.py")
    write(repository, ".gitignore", text="out/\nlocal.py\n")
    assert found(repository, "out/b.py", "local.py", "a.py", "").files == ["a.py", "local.py", "out/b.py"]
    assert found(repository, "out").files == ["a.py", "out/b.py", "out/c.py", "out/more/d.py"]
    assert found(repository, "gone.py").files == ["a.py"]


def test_a_root_that_git_ignores_is_walked(repository):
    write(repository, "work/a.py")
    write(repository, ".gitignore", text="work/\n")
    assert found(repository / "work").files == ["a.py"]


def test_walk(tmp_path):
    write(
        tmp_path,
        "a.py",
        "b/.env",
        "b/c.py",
        "node_modules/x.py",
        ".venv/y.py",
        "b/__pycache__/z.py",
        ".git_backup/w.py",
    )
    assert found(tmp_path).files == [".git_backup/w.py", "a.py", "b/.env", "b/c.py"]


@pytest.mark.parametrize("by_git", [True, False])
def test_nested_projects_are_left_out(tmp_path, by_git):
    if by_git:
        git(tmp_path, "init", "-q")
    write(
        tmp_path,
        "a.py",
        "shop/x.py",
        "shop/b/y.py",
        "admin/z.py",
        "blog/w.py",
        "shop/permlint.toml",
        "vendor/v/permlint.toml",
    )
    write(tmp_path, "admin/pyproject.toml", text="[tool.permlint]\n")
    write(tmp_path, "blog/pyproject.toml", text="[tool.other]\nname = 'permlint'\n")
    listing = found(tmp_path)
    assert (listing.files, listing.projects) == (["a.py", "blog/w.py"], ("admin", "shop"))
    assert found(tmp_path, nested=False).files == ["a.py", "admin/z.py", "blog/w.py", "shop/b/y.py", "shop/x.py"]
    assert found(tmp_path / "shop").files == ["b/y.py", "x.py"]


@pytest.mark.parametrize("by_git", [False, True])
def test_the_cache_is_never_listed(tmp_path, monkeypatch, by_git):
    if by_git:
        git(tmp_path, "init", "-q")
    write(tmp_path, "a.py", ".ci/permlint/b.py", ".ci/c.py")
    monkeypatch.setenv("PERMLINT_CACHE_DIR", str(tmp_path / ".ci"))
    assert found(tmp_path).files == [".ci/c.py", "a.py"]


def test_symbolic_links_are_not_followed_by_a_walk(tmp_path):
    write(tmp_path, "outside/secret.py", "project/a.py")
    project = tmp_path / "project"
    (project / "loop").symlink_to(project)
    (project / "out").symlink_to(tmp_path / "outside")
    (project / "out.py").symlink_to(tmp_path / "outside/secret.py")
    (project / "itself.py").symlink_to(project / "itself.py")
    assert found(project).files == ["a.py"]
    assert found(project, "out.py", "out", "loop").files == ["a.py"]


def test_folders_that_vanish_or_cannot_be_read_are_counted(tmp_path, monkeypatch):
    write(tmp_path, "a.py", "locked/b.py", "gone/c.py")
    scandir = os.scandir

    def refuse(path):
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        if path.endswith("gone"):
            raise FileNotFoundError(2, "No such file", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert found(tmp_path) == Listing(["a.py"], {"unreadable folder": 1})


def test_a_folder_that_is_not_there(tmp_path):
    assert found(tmp_path / "nothing") == Listing([])


@pytest.mark.parametrize("broken", ["missing git", "corrupt index", "no repository", "broken config", "refused"])
def test_where_git_fails_the_tree_is_walked(repository, monkeypatch, broken):
    write(repository, "a.py", "ignored.py")
    write(repository, ".gitignore", text="ignored.py\n")
    if broken == "missing git":
        monkeypatch.setenv("PATH", str(repository))
    elif broken == "corrupt index":
        (repository / ".git/index").write_bytes(b"not an index")
    elif broken == "no repository":
        (repository / ".git/HEAD").unlink()
    elif broken == "broken config":
        (repository / ".git/config").write_text("[core\n")
    else:
        monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert found(repository) == Listing(["a.py", "ignored.py"])


def test_a_hostile_repository_runs_nothing(repository):
    write(repository, "a.py")
    mark = repository / "ran"
    script = repository / ".git/evil"
    script.write_text(f"#!/bin/sh\ntouch {mark}\n")
    script.chmod(0o755)
    for name in ("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "filter.x.clean", "alias.ls-files"):
        git(repository, "config", name, f"!{script}" if name.startswith("alias") else str(script))
    git(repository, "config", "core.hooksPath", str(repository / ".git/hooks"))
    (repository / ".git/hooks").mkdir(exist_ok=True)
    for hook in ("post-index-change", "fsmonitor-watchman", "post-checkout"):
        (repository / ".git/hooks" / hook).symlink_to(script)
    (repository / ".gitattributes").write_text("*.py filter=x\n")
    assert found(repository).files == ["a.py"]
    assert not mark.exists()


def test_a_work_tree_elsewhere_lends_nothing(repository, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write(elsewhere, "secret.py")
    write(repository, "a.py")
    git(repository, "config", "core.worktree", str(elsewhere))
    assert found(repository).files == ["a.py"]


def test_the_environment_of_a_hook_does_not_count(repository, tmp_path_factory, monkeypatch):
    other = tmp_path_factory.mktemp("other")
    git(other, "init", "-q")
    write(other, "wrong.py")
    write(repository, "b/a.py")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git/index"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    assert found(repository / "b").files == ["a.py"]


def test_a_config_found_from_a_path_and_its_files(repository):
    write(repository, "shop/permlint.toml", "shop/a/b.py", "other.py")
    config = load_config([str(repository / "shop/a/b.py")])
    assert discover(config, wants).files == ["a/b.py"]
