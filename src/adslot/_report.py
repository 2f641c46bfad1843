"""Reports: an article's outline and a plan's explanation, for people and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from adslot._plan import Placement, Plan, Refusal
from adslot.article import Article, Block
from adslot.codes import REFUSALS, UNSAFE

_TEXT_WIDTH = 52
# A rule that looks elsewhere anyway: left out of the table of all rules.
_ELSEWHERE = {"anchor", "edge", "missing"}


def outline(article: Article) -> str:
    """The article's sections, indented by level, with the blocks under each."""
    return "\n".join(_outline_lines(article))


def _outline_lines(article: Article) -> Iterator[str]:
    yield f"body: {article.body.how}; {_sizes(article)}"
    for section in article.sections:
        indent = "  " * _depth(article, section.index)
        title = _cut(section.heading.text) if section.heading else "(opening)"
        yield f"{indent}{title}  [{section.words} words, {len(section.blocks)} blocks]"
        for number, block in enumerate(section.blocks, section.first):
            yield f"{indent}  {number:>3} {block.role:<15} {block.chars:>5}  {_cut(block.text)}"


def _depth(article: Article, index: int) -> int:
    depth, parent = 0, article.sections[index].parent
    while parent is not None:
        depth, parent = depth + 1, article.sections[parent].parent
    return depth


def outline_data(article: Article) -> dict[str, Any]:
    """As `outline`, as JSON types."""
    return {
        "body": attrs.asdict(article.body),
        "language": article.language,
        "sections": [
            {
                "heading": section.heading.text if section.heading else None,
                "level": section.level,
                "parent": section.parent,
                "words": section.words,
                "span": section.span,
                "blocks": [_block_data(number, block) for number, block in enumerate(section.blocks, section.first)],
            }
            for section in article.sections
        ],
    }


def _block_data(number: int, block: Block) -> dict[str, Any]:
    return {
        "index": number,
        "role": str(block.role),
        "tag": block.tag,
        "chars": block.chars,
        "words": block.words,
        "span": block.span,
        "text": block.text,
    }


def explanation(plan: Plan, rule: str | None = None) -> str:
    """The article as a table of blocks and gaps: what stands in each gap, or why each rule does not use it."""
    return "\n".join(_explanation_lines(plan, rule))


def _explanation_lines(plan: Plan, rule: str | None) -> Iterator[str]:
    article = plan.article
    yield f"body: {article.body.how}; {_sizes(article)}; {len(plan.placements)} placed; plan {plan.status}"
    for warning in plan.warnings:
        yield f"warning: {warning}"
    for placement in plan.placements:
        if placement.gap is None:
            yield f"      + {_placed(placement)} {placement.anchor}, outside the story"
    for gap in article.gaps:
        yield from (f"      + {_placed(placement)}" for placement in plan.placements if placement.gap == gap.index)
        for name, refusals in _by_rule(plan.explain(rule=rule, gap=gap.index)):
            if {refusal.code for refusal in refusals} & _ELSEWHERE and rule is None:
                continue
            yield f"      - gap {gap.index}, {name}: {'; '.join(map(reason, refusals))}"
        if gap.below is not None:
            block = article.blocks[gap.below]
            yield f"{gap.below:>4}  {block.role:<15} {block.chars:>5}  {_cut(block.text)}"


def _by_rule(refusals: Sequence[Refusal]) -> Iterator[tuple[str, list[Refusal]]]:
    rules: dict[str, list[Refusal]] = {}
    for refusal in refusals:
        rules.setdefault(refusal.rule, []).append(refusal)
    yield from rules.items()


def reason(refusal: Refusal) -> str:
    """One refusal in words, with its numbers.

    >>> reason(Refusal("apart", "in-text", 4, 700, 512, "chars", "adslot-in-text-1"))
    'too near to a slot of the same kind (512 of 700 chars, adslot-in-text-1)'
    """
    numbers = f"{refusal.actual} of {refusal.required} {refusal.unit}" if refusal.unit is not None else ""
    against = UNSAFE.get(refusal.against or "", refusal.against or "")
    details = ", ".join(filter(None, (numbers, against)))
    return REFUSALS[refusal.code] + (f" ({details})" if details else "")


def explanation_data(plan: Plan, rule: str | None = None) -> dict[str, Any]:
    """As `explanation`, as JSON types."""
    return {
        "status": plan.status,
        "warnings": list(plan.warnings),
        "placements": [attrs.asdict(placement) for placement in plan.placements],
        "gaps": [
            attrs.asdict(gap) | {"refusals": [attrs.asdict(r) for r in plan.explain(rule=rule, gap=gap.index)]}
            for gap in plan.article.gaps
        ],
        "blocks": [_block_data(number, block) for number, block in enumerate(plan.article.blocks)],
    }


def _placed(placement: Placement) -> str:
    item = f": {_cut(placement.item.title)}" if placement.item else ""
    return f"{placement.slot} (rule {placement.rule}, id {placement.id}){item}"


def _sizes(article: Article) -> str:
    return f"{len(article.blocks)} blocks, {article.chars} chars"


def _cut(text: str) -> str:
    return text if len(text) <= _TEXT_WIDTH else text[: _TEXT_WIDTH - 1].rstrip() + "…"
