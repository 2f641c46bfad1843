"""Relevance: what words tell, what replaces them, and what plans make of it."""

from __future__ import annotations

import pytest

from adslot import Article, ArticleOptions, Guards, Policy, Related, Rule, Section, Slot, place, place_tree, plan, read
from adslot.related import inventory
from adslot.related.known import inventory_of
from adslot.related.relevance import forget, lexical, permille
from adslot.related.words import stem

TEASER = Slot("mehr", kind="teaser", label="LESEN SIE AUCH")
HTML = """<h2>Bahn</h2><p>Die Züge fahren wieder, sagt die Bahn.</p><p>Das gilt ab Montag.</p>
<h2>Wald</h2><p>Der Förster zählt die Buchen im Forst.</p><p>Es sind viele.</p><p>Und sie sind alt.</p>"""
WALD, BAHN = Related("Alte Buchen im Stadtforst", "/wald"), Related("Neue Züge für die Bahn", "/bahn")
NEITHER = Related("Zehn Rezepte", "/rezepte")


def policy(*rules, **rest):
    return Policy([TEASER], rules or [Rule("t", slot="mehr", max=2)], article=ArticleOptions(short=5), **rest)


def rows(html, *items):
    return lexical(read(html).sections, items)


def shown(made):
    return [(p.gap, p.item.url, p.relevance) for p in made.placements]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Die Brücke bleibt zu.", "Neue Autobahnbrücke"),
        ("Die Strecke ist gesperrt.", "Sperrung der Strecke"),
        ("Die Häuser am Fluss.", "Ein Haus am Fluss"),
        ("The bridges were closed.", "Closing of a bridge"),
        ("東京駅の再開発が始まる。", "東京駅周辺の歴史"),
        ("Café und Übernachtung", "CAFÉ MIT UBERNACHTUNG"),
    ],
)
def test_what_is_the_same_in_other_words(text, title):
    """Compounds, endings, accents and scripts without spaces: the section has some of the title, another one nothing."""
    found = rows(f"<h2>A</h2><p>{text}<h2>B</h2><p>Nichts davon, ganz etwas anderes.", Related(title, "/x"), NEITHER)
    assert found[0][0] > 0
    assert found[1] == (0, 0)


def test_common_words_tell_nothing():
    """What all articles and all sections have makes none of them relevant."""
    items = [Related(f"Das ist für die {word}", f"/{word}") for word in ("Schifffahrt", "Gärten", "Oper")]
    found = rows("<h2>A</h2><p>Das ist für die einen.<h2>B</h2><p>Das ist für die anderen.", *items)
    assert set(found) == {(0, 0, 0)}


def test_headings_tags_and_summaries_count():
    """A word in the heading says more than one in the text; tags and summary say what the title does not."""
    title = Related("Buchen im Forst", "/1")
    (heading, text, _, _) = rows("<h2>Buchen im Forst</h2><p>Ja.<h2>A</h2><p>Buchen im Forst.<h2>B</h2><p>Nein.", title)
    assert heading > text > (0,)
    plain, tagged, told = (
        Related("Hier", "/1"),
        Related("Hier", "/2", tags=["Buchen"]),
        Related("Da", "/3", summary="Buchen, sehr alte Buchen, im Stadtforst"),
    )
    (_, (none, tags, summary), *_) = rows(
        "<h2>A</h2><p>Nein.<h2>B</h2><p>Alte Buchen, Buchen im Stadtforst.", plain, tagged, told
    )
    assert tags > summary > none == 0


def test_it_is_in_bounds_and_the_same_again():
    """From 0 to 1000, whatever is kept from before."""
    item = Related("Buchen Buchen", "/x", tags=["Buchen"])
    html = "<h2>Buchen</h2><p>" + "Buchen " * 500
    first = rows(html, item)
    forget()
    assert first == rows(html, item)
    assert 0 < first[0][0] <= 1000
    assert [permille(x) for x in (-1, 0, 0.1234, 1, 7.5)] == [0, 0, 123, 1000, 1000]
    assert stem("") == ""
    assert rows("", item) == ((0,), (0,))


