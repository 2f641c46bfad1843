"""Every public value: it cannot be changed, it compares and hashes by what it says, and it pickles, also for other processes."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from datetime import UTC, date, datetime

import attrs
import lxml.html
import pytest

import adslot
from adslot import (
    ArticleOptions,
    Case,
    Guards,
    Image,
    Layout,
    Limits,
    Policy,
    Related,
    Rule,
    Slot,
    Spacing,
    Term,
    TypedBlock,
)
from adslot.policy.language.anchors import parse_anchor
from tests.problems import problems_in

PAGE = (
    "<!DOCTYPE html><html lang=de><head><link rel=canonical href=/a></head><body><nav class=breadcrumb>Start</nav>"
    "<article><h2>Bahn</h2><p>Die Züge fahren wieder, sagt die <a href=/b>Bahn</a>.</p><p>Im Takt.</p>"
    f"<h2>Rad</h2>{'<p>Ein Satz, der zu keinem Zug passt, und noch einer.</p>' * 6}<p class=x>Ende.</p></article></body></html>"
)
ITEMS = (
    Related(
        "Züge im Takt", "/takt", image=Image("/t.jpg", 3, 2, "Zug"), tags=["Bahn"], published=date(2026, 11, 5), id=1
    ),
    Related("Räder", "/rad", when={"section": ["a*", True, 1]}, expires=datetime(2026, 11, 5, 6, tzinfo=UTC)),
    Related("Schiffe", "/schiff", sponsored=True, summary="Auf dem Rhein", id="s"),
)


def policy():
    return Policy(
        [
            Slot("ad", kind="ad", label="Anzeige", height={"m": 100}, sizes={"m": ["300x250"]}, attributes={"data-a": "b"}),
            Slot("more", kind="teaser", template="<a href='{{ items[0].url }}' rel='{{ items[0].rel }}'>x</a>"),
        ],
        [
            Rule("a", slot="ad", max=2, rate="1 per 20 chars", at=["after paragraph", "50%"], within="1 paragraph down"),
            Rule("b", slot="more", apart="9 chars and 1 block, or 50 words", after="paragraph", max=2),
        ],
        [Spacing.between("ad", "slot(more)", min="5 chars", unless="heading")],
        Limits(ads=3),
        ArticleOptions(language="de", ads=[".werbung"]),
        Guards(tail=False),
        [Case({"section": ["sport*", 1, True]}, changes={"limits": {"ads": 1}, "rules": [{"name": "a", "max": 1}]})],
        [Layout("m")],
    )  # fmt: skip


def values():
    """One value of each class, made anew, by the name of its class; of some several."""
    made = policy()
    result = adslot.place(PAGE, made, related=ITEMS, context={"section": "a"})
    in_bytes = adslot.place(PAGE.encode(), made, related=ITEMS, context={"section": "a"})
    planned = adslot.plan(adslot.read(PAGE), made, related=ITEMS)
    tree = lxml.html.document_fromstring(PAGE)
    article = adslot.read(PAGE, made)
    teaser = next(placement for placement in planned.placements if placement.items)
    refusals = planned.explain()
    found = [
        *(result, in_bytes, result.plan, planned, adslot.place_tree(tree, made, related=ITEMS)),
        *(article, adslot.read(PAGE.encode()), adslot.read_tree(tree, made)),
        *(adslot.prepare(PAGE, made), adslot.prepare(PAGE.encode(), made, mode="page")),
        adslot.Article.from_blocks([TypedBlock("heading", "Bahn"), {"role": "paragraph", "text": "Im Takt."}], made),
        *(article.blocks, article.gaps, article.sections, [article.links, article.body]),
        *(planned.placements, planned.unused, planned.rivals(teaser.id), refusals, [planned.conflict("b", 9)]),
        [cost for refusal in refusals if (cost := planned.cost(refusal.rule, refusal.gap or 0))],
        adslot.check(result.html.replace("adslot-a-1", "adslot-a-2"), made),
        *(made, made.slots, made.rules, made.spacing, made.cases, made.layouts, made.limits, made.guards, made.article),
        [rule.rate for rule in made.rules] + [rule.apart for rule in made.rules] + [rule.within for rule in made.rules],
        [Term(css="p"), parse_anchor("after paragraph 2 in section 1"), TypedBlock("list", html="<li>a")],
        *(ITEMS, [ITEMS[0].image], problems_in(Policy, rules=[Rule("a", slot="b")])),
    ]
    flat = [each for group in found for each in (group if isinstance(group, list | tuple) else [group])]
    return [each for each in flat if each is not None]


VALUES = values()
PUBLIC = [each for name in adslot.__all__ if isinstance(each := getattr(adslot, name), type) and attrs.has(each)]


@pytest.mark.parametrize("kind", PUBLIC, ids=lambda kind: kind.__name__)
def test_values_of_every_class(kind):
    """Equal ones have the same hash, however they came to be; nothing in them can be set."""
    pairs = [(one, other) for one, other in zip(VALUES, values(), strict=True) if type(one) is kind]
    assert pairs
    for one, other in pairs:
        assert one == other == pickle.loads(pickle.dumps(one))
        assert len({one, other, pickle.loads(pickle.dumps(one))}) == 1
        for field in attrs.fields(kind):
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                setattr(one, field.name, None)


def test_articles_that_differ():
    """What an article was asked for belongs to it."""
    asked, unasked = adslot.read(PAGE, policy()), adslot.read(PAGE)
    assert asked != unasked
    assert len({asked, unasked, adslot.read(PAGE)}) == 2


_CHILD = """
import pickle, sys, attrs
for value in pickle.load(sys.stdin.buffer):
    assert hash(value) == hash(attrs.evolve(value)), value
    assert value in {attrs.evolve(value)}
    print(type(value).__name__)
"""


def test_in_other_processes():
    """A hash that was kept is that of the process which asks for it."""
    kept = [
        each for each in VALUES if isinstance(each, adslot.Term | adslot.Distance | Related | Policy | adslot.Article)
    ]
    assert all(hash(each) == hash(each) for each in kept)  # asked twice, as it is kept then
    path = os.pathsep.join(filter(None, sys.path))
    child = subprocess.run(
        [sys.executable, "-c", _CHILD],
        input=pickle.dumps(kept),
        env=os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": path},
        capture_output=True,
        check=False,
    )
    assert child.stderr.decode() == ""
    assert child.stdout.decode().split() == [type(each).__name__ for each in kept]
