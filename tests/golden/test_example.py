"""The example page: its rules produce exactly the layout that was asked for, and none of them counts paragraphs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from adslot import Related, load, loads, place, plan, preset, read, strip

EXAMPLES = Path(__file__).parents[2] / "examples"
PAGE = (EXAMPLES / "nachtzug.html").read_text(encoding="utf-8")
RELATED = [Related(**item) for item in json.loads((EXAMPLES / "nachtzug.related.json").read_text(encoding="utf-8"))]
NEAR = 12  # code points that a paragraph may be longer or shorter than named

LAYOUT = [
    "Anzeige",
    "breadcrumb",
    "kicker",
    "headline",
    "lead",
    "Anzeige",
    180,
    "subheading",
    270,
    "LESEN SIE AUCH",
    325,
    "Anzeige",
    265,
    "subheading",
    285,
    170,
    "follow",
    "Anzeige",
    "Anzeige",
]


def layout(html):
    """What stands in the page's main part, in order: names, and lengths for paragraphs."""
    found: list[object] = []
    for node in LexborHTMLParser(html).css("main .breadcrumb, main p, main h1, main h2, main .adslot"):
        classes = node.attributes.get("class") or ""
        label = node.css_first(".adslot-label")
        if "adslot" in classes.split():
            found.append(label.text() if label else "follow")
        elif classes in ("breadcrumb", "kicker", "lead"):
            found.append(classes)
        else:
            found.append({"h1": "headline", "h2": "subheading", "p": len(node.text())}[node.tag or "p"])
    return found


@pytest.fixture(scope="module")
def policy():
    return load(EXAMPLES / "nachtzug.toml")


def test_the_layout_is_the_one_asked_for(policy):
    """Ads, teaser and button stand exactly where the layout has them, between paragraphs of these lengths."""
    for got, expected in zip(layout(place(PAGE, policy, related=RELATED).html), LAYOUT, strict=True):
        assert got == expected or (isinstance(expected, int) and abs(got - expected) <= NEAR)


def test_the_places_follow_from_distances(policy):
    """No anchor and no other key counts paragraphs: with half the distance an ad more fits."""
    assert not any(anchor.number for rule in policy.rules for anchor in rule.at)
    text = (EXAMPLES / "nachtzug.toml").read_text(encoding="utf-8").replace("700 chars", "250 chars")
    denser = place(PAGE, loads(text), related=RELATED)
    assert sum(p.rule == "in-text" for p in denser.plan.placements) > 1


def test_the_plan_is_proved_optimal_and_the_page_undone(policy):
    """Each tier of the example is solved exactly, and taking the slots out gives the page back."""
    result = place(PAGE, policy, related=RELATED)
    assert result.plan.status == "optimal"
    assert strip(result.html) == PAGE
    assert plan(read(PAGE, policy), policy, related=RELATED).placements == result.plan.placements


def test_the_preset_for_portals_is_the_same_layout():
    """Alone it is all but the button, which only a policy over it has the markup for."""
    portal = place(PAGE, load(EXAMPLES / "portal.toml"), related=RELATED)
    assert layout(portal.html) == layout(place(PAGE, load(EXAMPLES / "nachtzug.toml"), related=RELATED).html)
    alone = place(PAGE, preset("de-portal"), related=RELATED)
    assert layout(alone.html) == [each for each in layout(portal.html) if each != "follow"]
