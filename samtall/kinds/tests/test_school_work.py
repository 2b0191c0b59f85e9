"""Work with pupils under 18: led by their teacher, counted without names (the guard of R5 for children)."""

from datetime import date

import pytest

from samtall.accounts.models import User
from samtall.activities import operations, registry
from samtall.kinds.tests.conftest import AT, Record, facts
from samtall.parties import operations as parties
from samtall.parties.models import Organisation

#: Kind → who is outside the school.
SCHOOL_WORK = {"company_visit": "host", "pupil_placement": "host", "youth_enterprise": "mentor"}


@pytest.mark.parametrize("kind", SCHOOL_WORK)
def test_pupils_are_counted_by_head_and_their_teacher_is_not_counted(
    kind: str, record: Record, organisations: dict[str, Organisation]
) -> None:
    teacher = parties.add_person("Lise Lærer", organisation=organisations["college"])
    activity = record(
        kind,
        (SCHOOL_WORK[kind], {"organisation": organisations["A"]}),
        ("school", {"organisation": organisations["college"]}),
        ("pupil", {"organisation": organisations["college"], "head_count": 24}),
        ("teacher", {"person": teacher}),
        starts=date(2017, 3, 3),
        ends=date(2017, 3, 10),
    )
    told = [(fact.role, fact.quantity, fact.person) for fact in facts(activity)]
    assert told == [(SCHOOL_WORK[kind], 0, None), ("school", 0, None), ("pupil", 24000, None)]


@pytest.mark.parametrize("kind", SCHOOL_WORK)
def test_no_pupil_is_named(kind: str, coordinator: User, organisations: dict[str, Organisation]) -> None:
    activity = operations.record(kind, title="Skole", starts=date(2017, 3, 3), by=coordinator, at=AT)
    pupil = parties.add_person("Per", organisation=organisations["college"])
    with pytest.raises(operations.Invalid):
        operations.add_participation(activity, role="pupil", person=pupil, by=coordinator, at=AT)


def test_every_kind_where_children_take_part_can_name_their_teacher() -> None:
    with_children = {kind.code for kind in registry.kinds() if any(not role.named for role in kind.roles)}
    with_teacher = {kind.code for kind in registry.kinds() if any(role.code == "teacher" for role in kind.roles)}
    assert with_children & set(SCHOOL_WORK) == with_teacher
