"""What is wrong with one slot, whatever other slots the page has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from adslot.checker.anchors import Leads
from adslot.checker.page import Breach, FilledPage
from adslot.checker.positions import FoundSlot
from adslot.html.text import visible
from adslot.policy.declarations import Rule


def breaches(filled: FilledPage, leads: Mapping[str, Leads]) -> Iterator[Breach]:
    """What is wrong with each own slot of the page; *leads* are those of each rule."""
    for stand in filled.stands:
        yield from _names(stand)
        yield from _content(stand)
        if filled.article.none:
            yield Breach("marker", stand)
        if stand.where == "lost" or (stand.is_editors and stand.where != "gap"):
            yield Breach("misplaced", stand)
            continue
        if stand.where == "gap":
            yield from _in_gap(filled, stand)
        if stand.rule is not None:
            yield from _of_rule(filled, stand, stand.rule, leads[stand.rule.name])


def _names(stand: FoundSlot) -> Iterator[Breach]:
    """Names that the policy does not have, or that do not go together."""
    if stand.rule is None and not stand.is_editors:
        yield Breach("unknown-rule", stand, is_error=False)
    if stand.slot is None:
        yield Breach("unknown-slot", stand, is_error=False)
    if stand.rule is not None and stand.rule.slot != stand.own.slot:
        yield Breach("wrong-slot", stand, against=stand.rule.slot)


def _content(stand: FoundSlot) -> Iterator[Breach]:
    """What a slot must show, and must not hold: somebody may have changed it since it was placed."""
    if stand.own.holds_slots:
        yield Breach("nested", stand)
    label = visible(stand.slot.label) if stand.slot is not None and stand.slot.is_ad else ""
    if label not in stand.own.text:
        yield Breach("no-label", stand, against=label)


def _in_gap(filled: FilledPage, stand: FoundSlot) -> Iterator[Breach]:
    """What holds in a gap for every slot, and only there for what an editor asked for."""
    article, gap = filled.article, stand.gap or 0
    if (reason := article.gaps[gap].unsafe) is not None:
        yield Breach("unsafe", stand, against=reason)
    if stand.is_editors:
        if (stand.own.slot, gap) not in filled.asked:
            yield Breach("anchor", stand, against="the editor's marker")
        return
    if article.gaps[gap].closed:
        yield Breach("marker", stand)
    for code, closed in filled.guarded.items():
        if gap in closed and not (code == "adjacent" and stand.is_stacked):
            yield Breach(code, stand)


def _of_rule(filled: FilledPage, stand: FoundSlot, rule: Rule, leads: Leads) -> Iterator[Breach]:
    """What the rule asks of its slot's place."""
    if fault := leads.fault(stand):
        yield Breach(fault, stand, against=", ".join(map(str, rule.at)))
    if stand.gap is None:
        return
    yield from _neighbours(filled, stand, rule)
    if not filled.is_at_end(stand):
        yield from _ends(filled, stand, rule, stand.gap)


def _neighbours(filled: FilledPage, stand: FoundSlot, rule: Rule) -> Iterator[Breach]:
    """A block above or below that is not one that the rule asks for; the story's ends have none to ask."""
    gap = stand.gap or 0
    for terms, block in ((rule.after, gap - 1), (rule.before, gap)):
        if terms and 0 <= block < filled.last and block not in filled.blocks_of(terms):
            yield Breach("neighbour", stand, against=" or ".join(map(str, terms)))


def _ends(filled: FilledPage, stand: FoundSlot, rule: Rule, gap: int) -> Iterator[Breach]:
    """Distances to the ends of the story."""
    ends = (("start", rule.from_start, 0, gap), ("end", rule.from_end, gap, filled.last))
    for code, distance, above, below in ends:
        if distance is not None and (missing := filled.sizes.missing(distance, above, below)):
            yield Breach.of(code, stand, missing)
