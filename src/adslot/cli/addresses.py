"""Addresses: where a server listens, and by which names it may be asked for.

A page in somebody's browser can ask a server on their machine, under a name of its own that leads there (DNS
rebinding). Such a request says that name, so only known ones are answered.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

import attrs
import click

from adslot.patterns import pattern

_ADDRESS = pattern(r"(?:(?P<host>\[[^\[\]]*\]|[^\[\]:]*):)?(?P<port>[0-9]{1,5})")
_HOST = pattern(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[^\[\]:\s]+)(?::[0-9]{1,5})?")
_NAME = pattern(r"\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z_-]+(?:\.[0-9A-Za-z_-]+)*\.?")
_LOCAL = "localhost"


@attrs.frozen
class Address:
    """Where to listen, as numbers, and for whom besides this machine's own *names*."""

    host: str
    port: int
    names: frozenset[str]

    @property
    def is_version_6(self) -> bool:
        """Whether it is of IP version 6."""
        return ":" in self.host

    def url(self, port: int) -> str:
        """What to ask for, where a free *port* was found."""
        return f"http://[{self.host}]:{port}" if self.is_version_6 else f"http://{self.host}:{port}"

    def answers(self, host: str) -> bool:
        """Whether somebody is answered who asks for *host*, as the header of this name has it.

        >>> mine = address_of("8080", ["Adslot"])
        >>> [mine.answers(host) for host in ("127.0.0.1:8080", "[::1]", "LOCALHOST:80", "adslot", "evil.example", "")]
        [True, True, True, True, False, False]
        """
        match = _HOST.fullmatch(host)
        return match is not None and (_is_local(name := _plain(match["name"])) or name in self.names)


def address_of(text: str, names: Iterable[str] = ()) -> Address:
    """The address in `[HOST:]PORT`. Raises UsageError for one that others can reach, and no *names* to ask for.

    >>> address_of("8080").url(8080), address_of("[::1]:0").url(5)
    ('http://127.0.0.1:8080', 'http://[::1]:5')
    """
    match = _ADDRESS.fullmatch(text)
    if match is None or int(match["port"]) > 65535:
        raise click.UsageError(f"--http: expected a port such as 8080, or 127.0.0.1:8080, found {text!r}")
    host = _plain(match["host"] or "127.0.0.1")
    host = "127.0.0.1" if host == _LOCAL else host
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        raise click.UsageError(f"--http: expected an address in numbers or localhost, found {host!r}") from None
    known = frozenset(_name(name) for name in names)
    if not number.is_loopback and not known:
        raise click.UsageError(
            f"--http: others than this machine can reach {host}, and nothing asks them who they are: "
            "say with --allow-host by which name they may ask"
        )
    return Address(host, int(match["port"]), known)


def _name(text: str) -> str:
    """A name to be asked for. Raises UsageError for what none can be: a port is not part of it."""
    if not _NAME.fullmatch(text):
        raise click.UsageError(f"--allow-host: expected a host such as adslot.internal, found {text!r}")
    return _plain(text)


def _plain(name: str) -> str:
    return name.strip("[]").rstrip(".").lower()


def _is_local(name: str) -> bool:
    try:
        return name == _LOCAL or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
