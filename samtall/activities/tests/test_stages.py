"""What comes before an activity and after it: proposals, the supervisor's word, results, what followed (R6)."""

from datetime import date
from typing import Any

import pytest

from samtall.accounts.models import User
from samtall.activities import operations, registry
from samtall.activities.models import Activity
from samtall.activities.tests.conftest import AT, MakeThesis
from samtall.ledger import queries as ledger
from samtall.parties import operations as parties
from samtall.parties.models import Organisation

TODAY = date(2018, 1, 8)


@pytest.fixture
def said(coordinator: User) -> dict[str, Any]:
    return {"by": coordinator, "at": AT}


@pytest.fixture
def proposal(college: Organisation, company: Organisation, said: dict[str, Any]) -> Activity:
    proposal = operations.propose(
        "thesis",
        title="Vannkraft i småelver",
        starts=date(2018, 1, 8),
        ends=date(2018, 6, 15),
        details={"level": "bachelor"},
        **said,
    )
    operations.add_participation(proposal, role="host", organisation=company, **said)
    operations.add_participation(proposal, role="institution", organisation=college, **said)
    return proposal


def supervise(proposal: Activity, college: Organisation, said: dict[str, Any]) -> None:
    supervisor = parties.add_person("Vera Veileder", organisation=college)
    operations.add_participation(proposal, role="supervisor", person=supervisor, **said)


def told(activity: Activity) -> list[tuple[str, bool]]:
    return [(one.stage, one.yes) for one in activity.stages.order_by("pk")]


def test_a_proposal_is_planned_and_counts_nowhere(proposal: Activity, said: dict[str, Any]) -> None:
    with pytest.raises(operations.NotStarted):
        operations.submit(proposal, **said)
    assert (proposal.state, proposal.step, told(proposal)) == ("planned", "draft", [("proposed", True)])
    assert ledger.standing(proposal.source) == []


@pytest.mark.parametrize("verb", ["start", "complete"])
def test_a_proposal_cannot_start_before_the_supervisor_has_said_yes(
    verb: str, proposal: Activity, college: Organisation, said: dict[str, Any]
) -> None:
    with pytest.raises(operations.NotApproved):
        getattr(operations, verb)(proposal, on=TODAY, **said)
    supervise(proposal, college, said)
    operations.tell(proposal, "approved", on=TODAY, yes=False, text="For stort", **said)
    with pytest.raises(operations.NotApproved):
        getattr(operations, verb)(proposal, on=TODAY, **said)
    operations.tell(proposal, "approved", on=TODAY, text="Snevret inn", **said)
    getattr(operations, verb)(proposal, on=TODAY, **said)
    assert told(proposal) == [("proposed", True), ("approved", False), ("approved", True)]


def test_a_refused_proposal_can_be_cancelled(proposal: Activity, college: Organisation, said: dict[str, Any]) -> None:
    supervise(proposal, college, said)
    operations.tell(proposal, "approved", on=TODAY, yes=False, text="Passer ikke", **said)
    assert operations.cancel(proposal, on=TODAY, **said).state == "cancelled"


def test_nobody_approves_for_a_supervisor_who_is_not_there(proposal: Activity, said: dict[str, Any]) -> None:
    with pytest.raises(operations.NotApproved):
        operations.tell(proposal, "approved", on=TODAY, **said)


def test_a_no_needs_a_reason(proposal: Activity, college: Organisation, said: dict[str, Any]) -> None:
    supervise(proposal, college, said)
    with pytest.raises(operations.ReasonMissing):
        operations.tell(proposal, "approved", on=TODAY, yes=False, **said)


def test_what_was_never_a_proposal_starts_as_before(make_thesis: MakeThesis, said: dict[str, Any]) -> None:
    thesis = make_thesis(state="planned")
    assert operations.start(thesis, on=date(2017, 1, 10), **said).state == "running"


def test_result_feedback_and_what_followed_are_told_when_it_is_over(
    make_thesis: MakeThesis, said: dict[str, Any]
) -> None:
    thesis = make_thesis(state="running")
    with pytest.raises(operations.WrongState):
        operations.tell(thesis, "result", on=TODAY, text="En modell", **said)
    operations.complete(thesis, on=date(2017, 6, 20), **said)
    job = operations.record("competence_job", title="Ingeniør", starts=TODAY, details=JOB, **said)
    operations.tell(thesis, "result", on=TODAY, text="En modell\nsom virker", **said)
    operations.tell(thesis, "feedback_outside", on=TODAY, text="Nyttig", **said)
    operations.tell(thesis, "followed", on=TODAY, led_to=job, **said)
    assert told(thesis) == [("result", True), ("feedback_outside", True), ("followed", True)]
    assert list(Activity.objects.filter(followed_from__activity=thesis)) == [job]


