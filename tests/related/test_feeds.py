"""Related articles from feeds: RSS and Atom, with all that can be wrong with them."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from time import struct_time

import pytest

from adslot import Image, MissingExtraError, Related, load_related
from adslot.related.feeds import _time, read_feed
from tests.related.test_files import problems_of

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
