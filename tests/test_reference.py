"""What is made from the code is as the code makes it; of every key the reference says what the reader's tables say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from adslot.article.words.spelling import folded
from adslot.guards import GUARDS
from adslot.policy.declarations import Rule, Spacing
from adslot.policy.file.keys import TABLES, field_of
from adslot.policy.file.schema import schema_text
from adslot.policy.frozen import Table
from adslot.policy.layers import Parts
from adslot.policy.slots import Slot
from tools import generate

PAGE = (Path(__file__).parents[1] / "docs" / "reference" / "policy.md").read_text(encoding="utf-8")
TITLES = {
    "article": "`[article]`",
    "layouts": "`[layouts.NAME]`",
    "slots": "`[slots.NAME]`",
    "rules": "`[[rules]]`",
    "spacing": "`[[spacing]]`",
    "limits": "`[limits]`",
    "guards": "`[guards]`",
}


def rows(title):
    """The cells of each row of the table of keys in one part of the page, without links."""
    part = re.split(r"^## ", PAGE, flags=re.M)
    text = next(each for each in part if each.startswith(f"{title}\n"))
    table = re.search(r"^\| key \| type \| default \| meaning \|\n\|[-|]+\n((?:\|.*\n)+)", text, re.M)
    assert table is not None
    lines = table[1].splitlines()
    return [[re.sub(r"\[(.+?)\]\(.*?\)", r"\1", cell.strip()) for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("name", TITLES)
def test_every_key_has_its_row(name):
    """With its type, its default and its meaning, in the order of the tables; keys of one meaning may share a row."""
    told: dict[str, list[str]] = {}
    for keys, *rest in rows(TITLES[name]):
        told |= dict.fromkeys(re.findall(r"`([\w-]+)`", keys), rest)
    assert told == {key: [each.form.words, each.default, each.doc] for key, each in TABLES[name].items()}


@pytest.mark.parametrize("name", TITLES)
def test_a_default_that_is_told_is_the_default(name):
    """Where the reference names a value."""
    parts = Parts()
    values = {
        "slots": Slot("a", kind="ad"),
        "rules": Rule("a", slot="a"),
        "spacing": Spacing("ad", "ad", min="1 block"),
    }
    value = values.get(name) or getattr(parts, name)
    for key, each in TABLES[name].items():
        if each.default.startswith("`"):
            own = getattr(value, field_of(key, each))
            written = f"{own} chars" if key == "short" else own
            shown = f'"{written}"' if isinstance(written, str) else str(written).lower()
            assert each.default == f"`{shown}`", key
        elif each.default in ("none", "no limit"):
            assert getattr(value, field_of(key, each)) in (None, (), "", Table(())), key


@pytest.mark.parametrize("path", generate.files(), ids=lambda path: path.name)
def test_what_is_made_is_up_to_date(path):
    """Stubs, the schema, and the parts of the reference that speak of guards, codes, presets and templates."""
    assert path.read_text(encoding="utf-8") == generate.files()[path], "make generate"


def test_no_word_of_pages_is_listed_twice_in_its_cell():
    """Not even in other letters, where two kinds of words share a column."""
    page = (generate.REFERENCE / "words-of-pages.md").read_text(encoding="utf-8").partition("## The table")[2]
    cells = [cell.split(" · ") for row in re.findall(r"^\| (.+) \|$", page, re.M) for cell in row.split(" | ")]
    assert len(cells) > 200
    assert [cell for cell in cells if len(set(map(folded, cell))) < len(cell)] == []


def test_every_guard_has_its_page_and_no_other():
    """Pages of guards that are gone would say what does not hold."""
    pages = {path.stem for path in generate.GUARD_PAGES.glob("*.md")}
    assert pages == {guard.name for guard in GUARDS.values()} | {"index"}


def test_every_part_has_its_chapter():
    """What may stand at the top of a policy."""
    chapters = re.findall(r"^## `(.+)`$", PAGE, re.M)
    assert chapters == [
        "extends",
        "[article]",
        "[layouts.NAME]",
        "[slots.NAME]",
        "[[rules]]",
        "[[spacing]]",
        "[limits]",
        "[guards]",
        "[context]",
        "[[cases]]",
    ]
    assert all(f'"{re.sub(r"[^a-z]", "", chapter.partition(".")[0])}"' in schema_text() for chapter in chapters)
