"""What elements have from those that they lie in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from adslot.html.dom import Node

Value = TypeVar("Value")


class Inherited(Generic[Value]):
    """A value that goes down the tree from *start*, each element making its own of it by *step*.

    Every element is asked once, however many lie below it.
    """

    def __init__(
        self, parent: Callable[[Node], Node | None], start: Value, step: Callable[[Node, Value], Value]
    ) -> None:
        self._parent, self._start, self._step = parent, start, step
        self._known: dict[Node, Value] = {}

    def at(self, node: Node | None) -> Value:
        """The value at *node*, its own part included."""
        path = []
        while node is not None and node not in self._known:
            path.append(node)
            node = self._parent(node)
        value = self._start if node is None else self._known[node]
        for node in reversed(path):
            value = self._known[node] = self._step(node, value)
        return value
