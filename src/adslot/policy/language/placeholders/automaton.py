"""Following a program through a text in linear time: every way at once, in the order in which they are preferred.

What can come next at some place depends on the ways that are open there, and on nothing else. So the
open ways together are a state, and what a state becomes by a character is found out once. And where no
way came to an end from some state at some place, none does from there in a later attempt either.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence

import attrs

from adslot.policy.language.placeholders.program import Assertion, Char, Found, PatternError, Split, program

# An expression with more states is read in too many ways at a time.
MOST_STATES = 200
MOST_PLACES = 6
# So many different characters are remembered.
_MOST_CHARS = 4_096
_LONGEST_OPENING = 3
# An attempt that fails after so many characters is repeated rather than remembered.
_SHORT = 16
# What the states are counted with, besides the characters of the expression and their neighbours.
_SAMPLES = frozenset([*map(chr, range(128)), *"\x85\xa0äßéſ\u2028\u212a٣あ中\U0001f600"])


@attrs.define(eq=False)
class Step:
    """What is read next, the preferred first, and whether a way has come to an end before those.

    *next* is the state after a character, by its kinds. *other* finds the first character that may lead elsewhere
    than the one that last led back here.
    """

    readers: Sequence[Char]
    is_end: bool
    next: dict[int, State] = attrs.field(factory=dict)
    other: re.Pattern[str] | None = None


@attrs.define(eq=False)
class State:
    """Ways that are open; and what they are to read, by the conditions that hold where they are, as bits.

    *asks* says whether they depend on conditions at all.
    """

    ways: Sequence[int]
    asks: bool
    steps: dict[int, Step] = attrs.field(factory=dict)


class Automaton:
    """Finds what one of *expressions* matches, the first preferred. Raises PatternError for one that cannot be followed.

    >>> list(Automaton([r"<%.*?%>"]).spans("a <% b %> <%"))
    [(2, 9)]
    """

    def __init__(self, expressions: Sequence[str]) -> None:
        self._code, begin = program(expressions)
        self._kinds = _Patterns(one.pattern for one in self._code if isinstance(one, Char))
        self._places = _Patterns(one.pattern for one in self._code if isinstance(one, Assertion))
        self._chars: dict[str, int] = {}
        self._states: dict[Sequence[int], State] = {}
        self._opened: dict[str, State | None] = {}
        self.begin = self._state((begin,))
        self._count_states()
        self._opening = re.compile(self._written_opening(self.begin, _LONGEST_OPENING))

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where *text* has what is looked for, from left to right; never an empty span."""
        search, start = _Search(self, text), 0
        while (opening := self._opening.search(text, start)) is not None:
            start, opened = opening.start(), self._after_opening(opening[0])
            if opened is not None and search.is_failed(opened, opening.end()):
                start += 1
                continue
            end = search.end_from(start)
            if end > start:
                yield start, end
            start = max(end, start + 1)

    def step_at(self, state: State, text: str, at: int) -> Step:
        """What *state* is to read at a place of *text*."""
        places = self._places.bits(text, at) if state.asks else 0
        return state.steps.get(places) or self._step(state, places)

    def after(self, step: Step, char: str) -> State:
        """The state after *char*."""
        kinds = self._chars.get(char)
        if kinds is None:
            if len(self._chars) >= _MOST_CHARS:
                self._chars.clear()
            kinds = self._chars[char] = self._kinds.bits(char)
        return step.next.get(kinds) or self._next(step, kinds)

    def stay(self, step: Step, text: str, at: int) -> int:
        """Up to which place of *text* a state stays as it is, to which the character before *at* led back."""
        if step.other is None:
            kinds = self._kinds.bits(text, at - 1)
            others = (one.others if self._kinds.is_set(one.pattern, kinds) else one.pattern for one in step.readers)
            step.other = re.compile("|".join(dict.fromkeys(others)))
        other = step.other.search(text, at)
        return len(text) if other is None else other.start()

    # ------------------------------------------------------------------------------------ states

    def _state(self, ways: Sequence[int]) -> State:
        known = self._states.get(ways)
        return self._states.setdefault(ways, State(ways, self._asks(ways))) if known is None else known

    def _asks(self, ways: Sequence[int]) -> bool:
        seen, waiting = set(ways), list(ways)
        while waiting:
            one = self._code[waiting.pop()]
            if isinstance(one, Assertion):
                return True
            further = [at for at in (one.ways if isinstance(one, Split) else ()) if at not in seen]
            seen.update(further)
            waiting.extend(further)
        return False

    def _step(self, state: State, places: int) -> Step:
        return state.steps.setdefault(places, self._followed(state, places))

    def _followed(self, state: State, places: int, *, beyond_end: bool = False) -> Step:
        """What *state* is to read. Ways that are less preferred than an end are closed, but *beyond_end*."""
        readers: list[Char] = []
        is_end, seen, waiting = False, set(), list(reversed(state.ways))
        while waiting and (beyond_end or not is_end):
            at = waiting.pop()
            if at in seen:
                continue
            seen.add(at)
            one = self._code[at]
            if isinstance(one, Char):
                readers.append(one)
            elif isinstance(one, Split):
                waiting.extend(reversed(one.ways))
            elif isinstance(one, Found):
                is_end = True
            elif self._places.is_set(one.pattern, places):
                waiting.append(one.then)
        return Step(readers, is_end)

    def _next(self, step: Step, kinds: int) -> State:
        ways = tuple(one.then for one in step.readers if self._kinds.is_set(one.pattern, kinds))
        return step.next.setdefault(kinds, self._state(ways))

    def _count_states(self) -> None:
        """Make all states there are. Raises PatternError where there are too many."""
        if len(self._places) > MOST_PLACES:
            raise PatternError(f"more than {MOST_PLACES} conditions on a place")
        kinds = {self._kinds.bits(char) for char in _SAMPLES.union(*map(_neighbours, self._kinds))}
        seen, waiting = {self.begin}, [self.begin]
        while waiting:
            state = waiting.pop()
            steps = [self._step(state, places) for places in range(1 << len(self._places))]
            found = {self._next(step, each) for step in steps for each in kinds} - seen
            seen |= found
            waiting.extend(found)
            if len(seen) > MOST_STATES:
                raise PatternError("it can be read in too many ways at a time")

    def _after_opening(self, text: str) -> State | None:
        """The state after *text*, with which a match may begin; None where that is not all there is to say."""
        if text not in self._opened:
            if len(self._opened) >= _MOST_CHARS:
                self._opened.clear()
            self._opened[text] = self._opened_by(text)
        return self._opened[text]

    def _opened_by(self, text: str) -> State | None:
        state = self.begin
        for char in text:
            if state.asks or (step := self._step(state, 0)).is_end:
                return None
            state = self.after(step, char)
        return state

    def _written_opening(self, state: State, depth: int) -> str:
        """An expression of a fixed length for where a match may begin."""
        step = self._followed(state, -1, beyond_end=True)
        if not depth or (step.is_end and state is not self.begin):
            return ""
        ways = dict.fromkeys((one.pattern, one.then) for one in step.readers)
        parts = [f"{pattern}{self._written_opening(self._state((then,)), depth - 1)}" for pattern, then in ways]
        return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts) or '(?!)'})"


