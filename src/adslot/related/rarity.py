"""How much it tells that a text has a word, or a word a part: the more, the fewer have it. In whole numbers."""

from __future__ import annotations

from functools import lru_cache

# The unit of what a word tells, as a power of 2.
UNIT = 10


@lru_cache(maxsize=1 << 12)
def tells(count: int, texts: int, least: int = 1) -> int:
    """How much a term tells that *count* of so many *texts* have: all the unit if *least* have it, less if more do.

    >>> tells(1, 100), tells(10, 100), tells(100, 100)
    (1024, 512, 0)
    """
    total = _log(texts + 1)
    return ((total - _log(max(count, 1))) << UNIT) // (total - _log(least))


def rarity(count: int, words: int) -> int:
    """What a part of a word weighs that *count* of so many *words* have: sixteen times the bits that it takes to tell."""
    return max(_log(words + 1) - _log(count), 1)


@lru_cache(maxsize=1 << 12)
def _log(number: int) -> int:
    """Sixteen times the binary logarithm of *number*, in whole numbers; at least 1 for all but 1."""
    return (number**16).bit_length() - 1
