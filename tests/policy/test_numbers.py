"""Numbers that are too long to be written: wherever Python code may hand one over, it is told what is wrong, and nothing else raised."""

from __future__ import annotations

import json
import pickle
from typing import Any

import attrs
import pytest

from adslot import (
    Anchor,
    Article,
    ArticleOptions,
    Case,
    Distance,
    Image,
    Layout,
    Limits,
    Policy,
    PolicyError,
    Rate,
    Related,
    RelatedError,
    Rule,
    Slot,
    Spacing,
    TypedBlock,
    Within,
    check,
    dumps,
    from_mapping,
    json_schema,
    load_related,
    loads,
    place,
    plan,
    read,
)
from adslot.policy.language.distance import (
    Amount,
    DistanceError,
    blocks,
    chars,
    paragraphs,
    percent,
    px,
    screens,
    words,
)
from adslot.policy.numbers import LARGEST, LARGEST_ID, number_in, told

HUGE: Any = 10**4400
STORY = "<p>Eins.</p><p>Zwei.</p><p>Drei.</p>"
AD, TEASER = Slot("ad", kind="ad", label="Anzeige"), Slot("m", kind="teaser")


def rule(**said):
    return {"slots": [AD], "rules": [Rule("r", slot="ad", **said)]}


def slot(**said):
    return {"slots": [attrs.evolve(AD, **said)]}


def distance(number, unit="chars"):
    return Distance(((Amount(number, unit),),))


# Every number of a policy, by its path: as what a policy is made of, given the number.
NUMBERS = {
    "limits.ads": lambda n: {"limits": Limits(ads=n)},
    "limits.teasers": lambda n: {"limits": Limits(teasers=n)},
    "limits.promos": lambda n: {"limits": Limits(promos=n)},
    "limits.slots": lambda n: {"limits": Limits(slots=n)},
    "article.short": lambda n: {"article": ArticleOptions(short=n)},
    "layouts.a.min_width": lambda n: {"layouts": [Layout("b"), Layout("a", min_width=n)]},
    "slots.ad.height": lambda n: slot(height=n),
    "slots.ad.height.a": lambda n: slot(height={"a": n}) | {"layouts": [Layout("a")]},
    "slots[0].name": lambda n: {"slots": [attrs.evolve(AD, name=n)]},
    "slots.ad.kind": lambda n: slot(kind=n),
    "rules[0].name": lambda n: {"slots": [AD], "rules": [Rule(n, slot="ad")]},
    "rules[0].slot": lambda n: {"slots": [AD], "rules": [Rule("r", slot=n)]},
    "rules[0].prefer": lambda n: rule(prefer=n),
    "rules[0].within ": lambda n: rule(at="start", within=n),
    "rules[0].apart  ": lambda n: rule(apart=n),
    "layouts[0].name": lambda n: {"layouts": [Layout(n)]},
    "slots.m.items": lambda n: {"slots": [attrs.evolve(TEASER, items=n)]},
    "rules[0].max": lambda n: rule(max=n),
    "rules[0].min": lambda n: rule(min=n),
    "rules[0].priority": lambda n: rule(priority=n),
    "rules[0].per_section": lambda n: rule(per_section=n),
    "rules[0].min_relevance": lambda n: rule(min_relevance=n),
    "rules[0].rate": lambda n: rule(rate=Rate(n, Amount(1, "chars"))),
    "rules[0].rate ": lambda n: rule(rate=Rate(1, Amount(n, "chars"))),
    "rules[0].at": lambda n: rule(at=Anchor("after", "paragraph", n)),
    "rules[0].at ": lambda n: rule(at=Anchor("after", "paragraph", 1, section=n)),
    "rules[0].at  ": lambda n: rule(at=Anchor("at", percent=n)),
    "rules[0].within": lambda n: rule(at="start", within=Within(distance(n))),
    "rules[0].from_start": lambda n: rule(from_start=distance(n)),
    "rules[0].from_end": lambda n: rule(from_end=distance(n, "words")),
    "rules[0].apart": lambda n: rule(apart=distance(n, "%")),
    "rules[0].apart ": lambda n: rule(apart=distance(n, "screens")),
    "rules[0].min_article": lambda n: rule(min_article=distance(n, "paragraphs")),
    "rules[0].max_article": lambda n: rule(max_article=distance(n, "words")),
    "spacing[0].min": lambda n: {"spacing": [Spacing("ad", "list", min=distance(n))]},
    "spacing[0].from": lambda n: {"spacing": [Spacing("ad", "list", min="1 block", from_count=n)]},
    "cases[0].when.a": lambda n: {"cases": [Case({"a": n}, changes={"limits": {"ads": 1}})]},
    "cases[0].when.b": lambda n: {"cases": [Case({"b": ["x", n]}, changes={"limits": {"ads": 1}})]},
    "cases[0].limits.ads": lambda n: {"cases": [Case({"a": 1}, changes={"limits": {"ads": n}})]},
    "cases[0].rules[0].max": lambda n: (
        rule() | {"cases": [Case({"a": 1}, changes={"rules": [{"name": "r", "max": n}]})]}
    ),
}


