"""Screens at other sizes, zooms and contrasts."""

from httpdesk.ui.theme import theme
from tests.drivers import Person
from tests.screens.screens import environments_screen, headers_screen, main_screen, palette_screen, timing_screen
from tests.screens.stage import screen, settle
from tests.screens.states import multipart_screen


@screen("18-least-800x560", (800, 560))
async def least_screen(person: Person) -> None:
    await timing_screen(person)


@screen("18-least-settings", (800, 560))
async def least_settings_screen(person: Person) -> None:
    person.program.commands.open_settings("connections")
    await settle()


@screen("18-least-palette", (800, 560))
async def least_palette_screen(person: Person) -> None:
    await palette_screen(person)


@screen("19-more-contrast")
async def contrast_screen(person: Person) -> None:
    theme.set_contrast(more=True)
    await main_screen(person)


def _zoomed(percent: int, name: str, go, size: tuple[int, int] = (1440, 900)) -> None:
    @screen(f"50-zoom-{percent}-{name}", size)
    async def zoomed_screen(person: Person) -> None:
        person.program.settings.change(zoom_percent=percent)
        await go(person)
        await settle()


async def _settings(person: Person) -> None:
    person.program.commands.open_settings("connections")


async def _zoomed_later(person: Person) -> None:
    await main_screen(person)
    person.program.settings.change(zoom_percent=150)


for _percent in (150, 200):
    _zoomed(_percent, "main", main_screen)
    _zoomed(_percent, "headers", headers_screen)
    _zoomed(_percent, "settings", _settings)
    _zoomed(_percent, "environments", environments_screen)
_zoomed(80, "main", main_screen)
_zoomed(150, "multipart", multipart_screen)
_zoomed(100, "later", _zoomed_later)
