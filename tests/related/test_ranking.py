"""The index finds what a look at every article finds: the same best ones, in the same order, with the same relevance."""

from __future__ import annotations

import pickle
import random
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adslot import Policy, Related, Rule, Slot, plan, read
from adslot.related import judged
from adslot.related.inventory import NOISE, least_common, share_of
from adslot.related.known import inventory_of
from adslot.related.ranking import Ranked, Ranking, ranked
from adslot.related.rarity import UNIT
from adslot.related.relevance import Known, Scores, lexical

WORDS = "Rheinbrücke Brücke Bahn Bahnhof Züge Zugverkehr EZB Zinsen Wald Waldbrand Förster Lehrer Schule 東京駅 mehr A65".split()
TEASER = Slot("mehr", kind="teaser", label="LESEN SIE AUCH")
NOW = date(2026, 11, 5)

texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


@st.composite
def inventories(draw):
    """Articles of few words, so that many are equally relevant; some are over, for others, sponsored, or there twice."""
    count = draw(st.integers(1, 60))
    source = random.Random(draw(st.integers(0, 999)))

    def some(most):
        return " ".join(source.choices(WORDS, k=source.randint(1, most)))

    return [
        Related(
            some(4),
            f"/{source.randint(0, 2 * count)}",
            tags=[some(1)] * source.randint(0, 2),
            summary=some(9) if source.random() < 0.5 else None,
            expires=source.choice([None, None, None, date(2026, 11, 4), date(2026, 11, 6)]),
            when=source.choice([{}, {}, {}, {"section": "sport"}]),
            sponsored=source.random() < 0.1,
        )
        for _ in range(count)
    ]


stories = st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=5).map(
    lambda parts: "".join(f"<h2>{head} X</h2><p>Ein Satz. {one}</p><p>{two}.</p>" for head, one, two in parts)
)


def order(row):
    """Articles from the most relevant on, else in the order given."""
    return tuple(sorted(range(len(row)), key=row.__getitem__, reverse=True))


@given(inventories(), stories, st.integers(1, 8), st.sets(st.integers(0, 59), max_size=9), st.booleans())
def test_the_best_are_the_best(items, html, count, gone, whole):
    """Whatever is wanted, whatever the page has to do without, for each section and all of the story."""
    sections = read(html).sections
    whole = whole and len(sections) > 1
    index = inventory_of(tuple(items)).index
    without = tuple(sorted(number for number in gone if number < len(items) - 1))
    texts_of = tuple((section.heading.text if section.heading else "", section.text) for section in sections)
    rows = Ranking(index, texts_of, whole=whole, without=without).rows(count)
    plain = lexical(sections, items)
    for row, looked in zip(rows, plain, strict=False):
        left = [relevance for number, relevance in enumerate(looked) if number not in without]
        assert tuple(row.best(count)) == order(left)[:count]
        assert [row[item] for item in row.best(count)] == sorted(left, reverse=True)[:count]
        assert (list(row), len(row)) == (left, len(left))
        assert tuple(row.best(len(left))) == order(left)
    assert len(rows) == len(sections) + whole


@given(inventories(), stories, st.sampled_from([1, 2, 3, 5]), st.sampled_from([0, 10, 60]), st.data())
def test_plans_are_those_of_a_plain_look(items, html, most, floor, data):
    """With dates, contexts, sponsors, the page itself and its links, floors, several rules and several articles to a slot."""
    policy = Policy(
        [TEASER, Slot("liste", kind="teaser", items=3), Slot("anzeige", kind="ad", label="Anzeige")],
        [
            Rule("a", slot="mehr", max=most, min_relevance=floor),
            Rule(
                "b", slot="liste", at=["end", "after paragraph 2"], max=2, priority=data.draw(st.sampled_from([1, 2]))
            ),
            Rule("c", slot="anzeige", max=2),
        ],
    )
    link = data.draw(st.sampled_from(items)).url
    article = read(f"{html}<p>Ein <a href='{link}'>Verweis</a>.</p>", policy)
    told = {
        "now": data.draw(st.sampled_from([None, NOW])),
        "context": data.draw(st.sampled_from([{"section": "sport"}, {"section": "kultur"}])),
        "url": data.draw(st.sampled_from(items)).url,
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judged, "_FEW", 1)
        made = plan(article, policy, related=items, **told)
        patch.setattr(Scores, "_by_words", _looked_at)
        looked = plan(article, policy, related=items, **told)
    assert (made.placements, made.status, made.unused) == (looked.placements, looked.status, looked.unused)
    assert made == looked


