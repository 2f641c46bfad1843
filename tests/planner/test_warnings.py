"""What a plan warns of: selectors that name parts of blocks, teasers with nothing to show."""

from __future__ import annotations

import lxml.html
import pytest
from click.testing import CliRunner

from adslot import Article, Case, Limits, Policy, Related, Rule, Slot, Spacing, dumps, place, place_tree, plan, read
from adslot.cli.commands import main

SLOTS = [Slot("ad", kind="ad", label="Anzeige"), Slot("more", kind="teaser")]
TEXT = "<p>Der Fluss steigt <b>seit Montag</b>, und am Ufer stehen Pumpen, die niemand mehr ausschaltet.</p>"
MAIN = f'<main>{TEXT}<figure><img src="x"></figure>{TEXT * 3}<div></div></main>'
STORY = f'<!DOCTYPE html><body><nav><a href="/">Start</a></nav>{MAIN}'
PART = "names no block of the article: what it matches in the story stands inside of blocks"
TEASERS = "no related articles were given"


def warnings(*rules, spacing=(), html=STORY, related=(), **parts):
    """The warnings of a plan, alike by text, by article and by tree."""
    policy = Policy(SLOTS, rules, spacing, **parts)
    found = place(html, policy, related=related).plan.warnings
    assert plan(read(html), policy, related=related).warnings == found
    assert plan(read(html, policy), policy, related=related).warnings == found
    assert place_tree(lxml.html.document_fromstring(html), policy, related=related).warnings == found
    return found


def rule(**fields):
    return Rule("r", **{"slot": "ad", **fields})


@pytest.mark.parametrize(
    "fields, told",
    [
        ({"after": "css(img)"}, (f"rule 'r', 'after': 'css(img)' {PART}",)),
        ({"before": ["text", "css(b)"]}, (f"rule 'r', 'before': 'css(b)' {PART}",)),
        ({"after": ["css(figure)", "css(img)"]}, (f"rule 'r', 'after': 'css(img)' {PART}",)),
        ({"after": "css(figure, img)"}, ()),
        ({"after": "css(main)"}, ()),
        ({"after": "css(nav)"}, ()),
        ({"after": "css(nav a)"}, ()),
        ({"after": "css(div:empty)"}, ()),
        ({"after": "css(video)"}, ()),
        ({"after": "css(img)", "max": 0}, ()),
        ({"at": "after css(img)"}, ()),
    ],
)
def test_selectors_of_rules_that_match_parts_of_blocks(fields, told):
    """A term names whole blocks; an anchor leads to the block around what it matches."""
    assert warnings(rule(**fields)) == told


def test_selectors_of_spacings_that_match_parts_of_blocks():
    """At each key, once; a selector that an anchor uses, too, is a term here."""
    spacing = [
        Spacing.between(["css(img)", "ad"], ["ad", "css(img)"], min="1 block"),
        Spacing("ad", ["css(figure)", "css(b)"], min="1 block", unless="css(img)"),
        Spacing("css(video)", "ad", min="1 block"),
    ]
    assert warnings(rule(at="after css(img)"), spacing=spacing) == (
        f"spacing[0].between: 'css(img)' {PART}",
        f"spacing[1].below: 'css(b)' {PART}",
        f"spacing[1].unless: 'css(img)' {PART}",
    )


def test_selectors_of_typed_blocks_that_match_parts_of_blocks():
    """The same where an article is made of blocks."""
    policy = Policy(SLOTS, [rule(after="css(b)")])
    article = Article.from_blocks([{"role": "paragraph", "html": TEXT}] * 2, policy)
    assert plan(article, policy).warnings == (f"rule 'r', 'after': 'css(b)' {PART}",)


def test_teasers_without_related_articles():
    """One sentence for all rules that could place one."""
    one, two = Rule("one", slot="more"), Rule("two", slot="more", at="before css(nav)")
    assert warnings(one) == (f"rule 'one' places nothing: {TEASERS}",)
    assert warnings(one, rule(), two) == (f"rules 'one', 'two' place nothing: {TEASERS}",)


@pytest.mark.parametrize(
    "fields, parts",
    [
        ({"max": 0}, {}),
        ({"slot": "ad"}, {}),
        ({}, {"limits": Limits(teasers=0)}),
        ({}, {"limits": Limits(slots=0)}),
        ({"min_article": "9000 chars"}, {}),
        ({"max_article": "9 chars"}, {}),
        ({"rate": "1 per 9000 chars"}, {}),
        ({"from_start": "9000 chars"}, {}),
        ({"at": "before css(video)"}, {}),
        ({"after": "table"}, {}),
    ],
)
def test_teasers_that_would_not_be_placed_anyway(fields, parts):
    """A rule that is turned off, or that no place of the article suits, lacks no articles."""
    assert warnings(Rule("x", **{"slot": "more", **fields}), **parts) == ()


def test_teasers_with_a_source_of_related_articles():
    """Articles that may not be shown, and a callable that has none for a section, were given."""
    policy = Policy(SLOTS, [Rule("x", slot="more")])
    for url in ("/x", "javascript:x"):
        assert place(STORY, policy, related=[Related("x", url)]).plan.warnings == ()
    assert place(STORY, policy, related=lambda _: []).plan.warnings == ()
    assert TEASERS in place(STORY, policy, related=[]).plan.warnings[0]
    off = Policy(SLOTS, [Rule("x", slot="more")], cases=[Case({"paid": True}, changes={"limits": {"teasers": 0}})])
    assert place(STORY, off, context={"paid": True}).plan.warnings == ()


def test_the_command_line_tells_of_missing_articles(tmp_path):
    """On standard error, once for an input."""
    path = tmp_path / "p.toml"
    path.write_text(dumps(Policy(SLOTS, [Rule("x", slot="more"), Rule("y", slot="more")])), encoding="utf-8")
    result = CliRunner().invoke(main, ["place", "-", "--policy", str(path)], input=STORY)
    assert (result.exit_code, result.stdout) == (0, STORY)
    assert result.stderr.count("no related articles were given") == 1


@pytest.mark.parametrize("text", ["artikel.html", " texte/2026/a-1.HTM\n", r"C:\a.xhtml"])
def test_the_name_of_a_file(text):
    """Is a text as any other, and what is in the file was meant."""
    told = f"the text is {text.strip()!r}, the name of a file: read it, and give what is in it"
    policy = Policy(SLOTS, [rule()])
    assert place(text, policy).plan.warnings == plan(read(text), policy).warnings == (told,)


@pytest.mark.parametrize("text", ["artikel.html<br><br>b.html", "Siehe artikel.html", "html", ".toml"])
def test_what_is_no_name_of_a_file(text):
    """Several, words, and names of other files."""
    assert place(text, Policy(SLOTS, [rule()])).plan.warnings == ()
