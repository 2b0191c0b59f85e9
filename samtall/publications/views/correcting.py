"""What has been corrected since an edition was published: number by number, and entry by entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtall.accounts.policy import Visitor, allowed, may
from samtall.accounts.signatures import names_of
from samtall.base import clock
from samtall.figures.explaining import Step
from samtall.figures.showing import entry_words, reason_words
from samtall.publications.corrections import Correction, corrections, steps
from samtall.publications.showing import changed_table, whole
from samtall.publications.views import files
from samtall.publications.views.reading import address_of, title_of
from samtall.ui.frame import Link
from samtall.ui.tables import Table
from samtall.ui.writing import signed

#: How many postings are told of for each figure; those who may open lists find the rest from there.
TOLD = 12


@dataclass(frozen=True)
class ShownStep:
    """A posting that changed a figure; who made it is told to those who may open lists."""

    at: datetime
    position: int
    effect: str
    reason: str
    who: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Shown:
    """A correction as the page tells it. `all_url` is where every posting between is explained."""

    correction: Correction
    table: Table | None
    steps: Sequence[ShownStep]
    untold: int
    merged: str
    all_url: str


@allowed("publications.read")
@require_safe
def corrected(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Every figure of an edition that would be told differently now."""
    it = files.find(slug, number)
    today = clock.today()
    context = {
        "above": [Link(reverse("publications"), _("Publications")), Link(address_of(it), title_of(it))],
        "edition": it,
        "today": today,
        "corrections": [_shown(one, request.user, it.position or 0) for one in corrections(it, on=today)],
    }
    return render(request, "publications/corrections.html", context)


def _shown(correction: Correction, reader: Visitor, position: int) -> Shown:
    lists = may(reader, "figures.list")
    some = correction.postings[-TOLD:]
    figure = correction.figure
    period = f"{figure.period.first}..{figure.period.last}"
    choices = {"versjon": str(figure.version), "periode": period, "fra": str(position)}
    told = list(reversed(steps(correction, some, on=clock.today())))
    return Shown(
        correction,
        changed_table(correction.changed, figure),
        _steps(told, lists),
        len(correction.postings) - len(some),
        signed(whole(correction.merged)),
        f"{reverse('figure-changes', args=[figure.slug])}?{urlencode(choices)}" if lists else "",
    )


def _steps(found: Sequence[Step], lists: bool) -> list[ShownStep]:
    names = names_of(one.by for one in found) if lists else {}
    return [
        ShownStep(
            one.at,
            one.position,
            signed(whole(one.effect)),
            reason_words(one.reason) if lists or " " not in one.reason else "",
            names.get(one.by, ""),
            [entry_words(entry) for entry in one.entries],
        )
        for one in found
    ]
