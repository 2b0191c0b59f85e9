"""What can be done with letters: write one, send it again, stop it; file an answer; forget an address."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samtall.accounts import limits
from samtall.accounts.models import User
from samtall.base.erasing import empty_the_log
from samtall.base.errors import Refusal
from samtall.base.reading import Unreadable, read_email, read_text, tidy
from samtall.base.text import LANGUAGES
from samtall.mail.addresses import is_own, new_message_id
from samtall.mail.files import File
from samtall.mail.models import IncomingLetter, Letter, LetterFile, LetterRecord
from samtall.mail.queries import is_known_source
from samtall.mail.wording import Wording, word

HOUR = timedelta(hours=1)
MOST_BYTES_OF_FILES = 10_000_000
MOST_SUBJECT = 500
MOST_TEXT = 50_000

What = LetterRecord.What
State = Letter.State


class TooManyLetters(Refusal):
    """The address has got as many letters of this purpose as it may within an hour (S2)."""


class FilesTooLarge(Refusal):
    """The files are larger than a letter may carry."""


class NothingToSend(Refusal):
    """The letter waits already, or its content has been deleted."""


class NotWaiting(Refusal):
    """The letter has left, or is not to leave."""


class NoSuchCase(Refusal):
    """No letter has been about what an answer should be filed with."""


def write(
    *,
    to: str,
    language: str,
    template: str,
    context: Mapping[str, Any],
    purpose: str,
    about: str = "",
    once: str | None = None,
    files: Sequence[File] = (),
    answers: IncomingLetter | None = None,
    unsubscribe: str = "",
    most_per_hour: int | None = None,
    not_before: datetime | None = None,
    by: str,
    at: datetime,
) -> Letter:
    """Put a letter in the outbox, in the caller's transaction: it leaves if and only if that is committed.

    `template` is the calling room's (see mail.wording), rendered now in `language`, the receiver's choice. `once` names
    what is written once whatever happens, such as "reminder:deadline-12:person-7", without an address in it; the letter
    that is there already is given back. `by` is a user's signature, or "system:" and a room for what no person wrote.
    `most_per_hour` is for addresses that strangers type: how many of this purpose one address may get.
    `not_before` leaves time to stop it.

    A letter that is not fit to be sent (a value missing, no text, an address that letters come back from) is kept as
    failed with the reason, so that the caller's work is not lost. Raises Unreadable for what is not one address,
    TooManyLetters, and FilesTooLarge.
    """
    to = read_email(to)
    if sum(len(file.content) for file in files) > MOST_BYTES_OF_FILES:
        raise FilesTooLarge(_("The files of a letter may be at most 10 MB together."))
    language = language if language in LANGUAGES else "nb"
    with transaction.atomic():
        if once is not None and (earlier := Letter.objects.filter(once=once).first()):
            return earlier
        if most_per_hour is not None:
            _take_allowance(to, purpose, most_per_hour, at)
        wording = word(template, context, language=language)
        values = {
            "message_id": new_message_id(),
            "to": to,
            "language": language,
            "purpose": purpose,
            "about": about,
            "subject": _storable(wording.subject)[:MOST_SUBJECT],
            "text": _storable(tidy(wording.text, lines=True))[:MOST_TEXT],
            "in_reply_to": answers.message_id if answers else "",
            "unsubscribe": unsubscribe,
            "by": by,
            "written_at": at,
            "due_at": not_before or at,
        }
        if once is None:
            letter, new = Letter.objects.create(**values), True
        else:
            letter, new = Letter.objects.get_or_create(once=once, defaults=values)
        if new:
            _add_files(letter, files)
            if fault := _fault(to, wording):
                _stop_at(letter, State.FAILED, *fault, at=at)
    return letter


def _add_files(letter: Letter, files: Sequence[File]) -> None:
    LetterFile.objects.bulk_create(
        LetterFile(letter=letter, name=tidy(file.name)[:100] or "fil", type=file.type, content=file.content)
        for file in files
    )


def _fault(to: str, wording: Wording) -> tuple[LetterRecord.What, str] | None:
    """Why a letter must not leave: what is wrong, and where."""
    if is_own(to):
        return What.OWN_ADDRESS, ""
    if Letter.objects.filter(to__iexact=to, state=State.RETURNED).exists():
        return What.BAD_ADDRESS, ""
    if wording.missing:
        return What.UNFIT, ", ".join(wording.missing)
    try:
        read_text(wording.text, most=MOST_TEXT, lines=True)
        if read_text(wording.subject, most=MOST_SUBJECT) != " ".join(wording.subject.split(" ")).strip():
            return What.UNFIT, "U+000A"
    except Unreadable as refusal:
        return What.UNFIT, str(refusal)
    return None


def _storable(text: str) -> str:
    """Control characters and half surrogates, which no database takes, are marked."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in ("Cc", "Cs") and c != "\n" else c for c in text
    )