def test_teasers_go_where_they_suit():
    """Each to its section, in whatever order the articles are given, in text and tree, and from an article that was read."""
    for items in ([BAHN, WALD], [WALD, BAHN], [NEITHER, WALD, BAHN]):
        made = place(HTML, policy(), related=items).plan
        assert [url for _, url, _ in shown(made)] == ["/bahn", "/wald"]
        assert made.status == "optimal"
        assert shown(plan(read(HTML), policy(), related=items)) == shown(made)


def test_without_words_in_common_the_order_counts():
    """As given, from the top of the page down, at the places that the rule likes best."""
    items = [Related("Xylophon", "/1"), Related("Quark", "/2"), Related("Jod", "/3")]
    made = place(HTML, policy(), related=items).plan
    assert [(url, relevance) for _, url, relevance in shown(made)] == [("/1", 0), ("/2", 0)]
    assert [gap for gap, *_ in shown(made)] == [
        p.gap for p in place(HTML, policy(), related=items[::-1]).plan.placements
    ]


def test_any_callable_replaces_it():
    """It is asked for each section and article; a constant keeps the order given."""
    asked = []

    def relevance(section: Section, item: Related) -> float:
        asked.append((section.heading.text if section.heading else None, section.text.split()[0], item.url))
        return 0.25 if item is NEITHER and section.index else 0

    made = place(HTML, policy(Rule("t", slot="mehr")), related=[BAHN, NEITHER], relevance=relevance).plan
    assert shown(made) == [(6, "/rezepte", 250)] or shown(made)[0][1:] == ("/rezepte", 250)
    assert len(asked) == 4
    assert ("Bahn", "Die", "/bahn") in asked
    made = place(HTML, policy(), related=[WALD, BAHN], relevance=lambda _section, _item: 1).plan
    assert [url for _, url, _ in shown(made)] == ["/wald", "/bahn"]


def test_a_teaser_at_the_end_is_one_to_the_whole_story():
    """There the article that suits all of it is shown, and the callable is given all of it."""
    texts = []

    def relevance(section: Section, item: Related) -> float:
        texts.append(section.text)
        return int("Züge" in section.text and "Buchen" in section.text and item is WALD)

    made = place(HTML, policy(Rule("t", slot="mehr", at="end")), related=[BAHN, WALD], relevance=relevance).plan
    assert [(url, relevance) for _, url, relevance in shown(made)] == [("/wald", 1000)]
    assert any("Züge" in text and "alt" in text for text in texts)


def test_anchors_go_before_relevance_and_relevance_before_preference():
    """A better anchor is kept; among gaps of one anchor's rank relevance decides, then what the rule prefers."""
    rule = Rule("t", slot="mehr", at=["after paragraph 1", "after paragraph 4"])
    assert [gap for gap, *_ in shown(place(HTML, policy(rule), related=[WALD]).plan)] == [2]
    for prefer, gap in (("late", 3), ("early", 2), ("section-end", 3)):
        made = place(
            HTML, policy(Rule("t", slot="mehr", prefer=prefer), guards=Guards(after_heading=True)), related=[BAHN]
        )
        assert [found[0] for found in shown(made.plan)] == [gap], prefer


def test_rules_in_order_of_priority():
    """The first rule has the better article, though the second stands above it; editors choose before both."""
    late = Rule("late", slot="mehr", at="after paragraph 4")
    early = Rule("early", slot="mehr", at="after paragraph 3", priority=2)
    made = place(HTML, policy(late, early, guards=Guards(adjacent=False)), related=[NEITHER, WALD]).plan
    assert [(p.rule, p.item) for p in made.placements] == [("early", NEITHER), ("late", WALD)]
    marked = HTML.replace("<p>Und sie", "<!-- adslot: here mehr --><p>Und sie")
    made = place(marked, policy(late), related=[NEITHER, WALD]).plan
    assert [p.rule for p in made.placements if p.item == WALD] == ["here"]


