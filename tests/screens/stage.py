"""The stage of the screens: a window filled with a shop, and steps that lead to a screen."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from httpdesk.core.auth import BearerAuth
from httpdesk.core.edits import with_url
from httpdesk.core.environment import Environment, Variable
from httpdesk.core.request import HttpRequest, RawBody
from httpdesk.core.rows import Row
from tests.drivers import Person, desk, until

# Name of the picture, and how to get there: async with screen("dark") as widget.
Screen = Callable[[str], AbstractAsyncContextManager[QWidget]]
SCREENS: dict[str, Screen] = {}
SIZE = (1440, 900)
_URL = "{{base}}/anything/customers/:customerId/orders?status=paid&limit=25&expand=items,customer"
_BODY = """{
  "customer": "{{customerId}}",
  "currency": "EUR",
  "total": 129.90,
  "items": [
    {"sku": "MUG-11", "qty": 2, "price": 14.90},
    {"sku": "KTL-02", "qty": 1, "price": 100.10}
  ],
  "coupon": "{{coupon}}"
}
"""


Go = Callable[[Person], Awaitable[None]]


def screen(name: str, size: tuple[int, int] = SIZE) -> Callable[[Go], Go]:
    """Register a screen: a coroutine that brings the window there."""

    def register(go: Go) -> Go:
        @asynccontextmanager
        async def there(mode: str) -> AsyncIterator[QWidget]:
            with tempfile.TemporaryDirectory(prefix="httpdesk-screens-") as home:
                async with desk(Path(home), mode=mode) as person:
                    person.window.resize(*size)
                    await person.program.network.sender()
                    await go(person)
                    yield person.window

        SCREENS[name] = there
        return go

    return register


async def shop(person: Person) -> HttpRequest:
    """Fill the workspace with the collection of a shop; returns the request that lists orders."""
    library = person.program.library
    root = await library.create_collection("Acme Shop API")
    folders = {
        "Auth": [("POST", "Sign in"), ("POST", "Refresh token")],
        "Customers": [
            ("GET", "List customers"),
            ("GET", "Get customer"),
            ("PATCH", "Update customer"),
            ("DELETE", "Delete customer"),
        ],
        "Orders": [
            ("GET", "List orders"),
            ("POST", "Create order"),
            ("GET", "Get order"),
            ("PUT", "Replace shipping address"),
            ("HEAD", "Order exists"),
        ],
    }
    orders = with_url(HttpRequest(), _URL)
    said = {"status": "Only paid orders", "limit": "Page size, 1 to 100", "expand": "Nested objects"}
    rows = tuple(Row(name=row.name, value=row.value, description=said[row.name]) for row in orders.query)
    rows += (Row(name="cursor", value="ord_5Rk0bTq2Zs", description="Skip to this id", enabled=False),)
    path = (Row(name="customerId", value="{{customerId}}", description="Customer"),)
    headers = (Row(name="Accept-Language", value="en-GB,en;q=0.9"), Row(name="X-Request-ID", value="{{$uuid}}"))
    auth = BearerAuth(token="{{token}}")
    orders = HttpRequest(url=_URL, query=rows, path=path, headers=headers, auth=auth)
    expanded = [root]
    for name, requests in folders.items():
        folder = await library.create_folder(root, name)
        expanded.append(folder)
        for method, title in requests:
            request = orders if title == "List orders" else HttpRequest(method=method, url="{{base}}/anything")
            if title == "Create order":
                url = "{{base}}/anything/orders"
                request = HttpRequest(method=method, url=url, body=RawBody(text=_BODY, language="json"))
            await library.create_request(folder, title, request)
    variables = (
        Variable(name="base", value="{{echo}}", description="Where the shop answers"),
        Variable(name="customerId", value="cus_8f3a21"),
        Variable(name="token", value="", secret=True, description="From your account page"),
        Variable(name="region", value="eu-west", enabled=False),
    )
    staging = Environment(name="Staging", color="#B9820F", variables=variables)
    await library.save_environment(staging, "")
    production = (Variable(name="base", value="https://api.acme.example"),)
    await library.save_environment(Environment(name="Production", color="#E0484F", variables=production), "")
    person.program.variables.keep_secrets(
        Environment(name="Staging", variables=(Variable(name="token", value="tok_4f9a17c0", secret=True),))
    )
    person.program.variables.choose("Staging")
    person.program.sidebar.set_expanded(expanded)
    return orders


def path_of(person: Person, title: str) -> str:
    """The path of a saved request."""
    return next(path for path, _, name, _ in person.program.commands._requests() if name == title)


async def open_saved(person: Person, title: str):
    """Show a saved request; its tab."""
    path = path_of(person, title)
    person.program.documents.open(path)
    person.program.sidebar.select(path)
    await until(lambda: person.tab is not None and person.tab.path == path)
    return person.tab


def new_tab(person: Person, url: str):
    """A tab with a request that is not saved."""
    return person.program.documents.new(with_url(HttpRequest(), url))


async def sent(person: Person, tab) -> None:
    """Send, and wait until the answer is shown whole."""
    tab.send()
    await until(lambda: tab.exchange is not None and tab.exchange.outcome and not tab.busy)
    await settle()


async def settle() -> None:
    """Let what is drawn later come."""
    await asyncio.sleep(0.4)


async def paste_popup(person: Person) -> None:
    """A menu is a window of its own, and a picture of ours does not hold it: paste it where it stood."""
    await settle()
    others = (one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not person.window)
    popup = QApplication.activePopupWidget() or next(others, None)
    assert popup is not None, "no menu is open"
    at = person.window.mapFromGlobal(popup.pos())
    picture = popup.grab()
    popup.close()
    label = QLabel(person.window)
    label.setPixmap(picture)
    label.adjustSize()
    label.move(at)
    label.show()
