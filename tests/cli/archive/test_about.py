"""`--about`: a table says of each page of a folder what is known of it alone."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from adslot.cli.archive.about import About, AboutError
from adslot.cli.commands import main
from tests.processes import pages

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
when = { subscriber = true, edition = "west" }
limits = { ads = 0 }
"""
ROWS = [
    {"path": "a.html", "context.subscriber": True, "url": "/a", "related": [{"title": "Bahn", "url": "/b"}]},
    {"path": "sub/b.html", "context.subscriber": False, "url": None, "related": None},
]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Fills a folder of three pages with what a table says of them; gives the counts of what was done."""
    monkeypatch.chdir(tmp_path)
    Path("policy.toml").write_text(POLICY, encoding="utf-8")
    pages(Path(), "in/a.html in/sub/b.html in/sub/c.html")

    def run(table, *words):
        about = ("--about", table, "--context", "edition=west")
        return CliRunner().invoke(main, ["place", "--policy", "policy.toml", "in", "-o", "out", *about, *words])

    return run


def write(name, rows=ROWS):
    """The rows as a table of the format that *name* has."""
    if name.endswith(".parquet"):
        pq.write_table(pa.Table.from_pylist(rows), name)
    elif name.endswith(".csv"):
        cells = [[*rows[0]], *([_cell(value) for value in row.values()] for row in rows)]
        Path(name).write_text("".join(";".join(line) + "\n" for line in cells).replace(";", ","), encoding="utf-8")
    else:
        Path(name).write_text("".join(json.dumps(row) + "\n\n" for row in rows), encoding="utf-8")
    return name


def _cell(value):
    if value is None:
        return ""
    return value if isinstance(value, str) else '"{}"'.format(json.dumps(value).replace('"', '""'))


def slots(name):
    """The rules of the slots of a page."""
    text = Path("out", name).read_text(encoding="utf-8")
    return [rule for rule in ("ad", "more") if f'data-adslot-rule="{rule}"' in text]


@pytest.mark.parametrize("name", ["about.csv", "about.jsonl", "about.parquet"])
def test_each_page_has_its_own(run, name):
    """Its context is laid over that of all; a page without a row has that of all."""
    assert "3 placed" in run(write(name)).stderr
    assert [slots(page) for page in ("a.html", "sub/b.html", "sub/c.html")] == [["more"], ["ad"], ["ad"]]


def test_a_row_that_changes_is_a_page_that_changes(run):
    """And no other one."""
    run(write("about.csv"))
    write("about.csv", [ROWS[0], {**ROWS[1], "context.subscriber": True}])
    assert "1 placed, 2 unchanged" in run("about.csv", "--jobs", "2").stderr
    assert slots("sub/b.html") == []


def test_a_row_that_is_wrong_costs_its_page(run):
    """It is told with the others that failed."""
    result = run(write("about.jsonl", [{**ROWS[0], "url": 7}, {**ROWS[1], "related": "{"}]))
    assert result.exit_code == 1
    assert "adslot: in/a.html: TypeError: url: expected a text, found 7\n" in result.stderr
    assert "adslot: in/sub/b.html: related: expected JSON, found '{'\n" in result.stderr
    assert "1 placed, 0 unchanged, 2 failed" in result.stderr


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.xml", "", "expected a file whose name ends in .csv, .jsonl, .ndjson, .parquet"),
        ("a.csv", "name,url\na,b\n", "expected a column 'path', found name, url"),
        ("a.csv", "path,titel\na,b\n", "it says nothing of any page: none of its columns is related, context, url"),
        ("a.csv", "path,context,context.a\na,b,c\n", "expected either a column 'context' or columns context.KEY"),
        ("a.csv", "path,url\n,b\n", "row 1: expected a path, found None"),
        ("a.csv", "path,url\na,b\na,c\n", "row 2: there is another one of 'a'"),
        ("a.csv", 'path,url\n"a"b,c\n', "no CSV: "),
        ("a.jsonl", '{"path": "a", "url": "b"}\n{', "line 2: no JSON: "),
        ("a.jsonl", "[]", "line 1: expected an object, found []"),
        ("a.parquet", "", "no Parquet file: "),
    ],
)
def test_a_table_that_is_wrong(run, name, text, told):
    """Ends the run before it begins."""
    Path(name).write_text(text, encoding="utf-8")
    result = run(name)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"adslot: {name}: {told}")
    assert not Path("out").exists()


def test_a_table_that_is_not_there(run):
    """The same."""
    assert run("none.csv").stderr == "adslot: none.csv: No such file or directory\n"


def test_dates_of_parquet_and_paths_that_are_no_text(tmp_path):
    """Are found as they are."""
    pq.write_table(pa.table({"path": ["a"], "now": [date(2026, 11, 5)]}), tmp_path / "a.parquet")
    assert About(str(tmp_path / "a.parquet")).find("a") == '{"now": "2026-11-05"}'
    (tmp_path / "a.csv").write_bytes(b"path,url\ns\xfcd.html,/s\n")
    about = About(str(tmp_path / "a.csv"))
    assert about.find(os.fsdecode(b"s\xfcd.html")) == '{"url": "/s"}'
    assert about.find("süd.html") is None
    (tmp_path / "b.csv").write_text("", encoding="utf-8")
    assert About(str(tmp_path / "b.csv")).find("a") is None
    with pytest.raises(AboutError):
        About(str(tmp_path / "b.txt"))
