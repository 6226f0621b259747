"""Preparing: a tab's request as it goes out, with what the user is asked for it."""

import asyncio
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from httpdesk.core.collection import Saved
from httpdesk.core.environment import Scope
from httpdesk.core.options import effective
from httpdesk.core.prepare import inherited_from, prepare
from httpdesk.core.problem import Problem
from httpdesk.core.request import HttpRequest, RawBody
from httpdesk.core.wire import WireRequest
from httpdesk.ui.services import Services

_AT_ONCE_CHARACTERS = 200_000
# Answers to questions would not put these right.
_BEFORE_QUESTIONS = {"unknown-variable", "empty-path-parameter", "variable-circle"}


async def prepared(
    over: QWidget, request: HttpRequest, scope: Callable[[], Scope], services: Services, saved: Saved, path: str | None
) -> WireRequest | None:
    """What is sent for a request with the variables of `scope`; `path` is its file's. Raises Problem.

    None where the user did not want to answer.
    """
    make = partial(
        _made,
        request,
        options=effective(request.options, services.settings.value.options),
        inherited=inherited_from(saved.above),
        folder="" if path is None else str(services.library.collection_folder(path)),
        user_agent=services.user_agent,
    )
    first, fault, wire = scope(), None, None
    try:
        wire = await make(first)
    except Problem as problem:
        fault = problem
        if problem.kind in _BEFORE_QUESTIONS:
            raise
    if first.asked:
        from httpdesk.ui.ask_values import ask_values

        answers = await ask_values(over, first.asked, QCoreApplication.translate("preparing", "Send"))
        if answers is None:
            return None
        services.variables.answer(answers)
        return await make(scope())
    if fault is not None:
        raise fault
    return wire


async def _made(request: HttpRequest, scope: Scope, **more: object) -> WireRequest:
    make: Callable[[], WireRequest] = partial(prepare, request, scope, **more)  # type: ignore[arg-type]
    if isinstance(request.body, RawBody) and len(request.body.text) > _AT_ONCE_CHARACTERS:
        return await asyncio.to_thread(make)  # some MB take 100 ms
    return make()
