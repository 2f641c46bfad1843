"""`adslot demo`: a first look that needs no file."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from adslot import strip
from adslot.cli.commands import main


def test_the_demo_shows_the_whole_layout(tmp_path, monkeypatch):
    """Seven slots, and the page again without them."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["demo"])
    assert done.exit_code == 0
    assert done.stdout.startswith("body: .article-body; 8 blocks, 1566 chars; 7 placed; plan optimal")
    assert (
        done.stdout.count("anzeige (rule ") == 5 and "without its slots it is the very same page again" in done.stdout
    )
    assert list(tmp_path.iterdir()) == []


def test_the_demo_writes_the_page(tmp_path, monkeypatch):
    """Where it is told to."""
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["demo", "-o", "demo.html"]).exit_code == 0
    page = Path("demo.html").read_bytes()
    assert page.count(b"data-adslot-rule") == 7 and b"data-adslot" not in strip(page)


def test_init_names_the_schema_that_lies_beside(tmp_path, monkeypatch):
    """And no other: editors complain of one that is not there."""
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(main, ["init"])
    assert not Path("adslot.toml").read_text(encoding="utf-8").startswith("#:schema")
    Path("adslot.schema.json").write_text(CliRunner().invoke(main, ["schema"]).stdout, encoding="utf-8")
    CliRunner().invoke(main, ["init", "--force"])
    assert Path("adslot.toml").read_text(encoding="utf-8").startswith("#:schema ./adslot.schema.json\n\n")
