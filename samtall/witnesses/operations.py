"""What can be done for those who keep checkpoints: add one, end it, send them a checkpoint."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.base.text import Words
from samtall.ledger import checkpoints
from samtall.mail import operations as mail
from samtall.mail.files import File
from samtall.witnesses import queries
from samtall.witnesses.models import Receiver, Sending


class AlreadyReceives(Refusal):
    """Somebody at this address gets checkpoints already."""


class HasEnded(Refusal):
    """They get no checkpoints any more."""


def add(name: str, email: str, *, language: str, by: str, at: datetime) -> Receiver:
    """Let somebody get checkpoints from now on; the worker sends the first. Raises AlreadyReceives."""
    with transaction.atomic():
        if Receiver.objects.filter(email__iexact=email, ended_at=None).exists():
            raise AlreadyReceives(_("Somebody at %(email)s gets checkpoints already.") % {"email": email})
        return Receiver.objects.create(name=name, email=email, language=language, added_at=at, added_by=by)


def end(receiver: Receiver, *, by: str, at: datetime) -> Receiver:
    """Send them no more; what they have they keep. Raises HasEnded."""
    with transaction.atomic():
        if not Receiver.objects.filter(pk=receiver.pk, ended_at=None).update(ended_at=at, ended_by=by):
            raise HasEnded(_("%(name)s gets no checkpoints any more.") % {"name": receiver.name})
        receiver.refresh_from_db()
    return receiver


def send_checkpoint(
    reason: Words, *, occasion: str, note: str | None = None, by: str = "system:witnesses", at: datetime
) -> int:
    """Write to everybody who gets checkpoints and has not got one on this occasion; how many letters that were.

    `reason` is why, as it stands in the letter's subject; `occasion` names it, such as "publication:12". `note` is the
    signed checkpoint to send, the one of now where it is left out.
    """
    with transaction.atomic():
        receivers = list(queries.waiting(occasion).select_for_update())
        if receivers:
            signed = note or checkpoints.sign(checkpoints.current())
            for receiver in receivers:
                _send(receiver, signed, reason, occasion, by=by, at=at)
    return len(receivers)


def _send(receiver: Receiver, note: str, reason: Words, occasion: str, *, by: str, at: datetime) -> None:
    position = checkpoints.read(note).position
    Sending.objects.create(receiver=receiver, occasion=occasion, position=position, at=at)
    mail.write(
        to=receiver.email,
        language=receiver.language,
        template="witnesses/letters/checkpoint.txt",
        context={
            "name": receiver.name,
            "reason": reason.in_language(receiver.language),
            "note": note.strip(),
            "key": checkpoints.verifier_key(),
        },
        purpose="checkpoint",
        about="books:checkpoints",
        once=f"checkpoint:{occasion}:{receiver.pk}",
        files=[File(f"kontrollpunkt-{position}.txt", note.encode(), "text/plain")],
        by=by,
        at=at,
    )
