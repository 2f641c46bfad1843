"""Which names stand for which encoding: those of the Encoding Standard, as webencodings has them, and no codec beside them."""

from __future__ import annotations

import encodings.aliases

import pytest
import webencodings

from adslot.html.encoding.charsets import CODECS, labelled, named
from tests.hostile_bytes import LABELS, NO_ENCODINGS

# Python's codecs for GBK and GB18030 differ; those of browsers read both as GB18030.
SAME = {"gbk": "gb18030"}
EVERY = {*encodings.aliases.aliases, *encodings.aliases.aliases.values(), *NO_ENCODINGS, *CODECS}


def test_labels_are_those_of_browsers():
    """Each stands for what it stands for in a browser, in any case and with white space around it."""
    for label in LABELS:
        known = webencodings.lookup(label)
        assert known is not None
        expected = known.codec_info.name
        assert labelled(label) == labelled(f" {label.upper()}\n") == named(label) == SAME.get(expected, expected)


def test_a_codec_is_known_by_its_own_name():
    """What an article says of its encoding can be said again."""
    assert [(named(codec), labelled(codec)) for codec in CODECS] == [(codec, codec) for codec in CODECS]


def test_no_other_codec_can_be_reached():
    """A name of Python's stands for an encoding of browsers or for none, and never raises."""
    assert {found for name in EVERY for found in (named(name), labelled(name))} == {*CODECS, None}
    assert [name for name in NO_ENCODINGS if named(name) or labelled(name)] == []


@pytest.mark.parametrize(
    "name, codec",
    [
        ("latin-1", "cp1252"),
        ("U8", "utf-8"),
        ("utf_16", "utf-16-le"),
        ("ms-kanji", "cp932"),
        ("mac_roman", "mac-roman"),
    ],
)
def test_callers_may_use_the_names_of_python(name, codec):
    """They mean what a browser takes for it."""
    assert named(name) == codec
