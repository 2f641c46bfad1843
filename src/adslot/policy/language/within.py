"""How far a slot may move from its anchor: `2 paragraphs`, `2 paragraphs down`, `300 chars up`.

Here the amounts are the most that may lie between the two places: of those joined by `and` all hold,
of those joined by `or` one is enough.
"""

from __future__ import annotations

import attrs

from adslot.policy.language.distance import Distance, parse_before

DIRECTIONS = ("up", "down")


@attrs.frozen
class Within:
    """At most *distance* from an anchor, in the *direction* "up" or "down", or in either with None.

    >>> str(parse_within("2  paragraph down"))
    '2 paragraphs down'
    """

    distance: Distance
    direction: str | None = None

    def __str__(self) -> str:
        return str(self.distance) if self.direction is None else f"{self.distance} {self.direction}"


def parse_within(text: str) -> Within:
    """Read how far a slot may move. Raises DistanceError, with the column of the fault.

    >>> parse_within("1 paragraph or 200 chars").direction is None
    True
    """
    return Within(*parse_before(text, DIRECTIONS))
