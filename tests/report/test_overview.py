"""The overview of `adslot explain`: a map of the article, then what held rules back, in lines that fit."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adslot import ArticleOptions, Policy, Related, Rule, Slot, Spacing, load, place, plan, preset, read
from adslot.cli.lines import joined
from adslot.policy.presets import names
from adslot.report.columns import columns
from adslot.report.overview import overview, overview_lines
from tests import strategies

EXAMPLES = Path(__file__).parents[2] / "examples"
AD, MORE = Slot("ad", kind="ad", label="Anzeige"), Slot("more", kind="teaser")
TEN = "<p>abcdefghij</p>"  # ten chars each
OWN = '<div class="ad-slot"></div>'
RELATED = [Related("Titel", "/t"), Related("Titel", "/t"), Related("東京 " * 30, "/u")]
NACHTZUG = """\
body: .article-body; 8 blocks, 1566 chars; 6 placed; plan optimal
+ anzeige (rule top) outside the story, before css(nav.breadcrumb)
+ anzeige (rule after-lead) outside the story, after lead

gap 0    - no rule looks for a place here
       0  paragraph         183  Um 22.14 Uhr rollt der Zug aus der Halle, pünk…
gap 1    - in-text: 183 of 700 chars to anzeige above, after lead (apart)
       1  heading            35  ## Ein Abteil wie aus einem alten Film
gap 2    - directly below a heading (guards.after-heading)
       2  paragraph         275  Die Betten sind schmal, die Decken dick, und i…
gap 3    - in-text: 330 of 700 chars to anzeige below, gap 4 (apart)
       3  paragraph         330  Hinter Cottbus wird es still. Wer jetzt noch w…
gap 4    + anzeige (rule in-text)
       4  paragraph         263  Der Fahrplan ist großzügig gerechnet. In Berli…
gap 5    - in-text: 263 of 700 chars to anzeige above, gap 4 (apart)
       5  heading            20  ## Was die Nacht kostet
gap 6    - directly below a heading (guards.after-heading)
       6  paragraph         289  Ein Platz im Abteil zu viert kostet 49 Euro, d…
gap 7    - in-text: 171 of 300 chars to the end (from_end)
       7  paragraph         171  Kurz vor sechs liegt das Meer grau hinter den…
gap 8    + folgen (rule follow)
         + anzeige (rule end-1)
         + anzeige (rule end-2)

Rules that may have more slots, and why they have not:
  in-text: 1 of at most 3 slots
    held back by rules[in-text].apart; without it there would be 2
    nearest miss: gap 7, 171 of 300 chars to the end (from_end); 572 of 700
      chars to anzeige above, gap 4 (apart)
  related: 0 of at most 2 slots
    no key of the policy is in the way: no article is left to show in the teaser

