"""How letters are shown."""

import re
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samtall.accounts.models import User
from samtall.mail.message import headers_of, message_of
from samtall.mail.models import IncomingLetter, Letter, LetterRecord
from samtall.ui.frame import Link
from samtall.ui.tables import Column, Event, Table
from samtall.ui.writing import moment

LANGUAGE_NAMES = {"nb": "bokmål", "nn": "nynorsk", "en": "English"}
COLORS = {
    Letter.State.WAITING: "info",
    Letter.State.SENT: "success",
    Letter.State.FAILED: "danger",
    Letter.State.RETURNED: "danger",
    IncomingLetter.State.HELD: "warning",
    IncomingLetter.State.FILED: "success",
}

#: The part of a link that only its receiver is to have: long, and of random letters and digits.
SECRET = re.compile(r"(?<=/)[\w-]{40,}(?=/|\s|$)")


def without_secrets(text: str) -> str:
    """What a letter says, with dots for the secret part of its links: whoever sends a letter cannot answer it."""
    return SECRET.sub("…", text)


def letters_table(letters: Iterable[Letter]) -> Table:
    columns = [_("Letter"), _("To"), _("About"), _("State"), _("Written")]
    rows = [
        (
            Link(reverse("letter", args=[letter.pk]), letter.subject or _("Deleted")),
            letter.to,
            letter.about,
            letter.get_state_display(),
            moment(letter.written_at),
        )
        for letter in letters
    ]
    return Table(_("Letters"), [Column(label) for label in columns], rows, caption_hidden=True)


def answers_table(answers: Iterable[IncomingLetter]) -> Table:
    columns = [_("Answer"), pgettext("sender", "From"), _("About"), _("State"), _("Received")]
    rows = [
        (
            Link(
                reverse("answer", args=[answer.pk]),
                answer.subject or (_("Deleted") if answer.emptied_at else _("No subject")),
            ),
            answer.sender,
            answer.about,
            answer.get_state_display(),
            moment(answer.received_at),
        )
        for answer in answers
    ]
    return Table(_("Answers"), [Column(label) for label in columns], rows, caption_hidden=True)


def facts_about(letter: Letter) -> list[tuple[str, str]]:
    """What stands on the envelope; what there is nothing of is left out."""
    pairs = [
        (_("To"), letter.to),
        (_("Answers go to"), "" if letter.emptied_at else ", ".join(message_of(letter).reply_to)),
        (_("Language"), LANGUAGE_NAMES[letter.language]),
        (_("About"), letter.about),
        (_("Written"), moment(letter.written_at)),
        (_("Written by"), name_of(letter.by)),
        (_("Tried next"), moment(letter.due_at) if letter.state == Letter.State.WAITING else ""),
        (_("Tries"), str(letter.tries) if letter.tries else ""),
        ("Message-ID", headers_of(letter)["Message-ID"]),
    ]
    return [(term, text) for term, text in pairs if text]


def facts_about_answer(answer: IncomingLetter) -> list[tuple[str, str | Link]]:
    letter = answer.letter
    pairs: list[tuple[str, str | Link]] = [
        (pgettext("sender", "From"), answer.sender),
        (_("Received"), moment(answer.received_at)),
        (_("About"), answer.about),
        (
            _("Answers the letter"),
            Link(reverse("letter", args=[letter.pk]), letter.subject or _("Deleted")) if letter else "",
        ),
        (_("Decided by"), name_of(answer.decided_by)),
    ]
    return [(term, text) for term, text in pairs if text]


def events_of(letter: Letter) -> list[Event]:
    """What happened to a letter, oldest first."""
    return [
        Event(record.at, str(LetterRecord.What(record.what).label), name_of(record.by), record.note)
        for record in letter.records.order_by("at", "pk")
    ]


def name_of(signature: str) -> str:
    """Who signs so: a user's name; "Samtall" for what no person did."""
    kind, _colon, key = signature.partition(":")
    if kind != "user" or not key.isdigit():
        return "Samtall" if signature else ""
    user = User.objects.filter(pk=int(key)).first()
    return str(user) if user else ""
