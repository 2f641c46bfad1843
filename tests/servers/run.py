"""The servers that cannot be told by their command lines to listen at a socket that is open already.

uvicorn can, but takes any for one of Unix, over which asyncio sends with delay.
"""

from __future__ import annotations

import logging
import socket
import sys

import uvicorn
import waitress

from tests.servers.site import asgi_app, wsgi_app


def main(server: str, number: str) -> None:
    """Serve until the process is ended."""
    listening = socket.socket(fileno=int(number))
    if server == "uvicorn":
        config = uvicorn.Config(asgi_app(), log_level="warning", lifespan="off", timeout_graceful_shutdown=2)
        uvicorn.Server(config).run([listening])
    else:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that requests wait is what a load is
        waitress.serve(wsgi_app(), sockets=[listening], threads=4)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    main(*sys.argv[1:])
