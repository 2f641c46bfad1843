"""Votes: the elements above a page's paragraphs, and how much of the story each holds.

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
from adslot.html.dom import TEXT, Dom, Node
from adslot.kept import kept, size_of_text

# The numbers below were set on one half of 181 real pages and checked on the other. None is on an
# edge: with half or double of each (of shares, three quarters) the same pages are read rightly.

# Shorter texts are bylines, dates and buttons. Counted as UTF-8, like all sizes here, so that a
# Japanese sentence weighs about as much as its translation.
_FEWEST_BYTES = 25
# A paragraph of this size weighs half of it, shorter ones less, longer ones more.
_HALF_WEIGHT_BYTES = 200
# What is left of the weight of a paragraph that is its container's only one.
_ALONE = 0.5
# Less is no story (five short paragraphs weigh as much): loose text is heard, too.
_STORY = 600.0
# The names of containers with a smaller share of the text are not read, for speed.
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
class Container:
    """An element above paragraphs. *text* is all the weight below it, *weight* what counts of that."""

    node: Node
    outer: Container | None
    own: float = 0.0
    text: float = 0.0
    weight: float = 0.0
    trust: float = 1.0
    paragraphs: int = 0
    kind: str = ""
    mark: str = ""
    inner: list[Container] = attrs.field(factory=list)


def containers_of(dom: Dom) -> list[Container]:
    """The containers of the page's paragraphs or, where these make no story, of all its text."""
    containers = _judged(dom, _grown(dom, _votes(dom, "br")))
    if dom.is_page and containers[0].weight < _STORY:
        containers = _judged(dom, _grown(dom, _votes(dom, *_LOOSE_TAGS)))
    return containers


# The votes


def _votes(dom: Dom, *tags: str) -> Iterator[_Vote]:
    """What paragraphs and elements of *tags* vote for, in tree order; `br` stands for the element that it breaks."""
    breaks: Counter[Node] = Counter()
    for node in dom.find_all(dom.root, "p", *tags):
        tag = dom.tag(node)
        if tag == "p":
            if (size := _prose_size(dom, node)) >= _FEWEST_BYTES:
                yield dom.parent(node), _weight(size)
        elif tag != "br":
            yield from _loose_lines(dom, node)
        else:
            broken = dom.parent(node)
            breaks[broken] += 1
            if breaks[broken] == _FEWEST_BREAKS and dom.tag(broken) != "p":
                yield from _loose_lines(dom, broken)


def _prose_size(dom: Dom, paragraph: Node) -> int:
    """The size of a paragraph's text outside links and the like."""
    size = _size(dom.text(paragraph))
    if size < _FEWEST_BYTES or not dom.holds(paragraph, _NOT_PROSE_NAMES):
        return size
    return size - sum(_size(dom.text(inner)) for inner in dom.find_all(paragraph, *_NOT_PROSE))


def _loose_lines(dom: Dom, node: Node) -> Iterator[_Vote]:
    """The text that stands directly in *node*, each piece by itself."""
    for child in dom.children(node):
        if dom.tag(child) == TEXT:
            size = _size(dom.text(child).strip())
            if size >= _FEWEST_BYTES:
                yield node, _weight(size)


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _weight(size: int) -> float:
    return size * size / (size + _HALF_WEIGHT_BYTES)


# The tree of containers


def _grown(dom: Dom, votes: Iterable[_Vote]) -> list[Container]:
    """The containers of *votes* up to the root, outer ones first, their text summed up."""
    known = {dom.root: Container(dom.root, None)}
    for node, weight in votes:
        container = known.get(node) or _add(dom, known, node)
        container.own += weight
        container.paragraphs += 1
    containers = list(known.values())
    for container in containers:
        if container.paragraphs == 1:
            container.own *= _ALONE
    for container in reversed(containers):
        container.text += container.own
        if container.outer is not None:
            container.outer.text += container.text
            container.outer.paragraphs += container.paragraphs
    return containers


def _add(dom: Dom, known: dict[Node, Container], node: Node) -> Container:
    """Make *node* a container, and all above it that are none yet."""
    path = []
    while node not in known:
        path.append(node)
        node = dom.parent(node)
    container = known[node]
    for step in reversed(path):
        known[step] = inner = Container(step, container)
        container.inner.append(inner)
        container = inner
    return container


def _judged(dom: Dom, containers: list[Container]) -> list[Container]:
    """Weigh *containers* by what their tags and names say of them."""
    everything = containers[0].text
    for container in containers[1:]:
        doubt = _doubt(dom, container, read_names=container.text > _TOO_LIGHT * everything)
        trust = 1.0 if doubt is None or container.text > doubt.most_text * everything else doubt.trust
        container.trust = trust * (container.outer.trust if container.outer else 1.0)
    for container in reversed(containers):
        container.own *= container.trust
        container.weight += container.own
        if container.outer is not None:
            container.outer.weight += container.weight
    return containers


def _doubt(dom: Dom, container: Container, *, read_names: bool) -> _Doubt | None:
    """What speaks against *container*; what speaks for it is kept in it."""
    tag = dom.tag(container.node)
    if tag[0] == "#" or tag in _INERT_TAGS:
        return _DOUBT_INERT
    if tag in _APART_TAGS:
        return _DOUBT_APART
    if tag in _BESIDE_TAGS:
        return _DOUBT_LAYOUT
    if tag in PAGE_TAGS or not read_names:
        return None
    classes, name = dom.attribute(container.node, "class"), dom.attribute(container.node, "id")
    container.kind = f"{tag} {classes}"
    if _SCHEMA.search(dom.attribute(container.node, "itemprop") or dom.attribute(container.node, "property")):
        container.mark = "schema.org articleBody"
        return None
    container.mark, doubt = _spoken((classes, name))
    return doubt


def is_body_name(name: str) -> bool:
    """Whether a class or an id is one of a well-known container."""
    return _BODY.search(spell(name)) is not None


def is_talk(dom: Dom, element: Node) -> bool:
    """Whether the names of an element say that readers write in it, or that it covers the page."""
    tag = dom.tag(element)
    if tag[0] == "#" or tag in PAGE_TAGS:
        return False
    names = f"{dom.attribute(element, 'class')} {dom.attribute(element, 'id')}"
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
