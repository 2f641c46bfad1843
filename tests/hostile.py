"""Pages that are made to take long: each of them grows with a number, and the time of every verb must grow no faster.

The table of all is `python -m benchmarks.hostile`, the quick version of it `tests/laws/test_law_11_total.py`.
"""

from __future__ import annotations

import copy
import gc
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

import adslot
from adslot.html.document import parse

BEGIN = """
[article]
ads = ".werbung"
atomic = ".kasten"
opaque = ["jinja", "php", "shortcode"]

[slots.anzeige]
kind = "ad"
label = "Anzeige"

[slots.mehr]
kind = "promo"
html = "<p>Mehr dazu</p>"
"""
POLICY = f"""{BEGIN}
[[rules]]
name = "more"
priority = 2
slot = "mehr"
at = ["after paragraph", "before heading", "end"]
within = "2 paragraphs"
after = "paragraph"
max = 2
per_section = 1

[[rules]]
name = "in-text"
apart = "700 chars and 1 paragraph, or 900 chars"
from_end = "300 chars"
from_start = "200 chars"
max = 3
slot = "anzeige"

[[rules]]
name = "lead"
at = "after lead"
slot = "anzeige"

[[spacing]]
between = ["ad", "promo"]
min = "1 paragraph"
unless = "heading"

[[spacing]]
above = "ad"
below = "ad"
min = "900 chars"
from = 3
"""
ANCHORED = f"""{BEGIN}
[[rules]]
name = "beside"
slot = "anzeige"
max = 3
at = ["after css(%s)", "before css(%s)"]
"""
P = "<p>Ein Absatz mit etwas Text, damit es einen Artikel gibt.</p>\n"
TEXT = P * 20
OWN = (
    '<aside class="adslot adslot-ad" data-adslot="anzeige" data-adslot-rule="in-text" id="adslot-in-text-{}">x</aside>'
)


VERBS = ("place", "explain", "check", "strip", "tree")


@attrs.frozen
class Row:
    """An input that grows with a number, at *least* so large, by *make*, and the *verbs* that it is given to.

    Checking reads a page with every gap certified, so that reading needs no column of its own.
    """

    make: Callable[[int], str]
    verbs: Sequence[str] = ("place", "explain", "check", "tree")
    policy: str = POLICY
    least: int = 20


def text(make: Callable[[int], str]) -> Row:
    """A page of a single block, or of none."""
    return Row(make, ("place", "strip"))


def around(part: str) -> Row:
    """Many times *part* in an article."""
    return Row(lambda n: TEXT + part * n + TEXT)


def marked(part: str) -> Row:
    """The same, where stripping has something to see."""
    return Row(around(part).make, VERBS)


def nested(tag: str, inner: str = "") -> Row:
    """An article in many elements inside each other, more than parsers nest; none of them is closed."""
    return Row(lambda n: f"<{tag}>{inner}" * n + TEXT, ("place", "check", "tree"), least=1500)


def numbered(part: str) -> Row:
    """Many parts that differ by their number."""
    return Row(lambda n: TEXT + "".join(part.replace("#", str(i)) for i in range(n)) + TEXT)


def beside(css: str, make: Callable[[int], str]) -> Row:
    """A page whose slots stand beside what a selector matches."""
    return Row(make, ("place", "tree"), ANCHORED % (css, css), least=1500)


