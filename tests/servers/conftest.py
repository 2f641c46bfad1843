"""Real servers for the tests of this folder, which `make servers` runs and `make test` does not."""

from __future__ import annotations

import pytest

from tests.servers.serving import COMMANDS, served


@pytest.fixture(scope="session", params=COMMANDS)
def server(request, tmp_path_factory):
    """Each server with the site, and one who knows of patience."""
    with served(request.param, tmp_path_factory.mktemp(request.param), patience=1.0) as running:
        yield running
