"""Law 4. In another HTML5 parser, scripting on, removing the slots gives the input's tree, and each slot stands between
the two blocks that the plan names, its content unchanged. Judged by lexbor."""

from __future__ import annotations

from hypothesis import assume, example, given

from adslot import Related, place, read, strip
from adslot.html.source import Source
from adslot.renderer.markup import markup
from adslot.roles import RULE_MARK
from tests import hostile_bytes, strategies
from tests.oracles import dom, dom_html5lib, iso2022jp

PROBE = "<aside data-probe>probe <b>x</b></aside>"
MARK = "[data-probe]"


@given(strategies.texts, strategies.policies())
@example("<p>a<math><p>b</p><p>c</p>", strategies.EVERYWHERE)
@example("<div><em><p>a</p></div><p>b</p>", strategies.EVERYWHERE)
def test_the_tree_gains_the_slots_and_nothing_else(text, policy):
    """The output's tree is the input's with the slots in it, each as it parses alone."""
    result = place(text, policy, related=[Related("Titel", "/a"), Related("Noch einer", "/b")])
    markups = [markup(result.plan, placement) for placement in result.plan.placements]
    ids = ",".join(f'[id="{placement.id}"]' for placement in result.plan.placements) or "[data-none]"
    fragment = not result.plan.article.is_page
    assert dom.faults(strip(text), result.html, markups, fragment=fragment, mark=ids) == []
    if RULE_MARK not in strip(text).lower():  # it would count the author's own look-alikes
        assert dom_html5lib.faults(strip(text), result.html, markups, fragment=fragment) == []


def as_read(data, codec):
    """Bytes as a browser reads them, without the help of adslot: Python's codecs, or the standard's for ISO-2022-JP."""
    if codec == "iso2022_jp":
        return iso2022jp.decoded(data)
    return data.decode("ascii" if codec == "x-user-defined" else codec, "replace")


@given(hostile_bytes.any_bytes, strategies.policies(2))
@example((b"<p>a</p>\x1b$BF|K\\\x1b(B<br><br>\x1b(J~\x1b(B<p>b</p>\x1b$B<", "iso-2022-jp"), strategies.EVERYWHERE)
@example((b"<p>a\x81</p>\x81<p>b</p><br><br>Text\x81", "gb18030"), strategies.EVERYWHERE)
def test_bytes_gain_the_slots_and_nothing_else(given, policy):
    """The same for bytes in any encoding, broken or not, as others read them: the slots as well as what stands beside them."""
    data, encoding = given
    bare, result = strip(data, encoding=encoding), place(data, policy, encoding=encoding)
    codec = result.plan.article.encoding
    source = as_read(bare, codec) if result.plan.placements else ""
    assume(result.plan.placements and RULE_MARK not in source.lower())
    markups = [markup(result.plan, placement) for placement in result.plan.placements]
    assert dom.faults(source, as_read(result.html, codec), markups, fragment=not result.plan.article.is_page) == []


@given(strategies.texts)
@example("<p><b>a</p><hr><hr><p>b")
@example("<a href=x><p>a</p><p>b</p></a><p>c</p>")
@example("<p>a</p>\r\n\r\nText</b>{{ x }}\n")
@example("<table><p>a</p><p>b</p><tr><td>c</table><p>d</p>")
@example("<div><table><p><b>a</p> <p>c</p></table></div>")
@example("<table><hr>\nx</section> <p></i><b><a href=x><br>")
@example("<form><button><svg></form><div>")
@example("<form><div>a</form><p>b</p>")
@example("<div><p><b>a</p> <p>c</p></div>")
@example("<div><select><p>a</p> <p>c</p></select></div><body> <p>d</p> <p>e</p>")
@example("<p><a href=1>a</p><div><a href=2>b</a></div>")
@example("<body><p>a</body>b")
@example("<body><p>a</body>\n</html>\n")
@example("<body><p>a</p><p>b</body></p><p>c")
@example("<div><i>Ein Absatz in offener Schrift, die niemand schließt.<hr></div>")
@example("<div><section><b><hr>Ein Absatz in offener Schrift.<hr></section></div>")
def test_every_certified_gap_is_right(text):
    """A slot in every certified gap at once: the strongest test of the certificate."""
    article, text = read(text), strip(text)
    offsets = sorted({gap.slot_offset for gap in article.gaps if gap.unsafe is None and gap.slot_offset is not None})
    output = str(Source(text).splice([(offset, PROBE) for offset in offsets]))
    fragment = not article.is_page
    assert dom.faults(text, output, [PROBE] * len(offsets), fragment=fragment, mark=MARK) == []
    assert dom_html5lib.faults(text, output, [PROBE] * len(offsets), fragment=fragment, mark=MARK) == []


def with_one_probe(text, article):
    """Each certified gap, and the text with a slot there."""
    for gap in article.gaps:
        if gap.unsafe is None and gap.slot_offset is not None:
            yield gap, str(Source(text).splice([(gap.slot_offset, PROBE)]))


@given(strategies.formatted)
@example("<p>a<b>b<hr></b> ")
@example("<p>a<b>b<hr></b>Text")
@example("<ul><li><i></ul>\0<div></b></ul>\0<hr>a<table><tr><td>")
@example("<p><i></p><hr><section></a></i>a<i></ul></p>")
@example("<p></section><b><div>\0<section><hr><hr></table> ")
@example("\0<p></a><b></div><hr></b> </p>")
def test_every_certified_gap_is_right_alone(text):
    """Where slots stand in all gaps, the one above may end what would wrap the next."""
    article = read(text)
    for _, output in with_one_probe(text, article):
        assert dom.faults(text, output, [PROBE], fragment=not article.is_page, mark=MARK) == []


@given(strategies.articles)
def test_the_judges_read_articles_alike(text):
    """On what publishers write the second judge is always asked, not only where the law would be silent without it."""
    article = read(text)
    assert dom_html5lib.agrees(strip(text), fragment=not article.is_page)


def test_the_second_judge_finds_faults():
    """It tells of a slot that is wrapped by what was open, of one that is not there, and of a tree that has changed."""
    wrapped = "<div><p><b>a</p>" + PROBE + "</div>"
    assert dom_html5lib.faults("<div><p><b>a</p></div>", wrapped, [PROBE], fragment=True, mark=MARK) != []
    assert dom_html5lib.faults("<p>a</p>", "<p>a</p>", [PROBE], fragment=True, mark=MARK) != []
    assert dom_html5lib.faults("<p>a b", f"<p>a{PROBE} b", [PROBE], fragment=True, mark=MARK) != []
    assert dom_html5lib.faults("<p>a</p>", f"<p>a</p>{PROBE}", [PROBE], fragment=True, mark=MARK) == []


@given(strategies.articles)
@example("<body>a</body>b")
@example("<body>a<br><br>b</body>c")
@example("<body>a</body>\xa0b</html>")
@example("<body><p>a</body></p><p>b")
def test_a_slot_stands_between_the_blocks_of_its_gap(text):
    """Everything of the block above comes before the slot in the tree, everything of the block below after it."""
    article = read(text)
    for gap, output in with_one_probe(text, article):
        above = [] if gap.above is None else [article.blocks[gap.above].text]
        below = [] if gap.below is None else [article.blocks[gap.below].text]
        assert dom.order_faults(output, above, below, fragment=not article.is_page, mark=MARK) == []
