"""The sheet: slots between the blocks around them, numbered through all pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from adslot import Policy, Related, Rule, Slot, place
from adslot.cli.commands import main
from adslot.report.columns import cut_start
from adslot.report.sheet import Sheet

SLOTS = (Slot("ad", kind="ad", label="Anzeige"), Slot("more", kind="teaser"))
WORDS = (
    "Der Kran hebt vierzig Tonnen und wird von zwei Leuten bedient, die sich ablösen, alle vier Stunden, Tag und Nacht."
)


def plan(html, *rules, related=()):
    """The plan for *html*."""
    return place(html, Policy(SLOTS, rules), related=related).plan


def paragraphs(*numbers):
    return "".join(f"<p>Absatz {number}. {WORDS}</p>" for number in numbers)


def test_a_slot_between_its_blocks():
    """Two above and two below, cut; of the nearest one above the end, too; the rule, the gap and the anchor."""
    html = f"{paragraphs(1, 2)}<h2>Laut bei Nacht</h2><p>Kurz.</p>{paragraphs(3)}"
    text = Sheet().text(plan(html, Rule("mitte", slot="ad", at="before heading 1")))
    assert text.splitlines() == [
        "      paragraph        Absatz 1. Der Kran hebt vierzig Tonnen und wird von zwei Leuten bedient, die sich ablösen, alle vier Stunden,…",
        "      paragraph        Absatz 2. Der Kran hebt vierzig Tonnen und wird von zwei Leuten bedient, die sich ablösen, alle vier Stunden,…",
        "                       … die sich ablösen, alle vier Stunden, Tag und Nacht.",
        "   1  + ad (rule mitte, gap 2, anchor before heading 1)",
        "      heading          Laut bei Nacht",
        "      short-paragraph  Kurz.",
    ]


def test_the_ends_of_the_story_and_what_is_outside():
    """Each is said."""
    lead = f"<header><h1>Kran</h1><p class=lead>{WORDS}</p></header>"
    story = f"<article>{lead}<div class=entry-content>{paragraphs(1, 2)}</div></article>"
    page = f"<!DOCTYPE html><nav class=a>Start</nav>{story}"
    rules = [
        Rule("oben", slot="ad", at="before css(nav.a)"),
        Rule("vorspann", slot="ad", at="after lead"),
        Rule("ende", slot="more", at="end"),
    ]
    lines = Sheet().text(plan(page, *rules, related=[Related("Kräne", "/kran")])).splitlines()
    assert lines[0] == "   1  + ad (rule oben, outside the story, anchor before css(nav.a))"
    assert lines[2:4] == [
        "      (the story begins)",
        "   2  + ad (rule vorspann, outside the story, anchor after lead)",
    ]
    assert lines[-2:] == ["   3  + more (rule ende, gap 2, anchor end): Kräne", "      (the story ends)"]


def test_slots_are_numbered_through():
    """Over pages; those of one rule only, where one is named."""
    rules = [Rule("a", slot="ad", at="end"), Rule("b", slot="ad", at="start")]
    sheet = Sheet("a")
    assert [
        slot["number"] for _ in range(2) for slot in sheet.data(plan(paragraphs(1), *rules), "x.html")["slots"]
    ] == [1, 2]
    assert "   3  +" in sheet.text(plan(paragraphs(1), *rules))
    assert Sheet().text(plan("")) == "      no slot"
    long = "x" * 200
    assert f" …{long[-59:]}\n" in Sheet().text(plan(f"<p>{long}</p>", Rule("a", slot="ad", at="end")))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("鉄道は月曜日から再開し、" * 12, "…" + ("鉄道は月曜日から再開し、" * 3)[-29:]),
        # A late blank does not cost what stands before it.
        ("铁路从星期一起恢复运行，" * 12 + "记者 王伟", "…" + ("铁路从星期一起恢复运行，" * 3 + "记者 王伟")[-30:]),
        ("word " * 30 + "x" * 48, "… word word " + "x" * 48),
        ("word " * 30 + "x" * 59, "…" + "x" * 59),
    ],
)
def test_the_last_words_by_columns(text, expected):
    """Chinese and Japanese take two columns each; words are whole where that leaves enough of them."""
    lines = Sheet().text(plan(f"<p>{text}</p>", Rule("ende", slot="ad", at="end"))).splitlines()
    assert lines[1] == " " * 23 + expected


@pytest.mark.parametrize("text", ["Die Fähre fährt wieder.", "鉄道が再開した。", "x 鉄道 y が再", "x" * 30, ""])
def test_the_end_of_a_text_fits(text):
    """In any width: what fits stays whole, and what is cut says so."""
    columns = [sum(2 if char > "\u2fff" else 1 for char in text[at:]) for at in range(len(text) + 1)]
    for width in range(1, 32):
        end = cut_start(text, width)
        if columns[0] <= width:
            assert end == text
        else:
            assert end[0] == "…"
            assert text.endswith(end[1:])
            assert columns[len(text) - len(end[1:])] < width


@pytest.mark.parametrize("form", ["text", "json"])
def test_of_many_files_one_that_fails_costs_nothing(form, tmp_path, monkeypatch):
    """It is told on standard error."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.html", "b.html"):
        Path(name).write_text(paragraphs(1, 2, 3) * 3, encoding="utf-8")
    words = ["explain", "--sheet", "--preset", "de-news", "--format", form, "a.html", "gone.html", "b.html"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 1
    assert "gone.html" in result.stderr
    if form == "json":
        pages = [json.loads(line) for line in result.stdout.splitlines()]
        assert [page["page"] for page in pages] == ["a.html", "b.html"]
        assert pages[0]["slots"][0]["above"][0].keys() == {"role", "text"}
    else:
        assert "   1  + anzeige (rule in-text" in result.stdout
        assert "b.html" in result.stdout


def test_a_sheet_is_no_brief_report():
    """Two reports at once are wrong use."""
    assert CliRunner().invoke(main, ["explain", "--sheet", "--brief", "--preset", "de-news", "-"]).exit_code == 2
