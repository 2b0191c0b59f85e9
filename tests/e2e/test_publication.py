"""A year is published in a real browser: composed, approved by a colleague, and read by the council on a phone."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page

from samtall.base import clock
from samtall.base.text import Words
from samtall.figures.operations import ensure_catalogue
from samtall.programmes import operations as programmes
from samtall.programmes.files import MIDT_TELEMARK
from samtall.publications import operations
from tests.e2e.conftest import faults_in_every_look

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

DESK = "/publikasjoner/aaret/1/arbeid/"


@pytest.fixture
def draft() -> None:
    """A report of 2017 with nothing in it."""
    ensure_catalogue(by="test", at=clock.now())
    programme = programmes.load(MIDT_TELEMARK, by="test", at=clock.now())
    title = Words("Året", "Året", "The year")
    year = {"starts": date(2017, 1, 1), "ends": date(2017, 12, 31)}
    edition = operations.begin(programme, "aaret", sort="report", title=title, **year, by="test", at=clock.now())
    edition.blocks.all().delete()


def test_a_year_is_composed_approved_by_a_colleague_and_read_by_the_council_on_a_phone(
    draft: None,
    open_page: Callable[..., Page],
    sign_in_as: Callable[[Page, str], None],
) -> None:
    manager, colleague, council = open_page(), open_page(), open_page(width=360, scheme="dark", scripts=False)
    sign_in_as(manager, "programme_manager")
    sign_in_as(colleague, "validator")

    manager.goto(DESK)
    manager.get_by_role("link", name="Legg til øverst").click()
    manager.get_by_role("link", name="Tekst", exact=True).click()
    manager.get_by_role("button", name="Lagre").click()
    assert "Skriv på bokmål eller nynorsk" in manager.locator("main").inner_text()
    manager.get_by_label("Nynorsk").fill("Det gjekk godt.")
    manager.get_by_role("button", name="Lagre").click()

    manager.get_by_role("link", name="Legg til under").click()
    manager.get_by_role("link", name="Tall", exact=True).last.click()
    manager.get_by_label("Ord").fill("studentsamarbeid nye")
    manager.get_by_role("main").get_by_role("button", name="Søk").click()
    manager.get_by_role("link", name="Nye studentsamarbeid").click()
    manager.get_by_label("Etter kommune").check()
    manager.get_by_role("button", name="Lagre").click()
    assert "Nye studentsamarbeid" in manager.locator(".composed").last.inner_text()
    assert faults_in_every_look(manager) == {}
    manager.get_by_role("button", name="Frys og legg fram").click()

    manager.get_by_role("link", name="La noen utenfor lese").click()
    manager.get_by_label("Til hvem").fill("Bø kommunestyre")
    manager.get_by_label("Med listen over virksomheter bak hvert tall").check()
    manager.get_by_role("button", name="Lag lenken").click()
    link = manager.get_by_label("Til Bø kommunestyre").input_value()
    assert council.goto(link).status == 200  # type: ignore[union-attr]
    assert "ikke godkjent ennå" in council.locator("main").inner_text()

    colleague.goto("/")
    colleague.get_by_role("link", name="«Året» venter på din godkjenning").click()
    assert faults_in_every_look(colleague) == {}
    colleague.get_by_role("button", name="Godkjenn og publiser").click()

    council.reload()
    read = council.locator("main").inner_text()
    assert ("ikke godkjent ennå" in read, "Det gjekk godt." in read) == (False, True)
    council.get_by_role("link", name="Nye studentsamarbeid").click()
    assert "0 virksomheter tok del" in council.locator("main").inner_text()
    assert council.context.cookies() == []
    wide = open_page()
    wide.goto(link)
    assert faults_in_every_look(wide) == {}
