"""The sheet: each slot of a plan between the blocks around it, for a person to judge many of them by eye."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from adslot.article.values import Block
from adslot.html.text import one_line
from adslot.planner.placements import AFTER_LEAD, Placement
from adslot.planner.plan import Plan
from adslot.report.columns import cut, cut_start
from adslot.report.outline import INDENT, ROLE_WIDTH, titles

# So many blocks on either side, and so many columns of each.
_BLOCKS = 2
_FIRST_WIDTH = 110
# As many of the end of the block directly above, where that is cut.
_LAST_WIDTH = 60


class Sheet:
    """Sheets of several pages; their slots are numbered through, so that a note can name one."""

    def __init__(self, rule: str | None = None) -> None:
        self._rule, self._numbers = rule, count(1)

    def text(self, plan: Plan) -> str:
        """The slots of *plan*, of one rule or all, each between two blocks above and two below."""
        lines = [line for placement in self._placements(plan) for line in self._lines(plan, placement)]
        return "\n".join(lines or [f"{INDENT}no slot"])

    def data(self, plan: Plan, page: str) -> dict[str, Any]:
        """The same as JSON types, of a file called *page*."""
        return {"page": page, "slots": [self._slot(plan, placement) for placement in self._placements(plan)]}

    def _placements(self, plan: Plan) -> Iterator[Placement]:
        return (placement for placement in plan.placements if self._rule in (None, placement.rule))

    def _lines(self, plan: Plan, placement: Placement) -> Iterator[str]:
        above, below = _around(plan, placement)
        is_elsewhere = placement.gap is None and not below
        yield from map(_line, above)
        if above and (end := _end_of(above[-1])):
            yield f"{INDENT}{'':{ROLE_WIDTH}} {end}"
        if not above and not is_elsewhere:
            yield f"{INDENT}(the story begins)"
        yield f"{next(self._numbers):>4}  + {_name(placement)}"
        yield from map(_line, below)
        if not below and not is_elsewhere:
            yield f"{INDENT}(the story ends)"
        yield ""

    def _slot(self, plan: Plan, placement: Placement) -> dict[str, Any]:
        above, below = _around(plan, placement)
        return {
            "number": next(self._numbers),
            "slot": placement.slot,
            "rule": placement.rule,
            "id": placement.id,
            "gap": placement.gap,
            "anchor": placement.anchor,
            "above": [{"role": str(block.role), "text": block.text} for block in above],
            "below": [{"role": str(block.role), "text": block.text} for block in below],
        }


def _around(plan: Plan, placement: Placement) -> tuple[Sequence[Block], Sequence[Block]]:
    """The blocks above and below a slot; of one outside the story those that it may stand before."""
    blocks = plan.article.blocks
    gap = placement.gap if placement.gap is not None else 0 if placement.anchor == AFTER_LEAD else None
    return ((), ()) if gap is None else (blocks[max(gap - _BLOCKS, 0) : gap], blocks[gap : gap + _BLOCKS])


def _name(placement: Placement) -> str:
    """What stands there, and why there: the rule, the gap and the anchor."""
    where = "outside the story" if placement.gap is None else f"gap {placement.gap}"
    anchor = f", anchor {placement.anchor}" if placement.anchor else ""
    return f"{placement.slot} (rule {placement.rule}, {where}{anchor}){titles(placement)}"


def _line(block: Block) -> str:
    return f"{INDENT}{block.role:{ROLE_WIDTH}} {cut(one_line(block.text), _FIRST_WIDTH)}".rstrip()


def _end_of(block: Block) -> str:
    """The last words of a block of which only the first are shown."""
    text = one_line(block.text)
    return "" if cut(text, _FIRST_WIDTH) == text else cut_start(text, _LAST_WIDTH)
