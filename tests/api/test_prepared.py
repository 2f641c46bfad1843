"""Prepared pages: what is done once, what is done again, and how much is held; that the pages are right is a law."""

from __future__ import annotations

import pickle

import pytest

from adslot import Case, ContextError, Policy, PolicyError, Related, Rule, Slot, place, prepare
from adslot.api import prepared as module

HTML = "<h2>Bahn</h2><p class=a>Eins.</p><p>Zwei.</p><h2>Rad</h2><p>Drei.</p><p>Vier.</p>"
ITEMS = [Related("Züge im Takt", "/takt", when={"section": "sport"}), Related("Räder", "/rad")]
POLICY = Policy(
    [Slot("ad", kind="ad", label="Anzeige"), Slot("more", kind="teaser", label="MEHR")],
    [Rule("text", slot="ad"), Rule("more", slot="more", max=2)],
    cases=[
        Case({"subscriber": True}, changes={"limits": {"ads": 0}}),
        Case({"section": "sport"}, changes={"rules": [{"name": "text", "after": "css(.a)"}]}),
        Case({"section": "kultur"}, changes={"rules": [{"name": "text", "at": "before css(h2) 2"}]}),
        Case({"device": "phone"}, changes={"article": {"skip": ["h2"]}}),
    ],
)


@pytest.fixture
def done(monkeypatch):
    """What is read, planned and rendered, as it is done."""
    work = []

    def watch(name):
        original = getattr(module, name)

        def watched(*arguments):
            work.append(name)
            return original(*arguments)

        monkeypatch.setattr(module, name, watched)

    for name in ("parse", "plan_of", "inserts_of"):
        watch(name)
    return work


def slots(result):
    return [placement.rule for placement in result.plan.placements]


def test_what_a_reader_costs(done):
    """Neither reading nor planning for a context that resolves as one before; planning alone for new selectors."""
    prepared = prepare(HTML, POLICY)
    assert done == []
    prepared.place()
    assert done == ["plan_of", "inserts_of"]
    prepared.place(context={"subscriber": False, "section": "politik"})
    prepared.place(context={"section": "politik"}, url="/hier")
    assert done == ["plan_of", "inserts_of"]
    done.clear()
    assert slots(prepared.place(context={"section": "sport"})) == ["text"]
    assert slots(prepared.place(context={"subscriber": True, "section": "sport"})) == []
    assert done == ["plan_of", "inserts_of"] * 2
    done.clear()
    prepared.place(context={"section": "kultur"})  # an anchor leads to a place, which is certified
    prepared.place(context={"device": "phone"})
    assert done == ["parse", "plan_of", "inserts_of"] * 2
    done.clear()
    prepared.place(context={"device": "phone", "subscriber": True})
    assert done == ["plan_of", "inserts_of"]


def test_related_articles(done):
    """A plan is known by the articles that may be shown, not by how it comes to these."""
    prepared = prepare(HTML, POLICY)
    rules = slots(prepared.place(related=ITEMS, context={"section": "politik"}))
    assert rules.count("more") == 1
    again = [Related("Züge im Takt", "/takt", when={"section": "sport"}), Related("Räder", "/rad")]
    assert slots(prepared.place(related=iter(again), context={"section": "wissen"})) == rules
    assert done.count("plan_of") == 1
    assert slots(prepared.place(related=again, context={"section": "sport"})).count("more") == 2
    assert done.count("plan_of") == 2


def test_what_is_asked_of_functions_is_asked_each_time(done):
    """They may answer otherwise, so no plan of theirs is known, and the pickled page knows nothing of them."""
    prepared = prepare(HTML, POLICY)
    asked = []

    def offered(section):
        asked.append(section.index)
        return ITEMS

    for _ in range(2):
        prepared.place(related=offered)
        prepared.place(related=ITEMS, relevance=lambda _, item: len(item.title) / 99)
    assert done.count("plan_of") == 4
    assert asked == [0, 1] * 2
    assert pickle.loads(pickle.dumps(prepared)) == prepared


def test_a_template_is_told_each_context(done):
    """The plan is the same, and the markup is not."""
    policy = Policy([Slot("x", kind="promo", template="<b>{{ context.name }}</b>")], [Rule("r", slot="x", at="end")])
    prepared = prepare(HTML, policy)
    assert "<b>Muster</b>" in prepared.place(context={"name": "Muster"}).html
    assert "<b>Probe</b>" in prepared.place(context={"name": "Probe"}).html
    assert done == ["plan_of", "inserts_of", "inserts_of"]


def test_a_pickled_page_is_read(done):
    """Its readings come with it, those of cases too; the policy of several pages is one in the process."""
    prepared = prepare(HTML.encode("utf-16"), POLICY, mode="fragment")
    prepared.place(context={"device": "phone"})
    done.clear()
    first, second = (pickle.loads(pickle.dumps(prepared)) for _ in range(2))
    assert first == prepared
    assert hash(first) == hash(prepared)
    assert first.policy is second.policy
    for context in ({}, {"device": "phone"}):
        assert first.place(context=context) == place(HTML.encode("utf-16"), POLICY, mode="fragment", context=context)
    assert done == ["plan_of", "inserts_of"] * 2


def test_its_size_is_bounded():
    """So many readings and plans are held, however many there are to be made, and each is right."""
    cases = [Case({"n": n}, changes={"article": {"short": f"{n} chars"}}) for n in range(1, 30)]
    policy = Policy(POLICY.slots, POLICY.rules, cases=cases)
    prepared, size = prepare(HTML, policy), len(pickle.dumps(prepare(HTML, policy)))
    for n in (*range(1, 30), 1):
        assert prepared.place(context={"n": n}, id_prefix=n) == place(HTML, policy, context={"n": n}, id_prefix=n)
        assert len(pickle.dumps(prepared)) < size * module.MOST_READINGS
    for prefix in range(3 * module.MOST_PLANS):
        prepared.place(id_prefix=prefix)
        assert len(prepared._plans) <= module.MOST_PLANS  # which nothing else shows


def test_its_errors_are_those_of_place():
    """Of its own arguments each time; what is wrong with markup or with two cases together is told where it is met."""
    changes = [{"rules": [{"name": "r", "min": 2, "max": 2}]}, {"rules": [{"name": "r", "max": 1}]}]
    policy = Policy(
        [Slot("x", kind="promo", template="<b>{{ 1 // context.n if context.n is defined }}</b>")],
        [Rule("r", slot="x", max=3)],
        cases=[Case({name: True}, changes=laid) for name, laid in zip("ab", changes, strict=True)],
        context={"a": "bool", "b": "bool", "n": "number"},
    )
    prepared = prepare(HTML, policy)
    for context in ({"n": 0}, {"n": 1, "a": True, "b": True}, {"c": 1}) * 2:
        with pytest.raises((PolicyError, ContextError)) as expected:
            place(HTML, policy, context=context)
        with pytest.raises(type(expected.value)) as found:
            prepared.place(context=context)
        assert str(found.value) == str(expected.value)
    assert len(slots(prepared.place(context={"n": 1}))) == 3


def test_it_shows_itself_briefly():
    """The beginning of the page says which it is."""
    assert repr(prepare(HTML, POLICY)).startswith("<Prepared '<h2>Bahn</h2>")
    assert len(repr(prepare(HTML * 100, POLICY))) < 100
