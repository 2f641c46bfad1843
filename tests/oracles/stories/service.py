"""Where the anchors or the rhythm of a rule lead to, and what it costs to serve slots by them.

Each place serves one slot. What a place asks of a gap is a rank, and then how far the slot has moved: in the size that
the place is measured in, in halves of gaps, and upwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from tests.oracles.stories.language import Anchor, Distance
from tests.oracles.stories.story import Story
from tests.oracles.stories.wishes import Wish

# A gap, and whether the slot stands below the story.
Spot = tuple[int, bool]
Cost = tuple[int, int, int, int]
Place = dict[Spot, Cost]
NOTHING: Cost = (0, 0, 0, 0)


@attrs.frozen
class _Point:
    """A point of the story: how much of *unit* lies above it, in hundredths, and where it is in halves of gaps."""

    unit: str
    at: int
    half: int
    scale: int = 100

    def cost(self, story: Story, rank: int, gap: int) -> Cost:
        """What a slot in *gap* costs that stands for it."""
        up = self.half - 2 * gap
        return rank, abs(self.scale * story.sums[self.unit][gap] - self.at), abs(up), max(0, up)


def places_of(story: Story, wish: Wish) -> list[Place] | None:
    """All places of a rule, each with the gaps that it reaches; None where any gap will do."""
    if wish.every is not None:
        return list(_rhythm(story, wish))
    if not wish.at:
        return None
    found: list[Place] = []
    for rank, anchor in enumerate(wish.at):
        if anchor.where == "at":
            found.append(_share(story, wish, anchor, rank))
        else:
            found += [_moved(story, wish, anchor, rank, gap) for gap in dict.fromkeys(_gaps(story, anchor))]
    return found


def cheapest(places: Sequence[Place], spots: Sequence[Spot]) -> Cost | None:
    """What serving all of *spots* costs at least; None where their places do not suffice."""
    ways = [[(number, place[spot]) for number, place in enumerate(places) if spot in place] for spot in spots]
    return _served(sorted(ways, key=len), frozenset())


def _served(ways: list[list[tuple[int, Cost]]], taken: frozenset[int]) -> Cost | None:
    if not ways:
        return NOTHING
    found = []
    for number, cost in ways[0]:
        if number not in taken and (rest := _served(ways[1:], taken | {number})) is not None:
            found.append(plus(cost, rest))
    return min(found, default=None)


def plus(one: Cost, other: Cost) -> Cost:
    """Two costs together."""
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3]


# --------------------------------------------------------------------------------------------- anchors


def _gaps(story: Story, anchor: Anchor) -> list[int]:
    """The gaps that an anchor leads to, in the order of its things."""
    if anchor.where in ("start", "end"):
        return [0 if anchor.where == "start" else story.last]
    if anchor.what == "lead":
        return [] if story.lead is None else [story.lead]
    if anchor.what == "section":
        spans = story.headed
    else:
        inside = [(0, story.last)] if anchor.section is None else _numbered(story.headed, anchor.section)
        things = [i for i, block in enumerate(story.blocks) if block.is_of([anchor.what])]
        spans = [(i, i + 1) for i in things if any(first <= i < end for first, end in inside)]
    if anchor.every is not None:
        spans = spans[(anchor.first or anchor.every) - 1 :: anchor.every]
    elif anchor.number is not None:
        spans = _numbered(spans, anchor.number)
    return [below if anchor.where == "after" else above for above, below in spans]


def _numbered(spans: list[tuple[int, int]], number: int) -> list[tuple[int, int]]:
    at = number - 1 if number > 0 else len(spans) + number
    return spans[at : at + 1] if at >= 0 else []


def _moved(story: Story, wish: Wish, anchor: Anchor, rank: int, target: int) -> Place:
    """The place at a gap, and the inner gaps that a slot may move to from there."""
    point = _Point("chars", 100 * story.sums["chars"][target], 2 * target)
    near = [
        gap for gap in range(1, story.last) if wish.within is not None and _is_near(story, wish.within, target, gap)
    ]
    return {(gap, False): point.cost(story, rank, gap) for gap in near} | {
        (target, anchor.where == "end"): (rank, 0, 0, 0)
    }


def _is_near(story: Story, within: tuple[Distance, str], start: int, gap: int) -> bool:
    """Whether a slot may move from one gap to another."""
    distance, direction = within
    if gap == start:
        return True
    is_way = direction != ("down" if gap < start else "up")
    return is_way and story.fits(distance, *sorted((start, gap)))


def _share(story: Story, wish: Wish, anchor: Anchor, rank: int) -> Place:
    """The place at a share of the story, which every inner gap is near enough to if `within` does not say how near."""
    point, inner = _share_point(story, anchor), range(1, story.last)
    reached = list(inner)
    if wish.within is not None and reached:
        middle = _inner(story, anchor, point)
        reached = [gap for gap in inner if _is_near(story, wish.within, middle, gap)]
    return {(gap, False): point.cost(story, rank, gap) for gap in reached}


def _inner(story: Story, anchor: Anchor, point: _Point) -> int:
    """The inner gap that is nearest to a share: of chars the lower one of two, of another unit that of its gap."""
    if anchor.unit == "chars":
        return min(range(1, story.last), key=lambda gap: (*point.cost(story, 0, gap)[1:3], -gap))
    return min(max(point.half // 2, 1), story.last - 1)


def _share_point(story: Story, anchor: Anchor) -> _Point:
    assert anchor.share is not None
    sums, at = story.sums[anchor.unit], anchor.share * story.total(anchor.unit)
    if anchor.unit == "chars":
        return _Point("chars", at, _half(sums, 100, at))
    least = min(abs(100 * each - at) for each in sums)
    nearest = [each for each in sums if abs(100 * each - at) == least]
    gap = sums.index(max(nearest))
    return _Point("chars", 100 * story.sums["chars"][gap], 2 * gap)


def _half(sums: Sequence[int], scale: int, at: int) -> int:
    """Where a size is in halves of gaps: at a gap, or between two."""
    below = next((gap for gap, each in enumerate(sums) if scale * each >= at), len(sums))
    return 2 * below - (below == len(sums) or scale * sums[below] != at)


# --------------------------------------------------------------------------------------------- rhythm


def _rhythm(story: Story, wish: Wish) -> Iterator[Place]:
    """The ideal places of a rhythm, each with the gaps that are less than half a rhythm away."""
    beat, unit = rhythm_of(story, wish)
    scale = 1 if unit == "%" else 100
    for at in ideals(story, wish):
        point = _Point(unit, scale * at, _half(story.sums[unit], scale, scale * at), scale)
        near = [gap for gap in range(1, story.last) if 2 * abs(story.sums[unit][gap] - at) < beat]
        if near:
            yield {(gap, False): point.cost(story, 0, gap) for gap in near}


def rhythm_of(story: Story, wish: Wish) -> tuple[int, str]:
    """A rhythm in the scale of sizes, and its unit."""
    assert wish.every is not None
    return story.needed(wish.every), wish.every[1]


def ideals(story: Story, wish: Wish) -> list[int]:
    """The sizes where the ideal places of a rhythm are, all of them above the end of the story."""
    beat, unit = rhythm_of(story, wish)
    start = _origin(story, wish, unit)
    return [] if start is None else list(range(start + beat, story.total(unit), beat))


def _origin(story: Story, wish: Wish, unit: str) -> int | None:
    if wish.from_start is None:
        return 0
    if len(wish.from_start) == 1 and len(wish.from_start[0]) == 1 and wish.from_start[0][0][1] == unit:
        return story.needed(wish.from_start[0][0])
    kept = [gap for gap in range(story.last + 1) if story.keeps(wish.from_start, 0, gap)]
    return story.sums[unit][kept[0]] if kept else None
