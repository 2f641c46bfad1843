"""What is compared: bare parsers, the usual ways to put a slot behind every third paragraph, and adslot.

The set is fixed, so that no run flatters by what it leaves out: one whose library is not installed is named as not run.
All but adslot do a smaller job; what each cannot do stands beside it.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from typing import Any

import attrs
import lxml.etree
import lxml.html
from bs4 import BeautifulSoup
from turbohtml.rewrite import rewrite

import adslot

POLICY = adslot.loads(
    """
    [slots.anzeige]
    kind = "ad"
    label = "Anzeige"

    [slots.mehr]
    kind = "promo"
    html = "<p>Mehr dazu</p>"

    [[rules]]
    name = "in-text"
    slot = "anzeige"
    max = 3
    from_start = "200 chars"
    from_end = "300 chars"
    apart = "700 chars and 1 paragraph, or 900 chars"

    [[rules]]
    name = "more"
    slot = "mehr"
    max = 2
    per_section = 1
    after = "paragraph"
    priority = 2

    [[rules]]
    name = "last"
    slot = "anzeige"
    at = "end"
    priority = 3
    """
)
SLOT = '<aside class="slot"><p>Anzeige</p></aside>'
# Behind which paragraphs the others put it.
EVERY = 3

Work = Callable[[str, str], object]


@attrs.frozen
class Contender:
    """Something to measure, by its *name*: *work* is given a text and its mode, "page" or "fragment".

    *cannot* says what it does not do and adslot does. One that is *prepared* is given the text beforehand, and only what it
    then returns is measured. It is not run without the *library* that it needs.
    """

    name: str
    work: Work
    cannot: str = ""
    prepared: bool = False
    library: str = "lxml"

    @property
    def runs(self) -> bool:
        """Whether its library is there."""
        return find_spec(self.library) is not None

    def begin(self, html: str, mode: str) -> Callable[[], object]:
        """What is to be measured, on this text."""
        if self.prepared:
            made: Any = self.work(html, mode)
            return made  # type: ignore[no-any-return]  # of these it is a function
        return partial(self.work, html, mode)


# --- others -----------------------------------------------------------------------------------------


def parse(html: str, _mode: str) -> Any:
    return lxml.html.document_fromstring(html)


def parse_and_write(html: str, mode: str) -> str:
    return lxml.etree.tostring(parse(html, mode), encoding="unicode", method="html")


def insert_by_splitting(html: str, _mode: str) -> str:
    parts = html.split("</p>")
    return (
        "".join(
            f"{part}</p>{SLOT}" if number % EVERY == 0 else f"{part}</p>" for number, part in enumerate(parts[:-1], 1)
        )
        + (parts[-1])
    )


def insert_by_lxml(html: str, mode: str) -> str:
    tree = parse(html, mode)
    for paragraph in list(tree.iter("p"))[EVERY - 1 :: EVERY]:
        slot = lxml.html.fragment_fromstring(SLOT)
        slot.tail, paragraph.tail = paragraph.tail, None
        paragraph.addnext(slot)
    return lxml.etree.tostring(tree, encoding="unicode", method="html")


def insert_by_selectolax(html: str, _mode: str) -> str | None:
    parser: Any = import_module("selectolax.lexbor").LexborHTMLParser
    tree = parser(html)
    for paragraph in tree.css("p")[EVERY - 1 :: EVERY]:
        paragraph.insert_after(parser(SLOT).css_first("aside"))
    return tree.html  # type: ignore[no-any-return]


def insert_by_soup(html: str, _mode: str) -> str:
    soup = BeautifulSoup(html, "lxml")
    for paragraph in soup.find_all("p")[EVERY - 1 :: EVERY]:
        slot = soup.new_tag("aside", attrs={"class": "slot"})
        label = soup.new_tag("p")
        label.string = "Anzeige"
        slot.append(label)
        paragraph.insert_after(slot)
    return str(soup)


def insert_by_turbohtml(html: str, _mode: str) -> str:
    numbers = count(1)

    def behind(paragraph: Any) -> None:
        if next(numbers) % EVERY == 0:
            paragraph.after(SLOT, html=True)

    return rewrite(html, elements=[("p", behind)])


def insert_by_lol_html(html: str, _mode: str) -> bytes:
    library: Any = import_module("lolhtml")
    written, numbers = bytearray(), count(1)

    class Behind:
        def element(self, paragraph: Any) -> None:
            if next(numbers) % EVERY == 0:
                paragraph.after(SLOT, library.ContentType.HTML)

    rewriter = library.HTMLRewriter(written.extend)
    rewriter.on("p", Behind())
    rewriter.write(html.encode("utf-8", "replace"))
    rewriter.end()
    return bytes(written)


# --- adslot, with a text that was prepared ----------------------------------------------------------


def known(html: str, mode: str) -> Callable[[], object]:
    prepared = adslot.prepare(html, POLICY, mode=mode)
    prepared.place()
    return prepared.place


def new(html: str, mode: str) -> Callable[[], object]:
    return adslot.prepare(html, POLICY, mode=mode).place


def unpickled(html: str, mode: str) -> Callable[[], object]:
    data = pickle.dumps(adslot.prepare(html, POLICY, mode=mode))
    return lambda: pickle.loads(data).place()  # noqa: S301  # it was pickled here


_ANEW = "writes the whole page anew, in other bytes; sees paragraphs, no story"
_IN_PASSING = "goes through once: no distance from the end, no slot count by length, no choice of the better place"
BARE = Contender("lxml parse", parse, "the unit: inserts and writes nothing")
PLACE = Contender("adslot.place", lambda html, mode: adslot.place(html, POLICY, mode=mode))
CONTENDERS = (
    BARE,
    Contender("lxml parse + tostring", parse_and_write, "inserts nothing, and writes the whole page anew"),
    Contender(
        'split("</p>")',
        insert_by_splitting,
        "knows no HTML: counts </p> in scripts, comments and menus, misses those that are left out",
    ),
    Contender("lxml insert", insert_by_lxml, f"{_ANEW}; reads it as HTML 4"),
    Contender("selectolax insert", insert_by_selectolax, _ANEW, library="selectolax"),
    Contender("BeautifulSoup insert", insert_by_soup, _ANEW, library="bs4"),
    Contender(
        "turbohtml rewrite",
        insert_by_turbohtml,
        f"{_IN_PASSING}; behind a <p> without end tag the slot comes where its parent ends",
    ),
    Contender(
        "lol-html rewrite",
        insert_by_lol_html,
        f"{_IN_PASSING}; behind a <p> without end tag there comes no slot",
        library="lolhtml",
    ),
    Contender("adslot.read", lambda html, mode: adslot.read(html, POLICY, mode=mode), "reads only"),
    PLACE,
    Contender("adslot.strip", lambda html, mode: adslot.strip(html, mode=mode), "of a page without slots"),
    Contender("adslot.prepare", lambda html, mode: adslot.prepare(html, POLICY, mode=mode), "writes nothing yet"),
    Contender("known policy", known, "writes a prepared text for one more reader", prepared=True),
    Contender("new policy", new, "plans for a prepared text, and writes it", prepared=True),
    Contender("unpickled", unpickled, "the same, of a text from a cache server", prepared=True),
)
