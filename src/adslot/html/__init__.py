"""A page as text or as a tree: its nodes, the safe places in it, and the splicing of markup."""
