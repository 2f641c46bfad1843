"""The account of a run: what came of how many pages, which failed and why; for people, and as JSON."""

from __future__ import annotations

import json
from typing import Any

import attrs

from adslot.cli.archive.progress import clock, rate
from adslot.cli.paths import shown

_AT_MOST = 50  # failures that are told one by one


@attrs.frozen
class Failure:
    """The *path* of what failed, and the *fault*. It may stand for a *number* of rows that have the same one."""

    path: str
    fault: str
    number: int = 1


@attrs.define
class Account:
    """How many pages were placed and found unchanged, which failed, and after which one a run was stopped."""

    total: int
    noun: str = "files"
    placed: int = 0
    unchanged: int = 0
    slots: int = 0
    short: int = 0
    failures: list[Failure] = attrs.field(factory=list)
    last: str | None = None
    is_stopped: bool = False
    is_policy_wrong: bool = False

    @property
    def failed(self) -> int:
        """How many pages have failed."""
        return sum(each.number for each in self.failures)

    @property
    def done(self) -> int:
        """How many pages are behind us."""
        return self.placed + self.unchanged + self.failed

    @property
    def status(self) -> int:
        """The exit status."""
        return 2 if self.is_policy_wrong else int(bool(self.failures))

    def lines(self, seconds: float) -> list[str]:
        """The failures, as far as anybody reads them, and the totals."""
        told = [f"{shown(each.path)}: {each.fault}" for each in self.failures[:_AT_MOST]]
        if (more := len(self.failures) - _AT_MOST) > 0:
            told.append(f"and {more:,} more failures: --report FILE has all of them")
        return [*told, *self._stop(), self._totals(seconds)]

    def _stop(self) -> list[str]:
        if not self.is_stopped:
            return []
        where = f"after {shown(self.last)}" if self.last is not None else "before the first file"
        return [f"stopped {where}; the same command goes on from there"]

    def _totals(self, seconds: float) -> str:
        counts = f"{self.placed:,} placed, {self.unchanged:,} unchanged, {self.failed:,} failed"
        done = f"{self.done:,} of {self.total:,} {self.noun}" if self.is_stopped else f"{self.done:,} {self.noun}"
        return f"{done}: {counts}; {self.slots:,} slots; {clock(seconds)}, {rate(self.done, seconds)}"

    def data(self, seconds: float) -> bytes:
        """The same as JSON."""
        data: dict[str, Any] = {
            self.noun: self.total,
            "placed": self.placed,
            "unchanged": self.unchanged,
            "failed": self.failed,
            "short": self.short,
            "slots": self.slots,
            "seconds": round(seconds, 3),
            "stopped_after": self.last if self.is_stopped else None,
            "failures": [{"file": each.path, "message": each.fault} for each in self.failures],
        }
        return json.dumps(data, indent=1).encode() + b"\n"
