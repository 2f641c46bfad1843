"""A page's own look: the filled page for a frame that runs nothing and loads nothing."""

from __future__ import annotations

import re

from adslot.patterns import pattern
from adslot.policy.policy import Policy
from adslot.renderer.stylesheet import css

# A page beyond this many characters is not shown in its own look: the preview would carry it a second time.
MOST_CHARS = 1_000_000
# Browsers connect to what a link names before any policy is asked, so the frame has none.
_LINK = pattern(r"<link\b", re.I)
_HEAD = (
    "<!doctype html>"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
    '<meta http-equiv="x-dns-prefetch-control" content="off"><meta name="referrer" content="no-referrer">'
)
_SLOTS = """
[data-adslot][data-adslot-rule] { display: block; box-sizing: border-box; margin: 1rem 0; padding: .5rem; border: 2px dashed #b45309; background: #fff7ed; color: #7c2d12; }
"""


def framed(html: str, policy: Policy) -> str | None:
    """*html*, filled, as the document of a frame; None where it is too long to be carried along."""
    if len(html) > MOST_CHARS:
        return None
    return f"{_HEAD}<style>{_SLOTS}{css(policy)}</style>{_LINK.sub('<data-link', html)}"
