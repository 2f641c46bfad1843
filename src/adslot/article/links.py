"""Where a page leads: its own addresses, its base, and the links of its story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adslot.article.values import Links
from adslot.html.dom import Dom, Node


def links_of(dom: Dom, parts: Sequence[Node]) -> Links:
    """The links of a story's *parts*, existing teasers included, and what a page's head says of addresses."""
    links = (node for part in parts for node in dom.find_all(part, "a", "area"))
    hrefs = (dom.attribute(node, "href").strip() for node in links)
    found = tuple(dict.fromkeys(filter(None, hrefs)))
    if not dom.is_page:
        return Links(hrefs=found)
    bases = (dom.attribute(node, "href").strip() for node in dom.find_all(dom.root, "base"))
    return Links(tuple(dict.fromkeys(_own(dom))), next(filter(None, bases), ""), found)


def _own(dom: Dom) -> Iterator[str]:
    """The addresses that a page has for itself: the canonical one, then that for social networks."""
    for node in dom.find_all(dom.root, "link"):
        if "canonical" in dom.attribute(node, "rel").lower().split() and (href := dom.attribute(node, "href").strip()):
            yield href
    for node in dom.find_all(dom.root, "meta"):
        if dom.attribute(node, "property").lower() == "og:url" and (url := dom.attribute(node, "content").strip()):
            yield url
