"""Organisations (R2), how they followed each other (R4), and finding them."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from samtall.parties.models import Organisation, Succession
from samtall.parties.numbers import InvalidNumber
from samtall.parties.operations import (
    AlreadyKnown,
    AlreadySucceeded,
    SuccessionCircle,
    Unacceptable,
    add_establishment,
    add_foreign,
    add_organisation,
    add_unidentified,
    record_succession,
)
from samtall.parties.queries import (
    establishment_by_number,
    establishments_named,
    organisation_by_number,
    organisations_named,
    successor_on,
)

pytestmark = pytest.mark.django_db
AT = datetime(2017, 7, 1, tzinfo=UTC)
DAY = date(2017, 7, 1)
NUMBERS = ("974760673", "971424346", "971032081", "964967636")


def organisations(*names: str) -> list[Organisation]:
    return [add_organisation(name, number=number, at=AT) for name, number in zip(names, NUMBERS, strict=False)]


def test_a_norwegian_organisation_is_found_by_its_number_however_written() -> None:
    unit = add_organisation("Bø Bygg AS", number="NO 974 760 673 MVA", form="AS", at=AT)
    assert (unit.number, unit.country, unit.register, unit.identified) == ("974760673", "NO", "brreg", True)
    assert organisation_by_number("974 760 673") == unit
    assert organisation_by_number("974760674") is None
    assert organisation_by_number("not a number") is None


def test_a_number_can_be_added_once() -> None:
    organisations("Bø Bygg AS")
    with pytest.raises(AlreadyKnown) as refusal:
        add_organisation("Another", number="974760673", at=AT)
    assert "Bø Bygg AS" in str(refusal.value)
    with pytest.raises(InvalidNumber):
        add_organisation("Another", number="974760674", at=AT)
    assert Organisation.objects.count() == 1


def test_an_organisation_without_a_number_is_unidentified_and_there_may_be_several_of_a_name() -> None:
    first, second = add_unidentified("Kari Bakeri", at=AT), add_unidentified("Kari Bakeri", at=AT)
    assert (first.identified, second.identified, first.register) == (False, False, "")
    assert list(organisations_named("KARI  BAKERI")) == [first, second]


def test_a_foreign_organisation_is_country_register_and_number() -> None:
    unit = add_foreign("Demola Oy", country="fi", register="PRH", number="2406523-2", at=AT)
    assert (unit.country, unit.register, unit.number, unit.identified) == ("FI", "PRH", "2406523-2", True)
    assert add_foreign("Other", country="SE", register="PRH", number="2406523-2", at=AT) != unit
    with pytest.raises(AlreadyKnown):
        add_foreign("Demola", country="FI", register="PRH", number="2406523-2", at=AT)


@pytest.mark.parametrize(
    ("country", "register", "number"), [("NO", "x", "1"), ("Sverige", "x", "1"), ("SE", "", "1"), ("SE", "x", " ")]
)
def test_a_foreign_organisation_needs_all_three(country: str, register: str, number: str) -> None:
    with pytest.raises(Unacceptable):
        add_foreign("X", country=country, register=register, number=number, at=AT)


def test_a_work_site_has_a_number_of_its_own() -> None:
    owner = organisations("Bø Bygg AS")[0]
    site = add_establishment(owner, "Bø Bygg avd Ås", number="971 424 346", at=AT)
    assert establishment_by_number("971424346") == site
    assert establishment_by_number("974760673") is None
    assert list(establishments_named("bø bygg AVD ås")) == [site]
    with pytest.raises(AlreadyKnown):
        add_establishment(owner, "Again", number="971424346", at=AT)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("bø bygg as", ["BØ BYGG AS", "Bø Bygg"]),
        ("Bø Bygg", ["BØ BYGG AS", "Bø Bygg", "Bø Bygg ANS"]),
        ("Bø Bygg A/S", ["BØ BYGG AS", "Bø Bygg"]),
        ("Bø Bygg ANS", ["Bø Bygg", "Bø Bygg ANS"]),
        ("Bø  Byg\u0067 as", ["BØ BYGG AS", "Bø Bygg"]),
        ("Bø", []),
        ("AS", []),
        ("", []),
    ],
)
def test_a_name_is_found_exactly_with_or_without_its_legal_form(asked: str, found: list[str]) -> None:
    organisations("BØ BYGG AS", "Bø Bygg", "Bø Bygg ANS", "Bø Byggevarer AS")
    assert [unit.name for unit in organisations_named(asked)] == found


def test_a_name_written_with_a_combining_ring_is_the_same_name() -> None:
    unit = add_unidentified("Ås kommune", at=AT)
    assert list(organisations_named("A\u030as KOMMUNE")) == [unit]


def test_a_department_belongs_to_the_legal_unit_at_the_top() -> None:
    kommune, etat, skole = organisations("Nome kommune", "Oppvekst", "Lunde skule")
    etat.part_of, skole.part_of = kommune, etat
    etat.save()
    skole.save()
    assert (skole.counted, kommune.counted) == (kommune, kommune)


def test_an_organisation_is_followed_from_the_day_of_the_merger_through_all_that_came_after() -> None:
    a, b, c = organisations("A AS", "B AS", "C AS")
    record_succession(b, a, on=DAY, cause="merger", at=AT)
    record_succession(a, c, on=date(2020, 1, 1), cause="renumbered", at=AT)
    assert successor_on(b, date(2017, 6, 30)) == b
    assert successor_on(b, DAY) == a
    assert successor_on(b, date(2024, 1, 1)) == c


def test_the_same_succession_said_twice_is_one() -> None:
    a, b = organisations("A AS", "B AS")
    link = record_succession(b, a, on=DAY, cause="merger", at=AT)
    assert record_succession(b, a, on=DAY, cause="merger", at=AT) == link
    assert Succession.objects.count() == 1


def test_no_organisation_can_follow_itself_also_not_in_a_circle() -> None:
    a, b, c = organisations("A AS", "B AS", "C AS")
    record_succession(a, b, on=DAY, cause="merger", at=AT)
    record_succession(b, c, on=DAY, cause="split", main=False, at=AT)
    for predecessor, successor in ((a, a), (b, a), (c, a)):
        with pytest.raises(SuccessionCircle):
            record_succession(predecessor, successor, on=DAY, cause="merger", at=AT)


def test_a_split_has_one_main_successor_and_others_beside_it() -> None:
    a, b, c = organisations("A AS", "B AS", "C AS")
    record_succession(a, b, on=DAY, cause="split", at=AT)
    with pytest.raises(AlreadySucceeded):
        record_succession(a, c, on=DAY, cause="split", at=AT)
    record_succession(a, c, on=DAY, cause="split", main=False, at=AT)
    assert successor_on(a, DAY) == b


def test_a_name_that_is_empty_or_too_long_is_refused() -> None:
    for name in ("", " \u200b", "x" * 301):
        with pytest.raises(Exception) as refusal:
            add_unidentified(name, at=AT)
        assert type(refusal.value).__name__ == "Unreadable"
    assert Organisation.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="a small table is read whole on PostgreSQL")
def test_an_organisation_is_found_by_its_number_without_reading_all() -> None:
    found = Organisation.objects.filter(country="NO", register="brreg", number="974760673")
    assert "USING INDEX parties_number (number=?)" in found.explain()
