"""A real browser on the real pages.

`page` is a wide, light window; `open_page(width=360, scheme="dark")` opens others. Every window fails its test when the
browser complains, of a breach of the Content-Security-Policy for instance. `sign_in_as(page, role)` uses the buttons of
the demonstration, for which it makes the fictional user of that role.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import LazySettings
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from samtall.accounts import operations as accounts
from samtall.base import clock

# Playwright keeps an event loop running in this thread, in which Django otherwise refuses to ask the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FRONT_END = Path(__file__).resolve().parents[2] / "samtall/ui/static/vendor/theme.css"

OpenPage = Callable[..., Page]

#: Each window and theme, and whether everything is looked for in it, or only what theme and window can change.
LOOKS = ((1280, "light", False), (360, "dark", True))
CHANGED_BY_THEME = ["color-contrast"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser, where there is one; what takes longest begins first."""
    items.sort(key=lambda item: item.path.name != "test_every_page.py")
    missing = next((str(needed) for needed in (CHROMIUM, FRONT_END) if not Path(needed).exists()), None)
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            if missing:
                item.add_marker(pytest.mark.skip(reason=f"there is no {missing}"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


def is_complaint(message: ConsoleMessage) -> bool:
    """An error, but not that a form came back with what was wrong in it (422), which is as it should be.

    Nor that there is no /favicon.ico: pages name their icon, and a letter that is shown as it travels has none.
    """
    expected = "status of 422" in message.text or message.location.get("url", "").endswith("/favicon.ico")
    return message.type == "error" and not expected


@pytest.fixture
def open_page(browser: Browser, live_server: object) -> Iterator[OpenPage]:
    complaints: list[str] = []
    contexts = []

    def open_page(*, width: int = 1280, scheme: str = "light", language: str = "nb-NO", scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=str(live_server),
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
            locale=language,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on(
            "console",
            lambda message: complaints.append(f"{message.text} {message.location}") if is_complaint(message) else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


@pytest.fixture
def sign_in_as(settings: LazySettings) -> Callable[[Page, str], None]:
    settings.DEMONSTRATION = True

    def sign_in_as(page: Page, role: str) -> None:
        at = clock.now()
        user = accounts.create_user(f"{role}@demonstrasjon.example", f"Demo {role}", at=at, demonstration=True)
        accounts.grant_role(user, role, by=None, at=at)
        page.goto("/logg-inn/")
        page.click(f"button[name=role][value={role}]")
        page.wait_for_selector("form.account")

    return sign_in_as


def breaches_of_wcag(page: Page) -> list[str]:
    """What axe finds wrong with a page, one line for each rule."""
    return breaches_in(Axe().run(page).response)


def breaches_in(answer: dict[str, Any]) -> list[str]:
    """The same, of what axe has answered."""
    found = [breach for breach in answer["violations"] if not _is_of_a_list_of_suggestions(breach)]
    return [f"{breach['id']}: {breach['nodes'][0]['html'][:200]} ({len(breach['nodes'])})" for breach in found]


def _is_of_a_list_of_suggestions(breach: dict[str, Any]) -> bool:
    """axe takes a field with suggestions for a combobox by itself only where the list is a plain `datalist`."""
    return breach["id"] == "aria-allowed-role" and all('list="' in node["html"] for node in breach["nodes"])


def sideways(page: Page) -> int:
    """How many pixels a page is too wide for its window."""
    page.wait_for_load_state()  # a page that is on its way has no element yet
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def faults_in_every_look(page: Page) -> dict[str, list[str]]:
    """What is wrong with a page, wide and narrow, in light and dark; it is changed as a reader changes it."""
    page.evaluate(Axe().axe_script)
    found = {f"{width} {scheme}": _faults(page, width, scheme, everything) for width, scheme, everything in LOOKS}
    return {look: faults for look, faults in found.items() if faults}


def _faults(page: Page, width: int, scheme: str, everything: bool) -> list[str]:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    only = "" if everything else f", {{runOnly: {CHANGED_BY_THEME}}}"
    extra = sideways(page)
    return breaches_in(page.evaluate(f"axe.run(document{only})")) + ([f"{extra} px too wide"] if extra > 0 else [])


@pytest.fixture
def examine() -> Callable[[Page], list[str]]:
    """Everything that is wrong with how a page looks: WCAG, and scrolling sideways."""

    def examine(page: Page) -> list[str]:
        extra = sideways(page)
        return breaches_of_wcag(page) + ([f"{extra} px too wide"] if extra > 0 else [])

    return examine
