"""What a template may say, and how: Jinja, of bounded size, with a price written into it.

The parsed template is changed so that it pays for itself while it is filled: each block of it for its parts whenever
it is gone through, and each operation that may read or make much for what it reads and makes. What Jinja has and
templates do not is refused here, with its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from unicodedata import normalize

from jinja2 import TemplateSyntaxError, nodes
from jinja2.ext import Extension
from jinja2.lexer import Token

from adslot.errors import nearest
from adslot.policy.bounds import CHARS_PER_STEP, NESTING, NUMBER, PARTS
from adslot.policy.templates.filters import FILTERS
from adslot.policy.templates.tests import TESTS

# No template can name these: there is a blank in them.
CUT, EACH, HELD, JOINED, STEP = " cut", " each", " held", " joined", " step"

_OPENING = frozenset("lparen lbracket lbrace".split())
_CLOSING = frozenset("rparen rbracket rbrace".split())
_ENDS = frozenset("block_end variable_end".split())
# What is read by going deeper, without a bracket.
_DEEPER = frozenset("not else".split())
_BLOCKS = frozenset("autoescape block call filter for if macro with".split())

# What is gone through more often than the node that it is in, or less often.
_APART: dict[type, tuple[str, ...]] = {
    nodes.Block: ("body",),
    nodes.CallBlock: ("defaults", "body"),
    nodes.For: ("body", "else_"),
    nodes.If: ("body", "else_"),
    nodes.Macro: ("defaults", "body"),
}
_SAID: tuple[type, ...] = (
    *_APART,
    *(nodes.Assign, nodes.AssignBlock, nodes.FilterBlock, nodes.Output, nodes.Scope, nodes.Template, nodes.With),
    nodes.ScopedEvalContextModifier,
    # Without a loader these find nothing, and say so.
    *(nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include),
    *(nodes.Const, nodes.Dict, nodes.Keyword, nodes.List, nodes.Name, nodes.NSRef, nodes.Pair, nodes.TemplateData),
    *(nodes.Tuple, nodes.Call, nodes.Concat, nodes.Compare, nodes.CondExpr, nodes.Filter, nodes.Getattr),
    *(nodes.Getitem, nodes.Operand, nodes.Slice, nodes.Test),
    *(nodes.Add, nodes.And, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Mul, nodes.Neg, nodes.Not, nodes.Or),
    *(nodes.Pos, nodes.Pow, nodes.Sub),
)


class Size(Extension):
    """Counts what is read of a template, before anything is made of it."""

    def filter_stream(self, stream: Iterable[Token]) -> Iterator[Token]:
        """The same *stream*. Raises TemplateSyntaxError where it is too long, or goes too deep."""
        depth, parts = _Depth(), 0
        for token in stream:
            parts += token.type != "data"
            depth.read(token)
            if parts > PARTS:
                raise TemplateSyntaxError(f"more than {PARTS:,} parts", token.lineno)
            if depth.depth > NESTING:
                raise _too_deep(token.lineno)
            yield token


class _Depth:
    """How deep a token stands: in blocks, in brackets, behind signs."""

    def __init__(self) -> None:
        self._blocks, self._levels = 0, [0]
        self._first = self._sets = False

    @property
    def depth(self) -> int:
        return self._blocks + len(self._levels) - 1 + sum(self._levels)

    def read(self, token: Token) -> None:
        kind = token.type
        if kind in _OPENING:
            self._levels.append(0)
        elif kind in _CLOSING:
            self._levels = self._levels[:-1] or [0]
        elif kind in _ENDS:
            self._blocks += self._sets
            self._levels, self._sets = [0], False
        elif kind == "comma":
            self._levels[-1] = 0
        elif kind == "assign":
            self._sets = False
        elif kind == "name" and self._first:
            self._open(token.value)
        elif kind in {"add", "sub"} or (kind == "name" and token.value in _DEEPER):
            self._levels[-1] += 1
        self._first = kind == "block_begin"

    def _open(self, name: str) -> None:
        self._sets = name == "set"  # a block only where nothing is assigned
        self._blocks += name in _BLOCKS
        self._blocks -= name.startswith("end") and self._blocks > 0


def priced(template: nodes.Template) -> nodes.Template:
    """*template*, changed so that it pays for itself. Raises TemplateSyntaxError where it says what none may."""
    _Pricing().body(template, "body", 0)
    return template


class _Pricing:
    def priced(self, node: Any, depth: int) -> tuple[Any, int]:
        """What stands for *node*, and its price: a step for each part of it, but for bodies, which pay for themselves."""
        if depth > NESTING:
            raise _too_deep(node.lineno)
        _check(node)
        apart = _APART.get(type(node), ())
        price = 1 + (len(node.data) // CHARS_PER_STEP if type(node) is nodes.TemplateData else 0)
        for name, value in list(node.iter_fields(exclude=apart)):
            if isinstance(value, nodes.Node):
                made, more = self.priced(value, depth + 1)
                setattr(node, name, made)
                price += more
            elif isinstance(value, list):
                price += self._each(value, depth)
        defaults = self._each(node.defaults, depth) if "defaults" in apart else 0
        for name in apart:
            if name != "defaults":
                self.body(node, name, depth, defaults)
        return _changed(node), price

    def body(self, node: Any, name: str, depth: int, more: int = 0) -> None:
        """Let a body of *node* pay, and *more*, whenever it is gone through."""
        body = getattr(node, name)
        if body or name == "body":
            first = body[0] if body else node
            price = self._each(body, depth) + more + 1
            body.insert(0, nodes.ExprStmt(_step(price, first), lineno=first.lineno, environment=first.environment))

    def _each(self, items: list[Any], depth: int) -> int:
        total = 0
        for index, item in enumerate(items):
            if isinstance(item, nodes.Node):
                items[index], price = self.priced(item, depth + 1)
                total += price
        return total


def _changed(node: Any) -> Any:
    """What stands for *node*, whose parts are changed already."""
    if isinstance(node, nodes.Concat):
        return _filter(JOINED, _list(node.nodes, node), node)
    if isinstance(node, nodes.Compare):
        node.expr = _held(node.expr)
        for each in node.ops:
            each.expr = _held(each.expr)
    elif isinstance(node, nodes.For):
        node.iter = _filter(EACH, node.iter, node)
        if node.test is not None:
            price = 1 + sum(1 for _ in node.test.find_all(nodes.Node))
            node.test = nodes.And(_step(price, node), node.test, lineno=node.lineno, environment=node.environment)
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Slice):
        ends = (node.arg.start, node.arg.stop, node.arg.step)
        return _filter(CUT, node.node, node, *(_const(None, node) if end is None else end for end in ends))
    elif isinstance(node, nodes.Call | nodes.Filter | nodes.Test):
        node.dyn_args = node.dyn_args and _held(node.dyn_args)
        node.dyn_kwargs = node.dyn_kwargs and _held(node.dyn_kwargs)
    elif isinstance(node, nodes.List | nodes.Dict) or (isinstance(node, nodes.Tuple) and node.ctx == "load"):
        return _held(node)
    return node


def _held(node: Any) -> Any:
    return node if isinstance(node, nodes.Const) else _filter(HELD, node, node)


def _step(price: int, near: nodes.Node) -> nodes.Filter:
    return _filter(STEP, _const(price, near), near)


def _filter(name: str, node: Any, near: nodes.Node, *args: Any) -> nodes.Filter:
    place = {"lineno": near.lineno, "environment": near.environment}
    return nodes.Filter(node, name, list(args), [], None, None, **place)


def _const(value: object, near: nodes.Node) -> nodes.Const:
    return nodes.Const(value, lineno=near.lineno, environment=near.environment)


def _list(items: list[Any], near: nodes.Node) -> nodes.List:
    return nodes.List(items, lineno=near.lineno, environment=near.environment)


# ------------------------------------------------------------------------------------ what is refused


def _check(node: Any) -> None:
    """Raises TemplateSyntaxError where *node* says what no template may."""
    if type(node) not in _SAID:
        raise TemplateSyntaxError(f"{type(node).__name__}, which templates do not have", node.lineno)
    if isinstance(node, nodes.Filter):
        _check_name("filter", node.name, FILTERS, node.lineno)
    elif isinstance(node, nodes.Test):
        _check_name("test", node.name, TESTS, node.lineno)
    elif isinstance(node, nodes.Getattr | nodes.Keyword):
        name = node.attr if isinstance(node, nodes.Getattr) else node.key
        if normalize("NFKC", name).startswith("_"):
            raise TemplateSyntaxError(f"{name!r}, which begins with an underscore", node.lineno)
    elif isinstance(node, nodes.Const) and type(node.value) is int and node.value >= NUMBER:
        raise TemplateSyntaxError(f"a number of more than {len(str(NUMBER)) - 1} digits", node.lineno)
    elif isinstance(node, nodes.ScopedEvalContextModifier) and not isinstance(node.options[0].value, nodes.Const):
        raise TemplateSyntaxError("autoescape that is neither 'true' nor 'false'", node.lineno)


def _check_name(kind: str, name: str, known: Iterable[str], line: int) -> None:
    if name not in known:
        hint = nearest(name, list(known))
        meant = f" (did you mean {hint!r}?)" if hint else ""
        raise TemplateSyntaxError(f"the {kind} {name!r}, which templates do not have{meant}", line)


def _too_deep(line: int) -> TemplateSyntaxError:
    return TemplateSyntaxError(f"more than {NESTING} parts within one another", line)
