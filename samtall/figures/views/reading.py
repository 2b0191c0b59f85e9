"""Pages of figures: all of them, one of them, and the list behind it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from samtall.accounts.policy import allowed, may
from samtall.base import clock
from samtall.figures import queries
from samtall.figures.asking import Asked
from samtall.figures.discretion import about_people
from samtall.figures.finding import makers, matching
from samtall.figures.forms import CatalogueForm, Reading, ReadingForm
from samtall.figures.models import FigureVersion
from samtall.figures.sentences import sentences
from samtall.figures.showing import ShownFigure, divided, list_behind, series_chart, version_events
from samtall.ledger.moments import NAME
from samtall.ui.frame import Link
from samtall.ui.paging import page_of

#: In place of a version's number: each period by the version that held then (R18).
THEN = "da"


@allowed("figures.read")
def figures(request: HttpRequest) -> HttpResponse:
    """The catalogue: every figure this reader may see, or those that were looked for, with their values."""
    form = form_of(request, without=("kalender", "etter"))
    reading = form.reading()
    everything = queries.latest_versions(
        with_people=may(request.user, "figures.people"), archived=request.GET.get("vis") == "bort"
    )
    catalogue = CatalogueForm(request.GET, makers(everything))
    found = matching(
        everything, words=catalogue.chosen("q"), unit=catalogue.chosen("enhet"), maker=catalogue.chosen("av")
    )
    page = page_of(request, found)
    shown = [
        ShownFigure(
            version,
            asked_by(request, version, reading).answer(),
            _query(request),
            note=_note(request, version, reading),
        )
        for version in page.object_list
    ]
    context = {"form": form, "catalogue": catalogue, "reading": reading, "figures": shown, "page": page}
    return render(request, "figures/figures.html", context)


@allowed("figures.read")
def figure(request: HttpRequest, slug: str) -> HttpResponse:
    version = version_asked(request, slug)
    form = form_of(request, version)
    definition = queries.definition_of(version)
    asked = asked_by(request, version, form.reading(definition.calendar))
    reading = asked.reading
    points = asked.series(until=clock.today(), as_defined_then=as_defined_then(request))
    context: dict[str, Any] = {
        "above": [_catalogue(request)],
        "form": form,
        "keep": kept(request),
        "now_only": _now_only(request, version),
        "reading": reading,
        "shown": ShownFigure(version, asked.answer(), _query(request), _twice(version, reading)),
        "sentences": sentences(replace(definition, calendar=reading.calendar)),
        "chart": series_chart(asked, points),
        "ways": _ways(request, version),
        "divided": divided(asked) if reading.grouping else None,
        "versions": version_events(version.figure),
        "behind": list_behind(version, reading, request.user, size=10) if _may_list(request) else None,
        "query": request.GET.urlencode(),
        "changes": urlencode({"periode": _asked_as(reading), "fra": request.GET.get(NAME, "")} | dict(kept(request))),
    }
    return render(request, "figures/figure.html", context)


@allowed("figures.list")
def figure_list(request: HttpRequest, slug: str) -> HttpResponse:
    version = version_asked(request, slug)
    form = form_of(request, version)
    asked = asked_by(request, version, form.reading(queries.definition_of(version).calendar))
    shown = ShownFigure(version, asked.answer(), _query(request))
    context = {
        "above": [_catalogue(request), Link(shown.url, shown.name)],
        "form": form,
        "keep": kept(request),
        "now_only": _now_only(request, version),
        "reading": asked.reading,
        "shown": shown,
        "behind": list_behind(version, asked.reading, request.user, page=request.GET.get("side", "1")),
    }
    return render(request, "figures/list.html", context)


def _catalogue(request: HttpRequest) -> Link:
    """The way up, with the period and the moment that are read."""
    carried = {name: request.GET[name] for name in ("periode", NAME) if request.GET.get(name)}
    return Link(reverse("figures") + (f"?{urlencode(carried)}" if carried else ""), _("Figures"))


def _asked_as(reading: Reading) -> str:
    """The period as an address asks for it."""
    period = reading.period
    return f"{period.first}..{period.last}" if "." in period.label else period.label


def asked_by(request: HttpRequest, version: FigureVersion, reading: Reading) -> Asked:
    return Asked.by(version, reading, with_people=may(request.user, "figures.people"))


def as_defined_then(request: HttpRequest) -> bool:
    return request.GET.get("versjon") == THEN


def _ways(request: HttpRequest, version: FigureVersion) -> list[Link]:
    """Which version a series is counted by: one throughout, or each period by its own; nothing to choose among one."""
    numbers = list(version.figure.versions.order_by("number").values_list("number", flat=True))
    if len(numbers) < 2:
        return []
    then = as_defined_then(request)
    chosen = [
        (str(one), _("Version %(number)s") % {"number": one}, one == version.number and not then) for one in numbers
    ]
    chosen.append((THEN, _("Each period as it was defined then"), then))
    ways = []
    for code, label, current in chosen:
        query = request.GET.copy()
        query["versjon"] = code
        ways.append(Link(f"?{query.urlencode()}", label, current))
    return ways


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


def form_of(request: HttpRequest, version: FigureVersion | None = None, *, without: Sequence[str] = ()) -> ReadingForm:
    """What may be chosen: of a figure on people no moment, by who may not read figures on people."""
    if version and _now_only(request, version):
        without = (*without, NAME)
    today = clock.today()
    return ReadingForm(request.GET, latest=queries.latest_start(today), today=today, without=without)


def _now_only(request: HttpRequest, version: FigureVersion) -> str:
    """Why it cannot be read as of another moment; nothing when it can."""
    if may(request.user, "figures.people") or not about_people(queries.definition_of(version)):
        return ""
    return _("Numbers of people are rounded, and told for whole periods as they are now.")


def _note(request: HttpRequest, version: FigureVersion, reading: Reading) -> str:
    """Said on the card of a figure that stands among others read as of a moment, and is itself read now."""
    return _("as it is now") if reading.position is not None and _now_only(request, version) else ""


def kept(request: HttpRequest) -> list[tuple[str, str]]:
    """The version that is read, which the form that chooses the rest must not lose."""
    return [("versjon", request.GET["versjon"])] if request.GET.get("versjon") else []


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
