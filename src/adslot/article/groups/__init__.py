"""What stays whole in a story: children that stand side by side, cards and components, places that a script fills."""
