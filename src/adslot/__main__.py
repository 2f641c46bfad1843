"""The entry point of the command line. `--version` is answered before anything else is loaded."""

from __future__ import annotations

import sys
from importlib import import_module

from adslot._version import VERSION


def main() -> None:
    """Run the command line on the arguments of the process."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"adslot, version {VERSION}\n")
    else:
        import_module("adslot.cli").main()


if __name__ == "__main__":
    main()
