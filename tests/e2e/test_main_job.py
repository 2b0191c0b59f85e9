"""The main job in a real browser, with and without JavaScript; its pages wide and narrow, light and dark."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page

from samtall.figures.queries import current_version
from tests.collaborations import make_region, spreadsheet

pytestmark = pytest.mark.django_db(transaction=True)

FIGURE = "/tall/organisations-in-collaborations/?periode=2017"


def file() -> FilePayload:
    return FilePayload(
        name="samarbeid.xlsx",
        mimeType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        buffer=spreadsheet(),
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_a_spreadsheet_to_a_figure(
    open_page: Callable[..., Page], sign_in_as: Callable[[Page, str], None], scripts: bool
) -> None:
    make_region()
    desk, colleague = open_page(scripts=scripts), open_page(scripts=scripts)
    sign_in_as(desk, "coordinator")
    sign_in_as(colleague, "validator")

    desk.goto("/import/")
    desk.set_input_files("input[type=file]", files=file())
    desk.click("main form button[type=submit]")
    desk.get_by_role("button", name="Lagre 3 aktiviteter").click()
    if not scripts:
        desk.get_by_role("button", name="Fortsett").click()
    desk.wait_for_selector("text=Vannkraft i Bø")
    assert figure_in(desk) == (
        "0",
        ["2 til venter på godkjenning", "1 ikke identifisert, ved siden av tallet – avklar"],
    )

    colleague.goto("/godkjenning/")
    for box in colleague.locator("input[name=activity]").all():
        box.check()
    colleague.get_by_role("button", name="Godkjenn de valgte").click()
    assert colleague.locator("input[name=activity]").count() == 0
    assert figure_in(colleague) == ("2", ["1 ikke identifisert, ved siden av tallet"])

    colleague.goto(f"{FIGURE}&per=31.12.2016")
    assert colleague.locator(".big-figure-number").inner_text() == "0"
    colleague.goto(FIGURE)
    colleague.get_by_role("link", name="Hele listen, 3 linjer").click()
    assert colleague.locator(".line-head a").all_inner_texts() == [
        "Fjellkraft AS",
        "Frukthagen AS",
        "Et firma uten nummer",
    ]


def figure_in(page: Page) -> tuple[str, list[str]]:
    """The number on the figure's page, and what stands beside it that is not certain."""
    page.goto(FIGURE)
    beside = page.locator(".beside li").all_inner_texts()
    return (
        page.locator(".big-figure-number").inner_text(),
        [text for text in beside if "venter på" in text or "identifisert, ved" in text],
    )


def test_every_page_of_the_main_job_can_be_used_by_everyone(
    open_page: Callable[..., Page],
    sign_in_as: Callable[[Page, str], None],
    examine: Callable[[Page], list[str]],
) -> None:
    make_region()
    assert current_version("collaborations").number == 1
    page = open_page(width=360, scheme="dark")
    sign_in_as(page, "coordinator")
    found: dict[str, Any] = {}

    def look(name: str, window: Page = page) -> None:
        if faults := examine(window):
            found[name] = faults

    page.goto("/import/")
    look("imports")
    page.set_input_files("input[type=file]", files=file())
    page.click("main form button[type=submit]")
    look("preview")
    page.get_by_role("button", name="Lagre 3 aktiviteter").click()
    page.wait_for_selector("text=Vannkraft i Bø")
    look("result")
    for address in (
        "/", "/tall/", FIGURE, f"{FIGURE}&etter=kommune&kalender=semester", FIGURE.replace("/?", "/liste/?"),
        "/aktiviteter/", "/aktiviteter/slag/", "/aktiviteter/slag/course/", "/aktiviteter/ny/thesis/", "/virksomheter/",
        "/virksomheter/313000028/", "/virksomheter/ny/", "/program/",
    ):  # fmt: skip
        page.goto(address)
        look(address)
    page.goto("/aktiviteter/")
    page.get_by_role("link", name="Vannkraft i Bø").click()
    look("activity")
    colleague = open_page(width=360, scheme="dark")
    sign_in_as(colleague, "validator")
    colleague.goto("/godkjenning/")
    look("validation", colleague)
    assert found == {}