def _take_allowance(to: str, purpose: str, most: int, at: datetime) -> None:
    who = ("letter", to.lower(), purpose)
    if not limits.take(*who, most=most, per=HOUR, at=at):
        raise TooManyLetters(
            _("This address has got as many letters as it may now. Try again in %(minutes)d minutes.")
            % {"minutes": limits.minutes_left(*who, at=at)}
        )


def send_again(letter: Letter, *, by: User, at: datetime) -> Letter:
    """Let a letter leave once more, with the same Message-ID: who has it already sees it once.

    Raises NothingToSend when it waits already or its content has been deleted.
    """
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter.pk)
        if letter.state == State.WAITING or letter.emptied_at:
            raise NothingToSend(_("The letter waits to be sent already, or what it said has been deleted."))
        letter.state, letter.due_at, letter.tries = State.WAITING, at, 0
        letter.save(update_fields=["state", "due_at", "tries"])
        letter.records.create(what=What.AGAIN, at=at, by=by.signature)
    return letter


def stop(letter: Letter, *, by: User, at: datetime) -> Letter:
    """Keep a letter that waits from leaving. Raises NotWaiting when it has left, or is leaving now."""
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter.pk)
        if letter.state != State.WAITING or (letter.leased_until and letter.leased_until > at):
            raise NotWaiting(_("The letter has been sent, or is being sent now. It cannot be stopped."))
        _stop_at(letter, State.STOPPED, What.STOPPED, at=at, by=by.signature)
    return letter


def _stop_at(
    letter: Letter, state: Letter.State, what: LetterRecord.What, note: str = "", *, at: datetime, by: str = ""
) -> None:
    letter.state = state
    letter.save(update_fields=["state"])
    letter.records.create(what=what, at=at, by=by, note=_storable(note)[:500])


def file_answer(answer: IncomingLetter, about: str, *, by: User, at: datetime) -> IncomingLetter:
    """Put an answer with what it is about. Raises NoSuchCase when no letter has been about that."""
    if not is_known_source(about):
        raise NoSuchCase(
            _("No letter has been about %(about)s. Write it as it stands in the list of letters.") % {"about": about}
        )
    return _decide(answer, IncomingLetter.State.FILED, about, by=by, at=at)


def put_aside(answer: IncomingLetter, *, by: User, at: datetime) -> IncomingLetter:
    """Say that an answer belongs nowhere."""
    return _decide(answer, IncomingLetter.State.ASIDE, "", by=by, at=at)


def _decide(
    answer: IncomingLetter, state: IncomingLetter.State, about: str, *, by: User, at: datetime
) -> IncomingLetter:
    answer.state, answer.about, answer.decided_by, answer.decided_at = state, about, by.signature, at
    answer.save(update_fields=["state", "about", "decided_by", "decided_at"])
    return answer


def forget(address: str, *, at: datetime) -> int:
    """Delete every trace of an address: what was sent to it and came from it, and whatever names it. How many letters.

    That a letter was sent, when, why and about what, stays; to whom and what it said does not. What waits is stopped.
    """
    with transaction.atomic():
        naming = Q(subject__icontains=address) | Q(text__icontains=address)
        to_or_naming = Letter.objects.filter(Q(to__iexact=address) | naming).values_list("pk", flat=True)
        letters = {*to_or_naming, *_with_file_naming(address)}
        answering = IncomingLetter.objects.filter(Q(sender__iexact=address) | naming | Q(letter__in=letters))
        answers = {*answering.values_list("pk", flat=True), *_raw_naming(address)}
        count = empty_letters(list(letters), at=at) + empty_answers(list(answers), at=at)
        LetterRecord.objects.filter(note__icontains=address).update(note="")
        transaction.on_commit(empty_the_log)
    return count


def empty_letters(keys: Sequence[int], *, at: datetime) -> int:
    """Delete addresses and content; what waits is stopped. How many."""
    chosen = Letter.objects.filter(pk__in=keys)
    LetterFile.objects.filter(letter__in=keys).delete()
    LetterRecord.objects.filter(letter__in=keys).update(note="")
    chosen.filter(state=State.WAITING).update(state=State.STOPPED)
    return chosen.update(to="", subject="", text="", unsubscribe="", in_reply_to="", emptied_at=at)


def empty_answers(keys: Sequence[int], *, at: datetime) -> int:
    """Delete senders and content; what waits for somebody is put aside. How many."""
    chosen = IncomingLetter.objects.filter(pk__in=keys)
    chosen.filter(state=IncomingLetter.State.HELD).update(state=IncomingLetter.State.ASIDE)
    return chosen.update(sender="", subject="", text="", raw=b"", message_id="", emptied_at=at)


def _with_file_naming(address: str) -> list[int]:
    wanted = address.lower().encode()
    files = LetterFile.objects.values_list("letter_id", "content").iterator(chunk_size=20)
    return [letter for letter, content in files if wanted in bytes(content).lower()]


def _raw_naming(address: str) -> list[int]:
    wanted = address.lower().encode()
    answers = IncomingLetter.objects.values_list("pk", "raw").iterator(chunk_size=20)
    return [pk for pk, raw in answers if wanted in bytes(raw).lower()]
