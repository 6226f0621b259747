"""The screens that are rendered: each one a context manager that yields the widget to paint, in the given mode."""

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

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


def screen(name: str, size: tuple[int, int] = SIZE) -> Callable[[Callable[[Person], object]], Screen]:
    """Register a screen: a coroutine that brings the window there."""

    def register(go) -> Screen:
        @asynccontextmanager
        async def there(mode: str) -> AsyncIterator[QWidget]:
            with tempfile.TemporaryDirectory(prefix="httpdesk-screens-") as home:
                async with desk(Path(home), mode=mode) as person:
                    person.window.resize(*size)
                    await person.program.network.sender()
                    await go(person)
                    yield person.window

        SCREENS[name] = there
        return there

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
    import asyncio

    await asyncio.sleep(0.4)


@screen("01-main")
async def main_screen(person: Person) -> None:
    await shop(person)
    welcome = person.tab
    other = await open_saved(person, "Create order")
    other.replace_request(with_url(other.request, other.request.url + "?dry=1"))
    tab = await open_saved(person, "List orders")
    person.program.documents.close(welcome)
    await sent(person, tab)
    person.program.documents.open(path_of(person, "Get customer"), permanent=False)
    await until(lambda: person.tab is not tab)
    person.program.desk.show_document(tab)
    await settle()


@screen("02-body")
async def body_screen(person: Person) -> None:
    await shop(person)
    tab = await open_saved(person, "Create order")
    tab.request_pane.show_page("body")
    await settle()


@screen("03-timing-popover")
async def timing_screen(person: Person) -> None:
    await shop(person)
    tab = await open_saved(person, "List orders")
    await sent(person, tab)
    tab.response_pane.head.time_clicked.emit()
    await settle()


@screen("07-command-palette")
async def palette_screen(person: Person) -> None:
    await shop(person)
    await open_saved(person, "List orders")
    palette = person.program.commands.palette()
    palette.open_in("")
    palette.field.setText("order")
    await settle()


@screen("08-error-refused")
async def error_screen(person: Person) -> None:
    await shop(person)
    await sent(person, new_tab(person, "http://127.0.0.1:9/v1/orders"))


@screen("09-welcome")
async def welcome_screen(person: Person) -> None:
    await settle()


@screen("10-settings-connections")
async def connections_screen(person: Person) -> None:
    person.program.commands.open_settings("connections")
    await settle()


@screen("11-settings-appearance")
async def appearance_screen(person: Person) -> None:
    person.program.commands.open_settings("appearance")
    await settle()


@screen("12-environments")
async def environments_screen(person: Person) -> None:
    await shop(person)
    person.program.commands.environments().open_at("Staging")
    await settle()


@screen("13-stacked-console")
async def console_screen(person: Person) -> None:
    await shop(person)
    tab = await open_saved(person, "List orders")
    await sent(person, tab)
    for path in ("/status/304", "/status/404", "/redirect/2", "/status/503"):
        await sent(person, new_tab(person, "{{echo}}" + path))
    person.program.desk.show_document(tab)
    person.program.settings.change(layout="below")
    person.window.toggle_console()
    tab.select_response_page(4)
    await settle()


@screen("14-cookies-and-redirects")
async def redirects_screen(person: Person) -> None:
    tab = new_tab(person, "{{echo}}/cookies/set?flavour=oat&crunchy=very")
    await sent(person, tab)
    tab.select_response_page(3)
    await settle()


@screen("15-response-headers")
async def headers_screen(person: Person) -> None:
    tab = new_tab(person, "{{echo}}/gzip")
    await sent(person, tab)
    tab.request_pane.show_page("headers")
    tab.select_response_page(2)
    await settle()


@screen("15-response-binary")
async def binary_screen(person: Person) -> None:
    tab = new_tab(person, "{{echo}}/image")
    await sent(person, tab)
    tab.request_pane.show_page("settings")


@screen("16-auth")
async def auth_screen(person: Person) -> None:
    await shop(person)
    tab = await open_saved(person, "List orders")
    tab.request_pane.show_page("auth")
    await settle()


@screen("18-narrow-1024", (1024, 720))
async def narrow_screen(person: Person) -> None:
    await shop(person)
    tab = await open_saved(person, "List orders")
    await sent(person, tab)


@screen("20-menus")
async def menu_screen(person: Person) -> None:
    await shop(person)
    await open_saved(person, "List orders")
    tree = person.program.sidebar.tree
    tree._offer(tree.viewport().mapToGlobal(QPoint(140, 260)))
    await settle()
    popup = QApplication.activePopupWidget()
    if popup is not None:
        # A menu is a window of its own: the picture of ours does not hold it.
        picture = popup.grab()
        popup.close()
        from PySide6.QtWidgets import QLabel

        label = QLabel(person.window)
        label.setPixmap(picture)
        label.adjustSize()
        label.move(200, 340)
        label.show()
