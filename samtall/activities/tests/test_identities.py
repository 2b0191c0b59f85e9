"""What a name is found to be moves the figures, and taking it back moves them back."""

from datetime import datetime

from samtall.accounts.models import User
from samtall.activities import operations
from samtall.activities.models import Activity
from samtall.activities.tests.conftest import MakeThesis
from samtall.identities.operations import Hints, written
from samtall.ledger import queries as ledger
from samtall.parties import operations as parties
from samtall.parties.models import Organisation


def hosts(activity: Activity) -> list[tuple[int | None, bool]]:
    facts = ledger.standing(activity.source)
    return [(fact.organisation, fact.identified) for fact in facts if fact.role == "host"]


def with_written_host(make_thesis: MakeThesis, coordinator: User, at: datetime) -> tuple[Activity, Organisation]:
    thesis = make_thesis()
    name = written("Ulefos Verk", hints=Hints(), source="import:1", at=at)
    operations.add_participation(thesis, role="host", organisation=name, by=coordinator, at=at)
    return operations.submit(thesis, by=coordinator, at=at), name


def test_a_name_that_is_found_is_counted_as_the_organisation_and_no_longer_as_unidentified(
    make_thesis: MakeThesis, company: Organisation, other_company: Organisation, coordinator: User, at: datetime
) -> None:
    thesis, name = with_written_host(make_thesis, coordinator, at)
    assert hosts(thesis) == [(company.pk, True), (name.pk, False)]
    found = operations.identify(name, other_company, by=coordinator, at=at)
    assert hosts(thesis) == [(company.pk, True), (other_company.pk, True)]
    operations.withdraw_identification(found, reason="another firm", by=coordinator, at=at)
    assert hosts(thesis) == [(company.pk, True), (name.pk, False)]


def test_a_name_of_a_duplicate_is_restated_with_it(
    make_thesis: MakeThesis, company: Organisation, other_company: Organisation, coordinator: User, at: datetime
) -> None:
    thesis, name = with_written_host(make_thesis, coordinator, at)
    right = parties.add_organisation("Ulefoss Jernverk AS", number="313000044", at=at)
    operations.identify(name, other_company, by=coordinator, at=at)
    operations.identify(other_company, right, by=coordinator, at=at)
    assert hosts(thesis) == [(company.pk, True), (right.pk, True)]


def test_the_work_site_that_a_name_means_is_in_the_facts(
    make_thesis: MakeThesis, other_company: Organisation, coordinator: User, at: datetime
) -> None:
    thesis, name = with_written_host(make_thesis, coordinator, at)
    site = parties.add_establishment(other_company, "Ulefoss Verk avd Lunde", number="313000052", at=at)
    operations.identify(name, other_company, establishment=site, by=coordinator, at=at)
    sites = [fact.establishment for fact in ledger.standing(thesis.source) if fact.role == "host"]
    assert sites == [None, site.pk]


def test_a_department_is_counted_as_the_legal_unit_it_is_part_of(
    make_thesis: MakeThesis, company: Organisation, other_company: Organisation, coordinator: User, at: datetime
) -> None:
    Organisation.objects.filter(pk=company.pk).update(part_of=other_company, form="ORGL")
    thesis = operations.submit(make_thesis(), by=coordinator, at=at)
    assert hosts(thesis) == [(other_company.pk, True)]
