"""`adslot place FOLDER --jobs N`: the same pages as without, only those that have changed, and an account of all."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner

from adslot import place, preset, strip
from adslot.cli.commands import main
from tests.processes import PATIENCE, STORY, WARNING, as_root, in_a_namespace, pages, shell, start

PRESET = ("--preset", "longform")
FILLED = place(STORY, preset("longform")).html


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in an empty folder; gives the result."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(main, list(words))


def archive(run, *words):
    """The counts of a run over `in`: placed, unchanged, failed."""
    result = run("place", *PRESET, "in", "-o", "out", *words)
    (counts,) = re.findall(r"(\d+) placed, (\d+) unchanged, (\d+) failed", result.stderr)
    return tuple(map(int, counts))


def tree(folder):
    """The files below *folder*, but the journal, each with its bytes."""
    files = [path for path in Path(folder).rglob("*") if path.is_file() and path.name != ".adslot-journal"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def aged(folder):
    """Let the files of *folder* be older than a file system's clock is coarse."""
    for path in Path(folder).rglob("*.html"):
        if not path.is_symlink():
            os.utime(path, (1_700_000_000, 1_700_000_000))


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_it_mirrors_the_tree(run, jobs):
    """Byte for byte what the command writes without it; hidden files and links to folders are left out."""
    pages(Path(), "in/a.html in/b/c/d.htm in/b/e.xhtml in/.f.html in/.g/h.html")
    Path("in/b/loop").symlink_to("..")
    Path("in/picture.jpg").write_bytes(b"\0")
    assert archive(run, "--jobs", jobs) == (3, 0, 0)
    assert run("place", *PRESET, "in", "-o", "plain").exit_code == 0
    assert tree("out") == tree("plain") != {}
    assert tree("out")["a.html"] == FILLED.encode()


class TestUnchanged:
    def test_nothing_is_done_twice(self, run):
        """Nor looked into: by size and time alone."""
        pages(Path(), "in/a.html in/b.html")
        aged("in")
        assert archive(run, "--jobs", "2") == (2, 0, 0)
        before = Path("out/a.html").stat()
        Path("in/a.html").write_bytes(b"x" * Path("in/a.html").stat().st_size)
        aged("in")
        assert archive(run, "--jobs", "2") == (0, 2, 0)
        assert Path("out/a.html").stat() == before

    def test_a_page_of_another_time_is_compared(self, run):
        """By its content: it is only placed if that is another one."""
        pages(Path(), "in/a.html in/b.html")
        aged("in")
        archive(run, "--jobs", "1")
        Path("in/a.html").touch()
        Path("in/b.html").write_text(STORY.upper(), encoding="utf-8")
        assert archive(run, "--jobs", "1") == (1, 1, 0)
        assert strip(Path("out/b.html").read_text(encoding="utf-8")) == STORY.upper()

    def test_a_page_that_has_just_been_written_is_compared(self, run):
        """It may have changed within the same tick of the clock."""
        pages(Path(), "in/a.html")
        archive(run, "--jobs", "1")
        status = Path("in/a.html").stat()
        Path("in/a.html").write_bytes(Path("in/a.html").read_bytes().replace(b"Montag", b"Freita").replace(b"A", b"B"))
        os.utime("in/a.html", ns=(status.st_atime_ns, status.st_mtime_ns))
        assert archive(run, "--jobs", "1") == (1, 0, 0)

    @pytest.mark.parametrize("how", ["gone", "short"])
    def test_an_output_must_be_there(self, run, how):
        """As long as it was written."""
        pages(Path(), "in/a.html in/b.html")
        aged("in")
        archive(run, "--jobs", "1")
        if how == "gone":
            Path("out/a.html").unlink()
        else:
            os.truncate("out/a.html", 5)
        assert archive(run, "--jobs", "1") == (1, 1, 0)
        assert tree("out") == dict.fromkeys(["a.html", "b.html"], FILLED.encode())

    @pytest.mark.parametrize(
        "words", [["--context", "a=b"], ["--now", "2026-11-05"], ["--id-prefix", "x"], ["--mode", "fragment"]]
    )
    def test_what_is_told_must_be_the_same(self, run, words):
        """All that `place` is told."""
        pages(Path(), "in/a.html")
        aged("in")
        archive(run, "--jobs", "1")
        assert archive(run, "--jobs", "1", *words) == (1, 0, 0)
        assert archive(run, "--jobs", "1", *words) == (0, 1, 0)

    def test_in_place(self, run):
        """The next run finds what this one has written; it is not taken for another page."""
        pages(Path(), "in/a.html in/b.html")
        for counts in ((2, 0, 0), (0, 2, 0), (0, 2, 0)):
            result = run("place", *PRESET, "in", "-o", "in", "--jobs", "1")
            assert "{} placed, {} unchanged, {} failed".format(*counts) in result.stderr
        assert tree("in") == dict.fromkeys(["a.html", "b.html"], FILLED.encode())

    def test_a_rule_that_is_short_stays_so(self, run):
        """With --strict, a page that is not placed again counts like one that is."""
        pages(Path(), "in/a.html")
        aged("in")
        Path("short.toml").write_text(WARNING, encoding="utf-8")
        for _ in range(2):
            result = run("place", "--policy", "short.toml", "in", "-o", "out", "--jobs", "1", "--strict")
            assert result.exit_code == 1


