"""The promises of SECURITY.md, each by a test of the name that stands there."""

from __future__ import annotations

import html
import re
import socket
from pathlib import Path

import attrs
import pytest
from selectolax.lexbor import LexborHTMLParser

import adslot
from adslot import Limits, Policy, PolicyError, Related, Rule, Slot, check, place, strip
from adslot.preview.page import Page
from tests.slots import LABEL, opened, own
from tests.timing import least_seconds

TEXT = "<p>Ab Montag fahren die Züge auf der Strecke wieder im Takt, sagte ein Sprecher der Bahn.</p>"
PAGE = "<!DOCTYPE html><html><body><article><h1>Züge</h1>{story}</article><section>{comment}</section></body></html>"
MARKS = opened()[len("<aside ") : -1]
ADS = Policy([Slot("a", kind="ad", label="Anzeige")], [Rule("b", slot="a", max=3, apart="2 paragraphs")])
TEASER = Policy([Slot("m", kind="teaser", label="LESEN SIE AUCH")], [Rule("r", slot="m")])
STATEMENTS = (Path(__file__).parents[2] / "SECURITY.md").read_text(encoding="utf-8")


def page(comment: str = "") -> str:
    """A page with a story and a comment to it."""
    return PAGE.format(story=TEXT * 8, comment=comment)


def teaser(template: str) -> Policy:
    """A policy whose teaser is written by *template*."""
    return adslot.from_mapping(
        {"slots": {"m": {"kind": "teaser", "template": template}}, "rules": [{"name": "r", "slot": "m"}]}
    )


def test_every_promise_has_its_test():
    """And every test its promise."""
    assert set(re.findall(r"`(test_\w+)`", STATEMENTS)) == {
        name for name in globals() if name.startswith("test_") and name != "test_every_promise_has_its_test"
    }


@pytest.mark.parametrize(
    "html",
    ["", "\0", "<p \ud800>", b"<p \xff>", b"\x1b$B<p>", "<" * 9_999, "<b>" * 9_999, "<!-- " * 999, opened() * 99],
)
def test_no_page_breaks_adslot(html):
    """Laws 1, 2 and 11 try it with all that there is; here are a few."""
    once = place(html, ADS).html
    assert strip(once) == strip(html) == html
    assert isinstance(check(html, ADS), tuple)


TAGS = [
    "html",
    "body",
    "head",
    "article",
    "main",
    "section",
    "aside",
    "div",
    "p",
    "h1",
    "table",
    "frameset",
    "template",
]


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("end", ["", "</{tag}>", "<b><a href=x>", "</section></article></body></html>"])
def test_a_commenter_deletes_no_story(tag, end):
    """Stray tags with all the marks of a slot, open and closed."""
    html = page(f"<p>Kommentar <{tag} {MARKS}>{end.format(tag=tag)}")
    for kept in (strip(html), place(html, ADS).html):
        assert kept.count(TEXT) == 8
        assert kept.endswith("</body></html>")


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- adslot: none -->",
        "<!-- adslot: off -->",
        "<!-- adslot: here a -->",
        "<body data-adslot=off>",
        "<html data-adslot=off>",
    ],
)
def test_a_commenter_steers_no_slots(comment):
    """Markers and attributes count in the story."""
    plans = [place(page(text), ADS).plan for text in (f"<p>Kommentar {comment}</p>", "<p>Kommentar</p>")]
    assert [placement.gap for placement in plans[0].placements] == [placement.gap for placement in plans[1].placements]
    assert len(plans[0].placements) == 3


@pytest.mark.parametrize("tag", ["aside", "div", "section", "p", "article"])
@pytest.mark.parametrize(
    "inside", [TEXT * 16, f"<article>{TEXT}</article>", f"<h1>Züge</h1>{TEXT}", f"<a href=x>{TEXT * 32}</a>"]
)
def test_a_forged_slot_takes_no_story(tag, inside):
    """However perfect its form is."""
    forged = f"{TEXT}{own(tag=tag, content=inside)}{TEXT}"
    assert strip(forged) == forged
    assert strip(place(forged, ADS).html) == forged


