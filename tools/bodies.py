"""How well adslot finds the bodies of a folder of pages.

    python tools/bodies.py FOLDER [--all]

FOLDER holds HTML files and an `index.json` that names for each the reference container (`selector`, null for a
fragment as a whole) and the path from it to the prose (`paragraph_path`). A file is right where at least 90 % of the
reference's paragraphs were read, and at least 90 % of the prose read lies in the container, both by length. Printed
are the files that are not, or all; exit 1 below 95 % of those that the index does not call weak.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

import adslot

SHARE, FILES = 0.9, 0.95
PROSE = frozenset("paragraph short-paragraph list quote".split())
_NOT_WORD = re.compile(r"[\W_]+")


def squeezed(text: str) -> str:
    """The letters and digits of *text*: parsers differ in white space, not in these."""
    return _NOT_WORD.sub("", text.lower())


def share(parts: Iterable[str], whole: str) -> float:
    """How much of *parts* stands in *whole*, by length."""
    known = [part for part in parts if part]
    return sum(len(part) for part in known if part in whole) / (sum(map(len, known)) or 1)


def path_to(node: LexborNode | None, top: LexborNode) -> str:
    """The tags from below *top* down to *node*."""
    tags: list[str] = []
    while node is not None and node.mem_id != top.mem_id:
        tags.append(node.tag or "")
        node = node.parent
    return " > ".join(reversed(tags))


def agreement(text: str, entry: dict[str, Any]) -> tuple[float, float, str] | None:
    """Recall, precision, and how the body was found; None where the index names no prose."""
    path = entry.get("paragraph_path")
    if not path:
        return None
    tree = LexborHTMLParser(text if entry["kind"] == "page" else f"<html><body>{text}")
    tree.strip_tags(["script", "style", "noscript", "template", "rt"])
    box = tree.css_first(entry["selector"] or "body")
    if box is None:
        return None
    wanted = [squeezed(node.text()) for node in box.css(path.split(" > ")[-1]) if path_to(node, box) == path]
    article = adslot.read(text)
    everything = "".join(squeezed(block.text) for block in article.blocks)
    prose = [squeezed(block.text) for block in article.blocks if block.role in PROSE]
    return share(wanted, everything), share(prose, squeezed(box.text())), article.body.how


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true", help="print the files that are right, too")
    options = parser.parse_args()
    right = asked = 0
    for entry in json.loads((options.folder / "index.json").read_text(encoding="utf-8"))["pages"]:
        data = (options.folder / entry["name"]).read_bytes()
        found = agreement(data.decode(entry.get("encoding") or "utf-8", "replace"), entry)
        if found is None:
            continue
        recall, precision, how = found
        is_right = min(recall, precision) >= SHARE
        if entry["quality"] != "weak":
            asked += 1
            right += is_right
        if options.all or not is_right:
            print(f"{recall:5.0%} {precision:5.0%}  {entry['quality']:6}  {entry['name']}: {how}")
    print(f"{right} of {asked} bodies are right")
    return int(right < FILES * asked)


if __name__ == "__main__":
    sys.exit(main())