JOB = {"change": "filled", "contribution": "direct", "baseline_on": "31.12.2013"}


@pytest.mark.parametrize(
    ("stage", "more"),
    [
        ("result", {"on": date(2018, 1, 9)}),
        ("result", {"yes": False}),
        ("sessions", {}),
        ("result", {"text": "x" * 4001}),
    ],
    ids=["tomorrow", "a no that is nobody's", "a stage of another kind", "too long"],
)
def test_what_cannot_be_said_is_refused(
    stage: str, more: dict[str, Any], make_thesis: MakeThesis, said: dict[str, Any]
) -> None:
    thesis = make_thesis()
    with pytest.raises(operations.Invalid):
        operations.tell(thesis, stage, **(said | {"on": TODAY, "text": "why"} | more))
    assert told(thesis) == []


def test_nothing_follows_itself_or_from_what_does_not_link(make_thesis: MakeThesis, said: dict[str, Any]) -> None:
    thesis = make_thesis()
    for stage, other in (("followed", thesis), ("result", make_thesis(title="Epler"))):
        with pytest.raises(operations.Invalid):
            operations.tell(thesis, stage, on=TODAY, text="why", led_to=other, **said)


def test_what_is_said_leaves_the_books_and_the_approval_alone(validated: Activity, said: dict[str, Any]) -> None:
    before = ledger.position()
    operations.tell(validated, "result", on=TODAY, text="Kari skrev godt", **said)
    assert (ledger.position(), validated.step) == (before, "validated")


def test_supervisors_make_no_facts(proposal: Activity, college: Organisation, said: dict[str, Any]) -> None:
    supervise(proposal, college, said)
    operations.tell(proposal, "approved", on=TODAY, **said)
    operations.start(proposal, on=TODAY, **said)
    operations.submit(proposal, **said)
    assert [fact.role for fact in ledger.standing(proposal.source)] == ["host", "institution"]


# Milestones


def test_the_milestones_of_a_kind_are_placed_along_its_time(proposal: Activity, said: dict[str, Any]) -> None:
    operations.plan_milestones(proposal, **said)
    operations.plan_milestones(proposal, **said)
    assert [(one.code, one.due) for one in proposal.milestones.order_by("pk")] == [
        ("description", date(2018, 2, 8)),
        ("draft", date(2018, 5, 6)),
        ("handed_in", date(2018, 6, 15)),
    ]


def test_milestones_need_a_last_day(make_thesis: MakeThesis, said: dict[str, Any]) -> None:
    with pytest.raises(operations.WrongState):
        operations.plan_milestones(make_thesis(state="running", ends=None), **said)


def test_a_milestone_is_reached_on_a_day_with_what_shows_it(make_thesis: MakeThesis, said: dict[str, Any]) -> None:
    thesis, other = make_thesis(), make_thesis(title="Epler")
    milestone = operations.add_milestone(thesis, title="Utkast", due=date(2017, 4, 1), **said)
    shown = thesis.evidence.get()
    operations.revise_milestone(milestone, due=date(2017, 4, 8), done_on=date(2017, 4, 7), evidence=shown, **said)
    milestone.refresh_from_db()
    assert (milestone.due, milestone.done_on, milestone.evidence) == (date(2017, 4, 8), date(2017, 4, 7), shown)
    for wrong in ({"evidence": other.evidence.get()}, {"done_on": date(2018, 1, 9)}):
        with pytest.raises(operations.Invalid):
            operations.revise_milestone(milestone, due=date(2017, 4, 8), **wrong, **said)


@pytest.mark.parametrize("kind", [one for one in registry.kinds() if one.milestones], ids=lambda kind: kind.code)
def test_milestones_come_in_the_order_of_time(kind: Any) -> None:
    percents = [one.percent for one in kind.milestones]
    assert percents == sorted(percents)
    assert percents[0] >= 0
    assert percents[-1] <= 100