def test_a_forged_slot_counts_as_nothing():
    """With a limit of one ad, that one is placed all the same; and nothing is told of the forged ones."""
    forged = "".join(f'<aside data-adslot="a" data-adslot-rule="b" id="adslot-b-{n}">x</aside>' for n in range(3))
    html = f"{TEXT}{forged}{TEXT * 4}"
    filled = place(html, attrs.evolve(ADS, limits=Limits(slots=1)))
    assert len(filled.plan.placements) == 1
    assert check(html, ADS) == ()


@pytest.mark.parametrize(
    "changed, code",
    [
        (lambda html: html.replace(LABEL, ""), "no-label"),
        (lambda html: html.replace(LABEL, LABEL.replace("<div", "<div hidden")), "no-label"),
        (lambda html: html.replace(LABEL, f"<div style='display:none'>{LABEL}</div>"), "no-label"),
        (
            lambda html: html.replace("<aside", f"{opened('x', 'y', kind='promo', tag='div')}<aside", 1) + "</div>",
            "nested",
        ),
        (lambda html: html.replace("</aside>", "</aside><style>.adslot{display:none}</style>", 1), "style"),
        (lambda html: f"{html}<!-- adslot: none -->", "marker"),
    ],
)
def test_an_author_hides_no_label_from_the_check(changed, code):
    """A page that was stored with its slots, and edited afterwards."""
    html = place(TEXT * 4, ADS).html
    assert check(html, ADS) == ()
    assert code in {finding.code for finding in check(changed(html), ADS)}


HOSTILE = [
    "javascript:alert(1)",
    "java\x7fscript:alert(1)",
    "\u2028data:text/html,x",
    "\ud800vbscript:x",
    " \x00JaVaScRiPt:x",
]


@pytest.mark.parametrize("url", HOSTILE)
def test_a_feed_runs_no_script(url):
    """Laws try more URLs; and every text of an article is text."""
    hostile = "</aside><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    items = [
        Related("Klick", url),
        Related("Bild", "/b", image=url),
        Related(hostile, "/a", summary=hostile, tags=[hostile], id=hostile),
    ]
    html = place(TEXT * 4, TEASER, related=items).html
    tree = LexborHTMLParser(html.encode("utf-8", "replace").decode())
    assert tree.css("script, [onerror], img") == []
    assert [link.attributes["href"] for link in tree.css("a")] == ["/a"]


@pytest.mark.parametrize(
    "item",
    [
        Related("", ""),
        Related("x" * 100_000, "/" + "x" * 100_000, summary="x" * 100_000, tags=["x"] * 10_000),
        Related("\ud800\0\u202e", "//\ud800/\0"),
        Related("Titel", "https://[::1", published="2026-11-05", image="http://["),
        Related("Titel", "http://" + "a." * 5_000),
    ],
)
def test_a_feed_costs_no_page(item):
    """Whatever an article says, the page is written, and read again."""
    html = place(TEXT * 4, TEASER, related=[item, Related("Takt", "/takt")]).html
    assert "LESEN SIE AUCH" in html
    assert strip(html) == TEXT * 4


def test_a_feed_hides_no_sponsor():
    """Nor can a policy."""
    html = place(
        TEXT * 4,
        attrs.evolve(TEASER, article=adslot.ArticleOptions(language="de")),
        related=[Related("x", "/x", sponsored=True)],
    ).html
    assert 'rel="sponsored"' in html
    assert ">Anzeige<" in html
    assert "LESEN SIE AUCH" not in html
    with pytest.raises(PolicyError, match="sponsored"):
        teaser("{% for item in items %}<a href='{{ item.url }}'>x</a>{% endfor %}")


LINK = "{% for item in items %}<a href='{{ item.url }}' rel='{{ item.rel }}'>{{ item.title }}</a>{% endfor %}"


