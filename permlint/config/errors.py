"""What is wrong with a config, all of it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Spot(NamedTuple):
    """A place in a config, as text `FILE:LINE: KEYS`.

    file: its path, absolute; shown: how messages name it. line, column: from 1, None where they are not known. keys: what stands
    there, empty for no key of the config.
    """

    file: str
    shown: str
    line: int | None = None
    column: int | None = None
    keys: str = ""

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        return f"{self.shown}{line}{f': {self.keys}' if self.keys else ''}"


class Fault(NamedTuple):
    """One thing that is wrong, as text `SPOT: MESSAGE`. spot: None for what stands in no config."""

    spot: Spot | None
    message: str

    def __str__(self) -> str:
        return self.message if self.spot is None else f"{self.spot}: {self.message}"


class ConfigError(Exception):
    """A config that cannot be used. faults: why, at least one."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)

    @property
    def problems(self) -> tuple[str, ...]:
        """One line for each fault, naming the file and the key."""
        return tuple(map(str, self.faults))
