"""Counting an employer's positions before the effort began."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities.refusals import Invalid
from samtall.kinds.competence_job.models import Baseline
from samtall.kinds.competence_job.queries import first_job
from samtall.parties.models import Organisation
from samtall.ui.writing import short_date


def count(employer: Organisation, *, on: date, fte: Decimal, source: str, by: User, at: datetime) -> Baseline:
    """Keep how many positions an employer had on a day; counted anew for the same day it is corrected.

    Raises Invalid for a day that has not come, and for one that is not before the employer's first job (R14).
    """
    if on > timezone.localdate(at):
        raise Invalid({"on": _("That day has not come yet.")})
    with transaction.atomic():
        first = first_job(employer)
        if first is not None and on >= first:
            raise Invalid(
                {
                    "on": _("The first job is of %(day)s. The baseline must be dated before it.")
                    % {"day": short_date(first)}
                }
            )
        kept = {"fte": int(fte * 1000), "source": source, "by": by, "at": at}
        baseline, _new = Baseline.objects.update_or_create(organisation=employer, on=on, defaults=kept)
    return baseline
