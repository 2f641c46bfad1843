"""ARCHITECTURE.md: its map is the house as it is, every path in it leads somewhere, and what it says to edit is enough."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import house

PAGE = house.PAGE.read_text(encoding="utf-8")
# Where the project's own paths begin; all others begin in the package.
OF_PROJECT = ("tests/", "docs/", "examples/", "tools/")
PATH = re.compile(r"`([\w./-]+(?:\.(?:py|md|toml|html|json)|/))`")
SPOKEN = PAGE.partition("## Every module")[0]
COMMON = dict(re.findall(r"^\| (an? [^|]+?) \|(.+)\|$", SPOKEN.partition("Of the page:")[0], re.M))
STORY = "".join(f"<p>{'Die Fähre legt um acht Uhr im alten Hafen ab. ' * 5}</p>" for _ in range(8))


def below(path):
    """Where a path of the page leads to."""
    is_of_project = path.startswith(OF_PROJECT) or (house.ROOT / path).is_file()
    return (house.ROOT if is_of_project else house.PACKAGE) / path


def named(row):
    """The paths of the package that a row tells to edit."""
    return [path for path in PATH.findall(row) if below(path).is_relative_to(house.PACKAGE)]


def test_the_map_is_made_of_the_code():
    """What stands in the package, its floors, and a line for each module."""
    assert house.architecture(PAGE) == PAGE, "make generate, or python -m tools.house"


def test_every_module_stands_in_it_once():
    """Each with what it holds: its docstring begins with that."""
    entries = re.findall(r"^([\w.]+(?:\.py|/)) +\S", PAGE, re.M)
    rooms = PAGE.partition("## Every module")[2].split("\n### `")[1:]
    lines = [
        room.partition("/")[0] + "/" + name for room in rooms for name in re.findall(r"^- `(.+?)`: \S", room, re.M)
    ]
    files = {path.relative_to(house.PACKAGE).as_posix() for path in house.PACKAGE.rglob("*.py")}
    expected = {path.removesuffix("__init__.py") for path in files} - {""} | {"__init__.py"}
    found = [*entries, *(line if line.endswith("/") else f"{line}.py" for line in lines)]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("path", sorted({path for path in PATH.findall(SPOKEN) if not path.startswith("src/")}))
def test_every_path_leads_somewhere(path):
    """`NAME` stands for any name."""
    place = below(path)
    assert any(place.parent.glob(place.name.replace("NAME", "?*")))


def test_tests_stand_in_folders_of_the_same_names():
    """But for those that speak of the whole."""
    whole = {"browser", "engines", "fuzz", "golden", "laws", "oracles", "peers", "security", "servers", "typing"}
    tests = house.ROOT / "tests"
    folders = {path.parent.relative_to(tests) for path in tests.rglob("test_*.py")} - {Path()}
    assert [
        folder for folder in folders if folder.parts[0] not in whole and not (house.PACKAGE / folder).is_dir()
    ] == []


def test_common_changes_take_few_files():
    """One where it can be; three at most."""
    assert {row: len(named(rest)) for row, rest in COMMON.items()} == {
        "a guard": 1,
        "a refusal code": 2,
        "a unit": 3,
        "a kind of slot": 3,
        "a pattern of existing ads": 1,
        "an integration": 1,
        "a built-in template": 1,
        "a preset": 1,
    }


# What is written into which file, before what stands there; and a program that then prints "works".
CHANGES = {
    "a refusal code": (
        {
            "codes.py": (
                '    Code(\n        "neighbour",',
                '    Code("quiet", "the story is quiet here", helps="noise"),\n',
            ),
            "planner/closed.py": (
                "        for name, gaps in self._guarded.items():",
                '        yield "quiet", [4], ""\n',
            ),
        },
        """
        from adslot.report.table import explanation
        from adslot.codes import FINDINGS, REFUSALS
        rules = [{"name": "r", "slot": "a", "max": 9}]
        policy = adslot.from_mapping({"slots": {"a": {"kind": "promo", "html": "<b>x</b>"}}, "rules": rules})
        plan = adslot.place(story, policy).plan
        assert [each.gap for each in plan.placements] == [1, 2, 3, 5, 6, 7]
        assert [(each.code, each.gap) for each in plan.explain(gap=4)] == [("quiet", 4)]
        assert "the story is quiet here" in explanation(plan)
        assert REFUSALS["quiet"] == FINDINGS["quiet"] == "the story is quiet here"
        """,
    ),
    "a unit": (
        {
            "policy/language/distance.py": ('"%")\nUNITS', '"figures", '),
            "planner/measures.py": (
                '    "blocks": ',
                '    "figures": lambda blocks: [int(b.role == "figure") for b in blocks],\n',
            ),
            "checker/sizes.py": ('    "blocks": ', '    "figures": lambda block: block.role is Role.FIGURE,\n'),
        },
        """
        rule = {"name": "r", "slot": "a", "max": 2, "apart": "1 figure"}
        policy = adslot.from_mapping({"slots": {"a": {"kind": "promo", "html": "<b>x</b>"}}, "rules": [rule]})
        figure = "<figure><img src=a.png></figure>"
        placed = adslot.place(story + figure + story, policy)
        assert (len(adslot.place(story, policy).plan.placements), len(placed.plan.placements)) == (1, 2)
        assert not adslot.check(placed.html, policy)
        assert [each.code for each in adslot.check(placed.html.replace(figure, ""), policy)] == ["apart"]
        assert "figures?" in str(adslot.json_schema()["$defs"]["rules"]["properties"]["apart"])
        """,
    ),
    "a kind of slot": (
        {
            "roles.py": ('Kind("promo", ', 'Kind("quiz", "quizzes"), '),
            "policy/declarations.py": (
                "    slots: int | None = None\n    ads_per_section",
                "    quizzes: int | None = None\n",
            ),
            "policy/file/keys.py": ('    "promos": ', '    "quizzes": _limit("the most quizzes on the page"),\n'),
        },
        """
        slots = {"a": {"kind": "quiz", "html": "<b>x</b>"}}
        rules = [{"name": "r", "slot": "a", "max": 4}]
        limits = {"quizzes": 3}
        policy = adslot.from_mapping({"slots": slots, "rules": rules, "limits": limits})
        spaced = adslot.loads(adslot.dumps(policy) + "[[spacing]]\\nbetween = ['quiz', 'quiz']\\nmin = '4 blocks'")
        filled = adslot.place(story, policy).html
        assert (filled.count("adslot-quiz"), len(adslot.place(story, spaced).plan.placements)) == (3, 2)
        assert not adslot.check(filled, policy)
        assert {each.code for each in adslot.check(filled, spaced)} == {"spacing"}
        less = adslot.from_mapping({"slots": slots, "rules": rules, "limits": {"quizzes": 2}})
        assert {each.code for each in adslot.check(filled, less)} == {"limit"}
        assert adslot.strip(filled) == story
        """,
    ),
    "a pattern of existing ads": (
        {"article/foreign/ads.py": ("    anzeige anzeigen(?:", "    kastanie\\w*\n")},
        """
        article = adslot.read(story + "<div class=kastanie-2>Kauft!</div>" + story)
        assert [block.role for block in article.blocks].count("ad") == 1
        """,
    ),
    "a built-in template": (
        {"policy/templates/NAME.html": ("", "{# For trials. needs: data-nr #}\n<b>{{ attributes['data-nr'] }}</b>\n")},
        """
        slot = {"kind": "ad", "label": "Anzeige", "template": "NAME", "attributes": {"data-nr": "17"}}
        policy = adslot.from_mapping({"slots": {"a": slot}, "rules": [{"name": "r", "slot": "a"}]})
        assert "<b>17</b>" in adslot.place(story, policy).html
        """,
    ),
    "a preset": (
        {
            "policy/presets/NAME.toml": (
                "",
                "# For trials.\n[slots.a]\nkind = 'promo'\n[[rules]]\nname = 'r'\nslot = 'a'\n",
            )
        },
        """
        assert "NAME" in adslot.preset_names()
        assert len(adslot.place(story, adslot.preset("NAME")).plan.placements) == 1
        assert adslot.loads("extends = 'NAME'").slots
        """,
    ),
}


@pytest.mark.parametrize("row", CHANGES)
def test_what_it_says_to_edit_is_enough(row, tmp_path):
    """The change is made in a copy of the package, in the files that the table names and in no other."""
    edits, program = CHANGES[row]
    assert list(edits) == named(COMMON[row])
    copy = tmp_path / "adslot"
    shutil.copytree(house.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for name, (before, text) in edits.items():
        write(copy / name, before, text)
    lines = "\n".join(line.strip() for line in program.splitlines())
    script = f"import adslot\nstory = {STORY!r}\n{lines}\nprint('works', adslot.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == (f"works {copy / '__init__.py'}\n", "")


def write(file: Path, before: str, text: str) -> None:
    """Write a new file, or *text* into one that there is, where *before* begins."""
    old = file.read_text(encoding="utf-8") if before else ""
    assert old.count(before) == 1 or not before
    file.write_text(old.replace(before, text + before) if before else text, encoding="utf-8")


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "SECURITY.md"])
def test_what_is_to_be_made_can_be(name):
    """Each target of make that a page names is one."""
    page = (house.ROOT / name).read_text(encoding="utf-8")
    told = {
        target for words in re.findall(r"(?:^|`)make ([a-z-]+(?: [a-z-]+)*)", page, re.M) for target in words.split()
    }
    targets = re.findall(r"^([a-z-]+):", (house.ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert told <= set(targets)
