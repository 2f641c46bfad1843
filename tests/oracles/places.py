"""The places that the anchors of a rule name, and the best way to serve slots by them: from the words of the reference.

An anchor with a number, and a share, names one place; one without names all of its places. Each place serves one
slot. Every way to give places to slots is tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from adslot import Article, Rule
from tests.oracles.legality import _gaps, keeps, size

# What serving a gap costs: the rank of the anchor, then how far the slot has moved in hundredths of a char.
Cost = tuple[int, int]
# A place has for each gap that it reaches the cost; a gap is its number, and whether it is below the story.
Place = dict[tuple[int, bool], Cost]


def places_of(article: Article, rule: Rule) -> list[Place]:
    """All places that the anchors of *rule* name, each with the gaps that it reaches."""
    last = len(article.gaps) - 1
    found: list[Place] = []
    for rank, anchor in enumerate(rule.at):
        if anchor.percent is not None:
            at = anchor.percent * size(article, "chars", 0, last)
            inner = range(1, last)
            half = _half(article, at)
            nearest = min(
                inner, key=lambda gap: (_away(article, gap, at), abs(2 * gap - half), -gap), default=0
            )  # used at once
            reached = [gap for gap in inner if rule.within is None or _is_near(article, rule, nearest, gap)]
            found.append({(gap, False): (rank, _away(article, gap, at)) for gap in reached})
            continue
        for target in dict.fromkeys(_gaps(article, anchor)):
            at = 100 * size(article, "chars", 0, target)
            near = [gap for gap in range(1, last) if rule.within is not None and _is_near(article, rule, target, gap)]
            place = {(gap, False): (rank, _away(article, gap, at)) for gap in near}
            found.append(place | {(target, anchor.where == "end"): (rank, 0)})
    return found


def _half(article: Article, at: int) -> int:
    """Where a size is in halves of gaps: at a gap, or between two."""
    below = next(gap for gap in range(len(article.gaps)) if 100 * size(article, "chars", 0, gap) >= at)
    return 2 * below - (_away(article, below, at) > 0)


def _away(article: Article, gap: int, at: int) -> int:
    return abs(100 * size(article, "chars", 0, gap) - at)


def _is_near(article: Article, rule: Rule, start: int, gap: int) -> bool:
    """Whether a slot may move from one gap to another: of one alternative no amount is exceeded."""
    assert rule.within is not None
    if gap == start:
        return True
    if rule.within.direction == ("down" if gap < start else "up"):
        return False
    above, below = sorted((start, gap))
    total = size(article, "chars", 0, len(article.gaps) - 1)
    return any(
        all(size(article, a.unit, above, below) <= (a.number * total if a.unit == "%" else a.number) for a in every)
        for every in rule.within.distance.alternatives
    )


def best_service(places: Sequence[Place], gaps: Sequence[tuple[int, bool]]) -> Cost | None:
    """What serving all of *gaps* costs at least; None if their places do not suffice."""
    found = []
    for chosen in permutations(places, len(gaps)):
        pairs = list(zip(chosen, gaps, strict=True))
        if all(gap in place for place, gap in pairs):
            found.append((sum(place[gap][0] for place, gap in pairs), sum(place[gap][1] for place, gap in pairs)))
    return min(found, default=None)


def services(article: Article, rule: Rule, most: int) -> Iterator[tuple[tuple[tuple[int, bool], ...], Cost]]:
    """All sets of gaps that *rule* can serve, and what each costs; distances are not looked at, but for those to the ends."""
    places, last = places_of(article, rule), len(article.gaps) - 1
    reached = sorted({gap for place in places for gap in place})
    reached = [
        (gap, below)
        for gap, below in reached
        if (rule.from_start is None or keeps(article, rule.from_start, 0, gap))
        and (rule.from_end is None or keeps(article, rule.from_end, gap, last))
    ]
    for count in range(most + 1):
        for gaps in combinations(reached, count):
            if len({gap for gap, _ in gaps}) == count and (cost := best_service(places, gaps)) is not None:
                yield gaps, cost
