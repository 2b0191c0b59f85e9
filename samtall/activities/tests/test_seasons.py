"""The seasons of the academic year (R9), and what is late at its end."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samtall.accounts.models import User
from samtall.activities import operations, queries, registry
from samtall.activities.kind import Kind
from samtall.activities.lacks import Lack, lacking
from samtall.activities.models import Activity
from samtall.activities.seasons import coming_season, season_of, seasons_in
from samtall.activities.tests.conftest import AT, MakeThesis
from samtall.parties import operations as parties
from samtall.parties.models import Organisation

WITH_SEASONS = [kind for kind in registry.kinds() if kind.seasons]


def test_a_thesis_season_is_prepared_in_the_autumn_and_accounted_for_after_the_summer() -> None:
    (spring,) = seasons_in(registry.kind("thesis"), 2017)
    assert (spring.first, spring.last) == (date(2018, 1, 8), date(2018, 6, 15))
    assert (spring.period.first, spring.period.last) == (date(2017, 8, 1), date(2018, 7, 31))
    assert spring.deadlines == {
        "supervisor": date(2017, 11, 1),
        "approval": date(2017, 11, 15),
        "students": date(2017, 12, 1),
        "agreement": date(2017, 12, 20),
        "submission": date(2018, 8, 31),
    }


def test_an_autumn_season_is_prepared_before_the_summer_of_the_academic_year_before() -> None:
    autumn, spring = seasons_in(registry.kind("innovation_project"), 2017)
    assert (autumn.first, autumn.deadlines["approval"]) == (date(2017, 9, 1), date(2017, 6, 15))
    assert (spring.first, spring.deadlines["submission"]) == (date(2018, 2, 1), date(2018, 6, 30))


@pytest.mark.parametrize("kind", WITH_SEASONS, ids=lambda kind: kind.code)
def test_every_day_of_the_year_belongs_to_one_season_of_a_kind(kind: Kind) -> None:
    seasons = seasons_in(kind, 2017)
    for day in (date(2017, 8, 1), date(2017, 12, 31), date(2018, 1, 1), date(2018, 7, 31)):
        assert [season_of(kind, day)] == [one for one in seasons if one.period.first <= day <= one.period.last]


@pytest.mark.parametrize("kind", WITH_SEASONS, ids=lambda kind: kind.code)
def test_deadlines_are_of_what_may_be_lacking_and_come_in_its_order(kind: Kind) -> None:
    for one in seasons_in(kind, 2017):
        assert set(one.deadlines) <= set(Lack)
        before = [one.deadlines["supervisor"], one.deadlines["approval"], one.first]
        assert before == sorted(before)
        assert one.deadlines["submission"] >= one.last


def test_the_season_to_come_is_the_next_that_has_not_begun() -> None:
    thesis, innovation = registry.kind("thesis"), registry.kind("innovation_project")
    coming = [coming_season(thesis, date(2017, 10, 1)), coming_season(innovation, date(2018, 3, 1))]
    assert [one.first for one in coming if one] == [date(2018, 1, 8), date(2018, 9, 1)]
    assert coming_season(registry.kind("course"), date(2017, 10, 1)) is None


# What is lacking


@pytest.fixture
def said(coordinator: User) -> dict[str, Any]:
    return {"by": coordinator, "at": AT}


def lacks(activity: Activity) -> list[tuple[str, date | None]]:
    return [(one.lack.value, one.due) for one in lacking(activity, registry.kind(activity.kind))]


def test_a_bare_proposal_lacks_everything_by_the_deadlines_of_its_season(said: dict[str, Any]) -> None:
    proposal = operations.propose("thesis", title="Fisk", starts=date(2018, 2, 1), details={"level": "master"}, **said)
    assert lacks(proposal) == [
        ("supervisor", date(2017, 11, 1)),
        ("approval", date(2017, 11, 15)),
        ("students", date(2017, 12, 1)),
        ("agreement", date(2017, 12, 20)),
        ("start", date(2018, 2, 1)),
    ]


def test_a_prepared_one_lacks_only_to_start(
    make_thesis: MakeThesis, college: Organisation, said: dict[str, Any]
) -> None:
    thesis = make_thesis(state="planned", starts=date(2018, 2, 1), ends=date(2018, 6, 1))
    operations.add_participation(thesis, role="student", organisation=college, head_count=2, **said)
    supervisor = parties.add_person("Vera", organisation=college)
    operations.add_participation(thesis, role="supervisor", person=supervisor, **said)
    assert lacks(thesis) == [("start", date(2018, 2, 1))]


def test_a_running_one_lacks_its_next_milestone_and_its_end(make_thesis: MakeThesis, said: dict[str, Any]) -> None:
    thesis = make_thesis(state="running")
    operations.plan_milestones(thesis, **said)
    first = thesis.milestones.get(code="description")
    operations.revise_milestone(first, due=first.due, done_on=first.due, **said)
    assert lacks(thesis) == [("milestone", date(2017, 5, 10)), ("end", date(2017, 6, 20))]


def test_what_is_over_lacks_evidence_and_to_be_sent_in(make_thesis: MakeThesis, said: dict[str, Any]) -> None:
    thesis = make_thesis()
    assert lacks(thesis) == [("submission", date(2017, 8, 31))]
    operations.remove_evidence(thesis.evidence.get(), **said)
    assert lacks(thesis) == [("evidence", date(2017, 6, 20)), ("submission", date(2017, 8, 31))]
    operations.submit(thesis, **said)
    assert lacks(thesis) == [("evidence", date(2017, 6, 20))]


def test_nothing_is_lacking_of_what_is_approved_cancelled_or_withdrawn(
    validated: Activity, make_thesis: MakeThesis, said: dict[str, Any]
) -> None:
    cancelled, withdrawn = make_thesis(state="planned"), make_thesis(title="Epler")
    operations.cancel(cancelled, on=date(2017, 1, 1), **said)
    operations.withdraw(withdrawn, reason="to ganger", **said)
    assert [lacks(one) for one in (validated, cancelled, withdrawn)] == [[], [], []]


def test_unfinished_is_what_is_late_the_longest_overdue_first(
    make_thesis: MakeThesis, coordinator: User, said: dict[str, Any]
) -> None:
    running = make_thesis(state="running", title="Går")
    draft = make_thesis(title="Ikke sendt")
    make_thesis(state="running", ends=date(2018, 6, 1), title="I rute")
    operations.record("course", title="Kurs", starts=date(2017, 3, 3), details={"hours": 8}, **said)
    late = queries.unfinished(coordinator, today=date(2018, 1, 8))
    assert [(one.activity.title, [lack.lack.value for lack in one.lacks]) for one in late] == [
        ("Kurs", ["start"]),
        (running.title, ["end"]),
        (draft.title, ["submission"]),
    ]
    assert [one.activity.title for one in queries.unfinished(coordinator, today=date(2018, 1, 8), kind="course")] == [
        "Kurs"
    ]


def test_the_worklist_is_for_those_who_record(make_thesis: MakeThesis, reader: User) -> None:
    make_thesis()
    assert queries.unfinished(reader, today=date(2018, 1, 8)) == []


def test_the_worklist_costs_the_same_for_one_as_for_three(
    make_thesis: MakeThesis, coordinator: User, said: dict[str, Any]
) -> None:
    queries.unfinished(coordinator, today=date(2018, 1, 8))  # reads the roles, once
    costs = []
    for number in (1, 2, 3):
        operations.plan_milestones(make_thesis(state="running", title=f"Oppgave {number}"), **said)
        with CaptureQueriesContext(connection) as asked:
            queries.unfinished(coordinator, today=date(2018, 1, 8))
        costs.append(len(asked))
    assert costs == [costs[0]] * 3


# The pages


@pytest.fixture
def scribe(coordinator: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(coordinator)


def main_of(client: Client, name: str, *args: Any, **query: Any) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode().split("<main")[1]


def test_the_season_page_shows_what_lacks_what(make_thesis: MakeThesis, scribe: Client) -> None:
    make_thesis(state="planned", title="Uten studenter", starts=date(2017, 1, 8))
    shown = main_of(scribe, "season", "thesis", studieaar="2016")
    assert [word for word in ("Uten studenter", "Mangler studenter (01.12.2016)") if word not in shown] == []
    assert "Uten studenter" not in main_of(scribe, "season", "thesis", studieaar="2017")


def test_the_season_page_opens_where_there_is_something_and_takes_no_nonsense(
    make_thesis: MakeThesis, scribe: Client
) -> None:
    make_thesis(title="Den siste")
    assert "Den siste" in main_of(scribe, "season", "thesis")
    assert "Den siste" in main_of(scribe, "season", "thesis", studieaar="tull")
    assert scribe.get(reverse("season", args=["course"])).status_code == 404


def test_a_proposal_is_written_on_the_form_of_its_kind_with_the_days_of_the_season(scribe: Client) -> None:
    form = main_of(scribe, "activity-new", "thesis", forslag="1")
    assert 'value="proposed" selected' in form
    said = {"title": "Epler", "state": "proposed", "starts": "08.01.2018", "ends": "15.06.2018"}
    answer = scribe.post(reverse("activity-new", args=["thesis"]), said | {"detail_level": "master"})
    activity = Activity.objects.get()
    assert (answer.status_code, activity.state, activity.stages.get().stage) == (302, "planned", "proposed")


def test_a_supervisor_is_added_and_says_yes_on_the_pages(
    make_thesis: MakeThesis, scribe: Client, said: dict[str, Any], college: Organisation
) -> None:
    proposal = operations.propose("thesis", title="Fisk", starts=date(2018, 2, 1), details={"level": "master"}, **said)
    person = {"organisation": college.number, "name": "Vera Vik", "email": "vera@hogskolen.example"}
    scribe.post(reverse("activity-part-new", args=[proposal.pk, "supervisor"]), person)
    part = proposal.participations.get()
    assert (part.role, part.person and part.person.email) == ("supervisor", "vera@hogskolen.example")
    answer = {"yes": "1", "on": "08.01.2018", "text": "Godt tema"}
    assert scribe.post(reverse("activity-stage", args=[proposal.pk, "approved"]), answer).status_code == 302
    assert "Godt tema" in main_of(scribe, "activity", proposal.pk)


def test_what_followed_is_pointed_to_by_the_address_of_its_page(make_thesis: MakeThesis, scribe: Client) -> None:
    first, second = make_thesis(), make_thesis(title="Epler")
    address = reverse("activity-stage", args=[first.pk, "followed"])
    refused = scribe.post(address, {"on": "08.01.2018", "led_to": "https://samtall.example/andre/1/"})
    assert refused.status_code == 422
    pointed = f"https://samtall.example/aktiviteter/{second.pk}/"
    assert scribe.post(address, {"on": "08.01.2018", "led_to": pointed}).status_code == 302
    assert first.stages.get().led_to == second


def test_milestones_are_planned_moved_and_reached_on_the_pages(make_thesis: MakeThesis, scribe: Client) -> None:
    thesis = make_thesis()
    scribe.post(reverse("activity-milestones", args=[thesis.pk]))
    draft = thesis.milestones.get(code="draft")
    evidence = thesis.evidence.get()
    said = {"due": "02.05.2017", "done_on": "01.05.2017", "evidence": evidence.pk}
    scribe.post(reverse("activity-milestone", args=[thesis.pk, draft.pk]), said)
    draft.refresh_from_db()
    assert (draft.due, draft.done_on, draft.evidence) == (date(2017, 5, 2), date(2017, 5, 1), evidence)
    scribe.post(reverse("activity-milestone-remove", args=[thesis.pk, draft.pk]))
    assert [one.code for one in thesis.milestones.order_by("due")] == ["description", "handed_in"]
