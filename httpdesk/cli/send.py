"""Sends one request with the engine of the window."""

import asyncio
import shutil
import sys
from pathlib import Path

from httpdesk import __version__
from httpdesk.cli.answer import Answer
from httpdesk.cli.options import SendOptions
from httpdesk.cli.report import problem_report, text_of
from httpdesk.cli.request import effective_options, request_of
from httpdesk.cli.variables import scope_of
from httpdesk.core.exchange import Answered
from httpdesk.core.prepare import prepare
from httpdesk.core.problem import Problem
from httpdesk.core.settings import Pool
from httpdesk.core.wire import WireRequest
from httpdesk.net.problems import exit_code
from httpdesk.net.sessions import Sessions
from httpdesk.protocols.http.client import HttpClient
from httpdesk.store import places

USER_AGENT = f"httpdesk/{__version__}"


def send(options: SendOptions) -> int:
    """Send what the options say; the exit code. Raises Problem where nothing can be sent or written."""
    try:
        scope = scope_of(options.env, options.variables)
        request = request_of(options, scope)
        wire = prepare(request, scope, effective_options(options), folder=str(Path.cwd()), user_agent=USER_AGENT)
    except Problem as problem:
        if options.json:
            sys.stdout.buffer.write(text_of(problem_report(problem, exit_code(problem))))
        raise
    return asyncio.run(_send(wire, options))


async def _send(wire: WireRequest, options: SendOptions) -> int:
    folder = places.find().spool_folder
    sessions = Sessions(Pool())
    client = HttpClient(sessions, folder)
    sending = client.send(wire)
    answer = Answer(options, wire, sending.cancel)
    try:
        async for event in sending:
            if isinstance(event, Answered):
                answer.head_came(event.hop)
        return await answer.end(sending.exchange)
    finally:
        await sessions.close()
        client.close()
        client.close_exchange(sending.exchange)
        shutil.rmtree(folder, ignore_errors=True)
