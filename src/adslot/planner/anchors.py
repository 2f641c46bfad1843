"""Where a rule's anchors and terms lead to in an article: gaps, blocks, places outside the story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

import attrs

from adslot.article.outline import Outline
from adslot.article.values import Anchored
from adslot.planner.measures import Measures
from adslot.policy.declarations import Rule
from adslot.policy.language.terms import Anchor, Term
from adslot.policy.language.within import Within
from adslot.roles import GROUPS, is_among

_T = TypeVar("_T")


@attrs.frozen
class PagePlace:
    """A place outside the story that a rule may use, and the *rank* of its anchor."""

    rank: int
    anchor: str
    place: Anchored


@attrs.frozen
class Spot:
    """A gap that an anchor leads to: its *rank* in the rule's list, how far the slot has *moved*, and the anchor's *cell*.

    The moved way is counted in hundredths of a char, then gaps, then upwards after downwards, as one
    number. An anchor that leads to several places has a cell for each.
    """

    rank: int
    moved: int
    cell: int


def matching(article: Outline, term: Term) -> Sequence[int]:
    """The blocks that *term* names."""
    if term.css is not None:
        return article.matching(term.css)
    roles = roles_of(term)
    return [index for index, block in enumerate(article.blocks) if is_among(block, roles)]


def roles_of(term: Term) -> frozenset[str]:
    """The roles that a term names: its own, or those of its group."""
    return GROUPS.get(term.name or "", frozenset({term.name or ""}))


def spots_of(article: Outline, measures: Measures, rule: Rule) -> Mapping[int, Spot]:
    """The gaps that *rule* may use for its anchors, each with the best anchor that leads there."""
    found: dict[int, Spot] = {}
    cell = 0
    for rank, anchor in enumerate(rule.at):
        targets = _targets(article, anchor)
        for which, gap, moved in _near(measures, anchor, targets, rule.within):
            spot = Spot(rank, moved, cell + which)
            if gap not in found or (rank, moved) < (found[gap].rank, found[gap].moved):
                found[gap] = spot
        cell += len(targets)
    return _connected(found) if rule.within is not None or any(a.percent is not None for a in rule.at) else found


def _targets(article: Outline, anchor: Anchor) -> Sequence[int]:
    """The gaps that *anchor* names; of a share of the story one that stands for all."""
    last = len(article.section_at) - 1
    if last < 0:
        return ()
    return (0,) if anchor.percent is not None else _gaps(article, anchor, last)


def _near(
    measures: Measures, anchor: Anchor, targets: Sequence[int], within: Within | None
) -> Iterator[tuple[int, int, int]]:
    """The gaps that a slot at one of ascending *targets* may move to: which of them, the gap, and how far that is.

    To a gap the slot comes from the nearest target above it or below it: from others the way is longer.
    """
    if anchor.percent is not None:
        yield from ((0, gap, moved) for _ in targets for gap, moved in _near_share(measures, anchor.percent, within))
        return
    yield from ((which, target, 0) for which, target in enumerate(targets))
    if within is None:
        return
    bounds = (0, *targets, len(measures.before("chars")))
    for which, target in enumerate(targets):
        yield from ((which, *way) for way in _moves(measures, within, target, range(target + 1, bounds[which + 2])))
        yield from ((which, *way) for way in _moves(measures, within, target, range(target - 1, bounds[which], -1)))


def _moves(measures: Measures, within: Within, target: int, gaps: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Those of *gaps*, the nearest first, that a slot may move to from *target*, and how far that is."""
    sums = measures.before("chars")
    for gap in gaps:
        if not (0 < gap < len(sums) - 1 and _may_move(measures, within, target, gap)):
            return
        yield gap, _moved(100 * abs(sums[gap] - sums[target]), gap - target, len(sums))


