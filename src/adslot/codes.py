"""Every code that a gap, a refusal, an unused article or a finding can carry, with the sentence that explains it."""

from __future__ import annotations

from adslot.guards import GUARDS

# Why a place in the page is not safe to insert at (`Gap.unsafe`).
UNSAFE = {
    "synthetic": "an element next to the place has no tag of its own in the source",
    "unclosed": "the element above has no end tag in the source",
    "not-blank": "markup that belongs to neither block stands between them",
    "mid-line": "the text runs on here: no block, line break or blank line parts it",
    "pending-formatting": "an unclosed formatting element would wrap the slot",
    "opaque": "the place lies inside a template placeholder",
    "banned": "browsers or readers allow no slot inside the element around it",
    "depth": "browsers flatten elements nested this deeply",
    "unproven": "a trial insertion changed the page around it",
    "encoding": "the page's encoding has no room for a slot here: inside an escaped run, or behind half a character",
}

# Why a rule may not use a gap (`Refusal.code`).
REFUSALS = {
    "unsafe": "no slot can be inserted here without changing the page",
    "marker": "an editor's marker keeps slots away",
    "edge": "the article's ends are reached by anchors only",
    "anchor": "the rule's anchor is elsewhere",
    "missing": "the rule's anchor is not on this page",
    "neighbour": "the block above or below is not one that the rule asks for",
    **{guard.name: guard.sentence for guard in GUARDS.values()},
    "start": "too near to the start of the story",
    "end": "too near to the end of the story",
    "apart": "too near to a slot of the same kind",
    "spacing": "too near to something that a spacing names",
    "anchor-used": "the rule's anchor has its slot",
    "section": "the section has its share",
    "max": "the rule has its share",
    "rate": "the rule has the share that an article of this size gets",
    "short-article": "the article is shorter than the rule asks for",
    "limit": "the page has its share",
    "relevance": "no article is relevant enough here",
    "no-item": "no article is left to show in the teaser",
    "not-chosen": "legal, but a better plan does without it",
}

# Why a related article is not shown (`Unused.code`).
UNUSED = {
    "blank": "it has no title or no URL",
    "scheme": "its URL, or its picture's, is neither http nor https nor relative",
    "context": "it is meant for other contexts",
    "expired": "it is over",
    "label": "it is sponsored, and the language to label it in is not known",
    "self": "it is the article itself",
    "linked": "the text links to it already",
    "duplicate": "it was given before",
    "relevance": "it is relevant enough to no section",
    "no-place": "no teaser is left to show it in",
}

# Refusals that no slot on a page can show: they speak of what was planned.
_OF_PLANS = frozenset({"relevance", "no-item", "not-chosen"})

# What is wrong with a page that has slots (`Finding.code`).
FINDINGS = {
    "misplaced": "stands where no slot can be: inside a block or its wrapper, or outside the story",
    "unknown-rule": "the policy has no rule of this name",
    "unknown-slot": "the policy has no slot of this name",
    "wrong-slot": "the rule places another slot",
    "duplicate-id": "another element of the page has the same id: texts that are placed apart each need their id_prefix",
    "nested": "holds other slots, which are not looked at",
    "label": "its label is not to be seen in it",
    "style": "a style in the story speaks of slots, and may hide their labels",
    "knotted": "whenever slots are taken out of this page, others appear in it",
    "min": "fewer slots than the rule asks for",
    "unread": "not read, as it would have far more elements or blocks than any article has",
    **{code: sentence for code, sentence in REFUSALS.items() if code not in _OF_PLANS},
}
