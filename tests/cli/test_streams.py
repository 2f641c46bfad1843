"""Standard streams that are full, closed or read by nobody any more: no file is lost for that, and no traceback shown."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from adslot import strip
from adslot.cli.commands import main
from adslot.cli.streams import Talk, silence, takes_colour
from tests.processes import STORY, WARNING, pages, shell
from tests.slots import own

NAMES = "a.html b.html c.html"
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")


@pytest.fixture
def folder(tmp_path):
    """A folder with three pages, a policy that has a message for each, and a page with a finding."""
    pages(tmp_path, NAMES)
    (tmp_path / "p.toml").write_text(WARNING, encoding="utf-8")
    (tmp_path / "found.html").write_text(f"<h2>Titel</h2>{own('anzeige', 'in-text')}", encoding="utf-8")
    return tmp_path


def filled(folder, names=NAMES):
    """Whether all pages are in the folder `out`, with their slots."""
    texts = [(folder / "out" / name).read_text(encoding="utf-8") for name in names.split()]
    return all(strip(text) == STORY != text for text in texts)


@needs_full
@pytest.mark.parametrize("ending", ["2>/dev/full", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_messages_that_cannot_be_written_cost_no_file(folder, ending):
    """All files are written, and whole; that a message was lost costs the status 0."""
    done = shell(f"adslot place --policy p.toml {NAMES} -o out {ending}", folder)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert filled(folder)


@needs_full
def test_streams_that_are_not_needed_may_be_closed_or_full(folder):
    """Where there is nothing to say, nothing is lost; no file is opened in the place of a closed stream."""
    script = f"adslot strip {NAMES} -o out >/dev/full 2>/dev/full && adslot strip out -o out <&- >&- 2>&-"
    assert shell(script, folder).returncode == 0
    assert [(folder / "out" / name).read_text(encoding="utf-8") for name in NAMES.split()] == [STORY] * 3


@needs_full
@pytest.mark.parametrize(
    "command",
    [
        "place --preset de-news a.html",
        "check --preset de-news --format json found.html",
        "explain --preset de-news a.html b.html",
        "presets",
        "schema",
        "init -o -",
        "--help",
        "place --help",
        "--version",
        "--version --help",
    ],
)
def test_results_that_cannot_be_written_are_told(folder, command):
    """On a full disk a command ends with 1, and says so in one line."""
    done = shell(f"adslot {command} >/dev/full", folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == "adslot: standard output: No space left on device"
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["strip a.html", "--help", "--version"])
def test_a_closed_standard_output_is_told(folder, command):
    """It is no output that was written."""
    done = shell(f"adslot {command} >&-", folder)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "adslot: standard output: it is closed\n")


@pytest.mark.parametrize("command", ["presets", "--help", "--version"])
def test_a_reader_that_has_seen_enough(folder, command):
    """A command whose pipe is closed ends with 1, in silence."""
    read, write = os.pipe()
    os.close(read)
    done = shell(f"adslot {command}", folder, out=write)
    os.close(write)
    assert (done.returncode, done.stderr) == (1, "")


@needs_full
def test_nothing_can_be_written_at_all(folder):
    """The status says it."""
    assert shell("adslot strip a.html >/dev/full 2>/dev/full", folder).returncode == 1
    assert shell("adslot strip a.html >&- 2>&-", folder).returncode == 1


def test_a_closed_standard_input_is_told(folder):
    """It is an input that cannot be read, and costs no other one."""
    done = shell("adslot strip - a.html -o out <&-", folder)
    assert (done.returncode, done.stderr) == (1, "adslot: -: it is closed\n")
    assert (folder / "out" / "a.html").read_text(encoding="utf-8") == STORY


def test_a_terminal_without_the_letters(folder):
    """Reports show other letters by their numbers; what programs read is UTF-8 wherever it is printed."""
    (folder / "a.html").write_text("<h2>Züge</h2><p>Über die Brücke.</p>", encoding="utf-8")
    assert "Z\\xfcge" in shell("adslot sections a.html", folder, PYTHONIOENCODING="ascii", PYTHONUTF8="0").stdout
    assert (
        "Züge" in shell("adslot sections a.html --format json", folder, PYTHONIOENCODING="ascii", PYTHONUTF8="0").stdout
    )
    assert "関連記事" in shell("adslot presets ja-news", folder, PYTHONIOENCODING="ascii", PYTHONUTF8="0").stdout


class Broken(io.StringIO):
    """A stream of which every write fails."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def write(self, _text):
        raise self.error


@pytest.mark.parametrize("error", [OSError(28, "full"), ValueError("I/O operation on closed file")])
def test_talk_never_fails(error):
    """It remembers that something was lost."""
    talk = Talk(Broken(error))
    assert talk.write("Guten Tag\n") == 10
    talk.flush()
    assert talk.is_lost
    assert not talk.isatty()


def test_what_is_silenced_goes_nowhere(tmp_path):
    """Whatever still waits to be written does not fail when the process ends."""
    with (tmp_path / "text").open("w", encoding="utf-8") as stream:
        stream.write("too late")
        silence(stream)
    assert (tmp_path / "text").read_text(encoding="utf-8") == ""


def test_standard_error_is_given_back(tmp_path, monkeypatch):
    """Whoever calls the command in a process has the process's own streams afterwards."""
    monkeypatch.chdir(tmp_path)
    before = sys.stderr
    assert CliRunner().invoke(main, ["strip", "none.html"]).exit_code == 1
    assert sys.stderr is before


@pytest.mark.skipif(sys.platform == "win32", reason="there no colours are written")
@pytest.mark.parametrize(
    ("is_terminal", "environment", "expected"),
    [
        (True, {}, True),
        (True, {"NO_COLOR": ""}, True),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
        (False, {}, False),
    ],
)
def test_colours_are_for_terminals_of_people_who_want_them(monkeypatch, is_terminal, environment, expected):
    """NO_COLOR is heeded as it is written down: set to anything but nothing."""
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal, raising=False)
    assert takes_colour() is expected


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="the system has no pseudo-terminals")
def test_reports_have_colours_on_a_terminal(folder):
    """The overview and diffs; not where they go to a file or a pipe."""
    for command in ("explain a.html --preset de-news", "place --diff a.html --preset de-news"):
        assert "\x1b" not in shell(f"adslot {command}", folder).stdout
        master, slave = os.openpty()
        words = [str(Path(sys.executable).parent / "adslot"), *command.split()]
        environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm"}
        subprocess.run(words, cwd=folder, stdout=slave, stderr=subprocess.DEVNULL, env=environment, check=True)
        os.close(slave)
        assert b"\x1b[1m" in os.read(master, 10_000)
        os.close(master)
