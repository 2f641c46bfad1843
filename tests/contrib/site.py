"""A small site for the middlewares: one page, one policy, and what the page looks like with its slots."""

from __future__ import annotations

import time
from collections.abc import Callable
from hashlib import md5

import adslot

POLICY = adslot.loads("""
[slots.anzeige]
kind = "ad"
label = "Anzeige"

[slots.auch]
kind = "teaser"
label = "LESEN SIE AUCH"

[[rules]]
name = "in-text"
slot = "anzeige"
max = 2
from_start = "30 chars"

[[rules]]
name = "related"
slot = "auch"
at = "end"
priority = 2

[[cases]]
when = { subscriber = true }
limits = { ads = 0 }
""")
TEXT = """<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><title>Die Fähre liegt fest</title></head>
<body><article>
<h1>Die Fähre liegt fest</h1>
<p>Seit dem frühen Morgen drückt der Wind das Wasser aus dem Bodden, und die Fähre kommt nicht mehr über die Barre.
<p>Die Bäckerin am Hafen hat noch Mehl f&uuml;r zwei Tage, dann muss das Brot mit dem Kreuzer kommen.
<p>Am Wochenende soll der Wind auf West drehen, sagt der Hafenmeister, und dann ist alles wieder gut.
</article></body></html>
"""
PAGE = TEXT.encode()
RELATED = (adslot.Related("Züge & Busse: der neue Takt", "/verkehr/takt"),)

# What an app might say of its page, and what is true no longer when it has other slots.
DIGEST = md5(PAGE, usedforsecurity=False).hexdigest()
HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "content-length": str(len(PAGE)),
    "etag": '"v1"',
    "last-modified": "Thu, 05 Nov 2026 08:00:00 GMT",
    "accept-ranges": "bytes",
    "content-md5": DIGEST,
    "digest": f"md5={DIGEST}",
    "repr-digest": f"md5=:{DIGEST}:",
    "content-digest": f"md5=:{DIGEST}:",
    "cache-control": "max-age=60, no-transform",
    "vary": "Cookie",
}


def slow(seconds: float) -> Callable[[adslot.Section, adslot.Related], float]:
    """A relevance that takes its time, and then finds everything good."""

    def relevance(section: adslot.Section, item: adslot.Related) -> float:
        time.sleep(seconds)
        return 1.0

    return relevance


def filled(page: bytes = PAGE, *, related: tuple[adslot.Related, ...] = (), **context: object) -> bytes:
    """The page as `adslot.place` alone would have it."""
    return adslot.place(page, POLICY, related=related, context=context).html


assert filled().count(b"data-adslot-rule") == 2
