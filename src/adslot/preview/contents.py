"""The contents of an article: its sections, each with what it holds and how many slots it got."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import attrs

from adslot.html.text import one_line, shortened
from adslot.planner.plan import Plan

_WIDTH = 80
# With the page's own heading above, as deep as headings go.
_DEEPEST = 4


@attrs.frozen(kw_only=True)
class Entry:
    """A section: its *title*, how *deep* it is nested, and what it has from its *first* block on."""

    index: int
    first: int
    has_heading: bool
    title: str
    deep: int
    blocks: int
    chars: int
    slots: int


def contents(plan: Plan) -> Iterator[Entry]:
    """The sections of a plan's article, in order; an opening section without a block is left out."""
    slots = Counter(plan.article.section_at[each.gap] for each in plan.placements if each.gap is not None)
    deep: dict[int, int] = {}
    for section in plan.article.sections:
        deep[section.index] = 0 if section.parent is None else deep[section.parent] + 1
        if section.blocks or slots[section.index]:
            yield Entry(
                index=section.index,
                first=section.first,
                has_heading=section.heading is not None,
                title=shortened(one_line(section.heading.text), _WIDTH) if section.heading else "Opening",
                deep=min(deep[section.index], _DEEPEST),
                blocks=len(section.blocks),
                chars=sum(block.chars for block in section.blocks),
                slots=slots[section.index],
            )