@pytest.mark.parametrize("number", [HUGE, -HUGE], ids=["huge", "minus huge"])
@pytest.mark.parametrize("path", NUMBERS)
def test_numbers_of_a_policy(path, number):
    """Each is a problem at its path, and what it stands in can be shown, compared and pickled."""
    parts = NUMBERS[path](number)
    for part in parts.values():
        assert "4401 digits" in repr(part) or "2 digits" not in repr(part)
        assert str(part)
        assert pickle.loads(pickle.dumps(part)) == part
    with pytest.raises(PolicyError) as caught:
        Policy(**parts)
    assert path.strip() in {problem.path for problem in caught.value.problems}
    assert "digits" in str(caught.value)
    assert repr(caught.value)


@pytest.mark.parametrize("path", NUMBERS)
def test_what_is_a_little_too_large_is_told_too(path):
    """A policy that is made can be written, planned by and checked."""
    for number in (LARGEST, LARGEST + 1, LARGEST_ID + 1):
        try:
            policy = Policy(**NUMBERS[path](number))
        except PolicyError:
            continue
        assert loads(dumps(policy)) == policy
        result = place(STORY, policy, context={"a": number, "b": number})
        assert check(result.html, policy, context={"a": number, "b": number}) is not None
        assert result.plan.explain() is not None


@pytest.mark.parametrize(
    "data",
    [
        {"limits": {"ads": HUGE}},
        {"limits": HUGE},
        {"rules": [HUGE]},
        {"rules": [{"name": HUGE, "slot": [HUGE], "max": HUGE, "at": HUGE, "apart": {"a": HUGE}}]},
        {"slots": {"a": {"kind": HUGE, "height": {"m": HUGE}, "attributes": {"x": HUGE}, "sizes": [HUGE]}}},
        {"slots": {HUGE: {}}},
        {HUGE: 1},
        {"extends": HUGE},
        {"cases": [{"when": {"a": HUGE}}, HUGE]},
        {"spacing": [{"between": HUGE, "min": HUGE, "from": HUGE}]},
        {"article": {"short": HUGE, "ads": HUGE, "opaque": [HUGE]}},
        {"layouts": {"a": {"min_width": HUGE}}},
    ],
)
def test_mappings(data):
    """The same of what would stand in a file."""
    with pytest.raises(PolicyError) as caught:
        from_mapping(data)
    assert "digits" in str(caught.value)


@pytest.mark.parametrize("number", [f"0x{'f' * 4000}", f"0b{'1' * 15000}", "9" * 5000])
def test_files(number):
    """TOML has numbers in other bases, which are read however long they are."""
    with pytest.raises(PolicyError):
        loads(f"[limits]\nads = {number}")
    with pytest.raises(PolicyError):
        loads(f"[[cases]]\nwhen = {{ a = {number} }}\nlimits = {{ ads = 1 }}")