def test_globs_choose_pages(run):
    """A `*` stands for any text, also one with a slash."""
    pages(Path(), "in/2024/a.html in/2025/b.html in/2025/x/c.html")
    assert archive(run, "--include", "2025/*", "--exclude", "*/c.html") == (1, 0, 0)
    assert list(tree("out")) == ["2025/b.html"]
    assert archive(run, "--include", "1999/*") == (0, 0, 0)


def test_a_worker_that_dies_costs_its_page(tmp_path):
    """That is told, and all others are done."""
    pages(tmp_path, " ".join(f"in/{number}.html" for number in range(12)))
    script = """
import os
from adslot.cli.archive import work
place = work.adslot.place
def dies(data, *words, **more):
    if b"Ende" in data:
        os.kill(os.getpid(), 9)
    return place(data, *words, **more)
work.adslot.place = dies
from adslot.cli.commands import main
main()
"""
    (tmp_path / "in" / "5.html").write_text("<p>Ende.", encoding="utf-8")
    process = start("-c", script, "place", *PRESET, "in", "-o", "out", "--jobs", "2", folder=tmp_path)
    _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert b"adslot: in/5.html: its worker process was ended by SIGKILL" in told
    assert b"12 files: 11 placed, 0 unchanged, 1 failed" in told
    assert len(tree(tmp_path / "out")) == 11


