"""Articles of typed blocks: the same story as in HTML, the same plan; and whatever blocks hold, one block each."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from adslot import (
    Article,
    ArticleOptions,
    Image,
    Policy,
    Related,
    Role,
    Rule,
    Slot,
    Spacing,
    TypedBlock,
    markup,
    place,
    plan,
    read,
)
from tests import strategies

AD, MORE = Slot("ad", kind="ad", label="Anzeige"), Slot("more", kind="teaser", label="Lesen Sie auch")
TEXT = "Der Fluss steigt seit Montag, und am Ufer stehen Pumpen bereit."


def typed(block):
    """A block of an article as a store would have it."""
    return TypedBlock(
        block.role,
        block.text,
        level=block.level if 1 <= block.level <= 6 else 2,
        floated="floated" in block.traits,
        caption="caption" in block.traits,
        label="label" in block.traits,
    )


def told(made):
    """What a plan decides, and why not otherwise."""
    return [(p.rule, p.gap, p.stack, p.items) for p in made.placements], made.explain()


@given(strategies.articles, strategies.policies())
@example("<hr><div><p>Bahn</p><ul><li>Bahn</li><li>b</li></ul></div>", strategies.EVERYWHERE)
def test_the_same_story_has_the_same_plan(text, policy):
    """Gap for gap and reason for reason, where nothing but the story counts: no selector, marker or unsafe gap."""
    assume(not policy.selectors)
    article = read(text, policy)
    assume(not article.refused and not article.closed and not article.manual and not article.none)
    assume(article.lead_outside is None and article.lead is None and not article.ids)
    again = Article.from_blocks(map(typed, article.blocks), policy)
    assert [(b.role, b.text, b.chars, b.words, b.traits) for b in again.blocks] == [
        (b.role, b.text, b.chars, b.words, b.traits) for b in article.blocks
    ]
    assert [(s.level, s.parent, s.first, s.text) for s in again.sections] == [
        (s.level, s.parent, s.first, s.text) for s in article.sections
    ]
    items = [Related("Pumpen am Fluss", "/pumpen"), Related("Wetter", "/wetter")]
    assert told(plan(again, policy, related=items)) == told(plan(article, policy, related=items))


contents = st.one_of(
    strategies.texts, st.sampled_from(["", " ", "<p>a</p><p>b</p>", "</div></p>", "<!-- adslot: none -->"])
)
parts = st.builds(
    TypedBlock,
    st.sampled_from(list(Role)),
    st.text(max_size=20),
    html=contents,
    level=st.integers(1, 6),
    name=st.sampled_from(["", "lead", "a b", '">']),
    floated=st.booleans(),
    caption=st.booleans(),
)


@given(st.lists(parts, max_size=6), strategies.policies())
def test_any_blocks_are_an_article(blocks, policy):
    """One block for each, in order, whatever it holds; it stays what it was said to be; every gap may be used."""
    article = Article.from_blocks(blocks, policy)
    assert len(article.blocks) == len(blocks)
    read_ones = {Role.PARAGRAPH, Role.HEADING}
    for given_, block in zip(blocks, article.blocks, strict=True):
        assert given_.role in read_ones or block.role is given_.role
    assert [gap.index for gap in article.gaps] == list(range(len(blocks) + 1 if blocks else 0))
    assert not article.refused
    assert Article.from_blocks(blocks, policy) == article == pickle.loads(pickle.dumps(article))
    made = plan(article, policy, related=[Related("Mehr", "/mehr")])
    assert all(placement.offset is None for placement in made.placements)
    woven = list(made.woven(blocks))
    assert [each for each in woven if isinstance(each, TypedBlock)] == blocks
    assert len(woven) == len(blocks) + sum(placement.gap is not None for placement in made.placements)


def test_mappings_and_values_are_the_same():
    """As JSON has them."""
    data = '[{"role": "heading", "text": "Bahn", "level": 3}, {"role": "paragraph", "html": "Die Züge<br>fahren."}]'
    blocks = [TypedBlock("heading", "Bahn", level=3), TypedBlock(Role.PARAGRAPH, html="Die Züge<br>fahren.")]
    assert Article.from_blocks(json.loads(data)) == Article.from_blocks(blocks)
    assert [(b.role.value, b.level, b.text) for b in Article.from_blocks(blocks).blocks] == [
        ("heading", 3, "Bahn"),
        ("short-paragraph", 0, "Die Züge fahren."),
    ]


@pytest.mark.parametrize(
    ("html", "role", "text"),
    [
        (TEXT, "paragraph", TEXT),
        ("Kurz.", "short-paragraph", "Kurz."),
        ("<b>Tag 2: Rom</b>", "pseudo-heading", "Tag 2: Rom"),
        ("", "short-paragraph", ""),
        (f"<p>{TEXT}</p><p>{TEXT}</p>", "paragraph", f"{TEXT} {TEXT}"),
        (f"{TEXT}</p></div><script>", "paragraph", TEXT),
    ],
)
def test_what_a_paragraph_is(html, role, text):
    """Read as it would be in HTML; several paragraphs are one block, with the text of all."""
    (block,) = Article.from_blocks([TypedBlock("paragraph", html=html)]).blocks
    assert (block.role.value, block.text, block.chars) == (role, text, len(text))


def test_selectors_find_blocks_by_name_and_content():
    """For terms and for anchors, at once and later."""
    blocks = [
        TypedBlock("paragraph", TEXT, name="first"),
        TypedBlock("box", "Umfrage", name="poll"),
        TypedBlock("paragraph", html=f"{TEXT} <a class=x href=/b>mehr</a>"),
        TypedBlock("paragraph", TEXT),
    ]
    rules = [Rule("below", slot="ad", at="after css(.poll)"), Rule("none", slot="ad", at="before css(nav)")]
    policy = Policy([AD], rules, [Spacing("ad", "css(.first)", min="1 block", either=True)])
    article = Article.from_blocks(blocks, policy)
    assert (article.matching(".poll"), article.matching(".first"), article.matching("p")) == ((1,), (0,), (0, 2, 3))
    assert [(p.rule, p.gap) for p in plan(article, policy).placements] == [("below", 2)]
    assert article.tree.find_class("poll")[0].text == "Umfrage"
    later = plan(Article.from_blocks(blocks), policy)
    assert later.placements == ()
    assert "missing" in {refusal.code for refusal in later.explain(rule="below")}


def test_a_lead_by_its_name():
    """As HTML knows it by its class."""
    blocks = [TypedBlock("paragraph", TEXT, name="lead"), TypedBlock("paragraph", TEXT)]
    policy = Policy([AD], [Rule("r", slot="ad", at="after lead")])
    assert [p.gap for p in plan(Article.from_blocks(blocks, policy), policy).placements] == [1]


def test_existing_slots_may_be_ignored():
    """Ads among typed blocks count as those in HTML do, and are ignored as they are."""
    text = TypedBlock("paragraph", TEXT)
    blocks = [text, text, TypedBlock("ad", "Anzeige"), text, text]
    for existing, expected in (("count", []), ("ignore", [1, 4])):
        options = ArticleOptions(language="de", existing=existing)
        policy = Policy([AD], [Rule("r", slot="ad", max=9, apart="2 blocks")], article=options)
        article = Article.from_blocks(blocks, policy)
        assert [p.gap for p in plan(article, policy).placements] == expected
        assert article.blocks[2].role == "ad"


def test_guards_and_existing_slots():
    """They hold as in HTML: no slot below a heading, beside a floated picture, above a caption, next to an ad."""
    blocks = [
        TypedBlock("heading", "Bahn"),
        TypedBlock("figure", floated=True),
        TypedBlock("paragraph", TEXT),
        TypedBlock("figure"),
        TypedBlock("paragraph", "Foto: dpa", caption=True),
        TypedBlock("paragraph", f"{TEXT[:-1]}:"),
        TypedBlock("list", "eins zwei"),
        TypedBlock("ad", "Anzeige"),
        TypedBlock("paragraph", TEXT),
    ]
    policy = Policy([AD], [Rule("r", slot="ad", max=9)], article=ArticleOptions(language="de"))
    made = plan(Article.from_blocks(blocks, policy), policy)
    codes = {(refusal.gap, refusal.code) for refusal in made.explain()}
    assert codes >= {(1, "after-heading"), (2, "float"), (4, "caption"), (6, "list-intro")}


def test_teasers_show_what_suits_the_section_and_is_not_linked():
    """Relevance by the section's words; links of any block count as links of the text."""
    blocks = [
        TypedBlock("heading", "Brücken"),
        TypedBlock(
            "paragraph", html="Die Rheinbrücke ist <a href=/rhein>gesperrt</a>, und das bleibt sie bis zum Sommer."
        ),
        TypedBlock("heading", "Bahn"),
        TypedBlock("paragraph", "Die Züge fahren wieder im Takt, auch nachts und am Wochenende."),
        TypedBlock("paragraph", TEXT),
    ]
    items = [Related("Rheinbrücke", "/rhein"), Related("Züge im Takt", "/takt", image=Image("/t.jpg"))]
    policy = Policy([MORE], [Rule("r", slot="more", max=2, after="paragraph")], article=ArticleOptions(language="de"))
    made = plan(Article.from_blocks(blocks, policy), policy, related=items)
    assert [(p.gap, p.item.url) for p in made.placements if p.item] == [(4, "/takt")]
    assert [(each.item.url, each.code) for each in made.unused] == [("/rhein", "linked")]


