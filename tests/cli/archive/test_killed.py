"""A run over an archive that is killed, at any moment: the next one completes it, and nothing is left behind."""

from __future__ import annotations

import os
import random
import signal
import time

import pytest

from adslot import place, preset
from tests.processes import PATIENCE, STORY, pages, shell, start

POINTS = int(os.environ.get("ADSLOT_INSTANCES", "4"))
FILES = 150
FILLED = place(STORY, preset("longform")).html.encode()
COMMAND = ("-m", "adslot", "place", "--preset", "longform", "in", "-o", "out", "--jobs", "2")


@pytest.mark.parametrize("point", range(POINTS))
def test_a_run_that_is_killed_is_completed_by_the_next(tmp_path, point):
    """Alone, or with its workers: every page is there, whole and once, and no temporary file."""
    chance = random.Random(point)
    names = pages(tmp_path, " ".join(f"in/{number % 5}/{number}.html" for number in range(FILES)))
    process = start(*COMMAND, folder=tmp_path, start_new_session=True)
    after = chance.randrange(FILES)
    end = time.monotonic() + PATIENCE
    while sum(len(files) for _, _, files in os.walk(tmp_path / "out")) < after and process.poll() is None:
        assert time.monotonic() < end
    time.sleep(chance.random() * 0.02)
    if chance.random() < 0.5:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate(timeout=PATIENCE)
    done = shell("adslot place --preset longform in -o out --jobs 2", tmp_path)
    assert done.returncode == 0, done.stderr
    assert f"{FILES} files" in done.stderr
    out = tmp_path / "out"
    found = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert found == {name.removeprefix("in/") for name in names} | {".adslot-journal"}
    assert all((out / name).read_bytes() == FILLED for name in found - {".adslot-journal"})
