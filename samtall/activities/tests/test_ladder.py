"""The ladder (R7), four eyes, evidence (R15) and the threshold (R6)."""

from datetime import date, datetime, timedelta

import pytest

from samtall.accounts.models import User
from samtall.activities import operations
from samtall.activities.models import Activity
from samtall.activities.tests.conftest import MakeThesis
from samtall.ledger import queries as ledger
from samtall.ledger.facts import Fact, Side, Standing
from samtall.parties.models import Organisation


def standings(activity: Activity) -> set[Standing]:
    return {fact.standing for fact in ledger.standing(activity.source)}


def actions(activity: Activity) -> list[str]:
    return list(activity.steps.order_by("pk").values_list("action", flat=True))


def test_a_draft_has_no_facts(make_thesis: MakeThesis) -> None:
    assert ledger.standing(make_thesis().source) == []


def test_what_is_submitted_is_pending(submitted: Activity) -> None:
    assert (submitted.step, standings(submitted)) == ("submitted", {Standing.SUBMITTED})


def test_what_is_validated_is_exact(validated: Activity) -> None:
    assert (validated.step, standings(validated)) == ("validated", {Standing.VALIDATED})


def test_each_step_is_a_dated_record_with_who(validated: Activity, coordinator: User, validator: User) -> None:
    records = [(one.action, one.by) for one in validated.steps.order_by("pk")]
    assert records == [("recorded", coordinator), ("submitted", coordinator), ("validated", validator)]


def test_who_submitted_cannot_validate(submitted: Activity, coordinator: User, at: datetime) -> None:
    with pytest.raises(operations.NotIndependent):
        operations.validate(submitted, by=coordinator, at=at)
    assert standings(submitted) == {Standing.SUBMITTED}


def test_who_recorded_cannot_validate_what_another_submitted(
    make_thesis: MakeThesis, coordinator: User, validator: User, at: datetime
) -> None:
    thesis = operations.submit(make_thesis(), by=validator, at=at)
    with pytest.raises(operations.NotIndependent):
        operations.validate(thesis, by=coordinator, at=at)


def test_who_changed_a_draft_cannot_validate_it(
    make_thesis: MakeThesis, coordinator: User, validator: User, at: datetime
) -> None:
    thesis = make_thesis()
    operations.revise(thesis, title="Tre som bygger", by=validator, at=at)
    operations.submit(thesis, by=coordinator, at=at)
    with pytest.raises(operations.NotIndependent):
        operations.validate(thesis, by=validator, at=at)


def test_who_corrected_cannot_validate_the_correction_and_another_can(
    validated: Activity, validator: User, second_validator: User, at: datetime
) -> None:
    operations.revise(validated, title="Tre", reason="short title", by=validator, at=at)
    with pytest.raises(operations.NotIndependent):
        operations.validate(validated, by=validator, at=at)
    operations.validate(validated, by=second_validator, at=at)
    assert standings(validated) == {Standing.VALIDATED}


def test_without_evidence_nothing_is_validated(
    make_thesis: MakeThesis, coordinator: User, validator: User, at: datetime
) -> None:
    thesis = make_thesis()
    operations.remove_evidence(thesis.evidence.get(), by=coordinator, at=at)
    operations.submit(thesis, by=coordinator, at=at)
    with pytest.raises(operations.EvidenceMissing):
        operations.validate(thesis, by=validator, at=at)


def test_evidence_of_a_kind_that_is_not_accepted_is_not_enough(
    make_thesis: MakeThesis, coordinator: User, validator: User, at: datetime
) -> None:
    thesis = make_thesis()
    operations.remove_evidence(thesis.evidence.get(), by=coordinator, at=at)
    operations.add_evidence(thesis, kind="minutes", description="2017-02-01", by=coordinator, at=at)
    operations.submit(thesis, by=coordinator, at=at)
    with pytest.raises(operations.EvidenceMissing):
        operations.validate(thesis, by=validator, at=at)


def test_the_evidence_of_a_fact_is_the_first_accepted(validated: Activity) -> None:
    assert {fact.evidence for fact in ledger.standing(validated.source)} == {"agreement"}


