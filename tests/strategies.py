"""Hypothesis strategies: well-formed articles, tag soup, arbitrary text and bytes, policies."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import attrs
from hypothesis import strategies as st

from adslot import (
    Anchor,
    ArticleOptions,
    Case,
    Distance,
    Guards,
    Layout,
    Limits,
    Policy,
    Rate,
    Rule,
    Slot,
    Spacing,
    Term,
    Within,
    to_mapping,
)
from adslot.guards import GUARDS
from adslot.policy.declarations import EXISTING
from adslot.policy.file.keys import TABLES
from adslot.policy.language.distance import PLAIN_UNITS, Amount
from adslot.policy.language.rate import UNITS as RATE_UNITS
from adslot.policy.language.terms import BLOCK_NAMES, NAMES
from adslot.policy.problems import PREFERENCES, SIZED, TEXT_UNITS, names_slots
from tests.slots import opened, own

WORDS = (
    "Bahn",
    "Nacht",
    "Küste",
    "Straße",
    "Fahrplan",
    "&amp;",
    "3,50&nbsp;Euro",
    "Donau&shy;dampf",
    "東京",
    "😀",
    "x",
)

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join)
inline = st.one_of(
    words,
    words.map("<b>{}</b>".format),
    words.map('Text <a href="/x">{}</a>.'.format),
    words.map("Erste Zeile<br>{}".format),
)
paragraphs = inline.map("<p>{}</p>".format)
# What the guards of taste look for, and what only looks like it.
introductions = st.one_of(
    words.map("<p>{}:</p>".format),
    words.map("<p>({}:) </p>".format),
    words.map("<p>„{}:“</p>".format),
    words.map("<p>Er rief „{}:“</p>".format),
    st.sampled_from(["<p><strong>Dies:</strong></p>", "<p>Gut :)</p>", "<p>これ：</p>"]),
)
_CREDITS = [
    "<p>Foto: dpa</p>",
    "<p>(Bild: dpa)</p>",
    "<p>© dpa</p>",
    "<p>Der Zug (Foto: dpa)</p>",
    "<p>Fotograf ist er</p>",
    '<p class="credit">dpa</p>',
    '<p class="caption">Der Zug</p>',
]
captions = st.one_of(
    st.sampled_from(_CREDITS),
    words.map("<p>Quelle: {}</p>".format),
    words.map('<p class="wp-caption-text">{}</p>'.format),
    words.map('<p class="no-caption">{}</p>'.format),
    words.map('<div class="bildunterschrift"><p>{}</p></div>'.format),
)
pictures = st.sampled_from(
    [
        '<figure class="alignleft"><img src=a></figure>',
        '<p><a href=a><img class="alignright" src=a></a></p>',
        '<p><img src=a align="right"></p>',
        '<figure style="float: right"><img src=a></figure>',
        "<table align=left><tr><td>1</td></tr></table>",
        '<aside class="pull-right">Kasten</aside>',
        '<div class="wp-caption alignright"><img src=a><p class="wp-caption-text">Der Zug</p></div>',
        '<figure style="float: none"><img src=a></figure>',
        '<figure class="leftover"><img src=a></figure>',
        '<table class="text-align-left"><tr><td>1</td></tr></table>',
        "<p><img src=a></p>",
        "<iframe src=a></iframe>",
    ]
)
tasteful = st.one_of(introductions, captions, pictures, st.tuples(pictures, captions).map("".join))
_TAILS = [
    "<p>(dmk)</p>",
    "<p>sak/Reuters</p><p>(dmk)</p>",
    "<p>(dmk)</p><aside>Kasten</aside><hr>",
    '<p>(dmk)</p><div class="ad-slot"></div>',
    "<p>Ja.</p>" * 6,
]
tails = st.one_of(st.just(""), st.sampled_from(_TAILS))
blocks = st.one_of(
    paragraphs,
    paragraphs,
    words.map("<h2>{}</h2>".format),
    words.map("<h3>{}</h3>".format),
    words.map("<p><strong>{}</strong></p>".format),
    words.map("<ul><li>{}</li><li>b</li></ul>".format),
    words.map("<blockquote><p>{}</p></blockquote>".format),
    words.map("<figure><img src=a><figcaption>{}</figcaption></figure>".format),
    words.map("<table><tr><td>{}</td></tr></table>".format),
    words.map("<aside>{}</aside>".format),
    words.map("<p class=lead>{} und noch mehr Worte, damit es ein Vorspann ist</p>".format),
    st.just("<hr>"),
    st.just('<div class="ad-slot"></div>'),
    st.just("<p></p>"),
    st.just("<p>&nbsp;</p>"),
    tasteful,
    tasteful,
)
between = st.sampled_from(
    [
        "",
        "",
        "\n",
        "\n\n  ",
        "\r\n",
        "<!-- c -->",
        "<script>var a = '</p>';</script>",
        "<!-- adslot: off -->",
        "<!-- adslot: on -->",
    ]
    + ["<!-- adslot: here ad -->"]
)


def _wrapped(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    flow = st.lists(st.tuples(children, between).map("".join), min_size=1, max_size=5).map("".join)
    return st.one_of(
        flow,
        flow.map("<div>{}</div>".format),
        flow.map("<section>\n{}\n</section>".format),
        flow.map("<!-- wp:group -->{}<!-- /wp:group -->".format),
        flow.map("<span>{}</span>".format),
    )


stories = st.tuples(
    st.lists(st.tuples(st.recursive(blocks, _wrapped, max_leaves=8), between).map("".join), max_size=10).map("".join),
    tails,
).map("".join)
classic = st.lists(inline, min_size=1, max_size=8).map("\n\n".join)
pages = st.tuples(words, stories).map(
    lambda parts: (
        "<!DOCTYPE html><html lang=de><head><meta charset=utf-8><title>t</title></head><body>"
        '<nav class=breadcrumb>Start</nav><article><header><h1>Titel</h1><p class="lead">'
        f"{parts[0]} und dazu ein langer Vorspann</p></header><div class=article-body>{parts[1]}</div></article></body></html>"
    )
)
_article = st.one_of(stories, classic, pages)


@st.composite
def _articles(draw: st.DrawFn) -> str:  # a function, so that what is made of it has a short name
    return draw(_article)


articles = _articles()
# What callers may put into the ids of slots; some of it looks like the rest of an id.
id_prefixes = st.one_of(
    st.none(),
    st.integers(0, 999),
    st.sampled_from(["a", "artikel.7", "größe", "_", "r0-1", "b-1-slot", "1-1", "here", "x" * 255]),
)

_TAGS = (
    "p p div div b i a strong em span ul li table tr td h2 h3 blockquote figure img br hr section article aside nobr font "
    "form button select option svg math mi template noscript script style iframe object details pre main header nav dl dt "
    "textarea title marquee x-card u code"
).split()
_ATTRIBUTES = [
    "",
    "",
    "",
    "",
    ' class="ad-slot"',
    " class=lead",
    ' data-adslot="off"',
    ' data-adslot="a" data-adslot-rule="b"',
] + [' DATA-ADSLOT="a" DATA-ADSLOT-RULE=c', " hidden", ' title="</p><p>"', "/", ' x="']
_PIECES = (
    [
        "Text und mehr",
        " ",
        "\n",
        "\n\n",
        "&nbsp;",
        "ü",
        "日本",
        "<",
        "x<y",
        "<!-- c -->",
        "<!-- wp:paragraph -->",
        "<!-->",
    ]
    + [
        "<!-- /wp:paragraph -->",
        "<!--[if IE]>",
        "<![endif]-->",
        "<?php x ?>",
        "<![CDATA[x]]>",
        "<!doctype html>",
        "<body>",
    ]
    + [
        "</body>",
        "</html>",
        "<br><br>",
        "<br>&nbsp;<br>",
        "&nbsp;",
        "</p>",
        "\r\n\r\n",
        "\r",
        "\0",
        "\ufeff",
        "😀",
        "<!--",
        "-->",
        '"',
        "</p",
        "<a href=x",
    ]
    + ["\u00ad", "\ud83d", "<!-- adslot: here ad -->", "<!-- adslot: off -->", "<p>Ein Satz.</p>", "<p><b>x</b> y</p>"]
    + ['<aside data-adslot="a" data-adslot-rule="b">alt</aside>', '<aside data-adslot="fremd">x</aside>']
    + [own("a", "b", "alt"), opened(), own("ad", "r1", kind="promo", tag="div"), "</aside>", "<" + own()]
)
_piece = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(_TAGS), st.sampled_from(_ATTRIBUTES)),
    st.sampled_from(_TAGS).map("</{}>".format),
    st.sampled_from(_PIECES),
)


@st.composite
def _soups(draw: st.DrawFn) -> str:
    return "".join(draw(st.lists(_piece, max_size=30)))


soup = _soups()

# Few tags, and most of them formatting: left open here, ended there, with or without a trace in the tree.
_FORMATTED = (
    "<p> </p> <b> </b> <b> </b> <i> </i> <a\thref=x> </a> <div> </div> <section> </section> <hr> a \t \0 <ul><li> </ul>"
)
formatted = st.lists(
    st.sampled_from([piece.replace("\t", " ") for piece in _FORMATTED.split(" ")]), min_size=3, max_size=12
).map("".join)

# Tags that belong elsewhere: the parser drops them, hangs their attributes onto the real ones, or ends the page.
_STRUCTURE = (
    "html head body frameset frame base meta link title noscript template plaintext caption col tbody tr td".split()
)
_HANGING = ["", "", " class=ad-slot", ' class="lead comments"', " lang=en", " id=adslot-r0-1", " hidden", " href=x"]
_HANGING += [' data-adslot="off"', " data-adslot=a", " data-adslot-rule=b", ' style="float: left"']
stray = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(_STRUCTURE), st.sampled_from(_HANGING)),
    st.sampled_from([*_STRUCTURE, "p", "br", "div", "article", "main", "section", "form", "table"]).map("</{}>".format),
    st.sampled_from(
        ["<!DOCTYPE html>", "<!DOCTYPE x PUBLIC 'a' \"b\">", "</body></html>", "</body><p>Danach.</p>", "<?xml x?>"]
    ),
)
# What no name should have in it, in the names of tags and of attributes, and in values.
_ODD = ["\0", "\ud800", "\udfff", "\udc80", "\ufffd", "\ufffe", "\x80", "\x1b", "\x0b", "\x7f", "\u00ad", "\u202e"]
_ODD += ["\u2028", "\ufeff", "\u212a", *"ä İ ſ 😀 < \" ' = ` & : xml: {{".split(), "a" * 70]
_odd = st.sampled_from(_ODD)
broken_names = st.one_of(
    st.builds("<p {}{}>".format, _odd, st.sampled_from(["", "=x", " ='x'", "=''"])),
    st.builds("<p data-{}{}=x>Text</p>".format, _odd, _odd),
    st.builds("<x{}{}>Text</x>".format, _odd, _odd),
    st.builds('<p class="{} lead{}" id="{}">'.format, _odd, _odd, _odd),
    st.builds("<{}p>".format, _odd),
    st.builds("</{}p {}>".format, _odd, _odd),
    st.builds("<!--{}-->".format, _odd),
    st.builds("<a href={}{}>".format, _odd, _odd),
)


@st.composite
def _hostile(draw: st.DrawFn) -> str:
    """An article with some of these stuck in, between tags or anywhere."""
    text = draw(articles)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        at = text.rfind("<", 0, at + 1) if draw(st.booleans()) and "<" in text[: at + 1] else at
        text = text[:at] + draw(st.one_of(stray, stray, broken_names)) + text[at:]
    return text


hostile = _hostile()
texts = st.one_of(soup, st.text(st.characters(), max_size=60), articles, hostile)

_SURROGATES = re.compile("[\ud800-\udfff]")
CODECS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "shift_jis", "gb18030", "euc_jp", "iso2022_jp", "big5")
encoded = st.builds(
    lambda text, codec, declared: ((f"<meta charset={codec}>" if declared else "") + text).encode(
        codec, "xmlcharrefreplace"
    ),
    texts.map(lambda text: _SURROGATES.sub("", text)),  # which no codec writes
    st.sampled_from(CODECS),
    st.booleans(),
)
any_bytes = st.one_of(
    encoded, st.binary(max_size=60), st.builds(lambda a, b, c: a + b + c, encoded, st.binary(max_size=3), encoded)
)

# ------------------------------------------------------------------------------------------- policies

amounts = st.one_of(
    st.integers(0, 200).map("{} chars".format),
    st.integers(0, 20).map("{} words".format),
    st.integers(0, 3).map("{} paragraphs".format),
    st.integers(0, 3).map("{} blocks".format),
    st.integers(0, 40).map("{}%".format),
)
distances = st.one_of(
    amounts,
    st.builds("{} and {}".format, amounts, amounts),
    st.builds("{} and {}, or {}".format, amounts, amounts, amounts),
)
anchors = st.sampled_from(
    ["start", "end", "after lead", "after paragraph 2", "before paragraph -1", "before heading", "after paragraph"]
    + [
        "before css(nav.breadcrumb)",
        "after css(h2)",
        "before css(figure)",
        "after css(p:nth-child(2))",
        "before css(p) 2",
        "after css(p) -1",
        "after list 1",
    ]
)
terms = st.sampled_from(["paragraph", "text", "headings", "media", "list", "css(h2)", "css(.ad-slot)"])
SLOTS = (
    Slot("ad", kind="ad", label="Anzeige"),
    Slot("teaser", kind="teaser", label="LESEN SIE AUCH"),
    Slot("promo", kind="promo", html="<b>Folgen</b>"),
)


def rules(name: str) -> st.SearchStrategy[Rule]:
    """Rules of one name over the whole language."""
    return st.builds(
        Rule,
        st.just(name),
        slot=st.sampled_from([slot.name for slot in SLOTS]),
        at=st.one_of(st.just(()), st.just(()), st.lists(anchors, min_size=1, max_size=3)),
        after=st.one_of(st.just(()), st.lists(terms, max_size=2)),
        before=st.one_of(st.just(()), st.just(()), st.lists(terms, max_size=2)),
        from_start=st.none() | distances,
        from_end=st.none() | distances,
        apart=st.none() | distances,
        per_section=st.none() | st.integers(1, 2),
        max=st.integers(0, 4),
        prefer=st.sampled_from(["even", "early"]),
        priority=st.integers(1, 3),
        stack=st.booleans(),
    )


_kinds = st.sampled_from(["ad", "teaser", "promo"])
_things = st.one_of(_kinds, st.sampled_from(["headings", "figure", "list", "start", "end", "lead"]))
spacings = st.one_of(
    st.builds(lambda a, b, d: Spacing([a], [b], min=d), _kinds, _things, distances),
    st.builds(lambda a, b, d: Spacing([b], [a], min=d), _kinds, _things, distances),
    st.builds(lambda a, b, d: Spacing([a], [b], min=d, either=True), _kinds, _things, distances),
)
_limits = st.builds(
    Limits, st.none() | st.integers(0, 3), st.none(), st.none() | st.integers(0, 2), st.none() | st.integers(0, 4)
)
_mostly = st.sampled_from([True, True, False])
_guards = st.builds(Guards, **{name: st.booleans() if name == "after_heading" else _mostly for name in GUARDS})

_existing = st.sampled_from(["count", "count", "ignore"]).map(lambda existing: ArticleOptions(existing=existing))


def policies(most_rules: int = 4) -> st.SearchStrategy[Policy]:
    """Policies of up to so many rules."""
    names = [f"r{number}" for number in range(most_rules)]
    return st.builds(
        lambda count, every, spacing, limits, guards, article: Policy(
            SLOTS, every[:count], spacing, limits, article, guards
        ),
        st.integers(1, most_rules),
        st.tuples(*map(rules, names)),
        st.lists(spacings, max_size=2),
        _limits,
        _guards,
        _existing,
    )


_blocks = st.sampled_from(["headings", "figure", "list", "quote"])
_wide_anchors = st.one_of(
    anchors,
    st.sampled_from(["50%", "0%", "after section 1", "before section", "after paragraph 1 in section 1", "100%"]),
    st.sampled_from(
        ["after every 2 paragraphs", "before every 2 css(p) from 1", "after every 1 section", "after every 3 text"]
    ),
    st.sampled_from(["40% of paragraphs", "70% of words", "25% of blocks"]),
)
_references = st.sampled_from(["slot(ad)", "slot(promo)", "rule(r0)"])


@st.composite
def wide_rules(draw: st.DrawFn, name: str) -> Rule:
    """Rules that move, are rated, have a rhythm or guards of their own, ask for a minimum, or for an article or sections of some size."""
    rule = draw(rules(name))
    at = draw(st.just(()) | st.lists(_wide_anchors, min_size=1, max_size=3))
    rhythms = ["60 chars", "90 chars", "2 paragraphs", "8 words", "1 block", "30%"]
    moves = st.none() | st.builds("{}{}".format, distances, st.sampled_from(["", " up", " down"]))
    return attrs.evolve(
        rule,
        at=at,
        within=draw(moves) if at else None,
        min=draw(st.integers(0, rule.max)),
        rate=draw(st.none() | st.sampled_from(["1 per 60 chars", "2 per 3 paragraphs", "1 per 4 blocks"])),
        prefer=draw(st.sampled_from(["even", "early", "late", "section-end"])),
        min_article=draw(st.none() | st.none() | st.sampled_from(["50 chars", "2 blocks"])),
        max_article=draw(st.none() | st.none() | st.sampled_from(["90 chars", "5 blocks or 1 paragraph"])),
        every=None if at else draw(st.none() | st.sampled_from(rhythms)),
        min_section=draw(st.none() | st.none() | st.sampled_from(["40 chars", "2 paragraphs or 3 blocks"])),
        max_section=draw(st.none() | st.none() | st.sampled_from(["90 chars", "4 blocks"])),
        guards=draw(st.dictionaries(st.sampled_from(list(GUARDS)), st.booleans(), max_size=2)),
    )


_fixed = st.sampled_from(["headings", "figure", "not(paragraph)", "not(headings, css(p.lead))", "lead", "end"])
wide_spacings = st.one_of(
    st.builds(lambda a, b, d, u: Spacing(a, b, min=d, unless=u), _kinds | _references, _things, distances, _blocks),
    st.builds(lambda a, b, d, n: Spacing(a, b, min=d, from_count=n), _things, _kinds, distances, st.integers(2, 4)),
    st.builds(lambda a, d, n: Spacing.between(a, a, min=d, from_count=n), _kinds, distances, st.integers(1, 4)),
    st.builds(lambda a, d: Spacing(["lead", a], "ad", min=d, from_count=2), _references, distances),
    st.builds(lambda a, b, d: Spacing.between(a, b, min=d), _references, _references | _things, distances),
    st.builds(lambda a, b, d, u: Spacing(a, b, min=d, unless_at=u), _kinds | _references, _fixed, distances, _blocks),
    st.builds(lambda a, b, d, u: Spacing(b, a, min=d, unless_at=u), _kinds | _references, _fixed, distances, _blocks),
    st.builds(lambda a, b, d, u: Spacing.between(a, b, min=d, unless_at=u), _kinds, _fixed, distances, _blocks),
    spacings,
)


def _standing_in(rules: Sequence[Rule]) -> list[Rule]:
    """*rules* where the last one stands in for the first, if that comes before."""
    first, last = rules[0], rules[-1]
    if first.priority < last.priority and not last.min:
        return [*rules[:-1], attrs.evolve(last, instead_of=first.name)]
    return list(rules)


_wide_limits = st.builds(
    lambda limits, most: attrs.evolve(limits, ads_per_section=most), _limits, st.none() | st.integers(0, 3)
)
_role_sizes = st.sampled_from([{}, {}, {"figure": "30 chars and 4 words"}, {"figure": "5 words", "box": "40 chars"}])
_wide_existing = st.builds(lambda article, sizes: attrs.evolve(article, sizes=sizes), _existing, _role_sizes)


def wide_policies(most_rules: int = 3) -> st.SearchStrategy[Policy]:
    """Policies over the whole language."""
    return st.builds(
        lambda count, every, spacing, limits, guards, article, stands_in: Policy(
            SLOTS, _standing_in(every[:count]) if stands_in else every[:count], spacing, limits, article, guards
        ),
        st.integers(1, most_rules),
        st.tuples(*(wide_rules(f"r{number}") for number in range(most_rules))),
        st.lists(wide_spacings, max_size=2),
        _wide_limits,
        _guards,
        _wide_existing,
        st.booleans(),
    )


# Uses every gap and many anchors: for pinned examples.
EVERYWHERE = Policy(
    SLOTS,
    [
        Rule("r0", slot="ad", max=40),
        Rule("r1", slot="promo", at="start", stack=True),
        Rule("r2", slot="ad", at="end", stack=True),
        Rule("r3", slot="promo", at=["before css(div)", "after css(h2)"], max=2),
        Rule("r4", slot="ad", at="after lead"),
    ],
    guards=Guards(**dict.fromkeys(GUARDS, False)),
)

# ------------------------------------------------------------------------------ the language as values
# Every term, anchor, distance, rate and policy that can be written; the planner's laws use those above.

SELECTORS = ("figure.big", "nav.breadcrumb", "p:is(.a, .b)", 'a[title="x) y"]', "h2 > b, h3")
_ordinals = st.integers(-(10**9) + 1, 10**9 - 1).filter(bool)
_wheres = st.sampled_from(["after", "before"])
_names = st.from_regex(r"[\w][\w.-]{0,8}", fullmatch=True)


_role_or_css = st.one_of(
    st.sampled_from(BLOCK_NAMES).map(Term), st.sampled_from(SELECTORS).map(lambda css: Term(css=css))
)


def terms_of(slots: st.SearchStrategy[str], rules: st.SearchStrategy[str]) -> st.SearchStrategy[Term]:
    """Every term, with references to these names."""
    return st.one_of(
        st.sampled_from(NAMES).map(Term),
        st.sampled_from(SELECTORS).map(lambda css: Term(css=css)),
        slots.map(lambda name: Term(slot=name)),
        rules.map(lambda name: Term(rule=name)),
        st.lists(_role_or_css, min_size=1, max_size=3).map(lambda terms: Term(but=tuple(terms))),
    )


every_term = terms_of(_names, _names)
_block_terms = st.one_of(
    st.sampled_from([name for name in BLOCK_NAMES if name not in ("ad", "teaser")]).map(Term),
    st.sampled_from(SELECTORS).map(lambda css: Term(css=css)),
    st.lists(_role_or_css, min_size=1, max_size=3).map(lambda terms: Term(but=tuple(terms))),
)
_steps = st.integers(1, 10**9 - 1)
every_anchor = st.one_of(
    st.sampled_from([Anchor("start"), Anchor("end"), Anchor("after", "lead")]),
    st.builds(
        lambda percent, unit: Anchor("at", percent=percent, unit=unit),
        st.integers(0, 100),
        st.sampled_from([None, "words", "paragraphs", "blocks"]),
    ),
    st.builds(
        Anchor,
        _wheres,
        st.sampled_from(BLOCK_NAMES),
        st.none() | _steps,
        section=st.none() | _ordinals,
        every=_steps,
    ),
    st.builds(Anchor, _wheres, st.just("section"), st.none() | _steps, every=_steps),
    st.builds(Anchor, _wheres, st.just("css"), st.none() | _steps, st.sampled_from(SELECTORS), every=_steps),
    st.builds(Anchor, _wheres, st.sampled_from(BLOCK_NAMES), st.none() | _ordinals, section=st.none() | _ordinals),
    st.builds(Anchor, _wheres, st.just("section"), st.none() | _ordinals),
    st.builds(lambda where, css: Anchor(where, "css", selector=css), _wheres, st.sampled_from(SELECTORS)),
)


def every_distance(units: tuple[str, ...] = PLAIN_UNITS) -> st.SearchStrategy[Distance]:
    """Every distance in these *units*."""
    amount = st.builds(Amount, st.integers(0, 100), st.sampled_from(units))
    every = st.lists(amount, min_size=1, max_size=3).map(tuple)
    return st.lists(every, min_size=1, max_size=3).map(lambda alternatives: Distance(tuple(alternatives)))


every_within = st.builds(Within, every_distance(), st.sampled_from([None, "up", "down"]))
_sizes = st.builds(Amount, st.integers(1, 10**9 - 1), st.sampled_from(RATE_UNITS))
every_rate = st.builds(Rate, st.integers(1, 10**9 - 1), _sizes)


_rhythms = st.builds(Amount, st.integers(1, 100), st.sampled_from(PLAIN_UNITS))


@st.composite
def _every_rule(draw: st.DrawFn, name: str) -> Rule:
    at = tuple(draw(st.lists(every_anchor, max_size=3)))
    others = [f"r{other}" for other in range(int(name[1:]))]
    instead_of = draw(st.lists(st.sampled_from(others), max_size=2)) if others else []
    least = 0 if instead_of else draw(st.integers(0, 40))
    strategy = st.builds(
        Rule,
        st.just(name),
        slot=st.sampled_from([slot.name for slot in SLOTS]),
        at=st.just(at),
        within=st.none() | every_within if at else st.none(),
        after=st.lists(_block_terms, max_size=2),
        before=st.lists(_block_terms, max_size=2),
        from_start=st.none() | every_distance(),
        from_end=st.none() | every_distance(),
        apart=st.none() | every_distance(),
        per_section=st.none() | st.integers(1, 9),
        min=st.just(least),
        max=st.integers(least, 40),
        rate=st.none() | every_rate,
        prefer=st.sampled_from(PREFERENCES),
        priority=st.just(9 + len(others)) if others else st.integers(1, 9),
        stack=st.booleans(),
        every=st.none() if at else st.none() | _rhythms,
        min_section=st.none() | every_distance(RATE_UNITS),
        max_section=st.none() | every_distance(RATE_UNITS),
        instead_of=st.just(instead_of),
        guards=st.dictionaries(st.sampled_from(list(GUARDS)), st.booleans()),
        min_article=st.none() | every_distance(RATE_UNITS),
        max_article=st.none() | every_distance(RATE_UNITS),
    )
    return draw(strategy)


@st.composite
def _every_spacing(draw: st.DrawFn, names: list[str]) -> Spacing:
    terms = terms_of(st.sampled_from([slot.name for slot in SLOTS]), st.sampled_from(names))
    sides = st.lists(terms, min_size=1, max_size=3).map(tuple)
    above, below, either = draw(sides), draw(sides), draw(st.booleans())
    counts = st.just(1) if either and set(above) != set(below) else st.integers(1, 9)
    unless = st.lists(_block_terms, max_size=2)
    count = draw(counts)
    waives = count == 1 and not all(any(names_slots(term) for term in side) for side in (above, below))
    return Spacing(
        above,
        below,
        min=draw(every_distance()),
        either=either,
        unless=draw(unless),
        unless_at=draw(unless) if waives else (),
        from_count=count,
    )


_wanted = st.one_of(st.text(max_size=5), st.booleans(), st.integers(-9, 9), st.sampled_from(["sport*", "*"]))
_whens = st.dictionaries(
    st.text(max_size=5), _wanted | st.lists(_wanted, min_size=1, max_size=3), min_size=1, max_size=3
)


def _every_case(names: list[str]) -> st.SearchStrategy[Case]:
    """Cases that are right over any policy with rules of these names."""
    limit = st.just(False) | st.integers(0, 9)
    rule: st.SearchStrategy[dict[str, object]] = st.fixed_dictionaries(
        {"name": st.sampled_from(names)},
        optional={"stack": st.booleans(), "apart": st.just(False) | every_distance().map(str), "after": st.just([])},
    )
    rules: st.SearchStrategy[list[dict[str, object]]] = st.lists(rule, max_size=2, unique_by=itemgetter("name"))
    spacing = st.fixed_dictionaries(
        {"between": st.just(["ad", ["teaser", "slot(promo)"]]), "min": st.just(False) | every_distance().map(str)}
    )
    slot = st.fixed_dictionaries({}, optional={"label": st.text(max_size=9), "height": st.just(False)})
    changes = st.fixed_dictionaries(
        {},
        optional={
            "slots": st.dictionaries(st.sampled_from(["teaser", "promo"]), slot, max_size=2),
            "rules": rules,
            "spacing": st.lists(spacing, max_size=1),
            "limits": st.just(False) | st.dictionaries(st.sampled_from(["ads", "slots"]), limit),
            "guards": st.dictionaries(st.sampled_from(["tail", "list-intro"]), st.booleans()),
            "article": st.dictionaries(st.sampled_from(["body", "ads"]), st.just(False) | st.sampled_from(SELECTORS)),
        },
    )
    return st.builds(lambda when, laid: Case(when, changes=laid), _whens, changes)


_sizes_of_ads = st.lists(st.sampled_from(["300x250", "320x50", "fluid"]), max_size=3)
_heights = st.integers(1, 999)
_links = "{% for item in items %}<a href='{{ item.url }}' rel='{{ item.rel }}'>{{ item.title }}</a>{{ item.label }}{% endfor %}"


def _by_layout(value: st.SearchStrategy[Any], layouts: list[str]) -> st.SearchStrategy[Any]:
    """A value, or one for some of the layouts."""
    return value | st.dictionaries(st.sampled_from(layouts), value, min_size=1) if layouts else value


@st.composite
def _every_slot(draw: st.DrawFn, layouts: list[str]) -> tuple[Slot, ...]:
    """The slots of `SLOTS` with whatever else they may say."""
    ad, teaser, promo = SLOTS
    return (
        attrs.evolve(
            ad,
            template=draw(st.sampled_from(["plain", "gpt", "amp", "<b>{{ sizes|tojson }}</b>"])),
            sizes=["300x250", *draw(_sizes_of_ads)],
            height=draw(st.none() | _by_layout(_heights, layouts)),
            attributes={"data-ad-unit": "/1/x", "class": draw(st.text(max_size=3))},
            skip=draw(st.sampled_from([(), "speech"])),
        ),
        attrs.evolve(
            teaser,
            items=draw(st.integers(1, 20)),
            template=draw(st.sampled_from(["plain", _links])),
            label_in="slot",
            tag=draw(st.sampled_from(["aside", "div", "section"])),
        ),
        attrs.evolve(promo, sizes=draw(_by_layout(_sizes_of_ads, layouts)), height=draw(st.none() | _heights)),
    )


_text_sizes = st.lists(st.builds(Amount, st.integers(0, 999), st.sampled_from(TEXT_UNITS)), min_size=1, max_size=2).map(
    lambda amounts: Distance((tuple(amounts),))
)


@st.composite
def every_policy(draw: st.DrawFn) -> Policy:
    """Policies over the whole language, whether or not a planner could do anything with them."""
    names = [f"r{number}" for number in range(draw(st.integers(1, 3)))]
    article = st.builds(
        ArticleOptions,
        st.none() | st.sampled_from(SELECTORS),
        st.none() | st.sampled_from(SELECTORS),
        st.none() | st.sampled_from(["de", "de-AT"]),
        st.integers(0, 200),
        st.lists(st.sampled_from(SELECTORS), max_size=2),
        opaque=st.lists(st.sampled_from(["jinja", r"\$\w+\$"]), max_size=2),
        sizes=st.dictionaries(st.sampled_from(SIZED), _text_sizes, max_size=2),
        existing=st.sampled_from(EXISTING),
    )
    layouts = draw(st.sampled_from([(), (Layout("mobile"),), (Layout("desktop", min_width=768), Layout("mobile"))]))
    return Policy(
        draw(_every_slot([layout.name for layout in layouts])),
        [draw(_every_rule(name)) for name in names],
        draw(st.lists(_every_spacing(names), max_size=3)),
        draw(_wide_limits),
        draw(article),
        draw(st.builds(Guards, **dict.fromkeys(GUARDS, st.booleans()))),
        draw(st.lists(_every_case(names), max_size=2)),
        layouts,
    )


# ---------------------------------------------------------------------------------- the language as data

_TOKENS = ["700", "0", "00", "1", "101", "25", "999999999", "1000000000", "1.5", "chars", "char", "blocks", "%", "px"]
_TOKENS += ["and", "or", ",", "up", "down", "per", "after", "before", "start", "end", "lead", "paragraph", "headings"]
_TOKENS += ["every", "from", "of", "paragraphs", "figures", "not(", "not(list)", "not( list , css(p) )"]
_TOKENS += ["section", "in", "-1", "-0", "css(", "css(p)", "slot(ad)", "rule( r0 )", ")", "teaser", "promo", "é", "_"]
_glue = st.sampled_from([" ", " ", " ", "", "  ", "\n"])
token_texts = st.lists(st.tuples(st.sampled_from(_TOKENS), _glue).map("".join), max_size=6).map("".join)
_KEYS = [*TABLES, "extends", "cases", "when", "x", "größe", "a b", ""] + [
    key for keys in TABLES.values() for key in keys
]
_junk = st.one_of(
    st.none() | st.booleans() | st.integers(-2, 42) | st.sampled_from([1.5, -0.5]),
    token_texts,
    st.sampled_from(
        ["", "ad", "aside", "even", "r0", "1 block", "40 chars", "de-news", "p.toml", "p:hover", "(", "2 per 3 words"]
    ),
    st.sampled_from([[], {}, [3], ["ad"], ["ad", "teaser"], ["ad", []], {"x": 1}, {"id": "x"}, [{}], {"kind": "ad"}]),
).map(copy.deepcopy)  # faults are put into one another


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) in nested data."""
    pairs = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    return [(value, key) for key, _ in pairs] + [place for _, each in pairs for place in _places(each)]


