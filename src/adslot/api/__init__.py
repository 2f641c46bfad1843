"""The verbs of the library: what a caller asks of it, in text and in trees."""