def test_markup_of_a_placement():
    """What `place` would write."""
    policy = Policy([Slot("a", kind="ad", label="Anzeige", template="<b>{{ context.x }}</b>")], [Rule("r", slot="a")])
    made = plan(Article.from_blocks([{"role": "paragraph", "text": TEXT}] * 2, policy), policy)
    html = place(f"<p>{TEXT}</p><p>{TEXT}</p>", policy, context={"x": "<1>"}).html
    assert f"<p>{TEXT}</p>{markup(made, made.placements[0], context={'x': '<1>'})}<p>{TEXT}</p>" == html


@pytest.mark.parametrize(
    ("block", "error", "message"),
    [
        ({"role": "absatz"}, ValueError, r"blocks\[1\]: expected a role, one of paragraph, .* found 'absatz'"),
        ({"text": "x"}, TypeError, r"blocks\[1\]: .*missing 1 required positional argument: 'role'"),
        ({"role": "paragraph", "txt": ""}, TypeError, r"blocks\[1\]: .*unexpected keyword argument 'txt'"),
        ({"role": "paragraph", "text": None}, TypeError, r"blocks\[1\]: 'text' must be <class 'str'>"),
        ({"role": "heading", "level": 7}, ValueError, r"blocks\[1\]: 'level' must be in range\(1, 7\)"),
        ("Absatz", TypeError, r"blocks\[1\]: expected a TypedBlock or a mapping, found 'Absatz'"),
    ],
)
def test_what_is_no_block(block, error, message):
    """Told with its index."""
    with pytest.raises(error, match=message):
        Article.from_blocks([{"role": "paragraph"}, block])


def test_no_blocks():
    """An empty story has one section and no gap, as in HTML."""
    article = Article.from_blocks([])
    assert (article.blocks, article.gaps, len(article.sections)) == ((), (), 1)
    assert plan(article, Policy([AD], [Rule("r", slot="ad", at="end")])).placements == ()