@st.composite
def documents(draw: st.DrawFn, most_faults: int = 3) -> Any:
    """Policies as data, with up to so many faults: other types, other keys, keys too many or too few."""
    data: Any = copy.deepcopy(to_mapping(draw(every_policy())))
    if draw(st.integers(0, 3)) == 0:
        data["extends"] = "de-news"
    for _ in range(draw(st.integers(0, most_faults))):
        places = _places(data)
        container, key = draw(st.sampled_from(places)) if places else (data, "slots")
        fault = draw(st.sampled_from(["replace", "replace", "remove", "rename", "add"]))
        if fault == "add" and isinstance(container, dict):
            container[draw(st.sampled_from(_KEYS))] = draw(_junk)
        elif fault == "rename" and isinstance(container, dict) and key in container:
            container[draw(st.sampled_from(_KEYS))] = container.pop(key)
        elif fault == "remove" and places:
            del container[key]
        else:
            container[key] = draw(_junk)
    return data


# ------------------------------------------------------------------------------------------- hostile URLs
# What could make a browser read another scheme than adslot does: other spellings of schemes, characters that a
# parser drops, escapes that nobody may undo, slashes too many or too few.

SCHEMES = (
    "javascript JaVaScRiPt JAVASCRIPT vbscript data blob filesystem about file view-source livescript mocha jar ftp ws wss "
    "mailto tel feed intent x-y a+b.c-1 web+app http https HTTP HtTpS httpx"
).split()
# Dropped or stripped by browsers, by Python or by parsers of HTML, or only seeming to be.
UNSEEN = [chr(code) for code in (*range(0x21), *range(0x7F, 0xA1), 0xAD)]
UNSEEN += list("\u1680\u180e\u2000\u200b\u200d\u200e\u2028\u2029\u202e\u202f\u205f\u2060\u3000\ufeff\ufffd\ufffe\uffff")
UNSEEN += ["\ud800", "\udbff", "\udc00", "\udfff", "\U0001fffe", "\u0301", "\u212a", "\uff1a", "\u0131"]
ESCAPES = ["%09", "%0a", "%00", "%3a", "%6A", "&#9;", "&Tab;", "&NewLine;", "&#x0;", "&#58;", "&colon;", "\\t", "\\x09"]
ESCAPES += ["\\", "/", "//", "/\\", ":", "?", "#", "@", "[", '"', "'", "`", "<", ">", " ", "&", "=", ";", "{{", "<!--"]
_AHEAD = ["", "", "", *r"""// \\ / ./ ../ ? # https: http:/ HTTPS:// url( " ' &#106;""".split()]
_BEHIND = ["", *r"alert(1) //a.example/%0aalert(1) text/html,<script>alert(1)</script> /a a \\a //a@b:1".split()]

