"""Guards: laws of taste that hold unless a policy takes them back. One module each."""

from types import ModuleType

from adslot.guards import adjacent, after_heading, caption, list_intro, tail
from adslot.guards import float as floats

GUARDS: dict[str, ModuleType] = {
    "after_heading": after_heading,
    "list_intro": list_intro,
    "caption": caption,
    "tail": tail,
    "adjacent": adjacent,
    "float": floats,
}
