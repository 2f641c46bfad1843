"""Listings with the names of their files above them, and consoles that keep their columns.

The examples are tests: a comment `<!-- file: NAME -->` above a fence tells them which file it is. Here it is the
caption. `<!-- in: NAME -->` is a caption only. A listing of a policy needs none, and one that is included has a name.
"""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

_NAMED = re.compile(r"<!-- (?:file|more|in): (\S+) -->\s*\Z")
_USUAL = {"toml": "adslot.toml"}
_COLUMNS = re.compile(r"^.*\S {3,}\S.*$", re.M)
_ROWS = 3  # to call it a table


class Listings(SphinxTransform):
    """Gives each listing its caption, and consoles with columns the class that keeps them from being wrapped."""

    default_priority = 190  # before Sphinx counts what has a caption

    def apply(self) -> None:
        for listing in list(self.document.findall(nodes.literal_block)):
            _trim(listing)
            if listing.get("language") == "console" and len(_COLUMNS.findall(listing.astext())) >= _ROWS:
                listing["classes"].append("columns")
            name = _name_of(listing)
            if name and not isinstance(listing.parent, nodes.container):
                listing.replace_self(_captioned(listing, name))


def _trim(listing: nodes.literal_block) -> None:
    """Take away the empty line that doctest wants below a result."""
    listing.rawsource = listing.astext().rstrip()
    listing.children[:] = [nodes.Text(listing.rawsource)]


def _name_of(listing: nodes.literal_block) -> str:
    """The name of the file that *listing* shows; empty if it shows none."""
    above = listing.previous_sibling()
    found = _NAMED.match(above.astext()) if isinstance(above, nodes.raw) else None
    if found:
        return found[1]
    if listing.get("source") and listing["source"] != listing.document.get("source"):
        return Path(listing["source"]).name
    return _USUAL.get(listing.get("language", ""), "")


def _captioned(listing: nodes.literal_block, name: str) -> nodes.container:
    """*listing* below its name, as Sphinx writes a code block that has a caption."""
    return nodes.container(
        "",
        nodes.caption("", "", nodes.literal(text=name)),
        listing.deepcopy(),
        literal_block=True,
        classes=["literal-block-wrapper"],
    )


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_transform(Listings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
