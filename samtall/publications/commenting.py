"""What can be done with comments: say something of an edition or a block, answer it, settle it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samtall.activities.refusals import Invalid
from samtall.base.reading import Unreadable, read_text
from samtall.publications.models import Block, Comment, Edition
from samtall.publications.refusals import SettledAlready

LONGEST = 2000


def comment(edition: Edition, *, block: Block | None = None, text: str, by: str, at: datetime) -> Comment:
    """Say something of an edition, or of one of its blocks. Raises Invalid."""
    return Comment.objects.create(edition=edition, block=block, text=_read(text), by=by, at=at)


def answer(said: Comment, *, text: str, by: str, at: datetime) -> Comment:
    """Answer a comment; an answer to an answer belongs to the same. Raises Invalid."""
    first = said.answers or said
    return Comment.objects.create(
        edition=first.edition, block=first.block, answers=first, text=_read(text), by=by, at=at
    )


def settle(said: Comment, *, by: str, at: datetime) -> Comment:
    """What was said has been seen to: it waits for nobody any more, and stays. Raises SettledAlready."""
    with transaction.atomic():
        if not Comment.objects.filter(pk=said.pk, settled_at=None).update(settled_by=by, settled_at=at):
            raise SettledAlready(_("This has been settled already."))
    said.refresh_from_db()
    return said


def _read(text: str) -> str:
    try:
        return read_text(text, most=LONGEST, lines=True)
    except Unreadable as unreadable:
        raise Invalid({"text": str(unreadable)}) from unreadable
