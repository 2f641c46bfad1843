"""The plugin for Pelican: whole sites, written into a temporary folder."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from pelican import Pelican
from pelican.settings import read_settings

import adslot

logging.setLoggerClass(logging.Logger)  # Pelican's, in every logger made after its import, says a thing only once

POLICY = """
[slots.anzeige]
label = "Anzeige"
kind = "ad"

[slots.auch]
items = 9
label = "LESEN SIE AUCH"
kind = "teaser"

[[rules]]
name = "in-text"
slot = "anzeige"
max = 2
after = "paragraph"

[[rules]]
name = "related"
slot = "auch"
at = "end"

[[cases]]
when = { adslot = "off" }
limits = { slots = 0 }

[[cases]]
when = { tags = "*Werbung*" }
limits = { ads = 0 }
"""
TEXT = (
    "<p>Seit dem frühen Morgen drückt der Wind das Wasser aus dem Bodden, und nichts geht mehr.</p>\n"
    "<p>Die Bäckerin am Hafen hat noch Mehl f&uuml;r zwei Tage, dann muss der Kreuzer kommen.</p>\n"
    "<p>Am Wochenende soll der Wind auf West drehen, sagt der Hafenmeister von drüben.</p>\n"
)
PAGE = '<html lang="{lang}"><head><title>{title}</title>{lines}</head><body>{text}</body></html>'


def article(title, *, lang="de", text=TEXT, **metadata):
    """The source of an article with its lines of metadata."""
    said = {"date": "2026-11-05 08:00", "slug": title.lower(), "lang": lang, "category": "Küste"} | metadata
    lines = "".join(f'<meta name="{name}" content="{value}">' for name, value in said.items())
    return PAGE.format(lang=lang, title=title, lines=lines, text=text)


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Builds a site of articles and further settings; the folder of its pages."""
    monkeypatch.chdir(tmp_path)
    Path("adslot.toml").write_text(POLICY, encoding="utf-8")
    Path("content").mkdir()

    def built(*articles, pages=(), **settings):
        for folder, texts in {"content": articles, "content/pages": pages}.items():
            Path(folder).mkdir(exist_ok=True)
            for number, text in enumerate(texts):
                Path(folder, f"{number}.html").write_text(text, encoding="utf-8")
        said = {
            "PATH": str(tmp_path / "content"),
            "OUTPUT_PATH": str(tmp_path / "output"),
            "PLUGINS": ["adslot.contrib.pelican"],
            "ADSLOT_POLICY": "adslot.toml",
            "SITEURL": "https://bote.example",
            "TIMEZONE": "Europe/Berlin",
            "DEFAULT_LANG": "de",
            "THEME": "simple",
            "FEED_ALL_ATOM": "atom.xml",
            "FEED_ALL_RSS": "rss.xml",
            **settings,
        }
        chosen = {name: value for name, value in said.items() if value is not None}
        Pelican(read_settings(override=chosen)).run()
        return tmp_path / "output"

    return built


def rules(page):
    """The rules of the slots on a page, in order."""
    return re.findall(r'data-adslot-rule="([\w-]+)"', page.read_text(encoding="utf-8"))


