"""Policies as files: TOML and JSON, what they extend, and where in them a value stands."""
