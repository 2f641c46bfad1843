"""Related articles from files: JSON, JSON lines, RSS and Atom, each with all that can be wrong with it."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from time import struct_time

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adslot import AdslotError, Image, MissingExtraError, Related, RelatedError, load_related
from adslot.related.feeds import _time, read_feed
from adslot.related.files import _FIELDS, _read_json
from adslot.related.values import as_data

FULL = Related(
    "Züge & Busse",
    "/takt",
    image=Image("/takt.jpg", 300, 200, "Ein Zug"),
    tags=("Bahn", "Takt"),
    summary="Alle Stunde ein Zug.",
    published=date(2026, 11, 5),
    expires=datetime(2026, 12, 1, 12, tzinfo=UTC),
    sponsored=True,
    id=7,
    when={"section": ["politik", "reise*"], "subscriber": False},
)
RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>t</title><link>https://landbote.example/</link>
<item><title>Züge &amp;amp; &lt;b&gt;Busse&lt;/b&gt;</title><link>https://landbote.example/takt</link><guid>g1</guid>
<pubDate>Thu, 05 Nov 2026 10:00:00 +0100</pubDate><category>Bahn</category><category/>
<description>&lt;p&gt;Alle Stunde&lt;/p&gt; &lt;p&gt;ein Zug.&lt;/p&gt;</description>
<media:content url="https://landbote.example/v.mp4" medium="video"/>
<media:content url="https://landbote.example/takt.jpg" width="300" height="200" type="image/jpeg"/></item>
<item><title>Ohne Verweis</title><pubDate>gestern</pubDate></item>
<item><title>Schaltsekunde</title><link>/s</link><pubDate>Thu, 31 Dec 2026 23:59:60 GMT</pubDate></item>
<item><title>Böse</title><link>javascript:alert(1)</link><enclosure url="javascript:x" type="image/png"/>
<enclosure url="/b.mp3" type="audio/mpeg"/><enclosure url="https://landbote.example/b.png" type="image/png"/></item>
<item><title>Klein</title><link>/klein</link><media:thumbnail url="https://landbote.example/k.jpg" width="auto" height="0"/></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><id>x</id><updated>2026-11-05T10:00:00Z</updated>
<entry><title type="html">A &amp;lt; B</title><link href="https://landbote.example/a"/><id>urn:1</id>
<updated>2026-11-05T10:00:00Z</updated><summary>Kurz</summary></entry></feed>"""


