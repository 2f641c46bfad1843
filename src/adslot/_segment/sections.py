"""Sections: each heading with what stands under it, nested by level."""

from __future__ import annotations

from collections.abc import Sequence

from adslot.article import Block, Section
from adslot.roles import GROUPS


def sections_of(blocks: Sequence[Block]) -> tuple[tuple[Section, ...], list[int]]:
    """The sections of *blocks*, and for each block the index of its section.

    There is always at least one section: blocks before the first heading, or none at all, are the
    opening section.
    """
    starts = [index for index, block in enumerate(blocks) if block.role in GROUPS["headings"]]
    if not starts or starts[0] > 0:
        starts.insert(0, 0)
    sections: list[Section] = []
    members: list[int] = []
    for number, (start, stop) in enumerate(zip(starts, [*starts[1:], len(blocks)], strict=True)):
        heading = blocks[start] if blocks and blocks[start].role in GROUPS["headings"] else None
        level = heading.level if heading else 0
        sections.append(Section(number, heading, level, _parent(sections, level), tuple(blocks[start:stop]), start))
        members += [number] * (stop - start)
    return tuple(sections), members


def _parent(sections: Sequence[Section], level: int) -> int | None:
    """The nearest section above with a heading of a higher rank."""
    for section in reversed(sections):
        if 0 < section.level < level:
            return section.index
    return None
