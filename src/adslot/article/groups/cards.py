"""Cards, by structure where no name says it: like siblings with a picture and a few words each, and cards that link.

What is a card shows in what it holds: a picture, a line that is a link as a whole, an excerpt. A caption
with a link in it is none, there the link stands within other words.
"""

from __future__ import annotations

from collections.abc import Sequence

from adslot.article.groups.parts import Part, Wrapper
from adslot.html.dom import TEXT, Dom, Node
from adslot.html.elements import HEADING_NAMES, HEADINGS
from adslot.html.visible import has_picture, text_of

# Code points in one of several cards, and in a card that stands alone.
_MOST_IN_ONE = 250
_MOST_IN_PAIR = 500
_MOST_ALONE = 600
# A title has more.
_LEAST_TITLE = 12
# An excerpt may be so many times as long as its link.
_PROSE_PER_LINK = 4
_CARDS = frozenset("div section article a figure dl span center".split())


def may_be_cards(children: Sequence[tuple[str, Node]]) -> bool:
    """Whether several children of a wrapper, with their tags, have one tag that cards have."""
    tags = [tag for tag, _ in children if tag in _CARDS]
    return len({*tags}) < len(tags)


def are_cards(dom: Dom, parts: Sequence[Part]) -> bool:
    """Whether the parts of a wrapper, perhaps below a heading, are several of a kind: pictures with a few words, or short lists."""
    like = parts[1:] if parts[0].tag in HEADINGS else parts
    if len(like) < 2 or like[0].tag not in _CARDS or any(not _is_like(part, like[0]) for part in like):
        return False
    if all(has_picture(dom, part.node) and len(text_of(dom, part.node)) <= _MOST_IN_ONE for part in like):
        return True
    return len(like) == 2 and all(_is_short_list(dom, part.node) for part in like)


def _is_like(one: Part, other: Part) -> bool:
    """Whether two are of a kind: of one tag, and of one first class, but for numbers and states behind it."""
    return one.tag == other.tag and one.classes.split()[:1] == other.classes.split()[:1]


def _is_short_list(dom: Dom, node: Node) -> bool:
    """Whether an element is a list below its title, as pairs of advantages and drawbacks are."""
    has_title = dom.holds(node, f"{HEADING_NAMES},b,strong")
    return has_title and dom.holds(node, "ul,ol") and len(text_of(dom, node)) <= _MOST_IN_PAIR


def is_link_card(wrapper: Wrapper) -> bool:
    """Whether a wrapper is a card that links: a picture and a title which is a link as a whole, perhaps an excerpt."""
    dom, node = wrapper.dom, wrapper.node
    if not has_picture(dom, node) or wrapper.has_more_than(_MOST_ALONE):
        return False
    links = [link for link in dom.find_all(node, "a") if dom.has_attribute(link, "href")]
    titles = [text_of(dom, link) for link in links if _is_line(dom, link)]
    linked = sum(map(len, titles))
    return linked >= _LEAST_TITLE and len(wrapper.text) - linked <= _PROSE_PER_LINK * linked


def _is_line(dom: Dom, link: Node) -> bool:
    """Whether no words stand beside a link."""
    parent = dom.parent(link)
    return parent is None or not any(
        tag == TEXT and not dom.text(child).isspace() for tag, child in dom.tagged_children(parent)
    )
