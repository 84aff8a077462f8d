"""The prefilter: which files are worth parsing, judged by their bytes alone.

A file is kept if it names something that only matters on Meta's platform: a permission, a host, or a library together with
one of the platform's names. What such a file imports is followed on demand, so a file that only holds everyday words is
read where it is needed.
"""

from __future__ import annotations

import functools

_PLATFORMS = (b"facebook", b"instagram", b"whatsapp")
"""Beside one of these each needle counts, everyday words of libraries included."""

_THREADS = b"threads"
"""An everyday word of programs: as the platform's name it counts only in quotes."""

_FRAGMENTS = (b"pages_", b"ads_m", b"ads_r", b"business_m", b"publish_")
"""Beginnings of permissions' names: only the names themselves count."""

_LIBRARIES = (b"facepy", b"fb", b"messenger")
"""What names hold that tell by themselves, as the table of clients lists them (a test holds the two together)."""

_DOCUMENT_STEMS = (b"facebook", b"instagram", b"threads", *_FRAGMENTS)
"""A file of data that asks for anything holds one of these."""

_STEMS = (*_PLATFORMS, _THREADS, *_FRAGMENTS, *_LIBRARIES)
"""Every file worth parsing holds one of these in lower case; most files hold none, and these searches are all they cost."""


def may_matter(data: bytes, *, document: bool = False) -> bool:
    """Whether a file's bytes name anything of the platform. document: the file holds data and no code."""
    lower = data.lower()
    if document:
        return any(stem in lower for stem in _DOCUMENT_STEMS) and any(
            all(part in lower for part in needle) for needle in _document_needles()
        )
    for stem in _STEMS:
        if stem in lower and any(needle in lower for needle in _needles(_stem_in(stem, lower))):
            return True
    return False


def prepare() -> None:
    """Loads what `may_matter` needs, so that processes forked afterwards share it."""
    _document_needles()
    for stem in (b"", *_STEMS):
        _needles(stem)


def _stem_in(stem: bytes, lower: bytes) -> bytes:
    if stem in _PLATFORMS or (stem == _THREADS and (b'"threads"' in lower or b"'threads'" in lower)):
        return b""
    return stem


@functools.cache
def _document_needles() -> tuple[tuple[bytes, ...], ...]:
    """What makes a file of data worth parsing that names a platform: it holds all parts of one."""
    from permlint.recognition import tables

    return tuple([tuple(needle.encode().split(b" + ")) for needle in tables.load().document_needles])


@functools.cache
def _needles(stem: bytes) -> tuple[bytes, ...]:
    """What makes a file that holds the stem worth parsing; all there is for the empty stem."""
    if stem:
        own = [needle for needle in _needles(b"") if stem in needle]
        if stem == _THREADS:
            own += [needle + stem for needle in _needles(b"") if needle.endswith(b"_")]
        return tuple(own)
    from permlint import catalog
    from permlint.recognition import tables

    names = catalog.load()
    found = {permission.name for permission in names.permissions() if not permission.everyday}
    for login in names.logins():
        found.update(login.hosts)
        for end in login.endpoints:
            fixed = end.path.replace("/{version}", "")
            found.add(fixed.lstrip("/") if fixed == "/dialog/oauth" else end.host + fixed)
    found.update(tables.load().needles)
    return tuple(sorted({needle.lower().encode() for needle in found}, key=len))
