"""Integrations: each module puts adslot into one framework, by that framework's own habits.

None of them is imported by adslot itself. Each needs the extra of its name, as in `pip install "adslot[django]"`; the
middlewares for ASGI and WSGI need none.
"""
