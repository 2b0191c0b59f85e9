"""One box finds what a reader may see, also without Norwegian letters; and the front page tells what slipped."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities.operations import Part, WholeActivity
from samtall.base.text import loose
from samtall.home import front
from samtall.home.exceptions import absent
from samtall.home.search import search
from samtall.home.tasks import tasks
from samtall.inquiries import operations as inquiries
from samtall.inquiries.declaration import STANDARD
from samtall.parties import operations as parties
from samtall.parties.models import Organisation

AT = datetime(2018, 5, 7, 10, tzinfo=UTC)

ClientOf = Callable[[User], Client]


def visits(organisation: Organisation, starts: date, by: User, title: str = "Besøk") -> None:
    parts = [Part(role="host", organisation=organisation)]
    activities.record_whole(
        WholeActivity(kind="company_visit", title=title, starts=starts, state="completed", parts=parts, submit=False),
        by=by,
        at=AT,
    )


@pytest.fixture
def region(coordinator: User) -> Organisation:
    organisation = parties.add_organisation("BØ ÅPNE VERKSTED AS", number="974760673", at=AT)
    parties.add_person("Åse Bjørnstad", organisation=organisation)
    visits(organisation, date(2017, 3, 1), coordinator, title="Besøk på Løkka")
    form = inquiries.save_form(STANDARD.read_text(), by="system:test", at=AT)
    said = {"organisation": "Ødegård Sag", "contact_name": "Pål", "email": "p@eksempel.no", "description": "Trevirke"}
    inquiries.receive(form, said, key="1", language="nb", at=AT)
    return organisation


def found(text: str, user: User) -> dict[str, list[str]]:
    return {sort.heading: [link.label for link, _more in sort.lines] for sort in search(text, user)}


@pytest.mark.parametrize("typed", ["bø åpne", "bo apne", "BO APNE", "åpne bø"])
def test_letters_may_be_typed_as_others_type_them(typed: str, region: Organisation, coordinator: User) -> None:
    assert found(typed, coordinator)["Virksomheter"] == ["BØ ÅPNE VERKSTED AS"]


def test_everything_is_found_from_one_box(region: Organisation, coordinator: User) -> None:
    assert found("974 760 673", coordinator)["Virksomheter"] == ["BØ ÅPNE VERKSTED AS"]
    assert found("ase bjornstad", coordinator) == {"Personer": ["Åse Bjørnstad"]}
    assert found("lokka", coordinator) == {"Aktiviteter": ["Besøk på Løkka"]}
    assert [*found("odegard", coordinator)] == ["Henvendelser"]
    assert [*found("2018-0001", coordinator)] == ["Henvendelser"]
    assert [*found("trevirke", coordinator)] == ["Henvendelser"]


def test_nothing_is_found_of_what_the_reader_may_not_see(region: Organisation, reader: User) -> None:
    assert (found("odegard", reader), found("bjornstad", reader)) == ({}, {})
    assert [*found("lokka", reader)] == ["Aktiviteter"]


def test_one_letter_finds_nothing(region: Organisation, coordinator: User) -> None:
    assert (found("b", coordinator), found(" ", coordinator)) == ({}, {})


def test_loose_keeps_what_is_not_norwegian() -> None:
    assert loose("Æ Ø Å é") == "ae o a é"


def test_who_was_with_us_last_year_and_is_in_nothing_this_year_is_told(
    region: Organisation, coordinator: User, client_of: ClientOf
) -> None:
    faithful = parties.add_organisation("Trofast AS", number="971035854", at=AT)
    for year in (2017, 2018):
        visits(faithful, date(year, 4, 1), coordinator)
    assert list(absent(2018, coordinator)) == [region]
    assert list(absent(2019, coordinator)) == [faithful]


def test_the_front_page_says_what_is_late_and_what_nobody_has(region: Organisation, coordinator: User) -> None:
    on_time = [
        task.sentence
        for task in tasks(coordinator, datetime(2018, 5, 8, 12, tzinfo=UTC), front.programmes(coordinator))
    ]
    late = [
        task.sentence
        for task in tasks(coordinator, datetime(2018, 5, 20, 12, tzinfo=UTC), front.programmes(coordinator))
    ]
    assert on_time[0] == "1 henvendelse har ingen ansvarlig ennå"
    assert late[:2] == ["1 henvendelse er ikke besvart i tide", "1 henvendelse har ingen ansvarlig ennå"]


def test_the_box_is_in_the_header_of_those_who_have_something_to_search_in(
    reader: User, administrator: User, client_of: ClientOf
) -> None:
    shown = ['action="/sok/"' in client_of(user).get("/om/").content.decode() for user in (reader, administrator)]
    assert (shown, 'action="/sok/"' in Client().get("/om/").content.decode()) == ([True, False], False)
