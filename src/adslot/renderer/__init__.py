"""A placement becomes markup, and a policy a stylesheet."""
