"""One company's way through the house: from a contact form on a phone to one more in a figure, each in a browser."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page
from pytest_django import Settings

from samtall.activities.models import Evidence
from samtall.base import clock
from samtall.figures import operations as figures
from samtall.inquiries import operations as inquiries
from samtall.inquiries.declaration import STANDARD
from samtall.inquiries.tokens import SHORTEST_OPEN, read_form_token
from samtall.mail.models import Letter
from samtall.parties import operations as parties
from samtall.places.operations import ensure_builtin
from tests.collaborations import LONG_AGO
from tests.e2e.conftest import OpenPage, faults_in_every_look

pytestmark = pytest.mark.django_db(transaction=True)

COLLEGE, COMPANY = "313000001", "313000028"
ADDRESS = "kari@bobygg.example.org"
TODAY = clock.today()
BEGAN, ENDED = TODAY - timedelta(days=60), TODAY - timedelta(days=1)
FIGURE = f"/tall/student-collaborations/?periode={ENDED.year}"


Look = Callable[[Page], None]


@pytest.fixture
def region(db: None) -> None:
    """What is there before anybody asks for anything: the two parties, the figures and a contact form."""
    ensure_builtin(at=LONG_AGO)
    figures.ensure_catalogue(by="system:test", at=LONG_AGO)
    parties.add_organisation("Høgskolen", number=COLLEGE, at=LONG_AGO)
    parties.add_organisation("Bø Bygg AS", number=COMPANY, at=LONG_AGO)
    text = STANDARD.read_text().replace('# institution = "911770709"', f'institution = "{COLLEGE}"')
    inquiries.save_form(text, by="system:test", at=LONG_AGO)


@pytest.fixture
def look(open_page: OpenPage) -> Iterator[Look]:
    """Looks at the page that somebody is on, in a window of its own in which scripts run; fails for what is wrong."""
    wrong: dict[str, dict[str, list[str]]] = {}
    window = open_page()

    def look(page: Page) -> None:
        window.context.clear_cookies()
        window.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
        window.goto(page.url)
        assert window.url == page.url
        if found := faults_in_every_look(window):
            wrong[page.url] = found

    yield look
    assert wrong == {}


def test_a_wish_becomes_one_more_in_a_figure(
    region: None,
    open_page: OpenPage,
    sign_in_as: Callable[[Page, str], None],
    look: Look,
    settings: Settings,
    tmp_path: Path,
) -> None:
    settings.DATA = tmp_path
    phone, desk, colleague = open_page(width=360, scripts=False), open_page(), open_page()
    sign_in_as(desk, "coordinator")
    sign_in_as(colleague, "validator")
    assert figure_in(colleague) == "0"

    case = asks(phone, look)
    answers(desk, look)
    phone.goto(case)
    assert "Vi har en student som passer." in phone.inner_text("main")
    look(phone)

    thesis = hand_over(desk, look)
    agree(desk, look)
    complete(desk, thesis)
    assert figure_in(desk) == "0"
    confirms(phone, desk, thesis, look)
    desk.goto(thesis)
    desk.get_by_role("button", name="Send inn").click()
    desk.get_by_text("Nå kan noen andre godkjenne det").wait_for()
    look(desk)
    assert figure_in(desk) == "0"

    validates(colleague, look)
    assert figure_in(colleague) == "1"
    assert colleague.locator(".line-head a").all_inner_texts() == ["Studentoppgave: Bø Bygg AS"]
    look(colleague)
    phone.goto(case)
    assert "Ble til samarbeid" in phone.inner_text("main")
    assert phone.context.cookies() == []


def asks(phone: Page, look: Look) -> str:
    """The company writes, confirms by the letter that it was them, and gets a receipt; gives their page's address."""
    phone.goto("/kontakt/naeringsliv/")
    look(phone)
    said = {"organisation": "Bø Bygg AS", "contact_name": "Kari Nordmann", "email": ADDRESS, "description": "Tre?"}
    for name, text in said.items():
        phone.locator(f"[name={name}]").fill(text)
    phone.get_by_label("Bachelor- eller masteroppgave").check()
    phone.locator("[name=notice]").check()
    as_slow_as_people(phone)
    phone.get_by_role("button", name="Send").click()
    phone.get_by_role("heading", name="Ett steg igjen: se i e-posten din").wait_for()
    look(phone)
    phone.goto(link_in("confirm"))
    look(phone)
    phone.get_by_role("button", name="Ja, send henvendelsen").click()
    phone.get_by_role("heading", name="Takk, vi har mottatt henvendelsen").wait_for()
    look(phone)
    phone.goto(link_in("receipt"))
    return phone.url


def as_slow_as_people(phone: Page) -> None:
    """Wait for as long as is left of what nobody is faster than."""
    token = read_form_token(phone.locator("[name=token]").input_value())
    assert token is not None
    left = SHORTEST_OPEN - (clock.now() - token.shown_at)
    phone.wait_for_timeout(max(left.total_seconds() * 1000, 0))


