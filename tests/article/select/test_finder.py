"""A selector matches what cssselect means by it, alike at both doors, and in linear time."""

from __future__ import annotations

import re

import lxml.html
import pytest
from cssselect import HTMLTranslator
from hypothesis import example, given, reject
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from adslot.article.select.finder import find
from adslot.html.document import parse
from adslot.html.lxml_tree import Tree
from adslot.policy.language.selectors import SelectorError, parsed
from tests.timing import least_seconds

# ------------------------------------------------------------------------------------------ pages

NAMES = (
    "p",
    "b",
    "div",
    "section",
    "h2",
    "a",
    "i",
    "option",
    "input",
    "fieldset",
    "legend",
    "select",
    "optgroup",
    "svg",
)
VALUES = ("x", "y", "X", "x y", "y  x ", "x-y", "de", "DE-at", "en", "", "checkbox", "xyx")
ATTRIBUTES = ("class", "id", "lang", "href", "type", "title", "data-x", "checked", "disabled", "selected")

texts = st.sampled_from(["", "", " ", "x", "xy", "Text x", "<!--x-->"])


@st.composite
def elements(draw, depth=0):
    """The source of an element of a page, each with attributes of a few names and values."""
    name = draw(st.sampled_from(NAMES))
    attributes = draw(st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES), max_size=3))
    inner = draw(st.lists(elements(depth + 1) | texts, max_size=4 if depth < 4 else 0))
    tag = " ".join([name, *(f'{key}="{value}"' for key, value in attributes.items())])
    return f"<{tag}>{''.join(inner)}</{name}>"


pages = st.lists(elements() | texts, max_size=4).map(lambda parts: f"<!doctype html><body>{''.join(parts)}")

# ------------------------------------------------------------------------------------------ selectors

idents = st.sampled_from(["x", "y", "X", "de", "x-y", r"\78", r"x\79 ", "/**/x"])
strings = st.sampled_from(["'x'", '"y"', "x", '"x y"', "''", r"'\78 '", "'X'", "'-y'"])
types = st.sampled_from([*NAMES, "*", "P", "DIV", "*|p", "*|*", "|b", r"\70 "])
attribute_tests = st.builds(
    "[{}{}]".format,
    st.sampled_from([*ATTRIBUTES, "CLASS", "|id", "*|title", " type "]),
    st.just("")
    | st.builds(
        "{}{}{}".format, st.sampled_from("= ~= |= ^= $= *= !=".split()), strings, st.sampled_from(["", "", " i", " S"])
    ),
)
series = st.sampled_from("1 2 -1 0 odd even n 2n 2n+1 -n+2 -2n+3 3n-1 +n N -n".split())
simple = (
    idents.map(".{}".format)
    | idents.filter(lambda ident: ident[0] != "/").map("#{}".format)
    | attribute_tests
    | st.sampled_from([":root", ":empty", ":link", ":checked", ":enabled", ":disabled", ":EMPTY"])
    | st.sampled_from([":first-child", ":last-child", ":only-child"])
    | st.builds(":{}({})".format, st.sampled_from(["nth-child", "nth-last-child"]), series)
    | st.builds(":contains({})".format, strings)
    | st.builds(":lang({})".format, strings.filter(lambda text: text != "''"))
)
of_type = st.sampled_from([":first-of-type", ":last-of-type", ":only-of-type"]) | st.builds(
    ":{}({})".format, st.sampled_from(["nth-of-type", "nth-last-of-type"]), series
)
combinators = st.sampled_from([" ", " > ", "+", "~", "  ", " ~ ", "/**/ + "])


@st.composite
def compounds(draw, depth=0, inside="", tests=simple):
    """A compound; *inside* says in which brackets it stands, since cssselect does not take all in all."""
    name = draw(st.just("") | types)
    parts = draw(st.lists(tests, max_size=2))
    if name and name[0] not in "*|\\" and draw(st.booleans()):
        parts.insert(0, draw(of_type))
    if depth < 2 and tests is simple and draw(st.integers(0, 3)) == 0:
        parts.append(draw(brackets(depth, inside)))
    return "".join([name, *parts]) or "*"


