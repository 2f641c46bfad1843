"""Articles in shorthand: `3*p:20 figure h2:7` is three paragraphs of 20 characters, a picture and a heading of 7.

A block is one word. Its parts are joined by `+`, so that `<div>+p:9` is a paragraph behind the start tag of a wrapper.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

_PART = re.compile(r"(?P<tag></?[a-z]+>)|(?P<name>[a-z][a-z0-9]*)(?::(?P<length>\d+))?")
_SENTENCE = "Der Fluss steigt seit dem Morgen, die Pumpen laufen. "
_FORMS = {
    "figure": '<figure><img src="a.jpg" alt="">{}</figure>',
    "float": '<figure class="alignright"><img src="a.jpg" alt="">{}</figure>',
    "ul": "<ul><li>{}</li></ul>",
    "takeaways": '<ol class="takeaways"><li><h3>Kurz</h3><p>{}</p></li></ol>',
    "ad": '<div class="ad-slot">{}</div>',
    "audio": '<figure><audio src="a.mp3"></audio>{}</figure>',
    "video": '<figure><video src="a.mp4"></video>{}</figure>',
}


def filler(length: int) -> str:
    """Text of so many visible characters."""
    text = (_SENTENCE * (length // len(_SENTENCE) + 1))[:length]
    return text[:-1] + "." if text.endswith(" ") else text


def blocks_of(shorthand: str) -> list[str]:
    """The HTML of each block."""
    found = []
    for word in shorthand.split():
        times, _, parts = word.rpartition("*")
        found += ["".join(map(_part, parts.split("+")))] * int(times or 1)
    return found


def _part(text: str) -> str:
    """The HTML of one part of a block."""
    match = _PART.fullmatch(text)
    if match is None:
        raise ValueError(text)
    if match["tag"]:
        return text
    inner = filler(int(match["length"] or 0))
    name = match["name"]
    if name in {"figure", "float"} and inner:
        inner = f"<figcaption>{inner}</figcaption>"
    return _FORMS.get(name, f"<{name}>{{}}</{name}>").format(inner)


def block_above(blocks: list[str], offset: int) -> int:
    """The index of the block that ends at or before *offset* in the joined blocks; -1 above the first."""
    return bisect_right(list(accumulate(map(len, blocks))), offset) - 1
