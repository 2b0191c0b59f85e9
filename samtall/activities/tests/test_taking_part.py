"""Who takes part and how (R2, R5, R10), and what a kind's own fields accept."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from samtall.accounts.models import User
from samtall.activities import operations
from samtall.activities.facts import split
from samtall.activities.models import Activity
from samtall.activities.tests.conftest import MakeThesis
from samtall.ledger import queries as ledger
from samtall.ledger.facts import WHOLE_SHARE
from samtall.parties import operations as parties
from samtall.parties.models import Organisation


def facts_of_role(activity: Activity, role: str) -> list[Any]:
    return [fact for fact in ledger.standing(activity.source) if fact.role == role]


def test_a_person_is_a_random_key_with_their_organisation(
    submitted: Activity, college: Organisation, coordinator: User, at: datetime
) -> None:
    student = parties.add_person("Kari", organisation=college)
    operations.add_participation(submitted, role="student", person=student, by=coordinator, at=at)
    (fact,) = facts_of_role(submitted, "student")
    assert (fact.person, fact.organisation, fact.identified) == (student.key, college.pk, True)


def test_students_do_not_make_the_share_of_their_college_larger(
    submitted: Activity, college: Organisation, coordinator: User, at: datetime
) -> None:
    student = parties.add_person("Kari", organisation=college)
    operations.add_participation(submitted, role="student", person=student, by=coordinator, at=at)
    operations.add_participation(submitted, role="student", organisation=college, head_count=3, by=coordinator, at=at)
    shares = [fact.share for fact in ledger.standing(submitted.source) if fact.organisation == college.pk]
    assert sum(shares) == WHOLE_SHARE


def test_erasing_a_person_leaves_the_count_as_it_was(
    submitted: Activity, college: Organisation, coordinator: User, at: datetime
) -> None:
    student = parties.add_person("Kari", organisation=college)
    operations.add_participation(submitted, role="student", person=student, by=coordinator, at=at)
    before = ledger.position()
    parties.erase_person(student, by=coordinator, at=at)
    operations.restate_activities([submitted], by=coordinator, at=at)
    (part,) = submitted.participations.filter(role="student")
    assert (part.person, part.person_key, ledger.position()) == (None, student.key, before)


def test_people_counted_by_head_are_unidentified_and_have_a_number(
    submitted: Activity, college: Organisation, coordinator: User, at: datetime
) -> None:
    operations.add_participation(submitted, role="student", organisation=college, head_count=4, by=coordinator, at=at)
    (fact,) = facts_of_role(submitted, "student")
    assert (fact.identified, fact.person, fact.quantity, fact.unit) == (False, None, 4000, "person")


def test_an_organisation_without_an_id_is_unidentified(
    make_thesis: MakeThesis, coordinator: User, at: datetime
) -> None:
    thesis = make_thesis()
    unknown = parties.add_unidentified("E", at=at)
    operations.add_participation(thesis, role="host", organisation=unknown, by=coordinator, at=at)
    operations.submit(thesis, by=coordinator, at=at)
    assert [fact.identified for fact in facts_of_role(thesis, "host")] == [True, False]


def test_attributes_are_those_of_the_day_it_started(
    make_thesis: MakeThesis, company: Organisation, coordinator: User, at: datetime
) -> None:
    early = {"industry": "41.200", "sector": "2100", "employees": 7}
    parties.record_attributes(company, valid_from=date(2016, 1, 1), **early)
    parties.record_attributes(company, valid_from=date(2017, 2, 1), industry="62.010", sector="1120", employees=120)
    thesis = operations.submit(make_thesis(municipality="0821"), by=coordinator, at=at)
    (fact,) = facts_of_role(thesis, "host")
    said = (fact.industry, fact.industry_standard, fact.sector, fact.size_class, fact.municipality)
    assert said == ("41.200", "SN2007", "2100", "5-9", "0821")


def test_institutions_share_the_work_and_the_shares_add_up(
    submitted: Activity, other_company: Organisation, coordinator: User, at: datetime
) -> None:
    third = parties.add_organisation("Tredje skule", number="313000044", at=at)
    for school in (other_company, third):
        operations.add_participation(submitted, role="institution", organisation=school, by=coordinator, at=at)
    shares = [fact.share for fact in facts_of_role(submitted, "institution")]
    assert (shares, sum(shares)) == ([333_334, 333_333, 333_333], WHOLE_SHARE)
    assert [fact.share for fact in facts_of_role(submitted, "host")] == [WHOLE_SHARE]


@pytest.mark.parametrize("parts", range(1, 20))
def test_a_split_adds_up_to_the_whole(parts: int) -> None:
    assert sum(split(WHOLE_SHARE, parts)) == WHOLE_SHARE


def test_the_same_party_in_the_same_role_is_refused(
    submitted: Activity, company: Organisation, coordinator: User, at: datetime
) -> None:
    with pytest.raises(operations.AlreadyTakesPart):
        operations.add_participation(submitted, role="host", organisation=company, by=coordinator, at=at)


def test_a_number_of_people_and_a_person_at_once_is_refused(
    submitted: Activity, college: Organisation, coordinator: User, at: datetime
) -> None:
    student = parties.add_person("Kari", organisation=college)
    with pytest.raises(operations.Invalid):
        operations.add_participation(submitted, role="student", person=student, head_count=2, by=coordinator, at=at)


@pytest.mark.parametrize("heads", [0, -1, 1_000_001])
def test_a_number_of_people_that_cannot_be_is_refused(
    heads: int, submitted: Activity, college: Organisation, coordinator: User, at: datetime
) -> None:
    with pytest.raises(operations.Invalid):
        operations.add_participation(
            submitted, role="student", organisation=college, head_count=heads, by=coordinator, at=at
        )


@pytest.mark.parametrize("amount", ["-1", "1.0005", "1000001", "NaN", "Infinity"])
def test_an_amount_that_cannot_be_is_refused(
    amount: str, company: Organisation, coordinator: User, at: datetime
) -> None:
    job = _job(coordinator, at)
    with pytest.raises(operations.Invalid):
        operations.add_participation(
            job, role="employer", organisation=company, quantity=Decimal(amount), by=coordinator, at=at
        )


def test_pupils_are_never_named(company: Organisation, college: Organisation, coordinator: User, at: datetime) -> None:
    visit = operations.record("company_visit", title="Visit", starts=date(2017, 5, 2), by=coordinator, at=at)
    pupil = parties.add_person("Kari", organisation=college)
    with pytest.raises(operations.Invalid):
        operations.add_participation(visit, role="pupil", person=pupil, by=coordinator, at=at)


def test_a_role_that_the_kind_does_not_have_is_refused(submitted: Activity, coordinator: User, at: datetime) -> None:
    with pytest.raises(operations.Invalid):
        operations.add_participation(submitted, role="pupil", head_count=3, by=coordinator, at=at)


def test_every_wrong_field_is_told_at_once(coordinator: User, at: datetime) -> None:
    with pytest.raises(operations.Invalid) as refused:
        operations.record(
            "course",
            title="  ",
            starts=date(2017, 3, 3),
            ends=date(2017, 3, 1),
            municipality="Bø",
            details={"hours": "eight", "colour": "red"},
            by=coordinator,
            at=at,
        )
    assert sorted(refused.value.errors) == ["colour", "ends", "hours", "municipality", "title"]


def test_a_kinds_own_fields_are_kept_tidy(coordinator: User, at: datetime) -> None:
    network = operations.record(
        "network",
        title="Students",
        starts=date(2016, 1, 1),
        details={"meetings": "20.9.2016, 2016-02-10;10.02.16"},
        by=coordinator,
        at=at,
    )
    assert network.details == {"meetings": ["2016-02-10", "2016-09-20"]}


@pytest.mark.parametrize(("written", "kept"), [("7,50", "7.5"), (Decimal("40.0"), "40"), (7.5, "7.5"), (8, "8")])
def test_hours_are_kept_exactly_as_written(written: object, kept: str, coordinator: User, at: datetime) -> None:
    course = operations.record(
        "course", title="Wood", starts=date(2017, 3, 3), details={"hours": written}, by=coordinator, at=at
    )
    assert course.details == {"hours": kept}


@pytest.mark.parametrize("written", [Decimal("NaN"), float("inf"), Decimal("1E+99"), "-3", "1E3"])
def test_hours_that_cannot_be_are_refused(written: object, coordinator: User, at: datetime) -> None:
    with pytest.raises(operations.Invalid):
        operations.record(
            "course", title="Wood", starts=date(2017, 3, 3), details={"hours": written}, by=coordinator, at=at
        )


def test_a_kind_that_is_not_there_is_refused(coordinator: User, at: datetime) -> None:
    with pytest.raises(operations.UnknownKind):
        operations.record("party", title="Party", starts=date(2017, 3, 3), by=coordinator, at=at)


def _job(by: User, at: datetime) -> Activity:
    details = {"change": "filled", "contribution": "direct", "baseline_on": "31.12.2013"}
    return operations.record(
        "competence_job", title="Engineer", starts=date(2017, 3, 1), details=details, state="completed", by=by, at=at
    )
