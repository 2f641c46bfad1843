"""What a server and its worker process say to each other: plain values, over a socket that only these two have."""

from __future__ import annotations

import io
import pickle
import socket
import struct
import time
from typing import Any

_SIZE = struct.Struct("!Q")
_MODULES = frozenset("adslot builtins copyreg datetime decimal uuid zoneinfo".split())


class Wire:
    """One end of the socket. A *deadline* is a time of `time.monotonic`: what takes longer is a TimeoutError."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    def send(self, value: Any, deadline: float | None = None) -> None:
        """Send *value*. Raises ForeignError for one that cannot be sent, OSError where nobody listens."""
        data = dumped(value)
        self._end.settimeout(_left(deadline))
        self._end.sendall(_SIZE.pack(len(data)) + data)

    def receive(self, deadline: float | None = None) -> Any:
        """The next value. Raises EOFError where the other end is closed, ForeignError where it is no plain data."""
        (size,) = _SIZE.unpack(self._exactly(_SIZE.size, deadline))
        return _Unpickler(io.BytesIO(self._exactly(size, deadline))).load()

    def close(self) -> None:
        """Close this end, which ends a worker."""
        self._end.close()

    def _exactly(self, size: int, deadline: float | None) -> bytearray:
        data = bytearray(size)
        view, got = memoryview(data), 0
        while got < size:
            self._end.settimeout(_left(deadline))
            count = self._end.recv_into(view[got:])
            if not count:
                raise EOFError("the other end is closed")
            got += count
        return data


class ForeignError(Exception):
    """A value that is no plain data: to read it, a process would have to import the site."""


class _Unpickler(pickle.Unpickler):
    """Reads plain data and values of adslot only: a worker process knows nothing of the site, and runs none of it."""

    def find_class(self, module: str, name: str) -> Any:
        if module.partition(".")[0] not in _MODULES:
            raise ForeignError(f"{module}.{name} is no plain data")
        return super().find_class(module, name)


def dumped(value: Any) -> bytes:
    """*value* as bytes. Raises ForeignError for one that no other process can have."""
    try:
        return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # it depends on the value what it raises
        raise ForeignError(f"{type(error).__name__}: {error}") from error


def _left(deadline: float | None) -> float | None:
    """The seconds until then. Raises TimeoutError where there are none."""
    if deadline is None:
        return None
    if (seconds := deadline - time.monotonic()) <= 0:
        raise TimeoutError("the time is over")
    return seconds
