"""What can be done with somebody's data: erase it for good, do that again after a restore, ask for a correction."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samtall.accounts.models import RoleGrant, User
from samtall.activities.personal import to_look_into
from samtall.base.erasing import empty_the_log, leave_nothing, log_is_empty
from samtall.base.errors import Refusal
from samtall.base.personal import Signed, Subject, declared
from samtall.base.reading import read_text
from samtall.base.traces import strike
from samtall.documents.models import Document
from samtall.documents.operations import delete_strays, remove
from samtall.mail import operations as mail
from samtall.privacy import listing, subjects
from samtall.privacy.models import Correction, Erased, LeftFile
from samtall.privacy.queries import places, who_has
from samtall.privacy.searching import in_database

#: Roles that somebody may be erased with: they reach only what is one's own.
OWN_ROLES = ("partner", "student")


class HasWork(Refusal):
    """Somebody who still has a role in the work cannot be erased."""


class NobodyThere(Refusal):
    """We hold nothing about them."""


@dataclass(frozen=True)
class Signature:
    """Who does it, where it is no user."""

    signature: str


THEMSELVES = Signature("themselves")
TIME = Signature("system:privacy")


def erase(subject: Subject, *, by: Signed, at: datetime, reason: Erased.Reason) -> Erased:
    """Delete all that we hold about somebody, for good, and leave every figure as it was (R5).

    What counts in the ledger is a random key, which stays and means nothing. It is written down in the list of
    erasures before it is committed. Raises HasWork, NobodyThere, and what a room refuses.
    """
    if not subject:
        raise NobodyThere(_("We hold nothing about this person."))
    refuse_workers(subject)
    line = listing.Line(
        token=secrets.token_hex(16),
        at=at.isoformat(),
        by=by.signature,
        reason=reason,
        emails=sorted(listing.hashed(email) for email in subject.emails),
        keys=sorted(subject.keys),
        users=[[str(one.pk), one.joined_at.isoformat()] for one in User.objects.filter(pk__in=subject.users)],
    )
    with transaction.atomic():
        erased = _erase(subject, line, by=by, at=at)
        listing.append(line)
    return erased


def refuse_workers(subject: Subject) -> None:
    """Raise HasWork for somebody with a role beyond what is their own."""
    held = RoleGrant.objects.filter(user__in=subject.users, ended_at=None)
    if held.exclude(role__in=OWN_ROLES).exists():
        raise HasWork(
            _("This person has a role in the work here. An administrator must end it before they can be erased.")
        )


def _erase(
    subject: Subject, line: listing.Line, *, by: Signed, at: datetime, redone_at: datetime | None = None
) -> Erased:
    with transaction.atomic():
        left = to_look_into(subject)
        for processing in declared():
            processing.erase(subject, by=by, at=at)
        strike_out(subject)
        erased = Erased.objects.create(
            token=line.token, at=at, by=by.signature, reason=line.reason, line=asdict(line), redone_at=redone_at
        )
        LeftFile.objects.bulk_create(LeftFile(erased=erased, document=pk) for pk in left)
        if connection.vendor == "sqlite":
            transaction.on_commit(lambda: _look(erased, subject, at=at))
    return erased


def _look(erased: Erased, subject: Subject, *, at: datetime) -> None:
    """Whether anything is left in the files, while we still know what to look for; if so, the worker cleans."""
    if log_is_empty() and not in_database(subject.words):
        Erased.objects.filter(pk=erased.pk).update(cleaned_at=at)


def strike_out(subject: Subject) -> None:
    """Take somebody's name and address out of everything that anybody has written."""
    for processing in declared():
        for text in processing.texts:
            for model, fields, words, within in places(text, subject):
                strike(model, fields, words, within=within)


def clean(erased: Erased, *, at: datetime) -> bool:
    """Take what was deleted away from the files of the database as well; whether that could be done now."""
    done = clean_files()
    if done:
        Erased.objects.filter(pk=erased.pk).update(cleaned_at=at)
    return done


def clean_files() -> bool:
    """The same for whatever was deleted."""
    return leave_nothing(tables())


