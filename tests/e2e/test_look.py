"""The look: accessible, within its window, and usable with and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

PAGES = [
    "/",
    "/om/",
    "/personvern/",
    "/personvern/protokoll/",
    "/personvern/innsyn/",
    "/om/tilgjengelighet/",
    "/om/komponenter/",
    "/om/komponenter/?sent=1",
]
Examine = Callable[[Page], list[str]]
OpenPage = Callable[..., Page]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_and_fit_the_narrowest_window(open_page: OpenPage, examine: Examine, scheme: str) -> None:
    page = open_page(width=320, scheme=scheme)  # test_every_page.py looks at wider ones
    wrong = {}
    for address in PAGES:
        page.goto(address)
        if found := examine(page):
            wrong[address] = found
    assert wrong == {}


def test_who_signs_out_is_asked_to_sign_in(page: Page, sign_in_as: Callable[[Page, str], None]) -> None:
    sign_in_as(page, "reader")
    page.click("text=Logg ut")
    assert page.locator("a.account").inner_text() == "Logg inn"


def test_the_first_stop_of_the_keyboard_leads_to_the_content(page: Page) -> None:
    page.goto("/om/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "ds-skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_errors_get_the_readers_attention_and_lead_to_the_field(page: Page) -> None:
    page.goto("/om/komponenter/")
    page.click("#form button[type=submit]")
    page.wait_for_selector("ds-error-summary:focus")
    assert page.title().startswith("Feil: ")
    page.click("ds-error-summary a[href='#id_form_of_work_0']")
    assert page.evaluate("document.activeElement.id") == "id_form_of_work_0"
    field = page.locator("#id_day")
    assert field.get_attribute("aria-invalid") == "true"
    described = (field.get_attribute("aria-describedby") or "").split()
    assert {"id_day_helptext", "id_day_error"} <= set(described)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_language_is_changed_with_and_without_scripts(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(scripts=scripts, width=360)
    page.goto("/om/")
    page.click("button[lang=nn]")
    assert page.locator("h2").first.inner_text() == "Slik tel vi"
    assert page.locator("html").get_attribute("lang") == "nn"


def test_the_browsers_language_is_followed_until_the_reader_chooses(open_page: OpenPage) -> None:
    for asked, given in [("nn-NO", "nn"), ("en-GB", "en"), ("nb-NO", "nb"), ("de-DE", "nb")]:
        page = open_page(language=asked)
        page.goto("/")
        assert page.locator("html").get_attribute("lang") == given


def test_the_numbers_of_a_chart_can_be_opened_as_a_table(page: Page) -> None:
    page.goto("/om/komponenter/")
    chart = page.locator("figure.chart").first
    assert not chart.locator("table").is_visible()
    chart.locator("summary").click()
    expect(chart.locator("td", has_text="34")).to_be_visible()


def test_dark_and_light_colour_a_chart_differently(open_page: OpenPage) -> None:
    def text_colour(scheme: str) -> str:
        page = open_page(scheme=scheme)
        page.goto("/om/komponenter/")
        return str(page.evaluate("getComputedStyle(document.querySelector('figure.chart svg text')).fill"))

    assert text_colour("light") != text_colour("dark")


def test_on_paper_there_is_no_menu_and_the_text_is_black(open_page: OpenPage) -> None:
    page = open_page(scheme="dark")
    page.goto("/om/")
    page.emulate_media(media="print")
    assert not page.locator(".navigation").is_visible()
    assert not page.locator(".header-tools").is_visible()
    assert page.locator(".header").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
