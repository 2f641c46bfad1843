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

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import attrs

from adslot._door import LISTS, TEXT, Door, Node
from adslot._segment.spelling import spell, whole

# The numbers below were set on one half of 181 real pages and checked on the other. None is on an
# edge: with half or double of each (of shares, three quarters) the same pages are read rightly.

# Shorter texts are bylines, dates and buttons. Counted as UTF-8, like all sizes here, so that a
# Japanese sentence weighs about as much as its translation.
_FEWEST_BYTES = 25
# A paragraph of this size weighs half of it, shorter ones less, longer ones more.
_HALF_WEIGHT_BYTES = 200
# What is left of the weight of a paragraph that is its holder's only one.
_ALONE = 0.5
# Less is no story (five short paragraphs weigh as much): loose text is heard, too.
_STORY = 600.0
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
# The names of holders with a smaller share of the text are not read, for speed.
_TOO_LIGHT = 0.02
# Fewer `<br>` part the lines of an address; from two double ones on they part paragraphs.
_FEWEST_BREAKS = 4

_APART_TAGS = frozenset("nav aside footer dialog".split())
_BESIDE_TAGS = frozenset("header li figure details button a".split())
_INERT_TAGS = frozenset("template noscript".split())
# Elements that are one block of a story, or part of one: no body, whatever they hold.
_NO_BODY_TAGS = LISTS | frozenset(
    "p li dt dd table tbody thead tfoot tr blockquote figure header footer nav details summary a svg math".split()
)
_PAGE_TAGS = frozenset("html body".split())  # their names tell of the whole page, such as `has-sidebar`
_NOT_PROSE = ("a", "script", "style", "noscript", "textarea")
_LOOSE_TAGS = ("body", "main", "article", "section", "div", "td", "li", "span", "font", "center")

_BODY = whole(r"""
    \w*(?:article|artikel|story|post|entry|news|blog|beitrags?|articulo|noticias?|nota|single|detail)-?(?:body|contents?|text|copy)
    (?:body|content)-?(?:body|copy|text) mw-parser-output prose
""")
_BESIDE = whole(r"""
    side-?bar\w* footer\w* menu\w* nav navigation\w* breadcrumbs? related\w* \w*teasers? \w*recirc\w* recommend\w* trending
    most-(?:read|popular|viewed) more-(?:on|from|stories|news) promo newsletter\w* subscri\w+
    author-?(?:box|bio|info|card) about-(?:the-)?author
""")
_TALK = whole(r"""
    comments?(?!-(?:open|closed|off|enabled|disabled)-) comment-?(?:list|form|area|section|body|text|box|thread|item)\w*
    kommentare kommentar-?(?:liste|bereich|box) disqus\w* respond replies cookies? consent\w* gdpr modal\w* pop-?up\w*
""")
_SCHEMA = re.compile(r"(?:^|[\s:/])articleBody(?:$|\s)")


@attrs.frozen
class _Doubt:
    """What speaks against an element: how much of its text counts, and with how much text it is not believed."""

    trust: float
    most_text: float


# Little, but not nothing: a story that stands in such an element itself is found all the same, as
# everything around it counts little, too. Names of layout lie where they hold most of the page's
# text; comments and cookie notices do outgrow stories.
_DOUBT_APART = _Doubt(0.1, 1.0)
_DOUBT_LAYOUT = _Doubt(0.1, 0.5)
_DOUBT_TALK = _Doubt(0.02, 1.0)
_DOUBT_INERT = _Doubt(0.0, 1.0)

_Vote = tuple[Node, float]  # an element that holds text, and the weight of the text


@attrs.define(eq=False)
class _Holder:
    """An element above paragraphs. *text* is all the weight below it, *weight* what counts of that."""

    node: Node
    outer: _Holder | None
    own: float = 0.0
    text: float = 0.0
    weight: float = 0.0
    trust: float = 1.0
    paragraphs: int = 0
    kind: str = ""
    mark: str = ""
    inner: list[_Holder] = attrs.field(factory=list)


