"""The built-in templates: what each writes, and what it must be given."""

from __future__ import annotations

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from adslot import PolicyError, from_mapping, place, strip
from adslot.policy.templates import names, needs_of, purpose_of

STORY = "<p>Eins.</p><p>Zwei.</p>"
GIVEN = {
    "data-ad-unit": "/1234/artikel",
    "data-ad-client": "ca-pub-12",
    "data-ad-slot": "34",
    "data-src": "/ads?a=1",
}
LAYOUTS = {"desktop": {"min_width": 768}, "mobile": {"min_width": 0}}
BY_LAYOUT = {"mobile": ["300x250", "320x50", "fluid"], "desktop": "970x90"}


def policy(template, *, layouts=None, **slot):
    slot = {"kind": "ad", "label": "Anzeige", "template": template, "attributes": GIVEN, "sizes": "300x250"} | slot
    return from_mapping({"slots": {"a": slot}, "rules": [{"name": "r", "slot": "a"}], "layouts": layouts or {}})


def content(template, **rest):
    """What a template writes, behind the label."""
    html = place(STORY, policy(template, **rest)).html
    assert strip(html) == STORY
    return html.partition("Anzeige</div>")[2].partition("</aside>")[0].replace("&#34;", "'")


def test_gpt():
    """An element with a stable id and its sizes; with layouts the mapping that GPT takes, widest screens first."""
    assert content("gpt") == (
        '<div class="adslot-content adslot-gpt" id="adslot-r-1-gpt" data-sizes="[[300, 250]]"></div>'
    )
    assert content("gpt", layouts=LAYOUTS, sizes=BY_LAYOUT) == (
        '<div class="adslot-content adslot-gpt" id="adslot-r-1-gpt"'
        " data-sizes=\"[[300, 250], [320, 50], 'fluid', [970, 90]]\""
        " data-size-mapping=\"[[[768, 0], [[970, 90]]], [[0, 0], [[300, 250], [320, 50], 'fluid']]]\"></div>"
    )


def test_gpt_twins():
    """One element for each layout that has sizes; a unit of its own, where there is one."""
    twins = content(
        "gpt-twins", layouts=LAYOUTS, sizes=BY_LAYOUT, attributes=GIVEN | {"data-ad-unit-mobile": "/1234/m"}
    )
    assert [dict(node.attributes) for node in LexborHTMLParser(twins).css("div")] == [
        {
            "class": f"adslot-content adslot-gpt adslot-only-{layout}",
            "id": f"adslot-r-1-gpt-{layout}",
            "data-ad-unit": unit,
            "data-sizes": sizes,
        }
        for layout, unit, sizes in [
            ("mobile", "/1234/m", "[[300, 250], [320, 50], 'fluid']"),
            ("desktop", "/1234/artikel", "[[970, 90]]"),
        ]
    ]
    assert content("gpt-twins", layouts=LAYOUTS, sizes={"mobile": "300x250"}).count("<div") == 1


def test_prebid():
    """Sizes in px only, and the id by which bidders know the place."""
    html = content("prebid", layouts=LAYOUTS, sizes=BY_LAYOUT)
    assert 'data-gpid="/1234/artikel#adslot-r-1-prebid" data-sizes="[[300, 250], [320, 50], [970, 90]]"' in html
    assert "{'minViewPort': [768, 0], 'sizes': [[970, 90]]}" in html


def test_adsense():
    """The network's code: a fluid ad within the article, or one of a fixed size."""
    push = "<script>(adsbygoogle = window.adsbygoogle || []).push({});</script>"
    unit = 'data-ad-client="ca-pub-12" data-ad-slot="34"'
    assert content("adsense", sizes=[]) == (
        f'<ins class="adsbygoogle" style="display:block;text-align:center" {unit}'
        f' data-ad-layout="in-article" data-ad-format="fluid"></ins>\n{push}'
    )
    assert content("adsense") == (
        f'<ins class="adsbygoogle" style="display:inline-block;width:300px;height:250px" {unit}></ins>\n{push}'
    )


@pytest.mark.parametrize("sizes", ["300x250", []])
def test_nothing_loads_before_consent(sizes):
    """A script is none to a browser until the consent manager says so; an `amp-ad` is blocked by AMP itself."""
    consent = {"class": "a <b>", "data-cookieconsent": "marketing"}
    scripts = LexborHTMLParser(content("adsense", sizes=sizes, consent=consent)).css("script")
    assert [script.attributes for script in scripts] == [{"type": "text/plain", **consent}]
    (ad,) = LexborHTMLParser(content("amp", consent={"data-block-on-consent": "_till_accepted"})).css("amp-ad")
    assert ad.attributes["data-block-on-consent"] == "_till_accepted"


@pytest.mark.parametrize("template", [name for name in names() if name not in ("adsense", "amp")])
def test_a_template_that_waits_for_nothing_says_so(template):
    """Nobody is promised a consent that no template asks for."""
    with pytest.raises(PolicyError, match=r"slots\.a\.consent: expected a template that writes 'consent'"):
        policy(template, layouts=LAYOUTS, consent={"class": "ads"})


