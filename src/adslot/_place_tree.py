"""The library's verbs at the tree door: lxml trees, read and changed in place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from adslot._door import Seam
from adslot._place import markup_of
from adslot._plan import Placement, Plan, make_plan
from adslot._segment.reading import read_door
from adslot._segment.survey import Survey
from adslot._tree import Tree, insert, remove_slots
from adslot.article import Article
from adslot.policy import Policy
from adslot.related import Related


def read_tree(tree: Any, policy: Policy | None = None) -> Article:
    """The article in an lxml element or document; own slots are removed from the tree first.

    Gaps and blocks have no offsets, as a tree has no source.
    """
    return _read(tree, policy or Policy())[0]


def place_tree(tree: Any, policy: Policy, *, related: Iterable[Related] = ()) -> Plan:
    """Put the slots that *policy* asks for into an lxml tree, in place, and return the plan.

    >>> import lxml.html
    >>> from adslot.policy import Rule, Slot
    >>> story = lxml.html.fragment_fromstring("<div><p>Eins.</p><p>Zwei.</p></div>")
    >>> policy = Policy([Slot("anzeige", kind="ad")], [Rule("mitte", slot="anzeige")])
    >>> [placement.gap for placement in place_tree(story, policy).placements]
    [1]
    >>> [child.tag for child in story]
    ['p', 'aside', 'p']
    """
    article, survey = _read(tree, policy)
    plan = make_plan(article, policy, tuple(related))
    stacks: dict[int, tuple[Seam, list[str]]] = {}
    for placement in plan.placements:
        seam = _seam(survey, placement)
        stacks.setdefault(id(seam), (seam, []))[1].append(markup_of(policy, placement))
    for seam, markups in stacks.values():
        insert(seam, markups)
    return plan


def strip_tree(tree: Any) -> None:
    """Remove adslot's slots from an lxml tree, in place."""
    remove_slots(Tree(tree))


def _read(tree: Any, policy: Policy) -> tuple[Article, Survey]:
    door = Tree(tree)
    remove_slots(door)
    return read_door(door, policy)


def _seam(survey: Survey, placement: Placement) -> Seam:
    """Where in the tree *placement* belongs."""
    if placement.gap is not None:
        return survey.seams[placement.gap]
    if placement.anchor == "after lead" and survey.lead_seam is not None:
        return survey.lead_seam
    return next(seam for (where, css), seam in survey.outside.items() if f"{where} css({css})" == placement.anchor)
