"""Texts that are placed again and again: prepared when they come for the second time, and kept while there is room.

A text that never comes again, such as a page with a token of its own for every reader, costs no more than its hash.
One that is edited is another text. What is kept is right for every policy, context and related article, so nothing has
to be thrown away but for want of room.
"""

from __future__ import annotations

from typing import Any, TypeVar

import adslot

MEGABYTES = 16.0
# What a text of bytes takes with all that is read in it, by its own size; one of str takes less.
_TIMES, _BESIDES = 4, 20_000
# Texts that came once are remembered by their hashes.
_MOST_SEEN = 10_000

_Html = TypeVar("_Html", str, bytes)
_Key = tuple[str | bytes, adslot.Policy, Any, str | None]


class Pages:
    """At most so many *megabytes* of prepared texts, those that were asked for last.

    Threads may ask at once: each step is one of a dict, and there is no lock that a fork could leave closed.
    """

    def __init__(self, megabytes: float = MEGABYTES) -> None:
        self._most = int(megabytes * 1e6)
        self._seen: dict[int, None] = {}
        self._kept: dict[_Key, adslot.Prepared[Any]] = {}

    def find(
        self, html: str | bytes, policy: adslot.Policy, *, mode: Any = "auto", encoding: str | None = None
    ) -> adslot.Prepared[Any] | None:
        """The text, prepared; None where it comes for the first time, or is too large."""
        key = html, policy, mode, encoding
        found = self._kept.pop(key, None)
        if found is None:
            if _size(html) > self._most or not self._came_before(hash(key)):
                return None
            found = adslot.prepare(html, policy, mode=mode, encoding=encoding)
            self._make_room(self._most - _size(html))
        self._kept[key] = found
        return found

    def place(
        self, html: _Html, policy: adslot.Policy, *, mode: Any = "auto", encoding: str | None = None, **said: Any
    ) -> adslot.Result[_Html]:
        """As `adslot.place`."""
        page = self.find(html, policy, mode=mode, encoding=encoding)
        return adslot.place(html, policy, mode=mode, encoding=encoding, **said) if page is None else page.place(**said)

    def _came_before(self, number: int) -> bool:
        if number in self._seen:
            return True
        if len(self._seen) >= _MOST_SEEN:
            self._seen.clear()
        self._seen[number] = None
        return False

    def _make_room(self, most: int) -> None:
        """Let go of what was not asked for longest, until the rest takes no more than so many bytes."""
        sizes = [(key, _size(key[0])) for key in list(self._kept)]
        taken = sum(size for _, size in sizes)
        for key, size in sizes:
            if taken <= most:
                break
            self._kept.pop(key, None)
            taken -= size


def _size(html: str | bytes) -> int:
    return len(html) * _TIMES + _BESIDES


# One for the whole process: a site has one memory.
PAGES = Pages()
