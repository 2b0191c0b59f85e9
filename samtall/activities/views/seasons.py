"""What must not be forgotten, and the seasons of each kind of student work."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtall.accounts.policy import allowed, reach_of
from samtall.activities import queries, registry
from samtall.activities.kind import Kind
from samtall.activities.lacks import PASSING, WORDS, Lack, Lacking, lacking
from samtall.activities.models import Activity
from samtall.activities.seasons import DatedSeason, seasons_in
from samtall.activities.showing import kind_words, outside_parties
from samtall.activities.stage_forms import SeasonForm
from samtall.activities.views.answering import above
from samtall.activities.views.kinds import known
from samtall.base import clock
from samtall.base.periods import Calendar, academic_year, period_of
from samtall.ui.frame import Link
from samtall.ui.paging import page_of
from samtall.ui.tables import Column, Table
from samtall.ui.writing import long_date, short_date, span


@allowed("activities.record", narrowed=True)
@require_safe
def seasons(request: HttpRequest) -> HttpResponse:
    page = page_of(request, queries.unfinished(request.user, today=clock.today()))
    columns = [Column(label) for label in (_("Activity"), _("Kind"), _("With"), _("When"), _("What is late"))]
    rows = [
        (
            Link(reverse("activity", args=[one.activity.pk]), one.activity.title),
            kind_words(one.activity),
            outside_parties(one.activity),
            span(one.activity.starts, one.activity.ends),
            _in_words(one.lacks),
        )
        for one in page
    ]
    context = {
        "kinds": [kind for kind in registry.kinds() if kind.seasons],
        "links": above(),
        "page": page,
        "table": Table(_("What is late"), columns, rows, caption_hidden=True),
    }
    return render(request, "activities/seasons.html", context)


@allowed("activities.read", narrowed=True)
@require_safe
def season(request: HttpRequest, code: str) -> HttpResponse:
    kind = known(code)
    if not kind.seasons:
        raise Http404
    today = clock.today()
    form = SeasonForm(request.GET, years=_years(kind, today), likely=_likely_year(kind, today))
    context = {
        "kind": kind,
        "choice": form,
        "label": academic_year(form.year).label,
        "links": above(),
        "seasons": [_shown(request, kind, dated) for dated in seasons_in(kind, form.year)],
    }
    return render(request, "activities/season.html", context)


def _years(kind: Kind, today: date) -> list[int]:
    """The academic years that have activities of a kind, and this one and the next, latest first."""
    this = period_of(today, Calendar.ACADEMIC_YEAR).first.year
    ends = Activity.objects.filter(kind=kind.code).aggregate(first=Min("starts"), last=Max("starts"))
    first = period_of(ends["first"], Calendar.ACADEMIC_YEAR).first.year if ends["first"] else this
    last = period_of(ends["last"], Calendar.ACADEMIC_YEAR).first.year if ends["last"] else this
    return list(range(max(last, this + 1), min(first, this) - 1, -1))


def _likely_year(kind: Kind, today: date) -> int:
    """This academic year; when nothing of the kind is in it, the latest that has something."""
    this = period_of(today, Calendar.ACADEMIC_YEAR)
    latest = (
        Activity.objects.filter(kind=kind.code, starts__lte=this.last).order_by("-starts").values_list("starts").first()
    )
    return period_of(latest[0], Calendar.ACADEMIC_YEAR).first.year if latest else this.first.year


def _shown(request: HttpRequest, kind: Kind, dated: DatedSeason) -> dict[str, object]:
    """A season with its deadlines and its activities, those that lack something first."""
    within = queries.within(reach_of(request), request.user).filter(
        kind=kind.code, starts__gte=dated.period.first, starts__lte=dated.period.last
    )
    activities = queries.with_what_they_have(within.exclude(step=Activity.Step.WITHDRAWN).order_by("starts", "pk"))
    found = [(one, _worth_telling(one, kind)) for one in activities]
    found.sort(key=lambda pair: min((lack.due or date.max for lack in pair[1]), default=date.max))
    columns = [Column(label) for label in (_("Activity"), _("With"), _("When"), _("Status"), _("Approval"), _("Lacks"))]
    rows = [
        (
            Link(reverse("activity", args=[one.pk]), one.title),
            outside_parties(one),
            span(one.starts, one.ends),
            one.get_state_display(),
            one.get_step_display(),
            _in_words(lacks),
        )
        for one, lacks in found
    ]
    heading = f"{dated.season.words} {dated.first:%Y}"
    return {
        "heading": heading,
        "when": _("%(first)s to %(last)s") % {"first": long_date(dated.first), "last": long_date(dated.last)},
        "deadlines": [(WORDS[Lack(lack)], short_date(day)) for lack, day in dated.deadlines.items()],
        "table": Table(heading, columns, rows, caption_hidden=True) if rows else None,
    }


def _worth_telling(activity: Activity, kind: Kind) -> list[Lacking]:
    today = clock.today()
    return [one for one in lacking(activity, kind) if one.lack not in PASSING or one.late(today)]


def _in_words(lacks: Iterable[Lacking]) -> str:
    return "; ".join(f"{WORDS[one.lack]} ({short_date(one.due)})" if one.due else str(WORDS[one.lack]) for one in lacks)