# One for each turn that the URL standard's parser may take.
HOSTILE_URLS = [
    *("https:bahn", "https:/bahn", "https:///bahn.example/a", "http:bahn", "http:/\\bahn", "http:\\\\bahn\\a", "HTTPS:\\bahn"),
    *("//bahn.example", "\\\\bahn.example", "/\\bahn.example", "///bahn.example", "/////", "\\", "//", "/", "", ".", "..", "?", "#"),
    *("h\tt\nt\rps://bahn.example", "\x00\x1b\x04 https://bahn.example/a \x1f\r ", "http:\t//bahn.example", "\t:a", "java\nscript\t:a"),
    *("1a:b", "+a:b", "-a:b", ":a", "::", ":", "a:b", "A+.-1:b", "a b:c", "a/b:c", "?a:b", "#javascript:a", "ä:b", "jav\u0430script:a"),
    *("javascript:", "javascript://bahn.example/%0aalert(1)", "javascript:/../a", "data:text/html,<b>", "data:,", "vbscript:a"),
    *("blob:https://bahn.example/1", "filesystem:https://bahn.example/a", "view-source:https://bahn.example", "about:blank"),
    *("file:///etc/passwd", "file:c:\\a", "c:\\a", "c|/a", "ftp://bahn.example", "ws://bahn.example", "mailto:a@bahn.example"),
    *("http://a:b@bahn.example:81/", "http://bahn.example:99999", "http://[::1]/", "http://[bahn", "http://ba hn.example", "http://"),
    *("http://%6a%61%76%61script:a", "%6aavascript:a", "javascript%3aa", "java&#x09;script:a", "java&Tab;script:a", "&#106;avascript:a"),
    *("http://ba\x7fhn.example", "http://ba\u00adhn.example", "http://\uff42ahn.example", "https://bahn.example:\uff18\uff10"),
    *("java\x7fscript:a", "java\x00script:a", "java\x0bscript:a", "java\x9fscript:a", "java\ud800script:a", "javascript\x7f:a"),
    *(f"{blank}javascript:a" for blank in "\x00\x0b\x1f \x7f\x80\x85\xa0\u2028\u3000\ufeff\u200b"),
    *("\x7f\xa0javascript:a", "\xa0\x7fjavascript:a", "\ud800 \x85 javascript:a", "java\ufffescript:a", "java\u200dscript:a"),
]  # fmt: skip


@st.composite
def _spelt_urls(draw: st.DrawFn) -> str:
    """A scheme and what follows it, with a few other characters put in anywhere."""
    url = draw(st.sampled_from(_AHEAD)) + draw(st.sampled_from(SCHEMES)) + ":" + draw(st.sampled_from(_BEHIND))
    for inserted in draw(st.lists(st.sampled_from(UNSEEN) | st.sampled_from(ESCAPES), max_size=4)):
        place = draw(st.integers(0, min(len(url), 14)))
        url = url[:place] + inserted + url[place:]
    return url


hostile_urls = st.one_of(_spelt_urls(), _spelt_urls(), st.sampled_from(HOSTILE_URLS), st.text(max_size=12))
