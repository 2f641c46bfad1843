"""The entry point of the command line. `--version` is answered before anything else is loaded."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from importlib import import_module

from adslot._version import VERSION


def main() -> None:
    """Run the command line on the arguments of the process."""
    _end_at_once()
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        _print_version()
    else:
        _collect_seldom()
        import_module("adslot.cli.commands").main()


def _end_at_once() -> None:
    """Let Ctrl-C end the process as it ends others: Python would raise KeyboardInterrupt wherever it is.

    A process that was started to ignore it ignores it.
    """
    if os.name == "posix" and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def _collect_seldom() -> None:
    """Look for garbage less often, and not at the end: to look through all that is loaded takes as long as some pages."""
    gc.set_threshold(20_000, 20, 20)
    atexit.register(gc.freeze)


def _print_version() -> None:
    streams = import_module("adslot.cli.streams")
    try:
        streams.put(f"adslot, version {VERSION}\n")
    except streams.ResultLostError as error:
        sys.exit(f"adslot: {error}" if error.is_told else 1)


if __name__ == "__main__":
    main()
