"""Who is who, told to the books: what a name or a duplicate is found to be restates all that it takes part in."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from samtall.accounts.models import User
from samtall.activities.models import Activity
from samtall.activities.operations.whole import restate_activities
from samtall.identities import operations as identities
from samtall.identities.models import Identification
from samtall.identities.operations import SAID, Ground
from samtall.identities.queries import with_those_found_to_be
from samtall.parties.models import Establishment, Organisation


def identify(
    subject: Organisation,
    organisation: Organisation | None,
    *,
    establishment: Establishment | None = None,
    ground: Ground = SAID,
    by: User,
    at: datetime,
) -> Identification:
    """Say who a written name or a duplicate is, as `identities.operations.identify`, and count it so from now on."""
    with transaction.atomic():
        found = identities.identify(subject, organisation, establishment=establishment, ground=ground, by=by, at=at)
        restate_those_of([subject], by=by, at=at, reason="identified")
    return found


def withdraw_identification(identification: Identification, *, by: User, at: datetime, reason: str) -> Organisation:
    """Take back who a name or a duplicate is, and count everything that rested on it as before."""
    with transaction.atomic():
        subject = identities.withdraw(identification, by=by, at=at, reason=reason)
        restate_those_of([subject], by=by, at=at, reason="identification_withdrawn")
    return subject


def restate_those_of(organisations: Iterable[Organisation], *, by: User, at: datetime, reason: str) -> None:
    """Restate all that these, or what was found to be them, take part in, in every room that tells of organisations."""
    everyone = with_those_found_to_be(one.pk for one in organisations)
    for room in settings.RESTATED_BY:
        import_string(room)(everyone, by=by, at=at, reason=reason)


def restate_activities_of(organisations: Collection[int], *, by: User, at: datetime, reason: str) -> None:
    """Restate the activities that organisations (ids) take part in."""
    taking_part = Activity.objects.filter(participations__organisation__in=organisations).order_by("pk").distinct()
    restate_activities(list(taking_part), by=by, at=at, reason=reason)
