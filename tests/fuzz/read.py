"""Reading any text: an article whose spans and gaps lie in it, and gaps that are where they claim to be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adslot import read, strip
from adslot.html.source import Source
from tests.fuzz import pages
from tests.oracles import dom

PROBE = "<aside data-probe>probe <b>x</b></aside>"


@given(pages.pages, st.sampled_from(["auto", "page", "fragment"]))
def law(text, mode):
    """Laws 4 and 11 of what is read."""
    article, bare = read(text, mode=mode), strip(text, mode=mode)
    assert len(article.gaps) in (0, len(article.blocks) + 1)
    edges = [edge for block in article.blocks if block.span is not None for edge in block.span]
    assert edges == sorted(edges)
    assert not edges or (edges[0] >= 0 and edges[-1] <= len(bare))
    offsets = sorted({gap.slot_offset for gap in article.gaps if gap.unsafe is None and gap.slot_offset is not None})
    output = str(Source(bare).splice([(offset, PROBE) for offset in offsets]))
    fragment = not article.is_page
    if "data-probe" not in text:
        assert dom.faults(bare, output, [PROBE] * len(offsets), fragment=fragment, mark="[data-probe]") == []
    assert read(bare, mode="page" if article.is_page else "fragment").blocks == article.blocks
