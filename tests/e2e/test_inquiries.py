"""From a business with a wish to an activity: on a phone without scripts, in a frame on another site, at the desk."""

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, FrameLocator, Page

from samtall.activities.models import Activity
from samtall.base import clock
from samtall.inquiries import operations
from samtall.inquiries.declaration import STANDARD
from samtall.inquiries.models import Inquiry
from samtall.inquiries.states import State
from samtall.mail.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)

OpenPage = Callable[..., Page]
Examine = Callable[[Page], list[str]]
FORM = "/kontakt/naeringsliv/"


def make_form(*origins: str) -> None:
    declared = ", ".join(f'"{origin}"' for origin in origins)
    text = STANDARD.read_text().replace('# origins = ["https://www.example.no"]', f"origins = [{declared}]")
    operations.save_form(text, by="system:test", at=clock.now())


def fill(form: Page | FrameLocator, **more: str) -> None:
    """What a sender in a hurry writes, and the time it takes."""
    said = {
        "organisation": "Bø Bygg",
        "contact_name": "Kari Nordmann",
        "email": "kari@bobygg.example",
        "description": "Hvor blir varmen av?",
    }
    for name, text in (said | more).items():
        form.locator(f"[name={name}]").fill(text)
    form.get_by_label("Bachelor- eller masteroppgave").check()
    form.locator("[name=notice]").check()


def path_in(letter: Letter) -> str:
    return next(line for line in letter.text.splitlines() if "/kontakt/" in line).partition("/kontakt")[2]


def test_a_business_with_a_phone_and_no_scripts(open_page: OpenPage) -> None:
    make_form()
    phone = open_page(width=360, scripts=False)
    phone.goto(FORM)
    fill(phone, email="kari@")
    phone.wait_for_timeout(2100)
    phone.get_by_role("button", name="Send").click()
    assert "ser ikke ut som en e-postadresse" in phone.locator("ds-error-summary").inner_text()
    assert phone.locator("[name=description]").input_value() == "Hvor blir varmen av?"
    phone.locator("[name=email]").fill("kari@bobygg.example")
    phone.get_by_role("button", name="Send").click()
    phone.get_by_role("heading", name="Ett steg igjen: se i e-posten din").wait_for()

    phone.goto(f"/kontakt{path_in(Letter.objects.get(purpose='confirm'))}")
    phone.get_by_role("button", name="Ja, send henvendelsen").click()
    number = phone.locator(".case-number strong").inner_text()
    assert number == Inquiry.objects.get().number
    phone.goto(f"/kontakt{path_in(Letter.objects.get(purpose='receipt'))}")
    phone.get_by_label("Hva vil du legge til?").fill("Vi er åtte ansatte")
    phone.get_by_role("button", name="Send").click()
    assert phone.get_by_text("Vi er åtte ansatte").count() == 1
    assert phone.context.cookies() == []


def test_a_double_click_and_going_back_give_one_inquiry(open_page: OpenPage) -> None:
    make_form()
    page = open_page()
    page.goto(FORM)
    fill(page)
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Send").dblclick()
    page.wait_for_url("**/mottatt/**")
    page.go_back()
    page.locator("[name=description]").fill("Noe annet")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("heading", name="Vi har denne allerede").wait_for()
    assert [one.description for one in Inquiry.objects.all()] == ["Hvor blir varmen av?"]


