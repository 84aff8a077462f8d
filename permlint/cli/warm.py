"""A project that is judged again and again in one process: what did not change is neither listed, nor read, nor parsed anew."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from permlint.analysis import analyse
from permlint.cache import Stamp, digest_of, settled, stamps
from permlint.cli.broken import Sound, standing, still_there
from permlint.cli.check import CONFIDENCES, Words, judge
from permlint.cli.dates import check_version, today
from permlint.cli.declared import check_names
from permlint.cli.errors import unusable
from permlint.cli.fixes import documents_of
from permlint.cli.project import Project
from permlint.cli.work import cache_path
from permlint.config import Config, ConfigError, load_config
from permlint.files.discovery import Listing, discover
from permlint.fixing import with_fixes
from permlint.foreign import foreign_callers
from permlint.frontends import is_data, wants
from permlint.memory import Memory
from permlint.recognition.prefilter import may_matter

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence

    from permlint.analysis import Analysis
    from permlint.app import App
    from permlint.cli.broken import Broken
    from permlint.diagnostics import Diagnostic
    from permlint.rule import Rule


class Look(NamedTuple):
    """What a project looked like. analysis: None where it has no file that permlint reads. found: sorted, with fixes.

    broken: the open files that do not parse now; in the analysis they are as they were when they did.
    """

    project: Project
    analysis: Analysis | None
    rules: Sequence[Rule]
    found: Sequence[Diagnostic]
    broken: Collection[str] = ()

    @property
    def apps(self) -> Sequence[App]:
        """The apps of the project; none where nothing in it is of interest."""
        return () if self.analysis is None or self.analysis.idle else self.analysis.apps


class _State(NamedTuple):
    """All that a look depends on."""

    config: Config
    day: dt.date
    files: Sequence[str]
    contents: Mapping[str, str]
    saved: Sequence[Stamp | None]
    foreign: tuple[str, ...] | None


class Warm:
    """A project in memory.

    folder: what the config is looked for from, absolute, without symbolic links. lone: the project has neither a config
    nor a repository, so only the files that are looked at belong to it, and not all that happens to lie in the folder.
    """

    def __init__(self, folder: str, *, lone: bool = False) -> None:
        self._folder = folder
        self._lone = lone
        self._config: Config | None = None
        self._listing = Listing([])
        self._listed: frozenset[str] = frozenset()
        self._memory: Memory | None = None
        self._foreign: tuple[str, ...] | None = None
        self._sound = Sound()
        self._broken: Mapping[str, Broken] = {}
        self._last: tuple[_State, Look] | None = None

    def look(self, overlay: Mapping[str, bytes]) -> Look:
        """Judges the project; the same object as before where nothing has changed. Raises Failure, RuleCrash.

        overlay: content that stands in for a file's, by path relative to the project's root; files that are new with it.
        """
        project, memory = self._open(overlay)
        since = time.time_ns()
        state = self._state(project)
        if self._last is not None and self._last[0] == state:
            return self._last[1]
        check_version(None, state.day, project)
        check_names(project.config)
        analysis = self._read(project, memory)
        rules, found = judge(project, analysis, Words())
        least = CONFIDENCES.index(project.config.min_confidence)
        found = tuple(each for each in found if CONFIDENCES.index(each.confidence) <= least)
        fixed = with_fixes(still_there(found, self._broken), documents_of(project, analysis))
        look = Look(project, analysis, rules, tuple(fixed), frozenset(self._broken))
        # A file that was changed just now may change again and look the same.
        sure = all(settled(each, since) for each in state.saved if each is not None)
        self._last = (state._replace(foreign=self._foreign), look) if sure else None
        return look

    def probe(self, overlay: Mapping[str, bytes]) -> Sequence[App]:
        """The apps of the project with an overlay as that of `look`, judged by no rule. Raises Failure."""
        project, memory = self._open(overlay)
        return Look(project, self._analyse(project, memory, self._broken), (), ()).apps

    def refresh(self) -> None:
        """Lists the files anew, for the next look."""
        if self._config is None or self._memory is None or self._lone:
            return
        self._list(self._config)
        self._memory.keep_only(self._listed)
        if self._foreign is not None:
            self._foreign = foreign_callers(self._config)

    def _list(self, config: Config) -> None:
        self._listing = Listing([]) if self._lone else discover(config, wants)
        self._listed = frozenset(self._listing.files)

    def _open(self, overlay: Mapping[str, bytes]) -> tuple[Project, Memory]:
        try:
            config = load_config([self._folder], cwd=self._folder)
        except ConfigError as error:
            raise unusable(error.faults) from None
        if config != self._config or self._memory is None:
            if self._memory is None or self._config is None or config.root != self._config.root:
                self._memory = Memory(None if self._lone else cache_path(), config.root)
            self._config = config
            self._list(config)
            self._foreign = () if self._lone else None
        mine = {
            path: content for path, content in overlay.items() if path in self._listed or self._belongs(config, path)
        }
        listing = self._listing
        if not self._listed.issuperset(mine):
            listing = replace(listing, files=sorted({*listing.files, *mine}))
        return Project(config, listing, self._folder, overlay=mine), self._memory

    def _belongs(self, config: Config, path: str) -> bool:
        """Whether a file that is not listed is one of the project: a new one; git may have a reason not to list an old one."""
        if (
            not wants(path)
            or config.is_excluded(path)
            or path.startswith(tuple(f"{one}/" for one in self._listing.projects))
        ):
            return False
        return self._lone or not self._listing.by_git or not os.path.lexists(os.path.join(config.root, path))

    def _state(self, project: Project) -> _State:
        files = project.listing.files
        contents = {path: digest_of(content) for path, content in project.overlay.items()}
        saved = stamps(project.config.root, [path for path in files if path not in contents])
        return _State(project.config, today(), files, contents, saved, self._foreign)

    def _read(self, project: Project, memory: Memory) -> Analysis | None:
        """What there is in the project; of files that do not parse, in what they were when they did."""
        self._broken = self._sound.broken(project.overlay, memory)
        while True:
            found = self._analyse(project, memory, self._broken)
            more = self._sound.learn(project.overlay, memory, self._broken, project.config.root)
            if not more:
                return found
            self._broken = {**self._broken, **more}

    def _analyse(self, project: Project, memory: Memory, broken: Mapping[str, Broken]) -> Analysis | None:
        if not project.listing.files:
            return None
        found = analyse(
            project.config,
            project.listing.files,
            as_of=today(),
            overlay=standing(project.overlay, broken),
            memory=memory,
            broken={
                path: one.why
                for path, one in broken.items()
                if may_matter(one.now, document=is_data(path)) and not project.config.is_test(path)
            },
        )
        if found.idle:
            return found
        return replace(found, apps=[replace(app, find_foreign=self._find_foreign) for app in found.apps])

    def _find_foreign(self) -> tuple[str, ...]:
        assert self._config is not None
        if self._foreign is None:
            self._foreign = foreign_callers(self._config)
        return self._foreign
