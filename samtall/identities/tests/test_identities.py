"""Names that were written, what they are found to be, and taking that back."""

from datetime import UTC, datetime

import pytest

from samtall.accounts.models import User
from samtall.base.errors import Refusal
from samtall.identities import operations as identities
from samtall.identities.operations import Ground, Hints, Undecidable
from samtall.identities.queries import standing_identification, written_before
from samtall.parties import operations as parties
from samtall.parties.models import Organisation

pytestmark = pytest.mark.django_db
AT = datetime(2018, 1, 8, tzinfo=UTC)


@pytest.fixture
def company() -> Organisation:
    return parties.add_organisation("BØ BYGG AS", number="313000028", at=AT)


@pytest.fixture
def other() -> Organisation:
    return parties.add_organisation("BØ BYGG OG ANLEGG AS", number="313000036", at=AT)


def name(text: str, municipality: str = "") -> Organisation:
    return identities.written(text, hints=Hints(municipality=municipality), source="import:1", at=AT)


def is_now(organisation: Organisation) -> Organisation:
    return Organisation.objects.get(pk=organisation.pk).counted


def test_a_name_written_twice_in_one_municipality_is_one_organisation() -> None:
    assert name("Bo Bygg", "0821") == name("  bo  BYGG ", "0821")
    assert name("Bo Bygg", "0821") != name("Bo Bygg", "0819")
    assert written_before([("BO BYGG", "0821"), ("Bo Bygg", "0807")]) == {("BO BYGG", "0821"): name("Bo Bygg", "0821")}


def test_what_a_name_is_found_to_be_is_kept_with_who_said_so_and_why(company: Organisation, coordinator: User) -> None:
    bygg = name("Bo Bygg")
    ground = Ground(automatic=True, probability=0.9951, reasons=[["form", "AS"]], source="import:1")
    identities.identify(bygg, company, ground=ground, by=coordinator, at=AT)
    said = standing_identification(bygg)
    assert said is not None
    assert (said.organisation, said.by, said.automatic, said.probability) == (company, coordinator.signature, True, 995)
    assert (said.reasons, said.source) == ([["form", "AS"]], "import:1")
    assert is_now(bygg) == company


def test_what_was_found_can_be_taken_back_and_stays_on_record(company: Organisation, coordinator: User) -> None:
    bygg = name("Bo Bygg")
    said = identities.identify(bygg, company, by=coordinator, at=AT)
    identities.withdraw(said, by=coordinator, at=AT, reason="another firm")
    said.refresh_from_db()
    assert (said.withdrawn_by, said.withdrawn_because) == (coordinator.signature, "another firm")
    assert (is_now(bygg), standing_identification(bygg)) == (bygg, None)
    with pytest.raises(Undecidable):
        identities.withdraw(said, by=coordinator, at=AT, reason="again")


def test_taking_back_needs_a_reason(company: Organisation, coordinator: User) -> None:
    said = identities.identify(name("Bo Bygg"), company, by=coordinator, at=AT)
    with pytest.raises(Refusal):
        identities.withdraw(said, by=coordinator, at=AT, reason=" ")
    said.refresh_from_db()
    assert said.stands


def test_names_of_a_duplicate_follow_it_and_come_back_with_it(
    company: Organisation, other: Organisation, coordinator: User
) -> None:
    bygg = name("Bo Bygg")
    identities.identify(bygg, company, by=coordinator, at=AT)
    merged = identities.identify(company, other, by=coordinator, at=AT)
    assert [is_now(one) for one in (bygg, company, other)] == [other, other, other]
    identities.withdraw(merged, by=coordinator, at=AT, reason="two firms")
    assert [is_now(one) for one in (bygg, company, other)] == [company, company, other]


def test_saying_that_no_register_has_it_is_remembered(coordinator: User) -> None:
    nobody = name("Hobbyklubben")
    identities.identify(nobody, None, by=coordinator, at=AT)
    said = standing_identification(nobody)
    assert said is not None
    assert (said.organisation, is_now(nobody)) == (None, nobody)


@pytest.mark.parametrize("wrong", ["itself", "twice", "circle"])
def test_what_cannot_hold_is_refused(company: Organisation, other: Organisation, coordinator: User, wrong: str) -> None:
    identities.identify(company, other, by=coordinator, at=AT)
    subject, target = {"itself": (other, other), "twice": (company, other), "circle": (other, company)}[wrong]
    with pytest.raises(Undecidable):
        identities.identify(subject, target, by=coordinator, at=AT)
    assert [is_now(one) for one in (company, other)] == [other, other]


def test_a_department_counts_as_the_legal_unit_it_is_part_of(company: Organisation, coordinator: User) -> None:
    department = parties.add_organisation("BØ BYGG AVD NOME", number="313000044", form="ORGL", at=AT)
    Organisation.objects.filter(pk=department.pk).update(part_of=company)
    identities.identify(name("Bo Bygg, Nome"), department, by=coordinator, at=AT)
    assert is_now(name("Bo Bygg, Nome")) == company


def test_two_that_are_said_to_be_different_are_so_whichever_is_named_first(
    company: Organisation, other: Organisation, coordinator: User
) -> None:
    said = identities.distinguish(other, company, by=coordinator, at=AT)
    assert identities.distinguish(company, other, by=coordinator, at=AT) == said
    identities.withdraw_distinction(said, by=coordinator, at=AT, reason="same board")
    assert identities.distinguish(company, other, by=coordinator, at=AT) != said
