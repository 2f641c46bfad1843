"""The judge for law 4: lexbor, an HTML5 parser that adslot does not use, scripting on."""

from __future__ import annotations

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from adslot.roles import MARK, RULE_MARK

SURROGATE = re.compile("[\ud800-\udfff]")
OWN = f"[{MARK}][{RULE_MARK}]"


def parse(text: str, *, fragment: bool) -> Any:
    """The tree of *text*; lexbor takes UTF-8 only, and so, as in browsers, lone surrogates become U+FFFD."""
    return LexborHTMLParser(SURROGATE.sub("\ufffd", text), is_fragment=fragment, scripting=True)


def faults(source: str, output: str, markups: list[str], *, fragment: bool, mark: str = OWN) -> list[str]:
    """What differs between the tree of *source* and that of *output* beside *mark*ed slots that read as *markups*."""
    tree = parse(output, fragment=fragment)
    slots = tree.css(mark)
    found = []
    if len(slots) != len(markups):
        found.append(f"{len(markups)} slots in the text, {len(slots)} in the tree")
    for slot, markup in zip(slots, markups, strict=False):
        if slot.html != parse(markup, fragment=True).css_first(mark).html:
            found.append(f"changed by its surroundings: {slot.html}")
    for slot in slots:
        slot.decompose()
    if tree.html != parse(source, fragment=fragment).html:
        found.append("the tree without the slots is not the tree of the input")
    return found


def order_faults(output: str, above: list[str], below: list[str], *, fragment: bool, mark: str = OWN) -> list[str]:
    """For outputs with one slot: texts of the blocks *above* must come before it, those *below* after it."""
    tree = parse(output, fragment=fragment)
    slot = tree.css_first(mark)
    before, seen = "", False
    after = ""
    for node in tree.root.traverse(include_text=True) if tree.root else ():
        if node.mem_id == slot.mem_id:
            seen = True
        elif node.tag == "-text" and seen:
            after += node.text_content or ""
        elif node.tag == "-text":
            before += node.text_content or ""
    squeezed_before, squeezed_after = _squeeze(before), _squeeze(after)
    found = [f"{text!r} does not stand above" for text in above if _squeeze(text) not in squeezed_before]
    return found + [f"{text!r} does not stand below" for text in below if _squeeze(text) not in squeezed_after]


def _squeeze(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