@st.composite
def brackets(draw, depth, inside):
    """A functional pseudo-class with selectors in it.

    In :not() there is one alternative only: cssselect's XPath of `:not(a > :is(b, c))` lacks brackets.
    """
    kind = draw(st.sampled_from(["is", "where", "has", *(["not"] if inside == "" else [])]))
    if kind == "not":
        return f":not({draw(complexes(depth + 1, 'not'))})"
    most = 1 if inside == "not" else 2
    if kind == "has":
        relative = st.builds("{}{}".format, st.sampled_from(["", "> ", "+ ", "~ "]), complexes(depth + 1, inside))
        return f":has({', '.join(draw(st.lists(relative, min_size=1, max_size=most)))})"
    inner = compounds(depth + 1, inside or "is")
    return f":{kind}({', '.join(draw(st.lists(inner, min_size=1, max_size=most)))})"


@st.composite
def complexes(draw, depth=0, inside="", tests=simple):
    """A selector of one to three compounds."""
    parts = [draw(compounds(depth, inside, tests))]
    for _ in range(draw(st.integers(0, 2))):
        parts += [draw(combinators), draw(compounds(depth, inside, tests))]
    return "".join(parts)


def groups(each):
    """One to three selectors, some of them below the root."""
    first = st.builds("{}{}".format, st.sampled_from(["", "", "", ":scope > "]), each)
    return st.lists(first, min_size=1, max_size=3).map(" , ".join)


def numbered(door, found):
    """The numbers of elements in tree order, the root's first."""
    root = door.root if door.tag(door.root)[0] != "#" else door.children(door.root)[-1]
    numbers = {node: number for number, node in enumerate([root, *door.elements(root)])}
    return [numbers[node] for node in found]


# ------------------------------------------------------------------------------------------ what is found


@given(pages, groups(complexes()))
@example("<!doctype html><p id=x><b></b></p>", "#x :is(b, i):nth-last-child(n)")
@example("<!doctype html><p lang=de-AT><b>x</b>", ":lang(de):contains('x')")
@example("<!doctype html><i></i><i></i><b></b>", "i:has(~ b) + i:has(+ b)")
def test_cssselect_and_both_doors_agree(html, css):
    """The text door and the tree door find the same elements, each once and in order: those of cssselect's XPath."""
    try:
        parsed(css)
    except SelectorError:  # such as `:not(*|*)`, which cannot match
        reject()
    document = parse(html)
    tree = Tree(document.to_lxml())
    found = numbered(tree, find(tree, css))
    assert numbered(document, find(document, css)) == found
    assert sorted(numbered(tree, tree.root.xpath(HTMLTranslator().css_to_xpath(css)))) == found


# What parsers of CSS take alike: no dialect of cssselect, and no attribute of which HTML says how it is compared.
plain = (
    st.sampled_from(
        [".x", ".y", "#x", "#y", "[title]", "[title=x]", "[class~=x]", "[id|=x]", "[title^=x]", "[class*=y]"]
    )
    | st.sampled_from([":first-child", ":last-child", ":only-child", ":root"])
    | st.builds(":{}({})".format, st.sampled_from(["nth-child", "nth-last-child"]), series)
)
plain_selectors = groups(complexes(tests=plain)).filter(lambda css: not re.search(r":scope|\*\||\|b", css))
# Without a doctype, which lexbor takes for a sibling of the root; so names of classes are not told apart by case.
plain_pages = pages.map(lambda html: re.sub("<!.*?>", "", html).replace("> <", "><").replace("X", "z"))


@given(plain_pages, plain_selectors)
def test_other_readers_of_css_agree(html, css):
    """lexbor and the parser's own selectors, which share nothing with cssselect, find the same elements."""
    document = parse(html, "page")
    found = numbered(document, find(document, css))
    assert numbered(document, document.root.select(css)) == found
    judge = LexborHTMLParser(html)
    assert judge.root is not None
    numbers = {node.mem_id: number for number, node in enumerate(judge.root.traverse())}
    assert sorted({numbers[node.mem_id] for node in judge.css(css)}) == found


