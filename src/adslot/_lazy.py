"""`lazy`: a value that is worked out when it is first asked for, and kept; without a lock.

`functools.cached_property` of Python 3.11 has one lock for a property of all instances, and holds it while the value
is worked out. Where that asks a caller's function, such as a relevance that takes its time, all threads wait for one;
and a process that is forked meanwhile has the lock for ever, with nobody to let it go.

Here two threads that ask at once both work it out, and get the same value: that of the first one to be done. What is
asked in this package depends on nothing but the instance, so nothing is lost but the time.
"""

from __future__ import annotations

from functools import cached_property  # noqa: TID251  # see above
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # What a value of a class is, type checkers know of this one.
    lazy = cached_property
else:
    # A subclass, so that attrs knows it: of a class with slots it makes a slot of it, and has no lock either.
    class lazy(cached_property):  # noqa: N801  # a decorator
        """A property that is worked out once.

        >>> class Story:
        ...     @lazy
        ...     def words(self):
        ...         print("counting")
        ...         return 3
        >>> story = Story()
        >>> story.words, story.words
        counting
        (3, 3)
        """

        def __get__(self, instance: Any, owner: type | None = None) -> Any:
            if instance is None:
                return self
            return instance.__dict__.setdefault(self.attrname, self.func(instance))
