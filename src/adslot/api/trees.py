"""The library's verbs at the tree door: lxml trees, read and changed in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adslot.api.policies import PolicyLike, policy_of, resolved
from adslot.article.draft import Draft
from adslot.article.tree_reading import draft_tree, read_draft
from adslot.article.values import Article
from adslot.errors import PolicyError, Problem
from adslot.html.dom import InsertionPoint
from adslot.html.lxml_slots import insert_all, markup_excess, remove_slots
from adslot.html.lxml_tree import Tree
from adslot.planner.placements import AFTER_LEAD, Placement
from adslot.planner.plan import Plan, make_plan
from adslot.policy.language.anchors import parse_anchor
from adslot.policy.policy import Policy
from adslot.related.relevance import Relevance
from adslot.related.request import Offered, Request
from adslot.related.values import Moment
from adslot.renderer.slot import FITTING, unchecked_markup


def read_tree(tree: Any, policy: PolicyLike | None = None) -> Article:
    """The article in an lxml element or document; own slots are removed from the tree first.

    Gaps and blocks have no offsets, as a tree has no source.
    """
    policy = Policy() if policy is None else policy_of(policy)
    return read_draft(_draft(tree, policy), policy)


def place_tree(  # noqa: PLR0913  # what is placed, and what its caller knows of the page
    tree: Any,
    policy: PolicyLike,
    *,
    related: Offered = (),
    relevance: Relevance | None = None,
    context: Mapping[str, object] | None = None,
    url: str | None = None,
    now: Moment | None = None,
    id_prefix: str | int | None = None,
) -> Plan:
    """Put the slots that *policy* asks for into an lxml tree, in place, and return the plan.

    The arguments are those of `place`.

    >>> import lxml.html
    >>> from adslot.policy.declarations import Rule
    >>> from adslot.policy.slots import Slot
    >>> story = lxml.html.fragment_fromstring("<div><p>Eins.</p><p>Zwei.</p></div>")
    >>> policy = Policy([Slot("anzeige", kind="ad", label="Anzeige")], [Rule("mitte", slot="anzeige")])
    >>> [placement.gap for placement in place_tree(story, policy).placements]
    [1]
    >>> [child.tag for child in story]
    ['p', 'aside', 'p']
    """
    request = Request(related=related, relevance=relevance, context=context, url=url, now=now, prefix=id_prefix)
    lacking, policy = resolved(policy, context)
    draft = _draft(tree, policy)
    article = read_draft(draft, policy)
    plan = make_plan(article, policy, request, article).warned(lacking)
    stacks: dict[int | str | None, tuple[InsertionPoint, list[str]]] = {}
    for placement in plan.placements:
        key = placement.anchor if placement.gap is None else placement.gap
        stacks.setdefault(key, (_point(draft, placement), []))[1].append(_markup(plan, placement, context))
    insert_all(stacks.values())
    return plan


def strip_tree(tree: Any) -> None:
    """Remove adslot's slots from an lxml tree, in place."""
    remove_slots(Tree(tree))


def _draft(tree: Any, policy: Policy) -> Draft:
    dom = Tree(tree)
    remove_slots(dom)
    return draft_tree(dom, policy)


def _markup(plan: Plan, placement: Placement, context: Mapping[str, object] | None) -> str:
    """As `markup`; what adslot writes by itself is held to its size only, so that trees need no HTML parser."""
    slot = plan.policy.slot(placement.slot)
    if not slot.is_own:
        html = unchecked_markup(plan, placement, context)
        if excess := markup_excess(html):
            raise PolicyError([Problem(("slots", slot.name), FITTING, excess)])
        return html
    from adslot.renderer.markup import markup  # noqa: PLC0415  # the parser comes with it

    return markup(plan, placement, context=context)


def _point(draft: Draft, placement: Placement) -> InsertionPoint:
    """Where in the tree *placement* belongs."""
    if placement.gap is not None:
        return draft.point(placement.gap)
    survey = draft.found
    if placement.anchor == AFTER_LEAD and survey.lead_point is not None:
        return survey.lead_point
    return survey.outside[parse_anchor(placement.anchor or "").key]
