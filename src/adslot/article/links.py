"""Where a page leads: its own addresses, its base, and the links of its story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adslot.article.values import Links
from adslot.html.dom import Door, Node


def links_of(door: Door, parts: Sequence[Node]) -> Links:
    """The links of a story's *parts*, existing teasers included, and what a page's head says of addresses."""
    links = (node for part in parts for node in door.find_all(part, "a", "area"))
    hrefs = (door.attribute(node, "href").strip() for node in links)
    found = tuple(dict.fromkeys(filter(None, hrefs)))
    if not door.is_page:
        return Links(hrefs=found)
    bases = (door.attribute(node, "href").strip() for node in door.find_all(door.root, "base"))
    return Links(tuple(dict.fromkeys(_own(door))), next(filter(None, bases), ""), found)


def _own(door: Door) -> Iterator[str]:
    """The addresses that a page has for itself: the canonical one, then that for social networks."""
    for node in door.find_all(door.root, "link"):
        if "canonical" in door.attribute(node, "rel").lower().split() and (
            href := door.attribute(node, "href").strip()
        ):
            yield href
    for node in door.find_all(door.root, "meta"):
        if door.attribute(node, "property").lower() == "og:url" and (url := door.attribute(node, "content").strip()):
            yield url