@pytest.mark.parametrize(
    "text", ["</script><script>x()</script>", "<img src=x onerror=x()>", '"><style>*{}</style>', "--></title><svg>"]
)
def test_a_preview_runs_nothing_foreign(text):
    """Browsers are asked in `tests/browser/test_preview.py`; here a parser finds the preview's own elements only."""

    def elements(text: str) -> list[str]:
        related = Related(text, "/a")
        result = place(f"{TEXT}<h2>{html.escape(text)}</h2>{TEXT}{text}{TEXT * 4}", TEASER, related=[related])
        made = Page()
        made.add(text, result.plan, result.html)
        tree = LexborHTMLParser(made.html())
        policy = tree.css_first("meta[http-equiv=Content-Security-Policy]")
        assert policy is not None and str(policy.attributes["content"]).startswith(
            "default-src 'none'; script-src 'sha256-"
        )
        found = tree.css("script, style, img, iframe, svg, link, object, embed, base, form")
        return [node.tag or "" for node in found]

    assert elements(text) == elements("Gezeiten") == ["style", *["script"] * 4]


@pytest.mark.parametrize(
    "expression",
    [
        "cycler.__init__.__globals__.os.popen('touch ran').read()",
        "self.__init__.__globals__",
        "''.__class__.__mro__",
        "items.__class__.__base__.__subclasses__()",
        "'{0.__class__}'.format(items)",
        "context.__class__",
        "(items|attr('append'))(1)",
        "lipsum.__globals__",
        "namespace.__init__",
        "joiner.__init__.__globals__",
    ],
)
def test_a_policy_runs_no_code(expression, tmp_path, monkeypatch):
    """Nothing leads from the data of a template to Python."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PolicyError):
        teaser(f"{LINK}{{{{ {expression} }}}}")
    assert list(tmp_path.iterdir()) == []


def test_a_policy_reads_no_other_file(tmp_path):
    """Not by `..`, not by its whole path, not by a link; and no error shows what stands in one."""
    (tmp_path / "secret.json").write_text("{{ secret }}<b>streng geheim</b>", encoding="utf-8")
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "link.html").symlink_to(tmp_path / "secret.json")
    for name in ("../secret.json", str(tmp_path / "secret.json"), "link.html", "x/../../secret.json"):
        policy = folder / "adslot.toml"
        policy.write_text(f'[slots.m]\nkind = "promo"\ntemplate = "{name}"', encoding="utf-8")
        with pytest.raises(PolicyError) as told:
            adslot.load(policy)
        assert "geheim" not in str(told.value)
        policy.write_text(f'extends = "{name}"', encoding="utf-8")
        with pytest.raises(PolicyError) as told:
            adslot.load(policy)
        assert "geheim" not in str(told.value)


@pytest.mark.parametrize(
    "template",
    [
        "{{ 'a' * 10**8 }}",
        "{{ 'a'|center(10**8) }}",
        "{{ '%1000000000d' % 1 }}",
        "{% for a in range(999) %}{% for b in range(999) %}{% for c in range(999) %}x{% endfor %}{% endfor %}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ " + "(" * 3_000 + "1" + ")" * 3_000 + " }}",
    ],
)
def test_a_policy_costs_little(template):
    """When it is loaded it is told what it would cost, in a second."""

    def refused() -> None:
        with pytest.raises(PolicyError):
            teaser(LINK + template)

    assert least_seconds(refused, 1) < 2


def test_placing_opens_nothing(monkeypatch):
    """Once a policy is loaded and everything is imported."""
    policy = teaser(LINK)
    place(page(), policy, related=[Related("Takt", "/takt", image="http://example.org/x.jpg")])

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("placing opens something")

    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr("io.open", refuse)
    monkeypatch.setattr(socket, "socket", refuse)
    html = place(
        page(),
        policy,
        related=[Related("Züge", "/zuege", image="http://example.org/y.jpg")],
        url="https://example.org/",
    ).html
    assert strip(html) == page()
    assert check(html, policy) == ()