ROWS: Mapping[str, Row] = {
    # bytes
    "<": text(lambda n: "<" * n),
    "<!": text(lambda n: TEXT + "<!" * n),
    "</": text(lambda n: TEXT + "</" * n),
    "&": text(lambda n: TEXT + "&" * n),
    "&amp;": text(lambda n: TEXT + "&amp;" * n),
    "blanks": text(lambda n: TEXT + " " * n + TEXT),
    "a long word": text(lambda n: TEXT + "x" * n + TEXT),
    "words": text(lambda n: TEXT + "Wort " * n),
    "CJK": text(lambda n: TEXT + "日本" * n),
    "carriage returns": around("<p>x</p>\r"),
    "quotes": text(lambda n: TEXT + "<a href='" * n),
    "open tags": text(lambda n: TEXT + "<a " * n),
    "doctypes": text(lambda n: "<!doctype html>" * n + TEXT),
    # nesting
    "nested div": nested("div"),
    "nested div, closed": Row(lambda n: "<div>" * n + TEXT + "</div>" * n, ("place", "check", "tree")),
    "nested div with text": nested("div", "x"),
    "nested div with p": nested("div", "<p>x</p>"),
    "nested section": nested("section", "<h2>k</h2><p>x</p>"),
    "nested article": nested("article"),
    "nested p": nested("p", "x "),
    "nested b": nested("b"),
    "nested b with text": nested("b", "x"),
    "nested b in a paragraph": Row(lambda n: TEXT + "<p>x" + "<b>" * n, ("place", "tree")),
    "nested i, b, u": Row(lambda n: "<i><b><u>" * n + TEXT, ("place", "tree")),
    "nested span": nested("span"),
    "nested a": nested("a", "x"),
    "nested font p": nested("font", "<p>x"),
    "nested ul li": nested("ul", "<li>x"),
    "nested blockquote": nested("blockquote", "<p>x"),
    "nested figure": nested("figure"),
    "nested aside": nested("aside"),
    "nested table tr td": nested("table", "<tr><td>x"),
    "nested svg": nested("svg"),
    "nested template": nested("template"),
    "nested ad": nested("div class=ad-slot", "x"),
    "nested label": nested("div", "Anzeige"),
    "nested teaser": nested("div class=related", "<a href=/x>Lesen Sie auch</a>"),
    "nested float": nested("div class=alignleft", "<img>"),
    "nested custom elements": nested("x-y", "x"),
    "end tags without start": around("</p></b></div>"),
    "crossed tags": around("<b><i>x</b></i>"),
    "formatting over blocks": numbered("<b a#=1><p>x"),
    "html and body again": numbered("<html a#=1><body b#=1>"),
    # attributes
    "attributes": Row(
        lambda n: TEXT + "<div " + " ".join(f"a{i}=x" for i in range(n)) + f">{TEXT}</div>", ("place", "tree")
    ),
    "class names": Row(lambda n: TEXT + "<div class='" + "ad-x " * n + f"'>{TEXT}</div>", ("place", "tree")),
    "a long class name": Row(lambda n: TEXT + "<div class='" + "aB_" * n + f"'>{TEXT}</div>", ("place", "tree")),
    "a long style": Row(lambda n: TEXT + "<div style='display" + " " * n + ":none'>x</div>" + TEXT, ("place", "tree")),
    "styled paragraphs": around("<p style='color: red' class=x onclick=y>x</p>"),
    "hidden paragraphs": around("<p hidden>x</p>"),
    # blocks
    "paragraphs": Row(lambda n: P * n),
    "short paragraphs": around("<p>x</p>"),
    "empty paragraphs": around("<p></p>"),
    "wrapped paragraphs": around("<div><p>Text.</p></div>"),
    "headings": around("<h2>Kopf</h2>"),
    "headings and text": around("<h2>Kopf</h2><p>Text.</p>"),
    "headings of all levels": numbered("<h2>a</h2><h3>b</h3><h4>#</h4>"),
    "bold lines": around("<p><b>Kopf</b></p><p>Text.</p>"),
    "bold parts": Row(lambda n: TEXT + "<p>" + "<b>x</b>" * n + "</p>" + TEXT),
    "sections": around("<section><h2>k</h2><p>Text.</p></section>"),
    "articles": around("<article><h2>k</h2><p>Text.</p></article>"),
    "lists": around("<p>Das ist:</p><ul><li>x</li></ul>"),
    "items": Row(lambda n: TEXT + "<ul>" + "<li>x</li>" * n + "</ul>" + TEXT),
    "quotations": around("<blockquote><p>x</p></blockquote>"),
    "tables": around("<table><tr><td>x</table>"),
    "cells": Row(lambda n: TEXT + "<table>" + "<tr><td>x" * n + "</table>" + TEXT),
    "text beside cells": Row(lambda n: TEXT + "<table>" + "<p>x</p>" * n + "</table>" + TEXT),
    "pictures": around("<figure><img><figcaption>Bild</figcaption></figure>"),
    "credits": around("<img><p class=caption>Foto: dpa</p>"),
    "floats": around("<figure style='float:left'><img></figure><p>x</p>"),
    "images": around("<img>"),
    "rules": around("<hr>"),
    "forms": around("<form><p>x</p></form>"),
    "frames": around("<iframe></iframe>"),
    "custom elements": around("<x-y>x</x-y>"),
    "empty elements": around("<div></div>"),
    "scripts": around("<script>x</script><p>x</p>"),
    "line breaks": around("<br>"),
    "double line breaks": around("x<br><br>"),
    "blank lines": Row(lambda n: "Text, Text.\n\n" * n),
    "ruby": Row(lambda n: TEXT + "<p>" + "<ruby>漢<rt>かん</rt></ruby>" * n + "</p>" + TEXT),
    # what the page has
    "existing ads": around("<div class=ad-slot></div><p>x</p>"),
    "ads by selector": around("<div class=werbung>x</div><p>x</p>"),
    "ads by id": numbered("<div id=div-gpt-ad-#></div><p>x</p>"),
    "device twins": around("<div class='ad-slot mobile'>x</div><div class='ad-slot desktop'>x</div>"),
    "labels": around("<p>Anzeige</p>"),
    "teasers": around("<div class=related><a href=/x>Lesen Sie auch</a></div><p>x</p>"),
    "links": numbered("<p><a href=/x#>x</a> und Text.</p>"),
    "leads": Row(lambda n: "<!doctype html><header>" + "<p class=lead>x</p>" * n + f"</header><article>{TEXT}"),
    "before the body": Row(lambda n: "<!doctype html>" + "<div><a href=x>x</a></div>" * n + f"<article>{TEXT}"),
    "stories": Row(lambda n: "<!doctype html>" + f"<div class=entry-content>{P * 3}</div>" * n),
    "links in the head": Row(lambda n: "<!doctype html><head>" + "<link rel=canonical href=/x>" * n + f"</head>{TEXT}"),
    # marks of editors, of adslot, of templates
    "comments": marked("<!-- x -->"),
    "comments, never closed": marked("<!-- "),
    "block comments": marked("<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->\n"),
    "markers for a slot": marked("<!-- adslot: here anzeige --><p>x</p>"),
    "markers among line breaks": marked("<br><br><!-- adslot: here anzeige -->"),
    "markers in one place": marked("<!-- adslot: here mehr -->"),
    "markers off and on": marked("<!-- adslot: off --><p>x</p><!-- adslot: on -->"),
    "own slots": Row(lambda n: TEXT + "".join(f"{OWN.format(i)}<p>x</p>" for i in range(n)), VERBS),
    "own slots in one place": Row(lambda n: TEXT + "".join(OWN.format(i) for i in range(n)) + TEXT, VERBS),
    "own slots, never closed": marked('<aside data-adslot="a" data-adslot-rule="b">'),
    "own slots and templates": Row(lambda n: TEXT + f"<template>{OWN.format(1)}" * n, VERBS),
    "ids of slots": numbered("<p id=adslot-in-text-#>x</p>"),
    "placeholders": marked("<p>x</p>{{ y }}<?php z ?>[w]"),
    "placeholders, never closed": marked("{{ {% <?php [a "),
    # selectors
    "h2 ~ p": beside("h2 ~ p", lambda n: "<h2>a</h2>" * n + "<p>b</p>" * n),
    "p ~ p ~ p": beside("p ~ p ~ p", lambda n: "<p>b</p>" * n),
    "p:nth-child(2)": beside("p:nth-child(2)", lambda n: "<p>b</p>" * n),
    "p:nth-last-of-type(2n)": beside("p:nth-last-of-type(2n)", lambda n: "<p>a</p><b>b</b>" * n),
    "* * * p": beside("* * * p", lambda n: "<div>" * n + TEXT),
    "div > div ~ p": beside("div > div ~ p", lambda n: "<div></div><div><p>x</p>" * n),
    "p:has(~ p)": beside("p:has(~ p)", lambda n: "<p>b</p>" * n),
    ":not(:has(p))": beside("div:not(:has(p))", lambda n: "<div>" * n + TEXT),
    ":not(div div p)": beside("p:not(div div p)", lambda n: "<div>" * n + TEXT),
    ":contains(q)": beside("div:contains('q')", lambda n: "<div>x" * n + TEXT),
    ":lang(de)": beside("p:lang(de)", lambda n: "<div lang=en>" * n + TEXT),
    "a list of selectors": Row(
        lambda n: TEXT + "".join(f"<p class=a{i}>x</p>" for i in range(n)),
        ("place", "tree"),
        ANCHORED % (".b", ", ".join(f".a{i}" for i in range(3000))),
    ),
}


