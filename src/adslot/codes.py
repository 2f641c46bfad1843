"""Every code that a gap, a refusal, an unused article or a finding can carry, with the sentence that explains it."""

from __future__ import annotations

import attrs

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


@attrs.frozen
class Code:
    """A reason why a rule may not use a gap: its *name*, the *sentence* that explains it, and all else that is known of it.

    What *helps* against it the reference says, in its words. A reason that *is_distance* is measured by how much is
    missing, one that *is_cap* by how many are allowed; where it *is_whole*, that is the size of a thing, not a way to it. One that *is_given* no key of a policy takes away; where it
    *is_elsewhere*, the rule has no business at the gap. One that *counts_itself* says all that its numbers say, and one
    that *names_other* what the distance is to. One that *is_of_plans* speaks of what was planned, and no page can show it.
    One that *is_overall* holds in all of the article alike. *key* is the key of a rule that asks for it, where that is always the same.
    """

    name: str
    sentence: str
    helps: str = attrs.field(kw_only=True)
    is_distance: bool = attrs.field(default=False, kw_only=True)
    is_cap: bool = attrs.field(default=False, kw_only=True)
    is_whole: bool = attrs.field(default=False, kw_only=True)
    is_given: bool = attrs.field(default=False, kw_only=True)
    is_elsewhere: bool = attrs.field(default=False, kw_only=True)
    counts_itself: bool = attrs.field(default=False, kw_only=True)
    names_other: bool = attrs.field(default=False, kw_only=True)
    is_of_plans: bool = attrs.field(default=False, kw_only=True)
    is_overall: bool = attrs.field(default=False, kw_only=True)
    key: str | None = attrs.field(default=None, kw_only=True)


