"""The tree that a text is parsed to, and what of it an lxml tree can hold."""

from __future__ import annotations

import lxml.html
import pytest

from adslot import read


@pytest.mark.parametrize(
    "html, kept",
    [
        ("<p>a\fb\x01c\ufffe</p>", "<p>a b\ufffdc\ufffd</p>"),
        ("<p>&#12;&#1;&#xd800;</p>", "<p> \ufffd\ufffd</p>"),
        ("<p>\ud800</p>", "<p>\ufffd</p>"),
        ("<p class='x \x02' title=\x03 lang=de>a</p>", '<p class="x \ufffd" title="\ufffd" lang="de">a</p>'),
        ("<p>a<!-- \x04\f -->b</p>", "<p>ab</p>"),
        ("<p ==&#1; b=&#2;>a</p>", '<p b="\ufffd">a</p>'),
        ("<p \ud800=1 b=2>a</p>", '<p \ufffd="1" b="2">a</p>'),
    ],
)
@pytest.mark.parametrize("mode", ["fragment", "page"])
def test_characters_that_xml_lacks(html, kept, mode):
    """They cost an lxml tree nothing beside themselves: white space stays that, all others are U+FFFD."""
    tree = read(html, mode=mode).tree
    assert kept in lxml.html.tostring(tree, encoding="unicode")


@pytest.mark.parametrize("given", ["<p id='\udc80'>\udfff</p>", b"<meta charset=utf-8><p id='\x80'>\xff</p>"])
def test_what_cannot_be_read_is_one_replacement_character(given):
    """The text of an article can be written in UTF-8, whatever it was read from."""
    (block,) = read(given).blocks
    assert (block.text, block.chars) == ("\ufffd", 1)
