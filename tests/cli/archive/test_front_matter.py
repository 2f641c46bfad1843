"""`--about front-matter`: a page says of itself what is known of it, in front of its text, and keeps that."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from adslot import loads, place
from adslot.cli.archive.front_matter import FrontMatterError, divided
from adslot.cli.commands import main
from tests.processes import STORY

POLICY = """
[slots.ad]
kind = "ad"
label = "Anzeige"
[slots.more]
kind = "teaser"
[[rules]]
name = "ad"
slot = "ad"
[[rules]]
name = "more"
slot = "more"
[[cases]]
when = { section = "trauer", edition = "west" }
limits = { ads = 0 }
"""
YAML = "---\ntitle: Fähre\nsection: {}\n---\n"
TOML = '+++\ntitle = "Fähre"\nsection = "{}"\n[adslot]\nrelated = [{{ title = "Bahn", url = "/b" }}]\n+++\n'


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Fills a folder of pages that say something of themselves; gives the result."""
    monkeypatch.chdir(tmp_path)
    Path("policy.toml").write_text(POLICY, encoding="utf-8")
    Path("in").mkdir()
    for name, front in {"a": YAML.format("trauer"), "b": TOML.format("sport"), "c": ""}.items():
        Path(f"in/{name}.html").write_text(front + STORY, encoding="utf-8")
    words = ("place", "--policy", "policy.toml", "in", "-o", "out", "--context", "edition=west")
    return lambda *more: CliRunner().invoke(main, [*words, *more])


def filled(name):
    return Path(f"out/{name}.html").read_text(encoding="utf-8")


def test_each_page_says_what_is_known_of_it(run):
    """Its front matter stays in front; a page that has none is placed as always."""
    result = run("--about", "front-matter", "--jobs", "2")
    assert result.exit_code == 0
    assert filled("a") == YAML.format("trauer") + STORY
    front, page = TOML.format("sport"), filled("b")
    assert page.startswith(front)
    assert all(f'data-adslot-rule="{rule}"' in page for rule in ("ad", "more"))
    assert filled("c") == place(STORY, loads(POLICY), context={"edition": "west"}).html
    assert "3 unchanged" in run("--about", "front-matter").stderr
    assert "3 placed" in run("--jobs", "1").stderr


def test_front_matter_that_cannot_be_read_costs_its_page(run):
    """It is told why."""
    Path("in/b.html").write_text(f"---\na: [\n---\n{STORY}", encoding="utf-8")
    result = run("--about", "front-matter")
    assert result.exit_code == 1
    assert "adslot: in/b.html: front matter: while parsing a flow" in result.stderr
    assert "2 placed, 0 unchanged, 1 failed" in result.stderr


def test_who_lacks_yaml_is_told_how_to_get_it(run, monkeypatch):
    """Before any page is read."""
    monkeypatch.setitem(sys.modules, "yaml", None)
    monkeypatch.delitem(sys.modules, "adslot.cli.archive.front_matter")
    result = run("--about", "front-matter")
    assert (result.exit_code, Path("out").exists()) == (2, False)
    assert "pip install 'adslot[front-matter]'" in result.stderr


@pytest.mark.parametrize(
    ("front", "said"),
    [
        (b"---\n---\n", {"context": {}}),
        (b"\xef\xbb\xbf---\r\nsection: sport\r\n---\r\n", {"context": {"section": "sport"}}),
        (b"--- \nsection:\nedition: 7\n---", {"context": {"edition": 7}}),
        (b"---\nsection: a\nurl: /x\nadslot: {context: {section: b, more: true}, url: /y}\n---\n",
         {"context": {"section": "b", "more": True}, "url": "/y"}),
        (b"+++\nsection = 'a'\n+++\n", {"context": {"section": "a"}}),
    ],
)  # fmt: skip
def test_forms(front, said):
    """Fenced by lines of three signs, at the very beginning."""
    page = b"" if front.endswith(b"---") else b"<p>\n---\n"
    parts = divided(front + page, loads(POLICY))
    assert (parts.front, parts.page, parts.said) == (front, page, said)


@pytest.mark.parametrize("data", [b"", b"---", b"---\na: b\n", b"----\n---\n", b"\n---\n---\n", b"<p>---\n---\n"])
def test_what_is_none(data):
    """It is the page's."""
    assert divided(data, loads(POLICY)).page == data


# Nine lines that stand for 400 million values.
BOMB = b"a0: &a0 x\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (level, level, b", ".join([b"*a%d" % (level - 1)] * 9)) for level in range(1, 10)
)


@pytest.mark.parametrize(
    "matter",
    [b"7", b"- a", b"a: !!python/name:os.system", b"adslot: 7", b"\xff: 1", b"a: &a [*a, {", b"[" * 99_999]
    + [b"a: !!bool vielleicht", b"a: !!timestamp gestern", b"a: !!int ''", BOMB],
)
def test_what_is_wrong(matter):
    """Is an error of its page."""
    with pytest.raises(FrontMatterError, match=r"^front matter: "):
        divided(b"---\n" + matter + b"\n---\n<p>", loads(POLICY))


def test_yaml_may_end_with_dots():
    """As Jekyll has it; and a few values may stand for others."""
    parts = divided(b"---\na: &a west\nedition: *a\n...\n<p>---\n", loads(POLICY))
    assert parts.said == {"context": {"edition": "west"}}
    assert parts.page == b"<p>---\n"


@given(st.sampled_from(["---\n", "+++\n"]), st.text(max_size=30), st.text(max_size=30))
def test_nothing_of_a_page_is_lost(fence, matter, page):
    """Wherever it is divided."""
    data = f"{fence}{matter}\n{fence}{page}".encode(errors="surrogatepass")
    try:
        parts = divided(data, loads(POLICY))
    except FrontMatterError:
        return
    assert parts.front + parts.page == data