def problems_of(path, text):
    """What is told of a file, each problem as text without the folder."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RelatedError) as caught:
        load_related(path)
    assert isinstance(caught.value, AdslotError | ValueError)
    assert all(problem.file == str(path) for problem in caught.value.problems)
    return [str(attrs.evolve(problem, file=path.name)) for problem in caught.value.problems]


# ---------------------------------------------------------------------------------------------- JSON


@pytest.mark.parametrize("form", ["list", "object", "lines"])
def test_every_field_is_read(tmp_path, form):
    """As a list, as an object with a list, as one object to a line; a byte order mark and null do no harm."""
    data = [as_data(FULL), {"title": "Kurz", "url": "https://landbote.example/", "image": "/i.png", "summary": None}]
    path = tmp_path / ("r.jsonl" if form == "lines" else "r.json")
    text = (
        "\n\n".join(map(json.dumps, data))
        if form == "lines"
        else json.dumps({"items": data} if form == "object" else data)
    )
    path.write_text(text, encoding="utf-8-sig")
    assert load_related(path) == (FULL, Related("Kurz", "https://landbote.example/", image="/i.png"))
    assert load_related(str(path))[0].tags == ("Bahn", "Takt")


def test_every_field_has_a_key():
    """The keys of the files are the fields of the value."""
    assert tuple(_FIELDS) == tuple(field.name for field in attrs.fields(Related))


def test_all_problems_are_told_at_once(tmp_path):
    """Each with line and column, path, what was expected and found, and the nearest name."""
    text = """[{"title": " ", "url": "javascript:x", "tittle": 1},
 {"url": 5, "image": {"width": 0, "src": "/i"}, "published": "gestern", "tags": [1]},
 {"title": "a", "url": "", "image": 3, "id": true, "expires": 5, "sponsored": "ja"},
 {"title": "a", "url": "/a", "when": {"a": [], "b": 1.5}}, 3]"""
    assert problems_of(tmp_path / "r.json", text) == [
        f"r.json:{each}"
        for each in (
            (
                "1:40: items[0].tittle: expected one of title, url, image, tags, summary, published, expires, sponsored, id, when,"
                " found the key 'tittle' (did you mean 'title'?)"
            ),
            "1:12: items[0].title: expected a title, found ' '",
            "1:24: items[0].url: expected a URL, http, https or relative, found 'javascript:x'",
            "2:2: items[1]: expected the key 'title', found none",
            "2:10: items[1].url: expected a text, found 5",
            "2:35: items[1].image.src: expected one of url, width, height, alt, found the key 'src'",
            "2:22: items[1].image: expected the key 'url', found none",
            "2:32: items[1].image.width: expected a size in px, 1 or more, found 0",
            (
                "2:62: items[1].published: expected a date or time as in ISO 8601, such as '2026-11-05' or"
                " '2026-11-05T18:30:00Z', found 'gestern'"
            ),
            "2:81: items[1].tags: expected a text or a list of texts, found [1]",
            "3:24: items[2].url: expected a URL, http, https or relative, found ''",
            "3:37: items[2].image: expected a table, found 3",
            "3:46: items[2].id: expected a text or a whole number, found True",
            (
                "3:63: items[2].expires: expected a date or time as in ISO 8601, such as '2026-11-05' or"
                " '2026-11-05T18:30:00Z', found 5"
            ),
            "3:79: items[2].sponsored: expected true or false, found 'ja'",
            "4:44: items[3].when.a: expected a text, a whole number, true, false or a list of these, found []",
            "4:53: items[3].when.b: expected a text, a whole number, true, false or a list of these, found 1.5",
            "4:60: items[4]: expected a table, found 3",
        )
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1:1: expected JSON, found Expecting value"),
        ('[{"title": "a"', "1:15: expected JSON, found Expecting ',' delimiter"),
        ("3", '1:1: expected a list, or an object with a list "items", found 3'),
        ('{"articles": []}', "1:2: articles: expected one of items, found the key 'articles'"),
        ('{\n"items": {}}', '2:10: items: expected a list, or an object with a list "items", found {}'),
        ("[" * 100_000, "expected JSON of a sensible size, found maximum recursion depth"),
        ("9" * 5000, "expected JSON of a sensible size, found Exceeds the limit"),
    ],
)
def test_what_is_no_list(tmp_path, text, told):
    """Said with the place; a file that cannot be read is told in the same form."""
    assert problems_of(tmp_path / "r.json", text)[0].startswith(
        f"r.json:{told}" if told[0].isdigit() else f"r.json: {told}"
    )


def test_lines_are_numbered(tmp_path):
    """Every bad line is told, and what is wrong in the others besides."""
    text = '{"title": "a", "url": "/a"}\n{"title": "a"\n\n[]\n{"title": "b", "url": "x:y"}'
    assert problems_of(tmp_path / "r.ndjson", text) == [
        "r.ndjson:2:14: expected JSON, found Expecting ',' delimiter",
        "r.ndjson:4: items[1]: expected a table, found []",
        "r.ndjson:5: items[2].url: expected a URL, http, https or relative, found 'x:y'",
    ]


def test_files_that_cannot_be_read(tmp_path):
    """No file, and no UTF-8."""
    with pytest.raises(RelatedError, match="expected a file of related articles, found No such file"):
        load_related(tmp_path / "none.json")
    (tmp_path / "r.json").write_bytes(b'["\xff"]')
    with pytest.raises(RelatedError, match="expected JSON in UTF-8, found byte 2: invalid start byte"):
        load_related(tmp_path / "r.json")


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*_FIELDS, "width", "items", "x"]), inner, max_size=5)
    ),
    max_leaves=12,
)


@given(_json)
def test_any_json_gives_articles_or_problems(data):
    """Nothing else is raised, and every problem says where."""
    text = json.dumps(data)
    try:
        items = _read_json(text)
    except RelatedError as error:
        assert all(problem.line == 1 for problem in error.problems)
    else:
        assert _read_json(json.dumps([as_data(item) for item in items])) == items


# --------------------------------------------------------------------------------------------- feeds


def test_rss(tmp_path):
    """Titles and summaries as plain text, times in UTC, the first safe picture; unusable entries stay visible."""
    path = tmp_path / "feed"
    path.write_text(f"\ufeff{RSS}", encoding="utf-8")
    takt, bare, leap, bad, small = load_related(path)
    assert takt == Related(
        "Züge & Busse",
        "https://landbote.example/takt",
        image=Image("https://landbote.example/takt.jpg", 300, 200),
        tags=["Bahn"],
        summary="Alle Stunde ein Zug.",
        published=datetime(2026, 11, 5, 9, tzinfo=UTC),
        id="g1",
    )
    assert bare == Related("Ohne Verweis", "")
    assert leap.published in (None, datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    assert bad.image == Image("https://landbote.example/b.png")
    assert not bad.url or not bad.has_safe_url
    assert small.image == Image("https://landbote.example/k.jpg")


def test_times_that_no_calendar_has():
    """An entry without a time it can be read as is an entry without a date."""
    assert _time(struct_time((2026, 12, 31, 23, 59, 61, 3, 365, 0))) is None


def test_atom():
    """Atom too, whatever its file is called, in any encoding."""
    (entry,) = read_feed(f'<?xml version="1.0" encoding="utf-16"?>{ATOM}'.encode("utf-16"))
    assert (entry.title, entry.url, entry.id) == ("A < B", "https://landbote.example/a", "urn:1")
    assert entry.published == datetime(2026, 11, 5, 10, tzinfo=UTC)
    assert entry.summary == "Kurz"


def test_feeds_of_other_encodings_are_files_too(tmp_path):
    """UTF-16 begins with a byte order mark, not with a bracket."""
    (tmp_path / "a.xml").write_bytes(f'<?xml version="1.0" encoding="utf-16"?>{ATOM}'.encode("utf-16"))
    assert len(load_related(tmp_path / "a.xml")) == 1


@pytest.mark.parametrize("field", ["title", "link", "guid", "description", "category"])
def test_a_feed_that_feedparser_stumbles_over(tmp_path, field):
    """A reference to a character that does not exist is told as a problem, as other broken feeds are."""
    item = f"<item><title>a</title><{field}>&#x110000;</{field}></item>"
    assert problems_of(tmp_path / "r.xml", f'<rss version="2.0"><channel>{item}</channel></rss>') == [
        "r.xml: expected RSS or Atom, found what cannot be read as one: chr() arg not in range(0x110000)"
    ]


@pytest.mark.parametrize("guid", ["<b>", "<aside data-adslot=a>", ""])
def test_an_entry_whose_link_is_nothing(guid):
    """It is an entry without link, which no teaser shows."""
    (entry,) = read_feed(f"<rss><channel><item><title>a</title><guid>{guid}</guid></item></channel></rss>".encode())
    assert (entry.title, entry.url) == ("a", "")


def test_what_is_no_feed(tmp_path):
    """HTML, other XML and broken XML."""
    assert problems_of(tmp_path / "a.html", "<!DOCTYPE html><p>Text") != []
    assert problems_of(tmp_path / "a.xml", "<sitemap></sitemap>") == [
        "a.xml: expected RSS or Atom, found XML or HTML of another kind"
    ]


def test_a_feed_without_feedparser_names_the_extra(tmp_path, monkeypatch):
    """What to install is in the message; JSON needs nothing."""
    monkeypatch.setitem(sys.modules, "feedparser", None)
    (tmp_path / "feed.xml").write_text(RSS, encoding="utf-8")
    with pytest.raises(MissingExtraError, match=r"pip install 'adslot\[feeds\]'"):
        load_related(tmp_path / "feed.xml")
