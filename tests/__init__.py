"""The tests, which mirror src/adslot."""