@pytest.mark.parametrize("role", ["host", "institution"])
def test_without_one_of_the_sides_nothing_is_submitted(
    make_thesis: MakeThesis, coordinator: User, at: datetime, role: str
) -> None:
    thesis = make_thesis()
    operations.remove_participation(thesis.participations.get(role=role), by=coordinator, at=at)
    with pytest.raises(operations.Incomplete) as refused:
        operations.submit(thesis, by=coordinator, at=at)
    assert len(refused.value.shortfalls) == 1


def test_what_is_submitted_keeps_both_sides(submitted: Activity, coordinator: User, at: datetime) -> None:
    with pytest.raises(operations.Incomplete):
        operations.remove_participation(submitted.participations.get(role="host"), by=coordinator, at=at)
    assert submitted.participations.count() == 2


def test_what_is_only_planned_cannot_be_submitted(make_thesis: MakeThesis, coordinator: User, at: datetime) -> None:
    with pytest.raises(operations.NotStarted):
        operations.submit(make_thesis(state="planned"), by=coordinator, at=at)


def test_what_starts_in_the_future_cannot_be_running(make_thesis: MakeThesis) -> None:
    with pytest.raises(operations.NotStarted):
        make_thesis(state="running", starts=date(2018, 1, 9), ends=None)


def test_an_inquiry_without_parties_is_no_collaboration(coordinator: User, at: datetime) -> None:
    inquiry = operations.record(
        "thesis",
        title="E asks",
        starts=date(2017, 5, 9),
        state="running",
        details={"level": "master"},
        by=coordinator,
        at=at,
    )
    with pytest.raises(operations.Incomplete) as refused:
        operations.submit(inquiry, by=coordinator, at=at)
    assert len(refused.value.shortfalls) == 2


def test_only_a_draft_is_submitted_and_only_what_is_submitted_is_validated(
    make_thesis: MakeThesis, validated: Activity, coordinator: User, validator: User, at: datetime
) -> None:
    with pytest.raises(operations.WrongStep):
        operations.submit(validated, by=coordinator, at=at)
    with pytest.raises(operations.WrongStep):
        operations.validate(make_thesis(), by=validator, at=at)


def test_what_is_returned_is_a_draft_again_without_facts(submitted: Activity, validator: User, at: datetime) -> None:
    operations.return_to_draft(submitted, reason="Which company?", by=validator, at=at)
    assert (submitted.step, ledger.standing(submitted.source)) == ("draft", [])
    assert submitted.steps.order_by("pk").last().reason == "Which company?"  # type: ignore[union-attr]


@pytest.mark.parametrize("act", [operations.return_to_draft, operations.withdraw])
def test_returning_and_withdrawing_need_a_reason(
    act: object, submitted: Activity, validator: User, at: datetime
) -> None:
    with pytest.raises(operations.ReasonMissing):
        act(submitted, reason=" ", by=validator, at=at)  # type: ignore[operator]


def test_a_correction_needs_a_reason(validated: Activity, coordinator: User, at: datetime) -> None:
    with pytest.raises(operations.ReasonMissing):
        operations.revise(validated, title="Other", by=coordinator, at=at)
    validated.refresh_from_db()
    assert (validated.title, validated.step) == ("Tre som byggjer", "validated")


def test_a_correction_is_pending_until_someone_else_validates(
    validated: Activity, coordinator: User, validator: User, at: datetime
) -> None:
    operations.revise(validated, ends=date(2017, 6, 30), reason="late", by=coordinator, at=at)
    assert (actions(validated)[-1], standings(validated)) == ("corrected", {Standing.SUBMITTED})
    operations.validate(validated, by=validator, at=at)
    assert {fact.ends for fact in ledger.standing(validated.source)} == {date(2017, 6, 30)}


def test_saying_the_same_again_corrects_nothing(validated: Activity, coordinator: User, at: datetime) -> None:
    before = ledger.position()
    operations.revise(validated, title="Tre som byggjer", details={"level": "Bachelor"}, by=coordinator, at=at)
    assert (validated.step, ledger.position()) == ("validated", before)


