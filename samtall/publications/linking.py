"""Links by which somebody outside reads without an account, until a day: give one, end it, and count its readings."""

import secrets
from datetime import date, datetime, timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.activities.refusals import Invalid
from samtall.publications.models import Edition, ReadingLink
from samtall.publications.queries import token_hash
from samtall.publications.refusals import LinkEnded

#: How long a link opens if nobody says otherwise, and at most.
USUAL, LONGEST = timedelta(days=60), timedelta(days=730)


def give(
    edition: Edition, *, whole: bool, depth: str, label: str, ends: date, by: str, at: datetime
) -> tuple[ReadingLink, str]:
    """A new link to an edition, or with `whole` to the latest of its publication, and its token, shown only now.

    Raises Invalid for a last day that has been, or lies too far away.
    """
    today = timezone.localdate(at)
    if not today <= ends <= today + LONGEST:
        raise Invalid({"ends": _("Choose a day from today on, and at most two years ahead.")})
    token = secrets.token_urlsafe(32)
    link = ReadingLink.objects.create(
        edition=None if whole else edition,
        publication=edition.publication if whole else None,
        depth=depth,
        label=label,
        token_hash=token_hash(token),
        ends=ends,
        made_by=by,
        made_at=at,
    )
    return link, token


def end(link: ReadingLink, *, by: str, at: datetime) -> ReadingLink:
    """Let a link open nothing any more. Raises LinkEnded when it was ended before."""
    if not ReadingLink.objects.filter(pk=link.pk, ended_at=None).update(ended_by=by, ended_at=at):
        raise LinkEnded(_("This link was ended before."))
    link.refresh_from_db()
    return link


def count_reading(link: ReadingLink, *, on: date) -> None:
    """One more reading. Of when, the day alone is kept: who reads is nobody's business."""
    ReadingLink.objects.filter(pk=link.pk).update(times_read=F("times_read") + 1, last_read=on)