@attrs.frozen
class Task:
    """One verb on one page: *prepare* is not timed, *work* is."""

    html: str
    prepare: Callable[[], Any]
    work: Callable[[Any], object]

    def seconds(self) -> float:
        """The processor time of one run, without the garbage collector."""
        ready = self.prepare()
        gc.collect()
        gc.disable()
        try:
            start = time.process_time()
            self.work(ready)
            return time.process_time() - start
        finally:
            gc.enable()

    def least_seconds(self, runs: int) -> float:
        """The least time of so many runs; of one that takes a second, one is enough."""
        least = self.seconds()
        for _ in range(runs - 1):
            if least > 1:
                break
            least = min(least, self.seconds())
        return least


def task(row: Row, verb: str, size: int) -> Task:
    """The task of *verb* on the input of this *size*."""
    policy, html = adslot.loads(row.policy), row.make(size)
    if verb in ("check", "strip"):
        filled = adslot.place(html, policy).html
        return Task(
            html, lambda: filled, (lambda ready: adslot.check(ready, policy)) if verb == "check" else adslot.strip
        )
    if verb == "explain":
        plan = adslot.plan(adslot.read(html, policy), policy)
        return Task(html, lambda: attrs.evolve(plan), lambda made: made.explain())
    if verb == "tree":
        tree = parse(html).to_lxml()
        return Task(html, lambda: copy.deepcopy(tree), lambda ready: adslot.place_tree(ready, policy))
    return Task(html, lambda: html, lambda ready: adslot.place(ready, policy))


def sized(row: Row, verb: str, least: float, most_chars: int = 1_500_000) -> tuple[int, Task]:
    """A size at which one run takes *least* seconds or a little more, or the page has so many chars; and the task of it."""
    size = row.least
    task(row, verb, size).seconds()  # what is loaded and compiled for the first time is no part of it
    while True:
        made = task(row, verb, size)
        taken = made.seconds()
        if taken >= least or len(made.html) > most_chars:
            return size, made
        size = int(size * min(8, max(1.3, 1.1 * least / max(taken, 1e-5))))
