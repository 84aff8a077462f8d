"""The prefilter: which files are worth parsing, judged by their bytes alone.

A file is kept if it names something that only matters on Meta's platform: a permission, a host, or a library together with
one of the platform's names. What such a file imports is followed on demand, so a file that only holds everyday words is
read where it is needed.
"""

from __future__ import annotations

import functools

_STEMS = (b"facebook", b"instagram", b"threads", b"whatsapp", b"pages_", b"ads_m", b"ads_r", b"business_m", b"publish_")
"""Every file worth parsing holds one of these in lower case; most files hold none, and nine searches are all they cost."""


def may_matter(data: bytes) -> bool:
    """Whether a file's bytes name anything of the platform."""
    lower = data.lower()
    for stem in _STEMS:
        if stem in lower:
            return any(needle in lower for needle in _needles())
    return False


@functools.cache
def _needles() -> tuple[bytes, ...]:
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
