"""Law 2. strip(place(x)) == strip(x). An own slot is an element with both marks and an end tag, as the parser sees it."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from adslot import place, strip
from tests import hostile_bytes, strategies


@given(strategies.texts, strategies.policies())
@example("<p>a</p>" + '<aside data-adslot="a" data-adslot-rule="b">' * 3 + "</aside><p>b", strategies.EVERYWHERE)
def test_strip_undoes_place(text, policy):
    """What place inserts, strip takes out."""
    assert strip(place(text, policy).html) == strip(text)


@given(hostile_bytes.any_bytes, strategies.policies())
@example(("<p>a</p><p>b</p>".encode("utf-16") + b"\n", None), strategies.EVERYWHERE)
@example(("<p>a</p><p>b</p>".encode("utf-16-le"), "utf-16"), strategies.EVERYWHERE)
@example((hostile_bytes.own().encode() + b"\x1b$BF|K\\\x1b(B<p>a</p>", "iso-2022-jp"), strategies.EVERYWHERE)
@example((b"<p>a</p>\x1b", "iso-2022-jp"), strategies.EVERYWHERE)
@example((hostile_bytes.LATE, None), strategies.EVERYWHERE)
@example((hostile_bytes.DECLARING, None), strategies.EVERYWHERE)
def test_strip_undoes_place_of_bytes(given, policy):
    """The same for bytes, and what is left has no slots, although it may be read otherwise without them."""
    data, encoding = given
    bare = strip(data, encoding=encoding)
    assert strip(place(data, policy, encoding=encoding).html, encoding=encoding) == bare
    assert strip(bare, encoding=encoding) == bare


@given(strategies.texts)
def test_strip_leaves_nothing_to_strip(text):
    """What is left after strip has no slots."""
    once = strip(text)
    assert strip(once) == once


@pytest.mark.parametrize(
    "foreign",
    [
        '<aside data-adslot="top">x</aside>',
        '<div data-adslot-rule="b">x</div>',
        '<!-- <aside data-adslot="a" data-adslot-rule="b"></aside> -->',
        '<script>"<aside data-adslot=a data-adslot-rule=b></aside>"</script>',
        '<p data-adslot="a" data-adslot-rule="b">never closed',
    ],
)
def test_what_only_looks_like_a_slot_stays(foreign):
    """One mark alone, a comment, a script and an element without end tag are the author's."""
    assert strip(foreign) == foreign


def test_marks_in_capitals_are_marks():
    """The parser reads attribute names in any case, and so does strip."""
    assert strip("<p>a</p><DIV DATA-ADSLOT=a DATA-ADSLOT-RULE=b>x</DIV>") == "<p>a</p>"
