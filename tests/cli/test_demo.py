"""`adslot demo`: a first look that needs no file."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from adslot import load, load_related, place, strip
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


def test_the_demo_shows_the_report_of_explain(tmp_path, monkeypatch):
    """The very same, with the reasons of gaps."""
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["demo", "--files", "x"]).exit_code == 0
    files = ["x/nachtzug.html", "--policy", "x/portal.toml", "--related", "x/nachtzug.related.json"]
    report = CliRunner().invoke(main, ["explain", *files]).stdout
    assert "gap 2    - directly below a heading" in report
    assert CliRunner().invoke(main, ["demo"]).stdout.startswith(report.rstrip())


def test_the_demo_writes_its_files(tmp_path, monkeypatch):
    """The page and what fills it, again and again, but over nothing that is somebody's own."""
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        done = CliRunner().invoke(main, ["demo", "--files", "examples"])
        assert (done.exit_code, done.stdout) == (0, "")
        assert done.stderr.startswith("adslot: demo: examples has nachtzug.html, ")
    page = Path("examples/nachtzug.html").read_bytes()
    related = load_related("examples/nachtzug.related.json")
    for policy in ("portal.toml", "nachtzug.toml"):
        assert len(place(page, load(f"examples/{policy}"), related=related).plan.placements) == 7
    assert Path("examples/landbote.css").exists()
    Path("examples/nachtzug.toml").write_text("# mine", encoding="utf-8")
    Path("examples/nachtzug.html").unlink()
    done = CliRunner().invoke(main, ["demo", "--files", "examples"])
    assert (done.exit_code, Path("examples/nachtzug.html").exists()) == (2, False)
    assert "nachtzug.toml exists, and is another file: name another folder" in " ".join(done.stderr.split())
    assert CliRunner().invoke(main, ["demo", "--files", "a", "-o", "b"]).exit_code == 2


def test_each_command_is_told_in_one_line(monkeypatch):
    """Whole, in a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    listed = CliRunner().invoke(main, ["--help"], terminal_width=80).stdout.partition("Commands:\n")[2]
    assert len(listed.splitlines()) == len(main.commands)
    assert all(line.endswith(".") and not line.endswith("...") for line in listed.splitlines())


def test_init_names_the_schema_that_lies_beside(tmp_path, monkeypatch):
    """And no other: editors complain of one that is not there."""
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(main, ["init"])
    assert not Path("adslot.toml").read_text(encoding="utf-8").startswith("#:schema")
    Path("adslot.schema.json").write_text(CliRunner().invoke(main, ["schema"]).stdout, encoding="utf-8")
    CliRunner().invoke(main, ["init", "--force"])
    assert Path("adslot.toml").read_text(encoding="utf-8").startswith("#:schema ./adslot.schema.json\n\n")
