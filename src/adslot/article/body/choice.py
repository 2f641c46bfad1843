"""The choice of a body: the element that holds the story.

Names alone do not find it: many sites call their story something of their own, and wrappers of whole
pages, comments and teasers are called `content` too. Text alone does not either: comments may be
longer than the story. So the paragraphs vote, and names only speak for or against.

1. Every paragraph weighs what its text outside links does. Long ones weigh more than several short
   ones together, and one that stands alone in its wrapper weighs half, because notices, teasers and
   comments are short and stand alone.
2. The elements above the paragraphs form a small tree of *containers*, each with the weight below it.
   What stands in navigation, in links, among comments and the like counts a tenth or less.
   What stands outside of `main`, or of what holds the headline, counts a twentieth (`landmarks`).
3. From the root the way leads down into the heaviest child, until the weight falls apart. There the
   children are the story's own paragraphs, or wrappers of them.
4. A well-known container near by (`articleBody`, `entry-content`) is taken instead, where most of
   its weight is the story's. Of several of one kind, side by side, none is the story alone.

Pages without proper paragraphs, where `<br>` or `<div>` part the text, vote with their loose text.
Only there are all elements asked; else the cost follows the number of paragraphs. Every container is
met a fixed number of times, however deep it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from adslot.article.body.doubts import judged
from adslot.article.body.hidden_story import hidden_story
from adslot.article.body.landmarks import keep_to_landmark
from adslot.article.body.votes import Container, containers_of_paragraphs, containers_of_text
from adslot.html.dom import Dom, Node
from adslot.html.elements import LISTS, PAGE_TAGS

# Less is no story (five short paragraphs weigh as much): loose text is heard, too.
_STORY = 600.0
# Set and checked as the numbers of `votes`.
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
# A well-known container in front of something longer has at least this share of the weight of that.
_LEADING = 0.15
# A container with this share of the weight of its like is a part of the story, as that one is.
_PART = 0.1
# A fragment is a body as a whole, unless this share of its text stands outside the body found.
_NOISE = 0.1
# Elements that are one block of a story, or part of one: no body, whatever they hold.
_NO_BODY_TAGS = LISTS | frozenset(
    "p li dt dd table tbody thead tfoot tr blockquote figure header footer nav details summary a svg math".split()
)


def find_body(dom: Dom, chosen: Node | None = None) -> tuple[Node, str]:
    """The element that holds the story, or *chosen*, and in a few words how it was found."""
    if chosen is not None:
        return chosen, "article.body"
    if not dom.is_page and _is_flat(dom):
        return _whole(dom)
    containers = _containers(dom)
    top = containers[0]
    if not top.weight:
        return _whole(dom)
    found = _fall_apart(dom, top)
    known = _well_known(dom, containers, found)
    body = _able(dom, known or found)
    if body.outer is None or (not dom.is_page and _is_whole(top, body)):
        return _whole(dom)
    return body.node, body.mark if body is known else "most of the story's paragraphs"


def _containers(dom: Dom) -> list[Container]:
    """The containers of the page's text; of what is hidden where the story stands nowhere else."""
    containers = _judged(dom)
    if containers[0].weight < _STORY and (hiding := hidden_story(dom, containers[0].weight)):
        dom.unseen.reveal(hiding)
        containers = _judged(dom)
    keep_to_landmark(dom, containers)
    return containers


def _judged(dom: Dom) -> list[Container]:
    """The containers of the page's paragraphs or, where these make no story, of all its text."""
    containers = judged(dom, containers_of_paragraphs(dom))
    if dom.is_page and containers[0].weight < _STORY:
        return judged(dom, containers_of_text(dom))
    return containers


def _is_flat(dom: Dom) -> bool:
    """Whether nearly all paragraphs stand directly in a fragment: then nothing inside it is its body."""
    direct = [tag for tag, _ in dom.tagged_children(dom.root)].count("p")
    return direct >= _FEWEST_TOGETHER and direct >= (1 - _NOISE) * len(dom.find_all(dom.root, "p"))


def _is_whole(top: Container, body: Container) -> bool:
    """Whether nothing much stands beside *body* in a fragment, or too little in it to tell."""
    return body.paragraphs < _FEWEST_TOGETHER or top.text - body.text <= _NOISE * top.text


