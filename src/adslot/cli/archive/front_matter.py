"""Front matter: what the source of a static site says of a page in front of it, in YAML or TOML, as Hugo and Jekyll read it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import attrs

from adslot.batch.rows import arguments
from adslot.errors import AdslotError, MissingExtraError
from adslot.patterns import pattern
from adslot.policy.policy import Policy

try:
    import yaml
except ImportError as error:
    raise MissingExtraError("front-matter", "Pages with front matter") from error

ENCODING = "utf-8"  # of a page that has some: the generators read no other one
TABLE = "adslot"
_FORM = pattern(
    rb"(?:\xef\xbb\xbf)?(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<text>.*?)^(?P=fence)[ \t]*(?:\r?\n|\Z)", re.S | re.M
)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class FrontMatterError(AdslotError):
    """Front matter that cannot be read."""


@attrs.frozen
class Divided:
    """A page in two: its *front* matter with the lines that fence it, b"" if it has none, and the *page* itself.

    *said* is what is told of the page as arguments of `adslot.place`.
    """

    front: bytes
    page: bytes
    said: Mapping[str, Any]


def divided(data: bytes, policy: Policy) -> Divided:
    """A page, and what its front matter says. Raises FrontMatterError, RowError and RelatedError.

    The context is made of all keys that the cases of *policy* ask for. The table `adslot` says what a row of a table
    may say, and its context is laid over that.

    >>> from adslot import loads
    >>> policy = loads('cases = [{ when = { section = "sport" }, limits = { ads = 0 } }]')
    >>> page = b"---\\ntitle: Bahn\\nsection: sport\\nadslot:\\n  url: /bahn/\\n---\\n<p>Eins."
    >>> divided(page, policy).page, divided(page, policy).said
    (b'<p>Eins.', {'context': {'section': 'sport'}, 'url': '/bahn/'})
    """
    found = _FORM.match(data)
    if found is None:
        return Divided(b"", data, {})
    matter = _read(found["text"], is_toml=found["fence"] == b"+++")
    own = matter.get(TABLE, {})
    if not isinstance(own, Mapping):
        raise FrontMatterError(f"front matter: {TABLE}: expected a table, found {own!r:.80}")
    said = arguments(own)
    context = {key: matter[key] for key in _asked(policy) if matter.get(key) is not None}
    return Divided(found[0], data[found.end() :], {"context": {**context, **said.pop("context", {})}, **said})


def _read(text: bytes, *, is_toml: bool) -> Mapping[str, Any]:
    try:
        matter = tomllib.loads(text.decode()) if is_toml else yaml.load(text, _LOADER)  # noqa: S506  # it is a safe one
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        raise FrontMatterError(f"front matter: {' '.join(str(error).split())}") from error
    if matter is not None and not isinstance(matter, Mapping):
        raise FrontMatterError(f"front matter: expected keys and values, found {matter!r:.80}")
    return matter or {}


def _asked(policy: Policy) -> dict[str, None]:
    """The keys of a context that make a difference, in a fixed order."""
    return dict.fromkeys([*policy.context, *(key for case in policy.cases for key in case.when)])