class TestFailures:
    def test_each_is_told_in_the_end(self, run):
        """And stands in the report; the others are done, and the next run tries again."""
        pages(Path(), "in/a.html in/b.html in/c.html out/c.html/x.html")
        Path("in/b.html").write_bytes(b"\0\0")
        Path("in/d.html").symlink_to("nowhere")
        assert archive(run, "--jobs", "2", "--report", "report.json") == (1, 0, 3)
        report = json.loads(Path("report.json").read_text(encoding="utf-8"))
        assert (report["files"], report["placed"], report["failed"]) == (4, 1, 3)
        assert {each["file"]: each["message"] for each in report["failures"]} == {
            "in/b.html": "a binary file, not HTML",
            "in/c.html": "cannot write out/c.html: Is a directory",
            "in/d.html": "No such file or directory",
        }
        pages(Path(), "in/b.html")
        assert archive(run, "--jobs", "1") == (1, 1, 2)

    def test_names_that_are_no_text(self, run):
        """Are names like others; reports show their bytes."""
        Path("in").mkdir()
        good, bad = (Path(os.fsdecode(name)) for name in (b"in/\xfc.html", b"in/\xe4.html"))
        good.write_text(STORY, encoding="utf-8")
        bad.write_bytes(b"\0")
        result = run("place", *PRESET, "in", "-o", "out", "--jobs", "2", "--report", "report.json")
        assert "adslot: in/\\xe4.html: a binary file, not HTML" in result.stderr
        assert tree("out") == {os.fsdecode(b"\xfc.html"): FILLED.encode()}
        (failure,) = json.loads(Path("report.json").read_text(encoding="utf-8"))["failures"]
        assert failure["file"] == str(bad)
        assert "1 unchanged" in run("place", *PRESET, "in", "-o", "out", "--jobs", "2").stderr

    def test_a_page_is_not_lost_for_another(self, run):
        """Links and second names in the output folder lead to other pages, or out of it."""
        pages(Path(), "in/a.html in/b.html in/c.html in/d.html")
        Path("out").mkdir()
        Path("out/b.html").symlink_to("a.html")
        Path("out/c.html").symlink_to("../in/a.html")
        os.link("in/a.html", "out/d.html")
        result = run("place", *PRESET, "in", "-o", "out", "--jobs", "2")
        assert result.stderr.startswith(
            "adslot: in/b.html: out/b.html is written for another input\n"
            "adslot: in/c.html: out/c.html is another input, which would be lost\n"
            "adslot: in/d.html: out/d.html is another input, which would be lost\n"
        )
        assert Path("in/a.html").read_text(encoding="utf-8") == STORY

    def test_second_names_of_one_output(self, run):
        """The first page that is written there is the one."""
        pages(Path(), "in/a.html in/b.html out/a.html elsewhere.html in/c.html in/d.html")
        os.link("out/a.html", "out/b.html")
        Path("out/c.html").symlink_to("../elsewhere.html")
        Path("out/d.html").symlink_to("../elsewhere.html")
        assert archive(run, "--jobs", "1") == (2, 0, 2)

    def test_a_wrong_policy(self, run):
        """Ends with status 2, as without it."""
        result = run("place", "--preset", "none", "in", "-o", "out", "--jobs", "2")
        assert result.exit_code == 2

    @pytest.mark.parametrize(
        "words", [["in"], ["in", "-o", "-"], ["in/a.html", "-o", "out"], ["in", "in", "-o", "out"]]
    )
    def test_wrong_use(self, run, words):
        """One folder in, one folder out."""
        pages(Path(), "in/a.html")
        assert run("place", *PRESET, "--jobs", "2", *words).exit_code == 2

    def test_a_journal_that_cannot_be_kept(self, run):
        """Costs no page, and is told."""
        pages(Path(), "in/a.html out/.adslot-journal/x")
        result = run("place", *PRESET, "in", "-o", "out", "--jobs", "1")
        assert result.exit_code == 0
        assert "the journal out/.adslot-journal is not kept: unable to open database file" in result.stderr
        assert "1 placed" in result.stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_signal_stops_it(tmp_path, jobs):
    """It says where, no file is half, and the same command goes on from there."""
    names = pages(tmp_path, " ".join(f"in/{number:04}.html" for number in range(3000)))
    words = ("-m", "adslot", "place", *PRESET, "in", "-o", "out", "--jobs", jobs)
    process = start(*words, folder=tmp_path)
    while not (tmp_path / "out" / "0009.html").exists():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == -signal.SIGINT
    assert re.search(rb"adslot: stopped after in/\d+.html; the same command goes on from there\n", told)
    (count,) = re.findall(rb"\d+ of 3,000 files: (\d+) placed, 0 unchanged, 0 failed", told)
    placed = int(count)
    written = tree(tmp_path / "out")
    assert placed <= len(written) < len(names)
    assert set(written.values()) == {FILLED.encode()}
    done = shell("adslot place --preset longform in -o out --jobs 2", tmp_path)
    assert f"{placed:,} unchanged" in done.stderr
    assert tree(tmp_path / "out") == {name.removeprefix("in/"): FILLED.encode() for name in names}


