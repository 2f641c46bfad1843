"""Drawings for the reference: stories as columns of blocks, with slots, distances and refusals, as SVG.

Nothing in them is made up: each is of an article that adslot has read, under a policy that it has planned by. They are
written by `make generate`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import accumulate
from textwrap import wrap

import attrs

import adslot
from adslot import Block, Plan, Policy, Refusal
from adslot.roles import GROUPS, SLOT_ROLES, Role
from tools.scenes import Mark, Scene, chars_above, scenes

WIDTH, LEFT, COLUMN, TOP = 420, 92, 206, 40
RIGHT = LEFT + COLUMN + 11
LETTERS = 29  # to a line of a block
HEAD, LINE, BAR, PAD, GAP, SLOT, PICTURE = 18, 14, 9, 8, 10, 28, 44
STYLE = """
svg { --paper: #fff; --edge: #d5dbe1; --ink: #1c2733; --soft: #5b6875; --bar: #cfd6dd; --block: #f4f6f8;
  --ad: #0b6e4f; --on-ad: #fff; --no: #b3261e; --mark: #1f5fbf; --zone: #1f5fbf22;
  font: 11px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
@media (prefers-color-scheme: dark) {
  svg { --paper: #15191e; --edge: #3a444e; --ink: #e6ebf0; --soft: #a3b0bd; --bar: #46525e; --block: #20272e;
    --ad: #3fc796; --on-ad: #08251a; --no: #ff8f85; --mark: #86b4ff; --zone: #86b4ff2e; }
}
text { fill: var(--ink); } .soft { fill: var(--soft); font-size: 10px; } .line { font: bold 12px ui-monospace, Menlo, Consolas, monospace; }
.paper { fill: var(--paper); stroke: var(--edge); } .block { fill: var(--block); stroke: var(--edge); } .bar { fill: var(--bar); }
.slot { fill: var(--ad); } .there { fill: none; stroke: var(--ad); stroke-dasharray: 4 3; } .on { fill: var(--on-ad); font-weight: bold; } .no { fill: var(--no); font-weight: bold; }
.cut { stroke: var(--no); stroke-dasharray: 3 3; } .bold { font-weight: bold; } .mark { fill: var(--mark); font-size: 10.5px; }
.path { stroke: var(--mark); stroke-width: 1.5; fill: none; } .tick { stroke-dasharray: 4 3; } .zone { fill: var(--zone); }
"""


@attrs.frozen
class Column:
    """Where everything stands: the top of each block, and the height of each."""

    plan: Plan
    stacks: Sequence[Sequence[adslot.Placement]]
    tops: Sequence[int]
    heights: Sequence[int]

    @property
    def bottom(self) -> int:
        """Below the last block and the slots that follow it."""
        return self.below(len(self.heights)) + SLOT * len(self.stacks[-1]) + GAP

    def below(self, gap: int) -> int:
        """The bottom of the block above *gap*."""
        return self.tops[gap - 1] + self.heights[gap - 1] if gap else self.tops[0] - GAP - SLOT * len(self.stacks[0])

    def slot(self, gap: int, number: int) -> int:
        """The top of a slot in *gap*."""
        return self.below(gap) + GAP // 2 + SLOT * number

    def middle(self, gap: int) -> int:
        """The middle of *gap*."""
        return self.below(gap) + (GAP + SLOT * len(self.stacks[gap])) // 2

    def at(self, chars: int, *, from_above: bool) -> float:
        """The height at so many characters of the story; between two blocks that of the one *from_above*, or from below."""
        for gap, (block, top, height) in enumerate(zip(self.plan.article.blocks, self.tops, self.heights, strict=True)):
            rest = chars - chars_above(self.plan, gap)
            if rest < block.chars or (rest == block.chars and from_above):
                return top + height * max(rest, 0) / max(block.chars, 1)
        return self.below(len(self.heights))


def files() -> Iterator[tuple[str, str]]:
    """Each drawing, with the name of its file."""
    for scene in scenes():
        yield f"{scene.name}.svg", drawn(scene)


def drawn(scene: Scene) -> str:
    """A scene as SVG."""
    policy = adslot.loads(scene.policy)
    column = column_of(adslot.place(scene.html, policy).plan)
    height = column.bottom + 12
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc">',
        f'<title id="title">{escape(scene.said)}</title>',
        f'<desc id="desc">{escape(" ".join(told(column.plan, scene)))}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect class="paper" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="8"/>',
        _text(14, 24, scene.line, "line"),
        *_blocks(column),
        *_slots(column, policy),
        *_refusals(column, scene),
        *(part for mark in scene.marks(column.plan) for part in _mark(column, mark)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def column_of(plan: Plan) -> Column:
    """The layout of a plan."""
    blocks = plan.article.blocks
    stacks = [[each for each in plan.placements if each.gap == gap] for gap in range(len(blocks) + 1)]
    heights = [_height(block) for block in blocks]
    steps = [height + GAP + SLOT * len(stack) for height, stack in zip(heights, stacks[1:], strict=True)]
    tops = list(accumulate(steps[:-1], initial=TOP + SLOT * len(stacks[0])))
    return Column(plan, stacks, tops, heights)


def refusal_of(plan: Plan, gap: int, shown: Sequence[str]) -> Refusal | None:
    """The reason to show at a gap: one of the codes *shown*, else the first; None where a slot stands, and at the ends."""
    if not 0 < gap < len(plan.article.blocks) or any(each.gap == gap for each in plan.placements):
        return None
    reasons = plan.explain(gap=gap)
    return next((reason for reason in reasons if reason.code in shown), reasons[0])


def told(plan: Plan, scene: Scene) -> Iterator[str]:
    """What there is to see, from top to bottom, in words."""
    for gap in range(len(plan.article.blocks) + 1):
        if gap:
            block = plan.article.blocks[gap - 1]
            yield f"{_named(block).capitalize()}{f', {block.chars} chars' if block.chars else ''}."
        yield from (f"Slot {each.slot}, rule {each.rule}." for each in plan.placements if each.gap == gap)
        if (reason := refusal_of(plan, gap, scene.shown)) is not None:
            yield f"No slot here: {' '.join(filter(None, (reason.code, _numbers(reason))))}."


def _named(block: Block) -> str:
    return " · ".join((str(block.role), *sorted(block.traits)))


def _height(block: Block) -> int:
    lines = len(wrap(block.text, LETTERS))
    text = LINE + BAR * (lines - 1) if lines else 0
    return HEAD + PAD + text + (PICTURE if _is_picture(block) else 0)


def _is_picture(block: Block) -> bool:
    return block.role in GROUPS["media"] and block.role not in (Role.CODE, Role.BOX) and not block.chars


def _blocks(column: Column) -> Iterator[str]:
    for block, top, height in zip(column.plan.article.blocks, column.tops, column.heights, strict=True):
        style = "there" if block.role in SLOT_ROLES else "block"
        yield f'<rect class="{style}" x="{LEFT}" y="{top}" width="{COLUMN}" height="{height}" rx="4"/>'
        yield _text(LEFT + 8, top + 13, _named(block), "soft")
        if block.chars:
            yield _text(LEFT + COLUMN - 8, top + 13, f"{block.chars} chars", "soft", "end")
        if _is_picture(block):
            yield from _picture(LEFT + 8, top + HEAD)
        yield from _lines(block, top + HEAD + (PICTURE if _is_picture(block) else 0))


def _lines(block: Block, top: int) -> Iterator[str]:
    """The first line of a text, and bars as long as the others."""
    first, *others = wrap(block.text, LETTERS) or [""]
    style = "bold" if block.role in GROUPS["headings"] else ""
    yield _text(LEFT + 8, top + 10, first, style)
    for number, line in enumerate(others):
        width = round((COLUMN - 16) * len(line) / LETTERS)
        yield f'<rect class="bar" x="{LEFT + 8}" y="{top + LINE + BAR * number + 2}" width="{width}" height="4" rx="2"/>'


def _picture(x: int, y: int) -> Iterator[str]:
    """A landscape."""
    width, height = COLUMN - 16, PICTURE - 6
    hills = f"M{x} {y + height} l44 -24 l26 14 l34 -22 l{width - 104} 32 z"
    yield f'<rect class="bar" x="{x}" y="{y}" width="{width}" height="{height}" rx="3" opacity="0.45"/>'
    yield f'<path class="bar" d="{hills}"/><circle class="bar" cx="{x + 30}" cy="{y + 10}" r="5"/>'


def _slots(column: Column, policy: Policy) -> Iterator[str]:
    for gap, stack in enumerate(column.stacks):
        for number, each in enumerate(stack):
            top = column.slot(gap, number) + 2
            slot = policy.slot(each.slot)
            yield f'<rect class="slot" x="{LEFT}" y="{top}" width="{COLUMN}" height="{SLOT - 4}" rx="4"/>'
            yield _text(LEFT + COLUMN // 2, top + 16, slot.label or slot.name, "on", "middle")
            yield _text(RIGHT, top + 16, f"rule {each.rule}", "soft")


def _refusals(column: Column, scene: Scene) -> Iterator[str]:
    for gap in range(len(column.stacks)):
        reason = refusal_of(column.plan, gap, scene.shown)
        if reason is None:
            continue
        y, numbers = column.middle(gap), _numbers(reason)
        yield f'<path class="cut" d="M{LEFT - 4} {y} h{COLUMN + 10}"/>'
        yield _text(RIGHT, y + (0 if numbers else 4), f"× {reason.code}", "no")
        if numbers:
            yield _text(RIGHT, y + 12, numbers, "soft")


def _numbers(reason: Refusal) -> str:
    if reason.required is None or reason.actual is None:
        return ""
    needed = ", over" if reason.actual > reason.required else " of"
    return f"{reason.actual}{needed} {reason.required} {reason.unit or ''}".rstrip()


def _mark(column: Column, mark: Mark) -> Iterator[str]:
    """What stands to the left, or behind the story."""
    top = column.at(mark.start, from_above=False)
    bottom = column.at(mark.end, from_above=True)
    if mark.form == "tick":
        top = bottom = (top + bottom) / 2
    x = LEFT - 10
    match mark.form:
        case "zone":
            yield f'<rect class="zone" x="{LEFT - 24}" y="{top:.0f}" width="{COLUMN + 28}" height="{bottom - top:.0f}" rx="3"/>'
        case "tick":
            yield f'<path class="path tick" d="M{LEFT - 24} {top:.0f} h{COLUMN + 28}"/>'
        case "move":
            yield f'<path class="path" d="M{x} {top + 2:.0f} V{bottom + GAP:.0f} m-4 -6 l4 6 l4 -6"/>'
        case "arrow":
            yield f'<path class="path" d="M{x} {top + 2:.0f} V{bottom - 2:.0f} m-4 -6 l4 6 l4 -6 M{x - 4} {top + 8:.0f} l4 -6 l4 6"/>'
        case _:
            yield f'<path class="path" d="M{x + 6} {top:.0f} h-6 V{bottom:.0f} h6"/>'
    yield from _label(mark, top, bottom)


def _label(mark: Mark, top: float, bottom: float) -> Iterator[str]:
    """The lines of a mark: those of a zone at its end, of others in the middle."""
    last = 13 * (len(mark.lines) - 1)
    y = bottom - last - 3 if mark.form == "zone" else (top + bottom - last) / 2 + 4
    for number, line in enumerate(mark.lines):
        yield _text(LEFT - (28 if mark.form in {"zone", "tick"} else 18), round(y + 13 * number), line, "mark", "end")


def _text(x: int, y: int, text: str, style: str = "", anchor: str = "start") -> str:
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x}" y="{y}" class="{style}"{where}>{escape(text)}</text>' if text else ""
