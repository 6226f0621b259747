"""One echo server for all tests of the command line."""

import pytest

from tests.cli.command import echo_server


@pytest.fixture(scope="session")
def echo():
    with echo_server() as url:
        yield url
