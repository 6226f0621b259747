"""Report: an exchange as one JSON object, without secrets."""

import json
from collections.abc import Iterable
from typing import Any

import msgspec

from httpdesk.cli.words import remedies_of, sent_headers
from httpdesk.core.exchange import Exchange, Head, Hop
from httpdesk.core.problem import Problem
from httpdesk.core.redact import redact


def exchange_report(exchange: Exchange, exit_code: int, saved_to: str = "") -> dict[str, Any]:
    """What is known of an exchange; the last answer stands at the top, each hop in `hops`; times are ms."""
    last = exchange.last
    report = {
        "request_id": exchange.request_id,
        "outcome": str(exchange.outcome or ""),
        "exit_code": exit_code,
        "method": exchange.request.method,
        "url": exchange.request.url,
        **_head(last.head if last else None),
        "body": _body(last, saved_to),
        "total_ms": round(exchange.total_ms, 3),
        "timing": _timing(last) if last else {},
        "faults": [fault for hop in exchange.hops for fault in hop.faults],
        "problem": _problem(exchange.problem) if exchange.problem else None,
        "hops": [_hop(hop) for hop in exchange.hops],
    }
    found: dict[str, Any] = _without(report, exchange.request.secrets)
    return found


def problem_report(problem: Problem, exit_code: int) -> dict[str, Any]:
    """What is known when nothing was sent."""
    return {"outcome": "failed", "exit_code": exit_code, "status": None, "hops": [], "problem": _problem(problem)}


def text_of(report: dict[str, Any]) -> bytes:
    """The object as UTF-8 with a line end."""
    return (json.dumps(report, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def _head(head: Head | None) -> dict[str, Any]:
    if head is None:
        return {"status": None, "reason": "", "http_version": "", "headers": []}
    return {
        "status": head.status,
        "reason": head.reason,
        "http_version": head.http_version,
        "headers": _pairs(head.headers),
    }


def _body(hop: Hop | None, saved_to: str) -> dict[str, Any] | None:
    if hop is None or hop.body is None:
        return None
    return {
        "bytes": hop.body.size_bytes,
        "wire_bytes": hop.wire_bytes,
        "encodings": list(hop.encodings),
        "complete": hop.complete,
        "saved_to": saved_to or None,
    }


def _timing(hop: Hop) -> dict[str, float]:
    return {str(time.phase): round(time.length_ms, 3) for time in hop.phases}


def _hop(hop: Hop) -> dict[str, Any]:
    return {
        "method": hop.method,
        "url": hop.url,
        "sent_headers": _pairs(sent_headers(hop)),
        "sent_bytes": hop.sent_bytes,
        **_head(hop.head),
        "interim": [_head(head) for head in hop.interim],
        "trailers": _pairs(hop.trailers),
        "started_ms": round(hop.started_ms, 3),
        "phases": [
            {
                "phase": str(time.phase),
                "start_ms": round(time.start_ms, 3),
                "length_ms": round(time.length_ms, 3),
            }
            for time in hop.phases
        ],
        "connection": msgspec.to_builtins(hop.connection),
        "faults": list(hop.faults),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "kind": problem.kind,
        "title": problem.title,
        "detail": problem.detail,
        "where": problem.where,
        "evidence": problem.evidence,
        "steps": [{"stage": str(step.stage), "state": str(step.state), "note": step.note} for step in problem.steps],
        "what_to_try": remedies_of(problem),
    }


def _pairs(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    return [[name, value] for name, value in pairs]


def _without(value: Any, secrets: frozenset[str]) -> Any:
    """The value with secrets masked in every text of it."""
    if isinstance(value, str):
        return redact(value, secrets)
    if isinstance(value, dict):
        return {name: _without(inner, secrets) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without(inner, secrets) for inner in value]
    return value
