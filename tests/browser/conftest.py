"""Chromium, from Debian's packages `chromium` and `chromium-driver`. `make browser` runs these tests, `make test` does not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

FLAGS = "headless=new no-sandbox disable-gpu disable-quic no-first-run disable-background-networking disable-component-update disable-sync hide-scrollbars force-device-scale-factor=1".split()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chrome]:
    """One browser for all tests."""
    options = ChromeOptions()
    for flag in FLAGS:
        options.add_argument(f"--{flag}")
    options.binary_location = shutil.which("chromium") or "chromium"
    browser = Chrome(options, ChromeService(shutil.which("chromedriver")))
    yield browser
    browser.quit()


@pytest.fixture
def show(chromium: Chrome, tmp_path: Path) -> Callable[..., Chrome]:
    """Opens a page at a width of the screen."""

    def opened(html: str, width: int = 1000) -> Chrome:
        file = tmp_path / "seite.html"
        file.write_text(html, encoding="utf-8")
        chromium.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
        )
        chromium.get(file.as_uri())
        return chromium

    return opened
