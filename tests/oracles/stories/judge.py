"""One instance: a story and a policy, what adslot makes of them, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

import attrs

import adslot
from tests.oracles.stories.best import Scale, TooManyError, best
from tests.oracles.stories.files import toml
from tests.oracles.stories.law import Law
from tests.oracles.stories.nearness import Slot
from tests.oracles.stories.policies import random_policy
from tests.oracles.stories.reasons import Reason, tells
from tests.oracles.stories.stories import random_story
from tests.oracles.stories.story import Story

MOST_BLOCKS = 8
RELATED = [adslot.Related(f"Titel {number}", f"/{number}") for number in range(12)]
# What a check cannot know of a place at a share: which one is the nearest that the rule may use.
_UNSEEN = {"anchor", "missing", "anchor-used"}


@attrs.frozen
class Verdict:
    """What was wrong with the instance of this *seed*, if anything was; *is_proved* if all plans were tried."""

    seed: int
    faults: tuple[str, ...]
    is_proved: bool
    slots: int
    refusals: int


@attrs.frozen
class _Case:
    """An instance at work."""

    random: Random
    story: Story
    data: Mapping[str, Any]
    policy: adslot.Policy
    law: Law
    result: adslot.Result[str]

    @property
    def slots(self) -> list[Slot]:
        """The slots that adslot placed."""
        return [self.slot(placement) for placement in self.result.plan.placements]

    def slot(self, placement: adslot.Placement) -> Slot:
        """A placement as a rule's number and a spot."""
        assert placement.gap is not None
        is_below = placement.anchor == "end" and placement.gap == self.story.last
        return self.law.index[placement.rule], (placement.gap, is_below)

    def seen(self, placement: adslot.Placement) -> Slot:
        """The same as a check sees it: what the anchor `end` of a rule may have served stands below the story."""
        i, (gap, _) = self.slot(placement)
        return i, self.law.speaks(i, gap)


def instance(seed: int) -> tuple[Story, dict[str, Any]]:
    """The story and the policy of a number."""
    random = Random(seed)
    story = random_story(random, MOST_BLOCKS)
    return story, random_policy(random, story)


def judge(seed: int) -> Verdict:
    """Make an instance and look for faults; that adslot refuses the policy, or breaks, is one."""
    story, data = instance(seed)
    try:
        return _verdict(seed, story, data)
    except Exception as error:  # noqa: BLE001  # of many instances all are judged, whatever one does
        return Verdict(seed, (f"broke: {type(error).__name__}: {error}",), is_proved=False, slots=0, refusals=0)


def _verdict(seed: int, story: Story, data: Mapping[str, Any]) -> Verdict:
    policy = adslot.loads(toml(data))
    result = adslot.place(story.html, policy, related=RELATED, relevance=lambda _section, _item: 0.0)
    case = _Case(Random(seed), story, data, policy, Law(story, data), result)
    if faults := tuple(_misread(case)):
        return Verdict(seed, faults, is_proved=False, slots=0, refusals=0)
    worse, is_proved = _not_best(case)
    faults = (*worse, *_unexplained(case), *_unchecked(case), *_unseen(case))
    return Verdict(seed, faults, is_proved, len(case.slots), len(result.plan.explain()))


def _misread(case: _Case) -> Iterator[str]:
    """The model must be what adslot reads, or nothing is judged."""
    article = adslot.read(case.story.html, case.policy)
    expected = [(block.role, block.chars, block.words) for block in case.story.blocks]
    found = [(str(block.role), block.chars, block.words) for block in article.blocks]
    if "sizes" not in case.data["article"] and expected != found:
        yield f"blocks: {found} instead of {expected}"
    if [role for role, _, _ in expected] != [role for role, _, _ in found] or article.lead != case.story.lead:
        yield f"roles: {found} instead of {expected}, lead {article.lead}"


def _not_best(case: _Case) -> tuple[list[str], bool]:
    """Whether a legal plan is better, or the plan no legal one."""
    law, slots = case.law, sorted(case.slots)
    unlawful = [reason for i, spot in slots for reason in law.alone(i, spot)]
    if unlawful or not law.is_legal(slots):
        return [f"plan: {slots} is not legal: {unlawful}"], False
    if case.result.plan.status != "optimal":
        return [f"plan: {case.result.plan.status}"], False
    try:
        top, expected = best(law)
    except TooManyError:
        return [], False
    worth = Scale(law).worth(slots)
    if worth == top and sorted(expected) == slots:
        return [], True
    return [f"plan: {slots} with {worth}, but {sorted(expected)} has {top}"], True