@pytest.mark.parametrize("make", [chars, words, paragraphs, blocks, percent, px, screens])
@pytest.mark.parametrize("number", [HUGE, -HUGE, LARGEST + 1], ids=["huge", "minus huge", "large"])
def test_distances(make, number):
    """A DistanceError says what is expected."""
    with pytest.raises(DistanceError) as caught:
        make(number)
    assert "digits" in str(caught.value) or number == LARGEST + 1


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: Image("/i", HUGE), ValueError),
        (lambda: Image("/i", height=-HUGE), ValueError),
        (lambda: Image(HUGE), TypeError),
        (lambda: Related(HUGE, "/a"), TypeError),
        (lambda: Related("a", "/a", id=HUGE), ValueError),
        (lambda: TypedBlock("heading", "a", level=HUGE), ValueError),
        (lambda: TypedBlock(HUGE), ValueError),
        (lambda: TypedBlock("list", HUGE), TypeError),
        (lambda: Article.from_blocks([HUGE]), TypeError),
        (lambda: Article.from_blocks([{"role": "heading", "level": HUGE}]), ValueError),
        (lambda: place(STORY, Policy([TEASER], [Rule("r", slot="m")]), related=[HUGE]), TypeError),
        (lambda: place(STORY, Policy(**rule())).plan.explain(gap=HUGE), LookupError),
        (lambda: place(STORY, Policy(**rule())).plan.cost("r", -HUGE), LookupError),
    ],
)
def test_other_values(make, error):
    """Each is told with the error that is usual for it."""
    with pytest.raises(error) as caught:
        make()
    assert "4401 digits" in str(caught.value)


def test_what_may_be_large():
    """A context, what is asked of it, and what is wanted of a plan."""
    item = Related("a", "/a", when={"x": HUGE}, id=LARGEST_ID)
    assert "4401 digits" in repr(item)
    policy = Policy([TEASER, AD], [Rule("r", slot="m"), Rule("s", slot="ad")], cases=[Case({"x": 1}, changes={})])
    for context, shown in (({"x": HUGE}, 1), ({"x": 1}, 0)):
        made = plan(read(STORY), policy, related=[item], context=context)
        assert sum(len(placement.items) for placement in made.placements) == shown
    for wanted in (41, 10**9, HUGE):
        conflict = made.conflict("s", wanted)
        assert conflict is not None
        assert conflict.keys == ("gaps",)
    assert "4401 digits" in repr(made.conflict("s", HUGE))


def test_related_articles_in_files(tmp_path):
    """Numbers that Python reads and that are no ids or sizes."""
    data = [{"title": "a", "url": "/a", "id": 10**50, "image": {"url": "/i", "width": 10**9}, "when": {"x": -(10**50)}}]
    (tmp_path / "a.json").write_text(json.dumps(data), "utf-8")
    with pytest.raises(RelatedError) as caught:
        load_related(tmp_path / "a.json")
    assert [problem.path for problem in caught.value.problems] == [
        "items[0].id",
        "items[0].image.width",
        "items[0].when.x",
    ]


def test_the_schema_has_the_same_bounds():
    """Every whole number of a policy file has a least and a most."""

    def numbers(schema):
        for each in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
            yield from numbers(each)
        if isinstance(schema, dict) and "integer" in (kind := schema.get("type", "")) and isinstance(kind, str | list):
            yield schema

    found = list(numbers(json_schema()))
    assert found
    assert all({"minimum", "maximum"} <= set(each) for each in found)


def test_told():
    """As Python writes it, but for numbers that are too long."""
    assert told({"a": [1, True, "x"]}) == "{'a': [1, True, 'x']}"
    assert told({"a": [1, HUGE], HUGE: (HUGE,)}) == (
        "{'a': [1, a number of 4401 digits], a number of 4401 digits: (a number of 4401 digits)}"
    )
    assert told({HUGE}) == "{a number of 4401 digits}"
    assert told(range(HUGE)) == "a range with a number that is too long to be written"
    assert list(number_in((1, Amount(2, "chars"), "x", (3,)))) == [1, 2, 3]
