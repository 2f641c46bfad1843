"""What must not be cut, at both doors: placeholders, what shortcodes enclose, and what an expression finds over several elements."""

from __future__ import annotations

import lxml.html
import pytest

from adslot import ArticleOptions, Guards, Policy, Rule, Slot, place, place_tree
from adslot.guards import GUARDS

OFF = Guards(**dict.fromkeys(GUARDS, False))
A, B, C, D = (
    f"<p>{word} der Fluss steigt seit Montag, am Ufer stehen Pumpen.</p>" for word in ("Eins", "Zwei", "Drei", "Vier")
)


def gaps(html, *opaque):
    """The gaps of a rule that would use all, at both doors."""
    policy = Policy(
        [Slot("ad", kind="ad", label="Anzeige")],
        [Rule("r", slot="ad", max=40, min=0)],
        guards=OFF,
        article=ArticleOptions(opaque=opaque, language="de"),
    )
    text = place(f"<div>{html}</div>", policy).plan
    tree = place_tree(lxml.html.fragment_fromstring(f"<div>{html}</div>"), policy)
    found = [[placement.gap for placement in plan.placements] for plan in (text, tree)]
    assert found[0] == found[1]
    assert {(r.gap, r.code, r.against) for r in text.explain()} == {(r.gap, r.code, r.against) for r in tree.explain()}
    return found[0]


@pytest.mark.parametrize(
    "html, expected",
    [
        (f'{A}<p>[spoiler title="Ende"]</p>{B}{C}<p>[/spoiler]</p>{D}', [1, 5]),
        (f"{A}<p>[gallery ids=1,2]</p>{B}{C}", [1, 2, 3]),
        (f"{A}<p>[box/]</p>{B}<p>[/box]</p>{C}", [1, 2, 3, 4]),
        (f"{A}<p>[[box]]</p>{B}<p>[[/box]]</p>{C}", [1, 2, 3, 4]),
        (f"{A}<p>[a]</p><p>[a]</p>{B}<p>[/a]</p>{C}<p>[/a]</p>{D}", [1, 7]),
        (f"{A}<p>[a]</p><p>[b]</p>{B}<p>[/a]</p>{C}<p>[/b]</p>{D}", [1, 7]),
        (f"{A}<p>[a] {B[3:]}{C}{D[:-4]} [/a]</p>{A}", [1, 4]),
        (f"{A}<p>[a]</p>{B}<p>[/A]</p>{C}", [1, 2, 3, 4]),
    ],
)
def test_what_a_shortcode_encloses_stays_whole(html, expected):
    """From `[x]` to the `[/x]` that ends it; one without an end encloses nothing."""
    assert gaps(html, "shortcode") == expected


@pytest.mark.parametrize(
    "html, opaque, expected",
    [
        (f"{A}<p>[spoiler]</p>{B}{C}<p>[/spoiler]</p>{D}", r"\[spoiler.*?\[/spoiler\]", [1, 5]),
        (f"{A}<!-- begin -->{B}{C}<!-- end -->{D}", "<!-- begin -->.*?<!-- end -->", [3]),
        (f'{A}<p class="on">x</p>{B}<p class="off">y</p>{C}', 'class="on".*?class="off"', [1, 4]),
        (f"{A}<div>{{{{ a }}}}</div>{B}{C}", "jinja", [1, 2, 3]),
        (f"{A}<p>{{% if x %}}</p>{B}{C}<p>{{% endif %}}</p>{D}", r"\{% if.*?endif %\}", [1, 5]),
    ],
)
def test_an_expression_over_several_elements(html, opaque, expected):
    """No slot stands inside of what it finds, at the tree door as at the text door."""
    assert gaps(html, opaque) == expected


def test_a_text_is_not_cut_inside_a_placeholder():
    """Blank lines part paragraphs of plain text, but not where a placeholder holds them."""
    assert gaps("Eins ist ein Satz.\n\nZwei {{ a\n\nb }} ist einer.\n\nDrei.", "jinja") == [1, 3]


@pytest.mark.parametrize("opaque", [(r"(?i)\[x\]", "(?P<n>a)b"), ("(?P<n>a)", "(?P<n>b)"), (r"(?x) a b ", "(?s)c.d")])
def test_expressions_are_read_one_by_one(opaque):
    """Flags and names of groups of one do not concern the others; both doors read with what a policy accepts."""
    assert gaps(A + B, *opaque) == [1]
