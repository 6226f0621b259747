"""Screens of two answers side by side."""

import json
from typing import Any

from httpdesk.core.edits import with_url
from httpdesk.core.environment import Environment, Variable
from httpdesk.core.request import HttpRequest, RawBody
from httpdesk.ui.compare_tab import CompareTab
from tests.drivers import Person, until
from tests.screens.stage import new_tab, paste_popup, screen, sent, settle, shop


def _order(number: int, **more: Any) -> dict[str, Any]:
    items = [{"sku": f"MUG-{n}", "qty": n % 3 + 1, "price": 14.90, "tags": ["kitchen", "gift"]} for n in range(12)]
    order: dict[str, Any] = {"id": f"ord_{number}", "status": "paid", "customer": "cus_8f3a21", "items": items}
    return order | more


async def _compared(person: Person, *bodies: str, language: str = "json") -> CompareTab:
    """Send two bodies to the mirror, and compare their answers."""
    tab = new_tab(person, "{{echo}}/anything")
    for text in bodies:
        request = HttpRequest(method="POST", body=RawBody(text=text, language=language))
        tab.replace_request(with_url(request, "{{echo}}/anything"))
        await sent(person, tab)
    tab._comparing._with_previous()
    return await _there(person)


async def _there(person: Person) -> CompareTab:
    await until(lambda: isinstance(person.tab, CompareTab) and person.tab.outcome)
    await settle()
    page = person.tab
    assert isinstance(page, CompareTab)
    return page


def _orders() -> tuple[str, str]:
    first, second = _order(8840, coupon="WELCOME"), _order(8841, status="refunded", total=189.5)
    second["items"][3]["price"] = 15.40
    del second["items"][9]["tags"]
    return json.dumps(first), json.dumps(second)


@screen("85-compare")
async def compare_screen(person: Person) -> None:
    await shop(person)
    page = await _compared(person, *_orders())
    page.go_to_difference(1)
    await settle()


@screen("86-compare-headers")
async def compare_headers_screen(person: Person) -> None:
    await shop(person)
    page = await _compared(person, *_orders())
    page.bar.pages.select(1)
    page.bar.fold.setChecked(False)
    await settle()


@screen("87-compare-environments", (1024, 720))
async def compare_environments_screen(person: Person) -> None:
    await shop(person)
    other = (Variable(name="base", value="{{echo}}"), Variable(name="token", value="other"))
    await person.program.library.save_environment(Environment(name="Acceptance", variables=other), "")
    await until(lambda: len(person.program.variables.environments) > 2)
    tab = new_tab(person, "{{base}}/anything?of={{token}}")
    await sent(person, tab)
    tab._comparing._in_environment("Acceptance")
    await _there(person)


@screen("88-compare-bytes")
async def compare_bytes_screen(person: Person) -> None:
    tab = new_tab(person, "{{echo}}/bytes/300")
    await sent(person, tab)
    tab.replace_request(with_url(HttpRequest(), "{{echo}}/image"))
    await sent(person, tab)
    tab._comparing._with_previous()
    await _there(person)


@screen("89-compare-menu")
async def compare_menu_screen(person: Person) -> None:
    await shop(person)
    await sent(person, new_tab(person, "{{echo}}/html"))
    tab = new_tab(person, "{{echo}}/xml")
    await sent(person, tab)
    tab.run("compare_response")
    await paste_popup(person)


@screen("90-compare-failed")
async def compare_failed_screen(person: Person) -> None:
    await shop(person)
    refused = (Variable(name="base", value="http://127.0.0.1:9"),)
    await person.program.library.save_environment(Environment(name="Acceptance", variables=refused), "")
    tab = new_tab(person, "{{base}}/anything")
    await sent(person, tab)
    tab._comparing._in_environment("Acceptance")
    await settle()
    await settle()


@screen("91-compare-least", (800, 560))
async def compare_least_screen(person: Person) -> None:
    await compare_screen(person)
