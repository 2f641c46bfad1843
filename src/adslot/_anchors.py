"""Where a rule's anchors and terms lead to in an article: gaps, blocks, places outside the story."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from adslot.article import Anchored, Outline
from adslot.policy import Rule
from adslot.roles import GROUPS
from adslot.terms import Anchor, Term


@attrs.frozen
class Page:
    """A place outside the story that a rule may use, and the *rank* of its anchor."""

    rank: int
    anchor: str
    place: Anchored


def matching(article: Outline, term: Term) -> Sequence[int]:
    """The blocks that *term* names."""
    if term.css is not None:
        return article.matching(term.css)
    roles = roles_of(term)
    return [index for index, block in enumerate(article.blocks) if block.role in roles]


def roles_of(term: Term) -> frozenset[str]:
    """The roles that a term names: its own, or those of its group."""
    return GROUPS.get(term.name or "", frozenset({term.name or ""}))


def ranks_of(article: Outline, rule: Rule) -> dict[int, int]:
    """The gaps that *rule* may use, each with the rank of the first anchor that leads there."""
    last = len(article.section_at) - 1
    if not rule.at:
        return dict.fromkeys(range(1, last), 0)
    ranks: dict[int, int] = {}
    for rank, anchor in enumerate(rule.at):
        for gap in _gaps(article, anchor):
            ranks.setdefault(gap, rank)
    return ranks


def pages_of(article: Outline, rule: Rule) -> list[Page]:
    """The places outside the story that *rule* may use, but for the one after the lead."""
    found = []
    for rank, anchor in enumerate(rule.at):
        place = article.anchors.get((anchor.where, anchor.selector)) if anchor.selector is not None else None
        if isinstance(place, Anchored):
            found.append(Page(rank, str(anchor), place))
    return found


def leads_outside(article: Outline, rule: Rule, rank: int) -> bool:
    """Whether the anchor of this *rank* is a lead above the body: its slot counts as standing at the start."""
    return bool(rule.at) and rule.at[rank].what == "lead" and article.lead_outside is not None


def _gaps(article: Outline, anchor: Anchor) -> Sequence[int]:
    """The gaps of the story that *anchor* leads to."""
    last = len(article.section_at) - 1
    if last < 0:
        return ()
    if anchor.where in ("start", "end"):
        return (0,) if anchor.where == "start" else (last,)
    if anchor.what == "lead":
        return (0,) if article.lead_outside is not None else () if article.lead is None else (article.lead,)
    if anchor.selector is not None:
        found = article.anchors.get((anchor.where, anchor.selector), ())
        return found if isinstance(found, tuple) else ()
    blocks = matching(article, Term(anchor.what))
    if anchor.number is not None:
        at = anchor.number - 1 if anchor.number > 0 else len(blocks) + anchor.number
        blocks = blocks[at : at + 1] if 0 <= at < len(blocks) else ()
    return [block + 1 for block in blocks] if anchor.where == "after" else blocks
