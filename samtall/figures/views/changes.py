"""A figure at two dates: what it was, what it is, and every posting that made the difference."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtall.accounts.policy import Visitor, allowed
from samtall.accounts.signatures import names_of
from samtall.base import clock
from samtall.figures import queries
from samtall.figures.explaining import Moment, Step, difference, steps
from samtall.figures.forms import ChangesForm
from samtall.figures.showing import entry_words, reason_words
from samtall.figures.views.reading import kept, version_asked
from samtall.ledger import queries as ledger
from samtall.ledger.sources import Described, describe
from samtall.ui.frame import Link
from samtall.ui.paging import page_of
from samtall.ui.writing import signed

#: How many postings are explained on a page: each takes two readings of the figure.
ON_A_PAGE = 25


@dataclass(frozen=True)
class ShownStep:
    """A posting as the page shows it; its thing has a name for those who may see it."""

    step: Step
    who: str
    thing: Described | None
    lines: list[str]

    @property
    def reason(self) -> str:
        return reason_words(self.step.reason)

    @property
    def effect(self) -> str:
        return signed(self.step.effect)

    @property
    def pending(self) -> str:
        return signed(self.step.pending)


@allowed("figures.list")
@require_safe
def figure_changes(request: HttpRequest, slug: str) -> HttpResponse:
    version = version_asked(request, slug)
    definition = queries.definition_of(version)
    today = clock.today()
    form = ChangesForm(request.GET, latest=queries.latest_start(today), calendar=definition.calendar, today=today)
    earlier, later = _moment(form.chosen("fra")), _moment(form.chosen("til"))
    if earlier.position > later.position:
        earlier, later = later, earlier
    found = difference(definition, form.period, earlier, later)
    page = page_of(request, found.postings, size=ON_A_PAGE)
    context = {
        "above": [
            Link(reverse("figures"), _("Figures")),
            Link(reverse("figure", args=[slug]), str(queries.name_of(version))),
        ],
        "name": str(queries.name_of(version)),
        "form": form,
        "keep": kept(request),
        "period": form.period,
        "earlier": earlier,
        "later": later,
        "found": found,
        "difference": signed(found.value) or "0",
        "merged": signed(found.merged),
        "page": page,
        "steps": _shown(steps(definition, form.period, list(page.object_list), later), request.user),
    }
    return render(request, "figures/changes.html", context)


def _moment(asked: date | int | None) -> Moment:
    if isinstance(asked, date):
        return Moment(ledger.position_on(asked), asked)
    now = ledger.position()
    return Moment(now if asked is None else min(asked, now))


def _shown(found: list[Step], reader: Visitor) -> list[ShownStep]:
    names = names_of({step.by for step in found})
    described = describe({step.source for step in found}, reader)
    return [
        ShownStep(
            step,
            names.get(step.by, ""),
            described.get(step.source),
            [entry_words(entry) for entry in step.entries],
        )
        for step in found
    ]
