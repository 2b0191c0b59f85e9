"""A party confirms with one click: evidence (R15), and nothing else has changed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities.models import Activity, Participation
from samtall.confirmations import operations, queries, work
from samtall.confirmations.models import Link, Request
from samtall.confirmations.refusals import AlreadyAnswered, LinkSpent, NoLetters, NotAccepted, NotOver
from samtall.confirmations.tests.conftest import AT, token_in
from samtall.ledger import queries as ledger
from samtall.mail.models import Letter
from samtall.parties import operations as parties

Ask = Callable[..., Request]
LATER = AT + timedelta(days=3)


def evidence(activity: Activity) -> list[tuple[str, str, date | None]]:
    return list(activity.evidence.values_list("kind", "description", "dated"))


def test_a_confirmation_is_evidence_without_a_name(ask: Ask, thesis: Activity) -> None:
    request = operations.confirm(ask(), at=LATER)
    assert evidence(thesis) == [("confirmation", "Bekreftet på lenke av: Vertsvirksomhet", date(2017, 7, 6))]
    assert (request.answer, request.answered_at, request.evidence) == ("confirmed", LATER, thesis.evidence.get())


def test_it_changes_nothing_else(ask: Ask, thesis: Activity, said: dict[str, Any], validator: User) -> None:
    activities.add_evidence(thesis, kind="agreement", description="17/1", **said)
    activities.submit(thesis, **said)
    activities.validate(thesis, by=validator, at=AT)
    before = (ledger.position(), ledger.standing(thesis.source), thesis.steps.count())
    operations.confirm(ask(), at=LATER)
    thesis.refresh_from_db()
    assert thesis.step == "validated"
    assert (ledger.position(), ledger.standing(thesis.source), thesis.steps.count()) == before


def test_the_first_evidence_of_what_waits_is_told_to_the_books(
    ask: Ask, thesis: Activity, said: dict[str, Any]
) -> None:
    activities.submit(thesis, **said)
    assert {fact.evidence for fact in ledger.standing(thesis.source)} == {""}
    operations.confirm(ask(), at=LATER)
    assert {fact.evidence for fact in ledger.standing(thesis.source)} == {"confirmation"}


def test_a_confirmation_that_was_asked_for_does_not_make_the_asker_independent(
    ask: Ask, thesis: Activity, said: dict[str, Any], coordinator: User
) -> None:
    activities.submit(thesis, **said)
    operations.confirm(ask(), at=LATER)
    with pytest.raises(activities.NotIndependent):
        activities.validate(thesis, by=coordinator, at=LATER)


def test_something_that_is_not_right_waits_for_those_who_record_until_it_is_looked_into(
    ask: Ask, thesis: Activity, coordinator: User, reader: User
) -> None:
    request = operations.object_to(ask(), text="Det var bare Kari.", at=LATER)
    assert [one.text for one in queries.not_right(coordinator)] == ["Det var bare Kari."]
    assert (list(queries.not_right(reader)), evidence(thesis)) == ([], [])
    operations.settle(request, by=coordinator, at=LATER)
    assert list(queries.not_right(coordinator)) == []
    with pytest.raises(AlreadyAnswered):
        operations.settle(request, by=coordinator, at=LATER)


def test_who_asked_gets_one_letter_that_something_is_not_right_without_the_words(ask: Ask, coordinator: User) -> None:
    operations.object_to(ask(), text="Det var bare Kari.", at=LATER)
    letter = Letter.objects.get(purpose="not-right")
    assert (letter.to, letter.subject) == (coordinator.email, "Noen sier at noe ikke stemmer")
    assert ("«Tre»" in letter.text, "bare Kari" in letter.text) == (True, False)


@pytest.mark.parametrize("text", [" ", "x" * 2001], ids=["nothing", "too much"])
def test_not_right_needs_words(text: str, ask: Ask) -> None:
    request = ask()
    with pytest.raises(activities.Invalid):
        operations.object_to(request, text=text, at=LATER)
    assert Request.objects.get().answer == ""


def test_nobody_answers_twice(ask: Ask, thesis: Activity) -> None:
    request = ask()
    twin = Request.objects.get(pk=request.pk)
    operations.confirm(request, at=LATER)
    with pytest.raises(LinkSpent):
        operations.confirm(twin, at=LATER)
    with pytest.raises(LinkSpent):
        operations.object_to(twin, text="nei", at=LATER)
    assert len(evidence(thesis)) == 1


def test_a_link_opens_until_it_is_answered_revoked_or_two_months_old(ask: Ask) -> None:
    token = token_in_latest(ask())
    open_at = [queries.requested(token, AT + timedelta(days=days)) is not None for days in (0, 59, 60)]
    assert open_at == [True, True, False]
    operations.revoke(Request.objects.get(), at=LATER)
    assert queries.requested(token, LATER) is None
    with pytest.raises(AlreadyAnswered):
        operations.revoke(Request.objects.get(), at=LATER)


def test_asking_again_revokes_what_was_asked_before(ask: Ask) -> None:
    first = token_in_latest(ask())
    second = token_in_latest(ask())
    assert [queries.requested(token, LATER) is not None for token in (first, second)] == [False, True]


def test_only_a_hash_of_the_link_is_kept_here(ask: Ask) -> None:
    token = token_in_latest(ask())
    link = Link.objects.get()
    assert (link.token_hash == queries.token_hash(token), token in link.token_hash) == (True, False)


def test_the_address_is_kept_until_the_answer_and_not_longer(ask: Ask) -> None:
    request = ask()
    assert request.address == "post@bobygg.example.org"
    operations.confirm(request, at=LATER)
    request.refresh_from_db()
    assert (request.address, request.address_hash) == ("", operations.address_hash("POST@bobygg.example.org"))
    assert operations.forget("post@bobygg.example.org") == 1
    request.refresh_from_db()
    assert request.address_hash == ""


def test_a_person_with_an_address_is_asked_there(ask: Ask, thesis: Activity) -> None:
    part = thesis.participations.get(role="company_supervisor")
    assert ask(part, address="").address == "bo@bobygg.example.org"


def test_somebody_without_an_address_cannot_be_asked(ask: Ask, thesis: Activity, host: Participation) -> None:
    for part, address in ((thesis.participations.filter(role="student")[1], ""), (host, ""), (host, "a@b")):
        with pytest.raises(activities.Invalid):
            ask(part, address=address)
    assert Letter.objects.count() == 0


def test_what_is_not_over_or_withdrawn_is_not_asked_about(ask: Ask, thesis: Activity, said: dict[str, Any]) -> None:
    activities.reopen(thesis, on=date(2017, 6, 20), reason="går igjen", **said)
    with pytest.raises(NotOver):
        ask()
    activities.complete(thesis, on=date(2017, 6, 21), **said)
    activities.withdraw(thesis, reason="feil", **said)
    with pytest.raises(NotOver):
        ask()


def test_pupils_get_no_letters(ask: Ask, thesis: Activity, host: Participation, said: dict[str, Any]) -> None:
    visit = activities.record("company_visit", title="Besøk", starts=date(2017, 3, 3), state="completed", **said)
    pupils = activities.add_participation(visit, role="pupil", organisation=host.organisation, head_count=24, **said)
    with pytest.raises(NoLetters):
        ask(pupils)


def test_where_a_confirmation_does_not_count_nobody_is_asked(
    ask: Ask, host: Participation, said: dict[str, Any]
) -> None:
    meetings = {"meetings": "01.02.2017, 01.04.2017"}
    network = activities.record("network", title="N", starts=date(2017, 1, 1), details=meetings, **said)
    member = activities.add_participation(network, role="member", organisation=host.organisation, **said)
    with pytest.raises(NotAccepted):
        ask(member)


@pytest.mark.parametrize("days", [0, 60], ids=["today", "after the link has expired"])
def test_the_reminder_comes_while_the_link_can_be_used(days: int, ask: Ask) -> None:
    with pytest.raises(activities.Invalid):
        ask(due=(AT + timedelta(days=days)).date())


# Reminders


def letters() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("subject", flat=True))


def test_who_is_past_due_is_reminded_once_with_a_link_that_works_beside_the_first(ask: Ask, thesis: Activity) -> None:
    first = token_in_latest(ask())
    assert (work.remind(AT + timedelta(days=14)), len(letters())) == (False, 1)
    for _again in range(2):
        work.remind(AT + timedelta(days=15))
    assert letters() == ["Kan du bekrefte dette?", "En påminnelse: Kan du bekrefte dette?"]
    second = token_in(Letter.objects.latest("pk"))
    at = AT + timedelta(days=16)
    assert [queries.requested(token, at) is not None for token in (first, second)] == [True, True]
    operations.confirm(Request.objects.get(), at=at)
    assert [queries.requested(token, at) for token in (first, second)] == [None, None]


def test_nobody_is_reminded_who_has_answered_or_been_let_off(ask: Ask, thesis: Activity) -> None:
    operations.confirm(ask(), at=LATER)
    operations.revoke(ask(thesis.participations.filter(role="student")[0], address=""), at=LATER)
    work.remind(AT + timedelta(days=15))
    assert len(letters()) == 2


def test_an_address_goes_when_the_link_expires(ask: Ask) -> None:
    ask()
    work.remind(AT + timedelta(days=61))
    assert Request.objects.get().address == ""


# Letters


def test_a_letter_says_what_it_is_about_without_the_names_of_students(ask: Ask) -> None:
    ask()
    letter = Letter.objects.get()
    assert (letter.to, letter.purpose, letter.language) == ("post@bobygg.example.org", "confirmation", "nb")
    assert "2 studenter skrev studentoppgave sammen med Bø Bygg AS fra januar til juni 2017" in letter.text
    assert "Kari" not in letter.text


@pytest.mark.parametrize(
    ("language", "subject"),
    [("nb", "Kan du bekrefte dette?"), ("nn", "Kan du stadfeste dette?"), ("en", "Can you confirm this?")],
)
def test_a_letter_is_in_the_language_of_the_receiver(language: str, subject: str, ask: Ask) -> None:
    ask(language=language)
    assert letters() == [subject]


def test_a_letter_is_fit_to_be_sent(ask: Ask) -> None:
    ask()
    work.remind(AT + timedelta(days=15))
    assert set(Letter.objects.values_list("state", flat=True)) == {"waiting"}


def token_in_latest(request: Request) -> str:
    return token_in(Letter.objects.filter(about=request.activity.source).latest("pk"))


def test_an_erased_person_is_not_named(ask: Ask, thesis: Activity, said: dict[str, Any]) -> None:
    part = thesis.participations.filter(role="student")[0]
    assert part.person is not None
    parties.erase_person(part.person, **said)
    part.refresh_from_db()
    with pytest.raises(activities.Invalid):
        ask(part, address="")
