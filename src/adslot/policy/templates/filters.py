"""The filters that templates have: Jinja's, each paid for by what it reads and makes, and none that pads or picks by chance.

What makes much of little (`replace`, `join`, `format`, …) is looked at before it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from jinja2 import Environment, StrictUndefined, Undefined, pass_context, pass_environment, pass_eval_context
from jinja2.filters import FILTERS as JINJA
from jinja2.filters import make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup, escape

from adslot.patterns import pattern
from adslot.policy.bounds import CHARS_PER_STEP, INDENT, WIDTH
from adslot.policy.templates.budget import current, held, spend
from adslot.policy.templates.data import NUMBERS, TEXTS, WITH_ITEMS

# Jinja's as they are, by what their price is. These read more than they make, or make it of several values,
_PAID = "abs dictsort max min truncate wordcount xmlattr".split()
# these make about as much as they read,
_AS_MUCH = "capitalize e escape forceescape items lower safe string title upper urlencode".split()
# these leave of a list what they are told to by what has a price of its own,
_FEWER = "list reject rejectattr reverse select selectattr".split()
# and these look at no more than one thing.
_BLIND = "count d default first last length".split()

_GIVEN = WITH_ITEMS | NUMBERS | {type(None), Undefined, StrictUndefined}
# Short runs only: what has longer ones is none, and nothing is tried twice.
_DIRECTIVE = pattern(r"%(?:\([^()]*\))?[-#0 +]{0,5}([0-9]{0,4})(?:\.([0-9]{0,4}))?[hlL]?[diouxXeEfFgGcrsa%]")


def paid(function: Callable[..., Any]) -> Callable[..., Any]:
    """*function*, which is given data, with the price of what it reads and makes; what it yields is made a list."""
    return _priced(function, _hold_all, _made)


def _as_much(function: Callable[..., Any]) -> Callable[..., Any]:
    """*function* with the price of what it makes."""
    return _priced(function, _hold, _made)


def _fewer(function: Callable[..., Any]) -> Callable[..., Any]:
    """*function* with the price of each thing in a list. What is left of it needs no look: it is no larger."""
    return _priced(function, _go_through, _listed)


def _one_by_one(function: Callable[..., Any]) -> Callable[..., Any]:
    """*function* with the price of each thing in a list, and of what is made of them."""
    return _priced(function, _go_through, _made)


def _priced(function: Callable[..., Any], look: Callable[..., None], take: Callable[[Any], Any]) -> Callable[..., Any]:
    """*function* behind a *look* at what a template gives it, its value first; *take* returns what it makes."""
    passed = int(hasattr(function, "jinja_pass_arg"))

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        look(*args[passed:], *kwargs.values())
        return take(function(*args, **kwargs))

    return run


def _hold_all(*values: Any) -> None:
    for value in values:
        held(value)


def _hold(value: Any, *_: Any) -> None:
    if type(value) not in _GIVEN:
        held(value)


def _go_through(value: Any, *_: Any) -> None:
    if type(value) in WITH_ITEMS:
        spend(len(value))
    elif not isinstance(value, Undefined):
        raise TypeError(f"{type(held(value)).__name__!r} object is not iterable")


def _made(found: Any) -> Any:
    return held(_listed(found))


def _listed(found: Any) -> Any:
    return found if type(found) in _GIVEN else list(found)


def _sorted(function: Callable[..., Any]) -> Callable[..., Any]:
    """*function*, which sorts, with the price of its comparisons."""

    @wraps(function)
    def run(passed: Any, value: Any, *args: Any, **kwargs: Any) -> Any:
        budget = current.get()
        budget.spend(budget.chars_of(value) * len(value).bit_length() // CHARS_PER_STEP)
        return function(passed, value, *args, **kwargs)

    return paid(run)


# ------------------------------------------------------------------------------------ much of little


def replaced(text: Any, old: Any, new: Any, count: int = -1) -> Any:
    """*text* with *new* for *old*. Raises Spent before there is too much of it."""
    times = text.count(old) if count < 0 else min(text.count(old), count)
    current.get().check(len(text) + times * (len(new) - len(old)))
    return text.replace(old, new, count)


@pass_eval_context
def _replace(context: EvalContext, value: Any, old: Any, new: Any, count: int | None = None) -> Any:
    text, old, new = _text(value), _text(old), _text(new)
    if not context.autoescape:
        text, old, new = str(text), str(old), str(new)
    elif type(text) is str and Markup in {type(old), type(new)}:
        text = escape(text)
    return replaced(text, old, new, -1 if count is None else count)


@pass_eval_context
def _join(context: EvalContext, value: Iterable[Any], d: Any = "", attribute: Any = None) -> Any:
    if attribute is not None:
        value = map(make_attrgetter(context.environment, attribute), value)
    return joined([d, *value], escaping=context.autoescape)


def joined(texts: list[Any], *, escaping: bool) -> Any:
    """All *texts* but the first, which stands between the others. Raises Spent before there is too much of them."""
    between, *others = [each if type(each) in TEXTS else str(each) for each in texts]
    current.get().check(sum(map(len, others)) + len(between) * (len(others) - 1))
    if escaping and any(type(each) is Markup for each in (between, *others)):
        return escape(between).join(others)
    return str(between).join(others)


def formatted(text: Any, values: Any) -> Any:
    """*text* with *values* in place of its directives, such as `%05.2f`. Raises Spent, ValueError, TypeError."""
    if "%" in _DIRECTIVE.sub("", text):
        raise ValueError("a directive that is none such as '%s' or '%05.2f'")
    widths = [int(width) for found in _DIRECTIVE.findall(text) for width in found if width]
    _check_width(max(widths, default=0))
    current.get().check(len(text) + sum(widths))
    return text % values


def _format(value: Any, *args: Any, **kwargs: Any) -> Any:
    if args and kwargs:
        raise TypeError("values by place and by name at once")
    return formatted(_text(value), kwargs or args)


def _check_width(width: int) -> None:
    if not -WIDTH <= width <= WIDTH:
        raise ValueError(f"more than {WIDTH:,}: that is too wide")


def stripped(strip: Callable[..., Any]) -> Callable[..., Any]:
    """*strip*, which looks for each character of a text among those to take away."""

    def run(text: Any, chars: str | None = None) -> Any:
        _check_width(len(chars or ""))
        return strip(text, chars)

    return run


@pass_environment
def _unique(environment: Environment, value: Any, *args: Any, **kwargs: Any) -> Any:
    # In the worst of sets each is compared with each.
    spend(len(value) ** 2 // CHARS_PER_STEP)
    return JINJA["unique"](environment, value, *args, **kwargs)


@pass_context
def _map(context: Context, value: Iterable[Any], *args: Any, **kwargs: Any) -> Any:
    if args and str(args[0]).startswith(" "):  # what `language` writes into templates
        raise TypeError(f"no filter {args[0]!r}")
    return JINJA["map"](context, value, *args, **kwargs)


def _text(value: Any) -> Any:
    return value if type(value) in TEXTS else str(value)


# ------------------------------------------------------------------------------- by given numbers


def _batch(value: Iterable[Any], linecount: int, fill_with: Any = None) -> Any:
    _check_width(linecount)
    return JINJA["batch"](value, linecount, fill_with)


@pass_eval_context
def _slice(context: EvalContext, value: Iterable[Any], slices: int, fill_with: Any = None) -> Any:
    _check_width(slices)
    return JINJA["slice"](context, value, slices, fill_with)


def _round(value: float, precision: int = 0, method: str = "common") -> Any:
    _check_width(precision)
    return JINJA["round"](value, precision, method)


def _number(name: str) -> Callable[..., Any]:
    def run(value: Any, *args: Any, **kwargs: Any) -> Any:
        # Nobody writes a number of so many digits, and reading one takes the square of them.
        is_none = type(value) in TEXTS and len(value) > WIDTH
        return JINJA[name]("" if is_none else value, *args, **kwargs)

    return run


@pass_eval_context
def _tojson(context: EvalContext, value: Any, indent: int | None = None) -> Any:
    if indent is not None and (type(indent) is not int or not 0 <= indent <= INDENT):
        raise ValueError(f"indent: a number from 0 to {INDENT} is expected")
    return JINJA["tojson"](context, value, indent)


@pass_environment
def _sum(environment: Environment, iterable: Iterable[Any], attribute: Any = None, start: Any = 0) -> Any:
    values = iterable if attribute is None else map(make_attrgetter(environment, attribute), iterable)
    for value in values:  # not of lists: each sum would be a longer one
        if type(value) not in NUMBERS:
            raise TypeError(f"a sum of numbers, not of {type(value).__name__!r}")
        start = held(start + value)
    return start


def _striptags(value: Any) -> str:
    """The text of markup, as `Markup.striptags` gives it, in time that is linear in every version of it."""
    text, parts, at = str(value), [], 0
    while (start := text.find("<", at)) != -1:
        comment = text.startswith("<!--", start)
        end = text.find("-->", start + 4) if comment else text.find(">", start)
        if end == -1:
            break
        parts.append(text[at:start])
        at = end + (3 if comment else 1)
    return Markup(" ".join(("".join(parts) + text[at:]).split())).unescape()  # noqa: S704  # it is made text


FILTERS: dict[str, Callable[..., Any]] = {
    **{name: JINJA[name] for name in _BLIND},
    **{name: _fewer(JINJA[name]) for name in _FEWER},
    **{name: _as_much(JINJA[name]) for name in _AS_MUCH},
    **{name: paid(JINJA[name]) for name in _PAID},
    "batch": paid(_batch),
    "float": paid(_number("float")),
    "format": paid(_format),
    "int": paid(_number("int")),
    "join": _one_by_one(_join),
    "map": _one_by_one(_map),
    "replace": paid(_replace),
    "round": paid(_round),
    "slice": paid(_slice),
    "sort": _sorted(JINJA["sort"]),
    "striptags": paid(_striptags),
    "sum": paid(_sum),
    "tojson": _as_much(_tojson),
    "trim": paid(stripped(JINJA["trim"])),
    "unique": paid(_unique),
}
