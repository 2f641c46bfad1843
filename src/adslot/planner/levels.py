"""Levels: what weighs how much in the value of a place, packed into one number.

Preferred anchors go before the way that slots have moved, that before the relevance of articles, and that before
what rules prefer; each is summed over the rules of a tier. Whatever a lower level sums up to, it is less than one
unit of the next higher one.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from adslot.planner.seats import COUNT_BITS, Way
from adslot.policy.declarations import Rule
from adslot.related.inventory import PERMILLE


@attrs.frozen
class Levels:
    """What one permille of relevance weighs, one unit of movement, and one rank of anchors."""

    relevance: int
    moved: int
    rank: int

    def of(self, way: Way) -> int:
        """What a way to serve a gap adds to its value."""
        return -way.rank * self.rank - way.moved * self.moved


def levels_of(rules: Sequence[Rule], last: int, moved_bits: int, *, shows: bool) -> Levels:
    """The levels for *rules* in an article of so many gaps, where the sums of movements have so many bits.

    Whether slots show articles at all is *shows*: what nobody asks for needs no room.
    """
    likes = any(rule.prefer not in ("even", "early") for rule in rules)
    relevance = COUNT_BITS + (last + 1).bit_length() if likes else 0
    moved = relevance + (COUNT_BITS + PERMILLE.bit_length() if shows else 0)
    return Levels(1 << relevance, 1 << moved, 1 << moved + moved_bits)
