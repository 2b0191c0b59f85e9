"""What can be done with confirmations: ask, remind, revoke; and by who is asked: confirm, or say what is wrong."""

import secrets
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities import registry
from samtall.activities.kind import Evidence
from samtall.activities.models import Activity, Participation
from samtall.activities.operations import Invalid
from samtall.base.reading import Unreadable, read_email, read_text
from samtall.confirmations.models import Link, Request
from samtall.confirmations.queries import open_requests, token_hash
from samtall.confirmations.refusals import AlreadyAnswered, LinkSpent, NoLetters, NotAccepted, NotOver
from samtall.confirmations.sentences import sentence
from samtall.mail import operations as mail

#: How long a link can be used, and how long somebody has before they are reminded.
LIFETIME = timedelta(days=60)
PATIENCE = timedelta(days=14)
LONGEST_TEXT = 2000

OVER = (Activity.State.COMPLETED, Activity.State.ABORTED)


def ask(
    part: Participation, *, address: str = "", language: str, due: date | None = None, by: User, at: datetime
) -> Request:
    """Write to one of the parties and ask them to confirm; what was asked of the same part before is revoked.

    `address` may be left out for a person whose address is known. `due` is when they are reminded, two weeks from now
    where it is not given. Raises Invalid, NotOver, NotAccepted, and NoLetters for those who are counted without names.
    """
    activity = part.activity
    with transaction.atomic():
        activity.refresh_from_db(from_queryset=Activity.objects.select_for_update())
        _refuse_unaskable(activity, part)
        to = _address(part, address)
        due = due or timezone.localdate(at + PATIENCE)
        if not timezone.localdate(at) < due < timezone.localdate(at + LIFETIME):
            raise Invalid({"due": _("Choose a day within the next two months.")})
        Request.objects.filter(part=part, answered_at=None, revoked_at=None).update(revoked_at=at, address="")
        request = Request.objects.create(
            activity=activity,
            part=part,
            role=part.role,
            address=to,
            address_hash=address_hash(to),
            language=language,
            asked_by=by,
            asked_at=at,
            due=due,
            expires_at=at + LIFETIME,
        )
        _write(request, "confirmations/letters/ask.txt", by=by.signature, at=at)
    return request


def confirm(request: Request, *, at: datetime) -> Request:
    """It is right. From now on that is evidence of the activity (R15), and nothing else has changed.

    Raises LinkSpent when somebody has answered meanwhile, and what adding evidence raises.
    """
    with transaction.atomic():
        _take(request, answer=Request.Answer.CONFIRMED, at=at)
        with translation.override(request.asked_by.language):
            role = registry.kind(request.activity.kind).role(request.role)
            description = _("Confirmed on a link by: %(role)s") % {"role": role.words}
        request.evidence = activities.add_evidence(
            request.activity,
            kind=Evidence.CONFIRMATION,
            description=description,
            dated=timezone.localdate(at),
            by=request.asked_by,
            at=at,
        )
        request.save(update_fields=["evidence"])
    return request


def object_to(request: Request, *, text: str, at: datetime) -> Request:
    """Something is not right, in words; it waits for whoever records, and who asked gets a letter.

    Raises LinkSpent, and Invalid without words.
    """
    try:
        text = read_text(text, most=LONGEST_TEXT, lines=True)
    except Unreadable as unreadable:
        raise Invalid({"text": str(unreadable)}) from unreadable
    with transaction.atomic():
        _take(request, answer=Request.Answer.NOT_RIGHT, text=text, at=at)
        _tell(request, at=at)
    return request


def settle(request: Request, *, by: User, at: datetime) -> Request:
    """Somebody has looked into what was not right. Raises AlreadyAnswered when that was done before."""
    waits = Request.objects.filter(pk=request.pk, answer=Request.Answer.NOT_RIGHT, settled_at=None)
    if not waits.update(settled_by=by, settled_at=at):
        raise AlreadyAnswered(_("This has been looked into already."))
    request.refresh_from_db()
    return request