PAGE = """<!doctype html><div id=a class="x&#12;y" title="[0], and (0)">
<svg viewBox="0 0 1 1"><foreignObject id=b><p id=c>c</p></foreignObject><a id=d xlink:href=d>d</a></svg>
<template id=e><p id=f class=x>f</p></template><p id=g lang=DE-at data-Old=1>Grüße</p></div>"""


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("foreignObject p", "c"),
        ("foreignobject", ""),
        ("[viewBox] > *", "b d"),
        ("[viewbox]", ""),
        ("svg a[*|href]", "d"),
        (r"[xlink\:href]", "d"),
        ("p", "c g"),
        ("#a > p:nth-of-type(1)", "g"),
        ("template, .x", "a e"),
        (".y", "a"),
        ("[title='[0], and (0)']", "a"),
        (r"[title='[0]\2c  and (0)']", "a"),
        ("[TITLE]", "a"),
        ("[data-old='1']", "g"),
        (":lang(de)", "g"),
        (":lang(de-AT)", "g"),
        (":contains('Grüße'):not(:has(*))", "g"),
        (r"[title='\1 ']", ""),
        ("[class='']", ""),
        (":root > body > *", "a"),
    ],
)
def test_what_a_selector_means(css, expected):
    """Names of SVG as written, prefixes, white space and escapes; what a template holds is no part of the page."""
    document = parse(PAGE)
    assert [document.attribute(node, "id") for node in find(document, css)] == expected.split()


def test_a_fragment_has_a_root_without_a_name():
    """The element that a parser puts around a fragment is its root, and no `div`."""
    document = parse("<div id=a><p id=b>b</p></div><p id=c>c</p>")
    for css, expected in ((":root > p", ["c"]), ("div > p", ["b"]), ("div div", []), (":has(> p)", ["", "a"])):
        assert [document.attribute(node, "id") for node in find(document, css)] == expected


def test_an_inner_element_is_a_page_of_its_own():
    """At the tree door nothing around the element that was given has a say."""
    page = lxml.html.document_fromstring("<main><p>a</p><div><p id=b>b</p></div></main>")
    tree = Tree(page.find(".//div"))
    assert not find(tree, "main p")
    assert [node.tag for node in find(tree, ":root:only-child, div > p")] == ["div", "p"]


@pytest.mark.parametrize("css", [r"[title='\1 \7f']", r"[title='\fffe ']", r".\1 ", r"#\{", r"\@x", r"[\@click]"])
def test_no_value_is_too_odd_for_either_door(css):
    """Characters that lxml has no word for match nothing."""
    page = lxml.html.document_fromstring("<p title=x>a</p>")
    assert not find(Tree(page), css)
    assert not find(parse("<p title=x>a</p>"), css)


# ------------------------------------------------------------------------------------------ how long it takes

LONG = {
    "siblings": (lambda n: "<h2>a</h2><p>b</p>" * n, ["h2 ~ p", "h2 ~ p ~ p", "p:has(~ p)", "p:nth-last-child(2n)"]),
    "kinds": (
        lambda n: "<p>a</p><b>b</b><i>c</i>" * n,
        ["p:nth-child(2)", "p ~ b ~ i", "i:nth-last-of-type(2)", "b + i"],
    ),
    "nested": (
        lambda n: "<div lang=de><b>x</b>" * n,
        ["* * * *", "div > div ~ b", ":not(div div:has(p))", "div:contains('q')", ":lang(en)", "div:has(b + div)"],
    ),
    "fieldsets": (lambda n: "<fieldset disabled><input>" * n, [":disabled", ":enabled", "fieldset fieldset"]),
    "templates": (lambda n: "<template><p>a</p></template><p>b</p>" * n, ["p + p", "template ~ p"]),
}


@pytest.mark.parametrize("css", [(name, css) for name, (_, many) in LONG.items() for css in many], ids=str)
def test_time_is_linear_in_the_page(css):
    """Four times the page takes about four times as long at both doors, whatever the selector."""
    name, selector = css
    make, _ = LONG[name]

    def seconds(count: int, *, as_tree: bool) -> float:
        document = parse(f"<!doctype html><body>{make(count)}")
        door = Tree(document.to_lxml()) if as_tree else document
        return least_seconds(lambda: find(door, selector))

    for as_tree in (False, True):
        assert seconds(2_000, as_tree=as_tree) < 5.5 * seconds(500, as_tree=as_tree) + 0.01


def test_a_long_list_of_selectors_is_as_good_as_many():
    """Thousands of selectors in one list, as lists of ads have them, are answered together."""
    html = "<!doctype html>" + "".join(f"<div class='ad-{i} x' id=i{i}>a</div>" for i in range(0, 3000, 7))
    for each in (".ad-{}", "#i{}", "div.ad-{}", "div#i{}.x"):
        css = ",\n".join(each.format(i) for i in range(3000))
        assert len(find(parse(html), css)) == len(range(0, 3000, 7))
    assert least_seconds(lambda: find(parse(html), css), 3) < 0.5
