"""Making a figure in a real browser: what it says follows what is chosen, and without scripts by pressing Show."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from samtall.base import clock
from samtall.figures import operations
from samtall.figures.models import Figure
from samtall.ledger.facts import Fact, Side, Standing
from samtall.ledger.operations import restate

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def books(db: None) -> None:
    """Two theses of 2017, of which one began the year before."""
    operations.ensure_catalogue(by="system:test", at=clock.now())
    for number, starts in ((1, date(2016, 9, 1)), (2, date(2017, 2, 1))):
        part = Fact(
            kind="thesis", family="student", role="institution", side=Side.EDUCATION, standing=Standing.VALIDATED,
            organisation=9, starts=starts, ends=date(2017, 6, 1),
        )  # fmt: skip
        restate(f"activity:{number}", [part], by="system:test", at=clock.now())


@pytest.mark.usefixtures("books")
def test_the_number_follows_what_is_chosen_and_is_saved_under_a_name(
    page: Page, sign_in_as: Callable[[Page, str], None], examine: Callable[[Page], list[str]]
) -> None:
    sign_in_as(page, "programme_manager")
    page.goto("/tall/ny/")
    number = page.locator("#preview .big-figure-number")
    page.get_by_label("Prøv på perioden").fill("2017")
    page.get_by_label("Prøv på perioden").blur()
    expect(number).to_have_text("2")
    page.get_by_label("Nytt i perioden").check()
    expect(number).to_have_text("1")
    assert examine(page) == []
    for language in ("bokmål", "nynorsk", "engelsk"):
        page.get_by_label(f"Navn på {language}").fill(f"New theses {language[0]}")
    page.get_by_role("button", name="Lagre tallet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("New theses b")
    assert Figure.objects.filter(slug="new-theses-e").count() == 1


@pytest.mark.usefixtures("books")
def test_without_scripts_a_button_shows_what_it_says_and_it_fits_a_telephone(
    open_page: Callable[..., Page],
    sign_in_as: Callable[[Page, str], None],
    examine: Callable[[Page], list[str]],
) -> None:
    page = open_page(width=360, scheme="dark")
    sign_in_as(page, "coordinator")
    for address in (
        "/tall/collaborations/ny-versjon/",
        "/tall/collaborations/endringer/?periode=2017",
        "/tall/?q=kurs",
    ):
        page.goto(address)
        assert (address, examine(page)) == (address, [])
    plain = open_page(scripts=False)
    plain.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    plain.goto("/tall/collaborations/ny-versjon/")
    plain.get_by_label("Nytt i perioden").check()
    plain.get_by_role("button", name="Vis", exact=True).click()
    expect(plain.locator("#preview table")).to_contain_text("2017")
