"""What somebody sees, takes with them and erases on the pages, with an account or with a code."""

import json
import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from samtall.accounts import operations as accounts
from samtall.accounts.models import User
from samtall.accounts.waiting import told as told_by_rooms
from samtall.activities import operations as activities
from samtall.activities.models import Activity
from samtall.config.prove import somebody
from samtall.config.prove.somebody import Region
from samtall.confirmations.models import Request
from samtall.mail.models import Letter
from samtall.privacy import operations, queries
from samtall.privacy.models import Correction, Erased, LeftFile
from samtall.privacy.tests.conftest import AT, EMAIL, NAME


@pytest.fixture
def ase(region: Region) -> User:
    somebody.live(region, NAME, EMAIL, files=False, at=timezone.now())
    return User.objects.get(email=EMAIL)


@pytest.fixture
def own(client: Client, ase: User) -> Client:
    client.force_login(ase)
    return client


def text_of(client: Client, address: str) -> str:
    return str(client.get(address).content.decode())


def test_everybody_reads_the_notice_and_the_record(client: Client, db: None) -> None:
    for language, words in (("nb", "Protokoll over"), ("nn", "behandlingsaktivitetar"), ("en", "record of processing")):
        client.cookies["language"] = language
        assert words in text_of(client, "/personvern/protokoll/")
        assert words in text_of(client, "/personvern/")


def test_min_side_shows_own_cases_and_collaborations_and_what_waits(own: Client) -> None:
    page = text_of(own, "/min-side/")
    assert f"{NAME}s oppgave om tre" in page
    assert "/henvendelse/" in page or "/kontakt/" in page
    assert "Venter på deg" in page


def test_what_waits_is_confirmed_by_the_button_only(own: Client) -> None:
    asked = Request.objects.get()
    address = f"/min-side/bekreft/{asked.pk}/"
    own.get(address)
    asked.refresh_from_db()
    assert asked.answer == ""
    own.post(address, {"answer": "yes"})
    asked.refresh_from_db()
    assert asked.answer == Request.Answer.CONFIRMED


def test_what_is_not_right_is_said_on_ones_own_page_too(own: Client, region: Region) -> None:
    asked = Request.objects.get()
    address = f"/min-side/bekreft/{asked.pk}/"
    said: list[dict[str, str]] = [{"answer": "no", "text": " "}, {}, {"answer": "no", "text": "Feil år"}]
    assert [own.post(address, one).status_code for one in said] == [422, 200, 302]
    asked.refresh_from_db()
    assert (asked.answer, asked.text) == (Request.Answer.NOT_RIGHT, "Feil år")


def test_a_company_contact_sees_what_is_their_organisations_and_nobody_elses(
    client: Client, ase: User, region: Region
) -> None:
    contact = somebody.contact_of(region.company, at=AT)
    stranger = somebody.contact_of(region.stranger, at=AT)
    for user, sees in ((contact, True), (stranger, False)):
        client.force_login(user)
        assert ("oppgave om tre" in text_of(client, "/min-side/")) is sees


def test_what_is_held_is_shown_and_downloaded(own: Client) -> None:
    page, readable = text_of(own, "/min-side/opplysninger/"), own.get("/min-side/opplysninger/fil.html")
    data = own.get("/min-side/opplysninger/fil.json")
    assert all(NAME in text and EMAIL in text for text in (page, readable.content.decode(), data.content.decode()))
    assert {one["code"] for one in json.loads(data.content)} >= {"people", "activities", "letters", "accounts"}
    assert all("attachment" in response["Content-Disposition"] for response in (readable, data))
    assert "no-store" in data["Cache-Control"]


def test_looking_erases_nothing_and_the_button_erases_at_once_and_signs_out(own: Client) -> None:
    before = somebody.figures_now()
    own.get("/min-side/slett/")
    assert not Erased.objects.exists()
    assert own.post("/min-side/slett/")["Location"] == "/personvern/slettet/"
    assert "_auth_user_id" not in own.session
    assert own.get("/min-side/")["Location"].startswith("/logg-inn/")
    assert somebody.rooms_holding(EMAIL) == set()
    assert somebody.figures_now() == before
    assert Erased.objects.get().by == "themselves"


