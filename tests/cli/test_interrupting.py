"""Ctrl+C ends a send at once, without a word and without a trace."""

import signal
import sys

import pytest

from tests.cli.command import PATIENCE_S, started
from tests.peers.dead import SilentPeer


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C reaches a whole console there, the tests too")
def test_ctrl_c_ends_a_send():
    with SilentPeer() as peer:
        process = started("send", peer.url)
        with process:
            while not peer.accepted:
                assert process.poll() is None
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 130
        assert (out, err) == (b"", b"")
