"""Ready policies, one commented TOML file each; the first line of a file says in one sentence what it is for."""

from __future__ import annotations

from functools import lru_cache

from adslot.packed import names_in, text_in


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The names of the ready policies, sorted."""
    return tuple(names_in(__name__, ".toml"))


def text_of(name: str) -> str:
    """The file of a ready policy, as it is."""
    return text_in(__name__, f"{name}.toml")


def is_of_others(name: str) -> bool:
    """Whether a ready policy says what another engine or a standard does, and so names its source, and is none to begin with."""
    return "\n# Source" in text_of(name)


def purpose_of(name: str) -> str:
    """What a ready policy is for, in one sentence."""
    return text_of(name).partition("\n")[0].removeprefix("# ")


def listing() -> str:
    """All ready policies, a line for each: first those to begin with, then what others do."""
    width = max(map(len, names()))
    own, others = ([name for name in names() if is_of_others(name) is which] for which in (False, True))
    parts = (("Begin with one of these:", own), ("What others do:", others))
    return "\n".join(
        f"{title}\n" + "".join(f"  {each:{width}}  {purpose_of(each)}\n" for each in part) for title, part in parts
    )
