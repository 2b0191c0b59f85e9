"""What can be said about who is who. Activities are restated by who calls: see activities.operations.identities."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.base.text import search_key
from samtall.identities.models import Decision, Distinction, Identification, Suspicion, WrittenName
from samtall.identities.queries import with_those_found_to_be
from samtall.parties.models import Establishment, Organisation
from samtall.parties.operations import Signed, add_unidentified


class Undecidable(Refusal):
    """What is said of two organisations cannot hold, or contradicts what stands."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What stood beside a name: a municipality's code, where it is, a domain, and the day it was written for."""

    municipality: str = ""
    postal_code: str = ""
    address: str = ""
    domain: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """What an identification rests on; `probability` is between 0 and 1, `reasons` are plain (matching.Reason)."""

    automatic: bool = False
    probability: float | None = None
    reasons: Sequence[Any] = field(default_factory=list)
    source: str = ""


#: Somebody simply says so.
SAID = Ground()


def written(name: str, *, hints: Hints, source: str, at: datetime) -> Organisation:
    """The organisation that stands for a name as it was written: the one met before, or a new, unidentified one."""
    known = WrittenName.objects.select_related("organisation").filter(
        key=search_key(name), municipality=hints.municipality
    )
    with transaction.atomic():
        if found := known.first():
            return found.organisation
        organisation = add_unidentified(name, at=at)
        WrittenName.objects.create(
            organisation=organisation,
            municipality=hints.municipality,
            postal_code=hints.postal_code,
            address=hints.address[:200],
            domain=hints.domain[:200],
            day=hints.day,
            source=source,
        )
    return organisation


def identify(
    subject: Organisation,
    organisation: Organisation | None,
    *,
    establishment: Establishment | None = None,
    ground: Ground = SAID,
    by: Signed,
    at: datetime,
) -> Identification:
    """Say that `subject` is `organisation` (at its work site `establishment`); with None, that no register has it.

    What was found to be `subject` follows along. Raises Undecidable when something else stands already.
    """
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=subject.pk)
        target = organisation and (organisation.same_as or organisation)
        _refuse_contradiction(subject, target)
        identification = Identification.objects.create(
            subject=subject,
            organisation=target,
            establishment=establishment,
            automatic=ground.automatic,
            probability=None if ground.probability is None else round(ground.probability * 1000),
            reasons=list(ground.reasons),
            source=ground.source,
            by=by.signature,
            at=at,
        )
        Suspicion.objects.filter(subject=subject).delete()
        _point_anew([subject.pk])
    subject.refresh_from_db(fields=["same_as", "same_site"])
    return identification


def withdraw(identification: Identification, *, by: Signed, at: datetime, reason: str) -> Organisation:
    """Take back what was said of a name or a duplicate: it stands for itself again. Returns it."""
    with transaction.atomic():
        _withdraw(identification, by=by, at=at, reason=reason)
        _point_anew([identification.subject_id])
    return Organisation.objects.get(pk=identification.subject_id)


def distinguish(one: Organisation, other: Organisation, *, source: str = "", by: Signed, at: datetime) -> Distinction:
    """Say that two organisations are not the same; said twice it is one statement."""
    first, second = sorted((one, other), key=lambda organisation: organisation.pk)
    if first == second:
        raise Undecidable(_("An organisation is always the same as itself."))
    with transaction.atomic():
        distinction, _new = Distinction.objects.get_or_create(
            first=first, second=second, withdrawn_at=None, defaults={"by": by.signature, "at": at, "source": source}
        )
        Suspicion.objects.filter(subject__in=(one, other), organisation__in=(one, other)).delete()
    return distinction


def withdraw_distinction(distinction: Distinction, *, by: Signed, at: datetime, reason: str) -> None:
    """Take back that two are not the same."""
    with transaction.atomic():
        _withdraw(distinction, by=by, at=at, reason=reason)


def _withdraw(decision: Decision, *, by: Signed, at: datetime, reason: str) -> None:
    if not reason.strip():
        raise Refusal(_("Write why."))
    decision.refresh_from_db(from_queryset=type(decision)._default_manager.select_for_update())
    if not decision.stands:
        raise Undecidable(_("This is withdrawn already."))
    decision.withdrawn_by, decision.withdrawn_at, decision.withdrawn_because = by.signature, at, reason.strip()[:300]
    decision.save()


def _refuse_contradiction(subject: Organisation, target: Organisation | None) -> None:
    if subject.identifications.filter(withdrawn_at__isnull=True).exists():
        raise Undecidable(_("It is decided already who “%(name)s” is. Undo that first.") % {"name": subject.name})
    if target is None:
        return
    if subject.pk == target.pk:
        raise Undecidable(_("An organisation cannot be found to be itself."))
    if target.same_as_id is not None or subject.pk == target.same_as_id:
        raise Undecidable(_("“%(name)s” is itself found to be another. Choose that one.") % {"name": target.name})


def _point_anew(subjects: list[int]) -> None:
    """Let `same_as` of these, and of all that were found to be them, lead to where the statements that stand lead."""
    touched = with_those_found_to_be(subjects)
    standing = Identification.objects.filter(withdrawn_at__isnull=True, organisation__isnull=False)
    links = {one.subject_id: one for one in standing.filter(subject__in=touched)}
    for pk in sorted(touched):
        root, site = pk, None
        while root in links:
            site = links[root].establishment_id if root == pk else site
            root = links[root].organisation_id or root
        Organisation.objects.filter(pk=pk).update(same_as=None if root == pk else root, same_site=site)
