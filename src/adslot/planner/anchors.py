"""Where a rule's anchors and terms lead to in an article: gaps, blocks, places outside the story."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

import attrs

from adslot.article.outline import Outline
from adslot.article.values import Anchored
from adslot.policy.declarations import Rule
from adslot.policy.language.anchors import Anchor
from adslot.policy.language.terms import Term
from adslot.roles import GROUPS, all_among

_T = TypeVar("_T")


@attrs.frozen
class PagePlace:
    """A place outside the story that a rule may use, and the *rank* of its anchor."""

    rank: int
    anchor: str
    place: Anchored


def matching(article: Outline, term: Term) -> Sequence[int]:
    """The blocks that *term* names."""
    if term.css is not None:
        return article.matching(term.css)
    if term.but:
        named = {block for other in term.but for block in matching(article, other)}
        return [block for block in range(len(article.blocks)) if block not in named]
    roles = roles_of(term)
    return all_among(article.blocks, roles)


def roles_of(term: Term) -> frozenset[str]:
    """The roles that a term names: its own, or those of its group."""
    return GROUPS.get(term.name or "", frozenset({term.name or ""}))


def pages_of(article: Outline, rule: Rule) -> list[PagePlace]:
    """The places outside the story that *rule* may use, but for the one after the lead."""
    found = []
    for rank, anchor in enumerate(rule.at):
        place = article.anchors.get(anchor.key) if anchor.selector is not None else None
        if isinstance(place, Anchored):
            found.append(PagePlace(rank, str(anchor), place))
    return found


def leads_outside(article: Outline, rule: Rule, rank: int) -> bool:
    """Whether the anchor of this *rank* is a lead above the body: its slot counts as standing at the start."""
    return article.lead_outside is not None and bool(rule.at) and rule.at[rank].what == "lead"


def gaps_of(article: Outline, anchor: Anchor, last: int) -> Sequence[int]:
    """The gaps of the story that *anchor* leads to, in ascending order; a share of the story leads to none of its own."""
    if anchor.where in ("start", "end"):
        return (0,) if anchor.where == "start" else (last,)
    if anchor.what == "lead":
        return (0,) if article.lead_outside is not None else () if article.lead is None else (article.lead,)
    if anchor.selector is not None:
        found = article.anchors.get(anchor.key, ())
        return _counted(found, anchor) if isinstance(found, tuple) else ()
    if anchor.what == "section":
        sections = _counted(_headed_sections(article), anchor)
        return [after if anchor.where == "after" else before for before, after in sections]
    blocks = _blocks(article, anchor)
    return [block + 1 for block in blocks] if anchor.where == "after" else blocks


def _blocks(article: Outline, anchor: Anchor) -> Sequence[int]:
    """The blocks that *anchor* stands beside."""
    blocks = matching(article, Term(anchor.what))
    if anchor.section is not None:
        inside = _chosen(_headed_sections(article), anchor.section)
        blocks = [block for block in blocks if any(before <= block < after for before, after in inside)]
    return _counted(blocks, anchor)


def _headed_sections(article: Outline) -> list[tuple[int, int]]:
    """The gaps before and after each section that has a heading."""
    starts = matching(article, Term("headings"))
    return list(pairwise([*starts, len(article.blocks)]))


def _counted(things: Sequence[_T], anchor: Anchor) -> Sequence[_T]:
    """Those of *things* that *anchor* counts."""
    if anchor.every is not None:
        return things[(anchor.number or anchor.every) - 1 :: anchor.every]
    return _chosen(things, anchor.number)


def _chosen(things: Sequence[_T], number: int | None) -> Sequence[_T]:
    """All of *things*, or the one of this *number*, counted from 1 or back from -1."""
    if number is None:
        return things
    at = number - 1 if number > 0 else len(things) + number
    return things[at : at + 1] if 0 <= at < len(things) else ()
