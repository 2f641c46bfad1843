"""Ctrl-C and other signals: they end the program at once and without a traceback, and leave no half file."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import time
from pathlib import Path

import pytest

from adslot import strip
from tests.processes import PATIENCE, STORY, pages, shell, start

# Whoever runs the tests in the background, say by nohup, has some of them ignored, and so do the commands then.
ENDING = [
    number
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    if signal.getsignal(number) is not signal.SIG_IGN
]
PLACE = ("place", "--preset", "longform")
# The command, which says when it has written a file that is not yet in its place, and waits for a line then.
WAITING = """
import os, sys
from adslot.__main__ import main

sync = os.fsync

def waiting(handle):
    print("written", flush=True)
    sys.stdin.readline()
    sync(handle)

os.fsync = waiting
main()
"""


def waits(folder, *words):
    """The command, waiting at its first file."""
    process = start("-c", WAITING, *words, folder=folder, stdin=subprocess.PIPE)
    assert process.stdout.readline() == b"written\n"
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_moments(tmp_path, number):
    """While the command is still being loaded."""
    process = start("-X", "importtime", "-m", "adslot", *PLACE, "none.html", folder=tmp_path)
    for line in process.stderr:
        if b"click.exceptions" in line:  # one of the first that the commands need
            process.send_signal(number)
            break
    _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == -number
    assert b"Traceback" not in told
    assert b"Interrupt" not in told


@pytest.mark.parametrize("number", ENDING)
def test_a_file_that_is_being_written(tmp_path, number):
    """Is written first, and is the last one."""
    pages(tmp_path, "a.html b.html")
    process = waits(tmp_path, *PLACE, "a.html", "b.html", "-o", "out")
    process.send_signal(number)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=0.1)
    assert process.communicate(b"\n", timeout=PATIENCE) == (b"", b"")
    assert process.returncode == -number
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.html"]
    assert strip((tmp_path / "out" / "a.html").read_text(encoding="utf-8")) == STORY


def test_a_run_that_is_killed(tmp_path):
    """The old page is as it was; what was left beside it the next run removes."""
    pages(tmp_path, "a.html")
    process = waits(tmp_path, *PLACE, "a.html", "-o", "a.html")
    process.kill()
    process.communicate(timeout=PATIENCE)
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == STORY
    assert len(list(tmp_path.iterdir())) == 2
    assert shell("adslot place --preset longform a.html -o a.html", tmp_path).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


def test_two_runs_at_once(tmp_path):
    """One does not take for left what the other still writes."""
    pages(tmp_path, "a.html b.html")
    process = waits(tmp_path, *PLACE, "a.html", "-o", "a.html")
    assert shell("adslot place --preset longform b.html -o b.html", tmp_path).returncode == 0
    assert process.communicate(b"\n", timeout=PATIENCE) == (b"", b"")
    assert process.returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.html"]


def test_a_signal_that_is_ignored(tmp_path):
    """Stays ignored: nohup and the shell's background say so."""
    pages(tmp_path, "a.html")
    process = start(
        "-c",
        f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); signal.signal(signal.SIGHUP, signal.SIG_IGN){WAITING}",
        *PLACE,
        "a.html",
        "-o",
        "a.html",
        folder=tmp_path,
        stdin=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"written\n"
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGHUP)
    assert process.communicate(b"\n", timeout=PATIENCE) == (b"", b"")
    assert process.returncode == 0


def test_control_c_at_a_terminal(tmp_path):
    """While the progress bar is shown: the cursor, which it hides, is shown again."""
    names = pages(tmp_path, " ".join(f"in/{number}.html" for number in range(2000)))
    ours, theirs = pty.openpty()
    process = start(
        "-m",
        "adslot",
        *PLACE,
        "in",
        "-o",
        "out",
        folder=tmp_path,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        preexec_fn=lambda: control(theirs),
    )
    os.close(theirs)
    said = until(ours, lambda said: b"\x1b[?25l" in said and (tmp_path / "out" / "1.html").exists())
    os.write(ours, b"\x03")
    said += until(ours, lambda _: False)
    process.wait(timeout=PATIENCE)
    os.close(ours)
    assert process.returncode == -signal.SIGINT
    assert b"Traceback" not in said
    assert said.rindex(b"\x1b[?25h") > said.rindex(b"\x1b[?25l")
    written = list((tmp_path / "out").iterdir())
    assert len(written) < len(names)
    assert all(strip(path.read_text(encoding="utf-8")) == STORY for path in written)


def control(terminal):
    """Make *terminal* that of a new session."""
    import fcntl  # noqa: PLC0415  # in the child
    import termios  # noqa: PLC0415

    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)


def until(terminal, holds):
    """What is said at *terminal* until something *holds*."""
    said, end = b"", time.monotonic() + PATIENCE
    while not holds(said):
        assert time.monotonic() < end
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                said += os.read(terminal, 65536)
            except OSError:  # nobody is there any more
                break
    return said


def test_a_pipe_that_nobody_reads(tmp_path):
    """The command waits for a reader, and Ctrl-C ends it."""
    pages(tmp_path, "a.html")
    os.mkfifo(tmp_path / "pipe")
    process = start("-m", "adslot", *PLACE, "a.html", "-o", "pipe", folder=tmp_path)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=0.8)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=PATIENCE) == (b"", b"")
    assert process.returncode == -signal.SIGINT
    assert Path(tmp_path / "pipe").is_fifo()
