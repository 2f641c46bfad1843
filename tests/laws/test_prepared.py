"""Prepared: `prepare(h, p, mode=, encoding=).place(**k) == place(h, p, **k)`, however often, after pickling, in threads."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import attrs
from hypothesis import example, given
from hypothesis import strategies as st

from adslot import AdslotError, Case, Related, place, prepare
from tests import strategies
from tests.slots import own

ITEMS = (
    Related("Züge im Takt", "/takt", tags=["Bahn"]),
    Related("Nacht an der Küste", "/kueste", when={"section": "sport"}),
    Related("Straßen und Fahrpläne", "/x", expires=date(2026, 11, 5)),
    Related("Worte", "/worte", sponsored=True),
)
# What cases may change: how many slots, selectors that are asked, places that selectors lead to, the reading itself.
CASES = (
    Case({"subscriber": True}, changes={"limits": {"ads": 0}}),
    Case({"section": "sport"}, changes={"rules": [{"name": "r0", "after": ["css(h2)", "css(p)"]}]}),
    Case({"section": "kultur"}, changes={"rules": [{"name": "r0", "at": ["before css(p:nth-child(2))", "after lead"]}]}),
    Case({"device": "phone"}, changes={"article": {"existing": "ignore", "skip": ["figure"]}}),
    Case({"device": ["phone", "desk"]}, changes={"spacing": [{"between": ["ad", "css(li)"], "min": "1 block"}]}),
    Case({"test": 1}, changes={"article": {"body": "section, div"}, "slots": {"promo": {"label": "Neu"}}}),
)  # fmt: skip
TEMPLATE = "<b>{{ context.section }}{{ 9 // (context.test or 0) if context.test is defined }}</b>"


@st.composite
def _policies(draw):
    """Policies with cases, and perhaps a template that is told the context, and fails where `test` is 0."""
    policy = draw(strategies.policies() | strategies.wide_policies().map(lambda wide: attrs.evolve(wide, cases=())))
    try:
        policy = attrs.evolve(policy, cases=draw(st.lists(st.sampled_from(CASES), unique=True)))
    except AdslotError:  # an anchor beside what allows none
        policy = attrs.evolve(policy, cases=CASES[:2])
    if draw(st.booleans()):
        return policy
    slots = [attrs.evolve(slot, template=TEMPLATE, html="") if slot.kind == "promo" else slot for slot in policy.slots]
    return attrs.evolve(policy, slots=slots)


def _worth(section, item):
    return len(item.title) / (len(section.text) + 30 + (section.span or (0, 0))[1])


contexts = st.none() | st.fixed_dictionaries(
    {},
    optional={
        "subscriber": st.booleans(),
        "section": st.sampled_from(["sport", "kultur"]),
        "device": st.sampled_from(["phone", "desk"]),
        "test": st.integers(0, 1),
    },
)
offers = st.one_of(st.just(()), st.lists(st.sampled_from(ITEMS), unique=True), st.just(lambda _: ITEMS[:2]))
readers = st.fixed_dictionaries(
    {},
    optional={
        "context": contexts,
        "related": offers,
        "relevance": st.sampled_from([None, _worth]),
        "url": st.sampled_from([None, "https://landbote.example/takt"]),
        "now": st.sampled_from([None, date(2026, 11, 5), date(2026, 11, 6)]),
        "id_prefix": strategies.id_prefixes,
    },
)
inputs = st.one_of(
    st.tuples(strategies.articles, st.none()),
    st.tuples(strategies.texts, st.none()),
    st.tuples(strategies.any_bytes, st.sampled_from([None, None, "utf-8", "shift_jis"])),
)
modes = st.sampled_from(["auto", "page", "fragment"])


def outcome(work, *arguments, **said):
    """What *work* returns, or raises."""
    try:
        return work(*arguments, **said)
    except AdslotError as error:
        return type(error), str(error)


@given(inputs, _policies(), st.lists(readers, min_size=1, max_size=5), modes)
@example((f"<p>Eins.</p>{own()}<!-- adslot: here ad --><p>Zwei.</p>", None), strategies.EVERYWHERE, [{}, {}], "auto")
@example(("<p>Eins.</p>".encode("utf-16"), None), strategies.EVERYWHERE, [{}, {"id_prefix": 1}], "fragment")
def test_a_prepared_page_is_placed_as_any(given_html, policy, every_reader, mode):
    """For each reader in turn, and once more when all plans are known; the pickled page knows readings and no plans."""
    html, encoding = given_html
    prepared = prepare(html, policy, mode=mode, encoding=encoding)
    for said in every_reader * 2:
        expected = outcome(place, html, policy, mode=mode, encoding=encoding, **said)
        assert outcome(prepared.place, **said) == expected
    loaded = pickle.loads(pickle.dumps(prepared))
    assert loaded == prepared
    assert outcome(loaded.place, **every_reader[0]) == outcome(prepared.place, **every_reader[0])


@given(strategies.articles, _policies(), st.lists(readers, min_size=2, max_size=6))
def test_threads_share_a_prepared_page(html, policy, every_reader):
    """Each gets the page of its own reader."""
    prepared = prepare(html, policy)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda said: outcome(prepared.place, **said), every_reader * 2))
    assert found == [outcome(place, html, policy, **said) for said in every_reader] * 2


@given(strategies.articles, _policies(), contexts)
def test_its_plans_can_be_asked_as_any(html, policy, context):
    """Their articles are those that the resolved policy reads, with the answers to its selectors only."""
    expected, found = (
        outcome(place, html, policy, context=context),
        outcome(prepare(html, policy).place, context=context),
    )
    if isinstance(expected, tuple):
        assert found == expected
    else:
        assert found.plan.article == expected.plan.article
        assert found.plan.explain() == expected.plan.explain()