def _near_share(measures: Measures, percent: int, within: Within | None) -> Iterator[tuple[int, int]]:
    """Every gap between blocks, and how far it is from *percent* of the story's chars.

    With *within* the gaps that are no farther from the nearest one than that.
    """
    sums = measures.before("chars")
    at = percent * sums[-1]
    gaps = range(1, len(sums) - 1)
    middle = min(gaps, key=lambda gap: (abs(100 * sums[gap] - at), -gap), default=0)
    for gap in gaps:
        if within is None or _may_move(measures, within, middle, gap):
            away = 100 * sums[gap] - at
            yield gap, _moved(abs(away), 0 if away >= 0 else -1, len(sums))


def _may_move(measures: Measures, within: Within, start: int, gap: int) -> bool:
    """Whether a slot may move from gap *start* to *gap*."""
    direction = "down" if gap >= start else "up"
    is_near = measures.is_within(within.distance, *sorted((start, gap)))
    return gap == start or (is_near and within.direction in (None, direction))


def _moved(chars: int, gaps: int, count: int) -> int:
    """A way of so many hundredths of a char and so many gaps, up or down, among *count* gaps as one number."""
    return chars * 2 * (count + 1) + 2 * abs(gaps) + (gaps < 0)


def _connected(spots: Mapping[int, Spot]) -> dict[int, Spot]:
    """*spots* without the parts of a cell that another cell cuts off from its nearest gap."""
    runs: list[list[int]] = []
    for gap in sorted(spots):
        if runs and spots[runs[-1][-1]].cell == spots[gap].cell:
            runs[-1].append(gap)
        else:
            runs.append([gap])
    best: dict[int, list[int]] = {}
    for run in runs:
        cell = spots[run[0]].cell
        if cell not in best or min(spots[g].moved for g in run) < min(spots[g].moved for g in best[cell]):
            best[cell] = run
    return {gap: spots[gap] for run in sorted(best.values()) for gap in run}


def pages_of(article: Outline, rule: Rule) -> list[PagePlace]:
    """The places outside the story that *rule* may use, but for the one after the lead."""
    found = []
    for rank, anchor in enumerate(rule.at):
        place = article.anchors.get((anchor.where, anchor.selector)) if anchor.selector is not None else None
        if isinstance(place, Anchored):
            found.append(PagePlace(rank, str(anchor), place))
    return found


def leads_outside(article: Outline, rule: Rule, rank: int) -> bool:
    """Whether the anchor of this *rank* is a lead above the body: its slot counts as standing at the start."""
    return article.lead_outside is not None and bool(rule.at) and rule.at[rank].what == "lead"


def _gaps(article: Outline, anchor: Anchor, last: int) -> Sequence[int]:
    """The gaps of the story that *anchor* leads to."""
    if anchor.where in ("start", "end"):
        return (0,) if anchor.where == "start" else (last,)
    if anchor.what == "lead":
        return (0,) if article.lead_outside is not None else () if article.lead is None else (article.lead,)
    if anchor.selector is not None:
        found = article.anchors.get((anchor.where, anchor.selector), ())
        return found if isinstance(found, tuple) else ()
    if anchor.what == "section":
        sections = _chosen(_headed_sections(article), anchor.number)
        return [after if anchor.where == "after" else before for before, after in sections]
    blocks = _blocks(article, anchor)
    return [block + 1 for block in blocks] if anchor.where == "after" else blocks


def _blocks(article: Outline, anchor: Anchor) -> Sequence[int]:
    """The blocks that *anchor* stands beside."""
    blocks = matching(article, Term(anchor.what))
    if anchor.section is not None:
        inside = _chosen(_headed_sections(article), anchor.section)
        blocks = [block for block in blocks if any(before <= block < after for before, after in inside)]
    return _chosen(blocks, anchor.number)


def _headed_sections(article: Outline) -> list[tuple[int, int]]:
    """The gaps before and after each section that has a heading."""
    starts = matching(article, Term("headings"))
    return list(pairwise([*starts, len(article.blocks)]))


def _chosen(things: Sequence[_T], number: int | None) -> Sequence[_T]:
    """All of *things*, or the one of this *number*, counted from 1 or back from -1."""
    if number is None:
        return things
    at = number - 1 if number > 0 else len(things) + number
    return things[at : at + 1] if 0 <= at < len(things) else ()