def _whole(dom: Dom) -> tuple[Node, str]:
    if not dom.is_page:
        return dom.root, "the whole fragment"
    return next(iter(dom.find_all(dom.root, "body")), dom.root), "the whole page"


def _fall_apart(dom: Dom, container: Container) -> Container:
    """The innermost element that holds most of the weight of *container*."""
    while container.inner:
        heaviest = max(container.inner, key=_by_weight)
        if heaviest.weight < _NEARLY_ALL * container.weight:
            parts = _parts(dom, container, heaviest)
            shared = sum(map(_by_weight, parts))
            if shared >= _MOST * container.weight and _are_articles(dom, parts):
                heaviest = parts[0]
            elif heaviest.weight < _NEARLY_ALL * shared or not _outweighs(heaviest, container):
                break
        container = heaviest
    return container


def _by_weight(container: Container) -> float:
    return container.weight


def _parts(dom: Dom, container: Container, heaviest: Container) -> list[Container]:
    """The children of *container* that share the story: *heaviest*, and its like in text that lead up to it or are of its kind."""
    leads_up = dom.tag(container.node) not in PAGE_TAGS
    found = []
    for inner in container.inner:
        if inner is heaviest:
            leads_up = False
            found.append(inner)
        elif inner.paragraphs and (leads_up or inner.kind == heaviest.kind) and _are_alike(inner, heaviest):
            found.append(inner)
    return found


def _are_alike(one: Container, other: Container) -> bool:
    """Whether the paragraphs of both weigh about as much."""
    mean, other_mean = one.weight * other.paragraphs, other.weight * one.paragraphs  # times the paragraphs of both
    return mean >= _ALIKE * other_mean and other_mean >= _ALIKE * mean


def _are_articles(dom: Dom, parts: Sequence[Container]) -> bool:
    """Whether *parts* are articles of their own, one after another: a page without end."""
    return len(parts) > 1 and all(dom.holds(part.node, "h1") for part in parts)


def _outweighs(inner: Container, container: Container) -> bool:
    """Whether *inner* is the story, and what stands around it in *container* is not."""
    return (
        inner.weight >= _MOST * container.weight
        and inner.paragraphs >= _FEWEST_TOGETHER
        and container.own <= _MOST_AROUND * container.weight
    )


def _well_known(dom: Dom, containers: Sequence[Container], found: Container) -> Container | None:
    """The well-known container next above *found*, else the innermost one that holds about as much, or leads up to it."""
    for container in found.upwards():
        if container.mark and found.weight >= _BORNE_OUT * container.weight:
            return container
    marked = [container for container in containers if container.mark and container.weight >= _BORNE_OUT * found.weight]
    marked = marked or _leading(containers, found)
    if not marked:
        return None
    heaviest = max(marked, key=_by_weight)
    if _is_one_of_many(containers, heaviest):
        return None
    return next(container for container in _fall_apart(dom, heaviest).upwards() if container.mark)


def _leading(containers: Sequence[Container], found: Container) -> list[Container]:
    """The well-known containers in front of *found* with some paragraphs: what comes after the story may be longer."""
    before = containers[: containers.index(found)]
    around = set(found.upwards())
    return [
        container
        for container in before
        if container.mark
        and container.paragraphs >= _FEWEST_TOGETHER
        and container.weight >= _LEADING * found.weight
        and container not in around
    ]


def _is_one_of_many(containers: Iterable[Container], marked: Container) -> bool:
    """Whether a story stands in several containers with the mark of *marked*, one beside the other."""
    around, inside = set(marked.upwards()), {marked}
    for container in containers:
        if container.outer in inside:
            inside.add(container)
        elif (
            container.mark == marked.mark
            and container.weight >= _PART * marked.weight
            and container not in around
            and container is not marked
        ):
            return True
    return False


def _able(dom: Dom, container: Container) -> Container:
    """*container*, or the nearest one around it that can be a body."""
    able = (each for each in container.upwards() if each.outer is None or dom.tag(each.node) not in _NO_BODY_TAGS)
    return next(able)