def find_body(door: Door, chosen: Node | None = None) -> tuple[Node, str]:
    """The element that holds the story, or *chosen*, and in a few words how it was found."""
    if chosen is not None:
        return chosen, "article.body"
    holders = _holders(door)
    top = holders[0]
    if not top.weight:
        return _whole(door)
    found = _fall_apart(door, top)
    known = _well_known(door, holders, found)
    body = _able(door, known or found)
    if body.outer is None or (not door.is_page and _is_whole(top, body)):
        return _whole(door)
    return body.node, body.mark if body is known else "most of the story's paragraphs"


def _is_whole(top: _Holder, body: _Holder) -> bool:
    """Whether nothing much stands beside *body* in a fragment, or too little in it to tell."""
    return body.paragraphs < _FEWEST_TOGETHER or top.text - body.text <= _NOISE * top.text


def _whole(door: Door) -> tuple[Node, str]:
    if not door.is_page:
        return door.root, "the whole fragment"
    return next(iter(door.find_all(door.root, "body")), door.root), "the whole page"


def _holders(door: Door) -> list[_Holder]:
    """The holders of the page's paragraphs or, where these make no story, of all its text."""
    holders = _judged(door, _grown(door, _votes(door, "br")))
    if door.is_page and holders[0].weight < _STORY:
        holders = _judged(door, _grown(door, _votes(door, *_LOOSE_TAGS)))
    return holders


# The votes


def _votes(door: Door, *tags: str) -> Iterator[_Vote]:
    """What paragraphs and elements of *tags* vote for, in tree order; `br` stands for the element that it breaks."""
    breaks: Counter[Node] = Counter()
    for node in door.find_all(door.root, "p", *tags):
        tag = door.tag(node)
        if tag == "p":
            yield from _paragraph(door, node)
        elif tag != "br":
            yield from _loose_lines(door, node)
        else:
            broken = door.parent(node)
            breaks[broken] += 1
            if breaks[broken] == _FEWEST_BREAKS and door.tag(broken) != "p":
                yield from _loose_lines(door, broken)


def _paragraph(door: Door, node: Node) -> Iterator[_Vote]:
    size = _size(door.text(node))
    if size >= _FEWEST_BYTES:
        size -= sum(_size(door.text(inner)) for inner in door.find_all(node, *_NOT_PROSE))
        if size >= _FEWEST_BYTES:
            yield door.parent(node), _weight(size)


def _loose_lines(door: Door, node: Node) -> Iterator[_Vote]:
    """The text that stands directly in *node*, each piece by itself."""
    for child in door.children(node):
        if door.tag(child) == TEXT:
            size = _size(door.text(child).strip())
            if size >= _FEWEST_BYTES:
                yield node, _weight(size)


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _weight(size: int) -> float:
    return size * size / (size + _HALF_WEIGHT_BYTES)


# The tree of holders


def _grown(door: Door, votes: Iterable[_Vote]) -> list[_Holder]:
    """The holders of *votes* up to the root, outer ones first, their text summed up."""
    known = {door.root: _Holder(door.root, None)}
    for node, weight in votes:
        holder = known.get(node) or _add(door, known, node)
        holder.own += weight
        holder.paragraphs += 1
    holders = list(known.values())
    for holder in holders:
        if holder.paragraphs == 1:
            holder.own *= _ALONE
    for holder in reversed(holders):
        holder.text += holder.own
        if holder.outer is not None:
            holder.outer.text += holder.text
            holder.outer.paragraphs += holder.paragraphs
    return holders


def _add(door: Door, known: dict[Node, _Holder], node: Node) -> _Holder:
    """Make *node* a holder, and all above it that are none yet."""
    path = []
    while node not in known:
        path.append(node)
        node = door.parent(node)
    holder = known[node]
    for step in reversed(path):
        known[step] = inner = _Holder(step, holder)
        holder.inner.append(inner)
        holder = inner
    return holder


def _judged(door: Door, holders: list[_Holder]) -> list[_Holder]:
    """Weigh *holders* by what their tags and names say of them."""
    everything = holders[0].text
    for holder in holders[1:]:
        doubt = _doubt(door, holder, read_names=holder.text > _TOO_LIGHT * everything)
        trust = 1.0 if doubt is None or holder.text > doubt.most_text * everything else doubt.trust
        holder.trust = trust * (holder.outer.trust if holder.outer else 1.0)
    for holder in reversed(holders):
        holder.own *= holder.trust
        holder.weight += holder.own
        if holder.outer is not None:
            holder.outer.weight += holder.weight
    return holders


