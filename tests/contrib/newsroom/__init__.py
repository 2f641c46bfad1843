"""A small site of Django and Wagtail, which the tests of both integrations run."""
