"""The presets on articles: each places what `placements.toml` says, gap by gap, and nothing else happens.

`python -m tests.golden.test_presets` writes that file anew; read the difference before you keep it.
"""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import attrs
import pytest

from adslot import Distance, Related, chars, loads, paragraphs, place, preset, preset_names, read, strip, words
from adslot.policy.language_tags import primary
from adslot.policy.presets import purpose_of, text_of

HERE = Path(__file__).parent
PLACEMENTS = HERE / "placements.toml"
ARTICLES = {path.stem: path.read_text(encoding="utf-8") for path in sorted((HERE / "articles").glob("*.html"))}
# An article on the same subject each, which the presets' floor for relevance lets pass, and one on another.
RELATED = {
    "deich": "Sturmflut: Was ein Deich kostet",
    "lighthouse": "Who paints the lighthouse lamp?",
    "storm": "Storm and high water: what the barrier can do",
    "tofu": "豆腐店を支える井戸水",
}
OFF_TOPIC = "Knödel aus Kürbis"
# A char of text on the Guardian's phones is so many px high: 23.8 px to a line of 39.
CHARS_TO_PX = 39 / 23.8

PEERS = {
    system["name"]: system
    for system in tomllib.loads((HERE.parent / "peers" / "cases.toml").read_text(encoding="utf-8"))["systems"]
}


def fits(article, name):
    """Whether a preset is meant for articles in this language."""
    language = preset(name).article.language
    return language is None or primary(language) == primary(read(ARTICLES[article]).language or "")


CASES = [(article, name) for article in ARTICLES for name in preset_names() if fits(article, name)]


def related_to(article):
    """What the teasers of an article may show."""
    return [Related(OFF_TOPIC, "/kuerbis"), Related(RELATED[article], "/anderer-artikel")]


def placed(article, name):
    """The slots of an article: the rule, and the number of blocks above."""
    made = place(ARTICLES[article], preset(name), related=related_to(article)).plan
    assert made.status == "optimal" and made.warnings == ()
    return [f"{placement.rule} {placement.gap}" for placement in made.placements]


@pytest.mark.parametrize("article, name", CASES)
def test_the_places(article, name):
    """The slots stand in the gaps that are on record."""
    assert placed(article, name) == tomllib.loads(PLACEMENTS.read_text(encoding="utf-8"))[article][name]


@pytest.mark.parametrize("name", preset_names())
def test_nothing_else_changes(name):
    """On each article, in any language: the slots come out without a trace, and a second run changes nothing."""
    for article, html in ARTICLES.items():
        filled = place(html, preset(name), related=related_to(article)).html
        assert strip(filled) == html
        assert place(filled, preset(name), related=related_to(article)).html == filled


@pytest.mark.parametrize("article, name", CASES)
def test_teasers_show_what_belongs_there(article, name):
    """An article on something else is not shown, also where there is no other."""
    off_topic, on_topic = related_to(article)
    shown = [
        item
        for each in place(ARTICLES[article], preset(name), related=[off_topic, on_topic]).plan.placements
        for item in each.items
    ]
    assert set(shown) <= {on_topic}
    alone = place(ARTICLES[article], preset(name), related=[off_topic]).plan
    assert [each.items for each in alone.placements if each.items] == []


def test_every_preset_is_on_record():
    """Each preset places something in some article, and the record has no other names."""
    record = tomllib.loads(PLACEMENTS.read_text(encoding="utf-8"))
    assert {(article, name) for article, presets in record.items() for name in presets} == set(CASES)
    assert {name for presets in record.values() for name, places in presets.items() if places} == set(preset_names())


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_says_what_it_is_for_and_where_its_numbers_are_from(name):
    """The first line is one sentence; the comment below it names a source, and what cannot be said."""
    assert purpose_of(name).endswith(".") and len(purpose_of(name)) < 110
    header = text_of(name).partition("\n\n[")[0]
    assert any(word in header for word in ("Numbers:", "Source:", "Sources:"))
    assert any(words in header for words in ("cannot say", "Not said here"))


EXACT = {
    "Guardian apps": "guardian-apps",
    "Guardian AMP": "guardian-amp",
    "SCAIP": "scaip",
    "Newspack": "newspack",
    "Publish to Apple News": "apple-news",
    "Spacefinder, phones": "guardian-web",
}


def in_chars(distance):
    """A distance of px as one of chars, on the Guardian's phones."""
    alternatives = [
        tuple(attrs.evolve(amount, number=round(amount.number * CHARS_TO_PX)) for amount in amounts)
        for amounts in distance.alternatives
    ]
    return attrs.evolve(distance, alternatives=tuple(alternatives))


def scaled(value):
    """A rule or a spacing whose distances are px."""
    own = {field.name: getattr(value, field.name) for field in attrs.fields(type(value))}
    return attrs.evolve(value, **{name: in_chars(each) for name, each in own.items() if isinstance(each, Distance)})