warning: rule 'related' places nothing: no related articles were given"""


def said(html, *rules, rule=None, related=(), width=80, **rest):
    """The lines of the overview of *html* under some rules."""
    policy = Policy((AD, MORE), rules, **rest)
    return overview(plan(read(html, policy), policy, related=related), rule, width=width).splitlines()


def test_the_example():
    """A map of the article, the rules below their max, the warnings."""
    page = (EXAMPLES / "nachtzug.html").read_bytes()
    assert overview(place(page, load(EXAMPLES / "nachtzug.toml")).plan) == NACHTZUG


def test_spacings_that_are_named_are_told_in_words():
    """The key of a spacing is its number in the policy; what it asks for stands below the rules."""
    spacing = [
        Spacing.between("ad", "quote", min="5 chars"),
        Spacing("ad", ["figure", "table"], min="90 chars"),
        Spacing.between("ad", "list", min="9 chars"),
    ]
    html = TEN * 3 + "<figure><img src=a></figure>" + TEN
    lines = said(html, Rule("r", slot="ad", max=2, from_end="10 chars"), spacing=spacing)
    assert "gaps 1-3 - r: 0-20 of 90 chars to figure below, block 3 (spacing[1])" in lines
    assert "  spacing[1]: 90 chars between ad above and figure or table below" in lines
    assert not any(line.startswith(("  spacing[0]", "  spacing[2]")) for line in lines)
    lines = said(f"<ul><li>a<li>b</ul><p>{'Die Bahn fährt wieder. ' * 9}</p>", Rule("r", slot="ad"), spacing=spacing)
    assert "  spacing[2]: 9 chars between ad and list" in lines


def test_the_ads_of_the_page_are_told_by_position_and_first_words():
    """Which block, how far down, and what stands in it; whether they count; of many the first ones."""
    html = TEN * 2 + '<div class="ad-slot">Anzeige: Möbel</div>' + TEN + OWN + TEN
    lines = said(html, Rule("r", slot="ad"))
    at = lines.index("Ads and teasers of the page itself, which count for distances and limits:")
    assert lines[at + 1 :] == [
        '  block 2    ad      after    20 of 40 chars  "Anzeige: Möbel"',
        "  block 4    ad      after    30 of 40 chars  (no text)",
    ]
    ignored = said(html, Rule("r", slot="ad"), article=ArticleOptions(existing="ignore"))
    assert "Ads and teasers of the page itself, which are ignored:" in ignored
    many = said((TEN + OWN) * 14 + TEN, Rule("r", slot="ad"))
    assert many[-1] == "  and 2 more: --all has them in its table"


def test_rules_of_which_the_same_is_to_be_said_are_told_together():
    """One reason for both; and of very many rules the first ones."""
    lines = said(TEN * 3, Rule("a", slot="more"), Rule("b", slot="more", max=2))
    assert "  a: 0 of at most 1 slot; b: 0 of at most 2 slots" in lines
    rules = [Rule(f"r{number}", slot="ad", from_start=f"{number + 40} chars") for number in range(15)]
    assert "  and 3 rules more: --all tells of each" in said(TEN * 3, *rules)


def test_articles_that_no_teaser_shows_are_counted():
    """By reason."""
    lines = said(TEN * 3, Rule("r", slot="more"), related=[*RELATED, Related("Drei", "/3")])
    at = lines.index("Related articles that no teaser shows (--all names them):")
    assert lines[at + 1 :] == ["  1 article: it was given before", "  2 articles: no teaser is left to show it in"]


def test_warnings_come_last():
    """Below everything else."""
    lines = said(TEN + "<!-- adslot: here nothing -->" + TEN, Rule("r", slot="ad"))
    at = lines.index("")
    assert lines[lines.index("", at + 1) + 1 :] == [
        "warning: an editor's marker asks for the slot 'nothing', which the policy does",
        "  not have",
    ]


def test_one_rule():
    """The map has the reasons of the rule that is named, also where it looks elsewhere."""
    rules = [Rule("r", slot="ad"), Rule("e", slot="ad", at="end", from_end="50 chars")]
    lines = said(TEN * 3, *rules, rule="e")
    assert (
        next(line for line in lines if line.startswith("gap")) == "gap 0    - e: the rule's anchor is elsewhere (end)"
    )
    assert any(line.startswith("gap") and "+ ad (rule r)" in line for line in lines)
    assert not any("r: " in line for line in lines if line.startswith("  "))


@given(strategies.articles, strategies.policies(), st.integers(0, 130))
def test_lines_fit_and_the_map_has_every_gap(html, policy, width):
    """No line is wider than the terminal, nor has it what could steer one; each gap is told of, alone or with its neighbours."""
    plan = place(html, policy, related=RELATED).plan
    text = overview(plan, width=width)
    lines = text.splitlines()
    assert all(columns(line) <= min(max(width, 60), 120) for line in lines)
    assert all(char == "\n" or char.isprintable() or char in "\xa0\u3000\u200d\u00ad" for char in text)
    gaps: set[int] = set()
    for first, last in re.findall(r"^gaps? (\d+)(?:-(\d+))? *[+-]", text, re.M):
        gaps.update(range(int(first), int(last or first) + 1))
    assert gaps == set(range(len(plan.article.gaps)))
    assert click.unstyle(joined(overview_lines(plan, width=width), colour=True)) == text


@given(st.lists(strategies.blocks, min_size=50, max_size=50), st.sampled_from(names()))
def test_fifty_blocks_fit_two_screens(blocks, name):
    """Under 120 lines, under any of the presets."""
    plan = place("\n".join(blocks), preset(name), related=RELATED).plan
    assert len(overview(plan).splitlines()) < 120


def test_long_maps_count_the_blocks_of_empty_stretches():
    """The first words are those of the first one; headings and ads of the page keep their lines."""
    html = "".join(f"<p>Absatz {number}.</p>" for number in range(60)) + "<h2>Bahn</h2>" + TEN * 30
    lines = said(html, Rule("r", slot="ad", at="end"))
    assert "gaps 0-90  - no rule looks for a place here" in lines
    assert "      0-59  60 blocks         590  Absatz 0." in lines
    assert "        60  heading             4  ## Bahn" in lines
    assert "     61-89  29 blocks         290  abcdefghij" in lines


def test_what_there_is_no_overview_of():
    """A rule that the policy does not have, and what is no plan."""
    found = place(TEN, preset("de-news")).plan
    with pytest.raises(LookupError, match="no rule 'intext' in the policy, but in-text, related, article-end"):
        overview(found, "intext")
    with pytest.raises(TypeError, match=r"plan: expected a plan, such as adslot\.place\(…\)\.plan, found Result"):
        overview(place(TEN, preset("de-news")))  # type: ignore[arg-type]
