"""Pages of figures: all of them, one of them, and the list behind it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samtall.accounts.policy import allowed, may
from samtall.base import clock
from samtall.figures import queries
from samtall.figures.finding import makers, matching
from samtall.figures.forms import CatalogueForm, Reading, ReadingForm
from samtall.figures.models import FigureVersion
from samtall.figures.results import Result
from samtall.figures.sentences import sentences
from samtall.figures.showing import (
    ShownFigure,
    breakdown_table,
    history_chart,
    list_behind,
    version_events,
)
from samtall.ui.frame import Link
from samtall.ui.paging import page_of


@allowed("figures.read")
def figures(request: HttpRequest) -> HttpResponse:
    """The catalogue: every figure this reader may see, or those that were looked for, with their values."""
    form = _form(request, without=("kalender", "etter"))
    reading = form.reading()
    everything = queries.latest_versions(
        with_people=may(request.user, "figures.people"), archived=request.GET.get("vis") == "bort"
    )
    catalogue = CatalogueForm(request.GET, makers(everything))
    found = matching(
        everything, words=catalogue.chosen("q"), unit=catalogue.chosen("enhet"), maker=catalogue.chosen("av")
    )
    page = page_of(request, found)
    shown = [ShownFigure(version, _value(version, reading), _query(request)) for version in page.object_list]
    context = {"form": form, "catalogue": catalogue, "reading": reading, "figures": shown, "page": page}
    return render(request, "figures/figures.html", context)


@allowed("figures.read")
def figure(request: HttpRequest, slug: str) -> HttpResponse:
    version = version_asked(request, slug)
    form = _form(request)
    definition = queries.definition_of(version)
    reading = form.reading(definition.calendar)
    context: dict[str, Any] = {
        "above": [Link(reverse("figures"), _("Figures"))],
        "form": form,
        "reading": reading,
        "shown": ShownFigure(version, _value(version, reading), _query(request), _twice(version, reading)),
        "sentences": sentences(replace(definition, calendar=reading.calendar)),
        "chart": history_chart(version, reading, until=clock.today()),
        "parts": breakdown_table(version, reading) if reading.grouping else None,
        "versions": version_events(version.figure),
        "behind": list_behind(version, reading, request.user, size=10) if _may_list(request) else None,
    }
    return render(request, "figures/figure.html", context)


@allowed("figures.list")
def figure_list(request: HttpRequest, slug: str) -> HttpResponse:
    version = version_asked(request, slug)
    form = _form(request)
    reading = form.reading(queries.definition_of(version).calendar)
    shown = ShownFigure(version, _value(version, reading), _query(request))
    context = {
        "above": [Link(reverse("figures"), _("Figures")), Link(shown.url, shown.name)],
        "form": form,
        "reading": reading,
        "shown": shown,
        "behind": list_behind(version, reading, request.user, page=request.GET.get("side", "1")),
    }
    return render(request, "figures/list.html", context)


def version_asked(request: HttpRequest, slug: str) -> FigureVersion:
    """The version asked for, or the latest; absent for those who may not see figures that count people."""
    versions = FigureVersion.objects.select_related("figure").filter(figure__slug=slug)
    if not may(request.user, "figures.people"):
        versions = versions.filter(figure__public=True)
    number = request.GET.get("versjon", "")
    if number.isascii() and number.isdigit() and len(number) < 6:
        versions = versions.filter(number=int(number))
    found = versions.order_by("-number").first()
    if found is None:
        raise Http404
    return found


def _form(request: HttpRequest, *, without: Sequence[str] = ()) -> ReadingForm:
    return ReadingForm(request.GET, latest=queries.latest_start(clock.today()), without=without)


def _value(version: FigureVersion, reading: Reading) -> Result:
    return queries.value(version, reading.period, position=reading.position, on=reading.as_of)


def _twice(version: FigureVersion, reading: Reading) -> int:
    """Suspicions are of today: a figure read as it was says nothing of them."""
    now = reading.position is None
    return queries.counted_twice_perhaps(version, reading.period, on=reading.as_of) if now else 0


def _query(request: HttpRequest) -> str:
    """The address's choices, carried on to the next page; its page number is not."""
    carried = request.GET.copy()
    for name in ("side", "versjon", "q", "enhet", "av", "vis"):
        carried.pop(name, None)
    return carried.urlencode()


def _may_list(request: HttpRequest) -> bool:
    return may(request.user, "figures.list")
