"""The made-up region: plausible, labelled, hard to count, and the same every time."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction

from samtall.accounts.models import User
from samtall.accounts.roles import ROLES
from samtall.activities.lacks import lacking
from samtall.activities.models import Activity, Participation, StepRecord
from samtall.activities.registry import kind, kinds
from samtall.agreements.models import AgreementRecord
from samtall.base.periods import between
from samtall.confirmations.models import Request
from samtall.demonstration import operations
from samtall.demonstration.diary import LAST_DAY
from samtall.demonstration.operations import Loaded
from samtall.figures import queries
from samtall.figures.tests.recount import recount
from samtall.inquiries.models import Handover, Inquiry
from samtall.inquiries.states import State
from samtall.kinds.competence_job.models import Baseline
from samtall.kinds.competence_job.queries import employers
from samtall.ledger import queries as ledger
from samtall.ledger.verify import verify
from samtall.organisations import pile
from samtall.parties.models import Erasure, Establishment, Organisation, Succession
from samtall.parties.numbers import check
from samtall.programmes.measuring import measured_targets
from samtall.programmes.models import Programme
from samtall.programmes.showing import ShownTarget, shown_targets
from samtall.programmes.standing import Status

FIVE_YEARS = between(date(2014, 1, 1), date(2018, 12, 31))


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Loaded]:
    """The demonstration, loaded once for all of these tests and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield operations.load()
        transaction.set_rollback(True)


pytestmark = [
    pytest.mark.usefixtures("loaded", "db"),
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="test_move.py loads it on PostgreSQL, and finds the same figures there"
    ),
]


def targets(as_of: date | None = None) -> list[ShownTarget]:
    return shown_targets(Programme.objects.get(), as_of=as_of, with_people=True)


def test_goals_are_measured_by_figures_surveys_and_milestones_over_counted_baselines() -> None:
    measured = measured_targets(Programme.objects.get(), today=LAST_DAY, with_people=True)
    assert {one.slug: one.status for one in measured} == {
        "kunnskapsarbeidsplasser": Status.BEHIND,
        "nettverk": Status.REACHED,
        "bedrifter-pa-kurs": Status.REACHED,
        "studiested-bo": Status.ON_THE_WAY,
        "bedre-delingskultur": Status.REACHED,
        "kjenner-hogskolen": Status.BEHIND,
    }
    assert {Baseline.objects.filter(organisation=one).count() for one in employers()} == {1}


def test_there_are_about_600_organisations_and_500_activities(loaded: Loaded) -> None:
    assert (600 <= loaded.organisations < 650, 500 <= loaded.activities < 650) == (True, True)


def test_no_number_is_that_of_a_real_organisation() -> None:
    """Real ones begin with 8 or 9; those of the test series with 2 or 3, and their check digits are right."""
    numbers = list(Organisation.objects.filter(country="NO").exclude(number="").values_list("number", flat=True))
    numbers += Establishment.objects.values_list("number", flat=True)
    assert [number for number in numbers if number[0] not in "23" or check(number) != number] == []
    assert len(set(numbers)) == len(numbers)


def test_everything_made_up_is_labelled_so() -> None:
    assert Organisation.objects.filter(demonstration=False).count() == 0
    assert User.objects.filter(demonstration=False).count() == 0
    assert Programme.objects.get().demonstration


def test_there_is_one_user_of_each_role() -> None:
    assert [sorted(user.roles) for user in User.objects.order_by("pk")] == [[role.code] for role in ROLES]


def test_thirty_inquiries_are_in_every_state_and_some_led_to_activities() -> None:
    assert Inquiry.objects.count() == 30
    assert set(Inquiry.objects.values_list("state", flat=True)) == set(State.values)
    origins = [(one.activity.origin, one.inquiry.source) for one in Handover.objects.select_related()]
    assert [pair for pair in origins if pair[0] != pair[1]] == []
    assert len(origins) >= 5


def test_every_kind_every_state_and_every_step_is_there() -> None:
    assert set(Activity.objects.values_list("kind", flat=True)) == {kind.code for kind in kinds()}
    assert set(Activity.objects.values_list("state", flat=True)) == set(Activity.State)
    assert set(Activity.objects.values_list("step", flat=True)) == set(Activity.Step)
    assert set(StepRecord.objects.values_list("action", flat=True)) == set(StepRecord.Action)
    assert set(Participation.objects.values_list("outcome", flat=True)) == set(Participation.Outcome)


def test_a_season_of_proposals_is_there_as_it_stood_when_the_autumn_ended() -> None:
    proposals = Activity.objects.filter(stages__stage="proposed")
    assert (proposals.count(), set(proposals.values_list("state", "step"))) == (9, {("planned", "draft")})
    lacks = Counter(one.lack.value for proposal in proposals for one in lacking(proposal, kind(proposal.kind)))
    assert Counter(AgreementRecord.objects.values_list("what", flat=True)) == {"sent": 2, "signed": 5}
    assert lacks == {"start": 9, "agreement": 8, "approval": 4, "students": 5, "supervisor": 2}


