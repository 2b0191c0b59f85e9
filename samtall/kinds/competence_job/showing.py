"""An employer's positions made ready for a page: the ups and downs, and how they add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from samtall.accounts.policy import Visitor
from samtall.activities import registry
from samtall.activities.models import Activity
from samtall.activities.panels import Panel
from samtall.base.text import Words
from samtall.kinds.competence_job.queries import KIND, Account, units
from samtall.parties.models import Organisation
from samtall.ui.charts import Bar, Chart, bar_chart
from samtall.ui.frame import Link
from samtall.ui.tables import Cell, Column, Table
from samtall.ui.writing import number, short_date


def panel_of(activity: Activity, reader: Visitor) -> Panel | None:  # noqa: ARG001 (who reads the activity reads this)
    """A way from a job to its employer's baseline, and to all that has come and gone there."""
    if activity.kind != KIND:
        return None
    parts = activity.participations.filter(role="employer", organisation__isnull=False)
    employers = {part.counted for part in parts.select_related("organisation__same_as")}
    links = [Link(reverse("employer-jobs", args=[one.pk]), str(one)) for one in employers if one]
    nothing = _("The employer's baseline, and what has come and gone since.")
    return Panel(heading=_("The employer's positions"), nothing=nothing, links=links)


@dataclass(frozen=True)
class ShownAccount:
    pairs: Sequence[tuple[str, str]]
    changes: Table
    contributions: Table | None
    chart: Chart | None


def shown_account(account: Account) -> ShownAccount:
    return ShownAccount(_pairs(account), _changes(account), _contributions(account), _chart(account))


def _pairs(account: Account) -> list[tuple[str, str]]:
    baseline = _("not counted yet")
    if account.baseline:
        baseline = _("%(number)s on %(day)s (%(source)s)") % {
            "number": number(units(account.baseline.fte)),
            "day": short_date(account.baseline.on),
            "source": account.baseline.source,
        }
    pairs = [
        (_("Baseline"), baseline),
        (_("Filled (gross)"), number(account.gross)),
        (_("Lost"), number(account.lost)),
        (_("Net rise over the baseline"), number(account.net)),
    ]
    if account.level is not None:
        pairs.append((_("Positions now, by this"), number(account.level)))
    if account.pending:
        pairs.append((_("Awaiting approval, net"), number(account.pending)))
    return pairs


def _changes(account: Account) -> Table:
    changes = _choices("change")
    columns = [
        Column(_("Date")),
        Column(_("Position")),
        Column(_("What happened")),
        Column(_("Full-time equivalents"), number=True),
        Column(_("Approval")),
        Column(_("Net so far"), number=True),
    ]
    rows: list[Sequence[Cell]] = [
        (
            short_date(job.starts),
            Link(reverse("activity", args=[job.pk]), job.title),
            str(changes.get(job.details.get("change", ""), "")),
            change,
            _("Approved") if sure else str(job.get_step_display()),
            net,
        )
        for job, change, sure, net in account.changes
    ]
    return Table(_("What has come and gone"), columns, rows, caption_hidden=True)


def _contributions(account: Account) -> Table | None:
    if not account.by_contribution:
        return None
    rows: list[Sequence[Cell]] = [
        (str(words), account.by_contribution[code])
        for code, words in _choices("contribution").items()
        if code in account.by_contribution
    ]
    columns = [Column(_("The programme's contribution")), Column(_("Net"), number=True)]
    return Table(_("The programme's contribution"), columns, rows, caption_hidden=True)


def _chart(account: Account) -> Chart | None:
    """How many positions there were at the end of each year with a change; none without a baseline."""
    if account.baseline is None or not account.changes:
        return None
    start, by_year = units(account.baseline.fte), dict[int, Decimal]()
    for job, _change, _sure, net in account.changes:
        by_year[job.starts.year] = start + net
    bars = [Bar(str(account.baseline.on.year), start)]
    last = start
    for year in range(account.baseline.on.year + 1, max(by_year) + 1):
        last = by_year.get(year, last)
        bars.append(Bar(str(year), max(last, Decimal(0))))
    return bar_chart(_("Positions at the end of the year"), bars, heading=_("Year"), unit=_("full-time equivalents"))


def _choices(code: str) -> dict[str, Words]:
    fields = {one.code: one for one in registry.kind(KIND).fields}
    return dict(fields[code].choices)


def link_to(employer: Organisation) -> Link:
    return Link(reverse("employer-jobs", args=[employer.pk]), str(employer))