@pytest.mark.parametrize("system, name", EXACT.items())
def test_the_preset_of_an_engine_is_the_policy_that_reproduces_it(system, name):
    """Rules, spacings, guards and reading are those of the policy that passes the engine's own tests."""
    more = PEERS[system]["cases"][0].get("more", "")
    peer, own = loads(PEERS[system]["policy"] + more), preset(name)
    to_chars = scaled if PEERS[system].get("scale") == "px" else lambda value: value
    rules = {rule.name: rule for rule in own.rules}
    for rule in map(to_chars, peer.rules):
        assert attrs.evolve(rules[rule.name], max=rules[rule.name].max or 1) == rule
    if name != "apple-news":  # its other rule, and the spacing, are Apple's own
        assert (len(own.rules), own.spacing) == (len(peer.rules), tuple(map(to_chars, peer.spacing)))
    assert own.guards == peer.guards
    assert attrs.evolve(own.article, language=None) == peer.article


def test_the_distances_of_amp_grow():
    """One screen between the first ads, two from the third on, three from the sixth."""
    html = "".join(f"<p>{'x' * 370}</p>" for _ in range(100))
    gaps = [placement.gap or 0 for placement in place(html, preset("amp-auto-ads")).plan.placements]
    assert [lower - upper for upper, lower in pairwise(gaps)] == [3, 3, 6, 6, 6, 9, 9]


def density(article, name, *, line=27, chars_per_line=45):
    """The estimated share of ads in the height of the main content, and the ads in the text."""
    made = place(ARTICLES[article], preset(name)).plan
    last = len(made.article.blocks)
    heights = [made.policy.slot(p.slot).height_in(None) or 0 for p in made.placements if p.gap not in (None, last)]
    return sum(heights) / (sum(heights) + made.article.chars / chars_per_line * line), len(heights)


@pytest.mark.parametrize(
    "article, name, chars_per_line",
    [
        ("deich", "de-news", 45),
        ("deich", "better-ads", 45),
        ("lighthouse", "better-ads", 45),
        ("lighthouse", "en-news", 45),
        ("tofu", "ja-news", 22.5),
    ],
)
def test_the_density_law_holds_by_estimate(article, name, chars_per_line):
    """The ads take 30 % of the main content at most, with so many characters to a line of 27 px."""
    share, ads = density(article, name, chars_per_line=chars_per_line)
    assert 0 < share <= 0.3 and ads


def test_the_example_of_the_standard():
    """3,750 characters bear three ads, 27 %; a fourth would make it 33 %."""
    html = "".join(f"<p>{'x' * 125}</p>" for _ in range(30))
    for name in ("better-ads", "de-news"):
        made = place(html, preset(name)).plan
        assert sum(placement.rule == "in-text" for placement in made.placements) == 3
    text = 3750 / 45 * 27
    assert [round(ads * 274 / (text + ads * 274) * 100) for ads in (3, 4)] == [27, 33]


def test_the_ads_of_a_live_blog_stand_between_its_entries():
    """An ad stands directly above the element of an entry, never inside one."""
    html = place(ARTICLES["storm"], preset("liveblog")).html
    parts = html.split("</aside>")[1:]
    assert parts and all(part.lstrip().startswith('<div class="entry"') for part in parts)


def test_a_language_has_its_own_measure():
    """German counts characters, English words, Japanese characters of another number."""
    rules = {
        name: next(rule for rule in preset(name).rules if rule.name == "in-text")
        for name in ("de-news", "en-news", "ja-news")
    }
    assert {name: rule.apart for name, rule in rules.items()} == {
        "de-news": chars(700) & paragraphs(1),
        "en-news": words(150) & paragraphs(2),
        "ja-news": chars(360) & paragraphs(2),
    }


def test_the_reference_has_every_preset():
    """The page shows each file, with the sentence that says what it is for, and has no other."""
    page = (HERE.parents[1] / "docs" / "reference" / "presets.md").read_text(encoding="utf-8")
    for name in preset_names():
        assert f"| [{name}](#{name}) | {purpose_of(name)} |" in page
        shown = (
            f"### {name}\n\n{purpose_of(name)}\n\n```{{literalinclude}} ../../src/adslot/policy/presets/{name}.toml\n"
        )
        assert shown in page
    assert page.count("/policy/presets/") == len(preset_names())


def write():
    """Write the record anew."""
    lines = ["# Where the presets put their slots in the articles beside: the rule, and how many blocks stand above."]
    for article in ARTICLES:
        lines += ["", f"[{article}]"]
        lines += [f"{name} = {placed(article, name)}".replace("'", '"') for each, name in CASES if each == article]
    PLACEMENTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
