"""A network's meetings and members, kept on a page of their own and counted by R6."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities.models import Activity, Participation
from samtall.kinds.network import operations
from samtall.ledger import queries as ledger
from samtall.parties import operations as parties
from samtall.parties.models import Organisation

AT = datetime(2018, 1, 8, 9, 0, tzinfo=UTC)
FIRST, SECOND, THIRD = date(2017, 2, 10), date(2017, 9, 20), date(2017, 12, 1)


@pytest.fixture
def said(coordinator: User) -> dict[str, Any]:
    return {"by": coordinator, "at": AT}


@pytest.fixture
def network(said: dict[str, Any]) -> Activity:
    network = activities.record("network", title="Treklyngen", starts=date(2017, 1, 1), state="running", **said)
    for name, number, role in (
        ("Høgskolen", "313000001", "institution"),
        ("A AS", "313000028", "member"),
        ("B AS", "313000036", "member"),
    ):
        organisation = parties.add_organisation(name, number=number, at=AT)
        activities.add_participation(network, role=role, organisation=organisation, **said)
    return network


@pytest.fixture
def scribe(coordinator: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(coordinator)


def parts(network: Activity) -> list[Participation]:
    return list(network.participations.order_by("pk"))


def spans(network: Activity) -> set[tuple[date, date | None]]:
    return {(fact.starts, fact.ends) for fact in ledger.standing(network.source)}


def main_of(client: Client, name: str, *args: Any) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode().split("<main")[1]


def test_a_network_counts_by_the_meetings_it_holds(network: Activity, said: dict[str, Any]) -> None:
    operations.hold(network, on=FIRST, **said)
    with pytest.raises(activities.Incomplete):
        activities.submit(network, **said)
    operations.hold(network, on=SECOND, minutes="Referat 17/4", **said)
    activities.submit(network, **said)
    assert spans(network) == {(FIRST, SECOND)}
    operations.hold(network, on=THIRD, **said)
    assert spans(network) == {(FIRST, THIRD)}
    assert list(network.evidence.values_list("kind", "description", "dated")) == [("minutes", "Referat 17/4", SECOND)]


def test_a_meeting_of_an_approved_network_is_its_own_reason_and_is_approved_again(
    network: Activity, said: dict[str, Any], validator: User
) -> None:
    for day in (FIRST, SECOND):
        operations.hold(network, on=day, minutes=f"Referat {day}", **said)
    activities.submit(network, **said)
    activities.validate(network, by=validator, at=AT)
    operations.hold(network, on=THIRD, **said)
    assert network.step == "submitted"


def test_a_meeting_written_by_mistake_is_taken_out_of_the_count(network: Activity, said: dict[str, Any]) -> None:
    for day in (FIRST, SECOND, THIRD):
        operations.hold(network, on=day, **said)
    activities.submit(network, **said)
    operations.remove_meeting(network, on=THIRD, reason="feil dag", **said)
    assert (spans(network), network.meetings.count()) == ({(FIRST, SECOND)}, 2)


def test_who_came_are_members_on_the_day(network: Activity, said: dict[str, Any]) -> None:
    college, a, b = parts(network)
    operations.leave(b, on=FIRST, **said)
    meeting = operations.hold(network, on=FIRST, attended=[college, b], people=7, **said)
    assert (set(meeting.attended.all()), meeting.people) == ({college, b}, 7)
    with pytest.raises(activities.Invalid):
        operations.hold(network, on=SECOND, attended=[a, b], **said)
    assert network.details["meetings"] == [FIRST.isoformat()]


def test_a_member_that_leaves_is_no_drop_out(network: Activity, said: dict[str, Any]) -> None:
    for day in (FIRST, SECOND):
        operations.hold(network, on=day, **said)
    b = operations.leave(parts(network)[2], on=SECOND, **said)
    assert (b.ends, b.outcome) == (SECOND, "taking_part")
    with pytest.raises(activities.Invalid):
        operations.leave(b, on=date(2018, 1, 9), **said)


def test_what_is_known_of_a_meeting_changes_nothing_that_is_counted(
    network: Activity, said: dict[str, Any], validator: User
) -> None:
    meetings = [operations.hold(network, on=day, minutes=f"R {day}", **said) for day in (FIRST, SECOND)]
    activities.submit(network, **said)
    activities.validate(network, by=validator, at=AT)
    before = ledger.position()
    operations.revise_meeting(meetings[0], about="Praksis", attended=parts(network)[:2], **said)
    network.refresh_from_db()
    assert (ledger.position(), network.step, meetings[0].attended.count()) == (before, "validated", 2)


@pytest.mark.parametrize(
    "on", [date(2018, 1, 9), date(2016, 12, 31), FIRST], ids=["to come", "before it began", "a day that is there"]
)
def test_a_meeting_is_held_on_a_day_that_can_be(on: date, network: Activity, said: dict[str, Any]) -> None:
    operations.hold(network, on=FIRST, **said)
    with pytest.raises(activities.Invalid):
        operations.hold(network, on=on, **said)


def test_more_can_be_told_of_a_day_that_came_in_with_a_spreadsheet(network: Activity, said: dict[str, Any]) -> None:
    activities.revise(network, details={"meetings": "10.02.2017, 20.09.2017"}, **said)
    operations.hold(network, on=FIRST, about="Oppstart", **said)
    assert network.details["meetings"] == [FIRST.isoformat(), SECOND.isoformat()]


# The pages


def test_meetings_and_members_are_kept_on_their_own_page(network: Activity, scribe: Client) -> None:
    _college, a, b = parts(network)
    new = reverse("network-meeting-new", args=[network.pk])
    for day, came in (("10.02.2017", [a.pk, b.pk]), ("20.09.2017", [a.pk])):
        assert scribe.post(new, {"on": day, "about": "Praksis", "attended": came, "minutes": "17/4"}).status_code == 302
    scribe.post(reverse("network-leave", args=[network.pk, b.pk]), {"on": "20.09.2017"})
    shown = main_of(scribe, "network", network.pk)
    for words in ("Det teller fra 10. februar 2017 til 20. september 2017", "2 av 2", "1 av 2", "A AS, B AS"):
        assert words in shown
    scribe.post(reverse("network-meeting-remove", args=[network.pk, "2017-02-10"]), {"reason": "feil"})
    assert "Det teller ikke ennå." in main_of(scribe, "network", network.pk)


def test_the_form_of_the_activity_leaves_the_meetings_alone(
    network: Activity, scribe: Client, said: dict[str, Any]
) -> None:
    operations.hold(network, on=FIRST, **said)
    form = {"title": "Nytt navn", "starts": "01.01.2017", "ends": "", "municipality": ""}
    assert scribe.post(reverse("activity-change", args=[network.pk]), form).status_code == 302
    network.refresh_from_db()
    assert (network.title, network.details) == ("Nytt navn", {"meetings": [FIRST.isoformat()]})


def test_what_is_refused_is_said_and_nothing_typed_is_lost(network: Activity, scribe: Client) -> None:
    new = reverse("network-meeting-new", args=[network.pk])
    answer = scribe.post(new, {"on": "31.12.2016", "about": "Oppstart"})
    assert (answer.status_code, 'value="Oppstart"' in answer.content.decode()) == (422, True)


def test_only_networks_have_these_pages(network: Activity, scribe: Client, said: dict[str, Any]) -> None:
    course = activities.record("course", title="Kurs", starts=FIRST, details={"hours": 8}, **said)
    assert scribe.get(reverse("network", args=[course.pk])).status_code == 404
    for day in ("2017-02-10", "tull"):
        assert scribe.get(reverse("network-meeting-remove", args=[network.pk, day])).status_code == 404


def test_the_page_costs_the_same_for_one_member_and_meeting_as_for_three(
    network: Activity, scribe: Client, said: dict[str, Any]
) -> None:
    costs = []
    for number, day in enumerate((FIRST, SECOND, THIRD)):
        organisation: Organisation = parties.add_organisation(f"M {number}", at=AT)
        activities.add_participation(network, role="member", organisation=organisation, **said)
        operations.hold(network, on=day, attended=parts(network), **said)
        with CaptureQueriesContext(connection) as asked:
            main_of(scribe, "network", network.pk)
        costs.append(len(asked))
    assert costs == [costs[0]] * 3