def _looked_at(scores, *, whole):
    """What `Scores._by_words` finds, by a look at every article."""
    rows = lexical(scores._outline.sections, scores._inventory, whole=whole)
    gone = set(scores._without)
    left = [ranked([each for number, each in enumerate(row) if number not in gone]) for row in rows]
    return tuple(left if whole else left[:-1])


def test_among_many():
    """Of thousands, with a bar that a sample sets: no other ones, in no other order."""
    source = random.Random(5)
    stems = ["".join(source.choices(["ba", "de", "fi", "go", "ku", "la", "mi", "no"], k=3)) for _ in range(400)]
    items = [Related(" ".join(source.choices(stems, k=5)).title(), f"/{number}") for number in range(4000)]
    story = read("".join(f"<h2>Teil {k}</h2><p>{' '.join(source.choices(stems, k=60))}.</p>" for k in range(6)))
    rows = Scores(story, items, count=7).rows
    plain = lexical(story.sections, items)
    assert [row.best(7) for row in rows] == [order(row)[:7] for row in plain]
    assert [[row[item] for item in row.best(7)] for row in rows] == [sorted(row, reverse=True)[:7] for row in plain]
    assert sum(len(row._known) for row in rows) == 7 * len(rows)
    assert len(dict.fromkeys(rows)) == len(rows)


@given(st.integers(0, 1000), st.integers(1, 10**6), st.integers(0, 10**6))
@example(5, 400, 41)
def test_with_less_nothing_is_so_relevant(relevance, size, common):
    """Not for an article of that size, nor for a larger one."""
    if common << UNIT < least_common(max(relevance, NOISE), size):
        assert share_of(common, size) < max(relevance, NOISE)
        assert share_of(common, 2 * size) < max(relevance, NOISE)


def test_rows_are_values():
    """They compare, are pickled, and can be had again as they were."""
    rows = [ranked(row) for row in ([0, 30, 90, 30], [0, 30, 90, 0], [0, 0, 0, 0], [0, 30, 90])]
    part = Ranked(4, [(2, 90)], are_all=False, work_out=lambda: [0, 30, 90, 30])
    assert part == rows[0]
    assert part != rows[1]
    assert len(dict.fromkeys([part, *rows])) == 4
    assert pickle.loads(pickle.dumps(part)) == part
    assert (part.best(1), part.best(3), part[1], part[1:3]) == ((2,), (2, 1, 3), 30, [30, 90])
    assert rows[2].best(2) == (0, 1)
    assert rows[0] != [0, 30, 90, 30]


def test_what_was_found_for_a_page_is_remembered(monkeypatch):
    """As long as it is not too much; and of another page it is found anew."""
    items = tuple(Related(f"{word} und {word}", f"/{number}") for number, word in enumerate(WORDS))
    policy = Policy([TEASER], [Rule("a", slot="mehr")])
    story = read("<h2>Wald</h2><p>Der Förster und der Wald.</p><h2>Bahn</h2><p>Züge am Bahnhof.</p>", policy)
    made = plan(story, policy, related=items)
    index = inventory_of(items).index
    monkeypatch.setattr(index, "said_in", None)
    assert plan(story, policy, related=items) == made
    monkeypatch.undo()
    for size in (6 << 20, 6 << 20, 20 << 20):
        index.remember(size, (), size)
    assert list(index.remembered) == []
    assert plan(story, policy, related=items) == made


def test_what_a_plan_is_asked_is_not_remembered():
    """How relevant all articles are would take as much for each page as the inventory has articles."""
    items = tuple(Related(f"{word} und {word}", f"/{number}") for number, word in enumerate(WORDS * 40))
    policy = Policy([TEASER], [Rule("a", slot="mehr")])
    made = plan(
        read("<h2>Wald</h2><p>Der Förster und der Wald.</p><p>Züge am Bahnhof.</p>", policy), policy, related=items
    )
    assert made.unused
    kept = [row for rows in inventory_of(items).index.remembered.values() for row in rows]
    assert kept
    assert not any("_all" in vars(row) for row in kept)


def test_articles_with_very_many_tags():
    """What all of them weigh together is more than a small field holds."""
    tags = ["".join(random.Random(k).choices("abcdefghiklmnoprst", k=9)).title() for k in range(6000)]
    items = [Related("Wald", "/1", tags=tags), Related("Förster", "/2", tags=tags[:10]), Related("Bahn", "/3")]
    story = read(f"<h2>Wald</h2><p>{' '.join(tags)}</p><h2>Bahn</h2><p>Die Bahn.</p>")
    rows = Scores(story, items, count=3).rows
    assert [list(row) for row in rows] == [list(row) for row in lexical(story.sections, items)]
    assert Known(rows).is_known
