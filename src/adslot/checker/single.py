"""What is wrong with one slot, whatever other slots the page has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from adslot.checker.anchors import Leads, told
from adslot.checker.page import FilledPage, RawFinding
from adslot.checker.positions import FoundSlot
from adslot.html.text import visible
from adslot.policy.declarations import Rule


def findings(filled: FilledPage, leads: Mapping[str, Leads]) -> Iterator[RawFinding]:
    """What is wrong with each own slot of the page; *leads* are those of each rule."""
    for slot in filled.slots:
        yield from _names(slot)
        yield from _content(slot)
        if filled.article.none:
            yield RawFinding("marker", slot)
        if slot.where == "lost" or (slot.is_editors and slot.where != "gap"):
            yield RawFinding("misplaced", slot)
            continue
        if slot.where == "gap":
            yield from _in_gap(filled, slot)
        if slot.rule is not None:
            yield from _of_rule(filled, slot, slot.rule, leads[slot.rule.name])


def _names(slot: FoundSlot) -> Iterator[RawFinding]:
    """Names that the policy does not have, or that do not go together."""
    if slot.rule is None and not slot.is_editors:
        yield RawFinding("unknown-rule", slot, is_error=False)
    if slot.declared is None:
        yield RawFinding("unknown-slot", slot, is_error=False)
    if slot.rule is not None and slot.rule.slot != slot.own.slot:
        yield RawFinding("wrong-slot", slot, against=slot.rule.slot)


def _content(slot: FoundSlot) -> Iterator[RawFinding]:
    """What a slot must show, and must not hold: somebody may have changed it since it was placed."""
    if slot.own.holds_slots:
        yield RawFinding("nested", slot)
    label = visible(slot.declared.label) if slot.declared is not None and slot.declared.is_ad else ""
    if label not in slot.own.text:
        yield RawFinding("no-label", slot, against=label)


def _in_gap(filled: FilledPage, slot: FoundSlot) -> Iterator[RawFinding]:
    """What holds in a gap for every slot, and only there for what an editor asked for."""
    article, gap = filled.article, slot.gap or 0
    if (reason := article.gaps[gap].unsafe) is not None:
        yield RawFinding("unsafe", slot, against=reason)
    if slot.is_editors:
        if (slot.own.slot, gap) not in filled.asked:
            yield RawFinding("anchor", slot, against="the editor's marker")
        return
    if article.gaps[gap].closed:
        yield RawFinding("marker", slot)
    for code, closed in filled.closing(slot.rule):
        if gap in closed:
            yield RawFinding(code, slot)


def _of_rule(filled: FilledPage, slot: FoundSlot, rule: Rule, leads: Leads) -> Iterator[RawFinding]:
    """What the rule asks of its slot's place."""
    if fault := leads.fault(slot):
        yield RawFinding(fault, slot, against=told(rule))
    if slot.gap is None:
        return
    yield from _neighbours(filled, slot, rule)
    yield from _ends(filled, slot, rule, slot.gap)
    if slot.where == "gap":
        yield from _section(filled, slot, rule, slot.gap)


def _neighbours(filled: FilledPage, slot: FoundSlot, rule: Rule) -> Iterator[RawFinding]:
    """A block above or below that is not one that the rule asks for; the story's ends have none to ask."""
    gap = slot.gap or 0
    for terms, block in ((rule.after, gap - 1), (rule.before, gap)):
        if terms and 0 <= block < filled.last and block not in filled.blocks_of(terms):
            yield RawFinding("neighbour", slot, against=" or ".join(map(str, terms)))


def _ends(filled: FilledPage, slot: FoundSlot, rule: Rule, gap: int) -> Iterator[RawFinding]:
    """Distances to the ends of the story."""
    ends = (("start", rule.from_start, 0, gap), ("end", rule.from_end, gap, filled.last))
    for code, distance, above, below in ends:
        if distance is not None and (missing := filled.sizes.missing(distance, above, below)):
            yield RawFinding.of(code, slot, missing)


def _section(filled: FilledPage, slot: FoundSlot, rule: Rule, gap: int) -> Iterator[RawFinding]:
    """The size of the section that a slot stands in: of the one above, where a heading follows."""
    section = filled.article.sections[filled.article.gaps[gap].section]
    span, against = (section.first, section.first + len(section.blocks)), f"section {section.index}"
    if rule.min_section is not None and (missing := filled.sizes.missing(rule.min_section, *span)):
        yield RawFinding.of("short-section", slot, missing, against)
    if rule.max_section is not None and (over := filled.sizes.exceeding(rule.max_section, *span)):
        yield RawFinding.of("long-section", slot, over, against)
