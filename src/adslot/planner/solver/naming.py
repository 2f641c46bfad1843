"""Who of some equal tasks has which slots: what decides between plans that are equal otherwise.

The ties of names and gaps are added up, and the largest sum is best. Where each task has one slot at the most, that is
an assignment, which the Hungarian method solves. Where they have more, the first slots of all are one assignment, the
second ones another; if these tear no task apart, nothing is better. If they do, prices for going on after the first slot
draw them together (a Lagrangian relaxation), and a search tries the names for each slot, from the cheapest on,
and gives up what by those prices cannot beat the best.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from adslot.planner.solver.assign import cheapest
from adslot.planner.solver.counts import Meter

# Which slot of its task, and how many that one has.
Kind = tuple[int, int]
# The gaps of each name.
Named = tuple[tuple[int, ...], ...]

# More than any tie.
NO_TIE = 1 << 32
# How often prices are mended, at most.
_ROUNDS = 60
# After so many rounds that make nothing better, prices are changed by half as much.
_PATIENCE, _HALVINGS = 3, 6


@attrs.frozen
class Seat:
    """A slot of some equal tasks, at a *gap*, of a *kind*; *costs* has for each name how far its tie is from the most there is."""

    gap: int
    kind: Kind
    costs: tuple[int, ...]


@attrs.frozen(eq=False)
class Relaxed:
    """The best names where the slots of each ordinal are given out by themselves, under some prices for going on.

    *kinds* has for each ordinal what the names have that it takes, *losses* what each seat loses by each name beside its
    best one, and *rents* what is lost with each name by having so many slots. No plan costs less than the *bound*, with its losses added.
    """

    bound: int
    kinds: list[dict[int, Seat]]
    losses: dict[int, list[int]]
    rents: list[list[int]]

    def whole(self) -> Named | None:
        """The gaps of each name, if none is torn apart."""
        found = list[tuple[int, ...]]()
        for name in range(len(self.rents[0])):
            own = [seats[name] for seats in self.kinds if name in seats]
            gaps = tuple(seat.gap for seat in own)
            if [seat.kind for seat in own] != [(i, len(own)) for i in range(len(own))] or list(gaps) != sorted(gaps):
                return None
            found.append(gaps)
        return tuple(found)


class Naming:
    """The best names, of so many, for *seats*, which ascend by their gaps."""

    def __init__(self, seats: Sequence[Seat], names: int, meter: Meter) -> None:
        self._seats, self._names, self._meter = seats, names, meter
        most = max((seat.kind[1] for seat in seats), default=0)
        self._ordinals = [[seat for seat in seats if seat.kind[0] == i] for i in range(most)]
        # For each kind but first slots what each name pays there, and is paid for starting.
        self._prices = {seat.kind: [0] * names for seat in seats if seat.kind[0]}
        self._had: list[list[Seat]] = [[] for _ in range(names)]
        # What the best plan known costs.
        self._least = NO_TIE * (len(seats) + 1)
        self._best: Named = ((),) * names

    def solve(self) -> tuple[Named, bool]:
        """The gaps of each name, and whether they are proved to be the best."""
        if not self._seats:
            return self._best, True
        best = now = self._relax()
        if (whole := now.whole()) is not None:
            return whole, True
        self._dive(now)
        kept, halvings, idle = self._prices, 0, 0
        for _ in range(_ROUNDS):
            if (
                best.bound >= self._least
                or halvings > _HALVINGS
                or self._meter.left < 0
                or not self._mend(now, halvings)
            ):
                break
            now = self._relax()
            self._draw(now)
            if now.bound > best.bound:
                best, kept, idle = now, self._copied(), 0
            elif (idle := idle + 1) == _PATIENCE:
                now, self._prices, halvings, idle = best, kept, halvings + 1, 0
                kept = self._copied()
        exact = self._search(best, 0, best.bound)
        return self._best, exact

    def _relax(self) -> Relaxed:
        """Give out the slots of each ordinal by themselves."""
        bound, kinds, losses, rents = 0, list[dict[int, Seat]](), dict[int, list[int]](), list[list[int]]()
        for seats in self._ordinals:
            self._meter.spend(len(seats) * len(seats) * self._names >> 6)
            costs = [self._costs(seat) for seat in seats]
            columns, each = cheapest(costs)
            kinds.append(dict(zip(columns, seats, strict=True)))
            rents.append(each)
            bound -= sum(each)
            for seat, row, column in zip(seats, costs, columns, strict=True):
                least = row[column] + each[column]
                bound += least
                losses[seat.gap] = [cost + rent - least for cost, rent in zip(row, each, strict=True)]
        return Relaxed(bound, kinds, losses, rents)

    def _costs(self, seat: Seat) -> list[int]:
        """What a seat costs each name under the prices."""
        ordinal, of = seat.kind
        if ordinal:
            return [cost + price for cost, price in zip(seat.costs, self._prices[seat.kind], strict=True)]
        paid = [self._prices[i, of] for i in range(1, of)]
        return [cost - sum(prices[name] for prices in paid) for name, cost in enumerate(seat.costs)]

    def _copied(self) -> dict[Kind, list[int]]:
        return {kind: list(row) for kind, row in self._prices.items()}

    def _mend(self, now: Relaxed, halvings: int) -> bool:
        """Raise the prices of names that go on where they did not start, lower those of names that do not go on; false if all do as they should."""
        starts, wrong = now.kinds[0], list[tuple[Kind, int, int]]()
        for kind in self._prices:
            going = {name for name, seat in now.kinds[kind[0]].items() if seat.kind == kind}
            started = {name for name, seat in starts.items() if seat.kind[1] == kind[1]}
            wrong += [(kind, name, 1) for name in sorted(going - started)]
            wrong += [(kind, name, -1) for name in sorted(started - going)]
        step = (self._least - now.bound >> halvings) // max(1, len(wrong))
        for kind, name, way in wrong:
            self._prices[kind][name] += way * step
        return bool(wrong) and step > 0

    # ------------------------------------------------------------------------------------------ search

    def _dive(self, relaxed: Relaxed) -> None:
        """Keep the plan that takes the cheapest name for each seat, if it is the best so far."""
        for seat in self._seats:
            self._had[min(self._choices(relaxed, seat))[1]].append(seat)
        self._keep()
        self._had = [[] for _ in self._had]

    def _draw(self, relaxed: Relaxed) -> None:
        """Keep the best plan in which all start as they do, if it is the best so far, and none is torn apart."""
        had = [[relaxed.kinds[0][name]] if name in relaxed.kinds[0] else [] for name in range(self._names)]
        for ordinal, of in sorted(self._prices):
            seats = [seat for seat in self._ordinals[ordinal] if seat.kind == (ordinal, of)]
            names = [name for name, own in enumerate(had) if own and own[0].kind[1] == of]
            columns = cheapest(
                [
                    [seat.costs[name] if had[name][-1].gap < seat.gap else NO_TIE << 8 for name in names]
                    for seat in seats
                ]
            )[0]
            for seat, column in zip(seats, columns, strict=True):
                had[names[column]].append(seat)
        if all(own == sorted(own, key=lambda seat: seat.gap) for own in had):
            self._had = had
            self._keep()
            self._had = [[] for _ in had]

    def _keep(self) -> None:
        cost = sum(seat.costs[name] for name, own in enumerate(self._had) for seat in own)
        if cost < self._least:
            self._least, self._best = cost, tuple(tuple(seat.gap for seat in own) for own in self._had)

    def _search(self, relaxed: Relaxed, number: int, cost: int) -> bool:
        """Try the names for the seats from *number* on, where a plan costs so much at least; false if the budget ended before."""
        if number == len(self._seats):
            self._keep()
            return True
        for more, name in sorted(self._choices(relaxed, self._seats[number])):
            if cost + more >= self._least:
                break
            if not self._meter.spend(1):
                return False
            self._had[name].append(self._seats[number])
            exact = self._search(relaxed, number + 1, cost + more)
            self._had[name].pop()
            if not exact:
                return False
        return True

    def _choices(self, relaxed: Relaxed, seat: Seat) -> Iterator[tuple[int, int]]:
        """What is lost with each name that may have the next seat."""
        losses, (ordinal, of) = relaxed.losses[seat.gap], seat.kind
        for name, own in enumerate(self._had):
            if ordinal:
                if len(own) == ordinal and own[-1].kind[1] == of:
                    yield losses[name], name
            elif not own:
                yield losses[name] + sum(rents[name] for rents in relaxed.rents[of:]), name


def named_loosely(seats: Sequence[Seat], names: int, cap: int, least: int, meter: Meter) -> Named:
    """The best names where each may have up to *cap* seats, whichever they are, and as many as can be have *least*."""
    many = min(cap, least) if len(seats) < names * least else cap
    meter.spend(len(seats) * len(seats) * names * many >> 6)
    # One column for each seat that a name may have. What is wanted before all is cheaper than any tie.
    wanted = [NO_TIE * (len(seats) + 1) * (i < least < many) for i in range(many)]
    costs = [[cost - bonus for bonus in wanted for cost in seat.costs] for seat in seats]
    found: list[tuple[int, ...]] = [()] * names
    for seat, column in zip(seats, cheapest(costs)[0], strict=True):
        found[column % names] += (seat.gap,)
    return tuple(found)
