"""What can be asked of competence jobs: who the employers are, their jobs, and how they add up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from samtall.activities.models import Activity, Participation
from samtall.kinds.competence_job.models import Baseline
from samtall.ledger import queries as ledger
from samtall.ledger.facts import THOUSANDTHS, Fact, Standing
from samtall.ledger.moments import position_of
from samtall.ledger.queries import end_of
from samtall.parties.models import Organisation

KIND = "competence_job"


def jobs_of(employer: Organisation, *, withdrawn: bool = False) -> QuerySet[Activity]:
    """An employer's jobs under whatever name they were written, oldest first; those withdrawn only where asked for."""
    theirs = Q(organisation=employer) | Q(organisation__same_as=employer)
    written = Participation.objects.filter(theirs, role="employer").values("activity")
    jobs = Activity.objects.filter(kind=KIND, pk__in=written)
    jobs = jobs if withdrawn else jobs.exclude(step=Activity.Step.WITHDRAWN)
    return jobs.order_by("starts", "pk")


def employers() -> QuerySet[Organisation]:
    """The organisations that have a job or a baseline, as they are counted, by name."""
    parts = Participation.objects.filter(activity__kind=KIND, role="employer", organisation__isnull=False)
    parts = parts.exclude(activity__step=Activity.Step.WITHDRAWN)
    written = parts.values("organisation")
    same = parts.filter(organisation__same_as__isnull=False).values("organisation__same_as")
    found = Q(pk__in=written) | Q(pk__in=same) | Q(pk__in=Baseline.objects.values("organisation"))
    return Organisation.objects.filter(found, same_as=None).order_by("search_name", "pk")


@dataclass
class Account:
    """An employer's positions: what there was, what came and what went. In full-time equivalents, approved jobs only.

    `pending` is what approval of those that wait would add to the net.
    """

    baseline: Baseline | None = None
    gross: Decimal = Decimal(0)
    lost: Decimal = Decimal(0)
    pending: Decimal = Decimal(0)
    by_contribution: dict[str, Decimal] = field(default_factory=dict)
    changes: list[tuple[Activity, Decimal | None, bool, Decimal]] = field(default_factory=list)

    @property
    def net(self) -> Decimal:
        return self.gross - self.lost

    @property
    def level(self) -> Decimal | None:
        """How many positions there are by this; None while the baseline is not counted."""
        return None if self.baseline is None else units(self.baseline.fte) + self.net


def account_of(employer: Organisation, *, as_of: date | None = None) -> Account:
    """How an employer's jobs add up, read from the ledger as the figures are (R14), now or as it stood on a day.

    As of a day there are the jobs that stood in the ledger then, and the baseline where it was counted by then.
    """
    baselines = Baseline.objects.filter(organisation=employer)
    if as_of:
        baselines = baselines.filter(at__lt=end_of(as_of))
    account = Account(baseline=baselines.first())
    jobs = list(jobs_of(employer, withdrawn=as_of is not None))
    standing = ledger.standing_of([job.source for job in jobs], position=position_of(as_of))
    for job in jobs:
        facts = [fact for fact in standing.get(job.source, []) if fact.unit == "fte"]
        if facts or not as_of:
            _add(account, job, facts)
    return account


def _add(account: Account, job: Activity, facts: Sequence[Fact]) -> None:
    change = sum((units(fact.quantity) for fact in facts), Decimal(0))
    sure = bool(facts) and all(fact.standing == Standing.VALIDATED for fact in facts)
    if not facts:
        account.changes.append((job, None, False, account.net))
        return
    if not sure:
        account.pending += change
    elif change >= 0:
        account.gross += change
    else:
        account.lost -= change
    if sure:
        for fact in facts:
            kept = account.by_contribution.get(fact.contribution, Decimal(0))
            account.by_contribution[fact.contribution] = kept + units(fact.quantity)
    account.changes.append((job, change, sure, account.net))


def first_job(employer: Organisation) -> date | None:
    job = jobs_of(employer).first()
    return job.starts if job else None


def units(thousandths: int) -> Decimal:
    return Decimal(f"{(Decimal(thousandths) / THOUSANDTHS).normalize():f}")
