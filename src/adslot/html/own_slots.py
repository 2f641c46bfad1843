"""adslot's own slots in a text: found by the parser, lifted out by their source spans, remembered where they stood."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate

import attrs
from turbohtml import Namespace

from adslot.html.document import Document, Mode, check_mode, parse
from adslot.html.dom import Node, Span
from adslot.html.slot_form import excess_of, is_form, kind_of, shown_texts
from adslot.html.source import Source
from adslot.html.text import visible
from adslot.roles import MARK, RULE_MARK

# Taking out a slot can join the text around it to another one. No page that adslot wrote has such a slot.
_MOST_ROUNDS = 4


@attrs.frozen(kw_only=True)
class Lifted:
    """An own slot: what it says of itself, and where it stands.

    *span* is in the text as it was given, *offset* in the text without own slots; both are code points.
    *text* is what it shows. *holds_slots* says whether other own slots stand in it.
    """

    slot: str
    rule: str
    id: str
    kind: str
    text: str
    holds_slots: bool
    span: Span
    offset: int


class Cuts:
    """Spans that were cut out of a text, and offsets before and after that."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._cut = list(accumulate((end - start for start, end in spans), initial=0))
        self._points = [start - cut for (start, _), cut in zip(spans, self._cut, strict=False)]

    def shortened(self, offset: int) -> int:
        """An offset of the whole text as one of the shorter text."""
        count = bisect_left(self._spans, (offset, offset))
        if count and offset < self._spans[count - 1][1]:
            return self._points[count - 1]
        return offset - self._cut[count]

    def whole(self, offset: int, *, is_end: bool) -> int:
        """An offset of the shorter text as one of the whole: behind what was cut out there, unless it ends something."""
        count = bisect_left(self._points, offset) if is_end else bisect_right(self._points, offset)
        return offset + self._cut[count]


@attrs.frozen
class Lifting:
    """A *text* without own slots, its tree, and the *slots* that were lifted out, in source order.

    A *knotted* text is as it was given: one slot after another appeared in it when those before were taken out.
    """

    text: str
    document: Document
    slots: tuple[Lifted, ...] = ()
    rounds: tuple[Cuts, ...] = attrs.field(default=(), repr=False)
    is_knotted: bool = False

    def span(self, span: Span) -> Span:
        """A span of the text without slots as one of the text as it was given."""
        return _whole(self.rounds, span)


@attrs.frozen
class _Element:
    """An own slot in the tree of one round."""

    node: Node
    span: Span
    holds_slots: bool = False


def lift(text: str, mode: Mode = "auto") -> Lifting:
    """Lift the own slots out of *text*. What is left has none, unless it is knotted."""
    given = document = parse(text, mode)
    whole, rounds = text, list[Cuts]()
    found: list[tuple[int, Document, _Element]] = []
    while elements := _outermost(document):
        if len(rounds) == _MOST_ROUNDS:
            return Lifting(whole, given, is_knotted=True)
        found += [(len(rounds), document, element) for element in elements]
        spans = [element.span for element in elements]
        rounds.append(Cuts(spans))
        text = _without(text, spans)
        document = parse(text, mode)
    slots = sorted((_lifted(rounds, *each) for each in found), key=lambda slot: slot.span)
    return Lifting(text, document, tuple(slots), tuple(rounds))


def strip_source(source: Source, mode: Mode = "auto") -> Source:
    """*source* without own slots; the same object where it has none."""
    check_mode(mode)
    return strip_parsed(source, mode)[0] if RULE_MARK in source.text.lower() else source


def strip_parsed(source: Source, mode: Mode = "auto") -> tuple[Source, Lifting]:
    """*source* without own slots, and what was lifted out of it.

    Bytes are read anew then: a declaration of their encoding may have stood in a slot.
    """
    given = source
    for _ in range(_MOST_ROUNDS):
        lifting = lift(source.text, mode)
        if lifting.is_knotted:
            break
        if not lifting.slots:
            return source, lifting
        source = source.without(_merged(slot.span for slot in lifting.slots))
        if source.text == lifting.text:
            return source, lifting
    return given, Lifting(given.text, parse(given.text, mode), is_knotted=True)


def _outermost(document: Document) -> list[_Element]:
    """The own slots that stand in no other, in source order.

    From the inside out: a slot inside does not count for what the element around it holds.
    """
    marked = document.marked()
    own: dict[Node, Span] = {}
    for node in reversed(marked):
        span = _span(document, node)
        if span is not None and excess_of(document, node, own) is None:
            own[node] = span
    found: list[_Element] = []
    for node, span in sorted(own.items(), key=lambda each: each[1]):
        if not found or span[0] >= found[-1].span[1]:
            found.append(_Element(node, span))
        elif not found[-1].holds_slots:
            found[-1] = attrs.evolve(found[-1], holds_slots=True)
    return found


def _span(document: Document, node: Node) -> Span | None:
    """The source span of an element in the form of a slot; None for any other.

    Its start tag is its own: the attributes of a stray tag go to `html` and `body` only.
    """
    if not is_form(document.tag(node), partial(document.attribute, node)):
        return None
    location = document.location(node)
    if location is None or location.end_tag is None or node.namespace is not Namespace.HTML:
        return None
    start: int = location.start_tag.start_offset
    # Without it, a `<` before it would begin a tag of its own with what follows it.
    if document.source[start - 1 : start] == "<":
        return None
    return start, location.end_tag.end_offset


def _lifted(rounds: Sequence[Cuts], number: int, document: Document, element: _Element) -> Lifted:
    """The slot *element*, which was found in the round of this *number*."""
    offset = element.span[0]
    for cuts in rounds[number:]:
        offset = cuts.shortened(offset)
    slot, rule, name, classes = (document.attribute(element.node, a) for a in (MARK, RULE_MARK, "id", "class"))
    return Lifted(
        slot=slot,
        rule=rule,
        id=name,
        kind=kind_of(classes) or "",
        text=visible("".join(shown_texts(document, element.node))),
        holds_slots=element.holds_slots,
        span=_whole(rounds[:number], element.span),
        offset=offset,
    )


def _without(text: str, spans: Sequence[Span]) -> str:
    cut = Source(text).cut(spans)
    return cut if isinstance(cut, str) else ""


def _whole(rounds: Sequence[Cuts], span: Span) -> Span:
    start, end = span
    for cuts in reversed(rounds):
        empty = start == end
        start = cuts.whole(start, is_end=False)
        end = start if empty else cuts.whole(end, is_end=True)
    return start, end


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """*spans*, ascending, those that touch or lie inside others joined."""
    start, end = -1, -1
    for span in spans:
        if span[0] > end:
            if end >= 0:
                yield start, end
            start, end = span
        end = max(end, span[1])
    if end >= 0:
        yield start, end
