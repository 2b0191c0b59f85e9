"""At the desk an inquiry goes from one to another until it has ended, and everything that happened can be read."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samtall.accounts.models import User
from samtall.activities.models import Activity
from samtall.base.errors import Refusal
from samtall.inquiries import operations, queries
from samtall.inquiries.models import ContactForm, Inquiry, Message, Record
from samtall.inquiries.operations import NotNow, ReasonMissing
from samtall.inquiries.states import OUTCOMES, State
from samtall.mail.models import Letter
from samtall.parties import operations as parties

SAID = {
    "organisation": "Bø Bygg",
    "contact_name": "Kari Nordmann",
    "email": "kari@bobygg.example",
    "description": "Energibruk",
    "kinds": ["thesis", "placement"],
    "level": ["bachelor"],
}

Receive = Callable[..., Inquiry]


@pytest.fixture
def at() -> datetime:
    return timezone.now()


@pytest.fixture
def receive(form: ContactForm, at: datetime) -> Receive:
    def receive(key: str = "k1", at: datetime = at, **said: object) -> Inquiry:
        return operations.receive(form, SAID | said, key=key, language="nb", at=at).inquiry

    return receive


@pytest.fixture
def desk(coordinator: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(coordinator)


def test_every_change_is_kept_with_who_and_why(receive: Receive, coordinator: User, at: datetime) -> None:
    inquiry = receive()
    operations.assign(inquiry, coordinator, by=coordinator, at=at, reason="Kjenner dem")
    operations.move(inquiry, State.IN_DIALOGUE, by=coordinator, at=at)
    operations.move(inquiry, State.DECLINED, by=coordinator, at=at, reason="Ikke for studenter")
    kept = [(one.action, one.state, one.by, one.reason) for one in inquiry.records.order_by("pk")]
    assert kept == [
        ("received", "received", None, ""),
        ("assigned", "assigned", coordinator, "Kjenner dem"),
        ("moved", "in_dialogue", coordinator, ""),
        ("moved", "declined", coordinator, "Ikke for studenter"),
    ]


def test_what_has_ended_is_left_alone_until_it_is_opened_again(
    receive: Receive, coordinator: User, at: datetime
) -> None:
    inquiry = receive()
    operations.move(inquiry, State.SPAM, by=coordinator, at=at)
    with pytest.raises(NotNow):
        operations.move(inquiry, State.MATCHED, by=coordinator, at=at)
    with pytest.raises(NotNow):
        operations.assign(inquiry, coordinator, by=coordinator, at=at)
    operations.reopen(inquiry, by=coordinator, at=at, reason="Det var en virksomhet")
    assert inquiry.state == State.RECEIVED


@pytest.mark.parametrize("outcome", [State.DECLINED, State.NO_MATCH])
def test_a_no_is_explained(receive: Receive, coordinator: User, at: datetime, outcome: State) -> None:
    with pytest.raises(ReasonMissing):
        operations.move(receive(), outcome, by=coordinator, at=at, reason=" ")


@pytest.mark.parametrize("state", [State.RECEIVED, State.ASSIGNED, State.HANDED_OVER, State.MERGED, State.WITHDRAWN])
def test_some_states_come_about_only_by_what_is_done(
    receive: Receive, coordinator: User, at: datetime, state: State
) -> None:
    with pytest.raises(NotNow):
        operations.move(receive(), state, by=coordinator, at=at, reason="x")


def test_the_clock_runs_until_somebody_answers(receive: Receive, coordinator: User, at: datetime) -> None:
    inquiry = receive()
    day_after = inquiry.due_on + timedelta(days=1)
    assert queries.is_late(inquiry, inquiry.due_on) is False
    assert queries.is_late(inquiry, day_after) is True
    operations.note(inquiry, "Ringte, ingen svarte", by=coordinator, at=at)
    assert list(Inquiry.objects.filter(queries.late(day_after))) == [inquiry]
    operations.answer(inquiry, "Vi ringer deg", by=coordinator, at=at)
    assert (queries.is_late(inquiry, day_after), inquiry.state) == (False, State.IN_DIALOGUE)
    assert list(Inquiry.objects.filter(queries.late(day_after))) == []


def test_the_deadline_goes_around_easter(receive: Receive) -> None:
    wednesday = datetime.fromisoformat("2026-04-01T12:00+02:00")
    assert receive(at=wednesday).due_on == date(2026, 4, 9)


def test_an_answer_is_a_letter_and_stands_in_the_case(receive: Receive, coordinator: User, at: datetime) -> None:
    inquiry = receive()
    operations.answer(inquiry, "Vi ringer deg\npå mandag", by=coordinator, at=at)
    letter = Letter.objects.get(purpose="answer")
    assert (letter.to, letter.about, letter.by) == (inquiry.email, inquiry.source, coordinator.signature)
    assert letter.text.startswith("Vi ringer deg\npå mandag\n\nCoordinator")
    assert Message.objects.get().sort == Message.Sort.ANSWER


def test_routes_give_it_to_whom_the_form_says(form: ContactForm, coordinator: User, at: datetime) -> None:
    routes = f"""
