"""A law that is tried on bytes: Hypothesis makes of them what it is given, and makes small what breaks it."""

from __future__ import annotations

import random
import signal
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, NoReturn

from hypothesis import HealthCheck, Phase, settings
from hypothesis.database import InMemoryExampleDatabase

from adslot import Policy, dumps

# CPU seconds for one input, which is smaller than a real page or one: many times what the slowest takes.
PATIENCE = 10.0
# As many bytes as Hypothesis takes for one input.
_WHOLE = 8192

Call = dict[str, Any]


class TooSlow(AssertionError):  # noqa: N818  # a law is broken, like others
    """One input took longer than `PATIENCE`."""


def _stop(_signal: int, _frame: object) -> NoReturn:
    raise TooSlow(f"more than {PATIENCE} s")


def _set_alarm(seconds: float) -> None:
    """Ring after so many CPU seconds, where the system can; 0 for never."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGVTALRM, _stop)
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)


def _keep_time(begun: float) -> None:
    """Tell of an alarm that was swallowed on its way."""
    if (spent := time.process_time() - begun) > 0.9 * PATIENCE:  # alarms ring a little early
        raise TooSlow(f"{spent:.0f} s")


class Hunt:
    """A law that is tried on one input after the other, and what came of it."""

    def __init__(self, law: Any) -> None:
        self.inner: Callable[..., object] = law.hypothesis.inner_test
        self.failed: tuple[Call, Exception] = ({}, AssertionError("nothing was tried"))
        law.hypothesis.inner_test = self._watched
        quiet = settings(
            database=InMemoryExampleDatabase(),
            deadline=None,
            phases=[Phase.reuse, Phase.shrink],
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        )
        self.law = quiet(law)
        self.count = 0

    def try_bytes(self, data: bytes) -> bool:
        """Whether the law holds for the input that *data* stands for.

        Where Hypothesis wants more bytes than there are it is given some by chance, the same ones for the same *data*.
        """
        self.count += 1
        more = random.Random(zlib.crc32(data)).randbytes(max(_WHOLE - len(data), 0))
        try:
            self.law.hypothesis.fuzz_one_input(data + more)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is the finding
            if error is not self.failed[1]:  # was raised before the law was called
                self.failed = {}, error
            return False
        return True

    def least(self) -> tuple[Call, Exception]:
        """The smallest input found that breaks the law in the way the last one did, and how it does."""
        with suppress(Exception):  # remembered as the one that failed; another is Hypothesis's own
            self.law()
        call, error = self.failed
        first = next(iter(call), "")  # the input itself; the others say what is done with it
        return self._with_less(first, call, error) if isinstance(call.get(first), str | bytes) else self.failed

    def _watched(self, **call: Any) -> None:
        """Call the law with an eye on the clock, and remember what broke it."""
        begun = time.process_time()
        _set_alarm(PATIENCE)
        try:
            self.inner(**call)
            _keep_time(begun)
        except Exception as error:
            if type(error).__module__.partition(".")[0] != "hypothesis":
                self.failed = call, error
            raise
        finally:
            _set_alarm(0)

    def _with_less(self, name: str, call: Call, error: Exception) -> tuple[Call, Exception]:
        """*call* with all taken out of its text *name* that is not needed to break the law in the same way."""
        text, size, place = call[name], len(call[name]), 0
        while size:
            place = 0
            while place < len(text):
                less = text[:place] + text[place + size :]
                broken = self._error({**call, name: less})
                if broken is not None and _site(broken) == _site(error):
                    text, error = less, broken
                else:
                    place += size
            size //= 2
        return {**call, name: text}, error

    def _error(self, call: Call) -> Exception | None:
        try:
            self._watched(**call)
        except Exception as error:  # noqa: BLE001  # any
            return error
        return None


def _site(error: Exception) -> tuple[type, str, int]:
    """What *error* is, and where it was raised: two of one site are taken for one finding."""
    trace: TracebackType | None = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return (type(error), trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else (type(error), "", 0)


# ------------------------------------------------------------------------------------------ what is said


def as_example(call: Mapping[str, object]) -> str:
    """The decorator that tries this call again."""
    arguments = "".join(f"    {name}={_literal(value)},\n" for name, value in call.items())
    return f"@example(\n{arguments})"


def _literal(value: object) -> str:
    return f"adslot.loads({dumps(value)!r})" if isinstance(value, Policy) else repr(value)
