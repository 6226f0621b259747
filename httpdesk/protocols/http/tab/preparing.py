"""Preparing: a tab's request as it goes out."""

import asyncio
from functools import partial

from httpdesk.core.collection import Saved
from httpdesk.core.environment import Scope
from httpdesk.core.options import effective
from httpdesk.core.prepare import inherited_from, prepare
from httpdesk.core.request import HttpRequest, RawBody
from httpdesk.core.wire import WireRequest
from httpdesk.ui.services import Services

_AT_ONCE_CHARACTERS = 200_000


async def prepared(
    request: HttpRequest, scope: Scope, services: Services, saved: Saved, path: str | None
) -> WireRequest:
    """What is sent for a request with the variables of `scope`; `path` is its file's. Raises Problem."""
    make = partial(
        prepare,
        request,
        scope,
        effective(request.options, services.settings.value.options),
        inherited=inherited_from(saved.above),
        folder="" if path is None else str(services.library.collection_folder(path)),
        user_agent=services.user_agent,
    )
    if isinstance(request.body, RawBody) and len(request.body.text) > _AT_ONCE_CHARACTERS:
        return await asyncio.to_thread(make)  # some MB take 100 ms
    return make()
