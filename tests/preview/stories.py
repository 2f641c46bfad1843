"""Articles and policies to preview."""

from __future__ import annotations

import random

import adslot
from adslot.api.placing import Html
from adslot.preview.page import Page

# A name, the plan, and the filled page.
Previewed = tuple[str, adslot.Plan, str | bytes]

POLICY = """
[slots.anzeige]
kind = "ad"
label = "Anzeige"
height = 274

[[rules]]
name = "in-text"
slot = "anzeige"
max = 2
from_start = "100 chars"
apart = "300 chars and 1 paragraph"

[[rules]]
name = "hero"
slot = "anzeige"
at = "before css(.gibt-es-nicht)"
"""
BY_LAYOUT = """
[layouts.mobile]
min_width = 0

[layouts.desktop]
min_width = 700

[slots.anzeige]
kind = "ad"
label = "Anzeige"
height = { mobile = 120, desktop = 250 }

[[rules]]
name = "in-text"
slot = "anzeige"
"""
_SENTENCE = "Die Fähre legt um acht Uhr im alten Hafen ab und kommt am Mittag an. "
SHORT = f"<p>{_SENTENCE}</p><p>{_SENTENCE}</p>"
LONG = f"<h2>Am Morgen</h2><p>{_SENTENCE * 3}</p><p>{_SENTENCE * 4}</p><h2>Am Abend</h2><p>{_SENTENCE * 5}</p><p>{_SENTENCE}</p>"
_WORDS = "der Deich hält am Morgen und die Straße bleibt heute bis zum Abend gesperrt weil Wasser in den Keller läuft".split()


def previewed(html: Html, policy: adslot.Policy, name: str = "artikel.html") -> Previewed:
    """A page that was filled, for a preview."""
    filled = adslot.place(html, policy)
    return name, filled.plan, filled.html


def page(*articles: Previewed) -> str:
    """The preview of these articles."""
    made = Page()
    for article in articles:
        made.add(*article)
    return made.html()


def live_blog(blocks: int) -> str:
    """A live blog of so many blocks, or a few more: entries with a time, a heading and some paragraphs."""
    lot = random.Random(7)
    parts, count = ["<h1>Hochwasser an der Elbe</h1>"], 1
    while count < blocks:
        paragraphs = lot.randint(1, 4)
        texts = (" ".join(lot.choice(_WORDS) for _ in range(lot.randint(12, 70))) for _ in range(paragraphs))
        body = "".join(f"<p>{text}.</p>" for text in texts)
        time = f"{count % 24:02d}.{count % 60:02d}"
        parts.append(
            f'<div itemprop="liveBlogUpdate"><h3>{time} Uhr: {" ".join(lot.sample(_WORDS, 4))}</h3>{body}</div>'
        )
        count += 1 + paragraphs
    return f"<!doctype html><html lang=de><title>Ticker</title><body><article>{''.join(parts)}</article>"


def hostile(url: str) -> str:
    """A page that would run, load and leave, if it could."""
    run = "parent.ran=top.ran=window.ran=1"
    return f"""<!doctype html><html lang='de"><script>{run}</script>'>
<head><base href="{url}/"><meta http-equiv="refresh" content="0;url={url}/refresh"><link rel=preconnect href="{url}">
<link rel=stylesheet href="{url}/a.css"><style>@import "{url}/b.css"; body {{ display: none; background: url({url}/c.png) }}</style>
<script>{run}</script><script src="{url}/d.js"></script></head><body onload="{run}"><article>
<h2>&lt;/script&gt;&lt;script&gt;{run}&lt;/script&gt; &lt;!--</h2>
<p>{_SENTENCE} &lt;/style&gt;&lt;/title&gt;&lt;/textarea&gt;&lt;img src=x onerror="{run}"&gt; &amp;lt;script&amp;gt; {{{{ 7 * 7 }}}} {{% raw %}}</p>
<p onclick="{run}">{_SENTENCE * 3}<img src="{url}/e.png" onerror="{run}"><a href="javascript:{run}">hier</a> \u2028\u2029 \u202e umgekehrt</p>
<iframe src="{url}/f.html"></iframe><iframe srcdoc="<script>{run}</script>"></iframe><object data="{url}/g"></object><embed src="{url}/h">
<form action="{url}/i" autofocus><input autofocus onfocus="{run}"><button formaction="{url}/j">los</button></form>
<svg onload="{run}"><script>{run}</script><image href="{url}/k.png"/></svg><video autoplay src="{url}/l.mp4" poster="{url}/m.png"></video>
<p>{_SENTENCE * 4}</p><blockquote>]]&gt; --&gt; {_SENTENCE}</blockquote><p>{_SENTENCE * 4}</p></article></body></html>"""


HUGE = {
    "one paragraph": f"<p>{'Wasser ' * 750_000}</p><p>{_SENTENCE}</p>",
    "many paragraphs": f"<p>{_SENTENCE * 12}</p>" * 6_000,
    "markup as text": f"<p>{'&lt;/script&gt;&lt;script&gt;' * 200_000}</p><p>{_SENTENCE}</p>",
}