# ---------------------------------------------------------------------------------------- explanations


def _unexplained(case: _Case) -> Iterator[str]:
    """Every gap without a slot has all reasons and no other, with their numbers."""
    slots = case.slots
    for i, rule in enumerate(case.law.rules):
        used = {gap for j, (gap, _) in slots if i == j}
        for gap in range(case.story.last + 1):
            refusals = case.result.plan.explain(rule=rule.name, gap=gap)
            if gap in used:
                yield from (f"explain: {rule.name} uses gap {gap}: {refusal}" for refusal in refusals)
                continue
            reasons = list(case.law.reasons(i, case.law.speaks(i, gap), slots))
            yield from _told_wrongly(refusals, reasons, f"explain: {rule.name} at gap {gap}", case.law.story)


def _told_wrongly(
    refusals: Sequence[adslot.Refusal], reasons: Sequence[Reason], where: str, story: Story
) -> Iterator[str]:
    found, expected = {refusal.code for refusal in refusals}, {reason.code for reason in reasons}
    if not reasons:
        yield f"{where}: nothing is in the way, {found}"
    if not refusals:
        yield f"{where}: no refusal, expected {expected}"
    if missing := {reason.code for reason in reasons if reason.sure} - found:
        yield f"{where}: {missing} not told, only {found}"
    for refusal in refusals:
        if not any(tells(refusal, reason, story) for reason in reasons):
            yield f"{where}: {refusal}, expected {expected}"


# --------------------------------------------------------------------------------------------- checks


def _errors(html: str, policy: adslot.Policy) -> list[str]:
    return [finding.message for finding in adslot.check(html, policy) if finding.severity == "error"]


def _unchecked(case: _Case) -> Iterator[str]:
    """What was placed has no finding, and without its slots it is the story."""
    if errors := _errors(case.result.html, case.policy):
        yield f"check: {errors}"
    if adslot.strip(case.result.html) != case.story.html:
        yield "strip: not the story"


def _unseen(case: _Case) -> Iterator[str]:
    """A slot that was moved to a gap where it may not stand, or is one too many, is found."""
    placements = list(case.result.plan.placements)
    if not placements:
        return
    moved = case.random.choice(placements)
    others = [placement for placement in placements if placement is not moved]
    gap = case.random.randint(0, case.story.last)
    for name, rest, identity in (("moved", others, moved.id), ("added", placements, f"adslot-{moved.rule}-9")):
        i, slots = case.law.index[moved.rule], [case.seen(placement) for placement in rest]
        is_taken = any(j == i and at == gap for j, (at, _) in slots)
        codes = set() if is_taken else _seen(case, i, gap, slots)
        markup = _markup(case.result.html, moved.id).replace(f'id="{moved.id}"', f'id="{identity}"')
        if codes and not _errors(_with(case, rest, gap, markup), case.policy):
            yield f"check: nothing found of {moved.id} {name} to gap {gap}: {codes}"


def _seen(case: _Case, i: int, gap: int, slots: list[Slot]) -> set[str]:
    """The reasons that a check has to see against one more slot."""
    reasons = case.law.reasons(i, case.law.speaks(i, gap), slots)
    codes = {reason.code for reason in reasons if reason.sure}
    is_share = any(anchor.where == "at" for anchor in case.law.rules[i].at)
    return codes - _UNSEEN if is_share and 0 < gap < case.story.last else codes


def _markup(html: str, identity: str) -> str:
    """The slot of this id as it was written."""
    found = re.search(
        rf'<(aside|section)(?=[^>]* id="{re.escape(identity)}")[^>]* data-adslot-rule=.*?</\1>', html, re.S
    )
    assert found is not None, identity
    return found[0]


def _with(case: _Case, placements: Sequence[adslot.Placement], gap: int, markup: str) -> str:
    """The story with slots as they were placed, and with another one in a gap, below what else is there."""
    parts = [block.html for block in case.story.blocks] + [""]
    for at in range(len(parts)):
        here = [_markup(case.result.html, each.id) for each in placements if each.gap == at]
        parts[at] = "".join(here) + markup * (at == gap) + parts[at]
    return "".join(parts)
