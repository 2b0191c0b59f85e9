"""The laws between writing rooms and books: after any acts at all, the facts that stand are what the room says, and
what was answered at a position is answered for ever.
"""

import os
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samtall.accounts.models import User
from samtall.activities import operations
from samtall.activities.models import Activity
from samtall.activities.statements import statement_of
from samtall.base.errors import Refusal
from samtall.base.periods import year
from samtall.config.command_line import main
from samtall.figures import queries as figures
from samtall.figures.definitions import Definition, Identity, Rule, Sharing, Unit
from samtall.ledger import queries as ledger
from samtall.ledger.verify import verify
from samtall.parties import operations as parties

pytestmark = pytest.mark.django_db
AT = datetime(2018, 1, 8, tzinfo=UTC)
EXAMPLES = int(os.environ.get("SAMTALL_EXAMPLES", "20"))

ACTS = (
    "submit", "validate", "return", "withdraw", "start", "complete", "abort", "cancel", "reopen", "add_evidence",
    "remove_evidence", "add_host", "add_people", "drop_out", "remove_part", "revise_dates", "revise_title", "erase",
    "add_supervisor", "approve", "refuse", "tell_result", "plan_milestones", "merge", "identify",
)  # fmt: skip


class Office:
    """Two people, a college and three companies; acts on one thesis, some of which the rules refuse."""

    def __init__(self, coordinator: User, validator: User) -> None:
        self.people = (coordinator, validator)
        self.college = parties.add_organisation("Høgskolen", number="313000001", at=AT)
        self.companies = [
            parties.add_organisation("A AS", number="313000028", at=AT),
            parties.add_foreign("D AB", country="SE", register="bolagsverket", number="556000-0001", at=AT),
            parties.add_unidentified("E", at=AT),
        ]
        self.student = parties.add_person("Kari Nordmann", organisation=self.college)
        self.thesis = operations.record(
            "thesis",
            title="Vannkraft",
            starts=date(2017, 1, 10),
            details={"level": "bachelor"},
            by=coordinator,
            at=AT,
        )
        said: dict[str, Any] = {"by": coordinator, "at": AT}
        operations.add_participation(self.thesis, role="institution", organisation=self.college, **said)
        operations.add_participation(self.thesis, role="host", organisation=self.companies[0], **said)
        operations.add_participation(self.thesis, role="student", person=self.student, **said)

    def act(self, act: str, who: int, number: int) -> None:
        """Do it, or be refused; either way nothing is left half done."""
        said: dict[str, Any] = {"by": self.people[who], "at": AT + timedelta(minutes=number)}
        on = date(2017, 1, 10) + timedelta(days=number)
        thesis, why = self.thesis, "because"
        part = thesis.participations.order_by("-pk").first()
        try:
            match act:
                case "submit" | "validate":
                    getattr(operations, act)(thesis, **said)
                case "return":
                    operations.return_to_draft(thesis, reason=why, **said)
                case "withdraw":
                    operations.withdraw(thesis, reason=why, **said)
                case "start" | "complete" | "abort" | "cancel" | "reopen":
                    getattr(operations, act)(thesis, on=on, reason=why, **said)
                case "add_evidence":
                    operations.add_evidence(thesis, kind="agreement", description=f"17/{number}", **said)
                case "remove_evidence":
                    if piece := thesis.evidence.first():
                        operations.remove_evidence(piece, **said)
                case "add_host":
                    host = self.companies[number % 3]
                    operations.add_participation(thesis, role="host", organisation=host, reason=why, **said)
                case "add_people":
                    operations.add_participation(
                        thesis, role="student", organisation=self.college, head_count=number + 1, reason=why, **said
                    )
                case "drop_out" if part:
                    operations.drop_out(part, on=on, **said)
                case "remove_part" if part:
                    operations.remove_participation(part, reason=why, **said)
                case "revise_dates":
                    operations.revise(thesis, starts=on, reason=why, **said)
                case "revise_title":
                    operations.revise(thesis, title=f"Vannkraft {number}", reason=why, **said)
                case "add_supervisor" if self.student.pk:
                    operations.add_participation(thesis, role="supervisor", person=self.student, reason=why, **said)
                case "approve" | "refuse":
                    operations.tell(thesis, "approved", on=on, yes=act == "approve", text=why, **said)
                case "tell_result":
                    operations.tell(thesis, "result", on=on, text=f"Kari {number}", **said)
                case "plan_milestones":
                    operations.plan_milestones(thesis, **said)
                case "merge":
                    old, new = self.companies[number % 3], self.companies[(number + 1) % 3]
                    operations.record_succession(old, new, on=on, cause="merger", **said)
                case "identify":
                    operations.identify(self.companies[2], self.companies[number % 2], **said)
                case "erase" if self.student.pk:
                    parties.erase_person(self.student, **said)
        except Refusal:
            pass
        self.thesis = Activity.objects.get(pk=thesis.pk)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 1), st.integers(0, 40)), min_size=3, max_size=25))
