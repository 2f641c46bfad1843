"""Contexts as the command line gives them: `KEY=VALUE`, each value read as TOML reads it, and as a text where it is none."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from adslot.patterns import pattern

_NUMBER = pattern(r"[+-]?(?:0|[1-9](?:_?[0-9]){0,37})")
_WORDS = {"true": True, "false": False}
# What TOML does not take for a number or a bool, and people may.
_NUMBER_LIKE = pattern(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]+)?")
_BOOL_LIKE = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}


def context_of(pairs: tuple[str, ...]) -> dict[str, str | int | bool]:
    """The context that the options give. What reads like something else than it is, is reported."""
    found: dict[str, str | int | bool] = {}
    for pair in pairs:
        key, equals, text = pair.partition("=")
        if not equals or not key:
            raise click.BadParameter(f"expected KEY=VALUE, found {pair!r}", param_hint="--context")
        found[key] = value_of(text)
        for warning in _warnings(text, found[key]):
            click.echo(f"adslot: --context {key}: {text!r} is read as a text{warning}", err=True)
    return found


def value_of(text: str) -> str | int | bool:
    """The value in a *text*: true, false, a whole number or a text in quotes as TOML has them, or the text itself.

    >>> [value_of(text) for text in ("true", "True", "5", "007", '"5"', "sport")]
    [True, 'True', 5, '007', '5', 'sport']
    """
    if text in _WORDS:
        return _WORDS[text]
    if _NUMBER.fullmatch(text):
        return int(text)
    return _unquoted(text)


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] == "'" and "'" not in text[1:-1]:
        return text[1:-1]
    try:
        value = json.loads(text) if text.startswith('"') else text
    except ValueError:
        return text
    return str(value)


def _warnings(text: str, value: str | int | bool) -> Iterator[str]:  # noqa: FBT001  # a value as it was read
    """What was perhaps meant instead of a text."""
    if value != text:
        return
    if bool_ := _BOOL_LIKE.get(text.lower()):
        yield f"; a bool is {bool_}"
    elif _NUMBER_LIKE.fullmatch(text):
        yield "; a number is whole, and begins with no zero"
