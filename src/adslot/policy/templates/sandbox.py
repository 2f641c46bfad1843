"""Jinja as templates have it: they see data and nothing else, and everything that they do is paid for.

Jinja's own sandbox keeps templates from what it knows to be dangerous. This one is closed: what is not named in
`attributes`, `filters`, `tests`, `language` or here does not exist. No sandbox bounds anything, so the price is ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import CodeType
from typing import Any

from jinja2 import StrictUndefined, Template, Undefined, pass_context, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context as Scope
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from adslot.policy.bounds import CHARS_PER_STEP, RANGE
from adslot.policy.templates import language
from adslot.policy.templates.attributes import MISSING, Method, attribute_of
from adslot.policy.templates.budget import Budget, Spent, current, held, spend
from adslot.policy.templates.data import TEXTS, WITH_ITEMS, Foreign
from adslot.policy.templates.filters import FILTERS, joined, paid
from adslot.policy.templates.operators import OPERATORS, worked_out
from adslot.policy.templates.tests import TESTS


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of all templates."""

    intercepted_binops = frozenset(OPERATORS)

    def __init__(self) -> None:
        super().__init__(
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_written,
            optimized=False,  # the optimizer works out at once what nobody pays for
            extensions=[language.Size],
        )
        self.filters = {**FILTERS, **_OWN}
        self.tests = dict(TESTS)
        self.globals = dict(GLOBALS)
        self.policies["json.dumps_kwargs"] = {"sort_keys": True, "default": _as_json}

    def budget_for(self, values: Mapping[str, Any]) -> Budget:
        """What may be spent on filling a template with *values*. What the policy says itself allows for nothing."""
        return Budget([values.get("items"), values.get("context")])

    def fill(self, program: Template, values: dict[str, Any], budget: Budget) -> str:
        """What *program* makes of *values*, which are data, within *budget*. Raises whatever it may raise."""
        token = current.set(budget)
        try:
            return self.concat(program.root_render_func(program.new_context(values)))
        finally:
            current.reset(token)

    def code_of(self, text: str, file: str) -> CodeType:
        """The program that fills the template *text*. Raises TemplateSyntaxError, and what compiling hostile text may raise."""
        return self.compile(language.priced(self.parse(text)), filename=file)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute`, of data only."""
        if attribute[:1] == "_":
            return self.unsafe_undefined(obj, attribute)
        found = attribute_of(obj, attribute)
        return self._lacking(obj, attribute) if found is MISSING else found

    def getitem(self, obj: Any, argument: Any) -> Any:
        """`obj[argument]`, of data only."""
        spend(1)
        if type(argument) in TEXTS:
            current.get().hold(len(argument))
        if type(obj) in WITH_ITEMS:
            try:
                return obj[argument]
            except (TypeError, LookupError):
                pass
        return self.getattr(obj, argument) if type(argument) in TEXTS else self._lacking(obj, argument)

    def _lacking(self, obj: Any, name: Any) -> Undefined:
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()  # noqa: SLF001  # Jinja's name for what subclasses call
        if type(obj) is Foreign:
            obj.fail()
        return self.undefined(obj=obj, name=name)

    def call(self, context: Scope, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """`obj(…)`: methods of data, macros, and loops that go deeper."""
        if type(obj) is Method:
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            return obj.run(*args, **kwargs)
        if isinstance(obj, Undefined):
            return obj()
        if type(obj) is not Macro and type(obj) is not LoopContext:
            raise TypeError(f"{type(obj).__name__!r} cannot be called")
        with current.get().call():
            return context.call(obj, *(map(_each, args) if type(obj) is LoopContext else args), **kwargs)

    def call_binop(self, context: Scope, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002  # Jinja's
        """`left + right` and the like."""
        return worked_out(operator, left, right)

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """All *parts* of what is written, each of which was paid for when it was made."""
        written = list(parts)
        current.get().hold(sum(map(len, written)))
        return "".join(written)


@pass_context  # with that, the compiler works nothing out itself
def _written(_context: Scope, value: Any) -> Any:
    """*value*, which is to be printed."""
    return value if type(value) in TEXTS and len(value) < CHARS_PER_STEP else held(value)


def _as_json(value: object) -> None:
    """What JSON has for *value*: null for what the context lacks."""
    if type(value) is not Undefined:
        raise TypeError(f"{type(value).__name__} is no JSON")


# -------------------------------------------------------------------- what `language` writes into templates


def _cut(value: Any, start: Any, stop: Any, step: Any) -> Any:
    return held(held(value)[start:stop:step])


def _each(value: Any) -> Any:
    """*value*, if it can be gone through; what is gone through then pays for itself."""
    if type(value) not in WITH_ITEMS and not isinstance(value, Undefined):
        raise TypeError(f"{type(held(value)).__name__!r} object is not iterable")
    return value


@pass_eval_context
def _joined(context: EvalContext, values: list[Any]) -> Any:
    return held(joined(["", *held(values)], escaping=context.autoescape))


_OWN: dict[str, Callable[..., Any]] = {
    language.CUT: _cut,
    language.EACH: _each,
    language.HELD: held,
    language.JOINED: _joined,
    language.STEP: spend,
}


# ------------------------------------------------------------------------------------------- globals


def _range(*args: int) -> list[int]:
    numbers = range(*args)
    if numbers[RANGE:]:
        raise Spent(f"a range of more than {RANGE:,} numbers")
    return list(numbers)


def _namespace(*args: Any, **kwargs: Any) -> Namespace:
    held([*args, kwargs])
    return Namespace(*args, **kwargs)


GLOBALS: Mapping[str, Method] = {
    "namespace": Method(_namespace),
    "range": Method(paid(_range)),
}
