"""A placement becomes markup."""
