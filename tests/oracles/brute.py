"""The best plan by trying all of them: written from what `Problem` says, with nothing of the solver in it."""

from __future__ import annotations

from itertools import combinations, permutations, product


def best(problem, tie):
    """The highest objective among all legal plans, and the plan: gaps and pages per task."""
    options = [list(_alone(problem, r)) for r in range(len(problem.tasks))]
    top = None
    for plan in _together(problem, options, ()):
        is_legal = _limits_hold(problem, plan) and _growths_hold(problem, plan) and _sections_hold(problem, plan)
        if is_legal and not _is_doubled(problem, plan) and shown(problem, plan) is not None:
            found = worth(problem, plan, tie), plan
            top = found if top is None or found[0] > top[0] else top
    return top


def _alone(problem, r):
    """All pairs of gaps and pages that one task may have, if it were alone."""
    task = problem.tasks[r]
    for count in range(max(task.most, 0) + 1):
        for inside in range(count + 1):
            for gaps in combinations(task.candidates, inside):
                if _is_sound(problem, r, gaps):
                    yield from ((gaps, pages) for pages in combinations(range(len(task.pages)), count - inside))


def _is_sound(problem, r, gaps):
    task = problem.tasks[r]
    if any(_is_one_place(problem, g, h) or h < problem.reach[r, r][g] for g, h in combinations(gaps, 2)):
        return False
    sections = [problem.section[g] for g in gaps]
    if task.per_section is not None and any(sections.count(section) > task.per_section for section in sections):
        return False
    return seats_of(problem, task, gaps) is not None


def _is_one_place(problem, g, h):
    """Whether two gaps are one place: below the story is where its last gap is."""
    return g == h or {g, h} == {problem.exempt - 1, problem.exempt}


def seats_of(problem, task, gaps):
    """The most that any way to give each slot a seat of its own adds to a plan; None if there is no way."""
    if task.seats is None:
        return 0
    rows = sorted((task.seats[task.candidates.index(g)] for g in gaps), key=len)
    return _served(rows, frozenset())


def _served(rows, taken):
    if not rows:
        return 0
    found = []
    for seat, worth in rows[0]:
        if seat == -1 or seat not in taken:
            rest = _served(rows[1:], taken | {seat})
            if rest is not None:
                found.append(worth + rest)
    return max(found, default=None)


def _together(problem, options, plan):
    """All plans whose slots keep their distances, pair by pair."""
    r = len(plan)
    if r == len(options):
        yield plan
        return
    for option in options[r]:
        if all(_is_clear(problem, (q, g), (r, h)) for q in range(r) for g, h in product(plan[q][0], option[0])):
            yield from _together(problem, options, (*plan, option))


def _is_clear(problem, one, other):
    (q, g), (r, h) = one, other
    if _is_one_place(problem, g, h):
        return (q, r) in problem.sharing
    return h >= problem.reach[q, r][g] if g < h else g >= problem.reach[r, q][h]


def _limits_hold(problem, plan):
    for limit, room in enumerate(problem.room):
        used = 0
        for task, (gaps, pages) in zip(problem.tasks, plan, strict=True):
            inner = [g for g in gaps if g != problem.exempt]
            counted = len(inner) if limit in problem.inner else len(gaps) + len(pages)
            used += sum(amount * counted for which, amount in task.uses if which == limit)
        if used > max(room, 0):
            return False
    return True


def _sections_hold(problem, plan):
    """Whether no section has more slots of the counted tasks together than are left to it."""
    if problem.shares is None:
        return True
    counted = [gaps for r, (gaps, _) in enumerate(plan) if r in problem.shares.counted]
    found = [problem.section[g] for gaps in counted for g in gaps]
    return all(found.count(section) <= max(left, 0) for section, left in enumerate(problem.shares.left))


def _is_doubled(problem, plan):
    """Whether a task has slots, and one that it stands in for, too."""
    filled = {r for r, (gaps, pages) in enumerate(plan) if gaps or pages}
    return any(not filled.isdisjoint(problem.tasks[r].stands_in) for r in filled)


def _growths_hold(problem, plan):
    slots = sorted((g, r) for r, (gaps, _) in enumerate(plan) for g in gaps if g != problem.exempt)
    for growth in problem.growths:
        above = 0
        for g, r in slots:
            if r in growth.counted:
                above += 1
                preceding = growth.shut.get(r, {}).get(g)
                if preceding is not None and preceding + above >= growth.least:
                    return False
                near = any(h > g and (r, s) in growth.reach and h < growth.reach[r, s][g] for h, s in slots)
                if near and growth.before[g] + above >= growth.least:
                    return False
        for post, first in growth.posts:
            above = growth.before[post] + len([g for g, r in slots if g <= post and r in growth.counted])
            if above + 1 >= growth.least and any(post < h < first[s] for h, s in slots if s in first):
                return False
    return True


def worth(problem, plan, tie):
    """The objective of a plan."""
    priorities = sorted({task.priority for task in problem.tasks})
    articles = shown(problem, plan)
    missing, levels = [], [articles[0]] if 0 in articles else []
    for priority in priorities:
        short, tier = 0, [0] * 5
        for task, (gaps, pages) in zip(problem.tasks, plan, strict=True):
            if task.priority == priority:
                short += max(0, task.least - len(gaps) - len(pages))
                tier[0] += len(gaps) + len(pages)
                tier[1] += sum(task.values[task.candidates.index(g)] for g in gaps) + sum(task.pages[p] for p in pages)
                tier[1] += seats_of(problem, task, gaps)
                tier[2] -= _uneven(problem, task, gaps)
                places = [g - 1 if g == problem.exempt else g for g in gaps]
                tier[3] -= sum(places)
                tier[4] += sum(tie(task.name, g) for g in places) + (problem.exempt in gaps)
        tier[1] += articles.get(priority, 0)
        missing.append(-short)
        levels += tier
    return (*missing, *levels)


def shown(problem, plan):
    """What the articles that a plan shows are worth at best, by priority; None if not all slots can show one."""
    inventory = problem.inventory
    if inventory is None:
        return {}
    slots = [(0, inventory.rows[zone], 1, 0) for zone in inventory.standing]
    for task, (gaps, pages) in zip(problem.tasks, plan, strict=True):
        if task.weight:
            zones = [inventory.at[g] for g in gaps] + [inventory.at[-1]] * len(pages)
            slots += [(task.priority, inventory.rows[zone], task.weight, task.floor) for zone in zones]
    top = None
    for articles in permutations(range(len(inventory.rows[0])), len(slots)):
        worths = dict.fromkeys(sorted({slot[0] for slot in slots}), 0)
        for (priority, row, weight, floor), article in zip(slots, articles, strict=True):
            if row[article] < floor:
                break
            worths[priority] += weight * row[article]
        else:
            found = tuple(worths.values()), worths
            top = found if top is None or found[0] > top[0] else top
    return None if top is None else top[1]


def _uneven(problem, task, gaps):
    low, high = task.span
    span, count, total = high - low, len(gaps), 0
    if not task.even or not span:
        return 0
    for i, g in enumerate(gaps, 1):
        off = abs(2 * count * (problem.position[g] - low) - span * (2 * i - 1)) * 500 // (count * span)
        total += off * off
    return total