def answers(desk: Page, look: Look) -> None:
    """The coordinator finds the case from her front page, takes it, and answers."""
    desk.goto("/")
    look(desk)
    desk.get_by_role("link", name="1 henvendelse har ingen ansvarlig ennå").click()
    look(desk)
    desk.locator("main table a").first.click()
    look(desk)
    desk.get_by_role("button", name="Ta saken").click()
    desk.get_by_role("link", name="Svar", exact=True).click()
    look(desk)
    desk.get_by_label("Tekst").fill("Så fint! Vi har en student som passer.")
    desk.get_by_role("button", name="Svar").click()


def hand_over(desk: Page, look: Look) -> str:
    """It becomes a proposal for a thesis: a student, and a supervisor who approves. Gives the address of its page."""
    desk.get_by_role("link", name="Før videre til samarbeid").click()
    look(desk)
    desk.get_by_role("link", name="Studentoppgave", exact=True).click()
    desk.get_by_label("Første dag").fill(f"{BEGAN:%d.%m.%Y}")
    desk.get_by_label("Siste dag").fill(f"{ENDED:%d.%m.%Y}")
    desk.locator("[name=detail_level]").select_option("bachelor")
    look(desk)
    desk.get_by_role("button", name="Før videre til samarbeid").click()
    desk.get_by_role("heading", name="Studentoppgave: Bø Bygg AS").wait_for()
    thesis = desk.url
    for role, name in (("Student", "Ola Hansen"), ("Faglig veileder", "Åse Lie")):
        desk.get_by_role("link", name=f"Legg til: {role}", exact=True).click()
        desk.get_by_label("Virksomhet", exact=True).fill("Høgskolen")
        desk.locator("[name=name]").fill(name)
        desk.get_by_role("button", name="Legg til").click()
        desk.wait_for_url(thesis)
    desk.locator("a", has_text="Fyll ut: Faglig godkjent").click()
    desk.get_by_label("Ja", exact=True).check()
    desk.get_by_role("button", name="Lagre").click()
    look(desk)
    return thesis


def agree(desk: Page, look: Look) -> None:
    """An agreement is drawn up, sent, and signed by both; the copy they have signed becomes documentation."""
    desk.get_by_role("link", name="Sett opp en avtale").click()
    look(desk)
    desk.get_by_role("button", name="Lagre").click()
    look(desk)
    copy = desk.request.get(str(desk.get_by_role("link", name="Les avtalen (PDF)").get_attribute("href"))).body()
    desk.get_by_role("link", name="Avtalen er sendt").click()
    desk.get_by_role("button", name="Lagre").click()
    for party in ("Bø Bygg AS", "Høgskolen", "Ola Hansen"):
        desk.get_by_role("link", name="Noen har skrevet under").click()
        desk.get_by_label(party).check()
        if party == "Ola Hansen":
            desk.get_by_label("Den underskrevne avtalen").set_input_files(
                FilePayload(name="avtale.pdf", mimeType="application/pdf", buffer=copy)
            )
            look(desk)
        desk.get_by_role("button", name="Lagre").click()
        desk.get_by_text("Lagret.").wait_for()
    look(desk)


def complete(desk: Page, thesis: str) -> None:
    """The work was done from the first day to the last."""
    desk.goto(thesis)
    for done in ("Det har begynt", "Det er fullført"):
        desk.get_by_role("link", name=done).click()
        desk.get_by_role("button", name="Lagre").click()
        desk.wait_for_url(thesis)


def confirms(phone: Page, desk: Page, thesis: str, look: Look) -> None:
    """The company gets a letter and says that it is right; having opened it says nothing."""
    desk.goto(thesis)
    desk.get_by_role("link", name="Spør, og se svarene").click()
    look(desk)
    desk.get_by_label("Bø Bygg AS").check()
    desk.get_by_label("E-postadresse").fill(ADDRESS)
    desk.get_by_role("button", name="Send brevet").click()
    desk.get_by_text("Brevet er på vei.").wait_for()
    phone.goto(link_in("confirmation"))
    look(phone)
    assert Evidence.objects.filter(kind="confirmation").count() == 0
    phone.get_by_role("button", name="Ja, dette er riktig").click()
    phone.get_by_role("heading", name="Takk").wait_for()
    assert Evidence.objects.filter(kind="confirmation").count() == 1


def validates(colleague: Page, look: Look) -> None:
    """Somebody else finds it on her front page, looks at it, and approves."""
    colleague.goto("/")
    colleague.get_by_role("link", name="1 aktivitet venter på at du godkjenner").click()
    look(colleague)
    colleague.get_by_role("link", name="Studentoppgave: Bø Bygg AS").click()
    look(colleague)
    colleague.get_by_role("button", name="Godkjenn").click()
    colleague.get_by_role("button", name="Godkjenn").wait_for(state="detached")


def figure_in(page: Page) -> str:
    page.goto(FIGURE)
    return page.locator(".big-figure-number").inner_text()


def link_in(purpose: str) -> str:
    """Where the button of the one letter of a sort leads, without the name of the house."""
    link = re.search(r"https?://[^/\s]+(/\S+)", Letter.objects.get(purpose=purpose).text)
    assert link is not None
    return link[1]
