"""What an ASGI app waits for while the event loop goes on: a worker, and files."""

from __future__ import annotations

import asyncio
import os
import time
from concurrent.futures import Future
from contextlib import suppress
from stat import S_ISREG
from typing import Any

_NO_WAIT = getattr(os, "O_NONBLOCK", 0)  # for somebody to write into what is no file


def running() -> asyncio.AbstractEventLoop | None:
    """The event loop, None where another library than asyncio runs the app."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


async def settled(future: Future[Any], deadline: float) -> None:
    """Wait until something has become of *future*, but only until *deadline*, a time of `time.monotonic`.

    Whoever does not wait any longer, does not want it: it is cancelled unless it has begun.
    """
    loop, done = asyncio.get_running_loop(), asyncio.Event()

    def wake(_: object) -> None:
        with suppress(RuntimeError):  # the loop is closed, and nobody waits
            loop.call_soon_threadsafe(done.set)

    future.add_done_callback(wake)
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(deadline - time.monotonic()):
                await done.wait()
    finally:
        future.cancel()


def read(path: Any, limit: int) -> bytes | None:
    """The file at *path*; None where the server must see to it itself.

    It may be longer than *limit* bytes, it may be away, and what is no file might never come to an end.
    """
    try:
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _NO_WAIT)) as file:
            body = file.read(limit + 1) if S_ISREG(os.fstat(file.fileno()).st_mode) else None
    except OSError:
        return None
    return body if body is not None and len(body) <= limit else None
