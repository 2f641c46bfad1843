"""Holders: the elements above a page's paragraphs, and how much of the story each holds.

Every paragraph votes for the elements around it with the weight of its text outside links. Tags,
class names and ids lower what an element's paragraphs count for: little in navigation, next to
nothing among comments.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

from adslot.article.class_names import spell, whole
from adslot.html.dom import TEXT, Door, Node
from adslot.kept import kept, size_of_text

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
# The names of holders with a smaller share of the text are not read, for speed.
_TOO_LIGHT = 0.02
# Fewer `<br>` part the lines of an address; from two double ones on they part paragraphs.
_FEWEST_BREAKS = 4

PAGE_TAGS = frozenset("html body".split())  # their names tell of the whole page, such as `has-sidebar`
_APART_TAGS = frozenset("nav aside footer dialog".split())
_BESIDE_TAGS = frozenset("header li figure details button a".split())
_INERT_TAGS = frozenset("template noscript".split())
_NOT_PROSE = ("a", "script", "style", "noscript", "textarea")
_NOT_PROSE_NAMES = ",".join(_NOT_PROSE)
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
class Holder:
    """An element above paragraphs. *text* is all the weight below it, *weight* what counts of that."""

    node: Node
    outer: Holder | None
    own: float = 0.0
    text: float = 0.0
    weight: float = 0.0
    trust: float = 1.0
    paragraphs: int = 0
    kind: str = ""
    mark: str = ""
    inner: list[Holder] = attrs.field(factory=list)


def holders_of(door: Door) -> list[Holder]:
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
            if (size := _prose_size(door, node)) >= _FEWEST_BYTES:
                yield door.parent(node), _weight(size)
        elif tag != "br":
            yield from _loose_lines(door, node)
        else:
            broken = door.parent(node)
            breaks[broken] += 1
            if breaks[broken] == _FEWEST_BREAKS and door.tag(broken) != "p":
                yield from _loose_lines(door, broken)


def _prose_size(door: Door, paragraph: Node) -> int:
    """The size of a paragraph's text outside links and the like."""
    size = _size(door.text(paragraph))
    if size < _FEWEST_BYTES or not door.holds(paragraph, _NOT_PROSE_NAMES):
        return size
    return size - sum(_size(door.text(inner)) for inner in door.find_all(paragraph, *_NOT_PROSE))


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


def _grown(door: Door, votes: Iterable[_Vote]) -> list[Holder]:
    """The holders of *votes* up to the root, outer ones first, their text summed up."""
    known = {door.root: Holder(door.root, None)}
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


def _add(door: Door, known: dict[Node, Holder], node: Node) -> Holder:
    """Make *node* a holder, and all above it that are none yet."""
    path = []
    while node not in known:
        path.append(node)
        node = door.parent(node)
    holder = known[node]
    for step in reversed(path):
        known[step] = inner = Holder(step, holder)
        holder.inner.append(inner)
        holder = inner
    return holder


def _judged(door: Door, holders: list[Holder]) -> list[Holder]:
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


def _doubt(door: Door, holder: Holder, *, read_names: bool) -> _Doubt | None:
    """What speaks against *holder*; what speaks for it is kept in it."""
    tag = door.tag(holder.node)
    if tag[0] == "#" or tag in _INERT_TAGS:
        return _DOUBT_INERT
    if tag in _APART_TAGS:
        return _DOUBT_APART
    if tag in _BESIDE_TAGS:
        return _DOUBT_LAYOUT
    if tag in PAGE_TAGS or not read_names:
        return None
    classes, name = door.attribute(holder.node, "class"), door.attribute(holder.node, "id")
    holder.kind = f"{tag} {classes}"
    if _SCHEMA.search(door.attribute(holder.node, "itemprop") or door.attribute(holder.node, "property")):
        holder.mark = "schema.org articleBody"
        return None
    holder.mark, doubt = _spoken((classes, name))
    return doubt


def is_body_name(name: str) -> bool:
    """Whether a class or an id is one of a well-known container."""
    return _BODY.search(spell(name)) is not None


def is_talk(door: Door, element: Node) -> bool:
    """Whether the names of an element say that readers write in it, or that it covers the page."""
    tag = door.tag(element)
    if tag[0] == "#" or tag in PAGE_TAGS:
        return False
    names = f"{door.attribute(element, 'class')} {door.attribute(element, 'id')}"
    return _TALK.search(spell(names)) is not None


@kept(megabytes=1, size=size_of_text)
def _spoken(names: tuple[str, str]) -> tuple[str, _Doubt | None]:
    """What classes and an id speak for, as the selector of a well-known container, and what against."""
    classes, name = names
    spelled = spell(f"{classes} {name}")
    if _BODY.search(spelled):
        known = [*("." + word for word in classes.split()), *("#" + word for word in name.split())]
        return next((word for word in known if _BODY.search(spell(word))), ""), None
    return "", _DOUBT_TALK if _TALK.search(spelled) else _DOUBT_LAYOUT if _BESIDE.search(spelled) else None