[[routes]]
unit = "Institutt for IT"
person = "{coordinator.email}"
subjects = ["it"]
[[routes]]
unit = "Karrieresenteret"
"""
    routed = operations.save_form(form.text + routes, by="system:test", at=at)
    by_subject = operations.receive(routed, SAID | {"subjects": ["it"]}, key="a", language="nb", at=at).inquiry
    other = operations.receive(routed, SAID, key="b", language="nb", at=at).inquiry
    assert (by_subject.assignee, by_subject.unit, by_subject.state) == (coordinator, "Institutt for IT", "assigned")
    assert (other.assignee, other.unit, other.state) == (None, "Karrieresenteret", "received")


def test_two_about_the_same_become_one_and_one_about_two_becomes_two(
    receive: Receive, coordinator: User, at: datetime
) -> None:
    first, second = receive("a"), receive("b")
    operations.merge(second, first, by=coordinator, at=at, reason="Sendt to ganger")
    assert (second.state, second.merged_into) == (State.MERGED, first)
    part = operations.split(first, kinds=["placement"], description="Praksis i mai", by=coordinator, at=at)
    assert (first.kinds, part.kinds, part.description, part.split_from) == (
        ["thesis"],
        ["placement"],
        "Praksis i mai",
        first,
    )
    assert part.number != first.number
    with pytest.raises(Refusal):
        operations.merge(first, first, by=coordinator, at=at)


def test_a_name_becomes_an_organisation_when_a_person_takes_it_up(
    receive: Receive, coordinator: User, at: datetime
) -> None:
    spam, real = receive("a"), receive("b")
    operations.move(spam, State.SPAM, by=coordinator, at=at)
    assert spam.organisation is None
    operations.assign(real, coordinator, by=coordinator, at=at)
    assert real.organisation is not None
    assert (real.organisation.name, real.organisation.identified) == ("Bø Bygg", False)


def test_a_number_no_register_here_knows_becomes_an_organisation_with_that_number(
    receive: Receive, coordinator: User, at: datetime
) -> None:
    inquiry = receive(organisation="974 760 673")
    operations.assign(inquiry, coordinator, by=coordinator, at=at)
    assert inquiry.organisation is not None
    assert inquiry.organisation.number == "974760673"


def test_the_page_shows_who_already_talks_to_the_organisation(
    receive: Receive, desk: Client, coordinator: User, at: datetime
) -> None:
    organisation = parties.add_organisation("Bø Bygg AS", number="974760673", at=at)
    first, second = receive("a"), receive("b")
    assert first.organisation == organisation
    operations.assign(first, coordinator, by=coordinator, at=at)
    page = desk.get(f"/henvendelser/{second.number}/").content.decode()
    assert first.number in page
    assert "Coordinator" in page


def test_the_list_is_narrowed_to_what_is_mine_nobodys_or_late(
    receive: Receive, desk: Client, coordinator: User, at: datetime
) -> None:
    old, new = receive("a", at=at - timedelta(days=30)), receive("b")
    operations.assign(new, coordinator, by=coordinator, at=at)

    def shown(query: str) -> list[str]:
        page = desk.get(f"/henvendelser/?{query}")
        return [cells[0][1].label.replace("\N{WORD JOINER}", "") for cells in page.context["table"].body()]

    assert shown("") == [old.number, new.number]
    assert shown("hvem=mine") == [new.number]
    assert shown("hvem=nobody") == [old.number]
    assert shown("forsinket=on") == [old.number]
    assert shown("status=spam") == []
    assert shown("q=bø+bygg+0002") == [new.number]


def test_taking_answering_and_handing_over_in_the_browser(
    receive: Receive, desk: Client, coordinator: User, at: datetime
) -> None:
    inquiry = receive()
    case = f"/henvendelser/{inquiry.number}/"
    desk.post(f"{case}ta/")
    desk.post(f"{case}svar/", {"text": "Hei"})
    form = desk.get(f"{case}overlever/thesis/").content.decode()
    assert 'value="Studentoppgave: Bø Bygg"' in form
    said = {"title": "Energi i bygg", "state": "planned", "starts": "10.01.2027", "detail_level": "bachelor"}
    assert desk.post(f"{case}overlever/thesis/", said).status_code == 302
    activity = Activity.objects.get()
    inquiry.refresh_from_db()
    assert (activity.origin, inquiry.state, inquiry.assignee) == (inquiry.source, State.HANDED_OVER, coordinator)
    assert [part.organisation for part in activity.participations.all()] == [inquiry.organisation]
    said |= {"title": "Praksis", "state": "planned"}
    desk.post(f"{case}overlever/placement/", said)
    assert inquiry.handovers.count() == 2


def test_a_refused_handover_leaves_no_activity(receive: Receive, desk: Client, coordinator: User, at: datetime) -> None:
    inquiry = receive()
    operations.move(inquiry, State.SPAM, by=coordinator, at=at)
    said = {"title": "Energi", "state": "planned", "starts": "10.01.2027", "detail_level": "bachelor"}
    assert desk.post(f"/henvendelser/{inquiry.number}/overlever/thesis/", said).status_code == 422
    assert (Activity.objects.count(), inquiry.handovers.count()) == (0, 0)


def test_the_list_costs_the_same_for_one_and_for_three(
    receive: Receive, desk: Client, coordinator: User, at: datetime
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries_made:
            desk.get("/henvendelser/")
        return len(queries_made)

    operations.assign(receive("a"), coordinator, by=coordinator, at=at)
    one = cost()
    for key in ("b", "c"):
        operations.assign(receive(key), coordinator, by=coordinator, at=at)
    assert cost() == one


def test_every_outcome_has_a_name_and_none_is_on_the_way() -> None:
    assert set(OUTCOMES) | {"received", "assigned", "in_dialogue", "matched", "agreed"} == set(State.values)


def test_every_action_that_is_kept_is_shown(receive: Receive, desk: Client, coordinator: User, at: datetime) -> None:
    inquiry = receive()
    for action in Record.Action:
        Record.objects.create(inquiry=inquiry, action=action, state="received", by=coordinator, at=at, to="Noe")
    assert desk.get(f"/henvendelser/{inquiry.number}/").status_code == 200
