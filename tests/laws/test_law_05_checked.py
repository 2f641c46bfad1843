"""Law 5, seen from the page: what was placed legally has no error finding, and what was moved elsewhere has."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import example, given
from hypothesis import strategies as st

from adslot import Placement, Policy, Refusal, Rule, Slot, check, place, plan, read, strip
from adslot.policy.language.terms import POINTS
from adslot.renderer.slot import PageContext, render
from tests import strategies
from tests.laws.test_law_05_legal import RELATED
from tests.slots import own

# These lie in the slots placed, of which the one moved is no more where it was.
COUNTS = {"max", "rate", "limit", "section", "section-limit", "anchor-used", "no-item", "not-chosen"}


def errors(html: str | bytes, policy: Policy) -> set[str]:
    """The codes of all errors."""
    return {finding.code for finding in check(html, policy) if finding.severity == "error"}


BESIDE = Policy([Slot("a", kind="promo")], [Rule("x", slot="a", at="after css(p:nth-child(2))")])
AT_ENDS = Policy([Slot("a", kind="promo")], [Rule("x", slot="a", at=["start", "end"], max=2)])


@given(strategies.texts, strategies.policies(), st.integers(0, 3))
@example(f"<!doctype html><article><br><br><p>{'xxxxx ' * 40}</article><p><table>", BESIDE, 0)
@example("x<html id=adslot-x-1>", AT_ENDS, 0)
def test_what_was_placed_has_no_error(text, policy, items):
    """Under the policy that placed the slots."""
    assert errors(place(text, policy, related=RELATED[:items]).html, policy) == set()


@given(strategies.articles, strategies.wide_policies(), st.integers(0, 3))
def test_what_was_placed_by_any_rule_has_no_error(text, policy, items):
    """Under policies over the whole language."""
    assert errors(place(text, policy, related=RELATED[:items]).html, policy) == set()


@given(strategies.any_bytes, strategies.policies(2))
def test_what_was_placed_into_bytes_has_no_error(data, policy):
    """The same in any encoding."""
    assert errors(place(data, policy).html, policy) == set()


@given(st.one_of(strategies.texts, strategies.any_bytes), strategies.policies(2))
@example(
    f"<p>a</p><{own()}{own('c', 'd')[1:]}",
    Policy(),
)
def test_spans_are_those_of_the_slots(html, policy):
    """Without the spans of all own slots the input is what `strip` leaves; a policy without slots knows none of them."""
    filled = place(html, policy).html
    spans = {finding.span for finding in check(filled, Policy()) if finding.code == "unknown-slot"}
    rest, last = filled[:0], 0
    for start, end in sorted(spans):
        rest += filled[last : max(start, last)]
        last = max(end, last)
    assert rest + filled[last:] == strip(filled)


@given(
    strategies.articles,
    st.one_of(strategies.policies(), strategies.wide_policies()),
    st.integers(0, 3),
    st.randoms(use_true_random=False),
)
def test_a_slot_that_was_moved_is_found(text, policy, items, random):
    """The check gives the reasons for which the plan refused the gap that a slot was moved to."""
    text = strip(text)
    article = read(text, policy)
    made = plan(article, policy, related=RELATED[:items])
    movable = [placement for placement in made.placements if placement.gap is not None and placement.rule != "here"]
    if not movable:
        return
    moved = random.choice(movable)
    others = [placement for placement in made.placements if placement is not moved]
    for gap in article.gaps:
        if gap.slot_offset is None or gap.index == moved.gap or (gap.index == 0 and article.lead_outside is not None):
            continue
        expected = reasons(made.explain(rule=moved.rule, gap=gap.index), moved, policy)
        if gap.index in {placement.gap for placement in others}:
            expected -= {"spacing"}
        html = with_slots(text, policy, [(p.offset, p) for p in others] + [(gap.slot_offset, moved)])
        assert strip(html) == text
        assert expected <= errors(html, policy), html


def reasons(refusals: Iterable[Refusal], moved: Placement, policy: Policy) -> set[str]:
    """The codes that hold wherever *moved* stood before.

    The planner refuses more than the words ask for near the ends and the lead, which it takes for
    things above and below their own gap. Without the guard it calls two slots in one gap adjacent. Of
    the gaps that a slot may move to it leaves out those that lie nearer to another anchor, or beyond it.
    """
    found = {refusal.code for refusal in refusals if refusal.against != moved.id} - COUNTS
    rule = next(rule for rule in policy.rules if rule.name == moved.rule)
    if rule.within is not None or any(anchor.percent is not None for anchor in rule.at):
        found -= {"anchor"}
    if not policy.guards.adjacent:
        found -= {"adjacent"}
    names = {term.name for spacing in policy.spacing for term in (*spacing.above, *spacing.below)}
    return found if names.isdisjoint(POINTS) else found - {"spacing"}


def with_slots(text: str, policy: Policy, placements: list[tuple[int | None, Placement]]) -> str:
    """*text* with the markup of placements at the offsets that are given."""
    out, last = [], 0
    for offset, placement in sorted(placements, key=lambda put: put[0] or 0):
        out += [text[last : offset or 0], render(policy.slot(placement.slot), placement, PageContext())]
        last = offset or 0
    return "".join([*out, text[last:]])
