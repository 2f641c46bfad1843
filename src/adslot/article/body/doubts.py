"""Doubts: what speaks against the elements above a page's paragraphs, and for them.

Tags, class names and ids lower what an element's paragraphs count for: little in navigation, next to
nothing among comments, nothing where they are unseen.
"""

from __future__ import annotations

import attrs

from adslot.article.body.votes import Container, weigh
from adslot.article.foreign.covers import is_aria_hidden
from adslot.article.words.class_names import spell, whole
from adslot.html.dom import Dom, Node
from adslot.html.elements import FALLBACK, HEADINGS, PAGE_TAGS
from adslot.kept import kept, size_of_text
from adslot.patterns import pattern

# The names of containers with a smaller share of the text are not read, for speed.
_TOO_LIGHT = 0.02
# So many texts in a row are a stream of teasers, where each has no more paragraphs than this.
_FEWEST_TEASERS = 3
_MOST_PARAGRAPHS = 2

_BODY = whole(r"""
    \w*(?:article|artikel|story|post|entry|news|blog|beitrags?|articulo|noticias?|nota|single|detail)-?(?:body|contents?|text|copy)
    (?:body|content)-?(?:body|copy|text) mw-parser-output prose
""")
_BESIDE = whole(r"""
    side-?bar\w* footer\w* menu\w* nav navigation\w* breadcrumbs? related\w* \w*teasers? \w*recirc\w* recommend\w* trending
    most-(?:read|popular|viewed) more-(?:on|from|stories|news) promo newsletter\w* subscri\w+
    author-?(?:box|bio|info|card|profile)s? authors?(?=-(?:\s|\Z)) bio about-(?:the-)?authors?
    galler(?:y|ies) \w*-?slideshow carousel\w*
""")
_TALK = whole(r"""
    comments?(?!-(?:open|closed|off|enabled|disabled)-) comment-?(?:list|form|area|section|body|text|box|thread|item)\w*
    kommentare kommentar-?(?:liste|bereich|box) disqus\w* respond replies cookies? consent\w* gdpr modal\w* pop-?up\w*
    overlay(?=-(?:\s|\Z)) lightbox log-?in\w* sign-?in onetrust\w* discussions?
    browse-?happy browser-?(?:upgrade|update|notice|warning|alert|message|banner|outdated) (?:outdated|old|unsupported)-?browser
""")
_SCHEMA = pattern(r"(?:^|[\s:/])articleBody(?:$|\s)")


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
_BY_TAG = {
    **dict.fromkeys(FALLBACK, _DOUBT_INERT),
    **dict.fromkeys(("template", "noscript"), _DOUBT_INERT),
    **dict.fromkeys(("nav", "aside", "footer", "dialog"), _DOUBT_APART),
    **dict.fromkeys(("header", "li", "figure", "details", "button", "a"), _DOUBT_LAYOUT),
}


def judged(dom: Dom, containers: list[Container]) -> list[Container]:
    """Weigh *containers* by what their tags and names say of them."""
    everything = containers[0].text
    light = _TOO_LIGHT * everything
    for container in containers[1:]:
        text = container.text
        doubt = _doubt(dom, container, read_names=text > light)
        trust = container.outer.trust if container.outer else 1.0
        if doubt is not None and text <= doubt.most_text * everything:
            trust *= doubt.trust
        if trust != 1.0:
            container.trust = trust
            container.own *= trust
    weigh(containers)
    return containers


def _doubt(dom: Dom, container: Container, *, read_names: bool) -> _Doubt | None:
    """What speaks against *container*; what speaks for it is kept in it."""
    node = container.node
    tag = dom.tag(node)
    if container.is_unseen or tag[0] == "#":
        return _DOUBT_INERT
    if (doubt := _BY_TAG.get(tag)) is not None:
        return doubt
    return _by_names(dom, container, tag) if read_names and tag not in PAGE_TAGS else None


def _by_names(dom: Dom, container: Container, tag: str) -> _Doubt | None:
    """What the names of *container* and the like say against it."""
    node = container.node
    names, classes = dom.attribute_names(node), dom.classes(node)
    container.kind = f"{tag} {classes}"
    if ("itemprop" in names or "property" in names) and _is_story_body(dom, node):
        container.mark = "schema.org articleBody"
        return None
    container.mark, doubt = _spoken((classes, dom.attribute(node, "id") if "id" in names else ""))
    if doubt is None and not container.mark and _are_teasers(dom, container):
        return _DOUBT_APART
    return _DOUBT_LAYOUT if doubt is None and "aria-hidden" in names and is_aria_hidden(dom, node) else doubt


def _is_story_body(dom: Dom, node: Node) -> bool:
    """Whether an element says in the words of schema.org that it is the body of an article."""
    return _SCHEMA.search(dom.attribute(node, "itemprop") or dom.attribute(node, "property")) is not None


def _are_teasers(dom: Dom, container: Container) -> bool:
    """Whether an element holds short texts of one kind, each below a heading that is a link."""
    count = len(container.inner)
    if count < _FEWEST_TEASERS or container.paragraphs > _MOST_PARAGRAPHS * count:
        return False
    first = container.inner[0].node
    kind = (dom.tag(first), dom.classes(first))
    for inner in container.inner[:_FEWEST_TEASERS]:
        if (dom.tag(inner.node), dom.classes(inner.node)) != kind:
            return False
        headings = dom.find_all(inner.node, *HEADINGS)
        if not headings or not (dom.holds(headings[0], "a") or dom.tag(dom.parent(headings[0])) == "a"):
            return False
    return True


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
