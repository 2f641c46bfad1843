"""The expressions of a policy: distances, rates, terms and selectors."""
