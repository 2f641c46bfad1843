"""Plone: a transform for `plone.transformchain`, which takes whatever the one before it left: an lxml tree, text or bytes.

    class Slots(AdslotTransform, policy=Path(__file__).with_name("adslot.toml")):
        pass

Other pipelines of lxml trees need `adslot.place_tree` and nothing of this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar

import adslot
from adslot.contrib._faults import Faults
from adslot.contrib._policies import Setting, policy_of
from adslot.contrib._said import Offered, context_of, offered_of
from adslot.contrib._warned import Warned

try:
    from ZODB.POSException import ConflictError
except ImportError:  # pragma: no cover  # a pipeline without Zope
    _OF_ZOPE: tuple[type[Exception], ...] = ()
else:
    _OF_ZOPE = (ConflictError,)  # then Zope does the whole request once more

_Result = TypeVar("_Result")
_Html = TypeVar("_Html", str, bytes)


class AdslotTransform:
    """Places slots in HTML responses; make a class of it with the keyword *policy*, and register that as an adapter.

    *policy* is a file, the name of a preset, a mapping or an `adslot.Policy`. A wrong one raises PolicyError when the
    class is made, so that Plone does not start with it. What goes wrong with one page is logged, and the page is
    left as it is: an error here would take all transforms back. With *debug* it is raised.
    """

    #: After Diazo (8850), so that slots are placed in the page that readers get.
    order = 9500
    policy: ClassVar[adslot.Policy]
    faults: ClassVar[Faults] = Faults(passed=_OF_ZOPE)
    warned: ClassVar[Warned] = Warned()

    def __init_subclass__(cls, *, policy: Setting | None = None, debug: bool = False, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        cls.faults = Faults(lambda: debug, _OF_ZOPE)
        if policy is not None:
            cls.policy = policy_of(policy)

    def __init__(self, published: Any, request: Any) -> None:
        self.published, self.request = published, request

    def context(self) -> Mapping[str, object] | None:
        """What is known of the page, for the cases of the policy: nothing, until a subclass knows more."""
        return {}

    def related(self) -> Offered | None:
        """Articles for teasers: none, until a subclass has some."""
        return ()

    def url(self) -> str | None:
        """The address of the page, where its head does not say it."""
        return None

    # ------------------------------------------------------------------ what transformchain calls

    def transformUnicode(self, result: str, encoding: str) -> str | None:  # noqa: ARG002, N802  # the interface's
        """The page with its slots, every other character as it was; None leaves it."""
        return self._safely(lambda: self._told(adslot.place(result, self.policy, **self._page())))

    def transformBytes(self, result: bytes, encoding: str) -> bytes | None:  # noqa: N802
        """The same for bytes."""
        return self._safely(lambda: self._told(adslot.place(result, self.policy, encoding=encoding, **self._page())))

    def transformIterable(self, result: Any, encoding: str) -> Any:  # noqa: N802
        """The same for a serializer, whose tree is changed in place, and for parts of bytes."""
        if hasattr(result, "tree"):
            self._safely(lambda: self._warn(adslot.place_tree(result.tree, self.policy, **self._page())))
            return result
        return self.transformBytes(b"".join(result), encoding) if self._is_html() else None

    def _page(self) -> dict[str, Any]:
        return {"context": context_of(self.context()), "related": offered_of(self.related()), "url": self.url()}

    def _told(self, result: adslot.Result[_Html]) -> _Html:
        self._warn(result.plan)
        return result.html

    def _warn(self, plan: adslot.Plan) -> None:
        self.warned.tell(self._where, plan.warnings)

    @property
    def _where(self) -> str:
        return str(self.request.get("URL", "a page"))

    def _safely(self, work: Callable[[], _Result]) -> _Result | None:
        if not self._is_html():
            return None
        return self.faults.guard(work, None, f"no slots in {self._where}")

    def _is_html(self) -> bool:
        kind = self.request.response.getHeader("content-type") or ""
        return bool(kind.partition(";")[0].strip().lower() == "text/html")
