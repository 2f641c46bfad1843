"""Where a page with its slots differs from the page that was given: what was lifted out of it, what was put in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from adslot.api.placing import Result, inserts_of
from adslot.html.document import Mode
from adslot.html.dom import Span
from adslot.html.own_slots import strip_parsed
from adslot.html.source import Source


@attrs.frozen
class Change:
    """The bytes of an *old* page that others stand for in a *new* one, each as (start, end); all others are the same."""

    old: Span
    new: Span


def changes_of(
    page: bytes,
    result: Result[bytes],
    *,
    mode: Mode = "auto",
    encoding: str | None = None,
    context: Mapping[str, object] | None = None,
) -> tuple[Change, ...]:
    """What makes the page of *result* of *page*, both known from the slots that are in them, in their order."""
    given = Source.of(page, encoding)
    source, lifting = strip_parsed(given, mode)
    starts = given.offsets(slot.span[0] for slot in lifting.slots)
    ends = given.ends(slot.span[1] for slot in lifting.slots)
    lifted = [(starts[start], ends[end]) for start, end in (slot.span for slot in lifting.slots)]
    inserts = [(offset, len(source.spell(markup))) for offset, markup in inserts_of(result.plan, context)]
    changes = tuple(_matched(page, result.html, _by_place(lifted), _by_place(_written(inserts))))
    return changes if _are_all(changes, page, result.html) else (Change((0, len(page)), (0, len(result.html))),)


def _written(inserts: Iterable[tuple[int, int]]) -> Iterator[Span]:
    """Where slots are that were inserted, each known by its offset in the page without slots and its length."""
    added = 0
    for offset, length in inserts:
        yield offset + added, offset + added + length
        added += length


def _by_place(spans: Iterable[Span]) -> dict[int, Span]:
    """*spans* of slots by their place in the page without slots; those of one place are one, those inside others none."""
    found: dict[int, Span] = {}
    cut = last = 0
    for start, end in spans:
        if start < last:
            continue
        place = start - cut
        found[place] = (found.get(place, (start, end))[0], end)
        cut, last = cut + end - start, end
    return found


def _matched(old: bytes, new: bytes, lifted: Mapping[int, Span], put: Mapping[int, Span]) -> Iterator[Change]:
    """At each place what was there and what is there now, if these differ."""
    cut = added = 0
    for place in sorted(lifted.keys() | put.keys()):
        was = lifted.get(place, (place + cut, place + cut))
        now = put.get(place, (place + added, place + added))
        cut, added = cut + was[1] - was[0], added + now[1] - now[0]
        if old[slice(*was)] != new[slice(*now)]:
            yield Change(was, now)


def _are_all(changes: Sequence[Change], old: bytes, new: bytes) -> bool:
    """Whether nothing else differs. A page that spells one text in several ways may be put together otherwise."""
    was = now = 0
    for change in (*changes, Change((len(old),) * 2, (len(new),) * 2)):
        if old[was : change.old[0]] != new[now : change.new[0]]:
            return False
        was, now = change.old[1], change.new[1]
    return True