@pytest.fixture
def other_site(tmp_path: Path) -> Iterator[str]:
    """Another site, on an origin of its own, that serves what is in its folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SilentHandler, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class SilentHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def test_in_a_frame_on_another_site_it_needs_no_cookie(
    open_page: OpenPage, sign_in_as: Callable[[Page, str], None], other_site: str, tmp_path: Path
) -> None:
    make_form(other_site)
    coordinator = open_page()
    sign_in_as(coordinator, "coordinator")
    coordinator.goto("/kontaktskjema/naeringsliv/")
    snippet = coordinator.get_by_label("Til å lime inn").input_value()
    (tmp_path / "index.html").write_text(
        f"<!doctype html><meta charset=utf-8><title>Skolen</title><link rel=icon href=data:,>{snippet}"
    )

    page = open_page(width=400)
    baked = []
    page.on("response", lambda response: baked.extend(response.headers.get("set-cookie", "").split()))
    page.goto(other_site)
    form = page.frame_locator("iframe")
    fill(form)
    page.wait_for_timeout(2100)
    assert int(page.locator("iframe").get_attribute("height") or 0) > 2000
    form.get_by_role("button", name="Send").click()
    form.get_by_role("heading", name="Takk, vi har mottatt henvendelsen").wait_for()
    page.wait_for_function("Number(document.querySelector('iframe').height) < 1000")
    assert Inquiry.objects.get().organisation_text == "Bø Bygg"
    assert (page.context.cookies(), baked) == ([], [])
    assert page.get_by_role("link", name="Åpne skjemaet i eget vindu").count() == 1


def test_no_other_site_and_no_other_page_can_be_framed(
    browser: Browser, live_server: object, other_site: str, tmp_path: Path
) -> None:
    make_form("https://www.example.no")
    (tmp_path / "index.html").write_text(
        "".join(
            f'<!doctype html><iframe src="{live_server}{path}"></iframe>'
            for path in (f"/innfelt{FORM}", FORM, "/", "/logg-inn/")
        )
    )
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(other_site)
        page.wait_for_timeout(1000)
        shown = [frame.url for frame in page.frames[1:]]
    assert shown == ["chrome-error://chromewebdata/"] * 4


def test_the_coordinator_from_the_receipt_to_an_activity(
    open_page: OpenPage, sign_in_as: Callable[[Page, str], None]
) -> None:
    make_form()
    business, desk = open_page(), open_page()
    business.goto(FORM)
    fill(business)
    business.wait_for_timeout(2100)
    business.get_by_role("button", name="Send").click()
    case = business.get_by_role("link", name="Åpne siden til saken").get_attribute("href")

    sign_in_as(desk, "coordinator")
    desk.goto("/henvendelser/")
    desk.locator("main table a").first.click()
    desk.get_by_role("button", name="Ta saken").click()
    desk.get_by_role("link", name="Svar", exact=True).click()
    desk.get_by_label("Tekst").fill("Så fint! Vi har noen som passer.")
    desk.get_by_role("button", name="Svar").click()
    desk.get_by_role("link", name="Før videre til samarbeid").click()
    desk.get_by_role("link", name="Studentoppgave", exact=True).click()
    desk.get_by_label("Første dag").fill("10.01.2027")
    desk.locator("[name=detail_level]").select_option("bachelor")
    desk.get_by_role("button", name="Før videre til samarbeid").click()
    assert desk.locator("h1").inner_text() == "Studentoppgave: Bø Bygg"

    inquiry = Inquiry.objects.get()
    assert (inquiry.state, Activity.objects.get().origin) == (State.HANDED_OVER, inquiry.source)
    business.goto(str(case))
    text = business.locator("main").inner_text()
    assert ("Demo coordinator" in text, "Vi har noen som passer." in text, "Ble til samarbeid" in text) == (True,) * 3


def test_every_page_can_be_used_by_everyone(
    open_page: OpenPage, sign_in_as: Callable[[Page, str], None], examine: Examine
) -> None:
    make_form()
    page = open_page(width=360, scheme="dark")
    found = {}

    def look(name: str) -> None:
        if faults := examine(page):
            found[name] = faults

    page.goto(FORM)
    look("form")
    page.get_by_role("button", name="Send").click()
    look("form refused")
    page.goto(f"/innfelt{FORM}")
    look("frame")
    page.goto(f"{FORM}e-post/")
    look("confirm sent")
    page.goto(FORM)
    fill(page)
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/mottatt/**")
    look("receipt")
    page.goto(str(page.get_by_role("link", name="Åpne siden til saken").get_attribute("href")))
    look("case of sender")
    sign_in_as(page, "coordinator")
    number = Inquiry.objects.get().number
    case = f"/henvendelser/{number}/"
    acts = ("", "svar/", "fordel/", "status/", "virksomhet/", "slaa-sammen/", "del/", "ny-lenke/", "overlever/")
    for address in (
        "/henvendelser/", *(case + act for act in acts), f"{case}overlever/thesis/",
        "/kontaktskjema/", "/kontaktskjema/nytt/", "/kontaktskjema/naeringsliv/",
    ):  # fmt: skip
        page.goto(address)
        look(address)
    assert found == {}
