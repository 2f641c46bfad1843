"""A page that has slots, judged. Knows nothing of the planner that placed them."""
