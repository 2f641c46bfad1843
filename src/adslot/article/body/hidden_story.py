"""A hidden story: where a page shows next to nothing until a script has run, what its markup hides is read.

Pages that a server streams, or that are hidden while they load, have their story in an element with `hidden` or
with a style that hides it. What lies over a page when it is wanted, such as a dialog, is never read so.
"""

from __future__ import annotations

from adslot.article.body.doubts import is_talk
from adslot.article.body.votes import Container, containers_of_paragraphs
from adslot.html.dom import Dom, Node
from adslot.html.unseen import is_until_shown

# So much must be hidden, and what is seen may be no more than a sentence or two.
_LEAST = 300.0
_MOST_SEEN = 50.0


def hidden_story(dom: Dom, seen: float) -> list[Node]:
    """The elements that hide the story, where the text that is *seen* weighs next to nothing."""
    if seen > _MOST_SEEN:
        return []
    found: list[Node] = []
    within: set[Container] = set()
    weight = 0.0
    for container in containers_of_paragraphs(dom):
        if dom.unseen.hides(container.node):
            if not is_until_shown(dom, container.node) or is_talk(dom, container.node):
                continue
            found.append(container.node)
        elif container.outer not in within:
            continue
        within.add(container)
        weight += container.own
    return found if weight >= _LEAST else []


def hides_story(dom: Dom, body: Node) -> bool:
    """Whether a script must show the body that was found, or something in it."""
    return bool(dom.unseen.revealed) or any(map(dom.unseen.is_streamed, dom.upwards(body)))