def test_of_three_hosts_one_confirms_one_does_not_agree_and_one_is_silent() -> None:
    assert sorted(Request.objects.values_list("answer", flat=True)) == ["", "confirmed", "not_right"]


def test_the_difficulties_of_counting_are_there() -> None:
    """R2, R4, R5, R8, R10, R11, R21"""
    assert Counter(Succession.objects.values_list("cause", "main")) == {
        ("merger", True): 1,
        ("split", True): 1,
        ("split", False): 1,
        ("renumbered", True): 1,
    }
    assert sorted(Organisation.objects.exclude(country="NO").values_list("country", flat=True)) == ["DK", "SE"]
    assert Organisation.objects.filter(number="").count() == 9
    assert Erasure.objects.count() == 1
    assert Participation.objects.filter(establishment__isnull=False).count() == 20
    institutions = Counter(Participation.objects.filter(role="institution").values_list("activity_id", flat=True))
    assert {2, 3} < set(institutions.values())
    crossing = [one for one in Activity.objects.exclude(ends=None) if one.ends and one.ends.year > one.starts.year]
    assert len(crossing) > 20


def test_there_are_doubts_to_clear_up() -> None:
    """Three from long ago and five names to decide, one remembered, and one company that is there twice."""
    names = [Organisation.objects.get(pk=pk) for pk in pile.names_left()]
    assert (len(names), pile.names_in_all()) == (8, 9)
    assert all(pile.suspicions_of(name).exists() for name in names[:3])
    assert [one.name for one in Organisation.objects.filter(pk__in=pile.duplicates_left())] == ["Lifjell Trevare"]
    assert Organisation.objects.filter(same_as__isnull=False).count() == 1


def test_the_targets_come_out_as_they_did_the_last_time() -> None:
    """Pinned, so that a change of the story or of the counting shows."""
    jobs, networks, courses, contact_point = targets()
    besides = [target.beside.result.value for target in (jobs, networks, courses, contact_point) if target.beside]
    values = [target.figure.result.value for target in (jobs, networks, courses, contact_point)]
    assert values == [Decimal("130.7"), 24, 59, 262]
    assert besides == [Decimal("146.7"), 118, 139, 283]


def test_what_awaits_and_who_is_not_identified_stand_beside() -> None:
    """R17"""
    jobs, _networks, courses, contact_point = targets()
    assert jobs.figure.result.pending.value > 0
    assert courses.figure.result.unidentified == 1
    assert contact_point.figure.result.pending.value > 0


def test_the_books_told_less_at_the_end_of_each_earlier_year() -> None:
    told = [[target.figure.result.value for target in targets(date(year, 12, 31))] for year in range(2013, 2019)]
    assert [sorted(row) for row in zip(*told, strict=True)] == [list(row) for row in zip(*told, strict=True)]
    assert told[0] == [0, 0, 0, 0]
    assert all(before < after for before, after in zip(told[2], told[4], strict=True))


def test_nothing_was_written_before_2014_or_after_the_last_day() -> None:
    assert ledger.position_on(date(2013, 12, 31)) == 0
    assert ledger.position_on(LAST_DAY) == ledger.position()


def test_a_merger_makes_one_organisation_fewer_as_they_are_today() -> None:
    """R4"""
    then = queries.value(queries.current_version("organisations-in-collaborations"), FIVE_YEARS)
    today = queries.value(queries.current_version("organisations-in-collaborations-today"), FIVE_YEARS)
    assert int(then.value) - int(today.value) == 3


def test_jobs_outside_the_region_are_not_the_regions() -> None:
    """R11"""
    everywhere = queries.value(queries.current_version("competence-jobs-net"), FIVE_YEARS)
    assert everywhere.value - targets()[0].figure.result.value == 8


@pytest.mark.parametrize("slug", ["collaborations", "competence-jobs-net", "businesses-on-courses-today", "networks"])
@pytest.mark.parametrize("as_of", [date(2016, 12, 31), None])
def test_an_independent_recount_agrees(slug: str, as_of: date | None) -> None:
    """R24"""
    position = ledger.position_on(as_of) if as_of else ledger.position()
    definition = queries.definition_of(queries.current_version(slug))
    result = queries.value(definition, FIVE_YEARS, position=position, on=as_of)
    counted = recount(definition, FIVE_YEARS, position, as_of)
    assert (counted.exact, counted.pending) == (result.value, result.pending.value)


def test_the_ledger_is_whole(loaded: Loaded) -> None:
    verdict = verify()
    assert (verdict.postings, verdict.faults) == (loaded.positions, [])


def test_loading_again_changes_nothing(loaded: Loaded) -> None:
    assert operations.load() == loaded
