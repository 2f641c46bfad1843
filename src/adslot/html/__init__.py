"""A page as text or as a tree: what an element of it is, and where slots may go."""
