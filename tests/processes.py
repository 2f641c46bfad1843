"""The command line as a process of its own, with streams and signals as the system has them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

PATIENCE = 60
_CODE = tempfile.TemporaryDirectory(prefix="adslot-code-")  # so that not every process compiles the package anew
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith(("ADSLOT_", "PYTHONDONTWRITE"))},
    "PYTHONPYCACHEPREFIX": _CODE.name,
    "PYTHONUTF8": "1",
    "NO_COLOR": "1",
    "PYTHON": sys.executable,
}
as_root = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="only root makes devices and gives files away"
)
STORY = "".join(f"<p>Absatz {number}. {'Die Bahn fährt wieder. ' * 20}</p>\n" for number in range(8))
# One that warns of every page, on standard error.
WARNING = (
    '[slots.a]\nkind = "ad"\nlabel = "Anzeige"\n[[rules]]\nname = "r"\nslot = "a"\nmin = 2\nmax = 3\napart = "90%"\n'
)


def hear() -> None:
    """Hear Ctrl-C: a shell has what it starts in the background ignore it, the tests and all below them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def shell(script: str, folder: Path, *, out: int = subprocess.PIPE, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a *script* in *folder*, in which `adslot` is the command; *more* variables, and where its output goes."""
    return subprocess.run(
        ["/bin/sh", "-c", f'adslot() {{ "$PYTHON" -m adslot "$@"; }}\n{script}'],
        cwd=folder,
        env={**ENVIRONMENT, **more},
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
        preexec_fn=hear,  # which asks nothing of any thread
    )


def in_a_namespace(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a script with mounts of its own; skip the test where there can be none."""
    (folder / "script.sh").write_text(script, encoding="utf-8")
    done = shell("unshare -m /bin/sh script.sh", folder)
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("nothing can be mounted here")
    return done


def start(*words: str, folder: Path, **how: Any) -> Any:
    """Start Python with these *words* in *folder*; *how*, as `Popen` takes it. Its streams are of bytes."""
    streams: dict[str, Any] = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "preexec_fn": hear,
    }
    return subprocess.Popen([sys.executable, *words], cwd=folder, env=ENVIRONMENT, **streams | how)


def pages(folder: Path, names: str) -> list[str]:
    """Write a page of each name to *folder*."""
    for name in names.split():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(STORY, encoding="utf-8")
    return names.split()
