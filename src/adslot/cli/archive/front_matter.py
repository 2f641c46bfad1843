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
from adslot.policy.numbers import brief
from adslot.policy.policy import Policy

try:
    import yaml
except ImportError as error:
    raise MissingExtraError("front-matter", "Pages with front matter") from error

ENCODING = "utf-8"  # of a page that has some: the generators read no other one
TABLE = "adslot"
_FORM = pattern(
    rb"""(?:\xef\xbb\xbf)?
    (?: ---[ \t]*\r?\n (?P<yaml>.*?) ^(?:---|\.\.\.) | \+{3}[ \t]*\r?\n (?P<toml>.*?) ^\+{3} )
    [ \t]*(?:\r?\n|\Z)""",
    re.S | re.M | re.X,
)
# Values that stand for others, of which a handful of lines can stand for millions, and levels of values in values, for
# each of which the reader needs some of the stack.
_MOST_ALIASES, _MOST_LEVELS = 20, 100
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
    matter = _of_yaml(found["yaml"]) if found["toml"] is None else _of_toml(found["toml"])
    own = matter.get(TABLE, {})
    if not isinstance(own, Mapping):
        raise _fault(f"{TABLE}: expected a table, found {brief(own)}")
    said = arguments(own)
    context = {key: matter[key] for key in _asked(policy) if matter.get(key) is not None}
    return Divided(found[0], data[found.end() :], {"context": {**context, **said.pop("context", {})}, **said})


def _of_toml(text: bytes) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text.decode())
    except (ValueError, RecursionError) as error:
        raise _fault(str(error)) from error


def _of_yaml(text: bytes) -> Mapping[str, Any]:
    try:
        _check_size(text)
        matter = yaml.load(text, _LOADER)  # noqa: S506  # it is a safe one
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _fault(str(error)) from error
    except (LookupError, AttributeError, TypeError) as error:  # of the readers of !!bool, !!timestamp and the like
        raise _fault("a value is not of the type that it names") from error
    if matter is not None and not isinstance(matter, Mapping):
        raise _fault(f"expected keys and values, found {brief(matter)}")
    return matter or {}


def _check_size(text: bytes) -> None:
    aliases = levels = 0
    for event in yaml.parse(text, _LOADER):
        aliases += isinstance(event, yaml.AliasEvent)
        levels += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if aliases > _MOST_ALIASES or levels > _MOST_LEVELS:
            raise _fault(f"expected at most {_MOST_ALIASES} aliases, and {_MOST_LEVELS} levels of values, found more")


def _fault(words: str) -> FrontMatterError:
    return FrontMatterError(f"front matter: {' '.join(words.split())}")


def _asked(policy: Policy) -> dict[str, None]:
    """The keys of a context that make a difference, in a fixed order."""
    return dict.fromkeys([*policy.context, *(key for case in policy.cases for key in case.when)])
