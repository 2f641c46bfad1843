"""--watch: what was shown is shown again, when a file has changed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

POLICY = '[slots.a]\nkind = "promo"\nhtml = "{html}"\n[[rules]]\nname = "r"\nslot = "a"\nafter = "text"\n'
PAGE = "<p>Der Zug hält.</p><p>Der Zug fährt.</p><p>Der Zug kommt an.</p>"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "adslot.toml").write_text('extends = "teile/basis.toml"\n', "utf-8")
    (tmp_path / "teile").mkdir()
    (tmp_path / "teile" / "basis.toml").write_text(POLICY.format(html="<b>eins</b>"), "utf-8")
    (tmp_path / "seite.html").write_text(PAGE, "utf-8")
    return tmp_path


@pytest.fixture
def watch(folder):
    """Starts a command with --watch; what it has written to standard output and errors by now."""
    running = []

    def started(*words):
        log = folder / "log.out"
        with log.open("wb") as file:
            command = [sys.executable, "-P", "-m", "adslot", *words, "--watch"]
            running.append(subprocess.Popen(command, cwd=folder, stdout=file, stderr=subprocess.STDOUT))
        return log

    yield started
    for process in running:
        process.terminate()
        process.wait(20)


def seen(log: Path, times: int, text: str) -> str:
    """The log, once it holds *text* so many *times*."""
    for _ in range(400):
        if (found := log.read_text("utf-8")).count(text) >= times:
            return found
        time.sleep(0.05)
    raise AssertionError(log.read_text("utf-8"))


def test_a_change_of_any_file_is_shown(folder, watch):
    """The page, the policy, and what it extends; an error is told, and the next save mends it."""
    log = watch("explain", "seite.html")
    assert "+ a (rule r)" in seen(log, 1, "are watched")
    (folder / "seite.html").write_text(PAGE.replace("kommt an", "bleibt stehen"), "utf-8")
    assert "Der Zug bleibt stehen." in seen(log, 2, "are watched")
    (folder / "teile" / "basis.toml").write_text(POLICY.format(html="<b>"), "utf-8")
    assert "basis.toml" in seen(log, 3, "are watched")
    (folder / "teile" / "basis.toml").write_text(POLICY.format(html="<i>zwei</i>"), "utf-8")
    assert seen(log, 4, "are watched").count("+ a (rule r)") == 3


def test_what_the_command_writes_is_no_change(folder, watch):
    """A preview beside the policy is written once, until something else has changed."""
    log = watch("preview", "seite.html", "-o", "bericht.html")
    seen(log, 1, "are watched")
    time.sleep(1)
    assert log.read_text("utf-8").count("are watched") == 1
    (folder / "adslot.toml").write_text('extends = "teile/basis.toml"\n[guards]\ntail = false\n', "utf-8")
    seen(log, 2, "are watched")
    assert "<!doctype html>" in (folder / "bericht.html").read_text("utf-8")


def test_a_file_beside_the_pages_is_no_module(folder, watch):
    """Whatever it is called."""
    (folder / "click.py").write_text("raise SystemExit('ran a file of the folder')\n", "utf-8")
    assert "+ a (rule r)" in seen(watch("explain", "seite.html"), 1, "are watched")


def test_standard_output_is_no_change(folder):
    """Also where it is a file beside the policy."""
    with (folder / "bericht.txt").open("wb") as file:
        command = [sys.executable, "-P", "-m", "adslot", "explain", "seite.html", "--watch"]
        process = subprocess.Popen(command, cwd=folder, stdout=file, stderr=subprocess.PIPE)
    assert process.stderr is not None
    while b"are watched" not in (line := process.stderr.readline()):
        assert line
    time.sleep(2)
    process.terminate()
    assert b"are watched" not in process.communicate(timeout=20)[1]


def test_standard_input_cannot_be_watched(folder):
    """It is read once."""
    command = [sys.executable, "-P", "-m", "adslot", "explain", "-", "--watch"]
    done = subprocess.run(command, cwd=folder, capture_output=True, input=b"", check=False, timeout=60)
    assert done.returncode == 2
    assert b"standard input is read once" in done.stderr
