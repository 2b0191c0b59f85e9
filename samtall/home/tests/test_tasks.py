"""The front page tells each role what needs it now, and a page how far inquiries led."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from samtall.accounts.models import User
from samtall.accounts.waiting import Task
from samtall.activities import operations as activities
from samtall.activities.operations import Part, Proof, WholeActivity
from samtall.base import backups, heartbeat
from samtall.figures.operations import ensure_catalogue
from samtall.home import front
from samtall.home.tasks import tasks
from samtall.inquiries import operations as inquiries
from samtall.inquiries.declaration import STANDARD
from samtall.inquiries.models import Inquiry
from samtall.inquiries.states import State
from samtall.mail.models import Letter
from samtall.mail.operations import write
from samtall.parties.models import Organisation
from samtall.programmes import operations as programmes
from samtall.programmes.files import MIDT_TELEMARK

AT = datetime(2017, 5, 8, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: object) -> None:
    settings.DATA = tmp_path


def told(user: User, at: datetime = AT) -> list[str]:
    return [task.sentence for task in tasks(user, at, front.programmes(user))]


def visit(title: str, company: Organisation, by: User, at: datetime) -> None:
    whole = WholeActivity(
        kind="company_visit",
        title=title,
        starts=date(2017, 3, 1),
        state="completed",
        parts=[
            Part(role="host", organisation=company),
            Part(role="school", organisation=company),
            Part(role="pupil", organisation=company, head_count=9),
        ],
        evidence=[Proof(kind="confirmation", description="17/204")],
        submit=True,
    )
    activities.record_whole(whole, by=by, at=at)


def test_a_validator_sees_what_has_waited_longest(coordinator: User, validator: User, company: Organisation) -> None:
    for day, title in enumerate(("Bakeri", "Sag", "Fjøs", "Verft")):
        visit(title, company, coordinator, AT + timedelta(days=day))
    first = tasks(validator, AT, front.programmes(validator))[0]
    assert (first.sentence, first.url) == ("4 aktiviteter venter på at du godkjenner", "/godkjenning/")
    assert [line.label for line in first.lines] == ["Bakeri (08.05.2017)", "Sag (09.05.2017)", "Fjøs (10.05.2017)"]


def test_a_programme_manager_sees_which_targets_lag_behind(programme_manager: User) -> None:
    programmes.load(MIDT_TELEMARK, by="system:programme", at=AT)
    behind = next(
        task
        for task in tasks(programme_manager, AT, front.programmes(programme_manager))
        if task.url == "/program/midt-telemark/"
    )
    assert behind.sentence == "3 mål i Midt-Telemark i Byregionprogrammet ligger etter tiden"
    assert all(line.label.endswith(": 0 %") for line in behind.lines)


def test_the_first_administrator_is_led_to_inviting_the_others(administrator: User) -> None:
    assert ("Du er alene her foreløpig: inviter de andre", "/brukere/") in [
        (task.sentence, task.url) for task in tasks(administrator, AT, [])
    ]


@pytest.mark.usefixtures("reader")
def test_an_administrator_sees_what_has_stopped_or_grown_old(administrator: User) -> None:
    assert told(administrator) == [
        "Ingenting blir gjort i bakgrunnen: ingen arbeidsprosess går",
        "Det er ikke tatt noen sikkerhetskopi herfra",
        "Enhetsregisteret er ikke lastet inn",
    ]
    now = datetime.now(tz=UTC)
    backups.note()
    heartbeat.file().touch()
    assert told(administrator, now) == ["Enhetsregisteret er ikke lastet inn"]
    assert "Den siste sikkerhetskopien er 3 dager gammel" in told(administrator, now + timedelta(days=3))


def test_an_administrator_sees_that_letters_do_not_arrive(administrator: User) -> None:
    for number in range(3):
        write(
            to=f"kari{number}@bakeri.example", language="nb", template="mail/letters/trial.txt", context={},
            purpose="trial", by="system:test", at=AT,
        )  # fmt: skip
    Letter.objects.filter(to="kari0@bakeri.example").update(state="returned")
    later = told(administrator, AT + timedelta(hours=2))
    assert "1 brev fra den siste uka kom ikke fram" in later
    assert "2 brev har ventet mer enn en time på å bli sendt" in later


def test_who_has_nothing_to_do_has_nothing_waiting(reader: User, partner: User) -> None:
    assert [task for task in tasks(reader, AT, front.programmes(reader)) if isinstance(task, Task)] == []
    assert {task.url for task in tasks(partner, AT, front.programmes(partner))} <= {"/min-side/"}


def test_the_funnel_has_each_stage_by_year_and_leads_into_the_lists(
    client_of: Callable[[User], Client], coordinator: User, company: Organisation, client: Client
) -> None:
    ensure_catalogue(by="system:test", at=AT)
    assert client.get("/fra-henvendelse-til-samarbeid/").context["funnel"] is None
    form = inquiries.save_form(STANDARD.read_text(), by="system:test", at=AT)
    for key, at in (("1", AT), ("2", AT + timedelta(days=1)), ("3", AT.replace(year=2018))):
        said = {"organisation": company.number, "contact_name": "K", "email": f"{key}@x.example", "description": "x"}
        inquiries.receive(form, said, key=key, language="nb", at=at)
    for inquiry in Inquiry.objects.order_by("pk"):
        state = State.MATCHED if inquiry.key == "2" else State.IN_DIALOGUE
        inquiries.move(inquiry, state, by=coordinator, at=inquiry.received_at)
    table = client_of(coordinator).get("/fra-henvendelse-til-samarbeid/").context["funnel"].table
    assert [column.label for column in table.columns] == ["Hvor langt", "2018", "2017"]
    assert [[cell.label for cell in row[1:]] for row in table.rows] == [
        ["1", "1"], ["1", "1"], ["0", "1"], ["0", "0"], ["0", "0"],
    ]  # fmt: skip
    assert table.rows[2][2].url == "/tall/organisations-that-were-matched/liste/?periode=2017"