class _Search:
    """What was found out about one text."""

    def __init__(self, automaton: Automaton, text: str) -> None:
        self._automaton, self._text = automaton, text
        # Of each state: from where to where no way comes to an end any more.
        self._failed: dict[State, list[tuple[int, int]]] = {}

    def end_from(self, start: int) -> int:
        """Where a match that begins at *start* ends; -1 where there is none."""
        automaton, text, state, end, at = self._automaton, self._text, self._automaton.begin, -1, start
        trail: list[tuple[State, int]] = []  # the states since the last end, each with the place where it was reached
        while True:
            step = automaton.step_at(state, text, at)
            if step.is_end:
                end = at
                if trail:
                    trail = []
            if not step.readers or at == len(text):
                break
            after = automaton.after(step, text[at])
            at += 1
            if after is state and not state.asks:
                at = automaton.stay(step, text, at)
            elif after is not state or not trail:
                if self.is_failed(after, at):
                    break
                trail.append((after, at))
                state = after
        if at - max(start, end) > _SHORT:
            self._note_failed(trail, at)
        return end

    def is_failed(self, state: State, at: int) -> bool:
        """Whether it is known that from *state* at this place no way comes to an end."""
        spans = self._failed.get(state)
        if spans is None:
            return False
        before = bisect_right(spans, (at, len(self._text)))
        return before > 0 and spans[before - 1][1] >= at

    def _note_failed(self, trail: Sequence[tuple[State, int]], last: int) -> None:
        for number, (state, begin) in enumerate(trail):
            until = trail[number + 1][1] - 1 if number + 1 < len(trail) else last
            insort(self._failed.setdefault(state, []), (begin, until))


class _Patterns(dict[str, re.Pattern[str]]):
    """Expressions of a character or a place, numbered: which of them match is said by bits."""

    def __init__(self, patterns: Iterable[str]) -> None:
        super().__init__((pattern, re.compile(pattern)) for pattern in dict.fromkeys(patterns))
        self._numbers = {pattern: number for number, pattern in enumerate(self)}

    def bits(self, text: str, at: int = 0) -> int:
        """Which of them match at a place of *text*."""
        return sum(1 << number for number, pattern in enumerate(self.values()) if pattern.match(text, at))

    def is_set(self, pattern: str, bits: int) -> bool:
        """Whether *bits* say that *pattern* matches."""
        return bool(bits >> self._numbers[pattern] & 1)


def _neighbours(pattern: str) -> set[str]:
    """The characters of a pattern, and those beside them: at the edges of what it matches."""
    codes = {ord(char) + step for char in pattern for step in (-1, 0, 1)}
    return {chr(code) for code in codes if 0 <= code <= 0x10FFFF}
