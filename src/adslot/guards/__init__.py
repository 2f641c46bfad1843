"""Guards: laws of taste that hold unless a policy takes them back. One module each."""

from types import ModuleType

from adslot.guards import adjacent, after_heading

GUARDS: dict[str, ModuleType] = {"after_heading": after_heading, "adjacent": adjacent}
