"""Own slots lifted out of a text, with a memory of where each one stood: what the checker begins with."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

import attrs

from adslot._door import Node
from adslot._source.document import Document, Mode, parse
from adslot._source.slots import MARK, RULE_MARK, own_elements, without

Span = tuple[int, int]


@attrs.frozen
class Lifted:
    """An own slot: what it says of itself, and where it stands.

    *span* is in the text as it was given, *offset* in the text without own slots; both are code points.
    """

    slot: str
    rule: str
    id: str
    classes: str
    span: Span
    offset: int


class Cuts:
    """Spans that were cut out of a text, and offsets before and after that."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._cut = list(accumulate((end - start for start, end in spans), initial=0))
        self._seams = [start - cut for (start, _), cut in zip(spans, self._cut, strict=False)]

    def shortened(self, offset: int) -> int:
        """An offset of the whole text as one of the shorter text."""
        count = bisect_left(self._spans, (offset, offset))
        if count and offset < self._spans[count - 1][1]:
            return self._seams[count - 1]
        return offset - self._cut[count]

    def whole(self, offset: int, *, is_end: bool) -> int:
        """An offset of the shorter text as one of the whole: behind what was cut out there, unless it ends something."""
        count = bisect_left(self._seams, offset) if is_end else bisect_right(self._seams, offset)
        return offset + self._cut[count]


@attrs.frozen
class Lifting:
    """A *text* without own slots, its tree, and the *slots* that were lifted out, in source order."""

    text: str
    document: Document
    slots: tuple[Lifted, ...]
    rounds: tuple[Cuts, ...] = attrs.field(repr=False)

    def span(self, span: Span) -> Span:
        """A span of the text without slots as one of the text as it was given."""
        return _whole(self.rounds, span)


def lift(text: str, mode: Mode = "auto") -> Lifting:
    """Lift the own slots out of *text*: the same as `strip_parsed`, round by round."""
    document, rounds = parse(text, mode), list[Cuts]()
    found: list[tuple[int, Document, Node, Span]] = []
    while elements := own_elements(document):
        found += [(len(rounds), document, element, span) for element, span in elements]
        spans = [span for _, span in elements]
        rounds.append(Cuts(spans))
        text = without(text, spans)
        document = parse(text, mode)
    slots = [_lifted(rounds, *each) for each in found]
    return Lifting(text, document, tuple(sorted(slots, key=lambda slot: slot.span)), tuple(rounds))


def _lifted(rounds: Sequence[Cuts], number: int, document: Document, element: Node, span: Span) -> Lifted:
    """The slot *element*, which was found in the round of this *number*."""
    offset = span[0]
    for cuts in rounds[number:]:
        offset = cuts.shortened(offset)
    slot, rule, name, classes = (document.attribute(element, a).strip() for a in (MARK, RULE_MARK, "id", "class"))
    return Lifted(slot, rule, name, classes, _whole(rounds[:number], span), offset)


def _whole(rounds: Sequence[Cuts], span: Span) -> Span:
    start, end = span
    for cuts in reversed(rounds):
        empty = start == end
        start = cuts.whole(start, is_end=False)
        end = start if empty else cuts.whole(end, is_end=True)
    return start, end
