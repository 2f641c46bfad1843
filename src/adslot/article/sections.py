"""Sections: each heading with what stands under it, nested by level."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from adslot.article.values import Block, Section
from adslot.roles import GROUPS, BlockLike


def section_numbers(blocks: Sequence[BlockLike]) -> list[int]:
    """The index of the section of each gap: of the one that ends there, where a heading follows."""
    if not blocks:
        return []
    headings = GROUPS["headings"]
    begins = [block.role in headings for block in blocks]
    begins[0] = False
    return list(accumulate(begins, initial=0))


def sections_of(blocks: Sequence[Block]) -> tuple[Section, ...]:
    """The sections of *blocks*.

    There is always at least one section: blocks before the first heading, or none at all, are the
    opening section.
    """
    starts = [index for index, block in enumerate(blocks) if block.role in GROUPS["headings"]]
    if not starts or starts[0] > 0:
        starts.insert(0, 0)
    sections: list[Section] = []
    around: list[Section] = []  # those that the next one could stand in, each of a higher rank than the one after it
    for number, (start, stop) in enumerate(zip(starts, [*starts[1:], len(blocks)], strict=True)):
        heading = blocks[start] if blocks and blocks[start].role in GROUPS["headings"] else None
        level = heading.level if heading else 0
        while around and around[-1].level >= level:
            around.pop()
        parent = around[-1].index if around else None
        sections.append(Section(number, heading, level, parent, tuple(blocks[start:stop]), start))
        if heading:
            around.append(sections[-1])
    return tuple(sections)
