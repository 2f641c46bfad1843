"""Where a page's own slots stand: in which gap of the story, after its lead, or elsewhere on the page."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal

import attrs

from adslot.article.values import Anchored, Article
from adslot.html.elements import COMMENT_END_PATTERN
from adslot.html.own_slots import Lifted
from adslot.patterns import pattern
from adslot.policy.declarations import Rule
from adslot.policy.policy import Policy
from adslot.policy.slots import Slot
from adslot.roles import HERE

Where = Literal["gap", "lead", "page", "lost"]

# What may stand between a slot and the place that it belongs to: nothing that a reader sees. Comments and
# elements that have content end where `_ENDS` says.
_UNSEEN = pattern(
    r"\s+|<!---?>|<(?:link|meta|base)\b[^>]*>|(?P<begin><!--|<(?:script|style|template|noscript)\b)", re.I
)
_ENDS = {"<!--": pattern(COMMENT_END_PATTERN)} | {
    f"<{name}": pattern(rf"</{name}\s*>", re.I) for name in ("script", "style", "template", "noscript")
}
# So much of an attribute is shown.
_MOST_SHOWN = 60


@attrs.frozen(eq=False, kw_only=True)
class FoundSlot:
    """An own slot, its *rule*, and the slot that is *declared* by its name, if the policy has them, and where it stands.

    *where* is "gap" for a gap of the story, "lead" after a lead above the body, "page" elsewhere on the
    page, "lost" inside a block or wrapper. *gap* is where it counts as standing, None for "page" and
    where nothing can be said. *number* counts the page's own slots.
    """

    number: int
    own: Lifted
    rule: Rule | None
    declared: Slot | None
    kind: str
    is_editors: bool
    where: Where
    gap: int | None

    @property
    def name(self) -> str:
        """The slot as reports call it."""
        return f"{_shown(self.own.slot)} (rule {_shown(self.own.rule)})"

    @property
    def id(self) -> str:
        """Its id as reports show it, or its name where it has none."""
        return _shown(self.own.id) or self.name

    @property
    def is_stacked(self) -> bool:
        """Whether it may share a gap with slots of other rules."""
        return self.rule is not None and self.rule.stack


def found_slots(article: Article, policy: Policy, positions: Positions, slots: Sequence[Lifted]) -> Iterator[FoundSlot]:
    """The own *slots* of a page, which were lifted out of it."""
    rules = {rule.name: rule for rule in policy.rules}
    known = {slot.name: slot for slot in policy.slots}
    asked = {(manual.name, manual.gap) for manual in article.manual}
    for number, own in enumerate(slots):
        where, gap = positions.at(own.offset)
        is_editors = own.rule == HERE and (HERE not in rules or (own.slot, gap) in asked)
        rule, declared = None if is_editors else rules.get(own.rule), known.get(own.slot)
        if where == "lead" and (not _may_follow_lead(rule) or _leads_there(article, rule, own.offset)):
            where, gap = "page", None
        yield FoundSlot(
            number=number,
            own=own,
            rule=rule,
            declared=declared,
            kind=declared.kind if declared else own.kind,
            is_editors=is_editors,
            where=where,
            gap=gap,
        )


def _leads_there(article: Article, rule: Rule | None, offset: int) -> bool:
    """Whether a css anchor of *rule* leads to *offset*, outside of the story, where no distance counts."""
    places = [article.anchors.get(a.key) for a in (rule.at if rule else ()) if a.selector is not None]
    return any(isinstance(place, Anchored) and place.offset == offset for place in places)


def _may_follow_lead(rule: Rule | None) -> bool:
    """Whether a slot after the lead stands there because of it, not of another anchor outside the body."""
    return rule is None or any(anchor.what == "lead" for anchor in rule.at)


def _shown(text: str) -> str:
    """What a page says of a slot, as part of one line: cut where it is long, without control characters."""
    cut = text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"
    return "".join(char if char.isprintable() else "\ufffd" for char in cut)


class Runs:
    """Runs of what a reader does not see. Offsets are asked in ascending order, so that each run is read once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start, self._end = 0, -1
        self._places: dict[int, int] = {}
        self._endless: dict[str, int] = {}

    def end(self, offset: int) -> int:
        """Where the next thing stands that a reader sees."""
        if not self._start <= offset <= self._end:
            self._start, self._end = offset, self._match(offset)
        return self._end

    def end_of_place(self, place: int) -> int:
        """The same for a place that is asked for many times."""
        if place not in self._places:
            self._places[place] = self._match(place)
        return self._places[place]

    def _match(self, offset: int) -> int:
        while (match := _UNSEEN.match(self._text, offset)) is not None:
            begin = match["begin"]
            end = match.end() if begin is None else self._ending(begin.lower(), match.end())
            if end is None:
                break
            offset = end
        return offset

    def _ending(self, begin: str, offset: int) -> int | None:
        """Where what begins so ends; what has no end below some place has none farther down either."""
        if offset >= self._endless.get(begin, offset + 1):
            return None
        found = _ENDS[begin].search(self._text, offset)
        if found is None:
            self._endless[begin] = offset
        return None if found is None else found.end()


class Positions:
    """Where the parts of an article stand in its text."""

    def __init__(self, article: Article, text: str) -> None:
        self._article, self._runs = article, Runs(text)
        self._starts = [block.span[0] for block in article.blocks if block.span is not None]
        self._ends = [block.span[1] for block in article.blocks if block.span is not None]
        by_safety = sorted(article.gaps, key=lambda gap: gap.unsafe is None)
        self._outside = {place.offset for place in article.anchors.values() if isinstance(place, Anchored)}
        self._exact = {at: gap.index for gap in by_safety for at in (gap.offset, gap.slot_offset) if at is not None}

    @property
    def extent(self) -> tuple[int, int]:
        """Where the story begins and ends; (0, 0) where there is none."""
        return (self._starts[0], self._ends[-1]) if self._starts else (0, 0)

    def at(self, offset: int) -> tuple[Where, int | None]:
        """Where *offset* lies, and the gap that it counts for."""
        if offset in self._exact:
            return "gap", self._exact[offset]
        lead = self._article.lead_outside
        if lead is not None and self._starts and lead.offset is not None and self.are_alike(offset, lead.offset):
            return "lead", 0
        if offset in self._outside:  # whatever block without an end tag seems to hold it
            return "page", None
        below = bisect_left(self._starts, offset)
        if below and offset < self._ends[below - 1]:
            return "lost", None
        if self._starts and any(self.are_alike(offset, at) for at in self._edges(below)):
            return "gap", below
        return ("page", None) if below in (0, len(self._starts)) else ("lost", below)

    def are_alike(self, offset: int, place: int) -> bool:
        """Whether *offset* and a *place* of the article are the same to a reader: nothing that shows stands between."""
        return self._runs.end(offset) == self._runs.end_of_place(place)

    def _edges(self, gap: int) -> list[int]:
        """The places of a gap; where its own are not known, the edges of the blocks next to it."""
        own = [at for at in (self._article.gaps[gap].slot_offset, self._article.gaps[gap].offset) if at is not None]
        return own or [*self._ends[gap - 1 : gap], *self._starts[gap : gap + 1]]
