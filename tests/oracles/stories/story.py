"""The model of a story: blocks whose roles and sizes are known, as whoever wrote them knows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

import attrs

from tests.oracles.stories.language import Amount, Distance, amount, names_role

EXISTING = ("ad", "teaser")
_COUNTING = ("paragraph", "short-paragraph", "heading", "list", "quote")
_LONG = ("paragraph", "list", "quote")
_MOST_LINES = 5


@attrs.frozen
class Block:
    """A block as it was written: its markup, and the class that selectors find it by."""

    role: str
    html: str
    chars: int = 0
    words: int = 0
    mark: str = ""
    is_intro: bool = False

    def is_of(self, terms: Sequence[str]) -> bool:
        """Whether one of *terms* names it."""
        return any(names_role(term, self.role, self.mark) for term in terms)


@attrs.define
class Story:
    """Blocks, what lies before each gap in every unit, and the section of each gap: that of the block above it."""

    blocks: tuple[Block, ...]
    lead: int | None = None
    sums: dict[str, list[int]] = attrs.field(init=False)
    sections: list[int] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        sizes = {
            "chars": [block.chars for block in self.blocks],
            "words": [block.words for block in self.blocks],
            "paragraphs": [int(block.role == "paragraph") for block in self.blocks],
            "blocks": [int(block.role not in EXISTING) for block in self.blocks],
            "%": [100 * block.chars for block in self.blocks],
        }
        self.sums = {unit: list(accumulate(each, initial=0)) for unit, each in sizes.items()}
        opening = [int(index > 0 and block.role == "heading") for index, block in enumerate(self.blocks)]
        self.sections = [0, *accumulate(opening)]

    @property
    def html(self) -> str:
        """What adslot is given."""
        return "".join(block.html for block in self.blocks)

    @property
    def last(self) -> int:
        """The last gap."""
        return len(self.blocks)

    def offset(self, gap: int) -> int:
        """Where a gap is in the text."""
        return sum(len(block.html) for block in self.blocks[:gap])

    def sized(self, sizes: Mapping[str, str]) -> Story:
        """The story as a policy counts it that says what blocks without text count."""
        return Story(tuple(_sized(block, sizes.get(block.role)) for block in self.blocks), self.lead)

    # ------------------------------------------------------------------------------------------ sizes

    def size(self, unit: str, above: int, below: int) -> int:
        """How much of *unit* lies between two gaps; per cents are hundredths of a char."""
        return self.sums[unit][below] - self.sums[unit][above]

    def total(self, unit: str) -> int:
        """How much of *unit* the story has."""
        return self.sums[unit][-1]

    def needed(self, each: Amount) -> int:
        """An amount in the scale of `size`."""
        return each[0] * self.total("chars") if each[1] == "%" else each[0]

    def told(self, unit: str, above: int, below: int) -> int:
        """The size as reports tell it: per cents are whole ones, rounded down."""
        return self.size(unit, above, below) // (self.total("chars") if unit == "%" else 1)

    def has(self, each: Amount, above: int, below: int) -> bool:
        """Whether at least an amount lies between two gaps."""
        return self.size(each[1], above, below) >= self.needed(each)

    def keeps(self, distance: Distance, above: int, below: int) -> bool:
        """Whether at least a distance lies between two gaps."""
        return any(all(self.has(each, above, below) for each in every) for every in distance)

    def fits(self, distance: Distance, above: int, below: int) -> bool:
        """Whether at most a distance lies between two gaps."""
        return any(all(self.size(each[1], above, below) <= self.needed(each) for each in every) for every in distance)

    # --------------------------------------------------------------------------------------- sections

    def section(self, number: int) -> tuple[int, int]:
        """The gaps above and below the section of this number, from 0: its heading is its own."""
        own = [index for index in range(self.last) if self.sections[index + 1] == number]
        return own[0], own[-1] + 1

    @property
    def headed(self) -> list[tuple[int, int]]:
        """The gaps above and below each section that has a heading."""
        spans = [self.section(number) for number in range(self.sections[-1] + 1)]
        return [span for span in spans if self.blocks[span[0]].role == "heading"]

    # ----------------------------------------------------------------------------------------- guards

    def guarded(self, guard: str) -> set[int]:
        """The gaps that a guard closes; of what the others look for there is nothing in these stories."""
        judges = {"after-heading": self._below_headings, "list-intro": self._introduced, "tail": self._tail}
        judges["adjacent"] = self._beside
        return judges[guard]() if guard in judges else set()

    def _below_headings(self) -> set[int]:
        return {index + 1 for index, block in enumerate(self.blocks) if block.role == "heading"}

    def _introduced(self) -> set[int]:
        found: set[int] = set()
        for index, block in enumerate(self.blocks):
            below = [i for i in range(index + 1, self.last) if self.blocks[i].role not in EXISTING]
            if block.is_intro and below:
                found |= set(range(index + 1, below[0] + 1))
        return found

    def _tail(self) -> set[int]:
        roles, end = [block.role for block in self.blocks], self.last
        while end and roles[end - 1] in ("box", "separator", *EXISTING):
            end -= 1
        first = end
        while first and roles[first - 1] in ("short-paragraph", *EXISTING):
            first -= 1
        lines = roles[first:end].count("short-paragraph")
        is_tail = lines <= _MOST_LINES and any(role in _LONG for role in roles[:first])
        return set(range(first, end)) if is_tail else set()

    def _beside(self) -> set[int]:
        found = [index for index, block in enumerate(self.blocks) if block.role in EXISTING]
        return {gap for index in found for gap in (index, index + 1)}


def _sized(block: Block, size: str | None) -> Block:
    """A block that counts what a policy says, amounts of chars and of words."""
    if size is None or block.role in _COUNTING:
        return block
    counted = {unit: number for number, unit in map(amount, size.split(" and "))}
    return attrs.evolve(block, chars=counted.get("chars", 0), words=counted.get("words", 0))
