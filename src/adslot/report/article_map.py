"""The map of an article: its blocks under their headings, and in its gaps the slots, or why there are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import attrs

from adslot.article.values import Block
from adslot.html.text import counted, one_line
from adslot.planner.measures import Measures
from adslot.planner.placements import Placement
from adslot.planner.plan import Plan
from adslot.report.columns import cut
from adslot.report.lines import Line
from adslot.report.outline import ROLE_WIDTH, titles
from adslot.report.phrases import Phrases
from adslot.report.verdicts import Stretch, stretches
from adslot.roles import GROUPS, SLOT_ROLES

# A map of more lines says of the blocks inside of empty stretches only how many they are.
_SCREEN = 80


def map_lines(plan: Plan, rule: str | None, width: int) -> list[Line]:
    """The map in lines of at most *width* columns, with the reasons of *rule* alone if one is named."""
    drawing = _Drawing(plan, rule, width)
    lines = list(drawing.lines(folded=False))
    return lines if len(lines) <= _SCREEN else list(drawing.lines(folded=True))


@attrs.frozen
class _Block:
    """A block of the story with its number, and its *chars* as distances count them."""

    number: int
    block: Block
    chars: int

    @property
    def is_landmark(self) -> bool:
        """Whether it is never folded: headings, and slots that the page has itself."""
        return self.block.role in GROUPS["headings"] or self.block.role in SLOT_ROLES


@attrs.frozen
class _Empty:
    """The gaps *first* to *last*, which stay empty, and in a *text* why."""

    first: int
    last: int
    text: str


class _Drawing:
    """Draws the map of one plan."""

    def __init__(self, plan: Plan, rule: str | None, width: int) -> None:
        self._plan, self._width, self._phrases = plan, width, Phrases(plan)
        last = len(plan.article.blocks)
        self._margin = len(f"gaps {last}-{last} ")
        self._room = width - self._margin - len("+ ")
        before = Measures(plan.article.blocks, plan.policy.article.sizes).before("chars")
        self._blocks = [_Block(i, block, before[i + 1] - before[i]) for i, block in enumerate(plan.article.blocks)]
        self._placed: dict[int | None, list[Placement]] = {}
        for placement in plan.placements:
            self._placed.setdefault(placement.gap, []).append(placement)
        self._empty = {empty.first: empty for empty in self._told(stretches(plan, rule))}

    def lines(self, *, folded: bool) -> Iterator[Line]:
        """The map; *folded*, the blocks inside of an empty stretch are counted where they are several alike."""
        gap, last = 0, len(self._blocks)
        while gap <= last:
            empty = self._empty.get(gap)
            yield from self._gap_lines(gap, empty)
            end = gap if empty is None else empty.last
            inside, below = self._blocks[gap:end], self._blocks[end : end + 1]
            yield from self._folded_lines(inside) if folded else map(self._block_line, inside)
            yield from map(self._block_line, below)
            gap = end + 1
        if self._plan.article.outside:
            count = counted(len(self._plan.article.outside), "block")
            yield Line(cut(f"{'':{self._margin}}  ({count} above or below the story: --all)", self._width))

    def _told(self, found: Iterable[Stretch]) -> list[_Empty]:
        """Empty gaps with what is said of them; neighbours of which the same is said are one."""
        told: list[_Empty] = []
        for stretch in found:
            text, before = self._phrases.line(stretch.verdicts, self._room), told[-1] if told else None
            if before and (before.text, before.last) == (text, stretch.first - 1) and stretch.first not in self._placed:
                told[-1] = attrs.evolve(before, last=stretch.last)
            else:
                told.append(_Empty(stretch.first, stretch.last, text))
        return told

    def _gap_lines(self, gap: int, empty: _Empty | None) -> Iterator[Line]:
        label = f"gap {gap}"
        for placement in self._placed.get(gap, ()):
            text = f"{placement.slot} (rule {placement.rule}){titles(placement)}"
            yield Line(f"{label:{self._margin}}+ {cut(one_line(text), self._room)}", "slot")
            label = ""
        if empty is not None:
            label = label if empty.first == empty.last else f"gaps {gap}-{empty.last}"
            yield Line(f"{label:{self._margin}}- {empty.text}", "reason")

    def _block_line(self, each: _Block) -> Line:
        block, text = each.block, one_line(each.block.text)
        role = f"existing {block.role}" if block.role in SLOT_ROLES else str(block.role)
        if block.role in GROUPS["headings"]:
            text = f"{'#' * min(block.level, 6)} {text}"
        look = "heading" if block.role in GROUPS["headings"] else "existing" if block.role in SLOT_ROLES else ""
        return self._line(str(each.number), role, each.chars, text, look)

    def _line(self, number: str, role: str, chars: int, text: str, look: str = "") -> Line:
        line = f"{number:>{self._margin - 1}}  {role:{ROLE_WIDTH}}{chars:>5}  "
        return Line((line + cut(text, self._width - len(line))).rstrip(), look)

    def _folded_lines(self, blocks: Sequence[_Block]) -> Iterator[Line]:
        """*blocks* with those between two landmarks in one line."""
        for is_landmark, group in groupby(blocks, key=lambda each: each.is_landmark):
            found = list(group)
            if is_landmark or len(found) == 1:
                yield from map(self._block_line, found)
                continue
            label = f"{found[0].number}-{found[-1].number}"
            chars = sum(each.chars for each in found)
            yield self._line(label, counted(len(found), "block"), chars, one_line(found[0].block.text))
