"""What a page has too many of: slots of a rule, of a kind, of one id; and too few of what a rule asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from adslot.article.values import Block
from adslot.checker.page import FilledPage, RawFinding
from adslot.checker.positions import FoundSlot
from adslot.html.document import Document
from adslot.policy.declarations import Rule
from adslot.roles import AD, KINDS, SLOT_CLASS, SLOT_ROLES


def findings(filled: FilledPage, document: Document) -> Iterator[RawFinding]:
    """Every count that is wrong; *document* is the page without the own slots."""
    for rule in filled.policy.rules:
        mine = [slot for slot in filled.slots if slot.rule is rule]
        yield from _of_rule(filled, rule, mine)
        yield from _of_sections(filled, rule, mine)
        yield from _stand_ins(filled, rule, mine)
    yield from _of_page(filled)
    if filled.policy.limits.ads_per_section is not None:
        yield from _ads_of_sections(filled, filled.policy.limits.ads_per_section)
    yield from _styles(filled, document)
    if filled.slots:
        yield from _ids(filled, document)


def _of_rule(filled: FilledPage, rule: Rule, mine: Sequence[FoundSlot]) -> Iterator[RawFinding]:
    """`max`, `rate`, `min`, `min_article` and `max_article`."""
    for slot in mine[rule.max :]:
        yield RawFinding("max", slot, required=rule.max, actual=len(mine), unit="slots")
    if rule.rate is not None:
        most = rule.rate.most(filled.sizes.whole(rule.rate.per.unit))
        for slot in mine[most:]:
            yield RawFinding("rate", slot, required=most, actual=len(mine), unit="slots")
    small = None if rule.min_article is None else filled.sizes.missing(rule.min_article, 0, filled.last)
    large = None if rule.max_article is None else filled.sizes.exceeding(rule.max_article, 0, filled.last)
    if small is not None:
        yield from (RawFinding.of("short-article", slot, small) for slot in mine)
    elif large is not None:
        yield from (RawFinding.of("long-article", slot, large) for slot in mine)
    elif len(mine) < rule.min and not filled.article.none:
        yield RawFinding(
            "min", None, required=rule.min, actual=len(mine), unit="slots", against=f"rule {rule.name}", is_error=False
        )


def _of_sections(filled: FilledPage, rule: Rule, mine: Sequence[FoundSlot]) -> Iterator[RawFinding]:
    """`per_section`; what stands outside the body stands in no section."""
    if rule.per_section is None:
        return
    used: Counter[int] = Counter()
    for slot in mine:
        if slot.where == "gap" and slot.gap is not None:
            section = filled.article.gaps[slot.gap].section
            used[section] += 1
            if used[section] > rule.per_section:
                yield RawFinding(
                    "section",
                    slot,
                    required=rule.per_section,
                    actual=used[section],
                    unit="slots",
                    against=f"section {section}",
                )


def _stand_ins(filled: FilledPage, rule: Rule, mine: Sequence[FoundSlot]) -> Iterator[RawFinding]:
    """`instead_of`: slots of a rule beside some of a rule that it stands in for, or that an editor asked for in its place."""
    replaced = {other.slot for other in filled.policy.rules if other.name in rule.instead_of}
    for other in filled.slots if mine and rule.instead_of else ():
        by_rule = other.rule is not None and other.rule.name in rule.instead_of
        if by_rule or (other.is_editors and other.own.slot in replaced):
            yield from (RawFinding("instead", slot, against=other.id) for slot in mine)
            return


def _ads_of_sections(filled: FilledPage, most: int) -> Iterator[RawFinding]:
    """`ads_per_section`: those that the page has and those that editors asked for come before those of rules."""
    there: Counter[int] = Counter()
    for index, block in _existing(filled):
        there[filled.article.gaps[index + 1].section] += block.role == AD
    inside = [s for s in filled.slots if s.kind == AD and s.where == "gap" and s.gap is not None]
    for slot in sorted(inside, key=lambda each: not each.is_editors):
        section = filled.article.gaps[slot.gap or 0].section
        there[section] += 1
        if there[section] > most and not slot.is_editors:
            yield RawFinding(
                "section-limit", slot, required=most, actual=there[section], unit="slots", against=f"section {section}"
            )


def _of_page(filled: FilledPage) -> Iterator[RawFinding]:
    """The limits of the page: existing slots and those that an editor asked for come before those of rules."""
    limits = filled.policy.limits
    for kind, most in [*((kind, limits.of(kind)) for kind in KINDS), (None, limits.slots)]:
        if most is None:
            continue
        existing = [i for i, b in _existing(filled) if kind in (None, b.role)]
        own = [slot for slot in filled.slots if kind in (None, slot.kind)]
        asked = [slot for slot in own if slot.is_editors]
        ruled = [slot for slot in own if not slot.is_editors]
        count, name = len(existing) + len(own), "slots" if kind is None else KINDS[kind].limit
        for slot in [*(asked if most == 0 else ()), *ruled[max(0, most - len(existing) - len(asked)) :]]:
            yield RawFinding("limit", slot, required=most, actual=count, unit=name)
        yield from (
            RawFinding("limit", block, required=most, actual=count, unit=name, is_error=False)
            for block in existing[most:]
        )


def _existing(filled: FilledPage) -> list[tuple[int, Block]]:
    """The ads and teasers that the page has itself, each with its index; none where the policy ignores them."""
    blocks = enumerate(filled.article.blocks) if filled.policy.article.counts_existing else ()
    return [(index, block) for index, block in blocks if block.role in SLOT_ROLES]


def _styles(filled: FilledPage, document: Document) -> Iterator[RawFinding]:
    """A stylesheet that an author put into the story."""
    first, last = filled.positions.extent
    for style in document.find_all(document.root, "style") if filled.slots else ():
        location = document.location(style)
        if location and first <= location.start_tag.start_offset < last and SLOT_CLASS in document.text(style):
            yield RawFinding("style", None, is_error=False)


def _ids(filled: FilledPage, document: Document) -> Iterator[RawFinding]:
    """Own slots whose id another element of the page has."""
    taken = {document.attribute(node, "id") for node in document.holding("id")}
    for slot in filled.slots:
        if slot.own.id in taken and slot.own.id:
            yield RawFinding("duplicate-id", slot, against=slot.id)
        taken.add(slot.own.id)
