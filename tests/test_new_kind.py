"""Adding a kind of activity touches its own folder and one line of settings, and nothing else."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from samtall.accounts.models import User
from samtall.activities import operations
from samtall.base.periods import year
from samtall.figures import queries as figures
from samtall.figures.catalogue import STANDARD
from samtall.figures.definitions import Definition
from samtall.ledger import queries as ledger
from samtall.parties import operations as parties

AT = datetime(2018, 1, 8, 9, 0, tzinfo=UTC)

MENTORING = '''
"""A mentor from working life follows a student through a year."""

from samtall.activities.kind import Evidence, Family, Kind
from samtall.activities.roles import HOST, INSTITUTION, STUDENT
from samtall.base.text import Words

KIND = Kind(
    code="mentoring",
    words=Words(nb="Mentorordning", nn="Mentorordning", en="Mentoring"),
    words_many=Words(nb="Mentorordninger", nn="Mentorordningar", en="Mentorings"),
    description=Words(nb="En mentor følger en student.", nn="Ein mentor følgjer ein student.", en="A mentor."),
    minimum=Words(nb="Det har begynt.", nn="Det har byrja.", en="It has started."),
    family=Family.STUDENT,
    roles=(HOST, INSTITUTION, STUDENT),
    evidence=(Evidence.AGREEMENT,),
)
'''


@pytest.fixture
def mentoring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "new_kinds" / "mentoring"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(MENTORING)
    monkeypatch.syspath_prepend(tmp_path)
    with override_settings(KINDS=[*settings.KINDS, "new_kinds.mentoring"]):
        yield


def test_a_new_kind_is_recorded_validated_and_counted_without_a_migration(
    mentoring: None, coordinator: User, validator: User
) -> None:
    college = parties.add_organisation("Høgskolen", number="313000001", at=AT)
    company = parties.add_organisation("Bø Bygg AS", number="313000028", at=AT)
    activity = operations.record(
        "mentoring", title="Kari and Bø Bygg", starts=date(2017, 8, 15), state="completed", by=coordinator, at=AT
    )
    operations.add_participation(activity, role="host", organisation=company, by=coordinator, at=AT)
    operations.add_participation(activity, role="institution", organisation=college, by=coordinator, at=AT)
    operations.add_evidence(activity, kind="agreement", description="17/300", by=coordinator, at=AT)
    operations.submit(activity, by=coordinator, at=AT)
    operations.validate(activity, by=validator, at=AT)

    assert [fact.organisation for fact in ledger.standing(activity.source)] == [company.pk, college.pk]
    assert figures.value(_definition("student-collaborations"), year(2017)).value == 1
    assert figures.value(_definition("organisations-in-collaborations"), year(2017)).value == 1
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def _definition(slug: str) -> Definition:
    return next(standard.definition for standard in STANDARD if standard.slug == slug)
