"""Many articles: worker processes, a journal of what is done, columns of Arrow tables."""
