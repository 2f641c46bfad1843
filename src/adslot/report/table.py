"""The report on a plan: its article as a table of blocks and gaps, and what held the rules back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from adslot.article.values import Block
from adslot.codes import REASONS, UNUSED
from adslot.html.text import counted, one_line
from adslot.planner.measures import Measures
from adslot.planner.placements import Placement
from adslot.planner.plan import Plan
from adslot.planner.refusals import Refusal
from adslot.planner.shortfalls import reasons, sentences, shortfall_data, shortfalls
from adslot.related.values import as_data
from adslot.report.columns import cut, wrapped
from adslot.report.outline import ROLE_WIDTH, block_data, outside_data, outside_lines, sizes, titles
from adslot.roles import SLOT_ROLES

# The columns of the table: the label of a gap or block, its sizes, and the text.
_HEAD = f"{'':7}{'chars':>6}{'above':>6}{'below':>6}"
_INDENT = len(_HEAD) + 2
_LEAST_WIDTH, _MOST_WIDTH = 60, 120


@attrs.frozen
class Slotted:
    """A slot, existing ads and teasers included, or an end of the story: what it is, and how many chars away."""

    thing: str
    chars: int


def explanation(plan: Plan, rule: str | None = None, *, width: int = 100, brief: bool = False) -> str:
    """The article as a table, and then for each rule that has fewer slots than its max, what holds it back.

    The table has a line for each block and each gap; a gap's line says how many chars away the slots above
    and below are, and what stands there, or why each rule does not use it. A *brief* one has blocks and
    placements only. *rule* names the one to tell of. No line is longer than *width*, where words allow.
    """
    width = min(max(width, _LEAST_WIDTH), _MOST_WIDTH)
    lines = [*_head_lines(plan, width), "", *_table_lines(plan, rule, width, brief=brief)]
    if not brief:
        lines += [*_held_lines(plan, rule, width), *_unused_lines(plan, width)]
    return "\n".join(lines)


def _head_lines(plan: Plan, width: int) -> Iterator[str]:
    article = plan.article
    summary = f"body: {article.body.how}; {sizes(article)}; {len(plan.placements)} placed; plan {plan.status}"
    yield from wrapped(summary, width)
    for warning in plan.warnings:
        yield from wrapped(f"warning: {warning}", width)
    for placement in plan.placements:
        if placement.gap is None:
            yield from wrapped(f"+ {_placed(placement)} {placement.anchor}, outside the story", width)


def _table_lines(plan: Plan, rule: str | None, width: int, *, brief: bool) -> Iterator[str]:
    article, here = plan.article, _by_gap(plan.placements)
    before = _before(plan)
    yield _HEAD
    for gap, near in enumerate(neighbours(plan)):
        said = [f"+ {_placed(placement)}" for placement in here.get(gap, ())]
        if not brief:
            said += [f"- {text}" for text in _refused(plan.explain(rule=rule, gap=gap), every=rule is not None)]
        if said or not brief:
            yield from _gap_lines(gap, near, said, width)
        if gap < len(article.blocks):
            yield _block_line(gap, article.blocks[gap], before[gap + 1] - before[gap], width)
    if article.outside and not brief:
        yield ""
        yield from outside_lines(article, width)


def _held_lines(plan: Plan, rule: str | None, width: int) -> Iterator[str]:
    held = list(shortfalls(plan, rule))
    if held:
        yield ""
        yield from wrapped("Rules below their max, the slots of the other rules given:", width)
    for shortfall in held:
        first, *more = sentences(shortfall)
        yield from wrapped(first, width, "  ")
        for text in more:
            yield from wrapped(text, width, "    ")


def _unused_lines(plan: Plan, width: int) -> Iterator[str]:
    """The related articles that are not shown; those that only lack a place as a number."""
    told = [unused for unused in plan.unused if unused.code != "no-place"]
    rest = len(plan.unused) - len(told)
    if plan.unused:
        yield ""
        yield from wrapped("Related articles that no teaser shows:", width)
    for unused in told:
        against = f" ({cut(unused.against)})" if unused.against else ""
        yield from wrapped(f"{cut(one_line(unused.item.url))}: {UNUSED[unused.code]}{against}", width, "  ")
    if rest:
        others = counted(rest, "more article" if told else "article")
        yield from wrapped(f"{others}: {UNUSED['no-place']}", width, "  ")


def _by_gap(placements: Sequence[Placement]) -> Mapping[int | None, list[Placement]]:
    found: dict[int | None, list[Placement]] = {}
    for placement in placements:
        found.setdefault(placement.gap, []).append(placement)
    return found


def _refused(refusals: Sequence[Refusal], *, every: bool) -> Iterator[str]:
    """The reasons at one gap, rules that have the same listed together; *every* one, or none that look elsewhere."""
    rules: dict[str, list[Refusal]] = {}
    for refusal in refusals:
        rules.setdefault(refusal.rule, []).append(refusal)
    told: dict[str, list[str]] = {}
    for name, found in rules.items():
        if every or not any(REASONS[refusal.code].is_elsewhere for refusal in found):
            told.setdefault(reasons(found), []).append(name)
    yield from (f"{', '.join(names)}: {text}" for text, names in told.items())


def _gap_lines(gap: int, near: tuple[Slotted, Slotted], said: Sequence[str], width: int) -> Iterator[str]:
    above, below = near
    label = f"{f'gap {gap}':7}{'':6}{above.chars:>6}{below.chars:>6}  "
    lines = [line for text in said for line in wrapped(text, width - _INDENT)]
    yield (label + lines[0] if lines else label).rstrip()
    yield from (" " * _INDENT + line for line in lines[1:])


def _block_line(number: int, block: Block, chars: int, width: int) -> str:
    line = f"{number:>7}{chars:>6}{'':14}{block.role:{ROLE_WIDTH}} {cut(one_line(block.text), width - _INDENT - 1 - ROLE_WIDTH)}"
    return line.rstrip()


def _placed(placement: Placement) -> str:
    return f"{placement.slot} (rule {placement.rule}, id {placement.id}){titles(placement)}"


# ------------------------------------------------------------------------------------------ distances


def neighbours(plan: Plan) -> list[tuple[Slotted, Slotted]]:
    """For each gap the nearest slots above and below it, or the ends of the story; the page's own where they count."""
    blocks, last = plan.article.blocks, len(plan.article.blocks)
    placed = {p.gap: p.id for p in plan.placements if p.gap is not None and p.gap != last}
    own = enumerate(blocks) if plan.policy.article.counts_existing else ()
    existing = {b: f"existing {block.role}" for b, block in own if block.role in SLOT_ROLES}
    before = _before(plan)
    above = _nearest(before, placed | existing, "start")
    # Seen from below, what stands before block b stands before gap b + 1.
    turned = {last - gap: name for gap, name in placed.items()} | {last - b - 1: name for b, name in existing.items()}
    below = _nearest([before[-1] - chars for chars in reversed(before)], turned, "end")
    return list(zip(above, reversed(below), strict=True))[: len(plan.article.gaps)]


