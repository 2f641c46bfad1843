"""What closes gaps to a rule, of all that stands fixed, with the reason.

A gap is closed to a rule that may not use it: guards, editors, neighbours, existing slots and the story's ends
see to that. A `ClosedGaps` closes single gaps, a `ClosedRange` a range of them because a distance is missing.
Planning and explaining ask the same ones. `Gap.closed` says that an editor closed a gap, to every rule.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter

import attrs

from adslot.guards import GUARDS
from adslot.kept import kept, lazy
from adslot.planner.anchors import roles_of
from adslot.planner.constraints import Constraints
from adslot.planner.fixed import Fixed, FixedThings
from adslot.planner.measures import Clearance
from adslot.policy.declarations import Rule
from adslot.policy.language.terms import Term
from adslot.roles import PICTURE, Role


@attrs.frozen
class ClosedGaps:
    """Gaps that are closed to a rule one by one: *mask* has a 1 for each of them."""

    code: str
    mask: bytes
    against: str = ""


@attrs.frozen(kw_only=True)
class ClosedRange:
    """Gaps *first* to *last* are closed to a rule: *clearance* is missing between them and the gap position *at*."""

    code: str
    first: int
    last: int
    against: str
    clearance: Clearance
    at: int


# Distances that a rule keeps wherever its slots stand: to the ends of the story, and its own to slots of its kind.
OWN_CODES = ("start", "end", "apart")

Range = tuple[str, int, int, str, Clearance, int]


class Closed:
    """The gaps that an article under a policy closes, one by one and in ranges, asked for one rule at a time."""

    def __init__(self, constraints: Constraints, things: FixedThings) -> None:
        self.constraints, self.things, self.article = constraints, things, things.article
        self.count = len(self.article.section_at)
        self._shared: dict[bool, int] = {}
        self._neighbours: dict[tuple[tuple[Term, ...], int], bytes] = {}
        self._explained: dict[int, tuple[list[Range], list[tuple[str, Clearance, Sequence[Fixed], bool]]]] = {}

    @lazy
    def _roles(self) -> bytes:
        """The blocks' roles as numbers, to be translated into masks."""
        return bytes(map(_NUMBERS.__getitem__, [block.role for block in self.article.blocks]))

    @lazy
    def _pictured(self) -> list[int]:
        """The blocks of text that hold a picture."""
        return [index for index, block in enumerate(self.article.blocks) if PICTURE in block.traits]

    @lazy
    def _guarded(self) -> dict[str, list[int]]:
        """The gaps that each guard of the policy closes."""
        flags, blocks = self.constraints.policy.guards, self.article.blocks
        return {name: list(guard.barred(blocks)) for name, guard in GUARDS.items() if getattr(flags, name)}

    # ------------------------------------------------------------------------------------- single gaps

    def single_gaps(self, i: int) -> Iterator[ClosedGaps]:
        """The single gaps closed to rule *i*, unsafe ones apart."""
        rule = self.constraints.rules[i]
        for code, gaps, against in self._common(stack=rule.stack):
            yield ClosedGaps(code, self._mask_of(gaps), against)
        for terms, step in _beside(rule):
            yield ClosedGaps("neighbour", self._neighbour(terms, step), " or ".join(map(str, terms)))

    def mask(self, i: int) -> int:
        """All that `single_gaps` close, as one number: its byte g, lowest first, is 1 where gap g is closed."""
        rule = self.constraints.rules[i]
        closed = self._shared.get(rule.stack)
        if closed is None:
            gaps = chain.from_iterable(gaps for _, gaps, _ in self._common(stack=rule.stack))
            closed = self._shared[rule.stack] = int.from_bytes(self._mask_of(gaps), "little")
        for terms, step in _beside(rule):
            closed |= int.from_bytes(self._neighbour(terms, step), "little")
        return closed

    def _common(self, *, stack: bool) -> Iterator[tuple[str, Collection[int], str]]:
        """(code, gaps, against what) of all that is closed to every rule, stacked ones or others."""
        yield "marker", range(self.count) if self.article.none else self.article.closed, ""
        for name, gaps in self._guarded.items():
            yield GUARDS[name].name, gaps, "an ad or teaser of the page" if name == "adjacent" else ""
            if name == "adjacent" and self.things.standing and not stack:
                yield GUARDS[name].name, [gap for _, gap in self.things.standing], "an editor's slot"

    def _mask_of(self, gaps: Iterable[int]) -> bytes:
        mask = bytearray(self.count)
        for gap in gaps:
            mask[gap] = 1
        return bytes(mask)

    def _neighbour(self, terms: tuple[Term, ...], step: int) -> bytes:
        """The gaps with another block above (*step* 1) or below (0) than *terms* name; the story's ends have all."""
        if (terms, step) not in self._neighbours:
            other = bytearray(self._roles.translate(_others(terms)))
            if any(Role.FIGURE in roles_of(term) for term in terms if term.css is None):
                for block in self._pictured:
                    other[block] = 0
            for css in (term.css for term in terms if term.css is not None):
                for block in self.article.matching(css):
                    other[block] = 0
            self._neighbours[terms, step] = bytes(b"\0" + other if step else other + b"\0")
        return self._neighbours[terms, step]

    # --------------------------------------------------------------------------------------- distances

    def closed_at(self, i: int, gap: int) -> Iterator[ClosedRange]:
        """What is too near to *gap* for rule *i*: of the things that a distance is kept from, above or below, the nearest.

        Below the story, at the gap behind the last one, a rule keeps its own distances and no others.
        """
        is_below, gap = gap > self.things.last, min(gap, self.things.last)
        if i not in self._explained:
            self._explained[i] = self._ends(self.constraints.rules[i]), list(self._distances(i))
        ends, distances = self._explained[i]
        found = list(ends)
        for code, clearance, things, is_above in distances:
            if is_below and code not in OWN_CODES:
                continue
            at = bisect_right(things, gap, key=_below) - 1 if is_above else bisect_left(things, gap, key=_above)
            if 0 <= at < len(things):
                found += near(code, clearance, things[at : at + 1], self.things.last, is_above=is_above)
        return (
            ClosedRange(code=code, first=first, last=last, against=against, clearance=clearance, at=at)
            for code, first, last, against, clearance, at in found
            if first <= gap <= last
        )

    def ranges(self, i: int) -> list[Range]:
        """The ranges closed to rule *i*, the fields of a `ClosedRange` each: planning needs no more than the first and the last gap."""
        found = self._ends(self.constraints.rules[i])
        for code, clearance, things, is_above in self._distances(i):
            found += near(code, clearance, things, self.things.last, is_above=is_above)
        return [fields for fields in found if fields[1] <= fields[2]]

    def is_shut_below(self, i: int) -> bool:
        """Whether rule *i* may not stand below the story: no distances but its own hold there."""
        last = self.things.last
        return bool(self.mask(i) >> 8 * last & 1) or any(
            fields[2] >= last and fields[0] in OWN_CODES for fields in self.ranges(i)
        )

    def _ends(self, rule: Rule) -> list[Range]:
        """What is too near to the ends of the story."""
        last, measures = self.things.last, self.things.measures
        found: list[Range] = []
        if rule.from_start is not None:
            first = measures.first_below(rule.from_start, 0)
            found.append(("start", 0, min(first, last + 1) - 1, "start", Clearance(measures, rule.from_start), 0))
        if rule.from_end is not None:
            above = measures.last_above(rule.from_end, last)
            found.append(("end", above + 1, last, "end", Clearance(measures, rule.from_end), last))
        return found

    def _distances(self, i: int) -> Iterator[tuple[str, Clearance, Sequence[Fixed], bool]]:
        """What fixed things rule *i* keeps a distance from, which, and whether they are the upper ones."""
        for constraint, terms, is_above in self.constraints.towards[i]:
            if constraint.since == 1 and (things := self.things.named(terms)):
                yield constraint.code, self.things.clearance(constraint), things, is_above


def near(code: str, clearance: Clearance, things: Sequence[Fixed], end: int, *, is_above: bool) -> list[Range]:
    """The gaps that are too near to one of *things* above or below them, in a story that ends at gap *end*."""
    found: list[Range] = []
    for thing in things:
        if is_above:
            first = at = thing.below
            last = min(clearance.reach[at] - 1, end)
        else:
            at = thing.above
            first, last = clearance.last_above(at) + 1, at
        found.append((code, first, last, thing.name, clearance, at))
    return found


_above, _below = attrgetter("above"), attrgetter("below")


def _beside(rule: Rule) -> Iterator[tuple[tuple[Term, ...], int]]:
    """The terms that say what stands above (1) and below (0) the rule's gaps."""
    if rule.after:
        yield rule.after, 1
    if rule.before:
        yield rule.before, 0


_NUMBERS = {role: number for number, role in enumerate(Role)}


@kept(megabytes=0.5)
def _others(terms: tuple[Term, ...]) -> bytes:
    """A table of translation: 0 for the numbers of roles that *terms* name, 1 for all others."""
    roles = frozenset[str]().union(*(roles_of(term) for term in terms if term.css is None))
    return bytes(role not in roles for role in _NUMBERS).ljust(256, b"\1")
