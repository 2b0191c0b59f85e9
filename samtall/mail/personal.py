"""The personal data in letters out and in."""

from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from samtall.base.personal import PUBLIC_TASK, Address, Held, Processing, Signed, Subject, Text
from samtall.base.personal import Limit as Kept
from samtall.base.text import Words
from samtall.base.traces import naming
from samtall.mail import operations
from samtall.mail.models import IncomingLetter, Letter, LetterFile

_TEXTS = (
    Text("mail.Letter", ("subject", "text")),
    Text("mail.LetterRecord", ("note",)),
    Text("mail.IncomingLetter", ("subject", "text", "sender")),
)


def held(subject: Subject) -> list[Held]:
    out = Letter.objects.filter(_any("to", subject)).order_by("written_at", "pk")
    came = IncomingLetter.objects.filter(_any("sender", subject)).defer("raw").order_by("received_at", "pk")
    return [
        Held(
            _("Letter to you"),
            [
                (_("To"), one.to),
                (_("Subject"), one.subject),
                (_("Status"), one.get_state_display()),
                (_("Text"), one.text),
            ],
            when=one.written_at,
        )
        for one in out
    ] + [
        Held(
            _("Letter from you"),
            [(_("From"), one.sender), (_("Subject"), one.subject), (_("Text"), one.text)],
            when=one.received_at,
        )
        for one in came
    ]


def erase(subject: Subject, *, by: Signed, at: datetime) -> None:  # noqa: ARG001
    """Forget the addresses, and what names them in a form that no text can be struck out of."""
    for email in subject.emails:
        operations.forget(email, at=at)
    if subject.words:
        raw = [one.pk for one in naming("mail.IncomingLetter", ("subject", "text"), subject.words)]
        IncomingLetter.objects.filter(pk__in=raw).update(raw=b"")
        with_files = [one.pk for one in naming("mail.Letter", ("subject", "text"), subject.words)]
        wanted = [word.lower().encode() for word in subject.words]
        files = LetterFile.objects.values_list("pk", "name", "content").iterator(chunk_size=20)
        named = [pk for pk, name, content in files if _names(wanted, name.encode() + bytes(content))]
        LetterFile.objects.filter(Q(pk__in=named) | Q(letter__in=with_files)).delete()


def _names(wanted: list[bytes], content: bytes) -> bool:
    lower = content.decode("utf-8", "ignore").lower().encode()
    return any(word in lower for word in wanted)


def _any(field: str, subject: Subject) -> Q:
    asked = Q(pk__in=[])
    for email in subject.emails:
        asked |= Q(**{f"{field}__iexact": email})
    return asked


def _with_content() -> "QuerySet[Any]":
    return Letter.objects.filter(emptied_at=None).annotate(since=F("written_at"))


PROCESSING = (
    Processing(
        code="letters",
        words=Words("Brev", "Brev", "Letters"),
        purpose=Words(
            "Å svare, minne om frister og kunne vise hva som er sendt og mottatt.",
            "Å svare, minne om fristar og kunne vise kva som er sendt og motteke.",
            "To answer, remind of deadlines and be able to show what was sent and received.",
        ),
        basis=PUBLIC_TASK,
        whose=Words(
            "De som skriver til oss eller får brev",
            "Dei som skriv til oss eller får brev",
            "Those who write to us or get letters",
        ),
        data=Words("E-postadresse og innhold", "E-postadresse og innhald", "E-mail address and content"),
        seen_by=Words("Koordinatorer", "Koordinatorar", "Coordinators"),
        kept=Words("%(days)d dager.", "%(days)d dagar.", "%(days)d days."),
        fields={
            "mail.Letter": ("to", "subject", "text", "unsubscribe", "in_reply_to"),
            "mail.LetterFile": ("name", "content"),
            "mail.LetterRecord": ("note",),
            "mail.IncomingLetter": ("message_id", "sender", "subject", "text", "raw"),
        },
        emails=(Address("mail.Letter", "to"), Address("mail.IncomingLetter", "sender")),
        texts=_TEXTS,
        held=held,
        erase=erase,
        limit=Kept(setting="MAIL_KEPT_DAYS", waiting=_with_content),
    ),
)