# What a block above or below the story is (`Outside.reason`).
OUTSIDE = {
    "share": "what shares the story, or follows those who made it",
    "tags": "what the story is about, and counters",
    "author": "who wrote it",
    "meta": "bylines, dates, reading times, breadcrumbs and tools of the page",
    "source": "agencies, credits, corrections and rights",
    "promotion": "newsletters, apps, memberships, and other calls",
    "related": "more to read",
    "comments": "comments and ratings",
    "links": "a text that is nearly all links, and no sentence, or an address",
    "about": "a line in small or italic letters, or a centred one, about the text or those who made it",
    "note": "footnotes and endnotes",
    "heading": "a heading, or a line that leads on, with nothing of the story below it",
    "separator": "a rule",
    "signs": "a line without letters and digits",
    "beside": "a line outside of the element that holds the story, or a short one below what ends it",
    "box": "a box that says little, on a page",
    "picture": "a picture or video that no text speaks of, on a page",
    "ad": "an ad that does not stand directly below the story",
    "skip": "what the policy leaves out",
}
# Why a rule may not use a gap, in the order in which reasons are listed.
_REASONS = (
    Code(
        "unsafe",
        "no slot can be inserted here without changing the page",
        helps="`against` says why, see below; often an end tag is missing above",
        is_given=True,
    ),
    Code(
        "marker",
        "an editor's marker keeps slots away",
        helps='look for the editor\'s `adslot: off`, `adslot: none` or `data-adslot="off"`',
        is_given=True,
    ),
    Code(
        "edge",
        "the article's ends are reached by anchors only",
        helps='a rule with `at = "start"` or `at = "end"`',
        is_given=True,
        is_elsewhere=True,
    ),
    Code(
        "anchor",
        "the rule's anchor is elsewhere",
        helps="nothing: the rule is for another place",
        is_given=True,
        is_elsewhere=True,
        key="at",
    ),
    Code(
        "missing",
        "the rule's anchor is not on this page",
        helps="another anchor as a fallback, or a selector that matches",
        is_given=True,
        is_elsewhere=True,
        key="at",
    ),
    Code(
        "neighbour",
        "the block above or below is not one that the rule asks for",
        helps="the rule's `after` and `before`",
    ),
    *(
        Code(guard.name, guard.sentence, helps="the guard's own page", counts_itself=guard.counts_itself)
        for guard in GUARDS.values()
    ),
    Code(
        "start",
        "too near to the start of the story",
        helps="the rule's `from_start`",
        is_distance=True,
        names_other=True,
        key="from_start",
    ),
    Code(
        "end",
        "too near to the end of the story",
        helps="the rule's `from_end`",
        is_distance=True,
        names_other=True,
        key="from_end",
    ),
    Code(
        "apart",
        "too near to a slot of the same kind",
        helps="the `apart` of this rule, or of the other one: the longer one holds",
        is_distance=True,
    ),
    Code(
        "spacing",
        "too near to something that a spacing names",
        helps="the `[[spacing]]` between the two",
        is_distance=True,
    ),
    Code(
        "anchor-used",
        "the rule's anchor has its slot",
        helps="another anchor in the list; each place that an anchor names serves one slot of the rule",
        is_given=True,
        counts_itself=True,
    ),
    Code(
        "rhythm",
        "too far from the places of the rule's rhythm",
        helps="the rule's `every`; `required` is the most that a slot may be away, half a beat or less",
        is_cap=True,
        is_elsewhere=True,
        key="every",
    ),
    Code("section", "the section has its share", helps="the rule's `per_section`", is_cap=True, key="per_section"),
    Code("max", "the rule has its share", helps="the rule's `max`", is_cap=True, is_overall=True, key="max"),
    Code(
        "rate",
        "the rule has the share that an article of this size gets",
        helps="the rule's `rate`; `against` names it, and `required` is what it gives this article",
        is_cap=True,
        is_overall=True,
        key="rate",
    ),
    Code(
        "short-article",
        "the article is shorter than the rule asks for",
        helps="the rule's `min_article`; nothing, if short articles are to be left alone",
        is_distance=True,
        is_elsewhere=True,
        is_overall=True,
        key="min_article",
    ),
    Code(
        "long-article",
        "the article is longer than the rule asks for",
        helps="the rule's `max_article`; nothing, if long articles are for other rules",
        is_cap=True,
        is_elsewhere=True,
        is_overall=True,
        key="max_article",
    ),
    Code(
        "short-section",
        "the section is shorter than the rule asks for",
        helps="the rule's `min_section`",
        is_distance=True,
        is_whole=True,
        key="min_section",
    ),
    Code(
        "long-section",
        "the section is longer than the rule asks for",
        helps="the rule's `max_section`",
        is_cap=True,
        key="max_section",
    ),
    Code(
        "instead",
        "a rule that this one stands in for has slots",
        helps="nothing: the rule is for articles where the others place nothing",
        is_given=True,
        is_elsewhere=True,
        is_overall=True,
        key="instead_of",
    ),
    Code(
        "section-limit",
        "the section has its share of ads",
        helps="`ads_per_section`; ads that the page already has are counted",
        is_cap=True,
    ),
    Code(
        "limit",
        "the page has its share",
        helps="`[limits]`; ads that the page already has are counted",
        is_cap=True,
        is_overall=True,
    ),
    Code(
        "relevance",
        "no article is relevant enough here",
        helps="the rule's `min_relevance`; `actual` is that of the best article here, in thousandths",
        is_of_plans=True,
        key="min_relevance",
    ),
    Code(
        "no-item",
        "no article is left to show in the teaser",
        helps="more articles in `related`",
        is_given=True,
        is_elsewhere=True,
        counts_itself=True,
        is_of_plans=True,
        is_overall=True,
    ),
    Code(
        "not-chosen",
        "legal, but a better plan does without it",
        helps="nothing is in the way: the slots stand better elsewhere",
        is_of_plans=True,
    ),
)
REASONS = {code.name: code for code in _REASONS}
# The same as sentences (`Refusal.code`).
REFUSALS = {name: code.sentence for name, code in REASONS.items()}

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

# What is wrong with a page that has slots, beside what a refusal can say too.
_OF_PAGES = {
    "misplaced": "stands where no slot can be: inside a block or its wrapper, or outside the story",
    "unknown-rule": "the policy has no rule of this name",
    "unknown-slot": "the policy has no slot of this name",
    "wrong-slot": "the rule places another slot",
    "duplicate-id": "another element of the page has the same id: texts that are placed apart each need their id_prefix",
    "nested": "holds other slots, which are not looked at",
    "no-label": "its label is not to be seen in it",
    "style": "a style in the story speaks of slots, and may hide their labels",
    "knotted": "whenever slots are taken out of this page, others appear in it",
    "min": "fewer slots than the rule asks for",
    "unread": "not read, as it would have far more elements or blocks than any article has",
}
# The same with these (`Finding.code`).
FINDINGS = _OF_PAGES | {name: code.sentence for name, code in REASONS.items() if not code.is_of_plans}