def _before(plan: Plan) -> Sequence[int]:
    """The chars before each gap, as distances count them."""
    return Measures(plan.article.blocks, plan.policy.article.sizes).before("chars")


def _nearest(before: Sequence[int], marks: Mapping[int, str], end: str) -> list[Slotted]:
    """For each gap the last of *marks* before it, each a gap and a name, and the chars between them."""
    found, name, at = [], end, 0
    for gap, chars in enumerate(before):
        found.append(Slotted(name, chars - before[at]))
        if gap in marks:
            name, at = marks[gap], gap
    return found


# ----------------------------------------------------------------------------------------------- data


def explanation_data(plan: Plan, rule: str | None = None) -> dict[str, Any]:
    """As `explanation`, as JSON types; `docs/reference/explain.schema.json` describes it."""
    return {
        "body": attrs.asdict(plan.article.body),
        "chars": plan.article.chars,
        "status": plan.status,
        "warnings": list(plan.warnings),
        "placements": [_placement_data(placement) for placement in plan.placements],
        "unused": [attrs.asdict(each, recurse=False) | {"item": as_data(each.item)} for each in plan.unused],
        "rules": _rules_data(plan, rule),
        "gaps": [
            attrs.asdict(gap)
            | {"slot_above": attrs.asdict(above), "slot_below": attrs.asdict(below)}
            | {"refusals": [attrs.asdict(refusal) for refusal in plan.explain(rule=rule, gap=gap.index)]}
            for gap, (above, below) in zip(plan.article.gaps, neighbours(plan), strict=True)
        ],
        "blocks": [block_data(number, block) for number, block in enumerate(plan.article.blocks)],
        "outside": outside_data(plan.article),
    }


def _placement_data(placement: Placement) -> dict[str, Any]:
    return attrs.asdict(placement, recurse=False) | {"items": [as_data(item) for item in placement.items]}


def _rules_data(plan: Plan, rule: str | None) -> list[dict[str, Any]]:
    """Every rule with its numbers; with what holds it back where it has fewer slots than its max."""
    held = {shortfall.rule.name: shortfall_data(shortfall) for shortfall in shortfalls(plan, rule)}
    return [
        {
            "name": each.name,
            "slot": each.slot,
            "min": each.min,
            "max": each.max,
            "placed": sum(placement.rule == each.name for placement in plan.placements),
            "conflict": None,
            "nearest": [],
        }
        | held.get(each.name, {})
        for each in plan.policy.rules
        if rule in (None, each.name)
    ]