def tables() -> list[str]:
    """The tables that hold personal data."""
    models = {model for processing in declared() for model in processing.fields}
    return sorted(apps.get_model(model)._meta.db_table for model in models)


def redo(*, at: datetime) -> int:
    """Do again what an old copy of the database does not know of, and complete the list; how many were done again.

    To be called before anybody is served.
    """
    here = dict(Erased.objects.values_list("token", "line"))
    listed = listing.lines()
    missing = [line for line in listed if line.token not in here]
    known = _addresses_by_hash() if missing else {}
    for line in missing:
        _erase(_meant(line, known), line, by=Signature(line.by), at=datetime.fromisoformat(line.at), redone_at=at)
    if missing:
        delete_strays()
    for token in here.keys() - {line.token for line in listed}:
        listing.append(listing.Line(**here[token]))
    return len(missing)


def _meant(line: listing.Line, known: dict[str, set[str]]) -> Subject:
    emails = set().union(*(known.get(one, set()) for one in line.emails))
    joined = {int(pk): datetime.fromisoformat(at) for pk, at in line.users}
    users = [one.pk for one in User.objects.filter(pk__in=joined) if one.joined_at == joined[one.pk]]
    return subjects.gathered(emails, users, line.keys)


def _addresses_by_hash() -> dict[str, set[str]]:
    """Every address here, by what stands for it in the list."""
    found: dict[str, set[str]] = {}
    for address in subjects.addresses():
        rows = apps.get_model(address.model)._base_manager.exclude(**{address.field: ""})
        for email in rows.values_list(address.field, flat=True).distinct().iterator():
            found.setdefault(listing.hashed(email), set()).add(email.lower())
    return found


def ask_correction(email: str, text: str, *, about: str = "", at: datetime) -> Correction:
    """Keep what somebody says is wrong, for those who answer for data protection. Raises Unreadable.

    Who has what it is `about` ("activity:17", "inquiry:9") is told by letter, which holds none of what they wrote.
    """
    text = read_text(text, most=2000, lines=True)
    with transaction.atomic():
        asked = Correction.objects.create(email=email.lower(), text=text, about=about, asked_at=at)
        keeper = who_has(about)
        if keeper is not None and keeper.is_active:
            mail.write(
                to=keeper.email,
                language=keeper.language,
                template="privacy/letters/correction.txt",
                context={"link": settings.ADDRESS + reverse("corrections")},
                purpose="correction",
                about=about,
                once=f"correction:{asked.pk}",
                by=THEMSELVES.signature,
                at=at,
            )
    return asked


def answer_correction(correction: Correction, text: str, *, by: User, at: datetime) -> Correction:
    """Say what was done about it; who asked reads it on their own page. Raises Unreadable."""
    correction.answer = read_text(text, most=2000, lines=True)
    correction.answered_by, correction.answered_at = by, at
    correction.save()
    return correction


def settle_file(file: LeftFile, *, delete: bool, by: User, at: datetime) -> None:
    """Say that a file was looked into: it named somebody who was erased and is deleted, or it did not."""
    with transaction.atomic():
        document = Document.objects.filter(pk=file.document).first()
        if delete and document is not None:
            remove(document)
        LeftFile.objects.filter(document=file.document, settled_at=None).update(settled_by=by, settled_at=at)


def expire(at: datetime, *, most: int = 50) -> int:
    """Erase what has been kept for long enough, processing by processing; how many. In a demonstration: nothing."""
    from samtall.parties.models import Person
    from samtall.privacy.queries import past

    count = 0
    if settings.DEMONSTRATION:
        return 0
    for processing in declared():
        limit = processing.limit
        if limit is None or not (limit.end or limit.people):
            continue
        old = past(processing, at, most=most)
        if limit.end and old:
            with transaction.atomic():
                limit.end(old, at)
                transaction.on_commit(empty_the_log)
        elif limit.people:
            for person in Person.objects.filter(pk__in=old):
                erase(subjects.of_person_only(person), by=TIME, at=at, reason=Erased.Reason.TIME)
        count += len(old)
    return count
