"""The search for one target, in a process of its own: `python -m tests.fuzz.search TARGET SECONDS [FOLDER]`.

It ends with exit code 1 at the first input that breaks the law, which it prints as small as it gets, ready to be an
`@example`; or with 0 when its CPU seconds are over. Both with a line that says how many inputs were tried.
"""

from __future__ import annotations

import os
import random
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, NoReturn

_FOLDER = Path("build/fuzz")
# So much of a traceback is shown.
_FRAMES = 12
# Integrations know the public interface only; the entry point runs the command.
_LEFT_OUT = ("adslot.contrib", "adslot.__main__")


def search(target: str, seconds: float, seeds: str | None) -> NoReturn:
    """Try inputs for so many CPU *seconds*, or until one breaks the law."""
    guided = _load_instrumented()
    # Imported here: adslot comes with them, which must be loaded under the eyes of atheris.
    from tests.fuzz.hunt import Hunt  # noqa: PLC0415
    from tests.fuzz.pages import load_seeds  # noqa: PLC0415

    if seeds:
        load_seeds(seeds)
    hunt = Hunt(import_module(f"tests.fuzz.{target}").law)
    begun = time.process_time()

    def one_input(data: bytes) -> None:
        broken = not hunt.try_bytes(data)
        spent = time.process_time() - begun
        if broken:
            _end(1, _told(target, hunt.count, spent, "a FINDING"), *_finding(hunt))
        if spent >= seconds:
            _end(0, _told(target, hunt.count, spent, "no finding" if guided else "no finding (without atheris)"))

    if guided:
        _atheris_search(target, one_input)
    _random_search(one_input)


def _load_instrumented() -> bool:
    """Load adslot so that atheris sees what is reached in it; False where there is no atheris."""
    if find_spec("atheris") is None:
        return False
    import atheris  # noqa: PLC0415  # has no wheel for some machines

    with atheris.instrument_imports(include=["adslot", "cssselect", "w3lib"]):
        package = import_module("adslot")
        from adslot.errors import MissingExtraError  # noqa: PLC0415  # so that it is seen, too

        for module in walk_packages(package.__path__, "adslot."):
            if not module.name.startswith(_LEFT_OUT):
                with suppress(MissingExtraError):  # of engines, which no search asks
                    import_module(module.name)
    return True


def _atheris_search(target: str, one_input: Callable[[bytes], None]) -> NoReturn:
    """libFuzzer's search; the inputs that it thinks worth going on from stay in build/ for the next time."""
    import atheris  # noqa: PLC0415  # as above

    corpus = _FOLDER / target
    corpus.mkdir(parents=True, exist_ok=True)
    limits = ["-max_len=4096", "-timeout=1800", "-rss_limit_mb=4096"]
    atheris.Setup([sys.argv[0], *limits, "-verbosity=0", f"-artifact_prefix={corpus}-", str(corpus)], one_input)
    atheris.Fuzz()
    _end(1, f"{target}: the search came to an end by itself")


def _random_search(one_input: Callable[[bytes], None]) -> NoReturn:
    """Where atheris is not to be had: other bytes each time."""
    chance = random.Random()
    while True:
        one_input(chance.randbytes(16))


# ------------------------------------------------------------------------------------------ what is said


def _told(target: str, count: int, seconds: float, sort: str) -> str:
    return (
        f"{target:12} {count:9,} inputs in {seconds:6,.0f} CPU s, {count / max(seconds, 0.001):7,.1f} a second: {sort}"
    )


def _finding(hunt: Any) -> list[str]:
    from tests.fuzz.hunt import as_example  # noqa: PLC0415  # as above

    call, error = hunt.least()
    error.__notes__ = []  # Hypothesis's: the same call, in its own words
    lines = traceback.format_exception(type(error), error, error.__traceback__, chain=False)
    return [*(line.rstrip("\n") for line in lines[-_FRAMES:]), as_example(call)]


def _end(code: int, *lines: str) -> NoReturn:
    """Print *lines* and end the process, past what atheris does at the end of one."""
    text = "\n".join(lines) + "\n"
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    search(sys.argv[1], float(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)
