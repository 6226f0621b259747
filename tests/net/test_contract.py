"""The private seams of aiohttp that net/ leans on: when one moves, its test says which and who needs it."""

import inspect
import re

import aiohttp
import pytest
from aiohttp import client, client_proto, client_reqrep, connector, streams
from aiohttp.http import HttpVersion11, RawResponseMessage

from httpdesk.core.options import Effective
from httpdesk.net.connector import Connector
from httpdesk.net.exact import ExactRequest
from httpdesk.net.handler import _NO_HEADERS, AnswerHandler, Payload
from tests.net.asking import get
from tests.net.sending import http_client
from tests.zoo.server import Zoo

# Where it lives, its name, who needs it. An attribute set in __init__ counts by its assignment in the source.
SEAMS = (
    (connector.TCPConnector, "_resolve_host", "connector.py times the look-up of the name"),
    (connector.TCPConnector, "_wrap_create_connection", "connector.py times TCP and lifts asyncio's TLS limit"),
    (connector.TCPConnector, "_start_tls_connection", "connector.py times TLS inside a tunnel"),
    (connector.BaseConnector, "_get", "connector.py does not use a connection that the server has closed"),
    (connector.BaseConnector, "connect", "connector.py gives each connection its request"),
    (connector.BaseConnector, "_factory", "connector.py makes connections with our protocol"),
    (connector.BaseConnector, "_acquired", "connector.py counts the connections in use"),
    (connector.BaseConnector, "_conns", "connector.py counts the idle connections"),
    (connector.BaseConnector, "_loop", "connector.py makes protocols for it"),
    (client.ClientSession, "_retry_connection", "sessions.py sends one request for each send, never two"),
    (client_proto.ResponseHandler, "_parser", "handler.py puts our parser in the place of aiohttp's"),
    (client_proto.ResponseHandler, "_payload", "handler.py ends the body on a time limit"),
    (client_proto.ResponseHandler, "set_response_params", "handler.py learns of each request"),
    (client_proto.ResponseHandler, "start_timeout", "handler.py learns that the request is sent"),
    (client_proto.ResponseHandler, "read_timeout", "handler.py shortens the wait for an end in doubt"),
    (client_proto.ResponseHandler, "_on_read_timeout", "handler.py ends an answer whose end is in doubt"),
    (client_proto.ResponseHandler, "_drop_timeout", "handler.py stops the clock at the end of a body"),
    (client_proto.ResponseHandler, "force_close", "handler.py keeps no connection after a fault"),
    (client_proto.ResponseHandler, "set_exception", "handler.py reads an answer that came before a failed write"),
    (client_proto.ResponseHandler, "connection_lost", "handler.py tells the parser how the connection ended"),
    (streams.DataQueue, "feed_data", "handler.py hands the head to the response that waits"),
    (streams.StreamReader, "_buffer", "handler.py keeps what arrived before a failure"),
    (streams.StreamReader, "_exception", "handler.py keeps what arrived before a failure"),
    (client_reqrep.ClientRequest, "send", "exact.py ends the wait for 100 Continue"),
    (client_reqrep.ClientRequest, "_continue", "exact.py ends the wait for 100 Continue"),
    (client_reqrep.ClientRequest, "_get_content_length", "exact.py sends any typed length"),
    (client_reqrep.ClientRequest, "chunked", "exact.py sends chunks only when Transfer-Encoding says so"),
)


def exists(owner, name):
    """Whether a class of aiohttp has an attribute, also one that its __init__ sets."""
    sources = [inspect.getsource(base) for base in owner.__mro__ if base.__module__.startswith("aiohttp")]
    return hasattr(owner, name) or any(re.search(rf"self\.{name}\b[^=\n]*=[^=]", source) for source in sources)


@pytest.mark.parametrize(("owner", "name", "needed"), SEAMS, ids=lambda value: value if isinstance(value, str) else "")
def test_the_seam_is_where_it_was(owner, name, needed):
    assert exists(owner, name), f"aiohttp {aiohttp.__version__} has no {owner.__name__}.{name} any more, and {needed}"


PARAMETERS = (
    (connector.BaseConnector.connect, ["self", "req", "traces", "timeout"]),
    (connector.TCPConnector._resolve_host, ["self", "host", "port", "traces"]),
    (client_reqrep.ClientRequest.send, ["self", "conn"]),
    (client_reqrep.ClientRequest._get_content_length, ["self"]),
    (client_proto.ResponseHandler.start_timeout, ["self"]),
    (client_proto.ResponseHandler._on_read_timeout, ["self"]),
    (client_proto.ResponseHandler.connection_lost, ["self", "exc"]),
    (streams.DataQueue.feed_data, ["self", "data", "size"]),
)


@pytest.mark.parametrize(("function", "expected"), PARAMETERS, ids=lambda value: getattr(value, "__qualname__", ""))
def test_the_seam_takes_what_it_took(function, expected):
    found = list(inspect.signature(function).parameters)
    assert found == expected, f"{function.__qualname__} takes {found} in aiohttp {aiohttp.__version__}"


@pytest.mark.parametrize("name", ["timer", "read_bufsize", "read_timeout"])
def test_a_request_still_says_how_it_is_to_be_read(name):
    found = inspect.signature(client_proto.ResponseHandler.set_response_params).parameters
    assert name in found, f"set_response_params has no {name} any more, and handler.py makes the body with it"


def test_a_message_is_still_made_of_the_same_parts():
    message = RawResponseMessage(HttpVersion11, 418, "Tea", _NO_HEADERS, (), True, None, False, False)
    assert (message.code, message.reason, message.should_close) == (418, "Tea", True)


async def test_our_protocol_and_request_are_really_used(tmp_path):
    with Zoo() as zoo:
        async with http_client(tmp_path) as client_of_ours:
            sessions = client_of_ours.sessions
            exchange = await get(client_of_ours, f"{zoo.url}/status-418")
            session = (await sessions.route(Effective(), zoo.url)).session
            assert isinstance(session.connector, Connector)
            assert not session._retry_connection
    assert exchange.head.status == 418
    assert exchange.last.head_bytes, "the answer did not come through our parser"
    assert exchange.last.phases


async def test_the_middleware_has_the_last_word_on_headers(tmp_path):
    with Zoo() as zoo:
        async with http_client(tmp_path) as client_of_ours:
            exchange = await get(client_of_ours, f"{zoo.url}/landed", headers=[("x-LOWER", "1"), ("X-Twice", "a")])
        [request] = zoo.requests
    lines = request.head.decode().split("\r\n")[1:]
    assert lines == [f"{name}: {value}" for name, value in exchange.last.sent_headers]


@pytest.mark.parametrize("ours", [Connector, AnswerHandler, Payload, ExactRequest])
def test_every_private_name_of_aiohttp_that_we_use_is_guarded_here(ours):
    used = set(re.findall(r"(?:self|super\(\))\.(_[a-z]\w*)", inspect.getsource(ours)))
    foreign = {name for name in used if exists(ours.__base__, name)}
    left = foreign - {name for _owner, name, _needed in SEAMS}
    assert not left, f"{ours.__name__} uses {left} of aiohttp, and no row of SEAMS guards it"