def test_replacing_a_party_of_what_is_validated_is_a_correction(
    validated: Activity, other_company: Organisation, coordinator: User, at: datetime
) -> None:
    operations.add_participation(
        validated, role="host", organisation=other_company, reason="wrong company", by=coordinator, at=at
    )
    old = validated.participations.order_by("pk").first()
    assert old is not None
    operations.remove_participation(old, by=coordinator, at=at)
    outside = [fact.organisation for fact in ledger.standing(validated.source) if fact.side == Side.OUTSIDE]
    assert (outside, standings(validated)) == ([other_company.pk], {Standing.SUBMITTED})


def test_what_is_withdrawn_has_no_facts_and_cannot_be_changed(
    validated: Activity, coordinator: User, at: datetime
) -> None:
    operations.withdraw(validated, reason="Never happened", by=coordinator, at=at)
    assert ledger.standing(validated.source) == []
    with pytest.raises(operations.WrongStep):
        operations.revise(validated, title="Other", by=coordinator, at=at)


def test_many_are_withdrawn_at_once_and_the_withdrawn_stay_so(
    make_thesis: MakeThesis, validated: Activity, coordinator: User, at: datetime
) -> None:
    gone = operations.withdraw(make_thesis(), reason="wrong", by=coordinator, at=at)
    operations.withdraw_many([validated, gone], reason="import undone", by=coordinator, at=at)
    assert (actions(gone).count("withdrawn"), actions(validated)[-1]) == (1, "withdrawn")
    assert ledger.standing(validated.source) == []


def test_the_ledger_never_gets_what_a_person_wrote(validated: Activity, coordinator: User, at: datetime) -> None:
    operations.withdraw(validated, reason="Kari Nordmann ringte", by=coordinator, at=at)
    assert {line.posting.reason for line in ledger.history(validated.source)} == {"submitted", "validated", "withdrawn"}


def test_positions_follow_the_time_of_what_was_done(validated: Activity, coordinator: User, at: datetime) -> None:
    later = at + timedelta(days=30)
    operations.withdraw(validated, reason="wrong", by=coordinator, at=later)
    assert ledger.position_on(at) == ledger.position() - 1


def test_a_fact_is_signed_by_who_did_it(validated: Activity, coordinator: User, validator: User) -> None:
    signatures = [line.posting.by for line in ledger.history(validated.source)]
    assert list(dict.fromkeys(signatures)) == [coordinator.signature, validator.signature]


def test_facts_say_who_did_what_when_and_on_which_side(
    validated: Activity, company: Organisation, college: Organisation
) -> None:
    common = {
        "kind": "thesis",
        "family": "student",
        "starts": date(2017, 1, 10),
        "ends": date(2017, 6, 20),
        "standing": Standing.VALIDATED,
        "outcome": "completed",
        "evidence": "agreement",
    }
    assert ledger.standing(validated.source) == [
        Fact(role="host", side=Side.OUTSIDE, organisation=company.pk, **common),  # type: ignore[arg-type]
        Fact(role="institution", side=Side.EDUCATION, organisation=college.pk, **common),  # type: ignore[arg-type]
    ]


def test_several_are_validated_at_once_or_none_of_them(
    make_thesis: MakeThesis, submitted: Activity, coordinator: User, validator: User, at: datetime
) -> None:
    other = operations.submit(make_thesis(), by=coordinator, at=at)
    with pytest.raises(operations.WrongStep):
        operations.validate_many([submitted, make_thesis()], by=validator, at=at)
    assert standings(submitted) == {Standing.SUBMITTED}
    operations.validate_many([submitted, other], by=validator, at=at)
    assert (standings(submitted), standings(other)) == ({Standing.VALIDATED}, {Standing.VALIDATED})
    with pytest.raises(operations.NotIndependent):
        operations.validate_many([operations.submit(make_thesis(), by=coordinator, at=at)], by=coordinator, at=at)
