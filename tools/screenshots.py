"""Pictures for the documentation, taken by Chromium: templates, a page's blocks, previews, a page before and after.

Run it with `make screenshots`.
"""

from __future__ import annotations

import base64
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By

import adslot
from adslot.policy.templates import names
from adslot.preview.page import Page
from tests.browser import pages
from tests.browser.conftest import FLAGS
from tests.browser.test_templates import GPT
from tools import blocks

IMAGES = pages.ROOT / "docs" / "images"
WIDTH, AROUND, WIDE, NARROW, TALL = 720, 110, 860, 560, 1270
# Name, width and height of the screen, colours, and the gap that is looked at.
PREVIEWS = {
    "preview": (1280, 820, "light", 5),
    "preview-dark": (1280, 820, "dark", 2),
    "preview-phone": (390, 780, "light", 5),
}
LOOK_AT = """
document.documentElement.dataset.theme = arguments[0];
const gap = document.querySelector(`[data-gap="${arguments[1]}"]`);
gap.scrollIntoView({ block: "center" });
gap.focus({ preventScroll: true });"""
# What a network would put in: a picture of the size that was asked for.
FILL = """
for (const e of document.querySelectorAll('.adslot-prebid, .adsbygoogle, amp-ad, .adslot-ad > .adslot-content:not(.adslot-gpt)')) {
  if (e.matches('amp-ad') && !matchMedia(e.getAttribute('media') || 'all').matches) { e.style.display = 'none'; continue; }
  Object.assign(e.style, {display: 'grid', placeItems: 'center', width: '300px', height: '250px', margin: '0 auto',
    background: '#dde6ee', color: '#4a5a68', font: '14px sans-serif'});
  if (!e.textContent) e.textContent = '300 × 250';
}"""


def main() -> None:
    """Take them all."""
    options = ChromeOptions()
    for flag in FLAGS:
        options.add_argument(f"--{flag}")
    options.binary_location = shutil.which("chromium") or "chromium"
    IMAGES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        Chrome(options, ChromeService(shutil.which("chromedriver"))) as browser,
    ):
        browser.set_window_size(WIDTH, 2400)
        for name in names():
            file = Path(folder) / f"{name}.html"
            file.write_text(pages.page(name, scripts=GPT), encoding="utf-8")
            (IMAGES / f"template-{name}.png").write_bytes(picture(browser, file))
        file = Path(folder) / "blocks.html"
        file.write_text(blocks.outlined(blocks.EXAMPLE.read_text(encoding="utf-8")), encoding="utf-8")
        (IMAGES / "blocks.png").write_bytes(whole(browser, file))
        for name, html in before_and_after():
            file = Path(folder) / f"{name}.html"
            file.write_text(html, encoding="utf-8")
            (IMAGES / f"{name}.png").write_bytes(top(browser, file))
        file = Path(folder) / "preview.html"
        file.write_text(previewed("nachtzug.html"), encoding="utf-8")
        for name, (width, height, colours, gap) in PREVIEWS.items():
            (IMAGES / f"{name}.png").write_bytes(preview(browser, file, (width, height), colours, gap))


def previewed(name: str) -> str:
    """The preview of an example page under the policy of a portal."""
    related = adslot.load_related(pages.EXAMPLES / "nachtzug.related.json")
    policy = adslot.load(pages.EXAMPLES / "nachtzug.toml")
    result = adslot.place((pages.EXAMPLES / name).read_bytes(), policy, related=related)
    page = Page()
    page.add(name, result.plan, result.html)
    return page.html()


def preview(browser: Chrome, file: Path, size: tuple[int, int], colours: str, gap: int) -> bytes:
    """A preview as it is on a screen of this size, with the details of a gap."""
    width, height = size
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
    )
    browser.get(file.as_uri())
    browser.execute_script(LOOK_AT, colours, gap)
    browser.execute_async_script("requestAnimationFrame(() => setTimeout(arguments[0], 200))")
    shot = browser.execute_cdp_cmd("Page.captureScreenshot", {})
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    data: str = shot["data"]
    return base64.b64decode(data)


def before_and_after() -> Iterator[tuple[str, str]]:
    """The example page as it is, and as the first page of the documentation fills it."""
    policy, related = adslot.preset("de-news"), adslot.load_related(pages.EXAMPLES / "nachtzug.related.json")
    page = (pages.EXAMPLES / "nachtzug.html").read_text(encoding="utf-8")
    filled = adslot.place(page, policy, related=related).html
    for name, html in (("before", page), ("after", filled)):
        style = f"{(pages.EXAMPLES / 'landbote.css').read_text(encoding='utf-8')}{adslot.css(policy)}"
        yield name, html.replace("</head>", f"<style>{style}</style></head>")


def top(browser: Chrome, file: Path) -> bytes:
    """The upper part of a page, narrow enough to stand beside another one."""
    browser.set_window_size(NARROW, 2400)
    browser.get(file.as_uri())
    return _shot(browser, {"x": 0, "y": 0, "width": NARROW, "height": TALL, "scale": 1})


def whole(browser: Chrome, file: Path) -> bytes:
    """A page from top to bottom."""
    browser.set_window_size(WIDE, 2400)
    browser.get(file.as_uri())
    height = browser.execute_script("return Math.ceil(document.body.getBoundingClientRect().bottom) + 16")
    return _shot(browser, {"x": 0, "y": 0, "width": WIDE, "height": height, "scale": 1})


def picture(browser: Chrome, file: Path) -> bytes:
    """The first ad of a page, and the text around it."""
    browser.get(file.as_uri())
    browser.execute_script(FILL)
    browser.execute_async_script("setTimeout(arguments[0], 800)")
    box = browser.find_element(By.CSS_SELECTOR, ".adslot-ad").rect
    clip = {"x": 0, "y": box["y"] - AROUND, "width": WIDTH, "height": box["height"] + 2 * AROUND, "scale": 1}
    return _shot(browser, clip)


def _shot(browser: Chrome, clip: Mapping[str, float]) -> bytes:
    shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"clip": clip, "captureBeyondViewport": True})
    data: str = shot["data"]
    return base64.b64decode(data)


if __name__ == "__main__":
    main()
