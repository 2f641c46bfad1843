"""Law 6, for anchors. Which place serves which slot is part of what is best: most slots, then preferred anchors, then
the least movement, each summed over the rules of a tier."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import assume, example, given
from hypothesis import strategies as st

from adslot import Guards, Policy, Rule, Slot, check, place, read
from adslot.guards import GUARDS
from tests.oracles.legality import keeps
from tests.oracles.places import best_service, places_of, services

SLOT = Slot("ad", kind="ad", label="Anzeige")
ONE_PLACE = Guards(**{name: name == "adjacent" for name in GUARDS})
blocks = st.sampled_from(["<p>" + "wort " * n + "ende.</p>" for n in (0, 1, 2, 2, 5, 9)] + ["<h2>Titel</h2>", "<hr>"])
stories = st.lists(blocks, min_size=1, max_size=7).map("".join)
anchors = st.sampled_from(
    ["start", "end", "0%", "30%", "50%", "50%", "70%", "100%", "after short-paragraph", "after short-paragraph 2"]
    + ["after short-paragraph 3", "after short-paragraph -1", "before headings", "after section", "before section 1"]
    + ["before heading 1", "after separator", "before short-paragraph 1", "after text -2"]
)
moves = st.sampled_from([None, "1 block", "2 blocks", "2 blocks up", "3 blocks down", "20 chars", "40%", "100%"])


def rules(name, most=3):
    return st.builds(
        Rule,
        st.just(name),
        slot=st.just("ad"),
        at=st.lists(anchors, min_size=1, max_size=4),
        within=moves,
        max=st.integers(1, most),
        apart=st.sampled_from([None, None, "1 block", "2 blocks", "30 chars"]),
        from_start=st.sampled_from([None, None, None, "1 block", "25%"]),
        from_end=st.sampled_from([None, None, None, "1 block", "25%"]),
        prefer=st.sampled_from(["even", "early", "late", "section-end"]),
    )


def is_clear(article, one, other):
    """Whether two slots, each (rule, gap, below), may stand together."""
    if one[1] == other[1]:
        return False
    asking = [rule for rule, _, below in (one, other) if below or not (one[2] or other[2])]
    above, under = sorted((one[1], other[1]))
    return all(rule.apart is None or keeps(article, rule.apart, above, under) for rule in asking)


def options(article, rule):
    """All that one rule can place, each as slots and cost."""
    for gaps, cost in services(article, rule, rule.max):
        slots = [(rule, *gap) for gap in gaps]
        if all(is_clear(article, *pair) for pair in combinations(slots, 2)):
            yield slots, cost


def best(article, every):
    """Slots, ranks and movement of the best plan, by trying all."""
    found = []
    for chosen in product(*(list(options(article, rule)) for rule in every)):
        slots = [slot for part, _ in chosen for slot in part]
        if all(is_clear(article, one, other) for one, other in combinations(slots, 2) if one[0] is not other[0]):
            found.append((len(slots), -sum(cost[0] for _, cost in chosen), -sum(cost[1] for _, cost in chosen)))
    return max(found)


def made(article, plan, every):
    """The same of a plan."""
    ranks = chars = 0
    for rule in every:
        mine = [p for p in plan.placements if p.rule == rule.name]
        cost = best_service(
            places_of(article, rule), [(p.gap, p.anchor == "end" and p.gap == article.gaps[-1].index) for p in mine]
        )
        assert cost is not None
        assert len({p.gap for p in mine}) == len(mine)
        ranks, chars = ranks + cost[0], chars + cost[1]
        assert sum([str(a) for a in rule.at].index(p.anchor) for p in mine) <= cost[0]
    return len(plan.placements), -ranks, -chars


def placed(html, every):
    """The article and the plan of a page with few gaps, whose slots and reasons are sound."""
    policy = Policy([SLOT], every, guards=ONE_PLACE)
    article = read(html, policy)
    assume(0 < len(article.gaps) <= 9)
    result = place(html, policy)
    assert result.plan.status == "optimal"
    assert [finding for finding in check(result.html, policy) if finding.severity == "error"] == []
    for rule in every:
        used = {p.gap for p in result.plan.placements if p.rule == rule.name}
        assert {r.gap for r in result.plan.explain(rule=rule.name)} == {gap.index for gap in article.gaps} - used
    return article, result.plan


@given(stories, rules("r"))
@example("<p>wort ende.</p>" * 7, Rule("r", slot="ad", at=["50%", "50%"], max=2))
def test_no_way_to_serve_slots_is_better(html, rule):
    """Of one rule."""
    article, plan = placed(html, [rule])
    assert made(article, plan, [rule]) == best(article, [rule])


@given(stories.filter(lambda html: html.count("</") < 6), rules("r", 2), rules("s", 2))
def test_no_way_to_serve_the_slots_of_a_tier_is_better(html, one, other):
    """Of two rules of one tier."""
    article, plan = placed(html, [one, other])
    assert made(article, plan, [one, other]) == best(article, [one, other])