def test_who_has_a_role_in_the_work_is_told_why_not(client: Client, region: Region) -> None:
    client.force_login(region.coordinator)
    response = client.post("/min-side/slett/")
    assert response.status_code == 409
    assert "rolle i arbeidet" in response.content.decode()


def test_without_an_account_a_code_opens_the_same_page(client: Client, ase: User) -> None:
    client.post("/personvern/innsyn/", {"email": EMAIL.upper()})
    code = re.search(r": ([2-9B-Z]{8})\n", str(mail.outbox[-1].body))
    assert code is not None
    assert client.get("/min-side/opplysninger/")["Location"] == "/personvern/innsyn/"
    client.post("/personvern/innsyn/kode/", {"code": code[1].lower()})
    assert NAME in text_of(client, "/min-side/opplysninger/")
    client.post("/min-side/slett/")
    assert somebody.rooms_holding(EMAIL) == set()


def test_the_answer_tells_nothing_about_who_is_known(client: Client, ase: User) -> None:
    known = client.post("/personvern/innsyn/", {"email": EMAIL})
    unknown = Client().post("/personvern/innsyn/", {"email": "nobody@samtall.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [[EMAIL]]


def test_a_code_can_be_guessed_at_three_times(client: Client, ase: User) -> None:
    client.post("/personvern/innsyn/", {"email": EMAIL})
    code = re.search(r": ([2-9B-Z]{8})\n", str(mail.outbox[-1].body))
    assert code is not None
    for _attempt in range(3):
        assert client.post("/personvern/innsyn/kode/", {"code": "WRONG"}).status_code == 422
    assert client.post("/personvern/innsyn/kode/", {"code": code[1]}).status_code == 422


def test_what_is_wrong_is_answered_by_those_who_answer_for_it(own: Client, privacy: User) -> None:
    own.post("/min-side/retting/", {"text": "Jeg heter Aase"})
    asked = Correction.objects.get(text="Jeg heter Aase")
    desk = Client()
    desk.force_login(privacy)
    assert "Jeg heter Aase" in text_of(desk, "/personvern/ansvarlig/")
    desk.post(f"/personvern/ansvarlig/retting/{asked.pk}/", {"text": "Rettet"})
    assert "Rettet" in text_of(own, "/min-side/opplysninger/")


def test_who_has_what_is_wrong_gets_one_letter_and_a_task_and_answers(
    own: Client, region: Region, reader: User
) -> None:
    thesis = Activity.objects.get(title=f"{NAME}s oppgave om tre")
    own.post("/min-side/retting/", {"about": thesis.source, "text": "Det var i 2016"})
    letter = Letter.objects.get(purpose="correction")
    assert (letter.to, "2016" in letter.text) == ("c@samtall.example", False)
    assert "/personvern/rettinger/" in letter.text
    assert [told(user) for user in (region.coordinator, reader)] == [["1 person ber deg rette noe"], []]

    desk = Client()
    desk.force_login(region.coordinator)
    assert "1 person ber deg rette noe" in text_of(desk, "/")
    page = text_of(desk, "/personvern/rettinger/")
    assert ("Det var i 2016" in page, f'href="/aktiviteter/{thesis.pk}/"' in page) == (True, True)
    desk.post(f"/personvern/rettinger/{Correction.objects.latest('pk').pk}/", {"text": "Datoen er rettet"})
    assert "Datoen er rettet" in text_of(own, "/min-side/opplysninger/")
    assert told(region.coordinator) == []


def test_only_what_is_ones_own_can_be_chosen(own: Client, region: Region) -> None:
    other = activities.record("guest_lecture", title="Andres", starts=AT.date(), by=region.coordinator, at=AT)
    before = Correction.objects.count()
    refused = own.post("/min-side/retting/", {"about": other.source, "text": "Feil"})
    assert (refused.status_code, Correction.objects.count()) == (422, before)
    assert "Andres" not in refused.content.decode()


def test_who_has_a_role_at_one_organisation_sees_what_is_about_its_own_only(own: Client, region: Region) -> None:
    thesis = Activity.objects.get(title=f"{NAME}s oppgave om tre")
    own.post("/min-side/retting/", {"about": thesis.source, "text": "Det var i 2016"})
    asked = Correction.objects.latest("pk")
    answers = {}
    for organisation in (region.college, region.stranger):
        user = accounts.create_user(f"l{organisation.pk}@samtall.example", "Lokal", at=AT)
        accounts.grant_role(user, "coordinator", organisation=organisation, by=None, at=AT)
        local = Client()
        local.force_login(user)
        shown = "Det var i 2016" in text_of(local, "/personvern/rettinger/")
        answers[organisation.name] = (shown, local.post(f"/personvern/rettinger/{asked.pk}/", {"text": ""}).status_code)
    assert answers == {"Høgskolen": (True, 302), "Ulefoss Verk AS": (False, 404)}


def test_after_ten_corrections_in_an_hour_one_must_wait(own: Client) -> None:
    before = Correction.objects.count()
    answers = [own.post("/min-side/retting/", {"text": f"Nr. {number}"}).status_code for number in range(11)]
    assert (answers, Correction.objects.count() - before) == ([302] * 10 + [422], 10)


def test_those_who_answer_for_it_see_on_the_front_page_what_waits(own: Client, privacy: User) -> None:
    own.post("/min-side/retting/", {"text": "Jeg heter Aase"})
    waiting = [one.waiting for one in queries.deadlines(timezone.now())]
    assert told(privacy, timezone.now() + timedelta(days=4000)) == [
        f"{Correction.objects.filter(answered_at=None).count()} ønsker om retting er ikke besvart",
        f"{sum(waiting)} ting slettes av seg selv innen 30 dager",
    ]


def told(user: User, at: datetime | None = None) -> list[str]:
    """What waits for somebody on the front page, of what is about data protection."""
    return [one.sentence for one in told_by_rooms(user, at or timezone.now()) if one.url.startswith("/personvern/")]


def test_those_who_answer_for_it_look_somebody_up_and_erase(client: Client, ase: User, privacy: User) -> None:
    client.force_login(privacy)
    found = client.post("/personvern/ansvarlig/person/", {"q": "trædal"}).content.decode()
    number = re.search(r'name="person" value="(\d+)"', found)
    assert number is not None
    shown = client.post("/personvern/ansvarlig/person/", {"person": number[1]}).content.decode()
    assert EMAIL in shown
    client.post("/personvern/ansvarlig/person/", {"q": EMAIL, "erase": "ourselves"})
    assert somebody.rooms_holding(EMAIL) == set()
    log = text_of(client, "/personvern/ansvarlig/")
    assert str(privacy) in log
    assert EMAIL not in log


def test_a_file_that_no_machine_can_read_is_looked_into_by_a_person(
    client: Client, region: Region, privacy: User
) -> None:
    thesis = somebody.live(region, NAME, EMAIL, at=AT)
    document = somebody.share_scan(thesis, region, at=AT)
    somebody.erase(EMAIL, at=AT)
    left = LeftFile.objects.get()
    assert left.document == document.pk
    client.force_login(privacy)
    assert "underskrift.png" in text_of(client, "/personvern/ansvarlig/")
    client.post(f"/personvern/ansvarlig/fil/{left.pk}/", {"answer": "delete"})
    assert not type(document).objects.filter(pk=document.pk).exists()


def test_what_is_past_its_time_is_erased_by_the_worker(ase: User) -> None:
    assert operations.expire(timezone.now()) == 0
    operations.expire(timezone.now() + timedelta(days=5 * 365 + 10))
    assert Activity.objects.get(kind="thesis").title == "[…] oppgave om tre"
    waiting = {"inquiries": "it is open", "rights": "it is not answered", "letters": "the mail room's own job"}
    waiting |= {"surveys": "the round is open", "witnesses": "they still get checkpoints"}
    assert somebody.rooms_holding(EMAIL) == set(waiting)
