"""Pages for a browser: the example article with slots of one template, its stylesheet, and stand-ins for networks."""

from __future__ import annotations

from pathlib import Path

import adslot

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"

_POLICY = """
[article]
language = "de"

[layouts.mobile]
min_width = 0

[layouts.desktop]
min_width = 700

[slots.anzeige]
kind = "ad"
label = "Anzeige"
template = "{template}"
height = {{ mobile = 274, desktop = 274 }}
sizes = {{ mobile = ["300x250", "320x50"], desktop = ["300x250"] }}
attributes = {{ data-ad-unit = "/1234/artikel", data-ad-client = "ca-pub-1234", data-ad-slot = "5678", data-src = "/ads" }}

[slots.mehr]
label = "LESEN SIE AUCH"
kind = "teaser"

[[rules]]
name = "in-text"
slot = "anzeige"
max = 2
apart = "500 chars"

[[rules]]
name = "related"
slot = "mehr"
after = "paragraph"
priority = 2
"""
RELATED = [adslot.Related("Welche Nachtzüge im Winter fahren", "/verkehr/nachtzuege", published="2026-11-05")]
_STYLE = ".adslot { margin: 1.75rem 0; text-align: center; background: #f4f4f1; } .adslot-label { color: #5d666d; font: 12px sans-serif; }"


def policy(template: str) -> adslot.Policy:
    """A policy whose ads are written by *template*."""
    return adslot.loads(_POLICY.format(template=template))


def page(template: str, *, scripts: tuple[Path, ...] = (), styled: bool = True) -> str:
    """The example article with the ads of *template*: a whole page that needs no other file."""
    made = policy(template)
    css = (EXAMPLES / "landbote.css").read_text("utf-8").partition(".adslot {")[0]
    style = css + _STYLE + (adslot.css(made) if styled else "")
    html = (EXAMPLES / "nachtzug.html").read_text("utf-8")
    html = html.replace('<link rel="stylesheet" href="landbote.css">', f"<style>\n{style}</style>")
    html = adslot.place(html, made, related=RELATED).html
    code = "".join(f"<script>\n{script.read_text('utf-8')}</script>\n" for script in scripts)
    return html.replace("</body>", f"{code}</body>")
