"""An agreement is drawn up, sent and signed; when all have signed it is evidence (R15)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities.models import Activity
from samtall.activities.operations import Invalid
from samtall.agreements import operations
from samtall.agreements.models import Agreement
from samtall.agreements.refusals import AlreadyDrawnUp, NotAParty, NoText, Settled
from samtall.agreements.tests.conftest import AT, TERMS, TODAY
from samtall.agreements.wording import signing_parts
from samtall.base.errors import Refusal
from samtall.documents.operations import examine
from samtall.ledger import queries as ledger

DrawUp = Callable[..., Agreement]


def test_when_the_last_party_has_signed_it_becomes_evidence(
    draw_up: DrawUp, thesis: Activity, said: dict[str, Any]
) -> None:
    agreement = draw_up()
    operations.mark_sent(agreement, on=TODAY, **said)
    seen = []
    for day, part in enumerate(signing_parts(thesis), start=1):
        operations.sign(agreement, part, on=date(2018, 1, day), **said)
        seen.append((part.role, list(thesis.evidence.values_list("kind", "dated"))))
    assert seen == [("host", []), ("institution", []), ("student", [("agreement", date(2018, 1, 3))])]
    assert agreement.evidence == thesis.evidence.get()
    assert agreement.evidence.description == f"Avtale nr. {agreement.pk}, underskrevet av alle partene"


def test_the_evidence_of_what_is_counted_is_told_to_the_books(
    draw_up: DrawUp, thesis: Activity, said: dict[str, Any]
) -> None:
    agreement = draw_up()
    activities.complete(thesis, on=date(2018, 1, 15), by=said["by"], at=AT.replace(month=2))
    activities.submit(thesis, **said)
    operations.mark_sent(agreement, on=TODAY, **said)
    before = {fact.evidence for fact in ledger.standing(thesis.source)}
    for part in signing_parts(thesis):
        operations.sign(agreement, part, on=TODAY, **said)
    assert (before, {fact.evidence for fact in ledger.standing(thesis.source)}) == ({""}, {"agreement"})


def test_a_student_who_has_left_does_not_sign(draw_up: DrawUp, thesis: Activity, said: dict[str, Any]) -> None:
    agreement = draw_up()
    student = thesis.participations.get(role="student")
    activities.revise_participation(student, outcome="dropped_out", ends=date(2018, 1, 20), **said)
    operations.mark_sent(agreement, on=TODAY, **said)
    with pytest.raises(NotAParty):
        operations.sign(agreement, student, on=TODAY, **said)
    assert [part.role for part in signing_parts(thesis)] == ["host", "institution"]


def test_before_it_is_sent_it_can_be_changed_and_not_signed(
    draw_up: DrawUp, thesis: Activity, said: dict[str, Any]
) -> None:
    agreement = draw_up()
    operations.revise(agreement, **(TERMS | {"rights": "licence", "place": "Bø"}), **said)
    agreement.refresh_from_db()
    assert (agreement.rights, agreement.place) == ("licence", "Bø")
    with pytest.raises(Settled):
        operations.sign(agreement, signing_parts(thesis)[0], on=TODAY, **said)


def test_after_it_is_sent_it_says_what_it_says(draw_up: DrawUp, said: dict[str, Any]) -> None:
    agreement = draw_up()
    operations.mark_sent(agreement, on=TODAY, **said)
    for again in (
        lambda: operations.revise(agreement, **(TERMS | {"rights": "licence"}), **said),
        lambda: operations.mark_sent(agreement, on=TODAY, **said),
    ):
        with pytest.raises(Settled):
            again()
    agreement.refresh_from_db()
    assert agreement.rights == "students"


def test_nobody_signs_twice(draw_up: DrawUp, thesis: Activity, said: dict[str, Any]) -> None:
    agreement = draw_up()
    operations.mark_sent(agreement, on=TODAY, **said)
    operations.sign(agreement, signing_parts(thesis)[0], on=TODAY, **said)
    with pytest.raises(Settled):
        operations.sign(agreement, signing_parts(thesis)[0], on=TODAY, **said)


def test_a_new_one_takes_over_when_the_earlier_is_cancelled_with_a_reason(
    draw_up: DrawUp, said: dict[str, Any]
) -> None:
    first = draw_up()
    with pytest.raises(AlreadyDrawnUp):
        draw_up()
    with pytest.raises(activities.ReasonMissing):
        operations.cancel(first, on=TODAY, reason=" ", **said)
    operations.cancel(first, on=TODAY, reason="Ny periode", **said)
    with pytest.raises(Settled):
        operations.mark_sent(first, on=TODAY, **said)
    assert draw_up().pk != first.pk


@pytest.mark.parametrize(
    "terms",
    [
        {"confidentiality": "until"},
        {"rights": "everybody"},
        {"language": "de"},
        {"supervision_hours": -1},
        {"expenses": "x" * 501},
    ],
    ids=lambda terms: next(iter(terms)),
)
def test_what_cannot_be_agreed_on_is_refused(terms: dict[str, Any], draw_up: DrawUp, thesis: Activity) -> None:
    with pytest.raises(activities.Invalid):
        draw_up(**terms)
    assert thesis.agreements.count() == 0


def test_a_date_of_confidentiality_is_kept_only_where_it_means_something(draw_up: DrawUp) -> None:
    assert draw_up(confidential_until=date(2020, 1, 1)).confidential_until is None


def test_what_is_not_student_work_has_no_text(said: dict[str, Any]) -> None:
    course = activities.record("course", title="Kurs", starts=date(2018, 1, 3), details={"hours": 8}, **said)
    with pytest.raises(NoText):
        operations.draw_up(course, **TERMS, **said)


def test_nothing_happens_to_the_agreements_of_what_is_withdrawn(
    draw_up: DrawUp, thesis: Activity, said: dict[str, Any]
) -> None:
    agreement = draw_up()
    activities.withdraw(thesis, reason="feil", **said)
    with pytest.raises(Refusal):
        operations.mark_sent(agreement, on=TODAY, **said)


def test_no_day_to_come_is_a_day_it_happened(draw_up: DrawUp, said: dict[str, Any]) -> None:
    with pytest.raises(activities.Invalid):
        operations.mark_sent(draw_up(), on=date(2018, 1, 9), **said)


def test_evidence_that_it_became_does_not_make_the_coordinator_independent(
    draw_up: DrawUp, thesis: Activity, said: dict[str, Any], coordinator: User
) -> None:
    activities.complete(thesis, on=date(2018, 1, 15), by=coordinator, at=AT.replace(month=2))
    activities.submit(thesis, **said)
    agreement = draw_up()
    operations.mark_sent(agreement, on=TODAY, **said)
    for part in signing_parts(thesis):
        operations.sign(agreement, part, on=TODAY, **said)
    with pytest.raises(activities.NotIndependent):
        activities.validate(thesis, by=coordinator, at=AT)


def test_the_copy_that_all_have_signed_is_kept_with_the_evidence(
    draw_up: DrawUp, thesis: Activity, said: dict[str, Any], settings: Settings, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    agreement = draw_up()
    operations.mark_sent(agreement, on=TODAY, **said)
    copy = examine(b"signert av alle", name="avtale.txt", at=said["at"])
    first, *others = signing_parts(thesis)
    with pytest.raises(Invalid):
        operations.sign(agreement, first, on=TODAY, file=copy, **said)
    for part in (first, *others[:-1]):
        operations.sign(agreement, part, on=TODAY, **said)
    operations.sign(agreement, others[-1], on=TODAY, file=copy, **said)
    agreement.refresh_from_db()
    assert agreement.evidence and agreement.evidence.document
    assert agreement.evidence.document.name == "avtale.txt"
