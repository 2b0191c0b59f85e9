"""What can be done with an agreement: draw it up, send it, sign it, cancel it. When all have signed, it is evidence."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities import registry
from samtall.activities.kind import Evidence
from samtall.activities.models import Activity, Participation
from samtall.activities.operations import Invalid, ReasonMissing
from samtall.activities.operations.turn import keep, refuse_withdrawn
from samtall.activities.stages import PROPOSED
from samtall.agreements.models import Agreement, AgreementRecord
from samtall.agreements.printing import as_pdf
from samtall.agreements.queries import is_cancelled, is_sent, signed_parts
from samtall.agreements.refusals import AlreadyDrawnUp, NotAParty, NoText, Settled
from samtall.agreements.texts import STUDENT_WORK
from samtall.agreements.wording import document, signing_parts
from samtall.documents.operations import Examined
from samtall.mail import operations as mail
from samtall.mail.files import File

What = AgreementRecord.What

#: What parties agree on.
TERMS = (
    "language",
    "place",
    "rights",
    "confidentiality",
    "confidential_until",
    "supervision_hours",
    "expenses",
    "compensation",
    "other",
)


def draw_up(activity: Activity, *, by: User, at: datetime, **terms: Any) -> Agreement:
    """An agreement between the parties of an activity, from the newest text. `terms` are those of TERMS.

    Raises Invalid, NoText for kinds that are not student work, and AlreadyDrawnUp while another stands.
    """
    if PROPOSED not in registry.kind(activity.kind).stages:
        raise NoText(_("There is no text for agreements on this kind of activity. Add the agreement as documentation."))
    with _locked(activity):
        for other in activity.agreements.prefetch_related("records"):
            if not is_cancelled(other):
                raise AlreadyDrawnUp(_("There is an agreement already. Cancel it first if this one is to take over."))
        text, version = STUDENT_WORK
        agreement = Agreement(activity=activity, text=text, version=version, by=by, at=at, **_read(terms))
        keep(agreement)
    return agreement


def revise(agreement: Agreement, *, by: User, at: datetime, **terms: Any) -> Agreement:
    """Change what is agreed on, before it is sent. Raises Invalid and Settled."""
    with _locked(agreement.activity):
        if is_sent(agreement) or is_cancelled(agreement):
            raise Settled(_("The agreement is sent and is not changed. Cancel it and draw up a new one."))
        for name, value in _read(terms).items():
            setattr(agreement, name, value)
        agreement.by, agreement.at = by, at
        keep(agreement)
    return agreement


def mark_sent(
    agreement: Agreement, *, on: date, to: Sequence[Participation] = (), by: User, at: datetime
) -> AgreementRecord:
    """The parties have got it, on this day. From now on it says what it says.

    It is written to the people `to` whose addresses are known, as a PDF; the others have got it otherwise.
    """
    with _locked(agreement.activity):
        if is_sent(agreement) or is_cancelled(agreement):
            raise Settled(_("The agreement is sent already, or cancelled."))
        record = _record(agreement, What.SENT, on=on, by=by, at=at)
        _write(agreement, to, by=by, at=at)
    return record


def sign(
    agreement: Agreement, part: Participation, *, on: date, file: Examined | None = None, by: User, at: datetime
) -> AgreementRecord:
    """One of those who sign has signed, on this day; the last one makes it evidence of the activity (R15).

    `file` is the copy that all have signed, as `documents.operations.examine` gave it; it comes with the last one.
    """
    with _locked(agreement.activity):
        if not is_sent(agreement) or is_cancelled(agreement):
            raise Settled(_("Only an agreement that is sent and not cancelled can be signed."))
        signers = signing_parts(agreement.activity)
        if part not in signers:
            raise NotAParty(_("This party does not sign the agreement."))
        if part.pk in signed_parts(agreement):
            raise Settled(_("This party has signed already."))
        record = _record(agreement, What.SIGNED, on=on, part=part, role=part.role, by=by, at=at)
        if {one.pk for one in signers} <= signed_parts(agreement):
            _become_evidence(agreement, file=file, by=by, at=at)
        elif file is not None:
            raise Invalid({"file": _("Upload the copy when the last one has signed.")})
    return record


def cancel(agreement: Agreement, *, on: date, reason: str, by: User, at: datetime) -> AgreementRecord:
    """It does not hold any more. Evidence that it became stays with the activity until it is removed there."""
    if not reason.strip():
        raise ReasonMissing(_("Write why."))
    with _locked(agreement.activity):
        if is_cancelled(agreement):
            raise Settled(_("The agreement is cancelled already."))
        return _record(agreement, What.CANCELLED, on=on, reason=reason.strip(), by=by, at=at)


def _write(agreement: Agreement, to: Sequence[Participation], *, by: User, at: datetime) -> None:
    addresses = dict.fromkeys(part.person.email for part in to if part.person and part.person.email)
    if not addresses:
        return
    pdf = as_pdf(document(agreement, draft=False), at=agreement.at)
    for address in addresses:
        mail.write(
            to=address,
            language=agreement.language,
            template="agreements/letters/agreement.txt",
            context={"title": agreement.activity.title, "who": str(by)},
            purpose="agreement",
            about=agreement.activity.source,
            files=[File(f"avtale-{agreement.pk}.pdf", pdf, "application/pdf")],
            by=by.signature,
            at=at,
        )


def _become_evidence(agreement: Agreement, *, file: Examined | None, by: User, at: datetime) -> None:
    latest = agreement.records.filter(what=What.SIGNED).order_by("-on").first()
    agreement.evidence = activities.add_evidence(
        agreement.activity,
        kind=Evidence.AGREEMENT,
        description=_("Agreement no. %(number)s, signed by all parties") % {"number": agreement.pk},
        dated=latest.on if latest else None,
        file=file,
        by=by,
        at=at,
    )
    agreement.save(update_fields=["evidence"])


def _read(terms: dict[str, Any]) -> dict[str, Any]:
    unknown = set(terms) - set(TERMS)
    if unknown:
        raise TypeError(f"an agreement has no {', '.join(sorted(unknown))}")
    until = terms.get("confidentiality") == Agreement.Confidentiality.UNTIL
    if until and not terms.get("confidential_until"):
        raise Invalid({"confidential_until": _("Write the day until which it is confidential.")})
    return terms | {"confidential_until": terms.get("confidential_until") if until else None}


def _record(agreement: Agreement, what: What, *, on: date, by: User, at: datetime, **more: Any) -> AgreementRecord:
    if on > timezone.localdate(at):
        raise Invalid({"on": _("That day has not come yet.")})
    record = AgreementRecord(agreement=agreement, what=what, on=on, by=by, at=at, **more)
    keep(record)
    return record


@contextmanager
def _locked(activity: Activity) -> Iterator[None]:
    """A transaction in which nobody else changes the activity or its agreements."""
    with transaction.atomic():
        activity.refresh_from_db(from_queryset=Activity.objects.select_for_update())
        refuse_withdrawn(activity)
        yield
