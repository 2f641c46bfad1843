"""What closes gaps to a rule, of all that stands fixed, with the reason.

A gap is closed to a rule that may not use it: guards, editors, neighbours, existing slots and the story's ends
see to that. A `ClosedGaps` closes single gaps, a `ClosedRange` a range of them because a distance is missing.
Planning and explaining ask the same ones. `Gap.closed` says that an editor closed a gap, to every rule.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

import attrs

from adslot.guards import GUARDS
from adslot.kept import kept, lazy
from adslot.planner.anchors import matching, roles_of
from adslot.planner.constraints import Constraints
from adslot.planner.fixed import FIRST_BELOW, LAST_ABOVE, Fixed, FixedThings
from adslot.planner.measures import Clearance
from adslot.planner.sections import Span, section_faults, spans_of
from adslot.policy.declarations import Rule
from adslot.policy.language.terms import Term
from adslot.roles import PICTURE, Role


@attrs.frozen
class ClosedGaps:
    """Gaps that are closed to a rule one by one: *mask* has a 1 for each of them.

    *side* is where the block stands that closes them, and *key* what the policy asks of it.
    """

    code: str
    mask: bytes
    against: str = ""
    side: str | None = None
    key: str | None = None


@attrs.frozen(kw_only=True)
class ClosedRange:
    """Gaps are closed to a rule: *clearance* is missing between them and the gap position *at*.

    That is on one *side* of them, "above" or "below"; there stands *block*, if it is one. *key* asks for the distance, unless it is one that the code has by itself.
    """

    code: str
    against: str
    clearance: Clearance
    at: int
    side: str
    block: int | None
    key: str | None


# Distances that a rule keeps wherever its slots stand: to the ends of the story, and its own to slots of its kind.
OWN_CODES = ("start", "end", "apart")

Range = tuple[str, int, int, str, Clearance, int]
# A distance that a rule keeps from fixed things: its code, which, from what, whether they are the upper ones, and the
# gaps where it is waived; last the policy's key that asks for it.
_Distance = tuple[str, Clearance, Sequence[Fixed], bool, frozenset[int], str]


class Closed:
    """The gaps that an article under a policy closes, one by one and in ranges, asked for one rule at a time."""

    def __init__(self, constraints: Constraints, things: FixedThings) -> None:
        self.constraints, self.things, self.article = constraints, things, things.article
        self.count = len(self.article.section_at)
        self._shared: dict[tuple[bool, frozenset[str]], int] = {}
        self._neighbours: dict[tuple[tuple[Term, ...], int], bytes] = {}
        self._waived: dict[tuple[Term, ...], frozenset[int]] = {}
        self._explained: dict[int, tuple[list[Range], list[_Distance]]] = {}

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
        """The gaps that each guard closes which is on for a rule."""
        blocks, on = self.article.blocks, frozenset[str]().union(*self.constraints.guards)
        there = {block.role for block in blocks}.union(*[block.traits for block in blocks])
        return {
            name: list(guard.barred(blocks)) if guard.may_bar(there) else []
            for name, guard in GUARDS.items()
            if name in on
        }

    # ------------------------------------------------------------------------------------- single gaps

    def single_gaps(self, i: int) -> Iterator[ClosedGaps]:
        """The single gaps closed to rule *i*, unsafe ones apart."""
        rule = self.constraints.rules[i]
        for code, gaps, against in self._common(self.constraints.guards[i], stack=rule.stack):
            yield ClosedGaps(code, self._mask_of(gaps), against)
        for terms, step in _beside(rule):
            side, key = ("above", "after") if step else ("below", "before")
            against = " or ".join(map(str, terms))
            yield ClosedGaps("neighbour", self._neighbour(terms, step), against, side, f"rules[{rule.name}].{key}")

    def mask(self, i: int) -> int:
        """All that `single_gaps` close, as one number: its byte g, lowest first, is 1 where gap g is closed."""
        rule = self.constraints.rules[i]
        on = self.constraints.guards[i]
        closed = self._shared.get((rule.stack, on))
        if closed is None:
            gaps = chain.from_iterable(gaps for _, gaps, _ in self._common(on, stack=rule.stack))
            closed = self._shared[rule.stack, on] = int.from_bytes(self._mask_of(gaps), "little")
        for terms, step in _beside(rule):
            closed |= int.from_bytes(self._neighbour(terms, step), "little")
        if rule.min_section is not None or rule.max_section is not None:
            closed |= int.from_bytes(self._mask_of(self._in_other_sections(rule)), "little")
        return closed

    @lazy
    def sections(self) -> dict[int, Span]:
        """The gaps above and below each section."""
        return spans_of(self.article)

    def _in_other_sections(self, rule: Rule) -> Iterator[int]:
        """The gaps of sections that have not the size that a rule asks for."""
        measures = self.things.measures
        wrong = {number for number, span in self.sections.items() if any(section_faults(rule, measures, span))}
        return (gap for gap, number in enumerate(self.article.section_at) if number in wrong)

    def _common(self, on: frozenset[str], *, stack: bool) -> Iterator[tuple[str, Collection[int], str]]:
        """(code, gaps, against what) of all that is closed to every rule with these guards *on*, stacked ones or others."""
        yield "marker", range(self.count) if self.article.none else self.article.closed, ""
        for name, gaps in self._guarded.items():
            if name not in on:
                continue
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
            if any(Role.FIGURE in roles_of(term) for term in terms if term.name is not None):
                for block in self._pictured:
                    other[block] = 0
            for term in terms:
                for block in matching(self.article, term) if term.css is not None or term.but else ():
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
        yield from self._ends_at(ends, gap)
        for code, clearance, things, is_above, waived, key in distances:
            if gap in waived or (is_below and code not in OWN_CODES):
                continue
            at = (
                bisect_right(things, gap, key=FIRST_BELOW) - 1 if is_above else bisect_left(things, gap, key=LAST_ABOVE)
            )
            if 0 <= at < len(things):
                yield from self._near_at(gap, things[at], (code, clearance, key), is_above=is_above)

    def _ends_at(self, ends: Iterable[Range], gap: int) -> Iterator[ClosedRange]:
        """The ends of the story that are too near to *gap*."""
        for code, first, last, against, clearance, at in ends:
            if first <= gap <= last:
                side = "above" if code == "start" else "below"
                yield ClosedRange(
                    code=code, against=against, clearance=clearance, at=at, side=side, block=None, key=None
                )

    def _near_at(
        self, gap: int, thing: Fixed, asked: tuple[str, Clearance, str], *, is_above: bool
    ) -> Iterator[ClosedRange]:
        """*thing*, where it is too near to *gap* by what is *asked*: a code, the distance, a key."""
        code, clearance, key = asked
        block = thing.above if thing.above < thing.below else None
        for _, first, last, against, _, at in near(code, clearance, [thing], self.things.last, is_above=is_above):
            if first <= gap <= last:
                side = "above" if is_above else "below"
                yield ClosedRange(
                    code=code, against=against, clearance=clearance, at=at, side=side, block=block, key=key
                )

    def ranges(self, i: int) -> list[Range]:
        """The ranges closed to rule *i*, the fields of a `ClosedRange` each: planning needs no more than the first and the last gap."""
        found = self._ends(self.constraints.rules[i])
        for code, clearance, things, is_above, waived, _ in self._distances(i):
            ranges = near(code, clearance, things, self.things.last, is_above=is_above)
            found += chain.from_iterable(_without(fields, waived) for fields in ranges) if waived else ranges
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

    def _distances(self, i: int) -> Iterator[_Distance]:
        """What fixed things rule *i* keeps a distance from."""
        for constraint, terms, is_above, key in self.constraints.towards[i]:
            if constraint.since == 1 and (things := self.things.named(terms)):
                waived = self._waived_by(constraint.unless_at) if constraint.unless_at else frozenset[int]()
                yield constraint.code, self.things.clearance(constraint), things, is_above, waived, key

    def _waived_by(self, terms: tuple[Term, ...]) -> frozenset[int]:
        """The gaps directly above and below the blocks that *terms* name."""
        if terms not in self._waived:
            blocks = {block for term in terms for block in matching(self.article, term)}
            self._waived[terms] = frozenset(gap for block in blocks for gap in (block, block + 1))
        return self._waived[terms]


def _without(fields: Range, waived: Collection[int]) -> Iterator[Range]:
    """A range in the pieces that the gaps *waived* leave of it."""
    code, first, last, *rest = fields
    for gap in range(first, last + 1):
        if gap in waived:
            yield (code, first, gap - 1, *rest)  # type: ignore[misc] # as before
            first = gap + 1
    yield (code, first, last, *rest)  # type: ignore[misc] # as before


def near(code: str, clearance: Clearance, things: Sequence[Fixed], end: int, *, is_above: bool) -> list[Range]:
    """The gaps that are too near to one of *things* above or below them, in a story that ends at gap *end*."""
    found: list[Range] = []
    for thing in things:
        if is_above:
            first, at = thing.first_below, thing.below
            last = min(clearance.reach[at] - 1, end)
        else:
            at = thing.above
            first, last = clearance.last_above(at) + 1, thing.last_above
        found.append((code, first, last, thing.name, clearance, at))
    return found


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
    roles = frozenset[str]().union(*(roles_of(term) for term in terms if term.name is not None))
    return bytes(role not in roles for role in _NUMBERS).ljust(256, b"\1")
