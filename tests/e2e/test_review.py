"""Clearing up names in a real browser: by keyboard with undo, without JavaScript; and suggestions while one writes."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page, expect

from samtall.accounts import operations as accounts
from samtall.activities import operations as activities
from samtall.activities.models import Activity
from samtall.identities import operations as identities
from samtall.identities.operations import Hints
from samtall.organisations.work import look_for_suspicions
from samtall.parties import operations as parties
from samtall.parties.models import Organisation
from samtall.places.operations import ensure_builtin

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2017, 9, 1, tzinfo=UTC)
PILE = "/virksomheter/avklaring/"
KARI = "«Kari sin strikkeklubb»"


@pytest.fixture
def doubts(db: None) -> Activity:
    """A thesis with two names in doubt, one that nobody resembles, and two organisations that may be one."""
    ensure_builtin(AT)
    by = accounts.create_user("skriver@samtall.example", "Skriver", at=AT)
    bygg, bakeri = company("BØ BYGG AS", "313000028"), company("NOME BAKERI AS", "313000036")
    twice = [company("TINN DATA AS", "313000044"), company("TINN DATA", "313000052")]
    names = [written(text) for text in ("Bø Byg", "Nome Bakri", "Kari sin strikkeklubb")]
    thesis = activities.record(
        "thesis", title="Tre i høyden", starts=date(2017, 1, 9), details={"level": "bachelor"}, by=by, at=AT
    )
    for one in (*names, *twice, bygg, bakeri):
        activities.add_participation(thesis, role="host", organisation=one, by=by, at=AT)
    while look_for_suspicions(AT):
        pass
    return thesis


def company(name: str, number: str) -> Organisation:
    said = {"municipality": "0821", "industry": "43.210"}
    return parties.add_organisation(name, number=number, form="AS", attributes=said, at=AT)


def written(text: str) -> Organisation:
    return identities.written(text, hints=Hints(municipality="0821"), source="import:1", at=AT)


def found_to_be() -> dict[str, str]:
    named = Organisation.objects.exclude(same_as=None).order_by("name").select_related("same_as")
    return {one.name: str(one.same_as) for one in named}


def test_names_are_cleared_up_by_keyboard_and_undone(
    doubts: Activity, page: Page, sign_in_as: Callable[[Page, str], None]
) -> None:
    sign_in_as(page, "coordinator")
    page.goto(PILE)
    subject = page.locator("#subject")
    first = subject.inner_text()
    page.keyboard.press("h")
    expect(subject).not_to_have_text(first)
    second = subject.inner_text()
    assert {first, second} == {"«Bø Byg»", "«Nome Bakri»"}
    for key, then in (("1", KARI), ("n", first), ("u", KARI), ("z", second)):
        page.keyboard.press(key)
        expect(subject).to_have_text(then)
    assert found_to_be() == {}
    page.keyboard.press("1")
    expect(page.locator(".last-decision")).to_contain_text(f"Du sa sist: {second[1:-1]} er den samme som")
    assert len(found_to_be()) == 1

    page.keyboard.press("s")
    page.keyboard.type("n1h")
    assert page.locator("#search-q").input_value() == "n1h"
    page.get_by_label("Hurtigtaster på denne siden").uncheck()
    here = page.url
    page.keyboard.press("n")
    page.reload()
    page.keyboard.press("h")
    assert page.url == here


def test_names_are_cleared_up_without_javascript(
    doubts: Activity, open_page: Callable[..., Page], sign_in_as: Callable[[Page, str], None]
) -> None:
    page = open_page(scripts=False)
    sign_in_as(page, "coordinator")
    page.goto(PILE)
    page.get_by_role("button", name="Det er denne").first.click()
    page.get_by_role("button", name="Angre").click()
    assert found_to_be() == {}
    page.get_by_role("button", name="Det er denne").first.click()
    page.get_by_label("En annen: navn eller organisasjonsnummer").fill("tinn data")
    page.get_by_role("button", name="Søk").last.click()
    page.locator(f"button[name=same][value=o{Organisation.objects.get(number='313000044').pk}]").click()
    assert sorted(found_to_be().values())[-1] == "TINN DATA AS"
    page.get_by_role("link", name="Kan stå her to ganger").click()
    page.get_by_role("link", name="Se på de to sammen").click()
    page.get_by_role("button", name="De er den samme").click()
    assert found_to_be()["TINN DATA"] == "TINN DATA AS"


def test_every_page_of_clearing_up_can_be_used_by_everyone(
    doubts: Activity, open_page: Callable[..., Page], sign_in_as: Callable[[Page, str], None],
    examine: Callable[[Page], list[str]],
) -> None:  # fmt: skip
    page = open_page(width=360, scheme="dark")
    sign_in_as(page, "coordinator")
    faults = {}
    kept = Organisation.objects.get(number="313000044")
    for address in (
        PILE, f"{PILE}?q=bakeri", f"{PILE}?vis=like", "/virksomheter/avgjorelser/",
        f"/virksomheter/313000052/samme/?med=o{kept.pk}", "/virksomheter/313000052/samme/?q=bø",
        "/virksomheter/", "/virksomheter/?vis=alle", "/virksomheter/ny/", f"/aktiviteter/{doubts.pk}/",
    ):  # fmt: skip
        page.goto(address)
        if page.locator("#shortcuts").count():
            page.wait_for_selector("#shortcuts:not([hidden])")
        if found := examine(page):
            faults[address] = found
    page.goto(PILE)
    page.get_by_role("button", name="Det er denne").first.click()
    page.wait_for_selector(".last-decision")
    name = Organisation.objects.exclude(same_as=None).get()
    for address in (PILE, f"/virksomheter/{name.pk}/", f"/virksomheter/{name.same_as.number}/"):  # type: ignore[union-attr]
        page.goto(address)
        if found := examine(page):
            faults[address] = found
    page.goto(f"/virksomheter/{name.pk}/")
    page.get_by_role("link", name="Trekk avgjørelsen").click()
    if found := examine(page):
        faults["withdraw"] = found
    assert faults == {}


def test_who_it_is_is_suggested_while_one_writes_and_chosen_by_keyboard(
    doubts: Activity, page: Page, sign_in_as: Callable[[Page, str], None], examine: Callable[[Page], list[str]]
) -> None:
    sign_in_as(page, "coordinator")
    page.goto(f"/aktiviteter/{doubts.pk}/deltar/institution/")
    field = page.get_by_role("combobox", name="Virksomhet")
    field.press_sequentially("nome bak", delay=20)
    option = page.get_by_role("option", name="NOME BAKERI AS")
    option.wait_for()
    assert "Bø (Telemark)" in option.inner_text()
    assert examine(page) == []
    field.press("ArrowDown")
    field.press("Enter")
    assert field.input_value() == "NOME BAKERI AS (313\u00a0000\u00a0036)"
    page.get_by_role("button", name="Legg til").click()
    page.wait_for_url(f"**/aktiviteter/{doubts.pk}/")
    assert activity_has(doubts, "institution", "313000036")


def test_what_is_written_freely_is_kept(doubts: Activity, page: Page, sign_in_as: Callable[[Page, str], None]) -> None:
    sign_in_as(page, "coordinator")
    page.goto(f"/aktiviteter/{doubts.pk}/deltar/institution/")
    field = page.get_by_role("combobox", name="Virksomhet")
    field.press_sequentially("Nome Bakkeri og Kafé", delay=20)
    page.get_by_role("option").first.wait_for()
    field.press("Tab")
    assert field.input_value() == "Nome Bakkeri og Kafé"
    page.get_by_role("button", name="Legg til").click()
    page.get_by_role("radio", name="uten organisasjonsnummer").check()
    page.get_by_role("button", name="Legg til").click()
    page.goto(PILE)
    expect(page.locator("main")).to_contain_text("Nome Bakkeri og Kafé")


def activity_has(thesis: Activity, role: str, number: str) -> bool:
    return thesis.participations.filter(role=role, organisation__number=number).exists()
