"""Warnings: what a caller should know of a plan, beside where the slots are; sentences, each of which is certain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from adslot.codes import FINDINGS
from adslot.html.text import counted
from adslot.patterns import pattern
from adslot.planner.compile import Compiled
from adslot.planner.placements import Placement
from adslot.policy.language.terms import Term
from adslot.policy.language_tags import primary
from adslot.policy.policy import Policy
from adslot.roles import KINDS

_PAGE_NAME = pattern(r"[^\s<>]{1,255}\.x?html?", re.IGNORECASE)


def warnings_of(compiled: Compiled, placements: Sequence[Placement], *, is_supplied: bool) -> Iterator[str]:
    """The warnings of a plan with these *placements*; *is_supplied* says that there was a source of related articles."""
    if compiled.article.unread:
        yield f"nothing placed: the page is {FINDINGS['unread']}"
    elif not compiled.article.blocks:
        yield "nothing that could be a story was found: no text, no pictures"
    yield from _of_file_name(compiled)
    yield from compiled.article.warnings
    yield from _of_language(compiled)
    if compiled.article.none:
        yield "an editor's marker keeps all slots off this article"
    for name, (least, count) in unmet(compiled.policy, placements).items():
        yield f"rule {name!r} asks for at least {counted(least, 'slot')} and has {count}"
    yield from _of_manual(compiled)
    yield from _of_terms(compiled)
    if not is_supplied:
        yield from _of_teasers(compiled)


def unmet(policy: Policy, placements: Sequence[Placement]) -> Mapping[str, tuple[int, int]]:
    """The rules that have fewer slots than their `min`: how many they ask for, and how many they have."""
    counts = Counter(placement.rule for placement in placements)
    return {rule.name: (rule.min, counts[rule.name]) for rule in policy.rules if counts[rule.name] < rule.min}


def _of_file_name(compiled: Compiled) -> Iterator[str]:
    """A text that is nothing but the name of a page's file: what is in that was meant."""
    blocks = compiled.article.blocks
    if len(blocks) == 1 and _PAGE_NAME.fullmatch(blocks[0].text):
        yield f"the text is {blocks[0].text!r}, the name of a file: read it, and give what is in it"


def _of_language(compiled: Compiled) -> Iterator[str]:
    """Labels are checked for the policy's language, so that on a page in another one they are perhaps not understood."""
    language = compiled.policy.article.language
    if language is None or (page := compiled.article.page_language) is None:
        return
    if primary(language) != primary(page):
        yield f"the page's language is {page!r}, but the policy and its labels are in {language!r}"


def _of_manual(compiled: Compiled) -> Iterator[str]:
    known = {slot.name for slot in compiled.policy.slots}
    for manual in compiled.article.manual:
        if manual.name not in known:
            yield f"an editor's marker asks for the slot {manual.name!r}, which the policy does not have"


def _of_terms(compiled: Compiled) -> Iterator[str]:
    """Selectors that name no block, and yet match something of the story.

    One that matches nothing at all is no fault: not every article has what a policy knows of.
    """
    for where, terms in _uses(compiled.policy) if compiled.article.enclosed else ():
        for term in terms:
            if any(css in compiled.article.enclosed for css in term.selectors):
                yield f"{where}: '{term}' names no block of the article: what it matches in the story stands inside of blocks"


def _uses(policy: Policy) -> Iterator[tuple[str, Sequence[Term]]]:
    """The terms of rules and spacings, each once, and where they stand."""
    for rule in policy.rules:
        if rule.max:
            yield f"rule {rule.name!r}, 'after'", rule.after
            yield f"rule {rule.name!r}, 'before'", rule.before
    for number, spacing in enumerate(policy.spacing):
        sides = {"between": (*spacing.above, *spacing.below)} if spacing.either else {"above": spacing.above}
        sides |= {"below": () if spacing.either else spacing.below}
        for key, terms in {**sides, "unless": spacing.unless, "unless_at": spacing.unless_at}.items():
            yield f"spacing[{number}].{key}", tuple(dict.fromkeys(terms))


def _of_teasers(compiled: Compiled) -> Iterator[str]:
    """Rules that would place teasers if there were anything to show."""
    limits = compiled.policy.limits
    idle = [
        rule.name
        for i, (rule, slot) in enumerate(zip(compiled.rules, compiled.slots, strict=True))
        if slot.shows_articles
        and 0 not in (getattr(limits, KINDS[slot.kind].limit), limits.slots)
        and compiled.most_of(i)
        and (compiled.places.allowed(i) or compiled.pages(i))
    ]
    if idle:
        who = f"rule{'s' * (len(idle) > 1)} {', '.join(map(repr, idle))} place{'s' * (len(idle) == 1)} nothing"
        yield f"{who}: no related articles were given"