def teasers(page):
    """Where the teasers of a page lead."""
    return re.findall(r'class="adslot-link" href="([^"]+)"', page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
def test_articles_get_their_slots(build, theme):
    """In the text, whatever the theme has around it; the rest of the page is what it was."""
    page = build(article("Bodden"), THEME=theme) / "bodden.html"
    text = page.read_text(encoding="utf-8")
    story = text[text.index("Seit dem") : text.index("von drüben")]
    assert rules(page) == ["in-text", "in-text"]
    assert story.count("data-adslot-rule") == 2
    build(article("Bodden"), THEME=theme, ADSLOT_POLICY={})
    assert adslot.strip(text) == page.read_text(encoding="utf-8")


def test_only_the_pages_of_articles_have_slots(build):
    """Feeds, lists, summaries and other pages have none: the content of an article is what it was."""
    output = build(article("Bodden", tags="Wind"), pages=[article("Impressum")], SUMMARY_MAX_LENGTH=None)
    written = {file.relative_to(output) for file in output.rglob("*") if file.is_file()}
    assert {Path(name) for name in ("atom.xml", "rss.xml", "index.html", "pages/impressum.html")} <= written
    assert all("Die Bäckerin" in (output / name).read_text() for name in ("atom.xml", "index.html"))
    having = {name for name in written if b"data-adslot" in (output / name).read_bytes()}
    assert having == {Path("bodden.html")}


def test_metadata_are_the_context(build):
    """Cases of the policy ask for any line; tags are one text."""
    output = build(article("Bodden", adslot="off"), article("Hafen", tags="Wind, Werbung"), ADSLOT_RELATED="all")
    assert rules(output / "bodden.html") == []
    assert rules(output / "hafen.html") == ["related"]


class TestRelated:
    """What teasers show."""

    @pytest.mark.parametrize(
        ("pool", "expected"),
        [
            ("all", ["hafen", "wiese"]),
            ("tags", ["wiese"]),
            ("category", ["hafen"]),
            (None, []),
            ([adslot.Related("Abo", "/abo")], ["/abo"]),
            (lambda article: [adslot.Related("Mehr", f"/mehr/{article.slug}")], ["/mehr/bodden"]),
        ],
        ids=["all", "tags", "category", "none", "list", "function"],
    )
    def test_whose_articles(self, build, pool, expected):
        """The site's own, except the article itself and those of other languages; or those that are given."""
        output = build(
            article("Bodden", tags="Wind, Wasser"),
            article("Hafen"),
            article("Wiese", category="Land", tags="Wind"),
            article("Meadow", lang="en", tags="Wind"),
            article("Entwurf", status="draft"),
            ADSLOT_RELATED=pool,
        )
        own = {f"https://bote.example/{name}.html" if "/" not in name else name for name in expected}
        assert set(teasers(output / "bodden.html")) == own

    def test_translations_are_offered_to_their_language(self, build):
        output = build(
            article("Bodden"),
            article("Lagoon", lang="en", slug="bodden"),
            article("Hafen"),
            article("Harbour", lang="en", slug="hafen"),
            ADSLOT_RELATED="all",
        )
        assert teasers(output / "bodden-en.html") == ["https://bote.example/hafen-en.html"]
        assert ">Harbour<" in (output / "bodden-en.html").read_text(encoding="utf-8")

    def test_what_the_text_links_to_is_not_shown_again(self, build):
        link = '<p>Auch <a href="{filename}1.html">der Hafen</a> steht leer, wie es seit Jahren nicht war.</p>'
        output = build(article("Bodden", text=TEXT + link), article("Hafen"), ADSLOT_RELATED="all")
        assert teasers(output / "bodden.html") == []
        assert teasers(output / "hafen.html") == ["https://bote.example/bodden.html"]

    def test_relative_urls_lead_from_the_page(self, build):
        """As the theme's own links do."""
        link = '<p>Auch <a href="{filename}1.html">der Hafen</a> steht leer, wie es seit Jahren nicht war.</p>'
        output = build(
            article("Bodden", text=TEXT + link),
            article("Hafen"),
            article("Wiese &amp; Wald", slug="wiese"),
            ADSLOT_RELATED="all",
            RELATIVE_URLS=True,
            ARTICLE_URL="2026/{slug}.html",
            ARTICLE_SAVE_AS="2026/{slug}.html",
        )
        assert teasers(output / "2026/bodden.html") == ["../2026/wiese.html"]
        assert ">Wiese &amp; Wald<" in (output / "2026/bodden.html").read_text(encoding="utf-8")


class TestDeclaredContexts:
    """A policy that declares its context is told of nothing else."""

    def test_other_lines_of_metadata_are_left_out(self, build, tmp_path):
        policy = tmp_path / "declared.toml"
        policy.write_text(f'[context]\nadslot = ["on", "off"]\ntags = "text"\n{POLICY}', encoding="utf-8")
        output = build(article("Bodden", author="Ina"), article("Hafen", adslot="off"), ADSLOT_POLICY=str(policy))
        assert "data-adslot-rule" in (output / "bodden.html").read_text(encoding="utf-8")
        assert "data-adslot-rule" not in (output / "hafen.html").read_text(encoding="utf-8")


class TestWarnings:
    """What a build says of its articles."""

    def test_each_is_told_once(self, build, caplog):
        build(article("Bodden", tags="werbung"), article("Hafen", tags="werbung"))
        told = [record.message.partition("output/")[2] for record in caplog.records if "tags =" in record.message]
        slip = 'the context has tags = "werbung", and a case asks for "*Werbung*": upper and lower case differ'
        assert told == [f"bodden.html: {slip}", ""]
        assert f"1 more page: {slip}" in caplog.text


class TestFailures:
    """A build that is wrong stops, and says why."""

    @pytest.mark.parametrize(
        ("settings", "error", "message"),
        [
            ({"ADSLOT_POLICY": None}, RuntimeError, "ADSLOT_POLICY is not set: name a policy file"),
            ({"ADSLOT_POLICY": "adslot.tml"}, adslot.PolicyError, "expected a policy file"),
            (
                {"ADSLOT_RELATED": "tag"},
                ValueError,
                "ADSLOT_RELATED: expected one of all, category, tags, articles or a function, found 'tag'",
            ),
        ],
    )
    def test_wrong_settings(self, build, settings, error, message):
        with pytest.raises(error, match=re.escape(message)):
            build(article("Bodden"), **settings)

    def test_articles_that_are_none(self, build):
        with pytest.raises(TypeError, match="expected a Related, found '/abo'"):
            build(article("Bodden"), ADSLOT_RELATED=["/abo"])

    @pytest.mark.parametrize("related", [lambda article: 1 / 0, lambda article: ["/abo"], lambda article: 3])
    def test_a_fault_costs_no_article(self, build, related, caplog):
        """The page is written as it is and the log tells why; `pelican --debug` stops."""
        output = build(article("Bodden"), article("Hafen"), ADSLOT_RELATED=related)
        assert rules(output / "bodden.html") == rules(output / "hafen.html") == []
        told = [record for record in caplog.records if record.name == "adslot"]
        assert [bool(record.exc_info) for record in told] == [True, False]
        assert "no slots were placed in" in told[1].message
        with pytest.raises((ZeroDivisionError, TypeError)):
            build(article("Bodden"), ADSLOT_RELATED=related, DEBUG=True)

    def test_nothing_to_say(self, build):
        """No articles, no teasers."""
        output = build(article("Bodden"), ADSLOT_RELATED=lambda article: None)
        assert set(rules(output / "bodden.html")) == {"in-text"}


def test_the_log_tells_how_many_slots_there_are(build, caplog):
    caplog.set_level(logging.DEBUG, "adslot")
    output = build(article("Bodden"))
    assert f"{output / 'bodden.html'}: 2 slots" in caplog.text
