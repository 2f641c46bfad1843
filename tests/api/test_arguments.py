"""What a caller may give, and what is no such thing: one clear error each, and values that show themselves briefly."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import lxml.html
import pytest

import adslot
from adslot import (
    ArticleOptions,
    Case,
    Image,
    Layout,
    Limits,
    Policy,
    PolicyError,
    Related,
    Rule,
    Slot,
    Spacing,
    check,
    is_page,
    loads,
    place,
    place_tree,
    plan,
    prepare,
    preset,
    read,
    read_tree,
    strip,
    strip_tree,
)

HTML = "<p>Eins.</p><p>Zwei.</p>"
POLICY = preset("de-news")
ITEM = Related("Takt", "/takt")
# What a type checker would refuse.
FILE: Any = Path("x.html")
NONE: Any = None
TEXT: Any = "sport"
NO_HTML = "html: expected a text or bytes, found "


def placed(html=HTML, policy=POLICY, **known):
    return lambda: place(html, policy, **known)


WRONG = {
    "a path": (placed(FILE), f"{NO_HTML}{FILE!r} (read the file first: html = path.read_bytes())"),
    "none": (placed(None), f"{NO_HTML}None"),
    "a number": (placed(5), f"{NO_HTML}5"),
    "the other way round": (placed(POLICY, HTML), f"{NO_HTML}Policy(slots=<2>, rules=<"),
    "a result": (placed(place(HTML, POLICY)), f"{NO_HTML}Result(html='"),
    "an article": (placed(read(HTML)), f"{NO_HTML}Article(blocks=<2>"),
    "strip": (lambda: strip(FILE), f"{NO_HTML}{FILE!r}"),
    "read": (lambda: read(NONE), f"{NO_HTML}None"),
    "is_page": (lambda: is_page(NONE), f"{NO_HTML}None"),
    "check": (lambda: check(FILE, POLICY), f"{NO_HTML}{FILE!r}"),
    "mode": (placed(mode="Page"), "mode: expected one of auto, page, fragment, found 'Page' (did you mean 'page'?)"),
    "no mode": (placed(mode=None), "mode: expected one of auto, page, fragment, found None"),
    "mode of strip": (lambda: strip(HTML, mode="pages"), "found 'pages' (did you mean 'page'?)"),
    "mode of read": (lambda: read(HTML, mode="x"), "mode: expected one of auto, page, fragment, found 'x'"),
    "mode of check": (lambda: check(HTML, POLICY, mode="x"), "mode: expected one of auto, page, fragment, found 'x'"),
    "no policy": (
        placed(policy=None),
        "policy: expected a Policy, a file, the name of a preset or a mapping, found None",
    ),
    "a preset": (placed(policy="de-newz"), "or the name of a preset, found 'de-newz' (did you mean 'de-news'?)"),
    "no file": (placed(policy="fehlt.toml"), "fehlt.toml: expected a policy file, found No such file or directory"),
    "one article": (
        placed(related=ITEM),
        "related: expected a list of articles, found Related(title='Takt', url='/takt'",
    ),
    "related by name": (
        placed(related="rel.json"),
        "related: expected a list of articles, found 'rel.json' (related=adslot.load_related(file))",
    ),
    "related by path": (placed(related=FILE), "(related=adslot.load_related(file))"),
    "related none": (placed(related=None), "related: expected a list of articles, found None"),
    "related mapping": (placed(related={"title": "a"}), "related: expected a list of articles, found {'title': 'a'}"),
    "no article": (placed(related=[{"title": "a"}]), "expected a Related, found {'title': 'a'}"),
    "relevance": (placed(relevance=5), "relevance: expected a function of a section and an article, found 5"),
    "context": (placed(context="sport"), "context: expected a mapping of names to values, found 'sport'"),
    "context of a plan": (lambda: plan(read(HTML), POLICY, context=TEXT), "context: expected a mapping"),
    "context of check": (lambda: check(HTML, POLICY, context=TEXT), "context: expected a mapping"),
    "context of a policy": (lambda: POLICY.resolve(TEXT), "context: expected a mapping"),
    "what is prepared": (lambda: prepare(FILE, POLICY), f"{NO_HTML}{FILE!r}"),
    "mode of what is prepared": (lambda: prepare(HTML, POLICY, mode="Page"), "found 'Page' (did you mean 'page'?)"),
    "policy of what is prepared": (lambda: prepare(HTML, "de-newz"), "found 'de-newz' (did you mean 'de-news'?)"),
    "encoding of what is prepared": (lambda: prepare(HTML, POLICY, encoding=FILE), "encoding: expected the name"),
    "context of what is prepared": (
        lambda: prepare(HTML, POLICY).place(context=TEXT),
        "context: expected a mapping of names to values, found 'sport'",
    ),
    "related of what is prepared": (
        lambda: prepare(HTML, POLICY).place(related=NONE),
        "related: expected a list of articles, found None",
    ),
    "now": (
        placed(now="2026-01-01"),
        "now: expected a date or a datetime, such as date(2026, 11, 5), found '2026-01-01'",
    ),
    "url": (placed(url=5), "url: expected a text, found 5"),
    "encoding": (placed(encoding=5), "encoding: expected the name of an encoding, found 5"),
    "what is planned": (lambda: plan(TEXT, POLICY), "article: expected what adslot.read returns, found 'sport'"),
    "a tree": (lambda: place_tree(None, POLICY), "tree: expected an element or a document of lxml, found None"),
    "a text": (lambda: read_tree(HTML), "tree: expected an element or a document of lxml, found '<p>Eins."),
    "strip_tree": (lambda: strip_tree(HTML), "tree: expected an element or a document of lxml"),
    "a huge number": (placed(10**5000), f"{NO_HTML}int(…)"),
}


@pytest.mark.parametrize(("work", "told"), WRONG.values(), ids=WRONG)
def test_what_is_no_such_thing(work, told):
    """Named, with what is expected and what was found, and never taken for something else."""
    with pytest.raises((TypeError, ValueError), match=re.escape(told)) as caught:
        work()
    assert str(caught.value).count("\n") == 0
    assert len(str(caught.value)) < 260


def test_what_may_be_given():
    """All of these were so before."""
    page = place(HTML.encode(), POLICY, now=date(2026, 11, 5), url="/x", related=iter([ITEM]), context={"a": 1})
    assert b"data-adslot-rule" in page.html
    assert b"data-adslot-rule" in place(bytearray(HTML.encode()), POLICY).html  # type: ignore[type-var]


@pytest.fixture
def policies(tmp_path):
    """A policy in all its forms."""
    data = {"slots": {"x": {"kind": "promo", "html": "<b>x</b>"}}, "rules": [{"name": "r", "slot": "x", "at": "end"}]}
    file = tmp_path / "p.toml"
    file.write_text(adslot.dumps(adslot.from_mapping(data)), encoding="utf-8")
    return [adslot.from_mapping(data), data, file, str(file)]


def test_a_policy_in_any_form(policies):
    """Itself, a mapping, a path, a file's name; also a preset's name, as the integrations take it."""
    html = [place(HTML, policy).html for policy in policies]
    assert html.count(html[0]) == 4
    assert "data-adslot-rule" in html[0]
    for policy in policies:
        assert len(plan(read(HTML, policy), policy).placements) == 1
        assert check(html[0], policy) == ()
        assert len(place_tree(lxml.html.fragment_fromstring(f"<div>{HTML}</div>"), policy).placements) == 1
        assert read_tree(lxml.html.fragment_fromstring(f"<div>{HTML}</div>"), policy).blocks
    assert place(HTML, "de-news") == place(HTML, POLICY)
    with pytest.raises(PolicyError, match=r"limits\.ads"):
        place(HTML, {"limits": {"ads": "x"}})


def test_results_show_themselves_briefly():
    """In a debugger or a log, whatever they hold."""
    long = "".join(f"<h2>{'Titel ' * 50}</h2><p>{'Wort und noch mehr. ' * 300}</p>" for _ in range(20))
    long += (
        '<!-- adslot: here weg --><aside class="adslot adslot-ad" data-adslot="b" data-adslot-rule="c" id="d"></aside>'
    )
    item = Related("Titel " * 50, "/weg" * 50, summary="Text " * 100, tags=["Wort"] * 50)
    policy = loads('extends = "de-news"\nrules = [{ name = "related", min_relevance = 0 }]')
    result = place(f"<html lang='{'x' * 500}'><article>{long}", policy, related=[item, Related("x" * 300, "/a")])
    made = result.plan
    (teaser,) = [each for each in made.placements if each.items]
    article = made.article
    shown = [result, made, article, *made.placements, *article.blocks, *article.sections, *article.gaps]
    shown += [*made.unused, *made.rivals(teaser.id), *made.explain(), *check(result.html, policy), article.body]
    assert len({type(each) for each in shown}) >= 10
    assert [repr(each) for each in shown if len(repr(each)) > 200] == []
    assert repr(made).startswith("Plan(placements=<")


def test_policies_show_themselves_briefly():
    """What was said of each thing, and of a policy how many things it has."""
    name, long = "n" * 300, "Text " * 100
    article = ArticleOptions(body="#" + "b" * 900, ads=[f".ad-{number}" for number in range(200)])
    slot = Slot(name, kind="promo", html=long, label=long, attributes={f"data-{i}": long for i in range(30)})
    rule = Rule(name, slot=name, at=["after paragraph 1", "end"] * 20, from_start=" or ".join(["2 chars"] * 60))
    spacing = Spacing(["ad", f"rule({name})"], ["promo"] * 20, min=" or ".join(["2 chars"] * 60), from_count=3)
    case = Case({"section": [long] * 20}, changes={"article": {"body": "#" + "b" * 900}})
    layouts = [Layout(f"w{number}" * 50, min_width=number) for number in range(5)]
    policy = Policy([slot], [rule], [spacing], Limits(*range(5)), article, cases=[case], layouts=layouts)
    item = Related(long, "/weg" * 50, image=Image("/bild" * 50, 3, 4, long), tags=["Wort"] * 50, when={"a": long})
    shown = [policy, slot, rule, spacing, policy.limits, article, policy.guards, case, *layouts, item, item.image]
    assert [repr(each) for each in shown if not len(repr(each)) <= 200] == []
    assert repr(policy).startswith("Policy(slots=<1>, rules=<1>, spacing=<1>, limits=Limits(ads=0, ")
    assert repr(Rule("in-text", slot="ad", max=1, every="800 chars")) == (
        "Rule(name='in-text', slot='ad', every='800 chars', max=1)"
    )
    assert repr(Rule("in-text", slot="ad", max=1)) == "Rule(name='in-text', slot='ad')"