@pytest.mark.parametrize("name", ["type", "src", "onload", "id", "Class", "data-", "data-x y", "async"])
def test_consent_can_make_nothing_run(name):
    """Its attributes say what to wait for, and no more."""
    with pytest.raises(
        PolicyError, match=r"slots\.a\.consent: expected 'class' or names in small letters that begin with 'data-'"
    ):
        policy("adsense", consent={name: "x"})


def test_consent_in_a_template_of_ones_own():
    """It writes it where it wants to, or is told that it does not."""
    text = '<script{{ consent|xmlattr }} type="text/plain">1</script>'
    assert content(text, consent={"class": "ads"}) == '<script class="ads" type="text/plain">1</script>'
    with pytest.raises(PolicyError, match="found one that does not"):
        policy("<b>{{ label }}</b>", consent={"class": "ads"})


@pytest.mark.parametrize("layouts", [{}, LAYOUTS])
def test_amp(layouts):
    """By AMP's rules: width, height, type, an end tag; no script, no style; a fallback, so that no empty ad collapses."""
    html = content("amp", layouts=layouts, sizes=BY_LAYOUT if layouts else ["300x250", "320x50", "fluid"])
    ads = LexborHTMLParser(html).css("amp-ad")
    assert html.count("<amp-ad ") == html.count("</amp-ad>") == len(ads) == (2 if layouts else 1)
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", html)
    for ad in ads:
        given = ad.attributes
        assert given["type"] == "doubleclick"
        assert given["data-slot"] == "/1234/artikel"
        assert [node.attributes for node in ad.css("div")] == [{"placeholder": None}, {"fallback": None}]
        for size in (given.get("data-multi-size") or f"{given['width']}x{given['height']}").split(","):
            width, height = map(int, size.split("x"))
            assert width <= int(given["width"] or 0)
            assert height <= int(given["height"] or 0)
    media = [ad.attributes.get("media") for ad in ads]
    assert media == (["(min-width: 0px) and (max-width: 767px)", "(min-width: 768px)"] if layouts else [None])


@pytest.mark.parametrize(
    ("source", "url"), [("/ads", "/ads?slot=a&amp;number=1"), ("/a?b=1", "/a?b=1&amp;slot=a&amp;number=1")]
)
def test_esi(source, url):
    """A comment to all but a cache that includes, so that nothing is seen without one; hostile URLs do not end it."""
    assert content("esi", attributes={"data-src": source}) == f'<!--esi <esi:include src="{url}"/> -->'
    html = content("esi", attributes={"data-src": '--><script>"'})
    assert html.count("-->") == 1


@pytest.mark.parametrize("name", [name for name in names() if name != "plain"])
def test_what_a_template_needs(name):
    """Told when the policy is loaded, all of it; and no template but the network's own has script or style."""
    with pytest.raises(PolicyError) as caught:
        policy(name, attributes={}, sizes=["fluid"])
    told = [problem.expected.partition(", which")[0] for problem in caught.value.problems]
    words = {"sizes": "sizes such as '300x250'", "layouts": "layouts"}
    assert told == [words.get(need, f"the attribute {need!r}") for need in needs_of(name)]
    with pytest.raises(PolicyError) as caught:
        policy(name, kind="promo", label_as_is=False, layouts=LAYOUTS)
    assert "which is for ads" in str(caught.value)
    html = content(name, layouts=LAYOUTS, sizes=BY_LAYOUT)
    assert (name == "adsense") == bool(re.search(r"<script|<style|\sstyle=|\son\w+=", html))


# ------------------------------------------------------------------------------ what skips a slot


def test_who_passes_over_a_slot():
    """Comments for voices inside of the root, an attribute for snippets on it; both are part of the slot."""
    html = place(STORY, policy("plain", tag="div", skip=["speech", "snippets"])).html
    assert strip(html) == STORY
    assert 'data-nosnippet><!-- RSPEAK_STOP --><div class="adslot-label">' in html
    assert "<!-- RSPEAK_START --></div>" in html


@pytest.mark.parametrize(
    ("slot", "told"),
    [
        (
            {"skip": "snippets"},
            'slots.a.skip: expected \'tag = "div"\' or "section", as no aside is kept out of snippets',
        ),
        (
            {"skip": ["speach"]},
            "slots.a.skip: expected one of speech, snippets, found 'speach' (did you mean 'speech'?)",
        ),
    ],
)
def test_wrong_skippers(slot, told):
    """An aside would be a promise that search engines do not keep."""
    with pytest.raises(PolicyError) as caught:
        policy("plain", **slot)
    assert str(caught.value).startswith(told)


@pytest.mark.parametrize("name", [name for name in names() if name != "plain"])
def test_a_template_says_what_it_is_for(name):
    """In one sentence, which the reference shows."""
    assert re.fullmatch(r"[A-Z][^{}#]+\.", purpose_of(name)) and "needs:" not in purpose_of(name)


def test_a_name_needs_a_role():
    """A div has none, so it is a group where it has a label; other elements have their own."""
    assert 'role="group" aria-label="Anzeige"' in place(STORY, policy("plain", tag="div")).html
    assert 'role="note">' in place(STORY, policy("plain", tag="div", attributes={"role": "note"})).html
    assert "role=" not in place(STORY, policy("plain", tag="section")).html
    assert "role=" not in place(STORY, policy("plain", kind="promo", tag="div", label="", label_as_is=False)).html
