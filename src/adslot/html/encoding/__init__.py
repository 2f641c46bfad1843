"""Bytes to characters and back, as browsers read them."""
