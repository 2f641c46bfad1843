"""Reading any file of related articles: articles whose links a browser cannot run, or a RelatedError."""

from __future__ import annotations

import json
import re
import tempfile
from html import escape
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from adslot import Policy, RelatedError, Rule, Slot, load_related, place
from tests.fuzz import pages
from tests.fuzz.pieces import pieces

STORY = "<article><h1>Titel</h1>" + "<p>Ein Satz über die Bahn und ihren Takt.</p>" * 9 + "</article>"
LINKS = """{% for item in items %}{{ item.label }}<a href="{{ item.url }}" rel="{{ item.rel }}">{{ item.title }}</a>
{% if item.image %}<img src="{{ item.image.url }}" alt="">{% endif %}{% endfor %}"""
POLICY = Policy(
    [
        Slot("t", kind="teaser", label="Mehr", items=3),
        Slot("u", kind="teaser", label="Mehr", items=3, template=LINKS),
    ],
    [Rule("r", slot="t", max=3), Rule("u", slot="u", max=3)],
)
TIMES = [
    "2026-11-05",
    "2026-11-05T18:30:00Z",
    "Thu, 05 Nov 2026 10:00:00 +0100",
    "9999-12-31T23:59:60Z",
    "0000-00-00",
    "gestern",
    "1e9",
]
_values = st.one_of(
    pages.titles,
    pages.urls(),
    st.sampled_from(TIMES),
    st.integers(),
    st.floats(),
    st.none(),
    st.booleans(),
    st.lists(pages.titles, max_size=2),
)
_images = st.one_of(
    pages.urls(),
    st.fixed_dictionaries({"url": pages.urls()}, optional={"width": _values, "height": _values, "alt": _values}),
)
_KEYS = ["tags", "summary", "published", "expires", "sponsored", "id", "when", "x", "image"]


@st.composite
def _objects(draw):
    """An article as JSON has it."""
    data = {"title": draw(pages.titles), "url": draw(pages.urls())}
    if draw(st.booleans()):
        data["image"] = draw(_images)
    key = draw(st.sampled_from(_KEYS))
    return {**data, key: draw(_values)} if draw(st.integers(0, 3)) == 0 else data


_xml_text = st.one_of(pages.titles.map(escape), pages.titles.map("<![CDATA[{}]]>".format), pages.titles, pieces)
_ELEMENTS = [
    "title",
    "link",
    "description",
    "guid",
    "pubDate",
    "updated",
    "category",
    "media:title",
    "content:encoded",
    "dc:date",
    "id",
    "x",
]
_ROOTS = [
    '<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>t</title>{}</channel></rss>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{{}}"><title>t</title>{}</feed>',
    '<?xml version="1.0" encoding="utf-16"?><rss><channel>{}</channel></rss>',
    '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>{}&b;&c;</channel></rss>',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">{}</rdf:RDF>',
    "<rss><channel>{}",
]


@st.composite
def _entries(draw):
    """An entry of a feed, with links wherever a feed may have them."""
    url, other = escape(draw(pages.urls())), draw(pages.urls())
    time = draw(st.sampled_from(TIMES))
    parts = [
        f"<title type='html'>{draw(_xml_text)}</title>",
        f"<link>{url}</link>",
        f'<link href="{url}" rel="{draw(st.sampled_from(["alternate", "enclosure", "self", "x"]))}"/>',
        f"<pubDate>{time}</pubDate><updated>{time}</updated>",
        f'<media:content url="{escape(other)}" medium="image" width="{draw(st.integers(-1, 10**9))}"/>',
        f'<enclosure url="{escape(other)}" type="image/png"/>',
        f'<guid isPermaLink="true">{url}</guid>',
    ]
    tag = draw(st.sampled_from(_ELEMENTS))
    parts.append(f"<{tag}>{draw(_xml_text)}</{tag}>")
    kind = draw(st.sampled_from(["item", "entry"]))
    return f"<{kind}>{''.join(part for part in parts if draw(st.integers(0, 4)))}</{kind}>"


@st.composite
def files(draw):
    """The bytes of a file of related articles."""
    kind = draw(st.sampled_from(["json", "jsonl", "xml", "xml"]))
    if kind == "xml":
        text = draw(st.sampled_from(_ROOTS)).replace("{}", "".join(draw(st.lists(_entries(), max_size=4))))
    else:
        objects = draw(st.lists(_objects(), max_size=5))
        written = [json.dumps(each, ensure_ascii=draw(st.booleans())) for each in objects]
        text = "\n".join(written) if kind == "jsonl" else f"[{','.join(written)}]"
    if draw(st.integers(0, 2)) == 0:
        text = draw(
            pages.torn(
                st.just(text),
                st.one_of(pieces, st.sampled_from(["[" * 3000, "9" * 5000, "{", "\\ud800", "NaN", "1e999", "&#x0;"])),
            )
        )
    codec = draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1", "utf-7"]))
    return text.encode(codec, "surrogatepass" if codec.startswith("utf-") and codec != "utf-7" else "replace")


def scheme(url: str) -> str | None:
    """The scheme of *url* by the URL Standard: C0 controls and spaces at its ends, tabs and line breaks do not count."""
    plain = re.sub("[\t\n\r]", "", url.strip("".join(map(chr, range(0x21)))))
    found = re.match(r"([A-Za-z][A-Za-z0-9+.\-]*):", plain)
    return found[1].lower() if found else None


@given(files())
def law(data):
    """Nothing but RelatedError is raised, and what is written leads to the web or to the page's own site."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "r.jsonl" if data.lstrip().startswith(b"{") else "r.json")
        path.write_bytes(data)
        try:
            related = load_related(path)
        except RelatedError as error:
            assert error.problems
            assert str(error)
            return
    html = place(STORY, POLICY, related=related, url="https://landbote.example/a").html
    page = LexborHTMLParser(html.encode("utf-8", "replace").decode())
    for node in page.css("a, img"):
        url = node.attributes.get("href") or node.attributes.get("src") or ""
        assert scheme(url) in (None, "http", "https"), url
    assert {node.tag for node in page.css("article *")} <= set("h1 p aside span div ul li a img time".split())
