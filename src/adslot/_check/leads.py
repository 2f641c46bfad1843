"""Leads: the gaps to which the anchors of a rule lead, and how far from them its slots may stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

from adslot._check.filled import Filled
from adslot._check.stands import Stand, are_alike
from adslot.article import Anchored
from adslot.policy import Rule
from adslot.terms import Anchor, Term

_T = TypeVar("_T")


class Leads:
    """Where the anchors of one *rule* lead to.

    A share of the story (`50%`) leads to the nearest gap that the rule may use. Which one that is
    depends on all other slots, so any gap between two blocks will do.
    """

    def __init__(self, filled: Filled, rule: Rule) -> None:
        self._filled, self._rule = filled, rule
        self._is_lead_outside = filled.article.lead_outside is not None
        gaps = {gap for anchor in rule.at for gap in self._gaps(anchor)}
        follows_lead = self._is_lead_outside and any(anchor.what == "lead" for anchor in rule.at)
        self._gaps_named = frozenset(gaps)
        # A slot may move down from a lead above the body: it counts as standing at the body's start.
        self._bases = sorted(gaps | {0} if follows_lead else gaps)
        self._has_share = any(anchor.percent is not None for anchor in rule.at)
        anchors = [filled.article.anchors.get((a.where, a.selector)) for a in rule.at if a.selector is not None]
        self._outside = [place for place in anchors if isinstance(place, Anchored)]
        is_missing = not (self._bases or self._has_share or self._outside)
        self._elsewhere = "missing" if is_missing else "anchor"

    def fault(self, stand: Stand) -> str | None:
        """Why *stand* may not stand where it does, as far as anchors go: a code, or None."""
        if stand.where == "page" or stand.gap is None:
            return self._fault_on_page(stand)
        is_between = 0 < stand.gap < self._filled.last
        if not self._rule.at:
            return None if is_between and stand.where == "gap" else "edge"
        if stand.where == "lead" or stand.gap in self._gaps_named:
            return None
        return None if is_between and (self._has_share or self._is_near(stand.gap)) else self._elsewhere

    def _fault_on_page(self, stand: Stand) -> str | None:
        if not self._rule.at:
            return "misplaced"
        text, at = self._filled.text, stand.own.offset
        if any(place.offset is None or are_alike(text, place.offset, at) for place in self._outside):
            return None
        return self._elsewhere

    def _is_near(self, gap: int) -> bool:
        """Whether a slot may have moved to *gap*: from the nearest place above it, or below it."""
        within, at = self._rule.within, bisect_left(self._bases, gap)
        if within is None:
            return False
        sizes = self._filled.sizes
        above, below = self._bases[:at][-1:], self._bases[at:][:1]
        return (within.direction != "up" and any(sizes.is_within(within.distance, base, gap) for base in above)) or (
            within.direction != "down" and any(sizes.is_within(within.distance, gap, base) for base in below)
        )

    # --------------------------------------------------------------------------------------- anchors

    def _gaps(self, anchor: Anchor) -> Sequence[int]:
        """The gaps of the story that *anchor* names."""
        article, last = self._filled.article, self._filled.last
        if not last or anchor.percent is not None:
            return ()
        if anchor.where in ("start", "end"):
            return (0,) if anchor.where == "start" else (last,)
        if anchor.what == "lead":
            return () if self._is_lead_outside or article.lead is None else (article.lead,)
        if anchor.selector is not None:
            found = article.anchors.get((anchor.where, anchor.selector), ())
            return found if isinstance(found, tuple) else ()
        spans = self._spans(anchor)
        return [after if anchor.where == "after" else before for before, after in spans]

    def _spans(self, anchor: Anchor) -> Sequence[tuple[int, int]]:
        """The gaps before and after the things that *anchor* counts."""
        sections = [(s.first, s.first + len(s.blocks)) for s in self._filled.article.sections if s.heading is not None]
        if anchor.what == "section":
            return _chosen(sections, anchor.number)
        blocks = sorted(self._filled.blocks_of((Term(anchor.what),)))
        if anchor.section is not None:
            inside = _chosen(sections, anchor.section)
            blocks = [block for block in blocks if any(before <= block < after for before, after in inside)]
        return [(block, block + 1) for block in _chosen(blocks, anchor.number)]


def _chosen(things: Sequence[_T], number: int | None) -> Sequence[_T]:
    """All of *things*, or the one of this *number*, counted from 1 or back from -1."""
    if number is None:
        return things
    at = number - 1 if number > 0 else len(things) + number
    return things[at : at + 1] if 0 <= at < len(things) else ()
