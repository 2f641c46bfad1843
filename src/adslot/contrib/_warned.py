"""Warnings of plans: each is logged when it first comes up, and what comes again is counted.

A site makes many pages, and one slip in what it says of them (a context without the key that a case asks for, say)
shows on all of them alike.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from time import monotonic

import attrs

from adslot.contrib._counted import numbered

LOGGER = logging.getLogger("adslot")

# After so many seconds a warning is logged once more: the log that had it may be gone.
_AGAIN = 3600.0
# So many warnings are remembered.
_MOST = 1000


@attrs.define
class _Told:
    """When a warning was logged, and of how many more pages it has held since."""

    when: float
    more: int = 0


class Warned:
    """The warnings of one integration."""

    def __init__(self) -> None:
        self._told: dict[str, _Told] = {}

    def tell(self, where: str, warnings: Iterable[str]) -> None:
        """Log the *warnings* of one page, *where* they came up; those that were logged within the hour are counted."""
        for warning in warnings:
            now, last = monotonic(), self._told.get(warning)
            if last is not None and now - last.when < _AGAIN:
                last.more += 1
                continue
            if len(self._told) >= _MOST:
                self._told.clear()
            self._told[warning] = _Told(now)
            since = f" (and {_pages(last.more)} in the meantime)" if last is not None and last.more else ""
            LOGGER.warning("%s: %s%s", where, warning, since)

    def end(self) -> None:
        """Log how many more pages each warning held for, and forget them: where all pages are made in one run."""
        for warning, told in self._told.items():
            if told.more:
                LOGGER.warning("%s: %s", _pages(told.more), warning)
        self._told.clear()


def _pages(count: int) -> str:
    return numbered(count, "more pages")
