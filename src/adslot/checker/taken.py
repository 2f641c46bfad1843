"""Anchors that have their slot: each place that an anchor leads to takes one slot of the rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush

from adslot.checker.leads import Leads, Reach, position
from adslot.checker.page import Breach, Filled
from adslot.checker.positions import Stand
from adslot.policy.declarations import Rule


def breaches(filled: Filled, leads: Mapping[str, Leads]) -> Iterator[Breach]:
    """The slots for which no place is left; those that stand where no anchor leads are told elsewhere."""
    for rule in filled.policy.rules:
        if rule.at:
            mine = [stand for stand in filled.stands if stand.rule is rule]
            yield from _of_rule(rule, leads[rule.name], mine)


def _of_rule(rule: Rule, leads: Leads, mine: Sequence[Stand]) -> Iterator[Breach]:
    led = [stand for stand in mine if stand.where != "lost" and leads.fault(stand) is None]
    on_page = [stand for stand in led if stand.where == "page"]
    in_story = sorted((stand for stand in led if stand.where != "page"), key=position)
    for stand in (*on_page[len(leads.outside) :], *_left_over(in_story, leads.reaches)):
        yield Breach("anchor-used", stand, against=", ".join(map(str, rule.at)))


def _left_over(stands: Sequence[Stand], reaches: Sequence[Reach]) -> Iterator[Stand]:
    """The slots without a place. Each gets, of the places that reach it, the one that reaches no farther than others."""
    waiting: list[int] = []
    count = 0
    for stand in stands:
        while count < len(reaches) and reaches[count][0] <= position(stand):
            heappush(waiting, reaches[count][1])
            count += 1
        while waiting and waiting[0] < position(stand):
            heappop(waiting)
        if waiting:
            heappop(waiting)
        else:
            yield stand
