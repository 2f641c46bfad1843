"""Landmarks: where on a page its story must stand, by the standards.

A page has one `main`, which holds what the page is there for, and what its headline heads stands in an element
with it: in the innermost element around the headline that holds some paragraphs. Text elsewhere counts a twentieth, so
that a long notice, a dialog or the next story does not win against a short one. A headline that is the name of the
site stands in no such element but the page, and says nothing. An `article` with a headline of its own, further down,
is another story.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice, takewhile

from adslot.article.body.votes import Container, weigh
from adslot.html.dom import Dom, Node

_OUTSIDE = 0.05
# With this share of the weight in a landmark, what stands elsewhere changes nothing.
_NEARLY_ALL = 0.9
# So much must stand in a landmark: fewer paragraphs are an introduction, and with a smaller share of what counts
# on the page it is some other thing.
_FEWEST_TOGETHER = 3
_LEAST = 200.0
_LEAST_SHARE = 0.05
# What stands above other articles is a story with this share of all.
_LEAST_ABOVE = 0.15
_SECTIONS = frozenset("main article section aside nav".split())
# The first headlines of a page: more are those of a page without end.
_MOST_HEADLINES = 20


def keep_to_landmark(dom: Dom, containers: list[Container]) -> None:
    """Let little count of the text outside the element where the story must stand, if there is one."""
    landmark, others = _landmark(dom, containers)
    if not others and (landmark is None or landmark.weight >= _NEARLY_ALL * containers[0].weight):
        return
    inside = {containers[0] if landmark is None else landmark}
    for container in containers:
        if container.outer in inside and container not in others:
            inside.add(container)
        elif container not in inside:
            container.own *= _OUTSIDE
    weigh(containers)


def _landmark(dom: Dom, containers: Sequence[Container]) -> tuple[Container | None, Collection[Container]]:
    """The element where the story must stand, and those of other stories."""
    least = max(_LEAST, _LEAST_SHARE * containers[0].weight)
    heavy = [each for each in containers if each.weight >= least]
    mains = [each for each in heavy if _holds_some(each, least) and _is_main(dom, each.node)]
    main = mains[0] if len(mains) == 1 else None
    known = {container.node: container for container in containers}
    headlines = list(islice(_headlines(dom, containers[0]), _MOST_HEADLINES))
    for number, headline in enumerate(headlines):
        found = _around(dom, known, headline, least)
        if main is not None and not _is_within(found, main):
            continue
        others = _others(dom, known, headlines[number + 1 :], found)
        if found.outer is not None or others:
            return found, others
    return main, ()


def _others(dom: Dom, known: Mapping[Node, Container], headlines: Iterable[Node], story: Container) -> set[Container]:
    """The articles in the element of a story that have *headlines* of their own; none where no story stands above them."""
    found = {article for each in headlines if (article := _article(dom, known, each)) is not None}
    found = {article for article in found if article is not story and _is_within(article, story)}
    above = takewhile(lambda container: container not in found, known.values())
    weight = sum(container.own for container in above if _is_within(container, story)) if found else 0.0
    return found if weight >= max(_LEAST, _LEAST_ABOVE * story.weight) else set()


def _article(dom: Dom, known: Mapping[Node, Container], headline: Node) -> Container | None:
    """The `article` that a headline stands in, where it holds any text."""
    return known.get(next((node for node in dom.upwards(headline) if dom.tag(node) == "article"), None))


def _is_main(dom: Dom, node: Node) -> bool:
    tag = dom.tag(node)
    return tag == "main" or (tag[0] != "#" and dom.attribute(node, "role") == "main")


def _holds_some(container: Container, least: float) -> bool:
    return container.paragraphs >= _FEWEST_TOGETHER and container.weight >= least


def _headlines(dom: Dom, root: Container) -> Iterator[Node]:
    return (node for node in root.headlines if not dom.unseen.hides(node) and not _is_banner(dom, node))


def _is_banner(dom: Dom, headline: Node) -> bool:
    """Whether a headline stands in the header of the page itself, where sites have their names."""
    tags = [*map(dom.tag, dom.upwards(headline))]
    return "header" in tags and _SECTIONS.isdisjoint(tags)


def _around(dom: Dom, known: Mapping[Node, Container], headline: Node, least: float) -> Container:
    """The innermost container around a headline that holds some paragraphs, else the root."""
    nearest = next(known[node] for node in dom.upwards(headline) if node in known)
    return next((each for each in nearest.upwards() if _holds_some(each, least)), known[dom.root])


def _is_within(container: Container, around: Container) -> bool:
    return around in container.upwards()
