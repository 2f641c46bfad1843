"""What holds of the documentation as a whole: its first page on a package index, its pictures, and what it leaves to tests."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import adslot
from adslot.policy import presets
from adslot.policy.file.keys import TABLES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [*DOCS.rglob("*.md"), ROOT / "README.md"]
LINK = re.compile(r"\]\(([^)\s]+)\)")


def test_the_readme_stands_on_a_package_index():
    """Where no other file of the project is: all links are absolute, no picture is missing, and no word of it is lost."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    hook = settings["tool"]["hatch"]["metadata"]["hooks"]["fancy-pypi-readme"]
    readme = (ROOT / hook["fragments"][0]["path"]).read_text(encoding="utf-8")
    shown = readme
    for each in hook["substitutions"]:
        shown = re.sub(each["pattern"], each["replacement"], shown)
    assert [link for link in LINK.findall(shown) if not link.startswith("https://")] == []
    assert "![" not in shown
    without = re.sub(r"^!\[.*\n", "", readme, flags=re.M)
    assert re.findall(r"\w+", shown) == re.findall(r"\w+", re.sub(r"\]\((?!https://)[^)\s]+\)", "]", without))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_picture_is_there_and_said_in_words(page):
    """For those who do not see it."""
    for words, target in re.findall(r"!\[(.*?)\]\((.+?)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).is_file()
        assert len(words) > 10


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_page_shows_what_only_tests_need(page):
    """Assertions and private modules stand in comments, which are run and not shown."""
    shown = re.sub(r"<!--.*?-->", "", page.read_text(encoding="utf-8"), flags=re.S)
    private = r"adslot\.(?:article|checker|codes|html|kept|planner|policy|related|renderer|roles)\b"
    code = "".join(re.findall(r"^```py\w*\n(.*?)^```", shown, re.M | re.S))
    assert re.findall(rf"^(?:>>> )?(?:assert\b.*|(?:from|import) {private}.*)", code, re.M) == []


def test_every_public_name_is_in_the_reference_of_python():
    """Each once."""
    page = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\.\. auto\w+:: (\w+)$", page, re.M)) == sorted(adslot.__all__)


def test_every_preset_to_begin_with_is_on_the_page_that_helps_to_choose():
    """Those of other engines are one line."""
    page = (DOCS / "how-to" / "choose-a-preset.md").read_text(encoding="utf-8")
    own = {name for name in presets.names() if not presets.is_of_others(name)}
    assert own <= set(re.findall(r"\(\.\./reference/presets\.md#([\w-]+)\)", page))


def test_every_guide_is_listed_by_its_wish():
    """Once."""
    index = (DOCS / "how-to" / "index.md").read_text(encoding="utf-8")
    listed = [name for tree in re.findall(r"^```\{toctree\}\n(.*?)^```", index, re.M | re.S) for name in tree.split()]
    pages = sorted(path.stem for path in (DOCS / "how-to").glob("*.md") if path.stem != "index")
    assert sorted(name for name in listed if re.fullmatch(r"[a-z][\w-]+", name)) == pages


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_listing_of_another_file_says_its_name(page):
    """A listing of TOML without a name is shown as adslot.toml: so it is a policy, or lines of a rule."""
    text = page.read_text(encoding="utf-8")
    unnamed = re.findall(r"(?<! -->\n)^```toml\n(.*?)^```", text, re.M | re.S)
    known = {*TABLES["rules"], *TABLES, "extends", "context", "cases"}
    assert [listing for listing in unnamed if not known.issuperset(tomllib.loads(listing))] == []
