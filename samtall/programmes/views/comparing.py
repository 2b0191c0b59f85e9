"""Comparing: a target's figure between municipalities and institutions, and a figure between regions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtall.accounts.policy import allowed, may
from samtall.base import clock
from samtall.base.periods import year
from samtall.base.text import Words
from samtall.figures import queries as figures
from samtall.figures.discretion import open_to_all
from samtall.ledger.moments import AsOfForm
from samtall.programmes import queries
from samtall.programmes.comparing import by_institution, by_municipality, regions_table
from samtall.programmes.forms import CompareForm
from samtall.programmes.showing import measured_period, shown_target
from samtall.programmes.views.reading import above
from samtall.ui.frame import Link


@allowed("programmes.read")
@require_safe
def parts(request: HttpRequest, slug: str, target: str) -> HttpResponse:
    """The figure that measures a target, for each municipality of the region and each institution."""
    programme = get_object_or_404(queries.programmes(), slug=slug)
    it = get_object_or_404(queries.targets_of(programme).select_related("programme"), slug=target)
    form = AsOfForm(request.GET, today=clock.today())
    position, day = form.position, form.as_of or clock.today()
    shown = shown_target(it, position, form.as_of, may(request.user, "figures.people"), day)
    if shown is None:
        raise Http404
    period, version = measured_period(it, day), shown.figure.version
    text, shown_at = str(Words.from_dict(it.text)), reverse("target", args=[programme.slug, it.slug]) + form.query
    context = {
        "above": [*above(programme, form.query), Link(shown_at, text)],
        "target": shown,
        "form": form,
        "as_of": form.as_of,
        "period": period,
        "municipalities": by_municipality(version, period, programme, position=position, on=form.as_of, today=day),
        "institutions": by_institution(version, period, position=position, on=form.as_of),
    }
    return render(request, "programmes/compare.html", context)


@allowed("programmes.read")
@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """A figure of each region that has a programme, for a year, with its context beside."""
    people = may(request.user, "figures.people")
    versions = [one for one in figures.latest_versions(with_people=people) if people or open_to_all(one)]
    latest = figures.latest_start(clock.today()).year
    form = CompareForm(request.GET, versions=versions, year=latest, today=clock.today())
    programmes = list(queries.programmes())
    chosen = form.version
    context = {
        "above": [Link(reverse("programmes"), _("Programmes"))],
        "form": form,
        "as_of": form.as_of,
        "table": regions_table(chosen, year(form.year), programmes, position=form.position, on=form.as_of)
        if chosen
        else None,
    }
    return render(request, "programmes/regions.html", context)
