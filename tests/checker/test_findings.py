"""Findings: where they stand in the input, and what they say."""

from __future__ import annotations

import pytest

from adslot import Limits, check
from tests.checker.test_checking import A2, EXISTING, A, page, policy, rule
from tests.slots import LABEL, own


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codec", [None, "utf-8", "utf-8-sig", "utf-16", "shift_jis", "iso2022_jp"])
def test_lines_columns_and_spans(end, codec):
    """Lines and columns count code points of the input; spans are those of its own type."""
    text = end.join(["<p>東京 und der ganze Rest", f"東京 <b>x</b>{A}</p>", "<p>b</p>", f"<h2>東</h2>{A2}", "<p>c</p>"])
    html = text if codec is None else text.encode(codec)
    first, second = check(html, policy(rule()), encoding=codec and codec.replace("-sig", ""))
    assert [(f.line, f.column, f.code) for f in (first, second)] == [(2, 12, "misplaced"), (4, 11, "after-heading")]
    for finding in (first, second):
        part = html[slice(*finding.span)]
        shown = part if isinstance(part, str) else part.decode("utf-16-le" if codec == "utf-16" else codec)
        assert shown in {A, A2}


def test_lines_are_those_of_the_input_and_not_of_what_is_left():
    """Slots above the one at fault count."""
    html = f"<p>a</p>\n{own('ad', 'a', LABEL + chr(10) * 3)}\n<p>b</p>\n<h2>c</h2>\n{A2}\n<p>d</p>"
    (finding,) = check(html, policy(rule()))
    assert (finding.line, finding.column) == (8, 1)
    assert html[slice(*finding.span)] == A2


def test_messages_have_the_numbers():
    """What is asked for and what is there, and the other thing."""
    html = page(0, A, 1, A, EXISTING, 2)
    messages = [f.message for f in check(html, policy(rule(apart="150 chars", max=1), limits=Limits(ads=1)))]
    assert messages == [
        "ad (rule a): too near to a slot of the same kind (100 of 150 chars, existing ad)",
        "ad (rule a): the page has its share (3 ads, 1 allowed)",
        "ad (rule a): another slot stands at this gap",
        "ad (rule a): too near to a slot of the same kind (100 of 150 chars, adslot-a-1)",
        "ad (rule a): too near to a slot of the same kind (0 of 150 chars, existing ad)",
        "ad (rule a): the rule has its share (2 slots, 1 allowed)",
        "ad (rule a): the page has its share (3 ads, 1 allowed)",
    ]


def test_what_the_page_says_stays_on_one_line():
    """Names from the page are cut, and control characters are replaced."""
    html = page(0, own("a\nb", "r" * 99), 1).encode()
    message = check(html.replace(b"rrr", b"r\xffr"), policy())[0].message
    assert message.startswith("a\ufffdb (rule rÿr")
    assert len(message) < 200
