"""Wrappers of which no name says anything: what is asked of names one by one is asked of all at once."""

import pytest

from adslot.article.groups.unnamed import is_unnamed
from adslot.html.document import parse


def _is_unnamed(html: str) -> bool:
    document = parse(html)
    node = document.children(document.root)[0]
    return is_unnamed(document, node, document.tag(node))


@pytest.mark.parametrize(
    "html", ["<div>", "<section class>", '<div class="css-1x2y3z">', '<center class="inner wide">']
)
def test_most_wrappers_say_nothing(html):
    assert _is_unnamed(f"{html}Der Takt bleibt.")


@pytest.mark.parametrize(
    "names",
    ["ad-slot", "related", "newsletter", "pull-quote", "modal", "wp-block-cover", "footnotes", "alignright", "left"],
)
def test_a_name_that_any_question_knows_says_something(names):
    assert not _is_unnamed(f'<div class="{names}">Der Takt bleibt.')


@pytest.mark.parametrize(
    "html", ['<div id="x">', '<div role="note">', '<div style="float:left">', "<aside>", "<main>", "<x-box>", "<p>"]
)
def test_tags_and_other_attributes_may_say_something(html):
    assert not _is_unnamed(f"{html}Der Takt bleibt.")