def test_progress_is_told_in_lines_where_there_is_no_terminal(tmp_path):
    """Now and then; with how many are done and how long it takes."""
    pages(tmp_path, "in/a.html in/b.html")
    script = (
        "from adslot.cli.archive import progress\nprogress._SELDOM = 0\nfrom adslot.cli.commands import main\nmain()"
    )
    process = start("-c", script, "place", *PRESET, "in", "-o", "out", "--jobs", "1", folder=tmp_path)
    _, told = process.communicate(timeout=PATIENCE)
    assert re.search(rb"^adslot: 1 of 2 files, [\d.]+ a second, 0:0\d left$", told, re.M)
    assert b"\x1b" not in told


class TestDisks:
    """Run with mounts of their own, where there can be some."""

    @as_root
    def test_one_that_fills_up(self, tmp_path):
        """What fits is written, the rest is told, nothing half is left; with room, the next run does the rest."""
        names = pages(tmp_path, " ".join(f"in/{number}.html" for number in range(40)))
        (tmp_path / "out").mkdir()
        script = """
            mount -t tmpfs -o size=200k none out || exit 77
            "$PYTHON" -m adslot place --preset longform in -o out --jobs 2 --report report.json; echo $?
            find out -name '*.tmp'
            mkdir some && cp out/*.html some
            mount -o remount,size=2m out
            "$PYTHON" -m adslot place --preset longform in -o out --jobs 2; echo $?
            mkdir all && cp out/*.html all
        """
        done = in_a_namespace(script, tmp_path)
        assert done.stdout == "1\n0\n"
        report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
        assert report["placed"] + report["failed"] == len(names)
        assert 0 < report["placed"] < len(names)
        assert {each["message"].rpartition(": ")[2] for each in report["failures"]} == {"No space left on device"}
        assert set(tree(tmp_path / "some").values()) == {FILLED.encode()}
        assert len(tree(tmp_path / "some")) == report["placed"]
        assert set(tree(tmp_path / "all").values()) == {FILLED.encode()}
        assert len(tree(tmp_path / "all")) == len(names)

    @as_root
    def test_one_that_becomes_read_only(self, tmp_path):
        """Every page is told, and the journal."""
        pages(tmp_path, "in/a.html in/b.html")
        (tmp_path / "out").mkdir()
        script = """
            mount -t tmpfs none out && mount -o remount,ro out || exit 77
            "$PYTHON" -m adslot place --preset longform in -o out --jobs 2; echo $?
        """
        done = in_a_namespace(script, tmp_path)
        assert done.stdout == "1\n"
        assert done.stderr.count("Read-only file system") == 2
        assert "the journal out/.adslot-journal is not kept" in done.stderr
        assert "0 placed, 0 unchanged, 2 failed" in done.stderr


def test_a_folder_that_is_removed_meanwhile(tmp_path):
    """Is made again for the pages to come; a page of the input that has gone is told."""
    pages(tmp_path, " ".join(f"in/{number:04}.html" for number in range(500)))
    words = ("-m", "adslot", "place", *PRESET, "in", "-o", "out", "--jobs", "2")
    process = start(*words, folder=tmp_path)
    while not (tmp_path / "out" / "0009.html").exists():
        assert process.poll() is None
    (tmp_path / "in" / "0499.html").unlink()
    shutil.rmtree(tmp_path / "out", ignore_errors=True)
    _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert b"adslot: in/0499.html: No such file or directory\n" in told
    assert b"499 placed, 0 unchanged, 1 failed" in told
    done = shell("adslot place --preset longform in -o out --jobs 2", tmp_path)
    assert done.returncode == 0
    assert set(tree(tmp_path / "out").values()) == {FILLED.encode()}
    assert len(tree(tmp_path / "out")) == 499
