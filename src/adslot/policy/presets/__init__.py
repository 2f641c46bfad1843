"""Ready policies, one commented TOML file each; the first line of a file says in one sentence what it is for."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The names of the ready policies, sorted."""
    found = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


def text_of(name: str) -> str:
    """The file of a ready policy, as it is."""
    return files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")


def purpose_of(name: str) -> str:
    """What a ready policy is for, in one sentence."""
    return text_of(name).partition("\n")[0].removeprefix("# ")