def revoke(request: Request, *, at: datetime) -> Request:
    """The link can no longer be used. Raises AlreadyAnswered when it has been."""
    open_now = Request.objects.filter(pk=request.pk, answered_at=None, revoked_at=None)
    if not open_now.update(revoked_at=at, address=""):
        raise AlreadyAnswered(_("It has been answered or revoked already."))
    request.refresh_from_db()
    return request


def remind(request: Request, *, at: datetime) -> bool:
    """Write once more, once, when it is past due; whether a letter was written."""
    with transaction.atomic():
        late = open_requests(at).filter(pk=request.pk, due__lt=timezone.localdate(at))
        mine = Request.objects.filter(pk=request.pk, reminded_at=None)
        if not late.exists() or not mine.update(reminded_at=at):
            return False
        _write(request, "confirmations/letters/remind.txt", by="system:confirmations", at=at)
    return True


def forget(address: str) -> int:
    """Let go of an address and what came from it in words; that somebody answered stays. How many requests."""
    theirs = Request.objects.filter(address_hash=address_hash(address))
    return theirs.update(address="", address_hash="", text="")


def address_hash(address: str) -> str:
    return salted_hmac("samtall.confirmations", address.lower(), algorithm="sha256").hexdigest()


def _refuse_unaskable(activity: Activity, part: Participation) -> None:
    kind = registry.kind(activity.kind)
    if part.head_count is not None or not kind.role(part.role).named:
        raise NoLetters(_("Those who are counted without names get no letters. Ask the school or their teacher."))
    if Evidence.CONFIRMATION not in kind.evidence:
        raise NotAccepted(_("For this kind of activity a confirmation does not count. Other documentation is needed."))
    if activity.step == Activity.Step.WITHDRAWN or activity.state not in OVER:
        raise NotOver(_("Ask for confirmation when it is over."))


def _address(part: Participation, address: str) -> str:
    address = address.strip() or (part.person.email if part.person else "")
    if not address:
        raise Invalid({"address": _("Write the e-mail address of whoever is to confirm.")})
    try:
        return read_email(address)
    except Unreadable as unreadable:
        raise Invalid({"address": str(unreadable)}) from unreadable


def _take(request: Request, *, answer: Request.Answer, text: str = "", at: datetime) -> None:
    """Answer the request if nobody has; only one of two at the same time gets through."""
    # on its own columns only: PostgreSQL looks again at those, and not at others', when it has waited for somebody
    mine = Request.objects.filter(pk=request.pk, answered_at=None, revoked_at=None)
    open_now = open_requests(at).filter(pk=request.pk).exists()
    if not open_now or not mine.update(answer=answer, text=text, answered_at=at, address=""):
        raise LinkSpent(_("The link was used or has expired. Ask for a new one."))
    request.refresh_from_db()


def _tell(request: Request, *, at: datetime) -> None:
    """Write to who asked that something is not right: that it is so, and none of what a stranger has written."""
    asker = request.asked_by
    if not asker.is_active:
        return
    mail.write(
        to=asker.email,
        language=asker.language,
        template="confirmations/letters/not_right.txt",
        context={
            "title": request.activity.title,
            "link": settings.ADDRESS + reverse("activity-confirmations", args=[request.activity_id]),
        },
        purpose="not-right",
        about=request.activity.source,
        once=f"not-right:{request.pk}",
        by="system:confirmations",
        at=at,
    )


def _write(request: Request, template: str, *, by: str, at: datetime) -> None:
    token = secrets.token_urlsafe(32)
    link = settings.ADDRESS + reverse("confirm", args=[token])
    Link.objects.create(request=request, token_hash=token_hash(token), made_at=at)
    with translation.override(request.language):
        said = sentence(request.activity, named=False)
    mail.write(
        to=request.address,
        language=request.language,
        template=template,
        context={"sentence": said, "who": str(request.asked_by), "link": link},
        purpose="confirmation",
        about=request.activity.source,
        once=f"{template}:{request.pk}",
        by=by,
        at=at,
    )
