"""An independent judge of everything that a policy can say: small stories, plans by trying all of them.

For each number `judge` makes a story and a policy, has adslot place and explain, and works all of it out once more: from
the words of the reference, over a model of the story that no parser made. `python -m tests.oracles.stories` judges many.
"""
