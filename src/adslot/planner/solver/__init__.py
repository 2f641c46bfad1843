"""The solver: integers in, chosen gaps out. It knows no HTML and no text.

**Letters**, as in the papers on such tables: *r* and *s* are tasks, r the upper one of a pair; *i* counts the slots of
one task, *j* those of a section; *a* is the place of a gap among a task's candidates, *g* and *h* are gaps; *k* is how
many tasks there are. Whatever is compared is an integer, so that nothing is rounded: a plan that is said to be the
best is so exactly, and the same on every machine.

**What is best.** A plan is better if its tuple of integers is larger: the shortfalls of all minima, tier by
tier (a tier is the tasks of one priority); then for each tier its slots, the value of their places, their
evenness, how early they stand, and last a hash of name and gap, so that the best plan is one plan whatever
the order of declaration. Because each tier's best is unique, the tiers can be solved one after the other,
as long as an earlier one leaves room for the minima of the later ones. That is seldom an issue: so the tiers
are first solved without, and only if a minimum is then missed that could be met, once more with tasks of
later tiers *reserved* (`solver`).

**One task** (`flat`, `single`). Every demand between two slots is a pointer: for a slot at gap g there is a
first gap where the other may stand, and it never falls as g grows. So the earliest gap each time gives the
largest number of slots, and a table over slot and gap gives the best gaps for that number:

    rest[i][a] = max(rest[i][a + 1], worth(i, a) + rest[i + 1][first gap that may follow a])

Where all gaps are worth the same, which is the rule, no table is needed: the gaps nearest to the centres
are best if they keep their distances. Slots of earlier tiers only close gaps (`lane`).

**Several tasks of a tier.** If the best of each alone go together, they are the best. If not, numbers come
first (`cases`, `counts`): which numbers of slots are possible is found by a table over counts that knows no
gaps, because of all ways to place the same sets of tasks in the same order the earliest is best for what
follows. "The last slot" is not enough to know, as distances need not be metric: the state has a cursor for
every task. Then, for the best numbers (nearly always one vector), the places (`joint`, `sweep`): a good plan
made task by task and improved by exact single tables; and a sweep over the gaps that keeps a label only if
the best rest of each task alone could still raise it above that plan. No label left means proof.

**Equal tasks** (`groups`, `strands`, `aims`, `crowd`, `shapes`, `naming`). Tasks that differ in their names only are one
group: a label has how many slots of each strand are placed, and one cursor. Names are given last, for all best shapes,
as they decide between plans that are equal otherwise.

**Seats** (`seats`, `seating`, `layers`). Where an anchor may serve one of many gaps, and a gap may be served by
one of many anchors, slots and anchors are matched, and what that costs is part of what a slot is worth. In some
best way the lower slot has the higher seat, so the first seat that is left is all that a table or a label has to
know besides. If each slot finds the best of its seats free, no table is filled.

**What is outside the order of gaps.** Places on the page have no distances: they only share caps and limits,
so they are part of the numbers. The gap below the story is the place of the last one, and nothing stands below it:
who stands there is tried case by case. A distance that grows with the number of things above (`Growth`) is read off a label's counts; there
the table without gaps does not hold, and a sweep without values finds the numbers.

**What slots show.** Slots may show articles, each of them once, and how relevant these are is part of what
their places are worth (`assign`, `showing`, `zones`). A tier's articles are as relevant as can be without
taking one that an earlier tier needs. Few slots of one task are solved exactly, others by prices of articles.

**The budget.** The general problem is hard: many tasks in one tier with tied values and odd distances make
more labels than anyone waits for. So labels are counted, never seconds, and where the budget ends the best
plan known is completed until nothing legal can be added, and says that it is not proved.
"""