def _doubt(door: Door, holder: _Holder, *, read_names: bool) -> _Doubt | None:
    """What speaks against *holder*; what speaks for it is kept in it."""
    tag = door.tag(holder.node)
    if tag[0] == "#" or tag in _INERT_TAGS:
        return _DOUBT_INERT
    if tag in _APART_TAGS:
        return _DOUBT_APART
    if tag in _BESIDE_TAGS:
        return _DOUBT_LAYOUT
    if tag in _PAGE_TAGS or not read_names:
        return None
    classes, name = door.attribute(holder.node, "class"), door.attribute(holder.node, "id")
    holder.kind = f"{tag} {classes}"
    if _SCHEMA.search(door.attribute(holder.node, "itemprop") or door.attribute(holder.node, "property")):
        holder.mark = "schema.org articleBody"
        return None
    holder.mark, doubt = _spoken(classes, name)
    return doubt


@lru_cache(maxsize=4096)
def _spoken(classes: str, name: str) -> tuple[str, _Doubt | None]:
    """What names speak for, as the selector of a well-known container, and what against."""
    spelled = spell(f"{classes} {name}")
    if _BODY.search(spelled):
        names = [*("." + word for word in classes.split()), *("#" + word for word in name.split())]
        return next((word for word in names if _BODY.search(spell(word))), ""), None
    return "", _DOUBT_TALK if _TALK.search(spelled) else _DOUBT_LAYOUT if _BESIDE.search(spelled) else None


# The choice


def _fall_apart(door: Door, holder: _Holder) -> _Holder:
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


def _by_weight(holder: _Holder) -> float:
    return holder.weight


def _parts(door: Door, holder: _Holder, heaviest: _Holder) -> list[_Holder]:
    """The children of *holder* that share the story: *heaviest*, and its like in text that lead up to it or are of its kind."""
    leads_up = door.tag(holder.node) not in _PAGE_TAGS
    found = []
    for inner in holder.inner:
        if inner is heaviest:
            leads_up = False
            found.append(inner)
        elif (leads_up or inner.kind == heaviest.kind) and _are_alike(inner, heaviest):
            found.append(inner)
    return found


def _are_alike(one: _Holder, other: _Holder) -> bool:
    """Whether the paragraphs of both weigh about as much."""
    mean, other_mean = one.weight / one.paragraphs, other.weight / other.paragraphs
    return mean >= _ALIKE * other_mean and other_mean >= _ALIKE * mean


def _are_articles(door: Door, parts: Sequence[_Holder]) -> bool:
    """Whether *parts* are articles of their own, one after another: a page without end."""
    return len(parts) > 1 and all(door.find_all(part.node, "h1") for part in parts)


def _outweighs(inner: _Holder, holder: _Holder) -> bool:
    """Whether *inner* is the story, and what stands around it in *holder* is not."""
    return (
        inner.weight >= _MOST * holder.weight
        and inner.paragraphs >= _FEWEST_TOGETHER
        and holder.own <= _MOST_AROUND * holder.weight
    )


def _well_known(door: Door, holders: Iterable[_Holder], found: _Holder) -> _Holder | None:
    """The well-known container next above *found*, else the innermost one that holds about as much."""
    for holder in _upwards(found):
        if holder.mark and found.weight >= _BORNE_OUT * holder.weight:
            return holder
    marked = [holder for holder in holders if holder.mark and holder.weight >= _BORNE_OUT * found.weight]
    if not marked:
        return None
    heaviest = max(marked, key=_by_weight)
    return next(holder for holder in _upwards(_fall_apart(door, heaviest)) if holder.mark)


def _upwards(holder: _Holder | None) -> Iterator[_Holder]:
    while holder is not None:
        yield holder
        holder = holder.outer


def _able(door: Door, holder: _Holder) -> _Holder:
    """*holder*, or the nearest one around it that can be a body."""
    while holder.outer is not None and door.tag(holder.node) in _NO_BODY_TAGS:
        holder = holder.outer
    return holder
