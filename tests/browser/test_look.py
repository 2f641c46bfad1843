"""The look of slots that no stylesheet of the site speaks of."""

from __future__ import annotations

import pytest

import adslot
from tests.browser import pages

TOPS = """return [...document.querySelectorAll('.adslot-teaser')].map(slot => {
  const [label, link] = [...slot.children].map(child => child.getBoundingClientRect());
  return [link.top >= label.bottom, slot.innerText];
})"""


def bare(css: str = "", *, dark: bool = False) -> str:
    """The example article with its slots on a page that has no look of its own."""
    html = (pages.EXAMPLES / "nachtzug.html").read_text("utf-8")
    html = html.replace('<link rel="stylesheet" href="landbote.css">', f"<style>{css}</style>")
    scheme = "<meta name=color-scheme content=dark></head>" if dark else "</head>"
    return adslot.place(html, pages.policy("plain"), related=pages.RELATED).html.replace("</head>", scheme)


@pytest.mark.parametrize("css", ["", adslot.css(pages.policy("plain"))])
def test_a_label_does_not_run_into_its_text(show, css):
    """Neither with the stylesheet nor without any."""
    (found,) = show(bare(css)).execute_script(TOPS)
    assert found[0]
    assert found[1].startswith("LESEN SIE AUCH\n")


def test_any_rule_of_the_site_wins(show):
    """Whatever stands first."""
    browser = show(
        bare(
            ".adslot-ad { background: rgb(1, 2, 3) } .adslot-label { letter-spacing: 0px }"
            + adslot.css(pages.policy("plain"))
        )
    )
    assert browser.execute_script(
        "const style = name => getComputedStyle(document.querySelector(name));"
        "return [style('.adslot-ad').backgroundColor, style('.adslot-label').letterSpacing]"
    ) == ["rgb(1, 2, 3)", "normal"]


def test_print_has_no_slots(show):
    """And what is printed has no holes."""
    browser = show(bare(adslot.css(pages.policy("plain"))))
    heights = "return [...document.querySelectorAll('.adslot')].map(slot => slot.offsetHeight)"
    assert all(browser.execute_script(heights))
    try:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        assert not any(browser.execute_script(heights))
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("dark", [False, True])
def test_labels_are_read_on_light_and_dark(show, dark):
    """A label has a contrast of 4.5 or more against the grey behind it, as WCAG 2.2 asks for (1.4.3)."""
    browser = show(bare(adslot.css(pages.policy("plain")), dark=dark))
    ink, paper = (255, 18) if dark else (0, 255)  # what Chromium writes with, and on what
    style = (
        "const s = getComputedStyle(document.querySelector('.adslot-ad .adslot-label')); return [s.color, s.opacity]"
    )
    colour, opacity = browser.execute_script(style)
    assert colour == f"rgb({ink}, {ink}, {ink})"
    ground = 0.08 * 128 + 0.92 * paper
    text = float(opacity) * ink + (1 - float(opacity)) * ground
    light, deep = sorted((luminance(ground), luminance(text)), reverse=True)
    assert (light + 0.05) / (deep + 0.05) >= 4.5


def luminance(grey: float) -> float:
    """The relative luminance of a grey from 0 to 255, as WCAG defines it."""
    share = grey / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
