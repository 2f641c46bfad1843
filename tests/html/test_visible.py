"""What a reader sees of a block, at both doors."""

from __future__ import annotations

import lxml.html
import pytest

from adslot import read, read_tree

AROUND = "<p>Der Fluss ist über Nacht um einen Meter gestiegen.</p>"


@pytest.mark.parametrize(
    "html, text",
    [
        ("<ul><li>Brot</li><li>Butter</li></ul>", "Brot Butter"),
        ("<ol><li><p>Brot</p><p>Butter</p></li><li>Milch</li></ol>", "Brot Butter Milch"),
        ("<ul><li>Brot<ul><li>hell</li><li>dunkel</li></ul>vom Hof</li></ul>", "Brot hell dunkel vom Hof"),
        ("<ul><li>Brot<br>Butter</li></ul>", "Brot Butter"),
        ("<ul><li>Brot<script>x()</script></li><li><b>But</b>ter</li></ul>", "Brot Butter"),
        ("<dl><dt>Beginn</dt><dd>im Mai</dd><dt>Kosten</dt><dd>vier</dd></dl>", "Beginn im Mai Kosten vier"),
        ("<blockquote><p>Das Dach muss neu</p><p>und zwar bald</p></blockquote>", "Das Dach muss neu und zwar bald"),
        ("<blockquote>Das <i>Da</i>ch<footer>Eine Rednerin</footer></blockquote>", "Das Dach Eine Rednerin"),
        ("<blockquote>Das Dach</blockquote>", "Das Dach"),
    ],
)
def test_items_do_not_run_together(html, text):
    page = AROUND + html + AROUND
    at_text = read(page, mode="fragment").blocks[1]
    in_tree = read_tree(lxml.html.fragment_fromstring(page, create_parent="div")).blocks[1]
    assert (at_text.text, at_text.chars, at_text.words) == (text, len(text), len(text.split()))
    assert (in_tree.text, in_tree.role) == (text, at_text.role)