def test_after_any_acts_the_facts_that_stand_are_what_the_room_says(
    coordinator: User, validator: User, acts: list[tuple[str, int, int]]
) -> None:
    savepoint = transaction.savepoint()
    try:
        office = Office(coordinator, validator)
        for act, who, number in acts:
            office.act(act, who, number)
            statement = statement_of(office.thesis)
            assert ledger.says(statement.source, statement.facts), act
            if office.thesis.step == Activity.Step.VALIDATED:
                assert office.thesis.evidence.exists()
        assert verify().faults == []
    finally:
        transaction.savepoint_rollback(savepoint)


#: Questions of every unit and identity, in years that the acts reach.
ASKED = [
    (definition, period)
    for period in (year(2016), year(2017))
    for definition in (
        *(
            Definition(unit=unit, rule=rule)
            for unit in (Unit.ORGANISATIONS, Unit.PEOPLE, Unit.ACTIVITIES)
            for rule in Rule
        ),
        *(Definition(unit=Unit.ORGANISATIONS, identity=one, sides=("outside",)) for one in Identity),
        Definition(unit=Unit.ACTIVITIES, sharing=Sharing.SHARE, families=("student",)),
    )
]


def answers(position: int, source: str) -> list[Any]:
    """What the figures, their lists and the thing itself tell as of a position."""
    on = date(2017, 7, 1)
    told: list[Any] = []
    for definition, period in ASKED:
        later = on if definition.identity is Identity.TODAY else None
        told.append(figures.value(definition, period, position=position, on=later))
        told.append(list(figures.rows(definition, period, position=position, on=later)))
    return [*told, ledger.standing_of([source], position=position)]


@settings(
    max_examples=max(EXAMPLES // 4, 3),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 1), st.integers(0, 40)), min_size=3, max_size=12))
def test_what_was_answered_at_a_position_is_answered_for_ever(
    coordinator: User, validator: User, acts: list[tuple[str, int, int]]
) -> None:
    savepoint = transaction.savepoint()
    try:
        office = Office(coordinator, validator)
        answered: dict[int, list[Any]] = {}
        begin: list[tuple[str, int, int]] = [
            ("complete", 0, 20),
            ("add_evidence", 0, 0),
            ("submit", 0, 0),
            ("validate", 1, 0),
        ]
        for act, who, number in [*begin, *acts]:
            office.act(act, who, number)
            position = ledger.position()
            if position not in answered:
                answered[position] = answers(position, office.thesis.source)
        for position, then in answered.items():
            with override_settings(REMEMBER_ANSWERS=position % 2 == 0):
                assert answers(position, office.thesis.source) == then, position
    finally:
        transaction.savepoint_rollback(savepoint)


def test_erasing_a_person_leaves_every_fact_as_it_was(coordinator: User, validator: User) -> None:
    office = Office(coordinator, validator)
    for act, who in (("complete", 0), ("add_evidence", 0), ("submit", 0), ("validate", 1)):
        office.act(act, who, 20)
    before = ledger.standing(office.thesis.source)
    assert [fact.person for fact in before] == [None, None, office.student.key]
    office.act("erase", 1, 0)
    assert ledger.standing(office.thesis.source) == before
    assert ledger.says(office.thesis.source, statement_of(office.thesis).facts)


def test_what_the_register_learns_later_is_restated_on_demand(
    coordinator: User, validator: User, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(coordinator, validator)
    for act, who in (("complete", 0), ("submit", 0)):
        office.act(act, who, 20)
    parties.record_attributes(
        office.companies[0], valid_from=date(2016, 1, 1), name="A AS", industry="62.010", industry_standard="SN2007"
    )
    assert main(["--language", "en", "restate", "--dry-run"]) == 0
    assert main(["--language", "en", "restate"]) == 0
    assert main(["--language", "en", "restate"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "1 of 1 activities would change.",
        "1 of 1 activities changed.",
        "0 of 1 activities changed.",
    ]
    assert [fact.industry for fact in ledger.standing(office.thesis.source) if fact.role == "host"] == ["62.010"]