def test_poor_teasers_are_not_placed():
    """With `min_relevance` none is shown that suits too little; the refusal says by how much, the conflict names the key."""
    rule = Rule("t", slot="mehr", max=2, min_relevance=40)
    made = place(HTML, policy(rule), related=[NEITHER, WALD]).plan
    assert [url for _, url, _ in shown(made)] == ["/wald"]
    codes = {refusal.code: refusal for refusal in made.explain(gap=2)}
    assert (codes["relevance"].required, codes["relevance"].actual, codes["relevance"].unit) == (40, 0, "permille")
    conflict = made.conflict("t")
    assert conflict is not None
    assert conflict.suffices == ("rules[t].min_relevance",)
    assert [unused.code for unused in made.unused] == ["relevance"]
    assert place(HTML, policy(rule), related=[NEITHER]).plan.placements == ()


def test_rivals():
    """The other articles, the most relevant first, with the teaser that shows them."""
    made = place(HTML, policy(), related=[NEITHER, WALD, BAHN]).plan
    first, second = made.placements
    found = made.rivals(second.id)
    assert {rival.item: rival.shown for rival in found} == {BAHN: first.id, NEITHER: None}
    assert all(rival.fits for rival in found)
    with pytest.raises(LookupError, match="no teaser with the id 'x'"):
        made.rivals("x")


def test_costs_know_of_relevance():
    """Using a gap where nothing suits costs relevance, and what suits elsewhere stays there."""
    made = place(HTML, policy(Rule("t", slot="mehr")), related=[WALD]).plan
    cost = made.cost("t", 2)
    assert cost is not None
    assert cost.value == made.placements[0].relevance


def test_nothing_is_asked_without_teasers():
    """Neither without articles, nor without a rule that has a place for one."""

    def relevance(_section: Section, _item: Related) -> float:
        raise AssertionError

    ad = Policy([Slot("anzeige", kind="ad", label="Anzeige")], [Rule("a", slot="anzeige")])
    assert place(HTML, ad, related=[WALD], relevance=relevance).plan.relevances is None
    assert place(HTML, policy(), relevance=relevance).plan.placements == ()
    short = policy(Rule("t", slot="mehr", min_article="900 words"))
    assert place(HTML, short, related=[WALD], relevance=relevance).plan.placements == ()


def test_trees_and_articles():
    """The tree door gives the same, and `Section.text` leaves heading, ads and teasers out."""
    lxml = pytest.importorskip("lxml.html")
    tree = lxml.fragment_fromstring(HTML, create_parent="div")
    made = place_tree(tree, policy(), related=[WALD, BAHN])
    assert shown(made) == shown(place(HTML, policy(), related=[WALD, BAHN]).plan)
    article: Article = read('<h2>A</h2><p>Eins.</p><div class="adsbygoogle">Anzeige</div><p>Zwei.</p>')
    assert article.sections[0].text == "Eins.\nZwei."


def test_words_that_were_looked_up_long_ago(monkeypatch):
    """What pages say is remembered in two parts, of which the older is forgotten: the answers stay the same."""
    story = read(f"<h2>Bahn</h2><p>{' '.join(f'Wort{number} Züge' for number in range(60))}</p>")
    items = [Related("Züge und Wort7", "/7"), Related("Wort59", "/59")]
    first = lexical(story.sections, items)
    forget()
    monkeypatch.setattr(inventory, "_MOST_WORDS", 20)
    assert [lexical(story.sections, items) for _ in range(3)] == [first] * 3
    index = inventory_of(tuple(items)).index
    assert 0 < len(index._older) <= 21
    assert len(index._known) <= 21
    forget()
