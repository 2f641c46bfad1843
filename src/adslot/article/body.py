"""The body: the element that holds the story.

Names alone do not find it: many sites call their story something of their own, and wrappers of whole
pages, comments and teasers are called `content` too. Text alone does not either: comments may be
longer than the story. So the paragraphs vote, and names only speak for or against.

1. Every paragraph weighs what its text outside links does. Long ones weigh more than several short
   ones together, and one that stands alone in its wrapper weighs half, because notices, teasers and
   comments are short and stand alone.
2. The elements above the paragraphs form a small tree of *holders*, each with the weight below it.
   What stands in navigation, in links, among comments and the like counts a tenth or less.
3. From the root the way leads down into the heaviest child, until the weight falls apart. There the
   children are the story's own paragraphs, or wrappers of them.
4. A well-known container near by (`articleBody`, `entry-content`) is taken instead, where most of
   its weight is the story's.

Pages without proper paragraphs, where `<br>` or `<div>` part the text, vote with their loose text.
Only there are all elements asked; else the cost follows the number of paragraphs. Every holder is
met a fixed number of times, however deep it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from adslot.article.body_votes import PAGE_TAGS, Holder, holders_of
from adslot.html.dom import Door, Node
from adslot.html.elements import LISTS

# Set and checked as the numbers of `holders`.
# A child with this share of the weight is gone into; the rest is a lead or a notice.
_NEARLY_ALL = 0.85
# A child with this share and some paragraphs is gone into as well, where the rest is something else:
# few paragraphs that stand directly beside it (a lead, an introduction), or text unlike its own.
_MOST = 0.5
_FEWEST_TOGETHER = 3
_MOST_AROUND = 0.2
# The paragraphs of one story differ in mean weight by no more than this, from part to part.
_ALIKE = 0.5
# So much of a well-known container's weight must be the story's, and of the story's in it.
_BORNE_OUT = 0.6
# A fragment is a body as a whole, unless this share of its text stands outside the body found.
_NOISE = 0.1
# Elements that are one block of a story, or part of one: no body, whatever they hold.
_NO_BODY_TAGS = LISTS | frozenset(
    "p li dt dd table tbody thead tfoot tr blockquote figure header footer nav details summary a svg math".split()
)


def find_body(door: Door, chosen: Node | None = None) -> tuple[Node, str]:
    """The element that holds the story, or *chosen*, and in a few words how it was found."""
    if chosen is not None:
        return chosen, "article.body"
    if not door.is_page and _is_flat(door):
        return _whole(door)
    holders = holders_of(door)
    top = holders[0]
    if not top.weight:
        return _whole(door)
    found = _fall_apart(door, top)
    known = _well_known(door, holders, found)
    body = _able(door, known or found)
    if body.outer is None or (not door.is_page and _is_whole(top, body)):
        return _whole(door)
    return body.node, body.mark if body is known else "most of the story's paragraphs"


def _is_flat(door: Door) -> bool:
    """Whether nearly all paragraphs stand directly in a fragment: then nothing inside it is its body."""
    direct = [tag for tag, _ in door.tagged_children(door.root)].count("p")
    return direct >= _FEWEST_TOGETHER and direct >= (1 - _NOISE) * len(door.find_all(door.root, "p"))


def _is_whole(top: Holder, body: Holder) -> bool:
    """Whether nothing much stands beside *body* in a fragment, or too little in it to tell."""
    return body.paragraphs < _FEWEST_TOGETHER or top.text - body.text <= _NOISE * top.text


def _whole(door: Door) -> tuple[Node, str]:
    if not door.is_page:
        return door.root, "the whole fragment"
    return next(iter(door.find_all(door.root, "body")), door.root), "the whole page"


def _fall_apart(door: Door, holder: Holder) -> Holder:
    """The innermost element that holds most of the weight of *holder*."""
    while holder.inner:
        heaviest = max(holder.inner, key=_by_weight)
        if heaviest.weight < _NEARLY_ALL * holder.weight:
            parts = _parts(door, holder, heaviest)
            shared = sum(map(_by_weight, parts))
            if shared >= _MOST * holder.weight and _are_articles(door, parts):
                heaviest = parts[0]
            elif heaviest.weight < _NEARLY_ALL * shared or not _outweighs(heaviest, holder):
                break
        holder = heaviest
    return holder


def _by_weight(holder: Holder) -> float:
    return holder.weight


def _parts(door: Door, holder: Holder, heaviest: Holder) -> list[Holder]:
    """The children of *holder* that share the story: *heaviest*, and its like in text that lead up to it or are of its kind."""
    leads_up = door.tag(holder.node) not in PAGE_TAGS
    found = []
    for inner in holder.inner:
        if inner is heaviest:
            leads_up = False
            found.append(inner)
        elif (leads_up or inner.kind == heaviest.kind) and _are_alike(inner, heaviest):
            found.append(inner)
    return found


def _are_alike(one: Holder, other: Holder) -> bool:
    """Whether the paragraphs of both weigh about as much."""
    mean, other_mean = one.weight / one.paragraphs, other.weight / other.paragraphs
    return mean >= _ALIKE * other_mean and other_mean >= _ALIKE * mean


def _are_articles(door: Door, parts: Sequence[Holder]) -> bool:
    """Whether *parts* are articles of their own, one after another: a page without end."""
    return len(parts) > 1 and all(door.holds(part.node, "h1") for part in parts)


def _outweighs(inner: Holder, holder: Holder) -> bool:
    """Whether *inner* is the story, and what stands around it in *holder* is not."""
    return (
        inner.weight >= _MOST * holder.weight
        and inner.paragraphs >= _FEWEST_TOGETHER
        and holder.own <= _MOST_AROUND * holder.weight
    )


def _well_known(door: Door, holders: Iterable[Holder], found: Holder) -> Holder | None:
    """The well-known container next above *found*, else the innermost one that holds about as much."""
    for holder in _upwards(found):
        if holder.mark and found.weight >= _BORNE_OUT * holder.weight:
            return holder
    marked = [holder for holder in holders if holder.mark and holder.weight >= _BORNE_OUT * found.weight]
    if not marked:
        return None
    heaviest = max(marked, key=_by_weight)
    return next(holder for holder in _upwards(_fall_apart(door, heaviest)) if holder.mark)


def _upwards(holder: Holder | None) -> Iterator[Holder]:
    while holder is not None:
        yield holder
        holder = holder.outer


def _able(door: Door, holder: Holder) -> Holder:
    """*holder*, or the nearest one around it that can be a body."""
    while holder.outer is not None and door.tag(holder.node) in _NO_BODY_TAGS:
        holder = holder.outer
    return holder
